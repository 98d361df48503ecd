"""What a time is here: four instants, a mode, and the kinds of its two ends.

It does not read notations (``kg.when.notation`` does) and does not compare
(``kg.when.holds`` and ``kg.when.allen`` do).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from kg.errors import NaiveTimeError, TimeError

BEGINNING = datetime(1700, 1, 1, tzinfo=UTC)
"""Stands for an unbounded start (design section 4)."""
FOREVER = datetime(2200, 1, 1, tzinfo=UTC)
"""Stands for an unbounded end (design section 4)."""
_BOUNDS = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")


class Mode(StrEnum):
    """Whether the content held at every instant of the interval, or at some."""

    __hash__ = str.__hash__  # that of Enum is a call in Python, and times are looked up by the hundred thousand

    THROUGHOUT = "throughout"
    WITHIN = "someTimeWithin"


class EndKind(StrEnum):
    """What a bound of an interval is: the real end, a sighting, open or unknown."""

    __hash__ = str.__hash__

    KNOWN = "known"
    SEEN = "seen"
    OPEN = "open"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """The smallest unit in which the source gave the time."""

    __hash__ = str.__hash__

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY_PART = "dayPart"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MILLENNIUM = "millennium"


class Answer(StrEnum):
    """The three answers that every temporal question has."""

    CERTAINLY = "certainly"
    POSSIBLY = "possibly"
    NO = "no"


def in_utc(value: datetime) -> datetime:
    """Return the same instant in UTC.

    Raises NaiveTimeError for a datetime without a zone and TimeError for one
    with a fraction of a second, since bounds are whole seconds.
    """
    if value.tzinfo is UTC and not value.microsecond:
        return value  # nearly all are so already
    if value.tzinfo is None or value.utcoffset() is None:
        raise NaiveTimeError(f"{value!r} has no time zone", mend="give it one: tzinfo=ZoneInfo('Asia/Yerevan')")
    try:
        moved = value.astimezone(UTC)
    except OverflowError as error:
        raise TimeError(f"{value!r} has no UTC instant", mend="write FOREVER or BEGINNING for unbounded") from error
    if moved.microsecond:
        raise TimeError(f"{value!r} has a fraction of a second", mend="times here are whole seconds: round it yourself")
    return moved


def written(value: datetime) -> str:
    """Return an instant as ``YYYY-MM-DDTHH:MM:SSZ`` (xsd:dateTime in UTC)."""
    return in_utc(value).replace(tzinfo=None).isoformat() + "Z"  # strftime would not pad years below 1000


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """When something held or was said: begin and end, each between two instants.

    All four are UTC, whole seconds, half-open (a begin is included, an end is
    not), from BEGINNING to FOREVER. ``someTimeWithin`` an outer range [S, E) is
    written begin S..E, end S..E, so that no instant is ever certain.
    """

    begin_earliest: datetime
    begin_latest: datetime
    end_earliest: datetime
    end_latest: datetime
    mode: Mode = Mode.THROUGHOUT
    begin_kind: EndKind = EndKind.KNOWN
    end_kind: EndKind = EndKind.KNOWN
    precision: Precision = Precision.SECOND

    def __post_init__(self) -> None:
        """Refuse bounds that are naive, out of order or outside the horizon."""
        for name, bound in zip(_BOUNDS, self.bounds, strict=True):
            object.__setattr__(self, name, in_utc(bound))
        a, b, c, d = self.bounds
        if not (a <= b <= d and a <= c <= d and a < d):
            raise TimeError(
                f"bounds out of order: {self}", mend="begin may not come after end, nor earliest after latest"
            )
        if self.begin_earliest < BEGINNING or self.end_latest > FOREVER:
            raise TimeError(
                f"{self} lies outside 1700-01-01 to 2200-01-01", mend="the graph covers those five centuries"
            )

    def __str__(self) -> str:
        """Return ``begin .. begin / end .. end`` in UTC, with mode."""
        first, second, third, last = (written(b) for b in self.bounds)
        return f"{first}..{second}/{third}..{last} {self.mode}"

    @property
    def bounds(self) -> tuple[datetime, datetime, datetime, datetime]:
        """Return begin earliest, begin latest, end earliest, end latest (UTC)."""
        return self.begin_earliest, self.begin_latest, self.end_earliest, self.end_latest

    @classmethod
    def around(cls, moment: datetime, *, precision: Precision = Precision.SECOND) -> Interval:
        """Return the known interval of one second or one minute that starts at moment."""
        length = timedelta(minutes=1) if precision is Precision.MINUTE else timedelta(seconds=1)
        return cls(moment, moment, moment + length, moment + length, precision=precision)


@dataclass(frozen=True, slots=True)
class Reading:
    """A time as written and what it was read as.

    ``notation`` is the EDTF or ISO 8601 string, ``zone`` the zone as written
    (an IANA name, an offset or None), ``words`` the words of the source.
    """

    interval: Interval
    notation: str
    zone: str | None = None
    words: str | None = None
