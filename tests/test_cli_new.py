"""``kg new`` and ``kg check --watch``: what is written, and that nothing is when something is wrong."""

from __future__ import annotations

import hashlib
import os
import pty
import queue
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ITEM = "Ceasefire near Jermuk 🕊, says the ministry.\nThe Ceasefire holds since noon.\n"
SOURCE = (
    "--source", "source:item", "--type", "NewsArticle", "--title", "An item", "--publisher", "org:paper",
    "--zone", "Asia/Yerevan", "--thing", "org:paper=A paper", "--thing", "org:ministry=A ministry",
    "--thing", "event:truce=A truce",
)  # fmt: skip
CLAIM = (
    "--speaker", "org:ministry", "--said", "2022-09-14", "--gist", "A ceasefire holds.", "--subject", "event:truce",
    "--held", "2022-09-14T12:00/..", "--mode", "throughout", "--set", "eventType=Ceasefire",
)  # fmt: skip
OLD = """\
# A comment on top.
source: {id: source:old, type: NewsArticle, title: Old, publisher: org:old}   # a comment beside
recorded: 2026-11-23T10:00:00Z
things:
  # The publisher.
  - {id: org:old,   type: Organisation, label: {en: "Old"}}
  - {id: event:old, type: Event, label: {en: 'Old'}}

claims:
  - id: claim:old-org-1          # kept
    speaker: org:old
    stance: asserts
    said: {time: "2022-09-14", zone: Asia/Yerevan, mode: someTimeWithin}
    gist: >-
      An old claim that stands
      on two lines.
    content:
      - subject: event:old
        held: {time: "2022-09-14", zone: Asia/Yerevan, mode: someTimeWithin}
        eventType: Ceasefire
# The end.
"""


@pytest.fixture
def graphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with an empty case and a news item beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "item.txt").write_bytes(ITEM.encode())
    kg("new", "case", "made-up", "--graphs", "g")
    return tmp_path / "g"


@pytest.fixture
def old(graphs: Path) -> Path:
    """Return a claim file by hand, with comments and a layout of its own."""
    path = graphs / "made-up" / "old.yaml"
    path.write_bytes(OLD.encode())
    return path


def kg(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def claim(file: str, *words: str) -> Result:
    return kg("new", "claim", "made-up", file, *words, "--graphs", "g")


class TestCase:
    def test_a_new_case_is_one_that_check_and_build_accept(self, graphs: Path) -> None:
        assert sorted(path.name for path in (graphs / "made-up").iterdir()) == [
            "README.md", "sources.csv", "things-events.csv",
        ]  # fmt: skip
        assert kg("check", "--graphs", "g").stderr == "0 finding(s)\n"
        assert kg("build", "--graphs", "g", "--store", "s").exit_code == 0

    @pytest.mark.parametrize("name", ["Made-Up", "made_up", "-made", "made--up", "../made", "", "կռիվ"])
    def test_a_bad_name_is_refused_with_the_way_to_write_it(self, graphs: Path, name: str) -> None:
        result = kg("new", "case", "--graphs", "g", "--", name)
        assert (result.exit_code, "lower-case ASCII" in result.stderr) == (2, True)
        assert [path.name for path in graphs.iterdir()] == ["made-up"]

    def test_a_case_that_is_there_is_left_alone(self, graphs: Path) -> None:
        (graphs / "made-up" / "README.md").write_text("mine", encoding="utf-8")
        result = kg("new", "case", "made-up", "--graphs", "g")
        assert (result.exit_code, "kg new claim made-up" in result.stderr) == (2, True)
        assert (graphs / "made-up" / "README.md").read_text(encoding="utf-8") == "mine"


class TestNewFile:
    def test_the_claim_is_named_after_the_passage_and_reads_well(self, graphs: Path) -> None:
        words = ("--text", "item.txt", "--quote", "says the ministry")
        result = claim("item.yaml", *SOURCE, *CLAIM, *words)
        assert (result.exit_code, result.stdout) == (0, "claim:item-25-1\n"), result.stderr
        text = (graphs / "made-up" / "item.yaml").read_text(encoding="utf-8")
        assert text.startswith("# yaml-language-server: $schema=../claim-file.schema.json\nsource:\n")
        assert f"sha256: {hashlib.sha256(ITEM.encode()).hexdigest()}\n" in text
        assert f"characterCount: {len(ITEM)}\n" in text
        assert f"start: 25, end: 42, sha256: {hashlib.sha256(b'says the ministry').hexdigest()}" in text
        assert "says the ministry" not in text
        assert kg("check", "--graphs", "g").exit_code == 0

    def test_words_that_stand_twice_are_two_passages_or_the_one_that_is_asked_for(self, graphs: Path) -> None:
        words = ("--text", "item.txt", "--quote", "Ceasefire")
        claim("item.yaml", *SOURCE, *CLAIM, *words)
        text = (graphs / "made-up" / "item.yaml").read_text(encoding="utf-8")
        assert ("start: 0, end: 9" in text, "start: 48, end: 57" in text) == (True, True)
        assert claim("item.yaml", *CLAIM, *words, "--occurrence", "2").stdout == "claim:item-48-1\n"

    def test_without_passages_it_is_named_after_the_speaker_and_the_next_gets_the_next_number(
        self, graphs: Path
    ) -> None:
        assert claim("item.yaml", *SOURCE, *CLAIM).stdout == "claim:item-ministry-1\n"
        assert claim("item.yaml", *CLAIM).stdout == "claim:item-ministry-2\n"
        denial = ("--speaker", "org:paper", "--stance", "denies", "--said", "2022-09-15", "--gist", "It does not hold.")
        assert claim("item.yaml", *denial, "--denies", "claim:item-ministry-1").stdout == "claim:item-paper-1\n"
        assert kg("check", "--graphs", "g").exit_code == 0
        assert (graphs / "made-up" / "item.yaml").read_text(encoding="utf-8").count("\n\n  - id: claim:") == 2

    def test_a_recorded_time_is_written_only_where_it_is_not_that_of_the_file(self, graphs: Path) -> None:
        for day in ("23", "23", "24"):
            claim("item.yaml", *(SOURCE if day == "23" else ()), *CLAIM, "--recorded", f"2026-11-{day}T10:00:00Z")
            claim("item.yaml", *CLAIM, "--recorded", f"2026-11-{day}T10:00:00Z")
        text = (graphs / "made-up" / "item.yaml").read_text(encoding="utf-8")
        assert text.count("recorded: 2026-11-23T10:00:00Z") == 1

    def test_a_dry_run_prints_the_file_and_writes_nothing(self, graphs: Path) -> None:
        dry = claim("item.yaml", *SOURCE, *CLAIM, "--recorded", "2026-11-23T10:00:00Z", "--dry-run").stdout
        assert not (graphs / "made-up" / "item.yaml").exists()
        claim("item.yaml", *SOURCE, *CLAIM, "--recorded", "2026-11-23T10:00:00Z")
        assert (graphs / "made-up" / "item.yaml").read_text(encoding="utf-8") == dry

    def test_a_dry_run_of_what_is_wrong_prints_it_with_its_findings(self, graphs: Path) -> None:
        result = claim("item.yaml", *SOURCE, *CLAIM, "--set", "eventTyp=Ceasefire", "--dry-run")
        assert (result.exit_code, "eventTyp" in result.stdout, "eventType" in result.stderr) == (1, True, True)
        assert not (graphs / "made-up" / "item.yaml").exists()


class TestOldFile:
    def test_every_old_line_stays_as_it_is(self, old: Path) -> None:
        new = ("--thing", "org:new=New", "--thing", "event:truce=A truce", "--zone", "Asia/Yerevan")
        result = claim("old.yaml", *CLAIM, "--speaker", "org:new", *new)
        assert (result.exit_code, result.stdout) == (0, "claim:old-new-1\n"), result.stderr
        text = old.read_text(encoding="utf-8")
        lines = iter(text.splitlines())
        assert all(line in lines for line in OLD.splitlines())
        assert text.endswith("        eventType: Ceasefire\n# The end.\n")
        assert "  - {id: event:truce, type: Event, label: {en: A truce}}\n\nclaims:\n" in text

    def test_lines_that_end_as_on_windows_go_on_so(self, old: Path) -> None:
        old.write_bytes(OLD.replace("\n", "\r\n").encode())
        zone = ("--subject", "event:old", "--speaker", "org:old", "--zone", "Asia/Yerevan")
        assert claim("old.yaml", *CLAIM, *zone).exit_code == 0
        data = old.read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n") > OLD.count("\n")

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            ((*CLAIM, "--speaker", "org:old", "--subject", "event:old"), 1, "zone"),
            ((*CLAIM, "--zone", "Asia/Yerewan", "--speaker", "org:old", "--subject", "event:old"), 1, "Asia/Yerevan"),
            ((*CLAIM, "--zone", "Asia/Yerevan", "--set", "eventTyp=Attack"), 1, "'eventType'"),
            ((*CLAIM, "--zone", "Asia/Yerevan", "--speaker", "org:olt"), 1, "org:old"),
            ((*CLAIM, "--zone", "Asia/Yerevan", "--mode", "throughou"), 1, "throughout"),
            ((*CLAIM, "--set", "held=2022"), 2, "--held"),
            ((*CLAIM, "--title", "New"), 2, "drop --title"),
            ((*CLAIM, "--source", "source:other"), 2, "source:old"),
            ((*CLAIM, "--thing", "river:x=X"), 2, "event, place, person, org, state"),
            ((*CLAIM, "--thing", "event:x"), 2, "event:x=Label"),
            ((*CLAIM, "--text", "item.txt", "--quote", "Cease fire"), 2, "letter for letter"),
            ((*CLAIM, "--text", "item.txt", "--quote", "ministry. The"), 2, "line breaks"),
            ((*CLAIM, "--text", "item.txt", "--quote", "Ceasefire", "--occurrence", "3"), 2, "2 time(s)"),
            ((*CLAIM, "--text", "nowhere.txt", "--quote", "Ceasefire"), 1, "nowhere.txt"),
            ((*CLAIM, "--text", "item.txt"), 2, "--quote"),
            ((*CLAIM, "--quote", "Ceasefire"), 2, "--text"),
            ((*CLAIM, "--occurrence", "1"), 2, "--quote"),
        ],
    )
    def test_what_is_wrong_leaves_it_byte_for_byte(
        self, old: Path, words: tuple[str, ...], code: int, said: str
    ) -> None:
        result = claim("old.yaml", *words)
        assert (result.exit_code, result.stdout) == (code, ""), result.output
        assert said in result.stderr
        assert old.read_bytes() == OLD.encode()
        if code == 1 and "nowhere" not in said:
            assert f"{old.relative_to(old.parents[2])}:" in result.stderr

    def test_another_text_than_that_of_the_passages_is_refused(self, graphs: Path) -> None:
        words = ("--text", "item.txt", "--quote", "Ceasefire")
        claim("item.yaml", *SOURCE, *CLAIM, *words)
        (graphs.parent / "item.txt").write_text("Now: " + ITEM, encoding="utf-8")
        result = claim("item.yaml", *CLAIM, *words)
        assert (result.exit_code, "sha256" in result.stderr) == (2, True)


def test_all_that_is_missing_is_named_at_once_where_nobody_can_be_asked(graphs: Path) -> None:
    result = claim("item.yaml", "--speaker", "org:ministry")
    assert result.exit_code == 2
    wanted = "--source, --type, --title, --publisher, --zone, --said, --gist, --subject, --held, --mode, --set"
    assert f"lacks {wanted};" in result.stderr
    assert not (graphs / "made-up" / "item.yaml").exists()


@pytest.mark.parametrize("file", ["item.txt", "../item.yaml", "Item.yaml", "a/item.yaml"])
def test_a_file_of_another_name_is_refused(graphs: Path, file: str) -> None:
    assert graphs.is_dir()
    assert claim(file, *SOURCE, *CLAIM).exit_code == 2


def test_a_case_that_is_not_there_is_named_with_those_that_are(graphs: Path) -> None:
    assert graphs.is_dir()
    result = kg("new", "claim", "made-upp", "item.yaml", "--graphs", "g")
    assert (result.exit_code, "'made-up'" in result.stderr) == (1, True)


def test_on_a_terminal_what_is_missing_is_asked_for(graphs: Path) -> None:
    ours, theirs = pty.openpty()
    words = [w for w in (*SOURCE, *CLAIM) if w not in {"--gist", "A ceasefire holds."}]
    os.write(ours, b"A truce holds.\n")
    command = [sys.executable, "-m", "kg", "new", "claim", "made-up", "item.yaml", "--graphs", "g", *words]
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, check=False, timeout=60)
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0, done.stderr
    assert "What the claim says" in done.stderr
    assert "gist: A truce holds.\n" in (graphs / "made-up" / "item.yaml").read_text(encoding="utf-8")


class Watcher:
    """A ``kg check --watch`` that runs, with the lines that it prints."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "kg", "check", "--watch", "--graphs", "g"],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def until(self, words: str) -> str:
        """Return what is printed up to a line with the words."""
        printed = ""
        while words not in printed:
            printed += self.lines.get(timeout=60)
        return printed


@pytest.fixture
def watcher(old: Path) -> Iterator[Watcher]:
    """Return a watcher of the small graph."""
    found = Watcher(old.parents[2])
    yield found
    if found.process.poll() is None:
        found.process.kill()
    found.process.wait(timeout=60)
    found.reader.join(timeout=60)
    assert found.process.stdout is not None
    found.process.stdout.close()


def test_watching_checks_again_at_each_change_and_ends_well_at_ctrl_c(old: Path, watcher: Watcher) -> None:
    watcher.until("0 finding(s)")
    old.write_text(OLD.replace(", zone: Asia/Yerevan", ""), encoding="utf-8")
    broken = watcher.until("2 finding(s)")
    assert "old.yaml:13: error [time]" in broken
    old.write_text(OLD, encoding="utf-8")
    watcher.until("0 finding(s)")
    watcher.process.send_signal(signal.SIGINT)
    assert watcher.process.wait(timeout=60) == 0


LOSING = """
import os, pathlib, signal, time
from kg.cli.watching import watch_files
acted = []
def act():
    acted.append(1)
    if {stops}:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        except KeyboardInterrupt:
            pass
watch_files([pathlib.Path(".")], act)
print(len(acted))
"""


def test_a_ctrl_c_that_is_lost_on_its_way_ends_the_watching_all_the_same(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOSING.format(stops=True)], cwd=tmp_path, capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "1\n"), done.stderr
    with pytest.raises(subprocess.TimeoutExpired):  # and without one it goes on
        subprocess.run([sys.executable, "-c", LOSING.format(stops=False)], cwd=tmp_path, check=False, timeout=4)
