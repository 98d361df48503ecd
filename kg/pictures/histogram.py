"""Many events counted by stretches of time: how many certainly, possibly, disputed; and claims beside them.

It is the timeline figure where rows would not fit; it names no event.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from kg.pictures import svg
from kg.pictures.axis import Axis, first_bound, framed, is_bound, stretches
from kg.pictures.legend import samples
from kg.pictures.svg import DENIAL, GREY, INK, RULE, element, line, text
from kg.pictures.text import shortened, width
from kg.view import DENIES
from kg.when.holds import holds_within
from kg.when.model import FOREVER, Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from kg.pictures.events import Event
    from kg.view import View
    from kg.when.model import Interval

WIDTH = 1200.0
_EDGE = 28.0
_LEFT = 84.0
_PANEL = 230.0
_GAP = 96.0
_TOP = 130.0
_FULL, _PALE = "#33475b", "#cfd8e1"


@dataclass(frozen=True)
class _Bin:
    """A stretch of time with what is counted in it."""

    begin: datetime
    end: datetime
    certain: int
    possible: int
    disputed: int


def histogram(view: View, events: Sequence[Event], zone: ZoneInfo, heading: str) -> str:
    """Return the figure as an SVG document: events over claims, on one axis.

    An event counts in a stretch as certain if by some account it certainly
    went on at some time in it, else as possible if it may have; a claim by when
    it was said. What lies outside of the frame and what has no date is counted
    beside it.
    """
    axis = _axis(events, zone)
    name, edges = stretches(axis)
    told = [(_dated(when.held for when in event.times if when.asserted), event.disputed) for event in events]
    said = [
        (_dated([claim.said]), claim.claim in view.denied_claims or claim.stance == DENIES) for claim in view.claims
    ]
    first, second = _bins(told, edges), _bins(said, edges)
    note = f"{len(events)} events and {len(view.claims)} claims by {name}. None is taken for the truth."
    y = _TOP + _PANEL + _GAP
    parts = [
        text(shortened(heading, 25, WIDTH - 2 * _EDGE), _EDGE, 44, 25, font_weight="bold"),
        text(note, _EDGE, 68, 14.5, fill=GREY),
        text(f"Events by {name} in which they are told to have been", _EDGE, _TOP - 22, 14, font_weight="bold"),
        _panel(first, axis, _TOP),
        text(f"Claims by {name} in which they were said", _EDGE, y - 22, 14, font_weight="bold"),
        _panel(second, axis, y),
        *_foot(events, told, said, axis, y + _PANEL + 84),
    ]
    return svg.document((WIDTH, y + _PANEL + 184), heading, note, parts)


def _axis(events: Sequence[Event], zone: ZoneInfo) -> Axis:
    """Return an axis from the first to the last of nearly all bounds: lone ones years away are counted outside."""
    bounds = sorted(b for event in events for when in event.times for b in when.held.bounds if is_bound(b))
    begin, end = framed(bounds, bounds, 0.9)
    inside = [bound for bound in bounds if begin <= bound <= end] or [begin, end]
    return Axis(inside[0], inside[-1] + timedelta(seconds=1), _LEFT, WIDTH - _EDGE - 10, zone)


def _dated(times: Iterable[Interval]) -> list[Interval]:
    return [held for held in times if first_bound(held) < FOREVER]


def _bins(counted: list[tuple[list[Interval], bool]], edges: list[datetime]) -> list[_Bin]:
    tallies = [[0, 0, 0] for _ in edges[1:]]
    for times, disputed in counted:
        for number, answer in _answers(times, edges).items():
            tallies[number][answer is Answer.POSSIBLY] += 1
            tallies[number][2] += disputed
    return [_Bin(*ends, *tally) for ends, tally in zip(pairwise(edges), tallies, strict=True)]


def _answers(times: list[Interval], edges: list[datetime]) -> dict[int, Answer]:
    """Return the stretches that some of the times reach into, by number, each with the surer answer."""
    found: dict[int, Answer] = {}
    for held in times:
        first = max(0, bisect_right(edges, held.begin_earliest) - 1)
        for number in range(first, min(len(edges) - 1, bisect_left(edges, held.end_latest))):
            if found.get(number) is not Answer.CERTAINLY:
                found[number] = holds_within(held, edges[number], edges[number + 1])
    return {number: answer for number, answer in found.items() if answer is not Answer.NO}


def _panel(bins: list[_Bin], axis: Axis, top: float) -> str:
    most = max((b.certain + b.possible for b in bins), default=0) or 1
    step = _round_step(most)
    high = step * ceil(most / step)
    base = top + _PANEL
    parts = []
    for value in range(0, high + 1, step):
        y = base - _PANEL * value / high
        parts.append(line(_LEFT, y, axis.right, y, stroke=RULE if value else INK))
        parts.append(text(f"{value:,}", _LEFT - 8, y + 4, 11.5, text_anchor="end", fill=GREY))
    parts += [_bar(b, axis, base, high) for b in bins]
    parts.append(_names(bins, axis, base))
    parts.append(text("disputed", _LEFT - 8, base + 32, 11, fill=DENIAL, text_anchor="end"))
    return "".join(parts)


def _round_step(most: int) -> int:
    """Return the step of a scale of five lines or so: 1, 2 or 5 times a power of ten."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if most / step <= 5:  # noqa: PLR2004 - lines on the scale
                return step
        size *= 10


def _bar(b: _Bin, axis: Axis, base: float, high: int) -> str:
    left, room = axis.x(b.begin) + 0.6, max(axis.x(b.end) - axis.x(b.begin) - 1.2, 0.8)
    full, pale = _PANEL * b.certain / high, _PANEL * b.possible / high
    parts = []
    if b.certain:
        parts.append(element("rect", x=left, y=base - full, width=room, height=full, fill=_FULL))
    if b.possible:
        look: dict[str, str | float] = {"fill": _PALE, "stroke": _FULL, "stroke_width": 0.6, "stroke_dasharray": "2 2"}
        parts.append(element("rect", x=left, y=base - full - pale, width=room, height=pale, **look))
    if b.disputed:
        words = f"{b.disputed:,}"
        size = 10.5 if width(words, 10.5) <= room + 1 else 8.5
        mark = svg.dispute(left + room / 2, base + 42) if width(words, size) > room + 4 else ""
        parts.append(mark or text(words, left + room / 2, base + 32, size, fill=DENIAL, text_anchor="middle"))
    told = f"{axis.day(b.begin)}: {b.certain} certainly, {b.possible} possibly, {b.disputed} disputed"
    return element("g", element("title", told) + "".join(parts), class_="bin") if parts else ""


def _names(bins: list[_Bin], axis: Axis, base: float) -> str:
    parts, free = [], 0.0
    for b in bins:
        words = axis.stretch_name(b.begin, b.end)
        x = axis.x(b.begin)
        if x >= free and x + width(words, 11) <= WIDTH - 4:
            free = x + width(words, 11) + 10
            parts.append(line(x, base, x, base + 5, stroke=INK) + text(words, x + 1, base + 17, 11))
    return "".join(parts)


def _foot(
    events: Sequence[Event], told: list[tuple[list[Interval], bool]], said: list[tuple[list[Interval], bool]],
    axis: Axis, y: float,
) -> list[str]:  # fmt: skip
    only_denied = sum(not any(when.asserted for when in event.times) for event in events)
    marks = [
        (30.0, element("rect", y=-5, width=30, height=11, fill=_FULL), "certainly, by some account"),
        (30.0, element("rect", y=-5, width=30, height=11, fill=_PALE, stroke=_FULL, stroke_dasharray="2 2"),
         "possibly"),
        (14.0, text("3", 2, 4.5, 11, fill=DENIAL), "so many of them disputed"),
    ]  # fmt: skip
    notes = [
        f"Local time in {axis.zone.key}. An event counts in each stretch that it reaches into.",
        f"Of {len(events)} events, wholly outside of the frame: {_outside(told, axis)}; ",
        f"without any date: {_undated(told) - only_denied}; that nobody asserts: {only_denied}. ",
        f"Claims said outside of the frame: {_outside(said, axis)}; at an unknown time: {_undated(said)}.",
    ]
    lines = [notes[0], "".join(notes[1:])]
    return [
        line(_EDGE, y - 26, WIDTH - _EDGE, y - 26, stroke=INK, stroke_width=1.2),
        samples(marks, _EDGE, y),
        *(text(words, _EDGE, y + 30 + 20 * n, 12, fill=GREY) for n, words in enumerate(lines)),
    ]


def _outside(counted: list[tuple[list[Interval], bool]], axis: Axis) -> int:
    return sum(
        bool(times) and all(axis.before(held.end_latest) or axis.after(held.begin_earliest) for held in times)
        for times, _ in counted
    )


def _undated(counted: list[tuple[list[Interval], bool]]) -> int:
    return sum(not times for times, _ in counted)
