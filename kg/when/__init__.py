"""Times: reading them as sources wrote them, and comparing them.

The only package that makes or compares times (design section 4). It does not
know claims, graphs or the present: nothing here asks what time it is.
"""

from __future__ import annotations

from kg.when.allen import Relation, compose, inverse, relation
from kg.when.clocks import Clock, clock_of, time_of_day, windows
from kg.when.holds import hold_together, holds_at, holds_within, said_by
from kg.when.instants import instant, window
from kg.when.model import (
    BEGINNING,
    FOREVER,
    Answer,
    EndKind,
    Interval,
    Mode,
    Precision,
    Reading,
    in_utc,
    written,
)
from kg.when.reading import read

__all__ = [
    "BEGINNING",
    "FOREVER",
    "Answer",
    "Clock",
    "EndKind",
    "Interval",
    "Mode",
    "Precision",
    "Reading",
    "Relation",
    "clock_of",
    "compose",
    "hold_together",
    "holds_at",
    "holds_within",
    "in_utc",
    "instant",
    "inverse",
    "read",
    "relation",
    "said_by",
    "time_of_day",
    "window",
    "windows",
    "written",
]
