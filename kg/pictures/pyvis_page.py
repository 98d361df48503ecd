"""One HTML file with the network of a view: pyvis data in a template of ours.

pyvis holds nodes and edges and brings vis-network; its own template is neither
offline nor safe against what a source can write, so the page is ours: no request
leaves it, data is JSON that cannot end its script, every text is escaped or set
as text. Places come from ``kg.network``; nothing moves in the browser.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from kg.layout import TALL, WIDE
from kg.network import layout, nodes_of, to_networkx
from kg.pictures import palette
from kg.pictures.axis import Axis, is_bound, span, zone_named
from kg.pictures.phrases import held_phrase, said_phrase, verb
from kg.pictures.policy import csp, json_for_script
from kg.pictures.rows import claim_rows, fact_rows
from kg.pictures.text import clean, shortened

if TYPE_CHECKING:
    from datetime import datetime

    import networkx as nx

    from kg.view import Fact, Said, View
    from kg.when.model import Interval

_LABEL = 420.0
_LEGEND = (("■", "state", "k0"), ("▲", "organisation, person, office", "k1"), ("●", "place", "k2"),
           ("◆", "event", "k3"), ("★", "treaty, provision", "k4"), ("⬢", "anything else", "k5"))  # fmt: skip
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}, "tooltipDelay": 120},
    "nodes": {"font": {"size": 17}, "size": 15, "widthConstraint": {"maximum": WIDE.line}, "borderWidth": 1},
    "edges": {
        "font": {"size": 14, "align": "horizontal"},
        "width": 1.5,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.7}},
    },
}


def network_page(view: View, *, zone: str) -> str:
    """Return a whole HTML page that needs no other file and makes no request.

    Times in it are local to ``zone`` (an IANA name). A fact shows at an instant
    if begin_latest <= t < end_earliest (certainly) or begin_earliest <= t <
    end_latest (possibly); a claim had been said by T if end_latest <= T
    (certainly) or begin_earliest < T (possibly). Raises UsageError for an
    unknown zone.
    """
    axis = Axis(*span(view), 0.0, 1000.0, zone_named(zone))
    data = _data(view, axis)
    css, script, library = _asset("network.css"), _asset("network.js"), _library()
    page = Environment(autoescape=True, undefined=StrictUndefined).from_string(_asset("network.html"))
    speakers = sorted({claim.speaker: clean(claim.speaker_label) for claim in view.claims}.items(), key=lambda s: s[1])
    return page.render(
        title=clean(view.title) or "Network",
        view=view,
        zone=zone,
        policy=csp(css, [script, library]),
        css=Markup(css),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        library=Markup(library),  # noqa: S704 - as pyvis ships it
        data=Markup(json_for_script(data)),  # noqa: S704 - cannot end its element
        claims=claim_rows(view, axis),
        facts=fact_rows(view, axis),
        speakers=[(iri, shortened(label, 14, 500)) for iri, label in speakers],
        disputed=sum(fact["disputed"] for fact in data["facts"]),
        edges=len(data["edges"]),
        unbounded=data["unbounded"],
        undated=data["undated"],
        legend=_LEGEND,
        **_slider(axis),
    )


def _asset(name: str) -> str:
    return (files("kg.pictures") / "templates" / name).read_text(encoding="utf-8")


def _library() -> str:
    """Return vis-network as pyvis ships it, with line ends as a browser hashes them."""
    source = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    text = source.read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _slider(axis: Axis) -> dict[str, int]:
    middle = axis.begin + (axis.end - axis.begin) / 2
    middle = axis.begin + timedelta(minutes=(middle - axis.begin) // timedelta(minutes=1))
    return {"first": _seconds(axis.begin), "last": _seconds(axis.end), "middle": _seconds(middle)}


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _bounds(interval: Interval) -> list[int]:
    return [_seconds(bound) for bound in interval.bounds]


def _data(view: View, axis: Axis) -> dict[str, Any]:
    graph = to_networkx(view)
    numbers = {claim.claim: number for number, claim in enumerate(view.claims)}
    nodes, edges = _pyvis_data(view, graph)
    return {
        "zone": axis.zone.key,
        "options": _OPTIONS,
        "uprightLine": TALL.line,
        "nodes": nodes,
        "edges": edges,
        "claims": [
            {
                "speaker": claim.speaker,
                "said": _bounds(claim.said),
                "words": _claim_words(claim, axis),
            }
            for claim in view.claims
        ],
        "facts": [_fact(view, fact, axis, numbers) for fact in view.facts],
        "unbounded": sum(not (is_bound(f.held.begin_earliest) and is_bound(f.held.end_latest)) for f in view.facts),
        "undated": sum(not any(map(is_bound, f.held.bounds)) for f in view.facts),
    }


def _claim_words(claim: Said, axis: Axis) -> str:
    who = f"{clean(claim.speaker_label)} {clean(verb(claim.stance))}"
    return f"{who}, {said_phrase(claim.said, axis)}: {clean(claim.gist)}"


def _fact(view: View, fact: Fact, axis: Axis, numbers: dict[str, int]) -> dict[str, Any]:
    words = f"{clean(view.label(fact.subject))} {clean(fact.predicate)} {clean(view.value_words(fact))}"
    return {
        "held": _bounds(fact.held),
        "claims": [numbers[claim.claim] for claim in view.claims_on.get(fact.statement, ())],
        "disputed": fact.statement in view.disputed,
        "ends": [fact.subject, fact.value],
        "words": f"{words}: {held_phrase(fact.held, axis)}",
    }


def _pyvis_data(view: View, graph: nx.MultiDiGraph[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return nodes and edges as pyvis keeps them; a speaker that nothing is told of is not drawn."""
    from pyvis.network import Network  # heavy: it imports IPython

    net = Network(directed=True)
    places, upright = layout(graph), layout(graph, TALL)
    ids = {node: f"n{number}" for number, node in enumerate(sorted(graph))}  # vis-network loses a node called __proto__
    for node, data in nodes_of(graph):
        if graph.degree(node) or not data["speaker"]:
            x, y = places[node]
            net.add_node(ids[node], iri=node, **_node(data), x=x, y=y, upright=upright[node])
    pairs: Counter[tuple[str, ...]] = Counter()
    for number, fact in enumerate(view.facts):
        if view.is_link(fact):
            pair = tuple(sorted((fact.subject, fact.value)))
            pairs[pair] += 1
            net.add_edge(ids[fact.subject], ids[fact.value], id=number, **_edge(view, fact, pairs[pair]))
    return net.nodes, net.edges


def _node(data: dict[str, Any]) -> dict[str, Any]:
    name = clean(data["label"])
    literals = [f"{clean(predicate)}: {clean(value)}" for predicate, value in data["literals"]]
    return {
        "label": shortened(name, 17, _LABEL) or "(no name)",
        "name": name,
        "title": "\n".join(shortened(part, 14, 1200) for part in (f"{name} ({data['kind']})", *literals)),
        "shape": palette.shape(data["kind"]),
        "color": palette.colour(data["kind"]),
        "literals": literals,
    }


def _edge(view: View, fact: Fact, nth: int) -> dict[str, Any]:
    disputed = fact.statement in view.disputed
    return {
        "label": ("◆ " if disputed else "") + shortened(fact.predicate, 13, 160),
        "dashes": [7, 5] if disputed else False,
        "smooth": {"enabled": nth > 1, "type": "curvedCW", "roundness": round(0.3 * (nth - 1), 2)},
    }
