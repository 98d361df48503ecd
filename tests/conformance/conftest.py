"""What the conformance tests share: outside tools, outside suites, and skipping with a reason."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))


def absent(reason: str) -> None:
    """Skip the test, or fail it where everything has to be there (KG_REQUIRE_ALL=1)."""
    if os.environ.get("KG_REQUIRE_ALL") == "1":
        pytest.fail(f"KG_REQUIRE_ALL=1, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shacl_suite() -> Path:
    """Return the folder of the W3C SHACL tests."""
    folder = SHARED / "data/rdf-suites/shacl/data-shapes-test-suite/tests"
    if not folder.is_dir():
        absent(f"the W3C SHACL tests are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def java_classpath() -> str:
    """Return the class path of OWLAPI, Jena and our two mains, built once per state of the sources."""
    if not (shutil.which("java") and shutil.which("mvn")):
        absent("java and mvn are not on the path")
    sources = [HERE / "java/pom.xml", *sorted((HERE / "java").rglob("*.java"))]
    key = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "conflict-kg" / f"java-{key}"
    if not (cache / "classpath").exists():
        _build(cache)
    return f"{cache / 'classes'}{os.pathsep}{(cache / 'classpath').read_text(encoding='utf-8').strip()}"


def _build(cache: Path) -> None:
    partial = cache.with_name(f"{cache.name}-{os.getpid()}")
    shutil.copytree(HERE / "java", partial, dirs_exist_ok=True)
    goals = ["compile", "dependency:build-classpath", f"-Dmdep.outputFile={partial / 'written'}"]
    done = subprocess.run(
        ["mvn", "--quiet", "--batch-mode", *goals],
        cwd=partial,
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    if done.returncode:
        shutil.rmtree(partial)
        absent(f"mvn cannot build the Java mains:\n{(done.stdout + done.stderr)[-2000:]}")
    cache.mkdir(parents=True, exist_ok=True)
    if not (cache / "classes").exists():
        (partial / "target/classes").replace(cache / "classes")
    (partial / "written").replace(cache / "classpath")
    shutil.rmtree(partial)


Java: TypeAlias = "Callable[..., str]"
"""Runs a Java main with its arguments and returns what it writes to stdout."""


@pytest.fixture(scope="session")
def java(java_classpath: str) -> Java:
    """Return the function that runs one of our Java mains."""

    def run(main: str, *arguments: str | Path) -> str:
        done = subprocess.run(
            ["java", "-Xmx1g", "-cp", java_classpath, main, *map(str, arguments)],
            check=False,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{main} {arguments} failed:\n{done.stdout}{done.stderr}"
        return done.stdout

    return run
