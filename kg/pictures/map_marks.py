"""The marks of a map and their names, so that no name lies on a mark or on another name."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from kg.layout.boxes import Box, overlap
from kg.pictures import svg
from kg.pictures.svg import INK, element, text
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

    def __init__(self, ground: Ground) -> None:
        """Start with an empty frame."""
        self.ground = ground
        self.spots: list[Spot] = []
        self.unnamed: list[Spot] = []
        self.numbers: dict[str, int] = {}
        self._taken: list[Box] = []
        self._waiting: list[tuple[Spot, float, float, float]] = []

    def put(self, spot: Spot) -> tuple[str, str]:
        """Return the mark of a place that lies in the frame, and its number if it has a claim on whose it is."""
        site = spot.site
        assert site is not None  # noqa: S101 - the caller draws what has coordinates
        points = [self.ground.xy(point) for point in site.points]
        x, y = (
            points[len(points) // 2]
            if len(points) % 2
            else _middle(points[len(points) // 2 - 1], points[len(points) // 2])
        )
        radius = round(4.5 + 2.4 * sqrt(spot.count), 1) if spot.count else 3.5
        self.spots.append(spot)
        self._taken.append(Box(x - radius - 2, y - radius - 2, x + radius + 2, y + radius + 2))
        self._waiting.append((spot, x, y, radius))
        parts = [element("title", escaped(_told(spot)))]
        if len(points) > 1:
            path = "M" + "L".join(f"{px:g},{py:g}" for px, py in points)
            parts.append(element("path", d=path, fill="none", stroke=_FILL, stroke_width=2.4, stroke_dasharray="2 4"))
        parts += [_circle(spot, x, y, radius), self._number(spot, x, y, radius)]
        return element("g", "".join(parts), class_="place", data_place=spot.place), ""

    def _number(self, spot: Spot, x: float, y: float, radius: float) -> str:
        if not spot.holding:
            return ""
        self.numbers[spot.place] = len(self.numbers) + 1
        words = str(self.numbers[spot.place])
        room = width(words, 9.5) + 5
        box = Box(x - radius - room - 1, y - 6, x - radius - 1, y + 6)
        self._taken.append(box)
        plate = element(
            "rect", x=box.left, y=box.top, width=room, height=12, fill="#ffffff", stroke=INK, stroke_width=0.8
        )
        return plate + text(words, box.left + 2.5, y + 3.4, 9.5)

    def names(self) -> list[str]:
        """Return the names of all places put, where they find room."""
        return [self._name(*waiting) for waiting in self._waiting]

    def _name(self, spot: Spot, x: float, y: float, radius: float) -> str:
        words = shortened(spot.label, _SIZE, _ROOM) or "(no name)"
        room, off = width(words, _SIZE) + 2, radius + 3
        left, top, wide, high = self.ground.frame
        corners = (
            (x + off, y), (x - room / 2, y + off + 7), (x - room / 2, y - off - 7), (x + off - 2, y - off), (x + off - 2, y + off),
            (x - off - room, y), (x - off - room + 2, y + off), (x - off - room + 2, y - off),
        )  # fmt: skip
        for a, b in corners:
            box = Box(a, b - 7, a + room, b + 7)
            inside = (
                left + 2 <= box.left
                and box.right <= left + wide - 2
                and top + 2 <= box.top
                and box.bottom <= top + high - 2
            )
            if inside and not any(overlap(box, other) for other in self._taken):
                self._taken.append(box)
                return text(words, a + 1, b + 4.2, _SIZE, **svg.HALO)
        self.unnamed.append(spot)
        return ""


def _middle(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return round((one[0] + other[0]) / 2, 1), round((one[1] + other[1]) / 2, 1)


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
    return shortened(f"{clean(spot.label)}: {spot.count} events{disputed}. {events}", 16, 4000)


def legend_marks() -> list[list[Sample]]:
    """Return the rows of the legend."""
    disc: dict[str, str | float] = {"cy": 0, "r": 7, "stroke": _EDGE, "stroke_width": 1.4}
    number = element("rect", x=0, y=-6, width=12, height=12, fill="#ffffff", stroke=INK, stroke_width=0.8)
    state = element("path", d="M0,0h40", stroke="#6b6b6b", stroke_width=1.1, stroke_dasharray="7 3 1.5 3")
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
                "coordinates approximate, or the middle of an area",
            ),
            (14.0, svg.dispute(7, 0), "some of it disputed"),
        ],
        [
            (14.0, number + text("1", 3.4, 3.4, 9.5), "whose it is said to be: see the list"),
            (38.0, way, "straight between known points, not the true course"),
            (42.0, state, "boundary of states (see below)"),
        ],
    ]
