"""Limits hold: time, size and memory; whatever a query does, others are answered and nothing is left behind."""

from __future__ import annotations

import contextlib
import http.client
import signal
import socket
import subprocess
import threading
import time
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from kg.serve.worker import Request, answer
from kg.store import store_data, write_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.serve.conftest import Server

NUMBERS = " ".join(map(str, range(400)))
IN_THE_STORE = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
IN_THE_ENGINE = "SELECT (COUNT(*) AS ?n) {" + "".join(f" VALUES ?{v} {{ {NUMBERS} }}" for v in "abcd") + " }"
SECONDS, ROWS = 2, 1000
FIRST = "SELECT ?o { <https://example.org/s> ?p ?o }"


@pytest.mark.parametrize("query", [IN_THE_STORE, IN_THE_ENGINE], ids=["in the store", "in the engine"])
def test_a_query_without_end_is_ended_and_others_are_answered(
    server: Server, ends: Callable[..., bool], query: str
) -> None:
    before, replies = server.workers(), []
    started = time.monotonic()
    asking = threading.Thread(
        target=lambda: replies.append(
            server.get("/sparql", method="POST", data=query.encode(), content_type="application/sparql-query")
        )
    )
    asking.start()
    time.sleep(0.3)
    assert server.ask("ASK {}").status == 200
    assert asking.is_alive()
    asking.join()
    assert time.monotonic() - started < SECONDS + 2
    assert (replies[0].status, f"longer than {SECONDS} s" in replies[0].text) == (500, True)
    assert ends(before, which=any)
    assert server.ask("ASK {}").status == 200


def test_more_queries_than_workers_wait_for_their_turn(server: Server) -> None:
    replies: list[int] = []
    several = [threading.Thread(target=lambda: replies.append(server.ask("ASK { ?s ?p ?o }").status)) for _ in range(8)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert replies == [200] * 8


def test_a_result_is_whole_or_it_is_refused(server: Server) -> None:
    rows, triples = (
        "SELECT * {{ ?s ?p ?o }} LIMIT {}",
        "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SELECT * {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {} }}",
    )
    for query, accept in (
        (rows, "text/csv"),
        (rows, "application/sparql-results+json"),
        (triples, "application/n-triples"),
    ):
        assert server.ask(query.format(ROWS), accept).status == 200
        refused = server.ask(query.format(ROWS + 1 if query == rows else 3 * ROWS), accept)
        assert (refused.status, refused.kind) == (500, "text/plain")
        assert f"more than {ROWS} rows" in refused.text
    assert len(server.ask(rows.format(ROWS), "text/csv").text.splitlines()) == ROWS + 1


def test_a_result_of_few_rows_and_many_bytes_is_refused(tmp_path: Path) -> None:
    store = Store.read_only(str(store_data(_written(tmp_path))))
    texts = " ".join(f'"{"x" * 1000}{n}"' for n in range(400))
    query = f"SELECT (GROUP_CONCAT(?a) AS ?x) {{ VALUES ?a {{ {texts} }} VALUES ?b {{ {NUMBERS} }} }}"
    found = answer(store, Request(query, True, None, None, "text/csv", None), ROWS)  # noqa: FBT003 # a line of a protocol
    assert (found.status, b"or 100 MB" in found.body) == (500, True)


def _written(folder: Path) -> Path:
    write_store(folder / "store", [b"<a:g> { <a:s> <a:p> <a:o> }"])
    return folder / "store"


def test_a_query_that_takes_too_much_memory_is_ended(tiny: Path, run_server: Callable[..., object]) -> None:
    grows = f"SELECT (GROUP_CONCAT(STR(?a)) AS ?x) {{ VALUES ?a {{ {NUMBERS} }} VALUES ?b {{ {NUMBERS} }} VALUES ?c {{ {NUMBERS} }} }}"
    with run_server(tiny, "--store", "store", "--memory", "100") as server:  # type: ignore[attr-defined] # a context
        refused = server.get("/sparql", method="POST", data=grows.encode(), content_type="application/sparql-query")
        assert (refused.status, "more than 100 MB" in refused.text) == (500, True)
        assert server.ask("ASK {}").status == 200


def test_a_client_that_goes_ends_its_query(
    tiny: Path, run_server: Callable[..., object], ends: Callable[..., bool]
) -> None:
    with run_server(tiny, "--store", "store", "--timeout", "60") as server:  # type: ignore[attr-defined] # a context
        before = server.workers()
        body = IN_THE_ENGINE.encode()
        with socket.create_connection(("127.0.0.1", int(server.root.rpartition(":")[2]))) as client:
            head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
            client.sendall(head.encode() + body)
            time.sleep(0.5)
        assert ends(before, which=any)
        # And a query that runs does not keep the server from stopping, nor its worker alive.
        thread = threading.Thread(target=_ask_in_vain, args=(server, body))
        thread.start()
        time.sleep(0.3)
        workers = server.workers()
        assert server.stop() == 0
        thread.join()
        assert ends(workers)
        assert server.log[-1] == "stopped"
        assert list(tiny.glob(".kg-serve-*")) == []


def _ask_in_vain(server: Server, body: bytes) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        server.get("/sparql", method="POST", data=body, content_type="application/sparql-query")


def test_workers_of_a_server_that_was_killed_end_with_their_query(
    tiny: Path, run_server: Callable[..., object], ends: Callable[..., bool]
) -> None:
    with run_server(tiny, "--store", "store", "--timeout", "1") as server:  # type: ignore[attr-defined] # a context
        thread = threading.Thread(target=_ask_in_vain, args=(server, IN_THE_ENGINE.encode()))
        thread.start()
        time.sleep(0.3)
        workers = server.workers()
        assert server.stop(signal.SIGKILL) == -signal.SIGKILL
        thread.join()
        assert ends(workers)
    assert len(list(tiny.glob(".kg-serve-*"))) == 1
    with run_server(tiny, "--store", "store"):  # type: ignore[attr-defined] # a context
        assert len(list(tiny.glob(".kg-serve-*"))) == 1
    assert list(tiny.glob(".kg-serve-*")) == []


def test_a_store_that_is_rebuilt_is_served_as_it_was_and_that_is_said(
    tiny: Path, run_server: Callable[..., object], ends: Callable[..., bool]
) -> None:
    new = b"<https://example.org/graph> { <https://example.org/s> <https://example.org/p> <https://example.org/new> }"
    with run_server(tiny, "--store", "store") as server:  # type: ignore[attr-defined] # a context
        write_store(tiny / "store", [new])
        # A worker that has died is replaced by one of the same snapshot; who asks meanwhile waits, or is told.
        pids = server.workers()
        for pid in pids:
            subprocess.run(["kill", "-9", str(pid)], check=True)
        assert ends(pids)
        assert {server.ask(FIRST, "text/csv").status for _ in range(2)} <= {200, 500}
        assert [server.ask(FIRST, "text/csv").text.split()[1] for _ in range(3)] == ["https://example.org/old"] * 3
        assert server.stop() == 0
        assert len([line for line in server.log if "rebuilt" in line]) == 1
    with run_server(tiny, "--store", "store") as server:  # type: ignore[attr-defined] # a context
        assert server.ask(FIRST, "text/csv").text.split()[1] == "https://example.org/new"
