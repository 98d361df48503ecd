"""Text for pictures: made harmless, measured without fonts, wrapped.

It draws nothing. Widths are those of Helvetica and Arial with a margin, so that
a line that fits here fits in what readers have installed.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache

# XML 1.0 section 2.2 allows tab, LF, CR and the rest outside these; C1 controls,
# marks of direction and zero-width joins of lines are dropped because they can
# make a label look like another one.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff]"
)
_BLANKS = re.compile(r"\s+")
_MARGIN = 1.06
_NARROW = 0.30
_NARROW_CHARACTERS = frozenset("iIjlft.,:;'|!()[]/\\ -`\u2018\u2019·r")
_WIDE_CHARACTERS = frozenset("mwMW@%—…→◆")
_WIDE = 0.95
_CAPITAL = 0.72
_USUAL = 0.556
_OTHER = 0.66


def clean(text: str) -> str:
    """Return the text on one line without controls, marks of direction and what XML 1.0 forbids."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # most texts, without a pattern
    return _BLANKS.sub(" ", _UNWANTED.sub("", text)).strip()


def escaped(text: str) -> str:
    """Return cleaned text for XML content and attribute values alike."""
    return html.escape(clean(text), quote=True)


def width(text: str, size: float) -> float:
    """Return the estimated width of a line in pixels at a font size in pixels."""
    return sum(map(_em, text)) * size * _MARGIN


@cache
def _em(character: str) -> float:
    if character in _NARROW_CHARACTERS:
        return _NARROW
    if character in _WIDE_CHARACTERS or unicodedata.east_asian_width(character) in "WF":
        return _WIDE if character in _WIDE_CHARACTERS else 1.05
    if character.isascii():
        return _CAPITAL if character.isupper() else _USUAL
    return 0 if unicodedata.combining(character) else _OTHER


def shortened(text: str, size: float, room: float) -> str:
    """Return the cleaned text, cut with an ellipsis if it is wider than the room in pixels."""
    text = clean(text)
    if width(text[:1000], size) <= room and len(text) <= 1000:  # noqa: PLR2004 - longer never fits a picture
        return text
    used = width("…", size)
    kept = []
    for character in text:
        used += width(character, size)
        if used > room:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def wrapped(text: str, size: float, room: float, *, most: int) -> list[str]:
    """Return the cleaned text as lines no wider than the room, at most so many.

    Words too long for a line are cut; what is left out shows as an ellipsis.
    """
    lines: list[str] = []
    current = ""
    for word in _pieces(clean(text)[: most * 400], size, room):
        longer = f"{current} {word}" if current else word
        if width(longer, size) <= room:
            current = longer
        else:
            lines.append(current)
            current = word
    if current:
        lines.append(current)
    if len(lines) > most or len(clean(text)) > most * 400:
        lines = [*lines[: most - 1], shortened(lines[most - 1] + " " + "x" * 400, size, room)[:-1].rstrip("x ") + "…"]
    return lines


def _pieces(text: str, size: float, room: float) -> list[str]:
    """Return the words of a text, those wider than the room cut into parts that fit."""
    pieces = []
    for word in text.split(" "):
        part = ""
        for character in word:
            if width(part + character, size) > room:
                pieces.append(part)
                part = ""
            part += character
        pieces.append(part)
    return pieces
