"""A real SPARQL server on loopback gives the rows of the embedded store; what is no server is named."""

from __future__ import annotations

import csv
import http.server
import io
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat

from kg.answers import render
from kg.ask import questions
from kg.cli import main
from kg.errors import QueryError, RemoteError
from kg.remote.asking import ask_endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.api import Graph


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def endpoint(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start an Oxigraph server that holds the graph, and stop it."""
    folder = tmp_path_factory.mktemp("server")
    graph.store.dump(str(folder / "graph.nq"), format=RdfFormat.N_QUADS)
    oxigraph = str(Path(sys.executable).parent / "oxigraph")
    subprocess.run(
        [oxigraph, "load", "-l", folder / "store", "-f", folder / "graph.nq"], check=True, capture_output=True
    )
    address = f"127.0.0.1:{free_port()}"
    command = [oxigraph, "serve-read-only", "-l", str(folder / "store"), "-b", address]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))) == 0:
                    break
            time.sleep(0.1)
        yield f"http://{address}/query"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_server_gives_the_frozen_rows(endpoint: str, root: Path, name: str) -> None:
    rows = list(csv.reader(io.StringIO(render(ask_endpoint(endpoint, questions()[name].text), "csv"))))
    with (root / "queries" / "expected" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert rows == list(csv.reader(file))


def test_the_command_line_asks_an_endpoint(endpoint: str) -> None:
    result = CliRunner().invoke(main, ["ask", "known-by", "at=2022-09-13T05:30Z", "--endpoint", endpoint])
    assert result.stdout.endswith("(4 rows)\n")
    refused = CliRunner().invoke(main, ["ask", "known-by", "--endpoint", endpoint, "--as-known", "2022-09-13T05:30Z"])
    assert (refused.exit_code, "whole" in refused.stderr) == (2, True)


def test_a_query_that_the_server_refuses_is_a_query_error(endpoint: str) -> None:
    with pytest.raises(QueryError, match="refuses"):
        ask_endpoint(endpoint, "SELECT")


def test_nobody_at_the_address_is_named() -> None:
    with pytest.raises(RemoteError, match="does not answer"):
        ask_endpoint(f"http://127.0.0.1:{free_port()}/query", "ASK {}")


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html>Sign in</html>")

    def log_message(self, *_: object) -> None:
        pass


def test_a_proxy_that_answers_with_a_page_is_named() -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/query"
        with pytest.raises(RemoteError, match="not with results"):
            ask_endpoint(url, "ASK {}")
        thread.join()
