"""Slices over made-up claims: clocks, speakers, stances, and no side removing another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.api import Graph, cut
from kg.claim import Claim, Iri, Statement
from kg.errors import NaiveTimeError, TimeError, UnknownNameError, UsageError
from kg.iri import expand, statement_iri
from kg.quads import claim_quads
from kg.slice import Cut, plain, select
from kg.when import Answer, Interval, Mode, Reading, holds_at, holds_within, said_by

if TYPE_CHECKING:
    from collections.abc import Sequence

NOON = datetime(2022, 9, 13, 12, tzinfo=UTC)
SIDES = [expand("org:north"), expand("org:south"), expand("org:east")]
EVENTS = [expand("event:one"), expand("event:two")]


def hours(count: int) -> timedelta:
    return timedelta(hours=count)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    first, second, third, last = sorted(draw(st.lists(st.integers(-12, 12), min_size=4, max_size=4, unique=True)))
    bounds = [NOON + hours(n) for n in (first, second, third, last)]
    if draw(st.booleans()):
        return Interval(bounds[0], bounds[3], bounds[0], bounds[3], Mode.WITHIN)
    if draw(st.booleans()):
        bounds[1], bounds[2] = bounds[2], bounds[1]
    first_, second_, third_, last_ = bounds
    return Interval(first_, second_, third_, last_)


def claim(number: int, speaker: Iri, stance: str, said: Interval, statements: Sequence[Statement]) -> Claim:
    readings = tuple(Reading(s.held, "as made up", "UTC") for s in statements)
    return Claim(
        expand(f"claim:made-up-{number}"), expand("source:made-up"), speaker, stance, Reading(said, "made up", "UTC"),
        NOON + hours(24), "made up", content=tuple(statements), held=readings,
    )  # fmt: skip


@st.composite
def made_up(draw: st.DrawFn) -> list[Claim]:
    pool = draw(
        st.lists(
            st.builds(
                lambda event, kind, held: Statement(event, (("eventType", expand(f"k:{kind}")),), held),
                st.sampled_from(EVENTS), st.sampled_from(["Shelling", "Ceasefire"]), intervals(),
            ),
            min_size=1, max_size=4,
        )
    )  # fmt: skip
    size = draw(st.integers(1, 8))
    return [
        claim(
            number, draw(st.sampled_from(SIDES)), draw(st.sampled_from(["asserts", "denies"])), draw(intervals()),
            [draw(st.sampled_from(pool))],
        )
        for number in range(size)
    ]  # fmt: skip


def stored(claims: Sequence[Claim]) -> Store:
    store = Store()
    store.extend(quad for one in claims for quad in claim_quads(one))
    return store


def kept(store: Store, options: Cut) -> set[tuple[str, str | None]]:
    return {(row.claim, row.statement) for row in select(store, options).rows}


@given(made_up(), st.permutations(SIDES))
def test_no_claim_of_one_side_ever_removes_anothers(claims: list[Claim], sides: list[Iri]) -> None:
    alone = [one for one in claims if one.speaker == sides[0]]
    if not alone:
        return
    with_all = kept(stored(claims), Cut())
    assert kept(stored(alone), Cut()) <= with_all


@given(made_up(), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(claims: list[Claim], dice: object) -> None:
    shuffled = list(claims)
    dice.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis's random
    first, second = stored(claims), stored(shuffled)
    assert kept(first, Cut(at=NOON)) == kept(second, Cut(at=NOON))


@given(made_up(), st.integers(-13, 13), st.sampled_from(["certain", "possible"]))
def test_an_instant_slice_is_what_the_intervals_say(claims: list[Claim], hour: int, certainty: str) -> None:
    moment = NOON + hours(hour)
    wanted = {Answer.CERTAINLY} if certainty == "certain" else {Answer.CERTAINLY, Answer.POSSIBLY}
    asserted = [one for one in claims if one.stance == "asserts"]
    expected = {
        (one.iri, statement_iri(s)) for one in asserted for s in one.content if holds_at(s.held, moment) in wanted
    }
    assert kept(stored(asserted), Cut(at=moment, certainty=certainty)) == expected


@given(made_up(), st.integers(-13, 12), st.integers(1, 8), st.sampled_from(["certain", "possible"]))
def test_a_window_slice_is_what_the_intervals_say(claims: list[Claim], hour: int, length: int, certainty: str) -> None:
    window = (NOON + hours(hour), NOON + hours(hour + length))
    wanted = {Answer.CERTAINLY} if certainty == "certain" else {Answer.CERTAINLY, Answer.POSSIBLY}
    asserted = [one for one in claims if one.stance == "asserts"]
    expected = {
        (one.iri, statement_iri(s)) for one in asserted for s in one.content if holds_within(s.held, *window) in wanted
    }
    assert kept(stored(asserted), Cut(during=window, certainty=certainty)) == expected


@given(made_up(), st.integers(-13, 13), st.sampled_from(["certain", "possible"]))
def test_as_known_keeps_what_had_been_said(claims: list[Claim], hour: int, certainty: str) -> None:
    moment = NOON + hours(hour)
    wanted = {Answer.CERTAINLY} if certainty == "certain" else {Answer.CERTAINLY, Answer.POSSIBLY}
    asserted = [one for one in claims if one.stance == "asserts"]
    expected = {one.iri for one in asserted if said_by(one.said.interval, moment) in wanted}
    assert {iri for iri, _ in kept(stored(asserted), Cut(as_known=moment, certainty=certainty))} == expected


def at(hour: int) -> Interval:
    return Interval.around(NOON + hours(hour))


HELD = Interval(NOON, NOON, NOON + hours(5), NOON + hours(5))
SHELLING = Statement(EVENTS[0], (("eventType", expand("k:Shelling")),), HELD)


def test_what_a_speaker_denies_later_is_out_of_the_slice_from_then_on() -> None:
    store = stored([claim(1, SIDES[0], "asserts", at(1), [SHELLING]), claim(2, SIDES[0], "denies", at(3), [SHELLING])])
    assert kept(store, Cut(as_known=NOON + hours(2)))
    assert not kept(store, Cut(as_known=NOON + hours(4)))


def test_what_is_said_again_after_a_denial_stands_again() -> None:
    store = stored([claim(1, SIDES[0], "denies", at(1), [SHELLING]), claim(2, SIDES[0], "asserts", at(3), [SHELLING])])
    assert {iri for iri, _ in kept(store, Cut())} == {expand("claim:made-up-2")}


def test_a_superseded_claim_is_out_once_its_speaker_has_superseded_it() -> None:
    old = claim(1, SIDES[0], "asserts", at(1), [SHELLING])
    other = Statement(EVENTS[1], SHELLING.facts, HELD)
    new = claim(2, SIDES[0], "asserts", at(3), [other])
    new = Claim(**{f: getattr(new, f) for f in new.__slots__} | {"links": (("supersedes", old.iri),)})
    assert {iri for iri, _ in kept(stored([old, new]), Cut())} == {new.iri}
    assert {iri for iri, _ in kept(stored([old, new]), Cut(as_known=NOON + hours(2)))} == {old.iri}


def test_a_plain_slice_holds_no_claim_and_no_interval() -> None:
    store = stored([claim(1, SIDES[0], "asserts", at(1), [SHELLING])])
    graph = plain(store, select(store, Cut()))
    assert {quad.subject.value for quad in graph} == {EVENTS[0]}


def test_a_naive_time_and_an_empty_window_are_refused() -> None:
    with pytest.raises(NaiveTimeError):
        Cut(at=datetime(2022, 9, 13, 5))  # noqa: DTZ001 - the point of the test
    with pytest.raises(TimeError):
        cut(at="2022-09-13T05:00")
    with pytest.raises(UsageError):
        Cut(during=(NOON, NOON))
    with pytest.raises(UsageError):
        Cut(at=NOON, during=(NOON, NOON + hours(1)))


def test_an_unknown_speaker_is_refused_by_name() -> None:
    store = stored([claim(1, SIDES[0], "asserts", at(1), [SHELLING])])
    with pytest.raises(UnknownNameError, match="nobody"):
        Graph(store).slice(according_to="org:nobody")
