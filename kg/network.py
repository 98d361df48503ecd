"""A view as a directed networkx multigraph, and where its nodes stand.

It reads no store and draws nothing; colours and shapes are the pictures' own.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.when.model import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.view import Fact, Said, View
    from kg.when.model import Interval

SATELLITES = frozenset({"event"})
"""Kinds that stand around what they are about instead of holding the network up."""
_SPRING_LIMIT = 150
_SPRING_TURNS = 120
_STEP = 240.0
_LABEL_EM = 9.0
_LABEL_HEIGHT = 84.0
_MOST_LABEL = 22
_ROUNDS = 300


def to_networkx(view: View) -> nx.MultiDiGraph[str]:
    """Return the network of a view: things and speakers as nodes, facts between things as edges.

    Node keys are IRIs, edge keys ``statement predicate value``, so parallel edges
    stay. Every edge has ``predicate``, ``statement``, ``label``, ``claims``,
    ``speakers``, ``stances`` (tuples of strings, one item for each claim on it),
    ``disputed`` and its bounds as xsd:dateTime in UTC: ``possible_begin``,
    ``certain_begin``, ``certain_end``, ``possible_end``; begins are included, ends
    are not, and nothing is certain where the certain end is not after the begin.
    Nodes have ``label``, ``kind``, ``speaker``, ``disputed``, ``claims`` and the
    plain values told of them as ``literals``: pairs of predicate and text. An
    entry of a code list is such a value too: a node ``artillery`` that every
    strike hangs on would link what has nothing to do with each other.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=view.title)
    kinds = {claim.speaker: "speaker" for claim in view.claims} | {thing.iri: thing.kind for thing in view.things}
    ends = {fact.subject for fact in view.facts} | {fact.value for fact in view.facts if view.is_link(fact)}
    speakers = {claim.speaker for claim in view.claims}
    for iri in sorted(ends | speakers | (set(kinds) - view.concepts)):
        graph.add_node(iri, **_node(view, iri, kinds.get(iri, "thing"), is_speaker=iri in speakers))
    for fact in view.facts:
        if view.is_link(fact):
            graph.add_edge(fact.subject, fact.value, key=fact.key, **_edge(view, fact))
    return graph


def nodes_of(graph: nx.MultiDiGraph[str]) -> list[tuple[str, dict[str, Any]]]:
    """Return the nodes with their attributes, by IRI."""
    return [(node, graph.nodes[node]) for node in sorted(graph)]


def edges_of(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Return subject, value, key and attributes of every edge, in that order."""
    found: list[tuple[str, str, str, dict[str, Any]]] = []
    for subject, values in graph.adjacency():
        for value, keys in values.items():
            found += [(subject, value, str(key), dict(data)) for key, data in keys.items()]
    return sorted(found, key=lambda edge: edge[:3])


def _node(view: View, iri: str, kind: str, *, is_speaker: bool) -> dict[str, Any]:
    facts = view.facts_about.get(iri, ())
    literals = sorted({(fact.predicate, view.value_words(fact)) for fact in facts if not view.is_link(fact)})
    claims = {claim.claim for fact in facts for claim in view.claims_on.get(fact.statement, ())}
    return {
        "label": view.label(iri),
        "kind": kind,
        "speaker": is_speaker,
        "disputed": any(fact.statement in view.disputed for fact in facts),
        "claims": tuple(sorted(claims)),
        "literals": tuple(literals),
    }


def _edge(view: View, fact: Fact) -> dict[str, Any]:
    claims: tuple[Said, ...] = view.claims_on.get(fact.statement, ())
    return {
        "predicate": fact.predicate,
        "label": fact.predicate,
        "statement": fact.statement,
        "claims": tuple(claim.claim for claim in claims),
        "speakers": tuple(claim.speaker for claim in claims),
        "stances": tuple(claim.stance for claim in claims),
        "disputed": fact.statement in view.disputed,
        **bounds(fact.held),
    }


def bounds(interval: Interval) -> dict[str, str]:
    """Return the four bounds and the mode of an interval by the names that edges use."""
    begin_earliest, begin_latest, end_earliest, end_latest = (written(bound) for bound in interval.bounds)
    return {
        "possible_begin": begin_earliest,
        "certain_begin": begin_latest,
        "certain_end": end_earliest,
        "possible_end": end_latest,
        "mode": interval.mode.value,
    }


def layout(graph: nx.MultiDiGraph[str]) -> dict[str, tuple[float, float]]:
    """Return where each node stands, in pixels around 0, 0; the same graph, the same places.

    What lasts (states, places, organisations) is laid out first, linked where an
    event brings two of them together; events then stand between what they are
    about, apart from each other; nodes without an edge stand in rows below.
    """
    lone = sorted(node for node in graph if graph.degree(node) == 0)
    backbone = sorted(n for n in graph if graph.degree(n) and graph.nodes[n].get("kind") not in SATELLITES)
    placed = _backbone(graph, backbone)
    for node in sorted(n for n in graph if n not in placed and graph.degree(n)):
        placed[node] = _between(graph, node, placed, backbone)
    placed = _apart(graph, _relaxed(graph, placed))
    placed.update(_rows(graph, lone, placed))
    # No two at quite the same height: vis-network loses the name of a level link that runs from right to left.
    level = {node: 0.7 * (number % 9) for number, node in enumerate(sorted(placed))}
    return {node: (round(x, 1), round(y + level[node], 1)) for node, (x, y) in sorted(placed.items())}


def _backbone(graph: nx.MultiDiGraph[str], nodes: list[str]) -> dict[str, tuple[float, float]]:
    weights: Counter[tuple[str, str]] = Counter()
    for node in graph:
        around = sorted({*graph.predecessors(node), *graph.successors(node)} & set(nodes))
        hubs = [node] if node in nodes else around
        weights.update((a, b) for a in hubs for b in around if a < b)
    start = {node: _on_circle(number, len(nodes)) for number, node in enumerate(nodes)}
    if len(nodes) > _SPRING_LIMIT or len(nodes) < 3:  # noqa: PLR2004 - two need no spring
        return {node: (x * _STEP * len(nodes) / 6, y * _STEP * len(nodes) / 6) for node, (x, y) in start.items()}
    found = _spring(nodes, weights, start)
    size = _STEP * math.sqrt(len(nodes)) * 0.55
    return {node: (found[node][0] * size * 1.3, found[node][1] * size * 0.8) for node in nodes}


def _spring(
    nodes: list[str], weights: Mapping[tuple[str, str], int], start: dict[str, tuple[float, float]]
) -> dict[str, list[float]]:
    """Return places after Fruchterman and Reingold (1991), within the unit circle or so, without chance.

    Own and in plain Python: the one of networkx needs numpy, which nothing else here does.
    """
    places = {node: [*start[node]] for node in nodes}
    ideal = 1.9 / math.sqrt(len(nodes))
    for turn in range(_SPRING_TURNS):
        push = {node: [-0.4 * places[node][0], -0.4 * places[node][1]] for node in nodes}  # towards the middle
        for number, one in enumerate(nodes):
            for other in nodes[number + 1 :]:
                _force(places, push, (one, other), ideal, weights.get((one, other), 0))
        heat = 0.1 * (1 - turn / _SPRING_TURNS)
        for node in nodes:
            length = math.hypot(*push[node]) or 1.0
            for axis in (0, 1):
                places[node][axis] += push[node][axis] / length * min(length, heat)
    return places


def _force(
    places: dict[str, list[float]], push: dict[str, list[float]], pair: tuple[str, str], ideal: float, weight: int
) -> None:
    one, other = pair
    across, down = places[other][0] - places[one][0], places[other][1] - places[one][1]
    length = max(math.hypot(across, down), 0.01)
    pull = (min(weight, 3) * length * length / ideal - ideal * ideal / length) / length
    for axis, way in enumerate((across, down)):
        push[one][axis] += way * pull
        push[other][axis] -= way * pull


def _relaxed(graph: nx.MultiDiGraph[str], placed: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the places after all nodes, events too, have eased each other, if they are few."""
    names = sorted(placed)
    if len(names) > _SPRING_LIMIT or len(names) < 3:  # noqa: PLR2004 - two need no spring
        return placed
    size = _STEP * math.sqrt(len(names)) * 0.62
    weights = {_pair(subject, value): 1 for subject, value, _, _ in edges_of(graph) if subject != value}
    start = {node: (placed[node][0] / size, placed[node][1] / size) for node in names}
    return _fitted(_spring(names, weights, start))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _fitted(places: dict[str, list[float]]) -> dict[str, tuple[float, float]]:
    """Return the places stretched to a wide frame whose size grows with their number."""
    width = _STEP * 1.2 * math.sqrt(len(places))
    reach = []
    for axis, room in ((0, width), (1, width * 0.58)):
        values = [place[axis] for place in places.values()]
        reach.append((min(values), room / max(max(values) - min(values), 0.01)))
    (left, across), (top, down) = reach
    return {node: ((x - left) * across, (y - top) * down) for node, (x, y) in places.items()}


def _on_circle(number: int, count: int) -> tuple[float, float]:
    turn = 2 * math.pi * number / max(1, count)
    return math.cos(turn), math.sin(turn)


def _between(
    graph: nx.MultiDiGraph[str], node: str, placed: dict[str, tuple[float, float]], backbone: Iterable[str]
) -> tuple[float, float]:
    """Return the middle of a node's neighbours, pushed aside by its own name."""
    lasting = set(backbone)
    around = sorted(n for n in {*graph.predecessors(node), *graph.successors(node)} if n in lasting)
    turn = int(hashlib.sha256(node.encode("utf-8", "replace")).hexdigest()[:8], 16) / 2**32 * 2 * math.pi
    middle = [sum(placed[n][axis] for n in around) / max(1, len(around)) for axis in (0, 1)]
    reach = _STEP * (0.35 if len(around) > 1 else 0.8)
    return middle[0] + reach * math.cos(turn), middle[1] + reach * math.sin(turn)


def _half_width(graph: nx.MultiDiGraph[str], node: str) -> float:
    return _LABEL_EM / 2 * min(_MOST_LABEL, len(str(graph.nodes[node].get("label", node)))) + 22


def _apart(graph: nx.MultiDiGraph[str], placed: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the places with labels pushed off each other, for networks small enough to read."""
    names = sorted(placed)
    if len(names) > 2 * _SPRING_LIMIT:
        return placed
    half = {node: _half_width(graph, node) for node in names}
    places = {node: list(placed[node]) for node in names}
    for _ in range(_ROUNDS):
        moved = False
        for number, one in enumerate(names):
            for other in names[number + 1 :]:
                moved = _push(places[one], places[other], half[one] + half[other]) or moved
        if not moved:
            break
    return {node: (x, y) for node, (x, y) in places.items()}


def _push(one: list[float], other: list[float], room: float) -> bool:
    """Move two places off each other along the axis that needs less; return whether they were too near."""
    across, down = other[0] - one[0], other[1] - one[1]
    too_wide, too_high = room - abs(across), _LABEL_HEIGHT - abs(down)
    if too_wide <= 0 or too_high <= 0:
        return False
    axis, need, way = (0, too_wide, across) if too_wide < too_high else (1, too_high, down)
    step = (need / 2 + 0.5) * (1 if way >= 0 else -1)
    one[axis] -= step
    other[axis] += step
    return True


def _rows(
    graph: nx.MultiDiGraph[str], lone: list[str], placed: dict[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    left = min((x for x, _ in placed.values()), default=0.0)
    right = max((x for x, _ in placed.values()), default=left + 4 * _STEP)
    y = max((y for _, y in placed.values()), default=-2 * _LABEL_HEIGHT) + 2 * _LABEL_HEIGHT
    x = left
    found = {}
    for node in lone:
        room = 2 * _half_width(graph, node)
        if x > left and x + room > max(right, left + 4 * _STEP):
            x, y = left, y + _LABEL_HEIGHT * 1.4
        found[node] = (x + room / 2, y)
        x += room + 20
    return found
