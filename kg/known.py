"""What the graph says directly of one node: that it is known, its label, its values.

A name that nothing bears is refused here, so that no verb takes silence for an
answer. It follows no claim and explains nothing about what it finds.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import UnknownNameError
from kg.iri import compact, expand
from kg.loaders.names import mend_for
from kg.vocab import RDFS

if TYPE_CHECKING:
    from pyoxigraph import Store

LABEL = RDFS + "label"
Properties = dict[str, list[str]]


def known_node(store: Store, name: str) -> NamedNode:
    """Return the node that a CURIE or an IRI stands for.

    Raises UnknownNameError, with the nearest name of the same kind, if the
    graph says nothing of it.
    """
    node = NamedNode(expand(name))
    if next(store.quads_for_pattern(node, None, None), None) is None:
        known = {compact(quad.subject.value) for quad in store if isinstance(quad.subject, NamedNode)}
        kind = compact(node.value).partition(":")[0]
        same = [other for other in known if other.partition(":")[0] == kind]
        mend = mend_for(compact(node.value), same, "kg find WORDS looks a name up, kg ask lists the questions")
        raise UnknownNameError(f"nothing is called {name!r}", mend=mend)
    return node


def properties(store: Store, iri: str) -> Properties:
    """Return what is said directly of a node: values, sorted, by the IRI of the property."""
    found: Properties = defaultdict(list)
    for quad in store.quads_for_pattern(NamedNode(iri), None, None):
        name = quad.predicate.value
        value = str(getattr(quad.object, "value", quad.object))
        if value not in found[name]:
            found[name].append(value)
    return {name: sorted(values) for name, values in found.items()}


def label_of(store: Store, iri: str) -> str:
    """Return the English label of a thing, or any, or the end of its name."""
    quads = [q.object for q in store.quads_for_pattern(NamedNode(iri), NamedNode(LABEL), None)]
    ranked = sorted(quads, key=lambda literal: (getattr(literal, "language", None) != "en", str(literal)))
    return str(getattr(ranked[0], "value", "")) if ranked else compact(iri).rpartition(":")[2]
