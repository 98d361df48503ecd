"""Each store is filled by kg push, gives back the same by kg pull, and gives the rows of the embedded one to every question.

What it does otherwise stands in docs/same-answers.md. One start of each server serves all of it.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
from functools import partial
from typing import TYPE_CHECKING, NoReturn, TypeAlias

import pytest

from kg.answers import render
from kg.ask import questions
from kg.dialects import answer, dialect
from kg.profiles import PROFILES
from kg.remote.asking import ask_endpoint
from kg.remote.pack import packed
from kg.remote.pull import pulled, unchecked
from kg.remote.push import push
from kg.remote.state import read_state
from tests.servers.downloads import AbsentError, comunica_folder, program
from tests.servers.matrix import HEADS, in_rdflib, is_told, row, served
from tests.servers.pushes import held, limited, lines, pushed, quads, wanted
from tests.servers.stores import STORES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.api import Graph
    from kg.fragments import Known
    from kg.remote.connection import Connection
    from tests.servers.stores import Server

    Record: TypeAlias = Callable[[str, object], None]


TRIPLE_TERMS = {"oxigraph", "fuseki"}
"""The stores that take RDF 1.2."""


def frozen(root: Path, name: str) -> list[list[str]]:
    with (root / "queries" / "expected" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def small_graphs(server: Server, small: Sequence[Quad], subtests: pytest.Subtests) -> None:
    """Push what is small, by every way that the store has, and take it out again."""
    store = server.connection()
    normal = store.target.kind.normal
    with subtests.test("a large difference is staged"):
        pushed(store, quads("a", range(300)), "small")
        report = pushed(limited(server, inline=50), quads("a", range(100, 400)), "small")
        assert (report.changed, report.gained, report.lost) == (1, 100, 100)
        assert held(store, "urn:push:a") == wanted(store, quads("a", range(100, 400)))["urn:push:a"]
    if store.target.kind.pages:
        with subtests.test("more graphs, and triples of a graph, than stand on a page"):
            paged = limited(server, pages=10)
            several = [quad for number in range(25) for quad in quads(f"g{number}", range(number + 1))]
            pushed(paged, several, "small")
            assert pushed(paged, several, "small", again=True).moved_nothing
            assert lines(pulled(paged, "small"), normal) == lines(several, normal)
            assert lines(unchecked(paged), normal) >= lines(several, normal)
    for number, (way, graphs) in enumerate(
        {"a graph at a time": store.target.kind.graphs, "by updates alone": None}.items()
    ):
        with subtests.test(way):
            poorer = limited(server, quads=None, loader="", inline=100, graphs=graphs)
            several = [*quads("b", range(150), f"{number}"), *quads("c", range(150), f"{number}")]
            assert pushed(poorer, several, "small").gained == 300
            assert lines(pulled(poorer, "small"), normal) == lines(several, normal)
    for form in ("rdf12-trig", "reification") if server.kind in TRIPLE_TERMS else ("reification",):
        with subtests.test(form):
            pushed(store, PROFILES[form].shaped(small), "small", profile=form)
            assert pushed(store, PROFILES[form].shaped(small), "small", profile=form).moved_nothing
            assert lines(pulled(store, "small"), normal) == lines(small, normal)
    pushed(store, [], "small")
    assert list(read_state(store)) == []


def whole_graph(store: Connection, graph: Graph, subtests: pytest.Subtests) -> None:
    """Push the whole graph, push it again, change one claim there and back, pull it."""
    normal = store.target.kind.normal
    with packed(graph.store, normal) as pack:
        report = push(store, pack, "whole")
        assert (report.new, report.gained) == (len(pack.parts), pack.count)
        with subtests.test("what is there does not move"):
            assert push(store, pack, "whole").moved_nothing
        with subtests.test("one changed triple moves alone"):
            changed = max(pack.parts.values(), key=lambda part: part.count).graph
            triple = next(pack.triples(changed))
            store.update(f"DELETE DATA {{ GRAPH <{changed}> {{ {triple} }} }}")
            report = push(store, pack, "whole")
            assert (report.changed, report.gained, report.lost) == (1, 1, 0)
    with subtests.test("pulled"):
        assert lines(pulled(store, "whole"), normal) == lines(graph.store, normal)


@pytest.mark.parametrize("kind", STORES)
def test_a_store_gives_the_frozen_rows(
    start_server: Callable[[str], Server],
    graph: Graph,
    root: Path,
    kind: str,
    subtests: pytest.Subtests,
    record_property: Record,
) -> None:
    server = start_server(kind)
    small_graphs(server, list(PROFILES["trig"].load(root / "graphs/2020-09-war/graph.trig")), subtests)
    whole_graph(server.connection(), graph, subtests)
    ask = partial(ask_endpoint, server.query_url)
    faults = dialect(ask)
    known: Known = {}
    for name, question in questions().items():
        with subtests.test(name):
            rows = list(csv.reader(io.StringIO(render(answer(ask, question.text, faults, known), "csv"))))
            assert rows == frozen(root, name)
    found = row(served(server), faults, "for the quads of its patterns" if faults else "as it stands")
    record_property("store", found)
    with subtests.test("docs/same-answers.md"):
        assert is_told(found, (root / "docs/same-answers.md").read_text(encoding="utf-8")), found


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_rdflib_is_in_the_matrix_too(root: Path, record_property: Record) -> None:
    # That it gives the frozen rows is shown in tests/questions.
    tried = in_rdflib()
    found = row(tried, dialect(tried.ask), "as it stands, in this process")
    record_property("store", found)
    table = (root / "docs/same-answers.md").read_text(encoding="utf-8")
    assert is_told(found, table), found
    assert HEADS in table


def test_a_client_that_knows_nothing_of_us_reads_the_same_rows(
    loaded_server: Callable[[str], Server], root: Path, absent: Callable[[str], NoReturn], subtests: pytest.Subtests
) -> None:
    try:
        command = [program("node", package="nodejs"), "ask.mjs"]
        folder = comunica_folder()
    except AbsentError as error:
        absent(str(error))
    url = loaded_server("oxigraph").query_url
    asked = {name: {"query": q.text, "columns": frozen(root, name)[0]} for name, q in questions().items()}
    done = subprocess.run(
        [*command, url], cwd=folder, input=json.dumps(asked), check=True, capture_output=True, text=True, timeout=300
    )
    answers = {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}
    for name in asked:
        with subtests.test(name):
            assert answers[name].get("rows") == frozen(root, name)[1:], answers[name]
