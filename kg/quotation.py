"""Where quoted words stand in a text: passages, counted in Unicode code points.

The words and the text are looked at and not kept. It opens no files.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kg.claim import Passage
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.claim import Iri


def digest(text: str) -> str:
    """Return the sha256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def cited(source: Iri, text: str, quote: str, occurrence: int | None = None) -> tuple[Passage, ...]:
    """Return a passage for each place where the words stand, or for one of them, counted from 1.

    Raises UsageError if they stand nowhere, or less often than that.
    """
    starts = list(_starts(text, quote))
    if not starts:
        loosely = " ".join(quote.split()) in " ".join(text.split())
        mend = "blanks and line breaks differ" if loosely else "they must stand there letter for letter"
        raise UsageError(f"the words {quote!r} are not in the text", mend=mend)
    if occurrence is not None and not 1 <= occurrence <= len(starts):
        message = f"the words {quote!r} stand in the text {len(starts)} time(s), not {occurrence}"
        raise UsageError(message, mend=f"give an --occurrence from 1 to {len(starts)}, or none for all")
    chosen = starts if occurrence is None else [starts[occurrence - 1]]
    return tuple(Passage(source, start, start + len(quote), digest(quote)) for start in chosen)


def _starts(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + len(quote))
