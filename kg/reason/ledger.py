"""What claims say of a thing, read once for all rules: statements, who is for them and against.

Reads one thing at a time, so that memory does not grow with the graph; only the
links between things (which is part of which, which are one) are held whole. It
derives nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.claim import LINKS
from kg.iri import digest, kind_of, term
from kg.recall import interval
from kg.store import DERIVED_GRAPH
from kg.vocab import DCTERMS, K_NS, RDF, S_NS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

    from kg.when import Interval

FOR = (term("asserts"), term("promises"))
AGAINST = (term("denies"), term("doubts"))
DENIES = AGAINST[0]
_PARTS = ("allegiance", "parentUnit", "parentOrganisation", "within", "administrativeParent")
"""Predicates of statements whose value holds the subject as a part of it."""
_LINKS = {term(name): name for name in LINKS}
_GATHERING = {term("ReferenceWork"), term("Dataset")}
_CACHED = 50_000


@dataclass(frozen=True, slots=True)
class Voice:
    """One claim as rules see it: who says it, with which stance, when, in which source, about which claims."""

    claim: str
    speaker: str
    stance: str
    said: Interval
    source: str
    links: tuple[tuple[str, str], ...]
    corrected_by: frozenset[str] = frozenset()
    """Claims of the same speaker that supersede this one."""

    def linked(self, name: str) -> set[str]:
        """Return what a link of the claim points at."""
        return {target for link, target in self.links if link == name}

    def spoke_after(self, other: Voice) -> bool:
        """Return whether this was certainly said after the other, or corrects it."""
        return self.claim in other.corrected_by or other.said.end_latest <= self.said.begin_earliest


@dataclass(frozen=True, slots=True)
class Account:
    """One statement with the claims that still stand for it and against it."""

    statement: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    """Pairs of a predicate (local name) and a value: an IRI, or the text of a literal."""
    held: Interval
    voices: tuple[Voice, ...]
    against: tuple[Voice, ...]

    def values(self, name: str) -> frozenset[str]:
        """Return the values of a predicate."""
        return frozenset(value for predicate, value in self.facts if predicate == name)

    def has(self, name: str) -> bool:
        """Return whether the statement has a predicate."""
        return any(predicate == name for predicate, _ in self.facts)


class Ledger:
    """Reads accounts from a store, one thing after another."""

    def __init__(self, store: Store, *, superseded: bool = True) -> None:
        """Read the links between things; the claims themselves are read when they are asked for.

        Without ``superseded``, what its own speaker superseded is left out like what he withdrew.
        """
        self.store = store
        self.interval = lru_cache(maxsize=_CACHED)(self._interval)
        self.voice = lru_cache(maxsize=_CACHED)(self._voice)
        self.withdrawn = set(self._own("withdraws"))
        self.corrected = self._own("supersedes")
        if not superseded:
            self.withdrawn |= set(self.corrected)
        self._wider: dict[str, set[str]] = defaultdict(set)
        for child, parent in self._parts():
            self._wider[child].add(parent)
        self.wider = lru_cache(maxsize=_CACHED)(self._all_wider)
        self.identities = _Identities(self)

    def subjects(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield every thing that statements are about, in order, with all identities said to be it."""
        found = {q.object.value for q in self._quads(None, term("subject"), None) if isinstance(q.object, NamedNode)}
        for iri in sorted(found):
            group = self.identities.of(iri)
            if iri == next(one for one in group if one in found):
                yield iri, tuple(one for one in group if one in found)

    def accounts(self, things: Iterable[str]) -> list[Account]:
        """Return the accounts of one thing, under all its identities, in the order of their ids."""
        found = {
            q.subject.value
            for thing in things
            for q in self._quads(None, term("subject"), thing)
            if isinstance(q.subject, NamedNode)
        }
        return [one for statement in sorted(found) if (one := self.account(statement))]

    def account(self, statement: str) -> Account | None:
        """Return a statement with its standing claims, or None if none stands for or against it."""
        claims = sorted({q.subject.value for q in self._quads(None, term("content"), statement)})
        voices = [voice for claim in claims if (voice := self.voice(claim))]
        pro = tuple(voice for voice in voices if voice.stance in FOR)
        con = tuple(voice for voice in voices if voice.stance in AGAINST)
        if not pro and not con:
            return None
        subject, held, facts = "", "", []
        for q in self._quads(statement, None, None):
            name = q.predicate.value
            value = q.object.value if isinstance(q.object, NamedNode | Literal) else ""
            if name.startswith(S_NS):
                facts.append((name[len(S_NS) :], value))
            elif name == term("subject"):
                subject = value
            elif name == term("held"):
                held = value
        return Account(statement, subject, tuple(sorted(set(facts))), self.interval(held), pro, con)

    def of_class(self, name: str) -> list[str]:
        """Return the nodes of a class of ours, those that were derived before not among them, in order."""
        quads = self._quads(None, RDF + "type", term(name))
        return sorted({q.subject.value for q in quads if q.graph_name.value != DERIVED_GRAPH})

    def reading(self, iri: str) -> tuple[str | None, Interval]:
        """Return the zone as written of a reading, if any, and its interval."""
        (read,) = self._values(iri, term("reads"))
        return next(iter(sorted(self._values(iri, term("zoneAsWritten")))), None), self.interval(read)

    def passes_on(self, voice: Voice) -> bool:
        """Return whether a claim is a reference work's own, which gathers what others know."""
        return bool(self._values(voice.source, RDF + "type") & _GATHERING) and voice.speaker in self._values(
            voice.source, DCTERMS + "publisher"
        )

    def with_value(self, predicate: str, value: str) -> Iterator[str]:
        """Yield the statements that give a predicate a value, in order."""
        quads = self._quads(None, S_NS + predicate, value)
        yield from sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)})

    def with_predicate(self, predicate: str) -> Iterator[Account]:
        """Yield the accounts that use a predicate, in the order of their ids."""
        found = {q.subject.value for q in self._quads(None, S_NS + predicate, None)}
        for statement in sorted(found):
            account = self.account(statement)
            if account:
                yield account

    def grouped(self, numbers: Iterable[str], names: Iterable[str]) -> Iterator[list[str]]:
        """Yield the statements that give one of some numbers, grouped by the values of some predicates, in order.

        Those that leave all of these unsaid go with another of their subject.
        """
        groups: dict[str, list[str]] = defaultdict(list)
        group_of: dict[str, str] = {}
        unsaid: list[tuple[str, str]] = []
        for statement in sorted({q.subject.value for name in numbers for q in self._quads(None, S_NS + name, None)}):
            parts = [
                "|".join(sorted(map(self.identities.chief, self._values(statement, S_NS + name)))) for name in names
            ]
            (subject,) = self._values(statement, term("subject"))
            if any(parts):
                key = digest(*parts)
                group_of.setdefault(subject, key)
                groups[key].append(statement)
            else:
                unsaid.append((statement, subject))
        for statement, subject in unsaid:
            groups[group_of.get(subject, subject)].append(statement)
        yield from (sorted(groups[key]) for key in sorted(groups))

    def linked(self, name: str) -> Iterator[tuple[Voice, Voice]]:
        """Yield the pairs of standing claims of which the first points at the second by a link, in order."""
        pairs = sorted({(q.subject.value, q.object.value) for q in self._quads(None, term(name), None)})
        for one, other in pairs:
            first, second = self.voice(one), self.voice(other)
            if first and second:
                yield first, second

    def content(self, claim: str) -> list[str]:
        """Return the statements that a claim points at, in order."""
        return sorted(self._values(claim, term("content")))

    def related(self, one: str, other: str) -> bool:
        """Return whether two values are the same, or one is a part or a kind of the other."""
        return (
            self.identities.chief(one) == self.identities.chief(other)
            or one in self.wider(other)
            or other in self.wider(one)
        )

    def _quads(self, subject: str | None, predicate: str | None, value: str | None):  # type: ignore[no-untyped-def] # noqa: ANN202
        nodes = [NamedNode(part) if part is not None else None for part in (subject, predicate, value)]
        return self.store.quads_for_pattern(*nodes)

    def _values(self, subject: str, predicate: str) -> set[str]:
        return {q.object.value for q in self._quads(subject, predicate, None)}

    def _interval(self, iri: str) -> Interval:
        return interval(self.store, iri)

    def _voice(self, claim: str) -> Voice | None:
        """Return a claim, or None if its speaker withdrew it or nothing in its source carries it."""
        if claim in self.withdrawn:
            return None
        values: dict[str, str] = {}
        links = []
        for q in self._quads(claim, None, None):
            name, value = q.predicate.value, getattr(q.object, "value", "")
            if name in _LINKS:
                links.append((_LINKS[name], value))
            else:
                values[name] = value
        if values.get(term("sourcing")) == term("unsourced") or term("said") not in values:
            return None
        return Voice(
            claim, values[term("speaker")], values[term("stance")], self.interval(values[term("said")]),
            values[term("source")], tuple(sorted(links)), frozenset(self.corrected.get(claim, ())),
        )  # fmt: skip

    def _own(self, name: str) -> dict[str, set[str]]:
        """Return the claims that their own speaker withdrew or corrected, with those by which he did."""
        found: dict[str, set[str]] = defaultdict(set)
        for q in self._quads(None, term(name), None):
            later, earlier = q.subject.value, q.object.value
            if self._speaker(later) == self._speaker(earlier):
                found[earlier].add(later)
        return found

    def _speaker(self, claim: str) -> str:
        return next((q.object.value for q in self._quads(claim, term("speaker"), None)), "")

    def _parts(self) -> Iterator[tuple[str, str]]:
        for name in (term("organOf"), SKOS + "broader"):
            for q in self._quads(None, name, None):
                yield q.subject.value, q.object.value
        for name in (*_PARTS, "provision", "partOf"):
            for q in self._quads(None, S_NS + name, None):
                subject = next((s.object.value for s in self._quads(q.subject.value, term("subject"), None)), "")
                # A treaty holds its provisions; elsewhere the value holds the subject.
                yield (q.object.value, subject) if name == "provision" else (subject, q.object.value)

    def _all_wider(self, iri: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = list(self._wider.get(iri, ()))
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self._wider.get(one, ()))
        return frozenset(found)


class _Identities:
    """Which identities claims say to be one event, while those claims stand."""

    def __init__(self, ledger: Ledger) -> None:
        self._group: dict[str, set[str]] = {}
        self._claims: dict[str, set[str]] = {}
        for account in ledger.with_predicate("sameEventAs"):
            claims = {voice.claim for voice in account.voices if not voice.corrected_by}
            for other in sorted(account.values("sameEventAs")) if claims else ():
                self._join(account.subject, other, claims)

    def _join(self, one: str, other: str, claims: set[str]) -> None:
        group = self._group.get(one, {one}) | self._group.get(other, {other})
        joined = claims | self.claims(one) | self.claims(other)
        for member in group:
            self._group[member], self._claims[member] = group, joined

    def of(self, iri: str) -> list[str]:
        """Return all identities of a thing, itself among them, in order."""
        return sorted(self._group.get(iri, {iri}))

    def chief(self, iri: str) -> str:
        """Return the identity that stands for all of a thing's."""
        return min(self._group[iri]) if iri in self._group else iri

    def claims(self, iri: str) -> set[str]:
        """Return the claims that join a thing to its other identities."""
        return self._claims.get(iri, set())

    def between(self, one: Account, other: Account) -> set[str]:
        """Return the claims by which two accounts speak of one thing under two identities."""
        named = [{account.subject, *(value for _, value in account.facts)} for account in (one, other)]
        pairs = ((a, b) for a in named[0] for b in self.of(a) if a != b and b in named[1])
        return {claim for a, _ in pairs for claim in self.claims(a)}


def local(concept: str) -> str:
    """Return the local name of a concept of ours."""
    return concept.removeprefix(K_NS)


def is_event(iri: str) -> bool:
    """Return whether a thing is an event, by its name."""
    return kind_of(iri) == "event"
