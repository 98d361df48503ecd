"""What lies under the marks of a map: water, boundaries of states, degrees, a scale; cut to a frame.

It knows no claim and no place of the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.layout.boxes import Box, overlap
from kg.pictures.basemap import base_map
from kg.pictures.projection import Projection, conic
from kg.pictures.svg import GREY, INK, element, line, text
from kg.pictures.text import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.pictures.basemap import Point, Shape

USUAL = (43.3, 38.3, 50.6, 42.0)
"""The box that a map shows if nothing says where to look: west, south, east, north."""
_LEAST = (2.4, 1.5)
_STEP = 5
_MOST = (42.2, 37.7, 51.4, 42.9)
_LOW, _HIGH = 480.0, 780.0
_WATER, _SHORE = "#e3ebf0", "#8b9aa3"
_LOOKS: dict[str, dict[str, str | float]] = {
    "sea": {"fill": _WATER, "stroke": _SHORE, "fill_rule": "evenodd"},
    "lake": {"fill": _WATER, "stroke": _SHORE, "fill_rule": "evenodd"},
    "river": {"fill": "none", "stroke": "#a9b8c2", "stroke_width": 1.0},
    "boundary": {"fill": "none", "stroke": "#6b6b6b", "stroke_width": 1.1, "stroke_dasharray": "7 3 1.5 3"},
}
_STATES: dict[str, tuple[Point, ...]] = {
    "Armenia": ((44.45, 40.62), (44.75, 40.1), (45.35, 39.72), (46.15, 39.3)),
    "Azerbaijan": ((48.3, 40.35), (47.2, 40.35), (46.3, 40.75), (45.6, 39.25)),
    "Georgia": ((44.3, 41.75), (45.6, 41.6)),
    "Iran": ((46.9, 38.5), (46.0, 38.6), (47.2, 38.95)),
    "Turkey": ((43.3, 40.1),),
    "Russia": ((47.3, 42.2),),
}
"""Where the names of states may stand, in order: inside, and off what is contested."""
_WATERS: dict[str, tuple[Point, ...]] = {
    "Lake Sevan": ((45.35, 40.33),),
    "Caspian Sea": ((50.7, 39.9), (50.2, 39.4), (49.7, 41.3)),
    "Lake Urmia": ((45.45, 37.75),),
}


@dataclass(frozen=True)
class Ground:
    """A frame on the figure (left, top, width, height) and the projection that fills it."""

    frame: tuple[float, float, float, float]
    projection: Projection

    def xy(self, point: Point) -> tuple[float, float]:
        """Return the pixel of longitude and latitude."""
        return self.projection.xy(*point)

    def shows(self, point: Point) -> bool:
        """Return whether a point of longitude and latitude lies in the frame."""
        x, y = self.xy(point)
        left, top, wide, high = self.frame
        return left <= x <= left + wide and top <= y <= top + high


def covers(point: Point) -> bool:
    """Return whether the base map reaches a point of longitude and latitude, with a margin."""
    west, south, east, north = _MOST
    return west <= point[0] <= east and south <= point[1] <= north


def ground_for(points: Iterable[Point], left: float, top: float, wide: float) -> Ground:
    """Return the frame, ``wide`` pixels, that shows all points which the base map reaches."""
    box = _box([point for point in points if covers(point)])
    corners = [conic(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = max(x for x, _ in corners) - min(x for x, _ in corners)
    down = max(y for _, y in corners) - min(y for _, y in corners)
    frame = (left, top, wide, round(min(_HIGH, max(_LOW, wide * down / across))))
    return Ground(frame, Projection.fitted(box, frame))


def _box(points: list[Point]) -> tuple[float, float, float, float]:
    if not points:
        return USUAL
    (west, east), (south, north) = ((min(axis), max(axis)) for axis in zip(*points, strict=True))
    across, down = (
        max(0.12 * (east - west), (_LEAST[0] - (east - west)) / 2),
        max(0.12 * (north - south), (_LEAST[1] - (north - south)) / 2),
    )
    return west - across, south - down, east + across, north + down


def drawn(ground: Ground, taken: Iterable[Box], page: tuple[float, float]) -> str:
    """Return the base map in its frame, hatched where there is none; its words keep off the boxes taken.

    Draw it first: what lies outside of the frame is covered with white, over the
    whole width and height of the page (a clip takes a renderer many times longer).
    """
    left, top, wide, high = ground.frame
    corners = [ground.projection.degrees(x, y) for x in (left, left + wide) for y in (top, top + high)]
    nothing = ""
    if not all(_reaches(point) for point in corners):
        nothing = element("rect", x=left, y=top, width=wide, height=high, fill="url(#hatch)") + _land(ground)
    shapes = "".join(_path(shape, ground) for shape in base_map().shapes)
    outline = element("rect", x=left, y=top, width=wide, height=high, fill="none", stroke=INK)
    words = _words(ground, tuple(taken))
    return (
        nothing + shapes + _degrees(ground) + _around(ground, page) + words + _names(ground) + _scale(ground) + outline
    )


def _reaches(point: Point) -> bool:
    west, south, east, north = base_map().bbox
    return west <= point[0] <= east and south <= point[1] <= north


def _around(ground: Ground, page: tuple[float, float]) -> str:
    (left, top, wide, high), (right, bottom) = ground.frame, page
    path = f"M0,0H{right:g}V{bottom:g}H0zM{left:g},{top:g}v{high:g}h{wide:g}v{-high:g}z"
    return element("path", d=path, fill="#ffffff", fill_rule="evenodd")


def _land(ground: Ground) -> str:
    west, south, east, north = base_map().bbox
    steps = [west + (east - west) * n / 40 for n in range(41)]
    edge = [*((x, north) for x in steps), *((x, south) for x in reversed(steps))]
    return element("path", d=_line(edge, ground) + "z", fill="#ffffff")


def _path(shape: Shape, ground: Ground) -> str:
    path = "".join(_line(points, ground) for points in shape.lines if _meets(points, ground))
    return element("path", d=path, class_=shape.layer, **_LOOKS[shape.layer])


def _meets(points: Sequence[Point], ground: Ground) -> bool:
    """Return whether the box of a line meets the frame."""
    left, top, wide, high = ground.frame
    xs, ys = zip(*map(ground.xy, points), strict=True)
    return bool(min(xs) <= left + wide and max(xs) >= left and min(ys) <= top + high and max(ys) >= top)


def _line(points: Iterable[Point], ground: Ground) -> str:
    """Return the path through the points, in steps of tenths of a pixel; those nearer than half a pixel are one."""
    x = y = 0
    path: list[str] = []
    for across, down in map(ground.xy, points):
        dx, dy = round(10 * across) - x, round(10 * down) - y
        if not path or abs(dx) + abs(dy) >= _STEP:
            path.append(f"{dx / 10:g},{dy / 10:g}")
            x, y = x + dx, y + dy
    return f"M{path[0]}l{' '.join(path[1:])}" if path else ""


def _degrees(ground: Ground) -> str:
    west, south, east, north = (round(edge) for edge in base_map().bbox)
    lines = [[(float(x), south + n / 2) for n in range(2 * (north - south) + 1)] for x in range(west, east + 1)]
    lines += [[(west + n / 2, float(y)) for n in range(2 * (east - west) + 1)] for y in range(south, north + 1)]
    path = "".join(_line(points, ground) for points in lines if _meets(points, ground))
    return element("path", d=path, fill="none", stroke="#d5d5d5", stroke_width=0.6, stroke_dasharray="1 3")


def _names(ground: Ground) -> str:
    """Return the names of degrees outside of the frame, below it and left of it."""
    left, top, wide, high = ground.frame
    parts = []
    for step in range(int(wide) + 1):
        one, other = (ground.projection.degrees(left + step + n, top + high)[0] for n in (0, 1))
        if int(one) != int(other) and step < wide:
            parts.append(text(f"{int(other)}°E", left + step, top + high + 14, 10.5, fill=GREY, text_anchor="middle"))
    for step in range(int(high) + 1):
        one, other = (ground.projection.degrees(left, top + step + n)[1] for n in (0, 1))
        if int(one) != int(other) and step < high:
            parts.append(text(f"{int(one)}°N", left - 4, top + step + 4, 10.5, fill=GREY, text_anchor="end"))
    return "".join(parts)


def _words(ground: Ground, taken: tuple[Box, ...]) -> str:
    state: dict[str, str | float] = {"text_anchor": "middle", "letter_spacing": 3, "fill": "#8a8a8a"}
    water: dict[str, str | float] = {"text_anchor": "middle", "fill": "#5f7684", "font_style": "italic"}
    named = [(name.upper(), points, 13.0, state) for name, points in _STATES.items()]
    named += [(name, points, 11.5, water) for name, points in _WATERS.items()]
    parts = []
    for words, points, size, look in named:
        room = width(words, size) + (3 * len(words) if look is state else 0)
        boxes = (_word_box(ground.xy(point), room, size) for point in points)
        if box := next((box for box in boxes if _is_free(box, ground, taken)), None):
            parts.append(text(words, round((box.left + box.right) / 2, 1), round(box.bottom - 3, 1), size, **look))
    return "".join(parts)


def _word_box(point: Point, room: float, size: float) -> Box:
    x, y = point
    return Box(x - room / 2, y - size, x + room / 2, y + 3)


def _is_free(box: Box, ground: Ground, taken: tuple[Box, ...]) -> bool:
    left, top, wide, high = ground.frame
    across = left + 4 <= box.left and box.right <= left + wide - 4
    return across and top + 4 <= box.top and box.bottom <= top + high - 4 and not any(overlap(box, b) for b in taken)


def _scale(ground: Ground) -> str:
    left, top, _, high = ground.frame
    length = next(n for n in (200, 100, 50, 20, 10, 5) if ground.projection.pixels(n) < 190)  # noqa: PLR2004 - pixels
    room, x, y = round(ground.projection.pixels(length), 1), left + 14, top + high - 14
    words = f"{length} km"
    plate = element(
        "rect", x=x - 6, y=y - 16, width=room + width(words, 11) + 20, height=24, fill="#ffffff", fill_opacity=0.85
    )
    bar = line(x, y, x + room, y, stroke_width=2) + line(x, y - 4, x, y + 4) + line(x + room, y - 4, x + room, y + 4)
    return plate + bar + text(words, x + room + 6, y + 4, 11)
