"""How times, values and texts of a case are spelt, so that a loader reads them back equal.

What cannot be spelt so is refused by DataError, never changed. It knows
neither YAML nor CSV.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from kg.claim import Literal
from kg.errors import DataError, Finding, KgError
from kg.iri import compact
from kg.keys import LANG_STRING
from kg.terms import predicates
from kg.vocab import K_NS
from kg.when import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.claim import Claim, Statement, Value
    from kg.when import EndKind, Interval, Reading


@dataclass(frozen=True, slots=True)
class Spelling:
    """A time as a file writes it: its notation, and what the notation does not say."""

    time: str
    zone: str | None
    mode: str
    begin: str | None = None
    end: str | None = None
    words: str | None = None


def refuse(place: str, message: str) -> DataError:
    """Return the error for what no file of ours can say."""
    return DataError([Finding(place, "unwritable", message, "mend it where it came from")])


def spelt_time(reading: Reading, place: str, said: Interval | None = None, zone: str | None = None) -> Spelling:
    """Return the shortest spelling of a time that reads back equal.

    ``zone`` is what a file gives to times that name none; ``said`` is when the
    claim was said, which ends an open end. Raises DataError if none does.
    """
    found = _spelling(reading, said, zone)
    if found is None:
        raise refuse(place, f"the time {reading.notation!r} [{reading.zone}] does not read back as {reading.interval}")
    return replace(found, words=spelt_text(reading.words, place)) if reading.words else found


def can_spell(reading: Reading, said: Interval | None, zone: str | None) -> bool:
    """Return whether a time reads back equal in a file that gives this zone to times that name none."""
    return _spelling(reading, said, zone) is not None


@lru_cache(maxsize=8192)
def _spelling(reading: Reading, said: Interval | None, zone: str | None) -> Spelling | None:
    interval = reading.interval
    zones = (None, reading.zone) if reading.zone == zone else (reading.zone, None)
    ends = product((None, interval.begin_kind), (None, interval.end_kind))
    for (begin, end), named in ((pair, name) for pair in ends for name in zones):
        if _reads_back(reading, named or zone, begin, end, said):
            return Spelling(reading.notation, named, str(interval.mode), begin and str(begin), end and str(end))
    return None


def _reads_back(
    reading: Reading, zone: str | None, begin: EndKind | None, end: EndKind | None, said: Interval | None
) -> bool:
    try:
        found = read(reading.notation, zone=zone, mode=reading.interval.mode, begin=begin, end=end, said=said)
    except KgError:
        return False
    return (found.interval, found.zone) == (reading.interval, reading.zone)


def spelt_text(text: str, place: str) -> str:
    """Return a text; raises DataError for blanks around it, which no file of ours keeps."""
    if text != text.strip() or not text:
        raise refuse(place, f"{text!r} is empty or has blanks around it")
    return text


def spelt_value(name: str, value: Value, place: str) -> str:
    """Return a value of a predicate as a file writes it.

    Raises DataError for a predicate that the list does not have, or a literal
    of another datatype than the list says.
    """
    predicate = predicates().get(name)
    if predicate is None:
        raise refuse(place, f"no predicate is called {name!r}")
    if isinstance(value, Literal):
        if value.datatype != predicate.datatype:
            raise refuse(place, f"{name!r} has a value of {value.datatype!r}, not of {predicate.datatype!r}")
        return tagged(value, place) if value.datatype == LANG_STRING else spelt_text(value.text, place)
    if value.startswith(K_NS) and "Concept" in predicate.value_classes:
        return value.removeprefix(K_NS)
    return compact(value)


def tagged(value: Literal, place: str) -> str:
    """Return a text with its language, as ``İstisu@az``."""
    return f"{spelt_text(value.text, place)}@{value.language}"


def stated(claim: Claim) -> Iterator[tuple[Statement, Reading]]:
    """Yield each statement of a claim with its time as written.

    Two times that were read alike go to the statements of that time in turn;
    what is left over of them goes with the last of these statements once more.
    Raises DataError for a statement whose time was never written.
    """
    for held in dict.fromkeys(statement.held for statement in claim.content):
        statements = [statement for statement in claim.content if statement.held == held]
        readings = [reading for reading in claim.held if reading.interval == held]
        if not readings:
            raise refuse(compact(claim.iri), f"a statement held {held} has no time as written")
        for at in range(max(len(statements), len(readings))):
            yield statements[min(at, len(statements) - 1)], readings[min(at, len(readings) - 1)]
