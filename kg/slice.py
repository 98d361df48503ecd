"""Slices: the plain graph of what a chosen set of claims says (design section 5).

Chooses claims and statements by the three clocks, by speaker, stance and
certainty; gives them as plain triples or as the claims behind them. It does
not run users' queries over the whole graph and draws nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store, Triple

from kg.errors import NaiveTimeError, UnknownNameError, UsageError
from kg.iri import kind_of, term
from kg.store import DERIVED_GRAPH
from kg.vocab import K_NS, S_NS
from kg.when import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

CERTAINTIES = ("certain", "possible")
KEPT_OF_CONCEPTS = ("label", "prefLabel", "broader", "type", "inScheme")


@dataclass(frozen=True, slots=True)
class Cut:
    """How a slice is chosen; the same names stand on every verb.

    ``at`` is an instant and ``during`` a half-open window on the held clock;
    ``as_known`` and ``recorded_by`` are instants on the said and recorded
    clocks; all are aware datetimes. ``according_to`` are speakers' IRIs, their
    organs included unless ``organs`` is False. ``certainty`` is ``certain`` or
    ``possible`` and holds for the held and the said clock alike.
    """

    at: datetime | None = None
    during: tuple[datetime, datetime] | None = None
    as_known: datetime | None = None
    recorded_by: datetime | None = None
    according_to: tuple[str, ...] = ()
    certainty: str = "possible"
    stances: tuple[str, ...] = ("asserts",)
    organs: bool = True
    unsourced: bool = False

    def __post_init__(self) -> None:
        """Refuse what does not go together and what has no zone."""
        if self.at and self.during:
            raise UsageError("an instant and a window cannot both be asked for", mend="drop one of at and during")
        if self.certainty not in CERTAINTIES:
            raise UsageError(f"{self.certainty!r} is not a certainty", mend="say 'certain' or 'possible'")
        moments = (self.at, *(self.during or ()), self.as_known, self.recorded_by)
        for moment in moments:
            if moment and moment.utcoffset() is None:
                raise NaiveTimeError(f"{moment!r} has no time zone", mend="read it with kg.when.instant")
        if self.during and self.during[0] >= self.during[1]:
            raise UsageError("the window is empty", mend="its end comes after its beginning")

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is left out, so that the slice is the whole graph."""
        return self == Cut(certainty=self.certainty, unsourced=self.unsourced)


@dataclass(frozen=True, slots=True)
class Row:
    """One claim about one statement (or about none), as a slice needs it."""

    claim: str
    speaker: str
    stance: str
    said_begin: str
    said_end: str
    statement: str | None


@dataclass
class Selection:
    """The claims that a cut chooses, and the statements that they point at."""

    cut: Cut
    rows: list[Row] = field(default_factory=list)

    @property
    def claims(self) -> list[str]:
        """Return the chosen claims, each once, sorted."""
        return sorted({row.claim for row in self.rows})

    @property
    def statements(self) -> list[str]:
        """Return the statements that the chosen claims point at, sorted."""
        return sorted({row.statement for row in self.rows if row.statement})


def _moment(value: datetime) -> str:
    return f'"{written(value)}"^^<http://www.w3.org/2001/XMLSchema#dateTime>'


def held_filter(cut: Cut) -> str:
    """Return the SPARQL condition on ?beginEarliest ... ?endLatest of a cut, or ''."""
    certain = cut.certainty == "certain"
    if cut.at:
        moment = _moment(cut.at)
        low, high = ("?beginLatest", "?endEarliest") if certain else ("?beginEarliest", "?endLatest")
        return f"FILTER({low} <= {moment} && {moment} < {high})"
    if cut.during:
        first, last = (_moment(bound) for bound in cut.during)
        if not certain:
            return f"FILTER(?beginEarliest < {last} && {first} < ?endLatest)"
        # The rule of kg.when.holds_within: every way to place the interval touches the window.
        begins = f"(?beginLatest < {last} || ?endLatest <= {last})"
        ends = f"({first} < ?endEarliest || {first} <= ?beginEarliest)"
        return f"FILTER({begins} && {ends})"
    return ""


def said_filter(cut: Cut) -> str:
    """Return the SPARQL condition on the said and recorded clocks of a cut, or ''."""
    parts = []
    if cut.as_known:
        moment = _moment(cut.as_known)
        parts.append(f"?saidEnd <= {moment}" if cut.certainty == "certain" else f"?saidBegin < {moment}")
    if cut.recorded_by:
        parts.append(f"?recorded <= {_moment(cut.recorded_by)}")
    return f"FILTER({' && '.join(parts)})" if parts else ""


def _query(cut: Cut) -> str:
    unsourced = "" if cut.unsourced else "FILTER NOT EXISTS { ?claim k:sourcing k:unsourced }"
    bounds = held_filter(cut)
    if bounds:
        bounds = (
            "?held k:beginEarliest ?beginEarliest ; k:beginLatest ?beginLatest ;"
            f" k:endEarliest ?endEarliest ; k:endLatest ?endLatest . {bounds}"
        )
    # A subject that nothing describes (a claim without content) still counts when no held time is asked for.
    content = f"?claim k:content ?statement . ?statement k:held ?held . {bounds}"
    if not bounds:
        content = "OPTIONAL { ?claim k:content ?statement }"
    return f"""PREFIX k: <{K_NS}>
    SELECT ?claim ?speaker ?stance ?saidBegin ?saidEnd ?statement WHERE {{ GRAPH ?source {{
      ?claim a k:Claim ; k:speaker ?speaker ; k:stance ?stance ; k:said ?said ; k:recorded ?recorded .
      ?said k:beginEarliest ?saidBegin ; k:endLatest ?saidEnd . {said_filter(cut)}
      {content} {unsourced} }} }}"""


def select(store: Store, cut: Cut, *, every_stance: bool = False) -> Selection:
    """Return the claims that a cut chooses.

    By default only claims of the cut's stances, less what the same speaker
    denies, has withdrawn or superseded by then; with ``every_stance`` all
    claims that the clocks and speakers allow, for questions about claims.
    """
    speakers = speakers_of(store, cut)
    rows = [row for row in _rows(store, cut) if speakers is None or _speaks(row, speakers)]
    if not every_stance:
        wanted = {term(stance) for stance in cut.stances}
        taken_back = _taken_back(store, cut)
        rows = [row for row in rows if row.stance in wanted and row.statement and not taken_back.drops(row)]
    return Selection(cut, rows)


def _speaks(row: Row, speakers: Mapping[str, set[str]]) -> bool:
    return row.speaker in speakers["speaker"] or row.claim in speakers["claim"]


def _rows(store: Store, cut: Cut) -> Iterator[Row]:
    solutions = store.query(_query(cut))
    if not isinstance(solutions, QuerySolutions):
        return
    for solution in solutions:
        claim, speaker, stance, begin, end, statement = (solution[index] for index in range(6))
        yield Row(
            claim.value, speaker.value, stance.value, begin.value, end.value, statement.value if statement else None,
        )  # fmt: skip


def speakers_of(store: Store, cut: Cut) -> dict[str, set[str]] | None:
    """Return the speakers that a cut takes the word of, organs included, or None for all.

    Under ``speaker`` stand agents, under ``claim`` the claims that others made on
    their behalf. Raises UnknownNameError for a speaker nobody heard of.
    """
    if not cut.according_to:
        return None
    organs = defaultdict(set)
    for quad in store.quads_for_pattern(None, NamedNode(term("organOf")), None):
        organs[_name(quad.object)].add(_name(quad.subject))
    chosen: set[str] = set()
    waiting = list(cut.according_to)
    while waiting:
        agent = waiting.pop()
        if agent not in chosen:
            chosen.add(agent)
            waiting.extend(organs[agent] if cut.organs else ())
    known = {agent for agent in cut.according_to if _is_known(store, agent)}
    for agent in cut.according_to:
        if agent not in known:
            raise UnknownNameError(f"nobody is called {agent!r}", mend="kg ask speakers lists who speaks here")
    behalf = NamedNode(term("onBehalfOf"))
    claims = {_name(q.subject) for agent in chosen for q in store.quads_for_pattern(None, behalf, NamedNode(agent))}
    return {"speaker": chosen, "claim": claims}


def speaks_for(store: Store, agent: str) -> set[str]:
    """Return the agents in whose name an agent speaks as their organ, up to its state; itself among them."""
    found: set[str] = set()
    waiting = [agent]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            owners = store.quads_for_pattern(NamedNode(one), NamedNode(term("organOf")), None)
            waiting.extend(_name(quad.object) for quad in owners)
    return found


def _name(node: object) -> str:
    return str(getattr(node, "value", node))


def _is_known(store: Store, agent: str) -> bool:
    return next(store.quads_for_pattern(NamedNode(agent), None, None), None) is not None


@dataclass
class _TakenBack:
    """What speakers took back: denied statements, withdrawn and superseded claims."""

    denied: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    claims: set[tuple[str, str]] = field(default_factory=set)

    def drops(self, row: Row) -> bool:
        """Return whether the speaker of the row has taken it back."""
        if (row.speaker, row.claim) in self.claims:
            return True
        # Said again, certainly after the denial, it stands again.
        denials = self.denied.get((row.speaker, row.statement or ""), ())
        return any(not denial_end <= row.said_begin for denial_end in denials)


def _taken_back(store: Store, cut: Cut) -> _TakenBack:
    """Return what was taken back by then; only the speaker's own word counts."""
    found = _TakenBack()
    query = f"""PREFIX k: <{K_NS}>
    SELECT ?speaker ?statement ?claim ?end WHERE {{ GRAPH ?source {{
      ?back a k:Claim ; k:speaker ?speaker ; k:said ?said ; k:recorded ?recorded .
      ?said k:beginEarliest ?saidBegin ; k:endLatest ?saidEnd . BIND(?saidEnd AS ?end) {said_filter(cut)}
      {{ ?back k:stance k:denies ; k:content ?statement }} UNION {{ ?back k:denies ?claim }}
      UNION {{ ?back k:withdraws ?claim }} UNION {{ ?back k:supersedes ?claim }} }} }}"""
    solutions = store.query(query)
    if isinstance(solutions, QuerySolutions):
        for solution in solutions:
            if solution["statement"] is not None:
                found.denied[solution["speaker"].value, solution["statement"].value].append(solution["end"].value)
            else:
                found.claims.add((solution["speaker"].value, solution["claim"].value))
    return found


def plain(store: Store, selection: Selection) -> Store:
    """Return the plain graph of a selection, in the default graph of a store of its own.

    (subject, plain predicate, value) of every statement, beside the timeless
    data of what they mention. No claim, statement or interval is in it.
    """
    found = Store()
    triples = {triple for statement in selection.statements for triple in _projected(store, statement)}
    mentioned = {part for triple in triples for part in (triple.subject, triple.predicate, triple.object)}
    for part in mentioned:
        if isinstance(part, NamedNode):
            triples.update(timeless(store, part))
    found.bulk_extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in triples)
    return found


def _projected(store: Store, statement: str) -> Iterator[Triple]:
    facts, subjects = [], []
    for quad in store.quads_for_pattern(NamedNode(statement), None, None):
        if quad.predicate.value == term("subject"):
            subjects.append(quad.object)
        elif quad.predicate.value.startswith(S_NS):
            facts.append((NamedNode(K_NS + quad.predicate.value[len(S_NS) :]), quad.object))
    for subject in subjects[:1]:
        yield from (Triple(subject, predicate, value) for predicate, value in facts)  # type: ignore[arg-type] # subjects are IRIs


def timeless(store: Store, node: NamedNode) -> Iterator[Triple]:
    """Yield the timeless data of a thing: type, labels, identifiers, coordinates."""
    concept = node.value.startswith(K_NS)
    if not concept and kind_of(node.value) in {"claim", "st", "time", "reading", "psg", "graph", "source", ""}:
        return
    for quad in store.quads_for_pattern(node, None, None):
        name = quad.predicate.value.rpartition("#")[2]
        if not concept or name in KEPT_OF_CONCEPTS:
            yield Triple(quad.subject, quad.predicate, quad.object)


def claims_only(store: Store, selection: Selection) -> Store:
    """Return the whole shape of the chosen claims: claims, statements, times, passages.

    Named graphs are kept; sources, things and the ontology are all there. Links
    to claims outside the selection are left out, and so is all that was derived
    from more claims than these.
    """
    found = Store()
    chosen = {NamedNode(iri) for iri in (*selection.claims, *selection.statements)}
    found.bulk_extend(_kept(store, chosen))
    return found


def _kept(store: Store, chosen: set[NamedNode]) -> Iterator[Quad]:
    derived = NamedNode(DERIVED_GRAPH)
    for quad in store:
        subject = quad.subject
        if quad.graph_name == derived:
            continue
        if isinstance(subject, NamedNode) and kind_of(subject.value) in {"claim", "st"} and subject not in chosen:
            continue
        target = quad.object
        hidden = isinstance(target, NamedNode) and kind_of(target.value) in {"claim", "st"} and target not in chosen
        if not hidden:
            yield quad
