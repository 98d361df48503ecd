"""The figures of a graph that its description gives: triples, subjects, classes, properties, times, places.

Counts in the store, not in Python, and each triple once, in how many named
graphs it may stand. What an unbounded time means is for ``kg.when`` to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from kg.ask import run
from kg.iri import term
from kg.vocab import K_NS, S_NS, XSD
from kg.when import BEGINNING, FOREVER, written

if TYPE_CHECKING:
    from pyoxigraph import Store

_DISTINCT = "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }"
_FIRST = f"""SELECT (MIN(?t) AS ?first) {{
  ?statement <{term("held")}> ?interval . ?interval <{term("beginEarliest")}> ?t
  FILTER(?t > "{written(BEGINNING)}"^^<{XSD}dateTime>)
}}"""
_LAST = f"""SELECT (MAX(?t) AS ?last) {{
  ?statement <{term("held")}> ?interval . ?interval <{term("endLatest")}> ?t
  FILTER(?t < "{written(FOREVER)}"^^<{XSD}dateTime>)
}}"""
_BOX = f"""SELECT (MIN(?x) AS ?west) (MIN(?y) AS ?south) (MAX(?x) AS ?east) (MAX(?y) AS ?north) {{
  ?held <{term("subject")}> ?place ; <{S_NS}controlledBy> ?holder .
  ?shape <{term("subject")}> ?place ; <{S_NS}hasGeometry> ?geometry .
  ?geometry <{term("longitude")}> ?x ; <{term("latitude")}> ?y .
}}"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a graph holds, in numbers."""

    triples: int
    """Distinct triples, whatever graphs they stand in."""
    quads: int
    graphs: int
    subjects: int
    objects: int
    classes: dict[str, int]
    """Instances by class."""
    properties: dict[str, int]
    """Triples by property."""
    claims: int
    sources: int
    first: str
    """The earliest instant for which a statement is to have held, unbounded ones aside; empty if there is none."""
    last: str
    box: tuple[str, str, str, str] | None
    """West, south, east and north of the places of which it is said who held them, in degrees (WGS 84)."""


def figures_of(store: Store) -> Figures:
    """Return the figures of a graph; each takes one query."""
    ((first,),), ((last,),) = _rows(store, _FIRST), _rows(store, _LAST)
    ((west, south, east, north),) = _rows(store, _BOX)
    classes = _counts(store, "SELECT ?of (COUNT(DISTINCT ?s) AS ?n) { ?s a ?of } GROUP BY ?of")
    return Figures(
        triples=_number(store, f"SELECT (COUNT(*) AS ?n) {{ {{ {_DISTINCT} }} }}"),
        quads=len(store),
        graphs=sum(1 for _ in store.named_graphs()),
        subjects=_number(store, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        objects=_number(store, "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        classes=classes,
        properties=_counts(store, f"SELECT (?p AS ?of) (COUNT(*) AS ?n) {{ {{ {_DISTINCT} }} }} GROUP BY ?p"),
        claims=classes.get(term("Claim"), 0),
        sources=_number(store, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?claim <{K_NS}source> ?s }}"),
        first=first,
        last=last,
        box=(west, south, east, north) if west else None,
    )


def _rows(store: Store, sparql: str) -> list[list[str]]:
    answer = run(store, sparql)
    if not isinstance(answer, QuerySolutions):  # pragma: no cover - every query here is a SELECT
        raise TypeError(sparql)
    return [[_text(solution[variable]) for variable in answer.variables] for solution in answer]


def _text(cell: object) -> str:
    return cell.value if isinstance(cell, NamedNode | Literal | BlankNode) else ""


def _number(store: Store, sparql: str) -> int:
    ((number,),) = _rows(store, sparql)
    return int(number)


def _counts(store: Store, sparql: str) -> dict[str, int]:
    return {name: int(number) for name, number in sorted(_rows(store, sparql))}
