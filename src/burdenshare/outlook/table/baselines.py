"""What a forecast of a table has to beat: the class's past, its last settlement, the midpoint of offers, a regression.

Each is a rule a careful person might use, given the same scale and the same class of past deals, and the spread that
its own errors had in the past: a point with the quantiles of past errors around it. Errors of the regression are
taken leave-one-out, by the hat matrix, so that a handful of deals does not look certain.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from burdenshare.outlook.table.forecast import settled_class
from burdenshare.outlook.table.negotiations import LEVELS, Negotiation
from burdenshare.outlook.table.scale import find_scale, to_scale
from burdenshare.outlook.table.softmax import fit_softmax
from burdenshare.outlook.table.state import Anchors, Standard, State, anchors_of, standing, state_of

Array = NDArray[np.float64]
NAMES = ("mean of past", "last settlement", "midpoint of offers", "ridge on offers")
RIDGE = 1.0  # penalty on standardised features


def baseline_quantiles(past: Sequence[Negotiation], opened: Sequence[Negotiation], *, first: int) -> dict[str, Array]:
    """Quantiles at LEVELS of each baseline, shape (n, 19), in the own unit of each open negotiation.

    All of `opened` must have `first` offers or more. `past` is in the order of time.
    """
    scale = find_scale(past, opened)
    whole = [to_scale(n, scale, first=first) for n in past]
    deals = settled_class(whole, first)
    anchors = anchors_of([n for n in whole if not scale.own or math.isfinite(n.unit)])
    y = np.array([n.settlement for n in deals])
    scaled = [to_scale(n, scale, first=first) for n in opened]
    before, now = state_of(deals, first=first), state_of(scaled, first=first)
    middle_before, middle = (np.mean(standing(s, anchors), axis=0) for s in (before, now))
    fitted, errors = _ridge(_plain(before, anchors), y, _plain(now, anchors))
    points = {
        NAMES[0]: (np.full(len(now), y.mean()), y - y.mean()),
        NAMES[1]: (np.full(len(now), y[-1]), np.diff(y) if len(y) > 1 else np.zeros(1)),
        NAMES[2]: (middle, y - middle_before),
        NAMES[3]: (fitted, errors),
    }
    unit = np.array([n.unit for n in scaled])[:, None]
    return {name: (at[:, None] + np.quantile(off, LEVELS)) * unit for name, (at, off) in points.items()}


def baseline_agreement(past: Sequence[Negotiation], opened: Sequence[Negotiation], *, first: int) -> dict[str, Array]:
    """The probability of agreement by the class's rate and by a logistic regression on the offers, shape (n,)."""
    scale = find_scale(past, opened)
    whole = [to_scale(n, scale, first=first) for n in past]
    ended = [n for n in whole if math.isfinite(n.agreed) and len(n.values) >= first] or whole
    anchors = anchors_of(whole)
    now = state_of([to_scale(n, scale, first=first) for n in opened], first=first)
    agreed = np.array([n.agreed for n in ended])
    raw = _plain(state_of(ended, first=first), anchors)
    standard = Standard.of(raw)
    fitted = fit_softmax(standard(raw), np.column_stack([1 - agreed, agreed]), penalty=RIDGE)
    return {
        "base rate": np.full(len(now), agreed.mean()),
        "logistic on offers": fitted.probabilities(standard(_plain(now, anchors)))[:, 1],
    }


def _plain(state: State, anchors: Anchors) -> Array:
    """The offers as they are: standing ones, openings, who spoke, who spoke last, how often."""
    buyer, seller = standing(state, anchors)
    opened = [np.where(np.isnan(a), b, a) for a, b in ((state.buyer_first, buyer), (state.seller_first, seller))]
    spoke = [np.isfinite(a) * 1.0 for a in (state.buyer, state.seller)]
    return np.column_stack([buyer, seller, *opened, *spoke, np.nan_to_num(state.buyer_last), state.buyer_made])


def _ridge(x: Array, y: Array, now: Array) -> tuple[Array, Array]:
    """Forecasts for `now` and leave-one-out errors in the past."""
    standard = Standard.of(x)
    design = np.column_stack([np.ones(len(x)), standard(x)])
    penalty = RIDGE * np.diag([0.0, *np.ones(design.shape[1] - 1)])
    solve = np.linalg.solve(design.T @ design + penalty, design.T)
    weights = solve @ y
    hat = np.clip(np.einsum("ij,ji->i", design, solve), 0, 1 - 1e-6)
    return np.column_stack([np.ones(len(now)), standard(now)]) @ weights, (y - design @ weights) / (1 - hat)
