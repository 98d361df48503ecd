"""The command line asks a real SPARQL server on loopback; what is no server is named."""

from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import QueryError, RemoteError
from kg.remote.asking import ask_endpoint
from tests.servers.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.servers.stores import Server


@pytest.fixture(scope="module")
def endpoint(loaded_server: Callable[[str], Server]) -> str:
    """Return the address of an Oxigraph server that holds the graph; tests/servers asks it the whole catalogue."""
    return loaded_server("oxigraph").query_url


def test_the_command_line_asks_an_endpoint(endpoint: str) -> None:
    result = CliRunner().invoke(main, ["ask", "known-by", "at=2022-09-13T05:30Z", "--endpoint", endpoint])
    assert result.stdout.endswith("(4 rows)\n")
    refused = CliRunner().invoke(main, ["ask", "known-by", "--endpoint", endpoint, "--as-known", "2022-09-13T05:30Z"])
    assert (refused.exit_code, "whole" in refused.stderr) == (2, True)


def test_a_query_that_the_server_refuses_is_a_query_error(endpoint: str) -> None:
    with pytest.raises(QueryError, match="refuses"):
        ask_endpoint(endpoint, "SELECT")


def test_nobody_at_the_address_is_named() -> None:
    address = f"http://127.0.0.1:{free_port()}/query"
    with pytest.raises(RemoteError, match="does not answer"):
        ask_endpoint(address, "ASK {}")
    refused = CliRunner().invoke(main, ["push", address])
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert refused.stderr.startswith(f"kg: {address} does not answer: Failed to establish a new connection")


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
