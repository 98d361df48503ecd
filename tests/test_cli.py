"""The command line: data on stdout, talk on stderr, exit codes, no traceback whatever one types."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

if TYPE_CHECKING:
    from pathlib import Path

ASK = "ASK { <https://w3id.org/conflict-kg/event/ceasefire-2022-09-13> <https://w3id.org/conflict-kg/ontology#eventType> <https://w3id.org/conflict-kg/ontology#Ceasefire> }"


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that holds no store."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kg(*words: str, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(main, list(words), input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.usefixtures("away")
class TestVerbs:
    def test_the_version_is_printed(self) -> None:
        assert kg("--version").stdout.startswith("kg, version ")

    def test_a_query_reads_stdin_and_honours_the_slice(self) -> None:
        assert kg("query", "-", "--as-known", "2022-09-13T05:30Z", stdin=ASK).stdout == "no\n"
        assert kg("query", "-", "--as-known", "2022-09-13T06:30Z", stdin=ASK).stdout == "yes\n"

    def test_sparql_json_is_as_w3c_defines_it(self) -> None:
        answer = json.loads(kg("ask", "known-by", "--format", "json").stdout)
        assert answer["head"]["vars"][0] == "known"
        assert len(answer["results"]["bindings"]) == 4

    def test_csv_has_iris_in_full(self) -> None:
        rows = list(csv.DictReader(io.StringIO(kg("ask", "who-denied-what", "--format", "csv").stdout)))
        assert rows[0]["denier"] == "https://w3id.org/conflict-kg/state/azerbaijan"
        assert "https://w3id.org/conflict-kg/org/armenia-government" in {row["denier"] for row in rows}

    def test_slice_options_narrow_a_question_to_the_claims_they_leave(self) -> None:
        both = ("--according-to", "state:armenia", "--according-to", "state:azerbaijan")
        rows = list(csv.DictReader(io.StringIO(kg("ask", "who-denied-what", *both, "--format", "csv").stdout)))
        speakers = {row["denier"].rpartition("/")[2] for row in rows}
        assert len(rows) == 21
        assert kg("ask", "ceasefires-and-what-speaks-against", *both).stdout.endswith("(20 rows)\n")
        assert "armenia-government" in speakers
        assert not speakers & {"csto-secretariat", "russia-mfa"}

    def test_recorded_by_an_instant_before_the_claims_were_taken_in_there_is_nothing(self) -> None:
        assert kg("ask", "known-by", "--recorded-by", "2026-11-20T00:00Z").stdout.endswith("(0 rows)\n")
        assert kg("ask", "known-by", "--recorded-by", "2026-11-24T00:00Z").stdout.endswith("(4 rows)\n")

    def test_a_question_can_be_printed_as_sparql(self) -> None:
        printed = kg("ask", "going-on-at", "at=2022-09-14T09:00[Asia/Yerevan]", "--sparql").stdout
        assert '"2022-09-14T05:00:00Z"' in printed

    def test_explain_gives_json_too(self) -> None:
        told = json.loads(kg("explain", "claim:seed-article-985-1", "--format", "json").stdout)
        assert {one["claim"] for one in told} >= {"claim:seed-article-985-1", "claim:seed-article-1877-1"}

    @pytest.mark.parametrize("ending", ["svg", "html", "gexf", "graphml", "json"])
    def test_draw_writes_the_picture_that_the_ending_says(self, away: Path, ending: str) -> None:
        assert kg("draw", "source:seed-article", "-o", f"new/folder/x.{ending}").exit_code == 0
        assert (away / "new" / "folder" / f"x.{ending}").stat().st_size > 1000

    def test_draw_shows_only_what_the_slice_leaves(self, away: Path) -> None:
        kg("draw", "source:seed-article", "--as-known", "2022-09-13T05:30Z", "-o", "x.svg")
        assert "brokered" not in (away / "x.svg").read_text(encoding="utf-8")


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ask", "who-said-wat"], 1, "who-said-what"),
        (["ask", "going-on-at", "att=2022-09-13T05:00Z"], 2, "'at'"),
        (["ask", "going-on-at", "2022"], 2, "name=value"),
        (["ask", "going-on-at", "at=2022-09-13T05:00"], 1, "zone"),
        (["query", "SELEC"], 1, "cannot be run"),
        (["query", "nothing.rq"], 2, "no file"),
        (["query", ASK, "--at", "2022-09-13"], 1, "a day is not an instant"),
        (["query", ASK, "--at", "2022-09-13T05:00"], 1, "zone"),
        (["query", ASK, "--at", "2022-09-13T05:00Z", "--during", "2022-09-13[UTC]"], 2, "at and during"),
        (["query", ASK, "--according-to", "org:nobody"], 1, "nobody"),
        (["query", ASK, "--according-to", "Nobody!"], 1, "kind:slug"),
        (["query", ASK, "--store", "nowhere"], 1, "kg build --store"),
        (["query", ASK, "--format", "ttl"], 2, "rows cannot"),
        (["explain", "event:nope"], 1, "event:nope"),
        (["draw", "event:nope", "-o", "x.svg"], 1, "event:nope"),
        (["draw", "-o", "x.bmp"], 2, "svg"),
        (["draw", "-o", "x.svg", "--zone", "Mars/Base"], 2, "Mars/Base"),
        (["draw", "-o", "x.svg", "--with-text", "."], 2, "draw an .html"),
        (["draw", "-o", "/dev/null/x.svg"], 1, "/dev/null: File exists; is the folder there"),
        (["build", "nothing"], 1, "cases in"),
        (["build", "--graphs", "nowhere"], 2, "nowhere"),
    ],
)
def test_what_is_wrong_is_one_clear_line(words: list[str], code: int, said: str) -> None:
    result = kg(*words)
    assert result.exit_code == code, result.output
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_check_finds_nothing_in_the_repository_and_says_so_on_stderr() -> None:
    result = kg("check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 finding(s)\n")


def test_check_exits_with_one_and_names_file_and_line(root: Path, tmp_path: Path) -> None:
    case = tmp_path / "graphs" / "made-up"
    case.mkdir(parents=True)
    faulty = (root / "tests" / "loaders" / "ten_faults.yaml").read_text(encoding="utf-8")
    (case / "faults.yaml").write_text(faulty, encoding="utf-8")
    result = kg("check", "--graphs", str(tmp_path / "graphs"))
    assert result.exit_code == 1
    assert "faults.yaml:22: error [time]" in result.stdout
