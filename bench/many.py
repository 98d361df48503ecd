"""Views of any size, made by resampling the events of the curated graph: their times moved, their ids new."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kg.view import Links, Thing, View
from kg.when.model import BEGINNING, FOREVER, Interval

if TYPE_CHECKING:
    from kg.view import Fact, Said

CLAIMS_PER_EVENT = 4 / 3
_DAYS = 1500


def resampled(view: View, events: int, seed: int = 20220913) -> View:
    """Return a view of so many events with four claims for three of them, drawn with replacement.

    Places, parties and speakers are the curated ones; a denial denies the copy of
    what it denied if that is drawn with it.
    """
    chance = random.Random(seed)
    told = {s: facts for s, facts in view.facts_about.items() if view.kinds.get(s) == "event" and _claims(view, facts)}
    subjects = sorted(told)
    things, facts, claims = list(view.things), [], []
    for number in range(events):
        subject = chance.choice(subjects)
        moved = timedelta(days=chance.randint(-_DAYS, _DAYS))
        thing = Thing(f"{subject}-{number}", f"{view.label(subject)} ({number})", "event")
        things.append(thing)
        copied = {fact.statement: f"{fact.statement}{number:05x}" for fact in told[subject]}
        facts += [_fact(fact, thing.iri, copied[fact.statement], moved) for fact in told[subject]]
        some = _claims(view, told[subject])
        count = min(len(some), 2 if chance.random() < CLAIMS_PER_EVENT - 1 else 1)
        claims += [_claim(claim, copied, number, moved) for claim in chance.sample(some, count)]
    used = {statement for claim in claims for statement in claim.statements}
    kept = tuple(fact for fact in facts if fact.statement in used)
    title = f"{events:,} events"
    return replace(view, title=title, things=tuple(things), facts=kept, claims=tuple(claims), conflicts=())


def _claims(view: View, facts: tuple[Fact, ...]) -> list[Said]:
    found = {claim.claim: claim for fact in facts for claim in view.claims_on.get(fact.statement, ())}
    return [claim for _, claim in sorted(found.items())]


def _fact(fact: Fact, subject: str, statement: str, moved: timedelta) -> Fact:
    return replace(fact, subject=subject, statement=statement, held=_moved(fact.held, moved))


def _claim(claim: Said, copied: dict[str, str], number: int, moved: timedelta) -> Said:
    statements = tuple(copied[statement] for statement in claim.statements if statement in copied)
    return replace(
        claim, claim=f"{claim.claim}-{number}", said=_moved(claim.said, moved), statements=statements,
        denies=tuple(f"{denied}-{number}" for denied in claim.denies), links=Links(claim.links.on_behalf_of),
    )  # fmt: skip


def _moved(interval: Interval, by: timedelta) -> Interval:
    def moved(bound: datetime) -> datetime:
        return bound if bound in {BEGINNING, FOREVER} else min(max(bound + by, BEGINNING), FOREVER)

    return Interval(
        *map(moved, interval.bounds), mode=interval.mode, begin_kind=interval.begin_kind, end_kind=interval.end_kind,
        precision=interval.precision,
    )  # fmt: skip
