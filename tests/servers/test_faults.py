"""What goes wrong on the way leaves what was there whole, is named, and is made good by saying the same again.

A real Oxigraph behind a real proxy (proxy.py) that cuts, refuses and breaks; servers and clients that
are killed; a disk that is full.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, serialize

from kg.cli import main
from kg.errors import RemoteError, RemoteFault
from kg.remote.connection import Patience
from kg.remote.pull import pulled, unchecked
from tests.servers.proxy import Asked, Handler, Proxy, Spoil, before, cuts_answer, cuts_request, once, says, when
from tests.servers.pushes import HASTY, held, limited, lines, pushed, quads, wanted
from tests.servers.stores import STORES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.remote.connection import Connection
    from tests.servers.stores import Server

OLD = [*quads("kept", range(40)), *quads("changed", range(200)), *quads("gone", range(30))]
NEW = [
    *quads("kept", range(40)),
    *quads("changed", range(100, 300)),
    *quads("new", range(500)),
    *quads("newer", range(9)),
]
PATIENT = Patience(timeout=20, attempts=3, first_wait=0.01)


@pytest.fixture
def store(empty_store: Connection) -> Connection:
    """Give the store itself, past the proxy, with the old graphs."""
    pushed(empty_store, OLD, "d")
    return empty_store


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    with before(server.url) as running:
        yield running


def through(proxy: Proxy, server: Server, patience: Patience = HASTY) -> Connection:
    """Return a connection through the proxy that stages, and loads by the quads' own address."""
    return limited(server, proxy.url, patience, inline=50)


def is_whole(store: Connection) -> bool:
    """Return whether each graph that was there is as it was, or as it is to be, or gone if it is to go."""
    old, new = wanted(store, OLD), wanted(store, NEW)
    return all(held(store, graph) in (old[graph], new.get(graph, [])) for graph in old)


def is_new(store: Connection) -> bool:
    graphs = {
        f"urn:push:{name}": held(store, f"urn:push:{name}") for name in ("kept", "changed", "gone", "new", "newer")
    }
    return graphs == {**{key: [] for key in graphs}, **wanted(store, NEW)}


def loads(asked: Asked) -> bool:
    """Return whether a request brings quads."""
    return asked.method == "POST" and asked.path.startswith("/store")


@pytest.mark.parametrize(
    ("spoil", "inline"),
    [(cuts_request(40), 50), (cuts_answer(30), 50), (cuts_answer(0), 5000), (says(500, "out of order"), 5000)],
    ids=["request cut", "answer half written", "answer lost", "500"],
)
def test_whichever_request_fails_nothing_is_half_there_and_the_next_push_ends_it(
    store: Connection, proxy: Proxy, server: Server, spoil: Spoil, inline: int
) -> None:
    errors: list[RemoteError] = []
    for number in itertools.count():
        pushed(store, OLD, "d")
        first = len(proxy.seen)
        proxy.spoil = when(spoil, lambda asked, fails=first + number: asked.number == fails)  # type: ignore[misc]
        connection = limited(server, proxy.url, inline=inline)
        try:
            pushed(connection, NEW, "d")
        except RemoteError as error:
            errors.append(error)
        if len(proxy.seen) <= first + number:
            break  # it needs no more requests than that
        assert is_whole(store), number
        pushed(connection, NEW, "d")
        assert is_new(store), number
    assert len(errors) > 4
    assert [error for error in errors if proxy.url not in error.message or not error.mend] == []


@pytest.mark.parametrize(
    ("spoil", "fault", "told"),
    [
        (says(401), RemoteFault.REFUSED, "answers 401.*set KG_USER and KG_PASSWORD"),
        (says(403, "no"), RemoteFault.REFUSED, "answers 403: 'no'.*may not do this"),
        (says(404), RemoteFault.ABSENT, "answers 404.*docs/stores.md"),
        (says(413), RemoteFault.TOO_LARGE, "answers 413.*too small even for a small part"),
        (says(429, Retry_After="0"), RemoteFault.BUSY, "answers 429.*say the same again"),
        (says(500, "disk on fire"), RemoteFault.FAILED, "answers 500: 'disk on fire'.*say the same again"),
        (says(500, "No space left on device"), RemoteFault.FULL, "make room on the server's disk"),
        (says(503), RemoteFault.FAILED, "answers 503"),
        (says(200, "<html><head><title>x</title></head><body>Sign in, please</body></html>", Content_Type="text/html"),
         RemoteFault.NOT_RDF, "a web page, not with data: 'Sign in, please'.*proxy or a sign-in"),
    ],
    ids=["401", "403", "404", "413", "429", "500", "full", "503", "page"],
)  # fmt: skip
def test_a_fault_that_does_not_pass_is_named_and_changes_nothing(
    store: Connection, proxy: Proxy, server: Server, spoil: Spoil, fault: RemoteFault, told: str
) -> None:
    connection = through(proxy, server, PATIENT)
    proxy.spoil = when(spoil, loads)
    with pytest.raises(RemoteError, match=told) as caught:
        pushed(connection, NEW, "d")
    assert caught.value.fault is fault
    passing = fault in {RemoteFault.BUSY, RemoteFault.FAILED, RemoteFault.FULL}
    assert len(proxy.bodies("POST", "/store")) == (3 if passing else 5 if fault is RemoteFault.TOO_LARGE else 1)
    assert is_whole(store)
    proxy.spoil = lambda *_: False
    pushed(connection, NEW, "d")
    assert is_new(store)


@pytest.mark.parametrize("spoil", [says(500), says(503), says(408), cuts_request(10), cuts_answer(0)])
def test_a_fault_that_passes_is_waited_for(store: Connection, proxy: Proxy, server: Server, spoil: Spoil) -> None:
    for of_these in (loads, lambda asked: "update" in asked.path, lambda asked: asked.method == "GET"):
        proxy.spoil = once(spoil, of_these)
        pushed(through(proxy, server, PATIENT), NEW, "d")
        assert is_new(store)
        pushed(store, OLD, "d")


def test_a_busy_server_is_asked_again_after_the_time_that_it_names(
    store: Connection, proxy: Proxy, server: Server
) -> None:
    import time

    proxy.spoil = once(says(429, Retry_After="1"), loads)
    begin = time.monotonic()
    pushed(through(proxy, server, PATIENT), NEW, "d")
    assert 1 <= time.monotonic() - begin < 15
    assert is_new(store)


def test_parts_are_halved_until_the_server_takes_them(store: Connection, proxy: Proxy, server: Server) -> None:
    proxy.spoil = when(says(413, "too large"), lambda asked: loads(asked) and len(asked.body) > 8000)
    pushed(through(proxy, server), NEW, "d")
    sizes = proxy.bodies("POST", "/store")
    assert is_new(store)
    assert [size for size in sizes if size <= 8000]
    # What was learned is kept: of the many parts only the first few were too large.
    assert len([size for size in sizes if size > 8000]) <= 8


def test_a_push_cut_off_between_its_parts_sends_only_the_rest(store: Connection, proxy: Proxy, server: Server) -> None:
    many = [*quads("new", range(50_000)), *quads("newer", range(5_000))]
    parts = []

    def second(asked: Asked) -> bool:
        parts.extend([asked.number] if loads(asked) else [])
        return len(parts) == 2 and parts[-1] == asked.number

    proxy.spoil = when(cuts_request(1000), second)
    with pytest.raises(RemoteError):
        pushed(through(proxy, server), [*OLD, *many], "d")
    sent = sum(proxy.bodies("POST", "/store"))
    proxy.seen.clear()
    proxy.spoil = lambda *_: False
    pushed(through(proxy, server), [*OLD, *many], "d")
    assert sum(proxy.bodies("POST", "/store")) < sent / 5
    assert pushed(store, [*OLD, *many], "d").moved_nothing


@pytest.mark.parametrize("after", [0, 100, 3000])
def test_pull_writes_nothing_when_the_answer_breaks_off(
    store: Connection, proxy: Proxy, tmp_path: Path, after: int
) -> None:
    proxy.spoil = when(cuts_answer(after), lambda asked: "urn%3Apush%3Achanged" in asked.path)
    out = tmp_path / "graph.nq"
    out.write_text("what was there\n", encoding="utf-8")
    connection = limited_to(proxy, store)
    with pytest.raises(RemoteError, match=r"broke off its answer|does not answer"):
        list(pulled(connection, "d"))
    with pytest.raises(RemoteError):
        list(unchecked(connection))
    if after:  # kg pull asks five times, and waits ever longer
        return
    done = CliRunner().invoke(
        main, ["pull", proxy.url, "--store", "oxigraph", "--dataset", "d", "-o", str(out), "--force"]
    )
    assert (done.exit_code, "say the same again" in done.stderr) == (1, True)
    assert out.read_text(encoding="utf-8") == "what was there\n"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq"]


def limited_to(proxy: Proxy, store: Connection) -> Connection:
    """Return a connection like that to a store, through the proxy."""
    from kg.remote.connection import Connection
    from kg.remote.target import Target

    return Connection(Target(store.target.kind, proxy.url), store.access, HASTY)


def test_pull_refuses_a_graph_that_was_changed(store: Connection) -> None:
    store.update('INSERT DATA { GRAPH <urn:push:kept> { <urn:push:s> <urn:push:p> "more" } }')
    with pytest.raises(RemoteError, match="urn:push:kept was changed since it was pushed: 41 triples, 40 were pushed"):
        list(pulled(store, "d"))
    assert len(list(unchecked(store))) == len(OLD) + 1
    with pytest.raises(RemoteError, match="no data set 'e'; there are: d"):
        list(pulled(store, "e"))


def test_an_answer_that_the_store_cuts_short_does_not_pass(store: Connection, proxy: Proxy) -> None:
    def curtailed(asked: Asked, handler: Handler) -> bool:
        status, headers, body = handler.passed(asked)
        handler.answer(status, {**headers, "X-SPARQL-MaxRows": "100"}, body)
        return True

    proxy.spoil = curtailed
    connection = limited_to(proxy, store)
    for query in ("SELECT * { GRAPH ?g { ?s ?p ?o } }", "SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 101 OFFSET 3"):
        with pytest.raises(RemoteError, match=r"only the first 100 rows.*ResultSetMaxRows") as caught:
            connection.query(query)
        assert caught.value.fault is RemoteFault.CURTAILED
    rows = connection.query("SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 100")
    assert isinstance(rows, QuerySolutions)
    assert len(list(rows)) == 100


def test_a_server_that_is_killed_has_what_it_had_when_it_is_back(tmp_path: Path) -> None:
    many = [*NEW, *quads("new", range(500, 60_000))]
    with STORES["oxigraph"](tmp_path) as first, before(first.url) as proxy:
        pushed(first.connection(), OLD, "d")

        def kill(asked: Asked, _: Handler) -> bool:
            if len([one for one in proxy.seen if loads(one)]) == 2 and loads(asked):
                os.killpg(first.process.pid, signal.SIGKILL)
            return False

        proxy.spoil = kill
        with pytest.raises(RemoteError, match="say the same again when the server is well"):
            pushed(through(proxy, first), many, "d")
    with STORES["oxigraph"](tmp_path) as second:
        store = second.connection()
        assert is_whole(store)
        report = pushed(store, many, "d")
        assert held(store, "urn:push:new") == wanted(store, many)["urn:push:new"]
        assert is_whole(store)
        assert report.gained <= 100 + 60_000 + 9
        assert pushed(store, many, "d").moved_nothing


def kg_push(proxy: Proxy, file: Path, **more: str) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "kg",
        "push",
        proxy.url,
        "--store",
        "oxigraph",
        "--dataset",
        "d",
        "--from",
        str(file),
    ]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **more}
    )


def test_a_client_that_is_killed_goes_on_when_it_is_started_again(
    store: Connection, proxy: Proxy, tmp_path: Path
) -> None:
    several = [*NEW, *quads("new", range(500, 60_000))]
    file = tmp_path / "new.nq"
    file.write_bytes(serialize(several, format=RdfFormat.N_QUADS) or b"")
    arrived, go_on = threading.Event(), threading.Event()

    def hold(asked: Asked, _: Handler) -> bool:
        if len([one for one in proxy.seen if loads(one)]) == 2 and loads(asked):
            arrived.set()
            go_on.wait(20)
        return False

    proxy.spoil = hold
    with kg_push(proxy, file) as client:
        assert arrived.wait(60), client.communicate()
        client.kill()
        client.communicate()
    go_on.set()
    proxy.spoil = lambda *_: False
    assert is_whole(store)
    with kg_push(proxy, file) as client:
        out, err = client.communicate(timeout=120)
    assert client.returncode == 0, err
    assert "count and hash of each are right" in out
    assert lines(pulled(store, "d"), str) == lines(several, str)
    with kg_push(proxy, file) as client:
        assert client.communicate(timeout=120)[0] == "nothing moved: all 4 graphs are there as they should be\n"


SECRET = "mellon-7f3a"  # noqa: S105 # of nobody


@pytest.mark.parametrize("given_by", [{"KG_USER": "frodo", "KG_PASSWORD": SECRET}, {"KG_TOKEN": SECRET}])
def test_a_secret_stands_in_no_message_and_no_list_of_processes(
    proxy: Proxy, tmp_path: Path, given_by: dict[str, str]
) -> None:
    file = tmp_path / "new.nq"
    file.write_bytes(serialize(NEW, format=RdfFormat.N_QUADS) or b"")
    listed: list[str] = []

    def look(asked: Asked, handler: Handler) -> bool:
        if not listed:
            listed.append(
                subprocess.run(["ps", "axww", "-o", "args"], check=True, capture_output=True, text=True).stdout
            )
        handler.answer(401, body=f"{asked.headers.get('Authorization')} is not known".encode())
        return True

    proxy.spoil = look
    with kg_push(proxy, file, **given_by) as client:
        out, err = client.communicate(timeout=60)
    assert client.returncode == 1
    assert "answers 401" in err
    basic = base64.b64encode(f"frodo:{SECRET}".encode()).decode()
    assert [text for text in (out, err, *listed) if SECRET in text or basic in text] == []
    assert any("kg push" in text for text in listed)
    assert any("Authorization" in asked.headers for asked in proxy.seen)


@pytest.mark.parametrize("verb", [["push"], ["pull", "-o", "-"]])
@pytest.mark.parametrize(
    ("url", "given_by", "told"),
    [
        (f"http://frodo:{SECRET}@127.0.0.1:1/", {}, "stands in the list of processes"),
        ("http://store.example/", {"KG_USER": "frodo", "KG_PASSWORD": SECRET}, "unencrypted; use an https address"),
        ("http://store.example/", {"KG_TOKEN": SECRET}, "unencrypted; use an https address"),
        ("ftp://store.example/", {}, "no address of a server"),
    ],
)
def test_an_address_that_would_tell_a_secret_is_refused(
    monkeypatch: pytest.MonkeyPatch, verb: list[str], url: str, given_by: dict[str, str], told: str
) -> None:
    for name, value in given_by.items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(main, [verb[0], url, *verb[1:], "--store", "oxigraph"])
    assert (done.exit_code, told in done.stderr) == (2, True), done.stderr
    assert SECRET not in done.stderr + done.stdout


@pytest.fixture
def small_disk(tmp_path: Path, absent: Callable[[str], NoReturn]) -> Iterator[Path]:
    """Mount a disk of 32 MB in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        absent("a disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _noise(number: int) -> Iterator[Quad]:
    """Yield quads that no store can make much smaller."""
    for one in range(number):
        text = "".join(hashlib.sha256(f"{one} {part}".encode()).hexdigest() for part in range(5))
        yield Quad(NamedNode(f"urn:push:n{one}"), NamedNode("urn:push:p"), Literal(text), NamedNode("urn:push:noise"))


def test_a_full_disk_is_named_and_the_push_ends_when_there_is_room(small_disk: Path) -> None:
    many = [*NEW, *_noise(60_000)]
    with STORES["oxigraph"](small_disk) as full:
        pushed(full.connection(), OLD, "d")
        with pytest.raises(RemoteError, match=r"make room on the server's disk.*goes on where it stopped") as caught:
            pushed(limited(full, inline=50), many, "d")
        assert caught.value.fault is RemoteFault.FULL
    subprocess.run(["mount", "-o", "remount,size=600m", str(small_disk)], check=True)
    with STORES["oxigraph"](small_disk) as roomy:
        store = roomy.connection()
        assert is_whole(store)
        pushed(store, many, "d")
        assert is_new(store)
        assert held(store, "urn:push:noise") == wanted(store, many)["urn:push:noise"]


def test_a_store_that_loses_what_it_takes_is_found_out(store: Connection, proxy: Proxy, server: Server) -> None:
    def loses(_: Asked, handler: Handler) -> bool:
        handler.answer(204)
        return True

    proxy.spoil = when(loses, loads)
    with pytest.raises(RemoteError, match="came back with 0 triples of 500, and not the same: it lacks <urn:push:s0>"):
        pushed(through(proxy, server), NEW, "d")
    assert is_whole(store)
