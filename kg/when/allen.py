"""Allen's thirteen relations, between intervals whose ends are known only within bounds.

After J. F. Allen, Maintaining Knowledge about Temporal Intervals, CACM 26 (1983).
It does not say whether anything holds (``kg.when.holds`` does).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from kg.when.model import Answer, Interval


class Relation(StrEnum):
    """How one interval lies to another: exactly one of these holds of two exact intervals."""

    BEFORE = "before"
    MEETS = "meets"
    OVERLAPS = "overlaps"
    FINISHED_BY = "finishedBy"
    CONTAINS = "contains"
    STARTS = "starts"
    EQUALS = "equals"
    STARTED_BY = "startedBy"
    DURING = "during"
    FINISHES = "finishes"
    OVERLAPPED_BY = "overlappedBy"
    MET_BY = "metBy"
    AFTER = "after"


# The four ends in order of time, those at one instant together:
# b, e begin and end of the first interval, B, E of the second.
_ORDERS = {
    Relation.BEFORE: ("b", "e", "B", "E"),
    Relation.MEETS: ("b", "eB", "E"),
    Relation.OVERLAPS: ("b", "B", "e", "E"),
    Relation.FINISHED_BY: ("b", "B", "eE"),
    Relation.CONTAINS: ("b", "B", "E", "e"),
    Relation.STARTS: ("bB", "e", "E"),
    Relation.EQUALS: ("bB", "eE"),
    Relation.STARTED_BY: ("bB", "E", "e"),
    Relation.DURING: ("B", "b", "e", "E"),
    Relation.FINISHES: ("B", "b", "eE"),
    Relation.OVERLAPPED_BY: ("B", "b", "E", "e"),
    Relation.MET_BY: ("B", "Eb", "e"),
    Relation.AFTER: ("B", "E", "b", "e"),
}
_BY_ORDER = {frozenset(enumerate(map(frozenset, order))): relation for relation, order in _ORDERS.items()}
_SECOND = timedelta(seconds=1)


def relation(a: Interval, b: Interval) -> dict[Relation, Answer]:
    """Return for each relation whether a certainly, possibly or never stands in it to b.

    Exact: each end may be any whole second in its bounds, both included, and a
    begin comes before its end. Possible is what some choice allows, certain what
    all do.
    """
    bounds = {
        "b": (a.begin_earliest, a.begin_latest),
        "e": (a.end_earliest, a.end_latest),
        "B": (b.begin_earliest, b.begin_latest),
        "E": (b.end_earliest, b.end_latest),
    }
    possible = {name for name, order in _ORDERS.items() if _fits(order, bounds)}
    found = Answer.CERTAINLY if len(possible) == 1 else Answer.POSSIBLY
    return {name: found if name in possible else Answer.NO for name in Relation}


def inverse(name: Relation) -> Relation:
    """Return the relation of b to a where a stands in this one to b."""
    order = tuple(group.swapcase() for group in _ORDERS[name])
    return _BY_ORDER[frozenset(enumerate(map(frozenset, order)))]


def compose(r1: Relation, r2: Relation) -> frozenset[Relation]:
    """Return the relations a may have to c if a is r1 to b and b is r2 to c."""
    return _table()[r1, r2]


def _fits(order: tuple[str, ...], bounds: dict[str, tuple[datetime, datetime]]) -> bool:
    """Return whether the ends can be placed in this order: each as early as it can be."""
    previous: datetime | None = None
    for group in order:
        place = max(bounds[end][0] for end in group)
        if previous is not None:
            place = max(place, previous + _SECOND)
        if place > min(bounds[end][1] for end in group):
            return False
        previous = place
    return True


@lru_cache(maxsize=1)
def _table() -> dict[tuple[Relation, Relation], frozenset[Relation]]:
    """Return the composition table, found by trying all placings of six ends."""
    pairs = list(combinations(range(6), 2))
    exact = {(p, q): _of_numbers(p, q) for p in pairs for q in pairs}
    table: dict[tuple[Relation, Relation], set[Relation]] = {(r, s): set() for r in Relation for s in Relation}
    for p in pairs:
        for q in pairs:
            for r in pairs:
                table[exact[p, q], exact[q, r]].add(exact[p, r])
    return {key: frozenset(found) for key, found in table.items()}


def _of_numbers(p: tuple[int, int], q: tuple[int, int]) -> Relation:
    ends = {"b": p[0], "e": p[1], "B": q[0], "E": q[1]}
    places = sorted(set(ends.values()))
    order = (frozenset(end for end, at in ends.items() if at == place) for place in places)
    return _BY_ORDER[frozenset(enumerate(order))]
