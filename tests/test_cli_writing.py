"""``kg export`` and ``kg convert``: a case or the graph in other forms, and back."""

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


def test_a_claim_file_into_a_folder_is_called_after_the_case(tmp_path: Path) -> None:
    kg("export", CASE, "-o", str(tmp_path))
    assert (tmp_path / f"{CASE}.yaml").read_text(encoding="utf-8") == kg("export", CASE, "-o", "-")


def test_tables_are_written_over_only_by_force_and_all_or_none(tmp_path: Path) -> None:
    mine = tmp_path / "claims.csv"
    mine.write_text("mine", encoding="utf-8")
    words = ("export", CASE, "--format", "csv", "-o", str(tmp_path))
    assert "claims.csv is there already" in kg(*words, code=2)
    assert [path.name for path in tmp_path.iterdir()] == ["claims.csv"]
    kg(*words, "--force")
    assert mine.read_text(encoding="utf-8").startswith("id,")


def test_tables_do_not_go_into_a_file(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    assert "is a file" in kg("export", CASE, "--format", "csv", "-o", str(tmp_path / "mine"), "--force", code=2)


def test_cases_of_another_folder_with_faults_are_findings_and_nothing_is_written(tmp_path: Path) -> None:
    case = tmp_path / "graphs" / "made-up"
    case.mkdir(parents=True)
    (case / "things-made-up.csv").write_text("id,type,label@en\nplace:town,Plaice,Town\n", encoding="utf-8")
    words = ("export", "made-up", "--graphs", str(tmp_path / "graphs"), "-o", str(tmp_path / "x.yaml"))
    assert "things-made-up.csv:2: error [unknown-class]" in kg(*words, code=1)
    assert not (tmp_path / "x.yaml").exists()
    (case / "things-made-up.csv").write_text("id,type,label@en\nplace:town,Place,Town\n", encoding="utf-8")
    kg(*words)
    assert "{id: place:town, type: Place, label: {en: Town}}" in (tmp_path / "x.yaml").read_text(encoding="utf-8")


def test_a_case_goes_through_another_profile_and_back(tmp_path: Path) -> None:
    first, second, third = (str(tmp_path / name) for name in ("a.nq.zst", "b.trig", "c.nq.zst"))
    kg("export", CASE, "-o", first)
    kg("convert", first, "--to", "wikibase", "-o", second)
    kg("convert", second, "--from", "wikibase", "-o", third)
    assert (tmp_path / "a.nq.zst").read_bytes() == (tmp_path / "c.nq.zst").read_bytes()


def test_without_options_the_profiles_are_listed() -> None:
    assert "rdf12-trig" in kg("export")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "--format", "nquads"), "-o"),
        (("export", "--format", "yaml", "-o", "x.yaml"), "one case"),
        (("export", "-o", "-"), "--format"),
        (("export", "-o", "nowhere/x.nq"), "no folder"),
        (("export", "-o", "x.docx"), "tells of no profile"),
    ],
)
def test_wrong_usage_names_the_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in kg(*words, code=2)
    assert list(tmp_path.iterdir()) == []


def test_what_a_profile_leaves_out_is_said(tmp_path: Path) -> None:
    assert "does not carry" in kg("export", CASE, "-o", str(tmp_path / "x.ttl"))
