"""How far a contradiction holds: certainly, possibly and why only possibly, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from kg.when import FOREVER, Answer, Interval, hold_together

_SECOND = timedelta(seconds=1)
_RANK = {Answer.NO: 0, Answer.POSSIBLY: 1, Answer.CERTAINLY: 2}


@dataclass(frozen=True, slots=True)
class Weight:
    """An answer, and what leaves room where it is only possibly (local names of concepts)."""

    answer: Answer
    room: tuple[str, ...] = ()

    def __and__(self, other: Weight) -> Weight:
        """Return the weaker of two, with all that leaves room."""
        answer = min(self.answer, other.answer, key=_RANK.__getitem__)
        return Weight(answer, tuple(sorted({*self.room, *other.room})) if answer is Answer.POSSIBLY else ())

    def __or__(self, other: Weight) -> Weight:
        """Return the stronger of two."""
        return max(self, other, key=lambda weight: _RANK[weight.answer])

    def __bool__(self) -> bool:
        """Return whether it may be so."""
        return self.answer is not Answer.NO


CERTAIN = Weight(Answer.CERTAINLY)
NEVER = Weight(Answer.NO)


def possible(room: str) -> Weight:
    """Return what is only possible, for a reason."""
    return Weight(Answer.POSSIBLY, (room,))


def in_time(a: Interval, b: Interval) -> Weight:
    """Return how far two times have an instant in common; if only because an end is open, that leaves the room."""
    answer = hold_together(a, b)
    if answer is not Answer.POSSIBLY:
        return Weight(answer)
    closed = hold_together(as_far_as_told(a), as_far_as_told(b))
    return possible("openEnd" if closed is Answer.NO else "uncertainTime")


def as_far_as_told(held: Interval) -> Interval:
    """Return a time whose end nobody told, ended where it was last told of."""
    if held.end_latest != FOREVER:
        return held
    end = max(held.end_earliest, held.begin_latest + _SECOND)
    return replace(held, end_latest=min(end, FOREVER))


def apart(one: Interval, other: Interval) -> str:
    """Return why two times have no instant in common: they touch, or lie apart; empty if they may have one."""
    if in_time(one, other):
        return ""
    first, second = sorted((one, other))
    return "intervalsTouch" if first.end_latest == second.begin_earliest else "intervalsApart"
