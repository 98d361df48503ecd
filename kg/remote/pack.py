"""What a store is to hold: quads sorted by graph in a file of their own, with count and hash of each graph.

A graph is hashed as RDFC-1.0 does it: SHA-256 of its canonical N-Quads, sorted
by code point. As no quad has a blank node, the lines need no relabelling.
"""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from typing import IO, TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse, serialize

from kg.errors import DataError, Finding
from kg.profiles.order import sorted_once
from kg.remote.literals import as_it_is

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from pyoxigraph import Quad

IN_MEMORY = 200_000
"""Lines that are sorted at once; about 100 MB."""
_AT_ONCE = 5_000
_END = " .\n"


@dataclass(frozen=True, slots=True)
class Part:
    """A graph of a pack: how many triples, their hash, and where in the file they begin."""

    graph: str
    count: int
    sha256: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Pack:
    """The parts of a file, by the graph's name."""

    parts: dict[str, Part]
    file: IO[bytes]

    @property
    def count(self) -> int:
        """Return how many quads there are."""
        return sum(part.count for part in self.parts.values())

    def triples(self, graph: str) -> Iterator[str]:
        """Yield the triples of a graph, sorted, as ``subject predicate object`` without an end."""
        part = self.parts[graph]
        self.file.seek(part.offset)
        for _ in range(part.count):
            yield self.file.readline().decode().rstrip("\n")


@contextmanager
def packed(quads: Iterable[Quad], normal: Callable[[str], str] = as_it_is) -> Iterator[Pack]:
    """Sort quads, with their literals in a store's form, into a temporary file.

    Raises DataError for blank nodes and quads of no named graph.
    """
    with tempfile.TemporaryFile() as file:
        parts = {}
        for graph, lines in groupby(sorted_once(_lines(quads, normal), in_memory=IN_MEMORY), key=_graph_of):
            offset, told, start = file.tell(), Hashed(graph), len(graph) + 1
            while some := [line[start:-1] for line in islice(lines, _AT_ONCE)]:
                told.add(some)
                file.write(("\n".join(some) + "\n").encode())
            parts[graph] = told.part(offset)
        yield Pack(parts, file)


class Hashed:
    """Counts and hashes the triples of a graph, which come in order."""

    def __init__(self, graph: str) -> None:
        """Begin with none."""
        self.graph, self.count, self._hash = graph, 0, hashlib.sha256()
        self._end = f" <{graph}> .\n"

    def add(self, triples: Iterable[str]) -> None:
        """Take the next in."""
        source = iter(triples)
        while some := list(islice(source, _AT_ONCE)):
            self.count += len(some)
            self._hash.update((self._end.join(some) + self._end).encode())

    def part(self, offset: int = 0) -> Part:
        """Return what was counted and hashed."""
        return Part(self.graph, self.count, self._hash.hexdigest(), offset)


def sorted_triples(file: IO[bytes], normal: Callable[[str], str]) -> Generator[str]:
    """Yield the triples of N-Triples, sorted and each once, as a pack has them, each in a store's form.

    Raises SyntaxError.
    """
    triples = _written(parse(file, format=RdfFormat.N_TRIPLES), RdfFormat.N_TRIPLES)
    lines = sorted_once((normal(triple) + "\n" for triple in triples), in_memory=IN_MEMORY)
    return (line[:-1] for line in lines)


def is_as_told(file: IO[bytes], part: Part) -> bool:
    """Return whether N-Triples are those of a part, letter for letter, in any order; if not, they may still be.

    Most stores write as we do, and this parses nothing. The file is read to its end.
    """
    if part.count > IN_MEMORY:
        return False
    lines = {line for line in file.read().split(_END.encode()) if line}
    if len(lines) != part.count:
        return False
    end = f" <{part.graph}>{_END}".encode()
    return hashlib.sha256(end.join(sorted(lines)) + end).hexdigest() == part.sha256


def _lines(quads: Iterable[Quad], normal: Callable[[str], str]) -> Iterator[str]:
    """Yield quads as lines that sort by graph: its name, a tab, the triple."""
    for line in _written(quads, RdfFormat.N_QUADS, _check):
        triple, _, graph = line.rpartition(" <")
        yield f"{graph[:-1]}\t{normal(triple)}\n"


def _written(
    quads: Iterable[Quad], form: RdfFormat, check: Callable[[list[Quad], str], None] = lambda *_: None
) -> Iterator[str]:
    """Yield quads as lines without their ends; the engine writes thousands at once, which is quicker."""
    source = iter(quads)
    while some := list(islice(source, _AT_ONCE)):
        text = (serialize(some, format=form) or b"").decode()
        check(some, text)
        yield from text.removesuffix(_END).split(_END)


def _check(quads: list[Quad], text: str) -> None:
    """Raise DataError for a quad that cannot be pushed; quads whose text has no ``_:`` have no blank node."""
    blank = "_:" in text
    for quad in quads:
        if not isinstance(quad.graph_name, NamedNode) or (blank and _has_blank(quad)):
            told = "a blank node, or a quad of no named graph"
            mend = "only graphs with names, and things with IRIs, can be compared with what a store holds"
            raise DataError([Finding(str(quad)[:200], "not-pushable", told, mend)])


def _has_blank(quad: Quad) -> bool:
    inner = quad.object
    return isinstance(quad.subject, BlankNode) or (
        isinstance(inner, BlankNode) or (isinstance(inner, Triple) and "_:" in str(inner))
    )


def _graph_of(line: str) -> str:
    return line.partition("\t")[0]
