"""Where the nodes of a drawn network stand, so that every name can be read.

No chance is in it, and no clock: the same names and links give the same places.
Lengths are pixels at scale 1; x grows to the right, y downwards, as on a screen.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.layout.boxes import label_box
from kg.layout.component import Component, components
from kg.layout.pack import packed
from kg.layout.refine import refined
from kg.layout.stress import spread

__all__ = ["TALL", "WIDE", "Frame", "arranged"]


class Frame(NamedTuple):
    """What a drawing is to fill: its width by its height, and the longest line of a name in pixels."""

    aspect: float
    line: float


WIDE = Frame(1.7, 190.0)
"""As a desktop window leaves it for the drawing."""
TALL = Frame(0.5, 120.0)
"""As a phone that is held upright leaves it, if the page scrolls."""
_STRESS_LIMIT = 150
_REFINE_LIMIT = 6000
"""Links times links and nodes, which the time for small moves grows with: some seconds at this much."""


def arranged(
    labels: list[str], links: list[tuple[int, int, str]], frame: Frame = WIDE, *, fine: bool = True
) -> list[tuple[float, float]]:
    """Return the place of each label's node, in the order of ``labels``.

    ``links`` are pairs of positions in ``labels`` with the name of the link.
    No two boxes of ``label_box`` overlap. Each connected part is laid out by
    itself: by stress (Gansner, Koren and North 2004), then by small moves as
    long as they untangle names and links; the parts are then packed into a
    frame of about that shape. Without ``fine`` the small moves are left out. Parts of more than 150 nodes
    stand in plain rows, for no drawing of so many can be read anyway.
    """
    boxes = [label_box(label, frame.line) for label in labels]
    parts = components(boxes, links)
    return packed(
        len(labels), [(part.nodes, _laid_out(part, frame.aspect, fine=fine)) for part in parts], boxes, frame.aspect
    )


def _laid_out(part: Component, aspect: float, *, fine: bool) -> list[tuple[float, float]]:
    if len(part.boxes) == 1:
        return [(0.0, 0.0)]
    if len(part.boxes) > _STRESS_LIMIT:
        return part.rows(aspect)
    places = spread(part, aspect)
    if fine and part.work <= _REFINE_LIMIT:
        places = refined(part, places, aspect)
    return part.apart(places)
