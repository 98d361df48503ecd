"""The command line: parse, call one library function, print.

stdout is data, stderr is talk; exit 0 done, 1 findings or bad data, 2 wrong usage.
"""

from __future__ import annotations

from kg.cli import (  # noqa: F401 - they add their verbs to main
    about,
    differing,
    new,
    profiles,
    reasoning,
    releasing,
    remote,
    serving,
    writing,
)
from kg.cli.app import main

__all__ = ["main"]
