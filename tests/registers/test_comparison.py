"""The encoded cases carry the reference, all of it and nothing foreign; and the comparison would notice."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kg.claim import Literal
from kg.vocab import XSD
from tests.registers.comparison import REFERENCE, ROOT, Ours, differences, ours, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.claim import Claim
    from kg.when import Interval


@pytest.fixture(scope="module")
def encoded() -> Ours:
    if not REFERENCE.is_dir():
        reason = f"the reference facts are not here: {REFERENCE} is absent"
        (pytest.fail if os.environ.get("KG_REQUIRE_ALL") == "1" else pytest.skip)(reason)
    return ours()


def with_claims(found: Ours, row: str, change: Callable[[Claim], Claim | None]) -> Ours:
    claims = {key: list(value) for key, value in found.claims.items()}
    changed = (change(claim) for claim in claims[row])
    return replace(found, claims=claims | {row: [claim for claim in changed if claim]})


def rows_that_differ(found: Ours) -> set[tuple[str, str]]:
    return {(difference.row, difference.about) for difference in differences(found)}


def test_every_row_is_carried_and_nothing_foreign_is(encoded: Ours) -> None:
    assert [str(difference) for difference in differences(encoded)] == []


def test_a_row_without_a_claim_is_noticed(encoded: Ours) -> None:
    assert ("E031", "row") in rows_that_differ(with_claims(encoded, "E031", lambda _: None))


def test_a_wrong_figure_is_noticed_both_ways(encoded: Ours) -> None:
    def other(claim: Claim) -> Claim:
        facts = {"amount": Literal("106", XSD + "decimal")}
        content = tuple(
            replace(s, facts=tuple((name, facts.get(name, value)) for name, value in s.facts)) for s in claim.content
        )
        return replace(claim, content=content)

    found = rows_that_differ(with_claims(encoded, "ST072", other))
    assert {("ST072", "figure"), ("ST072", "106")} <= found


def test_a_wrong_day_is_noticed_both_ways(encoded: Ours) -> None:
    def earlier(interval: Interval) -> Interval:
        first, second, third, last = (bound - timedelta(days=1200) for bound in interval.bounds)
        return replace(interval, begin_earliest=first, begin_latest=second, end_earliest=third, end_latest=last)

    def moved(claim: Claim) -> Claim:
        readings = (replace(held, notation="2019-05-05", interval=earlier(held.interval)) for held in claim.held)
        return replace(claim, held=tuple(readings))

    found = rows_that_differ(with_claims(encoded, "E036", moved))
    assert {("E036", "start_edtf"), ("E036", "2019-05-05")} <= found


def test_a_wrong_speaker_is_noticed(encoded: Ours) -> None:
    stranger = next(claim.speaker for claim in encoded.claims["ST048"])
    found = with_claims(encoded, "ST072", lambda claim: replace(claim, speaker=stranger))
    assert ("ST072", "speaker") in rows_that_differ(found)


def test_a_place_without_its_coordinates_is_noticed(encoded: Ours) -> None:
    def without(claim: Claim) -> Claim:
        content = tuple(
            replace(s, facts=tuple(fact for fact in s.facts if fact[0] != "hasGeometry")) for s in claim.content
        )
        return replace(claim, content=content)

    assert ("PL011", "coordinates") in rows_that_differ(with_claims(encoded, "PL011", without))


def test_sourced_words_for_what_has_no_source_are_noticed(encoded: Ours) -> None:
    found = with_claims(encoded, "E058", lambda claim: replace(claim, sourcing="sourced"))
    assert ("E058", "unsourced") in rows_that_differ(found)


def test_every_source_speaks_in_a_claim_or_is_left_out(encoded: Ours) -> None:
    # The seed article speaks in claims that carry no row.
    used = {"https://w3id.org/conflict-kg/source/seed-article"}
    used |= {claim.source for claims in encoded.claims.values() for claim in claims}
    excused = {
        word
        for path in sorted((ROOT / "graphs" / "registers").glob("left_out*.csv"))
        for row in rows_of(path)
        for word in (*row["reference"].split(), *row["column"].split())
    }
    drawn = {str(value) for things in encoded.by_iri.values() for _, value in things.marks}
    idle = {iri: row for iri, row in encoded.sources.items() if iri not in used | drawn and row not in excused}
    assert idle == {}


@pytest.mark.parametrize("path", sorted((ROOT / "graphs" / "registers").glob("left_out*.csv")), ids=lambda p: p.stem)
def test_every_line_that_is_left_out_says_why(path: Path) -> None:
    assert [row for row in rows_of(path) if not (row["reference"] and row["column"] and row["reason"])] == []
