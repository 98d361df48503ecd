"""The pages on tables name every column as the code has it, and their examples print what they show."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kg.profiles.tables.columns import Kind
from kg.profiles.tables.page import page as columns_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


EXAMPLE = re.compile(r"^```python\n(.*?)^```\n+```text\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/analysis.md").read_text(encoding="utf-8")


def test_every_column_stands_on_its_page(root: Path) -> None:
    assert (root / "docs/tables.md").read_text(encoding="utf-8") == columns_page(), "run: make generate"


def test_the_page_tells_of_each_kind_of_cell(page: str) -> None:
    assert [kind for kind in Kind if f"\n| {kind} |" not in page] == []


def test_the_examples_print_what_the_page_shows(page: str, written: Mapping[str, Path]) -> None:
    examples = EXAMPLE.findall(page)
    assert [code.partition("\n")[0] for code, _ in examples] == ["import duckdb", "import pandas", "import csvw"]
    home = written["parquet"].parents[1]
    for code, shown in examples:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=home, check=False, capture_output=True, text=True, timeout=120
        )
        assert (done.stderr, done.stdout) == ("", shown)
