"""A view as a directed networkx multigraph, and where its nodes stand.

It reads no store and draws nothing; colours and shapes are the pictures' own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.layout import WIDE, Frame, arranged
from kg.when.model import written

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.view import Fact, Said, View
    from kg.when.model import Interval

_BELOW = 160.0


def to_networkx(view: View, *, between: Collection[tuple[str, str]] | None = None) -> nx.MultiDiGraph[str]:
    """Return the network of a view: things and speakers as nodes, facts between things as edges.

    With ``between`` only the edges of those pairs (subject, value), and their ends.

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
    kinds = kinds_of(view)
    speakers = {claim.speaker for claim in view.claims}
    for iri in sorted(kinds if between is None else {end for pair in between for end in pair}):
        graph.add_node(iri, **_node(view, iri, kinds[iri], is_speaker=iri in speakers))
    for fact in view.linking_facts:
        if between is None or (fact.subject, fact.value) in between:
            graph.add_edge(fact.subject, fact.value, key=fact.key, **_edge(view, fact))
    return graph


def kinds_of(view: View) -> dict[str, str]:
    """Return the nodes of the network of a view by IRI, each with its kind."""
    known = {claim.speaker: "speaker" for claim in view.claims} | {thing.iri: thing.kind for thing in view.things}
    ends = view.facts_about.keys() | {fact.value for fact in view.linking_facts}
    nodes = ends.union((claim.speaker for claim in view.claims), known.keys() - view.concepts)
    return {iri: known.get(iri, "thing") for iri in nodes}


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


def layout(graph: nx.MultiDiGraph[str], frame: Frame = WIDE, *, fine: bool = True) -> dict[str, tuple[float, float]]:
    """Return where each node stands, in pixels; the same graph, the same places.

    No node or name lies on another (see ``kg.layout``); ``frame`` is what the
    drawing is to fill; without ``fine`` links may cross more, in a fraction of the time. Speakers that nothing
    links stand together after all else, as some pictures leave them out.
    """
    names = sorted(graph, key=lambda node: (_aside(graph, node), node))
    at = {node: number for number, node in enumerate(names)}
    labels = [str(graph.nodes[node].get("label", node)) for node in names]
    links = [(at[one], at[other], str(data.get("label", ""))) for one, other, _, data in edges_of(graph)]
    drawn = sum(not _aside(graph, node) for node in names)
    places = arranged(labels[:drawn], links, frame, fine=fine)
    below = max((y for _, y in places), default=0.0) + _BELOW
    places += [(x, y + below) for x, y in arranged(labels[drawn:], [], frame)]
    # No two at quite the same height: vis-network loses the name of a level link that runs from right to left.
    level = {node: 0.7 * (number % 9) for number, node in enumerate(names)}
    return {node: (x, round(y + level[node], 1)) for node, (x, y) in sorted(zip(names, places, strict=True))}


def _aside(graph: nx.MultiDiGraph[str], node: str) -> bool:
    return graph.degree(node) == 0 and bool(graph.nodes[node].get("speaker"))
