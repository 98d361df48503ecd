"""The legend of the lane figure: every mark once, with its word."""

from __future__ import annotations

from typing import TypeAlias

from kg.pictures.bars import BAR, stance_mark
from kg.pictures.svg import DENIAL, GREY, INK, dispute, element, line, text
from kg.pictures.text import width

Sample: TypeAlias = "tuple[float, str, str]"
"""How wide a mark is, its markup around the middle of the line, and what it stands for."""
HEIGHT = 90.0
_SAMPLE = "#44546a"
_SIZE = 12.0


def legend(x: float, y: float, zone: str) -> str:
    """Return the legend with its top left at x, y; ``HEIGHT`` pixels high."""
    first = [
        (16.0, stance_mark("asserts", 8, 0, _SAMPLE, exact=True), "said: asserts"),
        (16.0, stance_mark("reports", 8, 0, _SAMPLE, exact=True), "reports"),
        (16.0, stance_mark("callsFor", 8, 0, _SAMPLE, exact=True), "calls for"),
        (16.0, stance_mark("denies", 8, 0, _SAMPLE, exact=True), "denies"),
        (36.0, _unsure(), "said some time in this span"),
        (36.0, _denial(), "from a denial to what it denies"),
        (14.0, dispute(7, 0), "disputed by somebody"),
    ]
    second = [
        *held_samples(),
        (12.0, line(6, -9, 6, 9, stroke=_SAMPLE, stroke_opacity=0.6), "links saying and holding"),
    ]
    note = f"On the axis: local time in {zone}, below it UTC. A bar includes its begin, not its end."
    return (
        line(x, y - 26, x + 1144, y - 26, stroke=INK, stroke_width=1.2)
        + samples(first, x, y)
        + samples(second, x, y + 28)
        + text(note, x, y + 62, 12, fill=GREY)
    )


def held_samples() -> list[Sample]:
    """Return the bars of held times, each with its words."""
    return [
        (36.0, _bar(0, 36, full=True), "held: certain"),
        (36.0, _bar(0, 36), "possible"),
        (36.0, _bar(0, 36, dash="2 2.5"), "at some time in it"),
        (42.0, _open(), "open, or beyond the frame"),
        (36.0, element("rect", y=-BAR / 2, width=36, height=BAR, fill="url(#hatch)", stroke="#767676"), "not stated"),
        (36.0, _denied(), "denied for this time"),
    ]


def samples(entries: list[Sample], x: float, y: float) -> str:
    """Return marks with their words in one line from x, its middle at y."""
    parts = []
    for room, sample, words in entries:
        parts.append(element("g", sample, transform=f"translate({x:g} {y:g})"))
        parts.append(text(words, x + room + 6, y + 4.2, _SIZE))
        x = round(x + room + 6 + width(words, _SIZE) + 20)
    return "".join(parts)


def _bar(left: float, room: float, *, full: bool = False, dash: str = "none") -> str:
    look: dict[str, str | float] = {"fill_opacity": 1 if full else 0.18, "stroke_dasharray": dash}
    return element("rect", x=left, y=-BAR / 2, width=room, height=BAR, fill=_SAMPLE, stroke=_SAMPLE, **look)


def _unsure() -> str:
    bar = element("rect", x=0, y=-2, width=36, height=4, fill=_SAMPLE, fill_opacity=0.35)
    ends = line(0, -4, 0, 4, stroke=_SAMPLE, stroke_width=1.5) + line(36, -4, 36, 4, stroke=_SAMPLE, stroke_width=1.5)
    return bar + ends + stance_mark("asserts", 18, 0, _SAMPLE, exact=False)


def _denial() -> str:
    dashes = line(10, 0, 36, 0, stroke=DENIAL, stroke_width=1.6, stroke_dasharray="5 3")
    return dashes + element("path", d="M0,0l8,-4.5v9z", fill=DENIAL)


def _denied() -> str:
    outline = element("rect", y=-BAR / 2, width=36, height=BAR, fill="#ffffff", stroke=DENIAL, stroke_dasharray="5 3")
    return outline + line(0, 0, 36, 0, stroke=DENIAL, stroke_width=1.4)


def _open() -> str:
    arrow = element(
        "path", d=f"M33,{-BAR / 2 - 2:g}l8,{BAR / 2 + 2:g}l-8,{BAR / 2 + 2:g}z", fill="#ffffff", stroke=_SAMPLE
    )
    return _bar(0, 33) + arrow
