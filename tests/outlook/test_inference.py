"""The inference is calibrated: simulation-based calibration, which must fail where the sampler is broken on purpose.

S. Talts and others, arXiv:1804.06788 (ranks of what was drawn among draws of the posterior are even); M. Modrak and
others, Bayesian Analysis 2023 (the log likelihood ranked too, for else a sampler that returns the prior passes).
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import stats
from tests.outlook.talks import sma

from burdenshare.bargaining.time_based import aspiration
from burdenshare.case.priors import OutlookPriors
from burdenshare.outlook import kernel, known
from burdenshare.outlook import priors as prior
from burdenshare.outlook.evidence import gather
from burdenshare.outlook.forecast import settings_of
from burdenshare.outlook.inference import Posterior, condition
from burdenshare.outlook.kernel import Array, Seen

AS_OF = date(2018, 9, 1)
REPLICATES, POINTS, KEPT = 160, 400, 39
ROUNDS = (-170.0, -120.0, -60.0)
# kind, side, bound, day, low, high, scale, factor; figures of exact positions are drawn.
DESIGN = [
    (kernel.POSITION, 1, kernel.EXACT, -170.0, 0.0, 0.0, 0.02, 1.0),
    (kernel.POSITION, 0, kernel.EXACT, -110.0, 0.0, 0.0, 0.02, 1.0),
    (kernel.POSITION, 1, kernel.UP_TO, -90.0, 0.0, 0.25, 0.02, 1.0),
    (kernel.POSITION, 1, kernel.EXACT, -20.0, 0.0, 0.0, 0.02, 3.0),
    *((kernel.NO_DEAL_ROUND, 0, kernel.EXACT, t, 0.0, 0.0, 0.05, 1.0) for t in ROUNDS),
]


def settings() -> tuple[Array, Array]:
    case = known(sma(), AS_OF)
    priors = OutlookPriors()
    expected = prior.expected(case, priors, as_of=AS_OF, talks=10)
    evidence = gather(None, case, as_of=AS_OF, talks=10, priors=priors)
    return settings_of(expected, priors, evidence, AS_OF), expected.rise


def offers(x: Array, s: Array, rise: Array, t: float) -> tuple[float, float, float, float]:
    """Offer, demand and both sides' part beyond the limit at t, worked out step by step in plain Python."""
    centre = float(np.interp(x[kernel.CENTRE], prior.SCORES, rise))
    half = 0.5 * (s[kernel.S_ZONE] + s[kernel.S_ZONE_SD] * x[kernel.ZONE])
    expiry = s[kernel.S_EXPIRY]
    p = math.exp((t - expiry) / s[kernel.S_PRESSURE_DAYS]) if t < expiry else 1 + (t - expiry) / s[kernel.S_LAPSE_DAYS]
    length = math.exp(s[kernel.S_LENGTH] + s[kernel.S_LENGTH_SD] * x[kernel.LENGTH])
    time = min(1.0, max(0.0, (t - s[kernel.S_START]) / length))
    odds = math.exp(s[kernel.S_DEADLINE] + s[kernel.S_DEADLINE_SD] * x[kernel.DEADLINE])
    left = 1 - odds / (1 + odds) * min(1.0, p)
    parts = []
    for open_, opening, curve, give in (
        (kernel.OPEN_HOST, kernel.S_OH, kernel.CURVE_HOST, kernel.YIELD_HOST),
        (kernel.OPEN_STATIONING, kernel.S_OS, kernel.CURVE_STATIONING, kernel.YIELD_STATIONING),
    ):
        start = math.exp(s[opening] + s[opening + 1] * x[open_])
        exponent = math.exp(s[kernel.S_CURVE] + s[kernel.S_CURVE_SD] * x[curve])
        yielded = math.exp(s[kernel.S_YIELD] + s[kernel.S_YIELD_SD] * x[give]) * p
        parts.append((yielded, aspiration(time, exponent, start=start) * left))
    (give_h, ask_h), (give_s, ask_s) = parts
    return centre + half + give_h - ask_h, centre - half - give_s + ask_s, ask_h, ask_s


def imagined(rng: np.random.Generator, s: Array, rise: Array) -> tuple[Array, Seen]:
    """A point of the prior and a record it might have left behind; one that contradicts the design is drawn anew."""
    while True:
        x = rng.standard_normal(kernel.D)
        whole = np.array([row[:3] for row in DESIGN], dtype=np.int64)
        real = np.array([row[3:] for row in DESIGN])
        fits = True
        for i, (kind, side, bound, t, _, high, scale, factor) in enumerate(DESIGN):
            offer, demand, ask_h, ask_s = offers(x, s, rise, t)
            if kind == kernel.NO_DEAL_ROUND:
                fits &= offer < demand or rng.random() >= s[kernel.S_CLOSING]
                continue
            stands, beyond = (offer, ask_h) if side == 0 else (demand, ask_s)
            told = stands + factor * math.sqrt(scale**2 + (s[kernel.S_OFF] * beyond) ** 2) * rng.logistic()
            if bound == kernel.UP_TO:
                fits &= stands - (told - stands) <= high
            else:
                real[i, 1] = real[i, 2] = told
        if fits:
            return x, Seen(whole, real)


def ranks(break_it: str = "") -> np.ndarray:
    """Ranks of centre, length and log likelihood among KEPT draws, shape (REPLICATES, 3)."""
    s, rise = settings()
    rng = np.random.default_rng(20190924)
    out = np.empty((REPLICATES, 3))
    for i in range(REPLICATES):
        x, seen = imagined(rng, s, rise)
        used = Seen(seen.whole[:0], seen.real[:0]) if break_it == "prior" else seen
        found = condition(
            settings=s,
            rise=rise,
            seen=used,
            points=POINTS,
            seed=i,
            spread=0.5 if break_it == "spread" else 1.0,
            threads=1,
        )
        theta = found.theta[:: POINTS // KEPT][:KEPT]
        both = np.vstack([x[None], theta])
        fit = kernel.fit(both, settings=s, rise=rise, seen=seen, threads=1).sum(axis=1)
        for j, values in enumerate((both[:, kernel.CENTRE], both[:, kernel.LENGTH], fit)):
            below, same = np.sum(values[1:] < values[0]), np.sum(values[1:] == values[0])
            out[i, j] = below + rng.integers(0, same + 1)
    return out


def evenness(found: np.ndarray) -> list[float]:
    """The p-value of even ranks, for each of the three."""
    return [float(stats.chisquare(np.histogram(found[:, j], bins=8, range=(0, KEPT + 1))[0]).pvalue) for j in range(3)]


def test_the_posterior_is_calibrated() -> None:
    assert min(evenness(ranks())) > 0.005


@pytest.mark.parametrize("how", ["spread", "prior"])
def test_a_broken_sampler_is_found_out(how: str) -> None:
    assert min(evenness(ranks(how))) < 1e-6


def test_the_kernel_does_what_the_equations_say() -> None:
    s, rise = settings()
    rng = np.random.default_rng(3)
    theta = rng.standard_normal((200, kernel.D))
    for t in (-200.0, -100.0, 0.0, 80.0, 121.0, 400.0):
        whole = np.array(
            [[kernel.POSITION, 0, 0], [kernel.POSITION, 1, 0], [kernel.NO_DEAL_ROUND, 0, 0]], dtype=np.int64
        )
        real = np.array([[t, 0.03, 0.03, 0.02, 1.0], [t, 0.2, 0.2, 0.02, 1.0], [t, 0, 0, 1.0, 1.0]])
        out = kernel.fit(theta, settings=s, rise=rise, seen=Seen(whole, real), threads=1)
        for x, fit in zip(theta, out, strict=True):
            offer, demand, ask_h, ask_s = offers(x, s, rise, t)
            for stands, ask, told, got in ((offer, ask_h, 0.03, fit[0]), (demand, ask_s, 0.2, fit[1])):
                width = math.sqrt(0.02**2 + (s[kernel.S_OFF] * ask) ** 2)
                assert got == pytest.approx(stats.logistic.logpdf(told, stands, width), abs=1e-9)
            assert fit[2] == pytest.approx(math.log(1 - s[kernel.S_CLOSING]) if offer >= demand else 0.0)


@pytest.mark.parametrize("talks", [1, 1000, kernel.BLOCK + 1, 30_000])
def test_the_talks_are_the_same_for_any_number_of_threads(talks: int) -> None:
    s, rise = settings()
    none = np.empty((0, kernel.D))
    one, two, more = (
        kernel.play(none, settings=s, rise=rise, seed=5, talks=talks, threads=threads) for threads in (1, 2, 7)
    )
    longer = kernel.play(none, settings=s, rise=rise, seed=5, talks=talks + 500, threads=2)
    for a, b, c, d in zip(one, two, more, longer, strict=True):
        assert a.tobytes() == b.tobytes() == c.tobytes() == d[:talks].tobytes()
    other = kernel.play(none, settings=s, rise=rise, seed=6, talks=talks)
    assert other[0].tobytes() != one[0].tobytes()


def test_random_numbers_are_even_and_normal() -> None:
    """Through the kernel: with everything else held, days and points have the distribution they should."""
    scores = np.array([kernel.normal_score(u) for u in np.linspace(0.0005, 0.9995, 2000)])
    assert scores == pytest.approx(stats.norm.ppf(np.linspace(0.0005, 0.9995, 2000)), abs=2e-6)
    s, rise = settings()
    s = s.copy()
    s[kernel.S_START], s[kernel.S_LAST_ROUND], s[kernel.S_PLANNED] = -1000.0, 0.0, kernel.UNKNOWN
    s[kernel.S_ZONE], s[kernel.S_ZONE_SD], s[kernel.S_CLOSING], s[kernel.S_VETO] = 5.0, 1e-9, 1.0, 0.0
    s[kernel.S_LENGTH], s[kernel.S_LENGTH_SD], s[kernel.S_EXPIRY] = 0.0, 1e-9, kernel.UNKNOWN
    day, _, _ = kernel.play(np.empty((0, kernel.D)), settings=s, rise=rise, seed=9, talks=50_000)
    waited = stats.lognorm(s[kernel.S_GAP_SD], scale=math.exp(s[kernel.S_GAP]))
    late = day[day > 1.0]
    assert stats.kstest(waited.cdf(late), "uniform", args=(waited.cdf(1.0), 1 - waited.cdf(1.0))).pvalue > 1e-3


def test_more_is_known_the_narrower_and_contradictions_leave_an_answer() -> None:
    s, rise = settings()
    rng = np.random.default_rng(1)
    _, seen = imagined(rng, s, rise)

    def spread(used: Seen) -> Posterior:
        return condition(settings=s, rise=rise, seen=used, points=2000, seed=1)

    nothing, all_ = spread(Seen(seen.whole[:0], seen.real[:0])), spread(seen)
    assert all_.theta[:, kernel.CENTRE].std() < nothing.theta[:, kernel.CENTRE].std()
    assert nothing.effective == 2000
    at_odds = Seen(
        np.array([[kernel.POSITION, 0, 0], [kernel.POSITION, 1, 0]], dtype=np.int64),
        np.array([[-10.0, 1.5, 1.5, 0.02, 1.0], [-10.0, -0.5, -0.5, 0.02, 1.0]]),
    )
    odd = spread(at_odds)
    assert np.isfinite(odd.theta).all()
    assert odd.effective > 100
    assert replace(odd, steps=0).theta is odd.theta
