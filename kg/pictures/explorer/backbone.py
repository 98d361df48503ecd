"""Where the things of the explorer's network stand: the most linked ones, at fixed places.

Events are nodes as long as everything fits; beyond that they are what links the
things that take part in them. Nothing here moves with time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kg.layout import Frame, arranged
from kg.layout.boxes import label_box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.view import View

FITS = 56
"""So many things can be drawn with their names, events among them."""
_CROWDED = 36
_FINE = 30
_TIES = 80
_FRAME = Frame(1.15, 125.0)
_SIGNS = 30
_LASTING = frozenset({"state", "org", "person", "office", "place", "unit", "treaty"})
Node = tuple[str, float, float]
"""A thing's IRI and its place in pixels; x to the right, y downwards."""


class Backbone(NamedTuple):
    """What is drawn of a network, and how many linked things are not.

    ``ties`` are pairs of numbers of nodes, the strongest first.
    """

    nodes: tuple[Node, ...]
    ties: tuple[tuple[int, int], ...]
    undrawn: int


def backbone(view: View) -> Backbone:
    """Return the things that the strongest ties join, as many as fit, at their places."""
    linked = {end for fact in view.linking_facts for end in (fact.subject, fact.value)}
    linked = {iri for iri in linked if view.kinds.get(iri) != "geometry"}
    fits = len(linked) <= FITS
    ties = _ties(view, linked if fits else {iri for iri in linked if view.kinds.get(iri) in _LASTING})
    strong = [pair for pair, _ in sorted(ties.items(), key=lambda told: (-told[1], told[0]))]
    chosen = sorted(_ends(strong, FITS if fits else _CROWDED))
    number = {iri: n for n, iri in enumerate(chosen)}
    kept = [(number[a], number[b]) for a, b in strong if a in number and b in number]
    kept = kept if fits else kept[:_TIES]
    places = arranged(
        [_name(view, iri) for iri in chosen], [(a, b, "") for a, b in kept], _FRAME, fine=len(chosen) <= _FINE
    )
    nodes = tuple((iri, round(x, 1), round(y, 1)) for iri, (x, y) in zip(chosen, places, strict=True))
    return Backbone(nodes, tuple(kept), len(linked) - len(nodes))


def _ends(ties: Iterable[tuple[str, str]], most: int) -> set[str]:
    """Return the ends of the strongest ties, at most so many."""
    found: set[str] = set()
    for pair in ties:
        if len(found.union(pair)) > most:
            break
        found.update(pair)
    return found


def _ties(view: View, things: set[str]) -> Counter[tuple[str, str]]:
    """Return how often two things are told of together: in a fact, or by the facts of what is no node itself."""
    found: Counter[tuple[str, str]] = Counter()
    told: dict[str, set[str]] = defaultdict(set)
    for fact in view.linking_facts:
        if fact.value not in things:
            continue
        if fact.subject in things:
            if fact.subject != fact.value:
                found[_pair(fact.subject, fact.value)] += 1
        else:
            told[fact.subject].add(fact.value)
    for ends in told.values():
        found.update(combinations(sorted(ends), 2))
    return found


def _name(view: View, iri: str) -> str:
    return view.label(iri)[:_SIGNS]


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def frame(nodes: tuple[Node, ...], view: View) -> tuple[float, float, float, float]:
    """Return left, top, width and height of all nodes with their names."""
    boxes = [label_box(_name(view, iri), _FRAME.line).at(x, y) for iri, x, y in nodes]
    if not boxes:
        return 0.0, 0.0, 100.0, 100.0
    left, top = min(b.left for b in boxes) - 44, min(b.top for b in boxes) - 8
    right, bottom = max(b.right for b in boxes) + 44, max(b.bottom for b in boxes) + 8
    return round(left), round(top), round(right - left), round(bottom - top)
