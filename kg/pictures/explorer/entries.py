"""The entries of the explorer's list: what the claims are about, and which claims stand under which.

It draws nothing. An entry is a subject of statements; a claim stands in full under
the first of its subjects and is referred to under the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.pictures.axis import first_bound
from kg.pictures.events import EVENT
from kg.when.model import FOREVER

if TYPE_CHECKING:
    from datetime import datetime

    from kg.view import Said, View

NOTHING = ""
"""The subject of the entry for claims that have no statement."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A subject with its claims: those that stand here, and those that stand under another subject."""

    subject: str
    label: str
    kind: str
    first: datetime
    """The earliest instant that an account names; FOREVER if none does."""
    claims: tuple[Said, ...]
    elsewhere: tuple[Said, ...]
    disputed: bool

    @property
    def is_dated(self) -> bool:
        """Return whether some account gives a time."""
        return self.first < FOREVER


def entries_of(view: View) -> tuple[Entry, ...]:
    """Return the entries: events by their earliest time, then the other subjects by kind and label."""
    first = {iri: _first(view, iri) for iri in view.facts_about}
    subjects = sorted(first, key=lambda iri: _place(view, iri, first[iri]))
    rank = {iri: number for number, iri in enumerate(subjects)}
    told: dict[str, list[Said]] = {iri: [] for iri in (*subjects, NOTHING)}
    elsewhere: dict[str, list[Said]] = {iri: [] for iri in (*subjects, NOTHING)}
    for claim in view.claims:
        facts = (view.facts_of[statement][0] for statement in claim.statements if statement in view.facts_of)
        about = sorted({fact.subject for fact in facts}, key=rank.__getitem__)
        told[about[0] if about else NOTHING].append(claim)
        for subject in about[1:]:
            elsewhere[subject].append(claim)
    names = [*subjects, *([NOTHING] if told[NOTHING] else [])]
    return tuple(_entry(view, iri, first.get(iri, FOREVER), tuple(told[iri]), tuple(elsewhere[iri])) for iri in names)


def _entry(view: View, iri: str, first: datetime, claims: tuple[Said, ...], elsewhere: tuple[Said, ...]) -> Entry:
    label = view.label(iri) if iri else "Claims without a statement"
    disputed = any(fact.statement in view.disputed for fact in view.facts_about.get(iri, ()))
    return Entry(iri, label, view.kinds.get(iri, "thing"), first, claims, elsewhere, disputed)


def _first(view: View, iri: str) -> datetime:
    return min(first_bound(fact.held) for fact in view.facts_about[iri])


def _place(view: View, iri: str, first: datetime) -> tuple[bool, datetime, str, str, str]:
    kind = view.kinds.get(iri, "thing")
    is_event = kind == EVENT
    return not is_event, first if is_event else FOREVER, kind, view.label(iri), iri
