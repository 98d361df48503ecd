"""Reads claims back from quads: the other half of ``kg.quads``.

What goes out as a claim comes back as an equal claim. It does not choose
claims (``kg.slice`` does).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from kg.claim import LINKS, Claim, Iri, Literal, Passage, Statement, fact_order
from kg.iri import term
from kg.vocab import DCTERMS, K_NS, RDF, S_NS
from kg.when import EndKind, Interval, Mode, Precision, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from kg.claim import Value

IDENTIFIER = DCTERMS + "identifier"


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

    def nodes(self, name: str) -> list[_Node]:
        return [_Node(self.store, value.value) for value in self.values.get(term(name), ())]


def claims(store: Store) -> Iterator[Claim]:
    """Yield every claim of a store, in the order of its IRIs."""
    quads = store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(term("Claim")))
    for iri in sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}):
        yield _claim(_Node(store, iri))


def interval(store: Store, iri: str) -> Interval:
    """Return the interval of a node."""
    return _interval(_Node(store, iri))


def _claim(node: _Node) -> Claim:
    links = ((name, Iri(value.value)) for name in LINKS for value in node.values.get(term(name), ()))
    passages = (_passage(passage) for passage in node.nodes("passage"))
    return Claim(
        node.iri, Iri(node.text("source")), Iri(node.text("speaker")), node.local("stance") or "",
        _reading(node.nodes("saidReading")[0]), datetime.fromisoformat(node.text("recorded")), node.maybe("gist") or "",
        content=tuple(_statement(statement) for statement in node.nodes("content")),
        held=tuple(_reading(reading) for reading in node.nodes("heldReading")),
        passages=tuple(sorted(passages, key=lambda passage: (passage.start, passage.end))),
        certainty=node.local("certainty"), sourcing=node.local("sourcing"), note=node.maybe("note"),
        identifier=node.maybe(IDENTIFIER), links=tuple(links),
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
