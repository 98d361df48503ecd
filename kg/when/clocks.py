"""Times of day that sources give without a day, and what the clock of a zone shows.

A time of day is written ``HH:MM`` or ``HH:MM/HH:MM`` with an IANA zone in brackets.
It does not know which day is meant (claims about order may tell).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from kg.errors import TimeError
from kg.when.model import BEGINNING, FOREVER
from kg.when.zones import read_zone

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOCK = r"((?:[01]\d|2[0-3]):[0-5]\d)"
_WRITTEN = re.compile(rf"{_CLOCK}(?:/{_CLOCK})?\[([A-Za-z_+\-/0-9]+)\]", re.ASCII)
_SECOND, _MINUTE, _DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Clock:
    """An instant by the clock of a zone, with the offset of that day, and the name of its weekday."""

    time: str
    weekday: str


def clock_of(zone: str | None, moment: datetime) -> Clock | None:
    """Return what the clock of a zone shows at an instant, or None for an unbounded one and where no zone is known."""
    found = _zone(zone)
    if found is None or moment in {BEGINNING, FOREVER}:
        return None
    local = moment.astimezone(found)
    return Clock(local.isoformat(), WEEKDAYS[local.weekday()])


def _zone(written: str | None) -> tzinfo | None:
    try:
        return read_zone(written) if written else None
    except TimeError:
        return None


def windows(clock: str, first: datetime, last: datetime) -> Iterator[Window]:
    """Yield the times (UTC, half-open) at which a clock shows a time of day, from one instant to another.

    Where clocks were changed a time may have come twice that day, or not at all.
    A part of the day may go over midnight. Raises TimeError for what is no time
    of day with a zone.
    """
    begin, length, zone = time_of_day(clock)
    waiting: Window | None = None
    for start, stop in _shown(begin, length, zone, (first - _DAY, last + _DAY)):
        if waiting and waiting[1] == start:
            waiting = waiting[0], stop
            continue
        if waiting and waiting[0] < last and waiting[1] > first:
            yield waiting
        waiting = start, stop
    if waiting and waiting[0] < last and waiting[1] > first:
        yield waiting


def time_of_day(clock: str) -> tuple[time, timedelta, tzinfo]:
    """Return when a time of day begins, how long a clock shows it, and the zone.

    Raises TimeError for what is no time of day with a zone.
    """
    found = _WRITTEN.fullmatch(clock)
    zone = read_zone(found[3]) if found else None
    if not found or not zone or found[1] == found[2]:
        raise TimeError(f"{clock!r} is no time of day", mend="write HH:MM[Zone] or HH:MM/HH:MM[Zone]")
    begin = time.fromisoformat(found[1])
    if not found[2]:
        return begin, _MINUTE, zone
    end = time.fromisoformat(found[2])
    return begin, timedelta(hours=end.hour - begin.hour, minutes=end.minute - begin.minute) % _DAY, zone


def _shown(begin: time, length: timedelta, zone: tzinfo, span: Window) -> Iterator[Window]:
    """Yield the times within a span at which a clock shows a time of day, cut where clocks were changed."""
    for first, last, offset in _stretches(span, zone):
        day = (first + offset - length).date()
        while (start := datetime.combine(day, begin, UTC) - offset) < last:
            low, high = max(start, first), min(start + length, last)
            if low < high:
                yield low, high
            day += _DAY


def _stretches(span: Window, zone: tzinfo) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Yield the parts of a span through which the clocks of a zone stand at one offset from UTC."""
    start, last = span
    while start < last:
        offset, stop, step = _offset(start, zone), start, _DAY
        while stop < last and step:
            after = min(stop + step, last)
            if _offset(after, zone) == offset:
                stop = after
            else:  # they are changed meanwhile: nearer, down to the second
                step = step // 2 // _SECOND * _SECOND if step > _SECOND else timedelta()
        stop = min(stop + _SECOND, last)
        yield start, stop, offset
        start = stop


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
