"""What the tests of push and pull share: small graphs, a push of quads, and what a store then holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, parse

from kg.remote.connection import Connection, Patience
from kg.remote.pack import packed, sorted_triples
from kg.remote.push import push
from kg.remote.target import Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.remote.push import Report, Tell
    from tests.servers.stores import Server

HASTY = Patience(timeout=20, attempts=1)
"""No second attempt: what went wrong is seen at once."""


def quads(graph: str, numbers: Iterable[int], value: str = "a") -> Iterator[Quad]:
    """Yield a quad for each number, in a graph ``urn:push:GRAPH``."""
    text = "".join(
        f'<urn:push:s{number}> <urn:push:p> "{value}{number}"@hy <urn:push:{graph}> .\n' for number in numbers
    )
    return parse(text.encode(), format=RdfFormat.N_QUADS)


def pushed(
    connection: Connection,
    several: Iterable[Quad],
    dataset: str,
    *,
    keep: bool = False,
    again: bool = False,
    profile: str = "trig",
    tell: Tell = lambda *_: None,
) -> Report:
    """Push quads."""
    with packed(several, connection.target.kind.normal) as pack:
        return push(connection, pack, dataset, profile=profile, keep=keep, again=again, tell=tell)


def held(connection: Connection, graph: str) -> list[str]:
    """Return the sorted triples of a graph that a store has now, in the form in which they are compared."""
    with connection.graph(graph) as file:
        return list(sorted_triples(file, connection.target.kind.normal))


def wanted(connection: Connection, several: Iterable[Quad]) -> dict[str, list[str]]:
    """Return the triples of quads by graph, as ``held`` has them."""
    with packed(several, connection.target.kind.normal) as pack:
        return {graph: list(pack.triples(graph)) for graph in pack.parts}


def lines(several: Iterable[Quad], normal: Callable[[str], str]) -> set[str]:
    """Return quads as lines, with their literals in a store's form."""
    return {normal(str(quad)) for quad in several}


def limited(server: Server, url: str = "", patience: Patience = HASTY, **limits: int | str | None) -> Connection:
    """Return a connection to a store that is taken to be able to do less: ``inline=50`` makes 51 triples many."""
    known = server.connection(patience)
    kind = replace(known.target.kind, **limits)  # type: ignore[arg-type] # fields of a Kind
    return Connection(Target(kind, url or server.url), known.access, patience)
