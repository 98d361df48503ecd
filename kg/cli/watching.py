"""Do something again whenever a file that kg reads has changed, until Ctrl-C."""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import PurePath
from threading import Event
from typing import TYPE_CHECKING

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

READ = {".yaml", ".yml", ".csv", ".rq", ""}
"""Endings of what is read; a folder that is renamed has none."""
PATIENCE = 200
"""Milliseconds until the first run, by when the watching has begun, so that no change goes unseen."""


def watch_files(folders: Sequence[Path], act: Callable[[], object]) -> None:
    """Act at once and after each change in the folders, with the time of day above; return at Ctrl-C."""
    from watchfiles import watch

    run = False
    with suppress(KeyboardInterrupt), _interrupted() as stop:
        for changed in watch(
            *folders, watch_filter=lambda _, path: PurePath(path).suffix in READ, stop_event=stop,
            rust_timeout=PATIENCE, yield_on_timeout=True, raise_interrupt=True,
        ):  # fmt: skip
            if changed or not run:
                run = True
                _timed(act)


@contextmanager
def _interrupted() -> Iterator[Event]:
    """Give an event that Ctrl-C sets besides raising KeyboardInterrupt, which is lost in a finalizer."""
    stop = Event()

    def handler(*_: object) -> None:
        stop.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, handler)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _timed(act: Callable[[], object]) -> None:
    click.echo(f"{datetime.now().astimezone():%H:%M:%S} ", nl=False, err=True)
    try:
        act()
    except (KgError, OSError) as error:  # a file that goes away while it is read
        click.echo(f"kg: {error}", err=True)
