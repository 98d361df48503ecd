"""Values that exclude each other at one time: of one thing, or of one that only one can have."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from kg.reason.difference import CHANGED, Clash, sided
from kg.reason.ledger import local
from kg.reason.weight import CERTAIN, apart, in_time, possible
from kg.terms import concepts, predicates
from kg.when import FOREVER, EndKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.reason.difference import Difference
    from kg.reason.ledger import Account, Ledger, Voice
    from kg.terms import Predicate
    from kg.when import Interval

KIND, BROKEN_CEASEFIRE = "valueConflict", "ceasefireConflict"
NUMBERS = ("amount", "atLeast", "atMost")
CAUSES = ("initiatedBy", "responsibleParty", "causedBy")
"""Predicates that other rules compare, with what a number or a beginning needs."""
EXCLUSIVE = "controlledBy"
"""Of the predicates that an account names whole, the one by which two accounts cannot both be so."""


def value_conflicts(ledger: Ledger, accounts: Sequence[Account]) -> Iterator[Difference]:
    """Yield the accounts of one thing that give it values which exclude each other."""
    told = [account for account in accounts if account.voices and _compared(account)]
    for one, other in combinations(told, 2):
        for clash in _clashes(ledger, told, one, other):
            found = _of_one_account(clash, one, other) if clash.rule == "oneAccount" else sided(clash, one, other)
            if found:
                yield found


def _of_one_account(clash: Clash, one: Account, other: Account) -> Difference | None:
    """Return the difference between those who tell different accounts, or of those who later tell another."""
    found = sided(clash, one, other, _different_speakers(one, other))
    if found:
        return found
    changed = sided(clash, one, other)
    return changed if changed and changed.reason == CHANGED else None


def _different_speakers(one: Account, other: Account) -> tuple[list[Voice], list[Voice]]:
    """Return the voices of two accounts without those who tell both: who names two names one account."""
    both = {voice.speaker for voice in one.voices} & {voice.speaker for voice in other.voices}
    return [v for v in one.voices if v.speaker not in both], [v for v in other.voices if v.speaker not in both]


def _compared(account: Account) -> bool:
    return any(name in _names() or (name, value) in _opposed() for name, value in account.facts)


@cache
def _names() -> frozenset[str]:
    plain = {p.name for p in predicates().values() if p.single_valued or p.one_account or p.one_per}
    excluding = {name for p in predicates().values() for name in (p.name, *p.excludes) if p.excludes}
    return frozenset((excluding | plain) - {*NUMBERS, *CAUSES})


@cache
def _opposed() -> frozenset[tuple[str, str]]:
    entries = {name for c in concepts().values() for name in (c.name, *c.opposes) if c.opposes}
    iris = {concepts()[name].iri for name in entries}
    return frozenset((p.name, iri) for p in predicates().values() for iri in iris)


def _clashes(ledger: Ledger, told: Sequence[Account], one: Account, other: Account) -> Iterator[Clash]:
    shared = {name for name, _ in one.facts} & {name for name, _ in other.facts}
    for name in sorted(shared & _names()):
        clash = _differ(ledger, told, predicates()[name], one, other)
        if clash:
            yield clash
    yield from _excluded(one, other)
    yield from _opposing(one, other)


def _differ(
    ledger: Ledger, told: Sequence[Account], predicate: Predicate, one: Account, other: Account
) -> Clash | None:
    if not predicate.single_valued and not predicate.one_account and not predicate.one_per:
        return None
    if any(one.values(per).isdisjoint(other.values(per)) for per in predicate.one_per):
        return None
    name = predicate.name
    left, right = one.values(name), other.values(name)
    if left == right:
        return None
    held = [_closed_by_own_word(told, account, name) for account in (one, other)]
    together = CERTAIN if predicate.one_per else in_time(*held)
    rule = "oneAccount" if predicate.one_account and name != EXCLUSIVE else "oneValueAtATime"
    weight = together & possible("bothMayBe") if rule == "oneAccount" else together
    reason = "partOfTheOther" if _related(ledger, left, right) else apart(held[0], held[1])
    return Clash(KIND, rule, predicate.matter, weight, reason, name)


def _closed_by_own_word(told: Sequence[Account], account: Account, name: str) -> Interval:
    """Return the held time of an account, an open end closed where all its speakers later said another value."""
    held = account.held
    if held.end_kind is not EndKind.OPEN or held.end_latest != FOREVER:
        return held
    closings = [_next_word(told, account, voice, name) for voice in account.voices]
    known = [closing for closing in closings if closing is not None]
    if len(known) < len(closings):
        return held
    end = max(closing.begin_latest for closing in known)
    return replace(held, end_latest=end) if end > max(held.begin_latest, held.end_earliest) else held


def _next_word(told: Sequence[Account], account: Account, voice: Voice, name: str) -> Interval | None:
    values = account.values(name)
    later = [
        other.held
        for other in told
        if other.has(name) and other.values(name) != values
        for newer in other.voices
        if newer.speaker == voice.speaker and newer.spoke_after(voice)
    ]
    return min(later, key=lambda held: held.begin_latest, default=None)


def _related(ledger: Ledger, left: frozenset[str], right: frozenset[str]) -> bool:
    return any(ledger.related(a, b) for a in left for b in right)


def _excluded(one: Account, other: Account) -> Iterator[Clash]:
    for name, value in one.facts:
        for against, same in other.facts:
            if value == same and _exclude(name, against):
                yield _whole(one, other, "excludedPredicates", name)


@cache
def _exclude(name: str, other: str) -> bool:
    known = predicates()
    return name in known and other in known and (other in known[name].excludes or name in known[other].excludes)


def _opposing(one: Account, other: Account) -> Iterator[Clash]:
    for name, value in one.facts:
        for same, against in other.facts:
            if name == same and _oppose(local(value), local(against)):
                yield _whole(one, other, "opposedValues", name)


@cache
def _oppose(one: str, other: str) -> bool:
    known = concepts()
    return one in known and other in known and (other in known[one].opposes or one in known[other].opposes)


def _whole(one: Account, other: Account, rule: str, name: str) -> Clash:
    together = in_time(one.held, other.held)
    kind = BROKEN_CEASEFIRE if name == "saidToHaveHeld" else KIND
    return Clash(kind, rule, predicates()[name].matter, together, apart(one.held, other.held), name)


def holder_conflicts(accounts: Sequence[Account], name: str) -> Iterator[Difference]:
    """Yield the accounts of different things that give them one value that only one can have at a time."""
    told = [account for account in accounts if account.voices]
    for one, other in combinations(told, 2):
        if one.subject != other.subject:
            clash = _whole(one, other, "oneHolderAtATime", name)
            found = sided(clash, one, other) if clash.reason != "intervalsApart" else None
            if found:
                yield found
