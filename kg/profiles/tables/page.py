"""docs/tables.md: every table and column, as the files describe them. ``python -m kg.profiles.tables.page``."""

from __future__ import annotations

from kg.profiles.tables.columns import TABLES, Kind
from kg.vocab import PREFIXES

_KINDS = {
    Kind.ID: "id", Kind.NAME: "name", Kind.TEXT: "text", Kind.TIME: "time (UTC)", Kind.INTEGER: "integer",
    Kind.NUMBER: "double", Kind.IDS: "ids", Kind.TEXTS: "texts",
}  # fmt: skip
_HEAD = """# Tables of the graph

Written by `python -m kg.profiles.tables.page` from the list that `kg export --format parquet` and `csv-tables` write
by; what they are for stands in [profiles](profiles.md#parquet). An *id* is a short name (`claim:...`, `k:...`) or a
full IRI, a *name* the local name of a term of the [ontology](../ontology). An empty cell is null: the graph does not
say. Columns that repeat another table are marked ↺ and not read back. A time is an instant in UTC, to the second;
ends are not included.
"""


def page() -> str:
    """Return the page in Markdown."""
    parts = [_HEAD]
    for table in TABLES:
        parts.append(f"\n## `{table.name}`\n{table.about}\nIts key: {', '.join(table.key)}.\n")
        parts.append("\n| column | kind | property | what it is |\n|---|---|---|---|")
        parts += [
            f"\n| `{one.name}` | {_KINDS[one.kind]} | {_short(one.prop)} | {'↺ ' if one.copies else ''}{one.about} |"
            for one in table.columns
        ]
        parts.append("\n")
    return "".join(parts)


def _short(iri: str) -> str:
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"`{name}:{iri.removeprefix(namespace)}`"
    return ""


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - a page for the docs
