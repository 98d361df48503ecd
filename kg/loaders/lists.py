"""Registers of things and of sources: CSV tables, one a row.

``graphs/registers/README.md`` says what the columns mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.claim import Source, Thing
from kg.keys import INTEGER, LABELS, SEVERAL, SINGLE, SOURCE_COLUMNS, THING_COLUMNS, time_columns
from kg.loaders.desk import Written
from kg.loaders.marks import label, mark, sorted_marks
from kg.loaders.names import mend_for
from kg.loaders.table import Row, check_header, read_table
from kg.terms import classes, subclasses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.loaders.desk import Desk
    from kg.loaders.marks import Mark
    from kg.when import Interval, Reading

HEX = frozenset("0123456789abcdef")
SHA256_LENGTH = 64


def read_things(path: Path, desk: Desk, text: str | None = None) -> tuple[Thing, ...]:
    """Return the things of a ``things-*.csv`` register."""
    table = read_table(path, text)
    check_header(table, THING_COLUMNS, LABELS, desk)
    return tuple(thing for thing in (_thing(row, desk) for row in table.rows) if thing)


def _thing(row: Row, desk: Desk) -> Thing | None:
    iri = desk.define(row.cell("id") or "", row.place)
    kind = _kind(row, classes(), desk)
    marks = sorted_marks(_marks(row, desk))
    return Thing(iri, kind, marks) if iri and kind else None


def _kind(row: Row, known: Iterable[str], desk: Desk) -> str | None:
    kind, known = row.cell("type") or "", set(known)
    if kind in known:
        return kind
    desk.find(row.place, "unknown-class", f"no class is called {kind!r}", mend_for(kind, known, "see ontology/"))
    return None


def _marks(row: Row, desk: Desk) -> Iterator[Mark | None]:
    for column in row.cells:
        name, _, tag = column.partition("@")
        if name in LABELS and tag:
            yield from (label(name, tag, text, row.place, desk) for text in row.several(column))
        elif column in SINGLE and (whole := row.cell(column)):
            yield mark(column, whole, row.place, desk)
        elif column in SEVERAL:
            yield from (mark(column, text, row.place, desk) for text in row.several(column))


def read_sources(path: Path, desk: Desk, text: str | None = None) -> tuple[Source, ...]:
    """Return the sources of a ``sources.csv`` register."""
    table = read_table(path, text)
    check_header(table, SOURCE_COLUMNS, (), desk)
    return tuple(source for source in (_source(row, desk) for row in table.rows) if source)


def _source(row: Row, desk: Desk) -> Source | None:
    iri = desk.define(row.cell("id") or "", row.place)
    kind = _kind(row, set(subclasses("Source")) - {"Source"}, desk)
    title = row.cell("title")
    if not title:
        desk.find(row.place, "missing-cell", "'title' is empty", "fill it in")
    publisher = desk.point(row.cell("publisher") or "", row.place)
    published = read_time(row, desk, "published") if row.cell("published") else None
    side = row.cell("sourceKind")
    count = row.cell("characterCount")
    length = desk.literal(count, INTEGER, row.place, "characterCount") if count else None
    source_kind = desk.entry("sourceKinds", side, row.place, "sourceKind") if side else None
    digest = _sha256(row, desk)
    if not (iri and kind and title and publisher):
        return None
    return Source(
        iri, kind, title, publisher, language=row.cell("language"), url=row.cell("url"), published=published,
        sha256=digest, character_count=int(length.text) if length else None, note=row.cell("note"),
        identifiers=tuple(sorted(set(row.several("reference")))), source_kind=source_kind,
    )  # fmt: skip


def _sha256(row: Row, desk: Desk) -> str | None:
    text = row.cell("sha256")
    if text and not (len(text) == SHA256_LENGTH and set(text) <= HEX):
        desk.find(row.place, "not-a-name", f"{text!r} is no sha256", "write a sha256 as 64 lower-case hex digits")
        return None
    return text


def read_time(row: Row, desk: Desk, column: str, said: Interval | None = None) -> Reading | None:
    """Return the time of a column; a mode that is not given is some time within."""
    zone, mode, begin, end, words = (row.cell(name) for name in time_columns(column))
    written = Written(row.cell(column) or "", zone, mode or "someTimeWithin", begin, end, words, said)
    return desk.time(written, lambda _: row.place)
