"""The offline base map: seas, lakes, rivers, and boundaries of states with whose claim they are.

It reads one small file that comes with the package (its README says where from)
and draws nothing. Names of places are not in it: they are claims of the graph.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

Point: TypeAlias = "tuple[float, float]"
"""Longitude and latitude in degrees, WGS 84."""
Line: TypeAlias = "tuple[Point, ...]"


@dataclass(frozen=True, slots=True)
class MapSource:
    """Whose drawing a shape is: name, version, scale, licence, year of publication, and what is taken from it."""

    name: str
    version: str
    scale: str
    licence: str
    package: str
    published: str
    holds: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One water or boundary.

    ``layer`` is ``sea``, ``lake``, ``river`` or ``boundary``; ``lines`` are rings
    for the first two (outer and inner alike: fill them even-odd), open lines
    for the others. ``between`` names the two states of a boundary, ``source``
    is a key of ``BaseMap.sources``.
    """

    layer: str
    label: str
    source: str
    lines: tuple[Line, ...]
    between: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BaseMap:
    """All shapes in drawing order, with their sources and the box they are cut to (west, south, east, north)."""

    shapes: tuple[Shape, ...]
    sources: dict[str, MapSource]
    bbox: tuple[float, float, float, float]

    def layer(self, name: str) -> tuple[Shape, ...]:
        """Return the shapes of one layer."""
        return tuple(shape for shape in self.shapes if shape.layer == name)

    def caption(self) -> str:
        """Return what must stand on every map: whose boundaries these are, as of when."""
        source = self.sources[self.layer("boundary")[0].source]
        return (
            f"Boundaries of states: {source.name} {source.version} ({source.published}), de facto as its editors "
            "saw them; a claim like any other, not an assertion of this project."
        )


def base_map_text() -> str:
    """Return the base map as the GeoJSON text that comes with the package."""
    return (files("kg.pictures") / "data" / "basemap.json").read_text(encoding="utf-8")


@cache
def base_map() -> BaseMap:
    """Return the base map of the South Caucasus."""
    document = json.loads(base_map_text())
    sources = {key: MapSource(**source) for key, source in document["sources"].items()}
    west, south, east, north = document["bbox"]
    return BaseMap(tuple(_shape(feature) for feature in document["features"]), sources, (west, south, east, north))


def _shape(feature: dict[str, Any]) -> Shape:
    told, parts = feature["properties"], feature["geometry"]["coordinates"]
    rings = [ring for part in parts for ring in part] if feature["geometry"]["type"] == "MultiPolygon" else parts
    lines = tuple(tuple((x, y) for x, y in ring) for ring in rings)
    return Shape(told["layer"], told["label"], told["source"], lines, tuple(told.get("between", ())))
