"""What a store says that was put into it: count and hash of each graph, in a graph of its own.

The graph is plain VoID and schema.org, so that others can read it:
``<graph> void:triples 42 ; schema:sha256 "..." ; dcterms:isPartOf <data set>``.
A graph whose loading has begun and not ended has ``schema:creativeWorkStatus``
with the hash that it is to have in the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.iri import mint
from kg.vocab import BASE, DCTERMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.remote.connection import Connection
    from kg.remote.pack import Part

STATE = mint("graph", "pushed")
"""The graph in which the state stands."""
STAGING = f"{BASE}graph/staging-"
"""How the names of graphs begin that hold a difference until it is whole."""
TRIPLES = "http://rdfs.org/ns/void#triples"
SHA256 = "https://schema.org/sha256"
STATUS = "https://schema.org/creativeWorkStatus"
PART_OF = DCTERMS + "isPartOf"
CONFORMS = DCTERMS + "conformsTo"
DATASET = f"{BASE}dataset/"
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Known:
    """What a store says of a graph."""

    graph: str
    dataset: str = ""
    count: int = -1
    sha256: str = ""
    loading: str = ""
    """The hash that it is to have when it is loaded; empty: it is."""

    def is_as(self, part: Part) -> bool:
        """Return whether it is loaded, and as wanted."""
        return not self.loading and (self.count, self.sha256) == (part.count, part.sha256)


def read_state(connection: Connection) -> dict[str, Known]:
    """Return what a store says of the graphs that were put into it, by their names."""
    answer = connection.query(
        f"SELECT ?graph ?set ?count ?hash ?status {{ GRAPH <{STATE}> {{ ?graph <{PART_OF}> ?set "
        f"OPTIONAL {{ ?graph <{TRIPLES}> ?count }} OPTIONAL {{ ?graph <{SHA256}> ?hash }} "
        f"OPTIONAL {{ ?graph <{STATUS}> ?status }} }} }}"
    )
    known: dict[str, Known] = {}
    for row in answer if isinstance(answer, QuerySolutions) else ():
        graph, label, count, sha256, status = (cell.value if cell is not None else "" for cell in row)
        known[graph] = Known(graph, label.removeprefix(DATASET), int(count or -1), sha256, status)
    return known


def profile_of_set(connection: Connection, dataset: str) -> str:
    """Return the name of the profile in which a data set was put there, or ``""``."""
    answer = connection.query(f"SELECT ?name {{ GRAPH <{STATE}> {{ <{DATASET}{dataset}> <{CONFORMS}> ?name }} }}")
    rows = list(answer) if isinstance(answer, QuerySolutions) else []
    return str(rows[0][0].value) if rows else ""


def counts(connection: Connection, graphs: Iterable[str]) -> dict[str, int]:
    """Return how many triples a store holds in each of some graphs; those with none are not there."""
    names = sorted(graphs)
    if connection.target.kind.counts_all:
        wanted = set(names)
        return {name: number for name, number in _counted(connection, "") if name in wanted}
    found: dict[str, int] = {}
    for start in range(0, len(names), _AT_ONCE):
        found.update(_counted(connection, " ".join(f"<{name}>" for name in names[start : start + _AT_ONCE])))
    return found


def _counted(connection: Connection, some: str) -> Iterator[tuple[str, int]]:
    values = f"VALUES ?g {{ {some} }} " if some else ""
    answer = connection.query(f"SELECT ?g (COUNT(*) AS ?n) {{ {values}GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g")
    for graph, number in answer if isinstance(answer, QuerySolutions) else ():
        yield graph.value, int(number.value)


def told(part: Part, dataset: str) -> Iterator[str]:
    """Yield the triples that say a graph is loaded."""
    node = NamedNode(part.graph)
    yield f"{node} <{PART_OF}> <{DATASET}{dataset}>"
    yield f"{node} <{TRIPLES}> {part.count}"
    yield f"{node} <{SHA256}> {Literal(part.sha256)}"


def begun(part: Part, dataset: str) -> Iterator[str]:
    """Yield the triples that say the loading of a graph has begun."""
    node = NamedNode(part.graph)
    yield f"{node} <{PART_OF}> <{DATASET}{dataset}>"
    yield f"{node} <{STATUS}> {Literal(part.sha256)}"


def forget(graphs: Iterable[str]) -> str:
    """Return the update that takes out what is said of some graphs."""
    some = " ".join(f"<{name}>" for name in graphs)
    return (
        f"DELETE {{ GRAPH <{STATE}> {{ ?g ?p ?o }} }} WHERE {{ GRAPH <{STATE}> {{ VALUES ?g {{ {some} }} ?g ?p ?o }} }}"
    )


def remember(triples: Iterable[str]) -> str:
    """Return the update that says something in the state graph."""
    return f"INSERT DATA {{ GRAPH <{STATE}> {{\n" + "".join(f"{triple} .\n" for triple in triples) + "} }"
