"""Quads in the one order that makes files reproducible, however many there are.

Sorts in memory up to a number of quads, and beyond it through temporary files.
"""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack
from itertools import groupby, islice
from typing import IO, TYPE_CHECKING

from pyoxigraph import DefaultGraph, RdfFormat, Triple, parse

from kg.vocab import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

IN_MEMORY = 500_000
"""Quads that are sorted at once; about 250 MB."""
_TYPE = f"<{RDF}type>"
_PARSED_AT_ONCE = 10_000


def ordered(quads: Iterable[Quad], *, in_memory: int = IN_MEMORY) -> Iterator[Quad]:
    """Yield each quad once, by graph, subject, predicate and object; the type of a subject comes first.

    The order is that of the terms as N-Quads writes them, by code point.
    """
    yield from _read(sorted_once(map(_line, quads), in_memory=in_memory))


def sorted_once(lines: Iterable[str], *, in_memory: int = IN_MEMORY) -> Iterator[str]:
    """Yield lines, each with its end, sorted by code point and each once."""
    source = iter(lines)
    with ExitStack() as files:
        runs: list[Iterable[str]] = []
        while batch := list(islice(source, in_memory)):
            several = sorted(set(batch))
            runs.append(files.enter_context(_spilt(several)) if runs or len(batch) == in_memory else several)
        yield from (line for line, _ in groupby(heapq.merge(*runs)))


def written(term: object) -> str:
    """Return a term as N-Triples writes it (RDF 1.2 for a triple)."""
    return f"<<( {term.subject} {term.predicate} {written(term.object)} )>>" if isinstance(term, Triple) else str(term)


def _line(quad: Quad) -> str:
    # A tab stands in no term as N-Quads writes it, and sorts before all that may.
    predicate = str(quad.predicate)
    mark = "0" if predicate == _TYPE else "1"
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
    return f"{graph}\t{quad.subject}\t{mark}\t{predicate}\t{written(quad.object)}\n"


def _spilt(lines: list[str]) -> IO[str]:
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 # the caller closes it
    file.writelines(lines)
    file.seek(0)
    return file


def _read(lines: Iterator[str]) -> Iterator[Quad]:
    while batch := list(islice(lines, _PARSED_AT_ONCE)):
        cells = (line.rstrip("\n").split("\t") for line in batch)
        text = "".join(f"{s} {p} {o} {g} .\n" for g, s, _, p, o in cells)
        yield from parse(text.encode(), format=RdfFormat.N_QUADS)
