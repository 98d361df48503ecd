"""The two ends of what is written: between which instants each lies.

It does not parse, and leaves modes, seen ends and what ``said`` adds to
``kg.when.reading``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import TimeError
from kg.when.model import BEGINNING, FOREVER
from kg.when.spans import Span, shifted, span_of, zone_of
from kg.when.stamps import Blank, Duration, OneOf, Open, Side, Stamp, first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from kg.when.stamps import Day


@dataclass(frozen=True, slots=True)
class End:
    """Between which two UTC instants an end lies."""

    earliest: datetime
    latest: datetime


_ANYWHERE = End(BEGINNING, FOREVER)


def single_ends(side: Side, notation: str, zone: str | None) -> tuple[End, End]:
    """Return begin and end of a single time: one of the units that it allows."""
    if isinstance(side, OneOf):
        return _ends_of_set(side, notation, zone)
    if not isinstance(side, Stamp):
        raise TimeError(f"{notation!r} is no time by itself", mend="write a date")
    span = _whole(side, notation, zone)
    if span.start_earliest >= span.stop_latest:
        raise TimeError(f"{notation!r} never came in {zone!r}", mend="its clocks skipped that day: ask the source")
    return End(span.start_earliest, span.start_latest), End(span.stop_earliest, span.stop_latest)


def interval_ends(first: Side, last: Side, notation: str, zone: str | None) -> tuple[End, End]:
    """Return begin and end of an interval; raise TimeError if it ends before it begins, or at once."""
    low, high = _in_order(first, last, notation)
    if isinstance(first, Duration):
        name = _zone_beside(last, notation, zone)
        stop = _stop(last, low, notation, zone)
        start = _counted(stop, first, name, back=True)
    elif isinstance(last, Duration):
        name = _zone_beside(first, notation, zone)
        start = _start(first, high, notation, zone)
        stop = _counted(start, last, name, back=False)
    else:
        start, stop = _start(first, high, notation, zone), _stop(last, low, notation, zone)
    if start.earliest >= stop.latest:
        mend = "swap the sides, or write one time alone"
        raise TimeError(f"{notation!r} ends before it begins, or when it begins", mend=mend)
    return start, stop


def _in_order(first: Side, last: Side, notation: str) -> tuple[Day | None, Day | None]:
    """Return the first day the begin allows and the last that the end allows, once in order.

    EDTF orders intervals by where their units start: ``2004-02-05/2004-02`` runs
    backwards. Sides with zones of their own are compared as instants, later.
    """
    if not isinstance(first, Stamp) or not isinstance(last, Stamp):
        return None, None
    if first.offset or first.zone or last.offset or last.zone:
        return None, None
    low, high = first_day(first, notation), last_day(last, notation)
    if (low, first.clock) > (high, last.clock or (0, 0, 0)[: len(first.clock)]):
        mend = "write the end at least as finely as the begin, and after it"
        raise TimeError(f"the end of {notation!r} starts before its begin does", mend=mend)
    return low, high


def _start(side: Side, high: Day | None, notation: str, zone: str | None) -> End:
    if isinstance(side, Open):
        return End(BEGINNING, BEGINNING)
    if isinstance(side, Blank):
        return _ANYWHERE
    if isinstance(side, OneOf):
        return end_in_set(side, notation, zone)
    if not isinstance(side, Stamp):
        raise TimeError(f"{notation!r} has no begin", mend="write a date")
    span = span_of(side, first_day(side, notation), last_day(side, notation, at_most=high), notation, zone)
    return End(span.start_earliest, span.start_latest)


def _stop(side: Side, low: Day | None, notation: str, zone: str | None) -> End:
    if isinstance(side, Open | Blank):
        return _ANYWHERE
    if isinstance(side, OneOf):
        return end_in_set(side, notation, zone)
    if not isinstance(side, Stamp):
        raise TimeError(f"{notation!r} has no end", mend="write a date")
    span = span_of(side, first_day(side, notation, at_least=low), last_day(side, notation), notation, zone)
    if span.is_clock:  # the limit of an interval is an instant (ISO 8601-1), not a minute
        return End(span.start_earliest, span.start_latest)
    return End(span.stop_earliest, span.stop_latest)


def _counted(known: End, length: Duration, name: str, *, back: bool) -> End:
    """Return the end that lies a duration after the begin, or before the end."""
    return End(shifted(known.earliest, length, name, back=back), shifted(known.latest, length, name, back=back))


def _zone_beside(side: Side, notation: str, zone: str | None) -> str:
    if not isinstance(side, Stamp):
        raise TimeError(f"{notation!r} counts a duration from no date", mend="write a date on the other side")
    return zone_of(side, notation, zone)


def _ends_of_set(side: OneOf, notation: str, zone: str | None) -> tuple[End, End]:
    spans = list(_spans(side, notation, zone))
    firsts = [first for first, _ in spans if first]
    lasts = [last for _, last in spans if last]
    open_before, open_after = len(firsts) < len(spans), len(lasts) < len(spans)
    start = End(
        BEGINNING if open_before else min(span.start_earliest for span in firsts),
        FOREVER if open_after else max(span.start_latest for span in lasts),
    )
    stop = End(
        BEGINNING if open_before else min(span.stop_earliest for span in firsts),
        FOREVER if open_after else max(span.stop_latest for span in lasts),
    )
    return start, stop


def end_in_set(side: OneOf, notation: str, zone: str | None) -> End:
    """Return the range of a set, for an end or an event that lies at some instant of its members."""
    lows: list[datetime] = []
    highs: list[datetime] = []
    for (first, last), (low, high) in zip(_spans(side, notation, zone), side.ranges, strict=True):
        lows.append(first.start_earliest if first else BEGINNING)
        if last is None:
            highs.append(FOREVER)
        else:  # as the limit of a range a time of day is an instant; as a member it is its minute
            highs.append(last.start_latest if last.is_clock and low is not high else last.stop_latest)
    return End(min(lows), max(highs))


def _spans(side: OneOf, notation: str, zone: str | None) -> Iterator[tuple[Span | None, Span | None]]:
    for low, high in side.ranges:
        first, last = (_whole(stamp, notation, zone) if stamp else None for stamp in (low, high))
        if first and last and first.start_earliest > last.start_latest:
            raise TimeError(f"{notation!r} has a range that runs backwards", mend="swap its bounds")
        yield first, last


def _whole(stamp: Stamp, notation: str, zone: str | None) -> Span:
    return span_of(stamp, first_day(stamp, notation), last_day(stamp, notation), notation, zone)
