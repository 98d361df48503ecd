"""What stands in a release: dumps that hold the graph, sums, description, citation, the ontology as a page."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
import subprocess
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import jsonschema
import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, parse
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, RDFS, SKOS, VOID
from ruamel.yaml import YAML

from kg.profiles import PROFILES
from kg.release.dumps import canonical_hash
from kg.store import open_store
from kg.terms import ontology_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rdflib.term import Node

DATASET = rdflib.URIRef("https://w3id.org/conflict-kg/dataset/0.1.0")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
BASE = "https://w3id.org/conflict-kg/release/0.1.0/"


@pytest.fixture(scope="module")
def described(released: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(released / "void.ttl")


def test_the_same_graph_gives_the_same_bytes(
    released: Path, release_again: Callable[[Path], None], tmp_path: Path
) -> None:
    release_again(tmp_path / "again")
    first, second = (
        {path.name: path.read_bytes() for path in folder.iterdir()} for folder in (released, tmp_path / "again")
    )
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_sha256sum_accepts_the_sums_of_all_files(released: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=released, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == len(list(released.iterdir())) - 1


def test_every_dump_holds_the_whole_graph(released: Path, small: Path) -> None:
    whole = set(open_store(small))
    for name in ("trig", "nquads", "rdf12-trig", "jsonld", "wikibase"):
        form = PROFILES[name]
        assert set(form.load(released / f"conflict-kg-0.1.0_{name}{form.syntax.suffix}.gz")) == whole, name
    turtle = {quad.triple for quad in PROFILES["turtle"].load(released / "conflict-kg-0.1.0_turtle.ttl.gz")}
    assert turtle == {quad.triple for quad in whole}


def test_the_hash_of_the_data_set_is_that_of_its_sorted_lines(released: Path) -> None:
    # Without blank nodes, RDFC-1.0 relabels nothing: anybody can take the hash with zcat, sort and sha256sum.
    with gzip.open(released / "conflict-kg-0.1.0_nquads.nq.gz", "rb") as file:
        lines = sorted(file.read().splitlines(keepends=True))
    told = hashlib.sha256(b"".join(lines)).hexdigest()
    assert f"    {told}\n" in (released / "README.md").read_text(encoding="utf-8")
    assert f"sha256:{told}" in (released / "CITATION.cff").read_text(encoding="utf-8")


def test_the_hash_does_not_change_with_the_names_of_blank_nodes() -> None:
    one, other = b"_:a <a:p> _:b .\n_:b <a:p> <a:o> .", b"_:y <a:p> _:x .\n_:x <a:p> <a:o> ."
    first, second = (canonical_hash(parse(data, format=RdfFormat.N_QUADS)) for data in (one, other))
    assert first == second != canonical_hash(parse(b"_:a <a:p> _:b .\n_:b <a:p> <a:q> .", format=RdfFormat.N_QUADS))
    assert canonical_hash(Store()) == hashlib.sha256(b"").hexdigest()


def test_the_description_meets_dcat_and_void(described: rdflib.Graph, root: Path) -> None:
    shapes = rdflib.Graph().parse(root / "tests/release/dcat.shapes.ttl")
    conforms, _, report = validate(described, shacl_graph=shapes)
    assert conforms, report
    for lost in (DCAT.byteSize, DCTERMS.publisher, SPDX.checksumValue, DCAT.accessURL, VOID.entities):
        less = rdflib.Graph()
        less += described
        less.remove((None, lost, None))
        assert not validate(less, shacl_graph=shapes)[0], lost


def test_the_counts_of_void_are_those_of_the_dump(described: rdflib.Graph, released: Path) -> None:
    dump = rdflib.Dataset()
    dump.parse(data=gzip.decompress((released / "conflict-kg-0.1.0_nquads.nq.gz").read_bytes()), format="nquads")
    triples = {(s, p, o) for s, p, o, _ in dump.quads()}
    told = {name: number(described, DATASET, VOID[name]) for name in ("triples", "distinctSubjects", "distinctObjects")}
    assert told == {
        "triples": len(triples),
        "distinctSubjects": len({s for s, _, _ in triples}),
        "distinctObjects": len({o for _, _, o in triples}),
    }
    partitions = [
        (VOID.classPartition, VOID["class"], VOID.entities),
        (VOID.propertyPartition, VOID.property, VOID.triples),
    ]
    counted = [Counter(o for _, p, o in triples if p == RDF.type), Counter(p for _, p, _ in triples)]
    for (part, name, count), own in zip(partitions, counted, strict=True):
        nodes = list(described.objects(DATASET, part))
        assert {described.value(n, name): number(described, n, count) for n in nodes} == dict(own)


def test_sizes_and_sums_of_the_description_are_those_of_the_files(described: rdflib.Graph, released: Path) -> None:
    files = list(described.objects(DATASET, DCAT.distribution))
    assert len(files) == 6
    for one in files:
        path = released / str(described.value(one, DCAT.downloadURL)).removeprefix(BASE)
        assert number(described, one, DCAT.byteSize) == path.stat().st_size
        value = described.value(described.value(one, SPDX.checksum), SPDX.checksumValue)
        assert str(value) == hashlib.sha256(path.read_bytes()).hexdigest()


def number(described: rdflib.Graph, node: Node, name: Node) -> int:
    return int(str(described.value(node, name)))


def test_the_citation_is_valid(released: Path, root: Path) -> None:
    schema = json.loads((root / "tests/release/cff-1.2.0.schema.json").read_text(encoding="utf-8"))
    cited = YAML(typ="safe").load(released / "CITATION.cff")
    jsonschema.Draft7Validator(schema).validate(cited)
    assert (cited["version"], cited["date-released"], cited["license"]) == ("0.1.0", "2026-11-30", "CC-BY-4.0")


def test_the_licence_and_the_readme_are_there(released: Path, root: Path) -> None:
    assert (released / "LICENSE-DATA").read_bytes() == (root / "LICENSE-DATA").read_bytes()
    text = (released / "README.md").read_text(encoding="utf-8")
    for path in released.iterdir():
        assert path.name == "README.md" or f"`{path.name}`" in text
    assert "turtle.ttl.gz` does not carry" in text


class Page(HTMLParser):
    """What a page would load, and the text of it."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.text: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "script":
            self.scripts.append(named.get("type") or "text/javascript")
        if tag != "a":
            self.loads += [value for name in ("src", "href", "data", "srcset") if (value := named.get(name))]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_of_the_ontology_holds_every_word_said_of_a_term(released: Path) -> None:
    ontology = rdflib.Graph()
    for path in ontology_files():
        ontology.parse(path)
    page = Page()
    page.feed((released / "ontology.html").read_text(encoding="utf-8"))
    shown = _close("".join(page.text))
    said = (RDFS.label, SKOS.prefLabel, SKOS.definition, SKOS.scopeNote, SKOS.example)
    texts = {(s, p, str(o)) for p in said for s, o in ontology.subject_objects(p)}
    assert len(texts) > 2000
    assert [text for text in texts if _close(text[2]) not in shown] == []


def _close(text: str) -> str:
    return re.sub(r"\s+", "", html.unescape(text))


def test_the_page_of_the_ontology_loads_nothing_and_runs_nothing(released: Path) -> None:
    text = (released / "ontology.html").read_text(encoding="utf-8")
    page = Page()
    page.feed(text)
    assert [value for value in page.loads if not value.startswith("data:image/png")] == []
    assert page.scripts == ["application/ld+json"]
    assert re.findall(r"@import|url\(", text) == []
