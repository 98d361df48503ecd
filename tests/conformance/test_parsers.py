"""What we write, read by the parsers of others: the same quads, and not one more.

RDF 1.2 by Apache Jena and N3.js, RDF-star by Eclipse RDF4J, RDF 1.1 by all three
and by rdflib, JSON-LD by Titanium (in Jena) and pyld, Jelly by its Java library.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pyoxigraph as ox
import pytest
import rdflib
from pyld import jsonld
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.profiles import PROFILES, profile
from kg.vocab import BASE, K_NS, S_NS, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NODE = Path(__file__).parent / "node"
RDF12 = ("rdf12-trig", "rdf12-nquads", "rdf12-turtle")
RDF11 = ("trig", "nquads", "turtle", "reification", "graph-each", "wikibase", "nanopub")
READERS = {"jena": (*RDF12, *RDF11, "jsonld"), "n3js": (*RDF12, *RDF11), "rdf4j": ("rdf-star", "jelly", *RDF11)}

HOME, PLACE = NamedNode(f"{BASE}graph/awkward"), NamedNode(f"{BASE}place/a")
STATEMENT = NamedNode(f"{BASE}st/{'0' * 20}")
AWKWARD = [
    Quad(STATEMENT, NamedNode(K_NS + "subject"), PLACE, HOME),
    Quad(STATEMENT, NamedNode(S_NS + "name"), Literal('"\\\n\r\t\u00a0\u0561\U0001f54a >> .', language="hy"), HOME),
    Quad(STATEMENT, NamedNode(S_NS + "name"), Literal("a", language="en-GB"), HOME),
    Quad(STATEMENT, NamedNode(S_NS + "amount"), Literal("+07.50", datatype=NamedNode(XSD + "decimal")), HOME),
    Quad(STATEMENT, NamedNode(S_NS + "location"), PLACE, HOME),
    Quad(PLACE, NamedNode(K_NS + "note"), Literal(""), HOME),
    Quad(PLACE, NamedNode("urn:x:y(z)'#"), Literal("1", datatype=NamedNode("event:own")), HOME),
    Quad(NamedNode("event:fire"), NamedNode("http://example.org/a/"), NamedNode(BASE + "event/fire"), DefaultGraph()),
    Quad(NamedNode("http://example.org/%C3%A9?q=1,2;3"), NamedNode("k:x"), BlankNode("b"), NamedNode("place:g")),
    Quad(PLACE, NamedNode(K_NS + "start"), Literal("42", datatype=NamedNode(XSD + "integer")), HOME),
    Quad(BlankNode("b"), NamedNode(K_NS + "start"), Literal("007", datatype=NamedNode(XSD + "integer")), HOME),
]
"""What writers and readers get wrong: escapes, schemes that are prefixes here, names that no CURIE can bear."""


@pytest.fixture(scope="module")
def written(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write a case, and what is awkward, in every profile; return the files by profile."""
    quads = [*ox.parse(path=str(root / "graphs/2022-09-clashes/graph.trig"), format=ox.RdfFormat.TRIG), *AWKWARD]
    folder = tmp_path_factory.mktemp("profiles")
    files = {
        name: folder / (name + PROFILES[name].syntax.suffix) for name in ("rdf-star", "jsonld", "jelly", *RDF12, *RDF11)
    }
    for name, path in files.items():
        profile(name).save(quads, path)
    return files


@pytest.fixture(scope="module")
def n3js(absent: Callable[[str], NoReturn]) -> Callable[..., None]:
    """Return the function that has N3.js read files; it is installed once for each state of its lock file."""
    if not (shutil.which("node") and shutil.which("npm")):
        absent("node and npm are not on the path")
    key = hashlib.sha256((NODE / "package-lock.json").read_bytes()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "conflict-kg" / f"node-{key}"
    if not (cache / "node_modules").is_dir():
        partial = cache.with_name(f"{cache.name}-{os.getpid()}")
        shutil.copytree(NODE, partial)
        install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(install, cwd=partial, check=False, capture_output=True, text=True, timeout=300)
        if done.returncode:
            shutil.rmtree(partial)
            absent(f"npm cannot install N3.js:\n{done.stderr[-2000:]}")
        if cache.is_dir():  # another worker was quicker
            shutil.rmtree(partial)
        else:
            partial.rename(cache)

    def run(*files: Path) -> None:
        modules = os.environ | {"NODE_PATH": str(cache / "node_modules")}
        subprocess.run(["node", NODE / "parse.js", *files], check=True, env=modules, timeout=300)

    return run


def alike(quads: Iterable[Quad]) -> ox.Dataset:
    """Return quads with blank nodes named by what they are."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def shown(dataset: ox.Dataset, other: ox.Dataset) -> list[str]:
    return sorted(str(quad) for quad in dataset if quad not in other)[:5]


@pytest.mark.parametrize("reader", READERS)
def test_another_parser_reads_what_was_written(
    written: dict[str, Path], reader: str, request: pytest.FixtureRequest
) -> None:
    files = [written[name] for name in READERS[reader]]
    if reader == "n3js":
        request.getfixturevalue("n3js")(*files)
    else:
        request.getfixturevalue("java")("ParseMain", reader, *files)
    for name, path in zip(READERS[reader], files, strict=True):
        with path.open("rb") as file:
            ours = alike(PROFILES[name].syntax.read(file))
        theirs = alike(ox.parse(path=f"{path}.{reader}", format=ox.RdfFormat.N_QUADS))
        assert (name, shown(theirs, ours), shown(ours, theirs)) == (name, [], [])
        assert len(ours) > 5000


def no_network(url: str, _: object) -> NoReturn:
    raise AssertionError(f"the file asks for {url}")


def test_pyld_reads_the_json_ld_without_a_network(root: Path) -> None:
    quads = [*ox.parse(path=str(root / "graphs/2016-04-four-day-war/graph.trig"), format=ox.RdfFormat.TRIG), *AWKWARD]
    file = io.BytesIO()
    profile("jsonld").write(quads, file)
    read = jsonld.to_rdf(json.loads(file.getvalue()), {"documentLoader": no_network})
    lines = jsonld.JsonLdProcessor.to_nquads(read)
    assert alike(ox.parse(lines, format=ox.RdfFormat.N_QUADS)) == alike(quads)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own TriG parser
@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_rdflib_reads_as_many_quads(written: dict[str, Path], name: str) -> None:
    read = rdflib.Dataset()
    read.parse(written[name], format=name)
    with written[name].open("rb") as file:
        assert len(list(read.quads())) == len(set(PROFILES[name].syntax.read(file)))
