"""What changes between two sets of claims: which statements, derivations and answers fall, which stand, which are new.

Both sides are stores of claims with what follows from just these. It chooses no
claims (``kg.slice`` does) and mends nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QuerySolutions

from kg.answers import rows
from kg.ask import find_question, run
from kg.derived import KINDS
from kg.iri import compact, kind_of, term
from kg.known import known_node, label_of, properties
from kg.reason import derive
from kg.slice import claims_only, select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Store

    from kg.slice import Cut

CLAIMS = {
    "Contradiction": ("firstClaim", "secondClaim", "derivedFrom"),
    "TreatyDuty": ("accountClaim", "invokedBy", "answeredBy", "derivedFrom"),
    "TightenedTime": ("derivedFrom",),
}
"""Classes of what is derived that are compared, with the properties that name the claims behind each."""
_KEYS = {
    "Contradiction": ("contradictionKind", "byRule", "differsIn", "firstStatement", "secondStatement"),
    "TreatyDuty": ("dutyProvision", "dutyObligation", "dutyEvent", "dutyTowards"),
    "TightenedTime": ("tightens",),
}
"""What makes two derivations the same, whatever claims they rest on."""
_STATES = ("derivedCertainty", "dutyState", "tightenedTo")
FALLS, STANDS, NEW, OTHER = "falls", "stands", "new", "otherwise"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: what it is, how, and on how many claims it rests before and after.

    ``how`` is falls, stands (on fewer claims), new, or otherwise (with another certainty or state).
    """

    what: str
    how: str
    name: str
    text: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class _Item:
    text: str
    state: str
    claims: frozenset[str]


def held_by(store: Store, cut: Cut, without: Iterable[str] = ()) -> Store:
    """Return a store of the claims that a cut leaves without those of some sources and claims, with what follows.

    Raises UnknownNameError for a name that is no claim, source or thing here.
    """
    selection = select(store, replace(cut, unsourced=True), every_stance=True)
    gone = {claim for name in without for claim in _claims_of(store, known_node(store, name))}
    chosen = replace(selection, rows=[row for row in selection.rows if row.claim not in gone])
    found = claims_only(store, chosen)
    found.extend(list(derive(found)))
    return found


def _claims_of(store: Store, node: NamedNode) -> set[str]:
    if kind_of(node.value) == "claim":
        return {node.value}
    quads = store.quads_for_pattern(None, NamedNode(term("source")), node)
    found = {q.subject.value for q in quads if isinstance(q.subject, NamedNode)}
    return {iri for iri in found if kind_of(iri) == "claim"}


def changes(before: Store, after: Store, questions: Sequence[str] = ()) -> list[Change]:
    """Return what changes from one store of claims to another, by kind, in a fixed order.

    ``questions`` are names of the catalogue whose rows, with their defaults, are
    compared, too. Raises UnknownNameError for one that is not there.
    """
    found = list(_compared("statement", _statements(before), _statements(after)))
    for name in CLAIMS:
        found += _compared(name, _derived(before, name), _derived(after, name))
    for question in questions:
        found += _answers(question, before, after)
    return found


def _compared(what: str, before: Mapping[str, _Item], after: Mapping[str, _Item]) -> Iterator[Change]:
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        how = _how(old, new)
        if how:
            item = old or new
            text = item.text if item else ""
            yield Change(what, how, key, text, len(old.claims) if old else 0, len(new.claims) if new else 0)


def _how(old: _Item | None, new: _Item | None) -> str:
    if old is None or new is None:
        return NEW if old is None else FALLS
    if old.state != new.state:
        return OTHER
    return STANDS if old.claims - new.claims else ""


def _statements(store: Store) -> dict[str, _Item]:
    held: dict[str, set[str]] = {}
    for q in store.quads_for_pattern(None, NamedNode(term("content")), None):
        held.setdefault(q.object.value, set()).add(q.subject.value)  # type: ignore[union-attr] # both are IRIs
    return {compact(st): _Item(_about(store, st), "", frozenset(claims)) for st, claims in held.items()}


def _about(store: Store, statement: str) -> str:
    subject = next(iter(properties(store, statement).get(term("subject"), [])), "")
    return f"about {label_of(store, subject)}" if subject else ""


def _derived(store: Store, name: str) -> dict[str, _Item]:
    found: dict[str, _Item] = {}
    for q in store.quads_for_pattern(None, None, NamedNode(term(name))):
        values = properties(store, str(getattr(q.subject, "value", "")))
        key = " ".join(_short(value) for part in _KEYS[name] for value in values.get(term(part), ["-"]))
        claims = frozenset(claim for part in CLAIMS[name] for claim in values.get(term(part), ()))
        state = " ".join(value for part in _STATES for value in values.get(term(part), ()))
        found[key] = _Item(_told(store, name, values), state, claims)
    return found


def _told(store: Store, name: str, values: Mapping[str, Sequence[str]]) -> str:
    things = values.get(term("aboutThing")) or values.get(term("dutyEvent")) or ()
    if name == "TightenedTime":
        return "; ".join(_about(store, statement) for statement in values.get(term("tightens"), ()))
    return "; ".join(f"about {label_of(store, thing)}" for thing in things)


def _short(value: str) -> str:
    return compact(value).removeprefix("k:")


def _answers(question: str, before: Store, after: Store) -> Iterator[Change]:
    old, new = (Counter(_rows(store, question)) for store in (before, after))
    for how, lost in ((FALLS, old - new), (NEW, new - old)):
        for line, count in sorted(lost.items()):
            yield Change(f"answer {question}", how, " | ".join(line), "", *((count, 0) if how == FALLS else (0, count)))


def _rows(store: Store, question: str) -> Iterator[tuple[str, ...]]:
    answer = run(store, find_question(question).text, union=False)
    if isinstance(answer, QuerySolutions):
        _, lines = rows(answer)
        for line in lines:
            # The id of what is derived changes with the claims it rests on, and says nothing to a reader.
            yield tuple(cell for cell in line if kind_of(cell) not in KINDS)
