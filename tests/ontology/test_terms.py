"""Every term says what it is, where it belongs and how it is used."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox
import pytest

from kg.terms import (
    Predicate,
    classes,
    concepts,
    local_name,
    ontology_files,
    predicates,
    properties,
    schemes,
    subclasses,
)
from kg.vocab import BASE, K_NS, OWL, RDF, RDFS, S_NS, SKOS, XSD

TEXTS = {RDFS + "label", SKOS + "definition", SKOS + "scopeNote", SKOS + "example"}
BOTH = {"denies", "withdraws"}
"""Names that are a stance and a link between claims: an individual and a property (OWL 2 DL allows the two)."""
DESCRIPTION: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
HOME: dict[str, set[str]] = defaultdict(set)

for path in ontology_files():
    if path.name != "alignments.ttl":
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            assert isinstance(quad.subject, ox.NamedNode), f"{path.name}: a blank node"
            assert isinstance(quad.object, ox.NamedNode | ox.Literal), f"{path.name}: a blank node"
            DESCRIPTION[quad.subject.value][quad.predicate.value].append(quad.object)
            HOME[quad.subject.value].add(path.stem)

TERMS = sorted(iri for iri in DESCRIPTION if iri.startswith((K_NS, S_NS)))


@pytest.mark.parametrize("iri", TERMS, ids=local_name)
def test_a_term_has_its_texts_once_and_in_english(iri: str) -> None:
    for name in TEXTS:
        (text,) = DESCRIPTION[iri][name]
        assert isinstance(text, ox.Literal)
        assert text.language == "en"
        assert text.value.strip()
        assert text.value.strip() != "-"


@pytest.mark.parametrize("iri", TERMS, ids=local_name)
def test_a_term_is_defined_by_the_one_module_that_holds_it(iri: str) -> None:
    (module,) = HOME[iri]
    assert DESCRIPTION[iri][RDFS + "isDefinedBy"] == [ox.NamedNode(f"{BASE}ontology/{module}")]
    assert DESCRIPTION[iri][OWL + "versionInfo"]


@pytest.mark.parametrize("iri", TERMS, ids=local_name)
def test_a_definition_is_more_than_the_label(iri: str) -> None:
    label, definition = (DESCRIPTION[iri][name][0].value for name in (RDFS + "label", SKOS + "definition"))
    assert definition.rstrip(".").lower() != label.lower()
    assert definition.endswith(".")


def test_there_are_terms_of_every_kind() -> None:
    counts = len(classes()), len(predicates()), len(concepts()), len(properties()), len(schemes())
    assert all(count > floor for count, floor in zip(counts, (20, 40, 100, 80, 15), strict=True)), counts


def test_names_are_unique_but_for_stances_that_are_links_too() -> None:
    kinds = [set(classes()), set(properties()), set(concepts()), set(schemes())]
    seen: set[str] = set()
    twice: set[str] = set()
    for names in kinds:
        twice |= seen & names
        seen |= names
    assert twice == BOTH


def test_names_differ_by_more_than_case_but_for_a_class_and_its_property() -> None:
    by_case: dict[str, set[str]] = defaultdict(set)
    for name in {*classes(), *properties(), *concepts(), *schemes()}:
        by_case[name.lower()].add(name)
    alike = {name for names in by_case.values() if len(names) > 1 for name in names}
    assert alike == {"Passage", "passage", "Provision", "provision", "Source", "source"}
    assert alike <= {*classes(), *properties()}


@pytest.mark.parametrize("predicate", predicates().values(), ids=lambda predicate: predicate.name)
def test_a_predicate_says_what_it_takes(predicate: Predicate) -> None:
    known = {*classes(), "Concept"}
    assert set(predicate.subject_classes) <= known
    assert predicate.subject_classes
    assert set(predicate.value_classes) <= known
    assert bool(predicate.value_classes) != bool(predicate.datatype)
    assert bool(predicate.value_schemes) == ("Concept" in predicate.value_classes)
    assert set(predicate.value_schemes) <= set(schemes())
    assert RDFS + "domain" not in DESCRIPTION[predicate.iri]
    assert RDFS + "range" not in DESCRIPTION[predicate.iri]


def test_every_predicate_has_its_twin_and_every_twin_its_predicate() -> None:
    twins = {iri: facts for iri, facts in DESCRIPTION.items() if iri.startswith(S_NS)}
    assert sorted(twins) == sorted(predicate.statement_iri for predicate in predicates().values())
    for iri, facts in twins.items():
        assert facts[K_NS + "projectsTo"] == [ox.NamedNode(K_NS + local_name(iri))]
        assert facts[RDF + "type"] == DESCRIPTION[K_NS + local_name(iri)][RDF + "type"]


def test_every_concept_is_in_one_list_and_broader_entries_are_in_the_same() -> None:
    for name, concept in concepts().items():
        assert len(DESCRIPTION[concept.iri][SKOS + "inScheme"]) == 1, name
        assert concept.scheme in schemes(), name
        assert all(concepts()[other].scheme == concept.scheme for other in concept.broader), name


def test_every_list_has_entries() -> None:
    assert [name for name, entries in schemes().items() if not entries] == []


def test_known_terms_are_read_as_they_stand() -> None:
    invokes, wording = predicates()["invokes"], predicates()["wording"]
    assert (invokes.subject_classes, invokes.value_classes) == (("Event",), ("Provision", "Treaty"))
    assert (wording.datatype, wording.value_classes) == (XSD + "string", ())
    assert predicates()["participant"].subject_classes == ("Event", "Treaty")
    assert predicates()["treatyStatus"].single_valued
    assert not predicates()["party"].single_valued
    assert concepts()["Shelling"].broader == ("Attack",)
    assert subclasses("Source") == (
        "Dataset",
        "LegalText",
        "NewsArticle",
        "OfficialStatement",
        "ReferenceWork",
        "Source",
    )
