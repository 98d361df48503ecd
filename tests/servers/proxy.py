"""A real server between a client and a store, which spoils what one tells it to spoil.

It passes requests on one by one and whole. ``proxy.spoil`` looks at each before it
is passed on and may answer otherwise, cut it, or cut the answer.
"""

from __future__ import annotations

import http.client
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

HOP = {"transfer-encoding", "connection", "keep-alive", "content-length"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its place among all that came, counted from 0, and what it holds."""

    number: int
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Spoil: TypeAlias = "Callable[[Asked, Handler], bool]"
"""Returns whether it dealt with the request, which is then not passed on."""


@dataclass(slots=True)
class Proxy:
    """A proxy that runs: its address, what came, and what it does with that."""

    url: str
    origin: str
    spoil: Spoil = lambda *_: False
    seen: list[Asked] = field(default_factory=list)

    def bodies(self, method: str, path: str) -> list[int]:
        """Return how long the bodies were that came to a path."""
        return [len(one.body) for one in self.seen if one.method == method and one.path.startswith(path)]


class Handler(BaseHTTPRequestHandler):
    """Passes one request on."""

    protocol_version = "HTTP/1.1"
    proxy: Proxy

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = Asked(len(self.proxy.seen), self.command, self.path, dict(self.headers), body)
        self.proxy.seen.append(asked)
        if not self.proxy.spoil(asked, self):
            self.answer(*self.passed(asked))

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815 # as http.server wants it

    def passed(self, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        """Return what the store answers."""
        origin = urlsplit(self.proxy.origin)
        connection = http.client.HTTPConnection(origin.hostname or "", origin.port, timeout=60)
        try:
            connection.request(asked.method, asked.path, asked.body or None, asked.headers)
            response = connection.getresponse()
            headers = {name: value for name, value in response.getheaders() if name.lower() not in HOP}
            return response.status, headers, response.read()
        except OSError:
            return 502, {}, b"the store is gone"
        finally:
            connection.close()

    def answer(self, status: int, headers: dict[str, str] | None = None, body: bytes = b"", *, cut: int = -1) -> None:
        """Answer; ``cut``: only so many bytes of the body, and then the end."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body if cut < 0 else body[:cut])
        if cut >= 0:
            self.hang_up()

    def hang_up(self) -> None:
        """Break the connection to the client."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def before(origin: str, certificate: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """Run a proxy before the store at an address until the end of the block; over TLS if it has a certificate."""
    proxy = Proxy("", origin)
    handler = type("OwnHandler", (Handler,), {"proxy": proxy})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        proxy.url = f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}"
        if certificate:
            server.socket = certificate.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()


def says(status: int, text: str = "", **headers: str) -> Spoil:
    """Answer every request with a status."""

    def spoil(_: Asked, handler: Handler) -> bool:
        handler.answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, text.encode())
        return True

    return spoil


def cuts_request(after: int) -> Spoil:
    """Give the store so many bytes of the body, and then nobody anything."""

    def spoil(asked: Asked, handler: Handler) -> bool:
        origin = urlsplit(handler.proxy.origin)
        head = [f"{asked.method} {asked.path} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.headers.items())]
        with socket.create_connection((origin.hostname or "", origin.port or 0), timeout=20) as store:
            store.sendall("\r\n".join([*head, "", ""]).encode() + asked.body[:after])
        handler.hang_up()
        return True

    return spoil


def cuts_answer(after: int) -> Spoil:
    """Let the store do it, and give so many bytes of its answer, of which the head told more."""

    def spoil(asked: Asked, handler: Handler) -> bool:
        status, headers, body = handler.passed(asked)
        handler.answer(status, headers, body.ljust(after + 1), cut=after)
        return True

    return spoil


def when(spoil: Spoil, is_so: Callable[[Asked], bool]) -> Spoil:
    """Spoil some requests only."""
    return lambda asked, handler: is_so(asked) and spoil(asked, handler)


def once(spoil: Spoil, is_so: Callable[[Asked], bool] = lambda _: True) -> Spoil:
    """Spoil the first of some requests only."""
    done: list[Asked] = []
    return when(spoil, lambda asked: is_so(asked) and not done and not done.append(asked))  # type: ignore[func-returns-value]
