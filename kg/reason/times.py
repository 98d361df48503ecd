"""Times of one event or one state of things that cannot both be so: its beginning, its end, its one moment."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kg.iri import term
from kg.reason.difference import Clash, sided
from kg.reason.ledger import is_event
from kg.reason.weight import CERTAIN, NEVER, in_time, possible
from kg.terms import concepts, predicates
from kg.vocab import K_NS
from kg.when import EndKind, Mode, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from kg.reason.difference import Difference
    from kg.reason.ledger import Account, Ledger
    from kg.reason.weight import Weight
    from kg.when import Interval

KIND = "timeConflict"
SAYING = frozenset({term("PublicStatement"), term("Briefing")})
"""Kinds of events that are somebody's saying something."""
BEGUN = K_NS + "begun"
ASPECTS = ("intensity", "phase", "assessedAs", "saidToHaveHeld", "calledFor", "respondsToEvent", "causedBy")
"""Predicates of statements that tell of a part of an event's time and not of the whole."""
_SECOND = timedelta(seconds=1)
_UNIT = {
    Precision.MINUTE: timedelta(minutes=1),
    Precision.HOUR: timedelta(hours=1),
    Precision.DAY: timedelta(days=1),
    Precision.MONTH: timedelta(days=31),
    Precision.YEAR: timedelta(days=366),
}
"""How long the unit of a precision is at the most."""


class Range(NamedTuple):
    """The first and the last instant at which something may lie, both included."""

    first: datetime
    last: datetime

    def disjoint(self, other: Range) -> bool:
        """Return whether no instant lies in both."""
        return self.last < other.first or other.last < self.first


def time_conflicts(ledger: Ledger, accounts: Sequence[Account]) -> Iterator[Difference]:
    """Yield the accounts of one thing that put the same at times which cannot both be so."""
    told = [account for account in accounts if account.voices]
    for one, other in combinations(told, 2):
        clash = _clash(ledger, told, one, other)
        if clash:
            found = sided(clash, one, other)
            if found:
                yield found


def _clash(ledger: Ledger, told: Sequence[Account], one: Account, other: Account) -> Clash | None:
    if not _same_matter(one, other):
        return None
    rule, weight = _rule(told, one, other)
    if not rule:
        return None
    reason = "" if _same_place(ledger, one, other) else "otherPlace"
    also = ("aboutSaying",) if SAYING & one.values("eventType") & other.values("eventType") else ()
    return Clash(KIND, rule, "aboutTime", weight, reason, timeless=True, also=also)


def _rule(told: Sequence[Account], one: Account, other: Account) -> tuple[str, Weight]:
    comparable = is_event(one.subject) or bool(in_time(one.held, other.held))
    if comparable and _differ(begin_of(one), begin_of(other)):
        return "beganOnce", CERTAIN
    if comparable and _differ(end_of(one), end_of(other)):
        return "endedOnce", CERTAIN
    moments = all(_is_moment(account) for account in (one, other)) and any(is_act(account) for account in told)
    if moments and Range(*_reach(one.held)).disjoint(Range(*_reach(other.held))):
        lasted = any(_spans(account, one, other) for account in told)
        return "happenedOnce", possible("bothMayBe") if lasted else CERTAIN
    return "", NEVER


def _differ(one: Range | None, other: Range | None) -> bool:
    return one is not None and other is not None and one.disjoint(other)


def _reach(held: Interval) -> tuple[datetime, datetime]:
    return held.begin_earliest, held.end_latest - _SECOND


def begin_of(account: Account) -> Range | None:
    """Return within what the real beginning lies, if the account tells of it: to the day, any instant of that day."""
    held = account.held
    if held.mode is Mode.WITHIN:
        return Range(*_reach(held)) if account.values("phase") == {BEGUN} else None
    if held.begin_kind is not EndKind.KNOWN or is_aspect(account):
        return None
    return Range(held.begin_earliest, held.begin_latest + slack(held))


def end_of(account: Account) -> Range | None:
    """Return within what the real end lies, if the account tells of it."""
    held = account.held
    if held.mode is Mode.WITHIN or held.end_kind is not EndKind.KNOWN or is_aspect(account):
        return None
    return Range(held.end_earliest - slack(held), held.end_latest)


def slack(held: Interval) -> timedelta:
    """Return how far off the instant may lie in the unit as written: the day of a beginning is its first instant."""
    return max(_UNIT.get(held.precision, _SECOND) - _SECOND, timedelta())


def is_aspect(account: Account) -> bool:
    """Return whether an account tells of a part of an event's time, or how it went, and not of the whole."""
    return any(account.has(name) for name in ASPECTS) and account.values("phase") != {BEGUN}


def _same_matter(one: Account, other: Account) -> bool:
    """Return whether two accounts tell of the same: the same event as such, or one fact of a state of things."""
    if is_event(one.subject):
        return one.has("eventType") and other.has("eventType")
    shared = set(one.facts) & set(other.facts)
    if any(name in _acts() or value in _acts() for name, value in shared):
        return True
    names = {name for name, _ in one.facts} & {name for name, _ in other.facts} & _acts()
    if any(not predicates()[name].one_per for name in names):
        return True
    return any(predicates()[name].begins_by_act for name, _ in shared if name in predicates())


@cache
def _acts() -> frozenset[str]:
    """Return the predicates, by name, and the concepts, by IRI, that mark what happens once."""
    marked = {predicate.name for predicate in predicates().values() if predicate.once}
    return frozenset(marked | {concept.iri for concept in concepts().values() if concept.once})


def is_act(account: Account) -> bool:
    """Return whether an account tells of an act, that is of what has one time."""
    return any(name in _acts() or value in _acts() for name, value in account.facts)


def _is_moment(account: Account) -> bool:
    """Return whether an account puts it at some time within a range, and not only how it went then."""
    if account.held.mode is not Mode.WITHIN:
        return False
    return not is_aspect(account) if is_event(account.subject) else is_act(account)


def _spans(account: Account, one: Account, other: Account) -> bool:
    """Return whether an account says that it went on over both ranges."""
    if account.held.mode is Mode.WITHIN or is_aspect(account):
        return False
    return all(in_time(account.held, point.held) for point in (one, other))


def _same_place(ledger: Ledger, one: Account, other: Account) -> bool:
    places = [account.values("location") | account.values("signedAt") for account in (one, other)]
    return not all(places) or any(ledger.related(a, b) for a in places[0] for b in places[1])
