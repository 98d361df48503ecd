"""Checks a whole graph: the shapes of ``ontology/shapes``, references and the timeline.

``check`` is the door. What a rule demands stands in the shapes; this package only asks
for it in bulk. It mends nothing and prints nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.check.run import find_violations
from kg.check.shapes import Constraint, read_shapes
from kg.check.timeline import CHECKS
from kg.resources import data_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.errors import Finding

__all__ = ["check", "load_shapes", "shape_triples"]


def shape_triples(folder: Path | None = None) -> Iterator[ox.Triple]:
    """Yield the triples of the shapes files, by file name; of the shipped ones by default."""
    for path in sorted((folder or data_dir("ontology") / "shapes").glob("*.ttl")):
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            yield quad.triple


def load_shapes(folder: Path | None = None) -> list[Constraint]:
    """Return the constraints of the shapes files, in file order.

    Raises DataError, rule ``unsupported-shacl``, for SHACL that the checker does not know.
    """
    return read_shapes(shape_triples(folder))


def check(store: ox.Store) -> list[Finding]:
    """Return every finding on the union of all graphs of a store, sorted by place and rule.

    The ontology has to be in the store: it says which class is under which, and which
    names exist. An empty list means that nothing is wrong.
    """
    merged = _merged(store)
    findings = set(find_violations(merged, load_shapes()))
    for find in CHECKS:
        findings.update(find(merged))
    return sorted(findings)


def _merged(store: ox.Store) -> ox.Store:
    # The engine's union keeps a triple once per graph that holds it, and joins multiply the copies:
    # an interval that twenty sources share would be read four hundred times.
    found = ox.Store()
    found.bulk_extend({ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store})
    return found
