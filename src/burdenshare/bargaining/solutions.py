"""Solution points of a bargaining problem, each with the outcome that reaches it.

Gains are counted from a floor: a side's reserved value, or its least utility where the reserved value is lower (or
minus infinity). All points are taken over the outcomes worth their reserved values to every side; each is the best of
its kind on the frontier, of equals the one with the greatest sum, then the greatest for the first side.

nash: greatest product of gains (Nash 1950, doi:10.2307/1907266).
kalai_smorodinsky: greatest least part of the way from the floor to a side's ideal, its greatest utility among the
    acceptable outcomes (Kalai and Smorodinsky 1975, doi:10.2307/1914280).
egalitarian: greatest least gain (Kalai 1977, doi:10.2307/1913954).
utilitarian: greatest sum of utilities.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from burdenshare.bargaining.frontier import Frontier, frontier_of_linear, frontier_of_table, rational
from burdenshare.bargaining.scenario import Scenario, UtilityTable
from burdenshare.bargaining.space import FloatArray
from burdenshare.errors import BargainingError

POINTS = ("nash", "egalitarian", "kalai_smorodinsky", "utilitarian")


@dataclass(frozen=True)
class Point:
    """A point of the frontier: its utilities, and the outcome by value places (or its table column alone)."""

    utilities: tuple[float, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Solutions:
    """The frontier and the points; a point is None where no outcome is worth their reserved values to all sides."""

    frontier: Frontier
    floors: tuple[float, ...]
    ideals: tuple[float, ...]
    nash: Point | None
    egalitarian: Point | None
    kalai_smorodinsky: Point | None
    utilitarian: Point | None

    def distances(self, utilities: tuple[float, ...]) -> dict[str, float]:
        """Euclidean distance of an agreement's utilities from the frontier and from each point; NaN without a point."""
        here = np.array(utilities)
        points = self.frontier.utilities
        gaps = np.sqrt(((points - here[:, None]) ** 2).sum(axis=0))
        found = {"pareto": float(gaps.min()) if gaps.size else math.nan}
        for name in POINTS:
            point: Point | None = getattr(self, name)
            found[name] = math.nan if point is None else math.dist(point.utilities, utilities)
        return found


def solve(problem: Scenario | UtilityTable) -> Solutions:
    """Frontier and points of a scenario or a utility table, exact.

    A linear-additive scenario without constraints is solved without listing its outcomes, whatever their number.
    """
    if isinstance(problem, UtilityTable):
        return points_on(frontier_of_table(problem.utilities, problem.reserved), problem.reserved)
    reserved = tuple(side.reserved for side in problem.sides)
    if problem.is_linear:
        return points_on(frontier_of_linear(problem), reserved)
    table = problem.tables()
    found = points_on(frontier_of_table(table.utilities, table.reserved), reserved)
    return with_issues(found, problem, table)


def with_issues(found: Solutions, scenario: Scenario, table: UtilityTable) -> Solutions:
    """The same solutions with table columns turned into the places of issue values."""
    old = found.frontier
    ids = old.places[0] if table.ids is None else table.ids[old.places[0]]
    frontier = Frontier(old.utilities, scenario.space.digits(ids), old.lows, old.highs)
    return points_on(frontier, table.reserved)


def points_on(frontier: Frontier, reserved: tuple[float, ...]) -> Solutions:
    lows = frontier.lows
    floors = tuple(
        value if math.isfinite(value) and value >= low else low for value, low in zip(reserved, lows, strict=True)
    )
    u = frontier.utilities
    gains = u - np.array(floors)[:, None]
    # What is best for one side among all acceptable outcomes is always on the frontier too.
    ideals = tuple(float(row.max()) if row.size else math.nan for row in u)
    spans = np.array([ideal - floor for ideal, floor in zip(ideals, floors, strict=True)])
    # A side that cannot gain anything has no say in the proportions.
    parts = np.where(spans[:, None] > 0, gains / np.where(spans > 0, spans, 1.0)[:, None], np.inf)
    return Solutions(
        frontier,
        floors,
        ideals,
        nash=best(frontier, product(gains)),
        egalitarian=best(frontier, gains.min(axis=0, initial=np.inf)),
        kalai_smorodinsky=best(frontier, parts.min(axis=0, initial=np.inf)),
        utilitarian=best(frontier, total(u)),
    )


def product(rows: FloatArray) -> FloatArray:
    out: FloatArray = rows[0].copy()
    for row in rows[1:]:
        out = out * row
    return out


def total(rows: FloatArray) -> FloatArray:
    out: FloatArray = rows[0].copy()
    for row in rows[1:]:
        out = out + row
    return out


def best(frontier: Frontier, score: FloatArray) -> Point | None:
    if score.size == 0:
        return None
    i = int(np.argmax(score))
    return Point(tuple(map(float, frontier.utilities[:, i])), tuple(map(int, frontier.places[:, i])))


@dataclass(frozen=True)
class Zone:
    """The zone of possible agreement: the outcomes worth their reserved values to all sides.

    lows, highs: what they are worth to each side at least and at most, NaN where the zone is empty.
    """

    outcomes: int
    share: float
    lows: tuple[float, ...]
    highs: tuple[float, ...]


def zone_of_agreement(table: UtilityTable) -> Zone:
    mask = rational(table.utilities, table.reserved)
    count = int(mask.sum())
    if count == 0:
        empty = (math.nan,) * table.sides
        return Zone(0, 0.0, empty, empty)
    inside = table.utilities[:, mask]
    lows, highs = tuple(map(float, inside.min(axis=1))), tuple(map(float, inside.max(axis=1)))
    return Zone(count, count / table.outcomes, lows, highs)


def rubinstein(first: float, second: float, *, rounds: int | None = None) -> tuple[float, float]:
    """The division of one pie between two sides that take turns, the first side offering first.

    first, second: what is left of a side's pie after each turn, 0 to 1 (below 1 for at least one without a deadline).
    Without a deadline (Rubinstein 1982, doi:10.2307/1912531): the first gets (1 - second) / (1 - first * second). With
    `rounds` turns and nothing afterwards (Stahl 1972), by working backwards from the last.
    """
    for value in (first, second):
        if not 0 <= value <= 1:
            raise BargainingError(f"A discount is {value}; it must be between 0 and 1.")
    if rounds is None:
        if first == second == 1:
            raise BargainingError("Two sides that lose nothing by waiting never settle; give one a discount below 1.")
        share = (1 - second) / (1 - first * second)
        return share, 1 - share
    if rounds < 1:
        raise BargainingError(f"The deadline is {rounds} rounds; it must be at least 1.")
    keeps = 1.0  # what the side offering keeps, in the last turn
    for turn in range(rounds - 1, 0, -1):
        # In turn `turn` (from 1, odd: the first side) the answering side is the one that offers next.
        waiting = second if turn % 2 == 1 else first
        keeps = 1.0 - waiting * keeps
    return keeps, 1.0 - keeps


def subgame_perfect(table: UtilityTable, *, rounds: int, losses: tuple[float, float]) -> tuple[int | None, int]:
    """The agreement of two sides that know all and take turns, by working backwards: (column or None, turn).

    losses: what is left of a side's gain over its reserved value after each turn, 0 to 1. In the last turn the side
    offering takes the best outcome that is worth the reserved value to the other. Ties: what is better for the other,
    then the first column. A reserved value of minus infinity counts as the least utility.
    """
    if table.sides != 2 or rounds < 1:
        raise BargainingError("This takes a table of two sides and at least one round.")
    floors = [max(table.worst(s), table.reserved[s]) for s in (0, 1)]
    gains = [table.utilities[s] - floors[s] for s in (0, 1)]
    value = [0.0, 0.0]  # gains of both sides if this turn passes, as felt in this turn
    plan: tuple[int | None, int] = (None, rounds)
    for turn in range(rounds, 0, -1):
        offering = (turn + 1) % 2
        answering = 1 - offering
        takes = (gains[answering] >= max(0.0, value[answering])) & (gains[offering] >= max(0.0, value[offering]))
        takes &= np.isfinite(gains[0]) & np.isfinite(gains[1])
        if takes.any():
            columns = np.flatnonzero(takes)
            order = np.lexsort((columns, -gains[answering][columns], -gains[offering][columns]))
            chosen = int(columns[order[0]])
            plan = (chosen, turn)
            value = [float(gains[0][chosen]), float(gains[1][chosen])]
        value = [value[0] * losses[0], value[1] * losses[1]]
    return plan
