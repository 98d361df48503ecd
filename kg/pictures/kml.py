"""KML 2.2 with time spans, for Google Earth and the like.

What a source wrote is never markup here: a balloon shows one description, in
which every sign of markup is escaped twice, since Earth reads it as HTML.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kg.pictures.features import EVENT, HELD, PLACE, features_of
from kg.pictures.text import clean, shortened

if TYPE_CHECKING:
    from kg.pictures.features import Feature
    from kg.view import View

_KML = "http://www.opengis.net/kml/2.2"
_FOLDERS = {EVENT: "Events", HELD: "Whose the places are said to be", PLACE: "Places"}
_COLOURS = {"plain": "ff5b4733", "disputed": "ff2000b0"}
"""Of a mark, as KML writes colours: opacity, blue, green, red. A disputed one also says so in its name."""


def kml(view: View) -> str:
    """Return the features of a view as KML; a time span is when it may have held, in UTC, open where unbounded.

    KML counts the end of a span in, this graph does not: they differ by an
    instant. Features without coordinates are placemarks without geometry.
    """
    root = Element("kml", {"xmlns": _KML})
    document = SubElement(root, "Document")
    SubElement(document, "name").text = clean(view.title) or "conflict-kg"
    SubElement(document, "open").text = "1"
    for name, colour in _COLOURS.items():
        _style(document, name, colour)
    features = features_of(view)
    for kind, title in _FOLDERS.items():
        mine = [feature for feature in features if feature.kind == kind]
        folder = SubElement(document, "Folder")
        SubElement(folder, "name").text = f"{title} ({len(mine)})"
        for feature in mine:
            _placemark(folder, feature)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _style(document: Element, name: str, colour: str) -> None:
    style = SubElement(document, "Style", {"id": name})
    SubElement(SubElement(style, "IconStyle"), "color").text = colour  # no href: a picture would be asked for elsewhere
    line = SubElement(style, "LineStyle")
    SubElement(line, "color").text = colour
    SubElement(line, "width").text = "3"
    SubElement(SubElement(style, "BalloonStyle"), "text").text = "$[description]"


def _placemark(folder: Element, feature: Feature) -> None:
    told = feature.properties()
    mark = SubElement(folder, "Placemark")
    SubElement(mark, "name").text = shortened(feature.label, 12, 1200) + (" (disputed)" if feature.disputed else "")
    SubElement(mark, "Snippet", {"maxLines": "0"})
    lines = [f"{name}: {value}" for name, value in told.items() if value not in (None, False)]
    SubElement(mark, "description").text = "<br>".join(html.escape(line) for line in lines)
    if told["start"] or told["end"]:
        span = SubElement(mark, "TimeSpan")
        for name, bound in (("begin", told["start"]), ("end", told["end"])):
            if bound:
                SubElement(span, name).text = str(bound)
    SubElement(mark, "styleUrl").text = "#disputed" if feature.disputed else "#plain"
    data = SubElement(mark, "ExtendedData")
    for name, value in {"id": clean(feature.id), **told}.items():
        if value is not None:
            SubElement(SubElement(data, "Data", {"name": name}), "value").text = str(value)
    _geometry(mark, feature)


def _geometry(mark: Element, feature: Feature) -> None:
    if feature.site is None:
        return
    points = feature.site.points
    shape = SubElement(mark, "Point" if len(points) == 1 else "LineString")
    SubElement(shape, "coordinates").text = " ".join(f"{x:.8g},{y:.8g}" for x, y in points)
