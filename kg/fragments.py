"""Answers a query here from the quads that a store gives for its patterns.

What a SPARQL query answers depends on no quad but those that match one of its basic graph patterns.
They are asked for, pattern by pattern, in the plainest SPARQL there is (triples, GRAPH, FILTER IN), and the
query runs unchanged on what came: OPTIONAL, sub-selects, VALUES, expressions and order are the embedded
engine's. For stores that get those wrong, or take too long over them.

More quads than needed may come, never fewer. A path that can be of no length between two variables, or that
excludes predicates, asks for everything. It knows nothing of HTTP: it is given a function that asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store
from pyparsing import ParseException
from rdflib import Literal as RdflibLiteral
from rdflib import URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern, translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import QueryBoolean, QuerySolution
    from rdflib.term import Node

    Triple: TypeAlias = tuple[Node, Node | Path, Node]
    Ask: TypeAlias = Callable[[str], QuerySolutions | QueryBoolean]
    Values: TypeAlias = Mapping[Variable, frozenset[Node]]
    Known: TypeAlias = dict["Pattern", frozenset[Quad]]

EXISTS = {"Builtin_EXISTS", "Builtin_NOTEXISTS"}
PAGE = 10_000
"""Rows that are asked for at once: what Virtuoso gives at most, unless told otherwise."""
MOST = 5_000_000
"""Rows of a pattern that are taken; more belong into a store here."""


@dataclass(frozen=True)
class Pattern:
    """Triples that share variables, the graph that they lie in, and what the variables can be."""

    triples: tuple[Triple, ...]
    graph: Node | None
    """None is the default graph."""
    values: tuple[tuple[Variable, tuple[Node, ...]], ...] = ()

    def where(self) -> str:
        """Return the pattern in SPARQL."""
        body = " . ".join(" ".join(term.n3() for term in triple) for triple in self.triples)
        if self.graph is not None:
            body = f"GRAPH {self.graph.n3()} {{ {body} }}"
        choices = (f"FILTER({v.n3()} IN ({', '.join(t.n3() for t in terms)}))" for v, terms in self.values)
        return " ".join((body, *choices))


def put_together(ask: Ask, sparql: str, known: Known | None = None) -> QuerySolutions | QueryBoolean:
    """Return the answer of a SELECT or ASK, put together here.

    ``known`` keeps what came for the next questions to a store that nobody changes meanwhile. Raises
    QueryError for what does not parse, if a pattern brings more than MOST rows.
    """
    try:
        store = Store()
        for pattern in patterns(sparql):
            store.bulk_extend(_of(pattern, ask, {} if known is None else known))
        answered = store.query(sparql)
    except (ParseException, SyntaxError) as error:
        raise QueryError(f"the query does not parse: {error}", mend="see the line and column in the message") from error
    if isinstance(answered, QueryTriples):
        raise QueryError("only SELECT and ASK are put together here", mend="kg pull the graph, and ask it here")
    return answered


def _of(pattern: Pattern, ask: Ask, known: Known) -> frozenset[Quad]:
    if pattern not in known:
        known[pattern] = frozenset(quads(ask, pattern))
    return known[pattern]


@lru_cache(maxsize=128)
def patterns(sparql: str) -> tuple[Pattern, ...]:
    """Return what a query asks the store for, each once. Raises ParseException."""
    algebra = translateQuery(parseQuery(sparql)).algebra
    found = (part for pattern in _patterns(algebra, None, {}) for part in _connected(pattern))
    return tuple(dict.fromkeys(_renamed(part) for part in found))


def _renamed(pattern: Pattern) -> Pattern:
    """Return the pattern with its variables numbered: those that differ in names alone are one."""
    named = (term for triple in pattern.triples for term in (*triple, pattern.graph) if isinstance(term, Variable))
    names: dict[object, Variable] = {}
    for term in named:
        names.setdefault(term, Variable(f"v{len(names)}"))
    triples = tuple(tuple(names.get(term, term) for term in triple) for triple in pattern.triples)
    values = tuple((names[var], terms) for var, terms in pattern.values)
    return Pattern(triples, names.get(pattern.graph, pattern.graph), values)  # type: ignore[arg-type] # three terms


def _patterns(node: object, graph: Node | None, values: Values) -> Iterator[Pattern]:
    """Yield the patterns under a node of the algebra; ``values``: what joins it from outside."""
    if isinstance(node, CompValue):
        if node.name == "BGP":
            yield from _of_triples(node.triples, graph, values)
            return
        if node.name in EXISTS:
            yield from _patterns(translateGroupGraphPattern(node.graph), graph, {})
            return
        inner = node.term if node.name == "Graph" else graph
        joined = _joined(node, values)
        for role, child in node.items():
            # A condition from outside would let a later OPTIONAL bind what this one binds to something else.
            known = dict(_tables(node.p1)) if (node.name, role) == ("LeftJoin", "p2") else joined
            yield from _patterns(child, inner, known)
    elif isinstance(node, list | tuple | set | frozenset):
        for child in node:
            yield from _patterns(child, graph, values)


def _joined(node: CompValue, values: Values) -> Values:
    """Return what is known of variables below a node: more in a join, nothing in a sub-select."""
    if node.name == "Join":
        return {**values, **dict(_tables(node.p1)), **dict(_tables(node.p2))}
    if node.name == "Filter":
        return {**values, **dict(_chosen(node.expr))}
    return values if node.name in {"LeftJoin", "Union", "Graph", "Extend", "ToMultiSet"} else {}


def _chosen(condition: CompValue) -> Iterator[tuple[Variable, frozenset[Node]]]:
    """Yield the variables that a condition holds to some IRIs: ?type IN (k:Appeal)."""
    if not isinstance(condition, CompValue):
        return
    if condition.name == "ConditionalAndExpression":
        for part in (condition.expr, *condition.other):
            yield from _chosen(part)
    elif condition.name == "RelationalExpression" and isinstance(condition.expr, Variable):
        terms = condition.other if condition.op == "IN" else [condition.other]
        if condition.op in {"IN", "="} and all(isinstance(term, URIRef) for term in terms):
            yield condition.expr, frozenset(terms)


def _tables(node: CompValue) -> Iterator[tuple[Variable, frozenset[Node]]]:
    """Yield the variables that a side of a join has from VALUES, with all that they can be."""
    if node.name in {"Join", "Filter", "Extend", "LeftJoin"}:
        for side in ("p", "p1") if node.name != "Join" else ("p1", "p2"):
            if isinstance(node.get(side), CompValue):
                yield from _tables(node[side])
    elif node.name == "ToMultiSet" and isinstance(node.p, CompValue) and node.p.name == "values":
        for var in {var for row in node.p.res for var in row}:
            terms = [row.get(var, "UNDEF") for row in node.p.res]
            if all(isinstance(term, URIRef) for term in terms):  # not UNDEF, and no literal, which rdflib rewrites
                yield var, frozenset(terms)


def _of_triples(triples: Iterable[Triple], graph: Node | None, values: Values) -> Iterator[Pattern]:
    plain: list[Triple] = []
    known = dict(values)
    for number, (subject, predicate, obj) in enumerate(triples):
        if not isinstance(predicate, Path):
            # rdflib rewrites typed literals (Z, leading zeros): any object is asked for in their place.
            typed = isinstance(obj, RdflibLiteral) and obj.datatype is not None
            plain.append((subject, predicate, Variable(f"literal{number}") if typed else obj))
            continue
        step, start, end = (Variable(f"{role}{number}") for role in ("path", "from", "to"))
        steps = _steps(predicate)
        if steps is None or (_of_no_length(predicate) and isinstance(subject, Variable) and isinstance(obj, Variable)):
            yield Pattern(((start, step, end),), graph)
        elif isinstance(predicate, AlternativePath) and all(isinstance(arg, URIRef) for arg in predicate.args):
            plain.append((subject, step, obj))
            known[step] = frozenset(steps)
        else:
            yield Pattern(((start, step, end),), graph, ((step, tuple(sorted(steps))),))
    if plain:
        yield _narrowed(plain, graph, known)


def _parts(path: Path | URIRef) -> Sequence[Path | URIRef]:
    if isinstance(path, AlternativePath | SequencePath):
        return path.args
    if isinstance(path, InvPath):
        return [path.arg]
    return [path.path] if isinstance(path, MulPath) else []


def _steps(path: Path | URIRef) -> set[URIRef] | None:
    """Return the predicates of a path, or None if it can go by any."""
    if isinstance(path, URIRef):
        return {path}
    if isinstance(path, NegatedPath):
        return None
    steps: set[URIRef] = set()
    for part in _parts(path):
        some = _steps(part)
        if some is None:
            return None
        steps |= some
    return steps


def _of_no_length(path: Path | URIRef) -> bool:
    return bool(getattr(path, "zero", False)) or any(_of_no_length(part) for part in _parts(path))


def _narrowed(triples: Sequence[Triple], graph: Node | None, values: Values) -> Pattern:
    """Return the pattern with the variables of one value replaced, and the choices of the others."""
    single = {var: next(iter(terms)) for var, terms in values.items() if len(terms) == 1}
    filled = tuple(tuple(single.get(term, term) for term in triple) for triple in triples)  # type: ignore[call-overload] # of any key
    used = {term for triple in filled for term in triple}
    choices = tuple((var, tuple(sorted(terms, key=str))) for var, terms in sorted(values.items()) if var in used)
    return Pattern(filled, single.get(graph, graph), choices)  # type: ignore[call-overload] # same


def _connected(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the parts of a pattern that share no variable: together they would be every pair of rows."""
    groups: list[tuple[set[Node], list[Triple]]] = []
    for triple in pattern.triples:
        names: set[Node] = {term for term in triple if isinstance(term, Variable)}
        near = [group for group in groups if group[0] & names]
        groups = [group for group in groups if group not in near]
        groups.append((names.union(*(g[0] for g in near)), [t for g in near for t in g[1]] + [triple]))
    for names, triples in groups:
        yield Pattern(tuple(triples), pattern.graph, tuple(pair for pair in pattern.values if pair[0] in names))


def quads(ask: Ask, pattern: Pattern) -> Iterator[Quad]:
    """Yield the quads that match a pattern, some of them often."""
    for solution in _solutions(ask, pattern.where()):
        graph = DefaultGraph() if pattern.graph is None else _term(pattern.graph, solution)
        for triple in pattern.triples:
            subject, predicate, obj = (_term(term, solution) for term in triple)
            yield Quad(subject, predicate, obj, graph)  # type: ignore[arg-type] # what stands there in a store


def _solutions(ask: Ask, where: str) -> Iterator[QuerySolution]:
    taken = 0
    while True:
        page = ask(f"SELECT * WHERE {{ {where} }} LIMIT {PAGE} OFFSET {taken}")
        if not isinstance(page, QuerySolutions):
            raise QueryError(f"the store answers a SELECT with yes or no: {where}", mend="is it a SPARQL endpoint?")
        before = taken
        for solution in page:
            taken += 1
            yield solution
        if taken - before < PAGE:
            break
        if taken > MOST:
            raise QueryError(f"more than {MOST} rows match {where}", mend="kg pull the graph, and ask it here")


def _term(term: Node | Path, solution: QuerySolution) -> object:
    return solution[term] if isinstance(term, Variable) else _constant(term)


@lru_cache(maxsize=4096)
def _constant(term: Node) -> NamedNode | Literal:
    if isinstance(term, URIRef):
        return NamedNode(str(term))
    datatype = getattr(term, "datatype", None)
    language = getattr(term, "language", None)
    return Literal(str(term), datatype=NamedNode(str(datatype)) if datatype else None, language=language)
