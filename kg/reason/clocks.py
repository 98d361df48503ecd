"""Times of day that sources give without a day, and the clock and weekday of readings.

A time of day is written ``HH:MM`` or ``HH:MM/HH:MM`` with an IANA zone in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kg.errors import TimeError
from kg.when import Mode, Precision, in_utc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.when import Interval

_WRITTEN = re.compile(r"^(\d{2}:\d{2})(?:/(\d{2}:\d{2}))?\[([A-Za-z_+\-/0-9]+)\]$")
_OFFSET = re.compile(r"^[+-]\d{2}:\d{2}$")
_MINUTE, _SECOND = timedelta(minutes=1), timedelta(seconds=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TO_THE_MINUTE = (Precision.MINUTE, Precision.SECOND)


@dataclass(frozen=True, slots=True)
class Clock:
    """The begin of a reading by the clock of its zone, or an empty text, and the name of its weekday."""

    begin: str
    weekday: str


def clock_of(zone: str | None, held: Interval) -> Clock | None:
    """Return the clock and weekday on which a time begins in its zone, or None where that is no one day."""
    found = _zone(zone)
    if found is None:
        return None
    within = held.end_latest if held.mode is Mode.WITHIN else held.begin_latest + _SECOND
    first, last = held.begin_earliest.astimezone(found), (within - _SECOND).astimezone(found)
    if first.date() != last.date():
        return None
    exact = held.precision in _TO_THE_MINUTE and last - first < _MINUTE
    return Clock(first.isoformat() if exact else "", WEEKDAYS[first.weekday()])


def _zone(written: str | None) -> tzinfo | None:
    if written is None:
        return None
    if written == "Z":
        return UTC
    if _OFFSET.match(written):
        return datetime.fromisoformat(f"2000-01-01T00:00{written}").tzinfo
    try:
        return ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def windows(clock: str, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the times (UTC, half-open) at which a clock shows a time of day, from one instant to another.

    Raises TimeError for what is no time of day with a zone.
    """
    found = _WRITTEN.match(clock)
    if not found:
        raise TimeError(f"{clock!r} is no time of day", mend="write HH:MM[Zone] or HH:MM/HH:MM[Zone]")
    zone = ZoneInfo(found.group(3))
    begin = time.fromisoformat(found.group(1))
    end = time.fromisoformat(found.group(2)) if found.group(2) else None
    day = first.astimezone(zone).date()
    while day <= last.astimezone(zone).date():
        start = in_utc(datetime.combine(day, begin, zone))
        stop = in_utc(datetime.combine(day, end, zone)) if end else start + _MINUTE
        if start < last and stop > first:
            yield start, stop
        day += timedelta(days=1)
