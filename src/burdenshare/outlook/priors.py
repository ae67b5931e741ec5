"""What is expected of talks before anything is heard of them: the case file's priors, updated by past agreements.

Every past bargain counts with a weight: one of the case's own counts 1, one from elsewhere `pool_weight`, and both
halve with every `half_life_years` of age (power priors: J. G. Ibrahim and M.-H. Chen, Statistical Science 15, 2000).
Only what was public on the as-of date is used: the case is cut by `known` first, and so are the pooled ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from burdenshare.case import Case, shipped
from burdenshare.case import load as load_case
from burdenshare.case.priors import OutlookPriors
from burdenshare.outlook import evidence, history
from burdenshare.outlook.history import Past
from burdenshare.outlook.known import deal_day, known

Array = NDArray[np.float64]
GRID = 513
"""Points of a table of quantiles, even in the normal score from -5 to 5."""
SCORES = np.linspace(-5.0, 5.0, GRID)
TAILS = (2.0, 4.0, 8.0, 30.0)
"""Degrees of freedom of Student's t that are held equally likely beforehand where the case does not give them."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A past value with its weight."""

    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Learned:
    """A quantity after the past was looked at: mean and spread of one more, and how much past there was (weight)."""

    mean: float
    spread: float
    seen: float


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What is expected of the talks. `rise` holds quantiles of the centre at SCORES, in log points; `terms` the
    probability of a term of 1, 2, ... years; the others are of natural logarithms."""

    rise: Array
    rises: tuple[Weighted, ...]
    opening: tuple[Learned, Learned]  # how far a side's opening lies beyond its limit: host, stationing
    duration: Learned
    lead: Learned
    gap: Learned
    approval: tuple[float, float]  # of a beta distribution
    approval_days: Learned
    terms: Array
    in_time: tuple[int, int]  # past deals made by the expiry, and past deals


def expected(case: Case, priors: OutlookPriors, *, as_of: date, talks: int) -> Expected:
    """The priors of talks on agreement `talks`; `case` is cut by `known` already."""
    own = [p for p in history.past(case) if p.number < talks]
    others = [p for c in _pooled(priors.pool, as_of) if c.id != case.id for p in history.past(c)]

    def weighted(pasts: Iterable[tuple[Past, float | None]], share: float) -> list[Weighted]:
        return [Weighted(v, share * _age(p.deal, as_of, priors)) for p, v in pasts if v is not None]

    def both(value: str) -> list[Weighted]:
        return weighted(((p, getattr(p, value)) for p in own), 1.0) + weighted(
            ((p, getattr(p, value)) for p in others), priors.pool_weight
        )

    def days(first: str, last: str) -> list[Weighted]:
        def between(p: Past) -> float | None:
            a, b = getattr(p, first), getattr(p, last)
            return math.log((b - a).days) if a is not None and b is not None and (b - a).days > 0 else None

        return weighted(((p, between(p)) for p in own), 1.0) + weighted(
            ((p, between(p)) for p in others), priors.pool_weight
        )

    rises = both("rise")
    gaps = [
        Weighted(math.log((b - a).days), _age(b, as_of, priors))
        for p in own for d in [history.round_days(case, p.number)]
        for a, b in pairwise(d) if b > a
    ]  # fmt: skip
    passed = sum(p.ratified is not None for p in own)
    terms = np.full(int(priors.longest_years), priors.term_weight / int(priors.longest_years))
    for p in own:
        if p.years and p.years <= len(terms):
            terms[p.years - 1] += _age(p.deal, as_of, priors)
    timely = [p.in_time for p in own if p.in_time is not None]
    return Expected(
        rise=rise_quantiles(tuple(rises), priors),
        rises=tuple(rises),
        opening=_openings(case, own, priors, as_of),
        duration=learn(priors.duration_days, priors.duration_spread, days("start", "deal")),
        lead=learn(priors.lead_days, priors.lead_spread, days("start", "expiry")),
        gap=learn(priors.gap_days, priors.gap_spread, gaps, most=8.0),
        approval=(max(20 * priors.approval + passed, 1e-3), max(20 * (1 - priors.approval), 1e-3)),
        approval_days=learn(priors.approval_days, priors.approval_spread, days("deal", "ratified")),
        terms=terms / terms.sum(),
        in_time=(sum(timely), len(timely)),
    )


@lru_cache(maxsize=64)
def _pooled(names: tuple[str, ...], as_of: date) -> tuple[Case, ...]:
    return tuple(known(load_case(n), as_of) for n in names if n in shipped())


def tail_norm(v: Array) -> Array:
    """Logarithm of the constant of Student's t density of `v` degrees of freedom."""
    return np.asarray(special.gammaln((v + 1) / 2) - special.gammaln(v / 2) - 0.5 * np.log(v * math.pi))


def _age(day: date | None, as_of: date, priors: OutlookPriors) -> float:
    years = (as_of - day).days / 365.25 if day is not None else priors.half_life_years
    return float(0.5 ** (max(0.0, years) / priors.half_life_years))


def learn(median: float, spread: float, values: Sequence[Weighted], *, most: float = math.inf) -> Learned:
    """The predictive normal of a logarithm: the prior's median counts as one observation, the spread is held.

    `most` caps the total weight, for values that come many at a time and are not independent.
    """
    total = sum(v.weight for v in values)
    shrink = min(1.0, most / total) if total > 0 else 1.0
    weight = total * shrink
    mean = (math.log(median) + shrink * sum(v.value * v.weight for v in values)) / (1 + weight)
    return Learned(mean, spread * math.sqrt(1 + 1 / (1 + weight)), weight)


def _openings(case: Case, own: Sequence[Past], priors: OutlookPriors, as_of: date) -> tuple[Learned, Learned]:
    seen: tuple[list[Weighted], list[Weighted]] = ([], [])
    for p in own:
        for side, opening in enumerate(first_positions(case, p.number, priors)):
            if opening is not None and p.rise is not None:
                seen[side].append(Weighted(_beyond(opening, p.rise, side), _age(p.deal, as_of, priors)))
    for r in priors.references.values():
        if r.decided <= as_of:
            weight = priors.pool_weight * _age(r.decided, as_of, priors)
            settled = math.log(r.settlement / r.status_quo)
            for side, value in enumerate((r.payer_opening, r.demander_opening)):
                seen[side].append(Weighted(_beyond(math.log(value / r.status_quo), settled, side), weight))
    return (
        learn(priors.opening_percent / 100, priors.opening_spread, seen[0]),
        learn(priors.opening_percent / 100, priors.opening_spread, seen[1]),
    )


def _beyond(opening: float, settled: float, side: int) -> float:
    """Log of how far an opening lay beyond the settlement; one that did not counts as half a percent."""
    return math.log(max(0.005, settled - opening if side == evidence.HOST else opening - settled))


def first_positions(case: Case, talks: int, priors: OutlookPriors) -> tuple[float | None, float | None]:
    """The first figure of each side (host, stationing) in past talks, in log points; None where there is none."""
    return _ends(case, talks, priors, 0)


def last_positions(case: Case, talks: int, priors: OutlookPriors) -> tuple[float | None, float | None]:
    """The last figure of each side before the deal, in log points; None where there is none."""
    return _ends(case, talks, priors, -1)


def _ends(case: Case, talks: int, priors: OutlookPriors, at: int) -> tuple[float | None, float | None]:
    agreement = case.agreement(talks)
    deal = deal_day(agreement, case) if agreement is not None else None
    seen: list[list[float]] = [[], []]
    for o in evidence.positions_before(case, talks, deal, priors):
        seen[o.side].append((o.low + o.high) / 2)
    host, stationing = ((values[at] if values else None) for values in seen)
    return host, stationing


def rise_quantiles(rises: Sequence[Weighted], priors: OutlookPriors) -> Array:
    """Quantiles at SCORES of the next first-year rise, in log points, shape (GRID,)."""
    return _rise_quantiles(
        tuple(rises), math.log1p(priors.rise_median / 100), priors.rise_median_spread / 100, priors.rise_scale / 100,
        priors.rise_scale_spread, priors.rise_tails,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _rise_quantiles(
    rises: tuple[Weighted, ...], centre0: float, spread0: float, scale0: float, scale_spread: float, tails: float
) -> Array:
    """Quantiles at SCORES of the next first-year rise, in log points, shape (GRID,).

    Student t about an unknown centre with an unknown scale: centre ~ N(rise_median, rise_median_spread), log scale ~
    N(log rise_scale, rise_scale_spread), each past rise weighted; with `rise_tails` 0 the tails are unknown too. The
    posterior is on a grid (exact to its step), the predictive is its mixture; heavy tails let one odd settlement move
    the centre little (K. L. Lange, R. J. A. Little and J. M. G. Taylor, JASA 84, 1989).
    """
    centres = centre0 + spread0 * np.linspace(-4, 4, 81)
    scales = scale0 * np.exp(scale_spread * np.linspace(-3, 3, 31))
    m, s, v = np.meshgrid(centres, scales, TAILS if tails <= 0 else [tails], indexing="ij")
    log_p = -0.5 * ((m - centre0) / spread0) ** 2
    log_p -= 0.5 * (np.log(s / scale0) / scale_spread) ** 2
    for r in rises:
        z2 = ((r.value - m) / s) ** 2
        log_p += r.weight * (-np.log(s) - (v + 1) / 2 * np.log1p(z2 / v) + tail_norm(v))
    p = np.exp(log_p - log_p.max())
    p /= p.sum()
    # A draw of the centre and scale that matters less than one in ten thousand is left out: it only costs time.
    keep = p > 1e-4 * p.max()
    weight, m, s, v = p[keep] / p[keep].sum(), m[keep], s[keep], v[keep]
    x = np.sinh(np.linspace(-5.5, 5.5, 801)) / np.sinh(5.5) * 3.0 + float(np.sum(weight * m))
    cdf = np.zeros_like(x)
    for start in range(0, weight.size, 256):
        part = slice(start, start + 256)
        cdf += stats.t.cdf((x[:, None] - m[part]) / s[part], v[part]) @ weight[part]
    levels = stats.norm.cdf(SCORES)
    quantiles = np.asarray(np.interp(levels, np.maximum.accumulate(cdf), x), dtype=np.float64)
    quantiles.flags.writeable = False  # it is kept for the next call
    return quantiles
