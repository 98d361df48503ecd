"""Small moves of single nodes, as long as they make names and links easier to read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.layout.boxes import ICON, Box, crosses, overlap, through
from kg.layout.stress import STEP

if TYPE_CHECKING:
    from kg.layout.component import Component, Link, Places

_STEPS = (220.0, 150.0, 100.0, 60.0, 260.0, 180.0, 120.0, 64.0, 32.0, 16.0)
_WAYS = (
    (1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7),
    (1.4, 0.5), (-1.4, 0.5), (1.4, -0.5), (-1.4, -0.5),
)  # fmt: skip
_TWICE = 2500
"""A part with more work than this is begun upright only."""
_SWEEPS = 1
_LINK_HALF_HEIGHT = 9.0
_BOXES, _NAME_ON_NODE, _NAME_ON_NAME, _LINE_ON_NODE, _LINE_ON_NAME, _CROSSING = (
    4000.0,
    1200.0,
    1000.0,
    500.0,
    330.0,
    160.0,
)
_SQUEEZE = 0.65
"""Names are wider than high: drawn in more strongly across, a part comes out near the aspect wished for."""
_FINE = 30.0
"""A node with less to complain of stays, which saves half the work."""
_LENGTH, _PULL = 220.0, 110.0


def refined(part: Component, places: Places, aspect: float) -> Places:
    """Return the places after the moves, begun upright and upside down, as names hang below; the better of both."""
    boards = [
        _moved(part, [(x, way * y) for x, y in places], aspect) for way in ((1, -1) if part.work <= _TWICE else (1,))
    ]
    return min(boards, key=_Board.total).places


def _moved(part: Component, places: Places, aspect: float) -> _Board:
    board = _Board(part, places, aspect)
    for step in _STEPS:
        for _ in range(_SWEEPS):
            if not sum(board.improve(node, step) for node in range(len(places))):
                break
    return board


class _Board:
    """The nodes where they stand now, with the lines and names of their links."""

    def __init__(self, part: Component, places: Places, aspect: float) -> None:
        self.part = part
        self.places = list(places)
        self.aspect = aspect * _SQUEEZE
        self.boxes = [box.at(*place) for box, place in zip(part.boxes, places, strict=True)]
        self.mine: list[list[int]] = [[] for _ in places]
        for number, link in enumerate(part.links):
            self.mine[link.source].append(number)
            self.mine[link.target].append(number)
        self.lines = [(0.0, 0.0, 0.0, 0.0)] * len(part.links)
        self.names = [Box(0, 0, 0, 0)] * len(part.links)
        for number in range(len(part.links)):
            self._draw(number)

    def improve(self, node: int, step: float) -> bool:
        """Move a node to the best place a step away, if that is better; return whether it moved."""
        x, y = self.places[node]
        best, where = self._cost(node, math.inf) - 0.5, (x, y)
        if best < _FINE:
            return False
        for across, down in _WAYS:
            there = (x + across * step, y + down * step)
            self._move(node, there)
            cost = self._cost(node, best)
            if cost < best:
                best, where = cost, there
        self._move(node, where)
        return where != (x, y)

    def total(self) -> float:
        """Return what is wrong in the whole, to six digits, so that equal boards compare equal."""
        return round(sum(self._cost(node, math.inf) for node in range(len(self.places))), 6)

    def _move(self, node: int, place: tuple[float, float]) -> None:
        self.places[node] = place
        self.boxes[node] = self.part.boxes[node].at(*place)
        for number in self.mine[node]:
            self._draw(number)

    def _draw(self, number: int) -> None:
        link = self.part.links[number]
        line = (*self.places[link.source], *self.places[link.target])
        x, y = _middle(link, line)
        self.lines[number] = line
        self.names[number] = Box(x - link.half, y - _LINK_HALF_HEIGHT, x + link.half, y + _LINK_HALF_HEIGHT)

    def _cost(self, node: int, enough: float) -> float:
        """Return what is wrong around a node, or any sum above ``enough`` once it is reached."""
        x, y = self.places[node]
        total = _PULL * ((x / self.aspect) ** 2 + y * y) / (STEP * STEP) / 2
        mine = self.boxes[node]
        for other, box in enumerate(self.boxes):
            if other != node and (deep := overlap(mine, box, 16, 10)):
                total += _BOXES + 40 * deep
        for number in self.mine[node]:
            if total > enough:
                return total
            total += self._link_cost(number)
        own = set(self.mine[node])
        for number, line in enumerate(self.lines):
            if number not in own:
                total += _LINE_ON_NODE if through(*line, mine) else 0
                total += _NAME_ON_NODE if overlap(mine, self.names[number], 6, 4) else 0
        return total

    def _link_cost(self, number: int) -> float:
        link, line, name = self.part.links[number], self.lines[number], self.names[number]
        length = math.hypot(line[2] - line[0], line[3] - line[1])
        wished = max(STEP * 0.8, 2 * link.half + 70)
        total = _LENGTH * (max(length / wished, wished / max(length, 1.0)) - 1) ** 2
        for node, box in enumerate(self.boxes):
            if overlap(name, box, 6, 4):
                total += _NAME_ON_NODE
            if node in (link.source, link.target):
                box = Box(box.left + 8, box.top + 2 * ICON + 6, box.right - 8, box.bottom)  # noqa: PLW2901 - its name
            if through(*line, box):
                total += _LINE_ON_NODE if node not in (link.source, link.target) else _LINE_ON_NAME
        for other, another in enumerate(self.lines):
            if other != number:
                total += _NAME_ON_NAME if overlap(name, self.names[other], 6, 3) else 0
                total += _LINE_ON_NAME if through(*another, name) else 0
                total += _LINE_ON_NAME if through(*line, self.names[other]) else 0
                total += _CROSSING if crosses(line, another) else 0
        return total


def _middle(link: Link, line: tuple[float, float, float, float]) -> tuple[float, float]:
    """Return where the name stands: half way, on the curve that vis-network calls curvedCW."""
    ax, ay, bx, by = line
    if not link.bend:
        return (ax + bx) / 2, (ay + by) / 2
    reach = (link.bend * 0.5 + 0.5) * math.hypot(ax - bx, ay - by)
    turn = math.atan2(ay - by, ax - bx) + (link.bend * 0.5 + 0.5) * math.pi
    return (
        (ax + bx) / 4 + (ax + reach * math.sin(turn)) / 2,
        (ay + by) / 4 + (ay + reach * math.cos(turn)) / 2,
    )
