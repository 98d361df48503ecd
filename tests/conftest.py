"""What every test can ask for: the repository, the shared background, the graph, our Java mains."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias

import pytest
from hypothesis import HealthCheck, settings

from kg.api import Graph, open_graph
from kg.build import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver import Chrome

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
JAVA = ROOT / "tests/conformance/java"

pytest_plugins = ["tests.servers.fixtures"]

# A busy machine is not a fault of the code: how long an example takes is measured in bench/.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


def leave_out(reason: str) -> NoReturn:
    """Skip the test, or fail it where everything has to be there (KG_REQUIRE_ALL=1)."""
    if os.environ.get("KG_REQUIRE_ALL") == "1":
        pytest.fail(f"KG_REQUIRE_ALL=1, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def absent() -> Callable[[str], NoReturn]:
    """Return the function that says why a test cannot run here: test folders cannot import each other."""
    return leave_out


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        leave_out(f"the background files are not at {SHARED}")
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


@pytest.fixture(scope="session")
def java_classpath() -> str:
    """Return the class path of OWLAPI, Jena and our two mains, built once per state of the sources."""
    if not (shutil.which("java") and shutil.which("mvn")):
        leave_out("java and mvn are not on the path")
    sources = [JAVA / "pom.xml", *sorted(JAVA.rglob("*.java"))]
    key = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "conflict-kg" / f"java-{key}"
    with _one_at_a_time(cache):
        if not (cache / "classpath").exists():
            _build(cache)
    return f"{cache / 'classes'}{os.pathsep}{(cache / 'classpath').read_text(encoding='utf-8').strip()}"


@contextmanager
def _one_at_a_time(cache: Path) -> Iterator[None]:
    # Maven 3 does not lock its own store of downloads, and pytest-xdist has workers that all want the same.
    import fcntl

    cache.parent.mkdir(parents=True, exist_ok=True)
    with cache.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(cache: Path) -> None:
    partial = cache.with_name(f"{cache.name}-{os.getpid()}")
    shutil.copytree(JAVA, partial, dirs_exist_ok=True)
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
        leave_out(f"mvn cannot build the Java mains:\n{(done.stdout + done.stderr)[-2000:]}")
    cache.mkdir(parents=True, exist_ok=True)
    if not (cache / "classes").exists():
        (partial / "target/classes").replace(cache / "classes")
    (partial / "written").replace(cache / "classpath")
    shutil.rmtree(partial)


JVM = ("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""No run is long enough to pay for the second compiler, which takes twice the CPU of the work itself."""
Java: TypeAlias = "Callable[..., str]"
"""Runs a Java main with its arguments and returns what it writes to stdout."""


@pytest.fixture(scope="session")
def java(java_classpath: str) -> Java:
    """Return the function that runs one of our Java mains."""

    def run(main: str, *arguments: str | Path) -> str:
        done = subprocess.run(
            ["java", *JVM, "-cp", java_classpath, main, *map(str, arguments)],
            check=False,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{main} {arguments} failed:\n{done.stdout}{done.stderr}"
        return done.stdout

    return run


@pytest.fixture(scope="session", name="browser")
def _browser() -> Iterator[Chrome]:
    missing = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    if missing and os.environ.get("KG_REQUIRE_ALL") == "1":
        pytest.fail(f"{' and '.join(missing)} must be there if KG_REQUIRE_ALL=1")
    if missing:
        pytest.skip(f"no {' and no '.join(missing)} on this machine")
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1300,1000",
    ):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(shutil.which("chromedriver")))
    yield driver
    driver.quit()
