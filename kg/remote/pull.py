"""Reads back what was pushed, each graph whole, and compared with what the store says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, parse

from kg.errors import RemoteError, RemoteFault
from kg.profiles import profile
from kg.remote.pack import Hashed
from kg.remote.plan import given_back
from kg.remote.state import STAGING, STATE, profile_of_set, read_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.remote.connection import Connection

_AT_ONCE = 10_000


def pulled(connection: Connection, dataset: str) -> Iterator[Quad]:
    """Yield the quads of a data set in the primary shape, whatever profile they were pushed in.

    Raises RemoteError for a data set that is not there, one whose loading has
    not ended, and a graph that was changed since it was pushed.
    """
    known = [one for one in read_state(connection).values() if one.dataset == dataset]
    if not known:
        there = ", ".join(sorted({one.dataset for one in read_state(connection).values()})) or "none was pushed there"
        raise RemoteError(f"there is no data set {dataset!r}", RemoteFault.ABSENT, mend=f"there are: {there}")
    begun = [one.graph for one in known if one.loading or one.graph.startswith(STAGING)]
    if begun:
        told = f"the loading of {len(begun)} graphs has not ended, of {begun[0]} for one"
        raise RemoteError(told, RemoteFault.DIFFERS, mend="push again, which goes on where it stopped")
    form = profile(profile_of_set(connection, dataset) or "trig")
    yield from form.mapping.decode(
        quad for one in known for quad in _graph(connection, one.graph, one.count, one.sha256)
    )


def graphs_of(connection: Connection) -> list[str]:
    """Return the names of all named graphs of a store but those of pushing itself, sorted."""
    answer = connection.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    names = [str(row[0].value) for row in answer] if isinstance(answer, QuerySolutions) else []
    return sorted(name for name in names if name != STATE and not name.startswith(STAGING))


def unchecked(connection: Connection) -> Iterator[Quad]:
    """Yield all quads of all named graphs of a store, as they are: nothing says what they should be."""
    for name in graphs_of(connection):
        with connection.graph(name) as file:
            for quad in parse(file, format=RdfFormat.N_TRIPLES):
                yield Quad(quad.subject, quad.predicate, quad.object, NamedNode(name))


def _graph(connection: Connection, name: str, count: int, sha256: str) -> Iterator[Quad]:
    found = Hashed(name)
    with connection.graph(name) as file:
        text = []
        for line in given_back(connection, file):
            found.add(line)
            text.append(f"{line} <{name}> .\n")
            if len(text) == _AT_ONCE:
                yield from parse("".join(text).encode(), format=RdfFormat.N_QUADS)
                text = []
        yield from parse("".join(text).encode(), format=RdfFormat.N_QUADS)
    part = found.part()
    if (part.count, part.sha256) != (count, sha256):
        told = f"{name} was changed since it was pushed: {part.count} triples, {count} were pushed"
        raise RemoteError(told, RemoteFault.DIFFERS, mend="push again, or take it as it is with --unchecked")
