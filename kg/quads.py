"""The RDF shape of sources, claims and statements (design section 6), in one place.

Writes quads from values and reads values back from quads. It does not open
stores or files, and knows no slice.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Quad

from kg.claim import CLAIM_LISTS, Iri, Literal
from kg.iri import interval_iri, mint, reading_iri, statement_iri, term
from kg.vocab import DCTERMS, RDF, S_NS, XSD
from kg.when import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.claim import Case, Claim, Passage, Source, Statement, Thing, Value
    from kg.when import Interval, Reading

RDF_TYPE = RDF + "type"
LANG_STRING = RDF + "langString"
Triple = tuple[str, str, "str | Literal"]


def passage_iri(passage: Passage) -> Iri:
    """Return the id of a passage: its source and its offsets."""
    slug = passage.source.rpartition("/")[2]
    return mint("psg", f"{slug}-{passage.start}-{passage.end}")


def graph_of(source: Iri) -> Iri:
    """Return the name of the graph that holds all that was read from a source."""
    return mint("graph", source.rpartition("/")[2])


def case_quads(case: Case) -> Iterator[Quad]:
    """Yield the quads of a case; the same quad may come more than once."""
    for graph, thing in case.things:
        yield from _in_graph(mint("graph", graph), _thing(thing))
    for source in case.sources:
        yield from _in_graph(graph_of(source.iri), _source(source))
    for claim in case.claims:
        yield from claim_quads(claim)


def claim_quads(claim: Claim) -> Iterator[Quad]:
    """Yield the quads of one claim with its passages, statements and times."""
    graph = graph_of(claim.source)
    yield from _in_graph(graph, _claim(claim))
    for passage in claim.passages:
        yield from _in_graph(graph, _passage(passage))
    for statement in claim.content:
        yield from _in_graph(graph, _statement(statement))
    for reading in (claim.said, *claim.held):
        yield from _in_graph(graph, _reading(reading))


def _in_graph(graph: Iri, triples: Iterable[Triple]) -> Iterator[Quad]:
    name = NamedNode(graph)
    for subject, predicate, value in triples:
        yield Quad(NamedNode(subject), NamedNode(predicate), rdf_term(value), name)


def rdf_term(value: Value | str) -> NamedNode | RdfLiteral:
    """Return the RDF term of a value: a named node, or a literal as written."""
    if isinstance(value, Literal):
        if value.language:
            return RdfLiteral(value.text, language=value.language)
        return RdfLiteral(value.text, datatype=NamedNode(value.datatype))
    return NamedNode(value)


def _thing(thing: Thing) -> Iterator[Triple]:
    yield thing.iri, RDF_TYPE, term(thing.kind)
    for name, value in thing.marks:
        yield thing.iri, name, value


def _source(source: Source) -> Iterator[Triple]:
    iri = source.iri
    yield iri, RDF_TYPE, term(source.kind)
    yield iri, DCTERMS + "title", Literal(source.title)
    yield iri, DCTERMS + "publisher", source.publisher
    yield from _maybe(iri, DCTERMS + "language", source.language)
    yield from ((iri, DCTERMS + "identifier", Literal(text)) for text in source.identifiers)
    yield from _maybe(iri, term("url"), source.url, XSD + "anyURI")
    yield from _maybe(iri, term("sha256"), source.sha256)
    yield from _maybe(iri, term("note"), source.note, language="en")
    if source.source_kind:
        yield iri, term("sourceKind"), term(source.source_kind)
    if source.character_count is not None:
        yield iri, term("characterCount"), Literal(str(source.character_count), XSD + "integer")
    if source.published:
        yield iri, term("published"), interval_iri(source.published.interval)
        yield iri, term("publishedReading"), reading_iri(source.published)
        yield from _reading(source.published)


def _maybe(
    iri: Iri, name: str, text: str | None, datatype: str = XSD + "string", language: str = ""
) -> Iterator[Triple]:
    if text:
        yield iri, name, Literal(text, LANG_STRING if language else datatype, language)


def _claim(claim: Claim) -> Iterator[Triple]:
    iri = claim.iri
    yield iri, RDF_TYPE, term("Claim")
    yield iri, term("source"), claim.source
    yield iri, term("speaker"), claim.speaker
    yield iri, term("stance"), term(claim.stance)
    yield iri, term("said"), interval_iri(claim.said.interval)
    yield iri, term("saidReading"), reading_iri(claim.said)
    yield iri, term("recorded"), Literal(written(claim.recorded.astimezone(UTC)), XSD + "dateTime")
    yield from _maybe(iri, term("gist"), claim.gist, language="en")
    yield from _maybe(iri, term("note"), claim.note, language="en")
    yield from ((iri, DCTERMS + "identifier", Literal(text)) for text in claim.identifiers)
    for name in CLAIM_LISTS:
        if concept := getattr(claim, name):
            yield iri, term(name), term(concept)
    yield from ((iri, term("passage"), passage_iri(passage)) for passage in claim.passages)
    yield from ((iri, term("content"), statement_iri(statement)) for statement in claim.content)
    yield from ((iri, term(name), target) for name, target in claim.links)
    yield from _as_written(claim)


def _as_written(claim: Claim) -> Iterator[Triple]:
    # The words and zones also stand on the claim itself, where most queries look.
    for reading in claim.held:
        yield claim.iri, term("heldReading"), reading_iri(reading)
        yield from _maybe(claim.iri, term("heldAsWritten"), reading.words)
    for reading in (claim.said, *claim.held):
        yield from _maybe(claim.iri, term("zoneAsWritten"), reading.zone)


def _passage(passage: Passage) -> Iterator[Triple]:
    iri = passage_iri(passage)
    yield iri, RDF_TYPE, term("Passage")
    yield iri, term("source"), passage.source
    yield iri, term("start"), Literal(str(passage.start), XSD + "integer")
    yield iri, term("end"), Literal(str(passage.end), XSD + "integer")
    yield iri, term("sha256"), Literal(passage.sha256)


def _statement(statement: Statement) -> Iterator[Triple]:
    iri = statement_iri(statement)
    yield iri, RDF_TYPE, term("Statement")
    yield iri, term("subject"), statement.subject
    yield iri, term("held"), interval_iri(statement.held)
    for name, value in statement.facts:
        yield iri, S_NS + name, value
    yield from interval_triples(statement.held)


def interval_triples(interval: Interval) -> Iterator[Triple]:
    """Yield the triples of an interval."""
    iri = interval_iri(interval)
    names = ("beginEarliest", "beginLatest", "endEarliest", "endLatest")
    yield iri, RDF_TYPE, term("Interval")
    for name, bound in zip(names, interval.bounds, strict=True):
        yield iri, term(name), Literal(written(bound), XSD + "dateTime")
    yield iri, term("mode"), term(interval.mode)
    yield iri, term("beginKind"), term(interval.begin_kind)
    yield iri, term("endKind"), term(interval.end_kind)
    yield iri, term("precision"), term(interval.precision)


def _reading(reading: Reading) -> Iterator[Triple]:
    iri = reading_iri(reading)
    yield iri, RDF_TYPE, term("Reading")
    yield iri, term("reads"), interval_iri(reading.interval)
    yield iri, term("notation"), Literal(reading.notation)
    yield from _maybe(iri, term("asWritten"), reading.words)
    yield from _maybe(iri, term("zoneAsWritten"), reading.zone)
    yield from interval_triples(reading.interval)
