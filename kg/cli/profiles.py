"""Forms of the graph for other tools: how they are chosen and written, and the verb that turns one into another."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.answers import table
from kg.cli.app import main
from kg.errors import UsageError
from kg.profiles import FORMS, Form, form_of, one_way_of, profile_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

_FORM = click.Choice(list(FORMS))


@main.command("convert")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--from", "source", type=_FORM, help="The form of FILE; without it its ending says which, or the files of a folder."
)
@click.option(
    "--to", "target", type=_FORM, metavar="FORM", help="The form that is written; without it the ending says which."
)
@click.option(
    "-o", "--output", required=True, metavar="FILE|DIR|-", help="The file, or the folder of tables; - is stdout."
)
@click.option("--force", is_flag=True, help="Write over what is there.")
def convert_verb(file: Path, source: str | None, target: str | None, output: str, *, force: bool) -> None:
    """Turn a graph in one form, a file or a folder of tables, into another.

    What the first cannot carry is not there to be written. ftm-statements and claimreview are written, and never read.
    """
    reader = FORMS[source] if source else form_of(file)
    put(reader.load(file), chosen(target, output), output, force=force)


def chosen(name: str | None, output: str) -> Form:
    """Return the form that is named, or that the ending of a file tells of."""
    if name:
        return FORMS[name]
    if output == "-":
        raise UsageError("stdout has no ending that tells a profile", mend="say --format; kg export lists them")
    return one_way_of(output) or profile_of(Path(output))


def put(quads: Iterable[Quad], form: Form, output: str, *, force: bool) -> None:
    """Write quads to a file, a folder or stdout, and say what the form does not carry."""
    if output == "-":
        form.write(quads, sys.stdout.buffer)
        return
    path = Path(output)
    if path.exists() and not force:
        raise UsageError(f"{path} is there already", mend="take another name, or say --force")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {str(path.parent)!r}", mend="make it first")
    form.save(quads, path)
    for sentence in form.cannot:
        click.echo(f"{form.name} does not carry: {sentence}", err=True)
    click.echo(f"wrote {path}", err=True)


def listed() -> str:
    """Return the forms as a table."""
    lines = [(one.name, one.ending, one.summary, " ".join(one.cannot) or "-") for one in FORMS.values()]
    return table(["profile", "ending", "what it is", "does not carry"], lines)
