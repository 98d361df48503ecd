"""Descriptions as triples, and as bytes: sorted, with the prefixes that their vocabularies go by.

Knows no vocabulary but by its name.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.vocab import DCTERMS, GEO, K_NS, OWL, RDF, RDFS, S_NS, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

DCAT: Final = "http://www.w3.org/ns/dcat#"
VOID: Final = "http://rdfs.org/ns/void#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
SPDX: Final = "http://spdx.org/rdf/terms#"
PREFIXES: Final = {
    "dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "geo": GEO, "k": K_NS, "owl": OWL, "rdf": RDF, "rdfs": RDFS,
    "s": S_NS, "sd": SD, "skos": SKOS, "spdx": SPDX, "void": VOID, "xsd": XSD,
}  # fmt: skip

Value = str | int | Literal | NamedNode
"""Text in English, a number, or a term as it is."""


def said_of(subject: NamedNode, facts: Mapping[str, Value | Sequence[Value]]) -> Iterator[Triple]:
    """Yield a triple for each value of each property (an IRI)."""
    for name, told in facts.items():
        for value in (told,) if isinstance(told, str | int | Literal | NamedNode) else told:
            yield Triple(subject, NamedNode(name), _term(value))


def _term(value: Value) -> Literal | NamedNode:
    if isinstance(value, int):
        return Literal(str(value), datatype=NamedNode(XSD + "integer"))
    return Literal(value, language="en") if isinstance(value, str) else value


def plain(text: str, datatype: str = "string") -> Literal:
    """Return text without a language, or of a datatype of XML Schema."""
    return Literal(text, datatype=NamedNode(XSD + datatype))


def part(whole: NamedNode, kind: str, iri: str) -> NamedNode:
    """Return the name of the part of a data set that is about a class or property: readable where it has a prefix."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.isidentifier():
            return NamedNode(f"{whole.value}#{kind}-{prefix}-{local}")
    return NamedNode(f"{whole.value}#{kind}-{hashlib.sha256(iri.encode()).hexdigest()[:20]}")


def written_as(triples: Iterable[Triple], form: RdfFormat = RdfFormat.TURTLE) -> bytes:
    """Return triples in a syntax, each once and sorted, types first."""
    ordered = sorted(set(triples), key=_order)
    used = {name: iri for name, iri in PREFIXES.items() if any(iri in str(triple) for triple in ordered)}
    return serialize(ordered, format=form, prefixes=used) or b""


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    predicate = triple.predicate.value
    return str(triple.subject), predicate != RDF + "type", predicate, str(triple.object)
