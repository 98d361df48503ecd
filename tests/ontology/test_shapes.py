"""The shapes: one name one place, a message that says how to mend, code lists as the ontology has them."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from pyoxigraph import NamedNode

from kg.check import load_shapes
from kg.resources import data_dir
from kg.schema import SHAPES_NS
from kg.terms import predicates, schemes
from kg.vocab import K_NS

RULES = load_shapes()
BY_HAND = {
    "Interval.mode": "modes",
    "Interval.beginKind": "endKinds",
    "Interval.endKind": "endKinds",
    "Interval.precision": "precisions",
    "Claim.stance": "stances",
    "Claim.certainty": "certainties",
    "Claim.sourcing": "sourcings",
    "Claim.quotation": "quotations",
    "Source.sourceKind": "sourceKinds",
    "Geometry.coordinateQuality": "coordinateQualities",
}


def test_every_rule_says_how_to_mend() -> None:
    assert [rule.rule for rule in RULES if not rule.message] == []


def test_rule_names_are_unique() -> None:
    assert [name for name, times in Counter(rule.rule for rule in RULES).items() if times > 1] == []


def test_a_shape_stands_in_one_file() -> None:
    homes: Counter[str] = Counter()
    for path in sorted((data_dir("ontology") / "shapes").glob("*.ttl")):
        subjects = {
            quad.subject.value
            for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
            if isinstance(quad.subject, NamedNode)
        }
        homes.update(iri for iri in subjects if iri.startswith(SHAPES_NS) and "#prefix-" not in iri)
    assert homes
    assert [iri for iri, times in homes.items() if times > 1] == []


@pytest.mark.parametrize(("rule", "scheme"), BY_HAND.items())
def test_code_lists_in_shapes_are_those_of_the_ontology(rule: str, scheme: str) -> None:
    assert listed(f"{rule}.in") == {K_NS + name for name in schemes()[scheme]}


@pytest.mark.parametrize("name", [name for name, predicate in predicates().items() if predicate.value_schemes])
def test_a_concept_of_a_statement_comes_from_its_lists(name: str) -> None:
    wanted = {K_NS + entry for scheme in predicates()[name].value_schemes for entry in schemes()[scheme]}
    assert listed(f"{name}.{name}.in") == wanted


@pytest.mark.parametrize("name", predicates())
def test_every_predicate_has_rules_for_subject_and_value(name: str) -> None:
    rules = {rule.rule for rule in RULES}
    assert {f"{name}.subject.class", f"{name}.subject.or"} & rules
    assert f"{name}.{name}.nodeKind" in rules


def listed(name: str) -> set[str]:
    (rule,) = [found for found in RULES if found.rule == name]
    return {term.value for term in rule.test.parameters}
