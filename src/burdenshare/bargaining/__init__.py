"""The bargaining engine: negotiations played, solved and simulated. It knows nothing of cases or claims.

    from burdenshare.bargaining import read_scenario, negotiator_named, play_alternating, solve

    scenario = read_scenario("talks.toml")
    table = scenario.tables()
    result = play_alternating(table, [negotiator_named("boulware"), negotiator_named("linear")], rounds=100)
    solve(scenario).nash

What needs the compiler (batches and solutions) is loaded when first used: reading a scenario does not wait for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from burdenshare.bargaining.files import read_scenario, write_scenario
from burdenshare.bargaining.names import negotiator_named
from burdenshare.bargaining.negotiator import FunctionNegotiator, Moment, Negotiator, Offer, Reply, View
from burdenshare.bargaining.protocols import (
    Result,
    play_alternating,
    play_simultaneous,
    play_single_text,
    play_take_it_or_leave_it,
)
from burdenshare.bargaining.scenario import (
    Bound,
    Condition,
    Constraint,
    Ratification,
    Scenario,
    Side,
    UtilityTable,
    table_from_arrays,
)
from burdenshare.bargaining.space import CategoricalIssue, ContinuousIssue, IntegerIssue, OutcomeSpace
from burdenshare.bargaining.tactics import Exponential, TimeBased, TitForTat
from burdenshare.bargaining.utility import Box, Boxes, LinearAdditive, Tabulated
from burdenshare.bargaining.values import AffineValue, QuadraticValue, TableValue, TriangularValue

if TYPE_CHECKING:
    from burdenshare.bargaining.batch import Batch, Draw, Duel, play_batch, play_drawn, prepare, summary
    from burdenshare.bargaining.solutions import (
        Point,
        Solutions,
        Zone,
        rubinstein,
        solve,
        subgame_perfect,
        zone_of_agreement,
    )

COMPILED = {
    "batch": ("Batch", "Draw", "Duel", "play_batch", "play_drawn", "prepare", "summary"),
    "solutions": ("Point", "Solutions", "Zone", "rubinstein", "solve", "subgame_perfect", "zone_of_agreement"),
}

__all__ = [
    "AffineValue",
    "Batch",
    "Bound",
    "Box",
    "Boxes",
    "CategoricalIssue",
    "Condition",
    "Constraint",
    "ContinuousIssue",
    "Draw",
    "Duel",
    "Exponential",
    "FunctionNegotiator",
    "IntegerIssue",
    "LinearAdditive",
    "Moment",
    "Negotiator",
    "Offer",
    "OutcomeSpace",
    "Point",
    "QuadraticValue",
    "Ratification",
    "Reply",
    "Result",
    "Scenario",
    "Side",
    "Solutions",
    "TableValue",
    "Tabulated",
    "TimeBased",
    "TitForTat",
    "TriangularValue",
    "UtilityTable",
    "View",
    "Zone",
    "negotiator_named",
    "play_alternating",
    "play_batch",
    "play_drawn",
    "play_simultaneous",
    "play_single_text",
    "play_take_it_or_leave_it",
    "prepare",
    "read_scenario",
    "rubinstein",
    "solve",
    "subgame_perfect",
    "summary",
    "table_from_arrays",
    "write_scenario",
    "zone_of_agreement",
]


def __getattr__(name: str) -> Any:
    for module, names in COMPILED.items():
        if name in names:
            return getattr(import_module(f"burdenshare.bargaining.{module}"), name)
    raise AttributeError(f"burdenshare.bargaining has no {name!r}")
