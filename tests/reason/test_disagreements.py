"""The 29 disagreements of the notes are found by rules, as the right kind; what else is found is explained.

``graphs/registers/disagreements.csv`` joins the claims of both sides as a reader
noticed them. No rule reads it: it is the answer that rules are held against.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from kg.iri import compact
from kg.reason import differences

if TYPE_CHECKING:
    from pathlib import Path

    from kg.api import Graph
    from kg.reason.difference import Difference

ITEMS = {f"notes-4.{number}" for number in range(1, 30)}
NOTICED = """
PREFIX k: <https://w3id.org/conflict-kg/ontology#> PREFIX s: <https://w3id.org/conflict-kg/statement#>
SELECT ?noticed ?matter ?claim ?thing ?note {
  ?statement k:subject ?noticed ; s:betweenClaims ?claim ; s:matter ?matter ; s:regards ?thing .
  ?by k:content ?statement ; <http://purl.org/dc/terms/identifier> ?note .
}"""
LEFT = {"openEnd", "uncertainTime", "unknownPlace", "unknownParty", "bothMayBe", "approximateNumber", "unknownOrder"}
"""What leaves room: a contradiction that is only possible says why, and is explained by it."""
ALLOWED = 30
"""How many points that nobody had noticed may be certain; each is named in docs/reasoning.md."""


@dataclass
class Noticed:
    """A disagreement as a reader noticed it: about what, between which claims, on which things, in which notes."""

    matters: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)

    def has(self, found: Difference) -> bool:
        """Return whether something found is between its claims, or of one of them and about its things."""
        first, second = ({compact(voice.claim) for voice in side.voices} for side in (found.first, found.second))
        things = {compact(thing) for thing in found.things}
        one = (first | second) & self.claims and things <= self.things
        return bool((first & self.claims and second & self.claims) or one)


@pytest.fixture(scope="module")
def noticed(graph: Graph) -> dict[str, Noticed]:
    found: dict[str, Noticed] = defaultdict(Noticed)
    for row in graph.rows(NOTICED):
        one = found[row["noticed"]]
        one.matters.add(row["matter"].removeprefix("k:"))
        one.claims.add(row["claim"])
        one.things.add(row["thing"])
        one.notes.add(row["note"])
    return found


@pytest.fixture(scope="module")
def derived(graph: Graph) -> list[Difference]:
    return list(differences(graph.store))


def test_every_item_of_the_notes_is_found_as_the_right_kind(
    noticed: dict[str, Noticed], derived: list[Difference]
) -> None:
    found = set()
    for one in noticed.values():
        if any(one.has(d) and {d.clash.matter, *d.clash.also} & one.matters for d in derived):
            found |= one.notes
    assert found >= ITEMS, sorted(ITEMS - found)


def test_what_is_only_possible_says_why(derived: list[Difference]) -> None:
    for one in derived:
        if one.is_contradiction and one.weight.answer == "possibly":
            assert one.weight.room
            assert set(one.weight.room) <= LEFT | {"doubtOnly"}


def test_what_nobody_had_noticed_is_little_and_named_on_the_page(
    root: Path, noticed: dict[str, Noticed], derived: list[Difference]
) -> None:
    certain = [one for one in derived if one.is_contradiction and one.weight.answer == "certainly"]
    extra = [one for one in certain if not any(point.has(one) for point in noticed.values())]
    points = Counter(" and ".join(map(compact, one.things)) for one in extra)
    page = (root / "docs" / "reasoning.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z]+:[a-z0-9-]+(?: and [a-z]+:[a-z0-9-]+)?)`", page))
    assert len(points) <= ALLOWED
    assert set(points) <= named, sorted(set(points) - named)
