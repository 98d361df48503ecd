"""Registers: CSV tables of things, of sources, and of claims (one a row).

``things-*.csv`` hold timeless identity, ``sources.csv`` what the rows cite, any
other ``*.csv`` claims: one row is one claim of its source with one statement.
``graphs/registers/README.md`` says what the columns mean. Files that begin with
``left_out`` are about the registers and are not read.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.claim import LINKS, Claim, Literal, Source, Statement, Thing, fact_order
from kg.errors import DataError, Finding, KgError
from kg.iri import term
from kg.loaders.desk import Written
from kg.loaders.names import mend_for
from kg.terms import classes, predicates
from kg.vocab import DCTERMS, RDF, RDFS, SKOS
from kg.when import instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from kg.claim import Fact, Iri, Value
    from kg.loaders.desk import Desk
    from kg.when import Interval, Reading

LANG_STRING = RDF + "langString"
IDENTIFIER = DCTERMS + "identifier"
LABELS = {"label": RDFS + "label", "altLabel": SKOS + "altLabel"}
SEPARATOR = "|"
THING_COLUMNS = {"id", "type", "identifier", "organOf", "latitude", "longitude", "reference"}
SOURCE_COLUMNS = {
    "id", "type", "title", "publisher", "url", "language", "published", "publishedZone", "note", "reference",
}  # fmt: skip
CLAIM_COLUMNS = {
    "id", "source", "speaker", "stance", "said", "saidZone", "recorded", "subject", "held", "zone", "mode", "begin",
    "end", "heldAsWritten", "certainty", "sourcing", "gist", "note", "reference", *LINKS,
}  # fmt: skip
CLAIM_NEEDS = ("id", "source", "speaker", "stance", "said", "recorded", "subject", "held", "mode", "gist")


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
        """Return the values of a cell that holds several."""
        return [part.strip() for part in (self.cell(name) or "").split(SEPARATOR) if part.strip()]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a register with their lines.

    Raises DataError for a file that is not UTF-8, has no header, or has a row
    with more or fewer cells than the header.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(_rows(path, csv.reader(file, strict=True)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError([Finding(f"{path}:1", "csv", str(error), "write the table as UTF-8 CSV (RFC 4180)")]) from error


def _rows(path: Path, reader: Iterator[list[str]]) -> Iterator[Row]:
    header = next(reader, None)
    if not header:
        raise DataError([Finding(f"{path}:1", "csv", "the table is empty", "give it a header row")])
    line = 2
    for cells in reader:
        if len(cells) != len(header):
            message = f"{len(cells)} cells under {len(header)} headings"
            raise DataError([Finding(f"{path}:{line}", "csv", message, "quote cells that hold commas")])
        yield Row(path, line, dict(zip(header, cells, strict=True)))
        line = reader.line_num + 1  # type: ignore[attr-defined] # csv readers count lines; Iterator has no such word


def check_header(path: Path, rows: list[Row], known: Iterable[str], desk: Desk) -> None:
    """Note every column that nobody would read."""
    known = set(known)
    for name in rows[0].cells if rows else ():
        if name not in known and name.partition("@")[0] not in LABELS:
            desk.find(
                f"{path}:1", "unknown-column", f"column {name!r} is not known here", mend_for(name, known, "drop it")
            )


def read_things(path: Path, desk: Desk) -> tuple[Thing, ...]:
    """Return the things of a ``things-*.csv`` register."""
    rows = read_rows(path)
    check_header(path, rows, THING_COLUMNS, desk)
    return tuple(thing for thing in (_thing(row, desk) for row in rows) if thing)


def _thing(row: Row, desk: Desk) -> Thing | None:
    iri = desk.define(row.cell("id") or "", row.place)
    kind = row.cell("type") or ""
    if kind not in classes():
        desk.find(
            row.place, "unknown-class", f"no class is called {kind!r}", mend_for(kind, classes(), "see ontology/")
        )
        return None
    marks: list[tuple[str, Value]] = []
    for column in row.cells:
        name, _, language = column.partition("@")
        if name in LABELS and language:
            marks.extend((LABELS[name], Literal(text, LANG_STRING, language)) for text in row.several(column))
    marks.extend((IDENTIFIER, Literal(text)) for text in (*row.several("identifier"), *row.several("reference")))
    owners = (desk.point(owner, row.place) for owner in row.several("organOf"))
    marks.extend((term("organOf"), owner) for owner in owners if owner)
    return Thing(iri, kind, tuple(marks)) if iri else None


def read_sources(path: Path, desk: Desk) -> tuple[Source, ...]:
    """Return the sources of a ``sources.csv`` register."""
    rows = read_rows(path)
    check_header(path, rows, SOURCE_COLUMNS, desk)
    return tuple(source for source in (_source(row, desk) for row in rows) if source)


def _source(row: Row, desk: Desk) -> Source | None:
    iri = desk.define(row.cell("id") or "", row.place)
    publisher = desk.point(row.cell("publisher") or "", row.place)
    published = _time(row, desk, "published", "publishedZone", None) if row.cell("published") else None
    if iri is None or publisher is None:
        return None
    return Source(
        iri, row.cell("type") or "", row.cell("title") or "", publisher,
        language=row.cell("language"), url=row.cell("url"), published=published,
        note=row.cell("note"), identifier=row.cell("reference"),
    )  # fmt: skip


def read_claims(path: Path, desk: Desk) -> tuple[Claim, ...]:
    """Return the claims of a register, one a row."""
    rows = read_rows(path)
    check_header(path, rows, CLAIM_COLUMNS | set(predicates()), desk)
    return tuple(claim for claim in (_claim(row, desk) for row in rows) if claim)


def _claim(row: Row, desk: Desk) -> Claim | None:
    missing = [name for name in CLAIM_NEEDS if not row.cell(name)]
    for name in missing:
        desk.find(row.place, "missing-cell", f"{name!r} is empty", "fill it in")
    if missing:
        return None
    iri = desk.define(f"claim:{row.path.stem}-{row.cell('id')}", row.place)
    source, speaker = (desk.point(row.cell(name) or "", row.place) for name in ("source", "speaker"))
    stance = desk.concept(row.cell("stance") or "", row.place, "stance")
    said = _time(row, desk, "said", "saidZone", None)
    content = _statement(row, desk, said.interval if said else None)
    recorded = _recorded(row, desk)
    if not (iri and source and speaker and stance and said and content and recorded):
        return None
    links = tuple((name, target) for name in LINKS for target in _pointed(row, name, desk))
    return Claim(
        iri, source, speaker, stance, said, recorded, row.cell("gist") or "",
        content=(content[0],), held=(content[1],), certainty=row.cell("certainty"), sourcing=row.cell("sourcing"),
        note=row.cell("note"), identifier=row.cell("reference"), links=links,
    )  # fmt: skip


def _recorded(row: Row, desk: Desk) -> datetime | None:
    try:
        return instant(row.cell("recorded") or "")
    except KgError as error:
        desk.find(row.place, "recorded", error.message, "write it in UTC, as 2026-11-22T20:00:00Z")
        return None


def _pointed(row: Row, column: str, desk: Desk) -> Iterator[Iri]:
    for name in row.several(column):
        iri = desk.point(name, row.place)
        if iri:
            yield iri


def _statement(row: Row, desk: Desk, said: Interval | None) -> tuple[Statement, Reading] | None:
    subject = desk.point(row.cell("subject") or "", row.place)
    held = _time(row, desk, "held", "zone", said)
    facts: set[Fact] = set()
    for name in sorted(set(row.cells) & set(predicates())):
        predicate = predicates()[name]
        for text in [row.cell(name) or ""] if predicate.datatype else row.several(name):
            value = desk.value(predicate, text, row.place) if text else None
            facts |= {(name, value)} if value else set()
    if not facts:
        desk.find(row.place, "empty-statement", "the row states nothing", "fill in the cell of a predicate")
    if subject is None or held is None or not facts:
        return None
    return Statement(subject, tuple(sorted(facts, key=fact_order)), held.interval), held


def _time(row: Row, desk: Desk, column: str, zone: str, said: Interval | None) -> Reading | None:
    held = column == "held"
    written = Written(
        row.cell(column) or "", row.cell(zone), (row.cell("mode") if held else None) or "someTimeWithin",
        row.cell("begin") if held else None, row.cell("end") if held else None,
        row.cell("heldAsWritten") if held else None, said,
    )  # fmt: skip
    return desk.time(written, lambda _: row.place)
