"""The explorer in a real browser: safe, complete without its script, usable by keys, and what it saves is right."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from pyoxigraph import RdfFormat, parse
from selenium.webdriver.common.keys import Keys

from kg.api import cut
from kg.errors import DataError, UsageError
from kg.pictures import draw
from kg.pictures.explorer import explorer, read_story
from kg.slice import select
from kg.vocab import BASE
from kg.words import texts_in, with_words
from tests.browsing import complaints, media, opened, requests, run, sized
from tests.servers.downloads import AbsentError, npm_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver import Chrome

    from kg.api import Graph
    from kg.view import View

AXE = Path(__file__).parent / "axe"
ARMENIA, AZERBAIJAN = "state/armenia", "state/azerbaijan"


@pytest.fixture(autouse=True)
def usual(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "browser" in request.fixturenames or "seed" in request.fixturenames:
        browser: Chrome = request.getfixturevalue("browser")
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        media(browser)


@pytest.fixture(scope="module")
def seed_view(graph: Graph) -> View:
    return graph.view(title="Seed", only=graph.names_of("source:seed-article"))


@pytest.fixture(scope="module")
def seed_file(seed_view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explorer") / "seed.html"
    path.write_text(explorer(seed_view, zone="Asia/Yerevan"), encoding="utf-8")
    return path


@pytest.fixture
def seed(browser: Chrome, seed_file: Path) -> Chrome:
    opened(browser, seed_file)
    return browser


@pytest.fixture(scope="module")
def whole_file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explorer") / "whole.html"
    path.write_text(explorer(graph.view(cut(unsourced=True), title="Whole")), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def axe(absent: Callable[[str], NoReturn]) -> str:
    try:
        return (npm_folder(AXE) / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    except AbsentError as error:
        absent(str(error))


def test_the_page_opens_from_a_file_without_complaint_and_asks_for_nothing_else(seed: Chrome) -> None:
    assert complaints(seed) == []
    assert [url for url in requests(seed) if not url.endswith("seed.html")] == []
    policy = seed.find_element("css selector", "meta[http-equiv]").get_attribute("content") or ""
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "require-trusted-types-for 'script'" in policy


def test_nothing_that_a_source_writes_runs_in_the_page(
    browser: Chrome, hostile: View, hostile_map: View, tmp_path: Path
) -> None:
    for number, view in enumerate((hostile, hostile_map)):
        path = tmp_path / f"{number}.html"
        path.write_text(
            explorer(
                view,
                story=[
                    {
                        "title": "</script><script>window.hurt=1</script>",
                        "text": "<img onerror=1>",
                        "state": "#v=1&q=<img>",
                    }
                ],
            ),
            encoding="utf-8",
        )
        opened(browser, path)
        assert run(browser, "return conflictKg.claims().length") == len(view.claims)
        run(
            browser,
            "document.querySelectorAll('details').forEach((one) => { one.open = true; }); document.querySelectorAll('.name').forEach((one) => one.click()); document.querySelector('#later').click()",
        )
        assert run(browser, "return window.hurt ?? null") is None
        assert run(browser, "return document.querySelectorAll('img, iframe, object, embed').length") == 0
        assert complaints(browser) == []
        assert [url for url in requests(browser) if not url.endswith(f"{number}.html")] == []


@pytest.mark.parametrize(
    "state",
    [
        "#v=1&at=now()&who=__proto__&type=constructor&source=toString&zone=Mars/Olympus&x0=9999-99-99T00:00:00Z",
        "#v=1&q=%3C/script%3E%3Cscript%3Ewindow.hurt=1%3C/script%3E&selected=%22%3E%3Cimg%20src=x%20onerror=window.hurt=1%3E",
        "#v=1&at=2022-13-45T99:99:99Z&from=2023-01-01T00:00:00Z&to=2022-01-01T00:00:00Z&kind=__proto__&names=valueOf&vs=hasOwnProperty",
        "#v=1&%E0%A4%A=%%%&&&==" + "x" * 100_000,
        '#{"__proto__": 1}',
    ],
)
def test_an_address_is_not_trusted(browser: Chrome, seed_file: Path, state: str) -> None:
    opened(browser, seed_file, state)
    assert run(browser, "return window.hurt ?? null") is None
    assert complaints(browser) == []
    run(browser, "document.getElementById('q').value = ''; conflictKg.go('#v=1')")
    assert run(browser, "return conflictKg.claims().length") == 16


def test_an_address_brings_back_its_state(browser: Chrome, whole_file: Path) -> None:
    opened(browser, whole_file)
    for state in (
        "#v=1",
        f"#v=1&at=2022-09-13T05%3A30%3A00Z&known=2022-09-14T00%3A00%3A00Z&who={ARMENIA.replace('/', '%2F')}&sure=1",
        "#v=1&from=2022-09-13T05%3A30%3A00Z&to=2022-09-14T05%3A30%3A00Z&stance=asserts&stance=reports&disputed=1&organs=0&kind=event&q=%22+%26+%C3%A9&zone=Europe%2FMoscow",
    ):
        run(browser, "conflictKg.go(arguments[0])", state)
        assert run(browser, "return [conflictKg.state(), location.hash]") == [state, state]


def test_without_scripts_the_page_has_every_claim_fact_and_figure(
    browser: Chrome, seed_file: Path, seed_view: View
) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get("about:blank")
    browser.get(seed_file.as_uri())
    words = " ".join(browser.find_element("tag name", "body").text.split())
    assert all(" ".join(claim.gist.split()) in words for claim in seed_view.claims)
    assert all(claim.speaker_label in words for claim in seed_view.claims)
    figures = browser.find_elements("css selector", "#figures svg")
    assert len(figures) == 3
    assert all(figure.is_displayed() for figure in figures)
    assert not browser.find_element("id", "app").is_displayed()


def test_a_printer_gets_the_list_and_the_figures(seed: Chrome) -> None:
    assert not seed.find_element("id", "text").is_displayed()
    media(seed, "print")
    assert seed.find_element("id", "text").is_displayed()
    assert not seed.find_element("id", "app").is_displayed()


def test_every_claim_of_a_large_view_stands_in_the_list(whole_file: Path, graph: Graph) -> None:
    page = html.fromstring(whole_file.read_text(encoding="utf-8"))
    texts = page.xpath('//*[@id="all"]//dd[not(@class)]/br/following-sibling::text()')
    assert isinstance(texts, list)
    view = graph.view(cut(unsourced=True))
    listed = sorted(" ".join(str(text).split()) for text in texts)
    assert listed == sorted(" ".join(claim.gist.split()) for claim in view.claims)


NAMES = """
const found = {};
for (const kind of ['network', 'map']) {
  const figure = document.querySelector(`#a .${kind}`), texts = [...figure.querySelectorAll('text')].filter((text) => text.textContent);
  const boxes = texts.map((text) => text.getBoundingClientRect()), upon = [];
  boxes.forEach((one, n) => boxes.slice(0, n).forEach((other, m) => {
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left), down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (across > 1.5 && down > 3) upon.push([texts[n].textContent, texts[m].textContent, across, down]);
  }));
  found[kind] = { upon, named: [...figure.querySelectorAll('.node, .place')].filter((one) => one.querySelector('tspan')).length, size: 11.5 * figure.querySelector('.node, .place').getScreenCTM().a, note: figure.querySelector('.note').textContent };
}
return found;
"""
ZOOM = """
const svg = document.querySelector('#a .network svg'), box = svg.getBoundingClientRect(), at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, bubbles: true };
if (arguments[0]) svg.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: -300, ctrlKey: true })); else svg.dispatchEvent(new MouseEvent('dblclick', at));
"""


@pytest.mark.parametrize("width", [1300, 390])
def test_no_name_lies_on_another_and_those_without_room_are_counted(
    browser: Chrome, whole_file: Path, width: int
) -> None:
    sized(browser, width, 900)
    opened(browser, whole_file)
    things = run(browser, "return document.querySelectorAll('#a .node').length")
    for figure in (found := run(browser, NAMES)).values():
        assert figure["upon"] == []
        assert figure["named"] >= 8
        assert figure["size"] == pytest.approx(11.5, abs=0.1)  # pixels of the screen, whatever the window
    silent = things - found["network"]["named"]
    assert f"; {silent} names have no room" in found["network"]["note"] or not silent
    run(browser, ZOOM, 1)
    closer = run(browser, NAMES)["network"]
    assert closer["upon"] == []
    run(browser, ZOOM, 0)
    assert run(browser, NAMES)["network"] == found["network"]


def test_pointing_at_a_thing_leaves_its_ties(browser: Chrome, whole_file: Path) -> None:
    opened(browser, whole_file)
    dim = "return document.querySelectorAll('#a .tie.dim').length"
    assert run(browser, dim) == 0
    run(browser, "document.querySelector('#a .node [role=button]').focus()")
    ties = run(browser, "return document.querySelectorAll('#a .tie').length")
    assert 0 < ties - run(browser, dim) < ties


SCREENS = {"light": {}, "dark": {"prefers_color_scheme": "dark"}, "forced": {"forced_colors": "active"}}
OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = Boolean(arguments[0]); })"


@pytest.mark.parametrize(
    ("width", "screen"), [(1300, "light"), (1300, "dark"), (1300, "forced"), (390, "light"), (390, "dark")]
)
def test_axe_finds_nothing(seed: Chrome, axe: str, screen: str, width: int) -> None:
    sized(seed, width, 900)
    media(seed, **SCREENS[screen])
    seed.set_script_timeout(120)
    run(seed, axe)
    states = [
        "#v=1",
        f"#v=1&who={ARMENIA}&selected=event/ceasefire-2022-09-13&from=2022-09-12T00:00:00Z&to=2022-09-14T00:00:00Z&known=2022-09-14T00:00:00Z",
    ]
    for state, menus in ((states[0], False), (states[1], True)):
        run(seed, f"conflictKg.go(arguments[1]); {OPEN}", menus, state)
        script = "const done = arguments[0]; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((found) => done(found.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 200) + ' ' + node.failureSummary)])))"
        assert seed.execute_async_script(script) == []


def test_a_keyboard_reaches_every_control_and_every_event(seed: Chrome) -> None:
    run(seed, OPEN, 1)
    run(seed, "for (const id of ['held', 'said']) document.getElementById(id).click()")
    script = "return [...document.querySelectorAll('#app button, #app select, #app input, #app summary')].filter((one) => one.offsetParent && !one.disabled).map((one) => one.id || one.dataset.copy || one.dataset.save || one.dataset.entry || one.textContent)"
    wanted = set(run(seed, script)) - {"possible", "certain"}  # of two radio buttons the chosen one takes the focus
    body = seed.find_element("tag name", "body")
    body.click()
    seen: set[str] = set()
    marks = 0
    for _ in range(600):
        seed.switch_to.active_element.send_keys(Keys.TAB)
        name, is_mark, is_body = run(
            seed,
            "const one = document.activeElement; return [one.id || one.dataset.copy || one.dataset.save || one.dataset.entry || one.textContent, one.ownerSVGElement !== null && one.ownerSVGElement !== undefined, one === document.body]",
        )
        if is_body and seen >= wanted:
            break
        seen.add(name)
        marks += is_mark
    assert wanted - seen == set()
    assert marks > 40  # things, places and lanes


def test_keys_walk_through_the_entries_and_focus_what_they_choose(seed: Chrome) -> None:
    entries = run(seed, "return document.querySelectorAll('#list article').length")
    seed.find_element("tag name", "h1").click()
    seen = []
    for _ in range(entries):
        seed.find_element("tag name", "body").send_keys("j")
        seen.append(
            run(
                seed,
                "return [document.querySelector('article.selected .name').textContent, document.activeElement.textContent]",
            )
        )
        run(seed, "document.activeElement.blur()")
    assert all(chosen == focused for chosen, focused in seen)
    assert len({chosen for chosen, _ in seen}) == entries
    seed.find_element("tag name", "body").send_keys(Keys.ESCAPE)
    assert run(seed, "return document.querySelector('article.selected')") is None
    seed.find_element("tag name", "body").send_keys("/")
    assert run(seed, "return document.activeElement.id") == "q"


def test_play_moves_time_only_when_told_and_stops(seed: Chrome) -> None:
    assert run(seed, "return conflictKg.state()") == "#v=1"
    seed.find_element("id", "play").click()
    assert seed.find_element("id", "play").text == "Pause"
    before = run(seed, "const now = Date.now(); while (Date.now() - now < 300); return 1")
    seed.set_script_timeout(20)
    moved = seed.execute_async_script("setTimeout(() => arguments[0](conflictKg.state()), 900)")
    assert (before, "from=" in moved) == (1, True)
    seed.find_element("id", "play").click()
    assert seed.find_element("id", "play").text == "Play"


def test_typed_times_are_read_in_the_chosen_zone_and_bad_ones_are_marked(seed: Chrome) -> None:
    run(seed, "document.getElementById('held').click(); document.getElementById('instant').click()")
    box = seed.find_element("id", "from")
    box.clear()
    box.send_keys("2022-09-13T00:05", Keys.ENTER)
    assert "at=2022-09-12T20%3A05%3A00Z" in run(seed, "return conflictKg.state()")
    box.clear()
    box.send_keys("Tuesday", Keys.ENTER)
    assert box.get_attribute("aria-invalid") == "true"
    assert "at=2022-09-12T20%3A05%3A00Z" in run(seed, "return conflictKg.state()")


@settings(max_examples=25)
@given(
    local=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2026, 1, 1)),  # noqa: DTZ001 - zone below
    zone=st.sampled_from(["Asia/Yerevan", "Asia/Baku", "Europe/Moscow", "UTC"]),
)
def test_times_in_zones_are_those_of_python(browser_with_seed: Chrome, local: datetime, zone: str) -> None:
    moment = local.replace(second=0, microsecond=0, tzinfo=ZoneInfo(zone))
    seconds = int(moment.astimezone(UTC).timestamp())
    back = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone))
    script = "return [conflictKg.clock.moment(arguments[0], arguments[1]), conflictKg.clock.read(arguments[2], arguments[1])]"
    words, read = run(browser_with_seed, script, seconds, zone, f"{back:%Y-%m-%dT%H:%M}")
    assert words == f"{back.day} {back:%b} {back.year} {back:%H:%M}"
    # An hour that a clock goes through twice has two readings; the page takes one of them.
    assert read in {int(back.replace(fold=fold).astimezone(UTC).timestamp()) for fold in (0, 1)}


@pytest.fixture(scope="module")
def browser_with_seed(browser: Chrome, seed_file: Path) -> Chrome:
    opened(browser, seed_file)
    return browser


def file_of(browser: Chrome, kind: str) -> str:
    return str(browser.execute_async_script("Promise.resolve(conflictKg.file(arguments[0])).then(arguments[1])", kind))


def test_the_trig_of_a_view_is_a_part_of_the_graph(browser: Chrome, whole_file: Path, graph: Graph) -> None:
    opened(browser, whole_file, f"#v=1&who={AZERBAIJAN}&from=2022-09-01T00:00:00Z&to=2022-10-01T00:00:00Z")
    quads = list(parse(file_of(browser, "trig").encode(), format=RdfFormat.TRIG))
    known = {(quad.subject, quad.predicate, quad.object) for quad in graph.store}
    assert len(quads) > 500
    assert [quad for quad in quads if (quad.subject, quad.predicate, quad.object) not in known] == []


def test_the_table_and_the_map_data_of_a_view_hold_what_is_visible(browser: Chrome, whole_file: Path) -> None:
    opened(browser, whole_file, f"#v=1&who={ARMENIA}&from=2022-09-01T00:00:00Z&to=2022-10-01T00:00:00Z")
    claims = set(run(browser, "return conflictKg.claims()"))
    rows = list(csv.DictReader(io.StringIO(file_of(browser, "csv").removeprefix("\ufeff"))))
    assert {row["claim"] for row in rows} == claims
    features = json.loads(file_of(browser, "geojson"))["features"]
    assert {claim for feature in features for claim in feature["properties"]["claims"]} <= claims
    assert all(38 < feature["geometry"]["coordinates"][1] < 60 for feature in features)


def test_cells_of_the_table_are_no_formulas(browser: Chrome, hostile: View, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(explorer(hostile), encoding="utf-8")
    opened(browser, path)
    cells = [cell for row in csv.reader(io.StringIO(file_of(browser, "csv"))) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []


@pytest.mark.parametrize("pane", ["network", "map", "time"])
def test_a_drawing_is_saved_as_svg_and_png(seed: Chrome, tmp_path: Path, pane: str) -> None:
    seed.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    run(
        seed,
        "document.getElementById('pane').value = arguments[0]; for (const kind of ['svg', 'png']) document.querySelector(`[data-save=${kind}]`).click()",
        pane,
    )
    seed.set_script_timeout(20)
    for _ in range(40):
        seed.execute_async_script("setTimeout(arguments[0], 250)")
        if len([path for path in tmp_path.iterdir() if path.suffix in {".svg", ".png"}]) == 2:
            break
    root = etree.parse(str(tmp_path / f"{pane}.svg")).getroot()
    shapes = [
        one for one in root.iter() if one.get("fill") not in {None, "none"} or one.get("stroke") not in {None, "none"}
    ]
    assert len(shapes) > 20
    assert (tmp_path / f"{pane}.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert (tmp_path / f"{pane}.png").stat().st_size > 5000


def test_two_accounts_differ_as_their_slices_do(browser: Chrome, whole_file: Path, graph: Graph) -> None:
    opened(browser, whole_file, f"#v=1&who={ARMENIA}&vs={AZERBAIJAN}")
    assert browser.find_element("id", "b").is_displayed()
    found = run(browser, "return conflictKg.differences()")
    asserted = []
    for state in (ARMENIA, AZERBAIJAN):
        rows = select(graph.store, cut(according_to=BASE + state), every_stance=True).rows
        asserted.append(
            {row.statement for row in rows if row.statement and row.stance.endswith(("#asserts", "#reports"))}
        )
    one, other = asserted
    assert [len(found[name]) for name in ("first", "second", "both")] == [
        len(one - other),
        len(other - one),
        len(one & other),
    ]
    claims = graph.view(cut(unsourced=True)).claims
    pairs = {frozenset((claims[x].claim, claims[y].claim)) for x, y, _ in found["against"]}
    assert frozenset((f"{BASE}claim/seed-article-820-1", f"{BASE}claim/seed-article-1877-1")) in pairs
    assert "Where they contradict" in browser.find_element("id", "differences").text


def test_names_are_those_of_who_uses_them(browser: Chrome, whole_file: Path) -> None:
    opened(browser, whole_file)
    label = "return [...document.querySelectorAll('.node')].map((one) => one.firstChild.getAttribute('aria-label')).join('; ')"
    users = run(
        browser, "return [...document.querySelectorAll('#names option')].map((one) => [one.value, one.textContent])"
    )
    user = next(value for value, words in users if words == "Ministry of Defence of Azerbaijan")
    plain = run(browser, label)
    run(
        browser,
        "const box = document.getElementById('names'); box.value = arguments[0]; box.dispatchEvent(new Event('change'))",
        user,
    )
    assert run(browser, label) != plain
    assert "names=org%2Fazerbaijan-mod" in run(browser, "return conflictKg.state()")


def test_nothing_goes_without_a_count(browser: Chrome, whole_file: Path) -> None:
    opened(browser, whole_file)
    notes = " ".join(
        run(
            browser,
            "return [...document.querySelectorAll('#a .note, #timeline text.small')].map((one) => one.textContent)",
        )
    )
    for words in (
        "weaker ties not drawn",
        "less linked things",
        "off the map",
        "have no place",
        "before",
        "after this span",
        "without a time",
        "too many for a lane",
    ):
        assert words in notes
    tray = run(browser, "return document.querySelector('#a .tray').textContent")
    assert "Moscow" in tray


def test_a_story_steps_through_saved_states(browser: Chrome, seed_view: View, tmp_path: Path) -> None:
    steps = [
        {"title": "The night", "text": "What was said of the night.", "state": "#v=1&at=2022-09-12T20:05:00Z"},
        {"title": "The truce", "text": "And then?", "state": "#v=1&who=org%2Frussia-mfa"},
    ]
    file = tmp_path / "story.json"
    file.write_text(json.dumps(steps), encoding="utf-8")
    page = tmp_path / "story.html"
    page.write_text(draw(seed_view, "html", story=read_story(file)), encoding="utf-8")
    opened(browser, page)
    run(browser, OPEN, 1)
    for step in steps:
        browser.find_element("id", "later").click()
        assert step["title"] in browser.find_element("id", "told").text
    assert "who=org%2Frussia-mfa" in run(browser, "return conflictKg.state()")
    browser.find_element("id", "earlier").click()
    assert "at=2022-09-12T20%3A05%3A00Z" in run(browser, "return conflictKg.state()")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "no JSON"),
        ("{}", "list of steps"),
        ("[1]", "step 1"),
        ('[{"title": 3}]', "step 1"),
        ('[{"state": "javascript:1"}]', "no state"),
    ],
)
def test_a_story_that_is_none_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "story.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=told):
        read_story(path)


def test_only_the_explorer_tells_a_story(view: View) -> None:
    with pytest.raises(UsageError, match="explorer"):
        draw(view, "svg", story=[{"title": "x"}])


def test_words_are_shown_to_who_has_the_text(shared: Path, seed_view: View, tmp_path: Path) -> None:
    worded = with_words(seed_view, texts_in(shared / "seed"))
    text = (shared / "seed/article.txt").read_text(encoding="utf-8")
    assert all(claim.words == tuple(text[a:b] for a, b in claim.passages) for claim in worded.claims)
    assert "<blockquote>" in explorer(worded)
    (tmp_path / "other.txt").write_text("another text", encoding="utf-8")
    assert with_words(seed_view, texts_in(tmp_path)) == seed_view
    with pytest.raises(DataError, match="no such folder"):
        list(texts_in(tmp_path / "none"))


def test_the_same_view_gives_the_same_bytes_in_another_process(root: Path) -> None:
    script = (
        "import hashlib; from kg.api import open_graph; from kg.pictures.explorer import explorer\n"
        "graph = open_graph(); view = graph.view(only=graph.names_of('event:clashes-2022-09'))\n"
        "print(hashlib.sha256(explorer(view).encode()).hexdigest())"
    )
    hashes = {
        subprocess.run([sys.executable, "-c", script], cwd=root, env={"PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(hashes) == 1


def test_a_notebook_gets_a_frame_that_works(browser: Chrome, graph: Graph, tmp_path: Path) -> None:
    piece = graph.slice(
        during=(datetime(2022, 9, 13, tzinfo=UTC), datetime(2022, 9, 13, tzinfo=UTC) + timedelta(days=1)),
        according_to="state:russia",
    )
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><title>notebook</title>{piece._repr_html_()}", encoding="utf-8")
    browser.get(path.as_uri())
    frame = browser.find_element("tag name", "iframe")
    browser.switch_to.frame(frame)
    for _ in range(100):
        if run(browser, "return document.documentElement.dataset.ready"):
            break
    assert run(browser, "return document.documentElement.dataset.ready") == "yes"
    assert run(browser, "return conflictKg.claims().length") > 0
    browser.switch_to.default_content()
