"""What a store makes of SPARQL, found out by asking it, and how it is asked all the same.

A dialect is the list of probes that a store answers otherwise than the embedded store does. A probe is a
query over constants, so that it needs no data and no name of the product. A store that passes all of them
is asked the question as it stands. One that fails any is not trusted with the rest of that question
either: it is asked for the quads, and the question runs here (``kg.fragments``).

Literals are written in one way, whoever answers: the way of the embedded store.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, Literal, QueryBoolean, QuerySolutions, Store

from kg.errors import KgError, QueryError
from kg.fragments import put_together

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.fragments import Known

    Ask: TypeAlias = Callable[[str], QuerySolutions | QueryBoolean]


@dataclass(frozen=True, slots=True)
class Probe:
    """A query over constants that stores have been seen to answer differently."""

    name: str
    what: str
    """What it is about, and which store answers otherwise."""
    sparql: str


_XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
PROBES = (
    Probe(
        "condition of an OPTIONAL",
        "a FILTER in an OPTIONAL that compares with what stands before it; Virtuoso 7.2 drops what fits",
        "SELECT ?x ?y { VALUES ?x { 1 2 3 } OPTIONAL { VALUES ?y { 2 } FILTER(?x = ?y) } } ORDER BY ?x",
    ),
    Probe(
        "OPTIONAL of a UNION",
        "the same over a UNION; RDF4J 5.0 leaves out rows of the left side (eclipse-rdf4j/rdf4j#5247)",
        "SELECT ?x ?y { VALUES ?x { 1 2 3 }"
        " OPTIONAL { { VALUES ?y { 2 } } UNION { VALUES ?y { 4 } } FILTER(?x = ?y) } } ORDER BY ?x",
    ),
    Probe(
        "OPTIONAL of a sub-select",
        "the same over a sub-select; RDF4J 5.0 forgets the condition, Comunica 5.4 has no plan for it",
        "SELECT ?x ?y { VALUES ?x { 1 2 3 }"
        " OPTIONAL { { SELECT ?y { VALUES ?y { 2 4 } } GROUP BY ?y } FILTER(?x = ?y) } } ORDER BY ?x",
    ),
    Probe(
        "UNDEF in VALUES",
        "a gap joins with anything; Virtuoso 7.2 leaves it a gap",
        'SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) (2 "b") } VALUES (?x ?y) { (1 "a") (UNDEF "b") } } ORDER BY ?x ?y',
    ),
    Probe(
        "errors",
        "an expression over a variable without a value has none; Virtuoso 7.2 goes on with an empty text or a 0",
        'SELECT ?a ?b { BIND(COALESCE(CONCAT("1", STR(?no)), "none") AS ?a) BIND(IF(?no > 1, 1, 0) AS ?b) }',
    ),
    Probe(
        "dateTime over zones",
        "09:00+04:00 is 05:00Z and before 06:00Z",
        f'{_XSD} SELECT (IF("2022-09-13T09:00:00+04:00"^^xsd:dateTime = "2022-09-13T05:00:00Z"^^xsd:dateTime'
        ' && "2022-09-13T09:00:00+04:00"^^xsd:dateTime < "2022-09-13T06:00:00Z"^^xsd:dateTime, "yes", "no") AS ?a) {}',
    ),
    Probe(
        "truth values",
        "a comparison gives true or false; Virtuoso 7.2 writes 1 or 0",
        "SELECT ?a { BIND(1 < 2 AS ?a) }",
    ),
    Probe(
        "language tags",
        "a tag is in lower case, as the graph has it; Jena writes hy-Latn, and LANG gives that as text",
        'SELECT ?a { BIND(LANG("x"@hy-latn) AS ?a) }',
    ),
    Probe(
        "groups",
        "the smallest text of a group and a count of what is there",
        'SELECT ?x (MIN(COALESCE(?y, "none")) AS ?m) (COUNT(DISTINCT ?y) AS ?n) {'
        ' VALUES (?x ?y) { (1 "b") (1 "a") (2 UNDEF) } } GROUP BY ?x ORDER BY ?x',
    ),
)


def passes(ask: Ask, probe: Probe) -> bool:
    """Return whether a store answers a probe as the embedded store does. Raises RemoteError if it does not answer."""
    try:
        there = ask(probe.sparql)
        return isinstance(there, QuerySolutions) and _rows(one_way(there)) == _rows(_here(probe.sparql))
    except (QueryError, SyntaxError):
        return False


def dialect(ask: Ask) -> tuple[Probe, ...]:
    """Return the probes that a store fails."""
    return tuple(probe for probe in PROBES if not passes(ask, probe))


def answer(
    ask: Ask, sparql: str, faults: tuple[Probe, ...], known: Known | None = None
) -> QuerySolutions | QueryBoolean:
    """Return the answer of a store to a SELECT or ASK, with the rows that the embedded store gives.

    Put together here if the store has faults; ``known`` keeps the quads for the next question. Raises
    QueryError and what ``ask`` raises.
    """
    if faults:
        return put_together(ask, sparql, known)
    there = ask(sparql)
    return one_way(there) if isinstance(there, QuerySolutions) else there


def one_way(solutions: QuerySolutions) -> QuerySolutions:
    """Return rows with their literals as the embedded store writes them.

    3 for 3.0, Z for +00:00, hy-latn for hy-Latn. Raises QueryError for blank nodes, which have no name to write.
    """
    names = [variable.value for variable in solutions.variables]
    rows = [[solution[name] for name in names] for solution in solutions]
    if any(isinstance(term, BlankNode) for row in rows for term in row):
        raise QueryError("the answer has blank nodes", mend="the graph has none: is it this graph?")
    heads = " ".join(f"?{name}" for name in names)
    table = " ".join(f"({' '.join('UNDEF' if term is None else _lower(term) for term in row)})" for row in rows)
    return _here(f"SELECT {heads} {{ VALUES ({heads}) {{ {table} }} }}")


def _lower(term: object) -> str:
    if isinstance(term, Literal) and term.language:
        return str(Literal(term.value, language=term.language.lower()))
    return str(term)


def _here(sparql: str) -> QuerySolutions:
    answered = Store().query(sparql)
    if not isinstance(answered, QuerySolutions):
        raise KgError("a probe is a SELECT", mend="this is a bug")
    return answered


def _rows(solutions: QuerySolutions) -> list[tuple[object, ...]]:
    return [tuple(solution) for solution in solutions]
