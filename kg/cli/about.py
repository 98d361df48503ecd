"""Verbs about the graph itself: what it rests on, and which thing a name means."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from kg.answers import table, write_csv
from kg.cli.app import WIDTH, main
from kg.cli.options import cut_of, graph_of, slice_options, store_option
from kg.errors import UnknownNameError
from kg.find import find, is_open
from kg.stats import as_csv, as_json, as_markdown, as_tables, chosen

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("thing", "label", "name", "language", "why", "users")


@main.command("stats")
@click.option("--by", "names", multiple=True, metavar="TABLE", help="Only this table, as stance; repeatable.")
@slice_options
@store_option
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "md"]), default="table", show_default=True)
@click.option("--width", default=WIDTH, show_default=True, help="Width of a table, in characters.")
def stats_verb(names: tuple[str, ...], store: Path | None, form: str, width: int, **options: Any) -> None:
    """What the graph rests on: claims by sourcing, passage, stance, kind of source, side, speaker, month.

    Claims without a source are always counted: their share is one of the tables.
    """
    counts = chosen(graph_of(store).statistics(replace(cut_of(options), unsourced=True)), names)
    page = {
        "table": lambda: as_tables(counts, width=width),
        "csv": lambda: as_csv(counts),
        "json": lambda: as_json(counts),
        "md": lambda: as_markdown(counts),
    }
    click.echo(page[form](), nl=False)


@main.command("find")
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", default="", metavar="KIND", help="Only things of this kind, as place, person, org, event.")
@slice_options
@store_option
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--width", default=WIDTH, show_default=True, help="Width of a table, in characters.")
def find_verb(words: tuple[str, ...], kind: str, store: Path | None, form: str, width: int, **options: Any) -> None:
    """Which thing a name means, the likeliest first; --according-to says in whose mouth."""
    asked = " ".join(words)
    found = find(graph_of(store).store, asked, cut_of(options), kind=kind)
    if not found:
        raise UnknownNameError(f"nothing is called {asked!r}, nor nearly so", mend="try another spelling or language")
    lines = [[one.thing, one.label, one.name, one.language, one.why, " ".join(one.users)] for one in found]
    if form == "json":
        click.echo(json.dumps([asdict(one) | {"why": one.why} for one in found], ensure_ascii=False, indent=1))
    else:
        click.echo(write_csv(COLUMNS, lines) if form == "csv" else table(COLUMNS, lines, width=width), nl=False)
    if is_open(found):
        click.echo(f"{asked!r} alone does not tell: say whose word it is with --according-to", err=True)
