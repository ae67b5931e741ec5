"""The stored track record of a case: made by `burdenshare outlook backtest`, fresh or stale.

burdenshare outlook backtest --case us-rok-sma --format json > src/burdenshare/outlook/track/us-rok-sma.json
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from burdenshare.case import Case
from burdenshare.outlook.backtesting import digest
from burdenshare.outlook.forecast import VERSION


@dataclass(frozen=True, slots=True)
class Stored:
    """How forecasts of this case fared: mean CRPS of the first-year rise in percentage points, ours and the best
    baseline's, Brier score of a deal by the expiry, ours and the base rate's; `talks` with their means.

    `fresh` is False where the case or the model has changed since it was made.
    """

    fresh: bool
    talks: int
    dates: int
    crps: float
    best: str
    best_crps: float
    skill: float
    brier: float | None
    brier_base: float | None
    coverage: float
    rows: tuple[Mapping[str, Any], ...]


def stored(case: Case) -> Stored | None:
    """The case's track record, or None where none is stored."""
    held = _read(case.id)
    if held is None:
        return None
    fresh = held["version"] == VERSION and held["data"] == digest(case)
    return Stored(
        fresh, len(held["talks"]), len(held["rows"]), held["crps"], held["best"], dict(held["baselines"])[held["best"]],
        held["skill_best"], held["brier"], held["brier_base"], held["coverage"], tuple(held["talks"]),
    )  # fmt: skip


@lru_cache(maxsize=16)
def _read(case: str) -> dict[str, Any] | None:
    file = resources.files("burdenshare.outlook") / "track" / f"{case}.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None
