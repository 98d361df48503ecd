"""SVG elements as text, with every value escaped; no drawing decisions here."""

from __future__ import annotations

import html
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.pictures.text import clean, escaped, shortened, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

INK = "#1a1a1a"
GREY = "#595959"
RULE = "#d9d5cc"
DENIAL = "#b00020"
FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'Noto Sans', 'Noto Sans Armenian', sans-serif"

_SCRIPTS = {
    "Noto Sans Armenian": re.compile("[\u0531-\u058f\ufb13-\ufb17]+"),
    "Noto Sans Georgian": re.compile("[\u10a0-\u10ff]+"),
    "Noto Sans Arabic": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+"),
}
HALO: Mapping[str, str | float] = MappingProxyType(
    {"stroke": "#ffffff", "stroke_width": 3.0, "stroke_opacity": 0.85, "paint_order": "stroke"}
)
"""What makes words legible on a bar or a line."""


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """Return one element; ``content`` is markup already, attribute values are escaped.

    Underscores in attribute names stand for hyphens, a trailing one is dropped.
    """
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(words: str, x: float, y: float, size: float = 12, /, **attributes: str | float) -> str:
    """Return one line of text whose baseline starts at x, y."""
    attributes.setdefault("fill", INK)
    return element("text", _in_scripts(clean(words)), x=x, y=y, font_size=size, **attributes)


def _in_scripts(words: str) -> str:
    """Return the words as markup, other scripts in a face of their own: few faces have them beside Latin."""
    parts = []
    for name, pattern in _SCRIPTS.items():
        words = pattern.sub(lambda found, name=name: f"\0{name}\0{found[0]}\0", words)  # type: ignore[misc]
    pieces = words.split("\0")
    for number, piece in enumerate(pieces):
        if number % 3 == 0:
            parts.append(html.escape(piece, quote=True))
        elif number % 3 == 2:  # noqa: PLR2004 - text, name of the face, words in it, and again
            parts.append(
                element("tspan", html.escape(piece, quote=True), font_family=f"'{pieces[number - 1]}', sans-serif")
            )
    return "".join(parts)


def line(x1: float, y1: float, x2: float, y2: float, /, **attributes: str | float) -> str:
    """Return a straight line, in ink if no stroke is given."""
    attributes.setdefault("stroke", INK)
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def dispute(x: float, y: float) -> str:
    """Return the mark of what is disputed, a diamond in the middle of x, y: drawn, since few fonts have one."""
    return element(
        "path", d=f"M{round(x, 1):g},{round(y - 5.5, 1):g}l4.5,5.5l-4.5,5.5l-4.5,-5.5z", fill=DENIAL, class_="dispute"
    )


def disputed(x: float, y: float, size: float = 12, words: str = "disputed", /, *, end: bool = False) -> str:
    """Return the mark and the word, beginning (or with ``end``, ending) at x, on a baseline at y."""
    room = width(words, size) * 1.08
    left = x - room - 14 if end else x
    mark = dispute(left + 4.5, y - size * 0.36)
    return mark + text(words, x if end else x + 13, y, size, fill=DENIAL, font_weight="bold",
                       text_anchor="end" if end else "start")  # fmt: skip


def document(size: tuple[float, float], heading: str, told: str, parts: Iterable[str]) -> str:
    """Return an SVG 1.1 document of that width and height, with a title and a description for whoever cannot see it.

    ``heading`` and ``told`` are text, ``parts`` markup. The pattern ``#hatch`` is defined in it.
    """
    across, down = size
    named = f'<title id="figure-title">{escaped(shortened(heading, 16, 1600))}</title>'
    described = f'<desc id="figure-desc">{escaped(told)}</desc>'
    body = "".join(
        f"\n{part}" for part in (_hatch(), element("rect", width=across, height=down, fill="#ffffff"), *parts)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across:g} {down:g}" width="{across:g}" '
        f'height="{down:g}" role="img" lang="en" aria-labelledby="figure-title figure-desc" font-family="{FONT}">'
        f"\n{named}\n{described}{body}\n</svg>\n"
    )


def _hatch() -> str:
    stroke = line(0, 0, 0, 6, stroke="#767676", stroke_width=2.4)
    tile: dict[str, str | float] = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    plain = element("rect", width=6, height=6, fill="#ffffff") + stroke
    return element("defs", element("pattern", plain, id="hatch", width=6, height=6, **tile))


def _value(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else f"{round(value, 1):g}"
