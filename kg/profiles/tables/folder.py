"""A graph as a folder of tables, in whichever file format: written whole or not at all, and read back."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, NoReturn, Protocol

from kg.errors import DataError, Finding, UsageError
from kg.profiles.order import ordered
from kg.profiles.tables.columns import CLAIM_STATEMENTS, CLAIMS, INTERVALS, READINGS, SOURCES, STATEMENTS, TABLES
from kg.profiles.tables.rows import quads_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.profiles.tables.columns import Table
    from kg.profiles.tables.rows import Cell, Row

_WAITING = {CLAIMS.name: CLAIMS, SOURCES.name: SOURCES, STATEMENTS.name: STATEMENTS}
"""Tables that repeat what others say, and so are written after them."""
_KEPT_IN_MEMORY = 64 << 20


class Sheet(Protocol):
    """A table that is being written."""

    def add(self, row: Row) -> None:
        """Take one row."""


class FileFormat(Protocol):
    """How a table is one file of a folder."""

    @property
    def mark(self) -> str:
        """The name of a file that every such folder has."""

    def writing(self, folder: Path, table: Table, compression: str) -> AbstractContextManager[Sheet]:
        """Open the file of a table."""

    def finish(self, folder: Path, compression: str) -> None:
        """Write what stands beside the tables."""

    def reading(self, folder: Path, table: Table) -> Iterator[Row]:
        """Yield the rows of a table. Raises ValueError or OSError where they cannot be read."""

    def is_ours(self, name: str) -> bool:
        """Return whether a file of that name may be one of the folder's."""


@dataclass(frozen=True, slots=True)
class TableFolder:
    """A form of the graph that is a folder of tables."""

    name: str
    summary: str
    files: FileFormat
    cannot: tuple[str, ...] = ()
    ending: str = "a folder"

    @property
    def mark(self) -> str:
        """Return the name of a file that every such folder has."""
        return self.files.mark

    def write(self, quads: Iterable[Quad], out: IO[bytes]) -> NoReturn:  # noqa: ARG002 - as a profile has it
        """Raise UsageError: several files do not go where one does."""
        raise UsageError(f"{self.name} is several tables, which do not go to stdout", mend="name a folder with -o")

    def save(self, quads: Iterable[Quad], path: Path) -> tuple[str, ...]:
        """Write the folder; nothing of a graph is left out. Raises UsageError where something else stands there."""
        self._refuse_others(path)
        with _drafting(path) as draft:
            compression = path.suffix if path.suffix in {".gz", ".zst"} else ""
            self._fill(quads, draft, compression)
            self.files.finish(draft, compression)
        return ()

    def load(self, path: Path) -> Iterator[Quad]:
        """Yield the quads of a folder. Raises DataError for what cannot be read, UsageError if it is no folder."""
        if not path.is_dir():
            raise UsageError(f"{path} is no folder, and {self.name} is one of tables", mend="name the folder")
        return self._quads(path)

    def _refuse_others(self, path: Path) -> None:
        if path.exists() and not path.is_dir():
            raise UsageError(f"{path} is a file, and {self.name} is several tables", mend="name a folder")
        others = (
            sorted(entry.name for entry in path.iterdir() if not self.files.is_ours(entry.name))
            if path.exists()
            else []
        )
        if others:
            raise UsageError(f"{path} holds {others[0]!r}, which is none of the tables", mend="name another folder")

    def _fill(self, quads: Iterable[Quad], folder: Path, compression: str) -> None:
        with ExitStack() as stack:
            sheets = {t.name: stack.enter_context(self.files.writing(folder, t, compression)) for t in TABLES}
            later = stack.enter_context(tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY, "w+", encoding="utf-8"))
            known = _Known()
            for table, row in rows_of(ordered(quads)):
                known.note(table, row)
                if table.name in _WAITING:
                    later.write(json.dumps([table.name, row]) + "\n")
                else:
                    sheets[table.name].add(row)
            later.seek(0)
            for name, row in map(json.loads, later):
                sheets[name].add(row | known.copies(_WAITING[name], row))

    def _quads(self, folder: Path) -> Iterator[Quad]:
        for table in TABLES:
            number = 0
            try:
                for number, row in enumerate(self.files.reading(folder, table), 1):  # noqa: B007 # the error says it
                    yield from quads_of(table, row)
            except (ValueError, KeyError, OSError, EOFError) as error:
                place = f"{folder}/{table.name}: after row {number}" if number else f"{folder}/{table.name}"
                mend = "is the folder whole, and as it was written?"
                raise DataError([Finding(place, "not-readable", str(error), mend)]) from error


@contextmanager
def _drafting(path: Path) -> Iterator[Path]:
    """Give a folder to fill, which then stands under its name in the place of an older one."""
    draft, old = (path.with_name(f".{path.name}.{what}") for what in ("draft", "old"))
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
        if path.exists():
            path.replace(old)
        draft.replace(path)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


class _Known:
    """What columns repeat of other tables: times, how they were written, what statements are about."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[Cell, Mapping[str, Cell]]] = {INTERVALS.name: {}, READINGS.name: {}}
        self.subjects: dict[Cell, Cell] = {}
        self.of_claims: dict[tuple[Cell, Cell], list[str]] = {}

    def note(self, table: Table, row: Row) -> None:
        if table.name in self.rows:
            said = {name: cell for name, cell in row.items() if name != "graph"}
            rows = self.rows[table.name]
            # Two nodes of one name that differ: nothing is repeated of either.
            if rows.setdefault(row[table.columns[1].name], said) != said:
                rows[row[table.columns[1].name]] = {}
        elif table is STATEMENTS:
            self.subjects[row["statement"]] = row["subject"]
        elif table is CLAIM_STATEMENTS:
            self.of_claims.setdefault((row["graph"], row["claim"]), []).append(str(row["statement"]))

    def copies(self, table: Table, row: Row) -> Row:
        if table is STATEMENTS:
            return {f"held_{name}": cell for name, cell in self._interval(row["held"]).items() if name != "interval"}
        stem = "said" if table is CLAIMS else "published"
        interval, reading = self._interval(row[stem]), self.rows[READINGS.name].get(row[f"{stem}_reading"], {})
        cells: Row = {
            f"{stem}_earliest": interval.get("begin_earliest"), f"{stem}_latest": interval.get("end_latest"),
            f"{stem}_notation": reading.get("notation"), f"{stem}_zone": reading.get("zone"),
        }  # fmt: skip
        if table is not CLAIMS:
            return cells
        statements = self.of_claims.get((row["graph"], row["claim"]), [])
        about = {str(self.subjects[one]) for one in statements if one in self.subjects}
        more = {"said_precision": interval.get("precision"), "said_as_written": reading.get("as_written")}
        return cells | more | {"subjects": sorted(about)}

    def _interval(self, name: Cell) -> Mapping[str, Cell]:
        return self.rows[INTERVALS.name].get(name, {})
