"""Who may ask from where, what never leaves, and what a wrong start says."""

from __future__ import annotations

import http.client
import http.server
import socket
import threading
import urllib.parse
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from kg.cli import main
from kg.serve.guard import names_its_data, reaches_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.serve.conftest import Server

OUT = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT*{SERVICE<URL>{?s?p?o}}",
    "SELECT * { { SELECT * { BIND(<URL> AS ?e) SERVICE ?e { ?s ?p ?o } } } }",
    "PREFIX : <URL> SELECT * { SERVICE : { ?s ?p ?o } }",
    "PREFIX : <URL/> SELECT * { service:x { ?s ?p ?o } }",
    "PREFIX service: <a:b> PREFIX : <URL/> SELECT * { service:x { ?s ?p ?o } }",
    "PREFIX x: <a:> SELECT * { OPTIONAL { ?s ?p x:a\\' } SERVICE <URL> { ?s ?p ?o } #'\n }",
    "PREFIX x: <a:> SELECT * { OPTIONAL { ?s ?p x:a\\# } SERVICE <URL> { ?s ?p ?o } \n }",
    "SELECT * { FILTER(1<2) SERVICE<URL> { ?s ?p ?o } FILTER(3>2) }",
    "SELECT * { FILTER(1<2)SERVICE<URL>{ ?s ?p ?o }FILTER(3>2) }",
    "SELECT * { BIND('''a'b''c''' AS ?x) SERVICE <URL> { ?s ?p ?o } }",
    'SELECT * { BIND("\\\\" AS ?x) SERVICE <URL> { ?s ?p ?o } BIND("" AS ?y) }',
    "SELECT * { # ' \" <\n SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s <a:b#c> ?x . SERVICE <URL> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "ASK { FILTER NOT EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
]
STAYS = [
    "SELECT * { ?s ?p 'SERVICE <http://x/> {}' }",
    'SELECT * { ?s ?p """a " SERVICE """ }',
    "SELECT * { ?s ?p ?service . $service ?p <http://x/service#y> } # SERVICE",
    "PREFIX org: <a:> SELECT * { org:border-service ?p org:service }",
    "SELECT * { ?s ?p ?o FILTER(?s < ?o) FILTER(CONTAINS(?o, 'service')) }",
]


@pytest.fixture(scope="module")
def others() -> Iterator[tuple[str, list[str]]]:
    """Give the address of another server, and the list of what it was asked."""
    asked: list[str] = []

    class Other(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_error(500)

        do_GET = do_POST  # noqa: N815 # as the library has it

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other) as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{other.server_port}/q", asked
        other.shutdown()
        thread.join()


@pytest.mark.parametrize("query", OUT)
def test_no_request_leaves(server: Server, others: tuple[str, list[str]], query: str) -> None:
    url, asked = others
    reply = server.ask(query.replace("URL", url))
    assert (reply.status, "no other server" in reply.text, asked) == (400, True, [])


def test_the_engine_alone_would_have_asked(others: tuple[str, list[str]]) -> None:
    url, asked = others
    with pytest.raises(OSError, match="500"):
        list(Store().query(OUT[0].replace("URL", url)))  # type: ignore[arg-type] # rows
    with pytest.raises(OSError, match="500"):
        list(Store().query(OUT[5].replace("URL", url)))  # type: ignore[arg-type] # rows
    assert len(asked) == 2
    asked.clear()


@pytest.mark.parametrize("query", STAYS)
def test_the_word_service_alone_is_no_reason_to_refuse(query: str) -> None:
    assert not reaches_out(query)


def test_an_escaped_keyword_is_seen() -> None:
    assert reaches_out("SELECT * { SERV\\u0049CE <a:b> {} }")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * FROM <a:b> {}", True),
        ("select * from named <a:b> {}", True),
        ("PREFIX from: <a:> SELECT * { ?from from:x 'FROM' }", False),
    ],
)
def test_from_is_told_from_what_looks_like_it(query: str, named: bool) -> None:  # noqa: FBT001 # a column of a table
    assert names_its_data(query) is named


@pytest.mark.parametrize(
    ("host", "status"), [("localhost", 200), ("127.0.0.1:1", 200), ("evil.example", 400), ("", 400)]
)
def test_a_foreign_name_for_this_machine_is_refused(server: Server, host: str, status: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", int(server.root.rpartition(":")[2]))
    connection.putrequest("GET", "/sparql?query=ASK+%7B%7D", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    assert connection.getresponse().status == status
    connection.close()


def test_no_page_of_another_origin_reads_answers_unless_asked(
    server: Server, tiny: Path, run_server: Callable[..., object]
) -> None:
    aliens: list[dict[str, str]] = [
        {"origin": "https://example.org"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"},
    ]
    own: list[dict[str, str]] = [
        {"origin": server.root},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"},
        {"origin": "http://127.0.0.1:1", "host": "127.0.0.1:1"},
    ]
    for several, status in ((aliens, 403), (own, 200)):
        for sent in several:
            assert server.get("/sparql?query=ASK+%7B%7D", method="GET", data=None, **sent).status == status
    shut = server.get("/sparql?query=ASK+%7B%7D").headers
    assert "access-control-allow-origin" not in shut
    assert (shut["x-content-type-options"], shut["cross-origin-resource-policy"]) == ("nosniff", "same-origin")
    assert "default-src 'none'" in shut["content-security-policy"]
    options = ("--store", "store", "--cors", "https://example.org")
    with run_server(tiny, *options) as other:  # type: ignore[attr-defined] # a context
        let, not_let = (
            other.get("/sparql?query=ASK+%7B%7D", origin=f"https://{name}") for name in ("example.org", "example.com")
        )
        assert let.headers["access-control-allow-origin"] == "https://example.org"
        assert (not_let.status, "access-control-allow-origin" in not_let.headers) == (403, False)


def test_the_files_of_a_release_are_listed_and_sent_as_what_they_are(
    tiny: Path, run_server: Callable[..., object]
) -> None:
    kinds = {
        "README.md": "text/markdown", "graph.nq.gz": "application/gzip", "graph.trig": "application/trig",
        "a <b>.html": "text/html", "void.ttl": "text/turtle", "SHA256SUMS": "text/plain",
    }  # fmt: skip
    (tiny / "release" / "inner").mkdir(parents=True)
    for name in kinds:
        (tiny / "release" / name).write_text("files", encoding="utf-8")
    (tiny / "release" / ".hidden").write_text("secret", encoding="utf-8")
    (tiny / "release" / "link").symlink_to("/etc/passwd")
    # Any address of the loopback is this machine's.
    with run_server(tiny, "--store", "store", "--host", "127.0.0.2", "--release", "release") as other:  # type: ignore[attr-defined] # a context
        listed = other.get("/data/")
        assert (listed.status, listed.kind) == (200, "text/html")
        for name, kind in kinds.items():
            path = urllib.parse.quote(name)
            assert f'href="./{path}"' in listed.text
            sent = other.get(f"/data/{path}")
            assert (sent.kind, sent.text) == (kind, "files")
            assert "script-src" not in sent.headers["content-security-policy"]
        assert "<b>" not in listed.text
        assert "hidden" not in listed.text
        assert "link" not in listed.text
        assert other.get("/data/inner").headers["location"] == "inner/"
        assert other.get("/data/inner/").status == 200
        for path in (
            "/data/../store/current",
            "/data/%2e%2e/store/current",
            "/data/..%2fstore%2fcurrent",
            "/data//etc/passwd",
            "/data/.hidden",
            "/data/link",
        ):
            assert other.get(path).status == 404


def test_a_host_that_is_no_name_is_refused_where_any_name_is_taken(
    tiny: Path, run_server: Callable[..., object]
) -> None:
    with run_server(tiny, "--store", "store", "--host", "0.0.0.0", "--public") as other:  # type: ignore[attr-defined] # a context  # noqa: S104 # meant
        assert other.get("/sparql", host="x%y").status == 400
        assert "<http://example.org/sparql>" in other.get("/sparql", host="example.org").text


def started(*options: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["serve", *options])
    return result.exit_code, result.stderr


def test_a_wrong_start_says_what_is_wrong(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert started("--port", port) == (
            2,
            f"kg: no server can stand at 127.0.0.1:{port}: Address already in use; name another --port\n",
        )
    code, said = started("--host", "0.0.0.0")  # noqa: S104 # it is refused
    assert (code, "--public" in said) == (2, True)
    code, said = started("--store", str(tmp_path), "--port", "0")
    assert (code, "there is no store" in said) == (1, True)
    assert list(tmp_path.parent.glob(".kg-serve-*")) == []
