"""What a user may type for --at, --as-known and --during."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kg.errors import NaiveTimeError, TimeError
from kg.when import BEGINNING, FOREVER, instant, window

FIVE = datetime(2022, 9, 13, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "zone"),
    [
        ("2022-09-13T05:00Z", None),
        ("2022-09-13T05:00:00Z", None),
        ("2022-09-13T09:00+04:00", None),
        ("2022-09-13T09:00[Asia/Yerevan]", None),
        ("2022-09-13T09:00+04:00[Asia/Yerevan]", None),
        ("2022-09-13T05:00Z[Asia/Yerevan]", None),
        ("2022-09-13T09:00", "Asia/Yerevan"),
        ("2022-09-13T08:00", "Europe/Moscow"),
        ("2022-09-13T05:00Z", "Asia/Yerevan"),
        (FIVE, None),
        (FIVE.astimezone(ZoneInfo("Asia/Yerevan")), None),
    ],
)
def test_one_instant_is_the_same_however_it_is_written(value: str | datetime, zone: str | None) -> None:
    found = instant(value, zone=zone)
    assert (found, found.tzinfo) == (FIVE, UTC)


@pytest.mark.parametrize("value", ["2022-09-13T05:00", datetime(2022, 9, 13, 5)])  # noqa: DTZ001 - the point
def test_an_instant_without_a_zone_is_refused(value: str | datetime) -> None:
    with pytest.raises(NaiveTimeError):
        instant(value)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("2022-09-13[Asia/Yerevan]", "a day is not an instant; add the time of day"),
        ("2022-09[Asia/Yerevan]", "a month is not an instant"),
        ("2022-09-13T05Z", "an? hour is not an instant"),
        ("2022-09-13T05:00:00.5Z", "whole seconds"),
        ("2022-09-13T24:00:00Z", "next day"),
        ("2022-09-13T05:00Z/2022-09-13T06:00Z", "an interval, not an instant"),
        ("2022-09-13T05:00Z~", "vague"),
        ("2022-09-1XT05:00Z", "vague"),
        ("[2022-09-13T05:00Z]", "vague"),
        ("2022-09-13T05:00[unknown]", "unknown zone"),
        ("now", "not a time"),
        (FIVE.replace(microsecond=1), "fraction"),
        (datetime.min.replace(tzinfo=ZoneInfo("Asia/Yerevan")), "no UTC instant"),
        (datetime(1500, 1, 1, tzinfo=UTC), "outside"),
    ],
)
def test_what_is_no_exact_instant_is_refused_with_a_reason(value: str | datetime, says: str) -> None:
    with pytest.raises(TimeError, match=says):
        instant(value)


def test_a_local_time_that_came_twice_names_both_offsets_and_is_settled_by_one() -> None:
    with pytest.raises(TimeError, match=r"twice.*\+05:00.*\+04:00"):
        instant("2011-10-30T02:30", zone="Asia/Yerevan")
    first = instant("2011-10-30T02:30+05:00", zone="Asia/Yerevan")
    assert instant("2011-10-30T02:30+04:00", zone="Asia/Yerevan") - first == timedelta(hours=1)


def test_a_local_time_that_never_came_names_both_offsets() -> None:
    with pytest.raises(TimeError, match=r"did not come.*\+04:00.*\+05:00"):
        instant("2011-03-27T02:30", zone="Asia/Yerevan")


@pytest.mark.parametrize(
    ("value", "zone", "begin", "end"),
    [
        ("2022-09-13T00:00Z/2022-09-14T00:00Z", None, "2022-09-13T00:00Z", "2022-09-14T00:00Z"),
        ("2022-09-13[Asia/Yerevan]", None, "2022-09-12T20:00Z", "2022-09-13T20:00Z"),
        ("2022-09[Asia/Yerevan]", None, "2022-08-31T20:00Z", "2022-09-30T20:00Z"),
        ("2022", "Asia/Yerevan", "2021-12-31T20:00Z", "2022-12-31T20:00Z"),
        ("2022-09-13/2022-09-15", "Asia/Yerevan", "2022-09-12T20:00Z", "2022-09-15T20:00Z"),
        ("2022-09-13/2022-09-13T08:00", "Asia/Yerevan", "2022-09-12T20:00Z", "2022-09-13T04:00Z"),
        ("1995-06-01Z", None, "1995-06-01T00:00Z", "1995-06-02T00:00Z"),
        ("1995-06-01+04:00", None, "1995-05-31T20:00Z", "1995-06-01T20:00Z"),
        ("../2022-09-13", "UTC", "1700-01-01T00:00Z", "2022-09-14T00:00Z"),
        ("../..", None, "1700-01-01T00:00Z", "2200-01-01T00:00Z"),
    ],
)
def test_a_window_runs_from_its_begin_to_before_its_end(value: str, zone: str | None, begin: str, end: str) -> None:
    assert window(value, zone=zone) == (instant(begin), instant(end))


@pytest.mark.parametrize(
    "value",
    [
        "2022-09-13T05:00Z",
        "2022-09-14Z/2022-09-13Z",
        "2022-09-13T05:00Z/2022-09-13T05:00Z",
        "2022-09-13Z~",
        "/2022-09-13Z",
        "[2022-09-13Z]",
        "2022-09-13[unknown]",
    ],
)
def test_what_is_no_exact_window_is_refused(value: str) -> None:
    with pytest.raises(TimeError):
        window(value)


@pytest.mark.parametrize("value", ["2022-09-13", "2022-09-13/2022-09-15", "2022-09-13Z/2022-09-15"])
def test_a_window_without_a_zone_is_refused(value: str) -> None:
    with pytest.raises(NaiveTimeError):
        window(value)


def test_the_horizon_itself_is_an_instant() -> None:
    assert instant("2200-01-01T00:00Z") == FOREVER
    assert instant("1700-01-01T00:00Z") == BEGINNING
