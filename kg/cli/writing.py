"""Verbs that write cases down in other forms: one claim file, or tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.app import main
from kg.errors import UsageError
from kg.loaders.case import read_cases
from kg.resources import data_dir
from kg.store import write_whole
from kg.writers.document import claim_document
from kg.writers.tables import case_tables

if TYPE_CHECKING:
    from kg.claim import Case


@main.command("export")
@click.argument("case", metavar="CASE")
@click.option("--format", "form", type=click.Choice(["yaml", "csv"]), default="yaml", show_default=True)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE|DIR|-",
    help="A file, a folder, or - for stdout; tables (csv) take a folder.",
)
@click.option("--graphs", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of cases.")
@click.option("--force", is_flag=True, help="Write over what is there.")
def export_verb(case: str, form: str, output: str, graphs: Path | None, *, force: bool) -> None:
    """Write a case as one claim file (yaml) or as tables (csv); both read back as the same claims."""
    (read,) = read_cases(graphs or data_dir("graphs"), [case])
    if form == "yaml" and output == "-":
        click.echo(claim_document(read).encode(), nl=False)
        return
    if output == "-":
        raise UsageError("several tables do not go to stdout", mend="name a folder")
    files = _tables(read, Path(output)) if form == "csv" else _claim_file(read, Path(output))
    taken = [path for path in files if path.exists() and not force]
    if taken:
        raise UsageError(f"{taken[0]} is there already", mend="name a folder that is empty, or say --force")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
        click.echo(f"wrote {path}", err=True)


def _tables(case: Case, folder: Path) -> dict[Path, str]:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, and tables are several", mend="name a folder")
    return {folder / name: text for name, text in case_tables(case).items()}


def _claim_file(case: Case, path: Path) -> dict[Path, str]:
    return {path / f"{case.name}.yaml" if path.is_dir() else path: claim_document(case)}
