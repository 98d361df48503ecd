"""Nodes of the graph as rows of the tables, and rows as quads again.

A node becomes rows only where they give back exactly its quads; else its quads
go to the table ``quads`` one by one, so that nothing can be lost. It knows no files.
"""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import datetime
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import TimeError
from kg.profiles.order import written as spelt
from kg.profiles.tables.columns import (
    CLAIM_STATEMENTS,
    CLAIMS,
    DERIVED,
    INTERVALS,
    PASSAGES,
    QUADS,
    READINGS,
    SOURCES,
    STATEMENTS,
    THINGS,
    Kind,
)
from kg.terms import classes, subclasses
from kg.vocab import K_NS, PREFIXES, RDF, S_NS, XSD
from kg.when import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import BlankNode, Triple

    from kg.profiles.tables.columns import Column, Table

    Term: TypeAlias = NamedNode | Literal | BlankNode | Triple

Cell: TypeAlias = "str | int | float | list[str] | None"
Row: TypeAlias = "dict[str, Cell]"
Placed: TypeAlias = "tuple[Table, Row]"

_TYPE = RDF + "type"
_PREFIX = {namespace: name for name, namespace in PREFIXES.items()}
_NUMBERS = {XSD + name for name in ("decimal", "integer", "double", "float")}
_LINKED = {CLAIMS.name: CLAIM_STATEMENTS}
"""Tables of one node's row each, and the table of its many links beside it."""
_MANY = {Kind.IDS, Kind.TEXTS}


class NotCarriedError(Exception):
    """These quads are none of a table's rows."""


@lru_cache(1 << 16)
def short(iri: str) -> str:
    """Return an IRI with a prefix of the ontology, or as it is where none fits."""
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _PREFIX.get(iri[:at])
    return f"{prefix}:{iri[at:]}" if prefix else iri


@lru_cache(1 << 16)
def full(name: str) -> str:
    """Return the IRI of what ``short`` gives."""
    prefix, _, rest = name.partition(":")
    return name if rest.startswith("//") or prefix not in PREFIXES else PREFIXES[prefix] + rest


@cache
def _tables_by_class() -> Mapping[str, Table]:
    record = {"Claim": CLAIMS, "Statement": STATEMENTS, "Interval": INTERVALS, "Reading": READINGS, "Passage": PASSAGES}
    sources = dict.fromkeys(subclasses("Source"), SOURCES)
    derived = dict.fromkeys(subclasses("Derived"), DERIVED)
    return dict.fromkeys(classes(), THINGS) | sources | derived | record


def rows_of(quads: Iterable[Quad]) -> Iterator[Placed]:
    """Yield rows with their tables; quads come in the order of ``kg.profiles.order``."""
    for _, several in groupby(quads, key=lambda quad: (quad.graph_name, quad.subject)):
        group = list(several)
        try:
            rows = list(_rows(group))
            back = {quad for table, row in rows for quad in quads_of(table, row)}
        except (NotCarriedError, ValueError, TimeError):
            back, rows = set(), []
        yield from rows if back == set(group) else map(_loose, group)


def _loose(quad: Quad) -> Placed:
    graph = str(quad.graph_name) if isinstance(quad.graph_name, NamedNode) else None
    terms = {"subject": spelt(quad.subject), "predicate": spelt(quad.predicate), "object": spelt(quad.object)}
    return QUADS, {"graph": graph, **terms}


def _rows(group: list[Quad]) -> Iterator[Placed]:
    node, graph = group[0].subject, group[0].graph_name
    if not (isinstance(node, NamedNode) and isinstance(graph, NamedNode)):
        raise NotCarriedError
    values: dict[str, list[Term]] = defaultdict(list)
    for quad in group:
        values[quad.predicate.value].append(quad.object)
    table = _table(values)
    head: Row = {"graph": short(graph.value), table.columns[1].name: short(node.value)}
    head |= {column.name: _cell(column, values.get(column.prop, [])) for column in table.columns if column.prop}
    if table is STATEMENTS:
        yield from ((table, head | _fact(name, value)) for name, value in _facts(values, S_NS))
    elif table in {THINGS, DERIVED}:
        marks = [_mark(name, value) for name, value in _facts(values) if name != _TYPE]
        yield from ((table, head | mark) for mark in marks or [_empty_mark()])
    else:
        yield table, head
        if linked := _LINKED.get(table.name):
            link = linked.columns[-1]
            keys = {key: head[key] for key in table.key}
            yield from ((linked, keys | {link.name: _id(value)}) for value in values.get(link.prop, []))


def _table(values: Mapping[str, list[Term]]) -> Table:
    types = [value.value for value in values.get(_TYPE, ()) if isinstance(value, NamedNode)]
    tables = _tables_by_class()
    if len(types) != 1 or not types[0].startswith(K_NS) or types[0].removeprefix(K_NS) not in tables:
        raise NotCarriedError
    return tables[types[0].removeprefix(K_NS)]


def _facts(values: Mapping[str, list[Term]], namespace: str = "") -> Iterator[tuple[str, Term]]:
    for name, several in values.items():
        if name.startswith(namespace):
            yield from ((name, value) for value in several)


def _fact(name: str, value: Term) -> Row:
    text, kind, datatype, language = _spelt(value)
    number = float(text) if datatype and full(datatype) in _NUMBERS else None
    return {
        "predicate": name.removeprefix(S_NS), "object": text, "object_kind": kind, "datatype": datatype,
        "language": language, "number": number if number is not None and math.isfinite(number) else None,
    }  # fmt: skip


def _mark(name: str, value: Term) -> Row:
    text, kind, datatype, language = _spelt(value)
    cells = {"value": text, "value_kind": kind, "datatype": datatype, "language": language}
    return {"property": short(name), **cells}


def _empty_mark() -> Row:
    return dict.fromkeys(("property", "value", "value_kind", "datatype", "language"))


def _spelt(value: Term) -> tuple[str, str, str | None, str | None]:
    """Return a value as text, kind, datatype and language."""
    if isinstance(value, NamedNode):
        return short(value.value), "concept" if value.value.startswith(K_NS) else "thing", None, None
    if isinstance(value, Literal):
        return value.value, "literal", short(value.datatype.value), value.language
    raise NotCarriedError


def _cell(column: Column, values: list[Term]) -> Cell:
    if column.kind in _MANY:
        return [_single(column, value) for value in values]
    if len(values) > 1:
        raise NotCarriedError
    return _typed(column, _single(column, values[0])) if values else None


def _typed(column: Column, text: str) -> Cell:
    """Return a text as the cell of a typed column, if such a cell gives the same text again."""
    if column.kind is Kind.TIME and written(datetime.fromisoformat(text)) != text:
        raise NotCarriedError
    if column.kind is not Kind.INTEGER:
        return text
    if not -(1 << 63) <= int(text) < 1 << 63:
        raise NotCarriedError
    return int(text)


def _single(column: Column, value: Term) -> str:
    if column.kind in {Kind.ID, Kind.IDS}:
        return _id(value)
    # An empty text could not be told from none in a CSV file.
    if not isinstance(value, NamedNode | Literal) or not value.value:
        raise NotCarriedError
    return value.value.removeprefix(K_NS) if column.kind is Kind.NAME else value.value


def _id(value: Term) -> str:
    if isinstance(value, NamedNode):
        return short(value.value)
    raise NotCarriedError


def quads_of(table: Table, row: Row) -> Iterator[Quad]:
    """Yield the quads of a row; those of several rows of one node are partly the same.

    Raises ValueError or KeyError for cells that say nothing.
    """
    if table is QUADS:
        yield from _parsed(row)
        return
    graph, node = NamedNode(full(_must(row, "graph"))), NamedNode(full(_must(row, table.columns[1].name)))
    for name, value in _told(table, row):
        yield Quad(node, NamedNode(name), value, graph)


def _parsed(row: Row) -> Iterator[Quad]:
    line = " ".join(str(row[name]) for name in ("subject", "predicate", "object", "graph") if row[name])
    yield from parse(f"{line} .".encode(), format=RdfFormat.N_QUADS)


def _must(row: Row, name: str) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise ValueError(f"{name} is {value!r}")  # noqa: TRY004 # a fault of the data, not of the code
    return value


def _told(table: Table, row: Row) -> Iterator[tuple[str, NamedNode | Literal]]:
    if kind := _class_of_rows().get(table.name):
        yield _TYPE, NamedNode(K_NS + kind)
    for column in table.columns:
        if column.prop:
            yield from ((column.prop, _value(column, cell)) for cell in _several(row[column.name]))
    if table is STATEMENTS:
        yield S_NS + _must(row, "predicate"), _any(row, "object")
    elif table in {THINGS, DERIVED} and row["property"] is not None:
        yield full(_must(row, "property")), _any(row, "value")


@cache
def _class_of_rows() -> Mapping[str, str]:
    return {one.name: name for name, one in _tables_by_class().items() if one in _FIXED}


_FIXED = (CLAIMS, STATEMENTS, INTERVALS, READINGS, PASSAGES)
"""Tables of one class, which therefore have no column for it."""


def _several(cell: Cell) -> list[str]:
    if isinstance(cell, list):
        return cell
    return [] if cell is None else [str(cell)]


def _value(column: Column, text: str) -> NamedNode | Literal:
    if column.kind in {Kind.ID, Kind.IDS}:
        return NamedNode(full(text))
    if column.kind is Kind.NAME:
        return NamedNode(K_NS + text)
    if column.spelt.startswith("@"):
        return Literal(text, language=column.spelt[1:])
    return Literal(text, datatype=NamedNode(column.spelt))


def _any(row: Row, name: str) -> NamedNode | Literal:
    # An empty cell of a CSV file may be an empty text here, as there always is a value.
    text = row[name] or ""
    if row[f"{name}_kind"] != "literal":
        return NamedNode(full(str(text)))
    if row["language"]:
        return Literal(str(text), language=str(row["language"]))
    return Literal(str(text), datatype=NamedNode(full(_must(row, "datatype"))))
