"""The ontology is OWL 2 DL and loads without a word in every tool."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox
import pytest
import rdflib

if TYPE_CHECKING:
    from collections.abc import Callable

    Java: TypeAlias = Callable[..., str]

ONTOLOGY = Path(__file__).parents[2] / "ontology"
MODULES = sorted(ONTOLOGY.glob("*.ttl"))
FILES = sorted(ONTOLOGY.rglob("*.ttl"))
IMPORTS = "http://www.w3.org/2002/07/owl#imports"
# Alignments say how our terms relate to terms of others; those are not declared here (design section 6).
ALIGNMENTS = "alignments.ttl"

modules = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def merged(names: list[Path]) -> bytes:
    """Return modules as one N-Triples document, without the imports between them."""
    triples = [quad.triple for path in names for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
    kept = (triple for triple in triples if triple.predicate.value != IMPORTS)
    return ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES) or b""


def test_there_is_an_ontology() -> None:
    assert MODULES


def test_merged_ontology_breaks_no_rule_of_owl_2_dl(java: Java, tmp_path: Path) -> None:
    document = tmp_path / "ontology.nt"
    document.write_bytes(merged([path for path in MODULES if path.name != ALIGNMENTS]))
    axioms, *violations = java("OwlMain", document).splitlines()
    assert int(axioms.removeprefix("axioms ")) > 100
    assert violations == []


@modules
def test_rdflib_and_oxigraph_read_as_many_triples_without_a_warning(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = rdflib.Graph().parse(data=path.read_bytes(), format="turtle")
    assert len(read) == len({str(quad.triple) for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)})


@modules
def test_rdflib_writes_each_file_back_as_the_same_graph(path: Path) -> None:
    read = rdflib.Graph().parse(data=path.read_bytes(), format="turtle")
    again = rdflib.Graph().parse(data=read.serialize(format="turtle"))
    assert len(again) == len(read)
