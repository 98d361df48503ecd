"""A small graph, and a release of it as a user writes one."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.store import write_store

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = str(Path(kg.__file__).parents[1])
CASE = "2016-04-four-day-war"
PROFILES = ("trig", "nquads", "turtle", "rdf12-trig", "jsonld", "wikibase")
OPTIONS = ("--version", "0.1.0", "--date", "2026-11-30", *(f"--profile={name}" for name in PROFILES))


def run_kg(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": HERE, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return the function that runs kg in a folder, in a process of its own."""
    return run_kg


@pytest.fixture(scope="session")
def small(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of one case."""
    store = tmp_path_factory.mktemp("small") / "store"
    write_store(store, [(root / "graphs" / CASE / "graph.trig").read_bytes()])
    return store


@pytest.fixture(scope="session")
def released(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a release, with a profile more than those by default."""
    base = tmp_path_factory.getbasetemp()
    out = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "kg-release"
    # The page of the ontology takes its time: one worker makes it for all.
    with out.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            done = CliRunner().invoke(main, ["release", str(out), "--store", str(small), *OPTIONS])
            assert done.exit_code == 0, done.stderr
            assert done.stderr == f"wrote {out}: there is no earlier release to compare with\n"
    return out


@pytest.fixture(scope="session")
def release_again(small: Path) -> Callable[[Path], None]:
    """Return the function that writes the same release in a process of its own, with another hash seed."""

    def again(out: Path) -> None:
        done = run_kg(out.parent, "release", out.name, "--store", str(small), *OPTIONS, PYTHONHASHSEED="1")
        assert done.returncode == 0, done.stderr

    return again
