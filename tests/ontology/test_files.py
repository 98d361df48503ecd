"""The ontology's files: headers, imports one way, no undeclared name in shapes and alignments."""

from __future__ import annotations

import graphlib
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from pyoxigraph import NamedNode

from kg.errors import UnknownNameError
from kg.resources import data_dir
from kg.terms import classes, concepts, ontology_files, predicates, properties, schemes
from kg.vocab import BASE, DCTERMS, K_NS, OWL, RDF, S_NS

if TYPE_CHECKING:
    from pathlib import Path

SHAPES = sorted((data_dir("ontology") / "shapes").glob("*.ttl"))
files = pytest.mark.parametrize("path", ontology_files(), ids=lambda path: path.name)
every_file = pytest.mark.parametrize("path", [*ontology_files(), *SHAPES], ids=lambda path: path.name)


def triples(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))


def objects(path: Path, predicate: str) -> list[str]:
    found = (quad.object for quad in triples(path) if quad.predicate.value == predicate)
    return [thing.value for thing in found if isinstance(thing, NamedNode | ox.Literal)]


@files
def test_a_module_has_a_header_with_version_and_licence(path: Path) -> None:
    iri = BASE + ("ontology" if path.stem == "conflict-kg" else f"ontology/{path.stem}")
    subjects = {quad.subject for quad in triples(path) if quad.object == NamedNode(OWL + "Ontology")}
    assert subjects == {NamedNode(iri)}
    assert objects(path, OWL + "versionIRI")
    assert objects(path, DCTERMS + "license") == ["https://creativecommons.org/licenses/by/4.0/"]


def test_imports_go_one_way_and_stay_at_home() -> None:
    sorter: graphlib.TopologicalSorter[str] = graphlib.TopologicalSorter()
    known = {
        BASE + ("ontology" if path.stem == "conflict-kg" else f"ontology/{path.stem}") for path in ontology_files()
    }
    for path in ontology_files():
        imported = objects(path, OWL + "imports")
        assert set(imported) <= known, path.name
        sorter.add(path.stem, *(iri.rpartition("/")[2] for iri in imported))
    assert list(sorter.static_order())


def test_the_root_imports_every_module_but_the_alignments() -> None:
    modules = {path.stem for path in ontology_files()} - {"conflict-kg", "alignments"}
    imported = {iri.rpartition("/")[2] for iri in objects(data_dir("ontology") / "conflict-kg.ttl", OWL + "imports")}
    assert imported == modules


@every_file
def test_every_name_of_ours_is_declared(path: Path) -> None:
    declared = {K_NS + name for name in {*classes(), *properties(), *concepts(), *schemes()}}
    declared |= {predicate.statement_iri for predicate in predicates().values()}
    terms = {term for quad in triples(path) for term in (quad.subject, quad.predicate, quad.object)}
    used = {term.value for term in terms if isinstance(term, NamedNode) and term.value.startswith((K_NS, S_NS))}
    assert used - declared == set()


@every_file
def test_curies_in_texts_are_names_of_ours(path: Path) -> None:
    known = {*classes(), *properties(), *concepts(), *schemes()}
    text = " ".join(t.object.value for t in triples(path) if isinstance(t.object, ox.Literal))
    # No match after a letter, so that "Shelling k:..." is read and "task:..." is not.
    named = set(re.findall(r"(?<![A-Za-z])[ks]:([A-Za-z]\w*)", text))
    assert named - known == set()


def test_nothing_foreign_is_said_to_be_of_a_kind() -> None:
    alignments = data_dir("ontology") / "alignments.ttl"
    typed = [quad for quad in triples(alignments) if quad.predicate == NamedNode(RDF + "type")]
    assert [str(quad.subject) for quad in typed] == [f"<{BASE}ontology/alignments>"]


def test_data_folders_are_found_and_others_are_refused() -> None:
    assert all(data_dir(name).is_dir() for name in ("graphs", "ontology", "queries"))
    with pytest.raises(UnknownNameError, match="'docs'"):
        data_dir("docs")
