"""The whole graph, and the folders of tables that it makes, once for all tests of the profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.profiles.forms import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.api import Graph


@pytest.fixture(scope="session")
def shipped(graph: Graph) -> set[Quad]:
    return set(graph.store)


@pytest.fixture(scope="session")
def written(shipped: set[Quad], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Return the folders of the whole graph by form; nobody writes into them."""
    build = tmp_path_factory.mktemp("tables") / "build"
    build.mkdir()
    for name, form in FOLDERS.items():
        form.save(shipped, build / name)
    return {name: build / name for name in FOLDERS}
