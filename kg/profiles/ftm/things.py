"""Things as entities of FollowTheMoney: what the graph itself says of them, which no claim has to carry.

A kind for which they have no schema (treaties, provisions, figures, points at
issue) is no entity. Of an event no more than that it is told of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from kg.claim import Literal
from kg.iri import compact, term
from kg.profiles.ftm.rows import Row, entity_id, link_id, squashed
from kg.profiles.told import labels, values
from kg.terms import classes
from kg.vocab import DCTERMS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.claim import Iri, Thing
    from kg.profiles.contested import Contested
    from kg.profiles.told import Told

SCHEMATA: Final = {
    "ArmedForce": "Organization",
    "Event": "Event",
    "FieldMission": "Organization",
    "GovernmentBody": "PublicBody",
    "InternationalOrganisation": "Organization",
    "MilitaryUnit": "Organization",
    "NewsOrganisation": "Organization",
    "Office": "Position",
    "Organisation": "Organization",
    "Person": "Person",
    "Place": "Address",
    "State": "PublicBody",
}
"""Their schema for each of our classes."""
_PARTIES: Final = frozenset({"Organization", "PublicBody", "Person"})
"""Kinds of their LegalEntity."""
_WIKIDATA = re.compile(r"wikidata:(Q[1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Entities:
    """Which things are entities, and with what."""

    told: Told
    contested: Contested

    def schema(self, iri: str) -> str:
        """Return the schema of a thing, or an empty text if it is no entity."""
        thing = self.told.things.get(iri)
        return SCHEMATA.get(thing.kind, "") if thing else ""

    def is_party(self, iri: str) -> bool:
        """Return whether a thing is one that they call a legal entity: a person or a body."""
        return self.schema(iri) in _PARTIES

    def is_body(self, iri: str) -> bool:
        """Return whether a thing is one that they call an organisation."""
        return self.is_party(iri) and self.schema(iri) != "Person"

    def rows(self) -> Iterator[Row]:
        """Yield what the graph itself says of every entity."""
        for thing in self.told.things.values():
            if schema := self.schema(thing.iri):
                yield from self._of(thing, entity_id(thing.iri), schema)

    def _of(self, thing: Thing, entity: str, schema: str) -> Iterator[Row]:
        yield Row(entity, schema, "id", entity)
        yield from self._names(thing, entity, schema)
        yield Row(entity, schema, "keywords", classes()[thing.kind].label, lang="en")
        for note in values(thing, term("note")):
            if isinstance(note, Literal):
                yield Row(entity, schema, "notes", note.text, lang=note.language)
        for text in values(thing, DCTERMS + "identifier"):
            if isinstance(text, Literal) and (found := _WIKIDATA.fullmatch(text.text)):
                yield Row(entity, schema, "wikidataId", found[1])
        if country := self._country(thing):
            yield Row(entity, schema, "country", country)
        yield from self._whose(thing, entity, schema)

    def _names(self, thing: Thing, entity: str, schema: str) -> Iterator[Row]:
        first, *others = labels(thing) or [Literal(compact(thing.iri))]
        if self.contested.parts(thing.iri, first) or not squashed(first.text):
            others, first = [first, *others], Literal(compact(thing.iri))
        yield _named("name", first, entity, schema)
        further = [value for value in values(thing, SKOS + "altLabel") if isinstance(value, Literal)]
        for name in (*others, *further):
            if squashed(name.text) and not self.contested.parts(thing.iri, name):
                yield _named("alias", name, entity, schema)
        if schema == "Address":
            yield Row(entity, schema, "full", squashed(first.text), lang=first.language)

    def _country(self, thing: Thing) -> str:
        """Return the code of the state that a thing is, or an organ of, where ISO 3166 has one for it."""
        for state in [thing.iri] if thing.kind == "State" else self._wholes(thing):
            whole = self.told.things.get(state)
            marks = values(whole, DCTERMS + "identifier") if whole and whole.kind == "State" else []
            codes = {mark.text for mark in marks if isinstance(mark, Literal)} & _countries()
            if codes:
                return min(codes).lower()
        return ""

    def _whose(self, thing: Thing, entity: str, schema: str) -> Iterator[Row]:
        for whole in self._wholes(thing):
            if schema == "Position":
                yield Row(entity, schema, "organization", entity_id(whole))
            elif schema in _PARTIES:
                link = link_id(thing.iri, "organOf", whole)
                yield from linked(link, entity, entity_id(whole), "organ of")

    def _wholes(self, thing: Thing) -> list[Iri]:
        """Return the bodies that a thing is an organ of."""
        found = [value for value in values(thing, term("organOf")) if not isinstance(value, Literal)]
        return [whole for whole in found if self.is_body(whole) and not self.contested.parts(thing.iri, whole)]


def _named(prop: str, name: Literal, entity: str, schema: str) -> Row:
    text = squashed(name.text)
    if schema == "Event":
        # That it was is a claim; that it is told of is not.
        return Row(entity, schema, prop, f"{text} (as told)", lang=name.language, original=text)
    return Row(entity, schema, prop, text, lang=name.language)


def linked(link: str, subject: str, target: str, role: str, **how: str) -> Iterator[Row]:
    """Yield the link of two entities in a role."""
    rows = {"id": link, "subject": subject, "object": target, "role": role}
    yield from (Row(link, "UnknownLink", prop, value, **how) for prop, value in rows.items())


@cache
def _countries() -> frozenset[str]:
    """Return the codes of ISO 3166-1, from the table that comes with the history of zones."""
    lines = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8").splitlines()
    return frozenset(line.partition("\t")[0] for line in lines if not line.startswith("#"))
