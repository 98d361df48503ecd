"""What a map tool gets: events at places, claims on whose a place is, and the places, one feature each.

It writes no format. A feature without coordinates or without a time is one all
the same, so that counting the features counts everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.pictures.axis import is_bound
from kg.pictures.events import events_of
from kg.pictures.spots import Spot, spots_of
from kg.pictures.text import clean
from kg.when.model import written

if TYPE_CHECKING:
    from datetime import datetime

    from kg.pictures.events import Event, When
    from kg.view import Fact, Site, View
    from kg.when.model import Interval

EVENT, HELD, PLACE = "event", "holding", "place"
"""The kinds of features."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One event at one place for one of its times, one claim on whose a place is, or one drawing of a place.

    ``subject`` and ``place`` are IRIs; ``value`` is the label of whoever holds
    a place. ``site`` and ``held`` are None where nothing tells them.
    """

    id: str
    kind: str
    label: str
    subject: str
    predicate: str
    value: str
    place: str
    place_label: str
    site: Site | None
    held: Interval | None
    stances: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    disputed: bool = False

    def properties(self) -> dict[str, str | bool | None]:
        """Return the values as text, times as UTC with Z; what is unbounded or not told is None.

        ``start`` and ``end`` are the bounds of when it may have held, begin
        included, end not. It certainly held from ``start_latest`` until
        ``end_earliest`` if that is later.
        """
        held = self.held
        return {
            "kind": self.kind,
            "name": clean(self.label),
            "subject": clean(self.subject),
            "predicate": clean(self.predicate) or None,
            "value": clean(self.value) or None,
            "place": clean(self.place) or None,
            "place_name": clean(self.place_label) or None,
            "start": _bound(held.begin_earliest) if held else None,
            "start_latest": _bound(held.begin_latest) if held else None,
            "end_earliest": _bound(held.end_earliest) if held else None,
            "end": _bound(held.end_latest) if held else None,
            "mode": held.mode.value if held else None,
            "stances": " | ".join(map(clean, self.stances)) or None,
            "disputed": self.disputed,
            "speakers": " | ".join(map(clean, self.speakers)) or None,
            "claims": " | ".join(map(clean, self.claims)) or None,
            "coordinates_are": self.site.quality if self.site else None,
            "coordinates_by": clean(self.site.source) or None if self.site else None,
        }


def features_of(view: View) -> tuple[Feature, ...]:
    """Return all features of a view: events first, then claims on whose places are, then places."""
    events = events_of(view)
    spots = {spot.place: spot for spot in spots_of(view, events)}
    found = [feature for event in events for feature in _of_event(view, event, spots)]
    found += [_of_holding(view, fact, spot) for spot in spots.values() for fact in spot.holding]
    found += [feature for place in _places(view, spots) for feature in _of_place(view, place)]
    return tuple(sorted(found, key=lambda feature: ((EVENT, HELD, PLACE).index(feature.kind), feature.id)))


def _places(view: View, spots: dict[str, Spot]) -> list[str]:
    return sorted({*spots, *view.sites_of, *(iri for iri, kind in view.kinds.items() if kind == PLACE)})


def _of_event(view: View, event: Event, spots: dict[str, Spot]) -> list[Feature]:
    times: tuple[When | None, ...] = event.times or (None,)
    places = event.places or (("", ""),)
    return [
        _event(view, event, when, predicate, spots.get(place), f"{event.iri}#{number}.{nth}")
        for number, when in enumerate(times, 1)
        for nth, (predicate, place) in enumerate(places, 1)
    ]


def _event(view: View, event: Event, when: When | None, predicate: str, spot: Spot | None, name: str) -> Feature:  # noqa: PLR0913, PLR0917 - what tells one from the next
    claims = when.claims if when else event.claims
    return Feature(
        name, EVENT, event.label, event.iri, predicate, "", spot.place if spot else "", spot.label if spot else "",
        spot.site if spot else None, when.held if when else None, when.stances if when else (), claims,
        _speakers(view, claims), event.disputed,
    )  # fmt: skip


def _of_holding(view: View, fact: Fact, spot: Spot) -> Feature:
    claims = view.claims_on.get(fact.statement, ())
    value = view.value_words(fact)
    iris = tuple(claim.claim for claim in claims)
    return Feature(
        fact.key, HELD, f"{spot.label}: {value}", fact.subject,
        fact.predicate, value, spot.place, spot.label, spot.site, fact.held,
        tuple(sorted({claim.stance for claim in claims})), iris, _speakers(view, iris), fact.statement in view.disputed,
    )  # fmt: skip


def _of_place(view: View, place: str) -> list[Feature]:
    label = view.label(place)
    sites: tuple[Site | None, ...] = view.sites_of.get(place) or (None,)
    return [
        Feature(site.geometry if site else place, PLACE, label, place, "hasGeometry", "", place, label, site, None)
        for site in sites
    ]


def _speakers(view: View, claims: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({view.claims_by_iri[claim].speaker_label for claim in claims}))


def _bound(moment: datetime) -> str | None:
    return written(moment) if is_bound(moment) else None
