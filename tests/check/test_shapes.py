"""What the reader of shapes takes, what it refuses, and how rules are named."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.check.compile import compile_constraint
from kg.check.run import find_violations
from kg.check.shapes import Constraint, read_shapes
from kg.errors import DataError, Severity

PREFIXES = """
@prefix : <https://example.org/#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def shapes(turtle: str) -> list[Constraint]:
    return read_shapes(quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE))


def findings(shape: str, data: str) -> list[str]:
    store = ox.Store()
    store.load(PREFIXES + data, format=ox.RdfFormat.TRIG)
    return sorted(str(finding) for finding in find_violations(store, shapes(shape)))


def test_rules_are_named_by_shape_path_and_component() -> None:
    found = shapes("""
    :Claim a sh:NodeShape ; sh:targetClass :Claim ; sh:nodeKind sh:IRI ;
      sh:property [ sh:path :stance ; sh:minCount 1 ; sh:in ( :a :b ) ] ;
      sh:property [ sh:path [ sh:inversePath :has ] ; sh:maxCount 1 ] ;
      sh:property [ sh:path :start ; sh:lessThan :end ] .""")
    assert [constraint.rule for constraint in found] == [
        "Claim.nodeKind",
        "Claim.stance.in",
        "Claim.stance.minCount",
        "Claim.inverse-has.maxCount",
        "Claim.start.lessThan-end",
    ]


def test_the_same_rule_twice_is_numbered() -> None:
    found = shapes(":A sh:targetClass :A ; sh:property [ sh:path :p ; sh:class :B , :C ] .")
    assert [constraint.rule for constraint in found] == ["A.p.class", "A.p.class-2"]


@pytest.mark.parametrize(
    "turtle",
    [
        ":A sh:targetClass :A ; sh:closed true .",
        ":A sh:targetClass :A ; sh:not [ sh:class :B ] .",
        ":A sh:targetClass :A ; sh:property [ sh:path ( :p :q ) ; sh:minCount 1 ] .",
        ":A sh:targetClass :A ; sh:property [ sh:path :p ; sh:uniqueLang true ] .",
        ":A sh:targetClass :A ; sh:or ( [ sh:property [ sh:path :p ; sh:minCount 1 ] ] ) .",
        ":A sh:target [ a sh:SPARQLTarget ] .",
        ":A sh:targetClass :A ; sh:minCount 1 .",
        ":A sh:targetClass :A ; sh:madeUp 1 .",
        ':A sh:targetClass :A ; sh:sparql [ sh:ask "ASK { }" ] .',
        ':A sh:targetClass :A ; sh:sparql [ sh:select "SELECT ?x { ?x a $this }" ] .',
        ':A sh:targetClass :A ; sh:property [ sh:path :p ; sh:pattern "(?=x)" ] .',
        ":A sh:targetClass :A ; sh:property [ sh:path :p ; sh:datatype xsd:gYear ] .",
    ],
)
def test_shacl_that_is_not_known_is_refused(turtle: str) -> None:
    with pytest.raises(DataError, match="unsupported-shacl"):
        [compile_constraint(constraint) for constraint in shapes(turtle)]


def test_a_finding_has_the_message_the_value_and_the_severity_of_the_shape() -> None:
    shape = ':A sh:targetClass :A ; sh:property [ sh:path :p ; sh:datatype xsd:integer ; sh:message "a whole number"; sh:severity sh:Warning ] .'
    store = ox.Store()
    store.load(PREFIXES + ':x a :A ; :p 1 , "two" .', format=ox.RdfFormat.TURTLE)
    (finding,) = find_violations(store, shapes(shape))
    assert (finding.place, finding.rule) == ("https://example.org/#x", "A.p.datatype")
    assert finding.message == "a whole number: 'two'"
    assert finding.severity == Severity.WARNING


def test_the_same_triple_in_two_graphs_counts_once() -> None:
    shape = ":A sh:targetClass :A ; sh:property [ sh:path :p ; sh:maxCount 1 ] ."
    assert findings(shape, ":g { :x a :A ; :p 1 } :h { :x a :A ; :p 1 }") == []
    assert len(findings(shape, ":g { :x a :A ; :p 1 } :h { :x a :A ; :p 2 }")) == 1


def test_a_value_of_the_wrong_kind_breaks_a_rule_instead_of_dropping_out() -> None:
    # SPARQL drops a row whose filter errs: DATATYPE of an IRI, an order of text and number.
    assert findings(
        ":A sh:targetClass :A ; sh:property [ sh:path :p ; sh:datatype xsd:integer ] .", ":x a :A ; :p :y ."
    )
    assert findings(":A sh:targetClass :A ; sh:property [ sh:path :p ; sh:lessThan :q ] .", ':x a :A ; :p 1 ; :q "z" .')
    assert findings(":A sh:targetClass :A ; sh:property [ sh:path :p ; sh:minInclusive 0 ] .", ":x a :A ; :p :y .")


def test_a_query_in_a_shape_is_asked_of_all_focus_nodes_and_fills_its_message() -> None:
    shape = """
    :o sh:declare [ sh:prefix "e" ; sh:namespace "https://example.org/#"^^xsd:anyURI ] .
    :A sh:targetClass :A ; sh:sparql :order .
    :order sh:prefixes :o ; sh:message "{?value} is before {?end}" ;
      sh:select "SELECT $this ?value ?end { $this e:start ?value ; e:end ?end FILTER(?value > ?end) }" ."""
    (line,) = findings(shape, ":x a :A ; :start 2 ; :end 1 . :y a :A ; :start 1 ; :end 2 . :z :start 2 ; :end 1 .")
    assert "#x: error [A.order] '2' is before '1'" in line
