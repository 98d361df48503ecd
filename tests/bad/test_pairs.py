"""Every rule has a small file that breaks it and a twin that breaks nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.check import check, load_shapes, shape_triples
from kg.check.oracle import check_with_pyshacl, result_key
from kg.check.run import broken
from kg.check.timeline import RULES
from kg.terms import ontology_files
from kg.vocab import BASE

PAIRS = Path(__file__).parent / "shapes"
FOLDERS = sorted(PAIRS.iterdir()) if PAIRS.is_dir() else []
# pySHACL needs the class tree only, and visits every node of what it is given.
TREE = {"http://www.w3.org/2000/01/rdf-schema#subClassOf"}

pairs = pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)


@cache
def ontology() -> tuple[ox.Quad, ...]:
    graph = ox.NamedNode(BASE + "graph/ontology")
    files = (quad for path in ontology_files() for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    return tuple(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in files)


def stored(path: Path, *, tree_only: bool = False) -> ox.Store:
    store = ox.Store()
    store.extend(quad for quad in ontology() if not tree_only or quad.predicate.value in TREE)
    store.load(path=path, format=ox.RdfFormat.TRIG)
    return store


def same_property(rule: str) -> str:
    """Return what a rule is about: the property, the node's own name and kind, or only itself.

    Rules that share it cannot all be broken alone: what is no IRI is in no list of IRIs, and
    an office without a label is an agent without one.
    """
    about = rule.split(".")[1] if "." in rule else rule
    return "itself" if about in {"nodeKind", "pattern"} else about


def test_every_rule_has_a_pair_and_every_pair_a_rule() -> None:
    rules = {constraint.rule for constraint in load_shapes()} | set(RULES)
    assert rules == {folder.name for folder in FOLDERS}


@pairs
def test_the_trigger_breaks_its_rule_and_of_other_properties_only_what_also_txt_names(folder: Path) -> None:
    rules = {finding.rule for finding in check(stored(folder / "trigger.trig"))}
    assert folder.name in rules
    also = folder / "also.txt"
    named = set(also.read_text(encoding="utf-8").split()) if also.exists() else set()
    assert {rule for rule in rules if same_property(rule) != same_property(folder.name)} == named


@pairs
def test_the_twin_breaks_nothing(folder: Path) -> None:
    assert check(stored(folder / "twin.trig")) == []


@pairs
def test_pyshacl_finds_the_same_in_the_trigger(folder: Path) -> None:
    store = stored(folder / "trigger.trig", tree_only=True)
    ours = {result_key(focus, constraint) for focus, constraint in broken(store, load_shapes())}
    theirs = check_with_pyshacl(store, shape_triples())
    assert {_steady(result) for result in ours} == {_steady(result) for result in theirs}


def _steady(result: tuple[str, str, str]) -> tuple[str, str, str]:
    focus, shape, component = result
    return ("_:" if focus.startswith("_:") else focus, shape, component)
