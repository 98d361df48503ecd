"""The claims and facts of a view as rows of plain words, for lists and tables.

It writes no markup; whoever does must escape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from kg.pictures.phrases import held_phrase, held_words, said_phrase, verb
from kg.pictures.text import clean
from kg.view import DENIES
from kg.when.model import written

if TYPE_CHECKING:
    from kg.pictures.axis import Axis
    from kg.view import Said, View
    from kg.when.model import Interval


def quoted(claim: Said) -> str:
    """Return the words of the source about the time, with the zone as written; empty if there are none."""
    zone = f" ({clean(claim.zone_as_written)})" if claim.zone_as_written else ""
    words = claim.held_as_written or claim.said_as_written
    return f"in the source: “{clean(words)}”{zone}" if words else ""


def is_disputed(view: View, claim: Said) -> bool:
    """Return whether a claim is denied, or speaks of what some claim denies."""
    return claim.claim in view.denied_claims or any(statement in view.disputed for statement in claim.statements)


class ClaimRow(TypedDict):
    """One claim in words; ``kind`` is ``denies`` for a denial, else empty."""

    iri: str
    speaker: str
    verb: str
    said: str
    datetime: str
    gist: str
    held: list[str]
    quoted: str
    denies: str
    passages: str
    disputed: bool
    kind: str


class FactRow(TypedDict):
    """One fact in words."""

    subject: str
    predicate: str
    value: str
    held: str
    said: str
    disputed: str


def claim_rows(view: View, axis: Axis) -> list[ClaimRow]:
    """Return the claims in said order, times local to the axis."""
    numbers = {claim.claim: number for number, claim in enumerate(view.claims, 1)}
    return [_claim_row(view, claim, axis, numbers) for claim in view.claims]


def _claim_row(view: View, claim: Said, axis: Axis, numbers: dict[str, int]) -> ClaimRow:
    return {
        "iri": clean(claim.claim),
        "speaker": clean(claim.speaker_label),
        "verb": clean(verb(claim.stance)),
        "said": said_phrase(claim.said, axis),
        "datetime": written(claim.said.begin_earliest),
        "gist": clean(claim.gist),
        "held": [_held(claim, held, axis) for held in view.held_of(claim)],
        "quoted": quoted(claim),
        "denies": ", ".join(str(numbers[iri]) for iri in claim.denies if iri in numbers),
        "passages": ", ".join(f"{start} to {end}" for start, end in claim.passages),
        "disputed": is_disputed(view, claim),
        "kind": DENIES if claim.stance == DENIES else "",
    }


def _held(claim: Said, held: Interval, axis: Axis) -> str:
    words = held_words(claim.stance, held, axis)
    led = words if words != held_phrase(held, axis) else f"held: {words}"
    return f"{led[0].upper()}{led[1:]}."


def fact_rows(view: View, axis: Axis) -> list[FactRow]:
    """Return the facts in the order of the view, times local to the axis."""
    numbers = {claim.claim: number for number, claim in enumerate(view.claims, 1)}
    rows: list[FactRow] = []
    for fact in view.facts:
        claims = view.claims_on.get(fact.statement, ())
        said = (f"{clean(c.speaker_label)} {clean(verb(c.stance))} ({numbers[c.claim]})" for c in claims)
        rows.append(
            {
                "subject": clean(view.label(fact.subject)),
                "predicate": clean(fact.predicate),
                "value": clean(view.value_words(fact)),
                "held": held_phrase(fact.held, axis),
                "said": "; ".join(said),
                "disputed": "◆ disputed" if fact.statement in view.disputed else "",
            }
        )
    return rows
