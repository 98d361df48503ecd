"""Accounts of who began, what caused it and who is to answer for it; and responses that each side calls its own."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from kg.reason.difference import Clash, contradiction, sided
from kg.reason.values import CAUSES
from kg.reason.weight import CERTAIN, possible
from kg.terms import predicates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.reason.difference import Difference
    from kg.reason.ledger import Account, Ledger

KIND = "causeConflict"
BEGAN = "initiatedBy"


def cause_conflicts(ledger: Ledger, accounts: Sequence[Account]) -> Iterator[Difference]:
    """Yield the accounts of one event that name different beginners, causes or responsible parties."""
    told = [account for account in accounts if account.voices and any(account.has(name) for name in CAUSES)]
    for one, other in combinations(told, 2):
        for name in CAUSES:
            left, right = one.values(name), other.values(name)
            if left and right and left != right:
                # Only one can have begun; several may have caused it or bear responsibility.
                weight = CERTAIN if name == BEGAN else possible("bothMayBe")
                reason = "partOfTheOther" if any(ledger.related(a, b) for a in left for b in right) else ""
                clash = Clash(KIND, "whoBegan", predicates()[name].matter, weight, reason, name, timeless=True)
                found = sided(clash, one, other)
                if found:
                    yield found


def mutual_causes(ledger: Ledger, pairs: Sequence[tuple[Account, str]], name: str) -> Iterator[Difference]:
    """Yield the accounts by which each of two events answers, or was caused by, the other.

    ``pairs`` are accounts with the event that they name by the predicate.
    """
    by_events: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account, cause in pairs:
        by_events[ledger.identities.chief(account.subject), ledger.identities.chief(cause)].append(account)
    clash = Clash(KIND, "whoBegan", "aboutCause", CERTAIN, predicate=name, timeless=True)
    for effect, cause in sorted(by_events):
        if effect < cause:
            for one in by_events[effect, cause]:
                for other in by_events.get((cause, effect), ()):
                    yield from contradiction(clash, one, other)
