"""Fills the view that pictures are drawn from, out of a selection of claims.

The one bridge between the store and the pictures; it draws nothing.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.iri import kind_of, term
from kg.known import label_of, properties
from kg.recall import interval
from kg.view import Conflict, Fact, Links, Origin, Said, Site, Thing, View
from kg.vocab import DCTERMS, GEO, K_NS, RDF, S_NS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

_LINKS = ("onBehalfOf", "reportedIn", "respondsTo", "supersedes", "withdraws")
_NEVER = "1970-01-01T00:00:00+00:00"
_NUMBER = re.compile(r"-?[0-9]+(?:[.][0-9]+)?")


def scene(store: Store, claims: Iterable[str], statements: Iterable[str], *, title: str) -> View:
    """Return the view of some claims and statements, with the labels of what they mention."""
    kept = set(statements)
    facts = tuple(fact for statement in sorted(kept) for fact in _facts(store, statement))
    said = tuple(_said(store, claim, kept) for claim in sorted(set(claims)))
    agents = {one.speaker for one in said}.union(*(one.links.on_behalf_of for one in said))
    organs = tuple(_organs(store, agents))
    mentioned = {fact.subject for fact in facts} | {fact.value for fact in facts if fact.value_is_thing}
    things = tuple(_thing(store, iri) for iri in sorted(mentioned | {one.speaker for one in said}))
    return View(
        title, things, facts, said, tuple(_sites(store, mentioned)),
        origins=tuple(_origin(store, iri) for iri in sorted({one.source for one in said} - {""})),
        organs=organs, agents=tuple(_thing(store, iri) for iri in sorted(agents.union(*organs))),
        conflicts=tuple(_conflicts(store, {one.claim for one in said})),
    )  # fmt: skip


def _facts(store: Store, statement: str) -> Iterable[Fact]:
    found = properties(store, statement)
    subject, held = found[term("subject")][0], interval(store, found[term("held")][0])
    for quad in store.quads_for_pattern(NamedNode(statement), None, None):
        name, value = quad.predicate.value, quad.object
        if name.startswith(S_NS) and isinstance(value, NamedNode | Literal):
            told = "" if isinstance(value, NamedNode) else _datatype(value)
            yield Fact(statement, subject, name[len(S_NS) :], value.value, isinstance(value, NamedNode), held, told)


def _datatype(value: Literal) -> str:
    if value.language:
        return f"@{value.language}"
    return "" if value.datatype.value == XSD + "string" else value.datatype.value


def _said(store: Store, claim: str, kept: set[str]) -> Said:
    found = properties(store, claim)

    def first(name: str) -> str | None:
        return next(iter(found.get(term(name), ())), None)

    reading = properties(store, first("saidReading") or "urn:none")
    spans = (properties(store, passage) for passage in found.get(term("passage"), ()))
    passages = tuple(sorted((int(span[term("start")][0]), int(span[term("end")][0])) for span in spans))
    speaker = first("speaker") or ""
    return Said(
        claim, speaker, label_of(store, speaker), (first("stance") or "").removeprefix(K_NS),
        interval(store, first("said") or ""), first("gist") or "",
        tuple(s for s in found.get(term("content"), ()) if s in kept), tuple(found.get(term("denies"), ())),
        held_as_written="; ".join(found.get(term("heldAsWritten"), ())) or None,
        said_as_written=next(iter(reading.get(term("asWritten"), ())), None),
        zone_as_written=next(iter(reading.get(term("zoneAsWritten"), ())), None),
        source=first("source") or "", passages=passages, note=first("note"),
        source_label=_title(store, first("source") or ""), certainty=_local(first("certainty")) or None,
        links=Links(*(tuple(found.get(term(name), ())) for name in _LINKS)),
        recorded=datetime.fromisoformat(first("recorded") or _NEVER),
        unsourced=_local(first("sourcing")) == "unsourced",
    )  # fmt: skip


def _local(iri: str | None) -> str:
    return (iri or "").removeprefix(K_NS)


def _origin(store: Store, iri: str) -> Origin:
    found = properties(store, iri)

    def first(name: str) -> str:
        return next(iter(found.get(name, ())), "")

    publisher, published = first(DCTERMS + "publisher"), first(term("published"))
    return Origin(
        iri, _title(store, iri), label_of(store, publisher) if publisher else "", first(term("url")),
        first(DCTERMS + "language"), interval(store, published) if published else None, first(term("sha256")),
    )  # fmt: skip


def _organs(store: Store, agents: set[str]) -> Iterable[tuple[str, str]]:
    """Yield the agents with whom they are an organ of, and so on up to the state."""
    waiting, seen = sorted(agents), set(agents)
    while waiting:
        agent = waiting.pop()
        for quad in store.quads_for_pattern(NamedNode(agent), NamedNode(term("organOf")), None):
            owner = quad.object.value  # type: ignore[union-attr] # an IRI
            yield agent, owner
            if owner not in seen:
                seen.add(owner)
                waiting.append(owner)


def _conflicts(store: Store, claims: set[str]) -> Iterable[Conflict]:
    for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(term("Contradiction"))):
        found = properties(store, quad.subject.value)  # type: ignore[union-attr] # an IRI
        first, second = (next(iter(found.get(term(name), ())), "") for name in ("firstClaim", "secondClaim"))
        if first in claims and second in claims:
            kinds = tuple(_local(kind) for kind in found.get(term("contradictionKind"), ()))
            yield Conflict(first, second, kinds, _local(next(iter(found.get(term("derivedCertainty"), ())), "")))


def _title(store: Store, source: str) -> str:
    titles = properties(store, source).get(DCTERMS + "title", ()) if source else ()
    return titles[0] if titles else label_of(store, source) if source else ""


def _sites(store: Store, mentioned: set[str]) -> Iterable[Site]:
    """Yield where the places lie. A slice has coordinates beside it whatever claims it leaves (design section 5)."""
    subject = NamedNode(term("subject"))
    for quad in store.quads_for_pattern(None, NamedNode(S_NS + "hasGeometry"), None):
        for told in store.quads_for_pattern(quad.subject, subject, None):
            place, geometry = told.object.value, quad.object.value  # type: ignore[union-attr] # both are IRIs
            if place in mentioned:
                yield _site(store, place, geometry)


def _site(store: Store, place: str, geometry: str) -> Site:
    found = properties(store, geometry)
    numbers = [float(number) for number in _NUMBER.findall(found.get(GEO + "asWKT", [""])[0])]
    points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    if not points:
        points = ((float(found[term("longitude")][0]), float(found[term("latitude")][0])),)
    source = next(iter(found.get(DCTERMS + "source", ())), "")
    quality = next(iter(found.get(term("coordinateQuality"), ())), "").removeprefix(K_NS)
    return Site(place, geometry, points, quality, _title(store, source))


def _thing(store: Store, iri: str) -> Thing:
    kind = "concept" if iri.startswith(K_NS) else kind_of(iri) or "thing"
    return Thing(iri, label_of(store, iri), kind)
