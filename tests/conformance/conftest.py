"""What the conformance tests share: the outside suites."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shacl_suite(absent: Callable[[str], NoReturn]) -> Path:
    """Return the folder of the W3C SHACL tests."""
    folder = SHARED / "data/rdf-suites/shacl/data-shapes-test-suite/tests"
    if not folder.is_dir():
        absent(f"the W3C SHACL tests are not at {folder}")
    return folder
