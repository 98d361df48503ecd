"""Times of day without a day, and clocks and weekdays of instants, over changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import TimeError
from kg.when import BEGINNING, FOREVER, Clock, clock_of, instant, windows, written

MINUTE = timedelta(minutes=1)
# Brussels changes at 01:00Z, Yerevan changed at 22:00Z until 2011 and stays at +04:00 since.
CHANGES = [
    ("Europe/Brussels", "2022-03-27T01:00Z"),
    ("Europe/Brussels", "2022-10-30T01:00Z"),
    ("Asia/Yerevan", "2011-03-26T22:00Z"),
    ("Asia/Yerevan", "2011-10-29T22:00Z"),
    ("Asia/Yerevan", "2022-09-12T20:00Z"),
]


def told(clock: str, first: str, last: str) -> list[str]:
    found = windows(clock, instant(first), instant(last))
    return [f"{written(start)}/{written(stop)}" for start, stop in found]


def shows(moment: datetime, zone: str, begin: str, end: str) -> bool:
    """Return whether a clock shows a time of day in a part of the day, which may go over midnight."""
    shown = moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")
    return begin <= shown < end if begin < end else not end <= shown < begin


quarters = st.integers(0, 95).map(lambda number: f"{number // 4:02}:{number % 4 * 15:02}")


@given(st.sampled_from(CHANGES), quarters, quarters, st.integers(-30, 0), st.integers(1, 30))
def test_a_part_of_the_day_is_each_minute_at_which_the_clock_shows_it(
    change: tuple[str, str], begin: str, end: str, before: int, after: int
) -> None:
    if begin == end:
        return
    zone, changed = change
    first, last = (instant(changed) + timedelta(hours=hours) for hours in (before, after))
    found = list(windows(f"{begin}/{end}[{zone}]", first, last))
    for number in range(int((last - first) / MINUTE / 15)):
        moment = first + number * 15 * MINUTE
        assert any(start <= moment < stop for start, stop in found) == shows(moment, zone, begin, end)


@given(st.sampled_from(CHANGES), quarters, st.integers(-30, 0), st.integers(1, 30))
def test_a_time_of_day_is_each_of_its_minutes_whole(
    change: tuple[str, str], clock: str, before: int, after: int
) -> None:
    zone, changed = change
    first, last = (instant(changed) + timedelta(hours=hours) for hours in (before, after))
    found = list(windows(f"{clock}[{zone}]", first, last))
    minutes = [first + number * 15 * MINUTE for number in range(int((last - first) / MINUTE / 15))]
    expected = [(m, m + MINUTE) for m in minutes if m.astimezone(ZoneInfo(zone)).strftime("%H:%M") == clock]
    assert found == expected


@given(st.sampled_from(CHANGES), quarters, quarters, st.integers(-30, 0), st.integers(1, 30))
def test_windows_come_in_order_and_each_has_room_and_meets_the_range(
    change: tuple[str, str], begin: str, end: str, before: int, after: int
) -> None:
    if begin == end:
        return
    zone, changed = change
    first, last = (instant(changed) + timedelta(hours=hours) for hours in (before, after))
    found = list(windows(f"{begin}/{end}[{zone}]", first, last))
    assert found == sorted(found)
    assert all(start < stop and start < last and stop > first for start, stop in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))


def test_eight_in_yerevan_comes_once_a_day_at_four_utc() -> None:
    assert told("08:00[Asia/Yerevan]", "2022-09-12T20:00Z", "2022-09-14T20:00Z") == [
        "2022-09-13T04:00:00Z/2022-09-13T04:01:00Z",
        "2022-09-14T04:00:00Z/2022-09-14T04:01:00Z",
    ]


def test_before_2012_eight_in_yerevan_was_three_utc_in_summer() -> None:
    assert told("08:00[Asia/Yerevan]", "2011-07-01T00:00Z", "2011-07-02T00:00Z") == [
        "2011-07-01T03:00:00Z/2011-07-01T03:01:00Z"
    ]


def test_a_time_that_the_clock_skipped_never_came_that_day() -> None:
    assert told("02:30[Europe/Brussels]", "2022-03-26T12:00Z", "2022-03-27T12:00Z") == []
    assert told("02:30[Asia/Yerevan]", "2011-03-26T12:00Z", "2011-03-27T12:00Z") == []


def test_a_time_that_came_twice_is_two_windows() -> None:
    assert told("02:30[Europe/Brussels]", "2022-10-29T12:00Z", "2022-10-30T12:00Z") == [
        "2022-10-30T00:30:00Z/2022-10-30T00:31:00Z",
        "2022-10-30T01:30:00Z/2022-10-30T01:31:00Z",
    ]


def test_a_part_of_the_day_may_go_over_midnight() -> None:
    assert told("22:00/06:00[Asia/Yerevan]", "2022-09-12T12:00Z", "2022-09-13T12:00Z") == [
        "2022-09-12T18:00:00Z/2022-09-13T02:00:00Z"
    ]


def test_of_a_night_that_has_begun_before_the_range_the_rest_counts() -> None:
    assert told("22:00/06:00[Asia/Yerevan]", "2022-09-12T21:00Z", "2022-09-13T12:00Z") == [
        "2022-09-12T18:00:00Z/2022-09-13T02:00:00Z"
    ]


def test_what_ends_when_the_range_begins_is_not_in_it() -> None:
    assert told("08:00[UTC]", "2022-09-13T08:01Z", "2022-09-14T08:00Z") == []


@pytest.mark.parametrize(
    "clock",
    [
        "", "08:00", "[Asia/Yerevan]", "8:00[Asia/Yerevan]", "0800[Asia/Yerevan]", "08:00 [Asia/Yerevan]",
        "08:00[Asia/Yerevan]\n", "25:00[Asia/Yerevan]", "24:00[Asia/Yerevan]", "08:60[Asia/Yerevan]",
        "08:00/24:30[Asia/Yerevan]", "08:00/08:00[Asia/Yerevan]", "08:00/[Asia/Yerevan]", "08:00/09:00/10:00[UTC]",
        "\N{ARABIC-INDIC DIGIT ZERO}8:00[Asia/Yerevan]",
    ],
)  # fmt: skip
def test_what_is_no_time_of_day_is_refused(clock: str) -> None:
    with pytest.raises(TimeError) as refused:
        told(clock, "2022-09-13T00:00Z", "2022-09-14T00:00Z")
    assert repr(clock) in str(refused.value)


@pytest.mark.parametrize("zone", ["Asia/Jerevan", "Europe", "AMT", "GMT+4", "unknown", "Europe/brussels"])
def test_a_time_of_day_in_a_zone_that_nobody_knows_is_refused(zone: str) -> None:
    with pytest.raises(TimeError, match=zone.replace("+", r"\+")):
        told(f"08:00[{zone}]", "2022-09-13T00:00Z", "2022-09-14T00:00Z")


def test_five_past_midnight_of_the_thirteenth_is_a_tuesday_in_yerevan_and_a_monday_in_utc() -> None:
    moment = instant("2022-09-12T20:05Z")
    assert clock_of("Asia/Yerevan", moment) == Clock("2022-09-13T00:05:00+04:00", "Tuesday")
    assert clock_of("+04:00", moment) == Clock("2022-09-13T00:05:00+04:00", "Tuesday")
    assert clock_of("UTC", moment) == clock_of("Z", moment) == Clock("2022-09-12T20:05:00+00:00", "Monday")


@pytest.mark.parametrize(
    ("zone", "moment", "shown"),
    [
        ("Asia/Yerevan", "2011-07-01T03:00Z", "2011-07-01T08:00:00+05:00"),
        ("Asia/Yerevan", "2012-07-01T04:00Z", "2012-07-01T08:00:00+04:00"),
        ("Europe/Moscow", "2013-07-01T04:00Z", "2013-07-01T08:00:00+04:00"),
        ("Europe/Brussels", "2022-10-30T00:30Z", "2022-10-30T02:30:00+02:00"),
        ("Europe/Brussels", "2022-10-30T01:30Z", "2022-10-30T02:30:00+01:00"),
    ],
)
def test_a_clock_shows_the_offset_of_its_day(zone: str, moment: str, shown: str) -> None:
    found = clock_of(zone, instant(moment))
    assert found is not None
    assert found.time == shown


@pytest.mark.parametrize("zone", [None, "", "unknown", "Asia/Jerevan", "Europe", "../UTC", "+99:00"])
def test_where_the_zone_is_not_known_there_is_no_clock(zone: str | None) -> None:
    assert clock_of(zone, datetime(2022, 9, 13, tzinfo=UTC)) is None


def test_what_is_unbounded_has_no_weekday() -> None:
    assert clock_of("Asia/Yerevan", BEGINNING) is None
    assert clock_of("Asia/Yerevan", FOREVER) is None
