"""Duties of treaties that events are claimed to bring into play: whose, by whose account, and what came of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kg.iri import kind_of, term
from kg.reason.ceasefires import PLACES
from kg.reason.support import side
from kg.reason.times import slack
from kg.reason.weight import NEVER, Weight, in_time, possible
from kg.terms import concepts
from kg.when import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from kg.reason.ledger import Account, Ledger, Voice
    from kg.when import Interval

ASSERTS = term("asserts")
_MINUTE = timedelta(minutes=1)


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
    treaty: str
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


@dataclass(frozen=True, slots=True)
class _Call:
    """An account of an invocation, and the states that make it."""

    account: Account
    invokers: frozenset[str]


class Duties:
    """Finds the duties that the claims of a ledger bring into play."""

    def __init__(self, ledger: Ledger) -> None:
        """Keep the ledger; treaties and invocations are read when they are first asked for."""
        self.ledger = ledger

    @cached_property
    def _provisions(self) -> list[_Provision]:
        within: dict[tuple[str, str], list[Account]] = defaultdict(list)
        for account in self.ledger.with_predicate("provision"):
            for provision in account.values("provision") if account.voices else ():
                within[provision, account.subject].append(account)
        return [one for (iri, treaty), of in sorted(within.items()) if (one := self._provision(iri, treaty, of))]

    def _provision(self, iri: str, treaty: str, within: list[Account]) -> _Provision | None:
        """Return a provision as all accounts tell of it, or None if none says what brings it into play."""
        told = [one for one in self.ledger.accounts([iri]) if one.voices]
        triggers = [one for one in told if one.has("triggeredBy")]
        obliges = [one for one in told if one.has("obliges")]
        if not triggers:
            return None
        kinds = frozenset[str]().union(*(one.values("triggeredBy") for one in triggers))
        return _Provision(iri, treaty, frozenset(_with_narrower(kinds)), tuple(obliges), _claims(within, triggers))

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
    def _calls(self) -> Mapping[tuple[str, str, str], list[_Call]]:
        """Return the invocations by what is invoked and by how an event may be what they are over.

        Each is read once: to read it again for every event makes this rule quadratic.
        """
        found: dict[tuple[str, str, str], list[_Call]] = defaultdict(list)
        for account in self.ledger.with_predicate("invokes"):
            call = _Call(account, self._states(account.values("invoker")))
            keys = {key for value in self._over(account) for key in self._reached(value)}
            for invoked in account.values("invokes"):
                for key in keys:
                    found[(invoked, *key)].append(call)
        return found

    def _over(self, account: Account) -> set[str]:
        """Return the events that an invocation is said to answer, by anybody who tells of it."""
        return {
            value
            for one in self.ledger.accounts(self.ledger.identities.of(account.subject))
            if one.voices or one == account
            for value in one.values("respondsToEvent")
        }

    def _reached(self, value: str) -> Iterator[tuple[str, str]]:
        """Yield the keys under which an event finds what is related to it: itself, its parts, or its whole."""
        yield "same", self.ledger.identities.chief(value)
        yield "part", value
        yield from (("whole", wider) for wider in self.ledger.wider(value))

    @cached_property
    def _replies(self) -> Mapping[str, list[Account]]:
        """Return the answers by what they answer."""
        found: dict[str, list[Account]] = defaultdict(list)
        for one in self._answers:
            for value in one.values("answers"):
                found[value].append(one)
        return found

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
        bound, bearers, parties = self._bound(provision.treaty, victim, told, attackers)
        if not bound:
            return
        lands = [account for one in told if not one.values("target") for account in self._lands(one, victim)]
        for obligation, weight in self._obligations(provision, told).items():
            if weight & bound:
                fate = self._fate(provision, event, victim)
                voices = _ordered({voice for one in told for voice in one.voices})
                obliges = [one for one in provision.obliges if obligation in one.values("obliges")]
                rests_on = tuple(sorted(provision.rests_on | _claims(obliges, parties, lands)))
                parts = (provision.iri, provision.treaty, obligation, event, victim, bearers, voices, weight & bound)
                yield Duty(*parts, fate, rests_on)

    def _victims(self, account: Account) -> frozenset[str]:
        """Return the states that an account tells were attacked: named as target, or by a place that is theirs."""
        attackers = self._states(account.values("perpetrator"))
        targets = self._states(account.values("target"))
        lands = frozenset(state for land in self._lands(account) for state in land.values("recognisedPartOf"))
        return (targets or lands) - attackers if attackers else frozenset()

    def _states(self, agents: frozenset[str]) -> frozenset[str]:
        behind = {state for one in agents for state in (one, *self.ledger.wider(one)) if kind_of(state) == "state"}
        return frozenset(behind)

    def _lands(self, account: Account, state: str = "") -> list[Account]:
        """Return who says that the places of an account, or what they lie in, are recognised parts of a state."""
        places = {place for name in PLACES for place in account.values(name)}
        wider = {one for place in places for one in (place, *self.ledger.wider(place))}
        lands = [land for one in sorted(wider) for land in self._recognised.get(one, ())]
        return [land for land in lands if not state or state in land.values("recognisedPartOf")]

    @cached_property
    def _recognised(self) -> Mapping[str, list[Account]]:
        found: dict[str, list[Account]] = {}
        for account in self.ledger.with_predicate("recognisedPartOf"):
            if account.voices:
                found.setdefault(account.subject, []).append(account)
        return found

    def _bound(
        self, treaty: str, victim: str, told: list[Account], attackers: set[str]
    ) -> tuple[Weight, tuple[str, ...], list[Account]]:
        """Return how far the victim was a party with others while it happened, those others, and who says so."""
        told_by: list[Account] = []
        mine, others = NEVER, dict[str, Weight]()
        for account in self._parties[treaty]:
            for party in account.values("party"):
                for one in told:
                    weight = in_time(account.held, one.held)
                    if party == victim:
                        mine |= weight
                    elif weight and party not in attackers:
                        others[party] = others.get(party, NEVER) | weight
                    if weight and party not in attackers:
                        told_by.append(account)
        left = {state for one in self._parties[treaty] for state in self._gone(one, told)}
        if victim in left:
            mine &= possible("bothMayBe")
        weight = NEVER
        for party, other in others.items():
            weight |= other & possible("bothMayBe") if party in left else other
        return mine & weight, tuple(sorted(others)), told_by

    def _gone(self, account: Account, told: list[Account]) -> frozenset[str]:
        if not any(in_time(account.held, one.held) for one in told):
            return frozenset()
        return account.values("withdrawn") | account.values("participationSuspended")

    def _obligations(self, provision: _Provision, told: list[Account]) -> dict[str, Weight]:
        found: dict[str, Weight] = {}
        for account in provision.obliges:
            for obligation in account.values("obliges") & _arising():
                for one in told:
                    weight = in_time(account.held, one.held)
                    found[obligation] = found.get(obligation, NEVER) | weight
        return {obligation: found[obligation] for obligation in sorted(found)}

    def _fate(self, provision: _Provision, event: str, victim: str) -> Fate:
        """Return what claims tell of the invocation of a provision over an event, and of answers to it."""
        calls = self._made_over(provision, event, victim)
        made = [one for one in calls if one.voices]
        denied = [one for one in calls if one.against]
        asked = {one.subject for one in made}
        told = {one.statement: one for subject in asked for one in self._replies.get(subject, ())}
        replies = [told[statement] for statement in sorted(told)]
        state = "invocationDenied" if denied and not made else "invocationUnknown"
        if made:
            state = "invokedAnswered" if replies else "invokedUnanswered"
        said = {voice for one in replies for voice in one.voices if voice.stance == ASSERTS}
        heard = {voice for one in made for voice in one.voices} or {voice for one in denied for voice in one.against}
        return Fate(state, _ordered(heard), _ordered(said), _delay(made, replies))

    def _made_over(self, provision: _Provision, event: str, victim: str) -> list[Account]:
        """Return who tells that a victim invoked the provision, or its whole treaty, over the event."""
        keys = [("same", self.ledger.identities.chief(event)), ("whole", event)]
        keys += [("part", wider) for wider in self.ledger.wider(event)]
        calls = {
            call.account.statement: call.account
            for invoked in (provision.iri, provision.treaty)
            for key in keys
            for call in self._calls.get((invoked, *key), ())
            if victim in call.invokers
        }
        return [calls[statement] for statement in sorted(calls)]


@cache
def _arising() -> frozenset[str]:
    return frozenset(concept.iri for concept in concepts().values() if concept.arises)


def _with_narrower(kinds: frozenset[str]) -> set[str]:
    names = {kind.rpartition("#")[2] for kind in kinds}
    while more := {name for name, concept in concepts().items() if set(concept.broader) & names} - names:
        names |= more
    return {term(name) for name in names}


def _claims(*told: Sequence[Account]) -> frozenset[str]:
    return frozenset(voice.claim for accounts in told for one in accounts for voice in one.voices)


def _ordered(voices: set[Voice]) -> tuple[Voice, ...]:
    return tuple(sorted(voices, key=lambda voice: voice.claim))


def _delay(calls: list[Account], replies: list[Account]) -> tuple[int, int] | None:
    """Return the fewest and the most whole minutes from an invocation to the beginning of the first answer to it."""
    pairs = [(call, reply) for call in calls for reply in replies if call.subject in reply.values("answers")]
    spans = [
        (reply.held.begin_earliest - call.held.end_latest, _latest_begin(reply.held) - call.held.begin_earliest)
        for call, reply in pairs
    ]
    told = [(max(0, least // _MINUTE), most // _MINUTE) for least, most in spans if most >= timedelta()]
    return min(told, default=None)


def _latest_begin(held: Interval) -> datetime:
    """Return when it began at the latest: where that is told to the day, at the end of that day."""
    return held.begin_latest if held.mode is Mode.WITHIN else held.begin_latest + slack(held)


def accounts_of(duty: Duty, ledger: Ledger) -> tuple[str, ...]:
    """Return on whose accounts a duty rests: the states or organisations for which their speakers speak."""
    return tuple(sorted({side(ledger, voice) for voice in duty.accounts}))
