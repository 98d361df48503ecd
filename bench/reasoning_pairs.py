"""Pairs of statements that give one thing two values at a time: by the rules of ``kg.reason``, and by one join.

The join is what one would write without them. It knows claims that were withdrawn,
corrected or carried by nothing; it does not know the rest, see ``compared``.
"""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kg.iri import term
from kg.reason.ledger import Ledger
from kg.reason.values import CAUSES, EXCLUSIVE, NUMBERS, value_conflicts
from kg.terms import predicates
from kg.vocab import S_NS
from kg.when import FOREVER

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import QuerySolutions

Pairs = set[tuple[str, str]]
ODD = "differ without a reason"
NAMES = tuple(
    name
    for name, predicate in predicates().items()
    if (predicate.single_valued and name not in {*NUMBERS, *CAUSES}) or name == EXCLUSIVE
)
"""The predicates with one value at a time that the value rule compares; numbers and who began have other rules."""
SIDE = """GRAPH ?graph%(n)s {
    ?%(st)s s:%(name)s ?value%(n)s ; k:subject ?thing ; k:held ?held%(n)s .
    ?held%(n)s k:beginEarliest ?begin%(n)s ; k:endLatest ?end%(n)s .
    ?claim%(n)s k:content ?%(st)s ; k:stance ?stance%(n)s ; k:speaker ?who%(n)s .
    FILTER(?stance%(n)s IN (k:asserts, k:promises))
    FILTER NOT EXISTS { ?claim%(n)s k:sourcing k:unsourced }
  }
  FILTER NOT EXISTS { GRAPH ?a%(n)s { ?later%(n)s k:withdraws ?claim%(n)s ; k:speaker ?who%(n)s } }
  FILTER NOT EXISTS { GRAPH ?b%(n)s { ?later%(n)s k:supersedes ?claim%(n)s ; k:speaker ?who%(n)s } }"""
"""One side of a pair, read in the graph of one source: in the union of the graphs every statement and interval
counts once for each source that has it, and the join of two such sides does not end with 1,000 claims."""


def join() -> str:
    """Return the join, in the quickest wording that we found: a part for each predicate."""
    differ = "?value1 != ?value2 && STR(?one) < STR(?other) && ?who1 != ?who2"
    meet = "?begin1 < ?end2 && ?begin2 < ?end1"
    parts = [
        f"{{ {SIDE % {'n': 1, 'st': 'one', 'name': name}}\n  {SIDE % {'n': 2, 'st': 'other', 'name': name}}\n"
        f"  FILTER({differ} && {meet}) }}"
        for name in NAMES
    ]
    return f"PREFIX k: <{term('')}> PREFIX s: <{S_NS}>\nSELECT DISTINCT ?one ?other WHERE {{ {' UNION '.join(parts)} }}"


def by_join(data: Path, out: Path) -> dict[str, Any]:
    """Write the pairs that the join finds; return seconds and how many there are."""
    store = Store.read_only(str(data))
    begin = time.perf_counter()
    rows: QuerySolutions = store.query(join(), use_default_graph_as_union=True)  # type: ignore[assignment]
    found = sorted((row["one"].value, row["other"].value) for row in rows)
    seconds = time.perf_counter() - begin
    out.write_text("".join(f"{one} {other}\n" for one, other in found), encoding="utf-8")
    return {"seconds": seconds, "pairs": len(found)}


def by_rule(data: Path) -> dict[str, Any]:
    """Run the value rule alone over all things; return seconds and how many differences it gives."""
    store, count = Store.read_only(str(data)), 0
    begin = time.perf_counter()
    ledger = Ledger(store)
    for _, things in ledger.subjects():
        count += sum(1 for _ in value_conflicts(ledger, ledger.accounts(things)))
    return {"seconds": time.perf_counter() - begin, "differences": count}


def compared(data: Path, pairs: Path, derived: Path) -> dict[str, int]:
    """Return how many pairs the join and the rules share, and why the others differ."""
    lines = pairs.read_text(encoding="utf-8").splitlines()
    joined = {(one, other) for one, _, other in (line.partition(" ") for line in lines)}
    ruled, alike = _derived(derived)
    ledger = Ledger(Store.read_only(str(data)))
    found = {"found by both": len(joined & ruled)}
    only_join, only_rules = joined - ruled, ruled - joined
    closed = {pair for pair in only_join - alike if _is_open(ledger, pair)}
    found["only by the join: one value is part of the other, or a speaker changed his word"] = len(only_join & alike)
    found["only by the join: their common time is after a speaker's own later word"] = len(closed)
    joins = {pair for pair in only_rules if len({_subject(ledger, one) for one in pair}) > 1}
    own = {pair for pair in only_rules - joins if _of_one(ledger, pair)}
    found["only by the rules: two identities of one event"] = len(joins)
    found["only by the rules: one speaker, order of his words unknown"] = len(own)
    found[ODD] = len(only_join - alike - closed) + len(only_rules - joins - own)
    return found


def _derived(derived: Path) -> tuple[Pairs, Pairs]:
    """Return the pairs of statements of the contradictions and of the lookalikes of the rule."""
    nodes: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in parse(path=str(derived), format=RdfFormat.N_QUADS):
        if "/contradiction/" in str(quad.subject) or "/lookalike/" in str(quad.subject):
            nodes[str(quad.subject)][quad.predicate.value] = getattr(quad.object, "value", "")
    found: tuple[Pairs, Pairs] = set(), set()
    for iri, node in nodes.items():
        if node[term("byRule")] == term("oneValueAtATime"):
            first, second = sorted((node[term("firstStatement")], node[term("secondStatement")]))
            found["/lookalike/" in iri].add((first, second))
    return found


def _is_open(ledger: Ledger, pair: tuple[str, str]) -> bool:
    """Return whether one of two statements has an open end, which a speaker's later word may close."""
    accounts = [ledger.account(statement) for statement in pair]
    return any(account is not None and account.held.end_latest == FOREVER for account in accounts)


def _of_one(ledger: Ledger, pair: tuple[str, str]) -> bool:
    """Return whether all claims for two statements are one speaker's."""
    accounts = [ledger.account(statement) for statement in pair]
    return len({voice.speaker for account in accounts if account for voice in account.voices}) == 1


def _subject(ledger: Ledger, statement: str) -> str:
    quads = ledger.store.quads_for_pattern(NamedNode(statement), NamedNode(term("subject")), None)
    return next(quad.object.value for quad in quads)
