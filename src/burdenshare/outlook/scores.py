"""How good a forecast was: proper scores, calibration and skill.

A score here is a loss, in the unit of what was forecast or of its own: smaller is better. All take arrays of any
leading shape and give one score a forecast; the mean is the caller's.

CRPS, Brier and log score are proper (T. Gneiting and A. E. Raftery, "Strictly proper scoring rules, prediction, and
estimation", J. Am. Stat. Assoc. 102, 2007, 359-378): a forecaster does best by saying what it believes. Calibration
(PIT, coverage) and sharpness are read together: the sharpest forecast among the calibrated ones is best (T. Gneiting,
F. Balabdaoui and A. E. Raftery, "Probabilistic forecasts, calibration and sharpness", J. R. Stat. Soc. B 69, 2007).

These are a few lines of numpy each. The tests hold them against the `scoringrules` library, which compiles itself
for seconds each time it is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from burdenshare.errors import BurdenshareError

Array = NDArray[np.float64]


def crps_sample(samples: ArrayLike, observed: ArrayLike, *, weights: ArrayLike | None = None) -> Array:
    """The continuous ranked probability score of a forecast given as (weighted) draws, in the unit of the draws.

    `samples` has shape (..., m), `observed` shape (...), `weights` shape (m,) or (..., m): not negative, any sum
    above zero. The score is E|X - y| - E|X - X'| / 2 for the distribution that the draws themselves are (Gneiting and
    Raftery 2007, equation 21), worked out from sorted draws in m log m. Raises BurdenshareError on wrong shapes,
    no draws or a draw that is no number.
    """
    x, w, y = _draws(samples, observed, weights)
    order = np.argsort(x, axis=-1, kind="stable")
    x, w = np.take_along_axis(x, order, -1), np.take_along_axis(w, order, -1)
    middle = np.cumsum(w, axis=-1) - w / 2
    gap = x - y[..., None]
    return np.asarray(2 * np.sum(w * gap * ((gap > 0) - middle), axis=-1))


def crps_quantiles(quantiles: ArrayLike, levels: ArrayLike, observed: ArrayLike) -> Array:
    """CRPS of a forecast given as quantiles: twice the mean quantile (pinball) loss, in the unit of the quantiles.

    `quantiles` has shape (..., q), `levels` shape (q,) in (0, 1), `observed` shape (...). With evenly spread levels
    this is the CRPS integral by the midpoint rule (F. Laio and S. Tamea, Hydrol. Earth Syst. Sci. 11, 2007;
    T. Gneiting and R. Ranjan, J. Bus. Econ. Stat. 29, 2011, equation 17).
    """
    q, levels_, y = _quantiles(quantiles, levels, observed)
    gap = y[..., None] - q
    return np.asarray(2 * np.mean(np.maximum(levels_ * gap, (levels_ - 1) * gap), axis=-1))


def brier(probability: ArrayLike, happened: ArrayLike) -> Array:
    """Brier score, (p - outcome) squared, 0 to 1 (G. W. Brier, Mon. Weather Rev. 78, 1950; the one-class form)."""
    p, outcome = _probabilities(probability, happened)
    return np.asarray((p - outcome) ** 2)


def log_score(probability: ArrayLike, happened: ArrayLike) -> Array:
    """Minus the natural log of the probability of what came about (I. J. Good, J. R. Stat. Soc. B 14, 1952).

    Infinite where the forecast ruled out what happened: such a forecast deserves no better.
    """
    p, outcome = _probabilities(probability, happened)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.where(outcome > 0, p, 1 - p)) + 0.0)


def interval_coverage(low: ArrayLike, high: ArrayLike, observed: ArrayLike) -> float:
    """Share of what was observed that lies in [low, high], ends included. NaN for no observations."""
    lo, hi, y = np.broadcast_arrays(*(np.asarray(a, dtype=float) for a in (low, high, observed)))
    if np.any(lo > hi):
        raise BurdenshareError("An interval's low end is above its high end; give the low ends first.")
    return float(np.mean((lo <= y) & (y <= hi))) if y.size else float("nan")


def interval_score(low: ArrayLike, high: ArrayLike, observed: ArrayLike, *, level: float) -> Array:
    """Width of a central interval plus 2 / (1 - level) times what lies outside it (Gneiting and Raftery 2007, eq. 43).

    `level` is the share that the interval should cover, such as 0.8. In the unit of the interval.
    """
    lo, hi, y = np.broadcast_arrays(*(np.asarray(a, dtype=float) for a in (low, high, observed)))
    if not 0 < level < 1:
        raise BurdenshareError(f"The level of an interval must lie between 0 and 1, not at {level}.")
    return np.asarray(hi - lo + 2 / (1 - level) * (np.maximum(lo - y, 0) + np.maximum(y - hi, 0)))


def pit(samples: ArrayLike, observed: ArrayLike, *, weights: ArrayLike | None = None, seed: int) -> Array:
    """Probability integral transform: where in the forecast the observed value fell, 0 to 1; uniform if calibrated.

    Shapes as in `crps_sample`. Where the forecast gives the observed value itself a probability, a uniform draw
    spreads the step: F(y-) + u (F(y) - F(y-)) (C. Czado, T. Gneiting and L. Held, Biometrics 65, 2009).
    """
    x, w, y = _draws(samples, observed, weights)
    below = np.sum(w * (x < y[..., None]), axis=-1)
    at = np.sum(w * (x == y[..., None]), axis=-1)
    return np.asarray(below + np.random.default_rng(seed).uniform(size=y.shape) * at)


def pit_quantiles(quantiles: ArrayLike, levels: ArrayLike, observed: ArrayLike, *, seed: int) -> Array:
    """`pit` for a forecast given as quantiles: a uniform draw between the levels that the observed value lies between.

    Where the observed value is itself a quantile, the step it stands on begins and ends somewhere between two levels,
    which is taken to be half-way. Shapes as in `crps_quantiles`.
    """
    q, levels_, y = _quantiles(quantiles, levels, observed)
    if np.any(np.diff(q, axis=-1) < 0):
        raise BurdenshareError("Quantiles must not fall from one level to the next; sort them first.")
    edges = np.concatenate([[0.0], levels_, [1.0]])
    first = np.sum(q < y[..., None], axis=-1)
    last = np.sum(q <= y[..., None], axis=-1) + 1
    middles = np.append((edges[1:] + edges[:-1]) / 2, 1.0)
    on = last > first + 1
    low, high = np.where(on, middles[first], edges[first]), np.where(on, middles[last - 1], edges[last])
    return np.asarray(low + np.random.default_rng(seed).uniform(size=y.shape) * (high - low))


def sharpness(samples: ArrayLike, *, level: float = 0.8, weights: ArrayLike | None = None) -> Array:
    """Width of the central `level` interval of each forecast, in the unit of the draws; says nothing of being right."""
    if not 0 < level < 1:
        raise BurdenshareError(f"The level of an interval must lie between 0 and 1, not at {level}.")
    ends = quantiles_of(samples, [(1 - level) / 2, (1 + level) / 2], weights=weights)
    return np.asarray(ends[..., 1] - ends[..., 0])


def quantiles_of(samples: ArrayLike, levels: ArrayLike, *, weights: ArrayLike | None = None) -> Array:
    """Quantiles of (weighted) draws, shape (..., q): the smallest draw whose share of weight reaches the level."""
    x, w, _ = _draws(samples, np.zeros(np.shape(samples)[:-1]), weights)
    order = np.argsort(x, axis=-1, kind="stable")
    x, w = np.take_along_axis(x, order, -1), np.take_along_axis(w, order, -1)
    reached = np.cumsum(w, axis=-1)
    at = [np.minimum(np.sum(reached < level - 1e-12, axis=-1), x.shape[-1] - 1) for level in np.atleast_1d(levels)]
    return np.asarray(np.take_along_axis(x, np.stack(at, axis=-1), -1))


@dataclass(frozen=True)
class Skill:
    """Share of the baseline's mean loss that ours saves: 1 is perfect, 0 no better, below 0 worse.

    `low` and `high` bound it with probability `level` (bootstrap); `n` losses in `clusters` independent groups.
    """

    value: float
    low: float
    high: float
    level: float
    n: int
    clusters: int

    @property
    def sure(self) -> bool:
        """True where the whole interval lies on one side of zero."""
        return self.low > 0 or self.high < 0


def skill(
    ours: ArrayLike,
    baseline: ArrayLike,
    *,
    seed: int,
    clusters: Any = None,
    level: float = 0.9,
    draws: int = 2000,
) -> Skill:
    """Skill score 1 - mean(ours) / mean(baseline) with a bootstrap interval; pairs stay together.

    `ours` and `baseline` have shape (n,) and hold losses on the same events. Where losses belong together (forecasts
    of one and the same talk at several dates), `clusters` names the group of each, and whole groups are drawn
    (B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13; percentile interval).
    One group alone cannot say how sure it is: its interval runs from minus infinity to 1. A baseline without any
    loss gives 0 if ours has none either, else minus infinity.
    """
    a, b = np.asarray(ours, dtype=float), np.asarray(baseline, dtype=float)
    if a.ndim != 1 or a.shape != b.shape or not a.size:
        raise BurdenshareError("Skill needs two lists of losses of one length, at least one each.")
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise BurdenshareError("Skill needs finite losses; leave out events that one of the two did not forecast.")
    if not 0 < level < 1:
        raise BurdenshareError(f"The level of an interval must lie between 0 and 1, not at {level}.")
    names = np.arange(a.size) if clusters is None else np.asarray(clusters)
    if names.shape != a.shape:
        raise BurdenshareError("Skill needs one cluster name for each loss.")
    groups, member = np.unique(names, return_inverse=True)
    k = len(groups)
    sums = np.stack([np.bincount(member, weights=a, minlength=k), np.bincount(member, weights=b, minlength=k)])
    value = float(_saved(*sums.sum(axis=1)))
    if k == 1:
        return Skill(value, -np.inf, 1.0, level, a.size, 1)
    rng = np.random.default_rng(seed)
    times = rng.multinomial(k, np.full(k, 1 / k), size=draws)
    low, high = np.quantile(_saved(*(times @ sums.T).T), [(1 - level) / 2, (1 + level) / 2], method="nearest")
    return Skill(value, float(low), float(high), level, a.size, k)


def _saved(ours: Any, baseline: Any) -> Array:
    ours, baseline = np.asarray(ours, dtype=float), np.asarray(baseline, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = 1 - ours / baseline
    return np.where(baseline > 0, share, np.where(ours > 0, -np.inf, 0.0))


def _draws(samples: ArrayLike, observed: ArrayLike, weights: ArrayLike | None) -> tuple[Array, Array, Array]:
    x, y = np.asarray(samples, dtype=float), np.asarray(observed, dtype=float)
    if x.ndim < 1 or not x.shape[-1] or x.shape[:-1] != y.shape:
        raise BurdenshareError(f"Draws of shape {x.shape} do not go with observed values of shape {y.shape}.")
    if not np.isfinite(x).all():
        raise BurdenshareError("Every draw of a forecast must be a finite number.")
    w = np.broadcast_to(np.ones(x.shape[-1]) if weights is None else np.asarray(weights, dtype=float), x.shape)
    total = np.sum(w, axis=-1, keepdims=True)
    if np.any(w < 0) or not np.all(total > 0) or not np.isfinite(total).all():
        raise BurdenshareError("Weights of draws must not be negative, and some must be above zero.")
    return x, w / total, y


def _quantiles(quantiles: ArrayLike, levels: ArrayLike, observed: ArrayLike) -> tuple[Array, Array, Array]:
    q, levels_, y = (np.asarray(a, dtype=float) for a in (quantiles, levels, observed))
    if levels_.ndim != 1 or not levels_.size or q.shape != (*y.shape, levels_.size):
        raise BurdenshareError(f"Quantiles of shape {q.shape} do not go with {levels_.size} levels and {y.shape}.")
    if np.any(levels_ <= 0) or np.any(levels_ >= 1) or np.any(np.diff(levels_) <= 0):
        raise BurdenshareError("Levels of quantiles must rise and lie between 0 and 1.")
    return q, levels_, y


def _probabilities(probability: ArrayLike, happened: ArrayLike) -> tuple[Array, Array]:
    p, outcome = np.broadcast_arrays(np.asarray(probability, dtype=float), np.asarray(happened, dtype=float))
    if not np.all((p >= 0) & (p <= 1)):
        raise BurdenshareError("A probability must lie between 0 and 1.")
    if not np.all((outcome == 0) | (outcome == 1)):
        raise BurdenshareError("An outcome must be 0 or 1.")
    return p, outcome
