"""What goes wrong between here and a store: nothing is lost on either side, it is said, and the same again goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import RemoteError, RemoteFault
from kg.profiles import profile
from kg.remote.connection import Connection, Patience
from kg.remote.pack import packed
from kg.remote.pull import pulled, unchecked
from kg.remote.push import Report, push
from kg.remote.target import Target
from tests.servers.proxy import Handler, Proxy, proxy_before
from tests.servers.stores import oxigraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.remote.access import Access
    from tests.servers.stores import Server

    Servers = Callable[[str], Server]

QUICK = Patience(timeout=5, attempts=3, first_wait=0.05, longest_wait=1.5)
S, P, GRAPH, OTHER = (NamedNode(f"urn:x:{name}") for name in ("s", "p", "graph", "other"))
OLD = [Quad(S, P, Literal(f"old {n}"), GRAPH) for n in range(200)]
NEW = OLD[100:] + [Quad(S, P, Literal(f"new {n}"), GRAPH) for n in range(200)]
MORE = [Quad(S, P, Literal(f"more {n}"), OTHER) for n in range(300)]
LINES = 60


@pytest.fixture
def behind(start_server: Servers) -> Iterator[Server]:
    server = start_server("oxigraph")
    sent(server.connection(QUICK), OLD)
    yield server
    with suppress(RemoteError):
        server.connection(QUICK).update("CLEAR ALL")


@pytest.fixture
def proxy(behind: Server) -> Iterator[Proxy]:
    with proxy_before(behind.url) as one:
        yield one


def through(proxy: Proxy, behind: Server, *, inline: int = 20, access: Access | None = None) -> Connection:
    """Return a connection by the proxy, as to a store that takes little in one update."""
    one = replace(behind.connection().target.kind, inline=inline)
    return Connection(Target(one, proxy.url), access, QUICK)


def sent(connection: Connection, quads: list[Quad], lines: int = LINES) -> Report:
    with packed(quads, connection.target.kind.normal) as pack:
        return push(connection, pack, "set", lines=lines)


def graph_of(server: Server, name: NamedNode = GRAPH) -> set[Quad]:
    return {quad for quad in unchecked(server.connection(QUICK)) if quad.graph_name == name}


class After:
    """Does something wrong with every request of a kind after so many of them, so many times."""

    def __init__(
        self, act: Callable[[Handler, bytes], None], *, after: int = 0, times: int = 10**9, kind: str = "/store"
    ) -> None:
        self.act, self.after, self.times, self.kind = act, after, times, kind
        self.number = 0

    def __call__(self, handler: Handler, body: bytes) -> bool:
        if handler.command != "POST" or not handler.path.startswith(self.kind):
            return False
        self.number += 1
        if not self.after < self.number <= self.after + self.times:
            return False
        self.act(handler, body)
        return True


def answering(status: int, body: bytes = b"no", **headers: str) -> Callable[[Handler, bytes], None]:
    return lambda handler, _: handler.answer(status, body, **headers)


def reset(handler: Handler, _: bytes) -> None:
    handler.cut_off()


def taken_and_reset(handler: Handler, body: bytes) -> None:
    """Pass the request on, and cut the connection before the answer: the client cannot know that it arrived."""
    handler.passed(body)
    handler.cut_off()


def half_written(handler: Handler, body: bytes) -> None:
    handler.passed(body)
    handler.send_response_only(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"half of")
    handler.cut_off()


def page(handler: Handler, _: bytes) -> None:
    handler.answer(
        200, b"<html><head><title>x</title></head><body>Please sign in</body></html>", Content_Type="text/html"
    )


FOR_EVER = {
    "reset": (reset, RemoteFault.UNREACHABLE, "does not answer"),
    "401": (answering(401), RemoteFault.REFUSED, "KG_USER"),
    "403": (answering(403), RemoteFault.REFUSED, "may not"),
    "413": (answering(413), RemoteFault.TOO_LARGE, "limit on the size"),
    "429": (answering(429, Retry_After="0"), RemoteFault.BUSY, "goes on where it stopped"),
    "500": (answering(500, b"out of luck"), RemoteFault.FAILED, "out of luck"),
    "507": (answering(507), RemoteFault.FULL, "make room"),
    "page": (page, RemoteFault.NOT_RDF, "Please sign in"),
}


@pytest.mark.parametrize("name", FOR_EVER)
@pytest.mark.parametrize("quads", [NEW, OLD + MORE], ids=["changed graph", "new graph"])
def test_what_does_not_pass_is_named_and_the_same_again_goes_on(
    behind: Server, proxy: Proxy, name: str, quads: list[Quad]
) -> None:
    act, fault, words = FOR_EVER[name]
    proxy.fault = After(act, after=2)
    with pytest.raises(RemoteError) as caught:
        sent(through(proxy, behind), quads)
    assert caught.value.fault is fault
    assert words in str(caught.value)
    assert graph_of(behind) == set(OLD)  # what was there is whole
    with pytest.raises(RemoteError, match="has not ended"):
        list(pulled(behind.connection(QUICK), "set"))
    proxy.fault, before = (lambda *_: False), len(proxy.sizes)
    sent(through(proxy, behind), quads)
    assert set(pulled(behind.connection(QUICK), "set")) == set(quads)
    assert sum(proxy.sizes[before:]) < sum(len(str(quad)) + 8 for quad in quads) * 2


PASSING = {
    "reset": reset,
    "taken and reset": taken_and_reset,
    "half-written answer": half_written,
    "500 once": answering(500),
    "503 once": answering(503),
    "429 with Retry-After": answering(429, Retry_After="1"),
}


@pytest.mark.parametrize("name", PASSING)
def test_what_passes_is_waited_for_and_sent_again(behind: Server, proxy: Proxy, name: str) -> None:
    proxy.fault = After(PASSING[name], after=1, times=1)
    begin = time.monotonic()
    sent(through(proxy, behind), NEW)
    assert set(pulled(behind.connection(QUICK), "set")) == set(NEW)
    assert proxy.seen["failed"] == 1
    if "Retry-After" in name:
        assert time.monotonic() - begin >= 1


def test_a_server_that_takes_small_requests_gets_small_ones(behind: Server, proxy: Proxy) -> None:
    limit = 3_000

    def too_large(handler: Handler, body: bytes) -> bool:
        if len(body) > limit and handler.path.startswith("/store"):
            handler.answer(413, b"too large")
            return True
        return False

    proxy.fault = too_large
    sent(through(proxy, behind, inline=10), OLD + MORE, 1_000)
    assert set(pulled(behind.connection(QUICK), "set")) == set(OLD + MORE)
    assert proxy.seen["failed"] > 0


def test_an_update_whose_answer_is_lost_does_no_harm(behind: Server, proxy: Proxy) -> None:
    proxy.fault = After(taken_and_reset, kind="/update", times=1)
    sent(through(proxy, behind, inline=1_000), NEW)
    assert set(pulled(behind.connection(QUICK), "set")) == set(NEW)


def test_a_pull_that_breaks_off_writes_nothing(behind: Server, proxy: Proxy, tmp_path: Path) -> None:
    def half(handler: Handler, body: bytes) -> bool:
        if handler.command != "GET" or not handler.path.startswith("/store"):
            return False
        status, headers, answer = handler.passed(body)
        handler.send_response_only(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(answer)))
        handler.end_headers()
        handler.wfile.write(answer[: len(answer) // 2])
        handler.cut_off()
        return True

    proxy.fault = half
    target = tmp_path / "graph.nq"
    with pytest.raises(RemoteError) as caught:
        profile("nquads").save(pulled(through(proxy, behind), "set"), target)
    assert caught.value.fault in {RemoteFault.CUT_OFF, RemoteFault.UNREACHABLE}
    assert list(tmp_path.iterdir()) == []


def test_a_server_killed_in_the_midst_is_filled_when_it_is_back(tmp_path: Path) -> None:
    many = [Quad(S, P, Literal(f"{n} {'x' * 80}"), NamedNode(f"urn:x:many/{n % 7}")) for n in range(6_000)]
    with oxigraph(tmp_path) as server:
        sent(server.connection(QUICK), OLD)
        with proxy_before(server.url) as proxy:

            def kill(handler: Handler, _: bytes) -> None:
                os.killpg(server.process.pid, signal.SIGKILL)
                server.process.wait()
                handler.cut_off()

            proxy.fault = After(kill, after=30, times=1)
            with pytest.raises(RemoteError) as caught:
                sent(through(proxy, server), OLD + many)
            assert caught.value.fault in {RemoteFault.UNREACHABLE, RemoteFault.CUT_OFF}
            assert "say the same again" in str(caught.value)
    with oxigraph(tmp_path) as server:
        assert graph_of(server) == set(OLD)
        report = sent(server.connection(QUICK), OLD + many)
        assert report.new >= 1
        assert set(pulled(server.connection(QUICK), "set")) == set(OLD + many)
        assert sent(server.connection(QUICK), OLD + many).moved_nothing


def test_a_client_killed_in_the_midst_goes_on_when_it_is_started_again(start_server: Servers, tmp_path: Path) -> None:
    server = start_server("oxigraph")
    sent(server.connection(QUICK), OLD)
    many = OLD + [Quad(S, P, Literal(f"{n} {'x' * 120}"), NamedNode(f"urn:x:many/{n}")) for n in range(400)]
    many += [Quad(S, P, Literal(f"big {n} {'x' * 120}"), NamedNode("urn:x:many/big")) for n in range(60_000)]
    file = tmp_path / "many.nq"
    profile("nquads").save(many, file)
    with proxy_before(server.url) as proxy:
        command = [
            sys.executable,
            "-m",
            "kg",
            "push",
            proxy.url,
            "--store",
            "oxigraph",
            "--dataset",
            "set",
            "--from",
            str(file),
        ]
        client = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        def kill(handler: Handler, body: bytes) -> None:
            handler.passed(body)
            client.kill()
            handler.cut_off()

        proxy.fault = After(kill, after=0, times=1)
        assert client.wait(timeout=60) == -signal.SIGKILL
        assert graph_of(server) == set(OLD)
        proxy.fault = lambda *_: False
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
    assert set(pulled(server.connection(), "set")) == set(many)
    server.connection().update("CLEAR ALL")


@contextmanager
def small_disk(folder: Path, size: str, absent: Callable[[str], NoReturn]) -> Iterator[Path]:
    mount = shutil.which("mount")
    made = subprocess.run(
        [mount or "false", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False, capture_output=True
    )
    if made.returncode:
        absent(f"a small disk cannot be mounted here (root is needed): {made.stderr.decode()[:200]}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=False)


def test_a_full_disk_is_named_and_what_was_there_is_whole(tmp_path: Path, absent: Callable[[str], NoReturn]) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    many = OLD + [Quad(S, P, Literal(f"{n} {'x' * 2_000}"), OTHER) for n in range(60_000)]
    with small_disk(disk, "60m", absent), oxigraph(disk) as server:
        sent(server.connection(QUICK), OLD)
        with pytest.raises(RemoteError) as caught:
            sent(server.connection(QUICK), many)
        assert caught.value.fault in {
            RemoteFault.FULL,
            RemoteFault.FAILED,
            RemoteFault.UNREACHABLE,
            RemoteFault.CUT_OFF,
        }
        assert caught.value.mend
    # The store on the small disk is gone with it; the source is not: another store takes it.
    larger = tmp_path / "larger"
    larger.mkdir()
    with oxigraph(larger) as server:
        sent(server.connection(Patience(timeout=60)), many[:2_000], 20_000)
        assert set(pulled(server.connection(), "set")) == set(many[:2_000])
