"""A difference between two accounts: a contradiction with its certainty, or a lookalike with its reason.

Plain values that rules give and ``kg.reason.quads`` writes down. Which pairs of
claims make the two sides is decided here, for all rules alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.reason.weight import CERTAIN, NEVER, Weight, possible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.reason.ledger import Account, Voice

CHANGED = "changedBySpeaker"
"""The reason of a lookalike in which one speaker changed his word."""
TIMES = {"uncertainTime", "openEnd"}
"""What leaves room where only the bounds of times are uncertain."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side: a statement, and the claims that make it."""

    account: Account
    voices: tuple[Voice, ...]

    @property
    def order(self) -> tuple[str, str]:
        """Return by what sides are ordered: when somebody may first have said it, then the statement."""
        first = min(voice.said.begin_earliest for voice in self.voices)
        return first.isoformat(), self.account.statement


@dataclass(frozen=True, slots=True)
class Clash:
    """What a rule says of a pair of accounts, before it is known whose claims they are.

    ``kind``, ``rule``, ``matter`` and ``reason`` are local names of concepts,
    ``predicate`` that of a predicate. With a ``reason`` it is a lookalike.
    ``timeless`` says that the sides differ about time or word, and so have no
    common time. ``rests_on`` are further claims without which it would not be.
    """

    kind: str
    rule: str
    matter: str
    weight: Weight
    reason: str = ""
    predicate: str = ""
    timeless: bool = False
    rests_on: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Further matters."""
    steps: tuple[str, ...] = ()
    """How it follows, in numbered words, where two statements alone do not show it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A clash with its two sides; ``weight`` is that of the claims, too, ``reason`` is empty for a contradiction."""

    clash: Clash
    first: Side
    second: Side
    weight: Weight
    reason: str

    @property
    def things(self) -> list[str]:
        """Return the things that the two sides are about, in order."""
        return sorted({self.first.account.subject, self.second.account.subject})

    def resting_on(self, claims: Iterable[str]) -> Difference:
        """Return the difference with further claims without which it would not be."""
        sides = {voice.claim for side in (self.first, self.second) for voice in side.voices}
        rests_on = tuple(sorted({*self.clash.rests_on, *claims} - sides))
        return replace(self, clash=replace(self.clash, rests_on=rests_on))

    @property
    def is_contradiction(self) -> bool:
        """Return whether it is more than a lookalike."""
        return not self.reason


def sided(
    clash: Clash, one: Account, other: Account, sides: tuple[Sequence[Voice], Sequence[Voice]] | None = None
) -> Difference | None:
    """Return the difference between the claims of two accounts, or None if no two claims stand against each other.

    Claims of one speaker do: where one was said later, it is a change of mind, a
    lookalike; where the order is not known, at most possibly a contradiction.
    """
    left, right = sides or (one.voices, other.voices)
    pairs = [(a, b, _between(clash, a, b)) for a in left for b in right if a.claim != b.claim]
    against = [pair for pair in pairs if pair[2]]
    changed = [pair for pair in pairs if _changed(pair[0], pair[1])]
    chosen = against or changed or (pairs if clash.reason else [])
    if not chosen:
        return None
    weight = NEVER
    for _, _, between in chosen:
        weight |= between
    first = Side(one, _distinct(a for a, _, _ in chosen))
    second = Side(other, _distinct(b for _, b, _ in chosen))
    if second.order < first.order:
        first, second = second, first
    reason = CHANGED if changed and not against else clash.reason
    return Difference(clash, first, second, clash.weight & weight, reason)


def contradiction(
    clash: Clash, one: Account, other: Account, sides: tuple[Sequence[Voice], Sequence[Voice]] | None = None
) -> Iterable[Difference]:
    """Yield the difference between two accounts if it is a contradiction; a change of mind is passed over."""
    found = sided(clash, one, other, sides)
    if found and found.is_contradiction:
        yield found


def _between(clash: Clash, a: Voice, b: Voice) -> Weight:
    """Return how far two claims can stand against each other: not at all if one speaker changed his word.

    One speaker's claims in one source are read as meant together where that can
    be: where only the bounds of times are uncertain, they do not stand against each other.
    """
    if a.corrected_by or b.corrected_by:
        return NEVER
    if a.speaker != b.speaker or clash.rule == "saidOnce":
        return CERTAIN
    together = a.source == b.source and set(clash.weight.room) & TIMES
    return NEVER if together or _changed(a, b) else possible("unknownOrder")


def _changed(a: Voice, b: Voice) -> bool:
    """Return whether two claims are one speaker's, the one certainly said after the other."""
    return a.speaker == b.speaker and (a.spoke_after(b) or b.spoke_after(a))


def _distinct(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    return tuple(sorted(set(voices), key=lambda voice: voice.claim))
