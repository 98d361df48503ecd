"""Runs the compiled shapes on a store and words what they find.

It decides no rule: rules stand in ``ontology/shapes`` and in ``kg.check.timeline``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.check.compile import compile_constraint
from kg.errors import Finding
from kg.iri import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.check.graph import Term
    from kg.check.shapes import Constraint

MENDS = {
    "minCount": "add what is missing",
    "maxCount": "keep one value; tell the others in claims of their own",
    "class": "point at a thing of that class, or give the thing its type",
    "datatype": "write the value in the form of that datatype",
    "nodeKind": "write a name where a name is asked for, and a value where a value is",
    "in": "choose one of the list",
    "pattern": "write it in the form that is asked for",
    "hasValue": "add the value that is asked for",
    "lessThan": "mend the order of the two",
    "lessThanOrEquals": "mend the order of the two",
    "sparql": "read the rule in ontology/shapes, and mend the claim or what it points at",
}
"""What to do about a broken rule, by component."""


def find_violations(store: ox.Store, constraints: Iterable[Constraint]) -> Iterator[Finding]:
    """Yield a finding for each focus node and value that breaks a constraint.

    The union of all graphs of the store is checked; it has to hold the class tree too.
    """
    for constraint in constraints:
        for row in _rows(store, constraint):
            yield _finding(constraint, row)


def broken(store: ox.Store, constraints: Iterable[Constraint]) -> Iterator[tuple[str, Constraint]]:
    """Yield each focus node with each constraint that it breaks, without the values."""
    for constraint in constraints:
        for row in _rows(store, constraint):
            yield _focus(row), constraint


def select(store: ox.Store, query: str) -> list[dict[str, Term]]:
    """Return the rows of a SELECT over the union of all graphs; unbound names are left out."""
    answer = store.query(query, use_default_graph_as_union=True)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError(f"not a SELECT: {query}")
    names = [variable.value for variable in answer.variables]
    return [
        {name: term for name in names if (term := row[name]) is not None and not isinstance(term, ox.Triple)}
        for row in answer
    ]


def plain(term: Term | ox.Triple) -> str:
    """Return an IRI or the text of a literal as they are, and ``_:`` before the name of a blank node."""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value


def spelt(term: Term) -> str:
    """Return a term as a message shows it: a CURIE, or the text of a literal in quotes."""
    return compact(term.value) if isinstance(term, ox.NamedNode) else repr(term.value)


def _rows(store: ox.Store, constraint: Constraint) -> list[dict[str, Term]]:
    return select(store, compile_constraint(constraint))


def _focus(row: dict[str, Term]) -> str:
    return plain(row["focus"] if "focus" in row else row["this"])


def _finding(constraint: Constraint, row: dict[str, Term]) -> Finding:
    return Finding(
        place=_focus(row),
        rule=constraint.rule,
        message=_message(constraint, row),
        mend=MENDS.get(constraint.test.component, "mend the value"),
        severity=constraint.severity,
    )


def _message(constraint: Constraint, row: dict[str, Term]) -> str:
    text = constraint.message or f"breaks {constraint.rule}{_demand(constraint)}"
    filled = re.sub(r"\{[?$](\w+)\}", lambda name: spelt(row[name[1]]) if name[1] in row else name[0], text)
    value = row.get("value")
    return f"{filled}: {spelt(value)}" if value is not None and filled == text else filled


def _demand(constraint: Constraint) -> str:
    parameters = constraint.test.parameters
    return f" ({', '.join(spelt(term) for term in parameters)})" if parameters else ""
