"""Tables as Parquet files, through pyarrow (the extra ``tables``)."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.errors import TimeError, UsageError
from kg.profiles.tables.columns import ABOUT, TABLES, CellError, Kind
from kg.profiles.tables.folder import not_readable, placed
from kg.profiles.tables.reading import instant
from kg.vocab import PREFIXES
from kg.when import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from kg.profiles.tables.columns import Cell, Column, Row, Table

ROWS_AT_ONCE = 20_000
"""Rows of a row group."""


class ParquetFiles:
    """Each table a file with zstd inside; the same rows give the same bytes with the same pyarrow."""

    mark = "claims.parquet"

    def names(self) -> set[str]:
        """Return the names of all files."""
        return {_file_name(table) for table in TABLES}

    @contextmanager
    def writing(self, folder: Path, table: Table, compression: str) -> Iterator[_Sheet]:
        """Open the file of a table. Raises UsageError where it is to be compressed once more, or without pyarrow."""
        if compression:
            raise UsageError("Parquet is compressed inside", mend=f"name a folder without {compression}")
        schema = _schema(table)
        with _pyarrow().parquet.ParquetWriter(folder / _file_name(table), schema, compression="zstd") as writer:
            sheet = _Sheet(table, schema, writer)
            yield sheet
            sheet.flush()

    def finish(self, folder: Path, compression: str) -> None:
        """Write nothing more: the files describe themselves."""

    def reading(self, folder: Path, table: Table) -> Iterator[tuple[str, Row]]:
        """Yield the rows of a table, without those columns that repeat others, with file and row."""
        pa, path = _pyarrow(), folder / _file_name(table)
        number = 0
        try:
            with pa.parquet.ParquetFile(path) as file:
                _check_schema(path, file.schema_arrow, _schema(table))
                carried = [column.name for column in table.columns if not column.copies]
                batches = file.iter_batches(ROWS_AT_ONCE, columns=carried)
                for number, row in enumerate((row for batch in batches for row in batch.to_pylist()), 1):
                    place = f"{path}: row {number}"
                    with placed(place):
                        _spell_times(table, row)
                    yield place, row
        except FileNotFoundError as error:
            raise not_readable(path, "there is no such file") from error
        except (pa.ArrowException, OSError, ValueError) as error:
            raise not_readable(f"{path}: after row {number}" if number else path, error) from error


class _Sheet:
    """A table that is being written, a row group at a time."""

    def __init__(self, table: Table, schema: Any, writer: Any) -> None:  # noqa: ANN401 # pyarrow publishes no types
        self.table, self.schema, self.writer = table, schema, writer
        self.rows: list[Row] = []

    def add(self, row: Row) -> None:
        self.rows.append(row)
        if len(self.rows) == ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        rows = [{c.name: _value(c, row.get(c.name)) for c in self.table.columns} for row in self.rows]
        if rows:
            self.writer.write_table(_pyarrow().Table.from_pylist(rows, schema=self.schema))
        self.rows = []


def _pyarrow() -> Any:  # noqa: ANN401 # pyarrow publishes no types
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow", mend="pip install 'conflict-kg[tables]'") from error
    return pa


def _file_name(table: Table) -> str:
    return f"{table.name}.parquet"


def _schema(table: Table) -> Any:  # noqa: ANN401 # pyarrow publishes no types
    told = {"description": table.about, "graph": ABOUT, "prefixes": json.dumps(PREFIXES), "key": " ".join(table.key)}
    return _pyarrow().schema([_field(column) for column in table.columns], told)


def _field(column: Column) -> Any:  # noqa: ANN401 # pyarrow publishes no types
    pa = _pyarrow()
    types = {
        Kind.TIME: pa.timestamp("ms", tz="UTC"),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.IDS: pa.list_(pa.string()),
        Kind.TEXTS: pa.list_(pa.string()),
    }
    told = {"description": column.about, **({"iri": column.prop} if column.prop else {})}
    return pa.field(column.name, types.get(column.kind, pa.string()), nullable=not column.required, metadata=told)


def _check_schema(path: Path, found: Any, expected: Any) -> None:  # noqa: ANN401 # pyarrow publishes no types
    missing = [f"column {name} is missing" for name in expected.names if name not in found.names]
    new = [f"column {name!r} is not known" for name in found.names if name not in expected.names]
    other = [
        f"column {field.name} is {found.field(field.name).type}, not {field.type}"
        for field in expected
        if field.name in found.names and found.field(field.name).type != field.type
    ]
    if told := [*missing, *new, *other]:
        raise not_readable(path, ", ".join(told), "columns and types as docs/tables.md has them")


def _spell_times(table: Table, row: dict[str, Any]) -> None:
    for column in table.columns:
        if column.kind is Kind.TIME and row.get(column.name):
            row[column.name] = _spelt(column, row[column.name])


def _spelt(column: Column, time: datetime) -> str:
    try:
        return written(time)
    except TimeError as error:
        raise CellError(column.name, str(time), "has a fraction of a second", "round it") from error


def _value(column: Column, cell: Cell) -> object:
    return instant(str(cell)) if column.kind is Kind.TIME and cell is not None else cell
