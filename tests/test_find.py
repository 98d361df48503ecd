"""A name means one thing in one mouth and another in the next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.api import cut
from kg.cli import main
from kg.find import Use, find, is_open

if TYPE_CHECKING:
    from kg.api import Graph


def first(graph: Graph, words: str, speaker: str = "") -> str:
    return find(graph.store, words, cut(according_to=speaker or ()), kind="place")[0].thing


@pytest.mark.parametrize(
    "speaker", ["org:azerbaijan-mod", "org:azerbaijan-mfa", "state:azerbaijan", "person:ilham-aliyev"]
)
def test_istisu_of_an_azerbaijani_speaker_is_jermuk(graph: Graph, speaker: str) -> None:
    assert first(graph, "Istisu", speaker) == "place:jermuk"


def test_istisu_alone_is_open_between_jermuk_and_its_namesake(graph: Graph) -> None:
    found = find(graph.store, "Istisu", cut(), kind="place")
    assert {one.thing for one in found[:2]} == {"place:jermuk", "place:istisu-kalbajar"}
    assert is_open(found)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Basarkechar", "place:vardenis"),
        ("Gorus", "place:goris"),
        ("Garakilsa", "place:sisian"),
    ],
)
def test_names_in_use_are_told_by_who_uses_them(graph: Graph, words: str, place: str) -> None:
    found = find(graph.store, words, cut(according_to="org:azerbaijan-mod"))
    assert (found[0].thing, found[0].use) == (place, Use.OWN)


@pytest.mark.parametrize("words", ["Verin Shorza", "verin shorzha", "Վերին Շորժա"])
def test_verin_shorzha_is_not_the_village_on_lake_sevan(graph: Graph, words: str) -> None:
    assert first(graph, words) == "place:verin-shorzha"
    assert first(graph, "Shorzha") == "place:shorzha"


@pytest.mark.parametrize("words", ["Stepanakert", "Khankendi", "Xankəndi", "Степанакерт", "xankendi"])
def test_both_names_of_one_town_lead_to_it(graph: Graph, words: str) -> None:
    assert first(graph, words) == "place:khankendi-stepanakert"


def test_a_name_that_the_speaker_refuses_says_so(graph: Graph) -> None:
    (found,) = find(graph.store, "Furukh", cut(according_to="org:azerbaijan-mod"), kind="place")
    assert (found.thing, found.use) == ("place:farrukh", Use.REFUSED)
    assert first(graph, "Furukh", "org:russia-mod") == "place:farrukh"


def test_a_name_nobody_has_heard_by_then_is_a_label_or_nothing(graph: Graph) -> None:
    assert find(graph.store, "Basarkechar", cut(as_known="2022-09-12T00:00Z", according_to="org:azerbaijan-mod")) == [
        one for one in find(graph.store, "Basarkechar", cut(as_known="2022-09-12T00:00Z")) if not one.users
    ]


def test_surnames_and_misspellings_are_near(graph: Graph) -> None:
    found = find(graph.store, "Pashinian", cut(), kind="person")
    assert found[0].thing == "person:nikol-pashinyan"


def test_the_command_line_gives_the_same_and_refuses_what_nobody_is_called() -> None:
    done = CliRunner().invoke(main, ["find", "Istisu", "--according-to", "org:azerbaijan-mod", "--format", "json"])
    assert json.loads(done.stdout)[0]["thing"] == "place:jermuk"
    assert CliRunner().invoke(main, ["find", "xyzzy"]).exit_code == 1
