"""The RDF shape of what is derived, in one place (ontology/reasoning.ttl).

Ids are hashes of what is derived and from what, so that the same claims give the
same ids in every run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from kg.claim import Iri, Literal
from kg.iri import digest, interval_iri, mint, term
from kg.quads import interval_triples, rdf_term
from kg.store import DERIVED_GRAPH
from kg.vocab import RDF, XSD
from kg.when import Interval, Precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.quads import Triple
    from kg.reason.constraints import Tightened
    from kg.reason.difference import Difference
    from kg.reason.duties import Duty
    from kg.reason.support import Supported
    from kg.when import Clock

_TYPE = RDF + "type"


def in_derived(triples: Iterable[Triple]) -> Iterator[Quad]:
    """Yield triples as quads of the derived graph."""
    name = NamedNode(DERIVED_GRAPH)
    for subject, predicate, value in triples:
        yield Quad(NamedNode(subject), NamedNode(predicate), rdf_term(value), name)


def integer(number: int) -> Literal:
    """Return a whole number as a literal."""
    return Literal(str(number), XSD + "integer")


def difference_triples(found: Difference) -> Iterator[Triple]:
    """Yield the triples of a contradiction or a lookalike."""
    clash = found.clash
    claims = [voice.claim for side in (found.first, found.second) for voice in side.voices]
    parts = [found.first.account.statement, found.second.account.statement, *claims, *clash.rests_on]
    name = digest(clash.kind, clash.rule, found.reason, clash.predicate, *parts)
    iri = mint("lookalike" if found.reason else "contradiction", name)
    yield iri, _TYPE, term("Lookalike" if found.reason else "Contradiction")
    yield iri, term("contradictionKind"), term(clash.kind)
    yield from ((iri, term("contradictionMatter"), term(matter)) for matter in (clash.matter, *clash.also))
    yield iri, term("byRule"), term(clash.rule)
    if found.reason:
        yield iri, term("lookalikeReason"), term(found.reason)
    else:
        yield iri, term("derivedCertainty"), term(found.weight.answer)
        yield from ((iri, term("leavesRoom"), term(room)) for room in found.weight.room)
    if clash.predicate:
        yield iri, term("differsIn"), term(clash.predicate)
    yield from ((iri, term("aboutThing"), thing) for thing in found.things)
    yield iri, term("firstStatement"), found.first.account.statement
    yield iri, term("secondStatement"), found.second.account.statement
    yield from ((iri, term("firstClaim"), voice.claim) for voice in found.first.voices)
    yield from ((iri, term("secondClaim"), voice.claim) for voice in found.second.voices)
    yield from ((iri, term("derivedFrom"), claim) for claim in clash.rests_on)
    yield from ((iri, term("derivationStep"), Literal(step)) for step in clash.steps)
    common = _common(found)
    if common:
        yield iri, term("commonTime"), interval_iri(common)
        yield from _interval(common)


def _common(found: Difference) -> Interval | None:
    """Return the time that both sides speak of, or None where they have none."""
    if found.clash.timeless or not found.clash.weight:
        return None
    a, b = found.first.account.held, found.second.account.held
    begin, latest = max(a.begin_earliest, b.begin_earliest), min(a.end_latest, b.end_latest)
    if begin >= latest:
        return None
    return Interval(
        begin,
        min(max(a.begin_latest, b.begin_latest), latest),
        max(min(a.end_earliest, b.end_earliest), begin),
        latest,
        precision=max(a.precision, b.precision, key=list(Precision).index),
    )


def duty_triples(found: Duty, sides: Iterable[str]) -> Iterator[Triple]:
    """Yield the triples of a treaty duty; ``sides`` are those on whose account it is."""
    iri = mint("duty", digest(found.provision, found.treaty, found.obligation, found.event, found.towards))
    fate = found.fate
    yield iri, _TYPE, term("TreatyDuty")
    yield iri, term("byRule"), term("dutyOfParty")
    yield iri, term("derivedCertainty"), term(found.weight.answer)
    yield iri, term("dutyProvision"), Iri(found.provision)
    yield iri, term("dutyObligation"), Iri(found.obligation)
    yield iri, term("dutyEvent"), Iri(found.event)
    yield iri, term("dutyTowards"), Iri(found.towards)
    yield iri, term("dutyState"), term(fate.state)
    yield from ((iri, term("dutyBearer"), Iri(bearer)) for bearer in found.bearers)
    yield from ((iri, term("onAccountOf"), Iri(side)) for side in sides)
    yield from ((iri, term("accountClaim"), Iri(voice.claim)) for voice in found.accounts)
    yield from ((iri, term("invokedBy"), Iri(voice.claim)) for voice in fate.invocations)
    yield from ((iri, term("answeredBy"), Iri(voice.claim)) for voice in fate.answers)
    yield from ((iri, term("derivedFrom"), Iri(claim)) for claim in found.rests_on)
    if fate.delay:
        yield iri, term("answeredAfterAtLeast"), integer(fate.delay[0])
        yield iri, term("answeredAfterAtMost"), integer(fate.delay[1])


def support_triples(found: Supported) -> Iterator[Triple]:
    """Yield the triples of the support of a statement."""
    iri = mint("support", found.account.statement.rpartition("/")[2])
    yield iri, _TYPE, term("Support")
    yield iri, term("byRule"), term("supportByKnowledge")
    yield iri, term("supportOf"), Iri(found.account.statement)
    yield from ((iri, term("supportClaim"), Iri(voice.claim)) for voice in found.voices)
    yield from ((iri, term("knowledgeOf"), Iri(knower)) for knower in found.knowers)
    yield iri, term("knowledgeCount"), integer(found.sides)
    yield iri, term("outletCount"), integer(found.outlets)
    yield iri, term("independentCount"), integer(found.independent)
    yield from ((iri, term("independentClaim"), Iri(voice.claim)) for voice in found.apart)


def tightening_triples(found: Tightened) -> Iterator[Triple]:
    """Yield the triples of a tightened time."""
    iri = mint("tightening", digest(found.account.statement, *found.claims, *found.steps))
    yield iri, _TYPE, term("TightenedTime")
    yield iri, term("byRule"), term("orderTightensTime")
    yield iri, term("tightens"), Iri(found.account.statement)
    yield iri, term("tightenedTo"), interval_iri(found.held)
    yield from _interval(found.held)
    yield from ((iri, term("derivedFrom"), Iri(claim)) for claim in found.claims)
    yield from ((iri, term("derivationStep"), Literal(step)) for step in found.steps)


def clock_triples(reading: str, bound: str, clock: Clock) -> Iterator[Triple]:
    """Yield the begin of a reading by its local clock, and its weekday; ``bound`` is Earliest or Latest."""
    yield Iri(reading), term(f"localBegin{bound}"), Literal(clock.time)
    yield Iri(reading), term(f"weekday{bound}"), term(clock.weekday)


def _interval(held: Interval) -> Iterator[Triple]:
    yield from interval_triples(held)
    yield from minute_triples(interval_iri(held), held)


def minute_triples(iri: str, held: Interval) -> Iterator[Triple]:
    """Yield the bounds of an interval in whole minutes since 1970-01-01T00:00Z, rounded down."""
    names = ("beginEarliest", "beginLatest", "endEarliest", "endLatest")
    for name, bound in zip(names, held.bounds, strict=True):
        yield Iri(iri), term(name + "Minute"), integer(int(bound.timestamp() // 60))
