"""The network figure: things, and what claims link them by, for print.

It takes a view and gives one SVG document. Where a view has more things than can
be read, those that most claims tell of are drawn and the rest is counted.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from kg.layout import Frame
from kg.layout.boxes import label_box
from kg.network import kinds_of, layout, to_networkx
from kg.pictures import svg
from kg.pictures.icons import icon
from kg.pictures.legend import samples
from kg.pictures.links import Link, Names, curve, line_of, link_of, pairs_of
from kg.pictures.svg import GREY, INK, element, line, text
from kg.pictures.text import clean, escaped, shortened, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from kg.layout.boxes import Box
    from kg.pictures.legend import Sample
    from kg.view import Fact, View

    Pairs = dict[tuple[str, str], list[Fact]]

THINGS = 70
LINES = 110
"""With more things or lines than these, a figure draws its core."""
_CORE_THINGS = 30
_CORE_LINES = 44
_FEW = 12
_PAGE = Frame(1.25, 150.0)
_EDGE = 28.0
_TOP = 100.0
_LEAST = 1200.0
_LABEL = 13.5
_NOTE = 12.0
_KINDS = (("state", "state"), ("org", "organisation"), ("person", "person, office"), ("place", "place"),
          ("event", "event"), ("treaty", "treaty"), ("other", "anything else"))  # fmt: skip


def network_figure(view: View, *, zone: str = "UTC", title: str = "", fine: bool = True) -> str:
    """Return the figure as an SVG 1.1 document, 1200 px wide or more.

    All facts between the same two things are one line, named by their predicates
    and how often; disputed, denied and only called-for ones differ by dash, mark
    and word. Of a view with more than 70 things or 110 lines the core is drawn.
    ``zone`` changes nothing: it has no times. Without ``fine`` more lines may
    cross, in a fraction of the time.
    """
    del zone
    whole = pairs_of(view)
    links = [link_of(view, ends, whole) for ends in _kept(view, whole)]
    graph = to_networkx(view, between={(link.source, link.target) for link in links})
    places, boxes = _placed(graph, fine=fine)
    right = max((box.right for box in boxes.values()), default=0) + _EDGE
    wide, bottom = max(_LEAST, right), max((box.bottom for box in boxes.values()), default=_TOP) + 40
    names = Names(list(boxes.values()), wide)
    drawn = [_link(link, places, names) for link in links]
    heading, told = clean(title or view.title) or "Network", _summary(view, whole, links)
    foot, height = _foot(_notes(view, whole, links, names.listed), bottom + 26, wide)
    parts = [
        text(shortened(heading, 25, wide - 2 * _EDGE), _EDGE, 44, 25, font_weight="bold"),
        text(told, _EDGE, 68, 14.5, fill=GREY),
        *(lines for lines, _ in drawn),
        *(_node(graph, node, places[node]) for node in sorted(graph)),
        *(named for _, named in drawn),
        *foot,
    ]  # fmt: skip
    return svg.document((wide, round(height)), heading, told, parts)


def _kept(view: View, pairs: Pairs) -> list[tuple[str, str]]:
    """Return the lines to draw: all, or if that is too much those with most facts, between few enough things."""
    if len(_ends(pairs)) <= THINGS and len(pairs) <= LINES:
        return sorted(pairs)
    kept: list[tuple[str, str]] = []
    among: set[str] = set()
    contested = _contested(view)
    for ends in sorted(pairs, key=lambda ends: (-len(pairs[ends]), -contested[ends], ends)):
        if len(among.union(ends)) <= _CORE_THINGS and len(kept) < _CORE_LINES:
            kept.append(ends)
            among.update(ends)
    return sorted(kept)


def _contested(view: View) -> Counter[tuple[str, str]]:
    """Return how many facts between two things are disputed."""
    facts = chain.from_iterable(view.facts_of.get(statement, ()) for statement in view.disputed)
    return Counter((fact.subject, fact.value) for fact in facts if view.is_link(fact))


def _placed(graph: nx.MultiDiGraph[str], *, fine: bool) -> tuple[dict[str, tuple[float, float]], dict[str, Box]]:
    """Return where the things stand on the figure, and the room that each with its name takes."""
    raw = layout(graph, _PAGE, fine=fine)
    boxes = {node: label_box(str(graph.nodes[node]["label"]), _PAGE.line).at(*raw[node]) for node in raw}
    left = min((box.left for box in boxes.values()), default=0.0) - _EDGE
    top = min((box.top for box in boxes.values()), default=0.0) - _TOP
    spare = max(0.0, _LEAST - (max((box.right for box in boxes.values()), default=0.0) - left + _EDGE)) / 2
    moved = {node: (round(x - left + spare, 1), round(y - top, 1)) for node, (x, y) in raw.items()}
    return moved, {node: box.at(spare - left, -top) for node, box in boxes.items()}


def _link(link: Link, places: dict[str, tuple[float, float]], names: Names) -> tuple[str, str]:
    bow = curve(link, places)
    return line_of(link, bow), names.put(link, bow)


def _node(graph: nx.MultiDiGraph[str], node: str, place: tuple[float, float]) -> str:
    data, (x, y) = graph.nodes[node], place
    parts = [
        element("title", escaped(f"{shortened(data['label'], 16, 4000)} ({data['kind']})")),
        icon(data["kind"], x, y),
    ]
    if data["disputed"]:
        parts.append(svg.dispute(x + 14, y - 9))
    for number, words in enumerate(wrapped(data["label"], _LABEL, _PAGE.line, most=3) or ["(no name)"]):
        room = width(words, _LABEL)
        look: dict[str, str | float] = {"fill": "#ffffff", "fill_opacity": 0.82}
        parts.append(element("rect", x=x - room / 2, y=y + 14 + 16 * number, width=room, height=16, **look))
        parts.append(text(words, x, y + 26 + 16 * number, _LABEL, text_anchor="middle"))
    return element("g", "".join(parts), class_="thing", data_thing=node)


def _summary(view: View, whole: Pairs, links: list[Link]) -> str:
    facts, every = sum(link.facts for link in links), sum(map(len, whole.values()))
    disputed, things = sum(link.disputed for link in links), _ends((link.source, link.target) for link in links)
    of = f" of {every:,}" if facts < every else ""
    told = f"{len(things):,} things, {facts:,}{of} links as {len(links):,} lines, {disputed:,} disputed"
    return f"{told}; {len(view.claims):,} claims. None is taken for the truth."


def _foot(notes: list[str], y: float, wide: float) -> tuple[list[str], float]:
    """Return legend and notes from y on, and the y where they end."""
    kinds = [(22.0, icon(kind, 10, 0, 8), words) for kind, words in _KINDS]
    parts = [
        line(_EDGE, y - 26, wide - _EDGE, y - 26, stroke=INK, stroke_width=1.2),
        samples(kinds, _EDGE, y),
        samples(_styles(), _EDGE, y + 28),
    ]
    y += 42
    for note in notes:
        for words in wrapped(note, _NOTE, wide - 2 * _EDGE, most=40):
            y += 18
            parts.append(text(words, _EDGE, y, _NOTE, fill=GREY))
    return parts, y + 26


def _styles() -> list[Sample]:
    looks = (
        (Link("", "", (), 0, "", bent=False), "told; the thicker, the more facts"),
        (Link("", "", (), 1, "", bent=False), "disputed: some deny it"),
        (Link("", "", (), 0, "denies", bent=False), "only denied"),
        (Link("", "", (), 0, "callsFor", bent=False), "only called for or promised"),
    )
    found: list[Sample] = [(44.0, line_of(link, ((0, 0), (20, 0), (42, 0))), words) for link, words in looks]
    return [*found, (12.0, svg.dispute(6, 0), "somebody denies something of it")]


def _ends(pairs: Iterable[tuple[str, str]]) -> set[str]:
    return {end for ends in pairs for end in ends}


def _notes(view: View, whole: Pairs, links: list[Link], listed: list[str]) -> list[str]:
    notes = ["An arrow goes from what a fact is about to its value. Links of all times in this view are drawn."]
    if listed:
        told = "; ".join(f"{number}: {words}" for number, words in enumerate(listed, 1))
        notes.append(f"Links named here for want of room: {told}.")
    values = len(view.facts) - len(view.linking_facts)
    notes.append(f"Facts that describe one thing and link none, not drawn: {values:,} of {len(view.facts):,}.")
    speakers = {claim.speaker for claim in view.claims}
    silent = [clean(view.label(iri)) for iri in sorted(speakers - _ends(whole))]
    if silent:
        named = f" ({'; '.join(silent)})" if len(silent) <= _FEW else ""
        notes.append(f"Speakers that nothing is told of: {len(silent):,}{named}.")
    return notes + _left_out(view, whole, links, speakers - _ends(whole))


def _left_out(view: View, whole: Pairs, links: list[Link], silent: set[str]) -> list[str]:
    """Return what the core leaves out, counted; nothing if all is drawn."""
    drawn = _ends((link.source, link.target) for link in links)
    nodes = [kind for iri, kind in kinds_of(view).items() if iri not in drawn and iri not in silent]
    if not nodes:
        return []
    kinds = Counter(map(clean, nodes))
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))
    facts = sum(map(len, whole.values())) - sum(link.facts for link in links)
    disputed = _contested(view).total() - sum(link.disputed for link in links)
    told = f"{len(nodes):,} things ({told}) and {facts:,} links, {disputed:,} of them disputed"
    return [f"Not drawn, as fewer facts tell of them: {told}. A slice, a question or one thing shows them."]
