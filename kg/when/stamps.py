"""What can be written as a time, and the calendar days that it allows.

Everything here is local and years have no limits: it knows no zones or instants
(``kg.when.spans`` does), and the letters of the notation are ``kg.when.edtf``'s.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from kg.errors import TimeError
from kg.when.model import Precision

if TYPE_CHECKING:
    from collections.abc import Iterator

Day = tuple[int, int, int]
"""Year (any, 0 is 1 BC), month and day of the first day of a unit."""

# First month and length in months. 21 to 24 "independent of location" are read as
# northern, since the whole graph lies there; winter is December and the two
# months after it, as in meteorology and as EDTF orders it (24 is the last).
SEASONS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3),
    29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    37: (1, 4), 38: (5, 4), 39: (9, 4),
    40: (1, 6), 41: (7, 6),
}  # fmt: skip
CLOCK_UNITS = {1: Precision.HOUR, 2: Precision.MINUTE, 3: Precision.SECOND}
_YEAR_UNITS = {4: Precision.YEAR, 3: Precision.DECADE, 2: Precision.CENTURY, 1: Precision.MILLENNIUM}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date or date-time as written: digits or X, marks, and zone if it bears one."""

    text: str
    year: str
    month: str | None = None
    day: str | None = None
    clock: tuple[int, ...] = ()
    offset: str | None = None
    zone: str | None = None
    marks: tuple[tuple[Precision, int], ...] = ()

    @property
    def unit(self) -> Precision:
        """Return the unit written last, whether its digits are known or X."""
        if self.clock:
            return CLOCK_UNITS[len(self.clock)]
        if self.day is not None:
            return Precision.DAY
        if self.month is None:
            return Precision.YEAR
        return Precision.SEASON if self.is_season else Precision.MONTH

    @property
    def precision(self) -> Precision:
        """Return the smallest unit whose digits are all known; for 199X the decade."""
        if self.clock:
            return self.unit
        if self.day is not None and "X" not in self.day:
            return Precision.DAY
        if self.month is not None and "X" not in self.month:
            return Precision.SEASON if self.is_season else Precision.MONTH
        digits = self.year.lstrip("-")
        return _YEAR_UNITS.get(digits.find("X") % 5, Precision.MILLENNIUM)  # find gives -1, so 4, when there is none

    @property
    def is_season(self) -> bool:
        """Return whether the month is one of the season codes 21 to 41."""
        return self.month is not None and self.month.isdigit() and int(self.month) in SEASONS


@dataclass(frozen=True, slots=True)
class OneOf:
    """A one-of set: ranges of stamps, where None is the open end of a range."""

    ranges: tuple[tuple[Stamp | None, Stamp | None], ...]


@dataclass(frozen=True, slots=True)
class Duration:
    """An ISO 8601-1 duration: years, months, weeks, days, hours, minutes, seconds."""

    text: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Beyond:
    """Valid EDTF that is not read here: the reason, and what to write instead."""

    reason: str
    mend: str


@dataclass(frozen=True, slots=True)
class Open:
    """An open end, written ``..``."""


@dataclass(frozen=True, slots=True)
class Blank:
    """An unknown end, written as nothing."""


Side = Stamp | OneOf | Duration | Beyond | Open | Blank


def days(stamp: Stamp, *, last_first: bool = False) -> Iterator[Day]:
    """Yield the first day of each unit that the digits and X of a stamp allow, in order."""
    years = _years(stamp.year)
    for year in reversed(years) if last_first else years:
        for month in _months(stamp, last_first=last_first):
            if stamp.day is None:
                yield year, month, 1
                continue
            length = monthrange(2000 + year % 400, month)[1]  # the calendar repeats after 400 years
            fitting = _fitting(stamp.day, 1, length)
            yield from ((year, month, day) for day in (reversed(fitting) if last_first else fitting))


def first_day(stamp: Stamp, notation: str, *, at_least: Day | None = None) -> Day:
    """Return the first day a stamp allows, not before at_least; raise TimeError if there is none."""
    for day in days(stamp):
        if at_least is None or day >= at_least:
            return day
    raise _no_day(stamp, notation)


def last_day(stamp: Stamp, notation: str, *, at_most: Day | None = None) -> Day:
    """Return the last day a stamp allows, not after at_most; raise TimeError if there is none."""
    for day in days(stamp, last_first=True):
        if at_most is None or day <= at_most:
            return day
    raise _no_day(stamp, notation)


def _years(pattern: str) -> list[int]:
    sign = -1 if pattern.startswith("-") else 1
    digits = pattern.lstrip("-")
    found = product(*(range(10) if d == "X" else (int(d),) for d in digits))
    return sorted(sign * (a * 1000 + b * 100 + c * 10 + d) for a, b, c, d in found)


def _months(stamp: Stamp, *, last_first: bool) -> tuple[int, ...]:
    if stamp.month is None:
        return (1,)
    if stamp.is_season:
        return (SEASONS[int(stamp.month)][0],)
    fitting = _fitting(stamp.month, 1, 12)
    return fitting[::-1] if last_first else fitting


@cache
def _fitting(pattern: str, low: int, high: int) -> tuple[int, ...]:
    """Return the numbers from low to high whose two digits fit a pattern such as X1."""
    return tuple(
        n
        for n in range(low, high + 1)
        if all(written in ("X", digit) for written, digit in zip(pattern, f"{n:02}", strict=True))
    )


def _no_day(stamp: Stamp, notation: str) -> TimeError:
    where = "" if stamp.text == notation else f" in {notation!r}"
    return TimeError(
        f"no day fits {stamp.text!r}{where}", mend="check month and day against the calendar, and begin against end"
    )
