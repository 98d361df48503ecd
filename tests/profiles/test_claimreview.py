"""Claims in the words of schema.org: all of them, as others' processors read them, and no verdict of ours."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import NamedNode
from rdflib import RDF, SDO, URIRef

from kg.iri import expand, term
from kg.profiles import ONE_WAY
from tests.profiles.made_up import claim, fact, graph

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Quad, Store

    from kg.api import Graph

# rdflib 7.6 warns of a class that its own JSON-LD parser uses.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

FORM = ONE_WAY["claimreview"]
RAID = [fact("eventType", "k:Attack"), fact("location", "place:hill")]


def out(quads: Iterable[Quad] | Store) -> bytes:
    file = io.BytesIO()
    FORM.write(quads, file)
    return file.getvalue()


def nodes(content: bytes, kind: str) -> dict[str, Any]:
    return {node["@id"]: node for node in json.loads(content)["@graph"] if node["@type"] == kind}


def read_by_rdflib(content: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=content, format="json-ld")


def no_network(url: str, _: object) -> None:
    pytest.fail(f"{url} is asked for")


@pytest.fixture(scope="module")
def shipped(graph: Graph) -> bytes:
    return out(graph.store)


@pytest.fixture(scope="module")
def claims(graph: Graph) -> set[str]:
    found = graph.store.quads_for_pattern(None, NamedNode(str(RDF.type)), NamedNode(term("Claim")))
    return {str(quad.subject)[1:-1] for quad in found}


def test_three_processors_read_the_same_triples_without_a_network(shipped: bytes) -> None:
    options = {"format": "application/n-quads", "documentLoader": no_network}
    pyld = set(ox.parse(jsonld.to_rdf(json.loads(shipped), options).encode(), format=ox.RdfFormat.N_QUADS))
    rdf = read_by_rdflib(shipped).serialize(format="nt", encoding="utf-8")
    assert len(pyld) > 20_000
    assert pyld == set(ox.parse(rdf, format=ox.RdfFormat.N_TRIPLES))
    assert pyld == set(ox.parse(shipped, format=ox.RdfFormat.JSON_LD))


def test_each_claim_of_the_graph_is_one_claim_under_its_own_name(shipped: bytes, claims: set[str]) -> None:
    read = read_by_rdflib(shipped)
    assert {str(node) for node in read.subjects(RDF.type, SDO.Claim)} == claims
    assert len(json.loads(shipped)["@graph"]) == len(claims)


def test_each_claim_has_its_text_its_author_and_where_it_appears(shipped: bytes, graph: Graph) -> None:
    read = read_by_rdflib(shipped)
    told = {
        str(quad.subject)[1:-1]: quad.object
        for quad in graph.store.quads_for_pattern(None, NamedNode(term("gist")), None)
    }
    for node in read.subjects(RDF.type, SDO.Claim):
        (text,) = read.objects(node, SDO.text)
        assert str(text) == told[str(node)].value  # type: ignore[union-attr] # a gist is a literal
        (author,) = read.objects(node, SDO.author)
        assert list(read.objects(author, SDO.name))
        assert set(read.objects(author, RDF.type)) & {
            SDO.Person,
            SDO.Organization,
            SDO.GovernmentOrganization,
            SDO.NewsMediaOrganization,
        }
        (work,) = read.objects(node, SDO.appearance)
        assert list(read.objects(work, SDO.name))
        assert len(list(read.objects(node, SDO.additionalType))) == 1


def test_a_claim_keeps_stance_date_source_and_what_it_is_about() -> None:
    told = nodes(out(graph([claim("a", "event:raid", RAID, stance="denies", links=[("denies", "b")]),
                            claim("b", "event:raid", RAID, speaker="state:south")])), "Claim")  # fmt: skip
    assert told[expand("claim:a")] == {
        "@type": "Claim",
        "@id": expand("claim:a"),
        "additionalType": term("denies"),
        "text": "Gist of a.",
        "inLanguage": "en",
        "author": {"@type": "GovernmentOrganization", "@id": expand("org:ministry"), "name": "Ministry"},
        "datePublished": "2022-09-13",
        "appearance": {
            "@type": "NewsArticle",
            "@id": expand("source:bulletin"),
            "name": "Bulletin",
            "url": "https://example.org/bulletin",
            "inLanguage": "en",
            "publisher": {"@type": "NewsMediaOrganization", "@id": expand("org:checkers"), "name": "Checkers"},
            "datePublished": "2022-09-13",
        },
        "about": [
            {"@id": expand("claim:b")},
            {"@type": "Event", "@id": expand("event:raid"), "name": "Raid (as told)"},
            {"@type": "Place", "@id": expand("place:hill"), "name": "Hill"},
        ],
    }


def test_a_claim_that_a_party_denies_has_no_review(shipped: bytes) -> None:
    made = out(
        graph(
            [claim("a", "event:raid", RAID), claim("b", "event:raid", RAID, stance="denies", links=[("denies", "a")])]
        )
    )
    assert nodes(made, "ClaimReview") == {}
    assert nodes(shipped, "ClaimReview") == {}
    assert b"reviewRating" not in shipped


@pytest.mark.parametrize(("speaker", "source"), [("org:checkers", "check"), ("unit:watch", "bulletin")])
def test_a_fact_check_or_a_field_mission_that_answers_a_claim_reviews_it_and_gives_no_rating(
    speaker: str, source: str
) -> None:
    review = claim("b", "event:raid", RAID, stance="denies", speaker=speaker, source=source, links=[("denies", "a")])
    made = out(graph([claim("a", "event:raid", RAID), review]))
    (found,) = nodes(made, "ClaimReview").values()
    assert found["author"]["@id"] == expand(speaker)
    assert found["itemReviewed"] == {"@id": expand("claim:a")}
    assert (found["claimReviewed"], found["reviewBody"]) == ("Gist of a.", "Gist of b.")
    assert found["url"] == f"https://example.org/{source}"
    assert "reviewRating" not in found
    assert set(nodes(made, "Claim")) == {expand("claim:a"), expand("claim:b")}
    read = read_by_rdflib(made)
    assert (URIRef(found["@id"]), SDO.itemReviewed, URIRef(expand("claim:a"))) in read


@pytest.mark.parametrize(
    ("speaker", "source"), [("org:ministry", "check"), ("org:checkers", "bulletin"), ("state:south", "bulletin")]
)
def test_who_only_speaks_in_a_fact_check_or_checks_elsewhere_reviews_nothing(speaker: str, source: str) -> None:
    other = claim("b", "event:raid", RAID, stance="denies", speaker=speaker, source=source, links=[("denies", "a")])
    assert nodes(out(graph([claim("a", "event:raid", RAID, speaker="state:north"), other])), "ClaimReview") == {}


def test_nobody_reviews_a_claim_of_its_own() -> None:
    own = [
        claim(slug, "event:raid", RAID, speaker="unit:watch", links=links)
        for slug, links in (("a", []), ("b", [("denies", "a")]))
    ]
    assert nodes(out(graph(own)), "ClaimReview") == {}


def test_a_name_that_somebody_denies_is_not_used() -> None:
    made = out(graph([claim("a", "place:hill", [fact("name", "Hill")], stance="denies")]))
    (told,) = nodes(made, "Claim").values()
    assert told["about"] == [{"@type": "Place", "@id": expand("place:hill"), "name": "place:hill"}]


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_quads_does_not_matter(dice: random.Random) -> None:
    quads = graph(
        [claim("a", "event:raid", RAID), claim("b", "event:raid", RAID, stance="denies", links=[("denies", "a")])]
    )
    turned = [*quads]
    dice.shuffle(turned)
    assert out(turned) == out(quads)


def test_the_example_on_the_page_has_the_context_and_the_claim_that_are_written(root: Path) -> None:
    section = (root / "docs/profiles.md").read_text(encoding="utf-8").partition("### `claimreview`")[2]
    shown = json.loads(section.partition("```json\n")[2].partition("```")[0])
    made = json.loads(out(graph([claim("a", "event:raid", RAID)])))
    assert shown["@context"] == made["@context"]
    (one,), (other,) = shown["@graph"], made["@graph"]
    assert [name for name in other if name in one] == list(one)
