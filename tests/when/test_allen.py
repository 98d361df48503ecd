"""Relations of intervals, against Allen's published table and against trying every placing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kg.when import Answer, Interval, Mode, Relation, compose, inverse, read, relation

START = datetime(2020, 9, 27, tzinfo=UTC)

# The usual letters: precedes, meets, overlaps, Finished by, Contains (D), starts,
# equals, Started by, during, finishes, Overlapped by, Met by, Preceded by.
LETTERS = dict(zip("pmoFDseSdfOMP", Relation, strict=True))
FULL = "pmoFDseSdfOMP"
CONCUR = "oFDseSdfO"
# Allen 1983, figure 4, typed from the paper's table in this order of rows and columns
# (the paper leaves out equals, which changes nothing).
TABLE = {
    "p": ["p", "p", "p", "p", "p", "p", "p", "p", "pmosd", "pmosd", "pmosd", "pmosd", FULL],
    "m": ["p", "p", "p", "p", "p", "m", "m", "m", "osd", "osd", "osd", "Fef", "DSOMP"],
    "o": ["p", "p", "pmo", "pmo", "pmoFD", "o", "o", "oFD", "osd", "osd", CONCUR, "DSO", "DSOMP"],
    "F": ["p", "m", "o", "F", "D", "o", "F", "D", "osd", "Fef", "DSO", "DSO", "DSOMP"],
    "D": ["pmoFD", "oFD", "oFD", "D", "D", "oFD", "D", "D", CONCUR, "DSO", "DSO", "DSO", "DSOMP"],
    "s": ["p", "p", "pmo", "pmo", "pmoFD", "s", "s", "seS", "d", "d", "dfO", "M", "P"],
    "e": ["p", "m", "o", "F", "D", "s", "e", "S", "d", "f", "O", "M", "P"],
    "S": ["pmoFD", "oFD", "oFD", "D", "D", "seS", "S", "S", "dfO", "O", "O", "M", "P"],
    "d": ["p", "p", "pmosd", "pmosd", FULL, "d", "d", "dfOMP", "d", "d", "dfOMP", "P", "P"],
    "f": ["p", "m", "osd", "Fef", "DSOMP", "d", "f", "OMP", "d", "f", "OMP", "P", "P"],
    "O": ["pmoFD", "oFD", CONCUR, "DSO", "DSOMP", "dfO", "O", "OMP", "dfO", "O", "OMP", "P", "P"],
    "M": ["pmoFD", "seS", "dfO", "M", "P", "dfO", "M", "P", "dfO", "M", "P", "P", "P"],
    "P": [FULL, "dfOMP", "dfOMP", "P", "P", "dfOMP", "P", "P", "dfOMP", "P", "P", "P", "P"],
}


def test_composition_is_allens_table() -> None:
    for first, row in TABLE.items():
        for second, cell in zip(TABLE, row, strict=True):
            found = compose(LETTERS[first], LETTERS[second])
            assert found == {LETTERS[letter] for letter in cell}, (first, second)


def test_the_inverse_of_a_composition_is_the_composition_of_inverses() -> None:
    for r in Relation:
        assert inverse(inverse(r)) is r
        for s in Relation:
            assert {inverse(t) for t in compose(r, s)} == compose(inverse(s), inverse(r))


def test_only_equals_is_its_own_inverse() -> None:
    assert [r for r in Relation if inverse(r) is r] == [Relation.EQUALS]


def of_numbers(b: int, e: int, c: int, f: int) -> Relation:
    """Relate [b, e) to [c, f) by the definitions, one after the other."""
    definitions = {
        Relation.BEFORE: e < c,
        Relation.MEETS: e == c,
        Relation.OVERLAPS: b < c < e < f,
        Relation.FINISHED_BY: b < c and e == f,
        Relation.CONTAINS: b < c and f < e,
        Relation.STARTS: b == c and e < f,
        Relation.EQUALS: (b, e) == (c, f),
        Relation.STARTED_BY: b == c and f < e,
        Relation.DURING: c < b and e < f,
        Relation.FINISHES: c < b and e == f,
        Relation.OVERLAPPED_BY: c < b < f < e,
        Relation.MET_BY: f == b,
        Relation.AFTER: f < b,
    }
    (only,) = [name for name, is_so in definitions.items() if is_so]
    return only


Bounds = tuple[int, int, int, int]


@st.composite
def bounds(draw: st.DrawFn) -> Bounds:
    b1, b2 = sorted(draw(st.tuples(st.integers(0, 4), st.integers(0, 4))))
    e1, e2 = sorted(draw(st.tuples(st.integers(0, 4), st.integers(0, 4))))
    return min(b1, e1), min(b2, e2), max(b1, e1), max(b2, e2) + 1


def interval_of(numbers: Bounds) -> Interval:
    first, second, third, last = (START + timedelta(seconds=n) for n in numbers)
    return Interval(first, second, third, last)


def placings(numbers: Bounds) -> list[tuple[int, int]]:
    b1, b2, e1, e2 = numbers
    return [(b, e) for b in range(b1, b2 + 1) for e in range(e1, e2 + 1) if b < e]


@given(bounds(), bounds())
def test_relations_are_those_of_some_or_all_placings_of_uncertain_ends(a: Bounds, b: Bounds) -> None:
    tried = {of_numbers(*p, *q) for p in placings(a) for q in placings(b)}
    found = relation(interval_of(a), interval_of(b))
    assert {name for name, answer in found.items() if answer is not Answer.NO} == tried
    assert (Answer.CERTAINLY in found.values()) == (len(tried) == 1)


@given(bounds(), bounds())
def test_relating_the_other_way_round_gives_the_inverses(a: Bounds, b: Bounds) -> None:
    there, back = relation(interval_of(a), interval_of(b)), relation(interval_of(b), interval_of(a))
    assert there == {inverse(name): answer for name, answer in back.items()}


@given(bounds(), bounds(), bounds())
def test_composition_allows_every_relation_that_is_possible(a: Bounds, b: Bounds, c: Bounds) -> None:
    def possible(p: Bounds, q: Bounds) -> set[Relation]:
        return {name for name, answer in relation(interval_of(p), interval_of(q)).items() if answer is not Answer.NO}

    allowed = {t for r in possible(a, b) for s in possible(b, c) for t in compose(r, s)}
    assert possible(a, c) <= allowed


def test_two_days_that_follow_each_other_meet() -> None:
    first, second = (
        read(day, zone="Asia/Yerevan", mode=Mode.THROUGHOUT).interval for day in ("2022-09-13", "2022-09-14")
    )
    answers = relation(first, second)
    assert answers.pop(Relation.MEETS) is Answer.CERTAINLY
    assert set(answers.values()) == {Answer.NO}
