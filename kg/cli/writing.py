"""The verb that writes cases and the graph down in other forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.app import main
from kg.cli.options import graph_of, store_option
from kg.cli.profiles import chosen, listed, put
from kg.errors import UsageError
from kg.loaders.case import read_cases
from kg.profiles import FORMS, one_way_of, tells_of_profile
from kg.quads import case_quads
from kg.resources import data_dir
from kg.store import write_whole
from kg.writers.document import claim_document
from kg.writers.tables import case_tables

if TYPE_CHECKING:
    from kg.claim import Case


@main.command("export")
@click.argument("case", metavar="[CASE]", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "csv", *FORMS]),
    metavar="FORM",
    help="yaml or csv for a case, a profile, or parquet or csv-tables; without it the ending says which, else yaml.",
)
@click.option(
    "-o", "--output", metavar="FILE|DIR|-", help="A file or folder (.gz and .zst compress what is in it), or -."
)
@click.option("--graphs", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder of cases.")
@click.option("--force", is_flag=True, help="Write over what is there.")
@store_option
def export_verb(
    case: str | None, form: str | None, output: str | None, graphs: Path | None, store: Path | None, *, force: bool
) -> None:
    """Write a case as one claim file or as tables to edit; or the whole graph, or a case, for other tools.

    For those it goes into a profile, which is a file, or into a folder of tables (parquet, csv-tables). All come back
    as the same claims, but ftm-statements and claimreview, which go one way. Without options: these forms, and what
    each does not carry.
    """
    if output is None:
        if case or form:
            raise UsageError("nothing says where it goes", mend="name a file with -o, or - for stdout")
        click.echo(listed(), nl=False)
        return
    if form in {"yaml", "csv"} or (form is None and case and not _tells_of_form(output)):
        _write_case(_read(case, graphs), form or "yaml", output, force=force)
    else:
        quads = case_quads(_read(case, graphs)) if case else graph_of(store).store
        put(quads, chosen(form, output), output, force=force)


def _tells_of_form(output: str) -> bool:
    return tells_of_profile(output) or one_way_of(output) is not None


def _read(case: str | None, graphs: Path | None) -> Case:
    if case is None:
        raise UsageError("claim files and tables hold one case", mend="name it: kg export CASE")
    (read,) = read_cases(graphs or data_dir("graphs"), [case])
    return read


def _write_case(read: Case, form: str, output: str, *, force: bool) -> None:
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
