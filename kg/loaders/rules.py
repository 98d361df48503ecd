"""The rules that a claim keeps however it is written down: claim files and registers share them.

It says what is broken; the reader knows where that stands and notes the finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from kg.when import Reading


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken rule; ``part`` is the key or column at fault, empty for the claim as a whole."""

    part: str
    rule: str
    message: str
    mend: str


def broken_by(stance: str, links: Collection[str], *, has_content: bool) -> Iterator[Broken]:
    """Yield what is wrong between a claim's stance, what it points at and what it states."""
    if stance == "denies" and not has_content and "denies" not in links:
        yield Broken(
            "", "denial-of-nothing", "a denial says what it denies", "add denies: or the content that is denied"
        )
    if stance == "withdraws" and "withdraws" not in links:
        yield Broken("", "withdrawal-of-nothing", "a withdrawal says what it withdraws", "add withdraws: with a claim")
    if stance == "asserts" and not has_content:
        yield Broken("", "empty-claim", "the claim has no content", "add content: with at least one statement")
    if "denies" in links and stance != "denies":
        yield Broken(
            "denies", "denies-stance", f"it denies a claim, but its stance is {stance!r}", "write stance: denies"
        )


def out_of_order(said: Reading | None, recorded: datetime | None) -> Iterator[Broken]:
    """Yield a fault if a claim was said only after it was recorded."""
    if said and recorded and said.interval.begin_earliest > recorded:
        message = f"said {said.notation!r}, after it was recorded"
        yield Broken("said", "said-after-recorded", message, "mend one of the two")


def empty_passage(start: int, end: int) -> Iterator[Broken]:
    """Yield a fault if a passage holds no character."""
    if start >= end:
        message = f"a passage of {start} to {end} is empty"
        yield Broken("end", "passage", message, "the end is exclusive, so it must be larger")
