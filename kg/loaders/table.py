"""CSV tables with the line of every row: cells, cells of several values, headings.

It knows how a table is written and not what its columns mean.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import DataError, Finding
from kg.loaders.names import mend_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.loaders.desk import Desk

_SEPARATOR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register and the line it begins on."""

    path: Path
    line: int
    cells: dict[str, str]

    @property
    def place(self) -> str:
        """Return ``file:line`` of the row."""
        return f"{self.path}:{self.line}"

    def cell(self, name: str) -> str | None:
        """Return a cell without its surrounding blanks, or None if it is empty."""
        return self.cells.get(name, "").strip() or None

    def several(self, name: str) -> list[str]:
        r"""Return the values of a cell that holds several; ``\|`` is a bar inside a value."""
        cell = self.cells.get(name)
        if not cell:
            return []
        parts = _SEPARATOR.split(cell) if "|" in cell else [cell]
        return [part.strip().replace(r"\|", "|") for part in parts if part.strip()]


@dataclass(frozen=True, slots=True)
class Table:
    """A register as it is written: its headings and its rows."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, text: str | None = None) -> Table:
    """Return a register with its lines; ``text`` is read in place of the file.

    Raises DataError for a file that is not UTF-8, has no header, or has a row
    with more or fewer cells than the header.
    """
    try:
        written = path.read_bytes().decode("utf-8") if text is None else text
        reader = csv.reader(io.StringIO(written, newline=""), strict=True)
        header = next(reader, None)
        if not header:
            raise DataError([Finding(f"{path}:1", "csv", "the table is empty", "give it a header row")])
        return Table(path, tuple(header), tuple(_rows(path, header, reader, lambda: reader.line_num)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError([Finding(f"{path}:1", "csv", str(error), "write the table as UTF-8 CSV (RFC 4180)")]) from error


def _rows(path: Path, header: list[str], reader: Iterable[list[str]], lines_read: Callable[[], int]) -> Iterator[Row]:
    line = lines_read() + 1
    for cells in reader:
        if len(cells) != len(header):
            message = f"{len(cells)} cells under {len(header)} headings"
            raise DataError([Finding(f"{path}:{line}", "csv", message, "quote cells that hold commas")])
        yield Row(path, line, dict(zip(header, cells, strict=True)))
        line = lines_read() + 1


def check_header(table: Table, known: Iterable[str], tagged: Iterable[str], desk: Desk) -> None:
    """Note every column that nobody would read; ``tagged`` ones take a language, as ``label@hy``."""
    known, tagged, place = set(known), set(tagged), f"{table.path}:1"
    for name in table.header:
        stem, _, tag = name.partition("@")
        if name not in known and not (stem in tagged and tag):
            desk.find(place, "unknown-column", f"column {name!r} is not known here", mend_for(name, known, "drop it"))
        if table.header.count(name) > 1:
            desk.find(place, "column-twice", f"column {name!r} stands twice", "keep one of the two")
