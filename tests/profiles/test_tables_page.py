"""The page on tables names every column as the code has it, and its examples print what it shows."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kg.profiles.tables.columns import TABLES, Kind
from kg.profiles.tables.names import short

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.profiles.tables.columns import Column, Table

EXAMPLE = re.compile(r"^```python\n(.*?)^```\n+```text\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/tables.md").read_text(encoding="utf-8")


def reference(table: Table) -> str:
    """Return the part of the page that tells of a table."""
    about = f"{table.about} Rows differ in `{'`, `'.join(table.key)}`."
    lines = (f"| `{c.name}` | {_kind(c)} | {_carries(c)} | {c.about} |" for c in table.columns)
    return f"### `{table.name}`\n{about}\n\n| column | kind | carries | what it is |\n|---|---|---|---|\n" + "".join(
        f"{line}\n" for line in lines
    )


def _kind(column: Column) -> str:
    return f"{column.kind}, always" if column.required else str(column.kind)


def _carries(column: Column) -> str:
    if column.copies:
        return "a copy"
    return f"`{short(column.prop)}`" if column.prop else ""


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_page_tells_of_each_column_as_the_code_has_it(page: str, table: Table) -> None:
    assert reference(table) in page


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
