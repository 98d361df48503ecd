"""A push moves the difference and nothing else, leaves others' graphs alone, and pull gives back what was pushed.

On Oxigraph, with small graphs; test_same_answers.py pushes the whole graph into every store.
"""

from __future__ import annotations

import ssl
from dataclasses import fields
from itertools import chain
from typing import TYPE_CHECKING

import pytest
import trustme
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import main
from kg.errors import RemoteError, RemoteFault, UsageError
from kg.profiles import PROFILES, profile_of
from kg.remote.connection import Connection
from kg.remote.pull import pulled
from kg.remote.push import Report
from kg.remote.state import STAGING, STATE, counts, read_state
from kg.remote.target import Target
from tests.servers.proxy import before, says, when
from tests.servers.pushes import HASTY, held, limited, pushed, quads, wanted

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Quad

    from tests.servers.stores import Server


@pytest.fixture
def store(empty_store: Connection) -> Connection:
    return empty_store


def moved(report: Report) -> tuple[int, ...]:
    """Return what moved as numbers: same, new, changed, removed, gained, lost."""
    return tuple(getattr(report, one.name) for one in fields(Report))


def test_one_changed_triple_moves_alone(store: Connection) -> None:
    before = [*quads("a", range(100)), *quads("b", range(100))]
    assert moved(pushed(store, before, "d")) == (0, 2, 0, 0, 200, 0)
    after = [*quads("a", range(100)), *quads("b", range(99)), *quads("b", [99], "other")]
    assert moved(pushed(store, after, "d")) == (1, 0, 1, 0, 1, 1)
    assert pushed(store, after, "d").moved_nothing
    assert {graph: held(store, graph) for graph in ("urn:push:a", "urn:push:b")} == wanted(store, after)


def test_a_graph_that_is_gone_goes_unless_one_keeps_it(store: Connection) -> None:
    pushed(store, [*quads("a", range(3)), *quads("b", range(3))], "d")
    assert moved(pushed(store, quads("a", range(3)), "d", keep=True)) == (1, 0, 0, 0, 0, 0)
    assert len(held(store, "urn:push:b")) == 3
    assert moved(pushed(store, quads("a", range(3)), "d")) == (1, 0, 0, 1, 0, 3)
    assert held(store, "urn:push:b") == []
    assert set(read_state(store)) == {"urn:push:a"}


def test_graphs_of_others_are_not_touched(store: Connection) -> None:
    others = [*quads("others", range(4)), *quads("a", [1], "theirs")]
    for quad in others:
        store.update(f"INSERT DATA {{ GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }} }}")
    store.update('INSERT DATA { <urn:push:s> <urn:push:p> "in no named graph" }')
    pushed(store, quads("b", range(5)), "d")
    pushed(store, quads("c", range(5)), "another")
    pushed(store, [], "d")
    assert held(store, "urn:push:b") == []
    assert len(held(store, "urn:push:c")) == 5
    there = {graph: held(store, graph) for graph in ("urn:push:others", "urn:push:a")}
    assert there == wanted(store, others)
    assert store.ask('ASK { <urn:push:s> <urn:push:p> "in no named graph" }')


def test_what_another_changed_is_seen_by_its_count_or_when_one_reads_again(store: Connection) -> None:
    given_ = list(quads("a", range(10)))
    pushed(store, given_, "d")
    store.update('INSERT DATA { GRAPH <urn:push:a> { <urn:push:s0> <urn:push:p> "more" } }')
    assert moved(pushed(store, given_, "d"))[4:] == (0, 1)
    exchange = (
        'DELETE DATA { %s <urn:push:s0> <urn:push:p> "a0"@hy } } ; INSERT DATA { %s <urn:push:s0> <urn:push:p> 7 } }'
    )
    store.update(exchange % (("GRAPH <urn:push:a> {",) * 2))
    assert pushed(store, given_, "d").moved_nothing  # the record says so, and the count is right
    assert moved(pushed(store, given_, "d", again=True))[4:] == (1, 1)
    assert {"urn:push:a": held(store, "urn:push:a")} == wanted(store, given_)


def test_a_large_difference_is_staged_and_the_live_graph_never_half_there(server: Server, store: Connection) -> None:
    old, new = list(quads("a", range(300))), list(quads("a", range(100, 400)))
    pushed(store, old, "d")
    steps = []

    def tell(what: str, *_: int) -> None:
        steps.append((what, held(store, "urn:push:a")))

    assert moved(pushed(limited(server, inline=50), new, "d", tell=tell)) == (0, 0, 1, 0, 100, 100)
    before, after = (wanted(store, several)["urn:push:a"] for several in (old, new))
    assert {what for what, _ in steps} == {"staging", "verifying"}
    assert all(there == (before if what == "staging" else after) for what, there in steps)
    assert [name for name in counts(store, _all_graphs(store)) if name.startswith(STAGING)] == []


def test_a_push_that_ends_while_staging_goes_on(server: Server, store: Connection) -> None:
    old, new = list(quads("a", range(300))), list(quads("a", range(100, 400)))
    pushed(store, old, "d")

    def tell(what: str, done: int, total: int) -> None:
        if what == "staging" and done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pushed(limited(server, inline=50), new, "d", tell=tell)
    assert held(store, "urn:push:a") == wanted(store, old)["urn:push:a"]
    with pytest.raises(RemoteError, match="has not ended"):
        list(pulled(store, "d"))
    assert moved(pushed(limited(server, inline=50), new, "d")) == (0, 0, 1, 0, 100, 100)
    assert held(store, "urn:push:a") == wanted(store, new)["urn:push:a"]
    assert set(_all_graphs(store)) == {"urn:push:a", STATE}
    # What was staged for something that is no longer wanted is taken out.
    with pytest.raises(KeyboardInterrupt):
        pushed(limited(server, inline=50), old, "d", tell=tell)
    assert pushed(store, new, "d").moved_nothing
    assert set(_all_graphs(store)) == {"urn:push:a", STATE}


def _all_graphs(store: Connection) -> list[str]:
    return [row[0].value for row in store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")]  # type: ignore[union-attr]


@st.composite
def contents(draw: st.DrawFn) -> list[Quad]:
    """Return some quads of few graphs: most in common with the next that is drawn."""
    chosen = draw(st.dictionaries(st.sampled_from("abc"), st.sets(st.integers(0, 12), min_size=1), max_size=3))
    return list(chain.from_iterable(quads(graph, sorted(numbers)) for graph, numbers in chosen.items()))


@given(old=contents(), new=contents(), inline=st.sampled_from((0, 3, 1000)), recorded=st.booleans())
@settings(max_examples=25)
def test_whatever_was_there_exactly_the_new_is_there_then(
    server: Server, old: list[Quad], new: list[Quad], inline: int, *, recorded: bool
) -> None:
    store = limited(server, inline=inline)
    pushed(store, old, "d")
    if not recorded:  # as if another had put it there: what is not in the new one is then not ours to take out
        store.update(f"CLEAR SILENT GRAPH <{STATE}>")
        names = {quad.graph_name for quad in new}
        old, others = [quad for quad in old if quad.graph_name in names], [q for q in old if q.graph_name not in names]
        new_ = [*new, *others]
    else:
        new_ = new
    report = pushed(store, new, "d")
    assert (report.gained, report.lost) == (len(set(new) - set(old)), len(set(old) - set(new)))
    expected = wanted(store, new_)
    assert {graph: held(store, graph) for graph in _all_graphs(store) if graph != STATE} == expected
    store.update("DROP ALL")


@pytest.mark.parametrize("form", ["trig", "rdf12-trig", "reification", "nanopub"])
def test_a_profile_is_pushed_and_pulled_as_the_graph_that_it_was(
    store: Connection, server: Server, seed_file: Path, tmp_path: Path, form: str
) -> None:
    source = set(profile_of(seed_file).load(seed_file))
    shaped = PROFILES[form].shaped(profile_of(seed_file).load(seed_file))
    pushed(store, shaped, "d", profile=form)
    assert {store.target.kind.normal(str(quad)) for quad in pulled(store, "d")} == {str(quad) for quad in source}
    out = tmp_path / "pulled.trig.gz"
    done = CliRunner().invoke(main, ["pull", server.url, "--dataset", "d", "-o", str(out)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert set(profile_of(out).load(out)) == source


def test_a_data_set_has_a_plain_name(store: Connection) -> None:
    with pytest.raises(UsageError, match="'a b' is no name"):
        pushed(store, quads("a", [1]), "a b")
    assert _all_graphs(store) == []


def test_a_maker_of_certificates_is_trusted_when_he_is_named_and_only_then(
    store: Connection, server: Server, tmp_path: Path
) -> None:
    maker, file = trustme.CA(), tmp_path / "ca.pem"
    maker.cert_pem.write_to_path(file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    maker.issue_cert("127.0.0.1").configure_cert(context)
    with before(server.url, context) as proxy:
        target = Target(store.target.kind, proxy.url)
        with pytest.raises(RemoteError, match="--ca") as caught:
            Connection(target, None, HASTY).ask("ASK {}")
        assert caught.value.fault is RemoteFault.REFUSED
        command = ["ask", "known-by", "--endpoint", f"{proxy.url}/query"]
        assert "--ca" in CliRunner().invoke(main, command).stderr
        assert CliRunner().invoke(main, [*command, "--ca", str(file)]).exit_code == 0
        secured = Connection(target, None, HASTY, ca=str(file))
        several = [*quads("a", [1]), *quads("b", [2])]
        pushed(secured, several, "tls")
        assert set(pulled(secured, "tls")) == set(several)


def test_a_question_goes_to_an_endpoint_with_the_token_and_only_with_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with before(server.url) as proxy:
        proxy.spoil = when(says(401), lambda asked: asked.headers.get("Authorization") != "Bearer t0ken")
        command = ["ask", "known-by", "--endpoint", f"{proxy.url}/query"]
        refused = CliRunner().invoke(main, command)
        assert (refused.exit_code != 0, "KG_TOKEN" in refused.stderr) == (True, True)
        monkeypatch.setenv("KG_TOKEN", "t0ken")
        assert CliRunner().invoke(main, command).exit_code == 0


@pytest.fixture(scope="module")
def seed_file(root: Path) -> Path:
    """Return a small graph of claims that stands in the repository."""
    return root / "graphs/2020-09-war/graph.trig"
