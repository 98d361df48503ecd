"""One speaker's account is that speaker's alone: what others say, deny or supersede changes nothing in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.claim import Case, Claim, Iri, Literal, Source, Statement, Thing
from kg.iri import expand, term
from kg.quads import case_quads, claim_quads
from kg.reason import derive
from kg.slice import Cut, plain, select
from kg.vocab import RDFS
from kg.when import FOREVER, EndKind, Interval, Mode, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

NOON = datetime(2022, 9, 13, 12, tzinfo=UTC)
STANCES = ["asserts", "asserts", "denies", "doubts", "callsFor", "promises", "reports", "withdraws"]
LINKS = ["denies", "supersedes", "withdraws", "respondsTo", "reportedIn"]
NORTH, SOUTH = expand("state:north"), expand("state:south")
NORTH_MOD, NORTH_PRESS, SOUTH_MOD = expand("org:north-mod"), expand("org:north-press"), expand("org:south-mod")
SPEAKERS = [NORTH, NORTH_MOD, NORTH_PRESS, SOUTH, SOUTH_MOD]
ORGAN_OF = {NORTH_MOD: NORTH, NORTH_PRESS: NORTH_MOD, SOUTH_MOD: SOUTH}
"""The press office is the ministry's, and so in turn the state's."""
ORGANS = {NORTH: {NORTH, NORTH_MOD, NORTH_PRESS}, NORTH_MOD: {NORTH_MOD, NORTH_PRESS}, SOUTH: {SOUTH, SOUTH_MOD}}
EVENTS = [expand("event:one"), expand("event:two")]
SOURCES = [expand("source:north-paper"), expand("source:south-paper")]
KINDS = {"state": "State", "org": "Organisation", "event": "Event"}


def hours(count: int) -> timedelta:
    return timedelta(hours=count)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    first, length = draw(st.integers(-6, 6)), draw(st.integers(1, 6))
    begin, end = NOON + hours(first), NOON + hours(first + length)
    if draw(st.booleans()):
        return Interval(begin, end, begin, end, Mode.WITHIN)
    return Interval(begin, begin, end, draw(st.sampled_from([end, FOREVER])), end_kind=EndKind.OPEN)


statements = st.builds(
    lambda event, name, value, held: Statement(event, ((name, value),), held),
    st.sampled_from(EVENTS),
    st.sampled_from(["perpetrator", "initiatedBy"]),
    st.sampled_from([NORTH, SOUTH]),
    intervals(),
)


@st.composite
def made_up(draw: st.DrawFn) -> list[Claim]:
    pool = draw(st.lists(statements, min_size=1, max_size=4))
    size = draw(st.integers(2, 8))
    names = [Iri(expand(f"claim:made-up-{number}")) for number in range(size)]
    found = []
    for name in names:
        content = draw(st.lists(st.sampled_from(pool), max_size=2, unique=True))
        links = draw(st.lists(st.tuples(st.sampled_from(LINKS), st.sampled_from(names)), max_size=2, unique=True))
        found.append(
            Claim(
                name,
                draw(st.sampled_from(SOURCES)),
                draw(st.sampled_from(SPEAKERS)),
                draw(st.sampled_from(STANCES)),
                Reading(draw(intervals()), "made up", "UTC"),
                NOON + hours(draw(st.integers(20, 24))),
                "Made up.",
                content=tuple(content),
                held=tuple(Reading(one.held, "made up", "UTC") for one in content),
                sourcing=draw(st.sampled_from([None, None, None, "unsourced"])),
                links=tuple(links),
            )
        )
    return found


def background() -> list[Quad]:
    things = []
    for iri in [*SPEAKERS, *EVENTS]:
        kind = KINDS[iri.rsplit("/", 2)[-2]]
        organ = ((term("organOf"), ORGAN_OF[iri]),) if iri in ORGAN_OF else ()
        things.append(("things", Thing(iri, kind, ((RDFS + "label", Literal(iri)), *organ))))
    sources = [Source(iri, "NewsArticle", "Made up", NORTH_PRESS) for iri in SOURCES]
    return list(case_quads(Case("made-up", tuple(sources), tuple(things), ())))


BACKGROUND = background()


def stored(claims: Iterable[Claim]) -> Store:
    store = Store()
    store.extend(BACKGROUND)
    store.extend(quad for claim in claims for quad in claim_quads(claim))
    return store


def kept(store: Store, cut: Cut) -> set[tuple[str, str | None]]:
    return {(row.claim, row.statement) for row in select(store, cut).rows}


def account(claims: Sequence[Claim], cut: Cut) -> tuple[set[tuple[str, str | None]], set[Quad]]:
    """Return what a cut keeps of claims: the claims with their statements, and the plain graph."""
    store = stored(claims)
    return kept(store, cut), set(plain(store, select(store, cut)))


def voices(speaker: Iri, *, organs: bool) -> set[Iri]:
    return ORGANS.get(speaker, {speaker}) if organs else {speaker}


@st.composite
def cuts(draw: st.DrawFn) -> Cut:
    """Draw a cut by the clocks and by stance, for whomever it is according to."""
    moments = st.integers(-8, 12).map(lambda hour: NOON + hours(hour))
    clock = draw(st.sampled_from(["none", "at", "during"]))
    begin = draw(moments)
    return Cut(
        at=begin if clock == "at" else None,
        during=(begin, begin + hours(draw(st.integers(1, 6)))) if clock == "during" else None,
        as_known=draw(st.none() | moments),
        recorded_by=draw(st.none() | st.just(NOON + hours(22))),
        certainty=draw(st.sampled_from(["certain", "possible"])),
        stances=draw(st.sampled_from([("asserts",), ("asserts", "promises"), ("denies",)])),
        organs=draw(st.booleans()),
        unsourced=draw(st.booleans()),
    )


@given(made_up(), st.sampled_from([NORTH, NORTH_MOD, SOUTH, SOUTH_MOD]), cuts())
@settings(max_examples=200)
def test_a_speakers_account_is_the_same_whether_or_not_others_are_heard(
    claims: list[Claim], speaker: Iri, cut: Cut
) -> None:
    cut = replace(cut, according_to=(speaker,))
    own = [claim for claim in claims if claim.speaker in voices(speaker, organs=cut.organs)]
    assert account(claims, cut) == account(own, cut)


@given(made_up(), cuts())
@settings(max_examples=80)
def test_claims_that_are_added_remove_no_other_speakers_claims(claims: list[Claim], cut: Cut) -> None:
    everybodys = kept(stored(claims), cut)
    for speaker in SPEAKERS:
        others = [claim for claim in claims if claim.speaker != speaker]
        named = {claim.iri for claim in others}
        assert {row for row in everybodys if row[0] in named} == kept(stored(others), cut)


@given(made_up(), cuts())
@settings(max_examples=100)
def test_the_account_of_all_speakers_is_the_accounts_of_each(claims: list[Claim], cut: Cut) -> None:
    store = stored(claims)
    each = [kept(store, replace(cut, according_to=(speaker,), organs=False)) for speaker in SPEAKERS]
    assert kept(store, cut) == set[tuple[str, str | None]]().union(*each)


@given(made_up(), cuts())
@settings(max_examples=60)
def test_a_state_with_its_organs_says_what_each_of_them_says(claims: list[Claim], cut: Cut) -> None:
    store = stored(claims)
    each = [kept(store, replace(cut, according_to=(one,), organs=False)) for one in sorted(ORGANS[NORTH])]
    together = kept(store, replace(cut, according_to=(NORTH,), organs=True))
    assert together == set[tuple[str, str | None]]().union(*each)


@given(made_up(), st.none() | st.sampled_from([NORTH, SOUTH_MOD]), cuts())
@settings(max_examples=60)
def test_what_is_derived_from_the_claims_of_all_is_in_nobodys_account(
    claims: list[Claim], speaker: Iri | None, cut: Cut
) -> None:
    cut = replace(cut, according_to=(speaker,) if speaker else ())
    store = stored(claims)
    before = kept(store, cut), set(plain(store, select(store, cut)))
    store.extend(list(derive(store)))
    assert (kept(store, cut), set(plain(store, select(store, cut)))) == before


SHELLED = Statement(EVENTS[0], (("perpetrator", SOUTH),), Interval(NOON, NOON, NOON + hours(1), NOON + hours(1)))
SAID = Claim(
    expand("claim:said"), SOURCES[0], NORTH_MOD, "asserts", Reading(SHELLED.held, "made up", "UTC"), NOON + hours(24),
    "Made up.", content=(SHELLED,), held=(Reading(SHELLED.held, "made up", "UTC"),),
)  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
def test_the_other_side_can_point_at_a_claim_in_any_way_and_it_stands(link: str) -> None:
    other = replace(SAID, iri=expand("claim:other"), speaker=SOUTH_MOD, stance="denies", links=((link, SAID.iri),))
    for cut in (Cut(), Cut(according_to=(NORTH,)), Cut(according_to=(NORTH_MOD,), organs=False)):
        assert kept(stored([SAID, other]), cut) == kept(stored([SAID]), cut) != set()


@pytest.mark.parametrize("link", ["denies", "supersedes", "withdraws"])
def test_what_a_speaker_takes_back_is_out(link: str) -> None:
    other = replace(SAID, iri=expand("claim:other"), stance="withdraws", content=(), held=(), links=((link, SAID.iri),))
    assert kept(stored([SAID, other]), Cut()) == set()


def test_what_is_said_on_behalf_of_a_state_is_its_word_whoever_says_it() -> None:
    spokesman = replace(SAID, speaker=SOUTH_MOD, links=(("onBehalfOf", NORTH),))
    assert kept(stored([spokesman]), Cut(according_to=(NORTH,))) != set()
    assert kept(stored([spokesman]), Cut(according_to=(NORTH_MOD,))) == set()
