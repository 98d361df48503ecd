"""The network of times, against every placing of its points on a small domain."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise, permutations, product
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reason.network import ORIGIN, Bound, Network, Point
from kg.when import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

POINTS: list[Point] = [("begin", "event:one"), ("end", "event:one"), ("at", "st:one")]
NODES = [ORIGIN, *POINTS]
REACH = 4
WHY = "made up"
Edge = tuple[Point, Point, int]
Placing = dict[Point, int]

edges = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.integers(-REACH, REACH)).filter(
    lambda edge: edge[0] != edge[1]
)
edge_lists = st.lists(edges, max_size=8)
# Every point lies from 0 to REACH seconds after the origin, so that all placings can be tried.
fences: list[Edge] = [(ORIGIN, point, REACH) for point in POINTS] + [(point, ORIGIN, 0) for point in POINTS]


def network_of(found: Sequence[Edge]) -> Network:
    network = Network()
    for number, (earlier, later, seconds) in enumerate(found):
        network.at_most(Bound(earlier, later, seconds, WHY, frozenset({f"claim:{number}"})))
    return network


def placings(found: Sequence[Edge]) -> list[Placing]:
    tried = ({ORIGIN: 0, **dict(zip(POINTS, places, strict=True))} for places in product(range(REACH + 1), repeat=3))
    return [place for place in tried if all(place[b] - place[a] <= seconds for a, b, seconds in found)]


def second(moment: datetime) -> int:
    return int((moment - BEGINNING) / timedelta(seconds=1))


def circles(found: Sequence[Edge]) -> Iterator[tuple[int, int]]:
    """Yield for each circle of bounds, visiting no point twice, how many they are and what they add up to."""
    tightest: dict[tuple[Point, Point], int] = {}
    for earlier, later, seconds in found:
        tightest[earlier, later] = min(seconds, tightest.get((earlier, later), seconds))
    for size in range(2, len(NODES) + 1):
        for nodes in permutations(NODES, size):
            steps = list(pairwise([*nodes, nodes[0]]))
            if all(step in tightest for step in steps):
                yield size, sum(tightest[step] for step in steps)


@given(edge_lists)
def test_earliest_and_latest_are_the_first_and_last_place_that_any_placing_gives(found: list[Edge]) -> None:
    places = placings([*found, *fences])
    network = network_of([*found, *fences])
    if not places:
        return
    for point in POINTS:
        first, last = network.earliest(point), network.latest(point)
        assert first is not None
        assert last is not None
        assert (second(first[0]), second(last[0])) == (min(p[point] for p in places), max(p[point] for p in places))


@given(edge_lists)
def test_the_bounds_that_are_named_alone_make_a_point_lie_so_early_and_so_late(found: list[Edge]) -> None:
    network = network_of([*found, *fences])
    if network.conflict():
        return
    for point in POINTS:
        for limit, start, goal in ((network.earliest(point), point, ORIGIN), (network.latest(point), ORIGIN, point)):
            assert limit is not None
            path = limit[1]
            assert [path[0].earlier, path[-1].later] == [start, goal]
            assert all(one.later == other.earlier for one, other in pairwise(path))
            assert sum(bound.seconds for bound in path) == second(limit[0]) * (1 if goal == point else -1)


@given(edge_lists)
def test_there_is_a_conflict_only_where_no_placing_meets_all_bounds(found: list[Edge]) -> None:
    assert bool(network_of([*found, *fences]).conflict()) == (not placings([*found, *fences]))


@given(edge_lists)
def test_without_fences_there_is_a_conflict_only_where_a_circle_adds_up_to_less_than_nothing(found: list[Edge]) -> None:
    assert bool(network_of(found).conflict()) == any(total < 0 for _, total in circles(found))


@given(edge_lists)
@settings(max_examples=200)
def test_the_bounds_in_conflict_are_a_smallest_circle_that_cannot_hold(found: list[Edge]) -> None:
    circle = network_of(found).conflict()
    if circle:
        assert [bound.later for bound in circle] == [bound.earlier for bound in [*circle[1:], circle[0]]]
        assert sum(bound.seconds for bound in circle) < 0
        assert len(circle) == min(size for size, total in circles(found) if total < 0)
        assert all((bound.earlier, bound.later, bound.seconds) in found for bound in circle)


@given(edge_lists)
def test_without_any_one_of_the_bounds_in_conflict_the_others_can_hold(found: list[Edge]) -> None:
    circle = network_of(found).conflict()
    for left_out in circle:
        others = [(bound.earlier, bound.later, bound.seconds) for bound in circle if bound is not left_out]
        assert network_of(others).conflict() == []


@given(edge_lists, st.randoms(use_true_random=False))
def test_the_order_in_which_bounds_are_given_changes_no_limit(found: list[Edge], dice: object) -> None:
    shuffled = list(found)
    dice.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis's random
    one, other = network_of(found), network_of(shuffled)
    assert len(one.conflict()) == len(other.conflict())
    if not one.conflict():
        for point in POINTS:
            assert _moments(one, point) == _moments(other, point)


def _moments(network: Network, point: Point) -> list[datetime | None]:
    return [found[0] if found else None for found in (network.earliest(point), network.latest(point))]


def test_a_point_that_nothing_bounds_has_no_limits() -> None:
    network = network_of([])
    assert network.earliest(POINTS[0]) is None
    assert network.latest(POINTS[0]) is None
    assert network.conflict() == []


def test_of_two_bounds_for_one_pair_the_tighter_counts_and_is_named() -> None:
    network = network_of([(ORIGIN, POINTS[0], 3), (ORIGIN, POINTS[0], 1), (ORIGIN, POINTS[0], 2)])
    latest = network.latest(POINTS[0])
    assert latest is not None
    assert latest[1] == [Bound(ORIGIN, POINTS[0], 1, WHY, frozenset({"claim:1"}))]


def test_strictly_not_before_is_a_second_later() -> None:
    network = Network()
    network.between(POINTS[0], BEGINNING, BEGINNING + timedelta(seconds=REACH), WHY, frozenset())
    network.not_before(POINTS[1], POINTS[0], WHY, frozenset())
    network.not_before(POINTS[2], POINTS[0], WHY, frozenset(), strictly=True)
    found = [network.earliest(point) for point in POINTS]
    assert [second(one[0]) for one in found if one] == [0, 0, 1]
