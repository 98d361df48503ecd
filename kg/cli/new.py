"""``kg new``: a new case, and a new claim in it. The clock enters here, as the time of recording."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from kg.claim import LINKS
from kg.cli.app import main
from kg.errors import UsageError
from kg.notebook import Entry, Written, new_case, thing_of, with_claim
from kg.resources import data_dir
from kg.store import write_whole
from kg.terms import schemes
from kg.when import Mode, written
from kg.writers.document import flow

ASKED = {
    "speaker": "Who said it (as org:armenia-mod)", "said": "When was it said (EDTF, local to the zone)",
    "gist": "What it says, in one sentence of ours",
}  # fmt: skip
"""What every claim needs, with the words in which it is asked for."""
GRAPHS = click.option(
    "--graphs", type=click.Path(path_type=Path, file_okay=False), help="The folder of cases; else the one of kg."
)


@main.group("new")
def new_group() -> None:
    """Start a case, or write a claim down."""


@new_group.command("case")
@click.argument("name")
@GRAPHS
def new_case_verb(name: str, graphs: Path | None) -> None:
    """Make the folder of a new case, with a README."""
    click.echo(f"made {new_case(graphs or data_dir('graphs'), name)}", err=True)


def _claim_options(function: Any) -> Any:
    link_options = [
        click.option(f"--{_dashed(link)}", link, multiple=True, metavar="NAME", help=f"Sets {link}; repeatable.")
        for link in LINKS
    ]
    for option in reversed(link_options):
        function = option(function)
    return function


def _dashed(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)


@new_group.command("claim")
@click.argument("case")
@click.argument("name", metavar="FILE.yaml")
@click.option("--source", metavar="source:SLUG", help="The id of the source, for a new file.")
@click.option("--type", "kind", default="NewsArticle", show_default=True, help="The type of a new source.")
@click.option("--title", help="The title of a new source.")
@click.option("--publisher", metavar="org:SLUG", help="The publisher of a new source.")
@click.option("--url", help="The address of a new source.")
@click.option("--language", metavar="TAG", help="The language of a new source, as en.")
@click.option("--published", metavar="T", help="When a new source was published.")
@click.option("--zone", metavar="ZONE", help="The IANA zone of all times here that name none.")
@click.option("--speaker", metavar="WHO", help="Who said it.")
@click.option("--stance", type=click.Choice(schemes()["stances"]), default="asserts", show_default=True)
@click.option("--said", metavar="T", help="When it was said.")
@click.option("--gist", help="What it says, in one sentence of ours.")
@click.option("--note", help="A doubt, in our words.")
@click.option("--subject", metavar="NAME", help="What the statement is about.")
@click.option("--held", metavar="T", help="For when it is to have held.")
@click.option("--mode", type=click.Choice([str(mode) for mode in Mode]), default=str(Mode.WITHIN), show_default=True)
@click.option("--set", "facts", multiple=True, metavar="PREDICATE=VALUE", help="A fact of the statement; repeatable.")
@click.option("--thing", "things", multiple=True, metavar="NAME=LABEL", help="A thing that is new here; repeatable.")
@click.option("--text", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The text of the source.")
@click.option("--quote", help="Words of the text: their place is kept, and they are not.")
@click.option("--occurrence", type=int, metavar="N", help="Only the N-th place of the words.")
@click.option("--recorded", metavar="T", help="When this graph took it in; now, if not given.")
@click.option("--dry-run", is_flag=True, help="Print the file instead of writing it.")
@_claim_options
@GRAPHS
def new_claim_verb(case: str, name: str, *, graphs: Path | None, dry_run: bool, **options: Any) -> None:
    """Write one claim into a claim file, which is made if it is not there; nothing is written if anything is wrong."""
    done = with_claim(graphs or data_dir("graphs"), case, name, _entry(_complete(options)))
    if dry_run:
        click.echo(done.text, nl=False)
        return
    _write(done)


def _write(done: Written) -> None:
    write_whole(done.path, done.text.encode())
    click.echo(done.claim)
    click.echo(f"wrote {done.path}", err=True)


def _complete(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options with what is missing asked for, on a terminal; else refuse, naming all of it."""
    missing = [key for key in ASKED if not options[key]]
    if missing and not sys.stdin.isatty():
        raise UsageError("a claim needs " + ", ".join(f"--{key}" for key in missing), mend="give them")
    return options | {key: click.prompt(ASKED[key], err=True) for key in missing}


def _entry(options: dict[str, Any]) -> Entry:
    text = options["text"].read_text(encoding="utf-8") if options["text"] else None
    published = _time(options["published"], str(Mode.WITHIN)) if options["published"] else None
    source = {"id": options["source"], "type": options["kind"]}
    source |= {key: options[key] for key in ("title", "publisher", "language", "url")} | {"published": published}
    claim: dict[str, Any] = {"speaker": options["speaker"], "stance": options["stance"]}
    claim |= {"said": _time(options["said"], str(Mode.WITHIN)), "gist": options["gist"], "note": options["note"]}
    claim |= {link: list(options[link]) for link in LINKS}
    claim |= {"content": _content(options)}
    return Entry(
        claim=claim, recorded=options["recorded"] or written(datetime.now(UTC).replace(microsecond=0)),
        zone=options["zone"], source=source, things=[thing_of(thing) for thing in options["things"]],
        text=text, quote=options["quote"], occurrence=options["occurrence"],
    )  # fmt: skip


def _time(notation: str, mode: str) -> dict[str, Any]:
    return flow({"time": notation, "mode": mode})


def _content(options: dict[str, Any]) -> list[dict[str, Any]]:
    if not (options["subject"] or options["facts"]):
        return []
    if not (options["subject"] and options["held"] and options["facts"]):
        raise UsageError("a statement needs --subject, --held and at least one --set", mend="give all three")
    facts: dict[str, list[str]] = {}
    for fact in options["facts"]:
        key, equals, value = fact.partition("=")
        if not equals:
            raise UsageError(f"{fact!r} is no fact", mend="write predicate=value, as eventType=Shelling")
        facts.setdefault(key, []).append(value)
    single = {key: values[0] if len(values) == 1 else values for key, values in facts.items()}
    return [{"subject": options["subject"], "held": _time(options["held"], options["mode"]), **single}]
