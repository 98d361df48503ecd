"""Where each place lies on the map of the explorer, which lies on the ground of the static map figure.

Boundaries of states are drawn there as what they are, a claim with a source and a year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.pictures.events import events_of
from kg.pictures.ground import covers
from kg.pictures.map_figure import ground_of
from kg.pictures.spots import site_of, spots_of

if TYPE_CHECKING:
    from kg.pictures.ground import Ground
    from kg.view import Site, View


class Place(NamedTuple):
    """Where a place is drawn: pixels, degrees (WGS 84), the quality of its coordinates, and whose they are."""

    iri: str
    x: float
    y: float
    longitude: float
    latitude: float
    quality: str
    source: str


class Country(NamedTuple):
    """The frame of the map (left, top, width, height in pixels), the places in it, and those that lie off it."""

    frame: tuple[float, float, float, float]
    places: tuple[Place, ...]
    away: tuple[Place, ...]


def country(view: View) -> Country:
    """Return where the places of a view lie on the ground of its map figure."""
    ground = ground_of(spots_of(view, events_of(view)))
    placed = [_place(site_of(sites), ground) for _, sites in sorted(view.sites_of.items())]
    inside = [_is_inside(one, ground) for one in placed]
    return Country(
        ground.frame,
        tuple(one for one, shown in zip(placed, inside, strict=True) if shown),
        tuple(one for one, shown in zip(placed, inside, strict=True) if not shown),
    )


def _is_inside(place: Place, ground: Ground) -> bool:
    point = place.longitude, place.latitude
    return covers(point) and ground.shows(point)


def _place(site: Site, ground: Ground) -> Place:
    point = site.points[len(site.points) // 2]
    return Place(site.place, *ground.xy(point), *point, site.quality, site.source)
