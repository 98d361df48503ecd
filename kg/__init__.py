"""A temporal knowledge graph of what sources said about a conflict.

``kg.open()`` gives the graph; see ``kg.api`` for what it does. Names are looked
up when they are used, so that ``import kg`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

_DOORS = {
    "Cut": ("kg.slice", "Cut"),
    "Graph": ("kg.api", "Graph"),
    "KgError": ("kg.errors", "KgError"),
    "Slice": ("kg.api", "Slice"),
    "cut": ("kg.api", "cut"),
    "open": ("kg.api", "open_graph"),
}

__all__ = ["Cut", "Graph", "KgError", "Slice", "__version__", "cut", "open"]

try:
    __version__ = version("conflict-kg")
except PackageNotFoundError:  # a checkout that nobody installed
    __version__ = "0+unknown"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a name stands for depends on the name
    """Return a public name, from the module that holds it."""
    if name not in _DOORS:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, attribute = _DOORS[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
