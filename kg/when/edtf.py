"""What a notation says, letter by letter: EDTF, with ISO 8601-1 times of day beside it.

The grammar is ISO 8601-2:2019 as the Library of Congress profiles it (EDTF
levels 0 to 2), wider in four places: a time of day may stop at the hour or the
minute, may stand in an interval and bear a mark, may end in an RFC 9557 zone,
and a date may bear an offset as in xsd:date. It knows no instants
(``kg.when.spans`` does): everything here is local, and years have no limits, so
that what is not EDTF is told from what is EDTF but beyond us.
"""

from __future__ import annotations

import re

from kg.errors import BeyondUsError, TimeError
from kg.when.model import Precision
from kg.when.stamps import CLOCK_UNITS, Beyond, Blank, Duration, OneOf, Open, Side, Stamp, first_day
from kg.when.zones import read_offset

WAYS = (
    "write EDTF such as 2022-09-13, 2022-09, 199X, 2022-09-13/2022-09-14, 2022-09-13/.., "
    "or ISO 8601 such as 2022-09-13T00:05"
)
WEIGHT = {"~": 1, "?": 1, "%": 2}
"""How many units a mark moves an end each way: our rule, ISO 8601-2 gives none."""

_DATE = (
    r"(?P<y1>[?~%])?(?P<year>-?[\dX]{4})(?P<y2>[?~%])?"
    r"(?:-(?P<m1>[?~%])?(?P<month>[\dX]{2})(?P<m2>[?~%])?"
    r"(?:-(?P<d1>[?~%])?(?P<day>[\dX]{2})(?P<d2>[?~%])?)?)?"
)
_CLOCK = r"(?:T(?P<clock>\d{2}(?::\d{2}(?::\d{2})?)?))?"
_STAMP = re.compile(
    _DATE + _CLOCK + r"(?P<offset>Z|[+-]\d{2}(?::\d{2})?)?(?P<t2>[?~%])?(?:\[!?(?P<zone>[A-Za-z0-9_+:/-]+)\])?",
    re.ASCII,
)
_LONG_YEAR = re.compile(r"Y-?[1-9]\d{4,}(S[1-9]\d*)?|Y-?[1-9]\d*E[1-9]\d*(S[1-9]\d*)?|-?\d{4}S[1-9]\d*", re.ASCII)
_DURATION = re.compile(
    r"P(?=.)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?",
    re.ASCII,
)
_SLASH = re.compile(r"/(?![^\[]*\])")  # not the slash in [Asia/Yerevan]
_UNITS = {"y": Precision.YEAR, "m": Precision.MONTH, "d": Precision.DAY}


def parse(notation: str) -> tuple[Side, Side | None]:
    """Return the two sides of an interval, or the single side and None.

    Raises TimeError for what is not EDTF in the sense of this module, and
    BeyondUsError for what is but is not read here.
    """
    if not isinstance(notation, str):
        raise TimeError(f"{notation!r} is not a text", mend=WAYS)
    sides = _SLASH.split(notation)
    if len(sides) > 2:  # noqa: PLR2004 - an interval has two sides
        raise TimeError(f"{notation!r} has more than two sides", mend=WAYS)
    if len(sides) == 1:
        single = _side(sides[0], notation, in_interval=False)
        if isinstance(single, Beyond):
            raise BeyondUsError(f"{notation!r} is EDTF but not read here: {single.reason}", mend=single.mend)
        return single, None
    first, last = (_side(side, notation, in_interval=True) for side in sides)
    if isinstance(first, Blank) and isinstance(last, Blank):
        raise TimeError(f"{notation!r} says nothing", mend="write .. for an open end and nothing for an unknown one")
    return first, last


def _side(text: str, notation: str, *, in_interval: bool) -> Side:
    blanks: dict[str, Side] = {"": Blank(), "..": Open()}
    if in_interval and text in blanks:
        return blanks[text]
    if in_interval and text.startswith("P"):
        return _duration(text, notation)
    if not in_interval and (_LONG_YEAR.fullmatch(text) or text.startswith("{")):
        return _beyond(text, notation)
    if text.startswith("[") and text.endswith("]"):
        return _one_of(text, notation)
    return _stamp(text, notation)


def _beyond(text: str, notation: str) -> Beyond:
    """Return why it is not read, once a set is known to be one."""
    if not text.startswith("{"):
        return Beyond("a year with Y, an exponent or significant digits", "write a range in years")
    if not text.endswith("}"):
        raise TimeError(f"{notation!r} has a set without its end", mend=WAYS)
    _one_of(text, notation)
    return Beyond("a set of all its members is several times", "write a claim for each")


def _duration(text: str, notation: str) -> Duration:
    match = _DURATION.fullmatch(text)
    if match is None:
        raise TimeError(f"{text!r} in {notation!r} is not a duration", mend="write PT6H, P3D, P1Y6M")
    return Duration(text, tuple(int(group or 0) for group in match.groups()))


def _one_of(text: str, notation: str) -> OneOf:
    ranges: list[tuple[Stamp | None, Stamp | None]] = []
    for member in re.split(", ?", text[1:-1]):  # drafts of EDTF wrote a space after the comma
        first, dots, last = member.partition("..")
        if not dots:
            stamp = _stamp(first, notation)
            ranges.append((stamp, stamp))
        elif first or last:
            ranges.append((_stamp(first, notation) if first else None, _stamp(last, notation) if last else None))
        else:
            raise TimeError(f"{notation!r} has a set without bounds", mend="write [1760-12..] or [..1760-12]")
    return OneOf(tuple(ranges))


def _stamp(text: str, notation: str) -> Stamp:
    match = _STAMP.fullmatch(text)
    if match is None:
        raise TimeError(_complaint(text, notation), mend=_way(text))
    if match["year"] == "-0000":
        raise TimeError(f"{notation!r} has the year -0000", mend="the year before 0001 is 0000")
    if match["offset"] and not match["clock"] and (match["day"] is None or match["offset"][1:].isdigit()):
        raise TimeError(f"{notation!r} has an offset after a month or year", mend="give the zone apart")
    if match["t2"] and not match["clock"] and not match["offset"]:
        raise TimeError(f"{notation!r} marks one part twice", mend="mark it once: ~ approximate, ? uncertain, % both")
    if match["clock"] and match["day"] is None:
        raise TimeError(f"{notation!r} has a time of day without a day", mend=WAYS)
    clock = tuple(int(part) for part in match["clock"].split(":")) if match["clock"] else ()
    _check_clock(clock, notation)
    if match["offset"]:
        read_offset(match["offset"])  # raises if no zone has it
    stamp = Stamp(
        text,
        match["year"],
        match["month"],
        match["day"],
        clock,
        match["offset"],
        match["zone"],
        _marks(match, notation),
    )
    if stamp.is_season and stamp.day is not None:
        raise TimeError(f"{notation!r} has a day in a season", mend=WAYS)
    first_day(stamp, notation)  # raises if the calendar has no such day
    return stamp


def _marks(match: re.Match[str], notation: str) -> tuple[tuple[Precision, int], ...]:
    """Return the unit that each mark stands at and its weight.

    A mark after a part qualifies it and all to its left, so the finest of them
    says how far; a mark before a part qualifies that part alone.
    """
    marks: list[tuple[Precision, int]] = []
    for part, unit in _UNITS.items():
        before, after = match[f"{part}1"], match[f"{part}2"]
        if before and after:
            raise TimeError(
                f"{notation!r} marks one part twice", mend="mark it once: ~ approximate, ? uncertain, % both"
            )
        if before or after:
            marks.append((_marked_unit(match, unit), WEIGHT[before or after]))
    if match["t2"]:
        clock = match["clock"]
        unit = CLOCK_UNITS[clock.count(":") + 1] if clock else Precision.DAY
        marks.append((unit, WEIGHT[match["t2"]]))
    return tuple(marks)


def _marked_unit(match: re.Match[str], unit: Precision) -> Precision:
    """Return the unit that a mark moves by: that of the part, or the next one known if it is X."""
    cut = {
        Precision.YEAR: Stamp("", match["year"]),
        Precision.MONTH: Stamp("", match["year"], match["month"]),
        Precision.DAY: Stamp("", match["year"], match["month"], match["day"]),
    }
    return cut[unit].precision


def _check_clock(clock: tuple[int, ...], notation: str) -> None:
    if clock and clock[0] == 24:  # noqa: PLR2004 - the hour that ISO 8601-1:2019 took out
        raise TimeError(f"{notation!r} has the hour 24", mend="write 00:00 of the next day (ISO 8601-1:2019)")
    if clock and clock[0] > 23:  # noqa: PLR2004 - hours of a day
        raise TimeError(f"{notation!r} has the hour {clock[0]}", mend="hours run from 00 to 23")
    if any(part > 59 for part in clock[1:]):  # noqa: PLR2004 - minutes of an hour, seconds of a minute
        raise TimeError(f"{notation!r} has a minute or second over 59", mend="leap seconds are not read: write :59")


def _complaint(text: str, notation: str) -> str:
    where = "" if text == notation else f" in {notation!r}"
    return f"{text!r}{where} is not a time"


def _way(text: str) -> str:
    if re.search(r":\d{2}[.,]\d", text):
        return "times here are whole seconds: leave the fraction out"
    if re.match(r"\d{4}-?W\d", text) or re.fullmatch(r"\d{4}-\d{3}", text):
        return "weeks and days of the year are not read: write the days, 2022-09-12/2022-09-18"
    if re.match(r"\d{8}(T|$)", text):
        return "write it with hyphens and colons: 2022-09-13T00:05"
    return WAYS
