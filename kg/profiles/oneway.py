"""Forms in which the graph leaves and does not come back: what they have no place for is gone.

They write as profiles do. Each says what it does not carry, and why it is not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from kg.errors import UsageError
from kg.profiles import ftm, schemaorg, syntax

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad


@dataclass(frozen=True, slots=True)
class OneWay:
    """A form that is written and not read."""

    name: str
    summary: str
    ending: str
    """How the names of its files end."""
    write: Callable[[Iterable[Quad], IO[bytes]], None]
    """Writes quads of the primary shape; the same quads in another order give the same bytes."""
    cannot: tuple[str, ...]
    """What it does not carry, in sentences."""

    def save(self, quads: Iterable[Quad], path: Path) -> None:
        """Write a file whole or not at all, compressed if it is called .gz or .zst."""
        with syntax.writing(path) as file:
            self.write(quads, file)

    def load(self, path: Path) -> Iterator[Quad]:
        """Refuse to read: raises UsageError, with what is not there to be read."""
        lost = " ".join(self.cannot)
        raise UsageError(
            f"{path} cannot be read: {self.name} goes one way, as it does not carry this: {lost}",
            mend="convert the graph it was written from: kg export -o graph.nq.gz writes it whole",
        )


ONE_WAY = {
    form.name: form
    for form in (
        OneWay(
            "ftm-statements", "FollowTheMoney's statements: entities, and claims as notes; one way",
            ".statements.json", ftm.write, ftm.CANNOT,
        ),
        OneWay(
            "claimreview", "schema.org: a Claim each, a ClaimReview of those who check; one way",
            ".claims.jsonld", schemaorg.write, schemaorg.CANNOT,
        ),
    )
}  # fmt: skip
"""By name."""


def one_way_of(name: str) -> OneWay | None:
    """Return the one-way form that a file's name tells of, if it does."""
    plain = name.removesuffix(".gz").removesuffix(".zst")
    return next((form for form in ONE_WAY.values() if plain.endswith(form.ending)), None)
