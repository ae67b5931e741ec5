"""The stored track record of a case: made by `burdenshare outlook backtest`, fresh or stale.

burdenshare outlook backtest --case us-rok-sma --format json > src/burdenshare/outlook/track/us-rok-sma.json
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
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


def stored(case: Case, *, as_of: date | None = None) -> Stored | None:
    """The case's track record, or None where none is stored.

    With `as_of` only of talks that were over by then: a page of that day knows of no others.
    """
    held = _read(case.id)
    if held is None:
        return None
    over = {r["talks"] for r in held["rows"] if as_of is None or r["day"] <= as_of.isoformat()}
    talks = [t for t in held["talks"] if t["talks"] in over]
    rows = [r for r in held["rows"] if r["talks"] in over]
    if not talks:
        return None
    losses = {name: _mean(dict(t["baselines"])[name] for t in talks) for name, _ in held["baselines"]}
    best = min(losses, key=losses.__getitem__)
    crps = _mean(t["crps"] for t in talks)
    asked = [t for t in talks if t["brier"] is not None]
    return Stored(
        fresh=held["version"] == VERSION and held["data"] == digest(case),
        talks=len(talks),
        dates=len(rows),
        crps=crps,
        best=best,
        best_crps=losses[best],
        skill=1 - crps / losses[best],
        brier=_mean(t["brier"] for t in asked) if asked else None,
        brier_base=_mean(t["brier_base"] for t in asked) if asked else None,
        coverage=_mean(float(r["low"] <= r["observed"] <= r["high"]) for r in rows),
        rows=tuple(talks),
    )


def _mean(values: Iterable[float]) -> float:
    held = list(values)
    return sum(held) / len(held)


@lru_cache(maxsize=16)
def _read(case: str) -> dict[str, Any] | None:
    file = resources.files("burdenshare.outlook") / "track" / f"{case}.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None
