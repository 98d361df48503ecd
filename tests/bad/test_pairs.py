"""Every rule has a small file that breaks it and a twin that breaks nothing.

Asking a rule costs the same for one small graph as for forty, so files are checked by the
batch: each with names of its own, and the findings are shared out again by these names.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pyoxigraph as ox
import pytest

from kg.check import check, load_shapes, shape_triples
from kg.check.graph import name_blank_shapes
from kg.check.oracle import Result, check_with_pyshacl, result_key
from kg.check.run import broken
from kg.check.timeline import RULES
from kg.terms import ontology_files
from kg.vocab import BASE, DCTERMS, GEO, K_NS, OWL, RDF, RDFS, S_NS, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.check.shapes import Constraint
    from kg.errors import Finding

    Java: TypeAlias = Callable[..., str]

PAIRS = Path(__file__).parent / "shapes"
FOLDERS = sorted(PAIRS.iterdir()) if PAIRS.is_dir() else []
# SHACL engines need the class tree only, and visit every node of what they are given.
TREE = {RDFS + "subClassOf"}
BATCH = 50
"""Folders that are checked together. With several workers, each computes only the batches it needs."""
OURS = (K_NS, S_NS)
VOCABULARIES = (*OURS, DCTERMS, GEO, OWL, RDF, RDFS, SKOS, XSD)
"""Namespaces whose names mean the same in every file."""
Part = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""What pyoxigraph says may stand in a quad; no graph here has a triple inside a triple."""

SIGNS = {folder: f"pair-{number:04}-" for number, folder in enumerate(FOLDERS)}
"""What stands in the names of a folder when it is checked with others."""

pairs = pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)


class Broken(NamedTuple):
    """What a file breaks, as findings and as a SHACL engine with the class tree would report it."""

    findings: list[Finding]
    results: set[Result]


@cache
def ontology() -> tuple[ox.Quad, ...]:
    graph = ox.NamedNode(BASE + "graph/ontology")
    files = (quad for path in ontology_files() for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    return tuple(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in files)


@cache
def declared() -> frozenset[str]:
    return frozenset(quad.subject.value for quad in ontology() if isinstance(quad.subject, ox.NamedNode))


@cache
def constraints() -> list[Constraint]:
    return load_shapes()


def parsed(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=path, format=ox.RdfFormat.TRIG))


def stored(quads: Iterable[ox.Quad], *, tree_only: bool = False) -> ox.Store:
    store = ox.Store()
    store.extend(quad for quad in ontology() if not tree_only or quad.predicate.value in TREE)
    store.extend(quads)
    return store


def same_property(rule: str) -> str:
    """Return what a rule is about: the property, the node's own name and kind, or only itself.

    Rules that share it cannot all be broken alone: what is no IRI is in no list of IRIs, and
    an office without a label is an agent without one.
    """
    about = rule.split(".")[1] if "." in rule else rule
    return "itself" if about in {"nodeKind", "pattern"} else about


# Batches: names of a folder's own, so that no file sees another.


def marked(term: Part, sign: str) -> Part:
    """Return a name as a folder's own; vocabularies and literals stay.

    The sign is a step of the path in front of kind and id, since rules read the end of an IRI
    (``/st/`` and 20 hex digits), its scheme, and whether it begins with our base. Names keep
    their order among themselves.
    """
    if isinstance(term, ox.BlankNode):
        return ox.BlankNode(sign + term.value)
    if not isinstance(term, ox.NamedNode) or term.value in declared() or term.value.startswith(VOCABULARIES):
        return term
    front = re.match(f"{re.escape(BASE)}|[a-z]+://[^/]+/", term.value)
    return ox.NamedNode(f"{front[0]}{sign}/{term.value[front.end() :]}") if front else term


def unmarked(text: str, sign: str) -> str:
    return text.replace(f"{sign}/", "").replace(sign, "")


def marked_quad(quad: ox.Quad, sign: str) -> ox.Quad:
    subject, value = marked(quad.subject, sign), marked(quad.object, sign)
    assert not isinstance(subject, ox.Literal)
    return ox.Quad(subject, quad.predicate, value, quad.graph_name)


def stands_alone(quads: list[ox.Quad]) -> bool:
    """Return whether a file says something of a shared name, or uses one of ours that nobody declares.

    Such a name cannot be marked, so that its file could spoil or hide what is found in others.
    """
    used = {quad.predicate.value for quad in quads if quad.predicate.value.startswith(BASE)}
    values = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
    used |= {value for value in values if value.startswith(OURS)}
    return not used <= declared() or any(marked(quad.subject, "x") == quad.subject for quad in quads)


def checked(quads: list[ox.Quad], *, trigger: bool) -> Broken:
    found = broken(stored(quads, tree_only=True), constraints()) if trigger else ()
    return Broken(check(stored(quads)), {result_key(focus, constraint) for focus, constraint in found})


@cache
def checked_alone(folder: Path, name: str) -> Broken:
    return checked(parsed(folder / name), trigger=name == "trigger.trig")


@cache
def checked_together(batch: int, name: str) -> dict[str, Broken]:
    """Return what the files of a batch of folders break, by sign, without those that stand alone.

    It is empty if something is found at a name that all files share, which could be anybody's.
    """
    files = {SIGNS[folder]: parsed(folder / name) for folder in FOLDERS[batch * BATCH : (batch + 1) * BATCH]}
    together = {sign: quads for sign, quads in files.items() if not stands_alone(quads)}
    quads = [marked_quad(quad, sign) for sign, quads in together.items() for quad in quads]
    found = checked(quads, trigger=name == "trigger.trig")
    shares = {sign: own_share(found, sign) for sign in together}
    placed = sum(len(share.findings) + len(share.results) for share in shares.values())
    return shares if placed == len(found.findings) + len(found.results) else {}


def own_share(found: Broken, sign: str) -> Broken:
    """Return what was found at the names with a sign, without the sign."""
    findings = [
        replace(finding, place=unmarked(finding.place, sign), message=unmarked(finding.message, sign))
        for finding in found.findings
        if sign in finding.place
    ]
    results = {(unmarked(focus, sign), shape, part) for focus, shape, part in found.results if sign in focus}
    return Broken(findings, results)


def breaks(folder: Path, name: str) -> Broken:
    """Return what a file of a folder breaks, by the names in the file."""
    batch = FOLDERS.index(folder) // BATCH
    return checked_together(batch, name).get(SIGNS[folder]) or checked_alone(folder, name)


# Jena, in one run of the JVM over all triggers.


@pytest.fixture(scope="session")
def jena_results(java: Java, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Result]]:
    """Return what Apache Jena finds in each trigger, by the name of its folder."""
    inputs = tmp_path_factory.mktemp("jena")
    shapes, tree = inputs / "shapes.nt", inputs / "tree.nt"
    shapes.write_bytes(n_triples(name_blank_shapes(shape_triples())))
    tree.write_bytes(n_triples(quad.triple for quad in ontology() if quad.predicate.value in TREE))
    found: dict[str, set[Result]] = {folder.name: set() for folder in FOLDERS}
    for line in java("ShaclMain", shapes, tree, *(folder / "trigger.trig" for folder in FOLDERS)).splitlines():
        path, focus, shape, component = line.split("\t")
        found[Path(path).parent.name].add((focus, shape, component))
    return found


def n_triples(triples: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def steady(results: Iterable[Result]) -> set[Result]:
    return {("_:" if focus.startswith("_:") else focus, shape, component) for focus, shape, component in results}


def one_of_each_component() -> list[Path]:
    """Return the folder of the first rule of each component of SHACL."""
    first = {constraint.test.component: constraint.rule for constraint in reversed(constraints())}
    return [PAIRS / rule for rule in first.values()]


def test_every_rule_has_a_pair_and_every_pair_a_rule() -> None:
    rules = {constraint.rule for constraint in load_shapes()} | set(RULES)
    assert rules == {folder.name for folder in FOLDERS}


@pairs
def test_the_trigger_breaks_its_rule_and_of_other_properties_only_what_also_txt_names(folder: Path) -> None:
    rules = {finding.rule for finding in breaks(folder, "trigger.trig").findings}
    assert folder.name in rules
    also = folder / "also.txt"
    named = set(also.read_text(encoding="utf-8").split()) if also.exists() else set()
    assert {rule for rule in rules if same_property(rule) != same_property(folder.name)} == named


@pairs
def test_the_twin_breaks_nothing(folder: Path) -> None:
    assert breaks(folder, "twin.trig").findings == []


@pairs
def test_jena_finds_the_same_in_the_trigger(folder: Path, jena_results: dict[str, set[Result]]) -> None:
    assert steady(breaks(folder, "trigger.trig").results) == steady(jena_results[folder.name])


# pySHACL parses every shape again for each file, so it is asked once per component.
@pytest.mark.parametrize("folder", one_of_each_component(), ids=lambda path: path.name)
def test_pyshacl_finds_the_same_in_a_trigger_of_each_component(folder: Path) -> None:
    theirs = check_with_pyshacl(stored(parsed(folder / "trigger.trig"), tree_only=True), shape_triples())
    assert steady(breaks(folder, "trigger.trig").results) == steady(theirs)


@pytest.mark.parametrize("folder", FOLDERS[::60], ids=lambda path: path.name)
def test_a_batch_finds_what_is_found_in_the_file_alone(folder: Path) -> None:
    together = checked_together(FOLDERS.index(folder) // BATCH, "trigger.trig")
    alone = checked_alone(folder, "trigger.trig")
    assert SIGNS[folder] in together or stands_alone(parsed(folder / "trigger.trig"))
    share = together.get(SIGNS[folder], alone)
    assert places(share) == places(alone)
    assert share.results == alone.results


def places(found: Broken) -> list[tuple[str, str]]:
    return [(finding.place, finding.rule) for finding in found.findings]
