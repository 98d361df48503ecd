"""Reads sources, things and claims back from quads: the other half of ``kg.quads``.

What goes out as a claim comes back as an equal claim; what had an order of its
own in a file comes back in the order of ids. It does not choose claims
(``kg.slice`` does).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from kg.claim import LINKS, Case, Claim, Iri, Literal, Passage, Source, Statement, Thing, fact_order
from kg.iri import mint, term
from kg.terms import classes, subclasses
from kg.vocab import DCTERMS, K_NS, RDF, S_NS
from kg.when import EndKind, Interval, Mode, Precision, Reading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pyoxigraph import Quad, Store

    from kg.claim import Value

IDENTIFIER = DCTERMS + "identifier"
RDF_TYPE = NamedNode(RDF + "type")
GRAPHS = mint("graph", "")
RECORD = ("Claim", "Statement", "Passage", "Interval", "Reading")
"""Classes of the record itself; what is of any other class of ours is a thing or a source."""


class _Node:
    """A node with its values by property, in a fixed order."""

    def __init__(self, store: Store, iri: str) -> None:
        self.store, self.iri = store, Iri(iri)
        self.values: dict[str, list[NamedNode | RdfLiteral]] = defaultdict(list)
        found = {(q.predicate.value, q.object) for q in store.quads_for_pattern(NamedNode(iri), None, None)}
        for name, value in sorted(found, key=lambda pair: (pair[0], str(pair[1]))):
            if isinstance(value, NamedNode | RdfLiteral):
                self.values[name].append(value)

    def text(self, name: str) -> str:
        """Return the one value of a property that every such node has."""
        return self.values[term(name)][0].value

    def maybe(self, name: str) -> str | None:
        values = self.values.get(name if name.startswith("http") else term(name))
        return values[0].value if values else None

    def local(self, name: str) -> str | None:
        """Return a concept by its local name."""
        value = self.maybe(name)
        return value.removeprefix(K_NS) if value else None

    def several(self, name: str) -> tuple[str, ...]:
        """Return the texts of a property, sorted."""
        return tuple(sorted(value.value for value in self.values.get(name, ())))

    def nodes(self, name: str) -> list[_Node]:
        return [_Node(self.store, value.value) for value in self.values.get(term(name), ())]


def case_of(store: Store, name: str, graphs: Collection[str] | None = None) -> Case:
    """Return what a store holds as one case: its sources, things and claims, in the order of their ids.

    ``graphs`` are the IRIs of the named graphs that count; without them, all do.
    """
    return Case(
        name,
        tuple(sources(store, graphs)),
        tuple(sorted(things(store, graphs), key=lambda pair: (pair[1].iri, pair[0]))),
        tuple(claims(store, graphs)),
    )


def claims(store: Store, graphs: Collection[str] | None = None) -> Iterator[Claim]:
    """Yield every claim of a store, in the order of its IRIs."""
    for iri in _of_classes(store, ("Claim",), graphs):
        yield _claim(_Node(store, iri))


def sources(store: Store, graphs: Collection[str] | None = None) -> Iterator[Source]:
    """Yield every source of a store, in the order of its IRIs."""
    for iri in _of_classes(store, subclasses("Source"), graphs):
        yield _source(_Node(store, iri))


def things(store: Store, graphs: Collection[str] | None = None) -> Iterator[tuple[str, Thing]]:
    """Yield every thing of a store with the name of the graph that holds it."""
    kinds = set(classes()) - set(subclasses("Source")) - set(RECORD)
    for quad in _typed(store, kinds, graphs):
        graph, kind = _value_of(quad.graph_name), _value_of(quad.object)
        marks = {
            (mark.predicate.value, _value(mark.object))
            for mark in store.quads_for_pattern(quad.subject, None, None, quad.graph_name)
            if mark.predicate != RDF_TYPE and isinstance(mark.object, NamedNode | RdfLiteral)
        }
        thing = Thing(Iri(_value_of(quad.subject)), kind.removeprefix(K_NS), tuple(sorted(marks, key=fact_order)))
        yield graph.removeprefix(GRAPHS), thing


def _of_classes(store: Store, names: Collection[str], graphs: Collection[str] | None) -> list[str]:
    return sorted({_value_of(quad.subject) for quad in _typed(store, names, graphs)})


def _typed(store: Store, names: Collection[str], graphs: Collection[str] | None) -> Iterator[Quad]:
    for name in sorted(names):
        for quad in store.quads_for_pattern(None, RDF_TYPE, NamedNode(term(name))):
            if graphs is None or _value_of(quad.graph_name) in graphs:
                yield quad


def _value_of(node: object) -> str:
    return str(getattr(node, "value", ""))


def interval(store: Store, iri: str) -> Interval:
    """Return the interval of a node."""
    return _interval(_Node(store, iri))


def _source(node: _Node) -> Source:
    length, published = node.maybe("characterCount"), node.nodes("publishedReading")
    return Source(
        node.iri, node.values[RDF_TYPE.value][0].value.removeprefix(K_NS), node.maybe(DCTERMS + "title") or "",
        Iri(node.maybe(DCTERMS + "publisher") or ""), language=node.maybe(DCTERMS + "language"), url=node.maybe("url"),
        published=_reading(published[0]) if published else None, sha256=node.maybe("sha256"),
        character_count=int(length) if length else None, note=node.maybe("note"),
        identifiers=node.several(IDENTIFIER), source_kind=node.local("sourceKind"),
    )  # fmt: skip


def _claim(node: _Node) -> Claim:
    links = ((name, Iri(value.value)) for name in LINKS for value in node.values.get(term(name), ()))
    passages = (_passage(passage) for passage in node.nodes("passage"))
    return Claim(
        node.iri, Iri(node.text("source")), Iri(node.text("speaker")), node.local("stance") or "",
        _reading(node.nodes("saidReading")[0]), datetime.fromisoformat(node.text("recorded")), node.maybe("gist") or "",
        content=tuple(_statement(statement) for statement in node.nodes("content")),
        held=tuple(_reading(reading) for reading in node.nodes("heldReading")),
        passages=tuple(sorted(passages, key=lambda passage: (passage.start, passage.end))),
        certainty=node.local("certainty"), sourcing=node.local("sourcing"), quotation=node.local("quotation"),
        note=node.maybe("note"),
        identifiers=node.several(IDENTIFIER), links=tuple(links),
    )  # fmt: skip


def _passage(node: _Node) -> Passage:
    return Passage(Iri(node.text("source")), int(node.text("start")), int(node.text("end")), node.text("sha256"))


def _statement(node: _Node) -> Statement:
    facts = [
        (name.removeprefix(S_NS), _value(value))
        for name, values in node.values.items()
        if name.startswith(S_NS)
        for value in values
    ]
    held = _interval(node.nodes("held")[0])
    return Statement(Iri(node.text("subject")), tuple(sorted(facts, key=fact_order)), held)


def _value(value: NamedNode | RdfLiteral) -> Value:
    if isinstance(value, NamedNode):
        return Iri(value.value)
    return Literal(value.value, value.datatype.value, value.language or "")


def _reading(node: _Node) -> Reading:
    read = _interval(node.nodes("reads")[0])
    return Reading(read, node.text("notation"), zone=node.maybe("zoneAsWritten"), words=node.maybe("asWritten"))


def _interval(node: _Node) -> Interval:
    def bound(name: str) -> datetime:
        return datetime.fromisoformat(node.text(name))

    return Interval(
        bound("beginEarliest"),
        bound("beginLatest"),
        bound("endEarliest"),
        bound("endLatest"),
        mode=Mode(node.local("mode") or ""),
        begin_kind=EndKind(node.local("beginKind") or ""),
        end_kind=EndKind(node.local("endKind") or ""),
        precision=Precision(node.local("precision") or ""),
    )
