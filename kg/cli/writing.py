"""Verbs that write cases down in other forms: one claim file, or tables."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.app import main
from kg.errors import UsageError
from kg.loaders.case import read_cases
from kg.resources import data_dir
from kg.store import write_whole
from kg.writers.document import claim_document
from kg.writers.tables import case_tables


@main.command("export")
@click.argument("case", metavar="CASE")
@click.option("--format", "form", type=click.Choice(["yaml", "csv"]), default="yaml", show_default=True)
@click.option("-o", "--output", required=True, metavar="FILE|DIR|-", help="A file, - or a folder.")
@click.option("--graphs", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of cases.")
@click.option("--force", is_flag=True, help="Write over what is there.")
def export_verb(case: str, form: str, output: str, graphs: Path | None, *, force: bool) -> None:
    """Write a case as one claim file (yaml) or as tables (csv); both read back as the same claims."""
    (read,) = read_cases(graphs or data_dir("graphs"), [case])
    if form == "yaml" and output == "-":
        click.echo(claim_document(read), nl=False)
        return
    target = Path(output)
    texts = {target: claim_document(read)} if form == "yaml" else {target / n: t for n, t in case_tables(read).items()}
    taken = [path for path in texts if path.exists() and not force]
    if output == "-" or taken:
        what = "several tables do not go to stdout" if output == "-" else f"{taken[0]} is there already"
        raise UsageError(what, mend="name a folder that is empty, or say --force")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
        click.echo(f"wrote {path}", err=True)
