"""Builds: a second one changes nothing, another day's is the same, a killed one leaves a store that opens."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from kg.api import open_graph
from kg.build import build, compiled
from kg.errors import DataError, UnknownNameError
from kg.resources import DERIVED
from kg.store import BUILT, CURRENT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def graphs(root: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "graphs"
    shutil.copytree(root / "graphs", copy)
    return copy


def test_the_committed_graphs_are_what_the_files_say(root: Path) -> None:
    for name, document in compiled(root / "graphs").items():
        assert (root / "graphs" / name / BUILT).read_bytes() == document, f"run: kg build {name}"


def test_the_committed_derivations_are_what_the_committed_claims_give(root: Path, tmp_path: Path, graphs: Path) -> None:
    committed = (root / "graphs" / DERIVED / BUILT).read_bytes()
    (graphs / DERIVED / BUILT).unlink()
    build(graphs, tmp_path / "store")
    assert (graphs / DERIVED / BUILT).read_bytes() == committed, "run: kg build"


def test_a_second_build_changes_nothing(graphs: Path, graph_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(graph_store, store, symlinks=True)
    stamps = {path: path.stat().st_mtime_ns for path in (*graphs.rglob("*"), *store.rglob("*"))}
    second = build(graphs, store)
    assert not second.store_changed
    assert not second.changed
    assert {path: path.stat().st_mtime_ns for path in (*graphs.rglob("*"), *store.rglob("*"))} == stamps


def test_builds_on_different_days_and_hash_seeds_are_byte_identical(root: Path) -> None:
    script = (
        "import hashlib, sys, pathlib; from kg.build import compiled;"
        "print(hashlib.sha256(b''.join(compiled(pathlib.Path(sys.argv[1])).values())).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", script, str(root / "graphs")],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed, zone in (("1", "Asia/Yerevan"), ("2", "America/New_York"))
    }  # fmt: skip
    assert len(hashes) == 1


def test_a_fault_in_the_graph_writes_nothing(graphs: Path, tmp_path: Path) -> None:
    path = graphs / "2022-09-clashes" / "seed-article.yaml"
    text = path.read_text(encoding="utf-8")
    # A place cannot be a perpetrator: only the shapes of the whole graph can tell.
    path.write_text(text.replace("perpetrator: state:azerbaijan", "perpetrator: place:jermuk", 1), encoding="utf-8")
    before = (graphs / "2022-09-clashes" / BUILT).read_bytes()
    with pytest.raises(DataError, match="perpetrator"):
        build(graphs, tmp_path / "store")
    assert (graphs / "2022-09-clashes" / BUILT).read_bytes() == before
    assert not (tmp_path / "store").exists()


def test_a_build_killed_at_any_moment_leaves_a_store_that_opens(
    graphs: Path, graph_store: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(graph_store, store, symlinks=True)
    before = (store / CURRENT).read_text(encoding="utf-8")
    path = graphs / "2022-09-clashes" / "seed-article.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Russia has brokered", "Russia brokered"), encoding="utf-8"
    )
    command = [sys.executable, "-m", "kg", "build", "--graphs", str(graphs), "--store", str(store)]
    for delay in (0.8, 2.0, 5.0, 10.0, 16.0):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        after = (store / CURRENT).read_text(encoding="utf-8")
        assert ("Russia has brokered a ceasefire." in _gists(store)) == (after == before), delay
    build(graphs, store)
    assert "Russia brokered a ceasefire." in _gists(store)


def _gists(store: Path) -> set[object]:
    rows = open_graph(store).rows("SELECT ?gist { ?c <https://w3id.org/conflict-kg/ontology#gist> ?gist }")
    return {row["gist"] for row in rows}


def test_a_store_that_is_not_there_is_refused_with_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="kg build --store"):
        open_graph(tmp_path / "nothing")
