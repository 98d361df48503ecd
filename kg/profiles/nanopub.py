"""Nanopublications: one for each claim, and one for what else stands in a graph. See nanopub.net.

The assertion of a claim's is its content, as the claim points at it: what a
denied statement says is nowhere a triple by itself. Whose claim it is, when and
where it was made is the provenance; the graph it comes from, and when that took
it in, the publication information. Names come from names of ours: no hashes of
content (trusty URIs) and no signatures, which are made when one publishes.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from kg.claim import Iri
from kg.errors import UsageError
from kg.iri import digest, mint, term
from kg.profiles.mapping import Mapping
from kg.profiles.order import ordered
from kg.profiles.syntax import NP, PROV
from kg.quads import graph_of
from kg.vocab import DCTERMS, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Quads = Iterable[Quad]
    Node: TypeAlias = NamedNode | BlankNode

ROOT: Final = mint("np", "")
"""How the names of nanopublications begin."""
_TYPE = NamedNode(RDF + "type")
_PART_OF, _CREATED = NamedNode(DCTERMS + "isPartOf"), NamedNode(DCTERMS + "created")
_DERIVED, _ATTRIBUTED, _PRIMARY = (
    NamedNode(PROV + name) for name in ("wasDerivedFrom", "wasAttributedTo", "hadPrimarySource")
)
_CLAIM, _INTERVAL = NamedNode(term("Claim")), NamedNode(term("Interval"))
_SOURCE, _SPEAKER, _RECORDED = (NamedNode(term(name)) for name in ("source", "speaker", "recorded"))
_SAYS = frozenset(NamedNode(term(name)) for name in ("content", "denies", "withdraws"))
"""What of a claim itself stands in the assertion."""
_NEEDS = frozenset(
    NamedNode(term(name)) for name in ("content", "passage", "said", "saidReading", "heldReading", "held", "reads")
)
"""What points at nodes that a nanopublication takes with it."""
_CLAIMS = mint("claim", "")
_NO_GRAPH = NamedNode(ROOT + "default-graph")
_WANTED = NamedNode(ROOT + "wanted")
"""From a node to the part of a nanopublication that takes it; never written."""
_HOME = NamedNode(ROOT + "home")
"""From the graph that a nanopublication is of; never written."""


def _part(publication: NamedNode, name: str) -> NamedNode:
    return NamedNode(f"{publication.value}#{name}")


def _frame(publication: NamedNode, home: Node) -> Iterator[Quad]:
    """Yield what every nanopublication has: its head, and the graph that it is of."""
    head = _part(publication, "Head")
    yield Quad(publication, _TYPE, NamedNode(NP + "Nanopublication"), head)
    parts = {"hasAssertion": "assertion", "hasProvenance": "provenance", "hasPublicationInfo": "pubinfo"}
    for name, part in parts.items():
        yield Quad(publication, NamedNode(NP + name), _part(publication, part), head)
    yield Quad(publication, _PART_OF, home, _part(publication, "pubinfo"))


def _by_node(quads: Quads) -> Iterator[tuple[Node | DefaultGraph, list[Quad]]]:
    """Yield graph and quads of each node."""
    for (graph, _), several in groupby(quads, key=lambda quad: (quad.graph_name, quad.subject)):
        yield graph, list(several)


def _is_ours(graph: Node | DefaultGraph) -> bool:
    return isinstance(graph, NamedNode) and graph.value.startswith(ROOT)


def _is_claim(graph: Node | DefaultGraph, quads: list[Quad]) -> bool:
    """Return whether these say a claim, in the graph of its source, that has something to assert."""
    node = quads[0].subject
    sources = [quad.object for quad in quads if quad.predicate == _SOURCE]
    return (
        isinstance(node, NamedNode)
        and node.value.startswith(_CLAIMS)
        and "#" not in node.value
        and any(quad.predicate == _TYPE and quad.object == _CLAIM for quad in quads)
        and any(quad.predicate in _SAYS for quad in quads)
        and [NamedNode(graph_of(Iri(source.value))) for source in sources if isinstance(source, NamedNode)] == [graph]
    )


def _claims(quads: Quads) -> Iterator[Quad]:
    """Move claims into nanopublications, and mark the nodes that those want."""
    for graph, group in _by_node(quads):
        if _is_ours(graph):
            raise UsageError(f"{graph} is part of a nanopublication already", mend="read such files --from nanopub")
        if isinstance(graph, NamedNode) and _is_claim(graph, group):
            yield from _published(graph, group)
        else:
            yield from group


def _published(graph: NamedNode, claim: list[Quad]) -> Iterator[Quad]:
    node = claim[0].subject
    publication = _of_claim(node.value, graph)  # type: ignore[union-attr] # as checked
    assertion, provenance, pubinfo = (_part(publication, name) for name in ("assertion", "provenance", "pubinfo"))
    yield from _frame(publication, graph)
    yield Quad(assertion, _DERIVED, node, provenance)
    for quad in claim:
        part = assertion if quad.predicate in _SAYS else provenance
        yield Quad(quad.subject, quad.predicate, quad.object, part)
        yield from _wants(quad, part)
        if quad.predicate == _SPEAKER:
            yield Quad(assertion, _ATTRIBUTED, quad.object, provenance)
        elif quad.predicate == _SOURCE:
            yield Quad(assertion, _PRIMARY, quad.object, provenance)
        elif quad.predicate == _RECORDED:
            yield Quad(publication, _CREATED, quad.object, pubinfo)


def _wants(quad: Quad, part: NamedNode) -> Iterator[Quad]:
    if quad.predicate in _NEEDS and isinstance(quad.object, NamedNode):
        yield Quad(quad.object, _WANTED, part, quad.graph_name)


def _placed(quads: Quads, *, times: bool) -> Iterator[Quad]:
    """Move the nodes that are wanted to where they are wanted: first those that want times, then the times."""
    for graph, group in _by_node(quads):
        own = [quad for quad in group if quad.predicate != _WANTED]
        marks = [quad.object for quad in group if quad.predicate == _WANTED]
        a_time = any(quad.predicate == _TYPE and quad.object == _INTERVAL for quad in own)
        if _is_ours(graph) or not (own and marks) or a_time != times:
            yield from own if times else group
            continue
        for part in marks:
            for quad in own:
                yield Quad(quad.subject, quad.predicate, quad.object, part)  # type: ignore[arg-type] # as marked
                yield from _wants(quad, part)  # type: ignore[arg-type] # as marked


def _rest(quads: Quads) -> Iterator[Quad]:
    """Move what is in no nanopublication into one for each graph."""
    for graph, several in groupby(quads, key=lambda quad: quad.graph_name):
        if _is_ours(graph):
            yield from several
            continue
        home = _NO_GRAPH if isinstance(graph, DefaultGraph) else graph
        publication = _of_graph(home)
        assertion = _part(publication, "assertion")
        yield from _frame(publication, home)
        yield Quad(assertion, _DERIVED, home, _part(publication, "provenance"))
        yield from (Quad(quad.subject, quad.predicate, quad.object, assertion) for quad in several)


def _of_claim(claim: str, graph: NamedNode) -> NamedNode:
    # With the graph: a claim that stands in two, against the rules, is two nanopublications.
    return NamedNode(f"{ROOT}claim/{graph.value.rpartition('/')[2]}/{claim.removeprefix(_CLAIMS)}")


def _of_graph(graph: Node) -> NamedNode:
    start = mint("graph", "")
    if isinstance(graph, NamedNode) and graph.value.startswith(start) and "#" not in graph.value:
        return NamedNode(f"{ROOT}graph/{graph.value.removeprefix(start)}")
    return NamedNode(f"{ROOT}other/{digest(str(graph))}")


def _encode(quads: Quads) -> Iterator[Quad]:
    first = _placed(ordered(_claims(quads)), times=False)
    return ordered(_rest(_placed(ordered(first), times=True)))


def _decode(quads: Quads) -> Iterator[Quad]:
    # Whatever their order in the file: the graph a nanopublication is of sorts before what it holds.
    home: Node | DefaultGraph | None = None
    for graph, several in groupby(ordered(_content(quads)), key=lambda quad: quad.graph_name):
        if not _is_ours(graph):
            yield from several
        elif graph.value.endswith("#"):
            named = next(several).subject
            home = DefaultGraph() if named == _NO_GRAPH else named  # type: ignore[assignment] # a graph has that name
        elif home is None:
            raise SyntaxError(f"{graph} is of a nanopublication that does not say (dcterms:isPartOf) of which graph")
        else:
            yield from (Quad(quad.subject, quad.predicate, quad.object, home) for quad in several)
            home = None


def _content(quads: Quads) -> Iterator[Quad]:
    """Yield what nanopublications of ours hold, and the graph they are of, each under its name; all else as it is."""
    for quad in quads:
        if not _is_ours(quad.graph_name):
            yield quad
            continue
        name, _, part = quad.graph_name.value.partition("#")  # type: ignore[union-attr] # as checked
        if part == "pubinfo" and (quad.subject, quad.predicate) == (NamedNode(name), _PART_OF):
            yield Quad(quad.object, _HOME, _HOME, NamedNode(name + "#"))  # type: ignore[arg-type] # a graph has that name
        elif part == "assertion" or (part == "provenance" and quad.subject != NamedNode(name + "#assertion")):
            yield Quad(quad.subject, quad.predicate, quad.object, NamedNode(name + "#content"))
        elif part not in {"Head", "provenance", "pubinfo"}:
            raise SyntaxError(f"{quad.graph_name} is no part of a nanopublication")


NANOPUBS = Mapping(_encode, _decode)
"""A nanopublication for each claim, and one for the rest of each graph."""
