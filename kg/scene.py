"""Fills the view that pictures are drawn from, out of a selection of claims.

The one bridge between the store and the pictures; it draws nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.iri import kind_of, term
from kg.known import label_of, properties
from kg.recall import interval
from kg.view import Fact, Said, Site, Thing, View
from kg.vocab import DCTERMS, GEO, K_NS, S_NS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

_NUMBER = re.compile(r"-?[0-9]+(?:[.][0-9]+)?")


def scene(store: Store, claims: Iterable[str], statements: Iterable[str], *, title: str) -> View:
    """Return the view of some claims and statements, with the labels of what they mention."""
    kept = set(statements)
    facts = tuple(fact for statement in sorted(kept) for fact in _facts(store, statement))
    said = tuple(_said(store, claim, kept) for claim in sorted(set(claims)))
    mentioned = {fact.subject for fact in facts} | {fact.value for fact in facts if fact.value_is_thing}
    things = tuple(_thing(store, iri) for iri in sorted(mentioned | {one.speaker for one in said}))
    return View(title, things, facts, said, tuple(_sites(store, mentioned)))


def _facts(store: Store, statement: str) -> Iterable[Fact]:
    found = properties(store, statement)
    subject, held = found[term("subject")][0], interval(store, found[term("held")][0])
    for name, values in sorted(found.items()):
        if name.startswith(S_NS):
            for value in values:
                is_thing = value.startswith("http")
                yield Fact(statement, subject, name[len(S_NS) :], value, is_thing, held)


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
        source_label=_title(store, first("source") or ""),
    )  # fmt: skip


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
