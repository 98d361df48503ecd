"""Cuts the base map of kg/pictures/data/basemap.json out of Natural Earth. Run by hand, not by make.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    apt-get download libmagics++-data && dpkg-deb -x libmagics++-data_*.deb magics
    pip install geopandas pyogrio
    python bench/make_basemap.py package/countries-10m.json magics/usr/share/magics/10m

Seas, lakes and rivers are Natural Earth 3.0.0, boundaries 4.1.0, as these two
packages carry them. Names in the data are not taken: two of the rivers have lost
letters, and the names of states and districts are somebody's. See data/README.md.
"""

from __future__ import annotations

import json
import sys
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas
from shapely import LineString, MultiLineString, box, line_merge, set_precision, union_all

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WEST, SOUTH, EAST, NORTH = 41.5, 37.2, 52.0, 43.4
BOX = box(WEST, SOUTH, EAST, NORTH)
FINE = 0.004
STATES = {"051": "Armenia", "031": "Azerbaijan", "268": "Georgia", "364": "Iran", "643": "Russia", "792": "Turkey"}
LAKES = {"Lake Sevana": "Lake Sevan", "Mingevir Reservoir": "Mingachevir Reservoir", "Lake Urmia": "Lake Urmia",
         "Lake Van": "Lake Van"}  # fmt: skip
RIVERS = {"Aras": "Aras", "Qezel Owzan": "Qezel Owzan", "Talkeh": "Talkheh", "Murat": "Murat"}
SOURCES = {
    "ne-3.0.0": {
        "name": "Natural Earth", "version": "3.0.0", "scale": "1:10m", "licence": "public domain",
        "package": "Debian libmagics++-data 4.13.0", "published": "2015", "holds": "seas, lakes, rivers",
    },
    "ne-4.1.0": {
        "name": "Natural Earth", "version": "4.1.0", "scale": "1:10m", "licence": "public domain",
        "package": "npm world-atlas 2.0.2 (ISC)", "published": "2018",
        "holds": "boundaries of states, de facto as its editors saw them; not an assertion of this project",
    },
}  # fmt: skip


def main(countries: Path, magics: Path) -> None:
    """Print the base map as GeoJSON."""
    shapes = [*water(magics), *rivers(magics), *boundaries(json.loads(countries.read_text(encoding="utf-8")))]
    head = {"type": "FeatureCollection", "bbox": [WEST, SOUTH, EAST, NORTH], "sources": SOURCES}
    lines = ",\n".join(json.dumps(shape, ensure_ascii=False, separators=(",", ":")) for shape in shapes)
    print(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n' + lines + "\n]}")


def water(magics: Path) -> list[dict[str, Any]]:
    """Return the seas as one shape, then each lake."""
    found = geopandas.read_file(magics / "ne_10m_ocean.shp", bbox=(WEST, SOUTH, EAST, NORTH))
    seas = union_all(found[found["featurecla"] == "Ocean"].geometry.tolist())
    shapes = [shape("sea", "", "ne-3.0.0", seas)]
    for name, label in LAKES.items():
        shapes.append(shape("lake", label, "ne-3.0.0", union_all(found[found["name"] == name].geometry.tolist())))
    return shapes


def rivers(magics: Path) -> list[dict[str, Any]]:
    """Return each river as one shape, its way through a reservoir left out."""
    found = geopandas.read_file(magics / "ne_10m_rivers_lake_centerlines.shp", bbox=(WEST, SOUTH, EAST, NORTH))
    found = found[found["featurecla"] == "River"]
    named: dict[str, list[BaseGeometry]] = {}
    for name, line in zip(found["name"], found.geometry, strict=True):
        named.setdefault(river(str(name)), []).append(line)
    return [shape("river", label, "ne-3.0.0", union_all(lines)) for label, lines in sorted(named.items())]


def river(name: str) -> str:
    """Return the usual English name; the letters of the Kura are lost in the file but for the first and the last."""
    return "Kura" if name[0] + name[-1] == "Kr" else RIVERS.get(name, "")


def boundaries(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines that two states of the box share."""
    (dx, dy), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [decoded(arc, dx, dy, x0, y0) for arc in topology["arcs"]]
    geometries = topology["objects"]["countries"]["geometries"]
    used = {
        g["id"]: {number if number >= 0 else ~number for number in flat(g["arcs"])} for g in geometries if "id" in g
    }
    shapes = []
    for one, other in combinations(sorted(STATES, key=lambda code: STATES[code]), 2):
        shared = [LineString(arcs[number]) for number in sorted(used[one] & used[other])]
        if line := [piece for piece in shared if piece.intersects(BOX)]:
            shapes.append(shape("boundary", "", "ne-4.1.0", union_all(line), between=[STATES[one], STATES[other]]))
    return [made for made in shapes if made["geometry"]["coordinates"]]


def decoded(arc: list[list[int]], dx: float, dy: float, x0: float, y0: float) -> list[tuple[float, float]]:
    """Return the degrees of one delta-coded arc."""
    x = y = 0
    points = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append((x * dx + x0, y * dy + y0))
    return points


def flat(nested: list[Any]) -> list[int]:
    """Return the numbers of nested lists."""
    return [n for item in nested for n in (flat(item) if isinstance(item, list) else [item])]


def shape(layer: str, label: str, source: str, geometry: BaseGeometry, **more: object) -> dict[str, Any]:
    """Return a feature, cut to the box and thinned to what a print shows."""
    cut = geometry.intersection(BOX)
    if cut.geom_type in {"MultiLineString", "GeometryCollection"}:
        cut = line_merge(MultiLineString([p for p in cut.geoms if p.geom_type == "LineString"]))
    cut = set_precision(cut.simplify(FINE), 0.001)
    parts = list(getattr(cut, "geoms", [cut]))
    if layer in {"sea", "lake"}:
        rings = [[ring(part.exterior), *map(ring, part.interiors)] for part in parts if part.area > 0.0004]
        drawn = {"type": "MultiPolygon", "coordinates": rings}
    else:
        drawn = {"type": "MultiLineString", "coordinates": [ring(part) for part in parts if part.length > 2 * FINE]}
    return {
        "type": "Feature",
        "properties": {"layer": layer, "label": label, "source": source, **more},
        "geometry": drawn,
    }


def ring(line: BaseGeometry) -> list[list[float]]:
    """Return the points of a line to a thousandth of a degree, some hundred metres."""
    return [[round(x, 3), round(y, 3)] for x, y in line.coords]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
