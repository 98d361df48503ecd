"""Claims about what came after what: against the dates that claims give, and against each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx

from kg.reason.difference import Clash, contradiction
from kg.reason.times import begin_of, is_aspect
from kg.reason.weight import CERTAIN
from kg.when import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from kg.reason.difference import Difference
    from kg.reason.ledger import Account, Ledger

KIND = "orderConflict"
AFTER = ("startsAfter", "startsAfterEndOf", "answers", "respondsToEvent", "causedBy")
"""Predicates whose subject begins after their value does."""
MUTUAL = ("respondsToEvent", "causedBy")
"""Of these, what each side may say of its own event: a conflict of causes, and no circle."""
BEFORE = ("startsBefore", "endsBefore")
"""Predicates whose subject begins before their value does."""


WHOLE = ("startsAfterEndOf", "endsBefore")
"""Of these, what places the whole of the earlier event before the later one."""


@dataclass(frozen=True, slots=True)
class Order:
    """One claimed order: an account says that one event begins before another."""

    earlier: str
    later: str
    account: Account
    predicate: str


def orders(ledger: Ledger) -> list[Order]:
    """Return all orders of events that standing claims assert, by the chief identities of the events."""
    chief, found = ledger.identities.chief, []
    for name in (*AFTER, *BEFORE):
        for account in ledger.with_predicate(name):
            for value in sorted(account.values(name)) if account.voices else ():
                pair = (chief(value), chief(account.subject))
                earlier, later = pair if name in AFTER else reversed(pair)
                found.append(Order(earlier, later, account, name))
    return found


def order_conflicts(ledger: Ledger, found: Sequence[Order]) -> Iterator[Difference]:
    """Yield the orders that dates contradict, and those that make a circle."""
    for order in found:
        yield from _dated_against(ledger, order)
    yield from _circles(found)


def _dated_against(ledger: Ledger, order: Order) -> Iterator[Difference]:
    """Yield an order beside the dates by which the later event begins certainly before the earlier."""
    mine = {voice.claim for voice in order.account.voices}
    of = ledger.identities.of
    first = _dates(order, ledger.accounts(of(order.earlier)))
    last = _dates(order, ledger.accounts(of(order.later)))
    own = [one for one in last if one.account.statement == order.account.statement] or [
        one for one in last if mine & {voice.claim for voice in one.account.voices}
    ]
    if order.predicate in BEFORE:
        own = [one for one in first if one.account.statement == order.account.statement]
    whole = order.predicate in WHOLE
    for later in last if order.predicate in BEFORE else own or last:
        for earlier in (own or first) if order.predicate in BEFORE else first:
            if later.latest < (earlier.end if whole else earlier.earliest):
                yield from _against(order, mine, earlier, later)


def _against(order: Order, mine: set[str], earlier: _Date, later: _Date) -> Iterator[Difference]:
    """Yield the date of the one event against that of the other, or against the order where that gives the one."""
    ordering, dating = (earlier, later) if order.predicate in BEFORE else (later, earlier)
    # An account that dates both events by its own order stands against nobody but itself.
    rests_on = () if mine & {voice.claim for voice in ordering.account.voices} else tuple(sorted(mine))
    left = ordering.account if rests_on else order.account
    yield from contradiction(_clash("effectAfterCause", order, rests_on), left, dating.account)


@dataclass(frozen=True, slots=True)
class _Date:
    """An account with the first and last instant at which an event can have begun, and the first at which it ended."""

    account: Account
    earliest: datetime
    latest: datetime
    end: datetime


def _dates(order: Order, accounts: Sequence[Account]) -> list[_Date]:
    """Return the accounts that date the beginning of an event: by its begin, or by a range within which it was."""
    found = []
    for account in accounts:
        if account.voices and (account.has("eventType") or account.statement == order.account.statement):
            begin, held = begin_of(account), account.held
            if begin:
                found.append(_Date(account, *begin, account.held.end_earliest))
            elif held.mode is Mode.WITHIN and not is_aspect(account):
                found.append(_Date(account, held.begin_earliest, held.end_latest, held.end_earliest))
    return found


def _circles(found: Sequence[Order]) -> Iterator[Difference]:
    """Yield the orders that cannot all be so: for each pair of events in a circle, the shortest circle through them."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, order in enumerate(found):
        if order.earlier != order.later:
            graph.add_edge(order.earlier, order.later, number=number)
    seen: set[frozenset[int]] = set()
    for part in sorted(map(sorted, nx.strongly_connected_components(graph))):
        if len(part) > 1:
            yield from _in_part(graph.subgraph(part), found, seen)


def _in_part(graph: nx.MultiDiGraph[str], found: Sequence[Order], seen: set[frozenset[int]]) -> Iterator[Difference]:
    edges: list[tuple[str, str, int]] = sorted(graph.edges(data="number"))
    for earlier, later, number in edges:
        path = nx.shortest_path(graph, later, earlier)
        back = [min(data["number"] for data in graph[a][b].values()) for a, b in pairwise(path)]
        circle = frozenset({number, *back})
        names = {found[one].predicate for one in circle}
        if circle not in seen and not (len(circle) == 2 and len(names) == 1 and names <= set(MUTUAL)):  # noqa: PLR2004 - two accounts
            seen.add(circle)
            rest = [found[one].account for one in back]
            rests_on = tuple(sorted({voice.claim for one in rest[1:] for voice in one.voices}))
            clash = _clash("orderWithoutCircle", found[number], rests_on)
            yield from contradiction(clash, found[number].account, rest[0])


def _clash(rule: str, order: Order, rests_on: tuple[str, ...]) -> Clash:
    return Clash(KIND, rule, "aboutTime", CERTAIN, predicate=order.predicate, timeless=True, rests_on=rests_on)
