"""The verbs for stores that run elsewhere: push and pull."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg.cli.app import main
from kg.cli.options import graph_of
from kg.cli.profiles import chosen, put
from kg.errors import UsageError
from kg.profiles import PROFILES, profile, profile_of
from kg.remote.target import KINDS, Target, kind, kind_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Quad
    from rich.progress import TaskID

    from kg.remote.connection import Connection
    from kg.remote.push import Report, Tell

F = TypeVar("F", bound="Callable[..., object]")
DATASET = "conflict-kg"
PUSHED = [name for name, form in PROFILES.items() if not form.cannot and "star" not in name]


def remote_options(function: F) -> F:
    """Add the options that say which server, who one is there, and how long one waits."""
    for option in reversed(
        (
            click.option("--store", "product", metavar="NAME", type=click.Choice(list(KINDS)),
                         help=f"What runs there, if it does not tell itself: {', '.join(KINDS)}."),
            click.option("--dataset", default=DATASET, show_default=True, metavar="NAME",
                         help="Under which name the store remembers what was pushed."),
            click.option("--user", default="", metavar="NAME",
                         help="Password from KG_PASSWORD or the keyring; or set KG_TOKEN instead."),
            click.option("--ca", type=click.Path(exists=True, dir_okay=False), help="Certificates to trust besides."),
            click.option("--timeout", default=300.0, show_default=True, help="Seconds for one answer."),
        )
    ):  # fmt: skip
        function = option(function)
    return function


@main.command("push")
@click.argument("url")
@remote_options
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True),
    metavar="DIR|FILE",
    help="A built store, or a file of a profile; without it build/store, else the graph that comes with kg.",
)
@click.option(
    "--profile",
    "form",
    type=click.Choice(PUSHED),
    default="trig",
    show_default=True,
    metavar="PROFILE",
    help="How statements are written there; kg export lists the profiles.",
)
@click.option("--keep", is_flag=True, help="Leave graphs there that are no longer in the data set.")
@click.option("--again", is_flag=True, help="Read back and compare every graph, whatever the store's record says.")
def push_verb(
    url: str,
    product: str | None,
    dataset: str,
    user: str,
    ca: str | None,
    timeout: float,
    source: Path | None,
    form: str,
    *,
    keep: bool,
    again: bool,
) -> None:
    """Make a triple store hold the graph; only what differs moves, and it is read back and compared.

    URL is the address of the data set, as docs/stores.md has it for each product. Cut off at any moment, the graphs
    that were there are whole, and saying the same again goes on.
    """
    from kg.remote.pack import packed
    from kg.remote.probe import probe
    from kg.remote.push import push

    connection = _connection(url, product, user, ca, timeout)
    click.echo(f"{connection.target.kind.product} at {url}: {probe(connection)}", err=True)
    with packed(profile(form).shaped(_quads(source)), connection.target.kind.normal) as pack, _progress() as tell:
        report = push(connection, pack, dataset, profile=form, keep=keep, again=again, tell=tell)
    click.echo(_told(report))


@main.command("pull")
@click.argument("url")
@remote_options
@click.option("-o", "--output", required=True, metavar="FILE|-", help="The file; - is stdout.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(PROFILES)),
    metavar="PROFILE",
    help="The profile of the file; without it the ending says which.",
)
@click.option(
    "--unchecked",
    "all_of_it",
    is_flag=True,
    help="Take every named graph as it is, whether or not it was pushed by kg.",
)
@click.option("--force", is_flag=True, help="Write over what is there.")
def pull_verb(
    url: str,
    product: str | None,
    dataset: str,
    user: str,
    ca: str | None,
    timeout: float,
    output: str,
    form: str | None,
    *,
    all_of_it: bool,
    force: bool,
) -> None:
    """Write what was pushed to a triple store into a file, each graph compared with what was pushed."""
    from kg.remote.pull import pulled, unchecked

    connection = _connection(url, product, user, ca, timeout)
    quads = unchecked(connection) if all_of_it else pulled(connection, dataset)
    put(quads, chosen(form, output), output, force=force)


def _connection(url: str, product: str | None, user: str, ca: str | None, timeout: float) -> Connection:
    from kg.remote.access import access_for
    from kg.remote.connection import Connection, Patience

    access, patience = access_for(url, user), Patience(timeout=timeout)
    if product is None:
        found = kind_at(url, Connection(Target(kind("sparql"), url), access, patience, ca=ca).server())
        if found is None:
            raise UsageError(f"{url} does not say what it is", mend=f"say --store NAME: {', '.join(KINDS)}")
        return Connection(Target(found, url), access, patience, ca=ca)
    return Connection(Target(kind(product), url), access, patience, ca=ca)


def _quads(source: Path | None) -> Iterable[Quad]:
    return profile_of(source).load(source) if source and source.is_file() else graph_of(source).store


@contextmanager
def _progress() -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:>9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield tell


def _told(report: Report) -> str:
    if report.moved_nothing:
        return f"nothing moved: all {report.same} graphs are there as they should be"
    changes = [
        f"{number} graphs {what}"
        for number, what in ((report.new, "new"), (report.changed, "changed"), (report.removed, "taken out"))
        if number
    ]
    moved = f"{report.gained} triples came, {report.lost} went"
    return f"{', '.join([*changes, f'{report.same} as they were'])}: {moved}; count and hash of each are right"
