"""Checks of references and of time that shapes cannot say, as set-based SPARQL.

Each takes the union of all graphs and returns findings; none looks at the clock. Times are
compared as the bounds that stand in the graph: certainly before means that the latest end
of one is not after the earliest begin of the other (half-open intervals).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import process

from kg.check.run import select, spelt
from kg.errors import Finding, Severity
from kg.iri import compact, expand
from kg.vocab import BASE, K_NS, S_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyoxigraph as ox

PREFIXES = f"PREFIX k: <{K_NS}>\nPREFIX s: <{S_NS}>\n"

CHAINS = ("supersedes", "reportedIn", "respondsTo")
"""Links between claims that lead to an older claim, or to the one around it."""
ANSWERS = ("denies", "respondsTo", "withdraws")
"""Links to a claim that has to have been said before."""

UNDESCRIBED = f"""
SELECT ?value (SAMPLE(?subject) AS ?focus) (SAMPLE(?name) AS ?predicate) WHERE {{
  {{ SELECT DISTINCT ?value WHERE {{
    ?any ?p ?value FILTER(isIRI(?value) && STRSTARTS(STR(?value), "{BASE}"))
    FILTER(?p != <http://www.w3.org/2002/07/owl#versionIRI>) }} }}
  FILTER NOT EXISTS {{ ?value ?q ?o }}
  ?subject ?name ?value
}} GROUP BY ?value"""

UNDECLARED = f"""
SELECT ?predicate (SAMPLE(?subject) AS ?focus) WHERE {{
  {{ SELECT DISTINCT ?predicate WHERE {{ ?any ?predicate ?o FILTER(STRSTARTS(STR(?predicate), "{BASE}")) }} }}
  FILTER NOT EXISTS {{ ?predicate ?q ?r }}
  ?subject ?predicate ?value
}} GROUP BY ?predicate"""

CYCLE = PREFIXES + "SELECT DISTINCT ?focus WHERE {{ ?focus k:{link} ?next . ?next k:{link}* ?focus }}"

TOO_EARLY = (
    PREFIXES
    + """
SELECT DISTINCT ?focus ?value WHERE {{
  ?focus k:{link} ?value ; k:said/k:endLatest ?ended .
  ?value k:said/k:beginEarliest ?began
  FILTER(?ended <= ?began)
}}"""
)

RECORDED_BACKWARDS = (
    PREFIXES
    + """
SELECT DISTINCT ?focus ?value WHERE {
  ?focus k:supersedes ?value ; k:recorded ?later .
  ?value k:recorded ?earlier
  FILTER(?later < ?earlier)
}"""
)

SAID_BEFORE_HELD = (
    PREFIXES
    + """
SELECT DISTINCT ?focus ?value WHERE {
  VALUES ?stance { k:asserts k:reports k:denies k:doubts }
  ?focus k:stance ?stance ; k:said/k:endLatest ?ended ; k:content ?value .
  ?value k:held ?held .
  ?held k:beginKind k:known ; k:beginEarliest ?began
  FILTER(?ended <= ?began)
}"""
)

TWO_VALUES = (
    PREFIXES
    + """
SELECT DISTINCT ?focus ?value ?predicate ?one ?other WHERE {
  ?plain k:singleValued "true" . ?predicate k:projectsTo ?plain .
  ?focus ?predicate ?one ; k:subject ?subject ; k:held ?heldOne .
  ?value k:subject ?subject ; ?predicate ?other ; k:held ?heldOther .
  FILTER(STR(?focus) < STR(?value) && !sameTerm(?one, ?other))
  ?heldOne k:beginLatest ?b1 ; k:endEarliest ?e1 .
  ?heldOther k:beginLatest ?b2 ; k:endEarliest ?e2 .
  FILTER(?b1 < ?e1 && ?b2 < ?e2 && ?b1 < ?e2 && ?b2 < ?e1)
  ?claimOne k:content ?focus ; k:speaker ?speaker ; k:stance k:asserts .
  ?claimOther k:content ?value ; k:speaker ?speaker ; k:stance k:asserts .
  FILTER NOT EXISTS { ?newer k:supersedes|k:withdraws ?claimOne }
  FILTER NOT EXISTS { ?newest k:supersedes|k:withdraws ?claimOther }
}"""
)


def find_dangling(store: ox.Store) -> Iterator[Finding]:
    """Yield the names of ours that something points at and nothing describes."""
    for row in select(store, UNDESCRIBED):
        missing = row["value"].value
        yield Finding(
            place=row["focus"].value,
            rule="dangling-reference",
            message=f"{spelt(row['predicate'])} points at {spelt(row['value'])}, which nothing describes",
            mend=_nearest(store, missing),
        )


def find_undeclared(store: ox.Store) -> Iterator[Finding]:
    """Yield the predicates of ours that are used and that the ontology does not declare."""
    for row in select(store, UNDECLARED):
        yield Finding(
            place=row["focus"].value,
            rule="undeclared-predicate",
            message=f"{spelt(row['predicate'])} is used and not declared in the ontology",
            mend=_nearest(store, row["predicate"].value),
        )


def _nearest(store: ox.Store, missing: str) -> str:
    known = sorted(_described(store, missing))
    if not known:
        return "describe it, or take the reference away"
    return f"did you mean {process.extractOne(compact(missing), known)[0]}? Else describe it"


def _described(store: ox.Store, missing: str) -> set[str]:
    kind = compact(missing).partition(":")[0]
    folder = f"{BASE}{kind}/" if kind not in {"k", "s"} else str(expand(f"{kind}:x"))[:-1]
    query = f'SELECT DISTINCT ?focus WHERE {{ ?focus ?p ?o FILTER(STRSTARTS(STR(?focus), "{folder}")) }}'
    return {compact(row["focus"].value) for row in select(store, query)}


def find_cycles(store: ox.Store) -> Iterator[Finding]:
    """Yield each claim that supersedes, is reported in or responds to itself in the end."""
    for link in CHAINS:
        for row in select(store, CYCLE.format(link=link)):
            yield Finding(
                place=row["focus"].value,
                rule=f"{link}-cycle",
                message=f"following k:{link} from this claim leads back to it",
                mend=f"take one k:{link} of the circle away",
            )


def find_too_early(store: ox.Store) -> Iterator[Finding]:
    """Yield denials, responses and withdrawals said certainly before what they are about."""
    for link in ANSWERS:
        for row in select(store, TOO_EARLY.format(link=link)):
            yield Finding(
                place=row["focus"].value,
                rule=f"{link}-before-said",
                message=f"k:{link} {spelt(row['value'])}, which was said certainly later",
                mend="mend one of the two said times, or the link",
            )
    for row in select(store, RECORDED_BACKWARDS):
        yield Finding(
            place=row["focus"].value,
            rule="supersedes-before-recorded",
            message=f"supersedes {spelt(row['value'])}, which was recorded later",
            mend="let the newer record supersede the older",
        )


def find_said_before_held(store: ox.Store) -> Iterator[Finding]:
    """Yield claims said certainly before the known begin of what they tell as happened."""
    for row in select(store, SAID_BEFORE_HELD):
        yield Finding(
            place=row["focus"].value,
            rule="said-before-held",
            message=f"was said certainly before the known begin of {spelt(row['value'])}",
            mend="mend a time, or let the stance be promises or callsFor",
            severity=Severity.WARNING,
        )


def find_two_values(store: ox.Store) -> Iterator[Finding]:
    """Yield statements of one speaker that give a single-valued predicate two values at once."""
    for row in select(store, TWO_VALUES):
        values = f"{spelt(row['one'])} here and {spelt(row['other'])} in {spelt(row['value'])}"
        yield Finding(
            place=row["focus"].value,
            rule="two-values",
            message=f"one speaker gives {spelt(row['predicate'])} two values at one time: {values}",
            mend="mend a time or a value, or let the later claim supersede the earlier",
            severity=Severity.WARNING,
        )


CHECKS: tuple[Callable[[ox.Store], Iterator[Finding]], ...] = (
    find_dangling,
    find_undeclared,
    find_cycles,
    find_too_early,
    find_said_before_held,
    find_two_values,
)
RULES = (
    "dangling-reference",
    "undeclared-predicate",
    *(f"{link}-cycle" for link in CHAINS),
    *(f"{link}-before-said" for link in ANSWERS),
    "supersedes-before-recorded",
    "said-before-held",
    "two-values",
)
"""Every rule that a check of this module may report."""
