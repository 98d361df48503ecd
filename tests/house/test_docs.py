"""Every ``kg`` command in the docs is run, and prints what the docs say it prints.

A ```console block holds ``$ kg ...`` lines, each followed by its output. ``...``
on a line of its own stands for any lines. ``make``, ``git`` and ``pip`` are not
run; ``printf``, ``sed`` and ``mv`` are. What a command writes to stderr counts, since a reader sees it too.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from kg.cli import main

REPO = Path(__file__).parents[2]
DOCS = sorted([REPO / "README.md", *(REPO / "docs").glob("**/*.md")])
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
RUN = ("kg ", "printf ", "sed ", "mv ")
"""Commands that are run; a page may make and change a small file of its own."""
SHELL = 'kg() { "$KG_PYTHON" -m kg "$@"; }\n'


@dataclass(frozen=True)
class Example:
    """A command as typed, the line it stands on, and the output that the docs show."""

    line: int
    command: str
    output: tuple[str, ...]


def examples_in(text: str) -> list[Example]:
    """Return the commands of all console blocks in the order of the page."""
    found = []
    for block in BLOCK.finditer(text):
        first = text.count("\n", 0, block.start(1)) + 1
        lines = block[1].splitlines()
        starts = [n for n, line in enumerate(lines) if line.startswith("$ ")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            last = start
            while lines[last].endswith("\\") and last + 1 < end:
                last += 1
            command = "\n".join([lines[start][2:], *lines[start + 1 : last + 1]])
            output = [line.rstrip() for line in lines[last + 1 : end]]
            found.append(Example(first + start, command, tuple(trimmed(output))))
    return found


def trimmed(lines: list[str]) -> list[str]:
    """Return the lines without blank ones at the end."""
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


def agrees(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Return whether the output is as shown; a line ``...`` stands for any lines, also none."""
    pattern = "".join("(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def printed_by(command: str, folder: Path) -> list[str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "FORCE_COLOR", "PYTHONPATH"}}
    done = subprocess.run(
        ["bash", "-c", SHELL + command],
        cwd=folder,
        env={**kept, "KG_PYTHON": sys.executable, "LC_ALL": "C.UTF-8", "TERM": "dumb"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    return trimmed([line.rstrip() for line in done.stdout.splitlines()])


@pytest.fixture(scope="session")
def checkout(repo: Path, ours: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout."""
    folder = tmp_path_factory.mktemp("checkout")
    for path in ours:
        target = folder / path.relative_to(repo)
        if target.relative_to(folder).parts[0] in {"kg", "graphs", "ontology", "queries", "docs", "README.md"}:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    made = "kg/pictures/explorer/web/dist"  # when the package is installed, and not in git
    shutil.copytree(repo / made, folder / made)
    return folder


@pytest.fixture(scope="session")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout with the graph built, as a reader comes to a page."""
    folder = tmp_path_factory.mktemp("built") / "checkout"
    shutil.copytree(checkout, folder)
    printed_by("kg build", folder)
    return folder


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(REPO)))
def test_every_command_on_the_page_prints_what_the_page_shows(
    page: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    examples = [e for e in examples_in(page.read_text(encoding="utf-8")) if e.command.startswith(RUN)]
    if not examples:
        return
    start = "checkout" if examples[0].command.startswith("kg build") else "built"
    copy = tmp_path / "checkout"  # examples may build and write in it
    shutil.copytree(request.getfixturevalue(start), copy)
    faults = []
    for example in examples:
        printed = printed_by(example.command, copy)
        if not agrees(example.output, printed):
            place = f"{page.relative_to(REPO)}:{example.line}"
            faults.append("\n".join(difflib.unified_diff(example.output, printed, place, example.command, lineterm="")))
    assert not faults, "\n\n".join(faults)


def test_the_readme_shows_a_question_with_its_answer() -> None:
    examples = examples_in((REPO / "README.md").read_text(encoding="utf-8"))
    assert any(e.command.startswith("kg ask ") and e.output for e in examples)


def test_every_verb_and_every_option_of_the_command_line_has_help() -> None:
    assert isinstance(main, click.Group)
    verbs = dict(main.commands)
    groups = [(name, verb) for name, verb in verbs.items() if isinstance(verb, click.Group)]
    verbs |= {f"{name} {part}": verb for name, group in groups for part, verb in group.commands.items()}
    silent = [name for name, verb in verbs.items() if not verb.help]
    options = [(name, o) for name, verb in verbs.items() for o in verb.params if isinstance(o, click.Option)]
    # A choice with a shown default says itself what it takes.
    mute = [f"{name} {o.opts[0]}" for name, o in options if not o.help and not isinstance(o.type, click.Choice)]
    assert (silent, mute) == ([], [])


def test_every_verb_is_spoken_of_in_the_docs() -> None:
    assert isinstance(main, click.Group)
    text = "\n".join(page.read_text(encoding="utf-8") for page in DOCS)
    assert [verb for verb in main.commands if f"kg {verb}" not in text] == []


PAGE = """Text
```console
$ kg ask who \\
    event=x
a
...
z
$ make demo
```
```sh
$ kg never
```
"""


def test_commands_and_their_output_are_read_from_console_blocks_only() -> None:
    assert examples_in(PAGE) == [
        Example(3, "kg ask who \\\n    event=x", ("a", "...", "z")),
        Example(8, "make demo", ()),
    ]


@pytest.mark.parametrize(
    ("shown", "printed"),
    [(("a", "...", "z"), ["a", "b", "c", "z"]), (("a", "...", "z"), ["a", "z"]), (("a  b",), ["a  b"]), ((), [])],
)
def test_output_as_shown_agrees(shown: tuple[str, ...], printed: list[str]) -> None:
    assert agrees(shown, printed)


@pytest.mark.parametrize(
    ("shown", "printed"),
    [(("a", "z"), ["a", "b", "z"]), (("a", "..."), ["b"]), ((), ["a"]), (("a",), []), (("a.c",), ["abc"])],
)
def test_other_output_does_not_agree(shown: tuple[str, ...], printed: list[str]) -> None:
    assert not agrees(shown, printed)
