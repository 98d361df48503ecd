"""The tables in which the graph leaves for data scientists, and their columns.

A column says in which property of the graph its cells stand, so that rows are
written and read back from this list alone. It knows no file format.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from kg.vocab import DCTERMS, K_NS, RDF, XSD

Cell: TypeAlias = "str | int | float | list[str] | None"
Row: TypeAlias = "dict[str, Cell]"
"""Cells by the names of their columns; times are texts, as ``kg.when.written`` gives them."""


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


@dataclass(frozen=True, slots=True, eq=False)
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
    required: bool = False
    """Whether every row has a cell here."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table with its columns, the second of which names the node that the row is of; ``key`` tells rows apart."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    of: str = ""
    """The class of its nodes, a local name of the ontology; empty where a column says it, or where there is none."""

    @property
    def node(self) -> str:
        """Return the name of the column that names the node."""
        return self.columns[1].name


class CellError(ValueError):
    """A cell that cannot be what its column says it is."""

    def __init__(self, column: str, value: object, reason: str, mend: str) -> None:
        """Keep what to do about it; the message has column, value and reason."""
        super().__init__(f"column {column} {reason}" if value is None else f"column {column}: {value!r} {reason}")
        self.mend = mend


_LANG = "@en"
_GRAPH = Column("graph", Kind.ID, "The named graph that the row comes from: one for each source.", required=True)


def _node(name: str, about: str) -> Column:
    return Column(name, Kind.ID, about, required=True)


def _id(name: str, about: str, prop: str) -> Column:
    return Column(name, Kind.ID, about, _iri(prop))


def _ids(name: str, about: str, prop: str) -> Column:
    return Column(name, Kind.IDS, about, _iri(prop))


def _name(name: str, about: str, prop: str, *, required: bool = False) -> Column:
    return Column(name, Kind.NAME, about, _iri(prop), required=required)


def _text(name: str, about: str, prop: str, spelt: str = XSD + "string") -> Column:
    return Column(name, Kind.TEXT, about, _iri(prop), spelt)


def _texts(name: str, about: str, prop: str) -> Column:
    return Column(name, Kind.TEXTS, about, _iri(prop))


def _part(name: str, about: str, *, required: bool = False) -> Column:
    """Return a column of a long table: one part of a fact."""
    return Column(name, Kind.TEXT, about, required=required)


def _time(name: str, about: str, prop: str) -> Column:
    return Column(name, Kind.TIME, about, _iri(prop), XSD + "dateTime")


def _integer(name: str, about: str, prop: str) -> Column:
    return Column(name, Kind.INTEGER, about, _iri(prop), XSD + "integer")


def _iri(prop: str) -> str:
    return prop if prop.startswith("http") else K_NS + prop


def _copy(table: str, name: str, about: str, kind: Kind = Kind.TEXT) -> Column:
    return Column(name, kind, f"As in {table}: {about}", copies=True)


_HELD = (
    _copy("intervals", "held_begin_earliest", "the earliest it may have begun (UTC).", Kind.TIME),
    _copy("intervals", "held_begin_latest", "the latest it may have begun (UTC).", Kind.TIME),
    _copy("intervals", "held_end_earliest", "the earliest it may have ended (UTC, end not included).", Kind.TIME),
    _copy("intervals", "held_end_latest", "the latest it may have ended (UTC, end not included).", Kind.TIME),
    _copy("intervals", "held_mode", "throughout or someTimeWithin."),
    _copy("intervals", "held_begin_kind", "what the begin is."),
    _copy("intervals", "held_end_kind", "what the end is."),
    _copy("intervals", "held_precision", "the smallest unit in which the source gave it."),
)
CLAIMS = Table(
    "claims",
    "One row for each claim: one speaker's act in one source.",
    (
        _GRAPH,
        _node("claim", "The claim."),
        _id("speaker", "Who said it.", "speaker"),
        _name("stance", "What the speaker does with the content: asserts, denies, doubts, callsFor, ...", "stance"),
        _id("source", "Where it was read.", "source"),
        _copy("intervals", "said_earliest", "the earliest that the time when it was said may begin (UTC).", Kind.TIME),
        _copy("intervals", "said_latest", "the latest that it may end (UTC, end not included).", Kind.TIME),
        _copy("intervals", "said_precision", "the smallest unit in which the source gave it."),
        _copy("readings", "said_notation", "the time as a local one, in EDTF or ISO 8601."),
        _copy("readings", "said_zone", "the zone as written: an IANA name, an offset, or unknown."),
        _copy("readings", "said_as_written", "the words of the source for the time."),
        _time("recorded", "When this graph took it in (UTC).", "recorded"),
        _text("gist", "What it says, in a sentence of ours (English).", "gist", _LANG),
        _name("certainty", "How sure the speaker sounds; empty if nothing tells.", "certainty"),
        _name("sourcing", "How well the source is sourced.", "sourcing"),
        _name("quotation", "Whether the words are the speaker's own.", "quotation"),
        _copy("statements", "subjects", "what it is about (an event, a place, ...).", Kind.IDS),
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
    "Claim",
)
CLAIM_STATEMENTS = Table(
    "claim_statements",
    "One row for each statement that a claim is about; many claims may share one.",
    (
        _GRAPH,
        _node("claim", "The claim."),
        Column("statement", Kind.ID, "A statement that it is about.", K_NS + "content", required=True),
    ),
    ("graph", "claim", "statement"),
)
STATEMENTS = Table(
    "statements",
    "One row for each fact of a statement: subject, predicate and object that are to hold for one time. "
    "That it stands here does not say that it is so: the claims that point at it say who asserts or denies it.",
    (
        _GRAPH,
        _node("statement", "The statement; its facts hold for the same time."),
        _id("subject", "What it is about.", "subject"),
        _part("predicate", "The local name of the predicate, from the closed list of the ontology.", required=True),
        _part("object", "The value: an id, or the exact text of a literal.", required=True),
        _part("object_kind", "thing, concept (an entry of a code list, k:...) or literal.", required=True),
        _part("datatype", "The datatype of a literal, such as xsd:decimal; empty for the others."),
        _part("language", "The language of a text, as BCP 47 has it."),
        _copy("column object", "number", "as a double, where it is a number.", Kind.NUMBER),
        *_HELD,
        _id("held", "When it is to have held: a row of intervals.", "held"),
    ),
    ("graph", "statement", "predicate", "object", "datatype", "language"),
    "Statement",
)
INTERVALS = Table(
    "intervals",
    "One row for each time. 1700-01-01 and 2200-01-01 stand for unbounded.",
    (
        _GRAPH,
        _node("interval", "The time; its name is made from what it says."),
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
    "Interval",
)
READINGS = Table(
    "readings",
    "One row for each way in which a time was written, and what it was read as.",
    (
        _GRAPH,
        _node("reading", "The reading."),
        _id("interval", "What it was read as: a row of intervals.", "reads"),
        _text("notation", "The time as a local one, in EDTF or ISO 8601.", "notation"),
        _text("zone", "The zone as written: an IANA name, an offset, or unknown.", "zoneAsWritten"),
        _text("as_written", "The words of the source.", "asWritten"),
    ),
    ("graph", "reading"),
    "Reading",
)
PASSAGES = Table(
    "passages",
    "One row for each span of a source that a claim rests on. The words are not copied.",
    (
        _GRAPH,
        _node("passage", "The passage."),
        _id("source", "The source it stands in.", "source"),
        _integer("start", "Its first character, counted in Unicode code points from 0.", "start"),
        _integer("end", "The character after its last.", "end"),
        _text("sha256", "The sha256 of its text in UTF-8.", "sha256"),
    ),
    ("graph", "passage"),
    "Passage",
)
SOURCES = Table(
    "sources",
    "One row for each source.",
    (
        _GRAPH,
        _node("source", "The source."),
        _name("type", "What it is: NewsArticle, LegalText, Dataset, ...", RDF + "type", required=True),
        _text("title", "Its title.", DCTERMS + "title"),
        _id("publisher", "Who published it.", DCTERMS + "publisher"),
        _text("language", "Its language.", DCTERMS + "language"),
        _text("url", "Where it is on the web.", "url", XSD + "anyURI"),
        _copy("intervals", "published_earliest", "the earliest that its publication may begin (UTC).", Kind.TIME),
        _copy("intervals", "published_latest", "the latest that it may end (UTC, end not included).", Kind.TIME),
        _copy("readings", "published_notation", "the time as a local one, in EDTF or ISO 8601."),
        _copy("readings", "published_zone", "the zone as written: an IANA name, an offset, or unknown."),
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
    _name("type", "Its class, a local name of the ontology.", RDF + "type", required=True),
    _part("property", "What the row says of it, such as rdfs:label; empty if there is only the type."),
    _part("value", "An id, or the exact text of a literal."),
    _part("value_kind", "thing, concept (an entry of a code list, k:...) or literal."),
    _part("datatype", "The datatype of a literal; empty for the others."),
    _part("language", "The language of a text, as BCP 47 has it."),
)
THINGS = Table(
    "things",
    "One row for each label, identifier, coordinate or other timeless mark of a person, place, event, ...",
    (_GRAPH, _node("thing", "The thing."), *_MARKS),
    ("graph", "thing", "property", "value", "datatype", "language"),
)
DERIVED = Table(
    "derived",
    "One row for each property of what was derived from claims taken together: contradictions, support, duties, ...",
    (_GRAPH, _node("record", "The derived record."), *_MARKS),
    ("graph", "record", "property", "value", "datatype", "language"),
)
QUADS = Table(
    "quads",
    "What is of none of the other tables: the ontology, indexes of time, whatever else the graph holds. "
    "Terms are written as in N-Quads.",
    (
        _part("graph", "The named graph; empty for the default graph."),
        _part("subject", "An IRI in angle brackets, or a blank node.", required=True),
        _part("predicate", "An IRI in angle brackets.", required=True),
        _part("object", "An IRI, blank node, literal, or triple term.", required=True),
    ),
    ("graph", "subject", "predicate", "object"),
)
TABLES = (
    CLAIMS, CLAIM_STATEMENTS, STATEMENTS, INTERVALS, READINGS, PASSAGES, SOURCES, THINGS, DERIVED, QUADS,
)  # fmt: skip
ABOUT = (
    "What sources say, as tables: who claims what, in which source, of which time. A row of statements does not say "
    "that something is so: the claims that point at it (claim_statements) say who asserts or denies it. "
    "Ids are short names (claim:..., org:...), as the list of prefixes spells them out; other IRIs stand whole. "
    "Times are instants in UTC; where an end is one, it is the first instant that is not part of it. "
    "An empty cell says nothing: not known, not said, or not of this row. "
    "Columns whose description begins with 'As in' repeat another table."
)
"""What a reader of the tables should know before all else."""
