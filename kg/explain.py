"""What was said about a claim, statement or event: by whom, when, where, for and against.

Reads the whole graph; gives plain lines of text or dicts for JSON. It judges
nothing: both sides stand with their sources.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.derived import claims_behind, is_derived, lines_of_claim
from kg.iri import compact, kind_of, term
from kg.known import known_node
from kg.vocab import DCTERMS, K_NS, RDFS, S_NS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

LABEL = RDFS + "label"


@dataclass(frozen=True, slots=True)
class Told:
    """One claim, as ``kg explain`` shows it. Times are UTC, with the words as written beside."""

    claim: str
    speaker: str
    stance: str
    gist: str
    said: str
    said_as_written: str
    source: str
    passages: tuple[str, ...]
    content: tuple[str, ...]
    note: str
    sourcing: str
    quotation: str
    links: tuple[str, ...]
    answered_by: tuple[str, ...]
    derived: tuple[str, ...]
    """What follows from this claim and others: contradictions, and times that its words make narrower."""


def explain(store: Store, name: str) -> list[Told]:
    """Return every claim about a claim, statement, event or other thing, by said time.

    For a claim: itself, what it answers, and all that answers it. For a
    statement: all claims that point at it. For a disagreement: who noticed it,
    and then every claim of every side. For what is derived: every claim that it
    rests on. For anything else: all claims of which
    a statement has it as subject or value. Raises UnknownNameError.
    """
    node = known_node(store, name)
    kind = kind_of(node.value)
    if kind == "claim":
        claims = _around_claim(store, node)
    elif kind == "st":
        claims = _subjects(store, "content", node)
    elif is_derived(node.value):
        claims = claims_behind(store, node.value)
    elif kind == "disagreement":
        return _in_order(store, _about(store, node)) + _in_order(store, _sides(store, node))
    else:
        claims = _about(store, node)
    return _in_order(store, claims)


def _in_order(store: Store, claims: Iterable[NamedNode]) -> list[Told]:
    return sorted((tell(store, claim) for claim in claims), key=lambda told: (told.said, told.claim))


def _sides(store: Store, disagreement: NamedNode) -> set[NamedNode]:
    return {
        quad.object
        for statement in _subjects(store, "subject", disagreement)
        for quad in store.quads_for_pattern(statement, NamedNode(S_NS + "betweenClaims"), None)
        if isinstance(quad.object, NamedNode)
    }


def _around_claim(store: Store, claim: NamedNode) -> set[NamedNode]:
    found = {claim}
    for name in ("denies", "respondsTo", "supersedes", "withdraws"):
        found |= set(_values(store, claim, name)) | _subjects(store, name, claim)
    for statement in _values(store, claim, "content"):
        found |= _subjects(store, "content", statement)
    return found


def _about(store: Store, thing: NamedNode) -> set[NamedNode]:
    statements = {
        q.subject
        for q in store.quads_for_pattern(None, None, thing)
        if q.predicate.value.startswith(S_NS) or q.predicate.value == term("subject")
    }
    return {
        c
        for statement in statements
        if isinstance(statement, NamedNode)
        for c in _subjects(store, "content", statement)
    }


def _subjects(store: Store, name: str, value: NamedNode) -> set[NamedNode]:
    quads = store.quads_for_pattern(None, NamedNode(term(name)), value)
    return {q.subject for q in quads if isinstance(q.subject, NamedNode)}


def _values(store: Store, node: NamedNode, name: str) -> list[NamedNode]:
    quads = store.quads_for_pattern(node, NamedNode(term(name)), None)
    return sorted({q.object for q in quads if isinstance(q.object, NamedNode)}, key=str)


def _text(store: Store, node: NamedNode, name: str) -> str:
    iri = name if name.startswith("http") else term(name)
    found = sorted(str(getattr(q.object, "value", "")) for q in store.quads_for_pattern(node, NamedNode(iri), None))
    return " | ".join(dict.fromkeys(found))


def named(store: Store, iri: str) -> str:
    """Return a thing as ``label (curie)``, or its CURIE if it has no English label."""
    if iri.startswith(K_NS):
        return compact(iri).removeprefix("k:")
    quads = store.quads_for_pattern(NamedNode(iri), NamedNode(LABEL), None)
    labels = sorted(str(getattr(q.object, "value", "")) for q in quads if getattr(q.object, "language", None) == "en")
    return f"{labels[0]} ({compact(iri)})" if labels else compact(iri)


def tell(store: Store, claim: NamedNode) -> Told:
    """Return one claim with its source, passages, content, links and answers."""
    source = _values(store, claim, "source")
    title = _text(store, source[0], DCTERMS + "title") if source else ""
    readings = _values(store, claim, "saidReading")
    return Told(
        claim=compact(claim.value),
        speaker="; ".join(named(store, speaker.value) for speaker in _values(store, claim, "speaker")),
        stance="; ".join(named(store, stance.value) for stance in _values(store, claim, "stance")),
        gist=_text(store, claim, "gist"),
        said="; ".join(when(store, said) for said in _values(store, claim, "said")),
        said_as_written="; ".join(_as_written(store, reading) for reading in readings),
        source=f"{title} ({compact(source[0].value)})" if source else "",
        passages=tuple(f"characters {start} to {end}" for start, end in _spans(store, claim)),
        content=tuple(line for st in _values(store, claim, "content") for line in statement_lines(store, st)),
        note=_text(store, claim, "note"),
        sourcing="; ".join(named(store, sourcing.value) for sourcing in _values(store, claim, "sourcing")),
        quotation="; ".join(named(store, mark.value) for mark in _values(store, claim, "quotation")),
        links=tuple(_links(store, claim)),
        answered_by=tuple(_answers(store, claim)),
        derived=lines_of_claim(store, claim.value, [st.value for st in _values(store, claim, "content")]),
    )


def _as_written(store: Store, reading: NamedNode) -> str:
    words, zone = _text(store, reading, "asWritten"), _text(store, reading, "zoneAsWritten")
    return f"{words or _text(store, reading, 'notation')}{f' [{zone}]' if zone else ''}"


def _spans(store: Store, claim: NamedNode) -> list[tuple[int, int]]:
    passages = _values(store, claim, "passage")
    return sorted((int(_text(store, passage, "start")), int(_text(store, passage, "end"))) for passage in passages)


def _links(store: Store, claim: NamedNode) -> Iterable[str]:
    for name in ("denies", "respondsTo", "supersedes", "withdraws", "reportedIn"):
        for target in _values(store, claim, name):
            yield f"{name} {compact(target.value)}: {_text(store, target, 'gist')}"


def _answers(store: Store, claim: NamedNode) -> Iterable[str]:
    for name, words in (
        ("denies", "denied"),
        ("respondsTo", "answered"),
        ("supersedes", "superseded"),
        ("withdraws", "withdrawn"),
    ):
        for other in sorted(_subjects(store, name, claim), key=str):
            speaker = ", ".join(named(store, one.value) for one in _values(store, other, "speaker"))
            yield f"{words} by {speaker}: {_text(store, other, 'gist')} ({compact(other.value)})"


def when(store: Store, interval: NamedNode) -> str:
    """Return an interval in words: its bounds in UTC, mode and kinds of ends."""
    names = ("beginEarliest", "beginLatest", "endEarliest", "endLatest")
    first, second, third, last = (_short(_text(store, interval, name)) for name in names)
    mode = "; ".join(compact(node.value).removeprefix("k:") for node in _values(store, interval, "mode"))
    if mode == "someTimeWithin":
        return f"some time within {first} to {last}"
    begin = first if first == second else f"{first}..{second}"
    end = third if third == last else f"{third}..{last}"
    return f"{begin} to {end}"


def _short(text: str) -> str:
    if text.startswith(("1700-01-01", "2200-01-01")):
        return "(unbounded)"
    return text.replace(":00Z", "Z")


def statement_lines(store: Store, statement: NamedNode) -> list[str]:
    """Return a statement as lines: its id and held time, then each of its triples."""
    subjects = _values(store, statement, "subject")
    held = "; ".join(when(store, interval) for interval in _values(store, statement, "held"))
    lines = [f"{compact(statement.value)}: held {held}"]
    for quad in sorted(
        {(q.predicate.value, q.object) for q in store.quads_for_pattern(statement, None, None)}, key=str
    ):
        predicate, value = quad
        if predicate.startswith(S_NS):
            shown = named(store, value.value) if isinstance(value, NamedNode) else str(getattr(value, "value", value))
            lines.append(f"  {named(store, subjects[0].value)} {predicate[len(S_NS) :]} {shown}")
    return lines


def as_text(told: Iterable[Told]) -> str:
    """Return claims as text for people, one block each."""
    return "\n".join(_block(one) for one in told)


def _block(told: Told) -> str:
    lines = [f"{told.claim}", f"  {told.speaker} {told.stance}: {told.gist}"]
    lines.append(f"  said: {told.said} (written: {told.said_as_written})")
    spans = f", {'; '.join(told.passages)}" if told.passages else ""
    lines.append(f"  source: {told.source}{spans}")
    lines.extend(f"  {'content: ' if not line.startswith(' ') else '         '}{line}" for line in told.content)
    lines.extend(f"  {link}" for link in told.links)
    lines.extend(f"  {answer}" for answer in told.answered_by)
    lines.extend(f"  {line}" for line in told.derived)
    lines.extend([f"  note: {told.note}"] if told.note else [])
    lines.extend([f"  sourcing: {told.sourcing}"] if told.sourcing and told.sourcing != "sourced" else [])
    lines.extend([f"  quotation: {told.quotation}"] if told.quotation else [])
    return "\n".join(lines) + "\n"


def as_dicts(told: Iterable[Told]) -> list[dict[str, object]]:
    """Return claims as dicts, for JSON."""
    return [asdict(one) for one in told]
