"""Durations that somebody gives, against the begin and end that somebody else gives of the same event."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.iri import term
from kg.reason.counts import APPROXIMATE, Bounds, bounds
from kg.reason.difference import Clash, contradiction
from kg.reason.times import is_aspect
from kg.reason.weight import CERTAIN, NEVER, Weight, possible
from kg.when import FOREVER, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reason.difference import Difference
    from kg.reason.ledger import Account, Ledger

DURATION = term("duration")
UNITS: dict[str, timedelta] = {
    term("minutes"): timedelta(minutes=1),
    term("hours"): timedelta(hours=1),
    term("days"): timedelta(days=1),
}


def duration_conflicts(ledger: Ledger) -> Iterator[Difference]:
    """Yield the durations that no begin and end within the bounds of an account of the event can give."""
    for statement in ledger.with_value("measure", DURATION):
        told = ledger.account(statement)
        unit = next((UNITS[one] for one in told.values("unitOfMeasure") if one in UNITS), None) if told else None
        for event in sorted(told.values("countedIn")) if told and told.voices and unit else ():
            for account in ledger.accounts(ledger.identities.of(event)):
                if told and unit and account.voices and account.has("eventType") and not is_aspect(account):
                    yield from _clash(told, unit, account)


def _clash(told: Account, unit: timedelta, account: Account) -> Iterator[Difference]:
    held = account.held
    if held.mode is Mode.WITHIN:
        return
    shortest = max(held.end_earliest - held.begin_latest, timedelta())
    longest = None if held.end_latest == FOREVER else held.end_latest - held.begin_earliest
    weight = _fits(bounds(told), shortest / unit, longest / unit if longest else None)
    if APPROXIMATE in told.values("standing"):
        weight &= possible("approximateNumber")
    if weight:
        clash = Clash("timeConflict", "lastedAsLong", "aboutDuration", weight, predicate="amount", timeless=True)
        yield from contradiction(clash, told, account)


def _fits(wanted: Bounds, shortest: float, longest: float | None) -> Weight:
    """Return whether a duration certainly cannot be: it is shorter, or longer, than every begin and end allow."""
    if wanted.high is not None and Decimal(shortest) > wanted.high:
        return CERTAIN
    too_long = wanted.low is not None and longest is not None and Decimal(longest) < wanted.low
    return CERTAIN if too_long else NEVER
