"""A second opinion on the shapes, from pySHACL (the ``[shacl]`` extra).

It is slower by far and visits node after node; its use is to show that the bulk checks of
``kg.check`` find the same. It knows neither references nor the timeline.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.check.graph import SH, local_name, name_blank_shapes
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib

    from kg.check.shapes import Constraint

Result = tuple[str, str, str]
"""Focus node, node of the shape, component (``MinCount``)."""

COMPONENTS = {"in": "In", "or": "Or", "sparql": "SPARQL"}


def check_with_pyshacl(store: ox.Store, shapes: Iterable[ox.Triple]) -> set[Result]:
    """Return what pySHACL finds on the union of all graphs, as focus, shape and component.

    Raises UsageError when the ``[shacl]`` extra is not installed.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise UsageError("pySHACL is not installed", mend="pip install 'conflict-kg[shacl]'") from error
    merged = [quad.triple for quad in store]
    with _literals_as_written():
        _, report, _ = pyshacl.validate(
            _rdflib_graph(merged),
            shacl_graph=_rdflib_graph(name_blank_shapes(shapes)),
            inference="none",
            advanced=False,
            inplace=True,
        )
    return _results(report)


def result_key(focus: str, constraint: Constraint) -> Result:
    """Return how pySHACL would report a constraint broken by a focus node."""
    component = constraint.test.component
    return focus, constraint.shape, COMPONENTS.get(component, component[0].upper() + component[1:])


def _rdflib_graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    import rdflib

    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text or b"", format="nt")


@contextmanager
def _literals_as_written() -> Iterator[None]:
    # rdflib writes "Z" as "+00:00" unless told otherwise, and a pattern would then fail.
    import rdflib

    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _results(report: rdflib.Graph) -> set[Result]:
    from rdflib import RDF, URIRef

    found: set[Result] = set()
    for result in report.subjects(RDF.type, URIRef(SH + "ValidationResult")):
        focus = report.value(result, URIRef(SH + "focusNode"))
        shape = report.value(result, URIRef(SH + "sourceShape"))
        component = report.value(result, URIRef(SH + "sourceConstraintComponent"))
        name = local_name(str(component)).removesuffix("ConstraintComponent")
        found.add((_plain(focus), _plain(shape), name))
    return found


def _plain(node: object) -> str:
    from rdflib import BNode

    return f"_:{node}" if isinstance(node, BNode) else str(node)
