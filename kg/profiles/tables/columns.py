"""The tables in which the graph leaves for data scientists, and their columns.

A column says in which property of the graph its cells stand, so that rows are
written and read back from this list alone. It knows no file format.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.vocab import DCTERMS, K_NS, RDF, XSD


class Kind(StrEnum):
    """What the cells of a column are."""

    ID = "id"
    """The short name of a thing (``claim:...``, prefixes of the ontology), or a full IRI."""
    NAME = "name"
    """The local name of a term of the ontology."""
    TEXT = "text"
    TIME = "time"
    """An instant in UTC."""
    INTEGER = "integer"
    NUMBER = "number"
    """A double, beside the exact text."""
    IDS = "ids"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its cells come from a property of the node, or copy what another table says."""

    name: str
    kind: Kind
    about: str
    prop: str = ""
    """The IRI of the property that the cells carry; empty for keys, copies, and the columns of long tables."""
    spelt: str = XSD + "string"
    """The datatype of texts, or a language with ``@`` before it."""
    copies: bool = False
    """Whether it repeats what another table says, and is not read back."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns; the first of ``key`` columns tell its rows apart."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


_LANG = "@en"
_GRAPH = Column("graph", Kind.ID, "The named graph that the row comes from: one for each source.")
_FIRST, _END = "first instant (UTC) that", "instant (UTC) from which it is certain that no more"


def _id(name: str, about: str, prop: str = "", *, copies: bool = False) -> Column:
    return Column(name, Kind.ID, about, prop and _iri(prop), copies=copies)


def _ids(name: str, about: str, prop: str) -> Column:
    return Column(name, Kind.IDS, about, _iri(prop))


def _name(name: str, about: str, prop: str, *, copies: bool = False) -> Column:
    return Column(name, Kind.NAME, about, _iri(prop), copies=copies)


def _text(name: str, about: str, prop: str = "", spelt: str = XSD + "string", *, copies: bool = False) -> Column:
    return Column(name, Kind.TEXT, about, prop and _iri(prop), spelt, copies=copies)


def _texts(name: str, about: str, prop: str) -> Column:
    return Column(name, Kind.TEXTS, about, _iri(prop))


def _time(name: str, about: str, prop: str = "", *, copies: bool = False) -> Column:
    return Column(name, Kind.TIME, about, prop and _iri(prop), XSD + "dateTime", copies=copies)


def _integer(name: str, about: str, prop: str) -> Column:
    return Column(name, Kind.INTEGER, about, _iri(prop), XSD + "integer")


def _iri(prop: str) -> str:
    return prop if prop.startswith("http") else K_NS + prop


def _copied(table: str, prefix: str) -> tuple[Column, ...]:
    """Return the bounds of an interval, repeated where one looks for them."""
    whose = f"As in {table}: "
    return (
        _time(f"{prefix}begin_earliest", f"{whose}the earliest it may have begun (UTC).", copies=True),
        _time(f"{prefix}begin_latest", f"{whose}the latest it may have begun (UTC).", copies=True),
        _time(f"{prefix}end_earliest", f"{whose}the earliest it may have ended (UTC, end not included).", copies=True),
        _time(f"{prefix}end_latest", f"{whose}the latest it may have ended (UTC, end not included).", copies=True),
    )


CLAIMS = Table(
    "claims",
    "One row for each claim: one speaker's act in one source.",
    (
        _GRAPH,
        _id("claim", "The claim."),
        _id("speaker", "Who said it.", "speaker"),
        _name("stance", "What the speaker does with the content: asserts, denies, doubts, callsFor, ...", "stance"),
        _id("source", "Where it was read.", "source"),
        _time("said_earliest", f"As in intervals: {_FIRST} it may have been said.", copies=True),
        _time("said_latest", "As in intervals: the end (UTC, excluded) of when it may have been said.", copies=True),
        _text("said_precision", "As in intervals: the smallest unit in which the source gave it.", copies=True),
        _text("said_notation", "As in readings: the time as a local one, in EDTF or ISO 8601.", copies=True),
        _text("said_zone", "As in readings: the zone as written: an IANA name, an offset, or unknown.", copies=True),
        _text("said_as_written", "As in readings: the words of the source for the time.", copies=True),
        _time("recorded", "When this graph took it in (UTC).", "recorded"),
        _text("gist", "What it says, in a sentence of ours (English).", "gist", _LANG),
        _name("certainty", "How sure the speaker sounds; empty if nothing tells.", "certainty"),
        _name("sourcing", "How well the source is sourced.", "sourcing"),
        _name("quotation", "Whether the words are the speaker's own.", "quotation"),
        Column("subjects", Kind.IDS, "As in statements: what it is about (an event, a place, ...).", copies=True),
        _ids("passages", "The spans of the source it stands in; table passages has the offsets.", "passage"),
        _ids("on_behalf_of", "For whom the speaker spoke.", "onBehalfOf"),
        _ids("addressed_to", "To whom it was said.", "addressedTo"),
        _ids("reported_in", "The claims that report it.", "reportedIn"),
        _ids("denies", "The claims that it denies.", "denies"),
        _ids("responds_to", "The claims that it responds to.", "respondsTo"),
        _ids("supersedes", "The claims of this graph that it corrects.", "supersedes"),
        _ids("withdraws", "The claims that the speaker takes back with it.", "withdraws"),
        _text("note", "A note of ours (English).", "note", _LANG),
        _texts("identifiers", "Its names in other registers.", DCTERMS + "identifier"),
        _id("said", "When it was said: a row of intervals.", "said"),
        _id("said_reading", "How that was written: a row of readings.", "saidReading"),
        _ids("held_readings", "How the times of its statements were written: rows of readings.", "heldReading"),
        _texts("held_as_written", "The words of the source for those times.", "heldAsWritten"),
        _texts("zones_as_written", "The zones that it names.", "zoneAsWritten"),
    ),
    ("graph", "claim"),
)
CLAIM_STATEMENTS = Table(
    "claim_statements",
    "One row for each statement that a claim is about; many claims may share one.",
    (_GRAPH, _id("claim", "The claim."), _id("statement", "A statement that it is about.", "content")),
    ("graph", "claim", "statement"),
)
STATEMENTS = Table(
    "statements",
    "One row for each fact of a statement: subject, predicate and object that are to hold for one time. "
    "That it stands here does not say that it is so: the claims that point at it say who asserts or denies it.",
    (
        _GRAPH,
        _id("statement", "The statement; its facts hold for the same time."),
        _id("subject", "What it is about.", "subject"),
        _text("predicate", "The local name of the predicate, from the closed list of the ontology."),
        _text("object", "The value: an id, or the exact text of a literal."),
        _text("object_kind", "thing, concept (an entry of a code list, k:...) or literal."),
        _text("datatype", "The datatype of a literal, such as xsd:decimal."),
        _text("language", "The language of a text."),
        Column("number", Kind.NUMBER, "The object as a double, where it is a number.", copies=True),
        *_copied("intervals", "held_"),
        _text("held_mode", "As in intervals: throughout or someTimeWithin.", copies=True),
        _text("held_begin_kind", "As in intervals: what the begin is.", copies=True),
        _text("held_end_kind", "As in intervals: what the end is.", copies=True),
        _text("held_precision", "As in intervals: the smallest unit in which the source gave it.", copies=True),
        _id("held", "When it is to have held: a row of intervals.", "held"),
    ),
    ("graph", "statement", "predicate", "object", "datatype", "language"),
)
INTERVALS = Table(
    "intervals",
    "One row for each time. 1700-01-01 and 2200-01-01 stand for unbounded.",
    (
        _GRAPH,
        _id("interval", "The time; its name is made from what it says."),
        _time("begin_earliest", "The earliest it may have begun (UTC).", "beginEarliest"),
        _time("begin_latest", "The latest it may have begun (UTC).", "beginLatest"),
        _time("end_earliest", "The earliest it may have ended (UTC, end not included).", "endEarliest"),
        _time("end_latest", "The latest it may have ended (UTC, end not included).", "endLatest"),
        _name("mode", "throughout: at every instant; someTimeWithin: at some.", "mode"),
        _name("begin_kind", "What the begin is: known, seen (first attested), open or unknown.", "beginKind"),
        _name("end_kind", "What the end is: known, seen (last attested), open or unknown.", "endKind"),
        _name("precision", "The smallest unit in which the source gave it.", "precision"),
    ),
    ("graph", "interval"),
)
READINGS = Table(
    "readings",
    "One row for each way in which a time was written, and what it was read as.",
    (
        _GRAPH,
        _id("reading", "The reading."),
        _id("interval", "What it was read as: a row of intervals.", "reads"),
        _text("notation", "The time as a local one, in EDTF or ISO 8601.", "notation"),
        _text("zone", "The zone as written: an IANA name, an offset, or unknown.", "zoneAsWritten"),
        _text("as_written", "The words of the source.", "asWritten"),
    ),
    ("graph", "reading"),
)
PASSAGES = Table(
    "passages",
    "One row for each span of a source that a claim rests on. The words are not copied.",
    (
        _GRAPH,
        _id("passage", "The passage."),
        _id("source", "The source it stands in.", "source"),
        _integer("start", "Its first character, counted in Unicode code points from 0.", "start"),
        _integer("end", "The character after its last.", "end"),
        _text("sha256", "The sha256 of its text in UTF-8.", "sha256"),
    ),
    ("graph", "passage"),
)
SOURCES = Table(
    "sources",
    "One row for each source.",
    (
        _GRAPH,
        _id("source", "The source."),
        _name("type", "What it is: NewsArticle, LegalText, Dataset, ...", RDF + "type"),
        _text("title", "Its title.", DCTERMS + "title"),
        _id("publisher", "Who published it.", DCTERMS + "publisher"),
        _text("language", "Its language.", DCTERMS + "language"),
        _text("url", "Where it is on the web.", "url", XSD + "anyURI"),
        _time("published_earliest", f"As in intervals: {_FIRST} it may have been published.", copies=True),
        _time("published_latest", "As in intervals: the end (UTC, not included) of that.", copies=True),
        _text("published_notation", "As in readings: the time as a local one.", copies=True),
        _text("published_zone", "As in readings: the zone as written.", copies=True),
        _name("source_kind", "Whose side it is on, as the code list has it.", "sourceKind"),
        _text("sha256", "The sha256 of the text that was read.", "sha256"),
        _integer("character_count", "Its length in Unicode code points.", "characterCount"),
        _text("note", "A note of ours (English).", "note", _LANG),
        _texts("identifiers", "Its names in other registers.", DCTERMS + "identifier"),
        _id("published", "When it was published: a row of intervals.", "published"),
        _id("published_reading", "How that was written: a row of readings.", "publishedReading"),
    ),
    ("graph", "source"),
)
_MARKS = (
    _name("type", "Its class, a local name of the ontology.", RDF + "type"),
    _text("property", "What the row says of it, such as rdfs:label; empty if there is only the type."),
    _text("value", "An id, or the exact text of a literal."),
    _text("value_kind", "thing, concept (an entry of a code list, k:...) or literal."),
    _text("datatype", "The datatype of a literal."),
    _text("language", "The language of a text."),
)
THINGS = Table(
    "things",
    "One row for each label, identifier, coordinate or other timeless mark of a person, place, event, ...",
    (_GRAPH, _id("thing", "The thing."), *_MARKS),
    ("graph", "thing", "property", "value", "datatype", "language"),
)
DERIVED = Table(
    "derived",
    "One row for each property of what was derived from claims taken together: contradictions, support, duties, ...",
    (_GRAPH, _id("record", "The derived record."), *_MARKS),
    ("graph", "record", "property", "value", "datatype", "language"),
)
QUADS = Table(
    "quads",
    "What is of none of the other tables: the ontology, indexes of time, whatever else the graph holds. "
    "Terms are written as in N-Quads.",
    (
        _text("graph", "The named graph; empty for the default graph."),
        _text("subject", "An IRI in angle brackets, or a blank node."),
        _text("predicate", "An IRI in angle brackets."),
        _text("object", "An IRI, blank node, literal, or triple term."),
    ),
    ("graph", "subject", "predicate", "object"),
)
TABLES = (
    CLAIMS, CLAIM_STATEMENTS, STATEMENTS, INTERVALS, READINGS, PASSAGES, SOURCES, THINGS, DERIVED, QUADS,
)  # fmt: skip
