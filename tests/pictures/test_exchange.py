"""Files for other tools: read back whole, well-formed whatever the sources wrote."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

import networkx as nx
import pytest
from lxml import etree

from kg.errors import DataError, UsageError
from kg.network import layout, to_networkx
from kg.pictures import FORMATS, draw
from kg.view import View

GEXF = "{http://gexf.net/1.3}"


def read(text: str, ending: str) -> nx.Graph[str]:
    if ending == "graphml":
        return nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    # networkx knows date and string as time formats, not the dateTime of GEXF 1.3
    return nx.read_gexf(io.BytesIO(text.replace('timeformat="dateTime"', 'timeformat="string"').encode()))


@pytest.mark.parametrize("ending", ["gexf", "graphml"])
@pytest.mark.parametrize("which", ["view", "hostile"])
def test_networkx_reads_back_as_many_nodes_and_edges(request: pytest.FixtureRequest, which: str, ending: str) -> None:
    view: View = request.getfixturevalue(which)
    graph, back = to_networkx(view), read(draw(view, ending), ending)
    assert (back.number_of_nodes(), back.number_of_edges()) == (graph.number_of_nodes(), graph.number_of_edges())


@pytest.mark.parametrize("which", ["view", "hostile"])
def test_gexf_keeps_the_structure_that_version_1_3_asks_for(request: pytest.FixtureRequest, which: str) -> None:
    root = fromstring(draw(request.getfixturevalue(which), "gexf"))  # noqa: S314 - our own file
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert (root.get("version"), graph.get("mode"), graph.get("timeformat"), graph.get("timezone")) == (
        "1.3", "dynamic", "dateTime", "UTC",
    )  # fmt: skip
    nodes = {node.get("id") for node in graph.iter(f"{GEXF}node")}
    edges = list(graph.iter(f"{GEXF}edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert all(edge.get("source") in nodes and edge.get("target") in nodes for edge in edges)
    declared = {a.get("id") for a in graph.iter(f"{GEXF}attribute")}
    assert {value.get("for") for value in graph.iter(f"{GEXF}attvalue")} == declared
    assert {a.get("type") for a in graph.iter(f"{GEXF}attribute")} <= {"string", "boolean"}


@pytest.mark.parametrize("which", ["view", "hostile", "hostile_map"])
def test_gexf_has_no_element_attribute_or_value_that_1_3_does_not_know(
    request: pytest.FixtureRequest, which: str
) -> None:
    schema = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("gexf-1.3.rng"))))
    schema.assertValid(etree.fromstring(draw(request.getfixturevalue(which), "gexf").encode()))


def test_a_gexf_spell_ends_at_the_last_second_that_counts_since_its_ends_are_inclusive(view: View) -> None:
    spells = {(s.get("start"), s.get("end")) for s in fromstring(draw(view, "gexf")).iter(f"{GEXF}spell")}  # noqa: S314 - our own file
    assert ("2022-09-12T14:00:00Z", "2022-09-12T20:29:59Z") in spells
    assert "endopen" not in draw(view, "gexf")


def test_gexf_spells_leave_out_what_has_no_bound(view: View) -> None:
    text = draw(view, "gexf")
    assert "1700-01-01" not in "".join(line for line in text.splitlines() if "<spell " in line)
    assert '<spell start="2022-09-12T20:05:00Z" />' in text


def test_gexf_marks_the_disputed_in_words(view: View) -> None:
    assert draw(view, "gexf").count("(disputed)") == sum(
        f.statement in view.disputed and view.is_link(f) for f in view.facts
    )


def test_cytoscape_edges_have_an_id_each_and_ends_that_exist(hostile: View) -> None:
    elements = json.loads(draw(hostile, "json"))["elements"]
    nodes = {node["data"]["id"] for node in elements["nodes"]}
    edges = [edge["data"] for edge in elements["edges"]]
    assert len({edge["id"] for edge in edges}) == len(edges)
    assert all(edge["source"] in nodes and edge["target"] in nodes for edge in edges)


def test_parallel_facts_stay_apart_in_the_network(view: View) -> None:
    graph = to_networkx(view)
    armenia, treaty = (next(n for n in graph if n.endswith(end)) for end in ("state/armenia", "friendship-1997"))
    assert {data["predicate"] for data in graph[armenia][treaty].values()} == {"invokes", "partyTo"}


def test_edges_carry_who_said_them_and_both_windows(view: View) -> None:
    graph = to_networkx(view)
    truce = [data for _, _, data in graph.edges(data=True) if data["statement"].endswith("truce")]
    assert truce[0]["stances"] == ("asserts", "denies")
    assert [end.rpartition("/")[2] for end in truce[0]["speakers"]] == ["russia-mfa", "armenia-mod"]
    assert (truce[0]["certain_begin"], truce[0]["certain_end"]) == ("2022-09-13T06:00:00Z", "2022-09-13T06:01:00Z")
    assert truce[0]["disputed"] is True


def test_literals_are_told_of_the_node(view: View) -> None:
    graph = to_networkx(view)
    node = next(n for n in graph if n.endswith("shelling-first-night"))
    assert graph.nodes[node]["literals"] == (("target", "civilian"), ("target", "military"))


def test_a_term_of_a_code_list_describes_its_node_and_is_none(view: View) -> None:
    graph = to_networkx(view)
    node = next(n for n in graph if n.endswith("shelling-second-morning"))
    assert ("means", "artillery") in graph.nodes[node]["literals"]
    assert not [n for n in graph if n.endswith("artillery")]


def test_names_do_not_lie_on_each_other(view: View) -> None:
    places = list(layout(to_networkx(view)).values())
    near = [
        (a, b) for n, a in enumerate(places) for b in places[n + 1 :] if abs(a[0] - b[0]) < 60 and abs(a[1] - b[1]) < 60
    ]
    assert near == []


def test_disputed_is_what_a_denial_says_no_to_and_what_it_denies(view: View) -> None:
    assert {iri.rpartition("/")[2] for iri in view.disputed} == {"sabotage", "truce", "targets"}


def test_a_claim_given_twice_is_refused(view: View) -> None:
    with pytest.raises(DataError, match="article-01"):
        View("x", (), (), (view.claims[0], view.claims[0]))


def test_unknown_format_names_those_known(view: View) -> None:
    with pytest.raises(UsageError, match=", ".join(FORMATS)):
        draw(view, "pdf")
