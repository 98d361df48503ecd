"""The catalogue: whole headers, safe parameters, and the same frozen rows in two engines."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, QuerySolutions, RdfFormat, Store
from rdflib.plugins.sparql import prepareQuery

from kg.api import dicts
from kg.ask import filled, find_question, header_findings, questions, run
from kg.errors import KgError, QueryError, UnknownNameError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from kg.api import Graph

NAMES = sorted(questions())
Rows = list[tuple[str, ...]]


def expected(root: Path, name: str) -> tuple[list[str], Rows]:
    with (root / "queries" / "expected" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    return header, [tuple(row) for row in rows]


def on_oxigraph(graph: Graph, name: str, *, union: bool) -> tuple[list[str], Rows]:
    answer = run(graph.store, questions()[name].text, union=union)
    assert isinstance(answer, QuerySolutions)
    text = (answer.serialize(format=QueryResultsFormat.CSV) or b"").decode()
    header, *rows = list(csv.reader(io.StringIO(text)))
    return header, [tuple(row) for row in rows]


@pytest.fixture(scope="module")
def in_rdflib(graph: Graph) -> rdflib.Dataset:
    # rdflib looks through every named graph for each row, and there are hundreds. A graph's name means
    # nothing here, so one that holds all has to give the same rows.
    one = NamedNode("https://w3id.org/conflict-kg/graph/all")
    whole = Store()
    whole.bulk_extend({Quad(quad.subject, quad.predicate, quad.object, one) for quad in graph.store})
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    dataset = rdflib.Dataset()
    dataset.parse(data=whole.dump(format=RdfFormat.N_QUADS), format="nquads")
    rdflib.NORMALIZE_LITERALS = before
    return dataset


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("union", [True, False])
def test_the_rows_are_the_frozen_ones_whatever_the_default_graph_is(
    graph: Graph, root: Path, name: str, *, union: bool
) -> None:
    assert on_oxigraph(graph, name, union=union) == expected(root, name)


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_rows(in_rdflib: rdflib.Dataset, root: Path, name: str) -> None:
    result = in_rdflib.query(questions()[name].text)
    header = [str(variable) for variable in result.vars or ()]
    rows = [tuple("" if cell is None else str(cell) for cell in row) for row in result]  # type: ignore[union-attr] # a SELECT has rows
    assert (header, rows) == expected(root, name)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_whole_and_not_empty(root: Path, name: str) -> None:
    path = root / "queries" / f"{name}.rq"
    assert header_findings(path) == []
    prepareQuery(path.read_text(encoding="utf-8"))
    header, rows = expected(root, name)
    assert rows
    assert set(questions()[name].returns) <= set(header)


def test_every_frozen_table_belongs_to_a_question(root: Path) -> None:
    assert {path.stem for path in (root / "queries" / "expected").glob("*.csv")} == set(NAMES)


@pytest.mark.parametrize(
    ("text", "fault"),
    [("#+ summary: [", "not YAML"), ("#+ summary: x", "lacks"), ("SELECT * {}", "lacks")],
)
def test_a_broken_header_is_a_finding(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "broken.rq"
    path.write_text(text, encoding="utf-8")
    assert fault in header_findings(path)[0].message


def test_a_parameter_without_its_block_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "broken.rq"
    header = "#+ summary: x\n#+ question: x\n#+ params: {at: dateTime}\n#+ returns: {x: iri}\n#+ tags: [x]\n"
    path.write_text(header + "SELECT ?x { VALUES ?x { 1 } }", encoding="utf-8")
    assert "VALUES" in header_findings(path)[0].message


SIX = {"armenia", "belarus", "kazakhstan", "kyrgyzstan", "russia", "tajikistan"}
NINE = SIX | {"azerbaijan", "georgia", "uzbekistan"}
PARTIES = {
    "1993-06-01": set[str](),
    "1994-04-19": set[str](),
    "1994-04-20": NINE,
    "1999-04-19": NINE,
    "1999-04-22": SIX,
    "2013-01-01": SIX,
    "2024-06-01": SIX,
    "2025-12-31": SIX,
}


@pytest.mark.parametrize("day", sorted(PARTIES))
def test_parties_to_the_collective_security_treaty_on_a_day(graph: Graph, day: str) -> None:
    rows = dicts(graph.ask("treaty-parties-on-a-day", day=f"{day}[Europe/Moscow]"))
    certain = {
        r["agent"] for r in rows if (r["relation"], r["stance"], r["answer"]) == ("s:party", "k:asserts", "certainly")
    }
    assert certain == {f"state:{name}" for name in PARTIES[day]}


def relations(graph: Graph, treaty: str, day: str, agent: str) -> set[tuple[str, str]]:
    rows = dicts(graph.ask("treaty-parties-on-a-day", treaty=treaty, day=f"{day}[Europe/Moscow]"))
    return {(row["relation"], row["stance"]) for row in rows if row["agent"] == agent}


def test_disputed_changes_stand_beside_membership_and_do_not_end_it(graph: Graph) -> None:
    armenia = relations(graph, "treaty:csto-charter", "2024-06-01", "state:armenia")
    assert {
        ("s:party", "k:asserts"),
        ("s:participationSuspended", "k:asserts"),
        ("s:participationSuspended", "k:denies"),
    } <= armenia
    uzbekistan = relations(graph, "treaty:csto-charter", "2013-06-01", "state:uzbekistan")
    assert {
        ("s:party", "k:asserts"),
        ("s:participationSuspended", "k:asserts"),
        ("s:withdrawn", "k:asserts"),
    } <= uzbekistan


@given(st.text(max_size=40))
def test_a_value_reaches_the_query_as_a_term_or_not_at_all(value: str) -> None:
    question = find_question("going-on-at")
    try:
        text = filled(question, {"at": value})
    except KgError:
        return
    assert text.count("VALUES") == question.text.count("VALUES")
    prepareQuery(text)


@given(st.text(max_size=40))
def test_a_name_reaches_the_query_as_an_iri_or_not_at_all(value: str) -> None:
    question = find_question("known-by")
    for name in (value, f"https://example.org/{value}", f"source:{value}"):
        try:
            text = filled(question, {"source": name})
        except KgError:
            continue
        prepareQuery(text)
        assert text.count("{") == question.text.count("{")


def test_wrong_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="who-said-what"):
        find_question("who-said-wat")
    with pytest.raises(UsageError, match="'at'"):
        filled(find_question("going-on-at"), {"att": "2022-09-13T05:00Z"})


def test_sparql_that_does_not_parse_is_a_query_error(graph: Graph) -> None:
    with pytest.raises(QueryError):
        graph.query("SELECT ?x WHERE { ?x")


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_the_rows_leaves_nothing_to_chance(graph: Graph, name: str) -> None:
    text = questions()[name].text
    keys = re.findall(r"\?(\w+)", text[text.rindex("ORDER BY") :])
    header, rows = on_oxigraph(graph, name, union=False)
    marks = [tuple(row[header.index(key)] for key in keys) for row in rows]
    assert len(marks) == len(set(marks))
