"""Each store gives the rows of the embedded one to every question; what it gets wrong stands in docs/stores.md."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kg.answers import render
from kg.ask import questions
from kg.dialects import answer, dialect
from kg.remote import ask_endpoint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.servers.stores import Server

KINDS = ("oxigraph", "virtuoso", "fuseki", "rdf4j", "comunica")


@pytest.mark.parametrize("kind", KINDS)
def test_a_store_gives_the_frozen_rows(
    loaded_server: Callable[[str], Server], root: Path, kind: str, subtests: pytest.Subtests
) -> None:
    ask = partial(ask_endpoint, loaded_server(kind).query_url)
    faults = dialect(ask)
    print(kind, [f.name for f in faults])
    for name, question in questions().items():
        with subtests.test(name):
            rows = list(csv.reader(io.StringIO(render(answer(ask, question.text, faults), "csv"))))
            with (root / "queries" / "expected" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                assert rows == list(csv.reader(file))
