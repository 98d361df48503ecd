"""What follows from the ontology is committed as it follows, and the context reads claim files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from kg.loaders.schema import claim_file_schema
from kg.schema import context, generated
from kg.terms import concepts, predicates, properties
from kg.vocab import BASE, DCTERMS, GEO, K_NS, S_NS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = generated()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_generated_file_is_as_the_ontology_has_it(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == FILES[path], "run python -m kg.schema"


def test_the_context_covers_properties_predicates_and_claim_file_keys() -> None:
    entries: dict[str, Any] = json.loads(context())["@context"]
    assert set(properties()) | set(predicates()) <= set(entries)
    assert set(claim_file_keys(claim_file_schema())) - set(entries) - {"en", "hy", "az", "ru"} <= {
        "begin",
        "time",
        "words",
    }
    assert {"begin", "end", "time", "words", "zone"} <= set(entries["held"]["@context"])


def claim_file_keys(node: object) -> Iterator[str]:
    """Yield every key that the JSON Schema of claim files names."""
    if isinstance(node, dict):
        named = node.get("properties")
        if isinstance(named, dict):
            yield from named
        for part in node.values():
            yield from claim_file_keys(part)
    elif isinstance(node, list):
        for part in node:
            yield from claim_file_keys(part)


def test_json_with_the_context_is_the_graph_it_should_be() -> None:
    document = {
        **json.loads(context()),
        "id": "st:0123456789abcdef0123",
        "type": "Statement",
        "subject": "event:clash",
        "eventType": "Shelling",
        "location": ["place:town"],
        "wording": "one for all",
        "name": {"en": "Town", "az": ["İstisu", "Qala"]},
        "sources": [{"id": f"{BASE}source/demo", "type": "Dataset", "reference": ["R1"]}],
        "claims": [
            {"id": "claim:demo-1", "stance": "denies", "denies": "claim:demo-0", "recorded": "2026-11-22T20:00:00Z"}
        ],
        "things": [
            {"id": "place:town", "type": "Place", "label": {"en": "Town", "hy": "Քաղաք"}, "latitude": "39.5"},
            {"id": "place:road", "type": "Place", "wkt": "LINESTRING(45.1 39.8, 45.2 39.9)"},
        ],
    }
    quads = ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)
    found = {(q.subject.value, q.predicate.value, q.object) for q in quads if isinstance(q.subject, ox.NamedNode)}
    statement, claim, town = f"{BASE}st/0123456789abcdef0123", f"{BASE}claim/demo-1", f"{BASE}place/town"
    wkt = ox.NamedNode(GEO + "wktLiteral")
    assert {
        (statement, S_NS + "eventType", ox.NamedNode(K_NS + "Shelling")),
        (statement, S_NS + "location", ox.NamedNode(town)),
        (statement, S_NS + "wording", ox.Literal("one for all")),
        (statement, S_NS + "name", ox.Literal("Town", language="en")),
        (statement, S_NS + "name", ox.Literal("Qala", language="az")),
        (f"{BASE}source/demo", DCTERMS + "identifier", ox.Literal("R1")),
        (f"{BASE}place/road", GEO + "asWKT", ox.Literal("LINESTRING(45.1 39.8, 45.2 39.9)", datatype=wkt)),
        (statement, K_NS + "subject", ox.NamedNode(f"{BASE}event/clash")),
        (claim, K_NS + "stance", ox.NamedNode(K_NS + "denies")),
        (claim, K_NS + "denies", ox.NamedNode(f"{BASE}claim/demo-0")),
        (claim, K_NS + "recorded", ox.Literal("2026-11-22T20:00:00Z", datatype=ox.NamedNode(XSD + "dateTime"))),
        (town, "http://www.w3.org/2000/01/rdf-schema#label", ox.Literal("Քաղաք", language="hy")),
        (town, K_NS + "latitude", ox.Literal("39.5", datatype=ox.NamedNode(XSD + "decimal"))),
    } <= found


def test_no_concept_name_means_a_predicate_when_read_as_a_value() -> None:
    # A value of @type @vocab is read as a term first: k:denies must stay k:denies, never an s: name.
    entries = json.loads(context())["@context"]
    shared = set(concepts()) & set(entries)
    assert {name: entries[name]["@id"] for name in shared} == {name: K_NS + name for name in shared}
