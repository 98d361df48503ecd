"""The days and hours behind a figure: local time above, UTC below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.pictures.svg import GREY, RULE, element, line, text
from kg.pictures.text import shortened, width

if TYPE_CHECKING:
    from kg.pictures.axis import Axis


def words(axis: Axis) -> str:
    """Return what stands on the axis, in a sentence."""
    utc = ", below it UTC" if any(utc for _, _, utc in axis.ticks()) else ""
    return f"On the axis: local time in {axis.zone.key}{utc}."


def grid(axis: Axis, top: float, bottom: float, most: float) -> str:
    """Return the days, the lines from top to bottom, and their names over them; none goes beyond x ``most``."""
    return _days(axis, top, bottom) + _ticks(axis, top, bottom, most)


def _days(axis: Axis, top: float, bottom: float) -> str:
    parts = []
    for number, (begin, end, name) in enumerate(axis.days()):
        x, room = axis.x(begin), axis.x(end) - axis.x(begin)
        if number % 2 == 0:
            parts.append(element("rect", x=x, y=top - 50, width=room, height=bottom - top + 50, fill="#f7f4ec"))
        shown = name if width(name, 13.5) < room - 8 else " ".join(name.split()[1:3])
        if width(shown, 13.5) < room - 8:
            parts.append(text(shown, x + 6, top - 36, 13.5, font_weight="bold"))
    return "".join(parts)


def _ticks(axis: Axis, top: float, bottom: float, most: float) -> str:
    parts = []
    free = 0.0
    ticks = axis.ticks()
    for moment, local, utc in ticks:
        x = axis.x(moment)
        midnight = axis.is_midnight(moment)
        parts.append(line(x, top - (50 if midnight else 5), x, bottom, stroke="#8f8a7e" if midnight else RULE))
        if free <= x and x + 4 + max(width(local, 11.5), width(utc, 11)) <= most - 4:
            free = x + 2 + max(width(local, 11.5), width(utc, 11))
            parts.append(text(local, x + 4, top - 19, 11.5))
            parts.append(text(utc, x + 4, top - 6, 11, fill=GREY) if utc else "")
    parts.append(text(shortened(axis.zone.key, 11.5, 150), axis.left - 8, top - 19, 11.5, text_anchor="end"))
    if any(utc for _, _, utc in ticks):
        parts.append(text("UTC", axis.left - 8, top - 6, 11, fill=GREY, text_anchor="end"))
    return "".join(parts)
