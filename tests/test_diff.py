"""Withdrawing a source or a claim: what falls, and what stands on other support."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.diff import changes, held_by
from kg.errors import UnknownNameError
from kg.slice import Cut

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from kg.api import Graph
    from kg.diff import Change

DENIAL = "claim:seed-article-1877-1"


@pytest.fixture(scope="module")
def whole(graph: Graph) -> Store:
    return held_by(graph.store, Cut())


def without(graph: Graph, whole: Store, *names: str) -> list[Change]:
    return changes(whole, held_by(graph.store, Cut(), names))


def test_nothing_changes_where_nothing_is_withdrawn(graph: Graph, whole: Store) -> None:
    assert changes(whole, held_by(graph.store, Cut())) == []


def test_what_rests_on_the_source_alone_falls(graph: Graph, whole: Store) -> None:
    found = without(graph, whole, "source:seed-article")
    falling = {one.what for one in found if one.how == "falls"}
    assert {"statement", "Contradiction", "TightenedTime"} <= falling
    assert all(one.after == 0 for one in found if one.how == "falls")


def test_what_other_claims_carry_stands_on_fewer(graph: Graph, whole: Store) -> None:
    # The ministry's word on the dead of the 14th is in three sources: one of them does not carry it alone.
    found = without(graph, whole, "claim:said-pashinyan-2022-09-14-105-killed-s043")
    standing = [one for one in found if one.how == "stands" and one.what == "statement"]
    assert standing
    assert all(0 < one.after < one.before for one in standing)


def test_a_withdrawn_denial_takes_its_contradictions_with_it_and_no_claim_of_the_other_side(
    graph: Graph, whole: Store
) -> None:
    found = without(graph, whole, DENIAL)
    assert {one.how for one in found if one.what == "Contradiction"} <= {"falls", "stands"}
    assert any(one.how == "falls" and "explicitDenial" in one.name for one in found)
    assert not [one for one in found if one.what == "statement" and one.how == "new"]


def test_answers_fall_with_the_claims_they_rest_on(graph: Graph, whole: Store) -> None:
    after = held_by(graph.store, Cut(), [DENIAL])
    found = [one for one in changes(whole, after, ["who-denied-what"]) if one.what.startswith("answer")]
    assert found
    assert {one.how for one in found} == {"falls"}


def test_a_name_that_nothing_bears_is_refused(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="seed-article"):
        held_by(graph.store, Cut(), ["source:seed-artikle"])


def test_the_verb_prints_the_changes_and_counts_them(graph_store: Path) -> None:
    run = CliRunner().invoke(main, ["diff", "--without", DENIAL, "--store", str(graph_store), "--format", "json"])
    assert run.exit_code == 0, run.output
    assert {"what", "how", "before", "after", "name", "text"} == set(json.loads(run.stdout)[0])
    assert "Contradiction falls" in run.stderr


def test_the_verb_compares_two_instants_of_knowledge(graph_store: Path) -> None:
    options = ["--as-known", "2022-09-13T05:00Z", "--then-known", "2022-09-13T12:00Z", "--ask", "speakers"]
    run = CliRunner().invoke(main, ["diff", *options, "--store", str(graph_store), "--format", "csv"])
    assert run.exit_code == 0, run.output
    rows = [line.split(",") for line in run.stdout.splitlines()[1:]]
    assert {row[1] for row in rows if row[0] == "statement"} <= {"new", "stands"}
    assert any(row[0] == "answer speakers" and row[1] == "new" for row in rows)


def test_the_verb_wants_something_to_compare_with() -> None:
    run = CliRunner().invoke(main, ["diff"])
    assert run.exit_code == 2
    assert "--without" in run.stderr
