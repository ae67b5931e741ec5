"""The forecaster of tables on negotiations whose truth is known, and on tables of every odd shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outlook.bargains import NAN, bargains, coarse

from burdenshare.errors import BurdenshareError
from burdenshare.outlook import scores
from burdenshare.outlook.table import LEVELS, Forecast, Negotiation, Offer, forecast_table, mixture
from burdenshare.outlook.table.baselines import baseline_agreement, baseline_quantiles
from burdenshare.outlook.table.scale import find_scale, to_scale
from burdenshare.outlook.table.softmax import fit_softmax
from burdenshare.outlook.table.state import anchors_of, state_of

PAST, OPEN = bargains(2500, 1), bargains(1500, 2)


def scored(forecasts: Sequence[Forecast], truth: Sequence[Negotiation], used: int) -> dict[str, float]:
    """Mean CRPS over list price, coverage of the 80% interval, Brier score, distance of the PIT from uniform."""
    pairs = [(f, n) for f, n in zip(forecasts, truth, strict=True) if f.offers_used == used]
    deals = [(f, n) for f, n in pairs if n.agreed == 1]
    size = np.array([n.numbers["list_price"] for _, n in deals])
    q, y = np.array([f.quantiles for f, _ in deals]) / size[:, None], np.array([n.settlement for _, n in deals]) / size
    where = np.sort(scores.pit_quantiles(q, LEVELS, y, seed=1))
    return {
        "crps": float(scores.crps_quantiles(q, LEVELS, y).mean()),
        "coverage": scores.interval_coverage(q[:, 1], q[:, 17], y),
        "brier": float(scores.brier([f.p_agreement for f, _ in pairs], [n.agreed for _, n in pairs]).mean()),
        "pit": float(np.abs(where - (np.arange(y.size) + 0.5) / y.size).max()),
    }


@pytest.mark.parametrize("first", [1, 3])
def test_a_forecast_is_calibrated_and_better_than_every_baseline(first: int) -> None:
    found = scored(forecast_table(PAST, OPEN, first=first), OPEN, first)
    assert 0.76 < found["coverage"] < 0.85
    assert found["pit"] < 0.06
    there = [n for n in OPEN if len(n.offers) >= first]
    deals = [n for n in there if n.agreed == 1]
    size, y = np.array([n.numbers["list_price"] for n in deals]), np.array([n.settlement for n in deals])
    for name, quantiles in baseline_quantiles(PAST, deals, first=first).items():
        assert found["crps"] < np.mean(scores.crps_quantiles(quantiles, LEVELS, y) / size), name
    happened = [n.agreed for n in there]
    for name, chance in baseline_agreement(PAST, there, first=first).items():
        assert found["brier"] < scores.brier(chance, happened).mean() + 0.001, name


def test_a_past_rounded_to_tenths_without_prices_serves_nearly_as_well() -> None:
    raw = scored(forecast_table(PAST, OPEN, first=2), OPEN, 2)
    rounded = scored(forecast_table([coarse(n) for n in PAST], OPEN, first=2), OPEN, 2)
    assert rounded["crps"] < 1.05 * raw["crps"]
    assert 0.74 < rounded["coverage"] < 0.88


def test_rounding_hides_how_often_an_offer_is_accepted_but_the_fit_finds_it() -> None:
    """Of rounded settlements, many equal a rounded offer by chance; taken at their word they would mislead."""
    shares = []
    for past in (PAST, [coarse(n) for n in PAST]):
        scale = find_scale(past, OPEN)
        scaled = [s for n in past if len((s := to_scale(n, scale, first=2)).values) >= 2 and s.agreed == 1]
        settled, grain = (np.array([getattr(s, a) for s in scaled]) for a in ("settlement", "grain"))
        assert set(grain) == ({0.0} if past is PAST else {0.1})
        state, anchors = state_of(scaled, first=2), anchors_of(scaled)
        fitted = mixture.fit_mixture(state, settled, grain, anchors, seed=0)
        equal = [np.mean(np.abs(settled - offer) < 1e-4) for offer in (state.buyer, state.seller)]
        shares.append((fitted.shares[:2], np.array(equal)))
    (found, truth), (found_rounded, naive) = shares
    assert found == pytest.approx(truth, abs=0.02)
    assert (naive > truth + 0.05).all()
    assert (np.abs(found_rounded - truth) < 0.6 * np.abs(naive - truth)).all()


def test_a_forecast_spoilt_on_purpose_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    good = scored(forecast_table(PAST, OPEN, first=2), OPEN, 2)
    for name in ("ODD", "ODD_ROUNDED"):
        monkeypatch.setattr(mixture, name, 0.6)
    bad = scored(forecast_table(PAST, OPEN, first=2), OPEN, 2)
    assert bad["coverage"] > 0.88
    assert bad["crps"] > 1.05 * good["crps"]


def test_a_forecast_of_half_the_spread_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    fit = mixture._fit_position

    def narrow(*args: np.ndarray) -> tuple[np.ndarray, float, float]:
        position, deviation, freedom = fit(*args)
        return position, deviation / 2, freedom

    monkeypatch.setattr(mixture, "_fit_position", narrow)
    found = scored(forecast_table(PAST, OPEN, first=1), OPEN, 1)
    assert found["coverage"] < 0.76


def test_nothing_after_the_first_offers_changes_a_forecast() -> None:
    """The past stays; of the open ones, ends and later offers are changed to nonsense."""
    some = OPEN[:200]
    changed = [
        replace(
            n, settlement=1e9, settlement_ratio=77.0, agreed=0.0,
            offers=n.offers[:2] + tuple(Offer(not o.buyer, 3 * o.value, 3 * o.ratio) for o in n.offers[2:]),
        )
        for n in some
    ]  # fmt: skip
    assert forecast_table(PAST, some, first=2) == forecast_table(PAST, changed, first=2)


def test_a_forecast_hangs_on_the_past_and_its_own_negotiation_alone() -> None:
    whole = {f.id: f for f in forecast_table(PAST[:600], OPEN[:120], first=2, seed=3)}
    for few in (OPEN[:5], OPEN[119:60:-1]):
        for f in forecast_table(PAST[:600], few, first=2, seed=3):
            assert f.p_agreement == pytest.approx(whole[f.id].p_agreement, rel=1e-9)
            assert f.quantiles == pytest.approx(whole[f.id].quantiles, rel=1e-9)
    assert forecast_table(PAST[:600], OPEN[:50], first=2) == forecast_table(PAST[:600], OPEN[:50], first=2)


@pytest.mark.parametrize("named", [True, False])
def test_another_currency_gives_the_same_forecast_in_that_currency(named: bool) -> None:
    """With a list price, with or without ratios, and with neither."""

    def told(n: Negotiation, rate: float) -> Negotiation:
        offers = tuple(Offer(o.buyer, o.value * rate, NAN) for o in n.offers)
        numbers = {"asked_first": n.numbers["list_price"] * rate} if named else {}
        return replace(n, offers=offers, settlement=n.settlement * rate, settlement_ratio=NAN, numbers=numbers)

    dollars, won = ([told(n, rate) for n in (*PAST[:400], *OPEN[:40])] for rate in (1.0, 1024.0))
    assert find_scale(won[:400], []).column == ("asked_first" if named else "")
    here, there = (forecast_table(t[:400], t[400:], first=2) for t in (dollars, won))
    for a, b in zip(here, there, strict=True):
        assert np.array(b.quantiles) == pytest.approx(1024 * np.array(a.quantiles), rel=1e-6)


def test_an_open_negotiation_without_its_list_price_is_sized_by_its_offers() -> None:
    bare = [replace(n, numbers={}, offers=tuple(replace(o, ratio=NAN) for o in n.offers)) for n in OPEN]
    known = scored(forecast_table(PAST, OPEN, first=3), OPEN, 3)
    guessed = [replace(n, numbers=m.numbers) for n, m in zip(bare, OPEN, strict=True)]
    found = scored(forecast_table(PAST, bare, first=3), guessed, 3)
    assert known["crps"] < found["crps"] < 1.7 * known["crps"]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Negotiation], list[Negotiation]]:
    """Small tables with anything missing, any size, offers that cross, repeat or go below zero."""
    figure = st.floats(-1e4, 1e7, allow_subnormal=False) | st.integers(0, 3).map(float)
    with_values, with_ratios, with_size = (draw(st.booleans()) for _ in range(3))

    def offer() -> st.SearchStrategy[Offer]:
        value = figure if with_values or not with_ratios else st.just(NAN)
        return st.builds(Offer, st.booleans(), value, st.floats(-2, 9) if with_ratios else st.just(NAN))

    def negotiation(name: str) -> Negotiation:
        offers = tuple(draw(st.lists(offer(), max_size=5)))
        size = {"size": draw(figure)} if with_size and draw(st.booleans()) else {}
        agreed = draw(st.sampled_from([0.0, 1.0, NAN]))
        settled = draw(figure) if agreed == 1 else NAN
        return Negotiation(name, offers, settled, settled and draw(st.floats(0, 3)), agreed, "", size)

    past = [negotiation(f"p{i}") for i in range(draw(st.integers(1, 6)))]
    sure = replace(past[0], settlement=draw(figure), settlement_ratio=1.0, agreed=1.0)
    return [sure, *past[1:]], [negotiation(f"o{i}") for i in range(draw(st.integers(0, 4)))]


@settings(max_examples=60, deadline=None)
@given(tables(), st.integers(1, 6))
def test_every_open_negotiation_gets_a_line_of_sound_numbers(
    pair: tuple[list[Negotiation], list[Negotiation]], first: int
) -> None:
    past, opened = pair
    forecasts = forecast_table(past, opened, first=first)
    assert [f.id for f in forecasts] == [n.id for n in opened]
    for forecast, negotiation in zip(forecasts, opened, strict=True):
        assert forecast.offers_used == min(first, len(negotiation.offers))
        assert 0 < forecast.p_agreement < 1
        assert len(forecast.quantiles) == 19
        assert np.isfinite(forecast.quantiles).all()
        assert (np.diff(forecast.quantiles) >= 0).all()


def test_a_handful_of_talks_teaches_where_settlements_fall_but_not_certainty() -> None:
    """Five made talks that settled about a fifth of the way up; halving the gap would be far off."""
    rng = np.random.default_rng(4)
    talks = []
    for i, share in enumerate([0.1, 0.25, 0.3, 0.2, 0.2]):
        now = 5000 + 800 * i
        ask, bid = now * rng.uniform(1.2, 1.5), now * rng.uniform(1.0, 1.03)
        offers = tuple(Offer(b, v, v / now) for b, v in ((False, ask), (True, bid)))
        settled = bid + share * (ask - bid)
        talks.append(Negotiation(f"t{i}", offers, settled, NAN, 0.0, "", {"now": now}))
    (found,) = forecast_table(talks[:4], talks[4:], first=2)
    bid, ask = talks[4].offers[1].value, talks[4].offers[0].value
    low, middle, high = ((found.quantiles[i] - bid) / (ask - bid) for i in (1, 9, 17))
    assert 0.15 < middle < 0.33
    assert high - low > 0.15
    assert found.p_agreement == pytest.approx(0.1, abs=1e-4)  # none of four agreed: not never


def test_no_offers_and_no_scale_leave_the_past_itself() -> None:
    past = [Negotiation(f"p{i}", (), float(v), NAN, 1.0) for i, v in enumerate([3, 4, 5, 6, 7])]
    (found,) = forecast_table(past, [Negotiation("o", ())], first=1)
    assert (found.offers_used, found.quantiles[9]) == (0, 5)
    assert 3 <= found.quantiles[0] <= found.quantiles[-1] <= 7


def test_softmax_is_the_library_s() -> None:
    linear = pytest.importorskip("sklearn.linear_model")
    rng = np.random.default_rng(0)
    x, label = rng.normal(size=(300, 4)), rng.integers(0, 3, size=300)
    weight = rng.uniform(0.5, 2, size=300)
    ours = fit_softmax(x, np.eye(3)[label] * weight[:, None], penalty=2.0).probabilities(x)
    theirs = linear.LogisticRegression(C=0.5, tol=1e-8, max_iter=1000).fit(x, label, sample_weight=weight)
    assert ours == pytest.approx(theirs.predict_proba(x), abs=1e-3)


def test_no_past_settlement_and_no_first_offer_are_said() -> None:
    with pytest.raises(BurdenshareError, match=r"No past negotiation has a settlement.*\.$"):
        forecast_table([Negotiation("p", (), agreed=0.0)], OPEN[:1], first=1)
    with pytest.raises(BurdenshareError, match=r"is 0; use 1 or more\.$"):
        forecast_table(PAST, OPEN[:1], first=0)
