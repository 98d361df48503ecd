"""What a SPARQL client sends and gets: the protocol, the formats, the data set, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import urllib.parse
from typing import TYPE_CHECKING

import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import SPARQLWrapper

from kg.answers import render
from kg.ask import questions
from kg.cli import main
from kg.remote.asking import ask_endpoint

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Triple

    from tests.serve.conftest import Reply, Server

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
SPEAKERS = "PREFIX k: <https://w3id.org/conflict-kg/ontology#> SELECT DISTINCT ?who { ?c k:speaker ?who } ORDER BY ?who LIMIT 9"
CLASSES = "CONSTRUCT { ?c a ?t } WHERE { ?c a <http://www.w3.org/2002/07/owl#Class> ; a ?t }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ONTOLOGY, DERIVED = (f"https://w3id.org/conflict-kg/graph/{name}" for name in ("ontology", "derived"))
ROWS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
DOZEN = sorted(questions())[::4]


def triples(reply: Reply) -> set[Triple]:
    return {quad.triple for quad in parse(reply.body, format=GRAPHS[reply.kind])}


@pytest.mark.parametrize("name", DOZEN)
def test_the_endpoint_gives_the_frozen_rows(server: Server, root: Path, name: str) -> None:
    rows = list(csv.reader(io.StringIO(render(ask_endpoint(server.endpoint, questions()[name].text), "csv"))))
    with (root / "queries" / "expected" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert rows == list(csv.reader(file))


def test_the_command_line_asks_it(server: Server) -> None:
    result = CliRunner().invoke(main, ["ask", "known-by", "at=2022-09-13T05:30Z", "--endpoint", server.endpoint])
    assert result.stdout.endswith("(4 rows)\n")


@pytest.mark.parametrize("media_type", ROWS)
def test_rows_are_the_same_in_every_form(server: Server, media_type: str) -> None:
    reply = server.ask(SPEAKERS, media_type)
    assert (reply.status, reply.kind, reply.headers["vary"]) == (200, media_type, "accept")
    found = parse_query_results(reply.body, format=ROWS[media_type])
    table = server.ask(SPEAKERS, "text/csv").text.splitlines()
    assert [row["who"].value for row in found] == table[1:]  # type: ignore[union-attr] # rows of IRIs
    assert len(table) == 10


@pytest.mark.parametrize("media_type", GRAPHS)
def test_triples_are_the_same_in_every_form(server: Server, media_type: str) -> None:
    reply = server.ask(CLASSES, media_type)
    assert (reply.status, reply.kind) == (200, media_type)
    found = triples(reply)
    assert found == triples(server.ask(CLASSES, "text/turtle"))
    assert len(found) > 30


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, text/csv;q=0.1", "text/csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+xml"),
        ("no media type", "application/sparql-results+json"),
    ],
)
def test_the_client_says_what_it_accepts(server: Server, accept: str, kind: str) -> None:
    assert server.ask("ASK {}", accept).kind == kind


def test_an_address_may_say_the_form(server: Server) -> None:
    assert server.ask(SPEAKERS, "*/*", format="tsv").kind == "text/tab-separated-values"
    assert server.ask(CLASSES, "text/csv", format="nt").kind == "application/n-triples"
    assert server.ask(CLASSES, "*/*", format="csv").status == 406
    assert server.ask("ASK {}", "*/*", format="docx").status == 400
    assert server.ask("ASK {}", "*/*", format="image/png").status == 400


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_gets_every_form_that_it_knows(server: Server, method: str) -> None:
    # It says the form in the address and in the header. Triples it would turn into a class that rdflib warns of.
    for form in ("json", "xml", "csv", "tsv"):
        assert wrapped(server, SPEAKERS, form, method).queryAndConvert()
    for form in ("turtle", "n3", "rdf+xml", "json-ld", "xml"):
        found = wrapped(server, CLASSES, form, method).query()
        kind = str(found.info()["content-type"]).partition(";")[0]
        assert len(set(parse(found.response.read(), format=GRAPHS[kind]))) > 30, form


def wrapped(server: Server, query: str, form: str, method: str) -> SPARQLWrapper:
    asking = SPARQLWrapper(server.endpoint)
    asking.setQuery(query)
    asking.setReturnFormat(form)
    asking.setMethod(method)
    return asking


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_it_as_a_graph(server: Server, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(server.endpoint, method=method))
    assert len(list(graph.query(SPEAKERS))) == 9
    assert graph.query("ASK { ?s ?p ?o }").askAnswer
    assert len(graph.query(CLASSES).graph or ()) > 30
    claim = rdflib.URIRef("https://w3id.org/conflict-kg/ontology#Claim")
    assert (claim, rdflib.RDF.type, rdflib.OWL.Class) in graph


def test_what_cannot_be_sent_as_asked_is_refused_with_what_can(server: Server) -> None:
    rows, triples = server.ask(SPEAKERS, "image/png"), server.ask(CLASSES, "text/csv")
    assert (rows.status, triples.status) == (406, 406)
    assert "sparql-results+json" in rows.text
    assert "text/turtle" in triples.text


def test_get_form_and_direct_post_are_the_same(server: Server) -> None:
    got = server.ask(SPEAKERS, "text/csv")
    form = urllib.parse.urlencode({"query": SPEAKERS}).encode()
    posted = server.get("/sparql", method="POST", data=form, content_type=FORM, accept="text/csv")
    direct = server.get(
        "/sparql", method="POST", data=SPEAKERS.encode(), content_type=f"{QUERY}; charset=utf-8", accept="text/csv"
    )
    assert got.body == posted.body == direct.body
    assert server.get(f"/sparql?{form.decode()}", method="HEAD").body == b""


def test_the_data_set_is_the_union_unless_query_or_request_names_it(server: Server) -> None:
    whole, ontology = server.number(COUNT), server.number(COUNT, **{"default-graph-uri": ONTOLOGY})
    derived = server.number(COUNT, **{"default-graph-uri": DERIVED})
    assert ontology + derived < whole
    assert server.number(COUNT, **{"default-graph-uri": [ONTOLOGY, DERIVED]}) == ontology + derived
    assert server.number(COUNT.replace("{", f"FROM <{ONTOLOGY}> {{", 1)) == ontology
    # The request wins over the query (protocol, section 2.1.4), and a named graph is no default graph.
    assert server.number(COUNT.replace("{", f"FROM <{ONTOLOGY}> {{", 1), **{"default-graph-uri": DERIVED}) == derived
    assert server.number(COUNT, **{"named-graph-uri": ONTOLOGY}) == 0
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert server.number(named, **{"named-graph-uri": ONTOLOGY}) == ontology
    assert server.number(named) == whole
    assert server.ask(COUNT, **{"default-graph-uri": "no IRI"}).status == 400


def test_what_is_no_query_is_refused_by_name(server: Server) -> None:
    wrong = server.ask("SELECT ?x {")
    assert (wrong.status, wrong.kind) == (400, "text/plain")
    assert "error at 1:12" in wrong.text
    assert server.get("/sparql?query=ASK+%7B%7D&query=ASK+%7B%7D").status == 400
    assert server.get("/sparql?query=%ff").status == 400
    assert server.get("/sparql", method="POST", data=b"", content_type=FORM).status == 400
    assert server.get("/sparql", method="POST", data=b"\xff", content_type=QUERY).status == 400
    assert server.get("/sparql", method="POST", data=b"ASK {}", content_type="text/plain").status == 415
    assert server.get("/sparql", method="POST", data=b" " * 1_000_001, content_type=QUERY).status == 413
    assert server.get("/sparql", method="DELETE").status == 405
    assert server.get("/nowhere").status == 404


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/sparql-update", "DROP ALL"),
        (FORM, "update=DROP+ALL"),
        (QUERY, "INSERT DATA { <a:a> <a:b> <a:c> }"),
        (QUERY, "LOAD <http://127.0.0.1:9/>"),
    ],
)
def test_nothing_is_written(server: Server, content_type: str, body: str) -> None:
    before = server.number(COUNT)
    assert server.get("/sparql", method="POST", data=body.encode(), content_type=content_type).status in {400, 403}
    assert server.get("/sparql?update=DROP+ALL").status == 403
    assert server.number(COUNT) == before


def test_the_service_describes_itself(server: Server) -> None:
    sd, void = (
        rdflib.Namespace(f"http://{at}#") for at in ("www.w3.org/ns/sparql-service-description", "rdfs.org/ns/void")
    )
    told = [triples(server.get("/sparql", accept=media_type)) for media_type in GRAPHS]
    assert all(told[0] == other for other in told)
    described = rdflib.Graph().parse(data=server.get("/sparql", accept="text/turtle").body)
    service = rdflib.URIRef(server.endpoint)
    assert (service, rdflib.RDF.type, sd.Service) in described
    assert (service, sd.endpoint, service) in described
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in described
    data = rdflib.Graph().parse(data=server.get("/.well-known/void", accept="text/turtle").body)
    (claims,) = data.subjects(void["class"], rdflib.URIRef("https://w3id.org/conflict-kg/ontology#Claim"))
    counted = server.number("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a <https://w3id.org/conflict-kg/ontology#Claim> }")
    assert data.value(claims, void.entities) == rdflib.Literal(counted)
    assert server.get("/.well-known/void", accept="text/csv").status == 406


def test_a_browser_gets_a_page_with_a_form(server: Server) -> None:
    moved = server.get("/sparql", accept="text/html,*/*;q=0.8")
    assert (moved.status, moved.headers["location"]) == (303, "/")
    page = server.get("/", accept="text/html")
    assert page.kind == "text/html"
    assert '<form action="/sparql"' in page.text
    assert json.loads(server.ask("ASK {}", "*/*", format="json").body) == {"head": {}, "boolean": True}
