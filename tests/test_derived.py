"""What was derived, explained; and the verb that derives."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.check import check
from kg.cli import main
from kg.derived import derived_lines
from kg.explain import as_text
from kg.iri import expand
from kg.store import DERIVED_GRAPH, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from kg.api import Graph


def test_eight_o_clock_is_that_of_the_fourteenth_by_order_alone(graph: Graph) -> None:
    (told,) = (one for one in graph.explain("claim:seed-article-0-2") if one.claim == "claim:seed-article-0-2")
    steps = "\n".join(told.derived)
    assert "08:00[Asia/Yerevan] is 2022-09-14T04:00:00Z" in steps
    assert "2022-09-13T04:00:00Z" in steps.partition("excluded")[2]
    assert "it held after claim:seed-article-2463-1 was said" in steps
    assert "source:seed-article was written before event:ceasefire-2022-09-14" in steps


def test_a_contradiction_is_explained_by_its_rule_and_both_sides(graph: Graph) -> None:
    (row, *_) = graph.rows(
        "PREFIX k: <https://w3id.org/conflict-kg/ontology#> SELECT ?c { ?c k:contradictionKind k:explicitDenial } ORDER BY ?c"
    )
    lines = "\n".join(derived_lines(graph.store, expand(row["c"])))
    assert "rule denialOfClaim:" in lines
    assert "firstClaim: claim:" in lines
    assert "secondClaim: claim:" in lines
    told = graph.explain(row["c"])
    assert {"asserts", "denies"} <= {one.stance for one in told}
    assert "contradicts (explicitDenial, certainly)" in as_text(told)


def test_what_is_derived_fits_the_shapes(graph: Graph) -> None:
    assert check(graph.store) == []


def test_a_slice_is_derived_anew_from_the_claims_it_leaves(graph: Graph) -> None:
    from kg.api import cut, dicts

    name, thing = "contradictions-about", "event:ceasefire-2022-09-13"
    early = dicts(graph.ask(name, cut(as_known="2022-09-13T07:30Z", certainty="certain"), thing=thing))
    whole = dicts(graph.ask(name, thing=thing))
    assert len(early) < len(whole)


def test_deriving_again_changes_nothing_and_no_claim(graph_store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "store"
    shutil.copytree(graph_store, copy)
    before = set(open_store(copy))
    run = CliRunner().invoke(main, ["reason", "--store", str(copy), "--format", "json"])
    assert run.exit_code == 0, run.output
    assert "nothing changed" in run.stderr
    assert set(open_store(copy)) == before


def test_a_store_that_lost_what_was_derived_gets_it_back(graph_store: Path, tmp_path: Path) -> None:
    from kg.store import replace_graph

    copy = tmp_path / "store"
    shutil.copytree(graph_store, copy)
    before = set(open_store(copy))
    assert replace_graph(copy, DERIVED_GRAPH, b"")
    assert set(open_store(copy)) == {quad for quad in before if str(quad.graph_name) != f"<{DERIVED_GRAPH}>"}
    run = CliRunner().invoke(main, ["reason", "--store", str(copy)])
    assert "wrote graph:derived" in run.stderr
    assert set(open_store(copy)) == before


@pytest.mark.parametrize("arguments", [["reason", "--store", "nowhere"]])
def test_without_a_store_there_is_nothing_to_derive_in(arguments: list[str]) -> None:
    run = CliRunner().invoke(main, arguments)
    assert run.exit_code == 1
    assert "kg build" in run.stderr
