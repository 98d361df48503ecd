"""What the checks of references say to the reader."""

from __future__ import annotations

import pyoxigraph as ox

from kg.check.timeline import find_dangling, find_undeclared
from kg.errors import Finding

NAMES = """
@prefix k: <https://w3id.org/conflict-kg/ontology#> . @prefix claim: <https://w3id.org/conflict-kg/claim/> .
@prefix state: <https://w3id.org/conflict-kg/state/> .
k:speaker a k:Thing . k:Thing a k:Thing . state:armenia a k:Thing .
"""


def stored(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load(NAMES + turtle, format=ox.RdfFormat.TURTLE)
    return store


def test_a_misspelt_thing_is_answered_with_the_nearest() -> None:
    (finding,) = find_dangling(stored("claim:a-1 k:speaker state:armnia ."))
    assert isinstance(finding, Finding)
    assert finding.place.endswith("claim/a-1")
    assert finding.message == "k:speaker points at state:armnia, which nothing describes"
    assert finding.mend.startswith("did you mean state:armenia?")


def test_a_misspelt_predicate_is_answered_with_the_nearest() -> None:
    (finding,) = find_undeclared(stored("claim:a-1 k:speeker state:armenia ."))
    assert finding.mend.startswith("did you mean k:speaker?")


def test_names_of_others_are_not_looked_for() -> None:
    assert list(find_dangling(stored("claim:a-1 k:speaker <https://example.org/somebody> ."))) == []
