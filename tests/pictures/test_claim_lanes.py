"""The claim-lane figure: legible in a real browser, well-formed whatever the sources wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring

import pytest

from kg.errors import UsageError
from kg.pictures import draw
from kg.pictures.lanes import claim_lanes
from kg.view import View
from kg.when.model import BEGINNING, FOREVER, EndKind, Interval

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver import Chrome

SVG = "{http://www.w3.org/2000/svg}"
MEASURE = """
const frame = document.documentElement.getBoundingClientRect(), faults = [];
const boxes = [...document.querySelectorAll("text")].map((text) => {
  const box = text.getBoundingClientRect();
  return { words: text.textContent, x: box.x, y: box.y, right: box.right, bottom: box.bottom };
}).filter((box) => box.right > box.x);
for (const box of boxes)
  if (box.x < frame.x || box.right > frame.right || box.y < frame.y || box.bottom > frame.bottom)
    faults.push("outside: " + box.words);
boxes.forEach((one, number) => boxes.slice(number + 1).forEach((other) => {
  const across = Math.min(one.right, other.right) - Math.max(one.x, other.x);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.y, other.y);
  if (across > 1 && down > 3) faults.push("overlap: " + one.words + " / " + other.words);
}));
return { faults: faults, count: boxes.length };
"""


@pytest.fixture(name="long_past")
def _long_past(view: View) -> View:
    """Return a view whose claims lie years apart, one with many times and one with no statement."""
    old = replace(view.claims[0], claim="urn:old", said=Interval(BEGINNING, FOREVER, BEGINNING, FOREVER), statements=())
    many = replace(view.claims[3], claim="urn:many", statements=tuple(fact.statement for fact in view.facts))
    early = replace(many, claim="urn:1992", said=Interval.around(datetime(1992, 5, 8, tzinfo=UTC)))
    return View(view.title, view.things, view.facts, (*view.claims, old, many, early))


@pytest.mark.parametrize("which", ["view", "hostile", "long_past"])
@pytest.mark.parametrize("zone", ["Asia/Yerevan", "UTC", "America/Argentina/ComodRivadavia"])
def test_no_text_overlaps_another_or_leaves_the_frame(
    browser: Chrome, tmp_path: Path, request: pytest.FixtureRequest, which: str, zone: str
) -> None:
    path = tmp_path / "figure.svg"
    path.write_text(claim_lanes(request.getfixturevalue(which), zone=zone), encoding="utf-8")
    browser.get(path.as_uri())
    measured = browser.execute_script(MEASURE)
    assert measured["faults"] == []
    assert measured["count"] > 50


def words(figure: str) -> str:
    return " ".join("".join(text.itertext()) for text in fromstring(figure).iter(f"{SVG}text"))  # noqa: S314 - our own figure


def test_every_gist_stands_in_the_figure_in_full(view: View) -> None:
    drawn = words(claim_lanes(view, zone="Asia/Yerevan"))
    assert [claim.gist for claim in view.claims if claim.gist not in drawn] == []


def test_hostile_texts_stay_text(hostile: View) -> None:
    root = fromstring(claim_lanes(hostile, zone="UTC"))  # noqa: S314 - our own figure
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "pattern", "rect", "line", "path", "g", "text"}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]


def test_what_a_denial_denies_outside_of_the_view_is_counted(view: View) -> None:
    kept = [claim for claim in view.claims if claim.claim != view.claims[0].claim]
    assert "denies 1 claim that is not in this view" in words(
        claim_lanes(View("x", view.things, view.facts, tuple(kept)), zone="UTC")
    )


def test_of_more_times_than_are_drawn_the_rest_is_counted(view: View) -> None:
    many = replace(view.claims[0], claim="urn:many", statements=tuple(fact.statement for fact in view.facts))
    told = words(claim_lanes(View("x", view.things, view.facts, (many,)), zone="UTC"))
    assert f"and {len({fact.held for fact in view.facts}) - 5} more times, not drawn" in told


def test_disputes_and_denials_are_told_in_words_and_shape(view: View) -> None:
    figure = claim_lanes(view, zone="Asia/Yerevan")
    drawn = words(figure)
    disputed = [c for c in view.claims if c.claim in view.denied_claims or set(c.statements) & view.disputed]
    legend = 1
    assert figure.count('class="dispute"') == len(disputed) + legend
    assert drawn.count("disputed") >= len(disputed)
    assert "denies 7" in drawn
    assert figure.count('class="denial"') == 3
    assert figure.count("stroke-dasharray") > 3


def test_far_dates_do_not_squash_the_days_of_interest(view: View) -> None:
    drawn = words(claim_lanes(view, zone="Asia/Yerevan"))
    assert "Tue 13 Sep 2022" in drawn
    assert "29 Aug 1997" in drawn
    assert "1700" not in drawn
    assert "2200" not in drawn


def test_local_tuesday_midnight_is_monday_evening_in_utc(view: View) -> None:
    assert "00:00 Mon 20:00" in words(claim_lanes(view, zone="Asia/Yerevan"))


def test_title_and_description_name_the_figure(view: View) -> None:
    root = fromstring(claim_lanes(view, zone="UTC", title="Who said what & when"))  # noqa: S314 - our own figure
    assert [root[0].text, (root[1].text or "")[:9]] == ["Who said what & when", "14 claims"]


def test_a_view_without_claims_is_still_a_figure() -> None:
    assert "0 claims by 0 speakers" in claim_lanes(View("Nothing", (), (), ()), zone="UTC")


def test_unknown_kind_of_end_is_hatched(view: View) -> None:
    assert any(fact.held.end_kind is EndKind.UNKNOWN for fact in view.facts)
    assert "url(#hatch)" in claim_lanes(view, zone="UTC").partition("links saying")[0]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", ""])
def test_unknown_zone_is_refused_by_name(view: View, zone: str) -> None:
    with pytest.raises(UsageError, match="no time zone is called"):
        claim_lanes(view, zone=zone)


def test_same_view_in_any_order_gives_same_bytes(view: View) -> None:
    turned = View(view.title, view.things[::-1], view.facts[::-1], view.claims[::-1])
    assert [draw(turned, f) for f in ("svg", "html", "gexf", "graphml", "json")] == [
        draw(view, f) for f in ("svg", "html", "gexf", "graphml", "json")
    ]
