"""Looks at a store before anything is sent: what it is, what it makes of graphs, whether one may write.

Writes one triple into a graph of its own and takes it out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import QueryError, RemoteError, RemoteFault
from kg.remote.state import STAGING

if TYPE_CHECKING:
    from kg.remote.connection import Connection

_GRAPH = STAGING + "probe"
_TRIPLE = f'<{_GRAPH}> <http://purl.org/dc/terms/description> "a probe of kg push; it is taken out again"'


@dataclass(frozen=True, slots=True)
class Findings:
    """What a store was found to be."""

    server: str
    """Its ``Server`` header: product and version, if it says so."""
    union: bool
    """Whether a query without GRAPH sees the named graphs."""
    rdf12: bool
    """Whether it knows triple terms (SPARQL 1.2)."""

    def __str__(self) -> str:
        """Return the findings as a line."""
        default = "the default graph is the union of the named ones" if self.union else "the default graph is apart"
        triple_terms = "knows" if self.rdf12 else "does not know"
        return f"{self.server or 'a server that does not say what it is'}: {default}; it {triple_terms} RDF 1.2"


def probe(connection: Connection) -> Findings:
    """Return what a store is. Raises RemoteError if it cannot be read, or not be written, or loses named graphs."""
    server = connection.server()
    connection.ask("ASK { }")
    connection.update(f"INSERT DATA {{ GRAPH <{_GRAPH}> {{ {_TRIPLE} }} }}")
    try:
        if not connection.ask(f"ASK {{ GRAPH <{_GRAPH}> {{ {_TRIPLE} }} }}"):
            told = f"{connection.target.url} took a triple of a named graph and does not have it"
            raise RemoteError(told, RemoteFault.DIFFERS, mend="is it a store of quads?")
        union = connection.ask(f"ASK {{ {_TRIPLE} }}")
    finally:
        connection.update(f"DROP SILENT GRAPH <{_GRAPH}>")
    return Findings(server, union, _knows_triple_terms(connection))


def _knows_triple_terms(connection: Connection) -> bool:
    try:
        return connection.ask("ASK { FILTER(isTRIPLE(<<( <a:a> <a:b> <a:c> )>>)) }")
    except (QueryError, RemoteError):
        return False
