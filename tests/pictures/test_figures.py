"""The network, timeline and map figures: legible in a real browser, whole, inert, the same on every run."""

from __future__ import annotations

import re
import struct
import sys
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from kg.errors import UsageError
from kg.pictures import FIGURES, draw, drawn
from kg.pictures.axis import zone_named
from kg.pictures.basemap import base_map
from kg.pictures.events import events_of
from kg.pictures.histogram import histogram
from kg.view import Fact, Thing, View
from kg.when.holds import holds_within
from kg.when.model import BEGINNING, FOREVER, Answer, EndKind, Interval

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver import Chrome

    from kg.api import Graph

SVG = "{http://www.w3.org/2000/svg}"
NEW = [name for name in FIGURES if name != "lanes"]
INERT = {
    "svg",
    "title",
    "desc",
    "defs",
    "pattern",
    "clipPath",
    "g",
    "rect",
    "line",
    "path",
    "circle",
    "polygon",
    "text",
    "tspan",
}
# What lies on what, in the browser: words on words, and words outside of the picture.
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
  if (across > 2 && down > 4) faults.push("overlap: " + one.words + " / " + other.words);
}));
return faults;
"""


@pytest.fixture(name="whole", scope="module")
def _whole(graph: Graph) -> View:
    return graph.view(title="all")


def words_of(svg: str) -> list[str]:
    return ["".join(map(str, node.itertext())) for node in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


@pytest.mark.parametrize("figure", NEW)
@pytest.mark.parametrize("which", ["mapped", "hostile", "hostile_map"])
def test_no_text_lies_on_another_or_leaves_the_picture_and_nothing_runs(
    browser: Chrome, tmp_path: Path, request: pytest.FixtureRequest, which: str, figure: str
) -> None:
    path = tmp_path / "figure.svg"
    path.write_text(draw(request.getfixturevalue(which), "svg", zone="Asia/Yerevan", figure=figure), encoding="utf-8")
    browser.get(path.as_uri())
    assert browser.execute_script(MEASURE) == []
    assert browser.execute_script("return window.hurt === undefined")


@pytest.mark.parametrize("figure", NEW)
def test_no_text_lies_on_another_for_the_seed_article(
    browser: Chrome, tmp_path: Path, graph: Graph, figure: str
) -> None:
    view = graph.view(title="seed", only=graph.names_of("source:seed-article"))
    path = tmp_path / "figure.svg"
    path.write_text(draw(view, "svg", zone="Asia/Yerevan", figure=figure), encoding="utf-8")
    browser.get(path.as_uri())
    assert browser.execute_script(MEASURE) == []


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("which", ["mapped", "hostile", "hostile_map"])
def test_a_figure_has_only_inert_elements_and_points_nowhere(
    request: pytest.FixtureRequest, which: str, figure: str
) -> None:
    text = draw(request.getfixturevalue(which), "svg", figure=figure)
    root = etree.fromstring(text.encode())
    assert {str(node.tag).removeprefix(SVG) for node in root.iter()} <= INERT
    names = {str(name) for node in root.iter() for name in node.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name or name == "style"]
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {"#hatch"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u0000-\u0008]", text)


@pytest.mark.parametrize("figure", FIGURES)
def test_same_view_gives_same_figure_in_whatever_order_it_comes(mapped: View, figure: str) -> None:
    turned = View(mapped.title, mapped.things[::-1], mapped.facts[::-1], mapped.claims[::-1], mapped.sites[::-1])
    assert draw(mapped, "svg", figure=figure) == draw(turned, "svg", figure=figure)


@pytest.mark.parametrize("figure", FIGURES)
def test_a_view_of_nothing_is_drawn_too(figure: str) -> None:
    root = etree.fromstring(draw(View("Nothing", (), (), ()), "svg", figure=figure).encode())
    assert root.findtext(f"{SVG}title") == "Nothing"


@pytest.mark.parametrize("figure", FIGURES)
def test_what_is_disputed_has_a_mark_and_a_word_not_only_a_colour(mapped: View, figure: str) -> None:
    text = draw(mapped, "svg", figure=figure)
    assert text.count('class="dispute"') > 1
    assert any("disputed" in words for words in words_of(text))


def test_the_network_tells_disputed_denied_and_asserted_links_apart_by_dash(mapped: View) -> None:
    denied = replace(mapped.claims[-1], claim="urn:no", stance="denies", statements=("urn:no-st",))
    state = next(thing.iri for thing in mapped.things if thing.iri.endswith("state/russia"))
    fact = Fact("urn:no-st", state, "party", mapped.things[-1].iri, True, mapped.facts[0].held)  # noqa: FBT003
    view = View("x", mapped.things, (*mapped.facts, fact), (*mapped.claims, denied))
    lines = [
        node
        for node in etree.fromstring(draw(view, "svg", figure="network").encode()).iter(f"{SVG}path")
        if node.get("class") == "link"
    ]
    assert {line.get("stroke-dasharray") for line in lines} >= {"none", "7 4", "1.5 4", "14 4"}


def test_the_network_draws_or_counts_every_link(mapped: View) -> None:
    words = " ".join(words_of(draw(mapped, "svg", figure="network")))
    links = sum(mapped.is_link(fact) for fact in mapped.facts)
    assert f"{links} links" in words
    assert f"not drawn: {len(mapped.facts) - links} of {len(mapped.facts)}" in words


def test_a_large_network_says_what_it_leaves_out(mapped: View) -> None:
    things = [Thing(f"urn:{n}", f"Thing {n}", "org") for n in range(120)]
    facts = [
        Fact(f"urn:st{n}.{k}", f"urn:{n}", "party", "urn:0", True, mapped.facts[0].held)  # noqa: FBT003
        for n in range(1, 120)
        for k in range(1 + (n < 10))
    ]
    words = " ".join(words_of(draw(View("x", tuple(things), tuple(facts), ()), "svg", figure="network")))
    drawn_things, drawn_links = (int(n) for n in re.search(r"(\d+) things, (\d+) of 128 links", words).groups())  # type: ignore[union-attr]
    left = re.search(r"(\d+) things \(\d+ org\) and (\d+) links", words)
    assert left is not None
    assert (drawn_things + int(left[1]), drawn_links + int(left[2])) == (120, 128)


def test_the_timeline_names_every_event_with_its_places_and_counts_the_rest(mapped: View) -> None:
    words = " ".join(words_of(draw(mapped, "svg", figure="timeline", zone="Asia/Yerevan")))
    events = events_of(mapped)
    assert all(event.label in words for event in events)
    assert f"{len(events)} events, {sum(event.disputed for event in events)} disputed" in words
    assert "Without any date: 0" in words


def test_a_timeline_of_many_events_counts_each_stretch_as_the_three_answers_say(whole: View) -> None:
    events = events_of(whole)
    root = etree.fromstring(histogram(whole, events, zone_named("UTC"), "all").encode())
    told = [node.findtext(f"{SVG}title") or "" for node in root.iter(f"{SVG}g") if node.get("class") == "bin"]
    counts = [re.search(r"^1 Jan 2022: (\d+) certainly", words) for words in told]
    counted = next(int(count[1]) for count in counts if count)
    begin, end = Interval.around(BEGINNING).begin_earliest.replace(year=2022), BEGINNING.replace(year=2023)
    times = [[w.held for w in event.times if w.asserted] for event in events]
    certain = sum(
        any(holds_within(held, begin, end) is Answer.CERTAINLY for held in held_times) for held_times in times
    )
    assert counted == certain > 50


def test_the_map_shows_lists_or_counts_every_event_and_place(mapped: View) -> None:
    words = " ".join(words_of(draw(mapped, "svg", figure="map")))
    assert "Outside of the frame: 1" in words
    assert "Moscow (1, 1 disputed)" in words
    assert "Without coordinates: 2" in words
    assert all(place in words for place in ("Verin Shorzha", "Dashkasan"))
    assert "Without a place: 1" in words
    shown = re.search(r"(\d+) of (\d+) events at (\d+) of (\d+) places", words)
    assert shown is not None
    assert shown.groups() == ("5", "7", "6", "9")


def test_the_map_says_whose_boundaries_and_coordinates_these_are_and_who_holds_and_calls_what(mapped: View) -> None:
    words = " ".join(words_of(draw(mapped, "svg", figure="map", zone="Asia/Yerevan")))
    assert base_map().caption() in words
    assert "A gazetteer (5)" in words
    held = re.search(r"\[1\] Lachin held by Azerbaijan, from between .*? DISPUTED", words)
    assert held is not None
    assert "Ministry of Defence of Azerbaijan asserts, 13 Sep 2022 16:00, in “A bulletin”" in held[0]
    assert "Ministry of Defence of Armenia denies, 13 Sep 2022 16:00, in “A report”" in held[0]
    assert "Jermuk: Istisu (Ministry of Defence of Azerbaijan)" in words


def test_no_name_and_no_mark_of_the_map_lies_on_another_for_the_whole_graph(whole: View) -> None:
    root = etree.fromstring(draw(whole, "svg", figure="map").encode())
    places = [node for node in root.iter(f"{SVG}g") if node.get("class") == "place"]
    rings = [node for place in places for node in place.iter(f"{SVG}circle")]
    assert len(rings) > 60
    far = [(float(r.get("cx", 0)), float(r.get("cy", 0)), float(r.get("r", 0))) for r in rings]
    on = [
        (a, b) for a, b in combinations(far, 2) if (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 < (0.5 * (a[2] + b[2])) ** 2
    ]
    assert len(on) <= 3


def test_what_has_no_time_at_all_is_counted_on_the_timeline(mapped: View) -> None:
    never = Interval(BEGINNING, FOREVER, BEGINNING, FOREVER, begin_kind=EndKind.UNKNOWN, end_kind=EndKind.UNKNOWN)
    facts = [replace(fact, held=never) for fact in mapped.facts]
    words = " ".join(words_of(draw(View("x", mapped.things, tuple(facts), mapped.claims), "svg", figure="timeline")))
    assert f"Without any date: {len(events_of(mapped))}" in words


def test_a_png_is_twice_as_large_as_its_svg_and_the_same_on_every_run(mapped: View) -> None:
    png = drawn(mapped, "png", figure="map")
    width, height = struct.unpack(">II", png[16:24])
    root = etree.fromstring(draw(mapped, "svg", figure="map").encode())
    assert png.startswith(b"\x89PNG")
    assert (width, height) == (2 * int(root.get("width", 0)), 2 * int(root.get("height", 0)))
    assert drawn(mapped, "png", figure="map") == png


def test_png_without_the_extra_says_what_to_install(mapped: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(UsageError, match=r"extra png.*pip install 'conflict-kg\[png\]'"):
        drawn(mapped, "png")


def test_a_png_too_large_to_look_at_is_refused_before_it_is_drawn(mapped: View) -> None:
    many = [replace(mapped.claims[0], claim=f"urn:{n}") for n in range(400)]
    with pytest.raises(UsageError, match=r"pixels is too large.*\.svg"):
        drawn(View("x", mapped.things, mapped.facts, tuple(many)), "png")


@pytest.mark.parametrize(
    "name", ["seed-network", "seed-timeline", "seed-map", "lachin-map", "whole-timeline", "whole-map"]
)
def test_the_pictures_in_the_docs_are_those_of_the_graph(graph: Graph, whole: View, root: Path, name: str) -> None:
    views = {
        "seed": lambda: graph.view(
            title="What was said, 12 to 14 September 2022", only=graph.names_of("source:seed-article")
        ),
        "lachin": lambda: graph.view(title="Lachin", only=graph.names_of("place:lachin")),
        "whole": lambda: View("All that is in the graph", whole.things, whole.facts, whole.claims, whole.sites),
    }
    of, _, figure = name.partition("-")
    again = draw(views[of](), "svg", figure=figure, zone="Asia/Yerevan" if of == "seed" else "UTC")
    assert (root / "docs/pictures" / f"{name}.svg").read_text(encoding="utf-8") == again, "run: make generate"


@pytest.mark.parametrize(("ending", "figure"), [("kml", "map"), ("html", "timeline"), ("svg", "pie")])
def test_a_figure_that_a_format_does_not_have_is_refused(mapped: View, ending: str, figure: str) -> None:
    with pytest.raises(UsageError, match=r"figure|lanes"):
        draw(mapped, ending, figure=figure)
