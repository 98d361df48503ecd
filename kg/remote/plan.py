"""What has to move: graphs a store lacks, graphs it has otherwise, graphs that are to go.

Reads the store and changes nothing.
"""

from __future__ import annotations

import heapq
import tempfile
from collections import Counter
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import IO, TYPE_CHECKING, cast

from kg.remote.pack import sorted_triples
from kg.remote.state import STAGING, counts, read_state

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from kg.remote.connection import Connection
    from kg.remote.pack import Pack, Part
    from kg.remote.state import Known


_IN_MEMORY = 1 << 20


@dataclass(frozen=True, slots=True)
class Difference:
    """What a graph has to lose and to gain: two files of sorted triples, a line each."""

    graph: str
    minus: IO[bytes]
    plus: IO[bytes]
    lost: int
    gained: int

    def close(self) -> None:
        """Give the files back."""
        self.minus.close()
        self.plus.close()

    def lines(self, *, gained: bool) -> Iterator[str]:
        """Yield the triples to gain, or to lose."""
        file = self.plus if gained else self.minus
        file.seek(0)
        yield from (line.decode().rstrip("\n") for line in file)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is there, what is lacking, what differs, what goes; nothing of it done yet."""

    same: list[Part] = field(default_factory=list)
    unrecorded: list[Part] = field(default_factory=list)
    """There as wanted, but the store's own record does not say so."""
    new: list[Part] = field(default_factory=list)
    differing: list[Difference] = field(default_factory=list)
    gone: dict[str, int] = field(default_factory=dict)
    """Graphs of the data set that are no longer in it, with the number of their triples."""
    leftovers: dict[str, str] = field(default_factory=dict)
    """Staging graphs of a push that did not end, with the hash that each was to have."""

    @property
    def moved(self) -> int:
        """Return how many triples have to come or go."""
        changed = sum(one.lost + one.gained for one in self.differing)
        return changed + sum(part.count for part in self.new) + sum(self.gone.values())

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to do."""
        return not (self.new or self.differing or self.gone or self.unrecorded or self.leftovers)


@contextmanager
def planned(connection: Connection, pack: Pack, dataset: str, *, keep: bool, again: bool) -> Iterator[Plan]:
    """Compare a pack with what a store has; ``again`` reads every graph, and does not go by the store's record.

    ``keep``: graphs of the data set that are no longer in the pack stay.
    """
    known = read_state(connection)
    found = counts(connection, {*pack.parts, *known})
    plan = Plan()
    with ExitStack() as files:
        for part in pack.parts.values():
            _sort_in(plan, part, known.get(part.graph), found.get(part.graph, 0), again=again)
        for part in list(plan.unrecorded):
            difference = _difference(connection, pack, part)
            files.callback(difference.close)
            if difference.lost or difference.gained:
                plan.unrecorded.remove(part)
                plan.differing.append(difference)
        for graph, state in known.items():
            if graph.startswith(STAGING):
                plan.leftovers[graph] = state.loading
            elif state.dataset == dataset and graph not in pack.parts and not keep:
                plan.gone[graph] = found.get(graph, 0)
        yield plan


def _sort_in(plan: Plan, part: Part, known: Known | None, count: int, *, again: bool) -> None:
    if count == 0 or (known and known.loading == part.sha256 and count < part.count):
        plan.new.append(part)
    elif known and known.is_as(part) and count == part.count and not again:
        plan.same.append(part)
    else:
        plan.unrecorded.append(part)


def _difference(connection: Connection, pack: Pack, part: Part) -> Difference:
    # Spooled: hundreds of small graphs would otherwise need as many open files.
    minus, plus = (tempfile.SpooledTemporaryFile(_IN_MEMORY) for _ in range(2))  # noqa: SIM115 - the difference keeps them
    number: Counter[bool] = Counter()
    with connection.graph(part.graph) as file:
        there = given_back(connection, file)
        both = heapq.merge(((line, False) for line in there), ((line, True) for line in pack.triples(part.graph)))
        for line, several in groupby(both, key=lambda pair: pair[0]):
            sides = [ours for _, ours in several]
            if len(sides) == 1:
                number[sides[0]] += 1
                (plus if sides[0] else minus).write(f"{line}\n".encode())
    return Difference(part.graph, cast("IO[bytes]", minus), cast("IO[bytes]", plus), number[False], number[True])


def given_back(connection: Connection, file: IO[bytes]) -> Generator[str]:
    """Yield the triples that a store gave back, sorted, with what the product is known to change put back."""
    return sorted_triples(file, connection.target.kind.normal)


def example(connection: Connection, pack: Pack, part: Part) -> str:
    """Return a triple that a graph has and should not have, and one that it should."""
    with closing(_difference(connection, pack, part)) as found:
        sides = {"lacks": next(found.lines(gained=True), ""), "has": next(found.lines(gained=False), "")}
    return ", ".join(f"it {verb} {line[:300]}" for verb, line in sides.items() if line)
