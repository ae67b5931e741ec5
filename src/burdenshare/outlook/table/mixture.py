"""Where the settlement falls between two standing offers: a mixture of accepting one of them and of meeting between.

Let b and s be the standing offers of buyer and seller, x the state. The settlement y is one of
  0. b itself, 1. s itself (the other side accepts), 2. between: y = b + t (s - b), logit t ~ N(m(x), v),
  3. below both: min(b, s) - e, 4. above both: max(b, s) + e, e exponential,
with probabilities p(x) from a multinomial logistic regression and m(x) from a ridge regression. It is fitted by
expectation and maximisation (A. P. Dempster, N. M. Laird and D. B. Rubin, J. R. Stat. Soc. B 39, 1977). Where the past
is rounded to a grain, the unrounded b, s and y are missing data too: the likelihood of a component is its mean over
draws of what may have been rounded (G. C. G. Wei and M. A. Tanner, J. Am. Stat. Assoc. 85, 1990; for grouped data
D. F. Heitjan, Stat. Sci. 4, 1989). A rounded settlement equal to a rounded offer can then be an acceptance or a
meeting close by, in proportions that the whole table tells.

A few bargains in a hundred are taken to end like any of their class: the regressions are not the truth, and a linear
pool with the class's own distribution is wider than either (T. Gneiting and R. Ranjan, Electron. J. Stat. 7, 2013). The
shares were set on CraigslistBargain's validation split, where rounding the past cost two to three points of coverage;
they move the CRPS by less than one in a hundred.

Prior data of a few pseudo-observations keep a past of three to six talks from certainty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import t as student

from burdenshare.outlook.table.softmax import Softmax, fit_softmax
from burdenshare.outlook.table.state import Anchors, Standard, State, features, standing

Array = NDArray[np.float64]
AT = 0.0025  # on the scale: a settlement within this of an offer is that offer (prices are rounded when they are typed)
DRAWS = 16  # of what may have been rounded, for each past negotiation
ROUNDS = 8  # of expectation and maximisation; more change the fourth digit of the CRPS
PENALTY = 3.0  # ridge penalty of the component regression: normal priors of deviation 0.6 on standardised features
RIDGE = 10.0  # the same for the position between the offers
EDGE = 0.02  # the logit of a position is taken within [EDGE, 1 - EDGE]
PRIOR_SHARES = np.array([0.15, 0.15, 0.6, 0.05, 0.05])  # of one pseudo-observation of the component
PRIOR_WEIGHT = 1.0
PRIOR_POSITION, PRIOR_DEVIATION, PRIOR_FREEDOM = 0.0, 1.0, 2.0  # of the logit of the position: half-way, wide
PRIOR_BEYOND, PRIOR_BEYOND_WEIGHT = 0.08, 2.0  # mean distance beyond both offers, on the scale; pseudo-observations
HAIR = 1e-4  # on the scale: how far beside an offer its heap is put
ODD, ODD_ROUNDED = 0.03, 0.05  # share of bargains taken to end like any of their class; the second for a rounded past
STEPS = (np.arange(60) + 0.5) / 60  # levels at which a continuous component is drawn


@dataclass(frozen=True)
class Mixture:
    """The fitted mixture. `shares` is the mean probability of the five components in the past.

    `position` holds the intercept and weights of m(x), `deviation` and `freedom` are those of a t distribution around
    it, `below` and `above` the mean distances of components 3 and 4, `settled` the class's settlements as quantiles,
    `odd` the share that is drawn from them.
    """

    anchors: Anchors
    deals: int
    standard: Standard
    components: Softmax
    position: Array
    deviation: float
    freedom: float
    below: float
    above: float
    shares: Array
    settled: Array
    odd: float

    def draws(self, state: State, spread: Array) -> tuple[Array, Array]:
        """Weighted draws of the settlement on the scale, two arrays of shape (n, m).

        `spread` in [0, 1], shape (n, 2): the share of each offer's heap that is put a hair below the offer, the rest
        a hair above. Where it is uniform over negotiations, a quantile at level a is not exceeded with probability a
        even inside a heap; without it, intervals with heaps at their ends would cover too much. It is the randomised
        PIT of scores.py turned round.
        """
        buyer, seller = standing(state, self.anchors)
        x = self.standard(features(state, self.anchors, deals=self.deals))
        p = self.components.probabilities(x)
        centre = self.position[0] + x @ self.position[1:]
        ends = np.column_stack([np.minimum(buyer, seller), np.maximum(buyer, seller)])
        where = expit(centre[:, None] + self.deviation * student.ppf(STEPS, self.freedom))
        between = buyer[:, None] + where * (seller - buyer)[:, None]
        under = ends[:, :1] + self.below * np.log(STEPS)
        over = ends[:, 1:] - self.above * np.log(STEPS)
        offers = np.column_stack([buyer, seller])
        like_any = np.broadcast_to(self.settled, (len(state), STEPS.size))
        values = np.column_stack([offers - HAIR, offers + HAIR, between, under, over, like_any])
        heaps = np.column_stack([p[:, :2] * spread, p[:, :2] * (1 - spread)])
        smooth = np.repeat(p[:, 2:] / STEPS.size, STEPS.size, axis=1)
        odd = np.full((len(state), STEPS.size), self.odd / STEPS.size)
        return values, np.column_stack([(1 - self.odd) * heaps, (1 - self.odd) * smooth, odd])


def fit_mixture(state: State, settled: Array, grain: Array, anchors: Anchors, *, seed: int) -> Mixture:
    """Fits the mixture to past deals: `settled` and `grain` of shape (n,), on the scale."""
    n = len(settled)
    raw = features(state, anchors, deals=n)
    standard = Standard.of(raw)
    x = standard(raw)
    seen = _Seen.of(state, settled, grain, anchors, np.random.default_rng(seed))
    p = np.tile(PRIOR_SHARES, (n, 1))
    centre, deviation, freedom, below, above = np.zeros(n), 1.2, 30.0, PRIOR_BEYOND, PRIOR_BEYOND
    components, position = None, np.zeros(1 + x.shape[1])
    mean_x = np.zeros((1, x.shape[1]))
    for _ in range(ROUNDS):
        post, each = seen.posterior(p, centre, deviation, below, above)
        shares = np.vstack([post, PRIOR_WEIGHT * PRIOR_SHARES])
        components = fit_softmax(np.vstack([x, mean_x]), shares, penalty=PENALTY, start=components)
        p = components.probabilities(x)
        position, deviation, freedom = _fit_position(x, seen.logit, each[0])
        centre = position[0] + x @ position[1:]
        below, above = (_mean_beyond(d, w) for d, w in zip((seen.under, seen.over), each[1:], strict=True))
    assert components is not None
    blurred = settled + grain * np.random.default_rng(seed).uniform(-0.5, 0.5, n)
    like_any = np.quantile(blurred, STEPS)
    shares = post.mean(axis=0)
    return Mixture(
        anchors,
        n,
        standard,
        components,
        position,
        deviation,
        freedom,
        below,
        above,
        shares,
        like_any,
        float(ODD + (ODD_ROUNDED - ODD) * np.mean(grain > 0)),
    )


def _fit_position(x: Array, where: Array, weight: Array) -> tuple[Array, float, float]:
    """Ridge regression of the logit position with the prior's pseudo-observation; deviation and freedom to predict."""
    each = weight.sum(axis=1)
    target = (weight * where).sum(axis=1) / np.maximum(each, 1e-12)
    design = np.column_stack([np.ones(len(x)), x])
    penalty = np.diag([0.0, *np.full(x.shape[1], RIDGE)])
    prior = np.zeros_like(penalty)
    prior[0, 0] = 1.0
    left = design.T @ (each[:, None] * design) + penalty + prior
    right = design.T @ (each * target)
    right[0] += PRIOR_POSITION
    position = np.linalg.solve(left, right)
    squares = float(np.sum(weight * (where - (design @ position)[:, None]) ** 2))
    total = float(each.sum())
    freedom = PRIOR_FREEDOM + total
    variance = (squares + PRIOR_FREEDOM * PRIOR_DEVIATION**2 * 0.25) / freedom
    return position, float(np.sqrt(variance * (1 + 1 / (1 + total)))), freedom


def _mean_beyond(distance: Array, weight: Array) -> float:
    """The mean of the exponential that has the weighted median of the distances: a slip of the pen does not move it."""
    there = weight > 1e-9
    d = np.append(distance[there], PRIOR_BEYOND * np.log(2))
    w = np.append(weight[there], PRIOR_BEYOND_WEIGHT)
    order = np.argsort(d, kind="stable")
    reached = np.cumsum(w[order])
    return float(max(d[order][np.searchsorted(reached, reached[-1] / 2)] / np.log(2), AT))


@dataclass(frozen=True)
class _Seen:
    """Past deals with draws of what may have been rounded; arrays of shape (n, draws) but for the first three."""

    at_buyer: Array
    at_seller: Array
    width: Array
    gap: Array
    inside: Array
    logit: Array
    under: Array
    over: Array

    @classmethod
    def of(cls, state: State, settled: Array, grain: Array, anchors: Anchors, rng: np.random.Generator) -> _Seen:
        buyer, seller = standing(state, anchors)
        spoke_b, spoke_s = np.isfinite(state.buyer), np.isfinite(state.seller)
        count = DRAWS if np.any(grain > 0) else 1

        def drawn(value: Array, known: Array) -> Array:
            noise = rng.uniform(-0.5, 0.5, (len(value), count)) * (grain * known)[:, None]
            return np.asarray(value[:, None] + noise)

        def at(offer: Array, spoke: Array) -> Array:
            near = np.where(spoke, AT, np.maximum(AT, grain / 2))
            return np.asarray(np.abs(settled - offer) <= near, dtype=float)

        b, s, y = drawn(buyer, spoke_b), drawn(seller, spoke_s), drawn(settled, np.ones(len(settled), bool))
        gap = s - b
        inside = (y > b) & (y < s)
        where = np.where(inside, (y - b) / np.where(inside, gap, 1.0), 0.5)
        low, high = np.minimum(b, s), np.maximum(b, s)
        return cls(
            at(buyer, spoke_b), at(seller, spoke_s), np.maximum(grain, 2 * AT), gap, inside.astype(float),
            logit(np.clip(where, EDGE, 1 - EDGE)), low - y, y - high,
        )  # fmt: skip

    def posterior(
        self, p: Array, centre: Array, deviation: float, below: float, above: float
    ) -> tuple[Array, tuple[Array, Array, Array]]:
        """The components' probabilities given the settlement (n, 5), and those of the last three over the draws."""
        z = (self.logit - centre[:, None]) / deviation
        t = expit(self.logit)
        density = np.exp(-z * z / 2) / (np.sqrt(2 * np.pi) * deviation * t * (1 - t))
        width = self.width[:, None]
        between = self.inside * density * width / np.where(self.inside > 0, self.gap, 1.0)
        under, over = (
            np.where(d > 0, np.exp(-np.maximum(d, 0.0) / mean) / mean * width, 0.0)
            for d, mean in ((self.under, below), (self.over, above))
        )
        likelihood = np.column_stack(
            [self.at_buyer, self.at_seller, *(part.mean(axis=1) for part in (between, under, over))]
        )
        joint = p * likelihood + 1e-12 * PRIOR_SHARES
        post = joint / joint.sum(axis=1, keepdims=True)
        each = tuple(
            part / np.maximum(part.sum(axis=1, keepdims=True), 1e-300) * post[:, [2 + i]]
            for i, part in enumerate((between, under, over))
        )
        return post, (each[0], each[1], each[2])
