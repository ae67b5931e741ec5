"""Forecasts made without a model of the talks: what any forecast must beat. From the same cut case and evidence."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from burdenshare.case import Case
from burdenshare.case.priors import OutlookPriors
from burdenshare.outlook import history
from burdenshare.outlook.evidence import HOST, STATIONING, Evidence
from burdenshare.outlook.model import Baseline
from burdenshare.outlook.priors import last_positions

NAMES = ("past", "last", "midpoint", "ridge")
PENALTY = 1.0
"""Of the ridge regression, on standardised features."""
LEAST_TALKS = 4
_DRAWS = stats.norm.ppf((np.arange(99) + 0.5) / 99)


def baselines(case: Case, evidence: Evidence, *, talks: int, priors: OutlookPriors) -> tuple[Baseline, ...]:
    """The four, in the order of NAMES. Where there is no past settlement at all there are none."""
    past = [(p.number, p.rise) for p in history.past(case) if p.number < talks and p.rise is not None]
    if not past:
        return ()
    rises = tuple(_percent(r) for _, r in past)
    last = Baseline("last", (rises[-1],), "the first-year rise of the last agreement once more")
    return (
        Baseline("past", rises, "the first-year rises of all agreements before, each as likely as the other"),
        last,
        _midpoint(evidence, last),
        _ridge(case, evidence, past, priors, last),
    )


def base_rate(case: Case, talks: int) -> float:
    """How often earlier agreements were made by the expiry, with one more made and one more not (Laplace)."""
    timely = [p.in_time for p in history.past(case) if p.number < talks and p.in_time is not None]
    return (sum(timely) + 1) / (len(timely) + 2)


def standing(evidence: Evidence) -> tuple[float | None, float | None]:
    """The last figure of each side (host, stationing) in log points, None where none is known."""
    last: list[float | None] = [None, None]
    for o in evidence.observations:
        if o.kind == "position" and o.side in (HOST, STATIONING):
            last[o.side] = (o.low + o.high) / 2
    return last[HOST], last[STATIONING]


def _percent(rise: float) -> float:
    return 100.0 * math.expm1(rise)


def _midpoint(evidence: Evidence, fallback: Baseline) -> Baseline:
    host, stationing = standing(evidence)
    if host is None or stationing is None:
        return Baseline("midpoint", fallback.rise, "no figure of both sides is known: the last settlement", own=False)
    return Baseline("midpoint", ((_percent(host) + _percent(stationing)) / 2,), "the middle of the last two positions")


def _ridge(
    case: Case, evidence: Evidence, past: list[tuple[int, float]], priors: OutlookPriors, fallback: Baseline
) -> Baseline:
    """Ridge regression of the log rise on both last positions and on whether they are known."""
    if len(past) < LEAST_TALKS:
        return Baseline("ridge", fallback.rise, "too few past talks: the last settlement", own=False)
    seen = [last_positions(case, number, priors) for number, _ in past]
    y = np.array([r for _, r in past])
    fill = [float(np.mean([s[i] for s in seen if s[i] is not None] or [y.mean()])) for i in (0, 1)]

    def row(positions: tuple[float | None, float | None]) -> list[float]:
        h, s = positions
        return [fill[0] if h is None else h, fill[1] if s is None else s, float(h is not None), float(s is not None)]

    x = np.array([row(s) for s in seen], dtype=float)
    centre, width = x.mean(axis=0), x.std(axis=0)
    width[width < 1e-9] = 1.0
    z = (x - centre) / width
    now = (np.array(row(standing(evidence)), dtype=float) - centre) / width
    inverse = np.linalg.inv(z.T @ z + PENALTY * np.eye(4))
    weights = inverse @ z.T @ (y - y.mean())
    # Left-out residuals without refitting (ridge is a linear smoother): honest for so few talks.
    hat = np.diag(z @ inverse @ z.T) + 1 / len(y)
    residual = (y - y.mean() - z @ weights) / np.maximum(1e-3, 1 - hat)
    spread = float(np.sqrt(np.mean(residual**2)))
    centre_now = float(y.mean() + now @ weights)
    draws = tuple(_percent(float(v)) for v in np.clip(centre_now + spread * _DRAWS, -3, 3))
    return Baseline("ridge", draws, "ridge regression on the last positions of both sides")
