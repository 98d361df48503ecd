"""Runs all rules over a store, one thing after another, and gives what they derive as quads."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.iri import compact, kind_of, term
from kg.reason.causes import cause_conflicts, mutual_causes
from kg.reason.ceasefires import ceasefire_conflicts
from kg.reason.constraints import Inconsistent, Tightened, inconsistency, tightened
from kg.reason.counts import count_conflicts, numbered, part_conflicts
from kg.reason.denials import denials, named_denials
from kg.reason.durations import duration_conflicts
from kg.reason.duties import Duties, accounts_of
from kg.reason.ledger import Ledger, is_event
from kg.reason.orders import MUTUAL, order_conflicts, orders
from kg.reason.quads import (
    clock_triples,
    difference_triples,
    duty_triples,
    in_derived,
    minute_triples,
    support_triples,
    tightening_triples,
)
from kg.reason.reports import report_conflicts
from kg.reason.scopes import scopes
from kg.reason.support import supported
from kg.reason.times import time_conflicts
from kg.reason.values import NUMBERS, holder_conflicts, value_conflicts
from kg.store import DERIVED_GRAPH, canonical, open_store, replace_graph
from kg.terms import predicates
from kg.vocab import K_NS, RDF, S_NS
from kg.when import clock_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad, Store

    from kg.quads import Triple
    from kg.reason.difference import Difference

CIRCLE = "orderWithoutCircle"
"""The rule by which a set of orders that cannot all be so is reported."""


def differences(store: Store) -> Iterator[Difference]:
    """Yield every contradiction and lookalike that the rules find in the claims of a store, in a fixed order."""
    standing = Ledger(store, superseded=False)
    yield from _differences(Ledger(store), standing)
    for left in tightened(standing):
        found = inconsistency(standing, left) if isinstance(left, Inconsistent) else None
        if found:
            yield found


def _differences(ledger: Ledger, standing: Ledger) -> Iterator[Difference]:
    """Yield what all rules find; those that know no change of mind read only what nobody superseded."""
    for found in chain(_told_of_one(ledger), _told_of_several(ledger, standing)):
        yield found.resting_on(ledger.identities.between(found.first.account, found.second.account))


def _told_of_one(ledger: Ledger) -> Iterator[Difference]:
    for _, things in ledger.subjects():
        accounts = ledger.accounts(things)
        if accounts and kind_of(things[0]) != "disagreement":
            yield from denials(accounts)
            yield from value_conflicts(ledger, accounts)
            yield from cause_conflicts(ledger, accounts)
            yield from time_conflicts(ledger, accounts)
            yield from report_conflicts(accounts)


def _told_of_several(ledger: Ledger, standing: Ledger) -> Iterator[Difference]:
    yield from named_denials(ledger)
    yield from _holders(ledger)
    yield from _counts(ledger)
    yield from duration_conflicts(standing)
    yield from ceasefire_conflicts(standing)
    yield from scopes(ledger)
    found = orders(standing)
    yield from order_conflicts(standing, found)
    for name in MUTUAL:
        yield from mutual_causes(standing, [(o.account, o.earlier) for o in found if o.predicate == name], name)


def _holders(ledger: Ledger) -> Iterator[Difference]:
    for name in (p.name for p in predicates().values() if p.single_holder):
        quads = ledger.store.quads_for_pattern(None, NamedNode(S_NS + name), None)
        for value in sorted({quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}):
            accounts = [one for statement in ledger.with_value(name, value) if (one := ledger.account(statement))]
            yield from holder_conflicts(accounts, name)


def _counts(ledger: Ledger) -> Iterator[Difference]:
    """Yield the conflicts of counts, those of one event side by side."""
    for statements in ledger.grouped(NUMBERS, ("countedIn",)):
        accounts = [one for statement in statements if (one := ledger.account(statement))]
        yield from count_conflicts(ledger, numbered(accounts))
        yield from part_conflicts(ledger, numbered(accounts))


def derive(store: Store) -> Iterator[Quad]:
    """Yield the quads that the rules derive from the claims of a store; the same quad may come more than once."""
    ledger, standing = Ledger(store), Ledger(store, superseded=False)
    for found in _differences(ledger, standing):
        yield from in_derived(difference_triples(found))
    for left in tightened(standing):
        yield from in_derived(_tightening(standing, left))
    duties = Duties(standing)
    for _, things in standing.subjects():
        accounts = standing.accounts(things)
        for duty in duties.of_event(things[0], accounts) if is_event(things[0]) else ():
            yield from in_derived(duty_triples(duty, accounts_of(duty, standing)))
        for support in supported(standing, accounts):
            yield from in_derived(support_triples(support))
    yield from in_derived(_clocks(ledger))


def _tightening(ledger: Ledger, left: Tightened | Inconsistent) -> Iterator[Triple]:
    if isinstance(left, Tightened):
        yield from tightening_triples(left)
        return
    found = inconsistency(ledger, left)
    if found:
        yield from difference_triples(found)


def _clocks(ledger: Ledger) -> Iterator[Triple]:
    for iri in ledger.of_class("Interval"):
        yield from minute_triples(iri, ledger.interval(iri))
    for iri in ledger.of_class("Reading"):
        zone, held = ledger.reading(iri)
        for bound, moment in (("Earliest", held.begin_earliest), ("Latest", held.begin_latest)):
            clock = clock_of(zone, moment)
            if clock:
                yield from clock_triples(iri, bound, clock)


def counted(quads: Iterable[Quad]) -> dict[str, int]:
    """Return how much of each kind derived quads hold: contradictions and lookalikes by kind, the rest by class."""
    classes: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for quad in quads:
        subject, value = str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))
        if quad.predicate.value == RDF + "type":
            classes[subject] = value.removeprefix(K_NS)
        elif quad.predicate.value == term("contradictionKind"):
            kinds[subject] = value.removeprefix(K_NS)
    found = Counter(f"{name} {kinds[subject]}" if subject in kinds else name for subject, name in classes.items())
    return {name: found[name] for name in sorted(found) if name != "Interval"}


def impossible_orders(quads: Iterable[Quad]) -> list[str]:
    """Return the sets of claims whose orders cannot all be so, as lines: each the smallest that conflicts."""
    found = list(quads)
    rule = {q.subject for q in found if q.predicate.value == term("byRule") and q.object == NamedNode(term(CIRCLE))}
    named = (term(name) for name in ("firstClaim", "secondClaim", "derivedFrom"))
    behind = {q for q in found if q.subject in rule and q.predicate.value in set(named)}
    lines = []
    for node in sorted(rule, key=str):
        claims = sorted({compact(str(getattr(q.object, "value", ""))) for q in behind if q.subject == node})
        lines.append(f"{compact(str(getattr(node, 'value', '')))}: the orders of {', '.join(claims)} cannot all be so")
    return lines


def rederive(folder: Path) -> tuple[dict[str, int], list[str], bool]:
    """Derive anew what follows from the claims of a store, in the place of what was derived before.

    Returns how much of each kind it is, the orders that cannot all be so, and
    whether anything changed. Raises UnknownNameError if there is no store in the folder.
    """
    document = canonical(derive(open_store(folder)))
    changed = replace_graph(folder, DERIVED_GRAPH, document)
    quads = list(parse(document, format=RdfFormat.TRIG))
    return counted(quads), impossible_orders(quads), changed
