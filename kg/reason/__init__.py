"""What follows from claims taken together: contradictions, tightened times, treaty duties, independent support.

All of it stands in a graph of its own (``graph:derived``) with the claims it rests
on. No rule removes, ranks or changes a claim.
"""

from __future__ import annotations

from kg.reason.run import counted, derive, differences, rederive

__all__ = ["counted", "derive", "differences", "rederive"]
