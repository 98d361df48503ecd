"""Writes tests/bad/shapes/<rule>/{trigger,twin}.trig: a graph that breaks one rule, and one that does not.

Keeps the pairs that are there. Takes the valid graph base.trig, adds a statement for each predicate of the closed list, and
for each rule looks for the smallest change that breaks it and nothing else. Where one fault
cannot but break rules on other properties too, also.txt in the folder names them. Run it after the
shapes change; what it writes is committed and reviewed. Rules that it finds no change for
are named on stderr, and need a pair written by hand in tests/bad/by-hand/.
"""

from __future__ import annotations

import shutil
import sys
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.check import load_shapes
from kg.check.compile import compile_constraint, focus_pattern
from kg.check.graph import Term
from kg.check.run import select
from kg.check.timeline import CHECKS, RULES
from kg.store import canonical
from kg.terms import ontology_files, predicates, schemes
from kg.vocab import BASE, K_NS, S_NS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.check.shapes import Constraint
    from kg.terms import Predicate

HERE = Path(__file__).parent
GRAPH = ox.NamedNode(BASE + "graph/demo")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
Quads = frozenset[ox.Quad]
Part = Term | ox.Triple
"""What pyoxigraph says may stand in a quad; no graph here has a triple inside a triple."""
ODD: tuple[Term, ...] = (
    ox.NamedNode("https://example.org/elsewhere"),
    ox.Literal("odd"),
    ox.Literal("odd", language="fr"),
    ox.Literal("-1", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("99999", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("999.5", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("2022-09-01T06:00:00+04:00", datatype=ox.NamedNode(XSD + "dateTime")),
    ox.Literal("1650-01-01T00:00:00Z", datatype=ox.NamedNode(XSD + "dateTime")),
    ox.Literal("2022-09-01T06:30:00Z", datatype=ox.NamedNode(XSD + "dateTime")),
    ox.Literal("2022-09-04T12:00:00Z", datatype=ox.NamedNode(XSD + "dateTime")),
    ox.Literal("2199-01-01T00:00:00Z", datatype=ox.NamedNode(XSD + "dateTime")),
    ox.BlankNode("nobody"),
    ox.Literal("2022-09-01T06:30:00Z"),
)
"""Values that many rules refuse; tried after those that the graph itself offers."""


class Bench:
    """A store with the ontology, in which graphs are tried one after the other."""

    def __init__(self, constraints: list[Constraint]) -> None:
        """Load the ontology and compile the rules once."""
        self.constraints = constraints
        self.queries = {constraint.rule: compile_constraint(constraint) for constraint in constraints}
        self.store = ox.Store()
        for path in ontology_files():
            self.store.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(BASE + "graph/ontology"))

    def rules(self, quads: Quads) -> set[str]:
        """Return the names of all rules that a graph breaks."""
        self.put(quads)
        shapes = {rule for rule, query in self.queries.items() if select(self.store, query)}
        return shapes | {finding.rule for look in CHECKS for finding in look(self.store)}

    def breaks(self, quads: Quads, rule: str) -> bool:
        """Return whether a graph breaks one rule, without asking for the others."""
        if rule not in self.queries:
            return rule in self.rules(quads)
        self.put(quads)
        return bool(select(self.store, self.queries[rule]))

    def has_focus(self, quads: Quads, constraint: Constraint) -> bool:
        """Return whether a graph has a node that a rule is for."""
        self.put(quads)
        return bool(select(self.store, f"SELECT ?focus WHERE {{ {focus_pattern(constraint.targets)} }}"))

    def put(self, quads: Quads) -> None:
        """Let the store hold these quads beside the ontology, and no others."""
        self.store.clear_graph(GRAPH)
        self.store.extend(quads)


def named(curie: str) -> ox.NamedNode:
    kind, _, slug = curie.partition(":")
    return ox.NamedNode({"k": K_NS, "s": S_NS}.get(kind, f"{BASE}{kind}/") + slug)


def quad(subject: Part, predicate: ox.NamedNode, value: Part) -> ox.Quad:
    assert not isinstance(subject, ox.Literal)
    return ox.Quad(subject, predicate, value, GRAPH)


def changes(quads: Quads, constraint: Constraint | None) -> Iterator[Quads]:
    """Yield the graph with one value taken away, put in place of another, or added."""
    path = constraint.path.iri if constraint and constraint.path else ""
    near = sorted((q for q in quads if path in {"", q.predicate.value}), key=str)
    wide = sorted((q for q in quads if q.predicate == TYPE), key=str)
    things = [q.subject for q in wide]
    pool: list[Part] = [*ODD, *things, *(dict.fromkeys(q.object for q in near) if path else ())]
    for old in [*near, *wide]:
        yield quads - {old}
    yield from (frozenset(renamed(q, thing) for q in quads) for thing in things)
    for value in pool:
        for old in near:
            yield quads - {old} | {quad(old.subject, old.predicate, value)}
            yield quads | {quad(old.subject, old.predicate, value)}
    if path:
        yield from (quads | {quad(thing, ox.NamedNode(path), value)} for thing in things for value in pool)


def renamed(one: ox.Quad, thing: Part) -> ox.Quad:
    blank = ox.BlankNode("nobody")
    swapped = [blank if term == thing else term for term in (one.subject, one.object)]
    return quad(swapped[0], one.predicate, swapped[1])


def blocks(quads: Iterable[ox.Quad]) -> dict[str, set[ox.Quad]]:
    found: dict[str, set[ox.Quad]] = {}
    for one in quads:
        found.setdefault(str(one.subject), set()).add(one)
    return found


def shrunk(bench: Bench, trigger: Quads, twin: Quads) -> tuple[Quads, Quads]:
    """Return the pair without the things that it can do without."""
    kept = bench.rules(trigger)
    for subject in sorted(blocks(trigger | twin)):
        less = frozenset(q for q in trigger if str(q.subject) != subject)
        plain = frozenset(q for q in twin if str(q.subject) != subject)
        if plain and bench.rules(less) == kept and not bench.rules(plain):
            trigger, twin = less, plain
    return trigger, twin


LITERALS = {
    "integer": "7",
    "decimal": "7.5",
    "string": "seven",
    "dateTime": "2022-09-01T06:00:00Z",
    "anyURI": "https://example.org/7",
}
KIND = {
    "Agent": ("State", "state:north"), "State": ("State", "state:north"), "Place": ("Place", "place:town"),
    "Event": ("Event", "event:clash"), "Treaty": ("Treaty", "treaty:pact"), "Provision": ("Provision", "provision:article"),
    "Person": ("Person", "person:somebody"), "Office": ("Office", "office:chair"),
    "Geometry": ("Geometry", "geometry:town"), "Figure": ("Figure", "figure:dead"),
    "Disagreement": ("Disagreement", "disagreement:hour"), "ArmedForce": ("MilitaryUnit", "unit:first-brigade"),
}  # fmt: skip
"""A thing that stands for each class; other classes get a thing of their own."""


BESIDE = {
    "subordination": "parentUnit", "tenureKind": "holdsOffice", "nameKind": "name",
    "amount": "measure", "atLeast": "measure", "atMost": "measure", "betweenClaims": "matter",
}  # fmt: skip
"""What has to stand in one statement with a predicate."""


def with_statement(quads: Quads, predicate: Predicate) -> Quads:
    """Return the graph with one more statement, made with a predicate of the closed list."""
    statement = named("st:0000000000000000000a")
    subject, about_subject = thing_of(predicate.subject_classes[0])
    value, about_value = value_of(predicate)
    facts = {
        quad(named("claim:demo-1"), named("k:content"), statement),
        quad(statement, TYPE, named("k:Statement")),
        quad(statement, named("k:subject"), subject),
        quad(statement, named("k:held"), named("time:00000000000000000001")),
        quad(statement, ox.NamedNode(predicate.statement_iri), value),
    }
    if predicate.name in BESIDE:
        other = predicates()[BESIDE[predicate.name]]
        companion, about_companion = value_of(other)
        facts |= {quad(statement, ox.NamedNode(other.statement_iri), companion), *about_companion}
    if "Claim" in predicate.value_classes:
        facts.add(quad(statement, ox.NamedNode(predicate.statement_iri), named("claim:demo-2")))
    return quads | facts | about_subject | about_value


def thing_of(name: str) -> tuple[ox.NamedNode, set[ox.Quad]]:
    if name == "Claim":
        return named("claim:demo-1"), set()
    if name in {"Geometry", "Source"}:
        return named({"Geometry": "geometry:town", "Source": "source:demo"}[name]), set()
    kind, curie = KIND.get(name, (name, f"org:some-{name.lower()}"))
    thing = named(curie)
    label = ox.Literal(curie.partition(":")[2].capitalize(), language="en")
    return thing, {quad(thing, TYPE, named(f"k:{kind}")), quad(thing, LABEL, label)}


def value_of(predicate: Predicate) -> tuple[Term, set[ox.Quad]]:
    if predicate.datatype:
        local = predicate.datatype.rpartition("#")[2]
        if local == "langString":
            return ox.Literal("Town", language="en"), set()
        text = LITERALS.get(local, "POINT(45.5 39.5)")
        return ox.Literal(text, datatype=ox.NamedNode(predicate.datatype)), set()
    if predicate.value_schemes:
        return named(f"k:{schemes()[predicate.value_schemes[0]][0]}"), set()
    return thing_of(predicate.value_classes[0])


TRIES = 12
"""How many changes that break a rule are looked at for one that breaks nothing else."""
LIMIT = 1500
"""How many changes of one graph are tried at all."""
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def main() -> None:
    """Write all pairs anew."""
    bench = Bench(load_shapes())
    base = frozenset(quad(q.subject, q.predicate, q.object) for q in ox.parse(path=HERE / "base.trig"))
    say(f"base breaks {sorted(bench.rules(base))}")
    for stale in {folder.name for folder in (HERE / "shapes").glob("*")} - {*bench.queries, *RULES}:
        shutil.rmtree(HERE / "shapes" / stale)
    for constraint in bench.constraints:
        write(bench, constraint.rule, base, constraint)
    for rule in RULES:
        write(bench, rule, base, None)  # all of these are written by hand


def twins_for(bench: Bench, base: Quads, constraint: Constraint | None) -> Iterator[Quads]:
    """Yield valid graphs to start from, the smallest first."""
    targets = {target.term.value for target in constraint.targets} if constraint else set()
    own = [predicate for predicate in predicates().values() if predicate.statement_iri in targets]
    for predicate in own:
        whole = with_statement(base, predicate)
        yield closure(whole, named("claim:demo-1"))
        yield whole
    if not own:
        yield from valid_parts(bench, base)


@cache
def valid_parts(bench: Bench, base: Quads) -> tuple[Quads, ...]:
    small = {frozenset(block) for block in blocks(base).values()}
    reached = {closure(base, one.subject) for one in base}
    ordered = sorted(small | reached | {base}, key=lambda part: (len(part), sorted(map(str, part))))
    return tuple(part for part in ordered if not bench.rules(part))


def closure(quads: Quads, start: Part) -> Quads:
    """Return what is said of a thing, of what that points at, and so on."""
    by_subject: dict[Part, list[ox.Quad]] = {}
    for one in quads:
        by_subject.setdefault(one.subject, []).append(one)
    waiting: list[Part] = [start]
    seen: set[Part] = set()
    while waiting:
        thing = waiting.pop()
        if thing not in seen:
            seen.add(thing)
            waiting += [one.object for one in by_subject.get(thing, ())]
    return frozenset(one for one in quads if one.subject in seen)


def write(bench: Bench, rule: str, base: Quads, constraint: Constraint | None) -> None:
    folder = HERE / "shapes" / rule
    if folder.is_dir():
        return  # remove the folder to have the pair written anew
    if (HERE / "by-hand" / rule).is_dir():
        shutil.copytree(HERE / "by-hand" / rule, folder)
        return
    pair = next(pairs(bench, rule, twins_for(bench, base, constraint), constraint), None)
    if pair is None:
        say(f"no change found for {rule}")
        return
    folder.mkdir(parents=True)
    trigger, twin = shrunk(bench, *pair)
    (folder / "trigger.trig").write_bytes(canonical(trigger))
    (folder / "twin.trig").write_bytes(canonical(twin))
    also = sorted(name for name in bench.rules(trigger) if same_property(name) != same_property(rule))
    if also:
        (folder / "also.txt").write_text("".join(f"{name}\n" for name in also), encoding="utf-8")


def pairs(
    bench: Bench, rule: str, twins: Iterable[Quads], constraint: Constraint | None
) -> Iterator[tuple[Quads, Quads]]:
    """Yield pairs that break the rule alone; after them those that break the fewest others."""
    second: list[tuple[int, int, tuple[Quads, Quads]]] = []
    for twin in twins:
        if bench.rules(twin):
            say(f"the twin of {rule} breaks {sorted(bench.rules(twin))}")
            continue
        if constraint and not bench.has_focus(twin, constraint):
            continue
        breaking = (trigger for trigger in islice(changes(twin, constraint), LIMIT) if bench.breaks(trigger, rule))
        for trigger in islice(breaking, TRIES):
            broken = bench.rules(trigger)
            if broken == {rule}:
                yield trigger, twin
            far = {name for name in broken if same_property(name) != same_property(rule)}
            second.append((len(far), len(broken), (trigger, twin)))
        if len(second) >= TRIES:
            break
    yield from (pair for _, _, pair in sorted(second, key=lambda found: found[:2]))


def same_property(rule: str) -> str:
    """Return what a rule is about: the property, the node's own name and kind, or only itself.

    Rules that share it cannot all be broken alone: what is no IRI is in no list of IRIs, and
    an office without a label is an agent without one.
    """
    about = rule.split(".")[1] if "." in rule else rule
    return "itself" if about in {"nodeKind", "pattern"} else about


def say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
