"""What only looks contradictory because two scopes are told in one breath: calmer here, still under fire there."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from kg.iri import term
from kg.reason.ceasefires import PLACES, attack_types
from kg.reason.difference import Clash, Difference, Side
from kg.reason.weight import in_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reason.ledger import Account, Ledger, Voice

EASED = frozenset({term("calm"), term("diminished"), term("unchanged")})


def scopes(ledger: Ledger) -> Iterator[Difference]:
    """Yield what one speaker says in one source of fire that eases in one place and goes on in another."""
    for eased in ledger.with_predicate("intensity"):
        if eased.voices and eased.values("intensity") & EASED and _places(eased):
            for voice, going in _beside(ledger, eased):
                apart = not any(ledger.related(a, b) for a, b in product(_places(eased), _places(going)))
                if apart and in_time(eased.held, going.held):
                    yield _lookalike(eased, going, voice)


def _beside(ledger: Ledger, eased: Account) -> Iterator[tuple[Voice, Account]]:
    for voice in eased.voices:
        for statement in ledger.content(voice.claim):
            account = ledger.account(statement)
            if account and account.values("eventType") & attack_types() and _places(account):
                yield voice, account


def _places(account: Account) -> frozenset[str]:
    return frozenset[str]().union(*(account.values(name) for name in PLACES))


def _lookalike(eased: Account, going: Account, voice: Voice) -> Difference:
    weight = in_time(eased.held, going.held)
    clash = Clash("ceasefireConflict", "ceasefireKept", "aboutHolding", weight, "otherPlace", "intensity")
    return Difference(clash, Side(eased, (voice,)), Side(going, (voice,)), weight, clash.reason)
