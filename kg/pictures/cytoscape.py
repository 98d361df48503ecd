"""Cytoscape.js JSON, which Cytoscape desktop reads too (.cyjs)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.network import edges_of, layout, nodes_of, to_networkx

if TYPE_CHECKING:
    from kg.view import View


def cytoscape(view: View) -> str:
    """Return the network of a view as Cytoscape JSON with an id on every edge; times are UTC.

    ``name`` beside ``label`` is what Cytoscape desktop shows.
    """
    graph = to_networkx(view)
    places = layout(graph, fine=False)
    nodes = [
        {"data": {"id": node, "name": data["label"], **data}, "position": dict(zip("xy", places[node], strict=True))}
        for node, data in nodes_of(graph)
    ]
    edges = [
        {"data": {"id": f"{key} #{number}", "source": subject, "target": value, **data}}
        for number, (subject, value, key, data) in enumerate(edges_of(graph))
    ]
    document = {"data": {"name": view.title}, "elements": {"nodes": nodes, "edges": edges}}
    return json.dumps(document, ensure_ascii=True, indent=1) + "\n"
