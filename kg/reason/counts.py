"""Numbers: for the same count, and for a count and a part of it.

The same count is one figure, or figures that say the same of what is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from kg.iri import term
from kg.reason.difference import CHANGED, Clash, sided
from kg.reason.values import NUMBERS
from kg.reason.weight import CERTAIN, apart, in_time, possible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.reason.difference import Difference
    from kg.reason.ledger import Account, Ledger

COUNTED = ("measure", "countedIn", "countedOf", "countedAmong", "countedAt", "unitOfMeasure")
"""What makes a count the same: what is counted, in which event, of whom, among whom, where, in which unit."""
PARTIAL = ("countedAmong", "countedAt")
"""Of these, what may narrow a count to a part of it."""
KIND, MATTER = "valueConflict", "aboutFigure"
EVERYONE = term("everyone")
APPROXIMATE = term("approximate")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a statement says of a number: no less than ``low``, no more than ``high``, either of which may be open."""

    low: Decimal | None
    high: Decimal | None

    def meets(self, other: Bounds) -> bool:
        """Return whether some number fits both."""
        return not (_over(self.low, other.high) or _over(other.low, self.high))


def _over(low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and low > high


def bounds(account: Account) -> Bounds:
    """Return what an account says of its number."""
    amount, least, most = ([Decimal(value) for value in account.values(name)] for name in NUMBERS)
    return Bounds(min(amount + least, default=None), max(amount + most, default=None))


def key(ledger: Ledger, account: Account) -> tuple[frozenset[str], ...]:
    """Return what an account says is counted, by the chief identities of events."""
    return tuple(frozenset(map(ledger.identities.chief, account.values(name))) for name in COUNTED)


def numbered(accounts: Sequence[Account]) -> list[Account]:
    """Return the accounts that give a number."""
    return [account for account in accounts if account.voices and any(account.has(name) for name in NUMBERS)]


def count_conflicts(ledger: Ledger, accounts: Sequence[Account]) -> Iterator[Difference]:
    """Yield the accounts of one figure, or of figures that count the same, whose numbers do not meet."""
    told = numbered(accounts)
    last_words = _last_words(ledger, told)
    for one, other in combinations(told, 2):
        if bounds(one).meets(bounds(other)):
            continue
        if not _same_count(ledger, one, other):
            if _is_like(ledger, one, other):
                yield from _lookalike(one, other, "otherCount")
        elif not (one.statement in last_words and other.statement in last_words):
            yield from _lookalike(one, other, CHANGED)
        else:
            yield from _conflict(one, other, "oneCount")


def _same_count(ledger: Ledger, one: Account, other: Account) -> bool:
    """Return whether two accounts count the same: one figure with nothing said that differs, or the same in all."""
    keys = key(ledger, one), key(ledger, other)
    if keys[0] == keys[1]:
        return True
    if ledger.identities.chief(one.subject) != ledger.identities.chief(other.subject):
        return False
    return all(a == b for a, b in zip(*keys, strict=True) if a and b)


def _is_like(ledger: Ledger, one: Account, other: Account) -> bool:
    """Return whether two counts that are not the same may be mistaken for it: they differ in one thing only."""
    return sum(a != b for a, b in zip(key(ledger, one), key(ledger, other), strict=True)) == 1


def _last_words(ledger: Ledger, accounts: Sequence[Account]) -> set[str]:
    """Return the statements that are the last word of at least one of their speakers on their count."""
    said = [(key(ledger, account), voice, account) for account in accounts for voice in account.voices]
    return {
        account.statement
        for counted, voice, account in said
        if not voice.corrected_by
        and not any(
            counted == same and later.speaker == voice.speaker and later.spoke_after(voice) and newer is not account
            for same, later, newer in said
        )
    }


def _conflict(one: Account, other: Account, rule: str) -> Iterator[Difference]:
    weight = in_time(one.held, other.held)
    if APPROXIMATE in one.values("standing") | other.values("standing"):
        weight &= possible("approximateNumber")
    clash = Clash(KIND, rule, MATTER, weight, apart(one.held, other.held), _name(one, other))
    found = sided(clash, one, other)
    if found:
        yield found


def _lookalike(one: Account, other: Account, reason: str) -> Iterator[Difference]:
    found = sided(Clash(KIND, "oneCount", MATTER, CERTAIN, reason, _name(one, other)), one, other)
    if found:
        yield found


def _name(one: Account, other: Account) -> str:
    shared = [name for name in NUMBERS if one.has(name) and other.has(name)]
    return shared[0] if shared else next(name for name in NUMBERS if one.has(name) or other.has(name))


def part_conflicts(ledger: Ledger, accounts: Sequence[Account]) -> Iterator[Difference]:
    """Yield the accounts of a count and of a part of it where the part is certainly the larger."""
    told = numbered(accounts)
    last_words = _last_words(ledger, told)
    for one, other in combinations([account for account in told if account.statement in last_words], 2):
        for part, whole in ((one, other), (other, one)):
            if _is_part(ledger, part, whole) and _over(bounds(part).low, bounds(whole).high):
                yield from _conflict(part, whole, "partWithinWhole")


def _is_part(ledger: Ledger, part: Account, whole: Account) -> bool:
    keys = zip(COUNTED, key(ledger, part), key(ledger, whole), strict=True)
    same = all(one == other for name, one, other in keys if name not in PARTIAL)
    narrower = [_narrower(ledger, name, part.values(name), whole.values(name)) for name in PARTIAL]
    return same and None not in narrower and any(narrower)


def _narrower(ledger: Ledger, name: str, part: frozenset[str], whole: frozenset[str]) -> bool | None:
    """Return whether one is narrower than the other, False if they are the same, None if neither."""
    if part == whole:
        return False
    if name == "countedAmong":
        return True if part and (not whole or EVERYONE in whole) else None
    if not part:
        return None
    held = not whole or all(any(place in ledger.wider(one) for place in whole) for one in part)
    return True if held else None
