"""The bulk checks against the W3C SHACL core tests, which come with the answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest

from kg.check.graph import SH, SKOLEM, local_name
from kg.check.oracle import Result, check_with_pyshacl, result_key
from kg.check.run import broken, plain
from kg.check.shapes import read_shapes
from kg.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

SHT = "http://www.w3.org/ns/shacl-test#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
LISTS = Path(__file__).parent
FOLDERS = ("misc", "node", "path", "property", "targets")


def read_list(name: str) -> dict[str, str]:
    """Return test names with the reason beside them."""
    lines = (LISTS / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return {test: reason.strip() for test, _, reason in pairs}


SUPPORTED = read_list("shacl-supported.txt")
UNSUPPORTED = read_list("shacl-unsupported.txt")


class Case(NamedTuple):
    """One W3C test: its data, its shapes and the results it expects."""

    data: ox.Store
    shapes: list[ox.Triple]
    expected: set[Result]


def read_case(path: Path) -> Case:
    manifest = list(parse(path))
    found = {
        local_name(triple.predicate.value): path.with_name(Path(triple.object.value).name)
        for triple in manifest
        if triple.predicate.value in {SHT + "dataGraph", SHT + "shapesGraph"}
        and isinstance(triple.object, ox.NamedNode)
    }
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in parse(found["dataGraph"]))
    return Case(store, list(parse(found["shapesGraph"])), set(expected_results(manifest)))


def parse(path: Path) -> Iterator[ox.Triple]:
    for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=path.as_uri()):
        yield quad.triple


def expected_results(triples: list[ox.Triple]) -> Iterator[Result]:
    values: dict[str, dict[str, str]] = {}
    for triple in triples:
        values.setdefault(str(triple.subject), {})[triple.predicate.value] = plain(triple.object)
    for found in values.values():
        if SH + "focusNode" in found:
            component = local_name(found[SH + "sourceConstraintComponent"]).removesuffix("ConstraintComponent")
            yield found[SH + "focusNode"], found[SH + "sourceShape"], component


def comparable(results: set[Result]) -> set[Result]:
    # Names of blank nodes differ from run to run, and Oxigraph writes the decimal 4.0 as 4.
    return {(_steady(focus).removesuffix(".0"), _steady(shape), component) for focus, shape, component in results}


def _steady(name: str) -> str:
    return "_:" if name.startswith(("_:", SKOLEM)) else name


def ours(case: Case) -> set[Result]:
    constraints = read_shapes(case.shapes)
    return {result_key(focus, constraint) for focus, constraint in broken(case.data, constraints)}


@pytest.mark.parametrize("name", SUPPORTED)
def test_finds_what_the_w3c_expects(shacl_suite: Path, name: str) -> None:
    case = read_case(shacl_suite / "core" / f"{name}.ttl")
    assert comparable(ours(case)) == comparable(case.expected)


# rdflib warns of the ill-formed literals that some of these tests are about.
@pytest.mark.filterwarnings("ignore:Parsing weird boolean:UserWarning")
@pytest.mark.parametrize("name", SUPPORTED)
def test_pyshacl_finds_the_same(shacl_suite: Path, name: str) -> None:
    case = read_case(shacl_suite / "core" / f"{name}.ttl")
    assert comparable(ours(case)) == comparable(check_with_pyshacl(case.data, case.shapes))


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_refuses_what_it_does_not_know(shacl_suite: Path, name: str) -> None:
    with pytest.raises(DataError, match="unsupported-shacl"):
        ours(read_case(shacl_suite / "core" / f"{name}.ttl"))


def test_every_w3c_core_test_is_listed_once(shacl_suite: Path) -> None:
    files = (path for folder in FOLDERS for path in (shacl_suite / "core" / folder).glob("*.ttl"))
    tests = {f"{path.parent.name}/{path.stem}" for path in files if SHT.encode() in path.read_bytes()}
    tests = {test for test in tests if not test.endswith(("manifest", "-data", "-shapes"))}
    assert tests == {*SUPPORTED, *UNSUPPORTED}
    assert not SUPPORTED.keys() & UNSUPPORTED.keys()
