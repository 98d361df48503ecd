"""Each store gives the rows of the embedded one to every question; what it does otherwise stands in docs/same-answers.md."""

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
from kg.remote.asking import ask_endpoint
from tests.servers.downloads import AbsentError, comunica_folder, program
from tests.servers.matrix import HEADS, in_rdflib, is_told, row, served
from tests.servers.stores import STORES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.servers.stores import Server

    Record: TypeAlias = Callable[[str, object], None]


def frozen(root: Path, name: str) -> list[list[str]]:
    with (root / "queries" / "expected" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("kind", STORES)
def test_a_store_gives_the_frozen_rows(
    loaded_server: Callable[[str], Server], root: Path, kind: str, subtests: pytest.Subtests, record_property: Record
) -> None:
    server = loaded_server(kind)
    ask = partial(ask_endpoint, server.query_url)
    faults = dialect(ask)
    for name, question in questions().items():
        with subtests.test(name):
            rows = list(csv.reader(io.StringIO(render(answer(ask, question.text, faults), "csv"))))
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
