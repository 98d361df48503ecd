"""Claim files: every fault found at once, with its line and what was meant; nothing written."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from kg.build import build
from kg.errors import DataError, UnknownNameError
from kg.loaders.case import read_cases
from kg.loaders.schema import claim_file_schema

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = {
    (5, "unknown-id"): "org:armenia-mod",
    (13, "unknown-value"): "asserts",
    (19, "time"): "zone",
    (22, "time"): "2022-09-31",
    (25, "time"): "Asia/Yerevan",
    (26, "unknown-term"): "eventType",
    (27, "unknown-concept"): "artillery",
    (30, "unknown-id"): "place:jermuk",
    (31, "not-a-name"): "claim:Made_Up",
    (31, "denial-of-nothing"): "denies",
}


@pytest.fixture
def graphs(root: Path, tmp_path: Path) -> Path:
    """Return a copy of graphs/ with a case of one's own beside the others."""
    copy = tmp_path / "graphs"
    shutil.copytree(root / "graphs", copy)
    (copy / "made-up").mkdir()
    return copy


def put(graphs: Path, text: str) -> Path:
    path = graphs / "made-up" / "made-up.yaml"
    path.write_text(text, encoding="utf-8")
    return path


GOOD = """\
source: {id: source:made-up, type: NewsArticle, title: Made up, publisher: org:armenia-mod}
recorded: 2026-11-23T10:00:00Z
zone: Asia/Yerevan
things:
  - {id: event:made-up-shelling, type: Event, label: {en: A made-up shelling}}
claims:
  - id: claim:made-up-1
    speaker: org:armenia-mod
    stance: asserts
    said: {time: "2022-09-14T09:00", mode: someTimeWithin}
    gist: A made-up claim.
    content:
      - subject: event:made-up-shelling
        held: {time: "2022-09-14T08:00/..", mode: throughout}
        eventType: Shelling
"""


def findings(graphs: Path, text: str) -> list[tuple[int, str, str]]:
    path = put(graphs, text)
    with pytest.raises(DataError) as caught:
        read_cases(graphs)
    assert all(finding.place.startswith(f"{path}:") for finding in caught.value.findings)
    return [(int(f.place.rpartition(":")[2]), f.rule, f"{f.message} {f.mend}") for f in caught.value.findings]


def test_ten_faults_are_ten_findings_with_their_lines_and_nothing_is_written(graphs: Path, root: Path) -> None:
    faulty = (root / "tests" / "loaders" / "ten_faults.yaml").read_text(encoding="utf-8")
    before = {path: path.read_bytes() for path in graphs.rglob("*") if path.is_file()}
    found = findings(graphs, faulty)
    put(graphs, faulty)
    with pytest.raises(DataError):
        build(graphs, graphs / "store")
    after = {path: path.read_bytes() for path in graphs.rglob("*") if path.is_file() and path.name != "made-up.yaml"}
    assert after == before
    assert {(line, rule) for line, rule, _ in found} == set(FAULTS)
    assert len(found) == 10
    for line, rule, text in found:
        assert FAULTS[line, rule] in text, (line, text)


def test_the_good_twin_has_no_finding(graphs: Path) -> None:
    put(graphs, GOOD)
    assert [len(case.claims) for case in read_cases(graphs) if case.name == "made-up"] == [1]


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("stance: asserts", "stance: asserts\n    stance: denies", 10, "yaml"),
        ("recorded: 2026-11-23T10:00:00Z", "recorded: 2026-11-23", 2, "recorded"),
        ("claim:made-up-1", "claim:made-up-1\n    passages: [{start: 9, end: 3, sha256: " + "0" * 64 + "}]", 8, "passage"),
        ("claim:made-up-1", "claim:made-up-1\n    passages: [{start: 3, end: 9, sha256: " + "0" * 64 + "}]", 7, "claim-id"),
        ("2022-09-14T09:00", "2027-09-14T09:00", 10, "said-after-recorded"),
        ("    gist: A made-up claim.\n", "", 7, "missing-key"),
        ("        eventType: Shelling\n", "", 13, "empty-statement"),
        ("zone: Asia/Yerevan", "zone: MSK", 10, "time"),
        ("type: Event", "type: Evnt", 5, "unknown-value"),
        ("event:made-up-shelling, type", "event:attacks-2022-09-13, type", 5, "defined-twice"),
        ("stance: asserts", "stance: asserts\n    denies: claim:made-up-1", 10, "denies-stance"),
        ("mode: throughout", "mode: throughot", 14, "unknown-value"),
        ("source: {id", "sorce: {}\nsource: {id", 1, "unknown-key"),
    ],
)  # fmt: skip
def test_each_fault_is_found_on_its_line(graphs: Path, old: str, new: str, line: int, rule: str) -> None:
    assert old in GOOD
    found = findings(graphs, GOOD.replace(old, new, 1))
    assert (line, rule) in {(at, name) for at, name, _ in found}, found


def test_a_file_that_is_not_utf8_is_one_finding(graphs: Path) -> None:
    (graphs / "made-up" / "bytes.yaml").write_bytes(b"source: \xff\xfe")
    with pytest.raises(DataError, match="UTF-8"):
        read_cases(graphs)


def test_an_unknown_case_is_refused_with_the_nearest_name(graphs: Path) -> None:
    with pytest.raises(UnknownNameError, match="registers"):
        read_cases(graphs, ["register"])


def test_the_committed_schema_is_that_of_the_ontology(root: Path) -> None:
    written = json.loads((root / "graphs" / "claim-file.schema.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(claim_file_schema())), "run: make generate"


@pytest.mark.parametrize("clock", ["8 o'clock", "25:00[Asia/Yerevan]", "08:00", "08:00[Asia/Nowhere]"])
def test_a_time_of_day_that_cannot_be_read_is_refused_with_its_line(root: Path, tmp_path: Path, clock: str) -> None:
    text = (root / "graphs" / "2022-09-clashes" / "seed-article.yaml").read_text(encoding="utf-8")
    graphs = tmp_path / "graphs"
    shutil.copytree(root / "graphs", graphs, ignore=shutil.ignore_patterns("*.trig"))
    path = graphs / "2022-09-clashes" / "seed-article.yaml"
    path.write_text(text.replace("08:00[Asia/Yerevan]", clock), encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), start=1) if "clockTime" in row)
    with pytest.raises(DataError) as error:
        read_cases(graphs)
    (found,) = [finding for finding in error.value.findings if finding.rule == "time"]
    assert found.place == f"{path}:{line}"
