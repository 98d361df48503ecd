"""What the registers are asked for: figures as they grew, ceasefires by hour, gaps, chains of command, both sides."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from kg.api import cut, dicts
from kg.errors import UnknownNameError

if TYPE_CHECKING:
    from kg.api import Graph

K = "PREFIX k: <https://w3id.org/conflict-kg/ontology#> PREFIX figure: <https://w3id.org/conflict-kg/figure/> "
KILLED = K + "SELECT ?n {{ figure:{side}-servicemembers-killed-2022-09 k:amount ?n }}"
CEASEFIRES = K + "SELECT DISTINCT ?e { ?e k:eventType k:Ceasefire }"
WALK = ("2022-09-13T20:00Z", "2022-09-14T12:00Z", "2022-09-17T00:00Z")


@pytest.mark.parametrize(("moment", "killed"), list(zip(WALK, ("49", "105", "135"), strict=True)))
def test_the_armenian_figure_is_that_of_its_time(graph: Graph, moment: str, killed: str) -> None:
    assert graph.slice(as_known=moment).rows(KILLED.format(side="armenia")) == [{"n": killed}]


@pytest.mark.parametrize(("moment", "killed"), list(zip(WALK, ("50", "50", "77"), strict=True)))
def test_the_azerbaijani_figure_is_that_of_its_time(graph: Graph, moment: str, killed: str) -> None:
    own = graph.slice(as_known=moment, according_to="state:azerbaijan", certainty="certain")
    assert own.rows(KILLED.format(side="azerbaijan")) == [{"n": killed}]


def test_each_figure_comes_from_a_claim_of_its_own(graph: Graph) -> None:
    claims = set()
    for moment in WALK:
        rows = dicts(graph.ask("figures-as-known", at=moment))
        newest = [
            row["claim"]
            for row in rows
            if row["figure"] == "figure:armenia-servicemembers-killed-2022-09"
            and (row["side"], row["overtaken"]) == ("state:armenia", "no")
            and row["amount"]
        ]
        claims.add(min(newest))
    assert len(claims) == 3


@pytest.mark.parametrize(
    ("moment", "ceasefires"),
    [
        ("2022-09-13T04:30Z", set[str]()),
        ("2022-09-13T05:30Z", {"event:ceasefire-2022-09-13-0900-baku"}),
        ("2022-09-13T06:30Z", {"event:ceasefire-2022-09-13-0900-baku", "event:ceasefire-2022-09-13"}),
    ],
)
def test_the_ceasefire_that_is_said_to_hold_is_that_of_the_hour(
    graph: Graph, moment: str, ceasefires: set[str]
) -> None:
    assert {row["e"] for row in graph.slice(at=moment).rows(CEASEFIRES)} == ceasefires


def test_the_three_ceasefires_have_their_claimants(graph: Graph) -> None:
    speakers = defaultdict(set)
    for row in dicts(graph.ask("ceasefires")):
        if row["said"] == "ceasefire":
            speakers[row["ceasefire"]].add(row["speaker"])
    assert speakers["event:ceasefire-2022-09-13"] == {"org:russia-mfa"}
    assert {"org:trend", "org:sputnik-azerbaijan"} <= speakers["event:ceasefire-2022-09-13-0900-baku"]
    assert speakers["event:ceasefire-2022-09-14"] == {"person:armen-grigoryan"}


@pytest.mark.parametrize(
    ("office", "day", "holders"),
    [
        ("armenia-minister-of-foreign-affairs", "2021-07-01[Asia/Yerevan]", {("", "unknown")}),
        ("armenia-minister-of-foreign-affairs", "2021-08-19[Asia/Yerevan]", {("person:ararat-mirzoyan", "possibly")}),
        ("armenia-security-council-secretary", "2021-08-01[Asia/Yerevan]", {("", "unknown")}),
        ("armenia-security-council-secretary", "2021-07-01[Asia/Yerevan]", {("person:armen-grigoryan", "certainly")}),
        ("azerbaijan-president", "1993-09-15[Asia/Baku]", {("", "unknown")}),
    ],
)
def test_an_office_in_a_gap_is_unknown(graph: Graph, office: str, day: str, holders: set[tuple[str, str]]) -> None:
    rows = dicts(graph.ask("office-on-a-day", office=f"office:{office}", day=day))
    assert {(row["holder"], row["answer"]) for row in rows if row["tenure"] != "k:vacantOffice"} == holders


def test_a_vacancy_that_a_source_tells_of_stands_beside_the_unknown(graph: Graph) -> None:
    rows = dicts(graph.ask("office-on-a-day", day="2021-07-01[Asia/Yerevan]"))
    assert {row["tenure"] for row in rows} == {"", "k:vacantOffice"}


def test_a_chain_of_command_names_its_steps_and_says_where_it_ends(graph: Graph) -> None:
    rows = dicts(graph.ask("chain-of-command-on-a-day"))
    assert rows[0]["superior"] == "unit:armenia-2nd-army-corps"
    assert rows[0]["how"] == "k:throughUnknownFormations"
    assert (rows[-1]["superior"], rows[-1]["answer"]) == ("", "unknown")


def test_a_unit_whose_parent_nobody_names_says_so(graph: Graph) -> None:
    unit = "unit:soviet-transcaucasian-military-district"
    rows = dicts(graph.ask("chain-of-command-on-a-day", unit=unit, day="1990-01-01[Europe/Moscow]"))
    assert [(row["level"], row["superior"], row["answer"]) for row in rows] == [("1", "", "unknown")]


def test_a_name_that_nothing_has_is_refused_and_not_unknown(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="armenia-minister-of-defence"):
        graph.ask("office-on-a-day", office="office:armenia-minister-of-defense")


def test_questions_can_be_asked_as_known(graph: Graph) -> None:
    early = cut(as_known="2021-08-18T00:00Z", certainty="certain")
    rows = dicts(graph.ask("office-on-a-day", early, day="2021-09-01[Asia/Yerevan]"))
    assert "person:ararat-mirzoyan" not in {row["holder"] for row in rows}
    assert dicts(graph.ask("first-reactions", cut(as_known="2022-09-12T00:00Z"))) == []


@pytest.mark.parametrize(
    ("place", "day", "holder"),
    [
        ("lachin", "2005-01-01[Asia/Baku]", "state:nagorno-karabakh-republic"),
        ("lachin", "2021-06-01[Asia/Baku]", "state:russia"),
        ("lachin", "2022-10-01[Asia/Baku]", "state:azerbaijan"),
        ("kalbajar", "2005-01-01[Asia/Baku]", "state:armenia"),
        ("kalbajar", "2021-01-01[Asia/Baku]", "state:azerbaijan"),
        ("shusha", "2005-01-01[Asia/Baku]", "state:nagorno-karabakh-republic"),
        ("shusha", "2021-01-01[Asia/Baku]", "state:azerbaijan"),
        ("khankendi-stepanakert", "2022-01-01[Asia/Baku]", "state:nagorno-karabakh-republic"),
    ],
)
def test_who_held_a_place_on_a_day(graph: Graph, place: str, day: str, holder: str) -> None:
    rows = dicts(graph.ask("place-on-a-day", place=f"place:{place}", day=day))
    held = {
        row["value"].rpartition("conflict-kg/")[2].replace("/", ":"): row["answer"]
        for row in rows
        if row["relation"] == "s:controlledBy"
    }
    assert held.get(holder) == "certainly"


def test_every_item_of_the_notes_can_be_explained_with_both_sides(graph: Graph) -> None:
    rows = graph.rows(
        "PREFIX k: <https://w3id.org/conflict-kg/ontology#> SELECT DISTINCT ?d ?item "
        "{ ?d a k:Disagreement ; <http://purl.org/dc/terms/identifier> ?item }"
    )
    items = {row["item"] for row in rows}
    assert {f"notes-4.{number}" for number in range(1, 30)} <= items
    for disagreement in sorted({row["d"] for row in rows}):
        noticed, *sides = graph.explain(disagreement)
        assert noticed.speaker.startswith("conflict-kg"), disagreement
        assert len({(told.speaker, told.source) for told in sides}) >= 2, disagreement
        assert all(told.source for told in sides), disagreement
