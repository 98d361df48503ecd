"""``kg export``: a case as one claim file or as tables, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.loaders.case import read_cases
from kg.resources import data_dir

if TYPE_CHECKING:
    from pathlib import Path

CASE = "2016-04-four-day-war"


def kg(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == code, done.output
    return done.output


def test_a_claim_file_goes_to_stdout() -> None:
    page = kg("export", CASE, "-o", "-")
    assert page.startswith("# yaml-language-server")
    assert "claim:events-ceasefire-2016-04-05" in page


def test_tables_read_back_as_the_same_claims(tmp_path: Path) -> None:
    graphs = tmp_path / "graphs"
    for folder in data_dir("graphs").iterdir():
        if folder.is_dir() and folder.name != CASE:
            (graphs / folder.name).mkdir(parents=True)
            for file in (*folder.glob("*.csv"), *folder.glob("*.yaml")):
                (graphs / folder.name / file.name).write_bytes(file.read_bytes())
    kg("export", CASE, "--format", "csv", "-o", str(graphs / CASE))
    assert read_cases(graphs, [CASE]) == read_cases(data_dir("graphs"), [CASE])


def test_nothing_is_written_over_unless_asked(tmp_path: Path) -> None:
    target = tmp_path / "case.yaml"
    target.write_text("mine", encoding="utf-8")
    assert "--force" in kg("export", CASE, "-o", str(target), code=2)
    assert target.read_text(encoding="utf-8") == "mine"
    kg("export", CASE, "-o", str(target), "--force")
    assert target.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize("words", [("2016-04-four-day-wor", "-o", "-"), (CASE, "--format", "csv", "-o", "-")])
def test_what_cannot_be_written_is_said(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, ["export", *words])
    assert done.exit_code in {1, 2}
    assert "kg: " in done.output
