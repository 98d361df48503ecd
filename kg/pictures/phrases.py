"""Intervals and stances in words, for the labels of figures and pages.

It reads no notation and compares nothing; ``kg.when`` does.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kg.pictures.axis import is_bound
from kg.when.model import EndKind, Mode

if TYPE_CHECKING:
    from datetime import datetime

    from kg.pictures.axis import Axis
    from kg.when.model import Interval

STANCES = {
    "asserts": "asserts",
    "denies": "denies",
    "doubts": "doubts",
    "callsFor": "calls for",
    "promises": "promises",
    "reports": "reports",
    "withdraws": "withdraws",
}
"""The verb of each stance, by local name."""

_HELD = {
    "denies": "denied: ",
    "doubts": "doubted: ",
    "callsFor": "called for: ",
    "promises": "promised: ",
    "withdraws": "withdrawn: ",
}
_MOMENT = timedelta(minutes=1)


def verb(stance: str) -> str:
    """Return the verb of a stance; one that is not listed speaks for itself."""
    return STANCES.get(stance, stance)


def held_words(stance: str, interval: Interval, axis: Axis) -> str:
    """Return the held phrase, led by a word where the stance does not assert it."""
    return _HELD.get(stance, "") + held_phrase(interval, axis)


def held_phrase(interval: Interval, axis: Axis) -> str:
    """Return when it is said to hold, in local words: ``from 13 Sep 00:05, still so when said``."""
    if interval.mode is Mode.WITHIN:
        return _within(interval.begin_earliest, interval.end_latest, axis)
    begin, end = _begin_words(interval, axis), _end_words(interval, axis)
    if begin.removeprefix("from ") == end.removeprefix("through "):
        return f"all of {end.removeprefix('through ')}" if end else "time not stated"
    return ", ".join(part for part in (begin or "start not stated", end) if part)


def said_phrase(interval: Interval, axis: Axis) -> str:
    """Return when it was said, in local words: ``13 Sep 10:00`` or ``some time 13 Sep 04:00 to 13 Sep 12:00``."""
    if interval.end_latest - interval.begin_earliest <= _MOMENT:
        return axis.moment(interval.begin_earliest)
    return _within(interval.begin_earliest, interval.end_latest, axis)


def _within(begin: datetime, end: datetime, axis: Axis) -> str:
    if not is_bound(begin) and not is_bound(end):
        return "time not stated"
    if not is_bound(begin):
        return f"some time before {_written(end, axis)}"
    if not is_bound(end):
        return f"some time from {_written(begin, axis)}"
    return f"at {axis.moment(begin)}" if end - begin <= _MOMENT else f"some time {_span(begin, end, axis)}"


def _span(begin: datetime, end: datetime, axis: Axis) -> str:
    if axis.is_midnight(begin) and axis.is_midnight(end):
        last = axis.day(end - _MOMENT)
        return f"on {last}" if last == axis.day(begin) else f"{axis.day(begin)} to {last}"
    if axis.day(begin) == axis.day(end):
        return f"{axis.moment(begin)} to {axis.moment(end).rpartition(' ')[2]}"
    return f"{axis.moment(begin)} to {axis.moment(end)}"


def _written(moment: datetime, axis: Axis) -> str:
    """Return the date alone for what lies outside the frame or begins a day, else date and time."""
    outside = axis.before(moment) or axis.after(moment)
    return axis.day(moment) if outside or axis.is_midnight(moment) else axis.moment(moment)


def _between(first: datetime, last: datetime, axis: Axis) -> str:
    """Return the day alone if that is all that is unsure, else both ends."""
    if axis.is_midnight(first) and axis.is_midnight(last):
        ends = axis.day(first), axis.day(last - _MOMENT)
        return ends[0] if ends[0] == ends[1] else f"between {ends[0]} and {ends[1]}"
    if axis.before(last) or axis.after(first):
        return (
            axis.day(first) if axis.day(first) == axis.day(last) else f"between {axis.day(first)} and {axis.day(last)}"
        )
    return f"between {axis.moment(first)} and {axis.moment(last)}"


def _begin_words(interval: Interval, axis: Axis) -> str:
    if is_bound(interval.begin_earliest) and interval.begin_earliest == interval.begin_latest:
        word = "seen from" if interval.begin_kind is EndKind.SEEN else "from"
        return f"{word} {_written(interval.begin_earliest, axis)}"
    if is_bound(interval.begin_earliest) and is_bound(interval.begin_latest):
        return f"from {_between(interval.begin_earliest, interval.begin_latest, axis)}"
    if is_bound(interval.begin_latest):
        return f"since before {_written(interval.begin_latest, axis)}"
    return f"not before {_written(interval.begin_earliest, axis)}" if is_bound(interval.begin_earliest) else ""


def _end_words(interval: Interval, axis: Axis) -> str:
    if interval.end_kind is EndKind.OPEN:
        return "still so when said"
    if is_bound(interval.end_earliest) and interval.end_earliest == interval.end_latest:
        if axis.is_midnight(interval.end_latest) and interval.end_kind is EndKind.KNOWN:
            return (
                f"through {axis.day(interval.end_latest - _MOMENT)}"  # a bound of midnight excludes the day it begins
            )
        word = "seen until" if interval.end_kind is EndKind.SEEN else "to"
        return f"{word} {_written(interval.end_latest, axis)}"
    if is_bound(interval.end_earliest) and is_bound(interval.end_latest):
        return f"to {_between(interval.end_earliest, interval.end_latest, axis)}"
    if is_bound(interval.end_latest):
        return f"over by {_written(interval.end_latest, axis)}"
    return "end not stated" if is_bound(interval.begin_latest) else ""
