"""Ways to write a statement other than as a group of its triples, and back.

Each takes quads of the primary shape in order (``order.ordered``), and leaves
alone what is no statement; back, each takes quads in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.iri import digest, mint, term
from kg.profiles.order import ordered
from kg.vocab import BASE, DCTERMS, K_NS, RDF, S_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Quads = Iterable[Quad]

STATEMENT = mint("st", "")
"""How the ids of statements begin."""
PROPERTY, VALUE, QUALIFIER = (f"{BASE}property/{part}" for part in ("", "statement/", "qualifier/"))
"""The three forms of a property, as Wikibase has them for ``p:``, ``ps:`` and ``pq:``."""
_TYPE, _REIFIES = NamedNode(RDF + "type"), NamedNode(RDF + "reifies")
_SUBJECT, _HELD = NamedNode(term("subject")), NamedNode(term("held"))
_PART_OF = NamedNode(DCTERMS + "isPartOf")
_RDF_SUBJECT, _RDF_PREDICATE, _RDF_OBJECT = (NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
_RDF_STATEMENT = NamedNode(RDF + "Statement")
_HOME = NamedNode(mint("graph", "home"))
"""From a graph that a statement stands in; never written."""
_ALL = NamedNode(mint("graph", "all"))


@dataclass(frozen=True, slots=True)
class Mapping:
    """Two functions over quads: from the primary shape, and back to it."""

    encode: Callable[[Quads], Iterator[Quad]]
    decode: Callable[[Quads], Iterator[Quad]]


def both(first: Mapping, second: Mapping) -> Mapping:
    """Return the mapping that does one, and then the other; back the other way round."""
    return Mapping(lambda quads: second.encode(first.encode(quads)), lambda quads: first.decode(second.decode(quads)))


def _facts_replaced(quads: Quads, replace: Callable[[Quad, NamedNode, NamedNode], Iterable[Quad]]) -> Iterator[Quad]:
    """Yield quads with each fact of a statement replaced, given its subject and its plain predicate."""
    for _, several in groupby(quads, key=lambda quad: (quad.graph_name, quad.subject)):
        group = list(several)
        subject = next((quad.object for quad in group if quad.predicate == _SUBJECT), None)
        for quad in group:
            if isinstance(subject, NamedNode) and quad.predicate.value.startswith(S_NS):
                yield from replace(quad, subject, NamedNode(K_NS + quad.predicate.value.removeprefix(S_NS)))
            else:
                yield quad


def _stated(predicate: NamedNode) -> NamedNode:
    return NamedNode(S_NS + predicate.value.removeprefix(K_NS))


def _reifiers(quads: Quads) -> Iterator[Quad]:
    def replace(quad: Quad, subject: NamedNode, plain: NamedNode) -> Iterable[Quad]:
        return (Quad(quad.subject, _REIFIES, Triple(subject, plain, quad.object), quad.graph_name),)

    return _facts_replaced(quads, replace)


def _from_reifiers(quads: Quads) -> Iterator[Quad]:
    for quad in quads:
        told = quad.object
        if quad.predicate == _REIFIES and isinstance(told, Triple) and told.predicate.value.startswith(K_NS):
            yield Quad(quad.subject, _stated(told.predicate), told.object, quad.graph_name)
        else:
            yield quad


def _node_of(statement: object, predicate: NamedNode, value: object) -> NamedNode:
    """Return the name of the node that reifies one triple of a statement."""
    return NamedNode(f"{str(statement)[1:-1]}#{digest(predicate.value, str(value))}")


def _reified(quads: Quads) -> Iterator[Quad]:
    def replace(quad: Quad, subject: NamedNode, plain: NamedNode) -> Iterable[Quad]:
        node = _node_of(quad.subject, plain, quad.object)
        graph = quad.graph_name
        yield Quad(node, _TYPE, _RDF_STATEMENT, graph)
        yield Quad(node, _PART_OF, quad.subject, graph)
        yield Quad(node, _RDF_SUBJECT, subject, graph)
        yield Quad(node, _RDF_PREDICATE, plain, graph)
        yield Quad(node, _RDF_OBJECT, quad.object, graph)

    return _facts_replaced(quads, replace)


def _from_reified(quads: Quads) -> Iterator[Quad]:
    for (graph, _), several in groupby(ordered(quads), key=lambda quad: (quad.graph_name, quad.subject)):
        group = list(several)
        cells = {quad.predicate: quad.object for quad in group}
        whole, predicate = cells.get(_PART_OF), cells.get(_RDF_PREDICATE)
        if (
            isinstance(whole, NamedNode)
            and isinstance(predicate, NamedNode)
            and group[0].subject == _node_of(whole, predicate, cells.get(_RDF_OBJECT))
        ):
            yield Quad(whole, _stated(predicate), cells[_RDF_OBJECT], graph)
        else:
            yield from group


def _graph_each(quads: Quads) -> Iterator[Quad]:
    def replace(quad: Quad, subject: NamedNode, plain: NamedNode) -> Iterable[Quad]:
        return (Quad(subject, plain, quad.object, quad.subject),)  # type: ignore[arg-type] # a statement is no triple

    return _facts_replaced(quads, replace)


def _from_graph_each(quads: Quads) -> Iterator[Quad]:
    # A statement may stand in the graphs of several sources: in each that has a k:subject of it.
    for graph, several in groupby(ordered(_with_homes(quads)), key=lambda quad: quad.graph_name):
        if not _is_statement(graph):
            yield from several
            continue
        group = list(several)
        homes = [quad.subject for quad in group if quad.predicate == _HOME]
        for quad in group:
            if not homes:
                yield quad
            elif quad.predicate != _HOME:
                yield from (Quad(graph, _stated(quad.predicate), quad.object, home) for home in homes)  # type: ignore[arg-type] # a graph has that name


def _with_homes(quads: Quads) -> Iterator[Quad]:
    """Yield quads, and in the graph of each statement those in which it stands."""
    for quad in quads:
        yield quad
        if quad.predicate == _SUBJECT and _is_statement(quad.subject) and not isinstance(quad.graph_name, DefaultGraph):
            yield Quad(quad.graph_name, _HOME, _HOME, quad.subject)  # type: ignore[arg-type] # as checked


def _is_statement(node: object) -> bool:
    return isinstance(node, NamedNode) and node.value.startswith(STATEMENT)


def _qualified(quads: Quads) -> Iterator[Quad]:
    def replace(quad: Quad, subject: NamedNode, plain: NamedNode) -> Iterable[Quad]:
        name = plain.value.removeprefix(K_NS)
        yield Quad(subject, NamedNode(PROPERTY + name), quad.subject, quad.graph_name)
        yield Quad(quad.subject, NamedNode(VALUE + name), quad.object, quad.graph_name)

    for quad in _facts_replaced(quads, replace):
        held = quad.predicate == _HELD
        yield Quad(quad.subject, NamedNode(QUALIFIER + "held"), quad.object, quad.graph_name) if held else quad


def _from_qualified(quads: Quads) -> Iterator[Quad]:
    for quad in quads:
        predicate = quad.predicate.value
        if predicate == QUALIFIER + "held":
            yield Quad(quad.subject, _HELD, quad.object, quad.graph_name)
        elif predicate.startswith(VALUE):
            name = S_NS + predicate.removeprefix(VALUE)
            yield Quad(quad.subject, NamedNode(name), quad.object, quad.graph_name)
        elif not predicate.startswith(PROPERTY):
            yield quad


def _one_graph(quads: Quads) -> Iterator[Quad]:
    merged = (Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return ordered(merged)


def _from_one_graph(quads: Quads) -> Iterator[Quad]:
    return (Quad(quad.subject, quad.predicate, quad.object, _ALL) for quad in quads)


GROUPS = Mapping(iter, iter)
"""The primary shape: the facts of a statement hang on its node."""
REIFIERS = Mapping(_reifiers, _from_reifiers)
"""RDF 1.2: the statement reifies each of its triples (``rdf:reifies <<( s p o )>>``)."""
REIFIED = Mapping(_reified, _from_reified)
"""RDF 1.1 section 5.3.1 of RDF Schema: a node of ``rdf:Statement`` for each triple, part of the statement."""
GRAPH_EACH = Mapping(_graph_each, _from_graph_each)
"""The triples of a statement stand in a graph that has its name."""
QUALIFIED = Mapping(_qualified, _from_qualified)
"""As Wikibase: from the subject to the statement, from there to value and qualifier."""
ONE_GRAPH = Mapping(_one_graph, _from_one_graph)
"""Without named graphs."""
