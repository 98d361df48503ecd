"""What read() makes of a notation, a zone, a mode and kinds of ends."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

import pytest

from kg.errors import BeyondUsError, NaiveTimeError, TimeError
from kg.when import BEGINNING, FOREVER, EndKind, Interval, Mode, Precision, instant, read

YEREVAN = "Asia/Yerevan"
SAID = Interval.around(datetime(2022, 9, 14, 5, 0, tzinfo=UTC), precision=Precision.MINUTE)
MANY_YEARS = ("1700-01-01T00:00", "2200-01-01T00:00")


class Kinds(TypedDict, total=False):
    begin: EndKind
    end: EndKind


def bounds(notation: str, zone: str | None = "UTC", mode: Mode = Mode.THROUGHOUT, **kinds: Unpack[Kinds]) -> list[str]:
    """Return the four bounds to the minute."""
    interval = read(notation, zone=zone, mode=mode, **kinds).interval
    return [bound.isoformat()[:16] for bound in interval.bounds]


def exact(begin: str, end: str) -> list[str]:
    return [begin, begin, end, end]


@pytest.mark.parametrize(
    ("local", "zone", "utc"),
    [
        ("2022-09-13T00:05", YEREVAN, "2022-09-12T20:05"),
        ("2022-09-14T08:00", YEREVAN, "2022-09-14T04:00"),
        ("2022-09-13T09:00", "Europe/Moscow", "2022-09-13T06:00"),
        ("2013-07-01T12:00", "Europe/Moscow", "2013-07-01T08:00"),
        ("2011-07-01T12:00", YEREVAN, "2011-07-01T07:00"),
        ("2015-07-01T12:00", "Asia/Baku", "2015-07-01T07:00"),
        ("2016-07-01T12:00", "Asia/Baku", "2016-07-01T08:00"),
    ],
)
def test_a_local_time_is_the_instant_its_zone_had_then(local: str, zone: str, utc: str) -> None:
    assert bounds(local, zone)[0] == utc


def test_the_first_shells_fell_on_a_tuesday_in_yerevan_and_a_monday_in_utc() -> None:
    begin = read("2022-09-13T00:05", zone=YEREVAN, mode=Mode.THROUGHOUT).interval.begin_earliest
    assert begin.strftime("%A") == "Monday"
    assert begin.astimezone(ZoneInfo(YEREVAN)).strftime("%A") == "Tuesday"


@pytest.mark.parametrize(
    ("notation", "begin", "end"),
    [
        ("2022-09-13", "2022-09-13T00:00", "2022-09-14T00:00"),
        ("2022-09", "2022-09-01T00:00", "2022-10-01T00:00"),
        ("2022", "2022-01-01T00:00", "2023-01-01T00:00"),
        ("2022-09-13T08", "2022-09-13T08:00", "2022-09-13T09:00"),
        ("2022-09-13T08:00", "2022-09-13T08:00", "2022-09-13T08:01"),
        ("2022-21", "2022-03-01T00:00", "2022-06-01T00:00"),
        ("2022-24", "2022-12-01T00:00", "2023-03-01T00:00"),
        ("2022-29", "2022-09-01T00:00", "2022-12-01T00:00"),
        ("2022-34", "2022-04-01T00:00", "2022-07-01T00:00"),
        ("2022-41", "2022-07-01T00:00", "2023-01-01T00:00"),
        ("2022-09-13/2022-09-14", "2022-09-13T00:00", "2022-09-15T00:00"),
        ("2022-09-13/2022-10", "2022-09-13T00:00", "2022-11-01T00:00"),
        ("2022-09-13T18:00/2022-09-14T06:00", "2022-09-13T18:00", "2022-09-14T06:00"),
        ("2022-09-13/2022-09-13T12:00", "2022-09-13T00:00", "2022-09-13T12:00"),
        ("2022-09-13T01:00+04:00/2022-09-12T22:00Z", "2022-09-12T21:00", "2022-09-12T22:00"),
        ("2022-09-13T18:00/PT6H", "2022-09-13T18:00", "2022-09-14T00:00"),
        ("2022-01-31/P1M", "2022-01-31T00:00", "2022-02-28T00:00"),
        ("P3D/2022-09-13", "2022-09-11T00:00", "2022-09-14T00:00"),
    ],
)
def test_what_is_throughout_runs_from_the_first_unit_to_the_end_of_the_last(
    notation: str, begin: str, end: str
) -> None:
    zone = None if "+" in notation else "UTC"
    assert bounds(notation, zone) == exact(begin, end)


def test_an_interval_of_times_of_day_meets_the_one_that_goes_on() -> None:
    first = bounds("2022-09-13T06:00/2022-09-13T08:00")
    assert first[3] == bounds("2022-09-13T08:00/2022-09-13T09:00")[0]


def test_some_time_within_a_month_is_never_certain_and_spans_it() -> None:
    first, last = "2022-09-01T00:00", "2022-10-01T00:00"
    assert bounds("2022-09", mode=Mode.WITHIN) == [first, last, first, last]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("1994~", ["1993-01-01T00:00", "1995-01-01T00:00", "1994-01-01T00:00", "1996-01-01T00:00"]),
        ("1994%", ["1992-01-01T00:00", "1996-01-01T00:00", "1993-01-01T00:00", "1997-01-01T00:00"]),
        ("2020-10-~10/2020-11-10", ["2020-10-09T00:00", "2020-10-11T00:00", "2020-11-11T00:00", "2020-11-11T00:00"]),
        ("2020-10-10/2020-11?", ["2020-10-10T00:00", "2020-10-10T00:00", "2020-11-01T00:00", "2021-01-01T00:00"]),
        (
            "2022-09-13T08:00~/2022-09-14",
            ["2022-09-13T07:59", "2022-09-13T08:01", "2022-09-15T00:00", "2022-09-15T00:00"],
        ),
        ("199X", ["1990-01-01T00:00", "1999-01-01T00:00", "1991-01-01T00:00", "2000-01-01T00:00"]),
        ("2022-XX", ["2022-01-01T00:00", "2022-12-01T00:00", "2022-02-01T00:00", "2023-01-01T00:00"]),
        ("2004-06-XX/2004-07-03", ["2004-06-01T00:00", "2004-06-30T00:00", "2004-07-04T00:00", "2004-07-04T00:00"]),
        ("2004-06-XX/2004-06-10", ["2004-06-01T00:00", "2004-06-10T00:00", "2004-06-11T00:00", "2004-06-11T00:00"]),
        ("[2020-09-27]/[2020-11-10]", ["2020-09-27T00:00", "2020-09-28T00:00", "2020-11-10T00:00", "2020-11-11T00:00"]),
        ("[2020-09-27,2020-09-29]", ["2020-09-27T00:00", "2020-09-29T00:00", "2020-09-28T00:00", "2020-09-30T00:00"]),
        ("2022-09-13%/2022-09-13", ["2022-09-11T00:00", "2022-09-14T00:00", "2022-09-14T00:00", "2022-09-14T00:00"]),
    ],
)
def test_marks_unspecified_digits_and_sets_widen_the_end_they_stand_at(notation: str, expected: list[str]) -> None:
    assert bounds(notation) == expected


def test_a_set_of_times_bounds_a_begin_or_the_range_of_something_within() -> None:
    night = "[2022-09-12T18:00..2022-09-13T06:00]"
    first, last = "2022-09-12T14:00", "2022-09-13T02:00"
    assert bounds(f"{night}/..", YEREVAN) == [first, last, last, MANY_YEARS[1]]
    assert bounds(night, YEREVAN, Mode.WITHIN) == [first, last, first, last]


def test_an_unbounded_set_reaches_the_horizon() -> None:
    assert bounds("[..1760-12-03]", mode=Mode.WITHIN)[:2] == [MANY_YEARS[0], "1760-12-04T00:00"]
    assert bounds("[1760-12..]", mode=Mode.WITHIN)[:2] == ["1760-12-01T00:00", MANY_YEARS[1]]


def test_an_open_end_is_certain_until_it_was_said() -> None:
    reading = read("2022-09-14T08:00/..", zone=YEREVAN, mode=Mode.THROUGHOUT, said=SAID)
    assert reading.interval.end_earliest == SAID.begin_earliest
    assert (reading.interval.end_latest, reading.interval.end_kind) == (FOREVER, EndKind.OPEN)


def test_an_open_end_without_a_said_time_is_certain_for_no_instant() -> None:
    interval = read("2022-09-14T08:00/..", zone=YEREVAN, mode=Mode.THROUGHOUT).interval
    assert interval.end_earliest == interval.begin_latest


def test_an_open_end_said_before_it_begins_is_not_certain_before_its_begin() -> None:
    interval = read("2025/..", zone=YEREVAN, mode=Mode.THROUGHOUT, said=SAID).interval
    assert interval.end_earliest == interval.begin_latest == instant("2024-12-31T20:00Z")


@pytest.mark.parametrize(
    ("single", "kinds", "interval"),
    [
        ("2022-09-14T08:00", {"begin": EndKind.KNOWN, "end": EndKind.OPEN}, "2022-09-14T08:00/.."),
        ("2022", {"begin": EndKind.OPEN}, "../2022"),
        ("2022", {"begin": EndKind.UNKNOWN}, "/2022"),
        ("2022", {"end": EndKind.UNKNOWN}, "2022/"),
    ],
)
def test_a_single_time_with_an_open_end_reads_as_one_side(single: str, kinds: Kinds, interval: str) -> None:
    as_single = read(single, zone=YEREVAN, mode=Mode.THROUGHOUT, said=SAID, **kinds)
    assert as_single.interval == read(interval, zone=YEREVAN, mode=Mode.THROUGHOUT, said=SAID).interval


def test_a_last_sighting_is_certain_over_its_date_and_possible_after() -> None:
    assert bounds("2022-09-14", end=EndKind.SEEN) == ["2022-09-14T00:00"] * 2 + ["2022-09-15T00:00", MANY_YEARS[1]]


def test_a_first_sighting_may_have_begun_at_any_time_before() -> None:
    assert bounds("2022-09-14", begin=EndKind.SEEN)[:2] == [MANY_YEARS[0], "2022-09-14T00:00"]


def test_first_seen_and_still_so_is_certain_between_sighting_and_saying() -> None:
    kinds: Kinds = {"begin": EndKind.SEEN, "end": EndKind.OPEN}
    interval = read("2022-09-14T08:00", zone=YEREVAN, mode=Mode.THROUGHOUT, said=SAID, **kinds).interval
    assert interval.bounds == (BEGINNING, instant("2022-09-14T04:00Z"), SAID.begin_earliest, FOREVER)


def test_unknown_ends_lie_anywhere_on_their_side() -> None:
    assert bounds("/2022") == [MANY_YEARS[0], "2023-01-01T00:00", "2023-01-01T00:00", "2023-01-01T00:00"]
    assert bounds("2022/") == ["2022-01-01T00:00"] * 3 + [MANY_YEARS[1]]


def test_an_unknown_begin_with_an_open_end_held_when_said() -> None:
    interval = read("/..", mode=Mode.THROUGHOUT, said=SAID).interval
    assert interval.bounds == (BEGINNING, SAID.end_latest, SAID.begin_earliest, FOREVER)


@pytest.mark.parametrize(
    ("notation", "kinds"),
    [
        ("2022/..", {"end": EndKind.KNOWN}),
        ("../2022", {"begin": EndKind.SEEN}),
        ("2022/", {"end": EndKind.OPEN}),
        ("2022/2023", {"end": EndKind.OPEN}),
        ("2022/2023", {"begin": EndKind.UNKNOWN}),
        ("2022", {"begin": EndKind.UNKNOWN, "end": EndKind.OPEN}),
    ],
)
def test_kinds_that_the_notation_denies_are_refused(notation: str, kinds: Kinds) -> None:
    with pytest.raises(TimeError):
        bounds(notation, **kinds)


def test_an_unknown_zone_widens_to_every_zone_in_use() -> None:
    expected = ["2022-09-12T10:00", "2022-09-13T12:00", "2022-09-13T10:00", "2022-09-14T12:00"]
    assert bounds("2022-09-13", "unknown") == expected


@pytest.mark.parametrize(
    ("notation", "finest"),
    [
        ("2022-09-13T00:05:00", Precision.SECOND),
        ("2022-09-13T00:05", Precision.MINUTE),
        ("2022-09-13T00", Precision.HOUR),
        ("2022/2022-09-13", Precision.DAY),
        ("2022-09-XX", Precision.MONTH),
        ("2022-23", Precision.SEASON),
        ("2022-XX-XX", Precision.YEAR),
        ("199X", Precision.DECADE),
        ("19XX", Precision.CENTURY),
        ("[2022-09..2022-10-03]/..", Precision.DAY),
    ],
)
def test_the_precision_is_the_finest_unit_that_is_known(notation: str, finest: Precision) -> None:
    assert read(notation, zone="UTC", mode=Mode.WITHIN).interval.precision is finest


@pytest.mark.parametrize(
    "notation",
    ["2022-09-13", "2022-09-13T08:00", "2022", "2022/..", "[2022-09-13]/..", "2022-09-13T08:00Z/2022-09-14T08:00"],
)
def test_a_time_without_a_zone_is_refused(notation: str) -> None:
    with pytest.raises(NaiveTimeError, match="no time zone"):
        read(notation, mode=Mode.THROUGHOUT)


@pytest.mark.parametrize(
    ("zone", "mend"),
    [
        ("MSK", "Europe/Moscow"),
        ("EST", "America/New_York"),
        ("GMT+4", r"\+04:00"),
        ("Etc/GMT+4", r"\+04:00"),
        ("GMT", "write UTC"),
        ("Asia/Yerevann", "Asia/Yerevan"),
        ("asia/yerevan", "Asia/Yerevan"),
        ("Turkey", "IANA"),
        ("+25:00", "14:00"),
        ("-00:00", "14:00"),
        ("../../etc/passwd", "IANA"),
        ("", "IANA"),
    ],
)
def test_what_is_no_zone_is_refused_with_what_to_write(zone: str, mend: str) -> None:
    with pytest.raises(TimeError, match=mend):
        read("2022-09-13", zone=zone, mode=Mode.THROUGHOUT)


@pytest.mark.parametrize("notation", ["2022-09-13T09:00+05:00", "2011-07-01T09:00+04:00", "2022-09-13+03:00"])
def test_an_offset_that_contradicts_the_zone_is_refused(notation: str) -> None:
    with pytest.raises(TimeError, match="contradicts"):
        read(notation, zone=YEREVAN, mode=Mode.THROUGHOUT)


def test_two_different_zones_for_one_time_are_refused() -> None:
    with pytest.raises(TimeError, match="names"):
        read("2022-09-13T09:00[Asia/Yerevan]", zone="Europe/Moscow", mode=Mode.THROUGHOUT)


def test_each_side_may_name_its_own_zone() -> None:
    expected = exact("2022-09-13T05:00", "2022-09-13T06:00")
    assert bounds("2022-09-13T09:00[Asia/Yerevan]/2022-09-13T09:00[Europe/Moscow]", None) == expected


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Asia/Yerevan", "2011-03-27", 23),
        ("Asia/Yerevan", "2011-10-30", 25),
        ("Asia/Yerevan", "2022-03-27", 24),
        ("Asia/Baku", "2015-03-29", 23),
        ("Asia/Tehran", "2022-03-22", 23),
        ("Asia/Beirut", "2022-03-27", 23),
        ("America/Havana", "2022-11-06", 25),
    ],
)
def test_a_local_day_has_the_hours_its_clocks_gave_it(zone: str, day: str, hours: int) -> None:
    interval = read(day, zone=zone, mode=Mode.THROUGHOUT).interval
    assert (interval.end_latest - interval.begin_earliest).total_seconds() == hours * 3600


def test_a_day_that_clocks_skipped_is_refused() -> None:
    with pytest.raises(TimeError, match="never came"):
        read("2011-12-30", zone="Pacific/Apia", mode=Mode.THROUGHOUT)


@pytest.mark.parametrize(
    "notation",
    [
        "", "/", "2022-9-13", "13.09.2022", "20220913", "2022-02-30", "2022-13", "2022-W37", "2022-256",
        "2022-09-13T24:00", "2022-09-13T23:59:60", "2022-09-13T08:00:00.5", "2022-09-13T25:00", "2022-09-13 08:00",
        "2022-09T08:00", "2022-09+04:00", "2022-23-01", "2022/2021", "2022-09-13/2022-09",
        "2022-09-13T08:00/2022-09-13",
        "2022-09-13T08:00/2022-09-13T08:00", "2022/2023/2024", "?2022?", "2022??", "2022/P", "2022/P9999999D",
        "P1D/..", "P1D/P1D",
        "../P1D",
        "[2022..2021]", "[..]", "[]", "{2022", "{2022-13}", "2022-1X-32", "2022-09-13T08:00+04:60", "PT1H",
        "..", "tomorrow",
        "2022-09-13T08:00[EST]", "\u0662\u0660\u0662\u0662",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_and_not_called_beyond_us(notation: str) -> None:
    with pytest.raises(TimeError) as caught:
        read(notation, zone="UTC", mode=Mode.WITHIN)
    assert not isinstance(caught.value, BeyondUsError)
    assert caught.value.mend


@pytest.mark.parametrize(
    "notation",
    [
        "2022/P999999Y",
        "2022/P999999D",
        "0301",
        "-0500",
        "1699-12-31",
        "2200",
        "1700~",
        "Y17000",
        "Y17E3",
        "1950S2",
        "{1992,1994}",
        "XXXX-09",
    ],
)
def test_valid_edtf_that_is_not_read_is_refused_by_name(notation: str) -> None:
    with pytest.raises(BeyondUsError):
        read(notation, zone="UTC", mode=Mode.WITHIN)


def test_the_reading_keeps_what_was_written() -> None:
    reading = read("2022-09-14T08:00", zone=YEREVAN, mode=Mode.THROUGHOUT, words="as of 0800 local time")
    assert (reading.notation, reading.zone, reading.words) == ("2022-09-14T08:00", YEREVAN, "as of 0800 local time")
    assert read("2022-09-13T09:00+04:00", mode=Mode.THROUGHOUT).zone == "+04:00"
