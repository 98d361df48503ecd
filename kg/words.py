"""The words of the passages, for a reader who has the texts: found by the hash of the text, shown, and not kept.

A text whose hash no source has is not used; a source without a text keeps its offsets.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.errors import DataError, Finding
from kg.quotation import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.view import Said, View

_LARGEST = 20_000_000


def texts_in(folder: Path) -> Iterator[str]:
    """Yield the texts (UTF-8) of the files of a folder and of those below it, in order; other files are passed over.

    Raises DataError if there is no such folder.
    """
    if not folder.is_dir():
        raise DataError([Finding(str(folder), "no-texts", "there is no such folder", "name the folder of the texts")])
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size <= _LARGEST:
            try:
                yield path.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                continue


def with_words(view: View, texts: Iterable[str]) -> View:
    """Return the view with the words of each passage whose source's text is among the texts."""
    wanted = {origin.sha256: origin.iri for origin in view.origins if origin.sha256}
    found = {wanted[hashed]: text for text in texts if (hashed := digest(text)) in wanted}
    return replace(view, claims=tuple(_worded(claim, found.get(claim.source)) for claim in view.claims))


def _worded(claim: Said, text: str | None) -> Said:
    if text is None:
        return claim
    return replace(claim, words=tuple(text[start:end] for start, end in claim.passages))
