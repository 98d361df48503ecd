"""Each store starts, takes three quads by every door it has, answers, and is gone afterwards."""

from __future__ import annotations

import socket
import urllib.parse
from typing import TYPE_CHECKING

import pytest

from kg.answers import rows
from kg.remote.asking import ask_endpoint
from tests.servers.processes import send
from tests.servers.stores import STORES, Server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

THREE = """\
<urn:x:a> <urn:x:p> "one"@hy <urn:x:g1> .
<urn:x:a> <urn:x:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:x:g2> .
<urn:x:b> <urn:x:p> <urn:x:a> <urn:x:g2> .
"""
COUNT = "SELECT (STR(COUNT(*)) AS ?n) WHERE { GRAPH ?g { ?s <urn:x:p> ?o } }"


def counted(server: Server) -> list[list[str]]:
    answer = ask_endpoint(server.query_url, COUNT)
    return rows(answer)[1]  # type: ignore[arg-type] # a SELECT has rows


@pytest.mark.parametrize("kind", STORES)
def test_a_store_takes_quads_updates_and_graphs(servers: Callable[[str], Server], kind: str, tmp_path: Path) -> None:
    server = servers(kind)
    assert server.version[0].isdigit()
    file = tmp_path / "three.nq"
    file.write_text(THREE, encoding="utf-8")
    server.load(file)
    assert counted(server) == [["3"]]
    update = urllib.parse.urlencode({"update": "INSERT DATA { GRAPH <urn:x:g3> { <urn:x:c> <urn:x:p> 1 } }"})
    send(server.update_url, update.encode(), "application/x-www-form-urlencoded")
    assert counted(server) == [["4"]]
    graph = f"{server.graph_store_url}?graph=urn:x:g4"
    send(graph, b"<urn:x:d> <urn:x:p> <urn:x:a> .", "text/turtle", method="PUT")
    assert counted(server) == [["5"]]
    for name in ("g1", "g2", "g3", "g4"):
        update = urllib.parse.urlencode({"update": f"CLEAR GRAPH <urn:x:{name}>"})
        send(server.update_url, update.encode(), "application/x-www-form-urlencoded")
    assert counted(server) == [["0"]]


def test_a_store_is_stopped_when_a_test_fails(tmp_path: Path) -> None:
    ports = []

    def failing() -> None:
        with STORES["oxigraph"](tmp_path) as server:
            ports.append(urllib.parse.urlsplit(server.query_url).port)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", ports[0])) != 0
