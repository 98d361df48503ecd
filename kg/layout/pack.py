"""Connected parts side by side in one frame, as tightly as their bounding boxes allow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.layout.boxes import Box, overlap

if TYPE_CHECKING:
    from kg.layout.component import Places

_GAP = 34.0
_CORNERS = 60
"""With more parts than this, rows are filled one after the other."""
_WIDTHS = (1.0, 1.1, 1.2, 1.3, 1.45, 1.6, 1.8, 2.1)


def packed(count: int, parts: list[tuple[list[int], Places]], boxes: list[Box], aspect: float) -> Places:
    """Return the places of all ``count`` nodes, each part moved as a whole, none over another."""
    frames = [_frame([boxes[n].at(*p) for n, p in zip(nodes, places, strict=True)]) for nodes, places in parts]
    sizes = [(f.right - f.left + _GAP, f.bottom - f.top + _GAP) for f in frames]
    found: Places = [(0.0, 0.0)] * count
    for (nodes, places), frame, (left, top) in zip(parts, frames, _corners(sizes, aspect), strict=True):
        for node, (x, y) in zip(nodes, places, strict=True):
            found[node] = (round(x - frame.left + left, 1), round(y - frame.top + top, 1))
    return found


def _frame(boxes: list[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _corners(sizes: list[tuple[float, float]], aspect: float) -> Places:
    """Return the top left corner of each part in the frame that is shown largest."""
    if not sizes:
        return []
    widest = max(width for width, _ in sizes)
    ideal = max(widest, math.sqrt(sum(width * height for width, height in sizes) * aspect))
    widths = sorted({widest + 0.5, *(ideal * factor for factor in _WIDTHS)})
    tries = [_filled(sizes, width) for width in widths]
    return min(tries, key=lambda corners: _size(sizes, corners, aspect))


def _size(sizes: list[tuple[float, float]], corners: Places, aspect: float) -> float:
    right = max(x + width for (x, _), (width, _) in zip(corners, sizes, strict=True))
    bottom = max(y + height for (_, y), (_, height) in zip(corners, sizes, strict=True))
    return round(max(right, bottom * aspect), 3)


def _filled(sizes: list[tuple[float, float]], width: float) -> Places:
    order = sorted(range(len(sizes)), key=lambda n: (-sizes[n][1], -sizes[n][0], n))
    corners: Places = [(0.0, 0.0)] * len(sizes)
    if len(sizes) > _CORNERS:
        return _in_rows(sizes, order, width)
    done: list[Box] = []
    for part in order:
        wide, high = sizes[part]
        ends_x, ends_y = sorted({0.0, *(b.right for b in done)}), sorted({0.0, *(b.bottom for b in done)})
        free = [
            (y + high, x, y) for y in ends_y for x in ends_x
            if x + wide <= width and not any(overlap(Box(x, y, x + wide, y + high), box) for box in done)
        ]  # fmt: skip
        _, x, y = min(free)
        corners[part] = (x, y)
        done.append(Box(x, y, x + wide, y + high))
    return corners


def _in_rows(sizes: list[tuple[float, float]], order: list[int], width: float) -> Places:
    corners: Places = [(0.0, 0.0)] * len(sizes)
    x = y = deep = 0.0
    for part in order:
        wide, high = sizes[part]
        if x and x + wide > width:
            x, y, deep = 0.0, y + deep, 0.0
        corners[part] = (x, y)
        x, deep = x + wide, max(deep, high)
    return corners
