"""What holds of every time that can be written."""

from __future__ import annotations

import doctest
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.when.instants
import kg.when.reading
from kg.errors import TimeError
from kg.when import BEGINNING, FOREVER, Answer, EndKind, Interval, Mode, holds_at, instant, read, window, written

if TYPE_CHECKING:
    from types import ModuleType

ZONES = ["Asia/Yerevan", "Asia/Baku", "Europe/Moscow", "Asia/Tehran", "America/New_York", "Pacific/Apia", "UTC"]
zones = st.sampled_from(ZONES)
modes = st.sampled_from(Mode)
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 - limits
    lambda moment: moment.replace(microsecond=0)
)
marks = st.sampled_from(["", "~", "?", "%"])
stamps = st.one_of(
    st.dates(datetime(1920, 1, 1).date(), datetime(2030, 1, 1).date()).map(str),  # noqa: DTZ001 - limits
    st.builds("{:04}-{:02}".format, st.integers(1920, 2030), st.integers(1, 12)),
    st.builds("{:04}-{:02}".format, st.integers(1920, 2030), st.integers(21, 41)),
    st.builds("{:04}".format, st.integers(1920, 2030)),
    st.sampled_from(["199X", "20XX", "1999-XX", "1999-1X-0X", "2022-09-13T08:00", "2022-09-13T08"]),
)
sides = st.builds("{}{}".format, stamps, marks)
notations = st.one_of(
    sides,
    st.builds("{}/{}".format, sides | st.just("..") | st.just(""), sides | st.just("..") | st.just("")),
    st.builds("[{}]".format, stamps),
    st.builds("[{}..{}]/{}".format, stamps, stamps, sides | st.just("..")),
)


@given(notations, zones | st.just("unknown"), modes)
def test_what_is_read_has_bounds_in_order_in_utc_and_what_is_not_says_why(notation: str, zone: str, mode: Mode) -> None:
    refusal: TimeError | None = None
    try:
        interval = read(notation, zone=zone, mode=mode).interval
    except TimeError as error:
        refusal = error
    else:
        interval_is_sound(interval)
    assert refusal is None or (refusal.mend and notation in refusal.message)


def interval_is_sound(interval: Interval) -> None:
    b1, b2, e1, e2 = interval.bounds
    assert BEGINNING <= b1 <= b2 <= e2 <= FOREVER
    assert b1 <= e1 <= e2
    assert all(bound.tzinfo is UTC for bound in interval.bounds)


@given(notations, zones, moments)
def test_certain_throughout_is_possible_within_at_the_same_instant(notation: str, zone: str, t: datetime) -> None:
    try:
        lasting = read(notation, zone=zone, mode=Mode.THROUGHOUT).interval
    except TimeError:
        return
    passing = read(notation, zone=zone, mode=Mode.WITHIN).interval
    if holds_at(lasting, t) is not Answer.NO and not notation.startswith("["):
        assert holds_at(passing, t) is Answer.POSSIBLY


@given(stamps.filter(lambda stamp: stamp != "20XX"), zones, modes)  # marked, it reaches beyond 2200
def test_a_mark_never_narrows(stamp: str, zone: str, mode: Mode) -> None:
    ranges = [read(stamp + mark, zone=zone, mode=mode).interval for mark in ("", "~", "%")]
    assert ranges[2].begin_earliest <= ranges[1].begin_earliest <= ranges[0].begin_earliest
    assert ranges[0].end_latest <= ranges[1].end_latest <= ranges[2].end_latest


@given(stamps, zones, modes)
def test_an_unknown_zone_allows_for_every_zone(stamp: str, zone: str, mode: Mode) -> None:
    known, unknown = (read(stamp, zone=z, mode=mode).interval for z in (zone, "unknown"))
    if known.begin_earliest > instant("1930-01-01T00:00Z"):  # before, Apia and Moscow kept odd offsets, all within 14 h
        assert unknown.begin_earliest <= known.begin_earliest
        assert known.end_latest <= unknown.end_latest


@given(moments, zones)
def test_an_instant_is_the_same_in_every_zone_it_is_written_in(moment: datetime, zone: str) -> None:
    there = moment.astimezone(ZoneInfo(zone))
    offset = there.isoformat()[19:]
    if len(offset) > len("+04:00"):
        return  # local mean time, whose seconds no notation writes
    local = there.isoformat()[:19]
    assert instant(written(moment)) == instant(f"{local}{offset}", zone=zone) == instant(there) == moment
    ways = (f"{written(moment)}/..", f"{local}{offset}/..")
    begins = {read(way, zone=zone, mode=Mode.THROUGHOUT).interval.begin_latest for way in ways}
    assert begins == {moment}


@given(moments, moments)
def test_a_window_written_in_utc_reads_back(first: datetime, second: datetime) -> None:
    begin, end = min(first, second), max(first, second) + timedelta(seconds=1)
    assert window(f"{written(begin)}/{written(end)}") == (begin, end)
    interval = read(f"{written(begin)}/{written(end)}", mode=Mode.THROUGHOUT).interval
    assert interval.bounds == (begin, begin, end, end)


@given(st.dates(datetime(1993, 1, 1).date(), datetime(2025, 1, 1).date()), st.sampled_from(ZONES[:5]))  # noqa: DTZ001 - limits
def test_a_day_has_23_24_or_25_hours_and_meets_the_next(day: datetime, zone: str) -> None:
    today, tomorrow = (read(str(d), zone=zone, mode=Mode.THROUGHOUT).interval for d in (day, day + timedelta(days=1)))
    assert (today.end_latest - today.begin_earliest) / timedelta(hours=1) in {23, 24, 25}
    assert today.end_latest == tomorrow.begin_earliest


@given(st.text(alphabet="0129X-/.~?%T:Z+[]{},YSP ", max_size=24))
def test_any_text_is_read_or_refused_by_a_time_error(text: str) -> None:
    with suppress(TimeError):
        read(text, zone="UTC", mode=Mode.WITHIN)


@given(stamps, zones, st.sampled_from(EndKind), st.sampled_from(EndKind), modes)
def test_kinds_of_ends_are_kept_as_given_or_refused(
    stamp: str, zone: str, begin: EndKind, end: EndKind, mode: Mode
) -> None:
    said = Interval.around(instant("2031-01-01T00:00Z"))
    try:
        interval = read(stamp, zone=zone, mode=mode, begin=begin, end=end, said=said).interval
    except TimeError:
        assert {begin, end} <= {EndKind.OPEN, EndKind.UNKNOWN}
        return
    assert (interval.begin_kind, interval.end_kind) == (begin, end)


def test_the_public_names_are_sorted_and_there() -> None:
    names = kg.when.__all__
    assert all(hasattr(kg.when, name) for name in names)
    constants = [n for n in names if n.isupper()]
    classes = [n for n in names if n[0].isupper() and not n.isupper()]
    assert names == sorted(constants) + sorted(classes) + sorted(n for n in names if n.islower())


def test_the_mode_has_to_be_said() -> None:
    with pytest.raises(TypeError, match="mode"):
        read("2022", zone="UTC")  # type: ignore[call-arg] # the point


@pytest.mark.parametrize("module", [kg.when.reading, kg.when.instants])
def test_the_examples_in_the_documentation_run(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert (failed, tried > 0) == (0, True)
