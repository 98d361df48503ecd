"""The process that answers queries: one at a time, and it dies of the one that takes too long or too much.

``python -m kg.serve.worker`` opens a store and reads requests from stdin, each
a line of JSON; it writes for each a line of JSON and the bytes of the answer.
An engine that computes cannot be asked to stop. So the kernel ends the process
when its alarm rings, also when nobody is left who waits for the answer. It
knows nothing of HTTP but its status codes, and starts no other process.
"""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import asdict, dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
    serialize,
)  # fmt: skip

from kg.serve.formats import GRAPHS, ROWS
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import QueryTriples

MEGABYTE = 1 << 20
LARGEST = 100 * MEGABYTE
"""Bytes of a result: rows are few where a cell is long."""


@dataclass(frozen=True, slots=True)
class Request:
    """A query, the graphs it is about, and what the client takes."""

    query: str
    union: bool
    """Whether the default graph is the union of all graphs."""
    default: list[str] | None
    named: list[str] | None
    """The graphs that the protocol names; None for all."""
    rows: str | None
    graph: str | None
    """Media types for rows and for triples; None: the client takes none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status of HTTP, a media type, and bytes; for a refusal these are a sentence."""

    status: int
    media_type: str
    body: bytes


class TooLargeError(Exception):
    """The result has more rows or bytes than this server sends."""


class _Counting:
    """A file in memory that takes so many lines and bytes, and no more."""

    def __init__(self, lines: int) -> None:
        self.left, self.room, self.parts = lines, LARGEST, list[bytes]()

    def write(self, part: bytes) -> int:
        self.left -= part.count(b"\n")
        self.room -= len(part)
        if self.left < 0 or self.room < 0:
            raise TooLargeError
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Do nothing: it is in memory."""


def answer(store: Store, request: Request, most: int) -> Answer:
    """Return the answer to a query with at most so many rows or triples, or what it is refused for."""
    try:
        found = store.query(
            request.query,
            use_default_graph_as_union=request.union,
            default_graph=_default(request.default),
            named_graphs=_named(request.named),
        )
        if isinstance(found, QuerySolutions | QueryBoolean):
            return _rows(found, request.rows, most)
        return _triples(found, request.graph, most)
    except TooLargeError:
        sentence = f"the result has more than {most} rows, or {LARGEST // MEGABYTE} MB, and none of it is sent"
        return refusal(500, f"{sentence}: add a LIMIT, or count")
    except SyntaxError as error:
        return refusal(400, f"the query does not parse: {error}")
    except (ValueError, RuntimeError, OSError) as error:
        return refusal(400, f"the query cannot be run: {error}")


def refusal(status: int, sentence: str) -> Answer:
    """Return a sentence that says why there is no answer."""
    return Answer(status, "text/plain", f"{sentence}\n".encode())


def _default(iris: list[str] | None) -> list[NamedNode | BlankNode | DefaultGraph] | None:
    return None if iris is None else [NamedNode(iri) for iri in iris]


def _named(iris: list[str] | None) -> list[NamedNode | BlankNode] | None:
    return None if iris is None else [NamedNode(iri) for iri in iris]


def _rows(found: QuerySolutions | QueryBoolean, media_type: str | None, most: int) -> Answer:
    if media_type is None:
        return refusal(406, f"rows are sent as {', '.join(ROWS)}")
    form = ROWS[media_type]
    if isinstance(found, QueryBoolean):
        return Answer(200, media_type, found.serialize(format=form) or b"")
    # In TSV a line is a row, and it loses nothing: so rows are counted while they are found.
    counting = _Counting(most + 1)
    found.serialize(counting, format=QueryResultsFormat.TSV)  # type: ignore[arg-type] # it needs no more of a file
    lines = b"".join(counting.parts)
    if form != QueryResultsFormat.TSV:
        again = parse_query_results(lines, format=QueryResultsFormat.TSV)
        lines = again.serialize(format=form) or b""
    return Answer(200, media_type, lines)


def _triples(found: QueryTriples, media_type: str | None, most: int) -> Answer:
    if media_type is None:
        return refusal(406, f"triples are sent as {', '.join(GRAPHS)}")
    triples = set(islice(found, most + 1))
    if len(triples) > most or next(found, None) is not None:
        raise TooLargeError
    form = GRAPHS[media_type]
    used = {name: iri for name, iri in PREFIXES.items() if any(iri in str(triple) for triple in triples)}
    data = serialize(sorted(triples, key=str), format=form, prefixes=used)
    if data and len(data) > LARGEST:
        raise TooLargeError
    return Answer(200, media_type, data or b"")


def main() -> None:
    """Answer requests from stdin until it ends; the arguments are a folder and the limits."""
    folder, seconds, rows, megabytes = sys.argv[1], *map(float, sys.argv[2:])
    store = Store.read_only(folder)
    _limit_memory(int(megabytes) * MEGABYTE)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    _send(answers, Answer(200, "text/plain", b""))
    for request in _read(requests):
        signal.setitimer(signal.ITIMER_REAL, seconds)
        found = _answer_in_memory(store, request, int(rows))
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(answers, found)


def _answer_in_memory(store: Store, request: Request, rows: int) -> Answer:
    try:
        return answer(store, request, rows)
    except MemoryError:
        return refusal(500, "the query needs more memory than this server gives")


def _limit_memory(most: int) -> None:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    except (ValueError, OSError) as error:
        print(f"kg serve: memory is not limited here: {error}", file=sys.stderr)  # noqa: T201 # a process of its own


def _read(requests: IO[bytes]) -> Iterator[Request]:
    while line := requests.readline():
        yield Request(**json.loads(line))


def _send(out: IO[bytes], found: Answer) -> None:
    head = {"status": found.status, "media_type": found.media_type, "size": len(found.body)}
    out.write(json.dumps(head).encode() + b"\n")
    out.write(found.body)
    out.flush()


def line_of(request: Request) -> bytes:
    """Return a request as the line that a worker reads."""
    return json.dumps(asdict(request)).encode() + b"\n"


if __name__ == "__main__":
    main()
