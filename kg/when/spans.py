"""From what is written to instants: the calendar days a stamp allows, and their bounds in UTC.

It does not parse (``kg.when.edtf`` does) and knows no modes or kinds of ends
(``kg.when.reading`` does).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kg.errors import BeyondUsError, TimeError
from kg.when.model import BEGINNING, FOREVER, Precision
from kg.when.stamps import SEASONS
from kg.when.zones import (
    EAST_MOST,
    WEST_MOST,
    checked_instant,
    day_start,
    instant_of,
    read_offset,
    read_zone,
    require_zone,
)

if TYPE_CHECKING:
    from kg.when.stamps import Day, Duration, Stamp

_MONTHS = {
    Precision.MONTH: 1,
    Precision.SEASON: 3,
    Precision.YEAR: 12,
    Precision.DECADE: 120,
    Precision.CENTURY: 1200,
    Precision.MILLENNIUM: 12000,
}
_SECONDS = {Precision.SECOND: 1, Precision.MINUTE: 60, Precision.HOUR: 3600}


@dataclass(frozen=True, slots=True)
class Span:
    """Where a unit may lie, in UTC: earliest and latest start, earliest and latest stop.

    A stop is the first instant after the unit. ``is_clock`` says that the unit
    is a time of day, which as the end of an interval is the instant it starts.
    """

    start_earliest: datetime
    start_latest: datetime
    stop_earliest: datetime
    stop_latest: datetime
    is_clock: bool = False


def span_of(stamp: Stamp, first: Day, last: Day, notation: str, zone: str | None) -> Span:
    """Return where a stamp lies whose unit is one of those from first to last.

    Marks move the earliest bounds back and the latest on. Raises BeyondUsError
    for years outside 1700 to 2199, NaiveTimeError without a zone, TimeError for
    zones that contradict each other or local times that a clock change skips or repeats.
    """
    last_year = FOREVER.year if stamp.clock else FOREVER.year - 1  # FOREVER itself can be written
    for year in (first[0], last[0]):
        if not BEGINNING.year <= year <= last_year:
            raise BeyondUsError(f"{notation!r} reaches years outside 1700 to 2199", mend="the graph covers those")
    name = zone_of(stamp, notation, zone)
    for day in (first, last):
        _check(stamp, day, name)
    return Span(
        _placed(stamp, first, name, stop=False, side=-1),
        _placed(stamp, last, name, stop=False, side=1),
        _placed(stamp, first, name, stop=True, side=-1),
        _placed(stamp, last, name, stop=True, side=1),
        is_clock=bool(stamp.clock),
    )


def zone_of(stamp: Stamp, notation: str, zone: str | None) -> str:
    """Return the name of the zone a stamp is read in; its own and the one given must agree."""
    for name in (stamp.zone, zone):
        if name is not None:
            read_zone(name)
    if stamp.zone and zone and stamp.zone != zone:
        raise TimeError(f"{notation!r} names {stamp.zone!r}, but the zone given is {zone!r}", mend="give one zone")
    return require_zone(notation, stamp.zone or zone or stamp.offset)


def moved(day: datetime, unit: Precision, count: int) -> datetime:
    """Return a local day or time moved by count units; a day missing in the month reached is its last."""
    if unit in _SECONDS:
        return day + timedelta(seconds=count * _SECONDS[unit])
    if unit is Precision.DAY:
        return day + timedelta(days=count)
    months = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
    year, month = months // 12, months % 12 + 1
    if not 1 <= year <= 9999:  # noqa: PLR2004 - the years that datetime has
        raise BeyondUsError("a mark or duration reaches years outside 1700 to 2199", mend="write both ends")
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def shifted(moment: datetime, length: Duration, name: str, *, back: bool = False) -> datetime:
    """Return the UTC instant a duration after (or before) another: days by the zone's calendar, hours by the clock."""
    sign = -1 if back else 1
    years, months, weeks, days, hours, minutes, seconds = (sign * count for count in length.counts)
    exact = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if not (years or months or weeks or days):
        return moment + exact
    zone = read_zone(name) or UTC
    local = moment.astimezone(zone).replace(tzinfo=None)
    local = moved(moved(local, Precision.MONTH, 12 * years + months), Precision.DAY, 7 * weeks + days)
    return day_start(local, zone) + exact


def _on_the_clock(stamp: Stamp, day: Day) -> datetime:
    """Return the naive local time of a stamp, which only ever goes on to a zone."""
    hour, minute, second = (*stamp.clock, 0, 0, 0)[:3]
    return datetime(*day, hour, minute, second)  # noqa: DTZ001 - what a clock shows, not yet an instant


def _placed(stamp: Stamp, day: Day, name: str, *, stop: bool, side: int) -> datetime:
    """Return the UTC instant at which the unit of that day starts or stops, moved by its marks."""
    local = _on_the_clock(stamp, day)
    after = timedelta(0)
    if stop and stamp.clock:
        after = timedelta(seconds=_SECONDS[stamp.unit])
    elif stop:
        local = _next(local, stamp)
    for unit, count in stamp.marks:
        if unit in _SECONDS:
            after += timedelta(seconds=side * count * _SECONDS[unit])
        else:
            local = moved(local, unit, side * count)
    return _in_zone(stamp, local, name, side) + after


def _next(local: datetime, stamp: Stamp) -> datetime:
    if stamp.is_season and stamp.month is not None:
        return moved(local, Precision.MONTH, SEASONS[int(stamp.month)][1])
    return moved(local, stamp.unit, 1)


def _in_zone(stamp: Stamp, local: datetime, name: str, side: int) -> datetime:
    zone = read_zone(stamp.offset or name)
    if zone is None:  # unknown: the bounds of every zone in use
        return local.replace(tzinfo=UTC) - (EAST_MOST if side < 0 else WEST_MOST)
    return day_start(local, zone)


def _check(stamp: Stamp, day: Day, name: str) -> None:
    """Raise TimeError if the offset contradicts the zone, or the clock time came twice or not at all."""
    local = _on_the_clock(stamp, day)
    zone = read_zone(name)
    if zone is None:
        return
    if stamp.offset is None:
        if stamp.clock:
            instant_of(local, zone)
    elif stamp.offset != "Z":  # Z beside a zone says nothing of its offset (RFC 9557, 3.4)
        checked_instant(local, read_offset(stamp.offset), zone, name)
