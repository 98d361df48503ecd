"""Times as forms take them that know a date of some digits, and no interval: ISO 8601, cut short where it is vague.

A calendar date is that of the zone in which the source wrote; from the hour
down it is UTC. Whatever is written covers all that the reading leaves open.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from kg.when import BEGINNING, FOREVER, EndKind, Mode, Precision
from kg.when.zones import read_zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.when import Interval, Reading

_SECOND = timedelta(seconds=1)
_SHAPES: Final = {6: "%Y-%m-%dT%H:%M:%S", 5: "%Y-%m-%dT%H:%M", 4: "%Y-%m-%dT%H", 3: "%Y-%m-%d", 2: "%Y-%m", 1: "%Y"}
"""Of so many fields, the text."""
_DAY = 3
_FIELDS: Final = {
    Precision.SECOND: 6, Precision.MINUTE: 5, Precision.HOUR: 4, Precision.DAY_PART: 4, Precision.DAY: _DAY,
    Precision.MONTH: 2, Precision.SEASON: 2,
}  # fmt: skip
"""How many fields a time of a precision may have; a year or vaguer has one."""


def moment_of(reading: Reading) -> str:
    """Return the longest date or time that all of a reading lies in; an empty text if none does."""
    return _covering(reading.interval.begin_earliest, reading.interval.end_latest, reading)


def dates_of(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield ``startDate`` and ``endDate`` of what held throughout, as far as known, or the ``date`` it held within."""
    held = reading.interval
    if held.mode is Mode.WITHIN or _one_unit(held, reading):
        pairs = [("date", moment_of(reading))]
    else:
        begin = _covering(held.begin_earliest, held.begin_latest, reading) if held.begin_kind is EndKind.KNOWN else ""
        end = _end(held, reading) if held.end_kind is EndKind.KNOWN else ""
        pairs = [("startDate", begin), ("endDate", end)]
    yield from ((name, text) for name, text in pairs if text)


def original(reading: Reading) -> str:
    """Return a time as the source wrote it, with its zone: ``2022-09-13/.. [Asia/Yerevan]``."""
    return f"{reading.notation} [{reading.zone}]" if reading.zone else reading.notation


def _one_unit(held: Interval, reading: Reading) -> bool:
    """Return whether it held for one day, one hour and so on: what the source wrote as one date."""
    text = moment_of(reading)
    return len(text) == len(_text(held.begin_earliest, _fields(held))) and "/" not in reading.notation


def _end(held: Interval, reading: Reading) -> str:
    # Ends are exclusive: that of the 13th is the midnight after, and the date to write the 13th.
    back = _SECOND if _fields(held) <= _DAY else timedelta(0)
    if held.end_earliest == held.end_latest:
        return _covering(held.end_latest - back, held.end_latest - back, reading)
    return _covering(held.end_earliest, held.end_latest, reading)


def _fields(held: Interval) -> int:
    return _FIELDS.get(held.precision, 1)


def _covering(first: datetime, last: datetime, reading: Reading) -> str:
    """Return what the instants from first to before last have in common."""
    if first == BEGINNING or last == FOREVER:
        return ""
    final = max(first, last - _SECOND)
    most = _fields(reading.interval)
    shared = _shared(first.astimezone(UTC), final.astimezone(UTC), most)
    if shared > _DAY:
        return _text(first, shared)
    zone = (read_zone(reading.zone) if reading.zone else None) or UTC
    there, then = first.astimezone(zone), final.astimezone(zone)
    return _text(there, _shared(there, then, min(most, _DAY)))


def _shared(first: datetime, last: datetime, most: int) -> int:
    pairs = zip(first.timetuple()[:most], last.timetuple()[:most], strict=True)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), most)


def _text(moment: datetime, fields: int) -> str:
    return moment.strftime(_SHAPES[fields]) if fields else ""
