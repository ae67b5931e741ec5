"""What a forecast is: frozen values, every figure with its unit in its name or docstring."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

LEVELS = tuple(round(0.05 * i, 2) for i in range(1, 20))
"""Levels of the quantiles given: 0.05 to 0.95."""
SAMPLES = 200
"""Draws given of each distribution: every so-manyth of all in rising order."""

Status = Literal["forecast", "made", "none"]


@dataclass(frozen=True, slots=True)
class Distribution:
    """Quantiles at LEVELS, mean, and SAMPLES draws in rising order, in `unit`."""

    unit: str
    mean: float
    quantiles: tuple[float, ...]
    samples: tuple[float, ...]

    def quantile(self, level: float) -> float:
        """The quantile at one of LEVELS."""
        return self.quantiles[LEVELS.index(round(level, 2))]


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone of possible agreement on the as-of date. `probability` that it exists.

    `low` and `high` are the stationing side's and the host's limit as rises in percent: where it exists, a deal lies
    between them.
    """

    probability: float
    low: Distribution
    high: Distribution


@dataclass(frozen=True, slots=True)
class Lapse:
    """No deal by the expiry: its probability, and its length in days until a deal where it comes to it.

    `without_agreement` and `days_without` count to the final vote instead, for until then nothing new is in force.
    """

    probability: float
    days: Distribution | None
    without_agreement: float
    days_without: Distribution | None


@dataclass(frozen=True, slots=True)
class Influence:
    """What one observation does to the forecast: the difference between the forecast with it and without it.

    `rise` in percentage points of the mean, `by_expiry` in probability, `days` of the median date of a deal. `new`
    where it came after the date asked about.
    """

    words: str
    day: date
    kind: str
    claims: tuple[str, ...]
    rise: float
    by_expiry: float | None
    days: float
    new: bool


@dataclass(frozen=True, slots=True)
class Baseline:
    """A forecast made without a model. `rise`: draws in percent; one draw is a single figure. `why` says what it is,
    or what it falls back on where it has nothing to go by."""

    name: str
    rise: tuple[float, ...]
    why: str
    own: bool = True  # False where it fell back


@dataclass(frozen=True, slots=True)
class Sampler:
    """How the sample was got: points, effective sample size, tempering steps, moves accepted, log evidence."""

    points: int
    effective: float
    steps: int
    accepted: float
    log_evidence: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """A forecast as of a day.

    `status` is `made` where there is a deal already (then the distributions are single figures), `none` where nothing
    can be said, and `sentence` says so. `deal_by` are days with the probability of a deal by then. `base` is the
    yearly sum that rises are counted from, whole units of `currency`. `date` counts days from the as-of date, of the
    talks that end in a deal by the horizon. `term` is years to probability. `approval` is the probability that a deal
    is approved. `what_if` names what was supposed. `rests_on` are the claims used; `unused` what could not be.
    """

    case: str
    as_of: date
    talks: int | None
    status: Status
    sentence: str
    method: str
    version: str
    seed: int
    simulations: int
    expiry: date | None = None
    by_expiry: float | None = None
    horizon: date | None = None
    no_deal: float | None = None
    deal_by: tuple[tuple[date, float], ...] = ()
    date: Distribution | None = None
    rise: Distribution | None = None
    base: float | None = None
    currency: str | None = None
    amount: Distribution | None = None
    term: tuple[tuple[int, float], ...] = ()
    zone: Zone | None = None
    lapse: Lapse | None = None
    veto: float | None = None
    approval: float | None = None
    approved: Distribution | None = None
    influences: tuple[Influence, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    base_rate: float | None = None
    parameters: Mapping[str, float] = dataclasses.field(default_factory=dict)
    what_if: Mapping[str, str] = dataclasses.field(default_factory=dict)
    sampler: Sampler | None = None
    rests_on: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def to_json(value: Any) -> Any:
    """A forecast, or a part of one, as plain lists and dictionaries; days as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): to_json(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value
