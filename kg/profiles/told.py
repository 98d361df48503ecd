"""A graph as forms read it that go one way: claims with their sources, and how things are called.

Keeps names and sources in memory and reads claims one by one. It says nothing
about what of a claim may stand as more than somebody's word (``contested`` does).
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg import recall
from kg.claim import Literal
from kg.errors import DataError, Finding
from kg.iri import compact
from kg.profiles.order import IN_MEMORY
from kg.vocab import RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad

    from kg.claim import Claim, Iri, Source, Thing, Value
    from kg.when import Interval, Reading

LABEL = RDFS + "label"
SOUGHT = "en"
"""The language in which a thing is named here, where it has a name in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, with the things and sources that it speaks of."""

    store: Store
    things: Mapping[str, Thing]
    """By IRI, with the marks that any graph has of it."""
    sources: Mapping[str, Source]

    def claims(self) -> Iterator[Claim]:
        """Yield every claim in the order of IRIs. Raises DataError where one lacks what every claim has."""
        try:
            yield from recall.claims(self.store)
        except (LookupError, ValueError) as error:
            mend = "kg check names each claim that is not whole"
            raise DataError([Finding("graph", "not-whole", f"a claim cannot be read: {error}", mend)]) from error

    def name(self, iri: str) -> str:
        """Return how a thing is called: its English label, else another, else its CURIE."""
        thing = self.things.get(iri)
        texts = labels(thing) if thing else []
        return texts[0].text if texts else compact(iri)


def labels(thing: Thing) -> list[Literal]:
    """Return the labels of a thing, English ones first."""
    found = [value for name, value in thing.marks if name == LABEL and isinstance(value, Literal)]
    return sorted(found, key=lambda text: (text.language != SOUGHT, text.language, text.text))


@contextmanager
def telling(quads: Iterable[Quad], *, in_memory: int = IN_MEMORY) -> Iterator[Told]:
    """Open quads for looking up: in the store they are in, else in memory, or on disk where they are too many."""
    if isinstance(quads, Store):
        yield _told(quads)
        return
    source = iter(quads)
    first = list(islice(source, in_memory))
    if len(first) < in_memory:
        store = Store()
        store.extend(first)
        yield _told(store)
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = Store(folder)
        store.bulk_extend(chain(first, source))
        yield _told(store)
        del store


def _told(store: Store) -> Told:
    marks: defaultdict[str, set[tuple[str, Value]]] = defaultdict(set)
    first: dict[str, Thing] = {}
    for _, thing in sorted(recall.things(store), key=lambda pair: (pair[1].iri, pair[1].kind)):
        first.setdefault(thing.iri, thing)
        marks[thing.iri].update(thing.marks)
    things = {iri: replace(thing, marks=tuple(sorted(marks[iri], key=str))) for iri, thing in first.items()}
    return Told(store, things, {source.iri: source for source in recall.sources(store)})


def reading_of(claim: Claim, held: Interval) -> Reading | None:
    """Return how a claim wrote an interval, or None if it does not say."""
    return next((reading for reading in (*claim.held, claim.said) if reading.interval == held), None)


def values(thing: Thing, name: str) -> list[Value]:
    """Return the values that a thing has of a property."""
    return [value for mark, value in thing.marks if mark == name]


def links(claim: Claim, name: str) -> list[Iri]:
    """Return what a claim points at by a property of claims."""
    return [target for link, target in claim.links if link == name]
