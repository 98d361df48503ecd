"""How quads become bytes and are read again: N-Quads, TriG, Turtle, TriG-star; others have modules of their own.

Bytes are compressed by what a file is called (.gz, .zst). Knows nothing of statements.
"""

from __future__ import annotations

import gzip
import io
import re
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import DefaultGraph, Literal, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import DataError, Finding
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

NP = "http://www.nanopub.org/nschema#"
PROV = "http://www.w3.org/ns/prov#"
_PART = 1 << 20
_QUOTED = re.compile(r"<< (.*) >> \.$")


@dataclass(frozen=True, slots=True)
class Syntax:
    """A way to write quads, and to read them."""

    suffix: str
    media_type: str
    write: Callable[[Iterable[Quad], IO[bytes]], None]
    read: Callable[[IO[bytes]], Iterator[Quad]]


def _oxigraph(form: RdfFormat, suffix: str, *, prefixes: dict[str, str] | None = None) -> Syntax:
    def write(quads: Iterable[Quad], out: IO[bytes]) -> None:
        told = quads if form.supports_datasets else (quad.triple for quad in quads)
        serialize(told, out, format=form, prefixes=prefixes)

    def read(file: IO[bytes]) -> Iterator[Quad]:
        return parse(file, format=form)

    return Syntax(suffix, form.media_type, write, read)


def _write_starred(quads: Iterable[Quad], out: IO[bytes]) -> None:
    for graph, several in groupby(quads, key=lambda quad: quad.graph_name):
        named = not isinstance(graph, DefaultGraph)
        out.write(f"{graph} {{\n".encode() if named else b"")
        for quad in several:
            out.write(f"{quad.subject} {quad.predicate} {_starred(quad.object)} .\n".encode())
        out.write(b"}\n" if named else b"")


def _starred(term: object) -> str:
    return f"<< {term.subject} {term.predicate} {_starred(term.object)} >>" if isinstance(term, Triple) else str(term)


def _read_starred(file: IO[bytes]) -> Iterator[Quad]:
    # What RDF-star quotes, RDF 1.2 calls a triple term: only the brackets differ, on lines as written above.
    lines = (_QUOTED.sub(r"<<( \1 )>> .", line.decode()).encode() for line in file)
    return parse(as_file(lines), format=RdfFormat.TRIG)


class _Joined(io.RawIOBase):
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.left = chunks, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # a buffer is what one gets
        while not self.left:
            chunk = next(self.chunks, None)
            if chunk is None:
                return 0
            self.left = memoryview(chunk)
        taken, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def as_file(chunks: Iterable[bytes]) -> IO[bytes]:
    """Return bytes that come in pieces as one file to read."""
    return cast("IO[bytes]", io.BufferedReader(_Joined(iter(chunks))))


def parts(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the rest of a file in parts."""
    return iter(lambda: file.read(_PART), b"")


def within_rdf11(quad: Quad) -> Quad:
    """Return a quad as it is. Raises DataError where it says what RDF 1.1 has no word for."""
    term = quad.object
    if isinstance(term, Triple) or (isinstance(term, Literal) and term.direction):
        what = "a triple term" if isinstance(term, Triple) else "a literal with a direction"
        mend = "take trig, nquads or a profile of RDF 1.2"
        raise DataError([Finding(str(quad.subject), "not-carried", f"{what} has no place in this profile", mend)])
    return quad


NQUADS = _oxigraph(RdfFormat.N_QUADS, ".nq")
TRIG = _oxigraph(RdfFormat.TRIG, ".trig", prefixes=PREFIXES)
NANOPUBS = _oxigraph(RdfFormat.TRIG, ".trig", prefixes={**PREFIXES, "np": NP, "prov": PROV})
TURTLE = _oxigraph(RdfFormat.TURTLE, ".ttl", prefixes=PREFIXES)
TRIG_STAR = Syntax(".trigs", "application/x-trigstar", _write_starred, _read_starred)


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing, compressed if it is called .gz or .zst; it stands under its name only when whole.

    Compressed bytes hold no clock and no name, so that the same content gives the same file.
    """
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("wb") as raw, _compressing(raw, path.suffix) as file:
            yield file
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _compressing(raw: IO[bytes], suffix: str) -> Iterator[IO[bytes]]:
    if suffix == ".gz":
        with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
            yield cast("IO[bytes]", file)
    elif suffix == ".zst":
        import zstandard

        with zstandard.ZstdCompressor(level=10).stream_writer(raw, closefd=False) as file:
            yield cast("IO[bytes]", file)
    else:
        yield raw


def _zstd_parts(raw: IO[bytes]) -> Iterator[bytes]:
    # The library's own reader takes a file that is cut off for one that is whole.
    import zstandard

    frame = None
    for part in parts(raw):
        left = part
        while left:
            frame = frame or zstandard.ZstdDecompressor().decompressobj()
            yield frame.decompress(left)
            left, frame = (frame.unused_data, None) if frame.eof else (b"", frame)
    if frame:
        raise EOFError("the compressed file ends before its end")


@contextmanager
def reading(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading, decompressed if it is called .gz or .zst. Raises DataError if it is no such file."""
    with path.open("rb") as raw:
        try:
            if path.suffix == ".gz":
                yield cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
            elif path.suffix == ".zst":
                yield as_file(_zstd_parts(raw))
            else:
                yield raw
        except (SyntaxError, ValueError, EOFError, OSError) as error:
            finding = Finding(str(path), "not-readable", str(error), "is it whole, and of the format that was named?")
            raise DataError([finding]) from error
