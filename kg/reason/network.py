"""A simple temporal network: points in time, bounds between them, and the claims that give the bounds.

After R. Dechter, I. Meiri and J. Pearl, Temporal Constraint Networks, Artificial
Intelligence 49 (1991). Paths are networkx's; what a bound means and which set of
bounds is the smallest that conflicts is decided here. It knows no claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx

from kg.when import BEGINNING

if TYPE_CHECKING:
    from datetime import datetime

ORIGIN = ("origin", "")
Point = tuple[str, str]
"""What kind of point it is (begin, end, at, said), and of which thing."""


@dataclass(frozen=True, slots=True)
class Bound:
    """That one point lies at most some seconds after another, and why: in words, and by which claims."""

    earlier: Point
    later: Point
    seconds: int
    why: str
    claims: frozenset[str] = frozenset()


class Network:
    """Bounds between points; of two for the same pair the tighter counts."""

    def __init__(self) -> None:
        """Begin without any bound."""
        self._graph: nx.DiGraph[Point] = nx.DiGraph()
        self._graph.add_node(ORIGIN)

    def at_most(self, bound: Bound) -> None:
        """Add a bound."""
        known: dict[str, int] | None = self._graph.get_edge_data(bound.earlier, bound.later, default=None)
        if not known or bound.seconds < known["weight"]:
            self._graph.add_edge(bound.earlier, bound.later, weight=bound.seconds, bound=bound)

    def between(self, point: Point, first: datetime, last: datetime, why: str, claims: frozenset[str]) -> None:
        """Say that a point lies between two instants, both included."""
        self.at_most(Bound(ORIGIN, point, _seconds(last), why, claims))
        self.at_most(Bound(point, ORIGIN, -_seconds(first), why, claims))

    def not_before(
        self, point: Point, other: Point, why: str, claims: frozenset[str], *, strictly: bool = False
    ) -> None:
        """Say that a point does not lie before another; strictly, that it lies after it."""
        self.at_most(Bound(point, other, -1 if strictly else 0, why, claims))

    def conflict(self) -> list[Bound]:
        """Return the bounds of a smallest set that cannot all hold, in the order of a circle; empty if all can."""
        if not nx.negative_edge_cycle(self._graph):
            return []
        circles = (self._circle(length) for length in range(1, len(self._graph) + 1))
        return next(circle for circle in circles if circle)

    def _circle(self, length: int) -> list[Bound]:
        """Return a circle of so many bounds whose seconds add up to less than nothing, if there is one."""
        for start in sorted(self._graph):
            walks: dict[Point, tuple[int, list[Bound]]] = {start: (0, [])}
            for _ in range(length):
                walks = self._longer(walks)
            total, bounds = walks.get(start, (0, []))
            if total < 0:
                return bounds
        return []

    def _longer(self, walks: dict[Point, tuple[int, list[Bound]]]) -> dict[Point, tuple[int, list[Bound]]]:
        found: dict[Point, tuple[int, list[Bound]]] = {}
        for point, (total, bounds) in walks.items():
            for target, data in self._graph[point].items():
                if target not in found or total + data["weight"] < found[target][0]:
                    found[target] = (total + data["weight"], [*bounds, data["bound"]])
        return found

    def earliest(self, point: Point) -> tuple[datetime, list[Bound]] | None:
        """Return the earliest instant at which a point can lie, and the bounds that make it so."""
        found = self._path(point, ORIGIN)
        return (BEGINNING + timedelta(seconds=-found[0]), found[1]) if found else None

    def latest(self, point: Point) -> tuple[datetime, list[Bound]] | None:
        """Return the latest instant at which a point can lie, and the bounds that make it so."""
        found = self._path(ORIGIN, point)
        return (BEGINNING + timedelta(seconds=found[0]), found[1]) if found else None

    def _path(self, start: Point, goal: Point) -> tuple[int, list[Bound]] | None:
        if start not in self._graph or goal not in self._graph:
            return None
        before, distance = nx.bellman_ford_predecessor_and_distance(self._graph, start)
        if goal not in distance:
            return None
        path = [goal]
        while path[0] != start:
            path.insert(0, before[path[0]][0])
        return int(distance[goal]), [self._graph[a][b]["bound"] for a, b in pairwise(path)]


def _seconds(moment: datetime) -> int:
    return int((moment - BEGINNING).total_seconds())
