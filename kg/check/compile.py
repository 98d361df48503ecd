"""Writes each constraint as one set-based SPARQL query over all its focus nodes.

A validator visits node after node; a store answers the same question for all of them at
once. The queries are SPARQL 1.1, take the union of all graphs as the default graph, and
select ``?focus`` and ``?value`` of what breaks the rule. They do not run here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.check.graph import local_name
from kg.errors import DataError, Finding
from kg.vocab import RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.check.shapes import Constraint, Target, Test

CASTS = ("boolean", "date", "dateTime", "decimal", "double", "float", "integer", "time")
"""Datatypes whose lexical form the engine checks with the cast of that name (SPARQL 17.5)."""
FREE_TEXT = (
    XSD + "string",
    XSD + "anyURI",
    RDF + "langString",
    RDF + "HTML",
    "http://www.opengis.net/ont/geosparql#wktLiteral",
)
"""Datatypes that any text is a value of, as far as RDF 1.1 engines check."""
NODE_KINDS = {
    "IRI": "isIRI(?value)",
    "BlankNode": "isBlank(?value)",
    "Literal": "isLiteral(?value)",
    "IRIOrLiteral": "!isBlank(?value)",
    "BlankNodeOrIRI": "!isLiteral(?value)",
    "BlankNodeOrLiteral": "!isIRI(?value)",
}
COMPARISONS = {"minInclusive": ">=", "maxInclusive": "<=", "minExclusive": ">", "maxExclusive": "<"}
LENGTHS = {"minLength": ">=", "maxLength": "<="}


def compile_constraint(constraint: Constraint) -> str:
    """Return the query that selects what breaks a constraint.

    ``?value`` is unbound when the fault is not one value (a count, a missing value).
    Raises DataError, rule ``unsupported-shacl``, for what cannot be said in SPARQL 1.1.
    """
    test = constraint.test
    if test.component == "sparql":
        return _sparql(constraint)
    if test.component in {"minCount", "maxCount"}:
        return _count(constraint)
    where = [focus_pattern(constraint.targets)]
    if test.component in {"lessThan", "lessThanOrEquals"}:
        return _select([*where, _order(constraint)])
    if test.component == "hasValue" and constraint.path:
        missing = f"FILTER NOT EXISTS {{ ?focus {constraint.path.sparql} {test.parameters[0]} }}"
        return _select([*where, missing])
    reach = f"?focus {constraint.path.sparql} ?value ." if constraint.path else "BIND(?focus AS ?value)"
    return _select([*where, reach, _fails(test)])


def _select(where: list[str]) -> str:
    body = "\n  ".join(where)
    return f"SELECT DISTINCT ?focus ?value WHERE {{\n  {body}\n}}"


def focus_pattern(targets: tuple[Target, ...], variable: str = "?focus") -> str:
    """Return the graph pattern that binds a variable to the focus nodes of targets."""
    parts = [_target(target, variable) for target in targets]
    return parts[0] if len(parts) == 1 else " UNION ".join(f"{{ {part} }}" for part in parts)


def _target(target: Target, variable: str) -> str:
    if target.kind == "targetClass":
        return f"{variable} <{RDF}type>/<{RDFS}subClassOf>* {target.term} ."
    if target.kind == "targetSubjectsOf":
        return f"{variable} {target.term} ?anyObject ."
    if target.kind == "targetObjectsOf":
        return f"?anySubject {target.term} {variable} ."
    return f"VALUES {variable} {{ {target.term} }}"


def _count(constraint: Constraint) -> str:
    path = constraint.path.sparql if constraint.path else ""
    wanted = int(constraint.test.parameters[0].value)
    where = focus_pattern(constraint.targets)
    if constraint.test.component == "minCount" and wanted == 1:
        return _select([where, f"FILTER NOT EXISTS {{ ?focus {path} ?any }}"])
    sign = "<" if constraint.test.component == "minCount" else ">"
    return (
        f"SELECT ?focus WHERE {{\n  {where}\n  OPTIONAL {{ ?focus {path} ?counted }}\n}}\n"
        f"GROUP BY ?focus HAVING (COUNT(DISTINCT ?counted) {sign} {wanted})"
    )


def _order(constraint: Constraint) -> str:
    # A pair that cannot be compared breaks the rule too (SHACL 4.5.3).
    path = constraint.path.sparql if constraint.path else ""
    sign = "<" if constraint.test.component == "lessThan" else "<="
    other = constraint.test.parameters[0]
    return f"?focus {path} ?value ; {other} ?other . FILTER(!COALESCE(?value {sign} ?other, false))"


def _fails(test: Test) -> str:
    if test.component == "class":
        # A filter of its own: engines turn it into an anti-join.
        return f"FILTER NOT EXISTS {{ {_is_of_class(test)} }}"
    return f"FILTER(!COALESCE({_holds(test)}, false))"


def _is_of_class(test: Test) -> str:
    return f"?value <{RDF}type>/<{RDFS}subClassOf>* {test.parameters[0]} ."


def _holds(test: Test) -> str:
    """Return the SPARQL expression that is true when ``?value`` passes; errors count as failing."""
    return EXPRESSIONS[test.component](test)


def _passes_one_of(test: Test) -> str:
    ways = (" && ".join(f"COALESCE({_holds(part)}, false)" for part in way) for way in test.alternatives)
    return " || ".join(f"({way or 'true'})" for way in ways) or "false"


def _is_one_of(test: Test) -> str:
    # Equal terms, not equal values: 1 is not 1.0 here (SHACL 4.8.3).
    return " || ".join(f"sameTerm(?value, {term})" for term in test.parameters) or "false"


def _is_long_enough(test: Test) -> str:
    return f"!isBlank(?value) && STRLEN(STR(?value)) {LENGTHS[test.component]} {test.parameters[0].value}"


def _is_in_range(test: Test) -> str:
    return f"?value {COMPARISONS[test.component]} {test.parameters[0]}"


def _is_of_datatype(test: Test) -> str:
    iri = test.parameters[0].value
    same = f"isLiteral(?value) && DATATYPE(?value) = <{iri}>"
    if iri in FREE_TEXT:
        return same
    if iri not in {XSD + name for name in CASTS}:
        raise _unsupported(iri, "the lexical form of this datatype cannot be checked in SPARQL 1.1")
    return f"{same} && DATATYPE(<{iri}>(STR(?value))) = <{iri}>"


def _matches(test: Test) -> str:
    arguments = ", ".join(str(ox.Literal(term.value)) for term in test.parameters)
    if not ox.Store().query(f'ASK {{ BIND(REGEX("", {arguments}) AS ?x) FILTER(BOUND(?x)) }}'):
        raise _unsupported(arguments, "the engine does not read this pattern")
    return f"!isBlank(?value) && REGEX(STR(?value), {arguments})"


EXPRESSIONS: dict[str, Callable[[Test], str]] = {
    "or": _passes_one_of,
    "class": lambda test: f"EXISTS {{ {_is_of_class(test)} }}",
    "nodeKind": lambda test: NODE_KINDS[local_name(test.parameters[0].value)],
    "in": _is_one_of,
    "hasValue": _is_one_of,
    "pattern": _matches,
    "datatype": _is_of_datatype,
    **dict.fromkeys(LENGTHS, _is_long_enough),
    **dict.fromkeys(COMPARISONS, _is_in_range),
}
"""How to say in SPARQL that ``?value`` passes, by component."""


def _sparql(constraint: Constraint) -> str:
    select = constraint.test.select
    if constraint.path:
        select = select.replace("$PATH", constraint.path.sparql)
    return (
        f"{constraint.test.prefixes}\nSELECT DISTINCT * WHERE {{\n"
        f"  {focus_pattern(constraint.targets, '?this')}\n  {{ {select} }}\n}}"
    )


def _unsupported(place: str, message: str) -> DataError:
    finding = Finding(place, "unsupported-shacl", message, "say it another way, or teach kg.check.compile")
    return DataError([finding])
