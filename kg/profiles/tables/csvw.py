"""Tables as CSV files (RFC 4180), described as CSV on the Web in ``csv-metadata.json``."""

from __future__ import annotations

import csv
import io
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.profiles import syntax
from kg.profiles.tables.columns import TABLES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.profiles.tables.columns import Column, Table
    from kg.profiles.tables.rows import Cell, Row

METADATA = "csv-metadata.json"
"""The name by which CSV on the Web finds the description of a folder (section 5.3 of its tabular data model)."""
_ENDINGS = (".csv", ".csv.gz", ".csv.zst")
_DATATYPES: dict[Kind, object] = {
    Kind.TIME: "dateTimeStamp",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "double",
    Kind.TEXTS: "json",
}
_LONGEST_CELL = (1 << 31) - 1


class CsvFiles:
    """Each table a file with its names in the first line; an empty cell says nothing."""

    mark = METADATA

    @contextmanager
    def writing(self, folder: Path, table: Table, compression: str) -> Iterator[_Sheet]:
        """Open the file of a table."""
        with syntax.writing(folder / f"{table.name}.csv{compression}") as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="")
            yield _Sheet(table, text)
            text.flush()
            text.detach()

    def finish(self, folder: Path, compression: str) -> None:
        """Write the description of the tables."""
        about = {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "dialect": {"lineTerminators": ["\r\n"]},
            "tables": [_described(table, compression) for table in TABLES],
        }
        with syntax.writing(folder / METADATA) as file:
            file.write((json.dumps(about, indent=1) + "\n").encode())

    def reading(self, folder: Path, table: Table) -> Iterator[Row]:
        """Yield the rows of a table."""
        path = next((path for end in _ENDINGS if (path := folder / f"{table.name}{end}").exists()), None)
        if path is None:
            raise FileNotFoundError(f"there is no {table.name}.csv")
        csv.field_size_limit(_LONGEST_CELL)
        with syntax.reading(path) as file:
            lines = csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""), strict=True)
            header = next(lines, [])
            names = [column.name for column in table.columns]
            if header != names:
                raise ValueError(f"the columns are {', '.join(header)}, not {', '.join(names)}")
            for line in lines:
                yield _row(table, line)

    def is_ours(self, name: str) -> bool:
        """Return whether a file of that name may be one of the folder's."""
        return name == METADATA or name in {f"{table.name}{end}" for table in TABLES for end in _ENDINGS}


class _Sheet:
    """A table that is being written."""

    def __init__(self, table: Table, file: io.TextIOWrapper) -> None:
        self.table, self.writer = table, csv.writer(file)
        self.writer.writerow([column.name for column in table.columns])

    def add(self, row: Row) -> None:
        self.writer.writerow([_text(column, row.get(column.name)) for column in self.table.columns])


def _text(column: Column, cell: Cell) -> str:
    if isinstance(cell, list):
        texts = json.dumps(cell, ensure_ascii=False) if cell else ""
        return " ".join(cell) if column.kind is Kind.IDS else texts
    return "" if cell is None else str(cell)


def _row(table: Table, line: list[str]) -> Row:
    if len(line) != len(table.columns):
        raise ValueError(f"a row has {len(line)} cells, not {len(table.columns)}")
    pairs = zip(table.columns, line, strict=True)
    return {column.name: _cell(column, text) for column, text in pairs if not column.copies}


def _cell(column: Column, text: str) -> Cell:
    if column.kind is Kind.IDS:
        return text.split()
    if column.kind is Kind.TEXTS:
        return [str(one) for one in json.loads(text)] if text else []
    if column.kind is Kind.INTEGER and text:
        return int(text)
    return text or None


def _described(table: Table, compression: str) -> dict[str, object]:
    columns = [_column(column, required=column.name in table.key[:2]) for column in table.columns]
    schema = {"columns": columns, "primaryKey": list(table.key)}
    return {"url": f"{table.name}.csv{compression}", "dc:description": table.about, "tableSchema": schema}


def _column(column: Column, *, required: bool) -> dict[str, object]:
    described: dict[str, object] = {"name": column.name, "titles": column.name, "dc:description": column.about}
    described["datatype"] = _DATATYPES.get(column.kind, "string")
    if column.prop:
        described["propertyUrl"] = column.prop
    if column.kind is Kind.IDS:
        described["separator"] = " "
    return described | ({"required": True} if required else {})
