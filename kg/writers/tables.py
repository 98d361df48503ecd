"""Registers: the CSV tables of a case, as ``kg.loaders`` reads them.

``sources.csv``, one ``things-<graph>.csv`` for each graph, ``claims.csv`` with
one statement a row. Columns in which nothing stands are left out.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from kg.claim import CLAIM_LISTS, LINKS, Literal
from kg.iri import compact
from kg.keys import CLAIM_COLUMNS, LISTED, SOURCE_COLUMNS, STATEMENT_COLUMNS, THING_COLUMNS, time_columns
from kg.terms import predicates
from kg.when import written
from kg.writers.marks import key_of, spelt_mark
from kg.writers.spelling import spelt_text, spelt_time, spelt_value, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.claim import Case, Claim, Source, Statement, Thing
    from kg.when import Interval, Reading

Cells = dict[str, str]
MANY = 9
"""As many texts of one predicate as a statement in a register may have."""


def case_tables(case: Case) -> dict[str, str]:
    """Return the tables of a case by file name. Raises DataError for what no table can say."""
    tables = {"sources.csv": _table([_source(source) for source in case.sources], SOURCE_COLUMNS)}
    for graph in sorted({graph for graph, _ in case.things}):
        rows = [_thing(thing) for name, thing in case.things if name == graph]
        labels = sorted({column for row in rows for column in row if "@" in column}, key=_label_order)
        tables[f"things-{graph}.csv"] = _table(rows, ("id", "type", *labels, *THING_COLUMNS[2:]))
    rows = [row for claim in case.claims for row in _claim(claim)]
    values = [f"{name}{further}" for name in sorted(predicates()) for further in ("", *_further())]
    tables["claims.csv"] = _table(rows, ("id", *CLAIM_COLUMNS, *STATEMENT_COLUMNS, *values))
    return {name: text for name, text in tables.items() if text}


def _further() -> Iterator[str]:
    return (f"#{number}" for number in range(2, MANY + 1))


def _label_order(column: str) -> tuple[bool, str]:
    return column.startswith("alt"), column


def _table(rows: Sequence[Mapping[str, str]], columns: Iterable[str]) -> str:
    used = {name for row in rows for name, cell in row.items() if cell}
    header = [name for name in columns if name in used]
    file = io.StringIO(newline="")
    # A carriage return outside quotes would end the row.
    bare = any("\r" in cell for row in rows for cell in row.values())
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL if bare else csv.QUOTE_MINIMAL)
    writer.writerows([header, *([row.get(name, "") for name in header] for row in rows)] if header else [])
    return file.getvalue()


def _several(values: Iterable[str]) -> str:
    return " | ".join(value.replace("|", r"\|") for value in values)


def _time(column: str, reading: Reading, place: str, said: Interval | None = None) -> Cells:
    spelling = spelt_time(reading, place, said)
    cells = (spelling.zone, spelling.mode, spelling.begin, spelling.end, spelling.words)
    beside = {name: cell or "" for name, cell in zip(time_columns(column), cells, strict=True)}
    return {column: spelling.time, **beside}


def _source(source: Source) -> Cells:
    name = compact(source.iri)
    count = source.character_count
    texts = {"title": source.title, "url": source.url, "language": source.language, "note": source.note}
    return {
        "id": name,
        "type": source.kind,
        "publisher": compact(source.publisher),
        "sourceKind": source.source_kind or "",
        "sha256": source.sha256 or "",
        "characterCount": "" if count is None else str(count),
        "reference": _several(spelt_text(text, name) for text in source.identifiers),
        **{key: spelt_text(text, name) for key, text in texts.items() if text is not None},
        **(_time("published", source.published, name) if source.published else {}),
    }


def _thing(thing: Thing) -> Cells:
    name = compact(thing.iri)
    found: dict[str, list[str]] = {}
    for mark in thing.marks:
        key, language = key_of(mark, name)
        found.setdefault(f"{key}@{language}" if language else key, []).append(spelt_mark(mark, name))
    single = {"wkt", "note"}
    cells = {key: texts[0] if key in single else _several(texts) for key, texts in found.items()}
    return {"id": name, "type": thing.kind, **cells}


def _claim(claim: Claim) -> Iterator[Cells]:
    """Yield the rows of a claim: what is of the claim as a whole stands in the first."""
    head = {"id": compact(claim.iri), **_head(claim)}
    rows = [_statement(claim, statement, held) for statement, held in stated(claim)] or [{}]
    for at, row in enumerate(rows):
        yield {**(head if at == 0 else {"id": head["id"]}), **row}


def _head(claim: Claim) -> Cells:
    name = compact(claim.iri)
    passages = (f"{part.start}-{part.end} {part.sha256}" for part in claim.passages)
    texts = {"gist": claim.gist, "note": claim.note}
    return {
        "source": compact(claim.source),
        "speaker": compact(claim.speaker),
        "stance": claim.stance,
        "recorded": written(claim.recorded),
        "passages": _several(passages),
        **{name: getattr(claim, name) or "" for name in CLAIM_LISTS},
        "reference": _several(spelt_text(text, name) for text in claim.identifiers),
        **{link: _several(compact(iri) for key, iri in claim.links if key == link) for link in LINKS},
        **{key: spelt_text(text, name) for key, text in texts.items() if text is not None},
        **_time("said", claim.said, name),
    }


def _statement(claim: Claim, statement: Statement, held: Reading) -> Cells:
    name = compact(claim.iri)
    cells = {"subject": compact(statement.subject), **_time("held", held, name, claim.said.interval)}
    counted: Counter[str] = Counter()
    listed: dict[str, list[str]] = {}
    for predicate, value in statement.facts:
        text = spelt_value(predicate, value, name)
        if isinstance(value, Literal) and value.datatype not in LISTED:
            counted[predicate] += 1
            number = counted[predicate]
            cells[predicate if number == 1 else f"{predicate}#{number}"] = text
        else:
            listed.setdefault(predicate, []).append(text)
    return cells | {predicate: _several(texts) for predicate, texts in listed.items()}
