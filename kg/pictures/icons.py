"""The shape of each kind of thing, as SVG: the same shapes as on the network page."""

from __future__ import annotations

from math import cos, pi, sin

from kg.pictures import palette
from kg.pictures.svg import element


def icon(kind: str, x: float, y: float, size: float = 10) -> str:
    """Return the shape of a kind in the middle of x, y; ``size`` is half its height in pixels."""
    look: dict[str, str | float] = {"fill": palette.colour(kind), "stroke": "#ffffff", "stroke_width": 1.2}
    if palette.shape(kind) == "dot":
        return element("circle", cx=x, cy=y, r=size, **look)
    points = " ".join(
        f"{round(x + a * size, 1):g},{round(y + b * size, 1):g}" for a, b in _OUTLINES[palette.shape(kind)]
    )
    return element("polygon", points=points, **look)


def _star() -> list[tuple[float, float]]:
    return [
        ((1.15 if n % 2 == 0 else 0.5) * sin(n * pi / 5), -(1.15 if n % 2 == 0 else 0.5) * cos(n * pi / 5))
        for n in range(10)
    ]


_OUTLINES: dict[str, list[tuple[float, float]]] = {
    "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
    "triangle": [(0, -1.05), (1.05, 0.85), (-1.05, 0.85)],
    "triangleDown": [(0, 1.05), (1.05, -0.85), (-1.05, -0.85)],
    "diamond": [(0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)],
    "star": _star(),
    "hexagon": [(1.05 * cos(n * pi / 3), 1.05 * sin(n * pi / 3)) for n in range(6)],
}
