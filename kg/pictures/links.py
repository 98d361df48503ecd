"""Links of a drawn network: facts between the same two things as one line, in a style that says who disputes them.

It knows no layout; it gets where the ends stand and what lies in the way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from kg.layout.boxes import ICON, Box, overlap
from kg.pictures import svg
from kg.pictures.phrases import verb
from kg.pictures.svg import DENIAL, INK, element, line, text
from kg.pictures.text import clean, shortened, width
from kg.view import DENIES

if TYPE_CHECKING:
    from kg.view import Fact, View

    Point = tuple[float, float]

_SIZE = 11.5
_ROOM = 190.0
_BEND = 30.0
_MARGIN = 8.0
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)
_ASSERTING = frozenset({"asserts", "reports"})


@dataclass(frozen=True)
class Link:
    """All facts from one thing to another: predicates with how often, how many are disputed, what the claims do.

    ``bent`` if there is a link the other way, so that the two do not lie on each other.
    """

    source: str
    target: str
    predicates: tuple[tuple[str, int], ...]
    disputed: int
    stance: str
    bent: bool

    @property
    def facts(self) -> int:
        """Return how many facts the line stands for."""
        return sum(count for _, count in self.predicates)

    @property
    def words(self) -> str:
        """Return the predicates with how often, and in words what the line's style says."""
        told = ", ".join(f"{clean(name)} ({count})" if count > 1 else clean(name) for name, count in self.predicates)
        if self.stance:
            return f"{told}: only {_STANCE.get(self.stance, verb(self.stance))}"
        return f"{told}: disputed" if self.disputed else told

    @property
    def is_disputed(self) -> bool:
        """Return whether the line carries the mark of a dispute."""
        return bool(self.disputed) or self.stance == DENIES


_STANCE = {"denies": "denied", "callsFor": "called for", "promises": "promised", "doubts": "doubted"}


def pairs_of(view: View) -> dict[tuple[str, str], list[Fact]]:
    """Return the facts that link two things, by what they are about and their value; the two may be the same."""
    pairs: dict[tuple[str, str], list[Fact]] = {}
    for fact in view.linking_facts:
        pairs.setdefault((fact.subject, fact.value), []).append(fact)
    return pairs


def link_of(view: View, ends: tuple[str, str], pairs: dict[tuple[str, str], list[Fact]]) -> Link:
    """Return the line for one of the pairs."""
    return _link(view, ends, pairs[ends], bent=ends[::-1] in pairs)


def _link(view: View, ends: tuple[str, str], facts: list[Fact], *, bent: bool) -> Link:
    counted = Counter(fact.predicate for fact in facts)
    stances = {claim.stance for fact in facts for claim in view.claims_on.get(fact.statement, ())}
    only = "" if not stances or stances & _ASSERTING else DENIES if DENIES in stances else min(stances)
    disputed = sum(fact.statement in view.disputed for fact in facts)
    return Link(*ends, tuple(sorted(counted.items())), disputed, only, bent)


def curve(link: Link, places: dict[str, Point]) -> tuple[Point, Point, Point]:
    """Return begin, bend and end of the line of a link, short of the shapes it joins."""
    (ax, ay), (bx, by) = places[link.source], places[link.target]
    if link.source == link.target:
        return (ax - 8, ay - ICON), (ax, ay - 70), (ax + 8, ay - ICON)
    far = hypot(bx - ax, by - ay) or 1.0
    off = _BEND if link.bent else 0.0
    middle = ((ax + bx) / 2 - (by - ay) / far * off, (ay + by) / 2 + (bx - ax) / far * off)
    return _towards((ax, ay), middle, ICON - 2), middle, _towards((bx, by), middle, ICON)


def _towards(point: Point, other: Point, step: float) -> Point:
    far = hypot(other[0] - point[0], other[1] - point[1]) or 1.0
    return point[0] + (other[0] - point[0]) / far * step, point[1] + (other[1] - point[1]) / far * step


def on(bow: tuple[Point, Point, Point], part: float) -> Point:
    """Return the point of a bow at a part of its way, 0 to 1."""
    (ax, ay), (mx, my), (bx, by) = bow
    one, two, three = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return one * ax + two * mx + three * bx, one * ay + two * my + three * by


def line_of(link: Link, bow: tuple[Point, Point, Point]) -> str:
    """Return the line with its arrow head."""
    colour = DENIAL if link.is_disputed else "#555555"
    dash = "1.5 4" if link.stance == DENIES else "7 4" if link.is_disputed else "14 4" if link.stance else "none"
    (ax, ay), (mx, my), (bx, by) = bow
    path = f"M{ax:.1f},{ay:.1f}Q{mx:.1f},{my:.1f} {bx:.1f},{by:.1f}"
    look: dict[str, str | float] = {"stroke_width": min(1.2 + 0.35 * (link.facts - 1), 5), "stroke_dasharray": dash}
    drawn = element("path", d=path, fill="none", stroke=colour, class_="link", **look)
    return drawn + _head(bow, colour) + (_strike(bow) if link.stance == DENIES else "")


def _head(bow: tuple[Point, Point, Point], colour: str) -> str:
    (mx, my), (x, y) = bow[1], bow[2]
    far = hypot(x - mx, y - my) or 1.0
    ux, uy = (x - mx) / far, (y - my) / far
    left, right = (x - 9 * ux - 4 * uy, y - 9 * uy + 4 * ux), (x - 9 * ux + 4 * uy, y - 9 * uy - 4 * ux)
    return element(
        "path", d=f"M{x:.1f},{y:.1f}L{left[0]:.1f},{left[1]:.1f}L{right[0]:.1f},{right[1]:.1f}z", fill=colour
    )


def _strike(bow: tuple[Point, Point, Point]) -> str:
    """Return the short bar across the line of what is only denied."""
    (x, y), (fx, fy) = on(bow, 0.8), on(bow, 0.82)
    far = hypot(fx - x, fy - y) or 1.0
    ux, uy = (fy - y) / far * 7, -(fx - x) / far * 7
    return line(x - ux, y - uy, x + ux, y + uy, stroke=DENIAL, stroke_width=2)


class Names:
    """Puts the names of links where nothing lies on them; what finds no room gets a number for a list."""

    def __init__(self, taken: list[Box], most: float) -> None:
        """Start with the boxes of things, which no name may touch, and the width of the figure."""
        self.taken = list(taken)
        self.most = most
        self.listed: list[str] = []

    def put(self, link: Link, bow: tuple[Point, Point, Point]) -> str:
        """Return the name of a link on its line, or its number there."""
        words = shortened(link.words, _SIZE, _ROOM)
        cut = words.endswith("…")
        box = None if cut else self._free(bow, width(words, _SIZE) * 1.04 + 4 + (12 if link.is_disputed else 0), _ALONG)
        if box is None:
            self.listed.append(link.words)
            words = str(len(self.listed))
            room = width(words, _SIZE) + 8 + (12 if link.is_disputed else 0)
            box = self._free(bow, room, tuple(n / 20 for n in range(3, 18)))
            box = box or self._box(on(bow, 0.5), room)
        self.taken.append(box)
        return self._drawn(words, box, link)

    def _free(self, bow: tuple[Point, Point, Point], room: float, along: tuple[float, ...]) -> Box | None:
        boxes = (self._box(on(bow, part), room) for part in along)
        inside = (box for box in boxes if box.left >= _MARGIN and box.right <= self.most - _MARGIN)
        return next((box for box in inside if not any(overlap(box, other) for other in self.taken)), None)

    def _box(self, point: Point, room: float) -> Box:
        x, y = point
        return Box(x - room / 2, y - 8, x + room / 2, y + 8)

    def _drawn(self, words: str, box: Box, link: Link) -> str:
        mark = svg.dispute(box.left + 6, (box.top + box.bottom) / 2) if link.is_disputed else ""
        x = box.left + (13 if link.is_disputed else 2)
        plate = element(
            "rect",
            x=box.left,
            y=box.top + 1,
            width=box.right - box.left,
            height=14,
            fill="#ffffff",
            fill_opacity=0.88,
            rx=2,
        )
        return plate + mark + text(words, x, box.bottom - 4, _SIZE, fill=DENIAL if link.is_disputed else INK)
