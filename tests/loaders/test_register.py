"""Registers: rows with faults are named by file and line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kg.errors import DataError
from kg.loaders.case import read_cases

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "id,source,speaker,stance,said,saidZone,recorded,subject,held,zone,mode,gist,party\n"
ROW = (
    "made-up,source:conflict-kg-curators,org:conflict-kg,asserts,2026-11-22,UTC,2026-11-22T20:00:00Z,"
    "treaty:collective-security-treaty,1994-04-20/..,Europe/Moscow,throughout,Made up.,state:armenia\n"
)


def findings(root: Path, tmp_path: Path, text: str) -> list[tuple[str, str]]:
    graphs = tmp_path / "graphs"
    shutil.copytree(root / "graphs", graphs)
    (graphs / "made-up").mkdir()
    (graphs / "made-up" / "made-up.csv").write_text(text, encoding="utf-8")
    try:
        read_cases(graphs)
    except DataError as error:
        return [(f.place.rpartition("/")[2], f.rule) for f in error.findings]
    return []


def test_a_good_row_has_no_finding(root: Path, tmp_path: Path) -> None:
    assert findings(root, tmp_path, HEADER + ROW) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "rule"),
    [
        ("state:armenia", "state:armania", "made-up.csv:2", "unknown-id"),
        ("state:armenia", "", "made-up.csv:2", "empty-statement"),
        ("1994-04-20/..", "1994-04-31/..", "made-up.csv:2", "time"),
        ("Europe/Moscow", "", "made-up.csv:2", "time"),
        ("Made up.", "", "made-up.csv:2", "missing-cell"),
        ("asserts", "assertz", "made-up.csv:2", "unknown-concept"),
        ("2026-11-22T20:00:00Z", "yesterday", "made-up.csv:2", "recorded"),
        (",party", ",partie", "made-up.csv:1", "unknown-column"),
        ("Made up.,", "Made up.,,", "made-up.csv:2", "csv"),
    ],
)
def test_each_fault_is_found_on_its_line(root: Path, tmp_path: Path, old: str, new: str, place: str, rule: str) -> None:
    text = HEADER + ROW
    assert old in text
    assert (place, rule) in findings(root, tmp_path, text.replace(old, new, 1))
