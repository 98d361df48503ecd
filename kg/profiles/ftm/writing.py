"""Writes a graph as statements of FollowTheMoney: lines of JSON, all of an entity together."""

from __future__ import annotations

from itertools import groupby
from typing import IO, TYPE_CHECKING, Final

from kg.profiles.contested import contested
from kg.profiles.ftm.rows import identity, merged
from kg.profiles.ftm.sayings import Sayings
from kg.profiles.ftm.things import Entities
from kg.profiles.order import sorted_once
from kg.profiles.told import telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from kg.profiles.told import Told

CANNOT: Final = (
    "Stance, certainty and denial but in the words and links of notes: what anybody denies is no property of anything.",
    "The interval for which a statement held, but in words, and as dates of tenures, memberships and some events.",
    "Treaties, provisions, figures, points at issue, passages and what is derived.",
)


def write(quads: Iterable[Quad], out: IO[bytes]) -> None:
    """Write a graph; the same quads in another order give the same bytes."""
    with telling(quads) as told:
        for line in _lines(told):
            out.write(line.encode())


def _lines(told: Told) -> Iterator[str]:
    for _, several in groupby(sorted_once(_rows(told)), key=identity):
        lines = list(several)
        yield lines[0] if len(lines) == 1 else merged(lines)


def _rows(told: Told) -> Iterator[str]:
    entities = Entities(told, contested(told))
    sayings = Sayings(entities)
    yield from (row.line() for row in entities.rows())
    for claim in told.claims():
        yield from (row.line() for row in sayings.rows(claim))
