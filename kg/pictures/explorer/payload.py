"""The data of the explorer as columns of numbers: claims, statements, facts, times, and who speaks for whom.

Texts that the page shows anyway (gists, labels of subjects) are not in it: the
script reads them from the list. It knows no HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.pictures.text import clean
from kg.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from kg.pictures.explorer.backbone import Node
    from kg.pictures.explorer.country import Country, Place
    from kg.pictures.explorer.entries import Entry
    from kg.view import Said, View
    from kg.when.model import Interval

_LINKS = ("denies", "withdraws", "supersedes", "reported_in", "responds_to")
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


def payload(view: View, entries: Sequence[Entry], nodes: Iterable[Node], land: Country, zone: str) -> dict[str, Any]:
    """Return what the script of the page needs; times are seconds since 1970 in UTC."""
    things, times, origins, predicates, words = Numbers(), Numbers(), Numbers(), Numbers(), Numbers()
    for entry in entries:
        things(entry.subject)
    statements = {iri: number for number, iri in enumerate(view.facts_of)}
    claims = {claim.claim: number for number, claim in enumerate(view.claims)}
    kinds = {**{agent.iri: agent.kind for agent in view.agents}, **view.kinds}
    found = {
        "zone": zone,
        "base": BASE,
        "statements": {
            "id": [_short(iri) for iri in statements],
            "subject": [things(facts[0].subject) for facts in view.facts_of.values()],
            "held": [times(facts[0].held) for facts in view.facts_of.values()],
        },
        "facts": [
            [statements[f.statement], predicates(f.predicate), things(f.value) if f.value_is_thing else -1,
             -1 if f.value_is_thing else words((clean(f.value), f.datatype))]
            for f in view.facts
        ],
        "claims": [_claim(claim, things, times, origins, words) for claim in view.claims],
        "content": [[statements[s] for s in claim.statements if s in statements] for claim in view.claims],
        "links": {name: _links(view.claims, name, claims) for name in _LINKS},
        "behalf": [[n, things(a)] for n, claim in enumerate(view.claims) for a in claim.links.on_behalf_of],
        "organs": [[things(organ), things(owner)] for organ, owner in view.organs],
        "conflicts": [[claims[c.first], claims[c.second], ", ".join(c.kinds), c.certainty] for c in view.conflicts],
        "order": [[claims[claim.claim] for claim in entry.claims] for entry in entries],
        "nodes": [[things(iri), x, y] for iri, x, y in nodes],
        "places": [_place(place, things) for place in land.places],
        "away": [_place(place, things) for place in land.away],
        "passages": [[n, *span] for n, claim in enumerate(view.claims) for span in claim.passages],
    }  # fmt: skip
    listed = len(entries)
    return {
        **found,
        "things": {
            "id": [_short(iri) for iri in things.known],
            # The labels of subjects stand in the list.
            "label": [_label(view, iri) for iri in list(things.known)[listed:]],
            "kind": [kinds.get(iri, "") for iri in things.known],
        },
        "times": _times(times.known),
        "sources": [_origin(view, iri) for iri in origins.known],
        "predicates": list(predicates.known),
        "words": [list(pair) if pair[1] else pair[0] for pair in words.known],
    }


def _short(iri: str) -> str:
    """Return an IRI without the base that nearly all of them have."""
    return clean(iri.removeprefix(BASE))


def _label(view: View, iri: str) -> str:
    return clean(view.label(iri))[:_LONGEST]


def _claim(claim: Said, things: Numbers, times: Numbers, origins: Numbers, words: Numbers) -> list[Any]:
    written = (claim.said_as_written, claim.held_as_written, claim.zone_as_written)
    row = [
        _short(claim.claim), things(claim.speaker), claim.stance, times(claim.said), origins(claim.source),
        _seconds(claim.recorded) if claim.recorded else 0, int(claim.unsourced),
    ]  # fmt: skip
    if any(written):
        row.append([words((clean(text), "")) if text else -1 for text in written])
    return row


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

    Of the bounds the first stands in full, the others in seconds from it: most lengths are a few, and pack well.
    """
    rows = [
        (
            *_apart(*map(_seconds, time.bounds)),
            str(time.mode), str(time.begin_kind), str(time.end_kind), str(time.precision),
        )
        for time in times
    ]  # fmt: skip
    names = ("a", "b", "c", "d", "mode", "begin", "end", "precision")
    return {name: [row[number] for row in rows] for number, name in enumerate(names)}


def _apart(first: int, *others: int) -> tuple[int, ...]:
    return (first, *(other - first for other in others))


def _origin(view: View, iri: str) -> list[str]:
    known = {origin.iri: origin for origin in view.origins}.get(iri)
    title = next((c.source_label for c in view.claims if c.source == iri), "") if known is None else known.title
    told = (title, known.publisher, known.url) if known else (title, "", "")
    return [_short(iri), *(clean(text)[:_LONGEST] for text in told)]


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
