"""What a source said: sources, passages, claims and the statements they are about.

Plain values that every reader produces and every writer takes. Nothing here
knows RDF (``kg.quads`` does), files (``kg.loaders`` does) or what is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - needed at run time by dataclass users
from typing import NewType

from kg.when import Interval, Reading  # noqa: TC001 - same

Iri = NewType("Iri", str)
"""An absolute IRI. Everything that is not a Literal is one."""


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A value that is not a thing: text with a datatype IRI or a language tag."""

    text: str
    datatype: str = "http://www.w3.org/2001/XMLSchema#string"
    language: str = ""


CLAIM_LISTS = {"certainty": "certainties", "sourcing": "sourcings", "quotation": "quotations"}
"""Properties of a claim whose value is an entry of a code list, and that list."""
LINKS = ("onBehalfOf", "addressedTo", "reportedIn", "denies", "respondsTo", "supersedes", "withdraws")
"""What a claim may point at beside its content: agents, and other claims."""

Value = Iri | Literal
Fact = tuple[str, Value]
"""A predicate (local name of the closed list) and one value."""


def fact_order(fact: Fact) -> tuple[str, str, str]:
    """Return the key by which the facts of a statement and the marks of a thing are sorted."""
    name, value = fact
    return (name, value.text, value.language) if isinstance(value, Literal) else (name, value, "")


@dataclass(frozen=True, slots=True)
class Statement:
    """Triples about one subject that hold for one interval.

    It describes and never asserts itself: claims for and against point at it.
    ``facts`` are sorted, so that equal content is an equal statement.
    """

    subject: Iri
    facts: tuple[Fact, ...]
    held: Interval


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a source: Unicode code points, end exclusive, and its sha256."""

    source: Iri
    start: int
    end: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document or data set that was read; its text is not kept, its hash is."""

    iri: Iri
    kind: str
    title: str
    publisher: Iri
    language: str | None = None
    url: str | None = None
    published: Reading | None = None
    sha256: str | None = None
    character_count: int | None = None
    note: str | None = None
    identifiers: tuple[str, ...] = ()
    source_kind: str | None = None
    """Local name of a concept: whose side the source is on, as the code list has it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Timeless identity: what kind of thing is talked of, and how it is called.

    ``marks`` are (property IRI, value) pairs: labels, identifiers, coordinates,
    whose organ it is, sorted, each once. Everything that can change or be
    disputed is a statement.
    """

    iri: Iri
    kind: str
    marks: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One speaker's act in one source: who, stance, when, where, about what.

    ``said`` and each of ``held`` keep the time as written beside its reading.
    ``recorded`` (UTC) is when this graph took the claim in; it is written by
    hand or tool into the file, never read from a clock at build.
    """

    iri: Iri
    source: Iri
    speaker: Iri
    stance: str
    said: Reading
    recorded: datetime
    gist: str
    content: tuple[Statement, ...] = ()
    held: tuple[Reading, ...] = ()
    passages: tuple[Passage, ...] = ()
    certainty: str | None = None
    sourcing: str | None = None
    quotation: str | None = None
    note: str | None = None
    identifiers: tuple[str, ...] = ()
    links: tuple[tuple[str, Iri], ...] = ()
    """Pairs of a property of LINKS and the agent or claim that it points at."""


@dataclass(frozen=True, slots=True)
class Case:
    """One folder under graphs/: what its files say, in the order of their ids."""

    name: str
    sources: tuple[Source, ...]
    things: tuple[tuple[str, Thing], ...]
    """Pairs of the graph name that holds the thing, and the thing."""
    claims: tuple[Claim, ...]
