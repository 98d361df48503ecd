"""Do something again whenever a file that kg reads has changed, until Ctrl-C."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

READ = {".yaml", ".yml", ".csv", ".rq", ""}
"""Endings of what is read; a folder that is renamed has none."""
PATIENCE = 200
"""Milliseconds until the first run, by when the watching has begun, so that no change goes unseen."""


def watch_files(folders: Sequence[Path], act: Callable[[], object]) -> None:
    """Act at once and after each change in the folders, with the time of day above; return at Ctrl-C."""
    from watchfiles import watch

    run = False
    try:
        for changed in watch(
            *folders, watch_filter=lambda _, path: PurePath(path).suffix in READ,
            rust_timeout=PATIENCE, yield_on_timeout=True, raise_interrupt=True,
        ):  # fmt: skip
            if changed or not run:
                run = True
                _timed(act)
    except KeyboardInterrupt:
        return


def _timed(act: Callable[[], object]) -> None:
    click.echo(f"{datetime.now().astimezone():%H:%M:%S} ", nl=False, err=True)
    try:
        act()
    except (KgError, OSError) as error:  # a file that goes away while it is read
        click.echo(f"kg: {error}", err=True)
