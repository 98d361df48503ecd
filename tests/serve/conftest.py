"""Servers as a user starts them: ``kg serve`` in a process of its own, on a free port, asked over HTTP."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

import kg
from kg.store import write_store

if TYPE_CHECKING:
    import http.client
    from collections.abc import Callable, Iterable, Iterator

SECONDS, ROWS = 2, 1000
JSON = "application/sparql-results+json"
HERE = str(Path(kg.__file__).parents[1])


@dataclass(frozen=True)
class Reply:
    """What came back: status, headers in lower case, bytes."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        return self.headers["content-type"].partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Server:
    """A server that runs: its process, its address, what it says on stderr."""

    process: subprocess.Popen[str]
    root: str
    log: list[str] = field(default_factory=list)

    @property
    def endpoint(self) -> str:
        return f"{self.root}/sparql"

    def get(self, path: str, /, *, method: str = "GET", data: bytes | None = None, **headers: str) -> Reply:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.root + path, data=data, headers=names, method=method)  # noqa: S310 # loopback
        opener = urllib.request.build_opener(_Stays)
        try:
            with opener.open(request, timeout=60) as found:
                return _reply(found)
        except urllib.error.HTTPError as error:
            with error:
                return _reply(error)

    def ask(self, query: str, accept: str = JSON, **more: str | list[str]) -> Reply:
        pairs = urllib.parse.urlencode({"query": query, **more}, doseq=True)
        return self.get(f"/sparql?{pairs}", accept=accept)

    def number(self, query: str, **more: str | list[str]) -> int:
        """Return the one number that a query counts."""
        ((cell,),) = (row.values() for row in json.loads(self.ask(query, JSON, **more).body)["results"]["bindings"])
        return int(cell["value"])

    def workers(self) -> set[int]:
        """Return the processes that the server has started."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(pid) for pid in path.read_text(encoding="ascii").split()}

    def stderr(self) -> IO[str]:
        assert self.process.stderr
        return self.process.stderr

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        self.log += self.stderr().read().splitlines()
        return self.process.wait(timeout=20)


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _reply(found: http.client.HTTPResponse | urllib.error.HTTPError) -> Reply:
    return Reply(found.status or 0, {name.lower(): value for name, value in found.headers.items()}, found.read())


def command(*options: str) -> list[str]:
    return [sys.executable, "-m", "kg", "serve", *options]


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Server]:
    """Start a server in a folder, on a free port, and stop it."""
    process = subprocess.Popen(
        command("--port", "0", *options),
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(folder), "PYTHONPATH": HERE},
    )
    assert process.stderr
    line = process.stderr.readline()
    assert line.startswith("http://"), line + process.stderr.read()
    server = Server(process, line.split("/sparql")[0], [line.strip()])
    try:
        yield server
    finally:
        if process.poll() is None:
            server.stop()
        process.stderr.close()


@pytest.fixture(scope="session")
def run_server() -> Callable[..., Any]:
    """Return the function that starts a server: test folders cannot import each other."""
    return running


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the graph that comes with the package."""
    with running(tmp_path_factory.mktemp("serve"), "--timeout", str(SECONDS), "--limit", str(ROWS)) as found:
        yield found


TINY = b"<https://example.org/graph> { <https://example.org/s> <https://example.org/p> <https://example.org/%s> }"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Return a folder with a small store."""
    write_store(tmp_path / "store", [TINY % b"old"])
    return tmp_path


def gone(pids: set[int], which: Callable[[Iterable[bool]], bool] = all) -> bool:
    """Return whether all, or any, of some processes end within five seconds."""
    for _ in range(100):
        if which(not _lives(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture(scope="session")
def ends() -> Callable[..., bool]:
    return gone
