"""The timeline figure: when events are to have been, a row for each, or counted where there are many.

It takes a view and gives one SVG document. Times of one event by several accounts
stand under each other; none is averaged, none is dropped without a count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.pictures import svg
from kg.pictures.axis import Axis, framed, is_bound, zone_named
from kg.pictures.bars import BAR, held_bar
from kg.pictures.events import events_of
from kg.pictures.grid import grid
from kg.pictures.grid import words as axis_words
from kg.pictures.histogram import histogram
from kg.pictures.legend import held_samples, samples
from kg.pictures.phrases import held_words
from kg.pictures.svg import GREY, INK, RULE, element, line, text
from kg.pictures.text import clean, escaped, shortened, width, wrapped

if TYPE_CHECKING:
    from kg.pictures.events import Event
    from kg.view import View

WIDTH = 1200.0
ROWS = 60
"""With more events than this the figure counts them instead of naming each."""
_EDGE = 28.0
_ROOM = 330.0
_PLOT = 384.0
_TOP = 148.0
_STEP = 28.0
_SHARE = 0.8
"""How much of all bounds lies in the frame at least: a lone date years away would squeeze all others."""
_MOST_TIMES = 4
_MOST_PLACES = 4
_COLOUR = "#33475b"


@dataclass(frozen=True)
class _Row:
    event: Event
    label: list[str]
    told: list[str]
    top: float
    height: float


def timeline(view: View, *, zone: str, title: str = "", events: tuple[Event, ...] | None = None) -> str:
    """Return the figure as an SVG 1.1 document, 1200 px wide.

    Times are local to ``zone`` (an IANA name), with UTC beside them; bars include
    their begin and exclude their end. Up to 60 events have a row each, more are
    counted by stretches of time. ``events`` are those of the view, if they are known
    already. Raises UsageError for an unknown zone.
    """
    events = events_of(view) if events is None else events
    heading = clean(title or view.title) or "Timeline"
    if len(events) > ROWS:
        return histogram(view, events, zone_named(zone), heading)
    bounds = sorted(b for event in events for when in event.times for b in when.held.bounds if is_bound(b))
    axis = Axis(*framed(bounds, bounds, _SHARE), _PLOT, WIDTH - _EDGE - 16, zone_named(zone))
    rows = _rows(view, events)
    bottom = rows[-1].top + rows[-1].height if rows else _TOP + 40
    parts = [
        text(shortened(heading, 25, WIDTH - 2 * _EDGE), _EDGE, 44, 25, font_weight="bold"),
        text(summary(events), _EDGE, 68, 14.5, fill=GREY),
        grid(axis, _TOP, bottom, WIDTH),
        *(_row(row, axis) for row in rows),
        *_foot(events, axis, bottom + 30),
    ]
    return svg.document((WIDTH, round(bottom + 120)), heading, summary(events), parts)


def summary(events: tuple[Event, ...]) -> str:
    """Return how many events there are, how many of them are disputed, and how many have several times."""
    several = sum(len(event.times) > 1 for event in events)
    disputed = sum(event.disputed for event in events)
    noun = "event" if len(events) == 1 else "events"
    told = f"of {several} more than one time is told" if several else "of each one time is told"
    return f"{len(events)} {noun}, {disputed} disputed; {told}. None is taken for the truth."


def _rows(view: View, events: tuple[Event, ...]) -> list[_Row]:
    rows, y = [], _TOP
    for event in events:
        label = wrapped(event.label, 14, _ROOM, most=3)
        told = wrapped(_told(view, event), 11.5, _ROOM, most=3)
        words = 8 + 17 * len(label) + 15 * (len(told) + event.disputed) + 10
        height = max(words, 8 + _STEP * min(_MOST_TIMES, len(event.times)) + 6)
        rows.append(_Row(event, label, told, y, height))
        y += height
    return rows


def _told(view: View, event: Event) -> str:
    """Return the places and the number of claims; of more times than are drawn, how many are left."""
    places = list(dict.fromkeys(view.label(place) for _, place in event.places))
    named = ", ".join(places[:_MOST_PLACES]) or "no place told"
    further = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
    claims = f"{len(event.claims)} claim" if len(event.claims) == 1 else f"{len(event.claims)} claims"
    left = len(event.times) - _MOST_TIMES
    return f"{named}{further}; {claims}" + (f"; {left} more times, not drawn" if left > 0 else "")


def _row(row: _Row, axis: Axis) -> str:
    y = row.top + 8
    parts = [element("title", escaped(shortened(row.event.label, 16, 4000)) or " ")]
    parts.append(line(_EDGE, row.top, axis.right, row.top, stroke=RULE))
    for words in row.label:
        y += 17
        parts.append(text(words, _EDGE, y - 4, 14, font_weight="bold"))
    for words in row.told:
        y += 15
        parts.append(text(words, _EDGE, y - 4, 11.5, fill=GREY))
    if row.event.disputed:
        parts.append(svg.disputed(_EDGE, y + 11, 12))
    for number, when in enumerate(row.event.times[:_MOST_TIMES]):
        top = row.top + 7 + number * _STEP
        denied = when.stance == "denies"
        bar, left = held_bar(when.held, top, _COLOUR, axis, denied=denied)
        words = held_words(when.stance, when.held, axis) + _by(len(when.claims))
        words = shortened(words, 11.5, axis.right - axis.left)
        start = max(axis.left, min(left, axis.right - width(words, 11.5)))
        parts += [bar, text(words, start, top + BAR + 11.5, 11.5, fill="#404040", **svg.HALO)]
    return element("g", "".join(parts), class_="event", data_event=row.event.iri)


def _by(claims: int) -> str:
    return f" ({claims} claims)" if claims > 1 else ""


def _foot(events: tuple[Event, ...], axis: Axis, y: float) -> list[str]:
    outside = sum(is_outside(event, axis) for event in events)
    undated = sum(is_undated(event) for event in events)
    note = (
        f"{axis_words(axis)} A bar includes its begin, not its end. "
        f"Wholly outside of the frame: {outside}. Without any date: {undated}."
    )
    return [
        line(_EDGE, y - 26, WIDTH - _EDGE, y - 26, stroke=INK, stroke_width=1.2),
        samples(held_samples(), _EDGE, y),
        text(note, _EDGE, y + 34, 12, fill=GREY),
        text(
            "Several bars of one event are several accounts of its time. The diamond marks what somebody denies.",
            _EDGE,
            y + 54,
            12,
            fill=GREY,
        ),
    ]


def is_outside(event: Event, axis: Axis) -> bool:
    """Return whether no time of an event reaches into the frame, though it has one."""
    times = [when.held for when in event.times]
    return all(axis.before(held.end_latest) or axis.after(held.begin_earliest) for held in times)


def is_undated(event: Event) -> bool:
    """Return whether no account gives a date for an event."""
    return not any(is_bound(bound) for when in event.times for bound in when.held.bounds)
