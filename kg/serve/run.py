"""Runs the server until it is told to stop: the address, the snapshot, and uvicorn between them.

What it has to tell goes through a function that it is given; it prints nothing.
"""

from __future__ import annotations

import signal
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from kg.errors import UsageError
from kg.serve.app import LOOPBACK, Served, application
from kg.serve.snapshot import snapshot
from kg.store import CURRENT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.serve.pool import Limits

_PATIENCE = 2
"""Seconds that answers on their way have when the server is told to stop."""
_CLIENTS = 200
"""Connections at the same time; one more is answered 503."""


def is_loopback(host: str) -> bool:
    """Return whether a name of this machine can be reached from this machine only."""
    return host in LOOPBACK or host.startswith("127.")


def bound(host: str, port: int) -> socket.socket:
    """Return a socket at an address; port 0 is any that is free. Raises UsageError if it is taken or is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise UsageError(
            f"no server can stand at {host}:{port}: {error.strerror or error}", mend="name another --port"
        ) from error
    return listener


@dataclass(frozen=True, slots=True)
class Offer:
    """What is to be served, and to whom: a store (or the shipped graph), limits, origins, a release."""

    store: Path | None
    limits: Limits
    origins: tuple[str, ...] = ()
    """Web origins whose pages may read answers (CORS)."""
    release: Path | None = None


def serve(offer: Offer, listener: socket.socket, tell: Callable[[str], None]) -> None:
    """Serve a snapshot of a store until interrupted. Raises UnknownNameError if there is no store."""
    host, port = listener.getsockname()[:2]
    names = (*LOOPBACK, host) if is_loopback(host) else ("*",)
    shown = f"[{host}]" if ":" in host else host
    with listener, snapshot(offer.store) as data:
        served = Served(
            data, offer.limits, offer.origins, names, offer.release,
            on_start=lambda: tell(f"http://{shown}:{port}/sparql answers queries; stop it with Ctrl-C"),
            on_request=_changes(offer.store, tell),
        )  # fmt: skip
        settings = uvicorn.Config(
            application(served), log_level="warning", access_log=False, server_header=False,
            timeout_graceful_shutdown=_PATIENCE, lifespan="on", ws="none", limit_concurrency=_CLIENTS,
        )  # fmt: skip
        _until_stopped(_Server(settings, served), listener)
    tell("stopped")


class _Server(uvicorn.Server):
    """Ends the queries first when it is told to stop, so that nobody waits for them."""

    def __init__(self, settings: uvicorn.Config, served: Served) -> None:
        super().__init__(settings)
        self.served = served

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self.served.pool.close()
        await super().shutdown(sockets)


def _until_stopped(server: uvicorn.Server, listener: socket.socket) -> None:
    # uvicorn stops in good order at either signal, and then sends it again, for whoever started it.
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        server.run(sockets=[listener])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if not server.started:
        raise UsageError("the server did not start", mend="see what it says above")


def _changes(store: Path | None, tell: Callable[[str], None]) -> Callable[[], None]:
    """Return a function that tells once that the store has been rebuilt."""
    pointer = store / CURRENT if store else None
    at_first = pointer.read_bytes() if pointer else b""
    told: list[str] = []

    def look() -> None:
        if pointer and not told and pointer.is_file() and pointer.read_bytes() != at_first:
            told.append("the store has been rebuilt; what is served is as it was: start again to serve the new one")
            tell(told[0])

    return look
