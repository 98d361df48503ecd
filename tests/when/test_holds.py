"""The three answers, against trying every choice of begin and end on a small domain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NaiveTimeError, TimeError
from kg.when import Answer, EndKind, Interval, Mode, holds_at, holds_within, instant, read, said_by

START = datetime(2020, 9, 27, tzinfo=UTC)
NAIVE = datetime(2020, 9, 27)  # noqa: DTZ001 - to be refused
SIZE = 7


def at(second: int) -> datetime:
    return START + timedelta(seconds=second)


def seconds(interval: Interval) -> tuple[int, int, int, int]:
    first, second, third, last = (int((bound - START).total_seconds()) for bound in interval.bounds)
    return first, second, third, last


@st.composite
def throughout(draw: st.DrawFn) -> Interval:
    b1, b2, e1, e2 = (draw(st.integers(0, SIZE)) for _ in range(4))
    b1, b2, e1, e2 = min(b1, b2), max(b1, b2), min(e1, e2), max(e1, e2)
    b1, e1, b2, e2 = min(b1, e1), max(b1, e1), min(b2, e2), max(b2, e2)
    return Interval(at(b1), at(b2), at(e1), at(e2 + 1))


@st.composite
def within(draw: st.DrawFn) -> Interval:
    low, length = draw(st.integers(0, SIZE)), draw(st.integers(1, SIZE))
    return Interval(at(low), at(low + length), at(low), at(low + length), Mode.WITHIN)


intervals = throughout() | within()


def placings(interval: Interval) -> list[tuple[int, int]]:
    b1, b2, e1, e2 = seconds(interval)
    return [(b, e) for b in range(b1, b2 + 1) for e in range(e1, e2 + 1) if b < e]


def answer_of(cases: list[bool]) -> Answer:
    return Answer.CERTAINLY if all(cases) else Answer.POSSIBLY if any(cases) else Answer.NO


@given(throughout(), st.integers(-1, SIZE + 2))
def test_it_holds_at_an_instant_as_all_or_some_placings_of_its_ends_say(interval: Interval, t: int) -> None:
    found = holds_at(interval, at(t))
    tried = answer_of([b <= t < e for b, e in placings(interval)])
    if found is not tried:
        # Bounds alone leave out that begin comes before end, so they may be less sure where the ends' bounds touch.
        b1, b2, e1, e2 = seconds(interval)
        assert (found, tried) == (Answer.POSSIBLY, Answer.CERTAINLY)
        assert b2 == e2 or b1 == e1


@given(intervals, st.integers(-1, SIZE + 2), st.integers(1, 2 * SIZE))
def test_it_holds_within_a_window_as_all_or_some_placings_of_its_ends_say(
    interval: Interval, begin: int, length: int
) -> None:
    tried = answer_of([b < begin + length and e > begin for b, e in placings(interval)])
    assert holds_within(interval, at(begin), at(begin + length)) is tried


@given(intervals, st.integers(-1, SIZE + 2), st.integers(1, 2 * SIZE))
def test_a_window_that_meets_the_core_or_covers_the_range_is_certain(
    interval: Interval, begin: int, length: int
) -> None:
    b1, b2, e1, e2 = seconds(interval)
    end = begin + length
    meets_core = b2 < e1 and b2 < end and e1 > begin
    if meets_core or (begin <= b1 and e2 <= end):
        assert holds_within(interval, at(begin), at(end)) is Answer.CERTAINLY


@given(within(), st.integers(-1, SIZE + 2), st.integers(1, 2 * SIZE))
def test_some_time_within_is_certain_only_in_a_window_that_covers_it(
    interval: Interval, begin: int, length: int
) -> None:
    low, high, _, _ = seconds(interval)
    certain = holds_within(interval, at(begin), at(begin + length)) is Answer.CERTAINLY
    assert certain == (begin <= low and high <= begin + length)


@given(within(), st.integers(-1, 2 * SIZE))
def test_some_time_within_is_never_certain_at_an_instant(interval: Interval, t: int) -> None:
    assert holds_at(interval, at(t)) is not Answer.CERTAINLY


@given(intervals, st.integers(0, SIZE), st.integers(0, SIZE), st.integers(1, SIZE))
def test_what_holds_at_an_instant_holds_in_each_window_around_it(
    interval: Interval, begin: int, offset: int, more: int
) -> None:
    order = [Answer.NO, Answer.POSSIBLY, Answer.CERTAINLY]
    there = holds_at(interval, at(begin + offset))
    around = holds_within(interval, at(begin), at(begin + offset + more))
    assert order.index(around) >= order.index(there)


@given(intervals, st.integers(-1, SIZE + 2))
def test_what_was_said_by_an_instant_stays_said(interval: Interval, t: int) -> None:
    order = [Answer.NO, Answer.POSSIBLY, Answer.CERTAINLY]
    assert order.index(said_by(interval, at(t))) <= order.index(said_by(interval, at(t + 1)))


def test_said_in_a_minute_is_certain_from_its_end() -> None:
    minute = read("2022-09-14T09:00", zone="Asia/Yerevan", mode=Mode.WITHIN).interval
    answers = [said_by(minute, instant(f"2022-09-14T{clock}Z")) for clock in ("05:00:00", "05:00:30", "05:01:00")]
    assert answers == [Answer.NO, Answer.POSSIBLY, Answer.CERTAINLY]


def test_an_open_end_is_certain_until_said_and_possible_after() -> None:
    said = Interval.around(instant("2022-09-14T05:00Z"))
    shelling = read("2022-09-14T08:00", zone="Asia/Yerevan", mode=Mode.THROUGHOUT, end=EndKind.OPEN, said=said).interval
    clocks = ("03:59", "04:00", "04:59", "05:00")
    answers = [holds_at(shelling, instant(f"2022-09-14T{clock}Z")) for clock in clocks]
    assert answers == [Answer.NO, Answer.CERTAINLY, Answer.CERTAINLY, Answer.POSSIBLY]


def test_monday_night_may_lie_on_either_side_of_the_first_reports() -> None:
    night = read("[2022-09-12T18:00..2022-09-13T06:00]/..", zone="Asia/Yerevan", mode=Mode.THROUGHOUT).interval
    assert holds_at(night, instant("2022-09-13T00:05", zone="Asia/Yerevan")) is Answer.POSSIBLY


def test_an_empty_window_is_refused() -> None:
    with pytest.raises(TimeError, match="empty"):
        holds_within(Interval.around(START), START, START)


def test_no_naive_datetime_passes_any_door() -> None:
    sound = Interval.around(START)
    doors = (
        lambda: holds_at(sound, NAIVE),
        lambda: holds_within(sound, NAIVE, START),
        lambda: holds_within(sound, START, NAIVE),
        lambda: said_by(sound, NAIVE),
        lambda: instant(NAIVE),
        lambda: instant(NAIVE, zone="Asia/Yerevan"),
        lambda: Interval(NAIVE, START, START, START),
        lambda: Interval.around(NAIVE),
    )
    for door in doors:
        with pytest.raises(NaiveTimeError):
            door()
