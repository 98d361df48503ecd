"""Rows of the tables as quads again. It knows no files."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import TimeError
from kg.profiles.tables.columns import DERIVED, QUADS, STATEMENTS, THINGS, CellError, Kind
from kg.profiles.tables.names import full
from kg.vocab import K_NS, RDF, S_NS
from kg.when import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.profiles.tables.columns import Cell, Column, Row, Table

_TYPE: Final = NamedNode(RDF + "type")
_LANG_STRING: Final = NamedNode(RDF + "langString")
_OBJECT_KINDS: Final = ("thing", "concept", "literal")


def quads_of(table: Table, row: Row) -> Iterator[Quad]:
    """Yield the quads of a row; those of several rows of one node are partly the same.

    Raises CellError for a cell that is missing, or is not what its column says.
    """
    if table is QUADS:
        yield from _parsed(row)
        return
    graph, node = _named(row, "graph"), _named(row, table.node)
    if table.of:
        yield Quad(node, _TYPE, NamedNode(K_NS + table.of), graph)
    for column, predicate in _carried(table):
        for text in _texts(column, row[column.name]):
            yield Quad(node, predicate, _term(column, text), graph)
    if table is STATEMENTS:
        yield Quad(node, _iri("predicate", S_NS + _must(row, "predicate")), _any(row, "object"), graph)
    elif table in {THINGS, DERIVED} and row["property"] is not None:
        yield Quad(node, _named(row, "property"), _any(row, "value"), graph)


def instant(text: str) -> datetime:
    """Return the instant that a text in UTC names. Raises ValueError for one that is written otherwise."""
    try:
        found = datetime.fromisoformat(text)
        if written(found) == text:
            return found
    except TimeError as error:
        raise ValueError(str(error)) from error
    raise ValueError(f"{text!r} is not as {written(found)}")


@cache
def _carried(table: Table) -> tuple[tuple[Column, NamedNode], ...]:
    return tuple((column, NamedNode(column.prop)) for column in table.columns if column.prop)


def _texts(column: Column, cell: Cell) -> list[str]:
    if isinstance(cell, list):
        return cell
    if cell is None and column.required:
        raise CellError(column.name, cell, "is empty", "every row has one")
    return [] if cell is None else [str(cell)]


def _term(column: Column, text: str) -> NamedNode | Literal:
    if column.kind in {Kind.ID, Kind.IDS}:
        return _iri(column.name, full(text))
    if column.kind is Kind.NAME:
        return _iri(column.name, K_NS + text)
    if column.spelt.startswith("@"):
        return Literal(text, language=column.spelt[1:])
    return Literal(text, datatype=NamedNode(column.spelt))


def _any(row: Row, name: str) -> NamedNode | Literal:
    """Return the value of a fact, which may be anything."""
    text, kind = _must(row, name), row[f"{name}_kind"]
    if kind not in _OBJECT_KINDS:
        raise CellError(f"{name}_kind", kind, "is no kind of value", f"one of {', '.join(_OBJECT_KINDS)}")
    if kind == "literal":
        return _literal(text, row)
    if row["datatype"] or row["language"]:
        raise CellError(f"{name}_kind", kind, "has no datatype and no language", "only a literal has")
    return _iri(name, full(text))


def _literal(text: str, row: Row) -> Literal:
    datatype, language = _named(row, "datatype"), row["language"]
    if (datatype == _LANG_STRING) != bool(language):
        raise CellError("language", language, f"does not go with {row['datatype']}", "only rdf:langString has one")
    try:
        return Literal(text, language=str(language)) if language else Literal(text, datatype=datatype)
    except ValueError as error:
        raise CellError("language", language, f"is no language: {error}", "as in BCP 47: en, hy") from error


def _named(row: Row, name: str) -> NamedNode:
    return _iri(name, full(_must(row, name)))


def _must(row: Row, name: str) -> str:
    text = row[name]
    if not isinstance(text, str) or not text:
        raise CellError(name, text, "is empty", "every such row has one")
    return text


def _iri(name: str, iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise CellError(name, iri, f"is no IRI: {error}", "as in org:csto, or a whole IRI") from error


def _parsed(row: Row) -> Iterator[Quad]:
    line = " ".join([*(_must(row, name) for name in ("subject", "predicate", "object")), str(row["graph"] or "")])
    try:
        yield from parse(f"{line} .", format=RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise CellError("object", row["object"], f"makes no quad: {error.msg}", "terms as in N-Quads") from error
