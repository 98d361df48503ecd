"""Reports of one speaker on one occasion that differ in what he called for."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from kg.reason.difference import Clash, contradiction
from kg.reason.weight import in_time
from kg.terms import predicates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.reason.difference import Difference
    from kg.reason.ledger import Account, Voice


def report_conflicts(accounts: Sequence[Account]) -> Iterator[Difference]:
    """Yield the accounts by which two sources give one speaker different words for one occasion."""
    told = [account for account in accounts if account.voices and any(account.has(name) for name in _whole())]
    for one, other in combinations(told, 2):
        for name in sorted(_whole()):
            left, right = one.values(name), other.values(name)
            if left and right and left != right:
                yield from _differing(one, other, name)


@cache
def _whole() -> frozenset[str]:
    return frozenset(predicate.name for predicate in predicates().values() if predicate.compared_whole)


def _differing(one: Account, other: Account, name: str) -> Iterator[Difference]:
    for a in one.voices:
        for b in other.voices:
            if _one_occasion(a, b):
                matter = predicates()[name].matter
                clash = Clash(
                    "reportConflict", "saidOnce", matter, in_time(a.said, b.said), predicate=name, timeless=True
                )
                yield from contradiction(clash, one, other, ((a,), (b,)))


def _one_occasion(a: Voice, b: Voice) -> bool:
    return a.speaker == b.speaker and a.source != b.source and bool(in_time(a.said, b.said))
