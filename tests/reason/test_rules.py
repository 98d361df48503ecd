"""What each rule finds and leaves alone, by small examples that can be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, Quad

from kg.iri import compact, expand, term
from kg.vocab import RDF
from tests.reason.harness import LabelledCase, Node, derived_nodes, store_of

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = {"time": "2022-09-13", "mode": "someTimeWithin"}
OPEN = {"time": "1994-04-20/..", "mode": "throughout"}


def claim(name: str, speaker: str, *content: Node, said: str = "2022-09-20", **more: object) -> Node:
    node = {"id": name, "speaker": speaker, "said": said}
    return node | ({"content": list(content)} if content else {}) | more


def exact(begin: str, end: str) -> Node:
    return {"time": f"2022-09-13T{begin}Z/2022-09-13T{end}Z", "mode": "throughout"}


def within(begin: str, end: str) -> Node:
    return {"time": f"2022-09-13T{begin}Z/2022-09-13T{end}Z", "mode": "someTimeWithin"}


class Found(dict[str, list[str]]):
    """One thing that was derived: its values by property, as short names, in order."""

    def __missing__(self, name: str) -> list[str]:
        return []

    def one(self, name: str) -> str:
        """Return the one value of a property."""
        (value,) = self[name]
        return value


def found(claims: Sequence[Node], things: Sequence[Node] = (), *, gathering: str = "") -> list[Found]:
    """Return what is derived from a few claims, claims by the names they have here; one source may be a reference work."""
    store = store_of(LabelledCase("example", "", tuple(things), tuple(claims), (), ()))
    if gathering:
        work = NamedNode(expand(f"source:case-{gathering}"))
        store.add(Quad(work, NamedNode(RDF + "type"), NamedNode(term("ReferenceWork"))))
    return [
        Found({name: sorted(map(short, values)) for name, values in node.items()})
        for _, node in sorted(derived_nodes(store).items())
    ]


def short(value: str) -> str:
    name = compact(value)
    return name.rpartition("-")[2] if name.startswith("claim:") else name.removeprefix("k:")


def by_rule(rule: str, claims: Sequence[Node], things: Sequence[Node] = ()) -> list[Found]:
    return [one for one in found(claims, things) if one["byRule"] == [rule]]


def contradictions(rule: str, claims: Sequence[Node], things: Sequence[Node] = ()) -> list[Found]:
    return [one for one in by_rule(rule, claims, things) if one["type"] == ["Contradiction"]]


# How long it lasted


def lasted(number: Node) -> list[Node]:
    return [
        claim("told", "org:armenia-mod", {"subject": "event:raid", "held": exact("08:00", "10:00"), "eventType": "Shelling"}),
        claim(
            "long", "org:azerbaijan-mod",
            {"subject": "figure:length", "held": DAY, "measure": "duration", "countedIn": "event:raid",
             "unitOfMeasure": "hours"} | number,
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("number", [{"amount": 5}, {"atLeast": 3}, {"atMost": 1}, {"amount": 1.5}])
def test_a_duration_that_no_begin_and_end_allow_contradicts_them(number: Node) -> None:
    (one,) = contradictions("lastedAsLong", lasted(number))
    assert (one.one("contradictionKind"), one.one("contradictionMatter")) == ("timeConflict", "aboutDuration")
    assert one.one("derivedCertainty") == "certainly"
    assert {*one["firstClaim"], *one["secondClaim"]} == {"told", "long"}


@pytest.mark.parametrize("number", [{"amount": 2}, {"atLeast": 2}, {"atMost": 2}, {"atLeast": 1, "atMost": 3}])
def test_a_duration_that_begin_and_end_allow_contradicts_nothing(number: Node) -> None:
    assert contradictions("lastedAsLong", lasted(number)) == []


def test_a_duration_that_is_approximate_contradicts_possibly_at_most() -> None:
    (one,) = contradictions("lastedAsLong", lasted({"amount": 5, "standing": "approximate"}))
    assert (one.one("derivedCertainty"), one.one("leavesRoom")) == ("possibly", "approximateNumber")


# Who signed


def signed(name: str, state: str, person: str) -> Node:
    statement = {"subject": "treaty:pact", "held": DAY, "signatory": state, "signedBy": person}
    return claim(name, f"org:{name}-mfa", statement)


def test_one_signatory_has_one_signature() -> None:
    claims = [
        signed("north", "state:armenia", "person:prime-minister"),
        signed("south", "state:armenia", "person:envoy"),
    ]
    (one,) = contradictions("oneValueAtATime", claims)
    assert (one.one("contradictionKind"), one.one("differsIn")) == ("valueConflict", "signedBy")
    assert one.one("derivedCertainty") == "certainly"


def test_two_signatories_have_a_signature_each() -> None:
    claims = [
        signed("north", "state:armenia", "person:prime-minister"),
        signed("south", "state:russia", "person:envoy"),
    ]
    assert contradictions("oneValueAtATime", claims) == []


# A part and the whole


def counted(name: str, amount: int, **what: str) -> Node:
    statement = {
        "subject": f"figure:{name}",
        "held": DAY,
        "measure": "killed",
        "countedIn": "event:raid",
        "amount": amount,
    }
    return claim(name, f"org:{name}-mod", statement | what)


TOWN = claim("map", "org:atlas", {"subject": "place:town", "held": OPEN, "administrativeParent": "place:district"})


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ({"countedAmong": "civilians"}, {"countedAmong": "everyone"}),
        ({"countedAmong": "civilians"}, {}),
        ({"countedAt": "place:town"}, {"countedAt": "place:district"}),
        ({"countedAt": "place:town"}, {}),
    ],
)
def test_a_part_is_not_larger_than_the_whole(part: dict[str, str], whole: dict[str, str]) -> None:
    claims = [counted("part", 12, **part), counted("whole", 10, **whole), TOWN]
    (one,) = contradictions("partWithinWhole", claims)
    assert (one.one("contradictionKind"), one.one("contradictionMatter")) == ("valueConflict", "aboutFigure")
    assert {*one["firstClaim"], *one["secondClaim"]} == {"part", "whole"}
    assert contradictions("partWithinWhole", [counted("part", 10, **part), counted("whole", 10, **whole), TOWN]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"countedAmong": "civilians"}, {"countedAmong": "servicemembers"}),
        ({"countedAt": "place:town"}, {"countedAt": "place:village"}),
        ({"countedAt": "place:district"}, {"countedAt": "place:town"}),
        ({"countedAmong": "civilians"}, {"countedAmong": "everyone", "countedOf": "state:armenia"}),
    ],
)
def test_what_is_no_part_of_the_other_may_be_larger(one: dict[str, str], other: dict[str, str]) -> None:
    assert contradictions("partWithinWhole", [counted("part", 12, **one), counted("whole", 10, **other), TOWN]) == []


def test_a_number_that_two_sources_carry_is_compared_with_those_that_one_does() -> None:
    twice = [
        counted("north", 49, countedIn="event:raid") | {"source": source, "id": source} for source in ("one", "two")
    ]
    (difference,) = contradictions("oneCount", [*twice, counted("south", 105)])
    assert [difference["firstClaim"], difference["secondClaim"]] in (
        [["one", "two"], ["south"]],
        [["south"], ["one", "two"]],
    )


def test_one_figure_is_one_count_where_only_one_speaker_says_in_which_event() -> None:
    one = counted("north", 49)
    other = claim("south", "org:south-mod", {"subject": "figure:north", "held": DAY, "amount": 105})
    (difference,) = contradictions("oneCount", [one, other])
    assert {*difference["firstClaim"], *difference["secondClaim"]} == {"north", "south"}


# Two identities of one event


def strikes(**more: Node) -> list[Node]:
    return [
        claim("north", "org:armenia-mod", {"subject": "event:by-yerevan", "held": exact("08:00", "09:00"), "eventType": "Shelling"} | more.get("north", {})),
        claim("south", "org:azerbaijan-mod", {"subject": "event:by-baku", "held": exact("12:00", "13:00"), "eventType": "Shelling"} | more.get("south", {})),
    ]  # fmt: skip


SAME = {"subject": "event:by-yerevan", "held": OPEN, "sameEventAs": "event:by-baku"}
JOINED = claim("join", "org:curators", SAME)


def test_two_identities_are_two_events_until_a_claim_joins_them() -> None:
    assert contradictions("beganOnce", strikes()) == []
    (one,) = contradictions("beganOnce", [*strikes(), JOINED])
    assert one["derivedFrom"] == ["join"]
    assert one["aboutThing"] == ["event:by-baku", "event:by-yerevan"]


@pytest.mark.parametrize("link", ["withdraws", "supersedes"])
def test_who_takes_back_that_two_identities_are_one_parts_them(link: str) -> None:
    back = claim("back", "org:curators", said="2022-09-21", stance="withdraws" if link == "withdraws" else "doubts") | {
        link: "join"
    }
    if link == "supersedes":
        back["content"] = [SAME]
    assert contradictions("beganOnce", [*strikes(), JOINED, back]) == []


def test_somebody_elses_doubt_does_not_part_them() -> None:
    doubt = claim("doubt", "org:azerbaijan-mod", SAME, stance="denies")
    assert len(contradictions("beganOnce", [*strikes(), JOINED, doubt])) == 1


def test_all_that_follows_from_a_joining_names_the_claim_that_joins() -> None:
    values = strikes(north={"initiatedBy": "state:azerbaijan"}, south={"initiatedBy": "state:armenia"})
    (one,) = contradictions("whoBegan", [*values, JOINED])
    assert one["derivedFrom"] == ["join"]
    assert contradictions("whoBegan", values) == []


def test_identities_joined_in_a_chain_name_every_link_of_it() -> None:
    north, south = strikes()
    links = [
        claim("one", "org:curators", {"subject": "event:by-yerevan", "held": OPEN, "sameEventAs": "event:by-tbilisi"}),
        claim("two", "org:curators", {"subject": "event:by-tbilisi", "held": OPEN, "sameEventAs": "event:by-baku"}),
    ]
    (one,) = contradictions("beganOnce", [north, south, *links])
    assert one["derivedFrom"] == ["one", "two"]
    assert contradictions("beganOnce", [north, south, links[0]]) == []


def test_counts_in_two_identities_are_counts_in_one_event() -> None:
    counts = [
        counted("north", 49, countedIn="event:by-yerevan"),
        counted("south", 105, countedIn="event:by-baku"),
    ]
    assert contradictions("oneCount", counts) == []
    (one,) = contradictions("oneCount", [*counts, JOINED])
    assert one["derivedFrom"] == ["join"]


# Order makes times narrower


def appeal(name: str, held: Node, **more: object) -> Node:
    return claim(name, "org:armenia-mfa", {"subject": "event:appeal", "held": held, "eventType": "Appeal"} | more)


SHOT = claim(
    "shot", "org:armenia-mfa", {"subject": "event:shot", "held": within("10:00", "11:00"), "eventType": "SmallArmsFire"}
)


def times(claims: Sequence[Node]) -> list[tuple[list[str], str]]:
    """Return the tightened times: the claims that each follows from, and what is left."""
    tight = by_rule("orderTightensTime", claims)
    return [(one["derivedFrom"], one["derivationStep"][-1].partition("left: ")[2]) for one in tight]


def test_what_came_after_a_dated_event_and_within_so_many_hours_lies_between() -> None:
    ((claims, left),) = times([appeal("appeal", DAY, startsAfter="event:shot", startsWithinHours=3), SHOT])
    assert claims == ["appeal", "shot"]
    assert left.startswith("2022-09-13T10:00:01Z..2022-09-13T14:00:00Z/")


def test_without_the_hours_only_the_begin_is_narrower() -> None:
    ((_, left),) = times([appeal("appeal", DAY, startsAfter="event:shot"), SHOT])
    assert left.startswith("2022-09-13T10:00:01Z..2022-09-14T00:00:00Z/")


def test_where_the_order_leaves_what_was_told_nothing_is_derived() -> None:
    assert (
        times([appeal("appeal", within("11:00", "12:00"), startsAfter="event:shot", startsWithinHours=3), SHOT]) == []
    )


def test_the_order_of_another_source_does_not_narrow_a_time() -> None:
    other = claim(
        "other", "org:daily", {"subject": "event:appeal", "held": OPEN, "startsAfter": "event:shot"}, source="two"
    )
    assert [claims for claims, _ in times([appeal("appeal", DAY), SHOT, other]) if "appeal" in claims] == []


@pytest.mark.parametrize("link", ["withdraws", "supersedes"])
def test_an_order_that_its_speaker_takes_back_narrows_nothing(link: str) -> None:
    order = appeal("appeal", DAY, startsAfter="event:shot")
    back = appeal("back", DAY) | {
        "said": "2022-09-21",
        link: "appeal",
        "stance": "withdraws" if link == "withdraws" else "asserts",
    }
    assert times([order, SHOT, back]) == []


def test_claims_of_one_source_that_cannot_all_be_so_are_named_and_no_others() -> None:
    order = appeal("order", within("08:00", "09:00"), startsAfter="event:shot")
    beside = claim(
        "beside",
        "org:armenia-mfa",
        {"subject": "event:reply", "held": DAY, "eventType": "Appeal", "startsAfter": "event:appeal"},
    )
    circles = contradictions("orderWithoutCircle", [order, SHOT | {"speaker": "org:observers"}, beside])
    assert [{*one["firstClaim"], *one["secondClaim"], *one["derivedFrom"]} for one in circles] == [{"order", "shot"}]
    assert circles[0].one("contradictionKind") == "orderConflict"
    assert any("startsAfter event:shot" in step for step in circles[0]["derivationStep"])


def test_what_one_claim_says_against_itself_contradicts_nobody() -> None:
    own = appeal("own", within("08:00", "09:00"), startsAfter="event:shot")
    own["content"].append(SHOT["content"][0])
    assert contradictions("orderWithoutCircle", [own]) == []


# Duties of treaties

ATTACK = {
    "subject": "event:attack",
    "held": DAY,
    "eventType": "Shelling",
    "perpetrator": "state:azerbaijan",
    "target": "state:armenia",
}
TREATY = [
    claim(
        "parties",
        "org:register",
        {
            "subject": "treaty:pact",
            "held": OPEN,
            "party": ["state:armenia", "state:russia"],
            "provision": "provision:pact-4",
        },
    ),
    claim(
        "article",
        "org:register",
        {"subject": "provision:pact-4", "held": OPEN, "obliges": "collectiveDefence", "triggeredBy": "Attack"},
    ),
]
TOLD = claim("attack", "org:armenia-mod", ATTACK)
ORGANS = [{"id": "org:armenia-mod", "type": "GovernmentBody", "organOf": "state:armenia", "label": {"en": "Ministry"}}]


def duties(*claims: Node, treaty: Sequence[Node] = TREATY) -> list[Found]:
    return by_rule("dutyOfParty", [*treaty, *claims], ORGANS)


def test_an_attack_on_a_party_brings_a_duty_of_the_others_into_play() -> None:
    (one,) = duties(TOLD)
    assert (one.one("dutyTowards"), one["dutyBearer"]) == ("state:armenia", ["state:russia"])
    assert (one.one("dutyProvision"), one.one("dutyObligation")) == ("provision:pact-4", "collectiveDefence")
    assert (one.one("derivedCertainty"), one.one("dutyState")) == ("certainly", "invocationUnknown")
    assert (one["accountClaim"], one["onAccountOf"]) == (["attack"], ["state:armenia"])
    assert "answeredAfterAtLeast" not in one


def test_a_duty_names_the_claims_that_make_the_parties_and_the_article() -> None:
    (one,) = duties(TOLD)
    assert one["derivedFrom"] == ["article", "parties"]
    statements = [
        TREATY[0]["content"][0] | {"party": party} for party in ("state:armenia", "state:russia", "state:georgia")
    ]
    parted = [claim(f"party{number}", "org:register", content) for number, content in enumerate(statements)]
    (one,) = duties(TOLD, treaty=[*parted[:2], TREATY[1]])
    assert one["derivedFrom"] == ["article", "party0", "party1"]


def test_an_article_that_two_treaties_share_is_a_duty_under_each() -> None:
    old = {
        "subject": "treaty:old",
        "held": OPEN,
        "party": ["state:armenia", "state:belarus"],
        "provision": "provision:pact-4",
    }
    both = duties(TOLD, claim("old", "org:register", old), gone("state:belarus"))
    assert sorted(one["dutyBearer"] for one in both) == [["state:belarus"], ["state:russia"]]


def test_an_attack_on_a_place_that_is_recognised_as_a_partys_is_one_on_the_party() -> None:
    place = claim("map", "org:atlas", {"subject": "place:town", "held": OPEN, "recognisedPartOf": "state:armenia"})
    hit = {key: value for key, value in ATTACK.items() if key != "target"} | {"location": "place:town"}
    (one,) = duties(claim("attack", "org:armenia-mod", hit), place)
    assert one.one("dutyTowards") == "state:armenia"
    assert "map" in one["derivedFrom"]


@pytest.mark.parametrize(
    "changed",
    [{"target": "state:georgia"}, {"eventType": "Meeting"}, {"held": {"time": "1990-01-13", "mode": "someTimeWithin"}}],
)
def test_there_is_no_duty_towards_a_stranger_nor_for_talks_nor_before_the_treaty(changed: Node) -> None:
    assert duties(claim("attack", "org:armenia-mod", ATTACK | changed)) == []


def test_the_attacker_owes_no_duty_to_whom_he_attacks() -> None:
    assert duties(claim("attack", "org:armenia-mod", ATTACK | {"perpetrator": "state:russia"})) == []


def test_an_attacker_among_several_parties_is_not_among_the_bearers() -> None:
    more = claim("more", "org:register", {"subject": "treaty:pact", "held": OPEN, "party": "state:belarus"})
    (one,) = duties(claim("attack", "org:armenia-mod", ATTACK | {"perpetrator": "state:russia"}), more)
    assert one["dutyBearer"] == ["state:belarus"]


def test_there_is_no_duty_on_a_day_on_which_nobody_was_a_party() -> None:
    ended = TREATY[0] | {
        "content": [TREATY[0]["content"][0] | {"held": {"time": "1994-04-20/1999-04-02", "mode": "throughout"}}]
    }
    assert duties(TOLD, treaty=[ended, TREATY[1]]) == []


def gone(state: str, predicate: str = "withdrawn", since: str = "2012-12-19/..") -> Node:
    return claim(
        "gone",
        "org:observers",
        {"subject": "treaty:pact", "held": {"time": since, "mode": "throughout"}, predicate: state},
    )


@pytest.mark.parametrize("predicate", ["withdrawn", "participationSuspended"])
@pytest.mark.parametrize("state", ["state:armenia", "state:russia"])
def test_where_a_party_is_said_to_have_left_the_duty_is_only_possible(state: str, predicate: str) -> None:
    (one,) = duties(TOLD, gone(state, predicate))
    assert one.one("derivedCertainty") == "possibly"


def test_who_left_after_the_day_was_a_party_on_the_day() -> None:
    (one,) = duties(TOLD, gone("state:armenia", since="2022-09-16/.."))
    assert one.one("derivedCertainty") == "certainly"


def test_a_party_that_left_leaves_the_duty_of_the_others_certain() -> None:
    more = claim("more", "org:register", {"subject": "treaty:pact", "held": OPEN, "party": "state:belarus"})
    (one,) = duties(TOLD, gone("state:russia"), more)
    assert (one.one("derivedCertainty"), one["dutyBearer"]) == ("certainly", ["state:belarus", "state:russia"])


CALL = {
    "subject": "event:call", "held": within("06:00", "07:00"), "eventType": "TreatyInvocation", "invoker": "state:armenia",
    "invokes": "provision:pact-4", "respondsToEvent": "event:attack",
}  # fmt: skip
ANSWER = {"subject": "event:answer", "held": within("20:00", "21:00"), "eventType": "Meeting", "answers": "event:call"}


def test_a_duty_that_was_invoked_waits_for_an_answer() -> None:
    (one,) = duties(TOLD, claim("call", "org:armenia-mfa", CALL))
    assert (one.one("dutyState"), one["invokedBy"]) == ("invokedUnanswered", ["call"])
    assert "answeredAfterAtLeast" not in one


@pytest.mark.parametrize("of", ["provision:pact-4", "treaty:pact"])
def test_an_answer_comes_so_many_minutes_after_the_call(of: str) -> None:
    (one,) = duties(TOLD, claim("call", "org:armenia-mfa", CALL | {"invokes": of}), claim("answer", "org:csto", ANSWER))
    assert (one.one("dutyState"), one["answeredBy"]) == ("invokedAnswered", ["answer"])
    assert (one.one("answeredAfterAtLeast"), one.one("answeredAfterAtMost")) == ("780", "900")


def test_of_two_answers_the_first_counts() -> None:
    later = ANSWER | {"subject": "event:later", "held": within("22:00", "23:00")}
    claims = [
        claim("call", "org:armenia-mfa", CALL),
        claim("later", "org:csto", later),
        claim("answer", "org:csto", ANSWER),
    ]
    (one,) = duties(TOLD, *claims)
    assert (one.one("answeredAfterAtLeast"), one.one("answeredAfterAtMost")) == ("780", "900")


def test_an_answer_at_the_hour_of_the_call_may_have_come_at_once() -> None:
    soon = claim("answer", "org:csto", ANSWER | {"held": within("06:30", "08:00")})
    (one,) = duties(TOLD, claim("call", "org:armenia-mfa", CALL), soon)
    assert (one.one("answeredAfterAtLeast"), one.one("answeredAfterAtMost")) == ("0", "120")


def test_an_answer_without_an_end_was_given_when_it_began() -> None:
    since = {"time": "2022-09-13T20:00Z/..", "mode": "throughout"}
    (one,) = duties(TOLD, claim("call", "org:armenia-mfa", CALL), claim("answer", "org:csto", ANSWER | {"held": since}))
    assert (one.one("answeredAfterAtLeast"), one.one("answeredAfterAtMost")) == ("780", "840")


def test_an_answer_from_a_day_on_may_have_been_given_at_the_end_of_that_day() -> None:
    since = claim("answer", "org:csto", ANSWER | {"held": {"time": "2022-09-13/..", "mode": "throughout"}})
    (one,) = duties(TOLD, claim("call", "org:armenia-mfa", CALL), since)
    assert (one.one("answeredAfterAtLeast"), one.one("answeredAfterAtMost")) == ("0", "1079")


def test_an_answer_that_is_dated_before_the_call_came_after_no_minutes() -> None:
    early = claim("answer", "org:csto", ANSWER | {"held": within("04:00", "05:00")})
    (one,) = duties(TOLD, claim("call", "org:armenia-mfa", CALL), early)
    assert one.one("dutyState") == "invokedAnswered"
    assert one["answeredAfterAtLeast"] == one["answeredAfterAtMost"] == []


def test_a_call_that_is_denied_and_claimed_by_nobody_is_denied() -> None:
    (one,) = duties(TOLD, claim("denial", "org:armenia-mfa", CALL, stance="denies"))
    assert (one.one("dutyState"), one["invokedBy"]) == ("invocationDenied", ["denial"])


def test_a_call_that_one_claims_and_another_denies_was_invoked_by_the_ones_account() -> None:
    claims = [claim("call", "org:armenia-mfa", CALL), claim("denial", "org:daily", CALL, stance="denies")]
    (one,) = duties(TOLD, *claims)
    assert (one.one("dutyState"), one["invokedBy"]) == ("invokedUnanswered", ["call"])


@pytest.mark.parametrize(
    "changed", [{"invoker": "state:georgia"}, {"respondsToEvent": "event:other"}, {"invokes": "provision:other-2"}]
)
def test_a_call_by_another_or_over_another_event_or_article_is_not_this_ones(changed: Node) -> None:
    (one,) = duties(TOLD, claim("call", "org:armenia-mfa", CALL | changed))
    assert one.one("dutyState") == "invocationUnknown"


@pytest.mark.parametrize("link", ["withdraws", "supersedes"])
def test_an_attack_that_its_teller_takes_back_brings_nothing_into_play(link: str) -> None:
    other = ATTACK | {"subject": "event:other", "eventType": "Meeting"}
    back = claim("back", "org:armenia-mod", other, said="2022-09-21") | {link: "attack"}
    assert duties(TOLD, back) == []


# Support

SHELLED = {"subject": "event:attack", "held": DAY, "eventType": "Shelling"}


def support(claims: Sequence[Node], things: Sequence[Node] = ORGANS) -> Found:
    (one,) = by_rule("supportByKnowledge", claims, things)
    return one


def counts(one: Found) -> tuple[int, int, int]:
    """Return how many know it, how many of these stand apart from the parties, and how many outlets carry it."""
    knowing, apart, outlets = (int(one.one(name)) for name in ("knowledgeCount", "independentCount", "outletCount"))
    return knowing, apart, outlets


def test_nine_outlets_that_print_one_ministry_are_one_source_of_knowledge() -> None:
    nine = [claim(f"n{number}", "org:armenia-mod", SHELLED, source=f"paper{number}") for number in range(9)]
    one = support(nine)
    assert counts(one) == (1, 1, 9)
    assert one["knowledgeOf"] == ["org:armenia-mod"]


def test_organs_of_one_state_count_once() -> None:
    organs = [
        *ORGANS,
        {"id": "org:armenia-mfa", "type": "GovernmentBody", "organOf": "state:armenia", "label": {"en": "Other"}},
    ]
    one = support([claim("one", "org:armenia-mod", SHELLED), claim("two", "org:armenia-mfa", SHELLED)], organs)
    assert counts(one) == (1, 1, 1)
    assert one["knowledgeOf"] == ["org:armenia-mfa", "org:armenia-mod"]


def test_who_speaks_on_behalf_of_a_state_counts_with_it() -> None:
    spokesman = claim("two", "person:spokesman", SHELLED, onBehalfOf="org:armenia-mod")
    assert counts(support([claim("one", "org:armenia-mod", SHELLED), spokesman])) == (1, 1, 1)


def test_a_reference_work_passes_on_what_others_know() -> None:
    claims = [claim("one", "org:armenia-mod", SHELLED), claim("two", "org:press-two", SHELLED, source="two")]
    assert counts(support(claims)) == (2, 2, 2)
    (one,) = (one for one in found(claims, ORGANS, gathering="two") if one["byRule"] == ["supportByKnowledge"])
    assert counts(one) == (1, 1, 2)
    assert one["supportClaim"] == ["one", "two"]


def test_whom_a_reference_work_quotes_knows_it_himself() -> None:
    claims = [claim("one", "org:armenia-mod", SHELLED), claim("two", "org:observers", SHELLED, source="two")]
    (one,) = (one for one in found(claims, ORGANS, gathering="two") if one["byRule"] == ["supportByKnowledge"])
    assert counts(one) == (2, 2, 2)


def test_a_party_to_what_is_told_is_not_independent() -> None:
    claims = [claim("one", "org:armenia-mod", ATTACK), claim("two", "org:observers", ATTACK, source="two")]
    one = support(claims)
    assert counts(one) == (2, 1, 2)
    assert one["independentClaim"] == ["two"]


def test_who_says_it_and_more_supports_it_and_not_the_other_way_round() -> None:
    one = support([claim("part", "org:armenia-mod", SHELLED), claim("whole", "org:observers", ATTACK)])
    assert one["supportClaim"] == ["part", "whole"]


@pytest.mark.parametrize("stance", ["denies", "doubts", "reports", "promises"])
def test_only_who_asserts_supports(stance: str) -> None:
    claims = [claim("one", "org:armenia-mod", SHELLED), claim("two", "org:observers", SHELLED, stance=stance)]
    assert by_rule("supportByKnowledge", claims) == []


@pytest.mark.parametrize("link", ["withdraws", "supersedes"])
def test_who_takes_back_what_he_said_supports_it_no_more(link: str) -> None:
    other = SHELLED | {"subject": "event:other"}
    back = claim("back", "org:observers", other, said="2022-09-21") | {link: "two"}
    claims = [claim("one", "org:armenia-mod", SHELLED), claim("two", "org:observers", SHELLED), back]
    assert by_rule("supportByKnowledge", claims) == []
