"""A proxy on a real socket that does wrong what servers and networks do wrong, and passes the rest on."""

from __future__ import annotations

import http.client
import threading
import urllib.parse
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Fault = Callable[["Handler", bytes], bool]


@dataclass
class Proxy:
    """Where the proxy is, what it does wrong, and what it saw."""

    url: str
    fault: Fault = lambda *_: False
    """Takes a request with its body; returns whether it has answered it, or cut it off, itself."""
    seen: Counter[str] = field(default_factory=Counter)
    """Requests by what became of them: passed, failed."""
    sizes: list[int] = field(default_factory=list)
    """Sizes of the bodies that were passed on."""


class Handler(BaseHTTPRequestHandler):
    """One request: faulty, or passed on."""

    protocol_version = "HTTP/1.1"
    proxy: Proxy
    behind: str

    def handle_one(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.proxy.fault(self, body):
            self.proxy.seen["failed"] += 1
            return
        self.proxy.seen["passed"] += 1
        self.proxy.sizes.append(len(body))
        status, headers, answer = self.passed(body)
        self.answer(status, answer, **headers)

    do_GET = do_POST = do_PUT = do_HEAD = handle_one  # noqa: N815 - the names that http.server calls

    def passed(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        """Return the answer of the server behind."""
        parts = urllib.parse.urlsplit(self.behind)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in {"host", "connection"}}
        connection.request(self.command, self.path, body, headers)
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        kept = {"Content-Type": response.getheader("Content-Type", ""), "Server": response.getheader("Server", "")}
        return response.status, {name: value for name, value in kept.items() if value}, answer

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        """Send an answer."""
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def cut_off(self) -> None:
        """Close the connection without another word."""
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over clients that went away, and connections that the test cut."""


@contextmanager
def proxy_before(url: str) -> Iterator[Proxy]:
    """Run a proxy before a server until the end of the block."""

    class Bound(Handler):
        behind = url

    with _Quiet(("127.0.0.1", 0), Bound) as server:
        Bound.proxy = proxy = Proxy(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()
