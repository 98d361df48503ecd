"""The labelled cases: precision and recall of every kind of contradiction, frozen, so that a rule change shows.

``python -m tests.reason.test_cases`` prints the table and every case that differs, and rewrites ``scores.csv``.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from kg.reason import differences
from tests.reason.harness import CASES, Expected, LabelledCase, cases, store_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reason.difference import Difference

FILES = sorted(CASES.glob("*.yaml"))
SCORES = CASES.parent / "scores.csv"
FLOOR = 0.95
"""Precision and recall that every kind reaches."""
Pair = frozenset[str]


@dataclass
class Scores:
    """By kind: how many are right, too many and missing; and in words what differs."""

    right: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    differ: list[str] = field(default_factory=list)

    def rows(self) -> list[list[str]]:
        kinds = sorted({*self.right, *self.extra, *self.missed})
        return [[kind, str(self.right[kind]), str(self.extra[kind]), str(self.missed[kind])] for kind in kinds]


def pairs_of(found: Difference) -> Iterator[Pair]:
    """Yield the pairs of claims that stand against each other: not those of one speaker who changed his word."""
    for a in found.first.voices:
        for b in found.second.voices:
            changed = a.speaker == b.speaker and (a.spoke_after(b) or b.spoke_after(a))
            if a.claim != b.claim and not (found.is_contradiction and changed):
                yield frozenset({a.claim, b.claim})


def faults(found: Difference, wanted: Expected) -> Iterator[str]:
    """Yield in what a contradiction that was found differs from the one that was expected."""
    if found.weight.answer != wanted.certainty:
        yield f"is {wanted.certainty}, not {found.weight.answer}"
    if wanted.matter not in {None, found.clash.matter, *found.clash.also}:
        yield f"is {wanted.matter}, not {found.clash.matter}"


def score(case: LabelledCase, scores: Scores) -> None:
    found: dict[tuple[str, Pair], Difference] = {}
    alike: set[tuple[str, Pair]] = set()
    for one in differences(store_of(case)):
        for pair in pairs_of(one):
            if one.is_contradiction:
                found.setdefault((one.clash.kind, pair), one)
            else:
                alike.add((one.reason, pair))
    wanted = {(part.kind, frozenset(map(case.iri, part.between))): part for part in case.expect}
    for key, one in found.items():
        if key in wanted:
            scores.right[key[0]] += 1
            scores.differ += [f"{case.name}: {key[0]} {fault}" for fault in faults(one, wanted[key])]
        else:
            scores.extra[key[0]] += 1
            scores.differ.append(f"{case.name}: {key[0]} is too many ({one.clash.rule})")
    for key in wanted.keys() - found.keys():
        scores.missed[key[0]] += 1
        scores.differ.append(f"{case.name}: {key[0]} is missed")
    for look in case.lookalikes:
        if (look.reason, frozenset(map(case.iri, look.between))) not in alike:
            scores.differ.append(f"{case.name}: lookalike {look.reason} is missed")


@pytest.fixture(scope="module")
def scores() -> Scores:
    found = Scores()
    for path in FILES:
        for case in cases(path):
            score(case, found)
    return found


def test_there_are_many_cases_and_half_of_them_are_negative() -> None:
    found = [case for path in FILES for case in cases(path)]
    negative = sum(not case.expect for case in found)
    assert len({case.name for case in found}) == len(found) > 300
    assert 0.4 < negative / len(found) < 0.6


def test_precision_and_recall_of_every_kind_are_high(scores: Scores) -> None:
    for kind, right, extra, missed in scores.rows():
        assert int(right) / (int(right) + int(extra)) >= FLOOR, (kind, scores.differ)
        assert int(right) / (int(right) + int(missed)) >= FLOOR, (kind, scores.differ)


def test_no_kind_is_worse_than_when_its_numbers_were_frozen(scores: Scores) -> None:
    with SCORES.open(encoding="utf-8", newline="") as file:
        frozen = {row["kind"]: row for row in csv.DictReader(file)}
    for kind, _, extra, missed in scores.rows():
        assert int(extra) <= int(frozen[kind]["extra"]), (kind, scores.differ)
        assert int(missed) <= int(frozen[kind]["missed"]), (kind, scores.differ)


def test_what_differs_from_the_labels_is_known(scores: Scores) -> None:
    known = (CASES.parent / "differ.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(scores.differ) == sorted(line for line in known if line and not line.startswith("#"))


def main() -> None:
    """Print the table and what differs; rewrite the frozen numbers."""
    found = Scores()
    for path in FILES:
        for case in cases(path):
            score(case, found)
    with SCORES.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["kind", "right", "extra", "missed"], *found.rows()])
    for kind, right, extra, missed in found.rows():
        sys.stdout.write(f"{kind:20} right {right:>3}  extra {extra:>3}  missed {missed:>3}\n")
    sys.stdout.write("".join(f"{line}\n" for line in found.differ))


if __name__ == "__main__":
    main()
