"""Colour and shape of each kind of node, the same in every picture.

Colours are at least 3:1 on white and on the dark page; meaning never rests on
them alone, since each kind has a shape and every node its kind in words.
"""

from __future__ import annotations

_KINDS = {
    "state": ("#2f7ebc", "square"),
    "org": ("#8e63b8", "triangle"),
    "speaker": ("#8e63b8", "triangle"),
    "person": ("#8e63b8", "triangleDown"),
    "office": ("#8e63b8", "triangleDown"),
    "place": ("#2f8f5b", "dot"),
    "event": ("#c05a11", "diamond"),
    "treaty": ("#a07800", "star"),
    "provision": ("#a07800", "star"),
}
_OTHER = ("#767676", "hexagon")


def colour(kind: str) -> str:
    """Return the colour of a kind as ``#rrggbb``."""
    return _KINDS.get(kind, _OTHER)[0]


def shape(kind: str) -> str:
    """Return the vis-network shape of a kind."""
    return _KINDS.get(kind, _OTHER)[1]


def rgb(kind: str) -> tuple[int, int, int]:
    """Return the colour of a kind as three numbers from 0 to 255."""
    code = colour(kind)
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)
