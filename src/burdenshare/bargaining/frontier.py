"""The Pareto frontier, exact: the utilities no other outcome beats for one side without loss for another.

Two ways lead to it. From a table of utilities: one pass drops what a coarse grid already shows to be beaten, the rest
is sorted. For linear-additive utilities without constraints no table is needed: of the choices for the first k issues,
one that is beaten stays beaten whatever follows, so the frontier is built issue by issue. Float addition never reverses
an order, so both ways give the same bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from burdenshare.bargaining.compiled import compiled
from burdenshare.bargaining.memory import require_memory
from burdenshare.bargaining.scenario import Scenario
from burdenshare.bargaining.space import FloatArray, IntArray
from burdenshare.bargaining.utility import LinearAdditive
from burdenshare.errors import BargainingError

GRID = 8192
"""Cells of the coarse grid: small enough to stay in a processor's nearest cache."""


@dataclass(frozen=True, eq=False)
class Frontier:
    """utilities: float64 of shape (sides, points), greatest sum first, then greatest for the first side and so on.

    places: int64 of shape (issues, points), the place of each issue's value; a single row of table columns where the
    frontier comes from a table. lows, highs: each side's least and greatest utility over all outcomes, finite.
    """

    utilities: FloatArray
    places: IntArray
    lows: tuple[float, ...]
    highs: tuple[float, ...]


@compiled()
def coarse(first: Any, second: Any, low: float, scale: float, cells: Any) -> Any:
    """Indices of the points that no point in a higher cell of the first utility beats."""
    for i in range(first.size):
        if first[i] >= low:
            cell = int((first[i] - low) * scale)
            cells[cell] = max(cells[cell], second[i])
    running = -np.inf
    for cell in range(cells.size - 1, -1, -1):
        here = cells[cell]
        cells[cell] = running
        running = max(running, here)
    count = 0
    for i in range(first.size):
        if first[i] >= low and second[i] > cells[int((first[i] - low) * scale)]:
            count += 1
    kept = np.empty(count, dtype=np.int64)
    count = 0
    for i in range(first.size):
        if first[i] >= low and second[i] > cells[int((first[i] - low) * scale)]:
            kept[count] = i
            count += 1
    return kept


@compiled()
def unbeaten(points: Any) -> Any:
    """Which of the points, float64 of shape (points, sides) in falling lexicographic order, none before them beats."""
    keep = np.zeros(points.shape[0], dtype=np.bool_)
    kept = np.empty(points.shape[0], dtype=np.int64)
    count = 0
    for i in range(points.shape[0]):
        beaten = False
        for j in range(count):
            covers = True
            for side in range(points.shape[1]):
                if points[kept[j], side] < points[i, side]:
                    covers = False
                    break
            if covers:
                beaten = True
                break
        if not beaten:
            keep[i] = True
            kept[count] = i
            count += 1
    return keep


def frontier_columns(utilities: FloatArray) -> IntArray:
    """Columns of the frontier of float64 utilities of shape (sides, outcomes), of equal points the first; any order."""
    sides, size = utilities.shape
    columns = np.arange(size, dtype=np.int64)
    if sides == 2 and size > 4 * GRID:
        finite = np.isfinite(utilities).all()
        low, high = float(utilities[0].min()), float(utilities[0].max())
        if finite and high > low:
            cells = np.full(GRID + 2, -np.inf)
            columns = coarse(utilities[0], utilities[1], low, GRID / (high - low), cells)
    kept = utilities[:, columns]
    order = np.lexsort((columns, *(-kept[side] for side in range(sides - 1, -1, -1))))
    kept = kept[:, order]
    if sides == 2:
        before = np.concatenate([[-np.inf], np.maximum.accumulate(kept[1])[:-1]])
        return np.asarray(columns[order[kept[1] > before]])
    return np.asarray(columns[order[unbeaten(np.ascontiguousarray(kept.T))]])


def by_welfare(utilities: FloatArray, places: IntArray) -> tuple[FloatArray, IntArray]:
    sides = utilities.shape[0]
    total = utilities[0].copy()
    for side in range(1, sides):
        total = total + utilities[side]
    order = np.lexsort((*(-utilities[side] for side in range(sides - 1, -1, -1)), -total))
    return np.ascontiguousarray(utilities[:, order]), places[:, order]


def rational(utilities: FloatArray, reserved: tuple[float, ...]) -> Any:
    """Which columns are worth the reserved value or more to every side: bool of shape (outcomes,)."""
    mask = np.ones(utilities.shape[1], dtype=bool)
    for row, value in zip(utilities, reserved, strict=True):
        mask &= np.isfinite(row) & (row >= value)
    return mask


def frontier_of_table(utilities: FloatArray, reserved: tuple[float, ...]) -> Frontier:
    """The frontier of the outcomes worth their reserved values to all sides. utilities: float64 (sides, outcomes).

    Of outcomes with equal utilities the first in the table stands for all. Empty where none is worth it to all.
    """
    if utilities.ndim != 2 or utilities.shape[1] == 0:
        raise BargainingError("The utilities cover zero outcomes; give at least one.")
    finite = [row if np.isfinite(row[np.argmin(row)]) else row[np.isfinite(row)] for row in utilities]
    lows, highs = tuple(float(row.min()) for row in finite), tuple(float(row.max()) for row in finite)
    if all(value <= low for value, low in zip(reserved, lows, strict=True)) and all(
        row is whole for row, whole in zip(finite, utilities, strict=True)
    ):
        columns = frontier_columns(utilities)
    else:
        # Filtered first: no outcome with minus infinity may stand on the frontier.
        allowed = np.flatnonzero(rational(utilities, reserved)).astype(np.int64)
        if allowed.size == 0:
            return Frontier(np.empty((len(utilities), 0)), np.empty((1, 0), dtype=np.int64), lows, highs)
        columns = allowed[frontier_columns(np.ascontiguousarray(utilities[:, allowed]))]
    points, places = by_welfare(utilities[:, columns], columns[None, :])
    return Frontier(points, places, lows, highs)


def frontier_of_linear(scenario: Scenario) -> Frontier:
    """The same frontier for a scenario whose sides are linear-additive and unconstrained, without listing the outcomes.

    Of outcomes with equal utilities one stands for all. The space may be of any size as long as the frontier is not:
    BargainingError where it would not fit in memory.
    """
    space, sides = scenario.space, scenario.sides
    utilities = [side.utility for side in sides if isinstance(side.utility, LinearAdditive)]
    if len(utilities) != len(sides) or scenario.constraints:
        raise BargainingError(f"The scenario {scenario.name!r} is not linear-additive throughout; use a utility table.")
    parts = [utility.parts(space) for utility in utilities]
    points = np.array([[0.0 if u.bias_last else u.bias] for u in utilities])
    lows, highs = points[:, 0].copy(), points[:, 0].copy()
    places = np.empty((0, 1), dtype=np.int64)
    for issue, count in enumerate(space.shape):
        width = points.shape[1]
        require_memory(width * count * (issue + 2 * len(sides) + 4) * 8, "The frontier of this outcome space")
        grown = np.stack(
            [(row[:, None] + part[issue][None, :]).ravel() for row, part in zip(points, parts, strict=True)]
        )
        lows += [part[issue].min() for part in parts]
        highs += [part[issue].max() for part in parts]
        kept = np.sort(frontier_columns(grown))
        points = np.ascontiguousarray(grown[:, kept])
        places = np.concatenate([places[:, kept // count], (kept % count)[None, :]])
    for row, utility in enumerate(utilities):
        if utility.bias_last:
            points[row] += utility.bias
            lows[row] += utility.bias
            highs[row] += utility.bias
    reserved = tuple(side.reserved for side in sides)
    mask = rational(points, reserved)
    kept = frontier_columns(points[:, mask]) if mask.any() else np.empty(0, dtype=np.int64)
    final, chosen = by_welfare(points[:, mask][:, kept], places[:, mask][:, kept])
    return Frontier(final, chosen, tuple(map(float, lows)), tuple(map(float, highs)))
