"""Checks again whenever a file changes, for those who write claims down."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click
from watchfiles import Change, DefaultFilter, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

WRITTEN = (".yaml", ".yml", ".csv", ".rq")
"""Endings of the files that people write; what ``kg build`` writes is not looked at."""


class _Written(DefaultFilter):
    def __call__(self, change: Change, path: str) -> bool:
        return path.endswith(WRITTEN) and super().__call__(change, path)


def check_again_and_again(check: Callable[[], object], folders: Sequence[Path]) -> None:
    """Run a check now and after each change in the folders, with the time of day, until interrupted."""
    _check(check)
    for _ in watch(*folders, watch_filter=_Written(), raise_interrupt=False):
        _check(check)


def _check(check: Callable[[], object]) -> None:
    click.echo(f"-- {datetime.now().astimezone():%H:%M:%S}", err=True)
    check()
