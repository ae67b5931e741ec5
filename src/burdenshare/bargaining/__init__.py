"""The bargaining engine: negotiations played, solved and simulated. It knows nothing of cases or claims.

    from burdenshare.bargaining import read_scenario, negotiator_named, play_alternating, solve

    scenario = read_scenario("talks.toml")
    table = scenario.tables()
    result = play_alternating(table, [negotiator_named("boulware"), negotiator_named("linear")], rounds=100)
    solve(scenario).nash

Names are loaded when first used, so that reading a scenario does not wait for the compiler.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from burdenshare.bargaining.batch import Batch, Draw, Duel, play_batch, play_drawn, prepare, summary
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
    from burdenshare.bargaining.solutions import (
        Point,
        Solutions,
        Zone,
        rubinstein,
        solve,
        subgame_perfect,
        zone_of_agreement,
    )
    from burdenshare.bargaining.space import CategoricalIssue, ContinuousIssue, IntegerIssue, OutcomeSpace
    from burdenshare.bargaining.tactics import Exponential, TimeBased, TitForTat
    from burdenshare.bargaining.utility import Box, Boxes, LinearAdditive, Tabulated
    from burdenshare.bargaining.values import AffineValue, QuadraticValue, TableValue, TriangularValue

MODULES = {
    "batch": ("Batch", "Draw", "Duel", "play_batch", "play_drawn", "prepare", "summary"),
    "files": ("read_scenario", "write_scenario"),
    "names": ("negotiator_named",),
    "negotiator": ("FunctionNegotiator", "Moment", "Negotiator", "Offer", "Reply", "View"),
    "protocols": (
        "Result",
        "play_alternating",
        "play_simultaneous",
        "play_single_text",
        "play_take_it_or_leave_it",
    ),
    "scenario": (
        "Bound",
        "Condition",
        "Constraint",
        "Ratification",
        "Scenario",
        "Side",
        "UtilityTable",
        "table_from_arrays",
    ),
    "solutions": ("Point", "Solutions", "Zone", "rubinstein", "solve", "subgame_perfect", "zone_of_agreement"),
    "space": ("CategoricalIssue", "ContinuousIssue", "IntegerIssue", "OutcomeSpace"),
    "tactics": ("Exponential", "TimeBased", "TitForTat"),
    "utility": ("Box", "Boxes", "LinearAdditive", "Tabulated"),
    "values": ("AffineValue", "QuadraticValue", "TableValue", "TriangularValue"),
}
HOME = {name: module for module, names in MODULES.items() for name in names}

__all__ = [*sorted(HOME)]


def __getattr__(name: str) -> Any:
    if name not in HOME:
        raise AttributeError(f"burdenshare.bargaining has no {name!r}")
    return getattr(import_module(f"burdenshare.bargaining.{HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(HOME)
