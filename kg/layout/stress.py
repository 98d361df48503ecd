"""First places: distances on the page as the distances along links, by stress majorization.

Gansner, Koren and North 2004, with the local update; every sum runs in a fixed order.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.layout.component import nearest_first

if TYPE_CHECKING:
    from kg.layout.component import Component, Places

STEP = 190.0
"""Wished length of a link."""
_TURNS = 60
_FEW = 60
"""With more nodes than this, one start and a third of the turns must do."""


def spread(part: Component, aspect: float) -> Places:
    """Return places around 0, 0 with the least stress of a few starts, stretched towards ``aspect``."""
    around = part.neighbours()
    far = [_distances(around, node) for node in range(len(around))]
    hub = max(range(len(around)), key=lambda n: (len(around[n]), -n))
    edge = max(range(len(around)), key=lambda n: (far[hub][n], -n))
    starts = [list(range(len(around))), nearest_first(around, hub), nearest_first(around, edge)]
    few = len(around) <= _FEW
    found = [_eased(far, _circle(order), _TURNS if few else _TURNS // 3) for order in (starts if few else starts[1:2])]
    best = min(found, key=lambda places: _stress(far, places))
    return _turned(best, aspect)


def _distances(around: list[list[int]], start: int) -> list[int]:
    far = {start: 0}
    for node in nearest_first(around, start, whole=False):
        for other in around[node]:
            far.setdefault(other, far[node] + 1)
    return [far[node] for node in range(len(around))]


def _circle(order: list[int]) -> Places:
    places: Places = [(0.0, 0.0)] * len(order)
    reach = STEP * math.sqrt(len(order)) / 2
    for number, node in enumerate(order):
        turn = 2 * math.pi * number / len(order)
        places[node] = (reach * math.cos(turn), reach * math.sin(turn) + 0.01 * number)
    return places


def _eased(far: list[list[int]], places: Places, turns: int) -> Places:
    found = list(places)
    for _ in range(turns):
        for node, row in enumerate(far):
            found[node] = _moved(node, row, found)
    return found


def _moved(node: int, row: list[int], places: Places) -> tuple[float, float]:
    x, y = places[node]
    sum_x = sum_y = total = 0.0
    for other, steps in enumerate(row):
        if other == node:
            continue
        weight = 1.0 / (steps * steps)
        across, down = x - places[other][0], y - places[other][1]
        share = steps * STEP / max(math.hypot(across, down), 1.0)
        sum_x += weight * (places[other][0] + across * share)
        sum_y += weight * (places[other][1] + down * share)
        total += weight
    return sum_x / total, sum_y / total


def _stress(far: list[list[int]], places: Places) -> float:
    total = 0.0
    for node, row in enumerate(far):
        for other in range(node):
            length = math.hypot(places[node][0] - places[other][0], places[node][1] - places[other][1])
            total += (length / (row[other] * STEP) - 1) ** 2
    return round(total, 6)


def _turned(places: Places, aspect: float) -> Places:
    """Return the places turned so that their longest way lies along the frame's, and stretched a little."""
    middle = [sum(place[axis] for place in places) / len(places) for axis in (0, 1)]
    centred = [(x - middle[0], y - middle[1]) for x, y in places]
    xx, yy, xy = (sum(a * b for a, b in pairs) for pairs in (
        [(x, x) for x, _ in centred], [(y, y) for _, y in centred], centred))  # fmt: skip
    turn = 0.5 * math.atan2(2 * xy, xx - yy) + (0 if aspect >= 1 else math.pi / 2)
    cos, sin = math.cos(turn), math.sin(turn)
    stretch = math.sqrt(max(0.6, min(aspect, 1.7)))
    return [((x * cos + y * sin) * stretch, (y * cos - x * sin) / stretch) for x, y in centred]
