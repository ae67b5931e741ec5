"""Frontier and solution points against brute force, and the closed-form solutions."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.bargaining.files import read_scenario
from burdenshare.bargaining.frontier import GRID, frontier_of_table
from burdenshare.bargaining.scenario import Scenario, Side, UtilityTable, table_from_arrays
from burdenshare.bargaining.solutions import (
    POINTS,
    rubinstein,
    solve,
    subgame_perfect,
    zone_of_agreement,
)
from burdenshare.bargaining.space import CategoricalIssue, IntegerIssue, OutcomeSpace
from burdenshare.bargaining.utility import Box, Boxes, LinearAdditive
from burdenshare.bargaining.values import TableValue
from burdenshare.errors import BargainingError

from .cases import basing, price, real_scenarios


def brute_force(table: UtilityTable) -> tuple[set[tuple[float, ...]], dict[str, tuple[float, ...] | None]]:
    """The frontier as a set of utilities, and the points, by the definitions and nothing else."""
    u = table.utilities.T
    inside = np.all(u >= np.array(table.reserved), axis=1)
    points = np.unique(u[inside], axis=0)
    frontier = set()
    for point in points:
        at_least = (points >= point).all(axis=1)
        better = (points > point).any(axis=1)
        if not (at_least & better).any():
            frontier.add(tuple(point.tolist()))
    if not frontier:
        return frontier, dict.fromkeys(POINTS)
    lows = u.min(axis=0)
    floors = [r if math.isfinite(r) and r >= low else low for r, low in zip(table.reserved, lows.tolist(), strict=True)]
    ideals = points.max(axis=0).tolist()

    def gains(p: tuple[float, ...]) -> list[float]:
        return [x - floor for x, floor in zip(p, floors, strict=True)]

    def parts(p: tuple[float, ...]) -> float:
        spans = [(g, i - f) for g, i, f in zip(gains(p), ideals, floors, strict=True)]
        return min((g / span for g, span in spans if span > 0), default=math.inf)

    scores = {
        "nash": lambda p: math.prod(gains(p)),
        "egalitarian": lambda p: min(gains(p)),
        "kalai_smorodinsky": parts,
        "utilitarian": sum,
    }
    # Of equals the greatest sum, then the first side's; over all acceptable outcomes, not only the frontier.
    everyone = [tuple(p) for p in points.tolist()]
    return frontier, {name: max(everyone, key=lambda p: (score(p), sum(p), p)) for name, score in scores.items()}


def check(table: UtilityTable, problem: Scenario | UtilityTable) -> None:
    frontier, points = brute_force(table)
    solved = solve(problem)
    found = [tuple(p) for p in solved.frontier.utilities.T.tolist()]
    assert set(found) == frontier
    assert len(found) == len(frontier)
    assert [sum(p) for p in found] == sorted((sum(p) for p in found), reverse=True)
    for name in POINTS:
        point = getattr(solved, name)
        assert (None if point is None else point.utilities) == points[name], name


@st.composite
def scenarios(draw):  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    counts = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    digits, sides = draw(st.sampled_from([1, 2, 16])), draw(st.integers(1, 3))
    space = OutcomeSpace(tuple(CategoricalIssue(f"i{k}", tuple(range(n))) for k, n in enumerate(counts)))
    made = []
    for side in range(sides):
        values = tuple(TableValue(tuple(np.round(rng.uniform(-1, 1, n), digits).tolist())) for n in counts)
        weights = tuple(np.round(rng.uniform(-0.2, 1, len(counts)), digits).tolist())
        reserved = draw(st.sampled_from([-math.inf, -5.0, float(rng.uniform(-1, 1)), 0.0]))
        utility = LinearAdditive(
            weights, values, bias=draw(st.sampled_from([0.0, 0.3])), bias_last=draw(st.booleans()), weights_sum=None
        )
        made.append(Side(f"s{side}", utility, reserved=reserved))
    return Scenario("random", space, tuple(made))


@settings(max_examples=200, deadline=None)
@given(scenarios())
def test_both_ways_to_the_frontier_equal_brute_force(scenario: Scenario) -> None:
    table = scenario.tables()
    check(table, table)
    check(table, scenario)
    solved = solve(scenario)
    for point in (getattr(solved, name) for name in POINTS):
        if point is not None:
            number = int(np.ravel_multi_index(point.places, scenario.space.shape))
            assert tuple(table.utilities[:, number].tolist()) == point.utilities


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([1, 2, 16]))
def test_the_coarse_grid_loses_nothing(seed: int, digits: int) -> None:
    rng = np.random.default_rng(seed)
    angles, radii = rng.uniform(0, np.pi / 2, 5 * GRID), rng.beta(8, 1, 5 * GRID)
    rows = np.round(np.stack([radii * np.cos(angles), radii * np.sin(angles)]), digits)
    found = {tuple(p) for p in frontier_of_table(rows, (-math.inf, -math.inf)).utilities.T.tolist()}
    order = np.lexsort((-rows[1], -rows[0]))
    expected, best = set(), -math.inf
    for i in order:
        if rows[1, i] > best:
            best = float(rows[1, i])
            expected.add((float(rows[0, i]), best))
    assert found == expected


def test_real_scenarios_equal_brute_force() -> None:
    folder = real_scenarios()
    checked = 0
    for path in sorted(p for p in (folder / "negmas_app").glob("*/*") if p.is_dir())[::6]:
        scenario = read_scenario(path)
        if scenario.space.size <= 1500 and len(scenario.sides) <= 3:
            check(scenario.tables(), scenario)
            checked += 1
    assert checked > 5


def test_a_space_no_table_could_hold_is_solved_all_the_same() -> None:
    count = 40
    space = OutcomeSpace(tuple(IntegerIssue(f"i{k}", 0, 9) for k in range(count)))
    rising, falling = TableValue(tuple(k / 9 for k in range(10))), TableValue(tuple(1 - k / 9 for k in range(10)))
    weights = (1 / count,) * count
    sides = tuple(Side(n, LinearAdditive(weights, (v,) * count)) for n, v in (("up", rising), ("down", falling)))
    solved = solve(Scenario("huge", space, sides))
    assert solved.nash is not None
    assert np.allclose(solved.nash.utilities, (0.5, 0.5), atol=0.01)
    with pytest.raises(BargainingError, match="needs about 10"):
        Scenario("huge", space, sides).tables()


def test_boxes_and_constraints_are_solved_by_table() -> None:
    scenario = basing()
    boxes = Boxes((Box(1.0, inside=((0, 12, 15),)), Box(0.7, inside=((0, 15, 18),))))
    changed = replace(
        scenario,
        space=OutcomeSpace(scenario.space.issues[:1]),
        sides=(Side("a", boxes), Side("b", Boxes((Box(1.0, inside=((0, 15, 20),)),)))),
    )
    solved = solve(changed)
    assert solved.frontier.utilities.T.tolist() == [[1.7, 1.0]]
    assert solved.nash is not None
    assert solved.nash.places == (5,)


def test_zone_and_distances() -> None:
    table = price(reserved=(0.3, 0.4))
    zone = zone_of_agreement(table)
    assert (zone.outcomes, zone.lows, zone.highs) == (31, (0.3, 0.4), (0.6, 0.7))
    solved = solve(table)
    assert solved.nash is not None
    assert solved.nash.utilities == (0.45, 0.55)
    away = solved.distances((0.45, 0.55))
    assert away["nash"] == away["pareto"] == 0
    assert math.isclose(solved.distances((0.5, 0.5))["nash"], math.hypot(0.05, 0.05))
    none = solve(price(reserved=(0.7, 0.7)))
    assert none.nash is None
    assert none.frontier.utilities.shape == (2, 0)
    assert zone_of_agreement(price(reserved=(0.7, 0.7))).outcomes == 0


def test_rubinstein_is_the_limit_of_working_backwards() -> None:
    assert rubinstein(0.9, 0.9) == pytest.approx((1 / 1.9, 0.9 / 1.9))
    assert rubinstein(0.8, 0.95, rounds=500) == pytest.approx(rubinstein(0.8, 0.95))
    assert rubinstein(0.5, 0.5, rounds=1) == (1.0, 0.0)
    assert rubinstein(0.5, 0.25, rounds=2) == (0.75, 0.25)
    with pytest.raises(BargainingError, match="never settle"):
        rubinstein(1.0, 1.0)
    column, turn = subgame_perfect(price(1001), rounds=201, losses=(0.9, 0.9))
    assert turn == 1
    assert column is not None
    assert abs(column / 1000 - rubinstein(0.9, 0.9)[0]) < 0.01


def test_minus_infinity_never_stands_on_the_frontier() -> None:
    table = table_from_arrays(np.array([[5.0, 1.0, 2.0], [-math.inf, 1.0, 0.5]]))
    assert frontier_of_table(table.utilities, table.reserved).utilities.T.tolist() == [[2.0, 0.5], [1.0, 1.0]]
