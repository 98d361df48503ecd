"""Time zones: which names are read, and what UTC instant a local time is.

It does not read dates (``kg.when.edtf`` does). Zone history comes from the
IANA database through ``zoneinfo``; an offset stands only where a source wrote one.
"""

from __future__ import annotations

import difflib
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from kg.errors import NaiveTimeError, TimeError

UNKNOWN_ZONE = "unknown"
"""The zone to write when the source gives a local time and does not say whose."""
EAST_MOST = timedelta(hours=14)
WEST_MOST = timedelta(hours=-12)

_OFFSET = re.compile(r"([+-])(\d{2})(?::(\d{2}))?", re.ASCII)
# An abbreviation is no zone (AMT is also Amazon Time); the mend names the likeliest place.
_ABBREVIATIONS = {
    "AMT": "Asia/Yerevan",
    "AMST": "Asia/Yerevan",
    "AZT": "Asia/Baku",
    "AZST": "Asia/Baku",
    "CET": "Europe/Paris",
    "CEST": "Europe/Paris",
    "EDT": "America/New_York",
    "EST": "America/New_York",
    "EET": "Europe/Kyiv",
    "GET": "Asia/Tbilisi",
    "IRST": "Asia/Tehran",
    "MSD": "Europe/Moscow",
    "MSK": "Europe/Moscow",
    "TRT": "Europe/Istanbul",
}


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return the IANA names read here: those of a place, as in ``Asia/Yerevan``.

    Left out are abbreviations, single words (``Turkey``) and ``Etc/``, whose
    signs are reversed (``Etc/GMT+4`` lies four hours west of Greenwich).
    """
    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(name for name in listed if "/" in name and not name.startswith("Etc/"))


@lru_cache(maxsize=1024)
def read_zone(name: str) -> tzinfo | None:
    """Return the zone of an IANA name, ``Z``, ``UTC`` or an offset such as ``+04:00``.

    None stands for ``unknown``. Raises TimeError for abbreviations, ``GMT+4``
    and names that the IANA database does not know.
    """
    if name == UNKNOWN_ZONE:
        return None
    if name in {"Z", "UTC"}:
        return UTC
    if _OFFSET.fullmatch(name):
        return timezone(read_offset(name))
    if name in zone_names():
        return ZoneInfo(name)
    raise TimeError(f"{name!r} is not a time zone", mend=_mend(name))


def read_offset(text: str) -> timedelta:
    """Return the offset from UTC of ``Z``, ``+04:00`` or ``+04``, east positive.

    Raises TimeError beyond 14 hours (XML Schema), minutes over 59 and for
    ``-00:00``, which ISO 8601 forbids.
    """
    if text == "Z":
        return timedelta(0)
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise TimeError(f"{text!r} is not an offset", mend="write it as +04:00")
    sign, hours, minutes = match[1], int(match[2]), int(match[3] or 0)
    size = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or size > EAST_MOST or (sign == "-" and not size):  # noqa: PLR2004 - minutes of an hour
        raise TimeError(
            f"{text!r} is no offset of any zone", mend="offsets run from -14:00 to +14:00; UTC is Z or +00:00"
        )
    return -size if sign == "-" else size


def instant_of(local: datetime, zone: tzinfo) -> datetime:
    """Return the UTC instant of a local time (naive, as on the clock) in a zone.

    Raises TimeError where clocks were changed and the local time came twice
    or not at all, naming both offsets.
    """
    before, after = _offsets(local, zone)
    if before == after:
        return (local - before).replace(tzinfo=UTC)
    happened = "came twice" if before > after else "did not come"
    mend = f"write the offset: {offset_text(before)} or {offset_text(after)}"
    if before < after:
        mend = f"clocks went from {offset_text(before)} to {offset_text(after)}: ask the source which was meant"
    raise TimeError(f"{local.isoformat()} {happened} in {zone}: its offset may be {_both(before, after)}", mend=mend)


def checked_instant(local: datetime, offset: timedelta, zone: tzinfo, name: str) -> datetime:
    """Return the UTC instant of a local time with an offset, once the zone agrees.

    Raises TimeError if clocks in the zone stood at another offset at that instant.
    """
    moment = (local - offset).replace(tzinfo=UTC)
    there = moment.astimezone(zone).utcoffset()
    if there != offset:
        stood = offset_text(there) if there is not None else "unknown"
        raise TimeError(
            f"{local.isoformat()}{offset_text(offset)} contradicts {name!r}, where clocks stood at {stood}",
            mend="write either the offset or the zone that the source means",
        )
    return moment


def day_start(local: datetime, zone: tzinfo) -> datetime:
    """Return the first UTC instant at which clocks in the zone show local or later.

    For midnights: where 00:00 came twice it is the first; where it was skipped
    it is the instant of the change.
    """
    before, after = _offsets(local, zone)
    if before >= after:
        return (local - before).replace(tzinfo=UTC)
    low, high = local - after, local - before
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        changed = middle.replace(tzinfo=UTC).astimezone(zone).utcoffset() == after
        low, high = (low, middle) if changed else (middle, high)
    return high.replace(tzinfo=UTC)


def offset_text(offset: timedelta) -> str:
    """Return an offset as ``+04:00``; seconds only where the zone has them."""
    text = timezone(offset).tzname(None).removeprefix("UTC")
    return text or "+00:00"


def require_zone(notation: str, name: str | None) -> str:
    """Return the name of the zone, or raise NaiveTimeError if there is none."""
    if name is None:
        raise NaiveTimeError(
            f"{notation!r} has no time zone",
            mend="name the zone of the place (Asia/Yerevan), or 'unknown' if the source does not say",
        )
    return name


def _offsets(local: datetime, zone: tzinfo) -> tuple[timedelta, timedelta]:
    first = zone.utcoffset(local.replace(tzinfo=zone, fold=0))
    second = zone.utcoffset(local.replace(tzinfo=zone, fold=1))
    if first is None or second is None:
        raise NaiveTimeError(f"{zone!r} gives no offset", mend="use a zone of zoneinfo")
    return first, second


def _both(first: timedelta, second: timedelta) -> str:
    return f"{offset_text(first)} or {offset_text(second)}"


def _mend(name: str) -> str:
    if name.upper() in _ABBREVIATIONS:
        return f"an abbreviation names no place: write the zone, perhaps {_ABBREVIATIONS[name.upper()]}"
    if re.match(r"(?i)(Etc/)?(GMT|UTC)[+-]?\d", name):
        return "write the offset as the source means it (+04:00), or the zone of the place (Asia/Yerevan)"
    if name.upper() in {"GMT", "ETC/UTC", "ETC/GMT", "UTC", "Z", "ZULU"}:
        return "write UTC"
    near = difflib.get_close_matches(name.title(), sorted(zone_names()), n=1)
    return f"did you mean {near[0]}?" if near else "write an IANA name such as Asia/Yerevan, an offset, Z or unknown"
