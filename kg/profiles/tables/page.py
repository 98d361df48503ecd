"""docs/tables.md: every table and column, as the files describe them. ``python -m kg.profiles.tables.page``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.profiles.tables.columns import TABLES
from kg.profiles.tables.names import short

if TYPE_CHECKING:
    from kg.profiles.tables.columns import Column

_HEAD = """# Tables of the graph, column by column

Written by `python -m kg.profiles.tables.page` from the list that `kg export --format parquet` and `csv-tables` write
by; how to use them, and what each kind of cell is in each format, stands in [the graph in DuckDB and
pandas](analysis.md). A cell is empty where the graph does not say; a column that is *always* there has no such cell.
*Carries*: the property of the graph in which the cell stands. A *copy* repeats another table and is not read back.
"""


def page() -> str:
    """Return the page in Markdown."""
    parts = [_HEAD]
    for table in TABLES:
        parts.append(f"\n## `{table.name}`\n{table.about}\nIts key: {', '.join(table.key)}.\n")
        parts.append("\n| column | kind | carries | what it is |\n|---|---|---|---|\n")
        parts += [f"| `{one.name}` | {_kind(one)} | {_carries(one)} | {one.about} |\n" for one in table.columns]
    return "".join(parts)


def _kind(column: Column) -> str:
    return f"{column.kind}, always" if column.required else str(column.kind)


def _carries(column: Column) -> str:
    if column.copies:
        return "copy"
    return f"`{short(column.prop)}`" if column.prop else ""


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - a page for the docs
