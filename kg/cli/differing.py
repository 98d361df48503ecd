"""The verb that compares: what changes without a source or a claim, or from one instant of knowledge to another."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from kg.answers import table, write_csv
from kg.api import cut
from kg.ask import questions
from kg.cli.app import WIDTH, main
from kg.cli.options import cut_of, graph_of, slice_options, store_option
from kg.diff import changes, held_by
from kg.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("what", "how", "before", "after", "name", "text")


@main.command("diff")
@click.option("--without", multiple=True, metavar="SOURCE|CLAIM", help="Withdraw this source or claim; repeatable.")
@click.option("--then-known", metavar="T", help="Compare with what was said by this later instant.")
@click.option("--then-recorded", metavar="T", help="Compare with what this graph had by this later instant.")
@click.option("--ask", "asked", multiple=True, metavar="QUESTION", help="Compare the rows of this question; or all.")
@slice_options
@store_option
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--width", default=WIDTH, show_default=True, help="Width of a table, in characters.")
def diff_verb(
    without: tuple[str, ...],
    then_known: str | None,
    then_recorded: str | None,
    asked: tuple[str, ...],
    *,
    store: Path | None,
    form: str,
    width: int,
    **options: Any,
) -> None:
    """What falls, stands or is new: statements, contradictions, duties, times and answers.

    Nothing is changed in the graph. What stands rests on other claims; the
    numbers say on how many before and after.
    """
    if not without and not then_known and not then_recorded:
        raise UsageError("nothing to compare with", mend="say --without NAME, --then-known T or --then-recorded T")
    graph, first = graph_of(store), cut_of(options)
    later = cut(as_known=then_known, recorded_by=then_recorded)
    second = replace(
        first, as_known=later.as_known or first.as_known, recorded_by=later.recorded_by or first.recorded_by
    )
    names = tuple(questions()) if asked == ("all",) else asked
    before, after = held_by(graph.store, first), held_by(graph.store, second, without)
    found = changes(before, after, names)
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        lines = [[one.what, one.how, str(one.before), str(one.after), one.name, one.text] for one in found]
        click.echo(write_csv(COLUMNS, lines) if form == "csv" else table(COLUMNS, lines, width=width), nl=False)
    counts = Counter(f"{one.what.partition(' ')[0]} {one.how}" for one in found)
    click.echo(", ".join(f"{count} {what}" for what, count in sorted(counts.items())) or "no change", err=True)
