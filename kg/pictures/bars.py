"""The marks of the lane figure: held bars with core and tails, said marks of each stance.

Meaning never rests on colour alone: each stance has a shape, an uncertain part
is paler and outlined, an open end is an arrow, an end not stated is hatched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.pictures.axis import is_bound
from kg.pictures.svg import DENIAL, INK, element, line
from kg.when.model import EndKind, Mode

if TYPE_CHECKING:
    from kg.pictures.axis import Axis
    from kg.when.model import Interval

BAR = 11.0
_ARROW = 8.0
_R = 5.0
_PATHS = {
    "asserts": "M{l},{y}a{r},{r} 0 1,0 {d},0a{r},{r} 0 1,0 -{d},0z",
    "reports": "M{l},{t}h{d}v{d}h-{d}z",
    "callsFor": "M{l},{b}h{d}l-{r},-{d}z",
    "promises": "M{l},{t}l{d},{r}l-{d},{r}z",
    "denies": "M{x},{tt}l{rr},{rr}l-{rr},{rr}l-{rr},-{rr}z",
    "doubts": "M{x},{tt}l{rr},{rr}l-{rr},{rr}l-{rr},-{rr}z",
    "withdraws": "M{l},{t}l{d},{d}m0,-{d}l-{d},{d}",
}


def stance_mark(stance: str, x: float, y: float, colour: str, *, exact: bool) -> str:
    """Return the mark of a stance around x, y: full if its time is exact, hollow if not."""
    shape = _PATHS.get(stance, _PATHS["asserts"])
    place = {"x": x, "y": y, "l": x - _R, "t": y - _R, "b": y + _R, "r": _R, "d": 2 * _R, "tt": y - 6.5, "rr": 6.5}
    path = shape.format(**{key: f"{round(value, 1):g}" for key, value in place.items()})
    fill = colour if exact and stance != "doubts" else "#ffffff"
    return element("path", d=path, fill=fill, stroke=colour, stroke_width=2, stroke_linejoin="round")


def said_mark(said: Interval, stance: str, y: float, colour: str, axis: Axis) -> tuple[str, float]:
    """Return the mark of when it was said and its x; an uncertain time is a thin bar around a hollow mark."""
    left, right = axis.x(said.begin_earliest), axis.x(said.end_latest)
    exact = right - left <= 2 * _R
    x = round((left + right) / 2, 1)
    bar = ""
    if not exact:
        bar = element("rect", x=left, y=y - 2, width=right - left, height=4, fill=colour, fill_opacity=0.35)
        bar += "".join(line(end, y - 4, end, y + 4, stroke=colour, stroke_width=1.5) for end in (left, right))
    beyond = _beyond(said, y, colour, axis)
    return bar + stance_mark(stance, x, y, colour, exact=exact) + beyond, x


def _beyond(said: Interval, y: float, colour: str, axis: Axis) -> str:
    """Return an arrow beside the mark of what was said wholly before or after the frame."""
    if axis.before(said.end_latest):
        return element("path", d=f"M{axis.left - 8:g},{y - 4:g}l-6,4l6,4z", fill=colour)
    return (
        element("path", d=f"M{axis.right + 8:g},{y - 4:g}l6,4l-6,4z", fill=colour)
        if axis.after(said.begin_earliest)
        else ""
    )


def held_bar(held: Interval, y: float, colour: str, axis: Axis, *, denied: bool = False) -> tuple[str, float]:
    """Return the bar of when it is to have held, top at y, and the x where its words may start.

    What is denied is an empty dashed bar, struck through, never a full one.
    """
    if denied:
        left, right = axis.x(held.begin_earliest), max(axis.x(held.end_latest), axis.x(held.begin_earliest) + 2)
        return _struck(left, right, y) + "".join(_edges(held, y, DENIAL, axis, full=False)), left
    if not is_bound(held.begin_latest) and not is_bound(held.end_earliest):
        return _hatched(axis.left, axis.right, y), axis.left
    left, right = axis.x(held.begin_earliest), max(axis.x(held.end_latest), axis.x(held.begin_earliest) + 2)
    parts = [_tail(left, right, y, colour, dotted=held.mode is Mode.WITHIN)]
    core_left, core_right = axis.x(held.begin_latest), axis.x(held.end_earliest)
    if held.mode is not Mode.WITHIN and held.begin_latest < held.end_earliest:
        parts.append(_core(core_left, max(core_right, core_left + 2), y, colour))
    if held.end_kind is EndKind.UNKNOWN and not is_bound(held.end_latest):
        parts.append(_hatched(max(core_left, core_right), right, y))
    if held.begin_kind is EndKind.UNKNOWN and not is_bound(held.begin_earliest):
        parts.append(_hatched(left, core_left, y))
    parts += _edges(held, y, colour, axis)
    return "".join(parts), left


def _tail(left: float, right: float, y: float, colour: str, *, dotted: bool) -> str:
    dash: dict[str, str | float] = {"stroke_dasharray": "2 2.5"} if dotted else {}
    return element(
        "rect", x=left, y=y, width=right - left, height=BAR, fill=colour, fill_opacity=0.18, stroke=colour, **dash
    )


def _struck(left: float, right: float, y: float) -> str:
    outline = element(
        "rect", x=left, y=y, width=right - left, height=BAR, fill="#ffffff", stroke=DENIAL, stroke_dasharray="5 3"
    )
    return outline + line(left, y + BAR / 2, right, y + BAR / 2, stroke=DENIAL, stroke_width=1.4)


def _core(left: float, right: float, y: float, colour: str) -> str:
    return element("rect", x=left, y=y, width=right - left, height=BAR, fill=colour, class_="core")


def _hatched(left: float, right: float, y: float) -> str:
    return element("rect", x=left, y=y, width=max(right - left, 2), height=BAR, fill="url(#hatch)", stroke="#767676")


def _edges(held: Interval, y: float, colour: str, axis: Axis, *, full: bool = True) -> list[str]:
    """Return an arrow at each edge of the frame that the bar runs over."""
    full = full and held.mode is not Mode.WITHIN and held.begin_latest < held.end_earliest
    arrows = []
    if axis.before(held.begin_earliest):
        arrows.append(
            _arrow(axis.left, y, -1, colour if full and axis.before(held.begin_latest) else "#ffffff", colour)
        )
    if axis.after(held.end_latest):
        arrows.append(_arrow(axis.right, y, 1, colour if full and axis.after(held.end_earliest) else "#ffffff", colour))
    return arrows


def _arrow(x: float, y: float, way: int, fill: str, colour: str) -> str:
    path = f"M{x:g},{y - 2:g}l{way * _ARROW:g},{BAR / 2 + 2:g}l{-way * _ARROW:g},{BAR / 2 + 2:g}z"
    return element("path", d=path, fill=fill, stroke=colour, stroke_width=1.2, stroke_linejoin="round")


def moment_drop(x: float, top: float, bottom: float, colour: str = INK) -> str:
    """Return the fine line from when it was said down to what it was said of."""
    return line(x, top, x, bottom, stroke=colour, stroke_opacity=0.45, stroke_width=1)
