"""From prior to posterior: sequential Monte Carlo by tempering, with the talks' likelihood.

The prior of a point is standard normal, so that preconditioned Crank-Nicolson moves leave it as it is (S. L. Cotter,
G. O. Roberts, A. M. Stuart and D. White, Statistical Science 28, 2013). The likelihood is let in by steps, each as
large as keeps half of the sample effective (P. Del Moral, A. Doucet and A. Jasra, J. R. Stat. Soc. B 68, 2006).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from burdenshare.outlook import kernel
from burdenshare.outlook.kernel import Array, Seen

MOVES = 5
"""Moves of every point after each step."""
LEAST_EFFECTIVE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Equally weighted points given the observations.

    theta: (points, D). log_fit: (points, observations). `effective` is the effective sample size: the points counted
    once for each different one, as Kish would. `steps` is how many tempering steps it took, `accepted` the share of
    moves accepted in the last, `log_evidence` the log probability of the observations under the prior.
    """

    theta: Array
    log_fit: Array
    effective: float
    steps: int
    accepted: float
    log_evidence: float


def condition(
    *, settings: Array, rise: Array, seen: Seen, points: int, seed: int, spread: float = 1.0, threads: int = 2
) -> Posterior:
    """The posterior of a set of talks. Raises nothing: contradictory observations only widen it.

    `spread` other than 1 shrinks the result about its mean, which is wrong; the calibration test uses it to see that
    it fails then.
    """
    rng = np.random.Generator(np.random.Philox(seed))
    theta = rng.standard_normal((points, kernel.D))
    fits = kernel.fit(theta, settings=settings, rise=rise, seen=seen, threads=threads)
    total = fits.sum(axis=1)
    temperature, steps, accepted, evidence, step_size = 0.0, 0, 1.0, 0.0, 0.5
    while temperature < 1.0 and fits.shape[1]:
        step = _next_step(total, 1.0 - temperature)
        weights = step * (total - total.max())
        evidence += step * float(total.max()) + float(np.log(np.mean(np.exp(weights))))
        chosen = _resampled(np.exp(weights), rng)
        theta, fits, total = theta[chosen], fits[chosen], total[chosen]
        temperature += step
        if 1.0 - temperature < 1e-9:
            temperature = 1.0
        steps += 1
        for _ in range(MOVES):
            proposed = np.sqrt(1 - step_size**2) * theta + step_size * rng.standard_normal(theta.shape)
            fits_p = kernel.fit(proposed, settings=settings, rise=rise, seen=seen, threads=threads)
            total_p = fits_p.sum(axis=1)
            yes = np.log(rng.random(points)) < temperature * (total_p - total)
            theta[yes], fits[yes], total[yes] = proposed[yes], fits_p[yes], total_p[yes]
            accepted = float(yes.mean())
            # A third of the moves accepted is near the best for a random walk; the size is held within (0.05, 0.9).
            step_size = float(np.clip(step_size * np.exp(accepted - 0.33), 0.05, 0.9))
    if spread != 1.0:
        theta = theta.mean(axis=0) + spread * (theta - theta.mean(axis=0))
    _, counts = np.unique(theta[:, 0], return_counts=True)
    return Posterior(theta, fits, float(points**2 / np.sum(counts.astype(float) ** 2)), steps, accepted, evidence)


def _next_step(total: Array, left: float) -> float:
    """The largest part of the likelihood, at most what is left, that keeps half of the sample effective."""

    def effective(step: float) -> float:
        w = np.exp(step * (total - total.max()))
        return float(w.sum() ** 2 / np.sum(w**2)) / total.size

    if effective(left) >= LEAST_EFFECTIVE:
        return left
    low, high = 0.0, left
    for _ in range(40):
        middle = 0.5 * (low + high)
        if effective(middle) >= LEAST_EFFECTIVE:
            low = middle
        else:
            high = middle
    return max(low, 1e-6)


def _resampled(weights: Array, rng: np.random.Generator) -> np.ndarray:
    """Systematic resampling: the indices, in order."""
    edges = np.cumsum(weights / weights.sum())
    edges[-1] = 1.0
    return np.searchsorted(edges, (np.arange(weights.size) + rng.random()) / weights.size, side="right")
