"""Nodes of the graph as rows of the tables. It knows no files.

What the rows of a node do not give back goes to the table ``quads``, one by one,
so that nothing can be lost.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.profiles.order import written as spelt
from kg.profiles.tables.columns import (
    CLAIM_STATEMENTS,
    CLAIMS,
    DERIVED,
    QUADS,
    SOURCES,
    STATEMENTS,
    TABLES,
    THINGS,
    Kind,
)
from kg.profiles.tables.names import full, short
from kg.profiles.tables.reading import instant, quads_of
from kg.terms import classes, subclasses
from kg.vocab import K_NS, RDF, S_NS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import BlankNode, Quad, Triple

    from kg.profiles.tables.columns import Cell, Column, Row, Table

    Term: TypeAlias = NamedNode | Literal | BlankNode | Triple
    Values: TypeAlias = Mapping[str, list[Term]]

Placed: TypeAlias = "tuple[Table, Row]"

_TYPE = RDF + "type"
_NUMBERS = {XSD + name for name in ("decimal", "integer", "double", "float")}


class NotCarriedError(Exception):
    """These quads are none of a table's rows."""


def rows_of(quads: Iterable[Quad]) -> Iterator[Placed]:
    """Yield rows with their tables; quads come in the order of ``kg.profiles.order``."""
    for _, several in groupby(quads, key=lambda quad: (quad.graph_name, quad.subject)):
        group = list(several)
        try:
            rows = list(_rows(group))
            back = {quad for table, row in rows for quad in quads_of(table, row)}
        except (NotCarriedError, ValueError):
            rows, back = [], set()
        if not back.issubset(group):  # an IRI that looks like a short name
            rows, back = [], set()
        yield from rows
        yield from (_loose(quad) for quad in group if quad not in back)


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
    head: Row = {"graph": short(graph.value), table.node: short(node.value)}
    head |= {column.name: _cell(column, values.get(column.prop, [])) for column in table.columns if column.prop}
    if table is STATEMENTS:
        yield from ((table, head | _fact(name, value)) for name, value in _facts(values, S_NS))
    elif table in {THINGS, DERIVED}:
        marks = [_mark(name, value) for name, value in _facts(values) if name != _TYPE]
        yield from ((table, head | mark) for mark in marks or [_NO_MARK])
    else:
        yield table, head
        if table is CLAIMS:
            yield from _links(head, values)


def _table(values: Values) -> Table:
    types = [value.value for value in values.get(_TYPE, ()) if isinstance(value, NamedNode)]
    table = _tables_by_class().get(types[0]) if len(types) == 1 else None
    if table is None:
        raise NotCarriedError
    return table


@cache
def _tables_by_class() -> Mapping[str, Table]:
    tables = dict.fromkeys(classes(), THINGS)
    tables |= dict.fromkeys(subclasses("Source"), SOURCES) | dict.fromkeys(subclasses("Derived"), DERIVED)
    tables |= {table.of: table for table in TABLES if table.of}
    return {K_NS + name: table for name, table in tables.items()}


def _links(head: Row, values: Values) -> Iterator[Placed]:
    link = CLAIM_STATEMENTS.columns[-1]
    keys = {key: head[key] for key in CLAIMS.key}
    yield from ((CLAIM_STATEMENTS, keys | {link.name: _id(value)}) for value in values.get(link.prop, []))


def _facts(values: Values, namespace: str = "") -> Iterator[tuple[str, Term]]:
    for name, several in values.items():
        if name.startswith(namespace):
            yield from ((name, value) for value in several)


def _fact(name: str, value: Term) -> Row:
    text, kind, datatype, language = _spelt(value)
    number = float(text) if datatype and full(datatype) in _NUMBERS else math.nan
    return {
        "predicate": name.removeprefix(S_NS), "object": text, "object_kind": kind, "datatype": datatype,
        "language": language, "number": number if math.isfinite(number) else None,
    }  # fmt: skip


def _mark(name: str, value: Term) -> Row:
    text, kind, datatype, language = _spelt(value)
    return {"property": short(name), "value": text, "value_kind": kind, "datatype": datatype, "language": language}


_NO_MARK: Row = dict.fromkeys(("property", "value", "value_kind", "datatype", "language"))


def _spelt(value: Term) -> tuple[str, str, str | None, str | None]:
    """Return a value as text, kind, datatype and language."""
    if isinstance(value, NamedNode):
        return short(value.value), "concept" if value.value.startswith(K_NS) else "thing", None, None
    if isinstance(value, Literal):
        return _said(value), "literal", short(value.datatype.value), value.language
    raise NotCarriedError


def _cell(column: Column, values: list[Term]) -> Cell:
    if column.kind in {Kind.IDS, Kind.TEXTS}:
        return [_single(column, value) for value in values]
    if len(values) > 1:
        raise NotCarriedError
    return _typed(column, _single(column, values[0])) if values else None


def _typed(column: Column, text: str) -> Cell:
    """Return a text as the cell of a typed column. Raises ValueError where the cell would not give it again."""
    if column.kind is Kind.TIME:
        instant(text)
    if column.kind is not Kind.INTEGER:
        return text
    if not -(1 << 63) <= int(text) < 1 << 63:
        raise NotCarriedError
    return int(text)


def _single(column: Column, value: Term) -> str:
    if column.kind in {Kind.ID, Kind.IDS}:
        return _id(value)
    text = _said(value)
    return text.removeprefix(K_NS) if column.kind is Kind.NAME else text


def _said(value: Term) -> str:
    # An empty text could not be told from an empty cell in a CSV file.
    if not isinstance(value, NamedNode | Literal) or not value.value:
        raise NotCarriedError
    return value.value


def _id(value: Term) -> str:
    if isinstance(value, NamedNode):
        return short(value.value)
    raise NotCarriedError
