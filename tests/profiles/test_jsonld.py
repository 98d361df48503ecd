"""JSON-LD that a web developer can read: names without prefixes, an entry for each node; whatever else comes back."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import DataError
from kg.profiles import profile
from kg.profiles.jsonld import context
from kg.vocab import BASE, K_NS, RDF, RDFS, S_NS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FORM = profile("jsonld")
GRAPH, CLAIM = NamedNode(f"{BASE}graph/g"), NamedNode(f"{BASE}claim/c")
INTEGER = NamedNode(XSD + "integer")


def k(name: str) -> NamedNode:
    return NamedNode(K_NS + name)


def document(quads: Iterable[Quad]) -> bytes:
    file = io.BytesIO()
    FORM.write(quads, file)
    return file.getvalue()


def node(*pairs: tuple[NamedNode, NamedNode | Literal]) -> object:
    (graph,) = json.loads(document(Quad(CLAIM, predicate, value, GRAPH) for predicate, value in pairs))["@graph"]
    assert graph["id"] == "graph:g"
    (only,) = graph["@graph"]
    return only


def test_a_claim_reads_as_an_object_with_the_names_of_the_ontology() -> None:
    assert node(
        (NamedNode(RDF + "type"), k("Claim")),
        (k("speaker"), NamedNode(f"{BASE}org/ministry")),
        (k("stance"), k("denies")),
        (k("gist"), Literal("It burns.", language="en")),
        (k("said"), NamedNode(f"{BASE}time/1")),
        (k("zoneAsWritten"), Literal("Asia/Yerevan")),
        (k("zoneAsWritten"), Literal("Asia/Baku")),
        (NamedNode(RDFS + "label"), Literal("Fire", language="en")),
        (NamedNode(RDFS + "label"), Literal("Yanma", language="az")),
        (k("start"), Literal("0", datatype=INTEGER)),
        (NamedNode(S_NS + "location"), NamedNode(f"{BASE}place/jermuk")),
    ) == {
        "type": "Claim",
        "id": "claim:c",
        "speaker": "org:ministry",
        "stance": "denies",
        "gist": "It burns.",
        "said": "time:1",
        "zoneAsWritten": ["Asia/Baku", "Asia/Yerevan"],
        "label": {"en": "Fire", "az": "Yanma"},
        "start": 0,
        "location": "place:jermuk",
    }


def test_what_a_name_does_not_stand_for_is_written_out() -> None:
    assert node(
        (k("location"), NamedNode(f"{BASE}place/jermuk")),
        (k("stance"), k("location")),
        (k("gist"), Literal("Es brennt.", language="de")),
        (k("start"), Literal("007", datatype=INTEGER)),
        (k("end"), Literal("x")),
        (NamedNode("http://example.org/p"), NamedNode("event:fire")),
    ) == {
        "@context": {"event": None},
        "id": "claim:c",
        "k:location": {"@id": "place:jermuk"},
        "stance": "k:location",
        "k:gist": {"@value": "Es brennt.", "@language": "de"},
        "start": "007",
        "k:end": "x",
        "http://example.org/p": {"@id": "event:fire"},
    }


def test_the_context_is_that_of_the_ontology_without_the_objects_of_claim_files() -> None:
    assert context()["k"] == K_NS
    assert not any("@context" in entry for entry in context().values() if isinstance(entry, dict))


def test_a_document_of_others_is_read_with_ids_last_and_another_context() -> None:
    told = b'{"@context": {"@vocab": "http://example.org/"}, "name": "x", "@type": "T", "@id": "http://example.org/a"}'
    back = set(FORM.read(io.BytesIO(told)))
    assert {quad.predicate.value for quad in back} == {RDF + "type", "http://example.org/name"}


def test_a_context_at_an_address_is_not_fetched(tmp_path: Path) -> None:
    path = tmp_path / "far.jsonld"
    path.write_text('{"@context": "https://schema.org/", "@id": "http://example.org/a", "name": "x"}')
    with pytest.raises(DataError, match="put the context inside"):
        list(FORM.load(path))


def test_a_long_graph_is_written_and_read_as_it_comes() -> None:
    written = io.BytesIO()
    lengths = []

    def many() -> Iterator[Quad]:
        for number in range(20_000):
            lengths.append(len(written.getvalue()) if number == 10_000 else 0)
            yield Quad(NamedNode(f"{BASE}claim/c{number:09}"), k("note"), Literal("x" * 200), GRAPH)

    FORM.syntax.write(many(), written)
    assert max(lengths) > 2_000_000
    written.seek(0)
    assert next(FORM.syntax.read(written)).predicate == k("note")
    assert written.tell() < len(written.getvalue()) / 2


@pytest.mark.parametrize("name", ["jsonld", "jelly"])
def test_what_rdf_11_cannot_say_is_refused_by_name(name: str) -> None:
    term = ox.Triple(CLAIM, k("note"), Literal("x"))
    with pytest.raises(DataError, match=r"claim/c.*triple term"):
        profile(name).write([Quad(CLAIM, NamedNode(RDF + "reifies"), term, GRAPH)], io.BytesIO())
