"""What may leave as a property of a thing, where a form has no place for who says so and who denies it.

Only what somebody asserts flatly, in a source, and nobody denies, doubts,
withdraws or, as derived here, contradicts. It errs to one side: what is left
out is still told as somebody's word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.claim import Literal
from kg.iri import statement_iri, term
from kg.vocab import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from kg.claim import Claim, Fact, Statement, Value
    from kg.profiles.told import Told

AGAINST: Final = frozenset({"denies", "doubts", "withdraws"})
"""Stances to a content that is then not only asserted."""
REPLACED: Final = ("denies", "withdraws", "supersedes")
"""Links after which the claim that they point at is not the last word on its content."""
_TYPE, _CONTRADICTION = NamedNode(RDF + "type"), NamedNode(term("Contradiction"))


@dataclass(frozen=True, slots=True)
class Contested:
    """What stands against claims of a graph."""

    claims: frozenset[str]
    """Those that another claim denies, withdraws or supersedes."""
    statements: frozenset[str]
    """Those that are denied, doubted, withdrawn or contradicted, by id."""
    pairs: frozenset[tuple[str, str]]
    """Subject and value of each fact in one that is denied, either first, whatever its predicate and its time."""
    subjects: frozenset[str]
    """What those statements are about."""

    def lets(self, claim: Claim) -> bool:
        """Return whether a claim is a flat assertion of its own speaker, from a source, that still stands."""
        return (
            claim.stance == "asserts"
            and claim.certainty in {None, "flat"}
            and claim.sourcing in {None, "sourced"}
            and claim.iri not in self.claims
            and not any(name == "reportedIn" for name, _ in claim.links)
        )

    def facts_of(self, claim: Claim, statement: Statement) -> Iterator[Fact]:
        """Yield the facts in the content of a claim that may leave as properties."""
        if self.lets(claim) and statement_iri(statement) not in self.statements:
            yield from (fact for fact in statement.facts if not self.parts(statement.subject, fact[1]))

    def parts(self, thing: str, value: Value) -> bool:
        """Return whether somebody denies something that ties a thing to a value, such as a name or another thing."""
        return (thing, _same(value)) in self.pairs


def contested(told: Told) -> Contested:
    """Return what stands against claims of a graph."""
    replaced = {name: _targets(told.store, name) for name in REPLACED}
    denied = replaced["denies"] | replaced["withdraws"]
    statements = _contradicted(told.store)
    pairs: set[tuple[str, str]] = set()
    subjects: set[str] = set()
    for claim in told.claims():
        against = claim.stance in AGAINST or claim.iri in denied
        for statement in claim.content:
            iri = statement_iri(statement)
            if against:
                statements.add(iri)
                values = {_same(value) for _, value in statement.facts}
                pairs.update((statement.subject, value) for value in values)
                pairs.update((value, statement.subject) for value in values)
            if iri in statements:
                subjects.add(statement.subject)
    claims = frozenset().union(*replaced.values())
    return Contested(claims, frozenset(statements), frozenset(pairs), frozenset(subjects))


def _contradicted(store: Store) -> set[str]:
    """Return the statements of every contradiction that the graph derives; of a graph without them, none."""
    pairs = (NamedNode(term("firstStatement")), NamedNode(term("secondStatement")))
    nodes = {quad.subject for quad in store.quads_for_pattern(None, _TYPE, _CONTRADICTION)}
    found = (quad.object for node in nodes for name in pairs for quad in store.quads_for_pattern(node, name, None))
    return {value.value for value in found if isinstance(value, NamedNode)}


def _targets(store: Store, name: str) -> frozenset[str]:
    found = (quad.object for quad in store.quads_for_pattern(None, NamedNode(term(name)), None))
    return frozenset(value.value for value in found if isinstance(value, NamedNode))


def _same(value: Value) -> str:
    return value.text.casefold() if isinstance(value, Literal) else value
