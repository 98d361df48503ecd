"""The room that a node with its name takes, and what lies in the way of what."""

from __future__ import annotations

from typing import NamedTuple

ICON = 16.0
"""Half the height and width of a node's shape."""
_LABEL_MOST = 420.0
_EM = 17.0
_LINE = 20.0
_LINK_EM = 14.0
_NARROW = frozenset("iljtfr.,:;'|!()[] I-")
_WIDE = frozenset("mwMWGOQ@%&…—ШЩЖМЮՄՆ")


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom; of a node, relative to the middle of its shape."""

    left: float
    top: float
    right: float
    bottom: float

    def at(self, x: float, y: float) -> Box:
        """Return the box moved by x and y."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


def text_width(text: str, em: float) -> float:
    """Return about how wide a text is in a sans-serif face of ``em`` pixels, rather too wide than too narrow."""
    return sum(_share(character) for character in text) * em


def _share(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.88
    return 0.7 if character.isupper() else 0.58 if ord(character) < 0x2E80 else 1.02  # noqa: PLR2004 - CJK begins there


def label_box(label: str, most: float) -> Box:
    """Return the room of a node with its name under it, in lines of ``most``, relative to the middle of its shape."""
    lines, longest = _lines(label, most)
    half = max(longest / 2, ICON) + 3
    return Box(-half, -ICON, half, ICON + 5 + _LINE * lines)


def link_half_width(name: str) -> float:
    """Return half the width of a link's name, with the mark of a dispute before it."""
    return text_width("◆ " + name[:24], _LINK_EM) / 2


def _lines(label: str, most: float) -> tuple[int, float]:
    lines, longest, current, used = 1, 0.0, 0.0, 0.0
    for word in label[:60].split():
        width = min(text_width(word + " ", _EM), most)
        if used > _LABEL_MOST:
            break
        used += width  # the word that is cut short may still begin a line
        if current and current + width > most:
            lines, current = lines + 1, 0.0
        current += width
        longest = max(longest, current)
    return lines, longest or most


def overlap(one: Box, other: Box, across: float = 0.0, down: float = 0.0) -> float:
    """Return how deep two boxes, the first one grown on all sides, lie in each other; 0 if they do not."""
    wide = min(one.right, other.right) - max(one.left, other.left) + across
    high = min(one.bottom, other.bottom) - max(one.top, other.top) + down
    return min(wide, high) if wide > 0 and high > 0 else 0.0


def through(ax: float, ay: float, bx: float, by: float, box: Box) -> bool:
    """Return whether the line from a to b meets the box (Liang and Barsky 1984)."""
    if (ax < box.left and bx < box.left) or (ax > box.right and bx > box.right):
        return False  # most are far off: told without a division
    if (ay < box.top and by < box.top) or (ay > box.bottom and by > box.bottom):
        return False
    enter, leave = 0.0, 1.0
    for start, way, low, high in ((ax, bx - ax, box.left, box.right), (ay, by - ay, box.top, box.bottom)):
        if way == 0:
            if not low <= start <= high:
                return False
            continue
        first, last = (low - start) / way, (high - start) / way
        enter, leave = max(enter, min(first, last)), min(leave, max(first, last))
        if enter > leave:
            return False
    return True


def crosses(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Return whether two lines, each from x, y to x, y, cross between their ends."""
    ax, ay, bx, by = one
    cx, cy, dx, dy = other
    left = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    right = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
    before = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
    after = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
    return left * right < 0 and before * after < 0
