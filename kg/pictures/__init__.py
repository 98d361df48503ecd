"""Pictures of a view: pages and figures for people, files for other tools.

They take a view from ``kg.view`` and give text or bytes; they know no store and no clock.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from kg.view import View

    Story: TypeAlias = Sequence[dict[str, str]]

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
_PAGES = {
    "lanes": ("kg.pictures.explorer", "explorer"),
    "network": ("kg.pictures.pyvis_page", "network_page"),
}
"""Pages by the figure that is asked for: without one it is the explorer, which has all of them."""
FORMATS = (*sorted((*_DATA, "html", "svg")),)
"""The formats that ``draw`` knows, which are file name endings too."""
PICTURES = (*FORMATS, "png")
"""The formats that ``drawn`` knows."""


def draw(
    view: View,
    format: str,  # noqa: A002 - the word every door uses
    *,
    zone: str = "UTC",
    figure: str = "lanes",
    story: Story = (),
) -> str:
    """Return a view as a picture; the same view gives the same text.

    ``html`` is the explorer (with ``figure="network"`` the network alone, by
    pyvis), ``svg`` one of ``FIGURES`` (all local to ``zone``, an IANA name),
    ``gexf`` and ``graphml`` the network, ``json`` Cytoscape's,
    ``geojson`` and ``kml`` events and places, ``csv`` the facts, one a row.
    ``story`` is for the explorer: saved states in order, as ``read_story`` reads
    them. Raises UsageError for another format or figure, or an unknown zone.
    """
    if story and (format != "html" or figure != "lanes"):
        raise UsageError("only the explorer tells a story", mend="write an .html, without --figure")
    if figure not in FIGURES:
        raise UsageError(f"no figure is called {figure!r}", mend=f"known are {', '.join(FIGURES)}")
    if format == "svg":
        return _called(FIGURES[figure])(view, zone=zone)
    if format == "html" and figure in _PAGES:
        more = {"story": story} if story else {}
        return _called(_PAGES[figure])(view, zone=zone, **more)
    if figure != "lanes":
        raise UsageError(f"{format!r} has no figures", mend=f"write .svg or .png for --figure {figure}")
    if format not in _DATA:
        raise UsageError(f"no picture is called {format!r}", mend=f"known are {', '.join(PICTURES)}")
    return _called(_DATA[format])(view)


def _called(place: tuple[str, str]) -> Callable[..., str]:
    """Return a function of a module that is imported only now."""
    module, name = place
    return getattr(import_module(module), name)  # type: ignore[no-any-return] # the tables above name functions


def drawn(
    view: View,
    format: str,  # noqa: A002 - as above
    *,
    zone: str = "UTC",
    figure: str = "lanes",
    story: Story = (),
) -> bytes:
    """Return a view as the bytes of a file, as ``draw`` and as ``png``. Raises UsageError as ``draw``."""
    if format != "png":
        return draw(view, format, zone=zone, figure=figure, story=story).encode()
    from kg.pictures.png import png

    return png(draw(view, "svg", zone=zone, figure=figure))
