"""Support for statements, counted by who knows and not by who prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.iri import kind_of, term
from kg.reason.weight import in_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.reason.ledger import Account, Ledger, Voice

ASSERTS = term("asserts")
CIRCUMSTANCES = frozenset({
    "assessedAs", "direction", "intensity", "location", "means", "partOf", "phase", "purpose", "standing",
    "targetPlace", "targetType",
})  # fmt: skip
"""Predicates that say how, where and why: who supports what happened need not repeat them."""
DOERS = ("perpetrator", "target", "participant", "countedOf", "controlledBy", "initiatedBy", "responsibleParty")
"""Predicates whose values are parties to what a statement tells."""


@dataclass(frozen=True, slots=True)
class Supported:
    """A statement, the claims that support it, who of their speakers know it themselves, and how many stand apart."""

    account: Account
    voices: tuple[Voice, ...]
    knowers: tuple[str, ...]
    sides: int
    outlets: int
    independent: int
    apart: tuple[Voice, ...]
    """The claims of those that are independent of the parties."""


def supported(ledger: Ledger, accounts: Sequence[Account]) -> Iterator[Supported]:
    """Yield the statements of one thing that more than one claim supports."""
    told = [account for account in accounts if account.voices]
    for account in told:
        voices = _supporters(account, told)
        if len(voices) > 1:
            yield _counted(ledger, account, told, voices)


def _supporters(account: Account, told: Sequence[Account]) -> list[Voice]:
    """Return the claims for a statement, and those that say what it says happened, and of whom, for a common time."""
    core = _core(account)
    found = {
        voice
        for other in told
        if core <= set(other.facts) and in_time(account.held, other.held)
        for voice in other.voices
        if voice.stance == ASSERTS and not voice.corrected_by
    }
    return sorted(found, key=lambda voice: voice.claim)


def _core(account: Account) -> set[tuple[str, str]]:
    """Return the facts of a statement without how, where and why it happened; all of them, if nothing else is left."""
    return {fact for fact in account.facts if fact[0] not in CIRCUMSTANCES} or set(account.facts)


def _counted(ledger: Ledger, account: Account, told: Sequence[Account], voices: Sequence[Voice]) -> Supported:
    knowing = [voice for voice in voices if not ledger.passes_on(voice)]
    parties = _parties(ledger, account, told)
    sides = {side(ledger, voice) for voice in knowing}
    knowers = tuple(sorted({voice.speaker for voice in knowing}))
    outlets = len({voice.source for voice in voices})
    apart = tuple(voice for voice in knowing if side(ledger, voice) not in parties)
    return Supported(account, tuple(voices), knowers, len(sides), outlets, len(sides - parties), apart)


def side(ledger: Ledger, voice: Voice) -> str:
    """Return whom a claim speaks for: the state or organisation behind its speaker, or the speaker."""
    behalf = sorted(voice.linked("onBehalfOf")) or [voice.speaker]
    owners = sorted(one for one in ledger.wider(behalf[0]) if kind_of(one) == "state")
    return owners[0] if owners else behalf[0]


def _parties(ledger: Ledger, account: Account, told: Sequence[Account]) -> set[str]:
    """Return the states behind those who act or suffer in what is told, and those agents themselves."""
    named = {value for one in (account, *told) for name in DOERS for value in one.values(name)}
    return named | {state for one in named for state in ledger.wider(one) if kind_of(state) == "state"}
