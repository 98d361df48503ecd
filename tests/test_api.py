"""The Python door: no naive time gets in; slices go out to other libraries."""

from __future__ import annotations

import inspect
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

import kg
from kg import when
from kg.errors import NaiveTimeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.api import Graph

NAIVE = datetime(2022, 9, 13, 5)  # noqa: DTZ001 - the point of this page


@pytest.mark.parametrize(
    "call",
    [
        lambda: kg.cut(at=NAIVE),
        lambda: kg.cut(during=(NAIVE, NAIVE)),
        lambda: kg.cut(as_known=NAIVE),
        lambda: kg.cut(recorded_by=NAIVE),
        lambda: kg.Cut(as_known=NAIVE),
        lambda: kg.open().slice(at=NAIVE),
        lambda: when.instant(NAIVE),
        lambda: when.written(NAIVE),
        lambda: when.Interval(NAIVE, NAIVE, NAIVE, NAIVE),
        lambda: when.Interval.around(NAIVE),
        lambda: when.holds_at(when.Interval.around(when.instant("2022-09-13T05:00Z")), NAIVE),
        lambda: when.said_by(when.Interval.around(when.instant("2022-09-13T05:00Z")), NAIVE),
        lambda: when.holds_within(when.Interval.around(when.instant("2022-09-13T05:00Z")), NAIVE, NAIVE),
    ],
)
def test_no_naive_time_gets_in(call: Callable[[], object]) -> None:
    with pytest.raises(NaiveTimeError):
        call()


def test_every_public_name_is_there_and_says_what_it_is() -> None:
    assert kg.__all__ == sorted(kg.__all__)
    for name in kg.__all__:
        thing = getattr(kg, name)
        assert isinstance(thing, str) or inspect.getdoc(thing)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing


def test_a_slice_goes_to_rdflib_and_networkx_whole(graph: Graph) -> None:
    view = graph.slice(at="2022-09-13T05:00Z", certainty="certain")
    assert len(view.to_rdflib()) == len(view.graph)
    network = view.to_networkx()
    assert any("attacks-2022-09-13" in node for node in network)
    assert view.draw("svg", zone="Asia/Yerevan").startswith("<")


def test_a_slice_holds_labels_of_what_it_mentions_and_of_nothing_else(graph: Graph) -> None:
    view = graph.slice(at="2022-09-13T05:00Z", certainty="certain")
    labelled = {row["x"] for row in view.rows("SELECT ?x { ?x <http://www.w3.org/2000/01/rdf-schema#label> ?l }")}
    assert "state:azerbaijan" in labelled
    assert "treaty:collective-security-treaty" in labelled or "treaty:shusha-declaration" in labelled
    assert "event:ceasefire-2022-09-13" not in labelled


def test_rows_that_no_source_supports_are_left_out_unless_asked_for(graph: Graph) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o }"
    without, with_them = graph.slice().rows(query), graph.slice(unsourced=True).rows(query)
    assert len(without) <= len(with_them)
