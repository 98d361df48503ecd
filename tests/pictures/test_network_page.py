"""The network page in a real browser: it shows what Python says it should, asks for nothing, runs nothing."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from kg.pictures import draw
from kg.when.holds import holds_at, said_by
from kg.when.model import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome

    from kg.api import Graph
    from kg.view import View

ZONE = "Asia/Yerevan"
START = datetime(2022, 9, 12, 20, 5, tzinfo=UTC)


def opened(browser: Chrome, tmp_path: Path, view: View) -> None:
    path = tmp_path / "page.html"
    path.write_text(draw(view, "html", zone=ZONE, figure="network"), encoding="utf-8")
    for kind in ("browser", "performance"):
        browser.get_log(kind)  # type: ignore[no-untyped-call]  # selenium does not say its types here
    browser.get(path.as_uri())


def complaints(browser: Chrome) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]


def requests(browser: Chrome) -> list[str]:
    messages = [json.loads(e["message"])["message"] for e in browser.get_log("performance")]  # type: ignore[no-untyped-call]
    sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [url for url in sent if not url.startswith(("data:", "blob:"))]


def set_slider(browser: Chrome, name: str, moment: datetime | None) -> None:
    browser.execute_script(
        "const [name, value] = arguments, slider = document.getElementById(name);"
        "const box = document.getElementById(name + '-on');"
        "if (value !== null) { slider.value = value; slider.dispatchEvent(new Event('input')); }"
        "else { box.checked = false; box.dispatchEvent(new Event('input')); }",
        name,
        None if moment is None else int(moment.timestamp()),
    )


def shown(browser: Chrome) -> set[int]:
    ids = browser.execute_script("return document.getElementById('network').dataset.shown")
    return {int(number) for number in ids.split()}


def expected(view: View, held: datetime | None, said: datetime | None, enough: tuple[Answer, ...]) -> set[int]:
    found = set()
    for number, fact in enumerate(view.facts):
        claims = view.claims_on.get(fact.statement, ())
        holds = held is None or holds_at(fact.held, held) in enough
        known = said is None or any(said_by(claim.said, said) in enough for claim in claims)
        if view.is_link(fact) and holds and known:
            found.add(number)
    return found


def test_page_opens_from_a_file_without_complaint_and_asks_for_nothing_else(
    browser: Chrome, tmp_path: Path, view: View
) -> None:
    opened(browser, tmp_path, view)
    assert browser.find_element("id", "network").get_attribute("data-ready") == "yes"
    assert complaints(browser) == []
    assert [url.partition(":")[0] for url in requests(browser)] == ["file"]


@pytest.mark.parametrize("certainty", ["possibly", "certainly"])
def test_sliders_show_exactly_the_links_that_python_computes(
    browser: Chrome, tmp_path: Path, view: View, certainty: str
) -> None:
    enough = (Answer.CERTAINLY,) if certainty == "certainly" else (Answer.CERTAINLY, Answer.POSSIBLY)
    opened(browser, tmp_path, view)
    browser.execute_script(f"document.getElementById('{certainty}').click()")
    assert shown(browser) == expected(view, None, None, enough)
    seen = set()
    for minutes in (-120, -1, 0, 1, 115, 595, 596, 600, 1915, 1916, 1975, 2395):
        moment = START + timedelta(minutes=minutes)
        set_slider(browser, "held", moment)
        assert shown(browser) == expected(view, moment, None, enough), minutes
        set_slider(browser, "said", moment)
        assert shown(browser) == expected(view, moment, moment, enough), minutes
        set_slider(browser, "held", None)
        assert shown(browser) == expected(view, None, moment, enough), minutes
        seen.add(frozenset(shown(browser)))
        set_slider(browser, "said", None)
    assert len(seen) > 3, "the instants must tell something apart"


def test_a_speaker_shows_what_that_speaker_spoke_of(browser: Chrome, tmp_path: Path, view: View) -> None:
    opened(browser, tmp_path, view)
    speaker = next(claim for claim in view.claims if claim.speaker.endswith("russia-mfa"))
    browser.execute_script(
        "const s = document.getElementById('speaker'); s.value = arguments[0]; s.dispatchEvent(new Event('input'));",
        speaker.speaker,
    )
    wanted = {n for n, f in enumerate(view.facts) if f.statement in speaker.statements and view.is_link(f)}
    assert shown(browser) == wanted
    assert f"{len(wanted)} of {len(view.facts)} facts shown" in browser.find_element("id", "status").text


def test_hostile_labels_run_nothing_and_are_shown_as_text(browser: Chrome, tmp_path: Path, hostile: View) -> None:
    opened(browser, tmp_path, hostile)
    assert browser.execute_script("return window.hurt === undefined && document.images.length === 0")
    assert browser.execute_script("return document.scripts.length") == 3
    assert len(shown(browser)) == sum(hostile.is_link(fact) for fact in hostile.facts)
    assert complaints(browser) == []
    assert "<img src=x onerror=" in browser.find_element("tag name", "table").text


def test_script_that_slips_in_is_refused_by_the_policy(browser: Chrome, tmp_path: Path, view: View) -> None:
    opened(browser, tmp_path, view)
    refused = browser.execute_script(
        "try { document.body.innerHTML = '<b>x</b>'; return false; } catch (e) { return e instanceof TypeError; }"
    )
    assert refused


def test_lists_hold_every_claim_and_fact_without_scripts(view: View) -> None:
    page = draw(view, "html", zone=ZONE, figure="network")
    body = page.partition("<body>")[2].partition('<script type="application/json"')[0]
    assert body.count('<li class="denies">') == 3
    assert all(claim.gist in body for claim in view.claims)
    assert body.count("<tr id=") == len(view.facts)
    assert body.count("◆ disputed</td>") == sum(fact.statement in view.disputed for fact in view.facts)


def test_policy_comes_first_and_nothing_points_elsewhere(view: View) -> None:
    page = draw(view, "html", zone=ZONE, figure="network")
    head = page.partition("</head>")[0]
    assert head.index("Content-Security-Policy") < head.index("<title>")
    assert "unsafe" not in head.partition("<style>")[0]
    assert re.findall(r"""(?:src|href)\s*=\s*["']?https?:""", page) == []


def boxes(browser: Chrome) -> dict[str, tuple[float, float, float, float]]:
    """Return left, top, right, bottom of each node with its name, in pixels of the frame, by label."""
    found: dict[str, list[float]] = browser.execute_script(
        "const n = document.getElementById('network').network, found = {};"
        "for (const id of n.body.nodeIndices) { const b = n.getBoundingBox(id), label = n.body.nodes[id].options.label;"
        " const a = n.canvasToDOM({x: b.left, y: b.top}), z = n.canvasToDOM({x: b.right, y: b.bottom});"
        " found[id + ' ' + label] = [a.x, a.y, z.x, z.y]; } return found;"
    )
    return {name: (box[0], box[1], box[2], box[3]) for name, box in found.items()}


def assert_apart_and_inside(browser: Chrome) -> None:
    found = boxes(browser)
    size = browser.execute_script(
        "const p = document.getElementById('network'); return [p.clientWidth, p.clientHeight]"
    )
    assert len(found) > 5
    for one, other in combinations(found, 2):
        a, b = found[one], found[other]
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, f"{one} lies on {other}"
    for name, (left, top, right, bottom) in found.items():
        assert left >= 0, name
        assert top >= 0, name
        assert right <= size[0], name
        assert bottom <= size[1], name


@pytest.fixture(name="phone")
def _phone(browser: Chrome) -> Iterator[Chrome]:
    """Give the browser the width of a phone for one test."""
    size = browser.get_window_size()
    browser.set_window_size(500, 1000)
    yield browser
    browser.set_window_size(size["width"], size["height"])


def test_no_name_lies_on_another_and_all_are_in_the_frame(browser: Chrome, tmp_path: Path, view: View) -> None:
    opened(browser, tmp_path, view)
    assert_apart_and_inside(browser)


def test_the_network_still_fills_the_frame_after_the_window_grew(browser: Chrome, tmp_path: Path, graph: Graph) -> None:
    size = browser.get_window_size()
    seed = graph.view(title="seed", only=graph.names_of("source:seed-article"))
    opened(browser, tmp_path, seed)
    browser.set_window_size(size["width"], size["height"] + 300)
    browser.execute_async_script("setTimeout(arguments[0], 500)")
    try:
        assert_apart_and_inside(browser)
    finally:
        browser.set_window_size(size["width"], size["height"])


def test_no_name_lies_on_another_on_a_phone(phone: Chrome, tmp_path: Path, view: View) -> None:
    opened(phone, tmp_path, view)
    assert_apart_and_inside(phone)


def test_no_name_lies_on_another_for_the_seed_article(browser: Chrome, tmp_path: Path, graph: Graph) -> None:
    seed = graph.view(title="seed", only=graph.names_of("source:seed-article"))
    opened(browser, tmp_path, seed)
    assert_apart_and_inside(browser)
    assert browser.execute_script("return document.getElementById('network').network.getScale()") > 0.5


def test_same_view_gives_same_page(view: View) -> None:
    assert draw(view, "html", zone=ZONE, figure="network") == draw(view, "html", zone=ZONE, figure="network")
