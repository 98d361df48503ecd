"""Ceasefires said to hold, and attacks said to go on where, and while, they bind the attacker.

Time, place and party each answer certainly, possibly or no; the weakest counts.
What is not told leaves room: an attack without a place, a ceasefire without parties.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kg.iri import term
from kg.reason.difference import CHANGED, Clash, contradiction, sided
from kg.reason.weight import CERTAIN, NEVER, as_far_as_told, in_time, possible
from kg.terms import concepts
from kg.when import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from kg.reason.difference import Difference
    from kg.reason.ledger import Account, Ledger
    from kg.reason.weight import Weight
    from kg.when import Interval

KIND, RULE, MATTER = "ceasefireConflict", "ceasefireKept", "aboutHolding"
CEASEFIRE = term("Ceasefire")
ATTACKS = ("Attack", "ArmedClash", "Incursion", "CeasefireViolation")
"""Kinds of events, those below them among them, that a ceasefire rules out."""
BROKEN = frozenset({term("broken"), term("brokenAtOnce")})
OVER = frozenset({term("ended"), term("suspended"), term("calm")})
"""Phases and intensities that say that nothing goes on."""
PLACES = ("location", "direction", "targetPlace")


@dataclass(frozen=True, slots=True)
class _Reach:
    """A statement with how far its time may reach, as the sweep over all of them needs it."""

    statement: str
    held: Interval
    event: str
    parties: frozenset[str]


_Going = tuple["datetime", int, _Reach]
"""What the sweep keeps of a time that still goes on: its latest end, a number, and it."""


@cache
def attack_types() -> frozenset[str]:
    """Return the IRIs of the kinds of events that a ceasefire rules out."""
    found = set(ATTACKS)
    while more := {name for name, concept in concepts().items() if set(concept.broader) & found} - found:
        found |= more
    return frozenset(term(name) for name in found)


def ceasefire_conflicts(ledger: Ledger) -> Iterator[Difference]:
    """Yield the ceasefires said to hold, with each attack or breach that speaks against one."""
    told = (_reach(ledger, statement) for statement in ledger.with_value("eventType", CEASEFIRE))
    ceasefires = _closed(ledger, [reach for reach in told if reach])
    for reach, other in _meeting(ceasefires, _attacks(ledger)):
        found = _conflict(ledger, reach, other)
        if found:
            yield found
    for reach in ceasefires:
        yield from _breaches(ledger, reach)


def _reach(ledger: Ledger, statement: str) -> _Reach | None:
    account = ledger.account(statement)
    if account is None or not account.voices or account.has("saidToHaveHeld"):
        return None
    return _Reach(
        statement, account.held, ledger.identities.chief(account.subject), _told(ledger, account, ("participant",))
    )


def _attacks(ledger: Ledger) -> list[_Reach]:
    statements = {s for kind in sorted(attack_types()) for s in ledger.with_value("eventType", kind)}
    found = []
    for statement in sorted(statements):
        account = ledger.account(statement)
        if account and account.voices and not OVER & (account.values("phase") | account.values("intensity")):
            # Nobody says that an attack goes on after he last spoke of it.
            found.append(_Reach(statement, as_far_as_told(account.held), account.subject, frozenset()))
    return found


def _closed(ledger: Ledger, ceasefires: list[_Reach]) -> list[_Reach]:
    """Return the ceasefires, those without a told end closed by the next that binds the same parties.

    A new ceasefire is needed only when the old one is over; without one it may
    still hold, as far as anybody has said.
    """
    ordered = sorted(ceasefires, key=lambda reach: (reach.held.begin_earliest, reach.statement))
    return [_closed_by(ledger, reach, ordered[number + 1 :]) for number, reach in enumerate(ordered)]


def _closed_by(ledger: Ledger, reach: _Reach, later: list[_Reach]) -> _Reach:
    held = reach.held
    if held.end_latest != FOREVER:
        return reach
    limit = max(held.end_earliest, held.begin_latest)
    ends = (
        other.held.begin_latest
        for other in later
        if other.event != reach.event
        and other.held.begin_earliest > limit
        and _share(ledger, reach.parties, other.parties)
    )
    return replace(reach, held=replace(held, end_latest=next(ends, FOREVER)))


def _share(ledger: Ledger, one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or sum(any(ledger.related(a, b) for b in other) for a in one) > 1


def _meeting(ceasefires: list[_Reach], attacks: list[_Reach]) -> Iterator[tuple[_Reach, _Reach]]:
    """Yield the pairs whose times may meet or touch, by one sweep in the order of their beginnings."""
    marked = [(reach, False) for reach in ceasefires] + [(reach, True) for reach in attacks]
    marked.sort(key=lambda pair: (pair[0].held.begin_earliest, pair[0].statement))
    going: tuple[list[_Going], list[_Going]] = ([], [])
    for number, (reach, is_attack) in enumerate(marked):
        others = going[not is_attack]
        while others and others[0][0] < reach.held.begin_earliest:
            heapq.heappop(others)
        for _, _, other in sorted(others, key=lambda entry: entry[2].statement):
            yield (other, reach) if is_attack else (reach, other)
        heapq.heappush(going[is_attack], (reach.held.end_latest, number, reach))


def _conflict(ledger: Ledger, ceasefire: _Reach, attack: _Reach) -> Difference | None:
    told, against = ledger.account(ceasefire.statement), ledger.account(attack.statement)
    if told is None or against is None:
        return None
    time = in_time(ceasefire.held, attack.held)
    place, party = _place(ledger, told, against), _bound(ledger, ceasefire.parties, against)
    reason = "otherPlace" if not place else "notBound" if not party else ""
    if not time:
        if reason or not _touch(ceasefire.held, attack.held):
            return None
        reason = "intervalsTouch"
    joined = ledger.identities.claims(told.subject) | ledger.identities.claims(against.subject)
    clash = Clash(KIND, RULE, MATTER, time & place & party, reason, rests_on=tuple(sorted(joined)))
    found = sided(clash, replace(told, held=ceasefire.held), replace(against, held=attack.held))
    return None if found is None or found.reason == CHANGED else found


def _touch(one: Interval, other: Interval) -> bool:
    return one.begin_earliest == other.end_latest or other.begin_earliest == one.end_latest


def _place(ledger: Ledger, ceasefire: Account, attack: Account) -> Weight:
    held = _told(ledger, ceasefire, PLACES[:1])
    hit = _told(ledger, attack, PLACES, by_others=False)
    if not held or not hit:
        return possible("unknownPlace")
    if any(a == b or b in ledger.wider(a) for a in hit for b in held):
        return CERTAIN
    return possible("unknownPlace") if any(a in ledger.wider(b) for a in hit for b in held) else NEVER


def _bound(ledger: Ledger, parties: frozenset[str], attack: Account) -> Weight:
    attackers = _told(ledger, attack, ("perpetrator",)) or _told(ledger, attack, ("participant",))
    if not parties or not attackers:
        return possible("unknownParty")
    bound = any(one == party or party in ledger.wider(one) for one in attackers for party in parties)
    return CERTAIN if bound else NEVER


def _told(ledger: Ledger, account: Account, names: tuple[str, ...], *, by_others: bool = True) -> frozenset[str]:
    """Return the values that a statement gives, or else what the same speakers, or others, say of its event."""
    own = frozenset[str]().union(*(account.values(name) for name in names))
    if own:
        return own
    speakers = {voice.speaker for voice in account.voices}
    others = [one for one in ledger.accounts(ledger.identities.of(account.subject)) if one.voices]
    same = [one for one in others if speakers & {voice.speaker for voice in one.voices}]
    for accounts in (same, others if by_others else []):
        found = frozenset[str]().union(*(one.values(name) for one in accounts for name in names))
        if found:
            return found
    return frozenset()


def _breaches(ledger: Ledger, ceasefire: _Reach) -> Iterator[Difference]:
    """Yield a ceasefire said to hold beside what says that it was broken meanwhile."""
    told = ledger.account(ceasefire.statement)
    for other in ledger.accounts(ledger.identities.of(told.subject)) if told else ():
        if told and other.voices and other.values("saidToHaveHeld") & BROKEN:
            time = in_time(ceasefire.held, other.held)
            if time:
                yield from contradiction(Clash(KIND, RULE, MATTER, time), replace(told, held=ceasefire.held), other)
