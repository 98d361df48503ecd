"""The endpoint as SPARQL 1.1 Service Description and DCAT tell of it.

It knows what an endpoint can do, and runs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.metadata.dataset import LICENCE, PUBLISHER
from kg.metadata.writing import DCAT, SD, VOID, said_of
from kg.vocab import DCTERMS, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from kg.metadata.dataset import About
    from kg.metadata.figures import Figures

_FORMATS = "http://www.w3.org/ns/formats/"
FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip
"""Forms of results, as W3C names them (https://www.w3.org/ns/formats/)."""


def service_triples(endpoint: str, about: About, figures: Figures) -> Iterator[Triple]:
    """Yield what an endpoint at this address does: queries, no updates, no federation; the union as default graph."""
    service = NamedNode(endpoint)
    data, graph = NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#default-graph")
    yield from said_of(service, {
        RDF + "type": [NamedNode(SD + "Service"), NamedNode(DCAT + "DataService")],
        DCTERMS + "title": f"SPARQL endpoint of {about.title}",
        DCTERMS + "license": LICENCE,
        DCTERMS + "publisher": PUBLISHER,
        DCAT + "endpointURL": service,
        DCAT + "servesDataset": about.node,
        SD + "endpoint": service,
        SD + "supportedLanguage": NamedNode(SD + "SPARQL11Query"),
        SD + "feature": NamedNode(SD + "UnionDefaultGraph"),
        SD + "resultFormat": [NamedNode(_FORMATS + name) for name in FORMATS],
        SD + "defaultEntailmentRegime": NamedNode("http://www.w3.org/ns/entailment/Simple"),
        SD + "defaultDataset": data,
    })  # fmt: skip
    yield from said_of(data, {RDF + "type": NamedNode(SD + "Dataset"), SD + "defaultGraph": graph})
    yield from said_of(graph, {RDF + "type": NamedNode(SD + "Graph"), VOID + "triples": figures.triples})
