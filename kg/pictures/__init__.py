"""Pictures of a view: pages and figures for people, files for other tools.

They take a view from ``kg.view`` and give text or bytes; they know no store and no clock.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.view import View

FIGURES = {
    "lanes": ("kg.pictures.lanes", "claim_lanes"),
    "network": ("kg.pictures.network_figure", "network_figure"),
    "timeline": ("kg.pictures.timeline", "timeline"),
    "map": ("kg.pictures.map_figure", "map_figure"),
}
"""What an SVG or PNG can show: who said what when, what links to what, what was when, and where."""
_DATA = {
    "csv": ("kg.pictures.table", "fact_table"),
    "geojson": ("kg.pictures.geojson", "geojson"),
    "gexf": ("kg.pictures.gexf", "gexf"),
    "graphml": ("kg.pictures.graphml", "graphml"),
    "json": ("kg.pictures.cytoscape", "cytoscape"),
    "kml": ("kg.pictures.kml", "kml"),
}
FORMATS = (*sorted((*_DATA, "html", "svg")),)
"""The formats that ``draw`` knows, which are file name endings too."""
PICTURES = (*FORMATS, "png")
"""The formats that ``drawn`` knows."""


def draw(view: View, format: str, *, zone: str = "UTC", figure: str = "lanes") -> str:  # noqa: A002 - the word every door uses
    """Return a view as a picture; the same view gives the same text.

    ``html`` is the network page, ``svg`` one of ``FIGURES`` (all local to ``zone``,
    an IANA name), ``gexf`` and ``graphml`` the network, ``json`` Cytoscape's,
    ``geojson`` and ``kml`` events and places, ``csv`` the facts, one a row.
    Raises UsageError for another format or figure, or an unknown zone.
    """
    if figure not in FIGURES:
        raise UsageError(f"no figure is called {figure!r}", mend=f"known are {', '.join(FIGURES)}")
    if format == "svg":
        return _called(FIGURES[figure])(view, zone=zone)
    if figure != "lanes":
        raise UsageError(f"{format!r} has no figures", mend=f"write .svg or .png for --figure {figure}")
    if format == "html":
        from kg.pictures.pyvis_page import network_page

        return network_page(view, zone=zone)
    if format not in _DATA:
        raise UsageError(f"no picture is called {format!r}", mend=f"known are {', '.join(PICTURES)}")
    return _called(_DATA[format])(view)


def _called(place: tuple[str, str]) -> Callable[..., str]:
    """Return a function of a module that is imported only now."""
    module, name = place
    return getattr(import_module(module), name)  # type: ignore[no-any-return] # the tables above name functions


def drawn(view: View, format: str, *, zone: str = "UTC", figure: str = "lanes") -> bytes:  # noqa: A002 - as above
    """Return a view as the bytes of a file, as ``draw`` and as ``png``. Raises UsageError as ``draw``."""
    if format != "png":
        return draw(view, format, zone=zone, figure=figure).encode()
    from kg.pictures.png import png

    return png(draw(view, "svg", zone=zone, figure=figure))
