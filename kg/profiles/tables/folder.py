"""A graph as a folder of tables, in whichever file format: written whole or not at all, and read back."""

from __future__ import annotations

import json
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, NoReturn, Protocol

from kg.drafts import drafted
from kg.errors import DataError, Finding, UsageError
from kg.profiles.order import ordered
from kg.profiles.tables.columns import TABLES, CellError
from kg.profiles.tables.copies import REPEATING, Copies
from kg.profiles.tables.reading import quads_of
from kg.profiles.tables.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.profiles.tables.columns import Row, Table

_KEPT_IN_MEMORY = 64 << 20


class Sheet(Protocol):
    """A table that is being written."""

    def add(self, row: Row) -> None:
        """Take one row; a cell that is not in it is empty."""


class FileFormat(Protocol):
    """How a table is one file of a folder."""

    @property
    def mark(self) -> str:
        """The name of a file that every such folder has."""

    def names(self) -> Iterable[str]:
        """Return every name that a file of such a folder may have."""

    def writing(self, folder: Path, table: Table, compression: str) -> AbstractContextManager[Sheet]:
        """Open the file of a table."""

    def finish(self, folder: Path, compression: str) -> None:
        """Write what stands beside the tables."""

    def reading(self, folder: Path, table: Table) -> Iterator[tuple[str, Row]]:
        """Yield the rows of a table, each with its place. Raises DataError where they cannot be read."""


@dataclass(frozen=True, slots=True)
class TableFolder:
    """A form of the graph that is a folder of tables; nothing of a graph is left out."""

    name: str
    summary: str
    files: FileFormat
    cannot: tuple[str, ...] = ()
    ending: str = "a folder"

    def write(self, quads: Iterable[Quad], out: IO[bytes]) -> NoReturn:  # noqa: ARG002 - as a profile has it
        """Raise UsageError: several files do not go where one does."""
        raise UsageError(f"{self.name} is several tables, which do not go to stdout", mend="name a folder with -o")

    def save(self, quads: Iterable[Quad], path: Path) -> None:
        """Write the folder whole or not at all; the same quads in another order give the same bytes.

        CSV files are compressed in a folder that is called .gz or .zst. Raises
        UsageError where something stands that is none of the tables.
        """
        self._refuse_others(path)
        with drafted(path) as draft:
            compression = path.suffix if path.suffix in {".gz", ".zst"} else ""
            self._fill(quads, draft, compression)
            self.files.finish(draft, compression)

    def load(self, path: Path) -> Iterator[Quad]:
        """Yield the quads of a folder; a quad may come twice.

        Raises UsageError if it is no folder, DataError at what cannot be read.
        """
        if not path.is_dir():
            raise UsageError(f"{path} is no folder, and {self.name} is one of tables", mend="name the folder")
        return self._quads(path)

    def _refuse_others(self, path: Path) -> None:
        if not path.exists():
            return
        if not path.is_dir():
            raise UsageError(f"{path} is a file, and {self.name} is several tables", mend="name a folder")
        found = {entry.name for entry in path.iterdir()}
        if others := found.difference(self.files.names()):
            raise UsageError(f"{path} holds {min(others)!r}, which is none of the tables", mend="name another folder")
        if found and self.files.mark not in found:
            raise UsageError(f"{path} holds no {self.files.mark}, and so other tables", mend="name another folder")

    def _fill(self, quads: Iterable[Quad], folder: Path, compression: str) -> None:
        with ExitStack() as stack:
            sheets = {t.name: stack.enter_context(self.files.writing(folder, t, compression)) for t in TABLES}
            later = stack.enter_context(tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY, "w+", encoding="utf-8"))
            seen = Copies()
            for table, row in rows_of(ordered(quads)):
                seen.note(table, row)
                if table.name in REPEATING:
                    later.write(json.dumps([table.name, row]) + "\n")
                else:
                    sheets[table.name].add(row)
            later.seek(0)
            for name, row in map(json.loads, later):
                sheets[name].add(row | seen.of(REPEATING[name], row))

    def _quads(self, folder: Path) -> Iterator[Quad]:
        for table in TABLES:
            for place, row in self.files.reading(folder, table):
                with placed(place):
                    yield from quads_of(table, row)


@contextmanager
def placed(place: str) -> Iterator[None]:
    """Raise DataError with the place where a cell is not what its column says."""
    try:
        yield
    except CellError as error:
        raise not_readable(place, str(error), error.mend) from error


def not_readable(place: object, reason: object, mend: str = "is the folder whole, and as it was written?") -> DataError:
    """Return the error of a file or a row that cannot be read."""
    return DataError([Finding(str(place), "not-readable", str(reason), mend)])
