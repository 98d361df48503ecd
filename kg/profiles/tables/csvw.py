"""Tables as CSV files (RFC 4180), described as CSV on the Web in ``csv-metadata.json``."""

from __future__ import annotations

import csv
import io
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.profiles import syntax
from kg.profiles.tables.columns import ABOUT, TABLES, CellError, Kind
from kg.profiles.tables.folder import not_readable, placed
from kg.profiles.tables.reading import instant
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.profiles.tables.columns import Cell, Column, Row, Table

METADATA = "csv-metadata.json"
"""The name by which CSV on the Web finds the description of a folder (section 5.3 of its tabular data model)."""
_COMPRESSIONS = ("", ".gz", ".zst")
_DATATYPES: dict[Kind, str] = {
    Kind.TIME: "dateTimeStamp",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "double",
    Kind.TEXTS: "json",
}
_LONGEST_CELL = (1 << 31) - 1


class CsvFiles:
    """Each table a file with its names in the first line; an empty cell says nothing."""

    mark = METADATA

    def names(self) -> set[str]:
        """Return the names of all files, compressed or not."""
        return {METADATA, *(_file_name(table, end) for table in TABLES for end in _COMPRESSIONS)}

    @contextmanager
    def writing(self, folder: Path, table: Table, compression: str) -> Iterator[_Sheet]:
        """Open the file of a table."""
        with syntax.writing(folder / _file_name(table, compression)) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="")
            yield _Sheet(table, text)
            text.flush()
            text.detach()

    def finish(self, folder: Path, compression: str) -> None:
        """Write the description of the tables."""
        about = {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "dc:description": ABOUT,
            "notes": [{"prefix": prefix, "namespace": namespace} for prefix, namespace in PREFIXES.items()],
            "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
            "tables": [_described(table, compression) for table in TABLES],
        }
        with syntax.writing(folder / METADATA) as file:
            file.write((json.dumps(about, indent=1) + "\n").encode())

    def reading(self, folder: Path, table: Table) -> Iterator[tuple[str, Row]]:
        """Yield the rows of a table with file and line. Raises DataError where the description has no such table."""
        path = _file_of(folder, table)
        csv.field_size_limit(_LONGEST_CELL)
        with syntax.reading(path) as file:
            lines = csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""), strict=True)
            try:
                _check_header(path, table, next(lines, []))
                for line in lines:
                    place = f"{path}:{lines.line_num}"
                    with placed(place):
                        row = _row(table, line)
                    yield place, row
            except csv.Error as error:
                raise not_readable(f"{path}:{lines.line_num}", error) from error


class _Sheet:
    """A table that is being written."""

    def __init__(self, table: Table, file: io.TextIOWrapper) -> None:
        self.table, self.writer = table, csv.writer(file)
        self.writer.writerow([column.name for column in table.columns])

    def add(self, row: Row) -> None:
        self.writer.writerow([_text(column, row.get(column.name)) for column in self.table.columns])


def _file_name(table: Table, compression: str) -> str:
    return f"{table.name}.csv{compression}"


def _text(column: Column, cell: Cell) -> str:
    if isinstance(cell, list):
        texts = json.dumps(cell, ensure_ascii=False) if cell else ""
        return " ".join(cell) if column.kind is Kind.IDS else texts
    return "" if cell is None else str(cell)


def _file_of(folder: Path, table: Table) -> Path:
    """Return the file of a table, as the description names it."""
    path = folder / METADATA
    try:
        with syntax.reading(path) as file:
            about = json.loads(file.read())
        described = {one["url"] for one in about["tables"]}
    except OSError as error:
        raise not_readable(path, f"the description of the tables: {error.strerror}") from error
    except (KeyError, TypeError) as error:
        raise not_readable(path, f"it describes no tables: {error}") from error
    url = next((url for end in _COMPRESSIONS if (url := _file_name(table, end)) in described), None)
    if url is None:
        raise not_readable(path, f"it describes no table {table.name}")
    if not (folder / url).is_file():
        raise not_readable(folder / url, f"there is no such file, and {METADATA} describes it")
    return folder / url


def _check_header(path: Path, table: Table, found: list[str]) -> None:
    names = [column.name for column in table.columns]
    if found == names:
        return
    missing, new = [name for name in names if name not in found], [name for name in found if name not in names]
    told = [f"column {name} is missing" for name in missing] + [f"column {name!r} is not known" for name in new]
    raise not_readable(
        f"{path}:1", ", ".join(told) or "the columns are in another order", f"they are {','.join(names)}"
    )


def _row(table: Table, line: list[str]) -> Row:
    if len(line) != len(table.columns):
        last = table.columns[min(len(line), len(table.columns)) - 1].name
        raise CellError(last, len(line), f"cells stand in a row of {len(table.columns)}", "is a comma without quotes?")
    pairs = zip(table.columns, line, strict=True)
    return {column.name: _cell(column, text) for column, text in pairs if not column.copies}


def _cell(column: Column, text: str) -> Cell:
    if column.kind is Kind.IDS:
        return text.split(" ") if text else []
    if column.kind is Kind.TEXTS:
        return _texts(column, text) if text else []
    if column.kind is Kind.INTEGER and text:
        return _integer(column, text)
    if column.kind is Kind.TIME and text:
        _check_instant(column, text)
    return text or None


def _texts(column: Column, text: str) -> list[str]:
    try:
        found: Any = json.loads(text)
    except ValueError:
        found = None
    if not (isinstance(found, list) and all(isinstance(one, str) for one in found)):
        raise CellError(column.name, text, "is no JSON list of texts", 'as in ["a", "b"]')
    return found


def _integer(column: Column, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise CellError(column.name, text, "is no whole number", "write digits") from error


def _check_instant(column: Column, text: str) -> None:
    try:
        instant(text)
    except ValueError as error:
        raise CellError(column.name, text, "is no instant in UTC", "as in 2022-09-12T20:05:00Z") from error


def _described(table: Table, compression: str) -> dict[str, object]:
    schema = {"columns": [_column(column) for column in table.columns], "primaryKey": list(table.key)}
    return {"url": _file_name(table, compression), "dc:description": table.about, "tableSchema": schema}


def _column(column: Column) -> dict[str, object]:
    described: dict[str, object] = {"name": column.name, "titles": column.name, "dc:description": column.about}
    described["datatype"] = _DATATYPES.get(column.kind, "string")
    if column.prop:
        described["propertyUrl"] = column.prop
    if column.kind is Kind.IDS:
        described["separator"] = " "
    return described | ({"required": True} if column.required else {"null": ""})
