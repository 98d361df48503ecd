"""What a store is to hold: quads sorted by graph in a file of their own, with count and hash of each graph.

A graph is hashed as RDFC-1.0 does it: SHA-256 of its canonical N-Quads, sorted
by code point. As no quad has a blank node, the lines need no relabelling.
"""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import IO, TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from kg.errors import DataError, Finding
from kg.profiles.order import sorted_once, written
from kg.remote.literals import as_it_is

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from pyoxigraph import Quad

IN_MEMORY = 200_000
"""Lines that are sorted at once; about 100 MB."""


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
        for graph, lines in groupby(
            sorted_once((normal(_line(quad)) for quad in quads), in_memory=IN_MEMORY), key=_graph_of
        ):
            offset, told = file.tell(), Hashed(graph)
            for line in lines:
                triple = line.partition("\t")[2].rstrip("\n")
                told.add(triple)
                file.write(f"{triple}\n".encode())
            parts[graph] = told.part(offset)
        yield Pack(parts, file)


class Hashed:
    """Counts and hashes the triples of a graph, which come in order."""

    def __init__(self, graph: str) -> None:
        """Begin with none."""
        self.graph, self.count, self._hash = graph, 0, hashlib.sha256()

    def add(self, triple: str) -> None:
        """Take the next in."""
        self.count += 1
        self._hash.update(f"{triple} <{self.graph}> .\n".encode())

    def part(self, offset: int = 0) -> Part:
        """Return what was counted and hashed."""
        return Part(self.graph, self.count, self._hash.hexdigest(), offset)


def sorted_triples(file: IO[bytes], normal: Callable[[str], str]) -> Generator[str]:
    """Yield the triples of N-Triples, sorted and each once, as a pack has them, each in a store's form.

    Raises SyntaxError.
    """
    lines = (normal(_triple(quad)) + "\n" for quad in parse(file, format=RdfFormat.N_TRIPLES))
    return (line.rstrip("\n") for line in sorted_once(lines, in_memory=IN_MEMORY))


def _triple(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {written(quad.object)}"


def _line(quad: Quad) -> str:
    if not isinstance(quad.graph_name, NamedNode) or _has_blank(quad):
        mend = "only graphs with names, and things with IRIs, can be compared with what a store holds"
        raise DataError([Finding(str(quad)[:200], "not-pushable", "a blank node, or a quad of no named graph", mend)])
    return f"{quad.graph_name.value}\t{_triple(quad)}\n"


def _has_blank(quad: Quad) -> bool:
    inner = quad.object
    return isinstance(quad.subject, BlankNode) or (
        isinstance(inner, BlankNode) or (isinstance(inner, Triple) and "_:" in str(inner))
    )


def _graph_of(line: str) -> str:
    return line.partition("\t")[0]
