"""A question put together from the quads of its patterns has the rows that a store gives which gets it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store

from kg import fragments
from kg.dialects import PROBES, answer, dialect, one_way
from kg.errors import QueryError
from kg.fragments import patterns, put_together
from kg.remote.connection import read_results

if TYPE_CHECKING:
    from collections.abc import Iterable

A, B, C, P, Q, R = (NamedNode(f"urn:x:{name}") for name in "abcpqr")
QUERIES = (
    "SELECT * { GRAPH ?g { ?x <urn:x:p> ?y . ?y <urn:x:q> ?z } }",
    "SELECT * { ?x <urn:x:p> ?y }",
    "SELECT * { VALUES ?x { <urn:x:a> } GRAPH ?g { ?x <urn:x:p> ?y } OPTIONAL { GRAPH ?h { ?y <urn:x:q> ?x } } }",
    "SELECT * { VALUES (?x ?y) { (<urn:x:a> UNDEF) (UNDEF <urn:x:b>) } GRAPH ?g { ?x <urn:x:p> ?y } }",
    "SELECT * { GRAPH ?g { ?x ?p ?y } FILTER(?p IN (<urn:x:p>, <urn:x:r>) && ?y = <urn:x:a>) }",
    "SELECT * { GRAPH ?g { ?x <urn:x:p> ?y } OPTIONAL { GRAPH ?h { ?s ?q ?o } FILTER(?o = ?y && ?q = <urn:x:q>) } }",
    "SELECT * { GRAPH ?g { ?x <urn:x:p> ?y } FILTER NOT EXISTS { GRAPH ?h { ?y <urn:x:q> ?z FILTER(?z != ?x) } } }",
    "SELECT * { GRAPH ?g { ?x <urn:x:p> ?y } MINUS { GRAPH ?h { ?x <urn:x:q> ?z } VALUES ?z { <urn:x:a> } } }",
    "SELECT * { { SELECT ?x (COUNT(*) AS ?n) { GRAPH ?g { ?x <urn:x:p> ?y } } GROUP BY ?x } VALUES ?x { <urn:x:a> } }",
    "SELECT ?x (COUNT(?y) AS ?n) { VALUES ?x { <urn:x:a> <urn:x:b> } OPTIONAL { ?x <urn:x:p> ?y } } GROUP BY ?x",
    "SELECT * { GRAPH ?g { <urn:x:a> <urn:x:p>+ ?y } }",
    "SELECT * { GRAPH ?g { ?x <urn:x:p>*/^<urn:x:q> <urn:x:b> } }",
    "SELECT * { GRAPH ?g { ?x <urn:x:p>|<urn:x:q> ?y . ?y <urn:x:p>? ?z } }",
    "SELECT * { GRAPH ?g { ?x !(<urn:x:p>|^<urn:x:q>) ?y } }",
    "SELECT * { GRAPH <urn:x:a> { ?x <urn:x:p> ?y } { ?y <urn:x:q> ?z } UNION { ?z <urn:x:r> ?y } }",
    "SELECT * { GRAPH ?g { ?x <urn:x:p> ?y } BIND(EXISTS { GRAPH ?g { ?y <urn:x:p> ?x } } AS ?both) }",
    "SELECT * { VALUES ?y { <urn:x:a> } { GRAPH ?g { ?x <urn:x:p> ?z } OPTIONAL { GRAPH ?h { ?x <urn:x:q> ?y } } OPTIONAL { GRAPH ?i { ?x <urn:x:r> ?y } } } }",
    "SELECT * { GRAPH ?g { ?x <urn:x:p> ?z } OPTIONAL { GRAPH ?h { ?x <urn:x:q> ?y } } OPTIONAL { GRAPH ?i { ?x <urn:x:r> ?y } } FILTER(?y = <urn:x:a>) }",
    'SELECT * { GRAPH ?g { ?x ?p "007"^^<http://www.w3.org/2001/XMLSchema#integer> } }',
    'SELECT * { VALUES ?y { "007"^^<http://www.w3.org/2001/XMLSchema#integer> } GRAPH ?g { ?x ?p ?y } }',
    "ASK { GRAPH ?g { ?x <urn:x:p> ?x } }",
)
NODES = st.sampled_from([A, B, C])
SEVEN = Literal("007", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
QUADS = st.builds(
    Quad, NODES, st.sampled_from([P, Q, R]), NODES | st.just(SEVEN), st.sampled_from([A, B, DefaultGraph()])
)


class Asked:
    """A store in memory that is asked as an endpoint is."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.store = Store()
        self.store.extend(quads)

    def __call__(self, sparql: str) -> QuerySolutions | QueryBoolean:
        found = self.store.query(sparql)
        assert isinstance(found, QuerySolutions | QueryBoolean)
        return found


def rows(found: QuerySolutions | QueryBoolean) -> object:
    if isinstance(found, QueryBoolean):
        return bool(found)
    names = sorted(variable.value for variable in found.variables)
    return sorted(tuple(str(solution[name]) for name in names) for solution in found)


@given(st.sets(QUADS, max_size=12))
@pytest.mark.parametrize("sparql", QUERIES)
def test_what_is_put_together_is_what_a_store_answers(sparql: str, quads: set[Quad]) -> None:
    ask = Asked(quads)
    assert rows(put_together(ask, sparql)) == rows(ask(sparql))


def test_a_parameter_narrows_what_is_asked_for() -> None:
    (pattern,) = patterns("SELECT * { VALUES ?x { <urn:x:a> } GRAPH ?g { ?x <urn:x:p> ?y } }")
    assert pattern.where() == "GRAPH ?v1 { <urn:x:a> <urn:x:p> ?v0 }"


def test_patterns_that_differ_in_names_are_asked_for_once() -> None:
    assert len(patterns("SELECT * { GRAPH ?g { ?a <urn:x:p> ?b } OPTIONAL { GRAPH ?h { ?b <urn:x:p> ?c } } }")) == 1


def test_a_store_that_cuts_its_answers_off_is_asked_for_the_next_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "PAGE", 3)
    ask = Asked(Quad(NamedNode(f"urn:x:{n}"), P, A, B) for n in range(8))
    assert len(list(put_together(ask, "SELECT ?x { GRAPH ?g { ?x <urn:x:p> ?y } }"))) == 8  # type: ignore[arg-type] # a SELECT
    monkeypatch.setattr(fragments, "MOST", 5)
    with pytest.raises(QueryError, match="more than 5 rows"):
        put_together(ask, "SELECT ?x { GRAPH ?g { ?x <urn:x:p> ?y } }")


@pytest.mark.parametrize(
    ("sparql", "fault"), [("SELECT ?x {", "parse"), ("CONSTRUCT { ?x ?y ?z } { ?x ?y ?z }", "ASK")]
)
def test_what_cannot_be_put_together_is_refused(sparql: str, fault: str) -> None:
    with pytest.raises(QueryError, match=fault):
        put_together(Asked([]), sparql)


def test_the_embedded_store_passes_every_probe_and_is_asked_as_it_is() -> None:
    ask = Asked([Quad(A, P, B, C)])
    assert dialect(ask) == ()
    sparql = "SELECT ?g ?x { GRAPH ?g { ?x <urn:x:p> ?y } } ORDER BY ?x"
    expected = [("<urn:x:c>", "<urn:x:a>")]
    assert rows(answer(ask, sparql, ())) == rows(answer(ask, sparql, PROBES)) == expected


def test_literals_are_written_in_one_way() -> None:
    cells = (
        '{"type":"literal","value":"3.0","datatype":"http://www.w3.org/2001/XMLSchema#decimal"}',
        '{"type":"literal","value":"2022-09-13T05:30:00+00:00","datatype":"http://www.w3.org/2001/XMLSchema#dateTime"}',
        '{"type":"literal","value":"x","xml:lang":"hy-Latn"}',
    )
    bindings = ",".join(f'{{"a":{cell}}}' for cell in cells)
    body = f'{{"head":{{"vars":["a"]}},"results":{{"bindings":[{bindings},{{}}]}},"metadata":{{}}}}'
    found = read_results(body.encode())
    assert isinstance(found, QuerySolutions)
    texts = [str(solution["a"]) for solution in one_way(found)]
    assert texts[0].startswith('"3"^^')
    assert texts[1].startswith('"2022-09-13T05:30:00Z"^^')
    assert texts[2:] == ['"x"@hy-latn', "None"]
