"""Reads SHACL shapes into flat constraints, each with the targets that it is checked on.

It knows the part of SHACL (W3C Recommendation, 20 July 2017) that this project's shapes use
and raises on everything else: a rule that is skipped in silence is worse than no rule.
It does not run anything (``kg.check.compile`` writes the SPARQL, ``kg.check.run`` runs it).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

import pyoxigraph as ox

from kg.check.graph import SH, Node, ShapesGraph, Term, local_name, name_blank_shapes
from kg.errors import DataError, Finding, Severity
from kg.vocab import RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VALUE_TESTS = (
    "class", "datatype", "nodeKind", "in", "pattern", "hasValue", "minLength", "maxLength",
    "minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "or",
)  # fmt: skip
"""Components that stand on node shapes and on property shapes."""
PATH_TESTS = ("minCount", "maxCount", "lessThan", "lessThanOrEquals")
"""Components that stand on property shapes only."""
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
SILENT = ("message", "severity", "deactivated", "name", "description", "order", "group", "flags")
"""Properties of a shape that constrain nothing."""
FOREIGN_TYPES = ("ConstraintComponent", "SPARQLTarget", "SPARQLTargetType", "JSConstraint", "SPARQLRule", "TripleRule")


@dataclass(frozen=True, slots=True)
class Target:
    """Which nodes a shape is checked on: the kind of target (``targetClass``) and its term."""

    kind: str
    term: Term


@dataclass(frozen=True, slots=True)
class Path:
    """One predicate, followed forwards or backwards."""

    iri: str
    inverse: bool = False

    @property
    def name(self) -> str:
        """The local name of the predicate, ``inverse-`` before it when followed backwards."""
        return f"inverse-{local_name(self.iri)}" if self.inverse else local_name(self.iri)

    @property
    def sparql(self) -> str:
        """The SPARQL property path."""
        return f"^<{self.iri}>" if self.inverse else f"<{self.iri}>"


@dataclass(frozen=True, slots=True)
class Test:
    """What is demanded: a component with its parameters.

    ``alternatives`` belong to ``or`` alone: a value passes if it passes every test of one of
    them. ``select`` belongs to ``sparql`` alone: the query with its prefixes written out.
    """

    component: str
    parameters: tuple[Term, ...] = ()
    alternatives: tuple[tuple[Test, ...], ...] = ()
    select: str = ""
    prefixes: str = ""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One rule on the nodes of its targets, or on what the path reaches from them.

    ``rule`` is its name in findings: shape, path and component; ``shape`` is the node of the
    shape that states it, as a SHACL engine reports it.
    """

    rule: str
    shape: str
    targets: tuple[Target, ...]
    path: Path | None
    test: Test
    message: str
    severity: Severity


def read_shapes(triples: Iterable[ox.Triple]) -> list[Constraint]:
    """Return every constraint of a graph of shapes, in file order.

    Raises DataError, rule ``unsupported-shacl``, on SHACL that is not known here.
    """
    graph = ShapesGraph(name_blank_shapes(triples))
    for node in graph.subjects():
        foreign = graph.types(node) & {SH + name for name in FOREIGN_TYPES}
        if foreign:
            _refuse(node, f"a {local_name(min(foreign))}")
    found: list[Constraint] = []
    for node in graph.subjects():
        targets = _targets(graph, node)
        if targets:
            found += _shape(graph, node, targets, "")
    return _with_unique_rules(found)


def _refuse(node: Term, what: str) -> NoReturn:
    raise DataError(
        [
            Finding(
                place=str(node),
                rule="unsupported-shacl",
                message=f"{what} is SHACL that this checker does not know",
                mend="say it with the components listed in kg.check.shapes, or teach the checker",
            ),
        ],
    )


def _targets(graph: ShapesGraph, node: Node) -> tuple[Target, ...]:
    found = [Target(kind, term) for kind in TARGETS for term in graph.values(node, SH + kind)]
    types = graph.types(node)
    is_shape = bool(types & {SH + "NodeShape", SH + "PropertyShape"})
    if is_shape and types & {RDFS + "Class", "http://www.w3.org/2002/07/owl#Class"}:
        found.append(Target("targetClass", node))
    if SH + "target" in graph.predicates(node):
        _refuse(node, "sh:target")
    return tuple(found)


def _shape(graph: ShapesGraph, node: Node, targets: tuple[Target, ...], owner: str) -> Iterator[Constraint]:
    if _is_true(graph, node, "deactivated"):
        return
    path = _path(graph, node)
    _refuse_unknown(graph, node, nested=bool(owner))
    own = local_name(node.value) if isinstance(node, ox.NamedNode) else "blank"
    name = f"{owner}.{path.name}" if owner and path else owner or own
    for test in _tests(graph, node, on_path=path is not None):
        yield Constraint(
            rule=f"{name}.{_component_name(test)}",
            shape=node.value,
            targets=targets,
            path=path,
            test=test,
            message=_message(graph, node),
            severity=_severity(graph, node),
        )
    yield from _sparql(graph, node, targets, path, name)
    for inner in graph.values(node, SH + "property"):
        if isinstance(inner, ox.NamedNode):
            yield from _shape(graph, inner, targets, name)


def _refuse_unknown(graph: ShapesGraph, node: Node, *, nested: bool) -> None:
    known = {*VALUE_TESTS, *SILENT, *TARGETS, "property", "path", "sparql"}
    if graph.values(node, SH + "path"):
        known |= set(PATH_TESTS)
    if nested:
        known.remove("property")
    for predicate in graph.predicates(node):
        if predicate.startswith(SH) and predicate.removeprefix(SH) not in known:
            _refuse(node, f"sh:{predicate.removeprefix(SH)}")


def _path(graph: ShapesGraph, node: Node) -> Path | None:
    paths = graph.values(node, SH + "path")
    if not paths:
        return None
    (path,) = paths
    if isinstance(path, ox.NamedNode):
        return Path(path.value)
    if isinstance(path, ox.BlankNode) and graph.predicates(path) == [SH + "inversePath"]:
        (inner,) = graph.values(path, SH + "inversePath")
        if isinstance(inner, ox.NamedNode):
            return Path(inner.value, inverse=True)
    return _refuse(node, "a path other than a predicate or its inverse")


def _tests(graph: ShapesGraph, node: Node, *, on_path: bool) -> Iterator[Test]:
    for component in VALUE_TESTS + (PATH_TESTS if on_path else ()):
        for term in graph.values(node, SH + component):
            yield _test(graph, node, component, term)


def _test(graph: ShapesGraph, node: Node, component: str, term: Term) -> Test:
    if component == "in":
        return Test(component, tuple(graph.members(term)))
    if component == "pattern":
        return Test(component, (term, *graph.values(node, SH + "flags")))
    if component == "or":
        return Test(component, alternatives=tuple(_alternative(graph, member) for member in graph.members(term)))
    return Test(component, (term,))


def _alternative(graph: ShapesGraph, node: Term) -> tuple[Test, ...]:
    if isinstance(node, ox.Literal) or SH + "path" in graph.predicates(node):
        _refuse(node, "an sh:or of anything but tests of the value itself")
    for predicate in graph.predicates(node):
        if predicate.startswith(SH) and predicate.removeprefix(SH) not in {*VALUE_TESTS, *SILENT}:
            _refuse(node, f"sh:{predicate.removeprefix(SH)} inside sh:or")
    return tuple(_tests(graph, node, on_path=False))


def _sparql(
    graph: ShapesGraph,
    node: Node,
    targets: tuple[Target, ...],
    path: Path | None,
    name: str,
) -> Iterator[Constraint]:
    for query in graph.values(node, SH + "sparql"):
        if isinstance(query, ox.Literal):
            _refuse(query, "a literal as sh:sparql")
        if _is_true(graph, query, "deactivated"):
            continue
        known = {SH + local for local in ("select", "message", "prefixes", "deactivated")}
        for predicate in graph.predicates(query):
            if predicate.startswith(SH) and predicate not in known:
                _refuse(node, f"sh:{predicate.removeprefix(SH)} on an sh:sparql constraint")
        own = local_name(query.value) if isinstance(query, ox.NamedNode) else "sparql"
        yield Constraint(
            rule=f"{name}.{own}",
            shape=node.value,
            targets=targets,
            path=path,
            test=Test("sparql", select=_select(graph, query), prefixes=_prefixes(graph, query)),
            message=_message(graph, query) or _message(graph, node),
            severity=_severity(graph, node),
        )


def _select(graph: ShapesGraph, query: Node) -> str:
    (select,) = graph.values(query, SH + "select")
    text = select.value.strip()
    words = text.replace("?this", "$this").split("{", 1)[0].upper()
    if not words.startswith("SELECT") or "$THIS" not in words:
        _refuse(query, "a query that does not begin with SELECT and return $this")
    for name in ("$shapesGraph", "$currentShape"):
        if name in text:
            _refuse(query, name)
    return text


def _prefixes(graph: ShapesGraph, query: Node) -> str:
    lines: list[str] = []
    for owner in graph.values(query, SH + "prefixes"):
        for declaration in [] if isinstance(owner, ox.Literal) else graph.values(owner, SH + "declare"):
            if isinstance(declaration, ox.Literal):
                continue
            (prefix,) = graph.values(declaration, SH + "prefix")
            (namespace,) = graph.values(declaration, SH + "namespace")
            lines.append(f"PREFIX {prefix.value}: <{namespace.value}>")
    return "\n".join(sorted(set(lines)))


def _message(graph: ShapesGraph, node: Node) -> str:
    messages = [term for term in graph.values(node, SH + "message") if isinstance(term, ox.Literal)]
    messages.sort(key=lambda term: (term.language or "") not in {"", "en"})
    return messages[0].value if messages else ""


def _severity(graph: ShapesGraph, node: Node) -> Severity:
    levels = graph.values(node, SH + "severity")
    gentle = {SH + "Warning", SH + "Info"}
    return Severity.WARNING if any(level.value in gentle for level in levels) else Severity.ERROR


def _is_true(graph: ShapesGraph, node: Node, name: str) -> bool:
    return any(term.value == "true" for term in graph.values(node, SH + name))


def _component_name(test: Test) -> str:
    if test.component in {"lessThan", "lessThanOrEquals"}:
        return f"{test.component}-{local_name(test.parameters[0].value)}"
    return test.component


def _with_unique_rules(constraints: list[Constraint]) -> list[Constraint]:
    # From the second on: Claim.passage.class-2.
    seen: Counter[str] = Counter()
    named: list[Constraint] = []
    for constraint in constraints:
        seen[constraint.rule] += 1
        times = seen[constraint.rule]
        named.append(constraint if times == 1 else replace(constraint, rule=f"{constraint.rule}-{times}"))
    return named
