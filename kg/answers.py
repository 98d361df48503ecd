"""How answers are written: a table for people, W3C formats for programs.

Takes what an engine answered and gives text. It runs nothing and prints nothing.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)  # fmt: skip
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from kg.errors import UsageError
from kg.iri import compact
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ask import Answer

ROW_FORMATS = {
    "csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML,
}  # fmt: skip
GRAPH_FORMATS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}
FORMATS = ("table", *ROW_FORMATS, *GRAPH_FORMATS)


def render(answer: Answer, form: str, *, width: int = 160) -> str:
    """Return an answer as text in one of FORMATS.

    ``table`` shortens IRIs to CURIEs; the others are as W3C defines them
    (SPARQL 1.1 results in CSV/TSV, JSON, XML; Turtle; N-Triples). Raises
    UsageError for rows asked as a graph, or a graph as rows.
    """
    if isinstance(answer, QueryTriples):
        return _graph(answer, "ttl" if form == "table" else form)
    if form == "table":
        return _boolean(answer) if isinstance(answer, QueryBoolean) else table(*rows(answer), width=width)
    if form not in ROW_FORMATS:
        raise UsageError(f"rows cannot be written as {form!r}", mend=f"one of table, {', '.join(ROW_FORMATS)}")
    if isinstance(answer, QueryBoolean) and form in {"csv", "tsv"}:
        return _boolean(answer)
    data = answer.serialize(format=ROW_FORMATS[form])
    return (data or b"").decode()


def _boolean(answer: QueryBoolean) -> str:
    return "yes\n" if bool(answer) else "no\n"


def _graph(answer: QueryTriples, form: str) -> str:
    if form not in GRAPH_FORMATS:
        raise UsageError(f"a graph cannot be written as {form!r}", mend=f"one of table, {', '.join(GRAPH_FORMATS)}")
    ordered = sorted(set(answer), key=str)
    prefixes = PREFIXES if form == "ttl" else None
    data = serialize(ordered, format=GRAPH_FORMATS[form], prefixes=prefixes)
    return (data or b"").decode()


def rows(answer: QuerySolutions) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns and the rows, with IRIs as CURIEs and gaps as ''."""
    names = [variable.value for variable in answer.variables]
    return names, [[_cell(solution[name]) for name in names] for solution in answer]


def _cell(term: object) -> str:
    if term is None:
        return ""
    return compact(term.value) if isinstance(term, NamedNode) else str(getattr(term, "value", term))


def table(names: Sequence[str], lines: Sequence[Sequence[str]], *, width: int = 160) -> str:
    """Return a table in plain text, wrapped to a width in characters, with a count."""
    drawn = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in names:
        drawn.add_column(name, overflow="fold")
    for line in lines:
        drawn.add_row(*(_inert(cell) for cell in line))
    page = io.StringIO()
    Console(file=page, width=width, color_system=None, markup=False, emoji=False, highlight=False).print(drawn)
    body = "\n".join(text.rstrip() for text in page.getvalue().splitlines())
    return f"{body}\n({len(lines)} row{'' if len(lines) == 1 else 's'})\n"


def _inert(text: str) -> str:
    # A label may hold terminal escapes; a table shows them and does not obey.
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)


def write_csv(names: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return rows as CSV (RFC 4180, LF line ends)."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(lines)
    return page.getvalue()
