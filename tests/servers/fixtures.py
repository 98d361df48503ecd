"""Fixtures of stores that run, for every test folder (loaded by tests/conftest.py).

Give ``start_server`` a kind and it starts an empty store of its own; ``servers`` gives the one of a
kind that the whole run shares, whatever is in it. Both are stopped at the end of what asked for them.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from typing import TYPE_CHECKING, NoReturn, TypeAlias

import pytest
from pyoxigraph import RdfFormat

from tests.servers.downloads import AbsentError
from tests.servers.matrix import HEADS
from tests.servers.stores import STORES, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.api import Graph
    from kg.remote.connection import Connection

Servers: TypeAlias = "Callable[[str], Server]"


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory, absent: Callable[[str], NoReturn]) -> Iterator[Servers]:
    """Return the function that gives the store of a kind, started when first asked for and shared by the run.

    Tests share it: each keeps to graphs of its own, or removes what it put there.
    """
    known: dict[str, Server] = {}
    with ExitStack() as stack:

        def server(kind: str) -> Server:
            if kind not in known:
                known[kind] = _entered(stack, kind, tmp_path_factory, absent)
            return known[kind]

        yield server


@pytest.fixture(scope="module")
def server(servers: Servers) -> Server:
    """Return the Oxigraph that the run shares."""
    return servers("oxigraph")


@pytest.fixture
def empty_store(server: Server) -> Iterator[Connection]:
    """Give a connection to it, empty: nobody else pushes there while a test has it; what was put there goes."""
    connection = server.connection()
    yield connection
    connection.update("DROP ALL")


@pytest.fixture(scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory, absent: Callable[[str], NoReturn]) -> Iterator[Servers]:
    """Return the function that starts an empty store of a kind for this module alone."""
    with ExitStack() as stack:
        yield lambda kind: _entered(stack, kind, tmp_path_factory, absent)


@pytest.fixture(scope="session")
def graph_file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of N-Quads with all of the graph."""
    path = tmp_path_factory.mktemp("quads") / "graph.nq"
    graph.store.dump(str(path), format=RdfFormat.N_QUADS)
    return path


@pytest.fixture(scope="module")
def loaded_server(
    graph_file: Path, tmp_path_factory: pytest.TempPathFactory, absent: Callable[[str], NoReturn]
) -> Iterator[Servers]:
    """Return the function that starts a store of a kind with the whole graph, for this module alone."""
    with ExitStack() as stack:

        def server(kind: str) -> Server:
            started = _entered(stack, kind, tmp_path_factory, absent)
            started.load(graph_file)
            return started

        yield server


def _entered(stack: ExitStack, kind: str, folders: pytest.TempPathFactory, absent: Callable[[str], NoReturn]) -> Server:
    folder = folders.mktemp(kind)
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    try:
        return stack.enter_context(STORES[kind](folder))
    except AbsentError as error:
        absent(str(error))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what each store accepts and does differently: the rows of docs/same-answers.md."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    rows = {value for report in reports for name, value in getattr(report, "user_properties", ()) if name == "store"}
    if rows:
        terminalreporter.section("stores")
        terminalreporter.write_line("\n".join((HEADS, *sorted(map(str, rows)))))
