"""Marks and places that the tests of the house share."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: builds or installs something; takes more than ten seconds")


@pytest.fixture(scope="session")
def repo() -> Path:
    """Return the root of the checkout."""
    return REPO


@pytest.fixture(scope="session")
def require_all() -> bool:
    """Return whether a missing tool or network is a failure (as in .ci/run), not a reason to skip."""
    return os.environ.get("KG_REQUIRE_ALL") == "1"


@pytest.fixture(scope="session")
def ours() -> list[Path]:
    """Return every file that is in the repository or would be added by ``git add``."""
    if not (REPO / ".git").exists():
        return unpacked()
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={REPO}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=True,
    )
    files = [REPO / name for name in listed.stdout.split("\0") if name]
    return sorted(f for f in files if f.is_file())


def unpacked() -> list[Path]:
    """Return the files of a checkout without git, such as an unpacked archive."""
    ignored = {line.rstrip("/") for line in (REPO / ".gitignore").read_text(encoding="utf-8").split()}
    files = (f for f in REPO.rglob("*") if f.is_file() and not ignored & set(f.relative_to(REPO).parts))
    return sorted(f for f in files if not any(part.endswith(".egg-info") for part in f.relative_to(REPO).parts))
