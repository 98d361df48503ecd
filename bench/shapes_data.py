"""Made-up claims, and the N-Quads of them in three graph shapes.

Nothing here is drawn by chance: every choice is a hash of a number, so that the
same size gives the same bytes on every machine. It does not load or query.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BASE = "https://w3id.org/conflict-kg/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
FIRST_DAY = datetime(1989, 1, 1, tzinfo=UTC)
DAYS = 13_149  # 1989 to 2024
FOREVER = datetime(2200, 1, 1, tzinfo=UTC)
PREDICATES = ("eventType", "location", "perpetrator", "target", "means", "killedBest")

Bounds = tuple[datetime, datetime, datetime, datetime]


@dataclass(frozen=True, slots=True)
class MadeClaim:
    """One claim: its speaker's stance to six facts about an event, and their time.

    ``statement`` numbers the statement; a denial bears that of the claim before it.
    Both intervals are UTC, half-open: begin earliest, begin latest, end earliest, end latest.
    """

    number: int
    source: int
    speaker: int
    stance: str
    statement: int
    event: int
    facts: tuple[tuple[str, str], ...]
    held: Bounds
    said: Bounds


def drawn(seed: int, salt: int, below: int) -> int:
    """Return a number from 0 to below - 1 that looks random (splitmix64 of seed and salt)."""
    mask = (1 << 64) - 1
    mixed = (seed * 1_000_003 + salt * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15) & mask
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & mask
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
    return (mixed ^ (mixed >> 31)) % below


def skewed(seed: int, salt: int, below: int) -> int:
    """Return a number from 0 to below - 1; small numbers are much more frequent."""
    return drawn(seed, salt, 1 + drawn(seed, salt + 50, below))


def held_of(event: int) -> Bounds:
    """Return when an event held: 90% one day, 9% 2 to 200 days, 1% years, some of them open.

    A third of the one-day events lie at some time within the day, so that they
    are certain at no instant; a tenth of the rest began on one of two days.
    """
    begin = FIRST_DAY + timedelta(days=drawn(event, 1, DAYS))
    kind = drawn(event, 2, 100)
    if kind >= 99:
        end = begin + timedelta(days=365 + drawn(event, 3, 5000))
        return begin, begin, end, FOREVER if drawn(event, 4, 3) == 0 else end
    if kind >= 90:
        end = begin + timedelta(days=2 + drawn(event, 3, 199))
        latest = begin + timedelta(days=1) if drawn(event, 4, 10) == 0 else begin
        return begin, latest, end, end
    end = begin + timedelta(days=1)
    return (begin, end, begin, end) if drawn(event, 4, 3) == 0 else (begin, begin, end, end)


def made_claims(count: int, sources: int) -> Iterator[MadeClaim]:
    """Yield ``count`` claims; every tenth denies the content of the one before it."""
    events = max(1, count // 4)
    for number in range(count):
        denial = number % 10 == 9
        told = number - 1 if denial else number
        event = drawn(told, 11, events)
        held = held_of(event)
        said = FIRST_DAY + (held[0] - FIRST_DAY) + timedelta(days=drawn(number, 12, 3))
        yield MadeClaim(
            number=number,
            source=skewed(number // 10, 13, sources),
            speaker=skewed(number, 14, 300),
            stance="denies" if denial else "asserts",
            statement=told,
            event=event,
            facts=_facts(event, told),
            held=held,
            said=(said, said + timedelta(days=1), said, said + timedelta(days=1)),
        )


def _facts(event: int, told: int) -> tuple[tuple[str, str], ...]:
    # Four in ten tellings give another number of dead and another perpetrator.
    version = told if drawn(told, 20, 10) < 4 else 0
    return (
        ("eventType", _iri("ontology#", f"EventType{drawn(event, 21, 12)}")),
        ("location", _iri("place/", f"place-{skewed(event, 22, 2000)}")),
        ("perpetrator", _iri("org/", f"actor-{skewed(event * 31 + version, 23, 400)}")),
        ("target", _iri("org/", f"actor-{skewed(event, 24, 400)}")),
        ("means", _iri("ontology#", f"Means{drawn(event, 25, 8)}")),
        ("killedBest", _typed(str(drawn(event * 17 + version, 26, 40)), "integer")),
    )


def _iri(folder: str, name: str) -> str:
    return f"<{BASE}{folder}{name}>"


def _typed(text: str, datatype: str) -> str:
    return f'"{text}"^^<{XSD}{datatype}>'


def _k(name: str) -> str:
    return _iri("ontology#", name)


def _s(name: str) -> str:
    return _iri("statement#", name)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1e".join(map(str, parts)).encode()).hexdigest()[:20]


BOUNDS = ("beginEarliest", "beginLatest", "endEarliest", "endLatest")
TYPE = f"<{RDF}type>"
Triple = tuple[str, str, str]


def _bounds(node: str, bounds: Bounds) -> Iterator[Triple]:
    for name, bound in zip(BOUNDS, bounds, strict=True):
        yield node, _k(name), _typed(bound.strftime("%Y-%m-%dT%H:%M:%SZ"), "dateTime")


def _interval(bounds: Bounds) -> str:
    return _iri("time/", _digest(*bounds))


def _interval_triples(bounds: Bounds) -> Iterator[Triple]:
    # Nine triples, as kg.quads writes an interval.
    node = _interval(bounds)
    yield node, TYPE, _k("Interval")
    yield from _bounds(node, bounds)
    yield node, _k("mode"), _k("someTimeWithin" if bounds[0] == bounds[2] else "throughout")
    yield node, _k("beginKind"), _k("known")
    yield node, _k("endKind"), _k("open" if bounds[3] == FOREVER else "known")
    yield node, _k("precision"), _k("day")


def _claim(claim: MadeClaim, contents: list[str]) -> Iterator[Triple]:
    node = _iri("claim/", f"made-{claim.number}")
    yield node, TYPE, _k("Claim")
    yield node, _k("speaker"), _iri("org/", f"speaker-{claim.speaker}")
    yield node, _k("stance"), _k(claim.stance)
    yield node, _k("source"), _iri("source/", f"made-{claim.source}")
    yield node, _k("recorded"), _typed("2026-11-22T20:00:00Z", "dateTime")
    yield node, _k("said"), _interval(claim.said)
    yield from _interval_triples(claim.said)
    for content in contents:
        yield node, _k("content"), content


def statement_groups(claim: MadeClaim) -> Iterator[Triple]:
    """Yield shape (a): one statement groups six triples and points at a shared interval."""
    node = _iri("st/", _digest("a", claim.statement))
    yield from _claim(claim, [node])
    yield node, TYPE, _k("Statement")
    yield node, _k("subject"), _iri("event/", f"event-{claim.event}")
    yield node, _k("held"), _interval(claim.held)
    yield from _interval_triples(claim.held)
    for name, value in claim.facts:
        yield node, _s(name), value


def node_per_triple(claim: MadeClaim) -> Iterator[Triple]:
    """Yield shape (b): a node per triple with rdf:subject, predicate, object and own bounds."""
    nodes = [_iri("st/", _digest("b", claim.statement, name)) for name, _ in claim.facts]
    yield from _claim(claim, nodes)
    for node, (name, value) in zip(nodes, claim.facts, strict=True):
        yield node, TYPE, _k("Statement")
        yield node, f"<{RDF}subject>", _iri("event/", f"event-{claim.event}")
        yield node, f"<{RDF}predicate>", _k(name)
        yield node, f"<{RDF}object>", value
        yield from _bounds(node, claim.held)


def reifiers(claim: MadeClaim) -> Iterator[Triple]:
    """Yield shape (c): RDF 1.2, one reifier reifies six triples and points at a shared interval."""
    node = _iri("st/", _digest("c", claim.statement))
    event = _iri("event/", f"event-{claim.event}")
    yield from _claim(claim, [node])
    yield node, TYPE, _k("Statement")
    yield node, _k("held"), _interval(claim.held)
    yield from _interval_triples(claim.held)
    for name, value in claim.facts:
        yield node, f"<{RDF}reifies>", f"<<( {event} {_k(name)} {value} )>>"


SHAPES: dict[str, Callable[[MadeClaim], Iterator[Triple]]] = {
    "a": statement_groups,
    "b": node_per_triple,
    "c": reifiers,
}


def write(shape: str, count: int, sources: int, path: Path) -> int:
    """Write the N-Quads of ``count`` claims, one graph per source; return how many quads."""
    with path.open("w", encoding="ascii", newline="\n") as out:
        written = 0
        for triple in _twins() if shape == "a" else ():
            out.write(f"{' '.join(triple)} {_iri('graph/', 'ontology')} .\n")
            written += 1
        seen: set[str] = set()  # intervals and shared statements come again: written once per graph
        for claim in made_claims(count, sources):
            graph = _iri("graph/", f"made-{claim.source}")
            for triple in SHAPES[shape](claim):
                line = f"{' '.join(triple)} {graph} .\n"
                if line not in seen:
                    seen.add(line)
                    out.write(line)
                    written += 1
        return written


def _twins() -> Iterator[Triple]:
    for name in PREDICATES:
        yield _s(name), _k("projectsTo"), _k(name)
