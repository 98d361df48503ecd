"""A connected part of a network: what its nodes and links need, without where they stand."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.layout.boxes import Box, link_half_width, overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

Places = list[tuple[float, float]]
GAP = 12.0
"""Least room between the boxes of two nodes."""
_ROUNDS = 200


class Link(NamedTuple):
    """A link between two positions: half the width of its name, and how far it is bent beside its parallels."""

    source: int
    target: int
    half: float
    bend: float


@dataclass(frozen=True)
class Component:
    """Nodes by their numbers in the whole, their boxes, and links by position in ``nodes``."""

    nodes: list[int]
    boxes: list[Box]
    links: list[Link]

    @property
    def work(self) -> int:
        """Return what the time for trying a move of each node once grows with."""
        return len(self.links) * (len(self.links) + len(self.nodes))

    def neighbours(self) -> list[list[int]]:
        """Return for each position the positions that a link joins it to, in order."""
        around: list[set[int]] = [set() for _ in self.nodes]
        for link in self.links:
            around[link.source].add(link.target)
            around[link.target].add(link.source)
        return [sorted(found) for found in around]

    def rows(self, aspect: float) -> Places:
        """Return places row by row, near ones near each other, for parts too large for anything better."""
        room = [box.right - box.left + GAP for box in self.boxes]
        height = max(box.bottom - box.top for box in self.boxes) + GAP
        width = math.sqrt(sum(room) * height * aspect)
        places: Places = [(0.0, 0.0)] * len(self.nodes)
        x = y = 0.0
        for node in nearest_first(self.neighbours(), 0):
            if x > width:
                x, y = 0.0, y + height
            places[node] = (x + room[node] / 2, y)
            x += room[node]
        return places

    def apart(self, places: Places) -> Places:
        """Return the places with all boxes pushed off each other; at the end none overlap."""
        moved = [[x, y] for x, y in places]
        for _ in range(_ROUNDS):
            pairs = ((a, b) for a in range(len(moved)) for b in range(a + 1, len(moved)))
            if not sum(_push(moved[a], moved[b], self.boxes[a], self.boxes[b]) for a, b in pairs):
                break
        return _settled(self.boxes, [(x, y) for x, y in moved])


def _push(one: list[float], other: list[float], first: Box, second: Box) -> bool:
    """Move two places off each other along the axis that needs less; return whether they were too near."""
    a, b = first.at(*one), second.at(*other)
    if not overlap(a, b, GAP, GAP):
        return False
    ways = (a.right - b.left, a.bottom - b.top), (b.right - a.left, b.bottom - a.top)
    (right, down), (left, up) = ways
    axis = 0 if min(right, left) < min(down, up) else 1
    need = min(right, left) if axis == 0 else min(down, up)
    sign = -1 if need == ways[0][axis] else 1
    one[axis] += sign * (need + GAP + 0.5) / 2
    other[axis] -= sign * (need + GAP + 0.5) / 2
    return True


def _settled(boxes: Sequence[Box], places: Places) -> Places:
    """Return the places after whatever still overlaps something above it has sunk below it."""
    found = list(places)
    done: list[Box] = []
    for node in sorted(range(len(places)), key=lambda n: (places[n][1], places[n][0], n)):
        x, y = found[node]
        while hit := [box for box in done if overlap(boxes[node].at(x, y), box)]:
            y = max(box.bottom for box in hit) - boxes[node].top + GAP
        found[node] = (x, y)
        done.append(boxes[node].at(x, y))
    return found


def components(boxes: list[Box], links: list[tuple[int, int, str]]) -> list[Component]:
    """Return the connected parts, the largest first, then by their first node."""
    around: list[list[int]] = [[] for _ in boxes]
    for source, target, _ in links:
        around[source].append(target)
        around[target].append(source)
    part_of: dict[int, int] = {}
    groups: list[list[int]] = []
    for start in range(len(boxes)):
        if start not in part_of:
            group = sorted(nearest_first(around, start, whole=False))
            part_of.update(dict.fromkeys(group, len(groups)))
            groups.append(group)
    inside: list[list[Link]] = [[] for _ in groups]
    at = {node: position for group in groups for position, node in enumerate(group)}
    pairs: Counter[tuple[int, int]] = Counter()
    for source, target, name in links:
        pair = (min(source, target), max(source, target))
        if source != target:  # a loop stays with its node
            bend = 0.3 * pairs[pair]
            inside[part_of[source]].append(Link(at[source], at[target], link_half_width(name), bend))
            pairs[pair] += 1
    made = [Component(g, [boxes[n] for n in g], li) for g, li in zip(groups, inside, strict=True)]
    return sorted(made, key=lambda part: (-len(part.nodes), part.nodes[0]))


def nearest_first(around: Sequence[Sequence[int]], start: int, *, whole: bool = True) -> list[int]:
    """Return the nodes by their distance from ``start``; with ``whole``, then those that no path leads to."""
    order, seen = [start], {start}
    for node in order:
        for other in around[node]:
            if other not in seen:
                seen.add(other)
                order.append(other)
    return order + [n for n in range(len(around)) if n not in seen] if whole else order
