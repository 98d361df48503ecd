"""What the explorer shows is what the slice in Python leaves, for random states; what it copies gives the same."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import QuerySolutions

from kg.api import cut
from kg.ask import run
from kg.iri import kind_of
from kg.pictures.explorer import explorer
from kg.slice import select
from kg.vocab import BASE
from tests.pictures.explorer_page import opened
from tests.pictures.explorer_page import run as run_script

if TYPE_CHECKING:
    from collections.abc import Callable

    from selenium.webdriver import Chrome

    from kg.api import Graph
    from kg.view import View

STATES = 100
WORDS = ("ceasefire", "Lachin", "TROOPS", "ministry", "e", "a.b*", '"')


@dataclass(frozen=True)
class Asked:
    """A random state: the options of the slice in Python and the filters beside it."""

    options: dict[str, Any]
    stances: tuple[str, ...] = ()
    filters: dict[str, Any] = field(default_factory=dict)

    def hash(self) -> str:
        from urllib.parse import urlencode

        pairs = [("v", "1"), *((("stance", stance)) for stance in self.stances)]
        names = {"at": "at", "as_known": "known", "recorded_by": "recorded"}
        pairs += [(short, iso(self.options[name])) for name, short in names.items() if name in self.options]
        if "during" in self.options:
            pairs += zip(("from", "to"), map(iso, self.options["during"]), strict=True)
        pairs += [("who", agent.removeprefix(BASE)) for agent in self.options.get("according_to", ())]
        if self.options.get("certainty") == "certain":
            pairs.append(("sure", "1"))
        if self.options.get("unsourced"):
            pairs.append(("unsourced", "1"))
        if not self.options.get("organs", True):
            pairs.append(("organs", "0"))
        pairs += [(name, str(value).removeprefix(BASE)) for name, value in self.filters.items()]
        return f"#{urlencode(pairs)}"


def iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def moments(view: View) -> list[datetime]:
    bounds = {bound for fact in view.facts for bound in fact.held.bounds}
    bounds |= {bound for claim in view.claims for bound in claim.said.bounds}
    return sorted(bound for bound in bounds if 1700 < bound.year < 2200)


def states(view: View, count: int) -> list[Asked]:
    chance = random.Random(20220913)  # noqa: S311 - the same states on every run
    times = moments(view)
    # As often as they speak, so that most states leave something.
    speakers = sorted([claim.speaker for claim in view.claims] + [owner for _, owner in view.organs] * 9)
    types = sorted({fact.value for fact in view.facts if fact.predicate == "eventType"})
    return [
        asked(chance, times, speakers, types, sorted({claim.source for claim in view.claims})) for _ in range(count)
    ]


def asked(
    chance: random.Random, times: list[datetime], speakers: list[str], types: list[str], sources: list[str]
) -> Asked:
    options: dict[str, Any] = {"unsourced": chance.random() < 0.5}
    moment = chance.choice(times)
    if chance.random() < 0.3:
        options["at"] = moment
    elif chance.random() < 0.5:
        options["during"] = (
            moment,
            moment + timedelta(seconds=chance.choice([1, 60, 86400, 86400 * 30, 86400 * 3650])),
        )
    if chance.random() < 0.4:
        options["as_known"] = chance.choice(times)
    if chance.random() < 0.1:
        options["recorded_by"] = datetime(2026, 11, chance.randint(15, 28), tzinfo=UTC)
    if chance.random() < 0.4:
        options["according_to"] = tuple({chance.choice(speakers) for _ in range(chance.choice([1, 1, 2]))})
        options["organs"] = chance.random() < 0.7
    options["certainty"] = chance.choice(["possible", "certain"])
    stances = chance.choice([(), (), ("asserts",), ("asserts",), ("denies",), ("asserts", "reports")])
    return Asked(options, stances, filters(chance, types, sources))


def filters(chance: random.Random, types: list[str], sources: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, likely, values in (
        ("kind", 0.15, ["event", "place", "treaty"]),
        ("type", 0.1, types),
        ("source", 0.05, sources),
        ("disputed", 0.1, [1]),
        ("q", 0.15, WORDS),
    ):
        if chance.random() < likely:
            found[name] = chance.choice(values)
    return found


def expected(graph: Graph, view: View, state: Asked) -> tuple[set[str], set[str]]:
    """Return claims and statements: the rows of the slice, and of those what the filters leave."""
    options = cut(**{**state.options, **({"stances": state.stances} if state.stances else {})})
    rows = select(graph.store, options, every_stance=not state.stances).rows
    rows = [row for row in rows if is_kept(view, row.claim, row.statement, state.filters)]
    return {row.claim for row in rows}, {row.statement for row in rows if row.statement}


def is_kept(view: View, claim: str, statement: str | None, wanted: dict[str, Any]) -> bool:
    facts = view.facts_of[statement] if statement else ()
    subject = facts[0].subject if facts else None
    said = view.claims_by_iri[claim]
    types = {f.value for f in view.facts_about.get(subject or "", ()) if f.predicate == "eventType"}
    texts = (said.gist, view.label(subject) if subject else "")
    tests: dict[str, Callable[[Any], bool]] = {
        "kind": lambda kind: subject is not None and kind_of(subject) == kind,
        "type": lambda kind: kind in types,
        "source": lambda source: said.source == source,
        "disputed": lambda _: statement in view.disputed or claim in view.denied_claims,
        "q": lambda words: any(words.lower() in " ".join(text.split()).lower() for text in texts),
    }
    return all(tests[name](value) for name, value in wanted.items())


@pytest.fixture(scope="module")
def whole(graph: Graph) -> View:
    return graph.view(cut(unsourced=True), title="Whole")


@pytest.fixture(scope="module")
def page(browser: Chrome, whole: View, tmp_path_factory: pytest.TempPathFactory) -> Chrome:
    path = tmp_path_factory.mktemp("explorer") / "page.html"
    path.write_text(explorer(whole), encoding="utf-8")
    opened(browser, path)
    return browser


def test_what_the_page_shows_is_the_slice_for_a_hundred_random_states(
    page: Chrome, graph: Graph, whole: View, subtests: pytest.Subtests
) -> None:
    some = states(whole, STATES)
    script = (
        "return JSON.stringify(arguments[0].map((hash) => { conflictKg.go(hash);"
        " return [conflictKg.claims(), conflictKg.statements()]; }))"
    )
    shown = json.loads(run_script(page, script, [state.hash() for state in some]))
    sizes = []
    for state, (claims, statements) in zip(some, shown, strict=True):
        with subtests.test(state.hash()):
            assert (set(claims), set(statements)) == expected(graph, whole, state)
        sizes.append(len(claims))
    # Random states that leave nothing, or everything, would show little.
    assert sum(0 < size < len(whole.claims) for size in sizes) > STATES // 2


def test_the_sparql_that_the_page_copies_gives_what_it_shows(
    page: Chrome, graph: Graph, whole: View, subtests: pytest.Subtests
) -> None:
    for state in states(whole, 14):
        script = "conflictKg.go(arguments[0]); return [conflictKg.claims(), conflictKg.sparql()]"
        claims, sparql = run_script(page, script, state.hash())
        answer = run(graph.store, sparql, union=False)
        assert isinstance(answer, QuerySolutions)
        with subtests.test(state.hash()):
            assert {solution["claim"].value for solution in answer} == set(claims)
