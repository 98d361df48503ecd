"""Denials: a claim against a claim by name, and a stance against a statement or a part of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.reason.difference import Clash, sided
from kg.reason.ledger import DENIES, is_event
from kg.reason.weight import CERTAIN, apart, in_time, possible
from kg.terms import predicates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.reason.difference import Difference
    from kg.reason.ledger import Account, Ledger, Voice
    from kg.reason.weight import Weight

NAMED = ("perpetrator", "initiatedBy", "invokes", "requests", "brokeredBy", "causedBy")
"""Predicates that a denial of an event may really be about."""


def named_denials(ledger: Ledger) -> Iterator[Difference]:
    """Yield what claims deny by name: for each denied statement, those who deny it and those who said it."""
    pairs: dict[tuple[str, str], list[tuple[Voice, Voice]]] = defaultdict(list)
    for denier, denied in ledger.linked("denies"):
        for statement in _denied_statements(ledger, denier, denied) if denier.stance == DENIES else ():
            pairs[statement, denied.stance].append((denied, denier))
    for statement, stance in sorted(pairs):
        told, met = ledger.account(statement), pairs[statement, stance]
        if told:
            sides = tuple(denied for denied, _ in met), tuple(denier for _, denier in met)
            clash = Clash("explicitDenial", "denialOfClaim", _matter(told), CERTAIN, timeless=True, also=_also(told))
            found = sided(clash, told, told, sides)
            if found:
                yield found


def _denied_statements(ledger: Ledger, denier: Voice, denied: Voice) -> list[str]:
    """Return what of a claim another denies: what it repeats, or names a part of, or the first statement."""
    said, content = _said(ledger, denied), ledger.content(denier.claim)
    shared = sorted(set(said) & set(content))
    if shared or not said:
        return shared
    parts = [account for statement in content if (account := ledger.account(statement))]
    whole = [account for statement in said if (account := ledger.account(statement))]
    named = [one.statement for one in whole if any(_is_part(part, one) for part in parts)]
    about = [one.statement for one in whole if any(part.subject == one.subject for part in parts)]
    return named or about[:1] or [said[0]]


def _said(ledger: Ledger, voice: Voice) -> list[str]:
    """Return the statements of a claim, or if it has none those of the claims that it denies."""
    own = ledger.content(voice.claim)
    denied = sorted(voice.linked("denies"))
    return own or [statement for claim in denied for statement in ledger.content(claim)]


def denials(accounts: Sequence[Account]) -> Iterator[Difference]:
    """Yield each account against which somebody speaks out, beside each that it denies without naming a claim."""
    for denied in accounts:
        for told in accounts if denied.against else ():
            if told.voices and _is_part(denied, told):
                yield from _against(told, denied)


def _is_part(part: Account, whole: Account) -> bool:
    return part.subject == whole.subject and set(part.facts) <= set(whole.facts)


def _against(told: Account, denied: Account) -> Iterator[Difference]:
    weighed: dict[Weight, list[Voice]] = defaultdict(list)
    for voice in denied.against:
        weighed[_opposed(told, denied, voice)].append(voice)
    for weight, against in weighed.items():
        named = {claim for voice in against for claim in voice.linked("denies") if voice.stance == DENIES}
        others = tuple(voice for voice in told.voices if voice.claim not in named)
        if others:
            reason = "" if weight else apart(told.held, denied.held)
            clash = Clash("opposedStance", "denialOfStatement", _matter(denied), weight, reason, also=_also(denied))
            found = sided(clash, told, denied, (others, against))
            if found:
                yield found


def _opposed(told: Account, denied: Account, voice: Voice) -> Weight:
    same = told.statement == denied.statement
    weight = CERTAIN if same else in_time(told.held, denied.held)
    return weight if voice.stance == DENIES else weight & possible("doubtOnly")


def _matter(denied: Account) -> str:
    """Return what a denial is about: of an event whether it happened, of anything else what the predicate is about."""
    if is_event(denied.subject) and denied.has("eventType"):
        return "aboutOccurrence"
    return next((predicates()[name].matter for name, _ in denied.facts if name in predicates()), "aboutStatus")


def _also(denied: Account) -> tuple[str, ...]:
    """Return what a denial is about beside: who did or began it, or under which article, where that is named."""
    found = {predicates()[name].matter for name, _ in denied.facts if name in NAMED}
    return tuple(sorted(found - {_matter(denied)}))
