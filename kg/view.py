"""The neutral model that every picture is drawn from: things, facts, and who said what.

It holds no graph, no store and no drawing. Whoever has a slice fills it (from
rows or by hand), ``kg.network`` makes a graph of it, ``kg.pictures`` draws it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.errors import DataError, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from kg.when.model import Interval

CONCEPT = "concept"
"""The kind of an entry of a code list (``artillery``): it describes a thing, it is none."""
DENIES = "denies"
"""The local name of the stance of a claim that says no to its content."""


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A named thing that facts are about: its IRI, its label, its kind (``place``, ``event``, ...)."""

    iri: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """One predicate with one value of one statement, and when it is to have held.

    ``statement`` and ``subject`` are IRIs, ``predicate`` is a local name and
    ``value`` an IRI if ``value_is_thing``, else the text of a literal.
    """

    statement: str
    subject: str
    predicate: str
    value: str
    value_is_thing: bool
    held: Interval
    datatype: str = ""
    """The IRI of the datatype of a literal, or its language with ``@`` before it; empty for a plain string."""

    @property
    def key(self) -> str:
        """Return what tells this fact from all others, as one string of three parts."""
        return f"{self.statement} {self.predicate} {self.value}"


@dataclass(frozen=True, slots=True, order=True)
class Links:
    """What else a claim says of agents and claims, all IRIs: for whom it speaks, and what it takes back."""

    on_behalf_of: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    withdraws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One claim: who said it, when, in which passage, about which statements.

    ``claim``, ``speaker``, ``source``, ``statements`` and ``denies`` (the claims
    it denies) are IRIs; ``stance`` is a local name; ``gist`` is one sentence of
    ours. ``passages`` are code point offsets, end exclusive. The ``..._as_written``
    texts are the words of the source, None where it has none.
    """

    claim: str
    speaker: str
    speaker_label: str
    stance: str
    said: Interval
    gist: str
    statements: tuple[str, ...]
    denies: tuple[str, ...] = ()
    held_as_written: str | None = None
    said_as_written: str | None = None
    zone_as_written: str | None = None
    source: str = ""
    passages: tuple[tuple[int, int], ...] = ()
    note: str | None = None
    source_label: str = ""
    links: Links = Links()
    recorded: datetime | None = None
    unsourced: bool = False
    words: tuple[str, ...] = ()
    """The text of the passages, if the reader has it; none of it is in the graph."""


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """Where a place lies, as one source has it.

    ``place`` and ``geometry`` are IRIs; ``points`` are longitude and latitude in
    degrees (WGS 84): one for a point, more for a line; ``quality`` is a local
    name (``gazetteerPoint``), ``source`` the label of who gives it.
    """

    place: str
    geometry: str
    points: tuple[tuple[float, float], ...]
    quality: str
    source: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A source of claims: its IRI, title, publisher's label, address, and the sha256 of the text used."""

    iri: str
    title: str
    publisher: str = ""
    url: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Two claims that stand against each other, as derived: their IRIs, local names of the kinds, and how surely."""

    first: str
    second: str
    kinds: tuple[str, ...]
    certainty: str


@dataclass(frozen=True)
class View:
    """What one picture shows, in the same order whatever order it was given in.

    Raises DataError if a thing or a claim comes twice. A claim may deny one
    that the view does not hold: a slice can leave it out.
    """

    title: str
    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Said, ...]
    sites: tuple[Site, ...] = ()
    origins: tuple[Origin, ...] = ()
    organs: tuple[tuple[str, str], ...] = ()
    """Agents with whom they are an organ of."""
    agents: tuple[Thing, ...] = ()
    """Who speaks, on whose behalf, and as whose organ."""
    conflicts: tuple[Conflict, ...] = ()

    def __post_init__(self) -> None:
        """Sort the parts, drop repeated facts and refuse repeated names."""
        object.__setattr__(self, "things", tuple(sorted(set(self.things))))
        object.__setattr__(self, "facts", tuple(sorted(set(self.facts))))
        object.__setattr__(self, "claims", tuple(sorted(self.claims, key=lambda c: (c.said.bounds, c.claim))))
        object.__setattr__(self, "sites", tuple(sorted(set(self.sites))))
        object.__setattr__(self, "origins", tuple(sorted(set(self.origins))))
        object.__setattr__(self, "organs", tuple(sorted(set(self.organs))))
        object.__setattr__(self, "agents", tuple(sorted(set(self.agents))))
        object.__setattr__(self, "conflicts", tuple(sorted(set(self.conflicts))))
        findings = [*_repeated([t.iri for t in self.things]), *_repeated([c.claim for c in self.claims])]
        if findings:
            raise DataError(findings)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Return the label of every thing and speaker by IRI."""
        speakers = {c.speaker: c.speaker_label for c in self.claims}
        return {**speakers, **{thing.iri: thing.label for thing in (*self.agents, *self.things)}}

    @cached_property
    def claims_by_iri(self) -> dict[str, Said]:
        """Return the claims by their IRI."""
        return {claim.claim: claim for claim in self.claims}

    @cached_property
    def claims_on(self) -> dict[str, tuple[Said, ...]]:
        """Return for each statement the claims whose content it is, in said order."""
        found: dict[str, list[Said]] = {}
        for claim in self.claims:
            for statement in claim.statements:
                found.setdefault(statement, []).append(claim)
        return {statement: tuple(claims) for statement, claims in sorted(found.items())}

    @cached_property
    def facts_of(self) -> dict[str, tuple[Fact, ...]]:
        """Return the facts of each statement."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.statement, []).append(fact)
        return {statement: tuple(facts) for statement, facts in found.items()}

    @property
    def held_times(self) -> Iterator[Interval]:
        """Yield the interval of each statement, which all of its facts share, in the order of ``facts_of``."""
        return (facts[0].held for facts in self.facts_of.values())

    @cached_property
    def facts_about(self) -> dict[str, tuple[Fact, ...]]:
        """Return the facts of each subject."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.subject, []).append(fact)
        return {subject: tuple(facts) for subject, facts in found.items()}

    @cached_property
    def sites_of(self) -> dict[str, tuple[Site, ...]]:
        """Return where each place lies, by source."""
        found: dict[str, list[Site]] = {}
        for site in self.sites:
            found.setdefault(site.place, []).append(site)
        return {place: tuple(sites) for place, sites in found.items()}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Return the kind of every thing by IRI."""
        return {thing.iri: thing.kind for thing in self.things}

    @cached_property
    def denied_claims(self) -> frozenset[str]:
        """Return the claims of this view that another claim of it denies."""
        return frozenset(iri for claim in self.claims for iri in claim.denies if iri in self.claims_by_iri)

    @cached_property
    def disputed(self) -> frozenset[str]:
        """Return the statements that some claim denies: content of a denial, or of a claim that is denied."""
        return frozenset(
            statement
            for claim in self.claims
            if claim.stance == DENIES or claim.claim in self.denied_claims
            for statement in claim.statements
        )

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Return the things that are entries of a code list."""
        return frozenset(thing.iri for thing in self.things if thing.kind == CONCEPT)

    def is_link(self, fact: Fact) -> bool:
        """Return whether a fact links two things; one whose value is a literal or a concept describes its subject."""
        return fact.value_is_thing and fact.value not in self.concepts

    @cached_property
    def linking_facts(self) -> tuple[Fact, ...]:
        """Return the facts that link two things, in order."""
        return tuple(filter(self.is_link, self.facts))

    def value_words(self, fact: Fact) -> str:
        """Return the label of the value of a fact, or the text of a literal."""
        return self.label(fact.value) if fact.value_is_thing else fact.value

    def label(self, iri: str) -> str:
        """Return the label of a thing, or the last part of its IRI if it has none."""
        return self.labels.get(iri) or iri.rstrip("/#").replace("#", "/").rpartition("/")[2]

    def held_of(self, claim: Said) -> tuple[Interval, ...]:
        """Return the intervals for which the content of a claim is to have held, earliest first."""
        held = {fact.held for statement in claim.statements for fact in self.facts_of.get(statement, ())}
        return tuple(sorted(held, key=lambda interval: (interval.bounds, interval.mode.value)))


def _repeated(names: list[str]) -> Iterator[Finding]:
    """Yield a finding for every name that the list holds more than once, in order."""
    for name in (name for name, count in sorted(Counter(names).items()) if count > 1):
        yield Finding(name, "view-repeats", f"{name!r} comes twice", "give each thing and claim once")
