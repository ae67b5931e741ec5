"""What the commands print, as plain data: results, solutions and tournaments with outcomes by issue name."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from burdenshare.bargaining.names import negotiator_named
from burdenshare.bargaining.protocols import Result, play_alternating
from burdenshare.bargaining.scenario import Scenario, UtilityTable
from burdenshare.bargaining.solutions import POINTS, Point, Solutions, solve
from burdenshare.bargaining.space import Value
from burdenshare.bargaining.time_based import Ties


def number_or_none(value: float) -> float | None:
    """JSON has no infinity and no NaN: both become null."""
    return value if math.isfinite(value) else None


def result_report(result: Result, scenario: Scenario, table: UtilityTable) -> dict[str, Any]:
    """`agreement` (issue to value, or None), `rounds`, `utilities` and more; a utility that is not finite is None."""

    def named(column: int | None) -> dict[str, Value] | None:
        return None if column is None else scenario.space.as_mapping(table.outcome_id(column))

    report: dict[str, Any] = {
        "scenario": scenario.name,
        "protocol": result.protocol,
        "sides": list(table.names),
        "agreement": named(result.agreement),
        "rounds": result.rounds,
        "utilities": [number_or_none(u) for u in result.utilities],
        "discounted": [number_or_none(u) for u in result.discounted],
        "end": result.end,
        "ended_by": None if result.ended_by is None else table.names[result.ended_by],
        "approval": result.approval,
    }
    if result.trace:
        report["trace"] = [
            {
                "round": offer.round,
                "side": "mediator" if offer.side < 0 else table.names[offer.side],
                "offer": named(offer.outcome),
                "utilities": [number_or_none(float(u)) for u in table.utilities[:, offer.outcome]],
            }
            for offer in result.trace
        ]
    return report


def point_report(point: Point | None, scenario: Scenario) -> dict[str, Any] | None:
    if point is None:
        return None
    outcome = {issue.name: issue.value(place) for issue, place in zip(scenario.space.issues, point.places, strict=True)}
    return {"outcome": outcome, "utilities": list(point.utilities)}


def solutions_report(found: Solutions, scenario: Scenario) -> dict[str, Any]:
    """`outcomes`, `pareto` (utilities, greatest sum first) and each point with `outcome` and `utilities`."""
    report: dict[str, Any] = {
        "scenario": scenario.name,
        "sides": [side.name for side in scenario.sides],
        "outcomes": scenario.space.size,
        "floors": list(found.floors),
        "ideals": [number_or_none(ideal) for ideal in found.ideals],
        "pareto": found.frontier.utilities.T.tolist(),
    }
    for name in POINTS:
        report[name] = point_report(getattr(found, name), scenario)
    return report


@dataclass(frozen=True)
class Standing:
    """One tactic in a tournament. Utilities are parts of the way from a side's floor (0) to its best (1).

    utility: the mean over all talks, a talk without agreement counting the reserved value's part (0 where it is minus
    infinity). when_agreed: the mean over agreements. nash_distance: mean distance of agreements from the Nash point in
    scaled utilities. NaN where there was no agreement.
    """

    tactic: str
    talks: int
    agreements: int
    utility: float
    when_agreed: float
    rounds: float
    nash_distance: float


def tournament(
    scenarios: Sequence[Scenario],
    tactics: Sequence[str],
    *,
    rounds: int,
    seed: int,
    ties: Ties = "first",
    progress: Callable[[], None] = lambda: None,
) -> list[Standing]:
    """Every tactic against every tactic, itself included, in both orders, on the first two sides of each scenario.

    Standings by mean utility, best first. Talk number i of the tournament has the seed `seed` + i.
    """
    scores: dict[str, list[tuple[float, float, int, float]]] = {name: [] for name in tactics}
    talk = 0
    for scenario in scenarios:
        table = scenario.tables()
        solved = solve(table)
        nash = None if solved.nash is None else np.array(solved.nash.utilities)
        floors = np.array(solved.floors)
        spans = np.array([table.best(s) for s in range(2)]) - floors
        spans[spans <= 0] = 1.0
        for first in tactics:
            for second in tactics:
                pair = [negotiator_named(first), negotiator_named(second)]
                result = play_alternating(table, pair, rounds=rounds, seed=seed + talk, space=scenario.space, ties=ties)
                talk += 1
                progress()
                worth = np.array(result.discounted)
                scaled = np.where(np.isfinite(worth), (worth - floors) / spans, 0.0)
                away = math.nan
                if result.agreement is not None and nash is not None:
                    away = math.hypot(*((np.array(result.utilities) - nash) / spans).tolist())
                for place, name in enumerate((first, second)):
                    agreed = float(scaled[place]) if result.agreement is not None else math.nan
                    scores[name].append((float(scaled[place]), agreed, result.rounds, away))
    standings = [standing(name, rows) for name, rows in scores.items()]
    return sorted(standings, key=lambda s: (-s.utility, s.tactic))


def standing(name: str, rows: list[tuple[float, float, int, float]]) -> Standing:
    array = np.array(rows, dtype=np.float64)
    agreed = ~np.isnan(array[:, 1])
    known = ~np.isnan(array[:, 3])
    return Standing(
        tactic=name,
        talks=len(rows),
        agreements=int(agreed.sum()),
        utility=float(array[:, 0].mean()),
        when_agreed=float(array[agreed, 1].mean()) if agreed.any() else math.nan,
        rounds=float(array[:, 2].mean()),
        nash_distance=float(array[known, 3].mean()) if known.any() else math.nan,
    )


def standing_report(row: Standing) -> dict[str, Any]:
    return {key: number_or_none(v) if isinstance(v, float) else v for key, v in asdict(row).items()}
