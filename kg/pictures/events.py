"""The events of a view: when each is to have been, where, by how many accounts, and what is disputed.

It draws nothing and weighs nothing: every account stands beside the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.pictures.axis import first_bound
from kg.view import DENIES
from kg.when.model import BEGINNING, FOREVER

if TYPE_CHECKING:
    from datetime import datetime

    from kg.view import Fact, View
    from kg.when.model import Interval

EVENT = "event"
PLACE = "place"
_WHAT = "eventType"
_ASSERTING = frozenset({"asserts", "reports"})


@dataclass(frozen=True, slots=True)
class When:
    """One time that accounts give for an event.

    ``stances`` are those of the claims that give it; it is ``asserted`` if one of
    them asserts or reports it.
    """

    held: Interval
    stances: tuple[str, ...]
    claims: tuple[str, ...]

    @property
    def asserted(self) -> bool:
        """Return whether anybody says that it was so, and not only that it was not, or should or will be."""
        return not self.stances or not _ASSERTING.isdisjoint(self.stances)

    @property
    def stance(self) -> str:
        """Return the stance to name where nobody asserts it; a denial before all others."""
        return "" if self.asserted else DENIES if DENIES in self.stances else self.stances[0]


@dataclass(frozen=True, slots=True)
class Event:
    """An event with its times, in order, and its places: pairs of predicate and IRI."""

    iri: str
    label: str
    times: tuple[When, ...]
    places: tuple[tuple[str, str], ...]
    claims: tuple[str, ...]
    disputed: bool


def events_of(view: View) -> tuple[Event, ...]:
    """Return the events that the view tells of, by the earliest instant that an account names.

    The times of an event are those of the statements which say what it was;
    if none does, of all statements about it. What was called for or assessed
    later does not make it longer.
    """
    subjects = [thing.iri for thing in view.things if thing.kind == EVENT and view.facts_about.get(thing.iri)]
    found = [_event(view, iri) for iri in subjects]
    return tuple(sorted(found, key=lambda event: (_first(event), event.iri)))


def _first(event: Event) -> datetime:
    first = min(first_bound(when.held) for when in event.times)
    return first if first < FOREVER else BEGINNING


def _event(view: View, iri: str) -> Event:
    facts = view.facts_about[iri]
    telling = [fact for fact in facts if fact.predicate == _WHAT] or list(facts)
    places = {(fact.predicate, fact.value) for fact in facts if view.kinds.get(fact.value) == PLACE}
    claims = {claim.claim for fact in facts for claim in view.claims_on.get(fact.statement, ())}
    disputed = any(fact.statement in view.disputed for fact in facts)
    return Event(iri, view.label(iri), _times(view, telling), tuple(sorted(places)), tuple(sorted(claims)), disputed)


def _times(view: View, facts: list[Fact]) -> tuple[When, ...]:
    said: dict[tuple[datetime | str, ...], tuple[Interval, dict[str, str]]] = {}
    for fact in facts:
        held = fact.held  # written to the day or to the minute, it is the same time
        _, stances = said.setdefault((*held.bounds, held.mode, held.begin_kind, held.end_kind), (held, {}))
        for claim in view.claims_on.get(fact.statement, ()):
            stances[claim.claim] = claim.stance
    times = (times for _, times in sorted(said.items()))
    return tuple(When(held, tuple(sorted({*told.values()})), tuple(sorted(told))) for held, told in times)
