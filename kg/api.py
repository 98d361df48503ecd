"""The Python door: ``kg.open()``, slices, questions, explanations, pictures.

Thin: each method calls one piece of the library. Times are aware datetimes or
text that ``kg.when.instant`` reads; a naive one is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, QuerySolutions, RdfFormat

from kg.answers import rows
from kg.ask import filled, find_question, run
from kg.errors import UsageError
from kg.explain import explain
from kg.iri import expand, kind_of, term
from kg.known import known_node
from kg.reason import derive
from kg.resources import DERIVED
from kg.scene import scene
from kg.slice import Cut, claims_only, plain, select
from kg.stats import statistics
from kg.store import open_store
from kg.when import instant, window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    import networkx as nx
    import rdflib
    from pyoxigraph import Store

    from kg.ask import Answer
    from kg.explain import Told
    from kg.slice import Selection
    from kg.stats import Count
    from kg.view import View


def cut(  # noqa: PLR0913 - one argument per option of a slice
    *,
    at: str | datetime | None = None,
    during: str | tuple[datetime, datetime] | None = None,
    as_known: str | datetime | None = None,
    recorded_by: str | datetime | None = None,
    according_to: str | Sequence[str] = (),
    certainty: str = "possible",
    stances: Sequence[str] = ("asserts",),
    organs: bool = True,
    unsourced: bool = False,
) -> Cut:
    """Return the cut that the options of a slice describe (design section 5).

    ``at`` and ``during`` (half-open) are on the held clock, ``as_known`` on the
    said, ``recorded_by`` on the recorded one. ``according_to`` takes CURIEs or
    IRIs. Raises TimeError, NaiveTimeError, UnknownNameError, UsageError.
    """
    speakers = (according_to,) if isinstance(according_to, str) else tuple(according_to)
    return Cut(
        at=instant(at) if at is not None else None,
        during=window(during) if isinstance(during, str) else during,
        as_known=instant(as_known) if as_known is not None else None,
        recorded_by=instant(recorded_by) if recorded_by is not None else None,
        according_to=tuple(expand(speaker) for speaker in speakers),
        certainty=certainty,
        stances=tuple(stances),
        organs=organs,
        unsourced=unsourced,
    )


@dataclass(frozen=True)
class Slice:
    """What a chosen set of claims says, as a plain graph and as the claims behind it."""

    whole: Store
    selection: Selection
    graph: Store
    """The plain triples, in the default graph of a store of their own."""

    def query(self, sparql: str) -> Answer:
        """Return the answer of plain SPARQL on the plain triples. Raises QueryError."""
        return run(self.graph, sparql)

    def rows(self, sparql: str) -> list[dict[str, str]]:
        """Return the rows of a SELECT as dicts of text, ready for pandas or polars."""
        return dicts(self.query(sparql))

    def view(self, title: str = "") -> View:
        """Return the claims and statements of the slice for pictures."""
        return scene(self.whole, self.selection.claims, self.selection.statements, title=title)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the network of the slice: things and the facts between them."""
        from kg.network import to_networkx

        return to_networkx(self.view())

    def to_rdflib(self) -> rdflib.Graph:
        """Return the plain triples as an rdflib graph."""
        import rdflib

        data = self.graph.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        return rdflib.Graph().parse(data=data or b"", format="nt")

    def draw(self, form: str = "html", *, zone: str = "UTC", title: str = "", figure: str = "lanes") -> str:
        """Return a picture: html, svg (one of four figures), or a file for other tools. Raises UsageError."""
        from kg.pictures import draw

        return draw(self.view(title), form, zone=zone, figure=figure)

    def _repr_html_(self) -> str:
        """Return the explorer for a notebook, in a frame that may run its script and nothing else."""
        from html import escape

        page = escape(self.draw(), quote=True)
        return f'<iframe sandbox="allow-scripts allow-downloads" srcdoc="{page}" width="100%" height="900"></iframe>'

    def __repr__(self) -> str:
        """Return how many claims and statements the slice holds, which is what a notebook without pages shows."""
        return f"<Slice: {len(self.selection.claims)} claims, {len(self.selection.statements)} statements>"

    def png(self, figure: str = "lanes", *, zone: str = "UTC", title: str = "") -> bytes:
        """Return a figure (lanes, network, timeline or map) as PNG. Raises UsageError, also without the extra png."""
        from kg.pictures import drawn

        return drawn(self.view(title), "png", zone=zone, figure=figure)


@dataclass(frozen=True)
class Graph:
    """The whole graph: claims, statements, passages, things, ontology."""

    store: Store

    def slice(self, options: Cut | None = None, /, **named: object) -> Slice:
        """Return a slice; takes a Cut, or the options of ``cut`` by name."""
        chosen = select(self.store, options or cut(**named))  # type: ignore[arg-type] # cut checks its own options
        return Slice(self.store, chosen, plain(self.store, chosen))

    def query(self, sparql: str) -> Answer:
        """Return the answer of SPARQL on the whole graph. Raises QueryError."""
        return run(self.store, sparql)

    def rows(self, sparql: str) -> list[dict[str, str]]:
        """Return the rows of a SELECT on the whole graph as dicts of text."""
        return dicts(self.query(sparql))

    def ask(self, name: str, options: Cut | None = None, **params: str) -> Answer:
        """Return the answer to a question of the catalogue, over the claims a cut leaves.

        Raises UnknownNameError for a thing that the graph does not know, since
        for a misspelt one every answer would be silence or "unknown". What is
        derived is derived anew from the claims that a cut leaves.
        """
        store, question = self.store, find_question(name)
        for param, value in params.items():
            if question.params.get(param) == "iri":
                known_node(store, value)
        if options and not options.is_whole:
            store = claims_only(store, select(store, options, every_stance=True))
            if DERIVED in question.tags:
                store.extend(derive(store))
        return run(store, filled(question, params), union=False)

    def explain(self, name: str) -> list[Told]:
        """Return all that was said about a claim, statement or thing."""
        return explain(self.store, name)

    def statistics(self, options: Cut | None = None) -> tuple[Count, ...]:
        """Return how many claims of every stance a cut leaves: by speaker, side, kind of source, stance, month."""
        chosen = select(self.store, options or Cut(unsourced=True), every_stance=True)
        return statistics(self.store, chosen.claims)

    def view(self, options: Cut | None = None, *, title: str = "", only: Iterable[str] = ()) -> View:
        """Return claims of every stance that a cut leaves, for pictures.

        With ``only``, just the claims that are named in it, or whose statements
        are or have a named thing as subject.
        """
        chosen = select(self.store, options or Cut(), every_stance=True)
        claims, kept_statements = set(chosen.claims), set(chosen.statements)
        names = set(only)
        if names:
            claims, kept_statements = self._narrowed(claims, kept_statements, names)
        return scene(self.store, claims, kept_statements, title=title)

    def names_of(self, name: str) -> set[str]:
        """Return what a name stands for in a picture: a source's claims, else the thing itself."""
        iri = known_node(self.store, name).value
        claims = self.store.quads_for_pattern(None, NamedNode(term("source")), NamedNode(iri))
        return {q.subject.value for q in claims if kind_of(q.subject.value) == "claim"} or {iri}  # type: ignore[union-attr]

    def _narrowed(self, claims: set[str], statements: set[str], names: set[str]) -> tuple[set[str], set[str]]:
        named_claims = claims & names
        about = set(statements & names)
        for subject in names:
            quads = self.store.quads_for_pattern(None, NamedNode(term("subject")), NamedNode(subject))
            about |= {q.subject.value for q in quads} & statements  # type: ignore[union-attr] # subjects are IRIs
        pairs = list(self.store.quads_for_pattern(None, NamedNode(term("content")), None))
        if named_claims:
            about |= {q.object.value for q in pairs if q.subject.value in named_claims} & statements  # type: ignore[union-attr]
            return named_claims, about
        return {q.subject.value for q in pairs if q.object.value in about} & claims, about  # type: ignore[union-attr]


def dicts(answer: Answer) -> list[dict[str, str]]:
    """Return the rows of a SELECT as dicts of text, IRIs as CURIEs. Raises UsageError for others."""
    if not isinstance(answer, QuerySolutions):
        raise UsageError("only a SELECT has rows", mend="use query() for ASK and CONSTRUCT")
    names, lines = rows(answer)
    return [dict(zip(names, line, strict=True)) for line in lines]


def open_graph(store: Path | None = None) -> Graph:
    """Return the graph in a store folder, or the one that comes with the package."""
    return Graph(open_store(store))
