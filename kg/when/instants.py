"""Instants and windows that a user types: ``--at``, ``--as-known``, ``--during``.

What a source wrote is read by ``kg.when.reading``; here nothing may be vague.
"""

from __future__ import annotations

from datetime import datetime

from kg.errors import TimeError
from kg.when.edtf import parse
from kg.when.model import BEGINNING, FOREVER, in_utc
from kg.when.spans import Span, span_of
from kg.when.stamps import Open, Side, Stamp, first_day, last_day
from kg.when.zones import UNKNOWN_ZONE

_EXAMPLE = "2022-09-13T05:00Z, 2022-09-13T09:00+04:00 or 2022-09-13T09:00[Asia/Yerevan]"


def instant(value: str | datetime, *, zone: str | None = None) -> datetime:
    """Return the instant as an aware datetime in UTC.

    Reads an aware datetime, or a text: date and time of day to the minute or
    second with ``Z``, an offset, an RFC 9557 zone, or a local time with ``zone``.
    Raises NaiveTimeError without a zone, and TimeError for a day, marks, sets,
    fractions of a second, ``24:00`` (ISO 8601-1:2019 took it out), and local
    times that came twice or not at all when clocks changed.

    >>> instant("2022-09-13T00:05", zone="Asia/Yerevan").isoformat()
    '2022-09-12T20:05:00+00:00'
    """
    if isinstance(value, datetime):
        moment = in_utc(value)
    else:
        side, last = parse(value)
        if last is not None:
            raise TimeError(f"{value!r} is an interval, not an instant", mend=f"write {_EXAMPLE}")
        stamp = _exact(side, value, zone)
        if len(stamp.clock) < 2:  # noqa: PLR2004 - hour and minute
            unit = stamp.unit.value
            raise TimeError(
                f"{value!r} is a {unit}; a {unit} is not an instant", mend=f"add the time of day: {_EXAMPLE}"
            )
        moment = _span(stamp, value, zone).start_earliest
    if not BEGINNING <= moment <= FOREVER:
        raise TimeError(f"{value!r} lies outside 1700 to 2200", mend="the graph covers those years")
    return moment


def window(value: str, *, zone: str | None = None) -> tuple[datetime, datetime]:
    """Return begin (included) and end (not included) of a window, in UTC.

    Reads ``A/B`` of instants, of dates, months, seasons or years (B's whole unit is in the
    window), or one date, month or year. ``..`` stands for unbounded. The zone
    is in the text or given as ``zone``. Raises TimeError for single instants,
    marks, X, sets and windows that run backwards; NaiveTimeError without a zone.

    >>> [t.isoformat() for t in window("2022-09-13[Asia/Yerevan]")]
    ['2022-09-12T20:00:00+00:00', '2022-09-13T20:00:00+00:00']
    """
    first, last = parse(value)
    if last is None:
        stamp = _exact(first, value, zone)
        if stamp.clock:
            raise TimeError(f"{value!r} is an instant, not a window", mend="write two: A/B, or a date with a zone")
        span = _span(stamp, value, zone)
        begin, end = span.start_earliest, span.stop_latest
    else:
        begin = BEGINNING if isinstance(first, Open) else _span(_exact(first, value, zone), value, zone).start_earliest
        end = FOREVER if isinstance(last, Open) else _stop(_span(_exact(last, value, zone), value, zone))
    if begin >= end:
        raise TimeError(f"the window {value!r} is empty or runs backwards", mend="its begin must come before its end")
    return begin, end


def _exact(side: Side, value: str, zone: str | None) -> Stamp:
    """Return the stamp if nothing about it is vague."""
    if not isinstance(side, Stamp) or side.marks or "X" in side.text.partition("[")[0]:
        raise TimeError(f"{value!r} is vague", mend=f"write exact times: {_EXAMPLE}")
    if UNKNOWN_ZONE in (zone, side.zone):
        raise TimeError(f"{value!r} in an unknown zone is not one instant", mend="name a zone")
    return side


def _span(stamp: Stamp, value: str, zone: str | None) -> Span:
    return span_of(stamp, first_day(stamp, value), last_day(stamp, value), value, zone)


def _stop(span: Span) -> datetime:
    return span.start_earliest if span.is_clock else span.stop_latest
