"""A push makes a store hold the graph and nothing else of the data set; what is the same is not moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.cli import main
from kg.errors import RemoteError, UsageError
from kg.profiles import profile
from kg.remote.access import Access, access_for
from kg.remote.connection import Connection, Patience
from kg.remote.pack import packed
from kg.remote.probe import probe
from kg.remote.pull import pulled, unchecked
from kg.remote.push import Report, push
from kg.remote.target import Target, kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kg.api import Graph
    from tests.servers.stores import Server

    Servers = Callable[[str], Server]

QUICK = Patience(timeout=30, attempts=3, first_wait=0.05, longest_wait=0.2)
A, B, P = NamedNode("urn:x:a"), NamedNode("urn:x:b"), NamedNode("urn:x:p")
ONE, TWO, THREE = (NamedNode(f"urn:x:graph/{name}") for name in ("one", "two", "three"))


def quad(number: int, graph: NamedNode = ONE) -> Quad:
    return Quad(A, P, Literal(str(number)), graph)


def pushed(connection: Connection, quads: Iterable[Quad], dataset: str = "set", **options: bool) -> Report:
    with packed(quads, connection.target.kind.normal) as pack:
        return push(connection, pack, dataset, **options)  # type: ignore[arg-type] # flags


def held(connection: Connection, dataset: str = "set") -> set[Quad]:
    return set(pulled(connection, dataset))


@pytest.fixture
def store(start_server: Servers) -> Connection:
    connection = start_server("oxigraph").connection(QUICK)
    probe(connection)
    return connection


def small(connection: Connection, inline: int) -> Connection:
    """Return the connection as to a store that takes so little in one update."""
    from dataclasses import replace

    one = replace(connection.target.kind, inline=inline)
    return Connection(Target(one, connection.target.url), connection.access, QUICK)


def test_one_changed_claim_moves_only_its_triples(store: Connection, graph: Graph) -> None:
    quads = list(graph.store)
    first = pushed(store, quads, "whole")
    gist = next(one for one in quads if one.predicate.value.endswith("#gist"))
    changed = [one for one in quads if one != gist]
    changed.append(Quad(gist.subject, gist.predicate, Literal("Said otherwise.", language="en"), gist.graph_name))
    second = pushed(store, changed, "whole")
    assert (first.gained, second.gained, second.lost, second.changed) == (len(quads), 1, 1, 1)
    assert held(store, "whole") == set(changed)
    assert pushed(store, changed, "whole").moved_nothing
    assert pushed(store, changed, "whole", again=True).moved_nothing


def test_what_is_no_longer_in_the_data_set_goes_and_what_others_put_there_stays(store: Connection) -> None:
    store.update("INSERT DATA { GRAPH <urn:x:others> { <urn:x:a> <urn:x:p> 1 } <urn:x:a> <urn:x:p> 2 }")
    pushed(store, [quad(1), quad(2, TWO)])
    pushed(store, [quad(9, THREE)], "another")
    assert pushed(store, [quad(1)], keep=True).removed == 0
    assert held(store) == {quad(1), quad(2, TWO)}
    assert pushed(store, [quad(1)]).removed == 1
    assert held(store) == {quad(1)}
    assert held(store, "another") == {quad(9, THREE)}
    assert store.ask("ASK { GRAPH <urn:x:others> { ?s ?p 1 } ?a ?b 2 }")


def test_a_large_difference_goes_through_staging_graphs_and_leaves_none(store: Connection) -> None:
    little = small(store, 5)
    pushed(little, [quad(n) for n in range(100)])
    report = pushed(little, [quad(n) for n in range(50, 150)])
    assert (report.gained, report.lost, report.changed) == (50, 50, 1)
    assert held(store) == {quad(n) for n in range(50, 150)}
    assert not store.ask('ASK { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), "staging")) }')


def test_a_graph_that_somebody_else_changed_is_mended_when_it_is_read_again(store: Connection) -> None:
    pushed(store, [quad(1), quad(2)])
    store.update('DELETE DATA { GRAPH <urn:x:graph/one> { <urn:x:a> <urn:x:p> "2" } }')
    with pytest.raises(RemoteError, match="was changed since it was pushed"):
        held(store)
    assert pushed(store, [quad(1), quad(2)]).gained == 1
    store.update(
        'DELETE DATA { GRAPH <urn:x:graph/one> { <urn:x:a> <urn:x:p> "2" } } ; INSERT DATA { GRAPH <urn:x:graph/one> { <urn:x:a> <urn:x:p> "3" } }'
    )
    assert pushed(store, [quad(1), quad(2)]).moved_nothing  # count and record are as they were
    report = pushed(store, [quad(1), quad(2)], again=True)
    assert (report.gained, report.lost) == (1, 1)
    assert held(store) == {quad(1), quad(2)}


@pytest.mark.parametrize("name", ["nquads", "rdf12-nquads", "reification", "graph-each", "wikibase"])
def test_another_profile_comes_back_as_the_same_graph(store: Connection, seed_quads: list[Quad], name: str) -> None:
    with packed(profile(name).shaped(seed_quads), store.target.kind.normal) as pack:
        push(store, pack, name, profile=name)
    assert held(store, name) == set(seed_quads)


@pytest.fixture(scope="module")
def seed_quads(graph: Graph) -> list[Quad]:
    seed = NamedNode("https://w3id.org/conflict-kg/graph/seed-article")
    quads = list(graph.store.quads_for_pattern(None, None, None, seed))
    assert quads
    return quads


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(lambda text: Literal(text, language="hy"), TEXTS),
    st.builds(Literal, st.integers()),
)
QUADS = st.lists(
    st.builds(Quad, st.sampled_from([A, B]), st.sampled_from([P, A]), LITERALS | st.sampled_from([A, B]), st.sampled_from([ONE, TWO, THREE])),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25)
@given(first=QUADS, second=QUADS, inline=st.sampled_from([2, 1000]))
def test_whatever_was_there_before_a_push_leaves_exactly_what_was_pushed(
    session_store: Connection, first: list[Quad], second: list[Quad], inline: int
) -> None:
    connection = small(session_store, inline)
    pushed(connection, first, "random")
    before = set(first)
    report = pushed(connection, second, "random")
    assert (report.gained, report.lost) == (len(set(second) - before), len(before - set(second)))
    there = {one for one in unchecked(connection) if one.graph_name in {ONE, TWO, THREE}}
    assert there == set(second)


@pytest.fixture(scope="module")
def session_store(start_server: Servers) -> Connection:
    return start_server("oxigraph").connection(QUICK)


def test_the_command_line_pushes_says_so_and_pulls(
    start_server: Servers, tmp_path: Path, seed_quads: list[Quad]
) -> None:
    file = tmp_path / "seed.nq"
    profile("nquads").save(seed_quads, file)
    url = start_server("oxigraph").url
    first = CliRunner().invoke(main, ["push", url, "--from", str(file)])
    assert (first.exit_code, "graphs new" in first.stdout, "Oxigraph" in first.stderr) == (0, True, True)
    again = CliRunner().invoke(main, ["push", url, "--from", str(file)])
    assert again.stdout.startswith("nothing moved")
    for name in ("back.nq", "back.jsonld", "back.trig.gz"):
        back = CliRunner().invoke(main, ["pull", url, "-o", str(tmp_path / name)])
        assert back.exit_code == 0, back.stderr
    assert set(parse(path=str(tmp_path / "back.nq"), format=RdfFormat.N_QUADS)) == set(seed_quads)
    refused = CliRunner().invoke(main, ["pull", url, "-o", str(tmp_path / "back.nq")])
    assert (refused.exit_code, "--force" in refused.stderr) == (2, True)


def test_a_data_set_that_is_not_there_is_named_with_those_that_are(store: Connection) -> None:
    pushed(store, [quad(1)])
    with pytest.raises(RemoteError, match="'nothing'") as caught:
        held(store, "nothing")
    assert "set" in str(caught.value)


SECRET = "s3cr3t-of-nobody"  # noqa: S105 - it opens nothing


@pytest.mark.parametrize(
    ("url", "environment", "told"),
    [
        (f"http://user:{SECRET}@127.0.0.1:1/", {}, "list of processes"),
        ("http://example.org/", {"KG_TOKEN": SECRET}, "unencrypted"),
        ("http://example.org/", {"KG_USER": "u", "KG_PASSWORD": SECRET}, "unencrypted"),
        ("ftp://127.0.0.1/", {}, "no address"),
    ],
)
def test_a_secret_that_would_leak_is_refused_and_not_repeated(url: str, environment: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        access_for(url, environment=environment)
    assert SECRET not in str(caught.value)


def test_secrets_stand_in_no_message_and_no_representation(caplog: pytest.LogCaptureFixture) -> None:
    access = access_for("http://127.0.0.1:1/", environment={"KG_USER": "u", "KG_PASSWORD": SECRET})
    assert access == Access("u", SECRET)
    connection = Connection(Target(kind("fuseki"), "http://127.0.0.1:1/kg"), access, Patience(attempts=1))
    with pytest.raises(RemoteError) as caught:
        connection.query("ASK {}")
    told = [repr(access), str(access), repr(connection), str(caught.value), repr(caught.value), caplog.text]
    assert [text for text in told if SECRET in text] == []
