"""Degrees to pixels: a conformal conic projection for the South Caucasus.

It knows no shape and draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan, cos, degrees, hypot, log, pi, radians, sin, tan

_PARALLELS = (39.0, 41.5)
_MERIDIAN = 46.5


def _t(latitude: float) -> float:
    return tan(pi / 4 + radians(latitude) / 2)


_N = log(cos(radians(_PARALLELS[0])) / cos(radians(_PARALLELS[1]))) / log(_t(_PARALLELS[1]) / _t(_PARALLELS[0]))
_F = cos(radians(_PARALLELS[0])) * _t(_PARALLELS[0]) ** _N / _N
_EARTH_KM = 6371.0


def conic(longitude: float, latitude: float) -> tuple[float, float]:
    """Return x to the east and y to the north in radii of the earth (Lambert's conformal conic, on a sphere)."""
    rho, theta = _F / _t(latitude) ** _N, _N * radians(longitude - _MERIDIAN)
    return rho * sin(theta), -rho * cos(theta)


@dataclass(frozen=True, slots=True)
class Projection:
    """Where degrees lie on a figure: ``scale`` pixels to a radius of the earth, from an origin in pixels."""

    scale: float
    left: float
    top: float

    @classmethod
    def fitted(cls, bbox: tuple[float, float, float, float], frame: tuple[float, float, float, float]) -> Projection:
        """Return the projection that shows all of a box (west, south, east, north) in the middle of a frame.

        The frame is left, top, width and height in pixels.
        """
        west, south, east, north = bbox
        middle = min(max(west, _MERIDIAN), east)
        edge = [conic(x, y) for x in (west, middle, east) for y in (south, north)]
        low_x, high_x = min(x for x, _ in edge), max(x for x, _ in edge)
        low_y, high_y = min(y for _, y in edge), max(y for _, y in edge)
        left, top, width, height = frame
        scale = min(width / (high_x - low_x), height / (high_y - low_y))
        left += (width - scale * (high_x - low_x)) / 2 - scale * low_x
        top += (height - scale * (high_y - low_y)) / 2 + scale * high_y
        return cls(scale, left, top)

    def xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return the pixel of a place, to a tenth."""
        x, y = conic(longitude, latitude)
        return round(self.left + self.scale * x, 1), round(self.top - self.scale * y, 1)

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude of a pixel."""
        east, north = (x - self.left) / self.scale, (self.top - y) / self.scale
        rho = hypot(east, north)
        latitude = degrees(2 * (atan((_F / rho) ** (1 / _N)) - pi / 4))
        return _MERIDIAN + degrees(atan(east / -north)) / _N, latitude

    def pixels(self, kilometres: float) -> float:
        """Return how long a way on the ground is on the figure."""
        return self.scale * kilometres / _EARTH_KM
