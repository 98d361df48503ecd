"""A parsed file of shapes as a small ordered graph, and the SHACL names.

Kept apart from a store because order matters here: rules without a name of their own are
named in the order of the file, the same in every run.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from kg.vocab import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
"""What may stand as a value in an RDF 1.1 graph."""
Node: TypeAlias = ox.NamedNode | ox.BlankNode
"""What may stand as a subject in an RDF 1.1 graph."""

SH = "http://www.w3.org/ns/shacl#"
SKOLEM = "urn:x-conflict-kg:shape:"
"""Names given to property shapes that the file leaves blank."""


def local_name(iri: str) -> str:
    """Return what stands after the last ``#``, ``/`` or ``:`` of an IRI."""
    return iri.replace("#", "/").replace(":", "/").rstrip("/").rpartition("/")[2]


def name_blank_shapes(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return the triples with a name for each blank property shape, in file order.

    Two engines that read the same named shapes can be compared result by result.
    """
    kept = list(triples)
    blanks: dict[object, ox.NamedNode] = {}
    for triple in kept:
        if triple.predicate.value == SH + "property" and isinstance(triple.object, ox.BlankNode):
            blanks.setdefault(triple.object, ox.NamedNode(f"{SKOLEM}{len(blanks) + 1}"))
    return [
        ox.Triple(
            blanks.get(triple.subject, triple.subject),
            triple.predicate,
            blanks.get(triple.object, triple.object),
        )
        for triple in kept
    ]


class ShapesGraph:
    """The triples of the shapes, looked up by subject and predicate in file order."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Index the triples."""
        self.triples = list(triples)
        self._values: dict[Node, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in self.triples:
            if isinstance(triple.subject, ox.Triple) or isinstance(triple.object, ox.Triple):
                raise TypeError(f"shapes are RDF 1.1; found {triple}")
            values = self._values[triple.subject][triple.predicate.value]
            if triple.object not in values:
                values.append(triple.object)

    def subjects(self) -> Iterator[Node]:
        """Yield every subject once, in file order."""
        yield from self._values

    def predicates(self, node: Node) -> list[str]:
        """Return the IRIs of the properties that a node has."""
        return list(self._values[node]) if node in self._values else []

    def values(self, node: Node, predicate: str) -> list[Term]:
        """Return the values of a property, in file order."""
        if node not in self._values:
            return []
        return list(self._values[node].get(predicate, ()))

    def types(self, node: Node) -> set[str]:
        """Return the IRIs of the classes that a node is said to be of."""
        return {value.value for value in self.values(node, RDF + "type") if isinstance(value, ox.NamedNode)}

    def members(self, head: Term) -> list[Term]:
        """Return the members of an RDF list."""
        found: list[Term] = []
        node = head
        while not isinstance(node, ox.Literal) and node.value != RDF + "nil":
            found += self.values(node, RDF + "first")
            (node,) = self.values(node, RDF + "rest")
        return found
