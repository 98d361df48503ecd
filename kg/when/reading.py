"""Read a time as a source wrote it: notation, zone, mode and kinds of ends become four instants.

The rules (docs of ``read`` give them in full) are ours where ISO 8601-2 leaves
them open. It does not compare intervals and does not ask what time it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import BeyondUsError, TimeError
from kg.when.edtf import parse
from kg.when.ends import End, end_in_set, interval_ends, single_ends
from kg.when.model import BEGINNING, FOREVER, EndKind, Interval, Mode, Precision, Reading
from kg.when.stamps import Blank, OneOf, Open, Side, Stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_FINEST_FIRST = list(Precision)


def read(  # noqa: PLR0913 - what a source may leave unsaid has to be said here
    notation: str,
    *,
    zone: str | None = None,
    mode: Mode,
    begin: EndKind | None = None,
    end: EndKind | None = None,
    said: Interval | None = None,
    words: str | None = None,
) -> Reading:
    """Return the reading of a notation: four UTC instants, half-open, whole seconds.

    ``zone`` is an IANA name, an offset the source wrote, ``Z``/``UTC``, or
    ``unknown`` (bounds then allow for UTC-12 to UTC+14). A zone or offset in the
    notation must agree with it.

    A date, month, season or year is the unit from its first local midnight to
    the next unit's. A time of day alone is its second, minute or hour; as a side
    of an interval it is the instant itself (ISO 8601-1), so that ``T06:00/T08:00``
    ends at 08:00 and meets ``T08:00/T09:00``. An interval begins where its first
    unit starts and ends where its last unit stops. Further:

    - ``~`` and ``?`` move the bounds of their end by one unit of the part they
      stand at each way, ``%`` by two; a mark after a part stands at that part.
    - ``X``: each bound ranges over the units that the digits allow and that leave
      the begin before the end; ``199X`` throughout is one unnamed year of ten.
    - a one-of set ``[...]`` alone is one of its units, like ``X``; as the side of
      an interval the end lies at some instant of its units.
    - ``..`` is an open end. Content with an open end still held when it was said:
      the earliest end is the earliest ``said``, or without ``said`` the latest
      begin. An open begin is unbounded. An empty side is unknown.
    - ``SEEN`` leaves that end unbounded outward: it began by then, or lasted until then.
    - ``begin``/``end`` of a single date turn it into a side: ``end=OPEN`` reads
      ``2022`` as ``2022/..``, ``begin=UNKNOWN`` as ``/2022``.
    - a duration on one side (``2022-09-13T00:05/PT6H``) is counted from the other.

    Some time within is the whole range from the earliest begin to the latest end.

    Raises TimeError for what is not a time, contradicts itself or its zone;
    NaiveTimeError without a zone; BeyondUsError for EDTF that is not read here.

    >>> str(read("2022-09-13", zone="Asia/Yerevan", mode=Mode.THROUGHOUT).interval)
    '2022-09-12T20:00:00Z..2022-09-12T20:00:00Z/2022-09-13T20:00:00Z..2022-09-13T20:00:00Z throughout'
    """
    written = parse(notation)
    first, last = _as_sides(written, notation, begin, end)
    kinds = (_kind(first, begin, notation, "begin"), _kind(last, end, notation, "end"))
    if first is not last:
        start, stop = interval_ends(first, last, notation, zone)
    elif isinstance(first, OneOf) and mode is Mode.WITHIN:
        start = stop = end_in_set(first, notation, zone)
    else:
        start, stop = single_ends(first, notation, zone)
    start, stop = _blanks(start, stop, kinds, said)
    interval = Interval(*_bounds(start, stop, mode, notation), mode, *kinds, _precision(written))
    return Reading(interval, notation, zone or _own_zone(written), words)


def _as_sides(
    written: tuple[Side, Side | None], notation: str, begin: EndKind | None, end: EndKind | None
) -> tuple[Side, Side]:
    """Return the two sides; a single time given an open or unknown end becomes the other side."""
    single, last = written
    if last is not None:
        return single, last
    blanks: dict[EndKind | None, Side] = {EndKind.OPEN: Open(), EndKind.UNKNOWN: Blank()}
    if begin in blanks and end in blanks:
        raise TimeError(
            f"{notation!r} is neither begin nor end, as both are said to be open or unknown",
            mend="when it was only seen then, give begin=seen and end=seen",
        )
    return blanks.get(begin, single), blanks.get(end, single)


def _kind(side: Side, given: EndKind | None, notation: str, name: str) -> EndKind:
    """Return the kind of an end, which the notation and the argument may not say differently."""
    written = EndKind.OPEN if isinstance(side, Open) else EndKind.UNKNOWN if isinstance(side, Blank) else None
    if written is None and given in (EndKind.OPEN, EndKind.UNKNOWN):
        raise TimeError(
            f"{notation!r} writes its {name}, which {name}={given} denies", mend="write .. or nothing there"
        )
    if written is not None and given not in (None, written):
        raise TimeError(
            f"{notation!r} has an {written} {name}, which {name}={given} denies", mend="change one of the two"
        )
    return written or given or EndKind.KNOWN


def _blanks(start: End, stop: End, kinds: tuple[EndKind, EndKind], said: Interval | None) -> tuple[End, End]:
    """Fill in what open, unknown and seen ends leave to the other end and to when it was said."""
    begin, end = kinds
    if end is EndKind.SEEN:
        stop = End(stop.earliest, FOREVER)
    if begin is EndKind.SEEN:
        start = End(BEGINNING, start.latest)
    if begin is EndKind.UNKNOWN:
        start = End(BEGINNING, said.end_latest if said and end is EndKind.OPEN else stop.latest)
    if end is EndKind.OPEN:
        held = start.earliest if begin is EndKind.UNKNOWN else start.latest
        stop = End(max(held, said.begin_earliest) if said else held, FOREVER)
    if end is EndKind.UNKNOWN:
        stop = End(start.latest, FOREVER)
    return start, stop


def _bounds(start: End, stop: End, mode: Mode, notation: str) -> tuple[datetime, datetime, datetime, datetime]:
    if start.earliest < BEGINNING or stop.latest > FOREVER:
        raise BeyondUsError(f"{notation!r} reaches beyond 1700 to 2200 in UTC", mend="the graph covers those years")
    if mode is Mode.WITHIN:
        return start.earliest, stop.latest, start.earliest, stop.latest
    # Nothing ends before it begins: that narrows bounds that marks or sets let cross.
    return start.earliest, min(start.latest, stop.latest), max(stop.earliest, start.earliest), stop.latest


def _stamps(written: tuple[Side, Side | None]) -> Iterator[Stamp]:
    for side in written:
        if isinstance(side, Stamp):
            yield side
        elif isinstance(side, OneOf):
            yield from (stamp for pair in side.ranges for stamp in pair if stamp is not None)


def _precision(written: tuple[Side, Side | None]) -> Precision:
    found = [stamp.precision for stamp in _stamps(written)]
    return min(found, key=_FINEST_FIRST.index, default=Precision.MILLENNIUM)


def _own_zone(written: tuple[Side, Side | None]) -> str | None:
    return next((stamp.zone or stamp.offset for stamp in _stamps(written) if stamp.zone or stamp.offset), None)
