"""What every test can ask for: the repository, the shared background, the graph."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kg.api import Graph, open_graph
from kg.build import build

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# A busy machine is not a fault of the code: how long an example takes is measured in bench/.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        reason = f"the background files are not at {SHARED}"
        (pytest.fail if os.environ.get("KG_REQUIRE_ALL") == "1" else pytest.skip)(reason)
    return SHARED


@pytest.fixture(scope="session")
def graph_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build graphs/ into a store of its own."""
    store = tmp_path_factory.mktemp("graph") / "store"
    build(ROOT / "graphs", store)
    return store


@pytest.fixture(scope="session")
def graph(graph_store: Path) -> Graph:
    """Open the graph that graphs/ makes."""
    return open_graph(graph_store)
