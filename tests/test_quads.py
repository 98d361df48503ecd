"""Claims go out as quads and come back equal; bytes depend on content alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from kg import recall
from kg.claim import Claim, Iri, Literal, Passage, Statement, fact_order
from kg.iri import compact, expand, interval_iri, statement_iri
from kg.loaders.case import read_cases
from kg.quads import case_quads, claim_quads
from kg.store import canonical
from kg.when import Interval, Reading, instant

if TYPE_CHECKING:
    from pathlib import Path

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
VALUES = st.one_of(st.sampled_from([expand("place:jermuk"), expand("k:artillery")]), TEXT.map(Literal))
FACTS = st.lists(
    st.tuples(st.sampled_from(["location", "means", "wording"]), VALUES), min_size=1, max_size=4, unique=True
)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    minutes = sorted(draw(st.lists(st.integers(0, 10_000), min_size=4, max_size=4, unique=True)))
    start = instant("2022-09-12T00:00Z")
    first, second, third, last = (start + timedelta(minutes=m) for m in minutes)
    return Interval(first, second, third, last)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    held = draw(st.lists(intervals(), min_size=1, max_size=2, unique=True))
    statements = {
        statement_iri(s): s
        for s in (
            Statement(expand("event:one"), tuple(sorted(draw(FACTS), key=fact_order)), interval) for interval in held
        )
    }
    readings = [Reading(interval, draw(TEXT), draw(st.none() | TEXT), draw(st.none() | TEXT)) for interval in held]
    from kg.iri import reading_iri

    return Claim(
        expand("claim:s-0-1"), expand("source:s"), expand("org:north"), "asserts",
        Reading(draw(intervals()), draw(TEXT), "UTC", draw(st.none() | TEXT)), instant("2026-11-23T10:00Z"), draw(TEXT),
        content=tuple(statements[iri] for iri in sorted(statements)),
        held=tuple(sorted(readings, key=reading_iri)),
        passages=(Passage(expand("source:s"), 0, 9, "0" * 64),), certainty=draw(st.none() | st.just("hedged")),
        note=draw(st.none() | TEXT), links=(("denies", Iri(expand("claim:s-9-1"))),),
    )  # fmt: skip


@given(claims())
def test_a_claim_comes_back_equal_from_its_quads(claim: Claim) -> None:
    store = Store()
    store.extend(claim_quads(claim))
    assert list(recall.claims(store)) == [claim]


def test_every_claim_of_the_repository_comes_back_equal(root: Path) -> None:
    cases = read_cases(root / "graphs")
    written = {claim.iri: claim for case in cases for claim in case.claims}
    store = Store()
    store.bulk_extend(quad for case in cases for quad in case_quads(case))
    back = {claim.iri: claim for claim in recall.claims(store)}
    assert back.keys() == written.keys()
    for iri, claim in written.items():
        assert set(back[iri].content) == set(claim.content), compact(iri)
        assert set(back[iri].held) == set(claim.held)
        assert (back[iri].said, back[iri].stance, back[iri].gist) == (claim.said, claim.stance, claim.gist)
        assert set(back[iri].links) == set(claim.links)


@given(claims(), st.randoms(use_true_random=False))
def test_canonical_trig_does_not_depend_on_order(claim: Claim, dice: object) -> None:
    quads = list(claim_quads(claim))
    shuffled = [*quads, *quads[:3]]
    dice.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis's random
    assert canonical(quads) == canonical(shuffled)


@given(claims())
def test_canonical_trig_parses_to_the_same_quads(claim: Claim) -> None:
    store = Store()
    store.bulk_load(canonical(claim_quads(claim)), format=RdfFormat.TRIG)
    assert set(store) == set(claim_quads(claim))


def test_there_are_no_blank_nodes_and_no_ids_that_hide_their_kind(root: Path) -> None:
    for case in read_cases(root / "graphs"):
        for quad in case_quads(case):
            assert str(quad.subject).startswith("<https://w3id.org/conflict-kg/")
            assert not str(quad.object).startswith("_:")


def test_ids_follow_content_and_not_order_of_facts() -> None:
    held = Interval.around(instant("2022-09-13T00:05[Asia/Yerevan]"))
    same = Interval.around(instant("2022-09-12T20:05Z"))
    assert interval_iri(held) == interval_iri(same)
    facts = (("location", expand("place:jermuk")), ("means", expand("k:artillery")))
    one = Statement(expand("event:one"), facts, held)
    other = Statement(expand("event:two"), facts, held)
    assert statement_iri(one) != statement_iri(other)
