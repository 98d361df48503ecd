"""The marks of a map and their names, so that no name lies on a mark or on another name."""

from __future__ import annotations

from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING

from kg.layout.boxes import Box, overlap
from kg.pictures import svg
from kg.pictures.svg import INK, element, line, text
from kg.pictures.text import clean, escaped, shortened, width

if TYPE_CHECKING:
    from kg.pictures.ground import Ground
    from kg.pictures.legend import Sample
    from kg.pictures.spots import Spot

_FILL, _EDGE = "#33475b", "#16222e"
_SIZE = 12.0
_ROOM = 190.0
EXACT = frozenset({"gazetteerPoint", "outline"})
"""The qualities of coordinates that a full mark stands for; all others are dashed and hollow."""


class Marks:
    """Draws places one after the other, the most told of first; keeps what is drawn and what found no room."""

    def __init__(self, ground: Ground, *, numbered: bool) -> None:
        """Start with an empty frame; ``numbered`` if places get the number of their entry in the list of holders."""
        self.ground = ground
        self.numbered = numbered
        self.spots: list[Spot] = []
        self.unnamed: list[Spot] = []
        self.numbers: dict[str, int] = {}
        self.taken: list[Box] = []
        self.leaders: list[str] = []
        self._waiting: list[tuple[Spot, float, float, float]] = []

    def put(self, spot: Spot) -> str:
        """Return the mark of a place that lies in the frame, with its number if it has one.

        A mark that would lie on another is moved a little, and led back by a line.
        """
        points = [self.ground.xy(point) for point in spot.site.points] if spot.site else []
        at = points[len(points) // 2] if len(points) % 2 else _middle(points)
        radius = round(4.5 + 2.4 * sqrt(spot.count), 1) if spot.count else 3.5
        x, y = self._free(*at, radius)
        self.spots.append(spot)
        self.taken.append(_around(x, y, radius))
        self._waiting.append((spot, x, y, radius))
        parts = [element("title", escaped(_told(spot)))]
        if len(points) > 1:
            path = "M" + "L".join(f"{px:g},{py:g}" for px, py in points)
            parts.append(element("path", d=path, fill="none", stroke=_FILL, stroke_width=2.4, stroke_dasharray="2 4"))
        if (x, y) != at:
            dot = element("circle", cx=at[0], cy=at[1], r=1.6, fill=_EDGE)
            self.leaders.append(line(*at, x, y, stroke=_EDGE, stroke_width=0.8) + dot)
        parts += [_circle(spot, x, y, radius), self._number(spot, x, y, radius)]
        return element("g", "".join(parts), class_="place", data_place=spot.place)

    def _free(self, x: float, y: float, radius: float) -> tuple[float, float]:
        """Return the nearest of some places around x, y where the mark lies on no other; x, y if there is none."""
        for far in (0.0, 0.6 * radius + 6, radius + 12, radius + 20, radius + 28):
            for turn in range(1 if not far else 12):
                a, b = round(x + far * cos(turn * pi / 6), 1), round(y + far * sin(turn * pi / 6), 1)
                if not any(overlap(_around(a, b, radius), other) for other in self.taken):
                    return a, b
        return x, y

    def _number(self, spot: Spot, x: float, y: float, radius: float) -> str:
        if not (spot.holding and self.numbered):
            return ""
        self.numbers[spot.place] = len(self.numbers) + 1
        words = str(self.numbers[spot.place])
        room = width(words, 9.5) + 5
        left = x - radius - room - 1
        self.taken.append(Box(left, y - 6, left + room, y + 6))
        look: dict[str, str | float] = {"fill": "#ffffff", "stroke": INK, "stroke_width": 0.8}
        plate = element("rect", x=left, y=y - 6, width=room, height=12, **look)
        return plate + text(words, left + 2.5, y + 3.4, 9.5)

    def names(self) -> list[str]:
        """Return the names of all places put, where they find room."""
        return [self._name(*waiting) for waiting in self._waiting]

    def _name(self, spot: Spot, x: float, y: float, radius: float) -> str:
        words = shortened(spot.label, _SIZE, _ROOM) or "(no name)"
        room = width(words, _SIZE) + 2
        for far in (0.0, 11.0, 24.0, 38.0):
            for a, b in _corners(x, y, radius + 3 + far, room):
                box = Box(a, b - 7, a + room, b + 7)
                if self._has_room(box):
                    self.taken.append(box)
                    if far:
                        near = min(max(x, box.left), box.right), min(max(y, box.top + 3), box.bottom - 3)
                        self.leaders.append(line(x, y, *near, stroke="#8a8a8a", stroke_width=0.7))
                    return text(words, a + 1, b + 4.2, _SIZE, **svg.HALO)
        self.unnamed.append(spot)
        return ""

    def _has_room(self, box: Box) -> bool:
        left, top, wide, high = self.ground.frame
        across = left + 2 <= box.left and box.right <= left + wide - 2
        down = top + 2 <= box.top and box.bottom <= top + high - 2
        return across and down and not any(overlap(box, other) for other in self.taken)


def _corners(x: float, y: float, off: float, room: float) -> list[tuple[float, float]]:
    """Return where a name may begin, and its middle height: right, below, above, left, and between these."""
    return [
        (x + off, y), (x - room / 2, y + off + 7), (x - room / 2, y - off - 7), (x + off - 2, y - off),
        (x + off - 2, y + off), (x - off - room, y), (x - off - room + 2, y + off), (x - off - room + 2, y - off),
    ]  # fmt: skip


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    (ax, ay), (bx, by) = points[len(points) // 2 - 1], points[len(points) // 2]
    return round((ax + bx) / 2, 1), round((ay + by) / 2, 1)


def _around(x: float, y: float, radius: float) -> Box:
    return Box(x - radius - 1.5, y - radius - 1.5, x + radius + 1.5, y + radius + 1.5)


def _circle(spot: Spot, x: float, y: float, radius: float) -> str:
    """Return a disc for exact coordinates, a dashed ring for others; hollow where all is only towards it."""
    exact = spot.site is not None and spot.site.quality in EXACT
    if not spot.count:
        return element("rect", x=x - 3.5, y=y - 3.5, width=7, height=7, fill="#ffffff", stroke=_EDGE, stroke_width=1.3)
    full = exact and bool(spot.events)
    look: dict[str, str | float] = {
        "fill": _FILL if full else "#ffffff",
        "fill_opacity": 0.9,
        "stroke": _EDGE,
        "stroke_width": 1.4,
    }
    if not exact:
        look["stroke_dasharray"] = "3 2"
    count = ""
    if spot.count > 1:
        colour = "#ffffff" if full else INK
        count = text(
            str(spot.count), x, y + 3.8, min(11.0, radius * 1.25), text_anchor="middle", fill=colour, font_weight="bold"
        )
    mark = svg.dispute(x + radius * 0.8, y - radius * 0.8) if spot.disputed else ""
    return element("circle", cx=x, cy=y, r=radius, **look) + count + mark


def _told(spot: Spot) -> str:
    disputed = f", {spot.disputed} disputed" if spot.disputed else ""
    events = ", ".join(clean(event.label) for event in (*spot.events, *spot.towards))
    return shortened(f"{clean(spot.label)}: {spot.count} events{disputed}. {events}", 16, 1600)


def legend_marks() -> list[list[Sample]]:
    """Return the rows of the legend."""
    disc: dict[str, str | float] = {"cy": 0, "r": 7, "stroke": _EDGE, "stroke_width": 1.4}
    number = element("rect", x=0, y=-6, width=12, height=12, fill="#ffffff", stroke=INK, stroke_width=0.8)
    state = element("path", d="M0,0h40", stroke="#6b6b6b", stroke_width=1.1, stroke_dasharray="7 3 1.5 3")
    aside = line(0, 5, 14, -5, stroke=_EDGE, stroke_width=0.8) + element("circle", cx=0, cy=5, r=1.6, fill=_EDGE)
    way = element("path", d="M0,0h36", stroke=_FILL, stroke_width=2.4, stroke_dasharray="2 4")
    return [
        [
            (
                18.0,
                element("circle", cx=8, fill=_FILL, **disc),
                "event at a place; the number says how many, the size too",
            ),
            (18.0, element("circle", cx=8, fill="#ffffff", **disc), "only towards it"),
            (
                18.0,
                element("circle", cx=8, fill="#ffffff", stroke_dasharray="3 2", **disc),
                "coordinates approximate, or middle of an area",
            ),
            (14.0, svg.dispute(7, 0), "disputed"),
        ],
        [
            (14.0, number + text("1", 3.4, 3.4, 9.5), "whose it is said to be: see the list"),
            (38.0, way, "straight between known points, not the true course"),
            (22.0, aside, "moved aside"),
            (42.0, state, "boundary of states (see below)"),
        ],
    ]
