"""Verbs that write down: a new case, a new claim. The clock enters here, as the time of recording."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.claim import LINKS
from kg.cli.app import main
from kg.errors import UsageError
from kg.notebook import CLASSES, Note, claim_path, drafted, judge, missing, new_case, write_down
from kg.resources import data_dir
from kg.when import Mode, written

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")
SINGLE = {
    "source": ("source:SLUG", "The source; a new file is about it."),
    "type": ("CLASS", "The kind of document, as NewsArticle or OfficialStatement (new file)."),
    "title": ("TEXT", "The title of the source (new file)."),
    "publisher": ("org:SLUG", "Who published the source (new file)."),
    "url": ("URL", "Where the source can be read (new file)."),
    "language": ("TAG", "The language of the source, as en, hy, az, ru (new file)."),
    "published": ("T", "When the source was published (new file)."),
    "zone": ("ZONE", "The IANA zone of the times, as Asia/Yerevan; needed for a new file."),
    "speaker": ("NAME", "Whose claim it is, as org:armenia-mod."),
    "stance": ("STANCE", "What the speaker does to the content, as asserts, denies or reports."),
    "said": ("T", "When the speaker said it, as 2022-09-14 or 2022-09-14T09:00."),
    "gist": ("TEXT", "What the claim says, in one sentence of ours."),
    "note": ("TEXT", "A doubt or a reading note, in our words."),
    "subject": ("NAME", "What the statement is about, as event:ceasefire-2022-09-13."),
    "held": ("T", "For when it is to have held."),
    "mode": (f"[{'|'.join(Mode)}]", "How it held in that time."),
    "set": ("PREDICATE=VALUE", "What is stated of the subject; repeatable."),
    "text": ("FILE", "A text file of the source, to find the words in; it is not copied."),
    "quote": ("WORDS", "The words of the text that the claim rests on; they are not copied."),
}
"""Each option that may be asked for: what it takes, and its help."""
SEVERAL = {"set"}


def graphs_option(function: F) -> F:
    """Add the option that says where the cases are."""
    return click.option("--graphs", type=click.Path(path_type=Path, file_okay=False), help="The folder of cases.")(
        function
    )


def note_options(function: F) -> F:
    """Add the options of which a claim is made."""
    added = [
        click.option(
            f"--{name}", metavar=metavar, help=text, multiple=name in SEVERAL,
            default="asserts" if name == "stance" else None, show_default=name == "stance",
        )
        for name, (metavar, text) in SINGLE.items()
    ]  # fmt: skip
    added += [
        click.option(f"--{_dashed(key)}", key, metavar="NAME", multiple=True, help=f"Sets {key}; repeatable.")
        for key in LINKS
    ]
    for option in reversed(added):
        function = option(function)
    return function


def _dashed(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)


@main.group("new")
def new_group() -> None:
    """Write down a new case, or a new claim in a case."""


@new_group.command("case")
@click.argument("name")
@graphs_option
def case_verb(name: str, graphs: Path | None) -> None:
    """Make a folder for a case, with tables to fill and a README that says how."""
    for path in new_case(graphs or data_dir("graphs"), name):
        click.echo(f"wrote {path}", err=True)


@new_group.command("claim")
@click.argument("case")
@click.argument("file", metavar="FILE.yaml")
@note_options
@click.option("--occurrence", type=int, metavar="N", help="Which of the places where the words stand; else all.")
@click.option(
    "--thing", "things", multiple=True, metavar="NAME=LABEL",
    help=f"A new thing, as event:x=Label; kinds: {', '.join(CLASSES)}; repeatable.",
)  # fmt: skip
@click.option("--recorded", metavar="T", help="When this graph took the claim in, UTC; else now.")
@graphs_option
@click.option("--dry-run", is_flag=True, help="Print the file as it would be, and write nothing.")
def claim_verb(case: str, file: str, *, graphs: Path | None, dry_run: bool, **options: Any) -> None:
    """Add a claim to a claim file of a case, or begin the file with it.

    What is missing is asked for on a terminal. The whole graph is read with the
    new claim first; if anything is wrong, nothing is written.
    """
    graphs = graphs or data_dir("graphs")
    path = claim_path(graphs, case, file)
    draft = drafted(path, _completed(path, _note(options)))
    if dry_run:
        click.echo(draft.text, nl=False)
        judge(graphs, draft)
        return
    write_down(graphs, draft)
    click.echo(f"wrote {path}", err=True)
    click.echo(draft.claim)


def _note(options: dict[str, Any]) -> Note:
    note = Note(
        {}, occurrence=options["occurrence"],
        recorded=options["recorded"] or written(datetime.now(UTC).replace(microsecond=0)),
        things=tuple(_pair(text, "--thing", "event:x=Label") for text in options["things"]),
        links=tuple((key, name) for key in LINKS for name in options[key]),
    )  # fmt: skip
    for name in SINGLE:
        for value in options[name] if name in SEVERAL else [options[name]]:
            note = note if value is None else _with(note, name, value)
    return note


def _with(note: Note, name: str, value: str) -> Note:
    """Return the note with what one option says."""
    if name == "set":
        return replace(note, facts=(*note.facts, _pair(value, "--set", "eventType=Ceasefire")))
    if name == "text":
        return replace(note, text=_read(Path(value)))
    if name == "quote":
        return replace(note, quote=value)
    return replace(note, texts={**note.texts, name: value})


def _completed(path: Path, note: Note) -> Note:
    """Return the note with what it lacks, asked for on a terminal. Raises UsageError where there is none."""
    lacking = missing(path, note)
    if lacking and not sys.stdin.isatty():
        options = ", ".join(f"--{name}" for name in lacking)
        raise UsageError(f"{path} lacks {options}", mend="add them, or be asked on a terminal")
    for name in lacking:
        metavar, text = SINGLE[name]
        note = _with(note, name, click.prompt(f"{text} {metavar}", err=True))
    return note


def _pair(text: str, option: str, example: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (equals and name and value):
        raise UsageError(f"{option} {text!r} has no name and value", mend=f"write it as {example}")
    return name, value


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text", mend="save it as UTF-8") from error
