"""The data of the explorer as columns of numbers: claims, statements, facts, times, and who speaks for whom.

Texts that the page shows anyway (gists, labels of subjects) are not in it: the
script reads them from the list. It knows no HTML.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, pairwise
from operator import sub
from typing import TYPE_CHECKING, Any

from kg.pictures.text import clean
from kg.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from kg.pictures.explorer.backbone import Node
    from kg.pictures.explorer.country import Country, Place
    from kg.pictures.explorer.entries import Entry
    from kg.view import Origin, Said, View
    from kg.when.model import Interval

_LINKS = ("denies", "withdraws", "supersedes")
_LONGEST = 300
"""Signs of a label that are kept: a longer one is an attack on the page, or a mistake."""


class Numbers:
    """Numbers things in the order in which they are first asked for."""

    def __init__(self) -> None:
        """Start with none."""
        self.known: dict[Any, int] = {}

    def __call__(self, key: Any) -> int:  # noqa: ANN401 - anything that can be a key
        """Return the number of a key."""
        return self.known.setdefault(key, len(self.known))


@dataclass(frozen=True)
class _Known:
    """What the columns point into: things, times, sources, predicates and texts, numbered as they come."""

    things: Numbers = field(default_factory=Numbers)
    times: Numbers = field(default_factory=Numbers)
    origins: Numbers = field(default_factory=Numbers)
    predicates: Numbers = field(default_factory=Numbers)
    words: Numbers = field(default_factory=Numbers)


def payload(view: View, entries: Sequence[Entry], nodes: Iterable[Node], land: Country, zone: str) -> dict[str, Any]:
    """Return what the script of the page needs; times are seconds since 1970 in UTC."""
    known = _Known()
    for entry in entries:  # the first things are those of the list
        known.things(entry.subject)
    claims = {claim.claim: number for number, claim in enumerate(view.claims)}
    found = {
        "zone": zone,
        "base": BASE,
        **_said(view, known),
        **_linked(view, known, claims),
        "listed": len(entries),
        "order": [claims[claim.claim] for entry in entries for claim in entry.claims],
        "nodes": [[known.things(iri), x, y] for iri, x, y in nodes],
        "places": [_place(place, known.things) for place in land.places],
        "away": [_place(place, known.things) for place in land.away],
    }
    return {**found, **_named(view, known, len(entries))}


def _said(view: View, known: _Known) -> dict[str, Any]:
    """Return claims, statements and facts."""
    statements = {iri: number for number, iri in enumerate(view.facts_of)}
    return {
        "statements": {
            "id": [_short(iri) for iri in statements],
            "subject": steps(known.things(facts[0].subject) for facts in view.facts_of.values()),
            "held": steps(map(known.times, view.held_times)),
        },
        "facts": _facts(view, known),
        "claims": _claims(view, known),
        "content": _content(view, statements),
        "passages": [[n, *span] for n, claim in enumerate(view.claims) for span in claim.passages],
    }


def _content(view: View, statements: dict[str, int]) -> dict[str, list[int]]:
    """Return which statements the claims are about, end to end; ``many`` is how many each claim has."""
    content = [[statements[iri] for iri in claim.statements if iri in statements] for claim in view.claims]
    return {"many": [len(several) for several in content], "statement": steps(chain.from_iterable(content))}


def _linked(view: View, known: _Known, claims: dict[str, int]) -> dict[str, Any]:
    """Return what claims say of claims and agents, and which stand against each other."""
    things = known.things
    return {
        "links": {name: _links(view.claims, name, claims) for name in _LINKS},
        "behalf": [[n, things(a)] for n, claim in enumerate(view.claims) for a in claim.links.on_behalf_of],
        "organs": [[things(organ), things(owner)] for organ, owner in view.organs],
        "conflicts": [[claims[c.first], claims[c.second], ", ".join(c.kinds), c.certainty] for c in view.conflicts],
    }


def _named(view: View, known: _Known, listed: int) -> dict[str, Any]:
    """Return what the columns point into; labels of the subjects, which stand in the list, are left out."""
    kinds = {**{agent.iri: agent.kind for agent in view.agents}, **view.kinds}
    things = list(known.things.known)
    origins = {origin.iri: origin for origin in view.origins}
    titles = {claim.source: claim.source_label for claim in view.claims}
    return {
        "things": {
            "id": [_short(iri) for iri in things],
            "label": [_label(view, iri) for iri in things[listed:]],
            "kind": [kinds.get(iri, "") for iri in things],
        },
        "times": _times(known.times.known),
        "sources": [_origin(iri, titles[iri], origins.get(iri)) for iri in known.origins.known],
        "predicates": list(known.predicates.known),
        "words": [list(pair) if pair[1] else pair[0] for pair in known.words.known],
    }


def _facts(view: View, known: _Known) -> dict[str, list[int]]:
    """Return the facts as columns, in the order of their statements; ``many`` is how many each statement has.

    Columns, since what is alike then stands together: it packs to less than half of what rows do.
    """
    facts = [fact for several in view.facts_of.values() for fact in several]
    return {
        "many": [len(several) for several in view.facts_of.values()],
        "predicate": [known.predicates(fact.predicate) for fact in facts],
        "thing": [known.things(fact.value) if fact.value_is_thing else -1 for fact in facts],
        "word": [-1 if fact.value_is_thing else known.words((clean(fact.value), fact.datatype)) for fact in facts],
    }


def _short(iri: str) -> str:
    """Return an IRI without the base that nearly all of them have."""
    return clean(iri.removeprefix(BASE))


def _label(view: View, iri: str) -> str:
    return clean(view.label(iri))[:_LONGEST]


def _claims(view: View, known: _Known) -> dict[str, list[Any]]:
    """Return the claims as columns; the last three are what the source wrote, -1 for nothing."""
    claims = view.claims

    def word(text: str | None) -> int:
        return known.words((clean(text), "")) if text else -1

    return {
        "id": [_short(claim.claim) for claim in claims],
        "speaker": [known.things(claim.speaker) for claim in claims],
        "stance": [claim.stance for claim in claims],
        "said": steps(known.times(claim.said) for claim in claims),
        "source": [known.origins(claim.source) for claim in claims],
        "recorded": [_seconds(claim.recorded) if claim.recorded else 0 for claim in claims],
        "unsourced": [int(claim.unsourced) for claim in claims],
        "saidWords": [word(claim.said_as_written) for claim in claims],
        "heldWords": [word(claim.held_as_written) for claim in claims],
        "zoneWords": [word(claim.zone_as_written) for claim in claims],
    }


def _links(claims: Sequence[Said], name: str, numbers: dict[str, int]) -> list[list[int]]:
    return [
        [n, numbers[iri]]
        for n, claim in enumerate(claims)
        for iri in (claim.denies if name == "denies" else getattr(claim.links, name))
        if iri in numbers
    ]


def _place(place: Place, things: Numbers) -> list[Any]:
    told = (place.x, place.y, place.longitude, place.latitude, place.quality, clean(place.source))
    return [things(place.iri), *told]


def _times(times: Iterable[Interval]) -> dict[str, list[Any]]:
    """Return the columns of the intervals: bounds (ends excluded), mode, kinds of the ends, precision.

    The first bounds stand as steps, the others in seconds from the first: most lengths are a few, and pack well.
    """
    times = list(times)
    first, *others = ([_seconds(time.bounds[n]) for time in times] for n in range(4))
    return {
        "a": steps(first),
        **{name: list(map(sub, column, first)) for name, column in zip("bcd", others, strict=True)},
        "mode": [time.mode.value for time in times],
        "begin": [time.begin_kind.value for time in times],
        "end": [time.end_kind.value for time in times],
        "precision": [time.precision.value for time in times],
    }


def steps(numbers: Iterable[int]) -> list[int]:
    """Return the first number, and how far each of the others is from the one before: many are alike, and pack well."""
    return [number - before for before, number in pairwise(chain([0], numbers))]


def _origin(iri: str, title: str, origin: Origin | None) -> list[str]:
    told = (origin.title, origin.publisher, origin.url) if origin else (title, "", "")
    return [_short(iri), *(clean(text)[:_LONGEST] for text in told)]


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
