"""The three answers: whether it holds at an instant, in a window or beside another, and was said by then.

It does not read times and does not say how two intervals lie (``kg.when.allen`` does).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kg.errors import TimeError
from kg.when.model import Answer, Interval, in_utc

if TYPE_CHECKING:
    from datetime import datetime

_SECOND = timedelta(seconds=1)


def holds_at(interval: Interval, t: datetime) -> Answer:
    """Return whether it holds at the instant t (aware; else NaiveTimeError).

    Certainly from the latest begin to the earliest end, possibly from the
    earliest begin to the latest end, ends excluded.
    """
    t = in_utc(t)
    if interval.begin_latest <= t < interval.end_earliest:
        return Answer.CERTAINLY
    return Answer.POSSIBLY if interval.begin_earliest <= t < interval.end_latest else Answer.NO


def holds_within(interval: Interval, begin: datetime, end: datetime) -> Answer:
    """Return whether it holds at some instant of the window from begin, until before end.

    Certainly if it does wherever its begin and end lie in their bounds: if
    the window meets the core, or covers the outer range, or catches every
    possible begin and end in between. Both modes follow one rule, since some
    time within is certain only when the window covers the range. Raises
    NaiveTimeError, and TimeError for a window that is empty or runs backwards.
    """
    begin, end = in_utc(begin), in_utc(end)
    if begin >= end:
        raise TimeError(f"the window {begin}/{end} is empty", mend="its begin must come before its end")
    # It is missed by the window only if it begins at or after end, or ends by begin.
    begins_in_time = interval.begin_latest < end or interval.end_latest <= end
    ends_in_time = interval.end_earliest > begin or interval.begin_earliest >= begin
    if begins_in_time and ends_in_time:
        return Answer.CERTAINLY
    touches = interval.begin_earliest < end and interval.end_latest > begin
    return Answer.POSSIBLY if touches else Answer.NO


def said_by(interval: Interval, t: datetime) -> Answer:
    """Return whether what was said in the interval was said by the instant t.

    Certainly if the interval is over at t, possibly if it may have begun
    before t. Raises NaiveTimeError for a t without a zone.
    """
    t = in_utc(t)
    if interval.end_latest <= t:
        return Answer.CERTAINLY
    return Answer.POSSIBLY if interval.begin_earliest < t else Answer.NO


def hold_together(a: Interval, b: Interval) -> Answer:
    """Return whether two intervals have an instant in common.

    Certainly if they do wherever their begins and ends lie in their bounds
    (whole seconds, a begin before its end); possibly if for some choice.
    Intervals that touch have none: an end is not included.
    """
    if max(a.begin_earliest, b.begin_earliest) >= min(a.end_latest, b.end_latest):
        return Answer.NO
    apart = _may_end_by_the_begin_of(a, b) or _may_end_by_the_begin_of(b, a)
    return Answer.POSSIBLY if apart else Answer.CERTAINLY


def _may_end_by_the_begin_of(a: Interval, b: Interval) -> bool:
    earliest_end = max(a.end_earliest, a.begin_earliest + _SECOND)
    latest_begin = min(b.begin_latest, b.end_latest - _SECOND)
    return earliest_end <= latest_begin
