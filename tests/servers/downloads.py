"""What the servers are made of, of pinned versions, fetched once into ~/.cache/conflict-kg."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "conflict-kg"
FUSEKI = "org.apache.jena:jena-fuseki-server:5.6.0:jar"  # the last that runs on Java 17
RDF4J = "org.eclipse.rdf4j:rdf4j-http-server:5.0.3:war"  # the newest war on Maven Central as it is served here
JETTY = "org.eclipse.jetty:jetty-runner:10.0.26:jar"  # the last Jetty that runs a war of the old javax servlets alone
COMUNICA = Path(__file__).parent / "comunica"


class AbsentError(Exception):
    """A store cannot be tested here; the message says what is missing."""


def program(name: str, *, package: str) -> str:
    """Return the path of a program. Raises AbsentError if its Debian package is not installed."""
    found = shutil.which(name)
    if found is None:
        raise AbsentError(f"{name} is not on the path (Debian package {package})")
    return found


def version_of(coordinates: str) -> str:
    return coordinates.split(":")[2]


def jar(coordinates: str) -> Path:
    """Return the file of an artifact of Maven Central (group:artifact:version:ending)."""
    _, artifact, version, ending = coordinates.split(":")
    target = CACHE / "jars" / f"{artifact}-{version}.{ending}"
    with one_at_a_time():
        if not target.exists():
            mvn = program("mvn", package="maven")
            partial = CACHE / "jars" / f"partial-{os.getpid()}"
            copy = ["dependency:copy", f"-Dartifact={coordinates}", f"-DoutputDirectory={partial}"]
            _run([mvn, "--quiet", "--batch-mode", *copy], CACHE)
            (partial / target.name).replace(target)
            partial.rmdir()
    return target


def comunica_folder() -> Path:
    """Return the folder with Comunica and our script for it."""
    return npm_folder(COMUNICA)


def npm_folder(folder: Path) -> Path:
    """Return a copy of a folder with its packages of npm, installed as its lock file says, once for each content."""
    sources = sorted(path for path in folder.iterdir() if path.is_file())
    key = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    target = CACHE / f"npm-{folder.name}-{key}"
    with one_at_a_time():
        if not target.exists():
            npm = program("npm", package="npm")
            partial = target.with_name(f"{target.name}-{os.getpid()}")
            shutil.copytree(folder, partial)
            _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], partial)
            partial.replace(target)
    return target


def comunica_version() -> str:
    package = json.loads((COMUNICA / "package.json").read_text(encoding="utf-8"))
    return str(package["dependencies"]["@comunica/query-sparql"])


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=900)
    if done.returncode:
        raise AbsentError(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-2000:]}")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep other workers of the test run out: Maven 3 does not lock its own store of downloads."""
    import fcntl

    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "maven.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
