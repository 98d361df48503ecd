"""Jelly: quads as a stream of binary frames (https://w3id.org/jelly). Needs the extra ``jelly``.

What the frames hold stands in ``kg.profiles.frames``, which only those load who use it.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from kg.errors import UsageError
from kg.profiles.syntax import Syntax

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from pyoxigraph import Quad


def _frames() -> ModuleType:
    try:
        from kg.profiles import frames
    except ModuleNotFoundError as error:
        raise UsageError("Jelly needs the library pyjelly", mend="pip install 'conflict-kg[jelly]'") from error
    return frames


def _write(quads: Iterable[Quad], out: IO[bytes]) -> None:
    _frames().write(quads, out)


def _read(file: IO[bytes]) -> Iterator[Quad]:
    yield from _frames().read(file)


JELLY = Syntax(".jelly", "application/x-jelly-rdf", _write, _read)
