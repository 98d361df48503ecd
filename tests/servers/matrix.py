"""What a store accepts and what it does differently, found out by trying: a row of the table in docs/same-answers.md."""

from __future__ import annotations

import urllib.error
import urllib.parse
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import rdflib
from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.errors import KgError
from kg.remote.asking import ask_endpoint
from kg.remote.connection import read_results
from tests.servers.processes import send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import QueryBoolean

    from kg.dialects import Probe
    from tests.servers.stores import Server

    Ask: TypeAlias = Callable[[str], QuerySolutions | QueryBoolean]

HEADS = "| store | version | takes | default graph | differs in | dateTime minus dateTime | literals changed | asked |\n|---|---|---|---|---|---|---|---|"
XSD = "http://www.w3.org/2001/XMLSchema#"
FACT = "<urn:x:s> <urn:x:p> <urn:x:o>"
REIFIES = "<urn:x:r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"
FORMS = {
    "turtle": (("text/turtle",), f"{FACT} ."),
    "nquads": (("application/n-quads",), f"{FACT} <urn:x:g> ."),
    "trig": (("application/trig",), f"<urn:x:g> {{ {FACT} }}"),
    "rdf12-trig": (("application/trig",), f"<urn:x:g> {{ {REIFIES} <<( {FACT} )>> }}"),
    "rdf-star": (("application/x-trigstar", "application/trig"), f"<urn:x:g> {{ {REIFIES} << {FACT} >> }}"),
}
"""Profiles of kg export (docs/profiles.md) with their media types and the least that shows them."""
LITERALS = {
    "decimal 1.50": Literal("1.50", datatype=NamedNode(XSD + "decimal")),
    "integer 007": Literal("007", datatype=NamedNode(XSD + "integer")),
    "integer of 30 digits": Literal("9" * 30, datatype=NamedNode(XSD + "integer")),
    "boolean true": Literal("true", datatype=NamedNode(XSD + "boolean")),
    "gYear": Literal("2022", datatype=NamedNode(XSD + "gYear")),
    "dateTime in Z": Literal("2022-09-13T05:30:00Z", datatype=NamedNode(XSD + "dateTime")),
    "dateTime of +04:00": Literal("2022-09-13T09:30:00+04:00", datatype=NamedNode(XSD + "dateTime")),
    "no integer": Literal("many", datatype=NamedNode(XSD + "integer")),
    "no date": Literal("2022-02-30", datatype=NamedNode(XSD + "date")),
    "tag hy-latn": Literal("Hayastan", language="hy-latn"),
    "lines and quotes": Literal('one\ntwo\t"three" \\ four'),
    "signs beyond the BMP": Literal("\U0001f54a Հայաստան Azərbaycan"),
    "text of 20,000 signs": Literal("claim " * 3400),
}


@dataclass(frozen=True)
class Tried:
    """A store to try: how it is asked, updated and given a document."""

    name: str
    version: str
    ask: Ask
    update: Callable[[str], object]
    put: Callable[[str, str], object]
    """Takes a document of a media type."""


def served(server: Server) -> Tried:
    """Return how a server is tried."""

    def update(sparql: str) -> None:
        body = urllib.parse.urlencode({"update": sparql}).encode()
        send(server.update_url, body, "application/x-www-form-urlencoded")

    def put(text: str, media: str) -> None:
        graph = f"{server.graph_store_url}?graph=urn:x:g"
        send(graph if media == "text/turtle" else server.dataset_url, text.encode(), media)

    return Tried(server.kind, server.version, partial(ask_endpoint, server.query_url), update, put)


def in_rdflib() -> Tried:
    """Return how rdflib's own store is tried."""
    dataset = rdflib.Dataset()

    def ask(sparql: str) -> QuerySolutions | QueryBoolean:
        return read_results(dataset.query(sparql).serialize(format="json") or b"")

    def put(text: str, media: str) -> None:
        dataset.parse(data=text, format=media)

    return Tried("rdflib", rdflib.__version__, ask, dataset.update, put)


def row(tried: Tried, faults: tuple[Probe, ...], asked: str) -> str:
    """Return the row of a store in the table. Leaves nothing behind."""
    cells = [
        tried.name,
        tried.version,
        ", ".join(form for form in FORMS if _takes(tried, form)),
        "the union" if _is_union(tried) else "by itself",
        ", ".join(probe.name for probe in faults) or "nothing",
        _difference(tried),
        ", ".join(_changed(tried)) or "none",
        asked,
    ]
    tried.update("CLEAR GRAPH <urn:x:g>")
    return f"| {' | '.join(cells)} |"


def _takes(tried: Tried, form: str) -> bool:
    kinds, text = FORMS[form]
    for media in kinds:
        try:
            tried.put(text, media)
        except (urllib.error.HTTPError, ValueError, SyntaxError, rdflib.plugin.PluginException):
            continue
        return True
    return False


def _is_union(tried: Tried) -> bool:
    tried.update("INSERT DATA { GRAPH <urn:x:g> { <urn:x:s> <urn:x:union> <urn:x:o> } }")
    return _one(tried, "SELECT ?o { <urn:x:s> <urn:x:union> ?o }") is not None


def _difference(tried: Tried) -> str:
    moments = (f'"2022-09-13T{time}"^^<{XSD}dateTime>' for time in ("09:00:00+04:00", "04:00:00Z"))
    try:
        value = _one(tried, f"SELECT ?a {{ BIND({' - '.join(moments)} AS ?a) }}")
    except KgError:
        return "refused"
    if not isinstance(value, Literal):
        return "no value"
    return f"{value.value} ({value.datatype.value.removeprefix(XSD)})"


def _changed(tried: Tried) -> Iterator[str]:
    for number, (name, literal) in enumerate(LITERALS.items()):
        try:
            tried.update(f"INSERT DATA {{ GRAPH <urn:x:g> {{ <urn:x:s> <urn:x:l{number}> {literal} }} }}")
        except urllib.error.HTTPError:
            yield f"{name} (refused)"
            continue
        there = _one(tried, f"SELECT ?o {{ GRAPH <urn:x:g> {{ <urn:x:s> <urn:x:l{number}> ?o }} }}")
        if there != literal:
            yield name


def _one(tried: Tried, sparql: str) -> object:
    solutions = tried.ask(sparql)
    assert isinstance(solutions, QuerySolutions)
    return next((solution[0] for solution in solutions), None)


def is_told(found: str, page: str) -> bool:
    """Return whether a page has the row of a store; the version that it tells of may be another one."""
    return _without_version(found) in map(_without_version, page.splitlines())


def _without_version(line: str) -> list[str]:
    name, *cells = line.strip("| ").split(" | ")
    return [name, *cells[1:]]
