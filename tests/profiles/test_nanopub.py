"""Nanopublications: valid one by one, neutral about what they tell, and back to the same quads."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nanopub.nanopub import Nanopub
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.errors import UsageError
from kg.profiles import profile
from kg.profiles.syntax import NP, PROV
from kg.vocab import BASE, DCTERMS, K_NS, RDF, S_NS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORM = profile("nanopub")
A, NOTE = NamedNode(RDF + "type"), NamedNode(K_NS + "note")


def k(name: str) -> NamedNode:
    return NamedNode(K_NS + name)


def of(kind: str, slug: str) -> NamedNode:
    return NamedNode(f"{BASE}{kind}/{slug}")


def claim(slug: str, source: str, graph: str, **told: NamedNode) -> list[Quad]:
    node = of("claim", slug)
    cells = {"source": of("source", source), "speaker": of("org", "ministry"), **told}
    quads = [Quad(node, A, k("Claim"), of("graph", graph))]
    return [*quads, *(Quad(node, k(name), value, of("graph", graph)) for name, value in cells.items())]


def shared_nodes(graph: str) -> list[Quad]:
    """Return a statement, a reading, a passage, and the time that all of them and the source point at."""
    home, time = of("graph", graph), of("time", "t")
    pairs = [
        (of("st", "s"), A, k("Statement")), (of("st", "s"), k("held"), time),
        (of("st", "s"), NamedNode(S_NS + "location"), of("place", "jermuk")),
        (of("reading", "r"), A, k("Reading")), (of("reading", "r"), k("reads"), time),
        (of("psg", "p"), A, k("Passage")), (of("source", graph), k("published"), time),
        (time, A, k("Interval")), (time, k("mode"), k("throughout")),
    ]  # fmt: skip
    return [Quad(subject, predicate, value, home) for subject, predicate, value in pairs]


def written(quads: Iterable[Quad]) -> bytes:
    file = io.BytesIO()
    FORM.write(quads, file)
    return file.getvalue()


def parsed(content: bytes) -> list[Quad]:
    return list(ox.parse(content, format=ox.RdfFormat.TRIG))


def part(quads: Iterable[Quad], name: str) -> set[tuple[object, object, object]]:
    return {(q.subject, q.predicate, q.object) for q in quads if q.graph_name == NamedNode(f"{BASE}np/{name}")}


def publications(content: bytes) -> dict[str, list[Quad]]:
    def name(quad: Quad) -> str:
        assert isinstance(quad.graph_name, NamedNode)
        return quad.graph_name.value.partition("#")[0]

    return {key: list(several) for key, several in groupby(parsed(content), key=name)}


LINKS = st.fixed_dictionaries(
    {},
    optional={
        "content": st.just(of("st", "s")), "denies": st.just(of("claim", "b")), "said": st.just(of("time", "t")),
        "saidReading": st.just(of("reading", "r")), "passage": st.just(of("psg", "p")),
        "heldReading": st.sampled_from([of("reading", "r"), of("claim", "a"), of("reading", "none")]),
    },
)  # fmt: skip
CLAIMS = st.builds(
    lambda slug, source, graph, told: claim(slug, source, graph, **told),
    st.sampled_from(["a", "b", "b-1", "b#1"]), st.sampled_from(["g", "h"]), st.sampled_from(["g", "h"]), LINKS,
)  # fmt: skip
NODES = st.sampled_from(["g", "h"]).flatmap(lambda graph: st.lists(st.sampled_from(shared_nodes(graph))))


@example(claims=[claim("a", graph, graph, content=of("st", "s")) for graph in "gh"], nodes=[])
@given(claims=st.lists(CLAIMS), nodes=st.lists(NODES))
def test_claims_come_back_with_all_that_they_share(claims: list[list[Quad]], nodes: list[list[Quad]]) -> None:
    quads = [quad for group in claims + nodes for quad in group]
    assert set(FORM.read(io.BytesIO(written(quads)))) == set(quads)


def test_a_denial_and_its_content_are_told_and_not_asserted() -> None:
    quads = [
        *claim("a", "g", "g", content=of("st", "s"), denies=of("claim", "b"), stance=k("denies")),
        *shared_nodes("g"),
    ]
    told = parsed(written(quads))
    content = {quad for quad in shared_nodes("g") if quad.subject in {of("st", "s"), of("time", "t")}}
    assert part(told, "claim/g/a#assertion") == {
        (of("claim", "a"), k("content"), of("st", "s")),
        (of("claim", "a"), k("denies"), of("claim", "b")),
        *((quad.subject, quad.predicate, quad.object) for quad in content),
    }
    assert (of("claim", "a"), k("stance"), k("denies")) in part(told, "claim/g/a#provenance")


def test_the_provenance_says_whose_claim_in_which_source_and_the_publication_when_it_was_recorded() -> None:
    when = Literal("2026-11-25T18:00:00Z", datatype=NamedNode(XSD + "dateTime"))
    recorded = Quad(of("claim", "a"), k("recorded"), when, of("graph", "g"))
    told = parsed(written([*claim("a", "g", "g", content=of("st", "s")), recorded]))
    assertion, publication = of("np", "claim/g/a#assertion"), of("np", "claim/g/a")
    assert {
        (assertion, NamedNode(PROV + "wasAttributedTo"), of("org", "ministry")),
        (assertion, NamedNode(PROV + "hadPrimarySource"), of("source", "g")),
        (assertion, NamedNode(PROV + "wasDerivedFrom"), of("claim", "a")),
    } <= part(told, "claim/g/a#provenance")
    assert part(told, "claim/g/a#pubinfo") == {
        (publication, NamedNode(DCTERMS + "isPartOf"), of("graph", "g")),
        (publication, NamedNode(DCTERMS + "created"), when),
    }


def test_every_nanopublication_of_a_case_has_its_four_graphs(root: Path) -> None:
    case = root / "graphs/2021-border-clashes/graph.trig"
    found = publications(written(ox.parse(path=str(case), format=ox.RdfFormat.TRIG)))
    assert sum(name.startswith(f"{BASE}np/claim/") for name in found) > 50
    for name, quads in found.items():
        four = [NamedNode(f"{name}#{part}") for part in ("Head", "assertion", "provenance", "pubinfo")]
        assert {quad.graph_name for quad in quads} == set(four)
        assert (NamedNode(name), A, NamedNode(NP + "Nanopublication"), four[0]) in {tuple(quad) for quad in quads}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the library nanopub uses rdflib's old names
def test_the_library_of_the_nanopublication_network_calls_them_valid(root: Path, tmp_path: Path) -> None:
    case = root / "graphs/2016-04-four-day-war/graph.trig"
    extra = [
        Quad(BlankNode("b"), NOTE, Literal("x"), DefaultGraph()),
        Quad(BlankNode("b"), NOTE, Literal("y"), BlankNode("g")),
    ]
    found = publications(written([*ox.parse(path=str(case), format=ox.RdfFormat.TRIG), *extra]))
    assert len(found) > 5
    for number, quads in enumerate(found.values()):
        path = tmp_path / f"{number}.trig"
        ox.serialize(quads, str(path), format=ox.RdfFormat.TRIG)
        assert Nanopub(rdf=path).is_valid


def test_order_and_neighbours_in_the_file_do_not_matter() -> None:
    quads = [
        *claim("a", "g", "g", content=of("st", "s")),
        *claim("b", "h", "h", content=of("st", "s")),
        *shared_nodes("g"),
    ]
    foreign = Quad(NamedNode("a:b"), NOTE, Literal("x"), NamedNode("a:graph"))
    turned = ox.serialize([foreign, *reversed(parsed(written(quads)))], format=ox.RdfFormat.TRIG)
    assert turned is not None
    assert set(FORM.read(io.BytesIO(turned))) == {*quads, foreign}


def test_a_nanopublication_that_names_no_graph_is_refused() -> None:
    told = [
        q
        for q in parsed(written(claim("a", "g", "g", content=of("st", "s"))))
        if q.predicate.value != DCTERMS + "isPartOf"
    ]
    with pytest.raises(SyntaxError, match="isPartOf"):
        list(FORM.read(io.BytesIO(ox.serialize(told, format=ox.RdfFormat.TRIG) or b"")))


def test_nanopublications_are_not_wrapped_again() -> None:
    told = parsed(written(claim("a", "g", "g", content=of("st", "s"))))
    with pytest.raises(UsageError, match="--from nanopub"):
        written(told)
