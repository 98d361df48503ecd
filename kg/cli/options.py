"""The options that stand on every verb: which slice, which store, which format.

Turns text into a Cut; reads and prints nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.api import Graph, cut, open_graph
from kg.errors import UsageError
from kg.slice import CERTAINTIES
from kg.store import CURRENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.slice import Cut

F = TypeVar("F", bound="Callable[..., Any]")
DEFAULT_STORE = Path("build/store")


def slice_options(function: F) -> F:
    """Add the options that choose a slice."""
    for option in reversed(
        (
            click.option("--at", metavar="T", help="What held at an instant, as 2022-09-13T09:00[Asia/Yerevan]."),
            click.option("--during", metavar="A/B", help="What held at some time in a window, its end not included."),
            click.option("--as-known", metavar="T", help="Only claims said by an instant."),
            click.option("--recorded-by", metavar="T", help="Only claims this graph had by an instant."),
            click.option("--according-to", metavar="WHO", multiple=True, help="Only what WHO and its organs say."),
            click.option("--certainty", type=click.Choice(CERTAINTIES), default="possible", show_default=True,
                         help="What uncertain times may do."),
            click.option("--no-organs", is_flag=True, help="A state's ministries do not speak for it."),
            click.option("--unsourced", is_flag=True, help="Take in rows that no source supports."),
        )
    ):  # fmt: skip
        function = option(function)
    return function


def store_option(function: F) -> F:
    """Add the option that says which store is read."""
    return click.option(
        "--store", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
        help="A built store; without it build/store if there is one here, else the graph that comes with kg.",
    )(function)  # fmt: skip


def endpoint_option(function: F) -> F:
    """Add the option that asks a SPARQL endpoint instead of a store here."""
    return click.option(
        "--endpoint",
        metavar="URL",
        help="Ask a SPARQL endpoint that holds the graph; password or token as for kg push.",
    )(function)


def cut_of(options: dict[str, Any]) -> Cut:
    """Return the cut of a verb's options, taking them out of the dict."""
    return cut(
        at=options.pop("at"),
        during=options.pop("during"),
        as_known=options.pop("as_known"),
        recorded_by=options.pop("recorded_by"),
        according_to=options.pop("according_to"),
        certainty=options.pop("certainty"),
        organs=not options.pop("no_organs"),
        unsourced=options.pop("unsourced"),
    )


def stored(store: Path | None) -> Path:
    """Return the folder of the store that a verb writes; raises UsageError if none is named and none is here."""
    if store is None and not (DEFAULT_STORE / CURRENT).is_file():
        raise UsageError(f"there is no store at {DEFAULT_STORE}", mend="run kg build, or name one with --store DIR")
    return store or DEFAULT_STORE


def store_read(store: Path | None) -> Path | None:
    """Return the folder of the store that a verb reads; None stands for the graph that comes with kg."""
    return DEFAULT_STORE if store is None and (DEFAULT_STORE / CURRENT).is_file() else store


def graph_of(store: Path | None) -> Graph:
    """Return the graph that a verb reads."""
    return open_graph(store_read(store))
