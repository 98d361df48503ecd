"""What columns repeat of other tables, where one looks for it: times, how they were written, what a claim is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.profiles.tables.columns import CLAIM_STATEMENTS, CLAIMS, INTERVALS, READINGS, SOURCES, STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.profiles.tables.columns import Cell, Row, Table

REPEATING = {table.name: table for table in (CLAIMS, SOURCES, STATEMENTS)}
"""Tables with such columns, which therefore are written after the others."""


class Copies:
    """What has been seen of a graph that rows of other tables repeat."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._rows: dict[Table, dict[Cell, Mapping[str, Cell]]] = {INTERVALS: {}, READINGS: {}}
        self._subjects: dict[Cell, str] = {}
        self._statements: dict[tuple[Cell, Cell], list[Cell]] = {}

    def note(self, table: Table, row: Row) -> None:
        """Remember of a row what others repeat."""
        if table in self._rows:
            said = {name: cell for name, cell in row.items() if name != "graph"}
            # Two nodes of one name that differ: nothing is repeated of either.
            if self._rows[table].setdefault(row[table.node], said) != said:
                self._rows[table][row[table.node]] = {}
        elif table is STATEMENTS and row["subject"]:
            self._subjects[row["statement"]] = str(row["subject"])
        elif table is CLAIM_STATEMENTS:
            self._statements.setdefault((row["graph"], row["claim"]), []).append(row["statement"])

    def of(self, table: Table, row: Row) -> Row:
        """Return the cells of a row that repeat what others say."""
        if table is STATEMENTS:
            interval = self._row(INTERVALS, row["held"])
            return {f"held_{name}": cell for name, cell in interval.items() if name != "interval"}
        if table is SOURCES:
            return self._time("published", row)
        statements = self._statements.get((row["graph"], row["claim"]), [])
        about: list[str] = sorted({self._subjects[one] for one in statements if one in self._subjects})
        return self._time("said", row) | {"subjects": about}

    def _time(self, stem: str, row: Row) -> Row:
        """Return the outer bounds of a time and how it was written; a table takes of them what it has columns for."""
        interval, reading = self._row(INTERVALS, row[stem]), self._row(READINGS, row[f"{stem}_reading"])
        return {
            f"{stem}_earliest": interval.get("begin_earliest"), f"{stem}_latest": interval.get("end_latest"),
            f"{stem}_precision": interval.get("precision"), f"{stem}_notation": reading.get("notation"),
            f"{stem}_zone": reading.get("zone"), f"{stem}_as_written": reading.get("as_written"),
        }  # fmt: skip

    def _row(self, table: Table, name: Cell) -> Mapping[str, Cell]:
        return self._rows[table].get(name, {})
