"""Starts a server on loopback, waits until it answers, and stops it with all that it started."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

PATIENCE = 90
"""Seconds that a server may take to start on a busy machine."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str | Path], url: str, *, folder: Path, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in a folder from when a GET of the address succeeds until the end of the block.

    Its whole process group ends with the block; setpriv ends it too if the test run is killed.
    """
    guard = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*guard, *map(str, command)],
            cwd=folder,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(server, url, folder / "server.log")
        yield server
    finally:
        _stop(server)


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        if answers(url):
            return
        time.sleep(0.1)
    last = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise RuntimeError(f"{server.args!r} does not answer at {url} (exit status {server.poll()}):\n{last}")


def answers(url: str) -> bool:
    """Return whether a GET succeeds."""
    try:
        send(url, method="GET")
    except OSError:  # URLError and HTTPError are some
        return False
    return True


def send(url: str, body: BinaryIO | bytes | None = None, kind: str = "", *, method: str = "POST") -> bytes:
    """Send a body of a media type and return the answer. Raises HTTPError if it is refused."""
    headers = {"Content-Type": kind} if kind else {}
    request = urllib.request.Request(url, data=body, headers=headers, method=method)  # noqa: S310 # our own address
    with urllib.request.urlopen(request, timeout=120) as response:  # noqa: S310 # same
        return bytes(response.read())


def _stop(server: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(server.pid, sign)
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue
    assert server.poll() is not None
