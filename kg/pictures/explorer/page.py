"""One HTML file with everything: text first, then figures, data and the script that makes them answer.

The policy in its head forbids every request; data stand in an element that runs
nothing and cannot be ended from inside; texts are escaped here and set as text there.
"""

from __future__ import annotations

import base64
import gzip
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kg.errors import UsageError
from kg.pictures.axis import Axis, is_bound, span, zone_named
from kg.pictures.basemap import base_map
from kg.pictures.events import EVENT, events_of
from kg.pictures.explorer.backbone import backbone, frame
from kg.pictures.explorer.country import country
from kg.pictures.explorer.entries import entries_of
from kg.pictures.explorer.listing import listing
from kg.pictures.explorer.payload import payload
from kg.pictures.explorer.story import KEYS
from kg.pictures.lanes import claim_lanes
from kg.pictures.map_figure import map_figure
from kg.pictures.network_figure import network_figure
from kg.pictures.policy import json_for_script, page
from kg.pictures.text import clean
from kg.pictures.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kg.pictures.events import Event
    from kg.pictures.explorer.entries import Entry
    from kg.view import View

MOST = 100_000
"""Subjects beyond which the page is refused: no browser shows them well."""
_PLAIN = 200_000
"""Bytes up to which data stand as plain JSON, which one can search and compare."""
_LANES = 40
_FINE = 100
_WORDS = 4000


def explorer(view: View, *, zone: str = "UTC", story: Sequence[dict[str, str]] = ()) -> str:
    """Return the page. The same view gives the same text.

    Times are written local to ``zone`` (an IANA name) until the reader chooses
    another. ``story`` is a list of saved states: ``title``, ``text`` and ``state``,
    which is the part of an address behind ``#`` that the page gives. Raises
    UsageError for an unknown zone and for more subjects than a browser takes.
    """
    entries = entries_of(view)
    if len(entries) > MOST:
        raise UsageError(
            f"{len(entries)} subjects are more than a page can show", mend="draw a slice: --during, --according-to"
        )
    axis = Axis(*span(view), 0.0, 1000.0, zone_named(zone))
    events = events_of(view)
    bones, land = backbone(view), country(view, events)
    data = payload(view, entries, bones.nodes, land, zone)
    data["frame"] = frame(bones.nodes, view)
    data["ties"] = bones.ties
    data["undrawn"] = bones.undrawn
    data["land"] = land.frame
    data["span"] = [int(bound.timestamp()) for bound in _drawn(view, axis)]
    data["story"] = [{key: clean(step.get(key, ""))[:_WORDS] for key in KEYS} for step in story]
    return _rendered(view, entries, events, axis, data)


def _drawn(view: View, axis: Axis) -> tuple[datetime, datetime]:
    """Return the span that the timeline starts with: all that is near, or of much the middle nine tenths."""
    if len(view.claims) <= _LANES:
        return axis.begin, axis.end
    times = (*view.held_times, *(claim.said for claim in view.claims))
    bounds = sorted(bound for time in times for bound in time.bounds if is_bound(bound))
    if not bounds:
        return axis.begin, axis.end
    return bounds[len(bounds) // 20], bounds[-1 - len(bounds) // 100] + timedelta(days=1)


def _rendered(
    view: View, entries: tuple[Entry, ...], events: tuple[Event, ...], axis: Axis, data: dict[str, Any]
) -> str:
    css, script = _asset("explorer.css"), _asset("dist/explorer.js")
    kind, text = _embedded(data)
    return page(
        _asset("explorer.html"),
        css=css,
        scripts=[script],
        title=clean(view.title) or "conflict-kg",
        counts=_counts(view, entries),
        zone=axis.zone.key,
        list=Markup("".join(listing(view, entries, axis))),  # noqa: S704 - escaped there
        figures=[Markup(figure) for figure in _figures(view, events, axis.zone.key)],  # noqa: S704 - our own drawings
        land=" ".join(f"{number:g}" for number in data["land"]),
        caption=base_map().caption(),
        kind=kind,
        data=Markup(text),  # noqa: S704 - cannot end its element
    )


def _figures(view: View, events: tuple[Event, ...], zone: str) -> list[str]:
    """Return the static figures: lanes where they fit, else the timeline, with network and map."""
    lanes = len(view.claims) <= _LANES
    figures = [
        claim_lanes(view, zone=zone) if lanes else timeline(view, zone=zone, events=events),
        network_figure(view, zone=zone, fine=len(view.facts) <= _FINE),
        map_figure(view, zone=zone, events=events),
    ]
    # Each figure is a document of its own: what they name must differ in one page.
    return [_renamed(figure, number) for number, figure in enumerate(figures)]


def _renamed(figure: str, number: int) -> str:
    for name in ("figure-title", "figure-desc", "hatch"):
        for mark in ('id="{}"', "url(#{})"):
            figure = figure.replace(mark.format(name), mark.format(f"{name}-{number}"))
    return figure.replace('"figure-title figure-desc"', f'"figure-title-{number} figure-desc-{number}"')


def _counts(view: View, entries: Sequence[Entry]) -> str:
    speakers = len({claim.speaker for claim in view.claims})
    disputed = len([statement for statement in view.disputed if statement in view.claims_on])
    events = sum(entry.kind == EVENT for entry in entries)
    return (
        f"{len(view.claims):,} claims by {speakers:,} speakers about {events:,} events and "
        f"{len(entries) - events:,} other subjects; {disputed:,} statements are disputed. None is taken for the truth."
    )


def _embedded(data: dict[str, Any]) -> tuple[str, str]:
    """Return the type of the data element and its text: JSON, or beyond some size JSON in gzip in base64."""
    text = json_for_script(data)
    if len(text) <= _PLAIN:
        return "application/json", text
    packed = gzip.compress(text.encode(), 8, mtime=0)
    return "application/octet-stream", base64.b64encode(packed).decode()


def _asset(name: str) -> str:
    path = files("kg.pictures.explorer") / "web" / name
    if not path.is_file():
        raise UsageError("the script of the explorer was not built", mend="pip install the package, or run make")
    return path.read_text(encoding="utf-8")
