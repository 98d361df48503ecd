"""The time axis of a figure: which span to show, where its ticks stand, what they say.

It draws nothing. Ticks stand on round local times of an IANA zone (so a day of
23 or 25 hours has its length), and each is named in that zone and in UTC.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kg.errors import UsageError
from kg.when.model import BEGINNING, FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.view import View
    from kg.when.model import Interval

_NEAR = timedelta(hours=36)
_LEAST = timedelta(hours=6)
_HOURS = (1, 2, 3, 6, 12)
_DAYS = (1, 2, 7)
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_TICK_ROOM = 56.0
_STRETCHES = (("day", 1.0), ("week", 7.0), ("month", 30.4), ("quarter", 91.3), ("year", 365.25), ("decade", 3652.5))
_YEAR = 12
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def zone_named(name: str) -> ZoneInfo:
    """Return the zone of that IANA name; raises UsageError for a name nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"no time zone is called {name!r}", mend="use an IANA name such as Asia/Yerevan") from error


def is_bound(moment: datetime) -> bool:
    """Return whether the instant is a real bound and not one of the two that stand for unbounded."""
    return BEGINNING < moment < FOREVER


def first_bound(held: Interval) -> datetime:
    """Return the earliest real bound of an interval (UTC); FOREVER if it has none."""
    return held.begin_earliest if is_bound(held.begin_earliest) else min(filter(is_bound, held.bounds), default=FOREVER)


@dataclass(frozen=True)
class Axis:
    """A span of time (begin included, end excluded, UTC) drawn from x ``left`` to x ``right`` in pixels."""

    begin: datetime
    end: datetime
    left: float
    right: float
    zone: ZoneInfo

    def x(self, moment: datetime) -> float:
        """Return the x of an instant; what lies outside the span is held at its edge."""
        part = (moment - self.begin) / (self.end - self.begin)
        return round(self.left + (self.right - self.left) * min(1.0, max(0.0, part)), 1)

    def before(self, moment: datetime) -> bool:
        """Return whether the instant lies before the span."""
        return moment < self.begin

    def after(self, moment: datetime) -> bool:
        """Return whether the instant lies after the span."""
        return moment > self.end

    def day(self, moment: datetime) -> str:
        """Return the local date of an instant, with the year if it is not that of the span."""
        local = moment.astimezone(self.zone)
        year = "" if self.begin.astimezone(self.zone).year == local.year else f" {local.year}"
        return f"{local.day} {_MONTH_NAMES[local.month - 1]}{year}"

    def moment(self, moment: datetime) -> str:
        """Return local date and time of day of an instant, seconds only if there are any."""
        local = moment.astimezone(self.zone)
        clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
        return f"{self.day(moment)} {clock}"

    def stretch_name(self, begin: datetime, end: datetime) -> str:
        """Return a short local name of a stretch of time: its year, its month with the year, or its first day."""
        local, days = begin.astimezone(self.zone), (end - begin) / timedelta(days=1)
        if days > 300:  # noqa: PLR2004 - a year or a decade
            return f"{local.year}"
        month = f"{_MONTH_NAMES[local.month - 1]} {local.year}"
        return month if days > 20 else f"{local.day} {month}"  # noqa: PLR2004 - a month or a quarter

    def is_midnight(self, moment: datetime) -> bool:
        """Return whether a local day begins at the instant."""
        local = moment.astimezone(self.zone)
        return (local.hour, local.minute, local.second) == (0, 0, 0)

    def days(self) -> list[tuple[datetime, datetime, str]]:
        """Return the local days of the span, cut to it, with their names; none if they are too narrow."""
        if (self.right - self.left) / ((self.end - self.begin) / timedelta(days=1)) < 30:  # noqa: PLR2004 - a date needs it
            return []
        local = self.begin.astimezone(self.zone).replace(hour=0, minute=0, second=0)
        found = []
        while local < self.end:
            following = _local(self.zone, local.year, local.month, local.day + 1)
            name = f"{_DAY_NAMES[local.weekday()]} {local.day} {_MONTH_NAMES[local.month - 1]} {local.year}"
            found.append((max(local.astimezone(UTC), self.begin), min(following.astimezone(UTC), self.end), name))
            local = following
        return found

    def ticks(self) -> list[tuple[datetime, str, str]]:
        """Return instant, local name and UTC name of each tick, as dense as their names allow."""
        return [(moment, *self._names(moment)) for moment in self._tick_moments() if self.begin <= moment <= self.end]

    def _names(self, moment: datetime) -> tuple[str, str]:
        local = moment.astimezone(self.zone)
        if (self.end - self.begin) > timedelta(days=12):
            return f"{local.day} {_MONTH_NAMES[local.month - 1]} {local.year}", ""
        other = moment.astimezone(UTC)
        utc = f"{other:%H:%M}"
        return f"{local:%H:%M}", f"{_DAY_NAMES[other.weekday()]} {utc}" if local.hour == 0 else utc

    def _tick_moments(self) -> Iterator[datetime]:
        most = max(2, int((self.right - self.left) / _TICK_ROOM))
        wide = max(2, int((self.right - self.left) / (_TICK_ROOM * 1.5)))
        hours = (self.end - self.begin) / timedelta(hours=1)
        for step in _HOURS:
            if hours / step <= most:
                return self._local_hours(step)
        for step in _DAYS:
            if hours / 24 / step <= wide:
                return self._local_days(step)
        months = next((m for m in _MONTHS if hours / 24 / 30 / m <= wide), _MONTHS[-1])
        return self._local_months(months)

    def _local_hours(self, step: int) -> Iterator[datetime]:
        for begin, end, _ in self.days() or [(self.begin, self.end, "")]:
            local = begin.astimezone(self.zone)
            for hour in range(0, 24, step):
                moment = _local(self.zone, local.year, local.month, local.day, hour).astimezone(UTC)
                if begin <= moment < end:
                    yield moment

    def _local_days(self, step: int) -> Iterator[datetime]:
        local = self.begin.astimezone(self.zone)
        for number in range(0, (self.end - self.begin).days + 2, step):
            yield _local(self.zone, local.year, local.month, local.day + number).astimezone(UTC)

    def _local_months(self, step: int) -> Iterator[datetime]:
        year = self.begin.astimezone(self.zone).year
        year -= year % max(1, step // _YEAR)
        for month in range(0, (self.end.year - year + 2) * _YEAR, step):
            yield _local(self.zone, year + month // _YEAR, month % _YEAR + 1, 1).astimezone(UTC)


def stretches(axis: Axis, most: int = 110) -> tuple[str, list[datetime]]:
    """Return the stretch to count by, in a word, and the edges (UTC) of what the axis meets, some ``most``."""
    days = (axis.end - axis.begin) / timedelta(days=1)
    name = next((name for name, length in _STRETCHES if days / length <= most), _STRETCHES[-1][0])
    local = axis.begin.astimezone(axis.zone)
    month = {"month": local.month, "quarter": local.month - (local.month - 1) % 3}.get(name, 1)
    year = local.year - local.year % 10 if name == "decade" else local.year
    if name in {"day", "week"}:
        year, month, day = local.year, local.month, local.day - (local.weekday() if name == "week" else 0)
    else:
        day = 1
    edges: list[datetime] = []
    while not edges or edges[-1] < axis.end:
        edges.append(_local(axis.zone, year, month, day).astimezone(UTC))
        day += {"day": 1, "week": 7}.get(name, 0)
        month += {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(name, 0)
        year, month = year + (month - 1) // _YEAR, (month - 1) % _YEAR + 1
    return name, edges


def _local(zone: ZoneInfo, year: int, month: int, day: int, hour: int = 0) -> datetime:
    """Return a local time of day; a day past the end of its month runs into the next."""
    moved = datetime(year, month, 1, tzinfo=zone) + timedelta(days=day - 1)  # wall clock arithmetic, zone kept
    return moved.replace(hour=hour)


def span(view: View) -> tuple[datetime, datetime]:
    """Return the begin and end of the time worth showing (UTC), a margin included.

    It grows from the median of the said times over every finite bound of said
    and held times that is near what is in already: no further off than 36 hours
    or the span so far. A lone date years away stays outside the frame; if that
    would leave out more than half of what was said, farther is near.
    """
    said = sorted(m for c in view.claims for m in c.said.bounds if is_bound(m))
    held = {m for time in view.held_times for m in time.bounds if is_bound(m)}
    return framed({*said, *held}, said or sorted(held), 0.5)


def framed(points: Iterable[datetime], wanted: list[datetime], share: float) -> tuple[datetime, datetime]:
    """Return begin and end (UTC) of a frame grown from the middle of ``wanted`` over the points near by.

    No less than that share of ``wanted``, which is in order, lies in it; a
    margin is added. Without any it is a year.
    """
    ordered = sorted({*points, *wanted})
    if not ordered:
        return datetime(2022, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC)
    seed = wanted[len(wanted) // 2] if wanted else ordered[len(ordered) // 2]
    near = _NEAR
    first, last = _grown(ordered, seed, near)
    while bisect_right(wanted, last) - bisect_left(wanted, first) < share * len(wanted):
        near *= 2
        first, last = _grown(ordered, seed, near)
    missing = max(timedelta(0), _LEAST - (last - first)) / 2
    margin = (last - first) * 0.05 + missing + timedelta(minutes=20)
    return _whole(max(BEGINNING, first - margin)), _whole(min(FOREVER, last + margin))


def _grown(points: list[datetime], seed: datetime, least: timedelta) -> tuple[datetime, datetime]:
    """Return the first and last of the points, which are in order, that steps no wider than the span so far reach."""
    first = last = seed
    below, above = bisect_left(points, seed) - 1, bisect_right(points, seed)
    grew = True
    while grew:
        grew = False
        near = max(least, last - first)
        if below >= 0 and first - points[below] <= near:
            first, below, grew = points[below], below - 1, True
        if above < len(points) and points[above] - last <= near:
            last, above, grew = points[above], above + 1, True
    return first, last


def _whole(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
