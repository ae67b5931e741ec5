"""Scenarios and tables the tests share, and where the real scenarios are if they are here."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from burdenshare.bargaining.scenario import Scenario, Side, UtilityTable, table_from_arrays
from burdenshare.bargaining.space import CategoricalIssue, IntegerIssue, OutcomeSpace
from burdenshare.bargaining.utility import LinearAdditive
from burdenshare.bargaining.values import AffineValue, TableValue


def real_scenarios() -> Path:
    """The folder of real scenarios; skips the test where it is not here."""
    shared = Path(os.environ.get("BURDENSHARE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
    folder = shared / "bargaining" / "scenarios"
    if not folder.is_dir():
        pytest.skip("the real scenarios are not here (BURDENSHARE_SHARED)")
    return folder


def price(count: int = 101, *, reserved: tuple[float, float] = (0.0, 0.0)) -> UtilityTable:
    """A seller and a buyer over prices 0 to count - 1."""
    prices = np.arange(count)
    return table_from_arrays(np.array([prices / (count - 1), 1 - prices / (count - 1)]), reserved=reserved)


def basing() -> Scenario:
    """Two sides over a yearly payment, a term and a growth rule; 11 * 4 * 3 outcomes."""
    space = OutcomeSpace(
        (
            IntegerIssue("payment", 10, 20),
            CategoricalIssue("years", (1, 3, 5, 6)),
            CategoricalIssue("growth", ("frozen", "prices", "defence budget")),
        )
    )
    guest = LinearAdditive(
        (0.5, 0.2, 0.3), (AffineValue(0.1, -1.0), TableValue((1.0, 0.4, 0.2, 0.0)), TableValue((0.0, 0.3, 1.0)))
    )
    host = LinearAdditive(
        (0.6, 0.3, 0.1), (AffineValue(-0.1, 2.0), TableValue((0.0, 0.7, 1.0, 0.9)), TableValue((1.0, 0.6, 0.0)))
    )
    return Scenario("basing", space, (Side("guest", guest, reserved=0.2), Side("host", host, reserved=0.1)))
