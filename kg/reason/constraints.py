"""Times that claims about order make narrower: one network for each source, and what it leaves of each time.

A source's own dates count; of an event that it does not date, the widest that
others say. Points are the begin and the end of events, the moment of a statement,
and the saying of a claim.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kg.iri import compact, term
from kg.reason.difference import Clash, sided
from kg.reason.network import ORIGIN, Bound, Network, Point
from kg.reason.orders import AFTER, BEFORE
from kg.reason.times import begin_of, is_act
from kg.reason.weight import CERTAIN
from kg.when import FOREVER, Interval, Mode, Precision, windows, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from kg.reason.difference import Difference
    from kg.reason.ledger import Account, Ledger, Voice

ORDERING = (*AFTER, *BEFORE, "heldAfterClaim", "clockTime")
"""Predicates of statements from which a time may become narrower."""
SAYINGS = ("respondsTo", "denies", "supersedes", "withdraws")
"""Links of a claim to one that was said before it."""
ASSERTS = term("asserts")
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Tightened:
    """A statement with the narrower time that is left of its own, the claims it follows from, and how."""

    account: Account
    held: Interval
    claims: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inconsistent:
    """A smallest set of bounds of one source's network that cannot all hold."""

    source: str
    bounds: tuple[Bound, ...]


def tightened(ledger: Ledger) -> Iterator[Tightened | Inconsistent]:
    """Yield what the order in each source leaves of the times of its statements, where that is less than was told."""
    for source, accounts in sorted(_by_source(ledger).items()):
        network = _network(ledger, source, accounts)
        circle = network.conflict()
        if circle:
            # A circle of orders alone is found across all sources by kg.reason.orders.
            if any(ORIGIN in (bound.earlier, bound.later) for bound in circle):
                yield Inconsistent(source, tuple(circle))
            continue
        for account in accounts:
            found = _left(network, account)
            if found:
                yield found


def _by_source(ledger: Ledger) -> Mapping[str, list[Account]]:
    found: dict[str, dict[str, Account]] = defaultdict(dict)
    for name in ORDERING:
        for account in ledger.with_predicate(name):
            for voice in account.voices:
                found[voice.source][account.statement] = account
    return {source: [accounts[key] for key in sorted(accounts)] for source, accounts in found.items()}


def _network(ledger: Ledger, source: str, accounts: Sequence[Account]) -> Network:
    network = Network()
    said: dict[str, Voice] = {}
    events: set[str] = set()
    for account in accounts:
        voices = [voice for voice in account.voices if voice.source == source]
        said.update((voice.claim, voice) for voice in voices)
        _moment(ledger, network, account, voices)
        events |= {account.subject} | _ordered(ledger, network, account, voices)
        for target in sorted(account.values("heldAfterClaim")):
            earlier = ledger.voice(target)
            if earlier:
                said[target] = earlier
                why = f"it held after {compact(target)} was said"
                claims = frozenset(voice.claim for voice in voices) | {target}
                network.not_before(("at", account.statement), ("said", target), why, claims)
    for event in sorted(events):
        _date(ledger, network, source, event)
    _sayings(ledger, network, said)
    _writing(ledger, network, source, said)
    return network


def _moment(ledger: Ledger, network: Network, account: Account, voices: Sequence[Voice]) -> None:
    """Say where the moment of a statement lies: in its time as told, and within its event."""
    claims = frozenset(voice.claim for voice in voices)
    at: Point = ("at", account.statement)
    network.between(at, account.held.begin_earliest, account.held.end_latest - _SECOND, "as told", claims)
    event = ledger.identities.chief(account.subject)
    network.not_before(at, ("begin", event), "a moment of the event", claims)
    if account.held.mode is Mode.WITHIN and is_act(account):
        network.not_before(("begin", event), at, "the act is its beginning", claims)
    for voice in voices:
        if voice.stance == ASSERTS:
            why = "what is asserted had been so when it was said"
            network.not_before(("said", voice.claim), at, why, frozenset({voice.claim}))


def _ordered(ledger: Ledger, network: Network, account: Account, voices: Sequence[Voice]) -> set[str]:
    """Add the orders that a statement gives; return the events that it orders."""
    chief, claims = ledger.identities.chief, frozenset(voice.claim for voice in voices)
    mine, found = chief(account.subject), set[str]()
    for name in (*AFTER, *BEFORE):
        for value in sorted(account.values(name)):
            other = chief(value)
            found.add(other)
            why = f"{compact(mine)} {name} {compact(other)}"
            if name in AFTER:
                start = "end" if name == "startsAfterEndOf" else "begin"
                network.not_before(("begin", mine), (start, other), why, claims, strictly=True)
            else:
                start = "end" if name == "endsBefore" else "begin"
                network.not_before(("begin", other), (start, mine), why, claims, strictly=True)
            _within_hours(network, account, (("begin", other), ("begin", mine)), claims)
    return found


def _within_hours(network: Network, account: Account, points: tuple[Point, Point], claims: frozenset[str]) -> None:
    for hours in account.values("startsWithinHours"):
        why = f"at most {hours} hours after"
        network.at_most(Bound(points[0], points[1], int(float(hours) * 3600), why, claims))


def _date(ledger: Ledger, network: Network, source: str, event: str) -> None:
    """Say where an event begins and ends: as this source tells, or else as widely as all others do."""
    accounts = [one for one in ledger.accounts(ledger.identities.of(event)) if one.voices and one.has("eventType")]
    own = [one for one in accounts if any(voice.source == source for voice in one.voices)]
    dated = own if any(begin_of(one) or one.held.mode is Mode.WITHIN for one in own) else accounts
    begins = [(begin_of(one) or (one.held.begin_earliest, one.held.end_latest - _SECOND), one) for one in dated]
    chief = ledger.identities.chief(event)
    network.not_before(("end", chief), ("begin", chief), "an event begins before it ends", frozenset(), strictly=True)
    if begins:
        claims = frozenset(voice.claim for _, one in begins for voice in one.voices)
        first, last = min(pair[0] for pair, _ in begins), max(pair[1] for pair, _ in begins)
        why = f"{compact(event)} began between {written(first)} and {written(last)}"
        network.between(("begin", chief), first, last, why, claims)


def _sayings(ledger: Ledger, network: Network, said: Mapping[str, Voice]) -> None:
    """Say when the claims were said, as far as is told, and that answers come after what they answer."""
    waiting, seen = list(said.values()), set[str]()
    while waiting:
        voice = waiting.pop()
        if voice.claim in seen:
            continue
        seen.add(voice.claim)
        point, claims = ("said", voice.claim), frozenset({voice.claim})
        first, last = voice.said.begin_earliest, voice.said.end_latest
        why = f"{compact(voice.claim)} was said between {written(first)} and {written(last)}"
        network.between(point, first, last - _SECOND, why, claims)
        for name in (*SAYINGS, "reportedIn"):
            for target in sorted(voice.linked(name)):
                other = ledger.voice(target)
                if other:
                    waiting.append(other)
                    pair = (("said", target), point) if name == "reportedIn" else (point, ("said", target))
                    network.not_before(*pair, f"{compact(voice.claim)} {name} {compact(target)}", claims | {target})


def _writing(ledger: Ledger, network: Network, source: str, said: Mapping[str, Voice]) -> None:
    """Say that what a source reports had been said before the event before which it was written."""
    for account in ledger.accounts([source]):
        claims = frozenset(voice.claim for voice in account.voices)
        for event in sorted(account.values("writtenBefore")) if account.voices else ():
            _date(ledger, network, source, event)
            for voice in said.values():
                if voice.source == source:
                    why = f"{compact(source)} was written before {compact(event)}"
                    network.not_before(("begin", ledger.identities.chief(event)), ("said", voice.claim), why, claims)


def _left(network: Network, account: Account) -> Tightened | None:
    """Return what is left of a statement's time, or None if nothing is narrower than it was told."""
    low, high = network.earliest(("at", account.statement)), network.latest(("at", account.statement))
    if account.held.mode is not Mode.WITHIN or low is None or high is None:
        return None
    first, last = low[0], high[0] + _SECOND
    steps = _told(account)
    steps += _step("not before", low)
    steps += _step("not after", high)
    precision = account.held.precision
    for clock in sorted(account.values("clockTime")):
        left = list(windows(clock, first, last))
        steps += _excluded(clock, account.held, left)
        if not left:
            return None
        first, last = max(first, left[0][0]), min(last, left[-1][1])
        precision = Precision.MINUTE if len(left) == 1 else precision
    if (first, last) == (account.held.begin_earliest, account.held.end_latest) or first >= last:
        return None
    held = Interval(first, last, first, last, mode=Mode.WITHIN, precision=precision)
    claims = {voice.claim for voice in account.voices}
    claims |= {claim for _, path in (low, high) for bound in path for claim in bound.claims}
    lines = tuple(f"{number}. {step}" for number, step in enumerate([*steps, f"left: {held}"], start=1))
    return Tightened(account, held, tuple(sorted(claims)), lines)


def _told(account: Account) -> list[str]:
    clock = "".join(f", at {value}" for value in sorted(account.values("clockTime")))
    return [
        f"told: some time within {written(account.held.begin_earliest)} to {written(account.held.end_latest)}{clock}"
    ]


def _step(words: str, found: tuple[datetime, list[Bound]]) -> list[str]:
    moment, path = found
    reasons = [bound.why for bound in path if bound.why != "as told"]
    return [f"{words} {written(moment)}: {'; '.join(reasons)}"] if reasons and moment < FOREVER else []


def _excluded(clock: str, held: Interval, left: Sequence[tuple[datetime, datetime]]) -> list[str]:
    days = list(windows(clock, held.begin_earliest, held.end_latest))
    out = [written(start) for start, stop in days if (start, stop) not in left]
    kept = [written(start) for start, _ in left]
    return [f"{clock} is {', '.join(kept) or 'none'}" + (f"; excluded: {', '.join(out)}" if out else "")]


def inconsistency(ledger: Ledger, found: Inconsistent) -> Difference | None:
    """Return a set of bounds that conflict as a contradiction of order, between the claims of its first two bounds.

    None if all bounds are those of one claim, which then contradicts nobody but itself.
    """
    claims = sorted({claim for bound in found.bounds for claim in bound.claims})
    told = [(claim, account) for claim in claims for account in _accounts_of(ledger, claim)]
    for claim, one in told:
        for other_claim, other in told:
            if claim < other_claim:
                rest = tuple(sorted(set(claims) - {claim, other_claim}))
                clash = Clash(
                    "orderConflict", "orderWithoutCircle", "aboutTime", CERTAIN,
                    timeless=True, rests_on=rest, steps=_reasons(found.bounds),
                )  # fmt: skip
                return sided(clash, one, other, (_voice(one, claim), _voice(other, other_claim)))
    return None


def _reasons(bounds: Sequence[Bound]) -> tuple[str, ...]:
    whys = dict.fromkeys(bound.why for bound in bounds)
    return tuple(f"{number}. {why}" for number, why in enumerate(whys, start=1))


def _accounts_of(ledger: Ledger, claim: str) -> list[Account]:
    return [one for statement in ledger.content(claim) if (one := ledger.account(statement)) and one.voices]


def _voice(account: Account, claim: str) -> list[Voice]:
    return [voice for voice in account.voices if voice.claim == claim]
