"""Whether two times have an instant in common, against every placing of their ends and against Allen's relations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.when import Answer, Interval, Mode, Relation, hold_together, holds_within, relation

START = datetime(2022, 9, 13, tzinfo=UTC)
SIZE = 5
APART = {Relation.BEFORE, Relation.MEETS, Relation.MET_BY, Relation.AFTER}
"""Of Allen's relations, those without an instant in common: an end is not included."""


def at(second: int) -> datetime:
    return START + timedelta(seconds=second)


@st.composite
def throughout(draw: st.DrawFn) -> Interval:
    begins = sorted(draw(st.tuples(st.integers(0, SIZE), st.integers(0, SIZE))))
    ends = sorted(draw(st.tuples(st.integers(0, SIZE), st.integers(0, SIZE))))
    first, last = min(begins[0], ends[0]), max(begins[1], ends[1]) + 1
    return Interval(at(first), at(min(begins[1], last)), at(max(ends[0], first)), at(last))


@st.composite
def within(draw: st.DrawFn) -> Interval:
    low, length = draw(st.integers(0, SIZE)), draw(st.integers(1, SIZE))
    return Interval(at(low), at(low + length), at(low), at(low + length), Mode.WITHIN)


intervals = throughout() | within()


def placings(interval: Interval) -> list[tuple[int, int]]:
    b1, b2, e1, e2 = (int((bound - START).total_seconds()) for bound in interval.bounds)
    return [(b, e) for b in range(b1, b2 + 1) for e in range(e1, e2 + 1) if b < e]


def answer_of(cases: list[bool]) -> Answer:
    return Answer.CERTAINLY if all(cases) else Answer.POSSIBLY if any(cases) else Answer.NO


@given(intervals, intervals)
def test_they_hold_together_as_all_or_some_placings_of_their_ends_say(a: Interval, b: Interval) -> None:
    tried = [max(p, r) < min(q, s) for p, q in placings(a) for r, s in placings(b)]
    assert hold_together(a, b) is answer_of(tried)


@given(intervals, intervals)
def test_they_hold_together_unless_one_is_before_after_or_at_the_edge_of_the_other(a: Interval, b: Interval) -> None:
    possible = {name for name, answer in relation(a, b).items() if answer is not Answer.NO}
    assert hold_together(a, b) is answer_of([name not in APART for name in possible])


@given(intervals, intervals)
def test_which_of_the_two_comes_first_changes_nothing(a: Interval, b: Interval) -> None:
    assert hold_together(a, b) is hold_together(b, a)


@given(intervals)
def test_a_time_has_an_instant_in_common_with_itself_for_certain_only_if_no_placing_misses_another(a: Interval) -> None:
    assert hold_together(a, a) is not Answer.NO
    if a.begin_latest < a.end_earliest:
        assert hold_together(a, a) is Answer.CERTAINLY


@given(intervals, st.integers(0, SIZE), st.integers(1, SIZE))
def test_an_exact_time_is_a_window(a: Interval, begin: int, length: int) -> None:
    exact = Interval(at(begin), at(begin), at(begin + length), at(begin + length))
    assert hold_together(a, exact) is holds_within(a, at(begin), at(begin + length))


@pytest.mark.parametrize(("gap", "answer"), [(-1, Answer.CERTAINLY), (0, Answer.NO), (1, Answer.NO)])
def test_times_that_touch_have_no_instant_in_common(gap: int, answer: Answer) -> None:
    until_eight, from_eight = (Interval(at(b), at(b), at(e), at(e)) for b, e in ((0, 8), (8 + gap, 16)))
    assert hold_together(until_eight, from_eight) is answer
