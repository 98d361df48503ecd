"""The nearest known name for a misspelt one.

It suggests and never decides: a wrong name stays a finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable

CUT = 65
"""Below this likeness (0 to 100) a suggestion would mislead."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like this one, or None if none is near."""
    found = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=CUT)
    return found[0] if found else None


def mend_for(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return ``did you mean ...?`` where a name is near, else the other advice."""
    found = nearest(name, known)
    return f"did you mean {found!r}?" if found else otherwise
