"""Duties of treaties that events are claimed to bring into play: whose, by whose account, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.iri import kind_of, term
from kg.reason.ceasefires import PLACES
from kg.reason.support import side
from kg.reason.weight import NEVER, Weight, in_time, possible
from kg.terms import concepts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.reason.ledger import Account, Ledger, Voice

ASSERTS = term("asserts")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a duty: ``state`` names a concept, ``delay`` is in whole minutes, at least and at most."""

    state: str
    invocations: tuple[Voice, ...]
    answers: tuple[Voice, ...]
    delay: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Duty:
    """What one provision obliges to, towards one party, after one event, by some accounts of it."""

    provision: str
    obligation: str
    event: str
    towards: str
    bearers: tuple[str, ...]
    accounts: tuple[Voice, ...]
    weight: Weight
    fate: Fate
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Provision:
    iri: str
    treaty: str
    kinds: frozenset[str]
    obliges: tuple[Account, ...]
    rests_on: frozenset[str]


class Duties:
    """Finds the duties that the claims of a ledger bring into play."""

    def __init__(self, ledger: Ledger) -> None:
        """Keep the ledger; treaties and invocations are read when they are first asked for."""
        self.ledger = ledger

    @cached_property
    def _provisions(self) -> list[_Provision]:
        treaties = {
            provision: account.subject
            for account in self.ledger.with_predicate("provision")
            for provision in account.values("provision")
        }
        found = []
        for account in self.ledger.with_predicate("triggeredBy"):
            if account.voices and account.subject in treaties:
                told = [one for one in self.ledger.accounts([account.subject]) if one.voices and one.has("obliges")]
                kinds = frozenset(_with_narrower(account.values("triggeredBy")))
                claims = frozenset(voice.claim for voice in account.voices)
                found.append(_Provision(account.subject, treaties[account.subject], kinds, tuple(told), claims))
        return found

    @cached_property
    def _parties(self) -> Mapping[str, list[Account]]:
        """Return by treaty the accounts of who is a party, and of who left or suspended his part."""
        treaties = {provision.treaty for provision in self._provisions}
        names = ("party", "withdrawn", "participationSuspended")
        return {
            treaty: [one for one in self.ledger.accounts([treaty]) if one.voices and any(map(one.has, names))]
            for treaty in sorted(treaties)
        }

    @cached_property
    def _invocations(self) -> list[Account]:
        return [one for name in ("invokes",) for one in self.ledger.with_predicate(name)]

    @cached_property
    def _answers(self) -> list[Account]:
        return [one for one in self.ledger.with_predicate("answers") if any(v.stance == ASSERTS for v in one.voices)]

    def of_event(self, event: str, accounts: list[Account]) -> Iterator[Duty]:
        """Yield the duties that one event is claimed to bring into play."""
        for provision in self._provisions:
            hit = [one for one in accounts if one.voices and one.values("eventType") & provision.kinds]
            victims = {victim for one in hit for victim in self._victims(one)}
            for victim in sorted(victims):
                yield from self._owed(provision, event, victim, [one for one in hit if victim in self._victims(one)])

    def _owed(self, provision: _Provision, event: str, victim: str, told: list[Account]) -> Iterator[Duty]:
        attackers = {state for one in told for state in self._states(one.values("perpetrator"))}
        bound, bearers = self._bound(provision.treaty, victim, told, attackers)
        if not bound:
            return
        for obligation, weight in self._obligations(provision, told).items():
            if weight & bound:
                fate = self._fate(provision, event, victim)
                voices = _ordered({voice for one in told for voice in one.voices})
                rests_on = tuple(sorted(provision.rests_on))
                parts = (provision.iri, obligation, event, victim, bearers, voices, weight & bound)
                yield Duty(*parts, fate, rests_on)

    def _victims(self, account: Account) -> frozenset[str]:
        """Return the states that an account tells were attacked: named as target, or by a place that is theirs."""
        attackers = self._states(account.values("perpetrator"))
        targets = self._states(account.values("target"))
        places = frozenset[str]().union(*(account.values(name) for name in PLACES))
        lands = frozenset(state for place in places for state in self._land(place))
        return (targets or lands) - attackers if attackers else frozenset()

    def _states(self, agents: frozenset[str]) -> frozenset[str]:
        behind = {state for one in agents for state in (one, *self.ledger.wider(one)) if kind_of(state) == "state"}
        return frozenset(behind)

    def _land(self, place: str) -> set[str]:
        """Return the states of which a place, or what it lies in, is said to be a recognised part."""
        return {
            state
            for one in (place, *self.ledger.wider(place))
            for account in self._recognised.get(one, ())
            for state in account.values("recognisedPartOf")
        }

    @cached_property
    def _recognised(self) -> Mapping[str, list[Account]]:
        found: dict[str, list[Account]] = {}
        for account in self.ledger.with_predicate("recognisedPartOf"):
            if account.voices:
                found.setdefault(account.subject, []).append(account)
        return found

    def _bound(
        self, treaty: str, victim: str, told: list[Account], attackers: set[str]
    ) -> tuple[Weight, tuple[str, ...]]:
        """Return how far the victim was a party with others while it happened, and those others."""
        mine, others = NEVER, dict[str, Weight]()
        for account in self._parties[treaty]:
            for party in account.values("party"):
                for one in told:
                    weight = in_time(account.held, one.held)
                    if party == victim:
                        mine |= weight
                    elif weight and party not in attackers:
                        others[party] = others.get(party, NEVER) | weight
        left = {state for one in self._parties[treaty] for state in self._gone(one, told)}
        if victim in left:
            mine &= possible("bothMayBe")
        weight = NEVER
        for other in others.values():
            weight |= other
        return mine & weight, tuple(sorted(others))

    def _gone(self, account: Account, told: list[Account]) -> frozenset[str]:
        if not any(in_time(account.held, one.held) for one in told):
            return frozenset()
        return account.values("withdrawn") | account.values("participationSuspended")

    def _obligations(self, provision: _Provision, told: list[Account]) -> dict[str, Weight]:
        found: dict[str, Weight] = {}
        for account in provision.obliges:
            for obligation in account.values("obliges"):
                for one in told:
                    weight = in_time(account.held, one.held)
                    found[obligation] = found.get(obligation, NEVER) | weight
        return {obligation: found[obligation] for obligation in sorted(found)}

    def _fate(self, provision: _Provision, event: str, victim: str) -> Fate:
        """Return what claims tell of the invocation of a provision over an event, and of answers to it."""
        calls = [one for one in self._invocations if self._is_call(one, provision, event, victim)]
        made = [one for one in calls if one.voices]
        denied = [one for one in calls if one.against]
        asked = {one.subject for one in made}
        replies = [one for one in self._answers if one.values("answers") & asked]
        state = "invocationDenied" if denied and not made else "invocationUnknown"
        if made:
            state = "invokedAnswered" if replies else "invokedUnanswered"
        said = {voice for one in replies for voice in one.voices if voice.stance == ASSERTS}
        heard = {voice for one in made for voice in one.voices} or {voice for one in denied for voice in one.against}
        return Fate(state, _ordered(heard), _ordered(said), _delay(made, replies))

    def _is_call(self, account: Account, provision: _Provision, event: str, victim: str) -> bool:
        """Return whether an account tells that the provision, or its whole treaty, was invoked over the event."""
        if not account.values("invokes") & {provision.iri, provision.treaty}:
            return False
        if victim not in self._states(account.values("invoker")):
            return False
        over = {
            value
            for one in self.ledger.accounts(self.ledger.identities.of(account.subject))
            if one.voices
            for value in one.values("respondsToEvent")
        }
        return any(self.ledger.related(event, value) for value in over)


def _with_narrower(kinds: frozenset[str]) -> set[str]:
    names = {kind.rpartition("#")[2] for kind in kinds}
    while more := {name for name, concept in concepts().items() if set(concept.broader) & names} - names:
        names |= more
    return {term(name) for name in names}


def _ordered(voices: set[Voice]) -> tuple[Voice, ...]:
    return tuple(sorted(voices, key=lambda voice: voice.claim))


def _delay(calls: list[Account], replies: list[Account]) -> tuple[int, int] | None:
    """Return the fewest and the most whole minutes from an invocation to the first answer to it."""
    pairs = [(call, reply) for call in calls for reply in replies if call.subject in reply.values("answers")]
    spans = [
        (
            max(0, int((reply.held.begin_earliest - call.held.end_latest).total_seconds() // 60)),
            int((reply.held.end_latest - call.held.begin_earliest).total_seconds() // 60),
        )
        for call, reply in pairs
    ]
    return min(spans, default=None)


def accounts_of(duty: Duty, ledger: Ledger) -> tuple[str, ...]:
    """Return on whose accounts a duty rests: the states or organisations for which their speakers speak."""
    return tuple(sorted({side(ledger, voice) for voice in duty.accounts}))
