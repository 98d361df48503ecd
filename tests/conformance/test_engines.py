"""The same graph and the same question in Oxigraph, rdflib and Jena: same graph, same rows."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox
import pytest
import rdflib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Java: TypeAlias = Callable[..., str]

HERE = Path(__file__).parent
QUERY = HERE / "as-of.rq"
GRAPHS = [HERE / "fixture.trig", *sorted((HERE.parents[1] / "graphs").glob("*/graph.trig"))]
ASKED = [
    HERE / "fixture.trig",
    *(HERE.parents[1] / "graphs" / name / "graph.trig" for name in ("2016-04-four-day-war", "2024-2025-settlement")),
]
"""What rdflib and Jena are asked about as a union: small cases, since they join the copies of a shared interval."""
MERGED = [
    HERE.parents[1] / "graphs" / name / "graph.trig" for name in ("1988-1994-war", "2020-09-war", "2021-border-clashes")
]
"""Larger cases that rdflib answers in a second when every interval stands once, in one graph."""
Rows: TypeAlias = "Counter[frozenset[tuple[str, str]]]"
"""Rows as a bag: each is the set of its (name, value) pairs."""

# rdflib 7.6 warns of its own calls inside Dataset.parse and Dataset.serialize.
pytestmark = pytest.mark.filterwarnings(r"ignore:(Dataset|ConjunctiveGraph).* is deprecated:DeprecationWarning")
asked = pytest.mark.parametrize("graph", ASKED, ids=lambda path: f"{path.parent.name}-{path.stem}")
graphs = pytest.mark.parametrize("graph", GRAPHS, ids=lambda path: f"{path.parent.name}-{path.stem}")


@contextmanager
def literals_as_written() -> Iterator[None]:
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def canonical_hash(nquads: bytes | str) -> str:
    """Return the sha256 of the canonical N-Quads (W3C RDFC-1.0) of a dataset."""
    dataset = ox.Dataset(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} ." if not str(quad).endswith(".") else str(quad) for quad in dataset)
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def oxigraph_nquads(graph: Path) -> bytes:
    return ox.serialize(ox.parse(path=graph, format=ox.RdfFormat.TRIG), format=ox.RdfFormat.N_QUADS) or b""


def rdflib_nquads(graph: Path) -> str:
    with literals_as_written():
        return rdflib.Dataset().parse(data=graph.read_bytes(), format="trig").serialize(format="nquads")


def oxigraph_rows(graph: Path, *, union: bool) -> Rows:
    store = ox.Store()
    for quad in ox.parse(path=graph, format=ox.RdfFormat.TRIG):
        store.add(quad if union else ox.Quad(quad.subject, quad.predicate, quad.object))
    text = QUERY.read_text(encoding="utf-8")
    answer = store.query(text, use_default_graph_as_union=union)
    assert isinstance(answer, ox.QuerySolutions)
    return rows_of(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")


def rdflib_rows(graph: Path, *, union: bool) -> Rows:
    with literals_as_written():
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=graph.read_bytes(), format="trig")
        asked: rdflib.Graph = dataset
        if not union:
            asked = rdflib.Graph()
            for subject, predicate, value, _ in dataset.quads():
                asked.add((subject, predicate, value))
        return rows_of(asked.query(QUERY.read_text(encoding="utf-8")).serialize(format="json") or b"")


def rows_of(results: bytes | str) -> Rows:
    bindings = json.loads(results)["results"]["bindings"]
    return Counter(frozenset((name, term["value"]) for name, term in row.items()) for row in bindings)


@graphs
def test_three_parsers_read_the_same_graph(java: Java, graph: Path) -> None:
    hashes = {
        "oxigraph": canonical_hash(oxigraph_nquads(graph)),
        "rdflib": canonical_hash(rdflib_nquads(graph)),
        "jena": canonical_hash(java("JenaMain", "nquads", graph)),
    }
    assert len(set(hashes.values())) == 1, hashes


@asked
def test_oxigraph_and_rdflib_give_the_same_rows(graph: Path) -> None:
    rows = oxigraph_rows(graph, union=True)
    assert rows
    assert rows == oxigraph_rows(graph, union=False)
    assert rows == rdflib_rows(graph, union=True)
    assert rows == rdflib_rows(graph, union=False)


@pytest.mark.parametrize("graph", MERGED, ids=lambda path: path.parent.name)
def test_rdflib_gives_the_same_rows_of_a_larger_case_in_one_graph(graph: Path) -> None:
    rows = oxigraph_rows(graph, union=True)
    assert rows
    assert rows == rdflib_rows(graph, union=False)


@asked
def test_jena_gives_the_same_rows(java: Java, graph: Path, tmp_path: Path) -> None:
    rows = oxigraph_rows(graph, union=True)
    assert rows == rows_of(java("JenaMain", "select", QUERY, "union", graph))
    merged = tmp_path / "merged.nt"
    triples = (quad.triple for quad in ox.parse(path=graph, format=ox.RdfFormat.TRIG))
    merged.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    assert rows == rows_of(java("JenaMain", "select", QUERY, "default", merged))


def test_the_three_answers_are_half_open_at_both_ends() -> None:
    holds = {
        (dict(row)["statement"].rpartition("/")[2], dict(row)["holds"]) for row in oxigraph_rows(GRAPHS[0], union=True)
    }
    # a1 ends at the earliest at 04:00 of the 14th: at that instant it is possible and no more.
    assert {answer for name, answer in holds if name == "a1"} == {"certainly", "possibly"}
    # a2 begins at the earliest at 06:00 of the 13th: that instant is in it, but never for certain.
    assert {answer for name, answer in holds if name == "a2"} == {"possibly", "no"}
    assert {answer for name, answer in holds if name == "b2"} == {"no"}
