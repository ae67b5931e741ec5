"""Scores against slow definitions and a library; forecasters known to be bad must come out worse."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.errors import BurdenshareError
from burdenshare.outlook import scores

LEVELS = np.arange(1, 20) / 20
numbers = st.floats(-1e3, 1e3, allow_subnormal=False)


@st.composite
def forecasts(draw: st.DrawFn) -> tuple[list[float], list[float], float]:
    size = draw(st.integers(1, 9))
    samples = draw(st.lists(numbers | st.integers(-3, 3).map(float), min_size=size, max_size=size))
    weights = draw(st.lists(st.floats(0, 5), min_size=size, max_size=size).filter(lambda w: sum(w) > 0.01))
    return samples, weights, draw(numbers | st.sampled_from(samples))


@given(forecasts())
def test_crps_is_the_integral_of_its_definition(forecast: tuple[list[float], list[float], float]) -> None:
    samples, weights, observed = forecast
    edges = np.unique([*samples, observed])
    share = np.array(weights) / sum(weights)
    slow = 0.0
    for left, right in pairwise(edges):
        below = sum(w for x, w in zip(samples, share, strict=True) if x <= left)
        slow += (below - (observed <= left)) ** 2 * (right - left)
    assert scores.crps_sample(samples, observed, weights=weights) == pytest.approx(slow, abs=1e-8)


@given(forecasts())
def test_whole_weights_are_repeated_draws(forecast: tuple[list[float], list[float], float]) -> None:
    samples, weights, observed = forecast
    times = [int(w) + 1 for w in weights]
    repeated = np.repeat(samples, times)
    weighted = scores.crps_sample(samples, observed, weights=times)
    assert scores.crps_sample(repeated, observed) == pytest.approx(weighted, abs=1e-8)
    by_weight = scores.quantiles_of(samples, LEVELS, weights=times)
    assert by_weight == pytest.approx(scores.quantiles_of(repeated, LEVELS))
    assert scores.pit(samples, observed, weights=times, seed=3) == pytest.approx(scores.pit(repeated, observed, seed=3))


def test_a_library_says_the_same() -> None:
    library = pytest.importorskip("scoringrules")
    rng = np.random.default_rng(1)
    draws, seen = rng.normal(size=(40, 25)), rng.normal(size=40)
    assert scores.crps_sample(draws, seen) == pytest.approx(library.crps_ensemble(seen, draws, estimator="nrg"))
    quantiles = np.quantile(draws, LEVELS, axis=1).T
    expected = library.crps_quantile(seen, quantiles, LEVELS)
    assert scores.crps_quantiles(quantiles, LEVELS, seen) == pytest.approx(expected)
    chance, happened = rng.uniform(size=40), rng.integers(0, 2, size=40)
    assert scores.brier(chance, happened) == pytest.approx(library.brier_score(happened, chance))
    ends = quantiles[:, [1, -2]]
    expected = library.interval_score(seen, ends[:, 0], ends[:, 1], 0.2)
    assert scores.interval_score(ends[:, 0], ends[:, 1], seen, level=0.8) == pytest.approx(expected)


def normal_forecast(shift: float = 0.0, spread: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Forecasts N(mu + shift, spread) of what is N(mu, 1): as 400 stratified draws, with what came about."""
    stats = pytest.importorskip("scipy.stats")
    rng = np.random.default_rng(7)
    centre = rng.normal(size=3000)
    shape = stats.norm.ppf((np.arange(400) + 0.5) / 400)
    return centre[:, None] + shift + spread * shape, centre + rng.normal(size=3000)


@pytest.mark.parametrize(("shift", "spread"), [(0, 0.4), (0, 2.5), (0.6, 1), (-0.6, 1)])
def test_a_forecaster_known_to_be_bad_scores_worse(shift: float, spread: float) -> None:
    good, seen = normal_forecast()
    bad, _ = normal_forecast(shift, spread)
    ours, theirs = scores.crps_sample(good, seen), scores.crps_sample(bad, seen)
    better = scores.skill(ours, theirs, seed=1)
    assert better.sure
    assert better.value > 0.03
    by_quantile = [scores.crps_quantiles(scores.quantiles_of(f, LEVELS), LEVELS, seen).mean() for f in (good, bad)]
    assert by_quantile[0] < by_quantile[1]

    def distance(forecast: np.ndarray) -> float:
        """Kolmogorov's distance of the PIT from uniform."""
        where = np.sort(scores.pit(forecast, seen, seed=1))
        return float(np.abs(where - (np.arange(where.size) + 0.5) / where.size).max())

    assert distance(good) < 0.03 < 0.1 < distance(bad)


def test_coverage_and_sharpness_tell_too_narrow_from_too_wide() -> None:
    rows = {}
    for spread in (0.5, 1, 2):
        draws, seen = normal_forecast(spread=spread)
        ends = scores.quantiles_of(draws, [0.1, 0.9])
        rows[spread] = scores.interval_coverage(ends[:, 0], ends[:, 1], seen), scores.sharpness(draws).mean()
        assert scores.interval_score(ends[:, 0], ends[:, 1], seen, level=0.8).mean() >= 3.4
    assert rows[0.5][0] < 0.55 < 0.77 < rows[1][0] < 0.83 < 0.97 < rows[2][0]
    assert rows[0.5][1] < rows[1][1] < rows[2][1]


def test_a_probability_does_best_by_saying_what_it_believes() -> None:
    happened = np.repeat([1, 0], [70, 30])
    for score in (scores.brier, scores.log_score):
        losses = [score(p, happened).mean() for p in (0.5, 0.6, 0.7, 0.8, 0.9)]
        assert np.argmin(losses) == 2
    assert scores.log_score(0.0, 1) == np.inf
    assert scores.log_score([1.0, 0.0], [1, 0]) == pytest.approx([0, 0])


def test_steps_in_a_forecast_are_spread_evenly() -> None:
    """A forecast with heaps is calibrated too: its PIT is uniform only when the steps are randomised."""
    rng = np.random.default_rng(5)
    values = np.array([0.0, 1.0, 1.0, 1.0, 2.0])
    seen = rng.choice(values, size=4000)
    where = scores.pit(np.broadcast_to(values, (4000, 5)), seen, seed=2)
    counts = np.histogram(where, bins=10, range=(0, 1))[0]
    assert counts.min() > 330
    quantiles = np.broadcast_to(scores.quantiles_of(values, LEVELS), (4000, 19))
    counts = np.histogram(scores.pit_quantiles(quantiles, LEVELS, seen, seed=2), bins=5, range=(0, 1))[0]
    assert counts.min() > 640
    assert (scores.pit(values, 1.0, seed=2) == scores.pit(values, 1.0, seed=2)).all()


def test_skill_is_less_sure_of_talks_that_hang_together() -> None:
    rng = np.random.default_rng(3)
    talk = np.repeat(np.arange(12), 10)
    ease = rng.normal(size=12)[talk]
    baseline = 2 + 0.2 * rng.normal(size=120)
    ours = baseline - 0.1 + 0.5 * ease
    apart, together = scores.skill(ours, baseline, seed=1), scores.skill(ours, baseline, seed=1, clusters=talk)
    assert [apart.value, together.value] == pytest.approx([1 - ours.sum() / baseline.sum()] * 2)
    assert together.high - together.low > 2 * (apart.high - apart.low)
    assert together.clusters == 12
    assert scores.skill(ours, baseline, seed=1) == apart


@settings(max_examples=30)
@given(st.floats(0.1, 0.9), st.integers(0, 10))
def test_skill_of_a_share_of_every_loss_is_certain(share: float, seed: int) -> None:
    losses = np.linspace(1, 2, 9)
    found = scores.skill(share * losses, losses, seed=seed)
    assert [found.value, found.low, found.high] == pytest.approx([1 - share] * 3)


def test_one_talk_cannot_say_how_sure_it_is() -> None:
    found = scores.skill([1.0, 2.0], [2.0, 2.0], seed=0, clusters=["a", "a"])
    assert (found.value, found.low, found.high, found.sure) == (0.25, -np.inf, 1.0, False)
    assert scores.skill([0.0, 0.0], [0.0, 0.0], seed=0).value == 0
    assert scores.skill([1.0, 1.0], [0.0, 0.0], seed=0).value == -np.inf


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: scores.crps_sample([[1.0, 2.0]], [1.0, 2.0]),
        lambda: scores.crps_sample([], 1.0),
        lambda: scores.crps_sample([1.0, np.nan], 1.0),
        lambda: scores.crps_sample([1.0, 2.0], 1.0, weights=[0, 0]),
        lambda: scores.crps_sample([1.0, 2.0], 1.0, weights=[2, -1]),
        lambda: scores.crps_quantiles([1.0, 2.0], [0.5, 0.2], 1.0),
        lambda: scores.crps_quantiles([1.0, 2.0], [0.5], 1.0),
        lambda: scores.pit_quantiles([2.0, 1.0], [0.2, 0.5], 1.0, seed=1),
        lambda: scores.brier(1.2, 1),
        lambda: scores.brier(float("nan"), 1),
        lambda: scores.log_score(0.5, 0.5),
        lambda: scores.interval_coverage(2.0, 1.0, 1.0),
        lambda: scores.interval_score(1.0, 2.0, 1.0, level=1.0),
        lambda: scores.sharpness([1.0], level=0),
        lambda: scores.skill([], [], seed=1),
        lambda: scores.skill([1.0], [np.inf], seed=1),
        lambda: scores.skill([1.0], [2.0], seed=1, clusters=["a", "b"]),
    ],
)
def test_wrong_input_is_one_sentence(wrong: object) -> None:
    with pytest.raises(BurdenshareError, match=r"\.$"):
        wrong()  # type: ignore[operator]
