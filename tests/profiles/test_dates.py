"""Dates for forms that know no interval: never narrower than the reading, in the calendar of the source."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.profiles.dates import dates_of, moment_of, original
from kg.when import EndKind, Interval, Mode, Precision, Reading, read

YEREVAN = "Asia/Yerevan"
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001 # made UTC at once
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("notation", "zone", "moment"),
    [
        ("2022-09-13", YEREVAN, "2022-09-13"),
        ("2022-09-13", "America/New_York", "2022-09-13"),
        ("2022-09", YEREVAN, "2022-09"),
        ("2022", YEREVAN, "2022"),
        ("2022-09-13T00:05", YEREVAN, "2022-09-12T20:05"),
        ("2022-09-13T09:00:30", "Europe/Moscow", "2022-09-13T06:00:30"),
        ("2022-09-13T09", "Europe/Moscow", "2022-09-13T06"),
        ("2022-09-13/2022-09-15", YEREVAN, "2022-09"),
        ("2022-09-30/2022-10-01", YEREVAN, "2022"),
        ("2022-12-31/2023-01-01", YEREVAN, ""),
        ("2022-09-13/..", YEREVAN, ""),
    ],
)
def test_a_moment_is_cut_to_what_all_of_the_reading_shares(notation: str, zone: str, moment: str) -> None:
    assert moment_of(read(notation, zone=zone, mode=Mode.WITHIN)) == moment


@pytest.mark.parametrize(
    ("notation", "dates"),
    [
        ("2022-09-13", {"date": "2022-09-13"}),
        ("2018-05-08/2022-09-13", {"startDate": "2018-05-08", "endDate": "2022-09-13"}),
        ("2018-05-08/..", {"startDate": "2018-05-08"}),
        ("/2022-09-13", {"endDate": "2022-09-13"}),
        ("2022-09-13T09:00/2022-09-13T20:00", {"startDate": "2022-09-13T05:00", "endDate": "2022-09-13T16:00"}),
    ],
)
def test_what_held_throughout_has_the_ends_that_are_known(notation: str, dates: dict[str, str]) -> None:
    assert dict(dates_of(read(notation, zone=YEREVAN, mode=Mode.THROUGHOUT))) == dates


def test_an_end_that_was_only_seen_is_no_date() -> None:
    seen = read("2018-05-08/2022-09-13", zone=YEREVAN, mode=Mode.THROUGHOUT, begin=EndKind.SEEN, end=EndKind.SEEN)
    assert list(dates_of(seen)) == []


def test_some_time_within_a_range_has_no_start_and_no_end() -> None:
    assert dict(dates_of(read("2022-09-13/2022-09-15", zone=YEREVAN, mode=Mode.WITHIN))) == {"date": "2022-09"}


def test_what_was_written_keeps_its_zone() -> None:
    assert original(read("2022-09-13", zone=YEREVAN, mode=Mode.WITHIN)) == "2022-09-13 [Asia/Yerevan]"


@given(
    first=MOMENTS,
    length=st.timedeltas(timedelta(seconds=1), timedelta(days=500)),
    precision=st.sampled_from(list(Precision)),
    zone=st.sampled_from([YEREVAN, "America/New_York", "UTC", "unknown"]),
)
def test_a_moment_covers_all_of_any_reading(
    first: datetime, length: timedelta, precision: Precision, zone: str
) -> None:
    last = (first + length).replace(microsecond=0)
    held = Interval(first, last, first, last, Mode.WITHIN, precision=precision)
    moment = moment_of(Reading(held, "made up", zone=zone))
    place = UTC if "T" in moment or zone == "unknown" else ZoneInfo(zone)
    for instant in (first, last - timedelta(seconds=1)):
        assert instant.astimezone(place).replace(tzinfo=None).isoformat().startswith(moment)
