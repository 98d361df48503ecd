"""GraphML for yEd, Cytoscape and networkx, every attribute a string or a boolean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from kg.network import edges_of, layout, nodes_of, to_networkx
from kg.pictures.gexf import as_text
from kg.pictures.text import clean

if TYPE_CHECKING:
    from kg.view import View


def graphml(view: View) -> str:
    """Return the network of a view as GraphML, with edge ids; times are xsd:dateTime in UTC.

    GraphML has no lists: claims, speakers and stances are joined by `` | ``.
    """
    graph = to_networkx(view)
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    places = layout(graph, fine=False)
    for node, data in nodes_of(graph):
        x, y = places[node]
        plain.add_node(clean(node), **{name: _plain(value) for name, value in data.items()}, x=x, y=y)
    for number, (subject, value, key, data) in enumerate(edges_of(graph)):
        told = {name: _plain(told) for name, told in data.items()}
        plain.add_edge(clean(subject), clean(value), key=f"e{number}", fact=clean(key), **told)
    return "\n".join(nx.generate_graphml(plain, named_key_ids=True)) + "\n"


def _plain(value: object) -> str | bool:
    return value if isinstance(value, bool) else clean(as_text(value))
