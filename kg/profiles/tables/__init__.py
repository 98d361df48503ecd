"""The graph as tables for data scientists: Parquet and CSV; docs/tables.md."""

from kg.profiles.tables.csvw import CsvFiles
from kg.profiles.tables.folder import TableFolder
from kg.profiles.tables.parquet import ParquetFiles

PARQUET = TableFolder("parquet", "typed tables of claims and statements, for pandas, polars, DuckDB", ParquetFiles())
CSV_TABLES = TableFolder("csv-tables", "the same tables as CSV on the Web; --format csv is a case to edit", CsvFiles())

__all__ = ["CSV_TABLES", "PARQUET", "TableFolder"]
