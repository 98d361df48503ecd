"""What made-up claims say: things in stories of twenty, when they were, and the patterns of what is told of them.

The patterns are those of the curated graph. Every choice is a hash of a number
(``shapes_data.drawn``). Who says it, where and when is ``reasoning_data``'s.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from shapes_data import drawn

from kg.claim import Claim, Fact, Iri, Literal
from kg.iri import mint, term
from kg.vocab import XSD
from kg.when import FOREVER, EndKind, Interval, Mode, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

Told = tuple[tuple[Fact, ...], Interval]
"""What one telling says of a thing, and the time for which."""

FIRST_DAY = datetime(1988, 2, 20, tzinfo=UTC)
DAYS = 13_800  # to the end of 2025
STORY = 20
"""Things of one story: they share a region and begin within five days."""
EPISODES, EPISODE_DAYS = 8, 45
"""Six stories in ten lie in one of so many episodes of fighting of so many days."""
CEASEFIRES = 60
"""So many stories at the most have a ceasefire: a conflict has tens of them, however much is said of it."""
TREATIES = 6
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
A, B, THIRD = (mint("state", f"made-{name}") for name in ("a", "b", "third"))
ATTACKS = ("Attack", "Shelling", "DroneStrike", "ArmedClash", "Sabotage", "MissileStrike")
GATHERINGS = ("Meeting", "PublicStatement", "Mediation", "PhoneCall", "Appeal")
MEASURES = ("killed", "wounded", "missing", "captured")
SHARES = ((380, "attack"), (560, "gathering"), (760, "figure"), (900, "place"), (985, "person"), (1000, "invocation"))
"""Kinds of things, by the share in a thousand up to which they reach."""
FOLDERS = {"figure": "figure", "place": "place", "person": "person", "treaty": "treaty", "provision": "provision"}


def kind_of(number: int) -> str:
    """Return what kind of thing a number stands for."""
    story, place = divmod(number, STORY)
    if place == 7 and story < CEASEFIRES:
        return "ceasefire"
    if place in {11, 13} and story < TREATIES:
        return "treaty" if place == 11 else "provision"
    share = drawn(number, 1, 1000)
    return next(kind for limit, kind in SHARES if share < limit)


def size_of(number: int) -> int:
    """Return how many claims are made about a thing: four on average, for one thing in a thousand 100 to 300."""
    share = drawn(number, 2, 1000)
    if kind_of(number) in {"treaty", "provision"}:
        return 15
    if share < 1:
        return 100 + drawn(number, 3, 200)
    return 10 + drawn(number, 3, 20) if share < 30 else 1 + drawn(number, 3, 6)


def name_of(number: int) -> Iri:
    """Return the IRI of the thing that a number stands for."""
    kind = kind_of(number)
    return mint(FOLDERS.get(kind, "event"), f"made-{number // STORY}-1" if kind == "provision" else f"made-{number}")


@cache
def day_of(number: int) -> datetime:
    """Return the day on which a thing of a story truly was or began."""
    story = number // STORY
    first = drawn(story, 4, DAYS - 60)
    if drawn(story, 5, 10) < 6:
        first = 1_500 * drawn(story, 6, EPISODES) + drawn(story, 7, EPISODE_DAYS)
    return FIRST_DAY + timedelta(days=first + drawn(number, 8, 5))


def near(number: int, salt: int, *kinds: str) -> int | None:
    """Return another thing of the same story that is of one of some kinds, if there is one."""
    first = number - number % STORY
    found = [other for other in range(first, first + STORY) if other != number and kind_of(other) in kinds]
    return found[drawn(number, salt, len(found))] if found else None


def _side(seed: int, speaker: Iri) -> int:
    """Return whose account a speaker gives: 0 or 1 for the sides, either for others; one in eight has his own."""
    own = 2 + drawn(seed, 29, 3) if drawn(seed, 30, 8) == 0 else None
    named = 0 if "-a-" in speaker else 1 if "-b-" in speaker else drawn(seed, 31, 2)
    return named if own is None else own


def _attack(number: int, seed: int, speaker: Iri, said: Interval) -> Told:
    account = _side(seed, speaker)
    attacker, target = (A, B) if account % 2 else (B, A)
    facts = [("eventType", term(ATTACKS[drawn(number, 32, len(ATTACKS))]))]
    aspect = drawn(seed, 33, 20)
    if aspect == 0:
        facts = [("intensity", term(("calm", "diminished", "intense")[drawn(seed, 34, 3)]))]
        return tuple(facts), _since(day_of(number), said)
    if aspect == 1:
        return (*facts, ("phase", term("ongoing"))), _since(day_of(number), said, EndKind.SEEN)
    place = near(number + (account if account > 1 else 0), 35, "place")
    if place is not None:
        facts.append(("location", name_of(place)))
    if drawn(number, 36, 4):
        facts.append(("perpetrator", attacker if drawn(seed, 37, 5) else mint("org", f"made-{attacker[-1]}-mod")))
        facts.append(("target", target))
    if drawn(number, 38, 12) == 0:
        facts.append(("initiatedBy", attacker))
    return tuple(facts), _held(number, account, said)


def _gathering(number: int, seed: int, speaker: Iri, said: Interval) -> Told:
    account = _side(seed, speaker)
    facts = [("eventType", term(GATHERINGS[drawn(number, 39, len(GATHERINGS))])), ("participant", A)]
    facts.append(("participant", B if drawn(number, 40, 2) else THIRD))
    if drawn(number, 41, 3) == 0:
        facts.append(("calledFor", term("ceasefire" if account % 2 else "investigation")))
    if drawn(number, 42, 5) == 0:
        facts.append(("brokeredBy", THIRD if account < 2 else mint("org", "made-third-mfa")))
    return tuple(facts), _held(number, account, said)


def _ceasefire(number: int, seed: int, speaker: Iri, said: Interval) -> Told:
    account, begin = _side(seed, speaker), day_of(number) + drawn(number, 43, 24) * HOUR
    kind = ("eventType", term("Ceasefire"))
    if drawn(seed, 44, 10) == 0:
        broken = term("broken" if account % 2 else "brokenAtOnce")
        return (kind, ("saidToHaveHeld", broken)), within(begin, DAY, Precision.DAY)
    facts: list[Fact] = [kind, ("participant", A), ("participant", B)]
    place = near(number, 45, "place")
    if place is not None and drawn(number, 46, 2):
        facts.append(("location", name_of(place)))
    if drawn(number, 47, 3):
        return tuple(facts), _since(begin, said)
    return tuple(facts), _lasting(begin, begin + (1 + drawn(number, 48, 20)) * DAY, Precision.HOUR)


def _figure(number: int, seed: int, speaker: Iri, said: Interval) -> Told:
    """Return a number that grows while it is told of, with another one for each side."""
    account, event = _side(seed, speaker), near(number, 49, "attack")
    value = 1 + drawn(number, 50, 60) + 7 * account + 3 * (said.begin_earliest - day_of(number)).days
    exact = drawn(seed, 51, 8)
    name = "atLeast" if exact == 0 else "atMost" if exact == 1 else "amount"
    facts: list[Fact] = [
        ("measure", term(MEASURES[drawn(number, 52, 4)])),
        ("unitOfMeasure", term("persons")),
        ("countedOf", A if drawn(number, 53, 2) else B),
        ("countedAmong", term(("everyone", "servicemembers", "civilians")[drawn(number, 54, 3)])),
        (name, Literal(str(value), XSD + "decimal")),
    ]
    if event is not None:
        facts.append(("countedIn", name_of(event)))
    if drawn(seed, 55, 20) == 0:
        facts.append(("standing", term("approximate")))
    return tuple(facts), _lasting(day_of(number), said.end_latest, Precision.DAY)


def _place(number: int, seed: int, speaker: Iri, said: Interval) -> Told:
    account, part = _side(seed, speaker), drawn(seed, 56, 10)
    years = day_of(number) - timedelta(days=365 * (1 + drawn(number, 57, 6)))
    begin = max(FIRST_DAY, years + timedelta(days=200 * drawn(seed, 58, 4)))
    if part < 2:
        return (("administrativeParent", _region(number)),), _since(max(FIRST_DAY, years), said)
    if part < 3:
        kind = ("village", "town")[account % 2 if drawn(number, 59, 5) == 0 else 0]
        return (("placeKind", term(kind)),), _since(max(FIRST_DAY, years), said)
    if part < 4:
        return (("recognisedPartOf", A if account % 2 else B),), _since(max(FIRST_DAY, years), said)
    holder = (A, B, mint("org", "made-a-mod"), B, THIRD)[account]
    if drawn(seed, 60, 2):
        return (("controlledBy", holder),), _since(begin, said)
    return (("controlledBy", holder),), _lasting(begin, begin + timedelta(days=400), Precision.MONTH)


def _person(number: int, seed: int, speaker: Iri, said: Interval) -> Told:
    begin = max(FIRST_DAY, day_of(number) - timedelta(days=900))
    begin += timedelta(days=_side(seed, speaker) % 4 * drawn(number, 61, 3))
    # Every fourth person holds an office that others of ten stories are said to hold.
    office = ("holdsOffice", mint("office", f"made-{number // 200 * 200 if drawn(number, 84, 4) == 0 else number}"))
    if drawn(number, 62, 4) == 0:
        return (office,), _since(begin, said)
    return (office,), _lasting(begin, begin + timedelta(days=300 + drawn(number, 63, 1200)), Precision.DAY)


def _invocation(number: int, seed: int, speaker: Iri, said: Interval) -> Told:
    account, event = _side(seed, speaker), near(number, 64, "attack")
    provision = mint("provision", f"made-{drawn(number, 65, TREATIES)}-{1 if account < 4 else 2}")
    facts: list[Fact] = [("eventType", term("TreatyInvocation")), ("invokes", provision), ("invoker", A)]
    if event is not None:
        facts.append(("respondsToEvent", name_of(event)))
    return tuple(facts), _held(number, account, said)


def _treaty(number: int, seed: int, speaker: Iri, said: Interval) -> Told:
    del speaker
    index, part = number // STORY, drawn(seed, 66, 4)
    status = ("treatyStatus", term(("inForce", "signed", "inForce")[drawn(seed, 67, 3)]))
    party = ("party", (A, THIRD)[drawn(seed, 68, 2)])
    provision = ("provision", mint("provision", f"made-{index}-{1 + drawn(seed, 69, 2)}"))
    return ((status,), (party,), (provision,), (party,))[part], _since(FIRST_DAY + drawn(seed, 70, 3) * DAY, said)


def _provision(number: int, seed: int, speaker: Iri, said: Interval) -> Told:
    del number, speaker
    fact = ("obliges", term("mutualAssistance")) if drawn(seed, 83, 2) else ("triggeredBy", term("Attack"))
    return (fact,), _since(FIRST_DAY, said)


Pattern = Callable[[int, int, Iri, Interval], Told]
PATTERNS: dict[str, Pattern] = {
    "attack": _attack, "gathering": _gathering, "ceasefire": _ceasefire, "figure": _figure,
    "place": _place, "person": _person, "invocation": _invocation, "treaty": _treaty,
    "provision": _provision,
}  # fmt: skip


def order_of(number: int, seed: int, earlier: Sequence[Claim]) -> tuple[Fact, ...]:
    """Return what one telling in twelve of an event says of its order, now and then the wrong way round."""
    share, other = drawn(seed, 71, 120), near(number, 72, "attack", "gathering")
    if kind_of(number) not in {"attack", "gathering"} or share > 9 or other is None:
        return ()
    if share == 0 and earlier:
        return (("heldAfterClaim", earlier[0].iri),)
    if share == 1:
        return (("clockTime", Literal(f"{drawn(number, 73, 24):02}:00[Asia/Yerevan]")),)
    if share == 2:
        return (("sameEventAs", name_of(other)),) if kind_of(other) == kind_of(number) else ()
    is_later = (day_of(other), other) < (day_of(number), number)
    if drawn(seed, 74, 10) == 0:
        is_later = not is_later
    name = ("startsAfter", "respondsToEvent", "causedBy", "answers")[drawn(seed, 75, 4)] if is_later else "startsBefore"
    return ((name, name_of(other)),)


def _held(number: int, account: int, said: Interval) -> Interval:
    """Return when an event was by one account: from the minute to the month, a moment or a while."""
    begin = day_of(number) + drawn(number, 76, 1440) * MINUTE
    shape = drawn(number * 7 + (account if drawn(number, 77, 3) == 0 else 0), 78, 10)
    apart = account * drawn(number, 79, 40) * MINUTE if drawn(number, 80, 4) == 0 else timedelta()
    if shape == 4:
        return _lasting(begin + apart, begin + apart + (1 + drawn(number, 82, 9)) * HOUR, Precision.MINUTE)
    if shape == 5:
        return _since(begin + apart, said)
    if shape == 6:
        return _lasting(day_of(number), day_of(number) + (2 + account) * DAY, Precision.DAY)
    return _moment(number, account, begin + apart, shape)


def _moment(number: int, account: int, begin: datetime, shape: int) -> Interval:
    if shape == 0:
        return within(day_of(number).replace(day=1), timedelta(days=28), Precision.MONTH)
    if shape == 1:
        return within(day_of(number) + 6 * drawn(number, 81, 4) * HOUR, 6 * HOUR, Precision.DAY_PART)
    if shape == 2:
        return within(begin.replace(minute=0), HOUR, Precision.HOUR)
    if shape == 3:
        return within(begin, MINUTE, Precision.MINUTE)
    return within(day_of(number) + (account > 2) * DAY, DAY, Precision.DAY)


def within(begin: datetime, length: timedelta, precision: Precision) -> Interval:
    """Return some time within so long from a begin."""
    return Interval(begin, begin + length, begin, begin + length, mode=Mode.WITHIN, precision=precision)


def _lasting(begin: datetime, end: datetime, precision: Precision) -> Interval:
    return Interval(begin, begin, end, end, precision=precision)


def _since(begin: datetime, said: Interval, end: EndKind = EndKind.OPEN) -> Interval:
    """Return a time that goes on, certain up to when it was said."""
    known = max(said.begin_earliest, begin + MINUTE)
    return Interval(begin, begin, known, FOREVER, end_kind=end, precision=Precision.DAY)


def _region(number: int) -> Iri:
    return mint("place", f"made-region-{number // STORY % 40}")
