"""Names that the graph knows, and the nearest to one that it does not.

A name that nothing bears is refused here, so that no verb takes silence for an
answer. It explains nothing about what it finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import UnknownNameError
from kg.iri import compact, expand
from kg.loaders.names import mend_for

if TYPE_CHECKING:
    from pyoxigraph import Store


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
