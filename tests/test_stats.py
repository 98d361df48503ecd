"""What the graph rests on, counted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.stats import NOBODY, as_markdown

if TYPE_CHECKING:
    from kg.api import Graph

NAMES = {"sourcing", "passage", "stance", "sourceKind", "sourceType", "side", "speaker", "source", "held", "said"}


def tables(graph: Graph) -> dict[str, dict[str, int]]:
    return {count.name: {line.key: line.claims for line in count.lines} for count in graph.statistics()}


def test_every_claim_is_counted_once_where_it_has_one_value(graph: Graph) -> None:
    found = tables(graph)
    (row,) = graph.rows("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a <https://w3id.org/conflict-kg/ontology#Claim> }")
    assert set(found) == NAMES
    for name in ("sourcing", "passage", "stance", "speaker", "source", "said"):
        assert sum(found[name].values()) == int(row["n"]), name


def test_passages_are_those_of_the_seed_article(graph: Graph) -> None:
    found = tables(graph)
    assert found["passage"]["with"] == found["source"]["source:seed-article"] == 16


def test_a_ministry_counts_for_its_state_and_a_newsroom_for_nobody(graph: Graph) -> None:
    found = tables(graph)
    assert found["side"]["state:armenia"] > found["speaker"]["org:armenia-mod"]
    assert found["side"][NOBODY] > found["speaker"]["org:oc-media"]
    assert "org:armenia-mod" not in found["side"]


def test_months_stand_in_their_order(graph: Graph) -> None:
    months = [key for key in tables(graph)["held"] if key[0].isdigit()]
    assert months == sorted(months)
    assert "2022-09" in months


def test_the_page_in_the_docs_is_that_of_the_graph(graph: Graph, root: Path) -> None:
    page = (root / "docs" / "statistics.md").read_text(encoding="utf-8")
    assert page == as_markdown(graph.statistics()), "run: make generate"


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_one_table_in_every_form(form: str) -> None:
    done = CliRunner().invoke(main, ["stats", "--by", "stance", "--format", form])
    assert done.exit_code == 0
    assert "denies" in done.stdout
    assert "org:armenia-mod" not in done.stdout
    if form == "json":
        assert [count["name"] for count in json.loads(done.stdout)] == ["stance"]


def test_an_unknown_table_is_refused_with_the_known_ones() -> None:
    done = CliRunner().invoke(main, ["stats", "--by", "stanse"])
    assert done.exit_code == 2
    assert "stance" in done.stderr


def test_readme_and_changes_give_the_numbers_that_the_graph_has(graph: Graph) -> None:
    found = tables(graph)
    claims, sources = sum(found["source"].values()), len(found["source"])
    for page in ("README.md", "CHANGELOG.md"):
        text = " ".join((Path(__file__).parents[1] / page).read_text(encoding="utf-8").split())
        assert re.search(rf"{claims:,}( claims| of them) from {sources} sources", text), (page, claims, sources)
