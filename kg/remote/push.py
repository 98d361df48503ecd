"""Makes a store hold what a pack holds, and moves only the difference.

A little difference is one update: all of it or nothing. A graph that the store
lacks is loaded in parts by the store's quickest way. A large difference goes
into staging graphs first, and is then put in by one update. Whatever is cut
off is taken up again by the next push; a graph that was there stays whole
until its difference is put in.
"""

from __future__ import annotations

import gc
import hashlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from kg.errors import RemoteError, RemoteFault
from kg.remote.pack import Hashed, Part, is_as_told
from kg.remote.plan import Plan, example, given_back, planned
from kg.remote.state import CONFORMS, STAGING, begun, counts, forget, remember, set_named, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.remote.connection import Connection
    from kg.remote.pack import Pack
    from kg.remote.plan import Difference

LINES = 50_000
"""Triples in one request, unless the server takes less; about 10 MB."""
FEWEST = 50
READERS = 2
"""Graphs that are read back at a time."""
_RECORDS = 300
Tell = Callable[[str, int, int], None]
"""Takes what is being done, and how many triples of how many."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a push did: numbers of graphs, and of triples that came and went."""

    same: int
    new: int
    changed: int
    removed: int
    gained: int
    lost: int

    @property
    def moved_nothing(self) -> bool:
        """Return whether all was there already."""
        return not (self.gained or self.lost)


def push(  # noqa: PLR0913 - what, where to, under which name, and how
    connection: Connection,
    pack: Pack,
    dataset: str,
    *,
    profile: str = "trig",
    keep: bool = False,
    again: bool = False,
    tell: Tell = lambda *_: None,
) -> Report:
    """Make a store hold the graphs of a pack, record what it holds, and return what moved.

    Every graph that was touched is read back, and count and hash compared.
    ``keep``: graphs that an earlier push of the data set put there and that
    are not in the pack stay. ``again`` reads back all graphs, whatever the
    record says. Raises RemoteError; what was there before is then whole, and
    pushing again goes on. Raises UsageError for a name that no data set can have.
    """
    set_named(dataset)
    with planned(connection, pack, dataset, keep=keep, again=again) as plan:
        work = _Work(connection, pack, dataset, tell)
        if plan.moved <= connection.target.kind.inline:
            work.at_once(plan)
        else:
            work.load(plan.new)
            work.exchange(plan)
        work.record(plan, profile)
        return _report(plan)


def _report(plan: Plan) -> Report:
    gained = sum(part.count for part in plan.new) + sum(one.gained for one in plan.differing)
    lost = sum(plan.gone.values()) + sum(one.lost for one in plan.differing)
    same = len(plan.same) + len(plan.unrecorded)
    return Report(same, len(plan.new), len(plan.differing), len(plan.gone), gained, lost)


@dataclass(slots=True)
class _Work:
    connection: Connection
    pack: Pack
    dataset: str
    tell: Tell
    lines: int = LINES

    def at_once(self, plan: Plan) -> None:
        """Send all of a little difference as one update."""
        self.clear(plan.leftovers)
        update = " ;\n".join(self._data(plan))
        if update:
            self.connection.update(update)
        self._verify(chain((part.graph for part in plan.new), (one.graph for one in plan.differing)))

    def _data(self, plan: Plan) -> Iterator[str]:
        yield from (f"DROP SILENT GRAPH <{graph}>" for graph in plan.gone)
        for difference in plan.differing:
            if difference.lost:
                yield f"DELETE DATA {{ {_block(difference.graph, difference.lines(gained=False))} }}"
        gains = [(one.graph, one.lines(gained=True)) for one in plan.differing if one.gained]
        gains += [(part.graph, self.pack.triples(part.graph)) for part in plan.new]
        if gains:
            yield "INSERT DATA {\n" + "\n".join(_block(graph, lines) for graph, lines in gains) + " }"

    def load(self, parts: list[Part]) -> None:
        """Load graphs that the store lacks, from where an earlier push of the same stopped."""
        if not parts:
            return
        total = sum(part.count for part in parts)
        self._say(chain.from_iterable(begun(part, self.dataset) for part in parts))
        done = self._there(parts[0])
        lines = ((part.graph, line) for part in parts for line in self.pack.triples(part.graph))
        with self._verifying(len(parts)) as verify:
            waiting, sent = deque(parts), 0
            for number in self._send(islice(lines, done, None), done, total, "loading", new=True):
                # Pages shift while something is written: such a store is read when all is there.
                while waiting and sent + waiting[0].count <= number and not self.connection.target.kind.pages:
                    sent += waiting[0].count
                    verify(waiting.popleft())
            for part in waiting:
                verify(part)

    def _there(self, first: Part) -> int:
        """Return how many triples need not be sent again, of graphs of which the first is not whole.

        The request that was cut off may have arrived in any order: it is sent again.
        """
        return max(0, counts(self.connection, [first.graph]).get(first.graph, 0) - LINES)

    def exchange(self, plan: Plan) -> None:
        """Put a difference in place, through staging graphs if it is large, and take out graphs that are gone."""
        rest = Plan(differing=plan.differing, gone=plan.gone, leftovers=plan.leftovers)
        if rest.moved <= self.connection.target.kind.inline:
            self.at_once(rest)
            return
        staged = list(_staged(plan.differing))
        wanted = {one.part.graph: one.part.sha256 for one in staged}
        self.clear({graph: sha256 for graph, sha256 in plan.leftovers.items() if wanted.get(graph) != sha256})
        for one in staged:
            self._stage(one)
        steps = [f"DROP SILENT GRAPH <{graph}>" for graph in plan.gone]
        steps += [_moved(one) for one in staged]
        steps += [f"DROP SILENT GRAPH <{graph}>" for graph in wanted]
        # Done twice it does no harm: what is staged is then gone.
        self.connection.update(" ;\n".join([*steps, forget(wanted)] if wanted else steps))
        self._verify(one.graph for one in plan.differing)

    def _stage(self, one: _Staged) -> None:
        self._say(begun(one.part, self.dataset))
        done = self._there(one.part)
        lines = ((one.part.graph, line) for line in one.lines())
        for _ in self._send(islice(lines, done, None), done, one.part.count, "staging", new=False):
            pass
        self._check(one.part)

    def _send(self, lines: Iterable[tuple[str, str]], done: int, total: int, what: str, *, new: bool) -> Iterator[int]:
        """Send triples in parts, and yield after each how many are there."""
        source = iter(lines)
        self.tell(what, done, total)
        yield done
        while several := list(islice(source, self.lines)):
            for graph, some in self._requests(several):
                self._add(graph, some, new=new)
            done += len(several)
            self.tell(what, done, total)
            yield done

    def _requests(self, lines: list[tuple[str, str]]) -> Iterator[tuple[str | None, list[str]]]:
        """Yield what goes into one request each: quads, or the triples of one graph."""
        if self.connection.takes_quads():
            yield None, [f"{line} <{graph}> .\n" for graph, line in lines]
            return
        start = 0
        for end in range(1, len(lines) + 1):
            if end == len(lines) or lines[end][0] != lines[start][0]:
                yield lines[start][0], [f"{line} .\n" for _, line in lines[start:end]]
                start = end

    def _add(self, graph: str | None, lines: list[str], *, new: bool) -> None:
        if self.connection.target.graphs is None and not self.connection.takes_quads():
            at_once = self.connection.target.kind.inline
            for start in range(0, len(lines), at_once):
                text = "".join(lines[start : start + at_once])
                self.connection.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{text}}} }}")
            return
        try:
            self.connection.add("".join(lines).encode(), graph, new=new)
        except RemoteError as error:
            if error.fault is not RemoteFault.TOO_LARGE or len(lines) <= FEWEST:
                raise
            half = len(lines) // 2
            self.lines = max(FEWEST, min(self.lines, half))
            self._add(graph, lines[:half], new=new)
            self._add(graph, lines[half:], new=new)

    def _verify(self, graphs: Iterable[str]) -> None:
        parts = [self.pack.parts[graph] for graph in graphs]
        with self._verifying(len(parts)) as verify:
            for part in parts:
                verify(part)

    @contextmanager
    def _verifying(self, total: int) -> Iterator[Callable[[Part], None]]:
        """Give the function that has a graph read back and compared, while the store is busy with the next.

        Leaving the block waits for all of them. Raises RemoteError for the first that is not as it should be.
        """
        # Answers of the engine may not be freed in a thread: what is garbage by now goes in this one.
        gc.collect()
        with ThreadPoolExecutor(READERS) as readers:
            checks: list[Future[None]] = []
            try:
                yield lambda part: checks.append(readers.submit(self._check, part))
                for number, check in enumerate(checks, start=1):
                    check.result()
                    self.tell("verifying", number, total)
            finally:
                readers.shutdown(cancel_futures=True)

    def _check(self, part: Part) -> None:
        found = Hashed(part.graph)
        with self.connection.graph(part.graph) as file:
            if is_as_told(file, part):
                return
            file.seek(0)
            with closing(given_back(self.connection, file)) as lines:
                found.add(lines)
        there = found.part(part.offset)
        if there != part:
            told_of = f"{part.graph} came back with {there.count} triples of {part.count}, and not the same"
            if part.graph in self.pack.parts:
                told_of += f": {example(self.connection, self.pack, part)}"
            mend = "did somebody else write to it? push again; docs/stores.md says what stores change"
            raise RemoteError(told_of, RemoteFault.DIFFERS, mend=mend)

    def clear(self, leftovers: Iterable[str]) -> None:
        """Take out what an earlier push left in staging graphs."""
        if graphs := list(leftovers):
            steps = [f"DROP SILENT GRAPH <{graph}>" for graph in graphs]
            self.connection.update(" ;\n".join([*steps, forget(graphs)]))

    def record(self, plan: Plan, profile: str) -> None:
        """Say in the store what it holds now."""
        touched = [*plan.unrecorded, *plan.new, *(self.pack.parts[one.graph] for one in plan.differing)]
        names = [*(part.graph for part in touched), *plan.gone]
        for start in range(0, len(names), _RECORDS):
            self.connection.update(forget(names[start : start + _RECORDS]))
        self._say(chain.from_iterable(told(part, self.dataset) for part in touched))
        if names:
            self.connection.update(forget([set_named(self.dataset)]))
            self._say([f'<{set_named(self.dataset)}> <{CONFORMS}> "{profile}"'])

    def _say(self, triples: Iterable[str]) -> None:
        source = iter(triples)
        while some := list(islice(source, _RECORDS)):
            self.connection.update(remember(some))


def _block(graph: str, lines: Iterable[str]) -> str:
    return f"GRAPH <{graph}> {{\n" + "".join(f"{line} .\n" for line in lines) + "}"


@dataclass(frozen=True, slots=True)
class _Staged:
    """What a graph has to gain, or to lose, in a graph of its own."""

    part: Part
    difference: Difference
    gained: bool

    def lines(self) -> Iterator[str]:
        return self.difference.lines(gained=self.gained)


def _staged(differing: Iterable[Difference]) -> Iterator[_Staged]:
    for one in differing:
        for gained, number in ((False, one.lost), (True, one.gained)):
            if number:
                hashed = Hashed(STAGING + hashlib.sha256(f"{one.graph} {gained}".encode()).hexdigest()[:20])
                hashed.add(one.lines(gained=gained))
                yield _Staged(hashed.part(), one, gained)


def _moved(one: _Staged) -> str:
    verb, graph, staged = "INSERT" if one.gained else "DELETE", one.difference.graph, one.part.graph
    return f"{verb} {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{staged}> {{ ?s ?p ?o }} }}"
