"""Tables as Parquet files, through pyarrow (the extra ``tables``)."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.profiles.tables.columns import TABLES, Kind
from kg.when import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.profiles.tables.columns import Column, Table
    from kg.profiles.tables.rows import Cell, Row

ROWS_AT_ONCE = 20_000
"""Rows of a row group."""


class ParquetFiles:
    """Each table a file with zstd inside; the same rows give the same bytes with the same pyarrow."""

    mark = "claims.parquet"

    @contextmanager
    def writing(self, folder: Path, table: Table, compression: str) -> Iterator[_Sheet]:
        """Open the file of a table; it is compressed inside, so the folder's name asks for nothing more."""
        parquet = _pyarrow("parquet")
        if compression:
            raise UsageError("Parquet is compressed inside", mend=f"name a folder without {compression}")
        schema = _schema(table)
        with parquet.ParquetWriter(folder / f"{table.name}.parquet", schema, compression="zstd") as writer:
            sheet = _Sheet(table, schema, writer)
            yield sheet
            sheet.flush()

    def finish(self, folder: Path, compression: str) -> None:
        """Write nothing more: the files describe themselves."""

    def reading(self, folder: Path, table: Table) -> Iterator[Row]:
        """Yield the rows of a table without the columns that repeat others."""
        parquet = _pyarrow("parquet")
        with parquet.ParquetFile(folder / f"{table.name}.parquet") as file:
            _refuse_other_columns(file.schema_arrow, _schema(table))
            carried = [column.name for column in table.columns if not column.copies]
            times = [column.name for column in table.columns if column.kind is Kind.TIME and not column.copies]
            for batch in file.iter_batches(ROWS_AT_ONCE, columns=carried):
                for row in batch.to_pylist():
                    yield row | {name: written(row[name]) for name in times if row[name]}

    def is_ours(self, name: str) -> bool:
        """Return whether a file of that name may be one of the folder's."""
        return name in {f"{table.name}.parquet" for table in TABLES}


def _pyarrow(module: str = "") -> Any:  # noqa: ANN401 # pyarrow publishes no types
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow", mend="pip install 'conflict-kg[tables]'") from error
    return getattr(pa, module) if module else pa


def _schema(table: Table) -> Any:  # noqa: ANN401 # same
    pa = _pyarrow()
    return pa.schema([_field(column) for column in table.columns], {"description": table.about})


def _field(column: Column) -> Any:  # noqa: ANN401 # same
    pa = _pyarrow()
    types = {
        Kind.TIME: pa.timestamp("ms", tz="UTC"),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.IDS: pa.list_(pa.string()),
        Kind.TEXTS: pa.list_(pa.string()),
    }
    about = {"description": column.about, **({"iri": column.prop} if column.prop else {})}
    return pa.field(column.name, types.get(column.kind, pa.string()), metadata=about)


def _refuse_other_columns(found: Any, expected: Any) -> None:  # noqa: ANN401 # same
    if not found.equals(expected):
        wrong = [name for name in {*found.names, *expected.names} if _column(found, name) != _column(expected, name)]
        raise ValueError(f"the columns {', '.join(sorted(wrong))} are missing, new, or of another type")


def _column(schema: Any, name: str) -> object:  # noqa: ANN401 # same
    return schema.field(name).type if name in schema.names else None


class _Sheet:
    """A table that is being written, a row group at a time."""

    def __init__(self, table: Table, schema: Any, writer: Any) -> None:  # noqa: ANN401 # same
        self.table, self.schema, self.writer = table, schema, writer
        self.rows: list[Row] = []

    def add(self, row: Row) -> None:
        self.rows.append(row)
        if len(self.rows) == ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        pa, rows = _pyarrow(), self.rows
        columns = [
            pa.array([_value(c, row.get(c.name)) for row in rows], self.schema.field(c.name).type)
            for c in self.table.columns
        ]
        if rows:
            self.writer.write_table(pa.Table.from_arrays(columns, schema=self.schema))
        self.rows = []


def _value(column: Column, cell: Cell) -> object:
    return datetime.fromisoformat(str(cell)) if column.kind is Kind.TIME and cell is not None else cell
