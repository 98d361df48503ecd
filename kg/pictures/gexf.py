"""GEXF 1.3 for Gephi: a dynamic directed graph with spells of held time.

Own writer: networkx marks date-times as dates, names types that Gephi's importer
does not know, and writes control characters that are not XML. A spell is the
possible window of a fact; the certain one stands in its attributes. An unbounded
end leaves the attribute out, as the GEXF primer does. Version 1.3 has inclusive
ends only (it took ``endopen`` away), so a spell ends at the last second that counts.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kg.network import edges_of, layout, nodes_of, to_networkx
from kg.pictures.palette import rgb
from kg.pictures.text import clean
from kg.when.model import BEGINNING, FOREVER, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.view import View

_GEXF = "http://gexf.net/1.3"
_VIZ = "http://gexf.net/1.3/viz"
_SCHEMA = "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd"
_NODE = (
    ("kind", "string"),
    ("speaker", "boolean"),
    ("disputed", "boolean"),
    ("claims", "string"),
    ("literals", "string"),
)
_EDGE = (
    ("predicate", "string"),
    ("statement", "string"),
    ("claims", "string"),
    ("speakers", "string"),
    ("stances", "string"),
    ("disputed", "boolean"),
    ("certain_begin", "string"),
    ("certain_end", "string"),
    ("mode", "string"),
)


def gexf(view: View) -> str:
    """Return the network of a view as GEXF 1.3; spells are UTC, their last second included."""
    graph = to_networkx(view)
    root = Element(
        "gexf", {"xmlns": _GEXF, "xmlns:viz": _VIZ, "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                 "xsi:schemaLocation": _SCHEMA, "version": "1.3"},
    )  # fmt: skip
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "conflict-kg"
    SubElement(meta, "description").text = clean(view.title)
    settings = {"mode": "dynamic", "defaultedgetype": "directed", "timeformat": "dateTime"}
    body = SubElement(
        root, "graph", {**settings, "timerepresentation": "interval", "timezone": "UTC", "idtype": "string"}
    )
    _declare(body, "node", _NODE)
    _declare(body, "edge", _EDGE)
    nodes = SubElement(body, "nodes", {"count": str(graph.number_of_nodes())})
    places = layout(graph, fine=False)
    spells: dict[str, set[tuple[str, str]]] = {}
    for subject, value, _, edge in edges_of(graph):
        for end in (subject, value):
            spells.setdefault(end, set()).add((edge["possible_begin"], edge["possible_end"]))
    for node, data in nodes_of(graph):
        _node(nodes, node, data, places[node], spells.get(node, set()))
    edges = SubElement(body, "edges", {"count": str(graph.number_of_edges())})
    for number, (subject, value, _, data) in enumerate(edges_of(graph)):
        _edge(edges, number, (subject, value), data)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _declare(body: Element, about: str, attributes: Iterable[tuple[str, str]]) -> None:
    block = SubElement(body, "attributes", {"class": about, "mode": "static"})
    for name, kind in attributes:
        SubElement(block, "attribute", {"id": name, "title": name, "type": kind})


def _node(
    nodes: Element, iri: str, data: dict[str, Any], place: tuple[float, float], spells: set[tuple[str, str]]
) -> None:
    node = SubElement(nodes, "node", {"id": clean(iri), "label": clean(data["label"])})
    _values(node, _NODE, data)
    _spells(node, spells)
    red, green, blue = rgb(data["kind"])
    SubElement(node, "viz:size", {"value": "10.0"})
    SubElement(node, "viz:position", {"x": str(place[0]), "y": str(-place[1]), "z": "0.0"})
    SubElement(node, "viz:color", {"r": str(red), "g": str(green), "b": str(blue)})


def _edge(edges: Element, number: int, ends: tuple[str, str], data: dict[str, Any]) -> None:
    names = {"id": str(number), "source": clean(ends[0]), "target": clean(ends[1]), "type": "directed"}
    mark = " (disputed)" if data["disputed"] else ""
    edge = SubElement(edges, "edge", {**names, "kind": clean(data["predicate"]), "label": clean(data["label"]) + mark})
    _values(edge, _EDGE, data)
    _spells(edge, {(data["possible_begin"], data["possible_end"])})
    if data["disputed"]:
        SubElement(edge, "viz:color", {"r": "176", "g": "0", "b": "32"})
        SubElement(edge, "viz:shape", {"value": "dashed"})


def _values(owner: Element, names: Iterable[tuple[str, str]], data: dict[str, Any]) -> None:
    block = SubElement(owner, "attvalues")
    for name, _ in names:
        SubElement(block, "attvalue", {"for": name, "value": clean(as_text(data[name]))})


def as_text(value: object) -> str:
    """Return an attribute as one string: lists joined by ``|``, pairs by ``=``, booleans in lower case."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return " | ".join("=".join(item) if isinstance(item, tuple) else str(item) for item in value)
    return str(value)


def _spells(owner: Element, spells: set[tuple[str, str]]) -> None:
    if not spells:
        return
    block = SubElement(owner, "spells")
    for begin, end in sorted(spells):
        spell = SubElement(block, "spell")
        if begin != written(BEGINNING):
            spell.set("start", begin)
        if end != written(FOREVER):
            spell.set("end", written(datetime.fromisoformat(end) - timedelta(seconds=1)))
