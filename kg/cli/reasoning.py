"""The verb that derives: what follows from the claims of a store, in a graph of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kg.answers import table, write_csv
from kg.cli.app import WIDTH, main
from kg.cli.options import store_option, stored
from kg.reason import rederive

if TYPE_CHECKING:
    from pathlib import Path


@main.command("reason")
@store_option
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def reason_verb(store: Path | None, form: str) -> None:
    """Derive contradictions, tightened times, treaty duties and support from the claims of a store.

    They stand in graph:derived, with the rule and the claims they rest on; no
    claim is changed. Ask for them: kg ask contradictions. A build derives, too.
    """
    folder = stored(store)
    counts, findings, changed = rederive(folder)
    lines = [[name, str(count)] for name, count in counts.items()]
    if form == "json":
        click.echo(json.dumps(counts, indent=1))
    else:
        heads = ["derived", "count"]
        click.echo(write_csv(heads, lines) if form == "csv" else table(heads, lines, width=WIDTH), nl=False)
    for finding in findings:
        click.echo(finding, err=True)
    click.echo(f"wrote graph:derived in {folder}" if changed else "nothing changed", err=True)
