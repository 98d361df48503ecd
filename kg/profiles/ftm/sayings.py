"""Claims as entities of FollowTheMoney: each a note in words, and the little that may stand as a property.

A note says who said what, with which stance, and is linked to its speaker and
to the claims it answers. Only what nobody stands against becomes a tenure, a
membership, a name, a place or a date (``kg.profiles.contested``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from kg.claim import LINKS, Literal
from kg.iri import compact, statement_iri, term
from kg.profiles.dates import dates_of, moment_of, original
from kg.profiles.ftm.rows import Row, dataset_of, entity_id, link_id, squashed
from kg.profiles.ftm.things import linked
from kg.profiles.told import links, reading_of
from kg.vocab import RDF
from kg.when import in_utc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from kg.claim import Claim, Iri, Statement, Value
    from kg.profiles.ftm.things import Entities
    from kg.when import Reading

TIES: Final = {
    "holdsOffice": ("Occupancy", "holder", "post", ""),
    "memberOf": ("Membership", "member", "organization", ""),
    "parentOrganisation": ("UnknownLink", "subject", "object", "part of"),
    "parentUnit": ("UnknownLink", "subject", "object", "subordinate to"),
}
"""Predicates whose facts become links: their schema, its two ends, and a role."""
_TYPES: Final = {"holder": {"Person"}, "post": {"Position"}}
"""The schemata that an end takes, where not any party."""
_BETWEEN: Final = tuple(name for name in LINKS if name not in {"onBehalfOf", "addressedTo"})
_TYPE, _CLAIM = NamedNode(RDF + "type"), NamedNode(term("Claim"))


@dataclass(frozen=True, slots=True)
class Sayings:
    """Makes rows of one claim after another."""

    entities: Entities

    def rows(self, claim: Claim) -> Iterator[Row]:
        """Yield all that is carried of a claim."""
        how = _how(claim)
        yield from self._note(claim, how)
        yield from self._links(claim, how)
        for statement in claim.content:
            if self.entities.schema(statement.subject) == "Event":
                event = entity_id(statement.subject)
                yield Row(event, "Event", "description", self._cited(claim), lang="en", **how)
            for name, value in self.entities.contested.facts_of(claim, statement):
                yield from self._fact(claim, statement, name, value, how)
            yield from self._time_of_event(claim, statement, how)

    def words(self, claim: Claim) -> str:
        """Return a claim in words: who said it, in whose name, with which stance, and the gist."""
        told = self.entities.told
        behalf = "".join(f" on behalf of {told.name(iri)}" for iri in links(claim, "onBehalfOf"))
        return f"{told.name(claim.speaker)}{behalf} said ({claim.stance}): {claim.gist}"

    def _cited(self, claim: Claim) -> str:
        return f"{self.words(claim)} [{self._source(claim)}; said {original(claim.said)}]"

    def _source(self, claim: Claim) -> str:
        source, told = self.entities.told.sources.get(claim.source), self.entities.told
        return f"{source.title}, {told.name(source.publisher)}" if source else compact(claim.source)

    def _note(self, claim: Claim, how: dict[str, str]) -> Iterator[Row]:
        note = entity_id(claim.iri)
        yield Row(note, "Note", "id", note, **how)
        yield Row(note, "Note", "description", self.words(claim), lang="en", **how)
        yield Row(note, "Note", "summary", self._summary(claim), lang="en", **how)
        yield Row(note, "Note", "keywords", claim.stance, lang="en", **how)
        if said := moment_of(claim.said):
            yield Row(note, "Note", "createdAt", said, original=original(claim.said), **how)
        if claim.note:
            yield Row(note, "Note", "notes", claim.note, lang="en", **how)
        yield from self._sourced(note, "Note", claim, how)
        about = {iri for statement in claim.content for iri in _mentioned(statement) if self.entities.schema(iri)}
        yield from (Row(note, "Note", "entity", entity_id(iri), **how) for iri in sorted(about))

    def _summary(self, claim: Claim) -> str:
        held = "; ".join(original(reading) for reading in claim.held)
        return f"{f'To have held: {held}. ' if held else ''}Source: {self._source(claim)}."

    def _sourced(self, entity: str, schema: str, claim: Claim, how: dict[str, str]) -> Iterator[Row]:
        source = self.entities.told.sources.get(claim.source)
        if source:
            publisher = squashed(self.entities.told.name(source.publisher))
            yield Row(entity, schema, "publisher", publisher, lang="en", **how)
            if source.url:
                yield Row(entity, schema, "sourceUrl", source.url, **how)

    def _links(self, claim: Claim, how: dict[str, str]) -> Iterator[Row]:
        note, told = entity_id(claim.iri), self.entities.told
        if self.entities.schema(claim.speaker):
            link = link_id(claim.iri, "speaker", claim.speaker)
            yield from linked(link, entity_id(claim.speaker), note, claim.stance, **how)
        for name, target in claim.links:
            if name in _BETWEEN and _is_claim(told.store, target):
                yield from linked(link_id(claim.iri, name, target), note, entity_id(target), name, **how)

    def _fact(self, claim: Claim, statement: Statement, name: str, value: Value, how: dict[str, str]) -> Iterator[Row]:
        schema, entity = self.entities.schema(statement.subject), entity_id(statement.subject)
        if isinstance(value, Literal):
            if name == "name" and schema and schema != "Event" and squashed(value.text):
                yield Row(entity, schema, "alias", squashed(value.text), lang=value.language, **how)
        elif name in TIES:
            yield from self._tie(claim, statement, name, value, how)
        elif name == "hasGeometry" and schema == "Address":
            yield from self._point(entity, value, how)
        elif self._is_free_event(statement.subject):
            yield from self._of_event(entity, name, value, how)

    def _of_event(self, event: str, name: str, value: Iri, how: dict[str, str]) -> Iterator[Row]:
        if name == "location" and self.entities.schema(value) == "Address":
            yield Row(event, "Event", "addressEntity", entity_id(value), **how)
        elif name == "participant" and self.entities.is_party(value):
            yield Row(event, "Event", "involved", entity_id(value), **how)

    def _time_of_event(self, claim: Claim, statement: Statement, how: dict[str, str]) -> Iterator[Row]:
        names = {name for name, _ in self.entities.contested.facts_of(claim, statement)}
        # What is said of a phase is not when all of it was.
        if self._is_free_event(statement.subject) and "eventType" in names and "phase" not in names:
            yield from _dates(entity_id(statement.subject), "Event", reading_of(claim, statement.held), how)

    def _is_free_event(self, iri: Iri) -> bool:
        return self.entities.schema(iri) == "Event" and iri not in self.entities.contested.subjects

    def _tie(self, claim: Claim, statement: Statement, name: str, value: Iri, how: dict[str, str]) -> Iterator[Row]:
        schema, source, target, role = TIES[name]
        if not (self._fits(source, statement.subject) and self._fits(target, value)):
            return
        link = link_id(claim.iri, statement_iri(statement), name, value)
        ends = {
            "id": link,
            source: entity_id(statement.subject),
            target: entity_id(value),
            "recordId": compact(claim.iri),
        }
        yield from (Row(link, schema, prop, text, **how) for prop, text in ends.items())
        if role:
            yield Row(link, schema, "role", role, **how)
        yield Row(link, schema, "description", self._cited(claim), lang="en", **how)
        yield from self._sourced(link, schema, claim, how)
        yield from _dates(link, schema, reading_of(claim, statement.held), how)

    def _fits(self, end: str, iri: Iri) -> bool:
        allowed = _TYPES.get(end)
        if allowed is not None:
            return self.entities.schema(iri) in allowed
        return self.entities.is_body(iri) if end == "organization" else self.entities.is_party(iri)

    def _point(self, address: str, geometry: Iri, how: dict[str, str]) -> Iterator[Row]:
        for prop in ("latitude", "longitude"):
            found = self.entities.told.store.quads_for_pattern(NamedNode(geometry), NamedNode(term(prop)), None)
            texts = sorted({quad.object.value for quad in found if isinstance(quad.object, RdfLiteral)})
            yield from (Row(address, "Address", prop, text, **how) for text in texts)


def _how(claim: Claim) -> dict[str, str]:
    """Return what every row of a claim has: the data set it is from, when it was taken in, and the claim."""
    seen = in_utc(claim.recorded).replace(tzinfo=None).isoformat()
    return {"dataset": dataset_of(claim.source), "seen": seen, "origin": compact(claim.iri)}


def _dates(entity: str, schema: str, reading: Reading | None, how: dict[str, str]) -> Iterator[Row]:
    for prop, text in dates_of(reading) if reading else ():
        yield Row(entity, schema, prop, text, original=original(reading) if reading else "", **how)


def _mentioned(statement: Statement) -> set[Iri]:
    return {statement.subject, *(value for _, value in statement.facts if not isinstance(value, Literal))}


def _is_claim(store: Store, iri: str) -> bool:
    return next(store.quads_for_pattern(NamedNode(iri), _TYPE, _CLAIM), None) is not None
