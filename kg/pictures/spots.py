"""The places of a map: where each is drawn, how many events lie there, how many of them are disputed.

It draws nothing. A place keeps every source's coordinates; one of them carries the mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.pictures.events import PLACE

if TYPE_CHECKING:
    from kg.pictures.events import Event
    from kg.view import Fact, Site, View

HOLDING = ("controlledBy", "claimedBy", "recognisedPartOf")
"""The predicates that say whose a place is: claims, each by somebody and for a time."""
VAGUE = frozenset({"direction"})
"""The predicates that do not put an event at a place but towards it."""
_BEST = ("gazetteerPoint", "outline", "connectingLine", "polygonCentroid", "approximatePoint")


@dataclass(frozen=True)
class Spot:
    """A place with what is told of it: events there, events only towards it, and whose it is said to be."""

    place: str
    label: str
    sites: tuple[Site, ...]
    events: tuple[Event, ...]
    towards: tuple[Event, ...]
    holding: tuple[Fact, ...]

    @property
    def site(self) -> Site | None:
        """Return the coordinates that carry the mark: a gazetteer's before what is approximate."""
        return site_of(self.sites) if self.sites else None

    @property
    def count(self) -> int:
        """Return how many events lie at it or towards it."""
        return len(self.events) + len(self.towards)

    @property
    def disputed(self) -> int:
        """Return how many of its events somebody denies something of."""
        return sum(event.disputed for event in (*self.events, *self.towards))


def site_of(sites: tuple[Site, ...]) -> Site:
    """Return the coordinates of a place that carry its mark: a gazetteer's before what is approximate."""
    order = {quality: rank for rank, quality in enumerate(_BEST)}
    return min(sites, key=lambda site: (order.get(site.quality, len(order)), site.geometry))


def spots_of(view: View, events: tuple[Event, ...]) -> tuple[Spot, ...]:
    """Return the places that an event or a claim on whose they are names, those with most events first."""
    at: dict[str, dict[str, Event]] = {}
    towards: dict[str, dict[str, Event]] = {}
    for event in events:
        for predicate, place in event.places:
            (towards if predicate in VAGUE else at).setdefault(place, {})[event.iri] = event
    holding: dict[str, list[Fact]] = {}
    for fact in view.facts:
        if fact.predicate in HOLDING and view.kinds.get(fact.subject) == PLACE:
            holding.setdefault(fact.subject, []).append(fact)
    spots = [
        Spot(
            place, view.label(place), view.sites_of.get(place, ()), tuple(at.get(place, {}).values()),
            tuple(event for iri, event in towards.get(place, {}).items() if iri not in at.get(place, {})),
            tuple(holding.get(place, ())),
        )
        for place in sorted({*at, *towards, *holding})
    ]  # fmt: skip
    return tuple(sorted(spots, key=lambda spot: (-spot.count, -len(spot.holding), spot.label, spot.place)))
