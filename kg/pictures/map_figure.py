"""The map figure: where events are told to have been, and whose places are said to be, on the offline base map.

It takes a view and gives one SVG document. What has no coordinates, lies outside
of the frame or has no place is listed or counted below, never dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.pictures import ground as under
from kg.pictures import svg
from kg.pictures.axis import Axis, zone_named
from kg.pictures.events import events_of
from kg.pictures.legend import samples
from kg.pictures.map_marks import Marks, legend_marks
from kg.pictures.map_notes import FACTS, notes
from kg.pictures.spots import spots_of
from kg.pictures.svg import GREY, INK, line, text
from kg.pictures.text import clean, shortened, wrapped
from kg.when.model import BEGINNING, FOREVER

if TYPE_CHECKING:
    from kg.pictures.events import Event
    from kg.pictures.spots import Spot
    from kg.view import View

WIDTH = 1200.0
_EDGE = 44.0
_TOP = 92.0
_NOTE = 12.0


def map_figure(view: View, *, zone: str = "UTC", title: str = "") -> str:
    """Return the figure as an SVG 1.1 document, 1200 px wide; dates in its lists are local to ``zone``.

    A place has one mark, as large as its events are many; who is said to hold it
    stands in a numbered list with speaker, date and source. Boundaries of states
    are Natural Earth's and say so. Raises UsageError for an unknown zone.
    """
    events = events_of(view)
    spots = spots_of(view, events)
    crowded = sum(len(spot.holding) for spot in spots) > FACTS
    ground = ground_of(spots)
    axis = Axis(BEGINNING, FOREVER, 0.0, 1000.0, zone_named(zone))  # so that every date has its year
    marks = Marks(ground, numbered=not crowded)
    drawn = [marks.put(spot) for spot in spots if _is_shown(spot, ground) and (spot.count or not crowded)]
    names = marks.names()
    heading, told = clean(title or view.title) or "Map", _summary(events, spots, marks)
    y = _TOP + ground.frame[3] + 46
    below, height = _foot(notes(view, events, spots, marks, axis), y)
    parts = [
        under.drawn(ground, marks.taken, (WIDTH, round(height))),
        text(shortened(heading, 25, WIDTH - 2 * _EDGE), _EDGE, 44, 25, font_weight="bold"),
        text(told, _EDGE, 70, 14.5, fill=GREY),
        *marks.leaders,
        *drawn, *names,
        *below,
    ]  # fmt: skip
    return svg.document((WIDTH, round(height)), heading, told, parts)


def ground_of(spots: tuple[Spot, ...]) -> under.Ground:
    """Return the ground of the figure that shows those places: its frame in pixels and its projection."""
    points = (point for spot in spots for site in spot.sites for point in site.points)
    return under.ground_for(points, _EDGE, _TOP, WIDTH - _EDGE - 28)


def _is_shown(spot: Spot, ground: under.Ground) -> bool:
    return spot.site is not None and any(under.covers(point) and ground.shows(point) for point in spot.site.points)


def _summary(events: tuple[Event, ...], spots: tuple[Spot, ...], marks: Marks) -> str:
    shown = {event.iri for spot in marks.spots for event in (*spot.events, *spot.towards)}
    disputed = sum(event.disputed for event in events)
    holding = sum(len(spot.holding) for spot in spots)
    whose = f"; {holding:,} {'fact' if holding == 1 else 'facts'} on whose the places are" if holding else ""
    return (
        f"{len(shown):,} of {len(events):,} events at {len(marks.spots):,} of {len(spots):,} places; "
        f"{disputed:,} of the events disputed{whose}. None is taken for the truth."
    )


def _foot(written: list[tuple[str, str]], y: float) -> tuple[list[str], float]:
    """Return legend and lists from y on, and the y where they end; a list has a bold head."""
    parts = [line(_EDGE, y - 20, WIDTH - 28, y - 20, stroke=INK, stroke_width=1.2)]
    for row in legend_marks():
        parts.append(samples(row, _EDGE, y))
        y += 28
    y -= 8
    for head, body in written:
        if head:
            y += 20
            parts.append(text(head, _EDGE, y, 12.5, font_weight="bold"))
        for words in wrapped(body, _NOTE, WIDTH - _EDGE - 28, most=60):
            y += 17
            parts.append(text(words, _EDGE, y, _NOTE, fill=INK))
    return parts, y + 26
