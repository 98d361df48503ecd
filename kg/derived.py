"""What was derived about a claim or a thing, in words: contradictions, tightened times, duties, with their steps.

Reads the derived graph; derives nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.iri import compact, kind_of, term
from kg.known import label_of, properties
from kg.vocab import K_NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

KINDS = ("contradiction", "duty", "lookalike", "support", "tightening")
"""Kinds of things that are derived."""
SIDES = ("firstClaim", "secondClaim")
CLAIMS = (*SIDES, "accountClaim", "invokedBy", "answeredBy", "supportClaim", "derivedFrom")
"""Properties by which what is derived names the claims it rests on."""
_SHOWN = 4
"""How many contradictions of a claim are shown; the rest is counted."""


def is_derived(iri: str) -> bool:
    """Return whether a node is one of what was derived."""
    return kind_of(iri) in KINDS


def claims_behind(store: Store, node: str) -> set[NamedNode]:
    """Return the claims that something derived rests on."""
    quads = (q for name in CLAIMS for q in store.quads_for_pattern(NamedNode(node), NamedNode(term(name)), None))
    return {q.object for q in quads if isinstance(q.object, NamedNode)}


def derived_lines(store: Store, node: str) -> list[str]:
    """Return something derived in lines: what it is, by which rule, and each of its values."""
    found = properties(store, node)
    rule = next(iter(found.get(term("byRule"), [])), "")
    lines = [compact(node)]
    if rule:
        lines.append(f"  rule {_local(rule)}: {_definition(store, rule)}")
    for name, values in sorted(found.items()):
        if name.startswith(K_NS) and name not in {term("byRule"), term("derivationStep")}:
            lines += [f"  {_local(name)}: {_named(store, value)}" for value in values]
    return [*lines, *(f"  {step}" for step in _steps(found))]


def lines_of_claim(store: Store, claim: str, statements: Iterable[str]) -> tuple[str, ...]:
    """Return what was derived about a claim: what it stands against, and the times that its words make narrower."""
    against = [line for side, other in (SIDES, SIDES[::-1]) for line in _against(store, claim, side, other)]
    shown = against[:_SHOWN]
    if len(against) > len(shown):
        shown.append(f"and {len(against) - len(shown)} more contradictions: kg ask contradictions-about thing=THING")
    return (*shown, *(line for statement in statements for line in _tightened(store, statement)))


def _against(store: Store, claim: str, side: str, other: str) -> Iterator[str]:
    quads = store.quads_for_pattern(None, NamedNode(term(side)), NamedNode(claim))
    for node in sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)}):
        if kind_of(node) == "contradiction":
            found = properties(store, node)
            kind = ", ".join(_local(found[term(name)][0]) for name in ("contradictionKind", "derivedCertainty"))
            for target in found.get(term(other), []):
                yield f"contradicts ({kind}) {compact(target)}: {_gist(store, target)} [{compact(node)}]"


def _tightened(store: Store, statement: str) -> Iterator[str]:
    quads = store.quads_for_pattern(None, NamedNode(term("tightens")), NamedNode(statement))
    for node in sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)}):
        yield f"derived time of {compact(statement)} [{compact(node)}]:"
        yield from (f"  {step}" for step in _steps(properties(store, node)))


def _steps(found: dict[str, list[str]]) -> list[str]:
    return sorted(found.get(term("derivationStep"), []), key=lambda step: int(step.partition(".")[0]))


def _gist(store: Store, claim: str) -> str:
    return next(iter(properties(store, claim).get(term("gist"), [])), "")


def _named(store: Store, value: str) -> str:
    if kind_of(value) == "claim":
        return f"{compact(value)}: {_gist(store, value)}"
    if value.startswith(K_NS):
        return _local(value)
    if kind_of(value) == "time":
        bounds = properties(store, value)
        first, last = (bounds[term(name)][0] for name in ("beginEarliest", "endLatest"))
        return f"{first} to {last} ({compact(value)})"
    return compact(value) if kind_of(value) in {"", "st"} else f"{label_of(store, value)} ({compact(value)})"


def _definition(store: Store, concept: str) -> str:
    return next(iter(properties(store, concept).get("http://www.w3.org/2004/02/skos/core#definition", [])), "")


def _local(iri: str) -> str:
    return iri.removeprefix(K_NS)
