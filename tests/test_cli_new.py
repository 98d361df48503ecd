"""``kg new`` and ``kg check --watch``: pleasant when right, exact when wrong, nothing half written."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.loaders.case import read_cases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "Fire was heard. The ministry of the North said that the fire went on.\n"
NEW = (
    "--source", "source:item", "--title", "An item", "--publisher", "org:daily", "--zone", "Asia/Yerevan",
    "--thing", "org:daily=The Daily", "--thing", "org:north=North", "--thing", "event:fire=Fire",
    "--speaker", "org:north", "--said", "2030-09-02", "--gist", "There is fire.",
    "--subject", "event:fire", "--held", "2030-09-02", "--set", "eventType=SmallArmsFire",
    "--recorded", "2030-09-03T08:00:00Z",
)  # fmt: skip
MORE = ("--speaker", "org:north", "--said", "2030-09-02", "--gist", "It goes on.", "--recorded", "2030-09-03T08:00:00Z")
DONE = ("--subject", "event:fire", "--held", "2030-09-02", "--set", "phase=ongoing")


@pytest.fixture
def graphs(tmp_path: Path) -> Path:
    kg("new", "case", "demo", "--graphs", str(tmp_path / "graphs"))
    (tmp_path / "item.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "graphs"


def kg(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == code, done.output
    return done.output


def claim(graphs: Path, *words: str, code: int = 0) -> str:
    return kg("new", "claim", "demo", "item.yaml", "--graphs", str(graphs), *words, code=code)


def test_a_new_case_is_one_that_reads(graphs: Path) -> None:
    assert [case.name for case in read_cases(graphs)] == ["demo"]
    assert "kg new claim demo" in (graphs / "demo" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["demo", "Demo", "with space", "../up", "-x-"])
def test_a_bad_or_taken_name_is_refused(graphs: Path, name: str) -> None:
    kg("new", "case", "--graphs", str(graphs), "--", name, code=2)
    assert sorted(path.name for path in graphs.iterdir()) == ["demo"]


def test_a_claim_comes_with_its_source_and_its_place_in_the_text(graphs: Path) -> None:
    quote = ("--text", str(graphs.parent / "item.txt"), "--quote", "said that")
    assert "claim:item-42-1" in claim(graphs, *NEW, *quote)
    (case,) = read_cases(graphs)
    (made,) = case.claims
    (passage,) = made.passages
    assert TEXT[passage.start : passage.end] == "said that"
    assert passage.sha256 == hashlib.sha256(b"said that").hexdigest()
    assert case.sources[0].sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert "said that" not in (graphs / "demo" / "item.yaml").read_text(encoding="utf-8")


def test_words_that_stand_twice_are_two_passages_unless_one_is_picked(graphs: Path) -> None:
    text = ("--text", str(graphs.parent / "item.txt"), "--quote", "ire w")
    claim(graphs, *NEW, *text)
    claim(graphs, *MORE, *DONE, *text, "--occurrence", "2")
    (case,) = read_cases(graphs)
    assert [len(made.passages) for made in case.claims] == [2, 1]
    claim(graphs, *MORE, *DONE, *text, "--occurrence", "3", code=2)


def test_the_next_claim_gets_the_next_number_and_comments_stay(graphs: Path) -> None:
    claim(graphs, *NEW)
    file = graphs / "demo" / "item.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# a remark of ours\n", encoding="utf-8")
    assert "claim:item-north-2" in claim(graphs, *MORE, *DONE)
    assert "# a remark of ours" in file.read_text(encoding="utf-8")
    (case,) = read_cases(graphs)
    assert len(case.claims) == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--quote", "not there", "--text", "item.txt"), 2, "does not have the words"),
        (("--quote", "Fire"), 2, "--text"),
        (("--set", "evenType=Fire"), 1, "eventType"),
        (("--held", "2030-02-30"), 1, "2030-02-30"),
        (("--zone", "Asia/Yerewan"), 1, "Asia/Yere"),
        (("--set", "nothing"), 2, "predicate=value"),
        (("--thing", "bridge=x"), 1, "kind of thing"),
        (("--subject", "event:fier"), 1, "event:fire"),
    ],
)
def test_a_fault_is_said_and_nothing_is_written(graphs: Path, words: tuple[str, ...], code: int, said: str) -> None:
    claim(graphs, *NEW)
    file = graphs / "demo" / "item.yaml"
    before = file.read_bytes()
    given = [str(graphs.parent / word) if word == "item.txt" else word for word in words]
    assert said in claim(graphs, *MORE, *DONE, *given, code=code)
    assert file.read_bytes() == before


def test_what_is_missing_is_named_all_at_once(graphs: Path) -> None:
    output = claim(graphs, code=2)
    assert all(name in output for name in ("--speaker", "--said", "--gist"))
    assert "--source" in claim(graphs, *MORE, *DONE, code=2)


def test_a_dry_run_prints_and_writes_nothing(graphs: Path) -> None:
    assert claim(graphs, *NEW, "--dry-run").startswith("# yaml-language-server")
    assert not (graphs / "demo" / "item.yaml").exists()


def until(seen: Callable[[], bool]) -> None:
    for _ in range(300):
        if seen():
            return
        time.sleep(0.1)
    pytest.fail("nothing was seen in thirty seconds")


def test_the_watch_says_what_is_wrong_after_each_save_and_ends_in_peace(graphs: Path, tmp_path: Path) -> None:
    claim(graphs, *NEW)
    file, log = graphs / "demo" / "item.yaml", tmp_path / "log"
    good = file.read_text(encoding="utf-8")
    with log.open("wb") as out:
        words = [sys.executable, "-m", "kg", "check", "--watch", "--graphs", str(graphs)]
        watching = subprocess.Popen(words, stdout=out, stderr=out, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        try:
            until(lambda: log.read_text().count("0 finding(s)") == 1)
            time.sleep(1)  # the watch begins after the first check
            file.write_text(good.replace("eventType", "evenType"), encoding="utf-8")
            until(lambda: "did you mean 'eventType'" in log.read_text())
            file.write_text(good, encoding="utf-8")
            until(lambda: log.read_text().count("0 finding(s)") == 2)
            watching.send_signal(signal.SIGINT)
            assert watching.wait(timeout=20) == 0
        finally:
            watching.kill()
            watching.wait()
