"""Pictures of a view: pages and figures for people, files for other tools.

They take a view from ``kg.view`` and give text; they know no store and no clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.view import View

FORMATS = ("gexf", "graphml", "html", "json", "svg")
"""The formats that ``draw`` knows, which are file name endings too."""


def draw(view: View, format: str, *, zone: str = "UTC") -> str:  # noqa: A002 - the word every door uses
    """Return a view as a picture; the same view gives the same text.

    ``html`` is the network page, ``svg`` the claim lanes (both local to ``zone``,
    an IANA name), ``gexf`` and ``graphml`` the network, ``json`` Cytoscape's.
    Raises UsageError for another format or an unknown zone.
    """
    if format == "html":
        from kg.pictures.pyvis_page import network_page

        return network_page(view, zone=zone)
    if format == "svg":
        from kg.pictures.lanes import claim_lanes

        return claim_lanes(view, zone=zone)
    return _data(view, format)


def _data(view: View, ending: str) -> str:
    if ending == "gexf":
        from kg.pictures.gexf import gexf

        return gexf(view)
    if ending == "graphml":
        from kg.pictures.graphml import graphml

        return graphml(view)
    if ending == "json":
        from kg.pictures.cytoscape import cytoscape

        return cytoscape(view)
    raise UsageError(f"no picture is called {ending!r}", mend=f"known are {', '.join(FORMATS)}")
