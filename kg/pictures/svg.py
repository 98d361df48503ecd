"""SVG elements as text, with every value escaped; no drawing decisions here."""

from __future__ import annotations

from kg.pictures.text import escaped

INK = "#1a1a1a"
GREY = "#595959"
RULE = "#d9d5cc"
DENIAL = "#b00020"
FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'Noto Sans', 'Noto Sans Armenian', sans-serif"


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """Return one element; ``content`` is markup already, attribute values are escaped.

    Underscores in attribute names stand for hyphens, a trailing one is dropped.
    """
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(words: str, x: float, y: float, size: float = 12, /, **attributes: str | float) -> str:
    """Return one line of text whose baseline starts at x, y."""
    attributes.setdefault("fill", INK)
    return element("text", escaped(words), x=x, y=y, font_size=size, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, /, **attributes: str | float) -> str:
    """Return a straight line, in ink if no stroke is given."""
    attributes.setdefault("stroke", INK)
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def _value(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else f"{round(value, 1):g}"
