"""Registers of claims: CSV tables, one statement a row.

Rows with the same ``id``, one after the other, are one claim with several
statements; a row without subject, held and predicate is a claim without
content. ``graphs/registers/README.md`` says what the columns mean.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from kg.claim import CLAIM_LISTS, LINKS, Claim, Passage, Statement, fact_order
from kg.keys import CLAIM_COLUMNS, LISTED, STATEMENT_COLUMNS
from kg.loaders.lists import read_time
from kg.loaders.rules import broken_by, empty_passage, out_of_order
from kg.loaders.table import Row, check_header, read_table
from kg.terms import predicates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.claim import Fact, Iri
    from kg.loaders.desk import Desk
    from kg.loaders.rules import Broken
    from kg.terms import Predicate
    from kg.when import Interval, Reading

NEEDED = ("id", "source", "speaker", "stance", "said", "recorded", "gist")
NEEDED_TO_STATE = ("subject", "held", "mode")
FURTHER = re.compile(r"^(?P<name>[A-Za-z]+)#[2-9]$")
"""``wording#2``: a second text of one predicate in one statement."""

_PASSAGE = re.compile(r"(\d+)-(\d+) ([0-9a-f]{64})", re.ASCII)
Columns = dict[str, "Predicate"]


def read_claims(path: Path, desk: Desk, text: str | None = None) -> tuple[Claim, ...]:
    """Return the claims of a register; ``text`` is read in place of the file."""
    table = read_table(path, text)
    columns = _predicates(table.header)
    known = {"id", *CLAIM_COLUMNS, *STATEMENT_COLUMNS, *predicates(), *columns}
    check_header(table, known, (), desk)
    groups = (list(rows) for _, rows in groupby(table.rows, key=lambda row: row.cell("id") or row.place))
    return tuple(claim for claim in (_claim(rows, columns, desk) for rows in groups) if claim)


def _predicates(header: Sequence[str]) -> Columns:
    """Return the columns that hold values of predicates, sorted, each with its predicate."""
    stems = {column: (match["name"] if (match := FURTHER.match(column)) else column) for column in sorted(header)}
    return {column: predicates()[stem] for column, stem in stems.items() if stem in predicates()}


def _claim(rows: list[Row], columns: Columns, desk: Desk) -> Claim | None:
    row = rows[0]
    _check_same(rows, desk)
    if not _filled(row, NEEDED, desk):
        return None
    name = row.cell("id") or ""
    iri = desk.define(name if ":" in name else f"claim:{row.path.stem}-{name}", row.place)
    source, speaker = (desk.point(row.cell(key) or "", row.place) for key in ("source", "speaker"))
    stance = desk.entry("stances", row.cell("stance") or "", row.place, "stance")
    certainty, sourcing, quotation = (_entry(row, key, scheme, desk) for key, scheme in CLAIM_LISTS.items())
    said, recorded = read_time(row, desk, "said"), desk.recorded(row.cell("recorded") or "", row.place)
    links = tuple((link, target) for link in LINKS for target in _pointed(row, link, desk))
    stating = [one for one in rows if _states(one, columns)]
    found = [_statement(one, columns, desk, said.interval if said else None) for one in stating]
    _note(broken_by(stance or "", dict(links), has_content=bool(stating)), row, desk)
    _note(out_of_order(said, recorded), row, desk)
    _check_stating(rows, stating, desk)
    if not (iri and source and speaker and stance and said and recorded):
        return None
    content = [pair for pair in found if pair]
    return Claim(
        iri, source, speaker, stance, said, recorded, row.cell("gist") or "",
        content=tuple(dict.fromkeys(statement for statement, _ in content)),
        held=tuple(dict.fromkeys(reading for _, reading in content)),
        passages=tuple(_passages(row, source, desk)), note=row.cell("note"),
        certainty=certainty, sourcing=sourcing, quotation=quotation,
        identifiers=tuple(sorted(set(row.several("reference")))), links=tuple(dict.fromkeys(links)),
    )  # fmt: skip


def _entry(row: Row, key: str, scheme: str, desk: Desk) -> str | None:
    name = row.cell(key)
    return desk.entry(scheme, name, row.place, key) if name else None


def _note(broken: Iterator[Broken], row: Row, desk: Desk) -> None:
    for one in broken:
        desk.find(row.place, one.rule, one.message, one.mend)


def _filled(row: Row, names: Sequence[str], desk: Desk) -> bool:
    missing = [name for name in names if not row.cell(name)]
    for name in missing:
        desk.find(row.place, "missing-cell", f"{name!r} is empty", "fill it in")
    return not missing


def _check_same(rows: list[Row], desk: Desk) -> None:
    """Note a cell of a further row that says otherwise than the first row of the claim."""
    first = rows[0]
    for row in rows[1:]:
        for name in CLAIM_COLUMNS:
            cell = row.cell(name)
            if cell and cell != first.cell(name):
                message = f"{name!r} is {cell!r} here and {first.cell(name) or ''!r} on line {first.line} of this claim"
                desk.find(row.place, "differing-cell", message, "leave it empty here, or give the row an id of its own")


def _states(row: Row, columns: Columns) -> bool:
    return any(row.cell(name) for name in ("subject", "held", *columns))


def _check_stating(rows: list[Row], stating: list[Row], desk: Desk) -> None:
    for row in rows:
        if row not in stating and (len(rows) > 1 or any(row.cell(name) for name in STATEMENT_COLUMNS)):
            desk.find(row.place, "empty-statement", "the row states nothing", "fill in subject, held and a predicate")


def _pointed(row: Row, column: str, desk: Desk) -> Iterator[Iri]:
    for name in row.several(column):
        iri = desk.point(name, row.place)
        if iri:
            yield iri


def _passages(row: Row, source: Iri, desk: Desk) -> Iterator[Passage]:
    for text in row.several("passages"):
        match = _PASSAGE.fullmatch(text)
        if match is None:
            desk.find(row.place, "passage", f"{text!r} is no passage", "write start-end sha256, as 0-152 b5af...")
            continue
        start, end = int(match[1]), int(match[2])
        _note(empty_passage(start, end), row, desk)
        yield Passage(source, start, end, match[3])


def _statement(row: Row, columns: Columns, desk: Desk, said: Interval | None) -> tuple[Statement, Reading] | None:
    facts = {fact for column, predicate in columns.items() for fact in _facts(row, column, predicate, desk)}
    if not any(row.cell(column) for column in columns):
        desk.find(row.place, "empty-statement", "the row states nothing", "fill in the cell of a predicate")
    if not _filled(row, NEEDED_TO_STATE, desk):
        return None
    subject = desk.point(row.cell("subject") or "", row.place)
    held = read_time(row, desk, "held", said)
    if subject is None or held is None or not facts:
        return None
    return Statement(subject, tuple(sorted(facts, key=fact_order)), held.interval), held


def _facts(row: Row, column: str, predicate: Predicate, desk: Desk) -> Iterator[Fact]:
    if not row.cells[column]:
        return
    whole = predicate.datatype is not None and predicate.datatype not in LISTED
    for text in [row.cell(column) or ""] if whole else row.several(column):
        value = desk.value(predicate, text, row.place) if text else None
        if value:
            yield predicate.name, value
