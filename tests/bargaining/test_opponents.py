"""Opponent models and the strategies that rest on them or on the other side's moves."""

from __future__ import annotations

import math

import numpy as np
import pytest

from burdenshare.bargaining.names import negotiator_named
from burdenshare.bargaining.negotiator import FunctionNegotiator, Moment, Offer, View, views
from burdenshare.bargaining.opponent import BayesianConcession, FrequencyModel
from burdenshare.bargaining.protocols import play_alternating
from burdenshare.bargaining.scenario import table_from_arrays
from burdenshare.bargaining.strategies import MiCRO, TradeOff
from burdenshare.bargaining.tactics import TimeBased

from .cases import basing, price


def view_of(side: int) -> View:
    scenario = basing()
    return views(scenario.tables(), space=scenario.space, seed=0, ties="first")[side]


def test_the_frequency_model_learns_what_they_hold_fast_and_what_they_like() -> None:
    """A host that concedes late shows what it wants: the guess should order outcomes much as the truth does."""
    scenario = basing()
    table = scenario.tables()
    result = play_alternating(
        table, [FunctionNegotiator(lambda v, m: v.best), TimeBased(4.0)], rounds=60, trace=True, space=scenario.space
    )
    model = FrequencyModel(view_of(0))
    for offer in result.trace:
        if offer.side == 1:
            model.observe(offer.outcome)
    guessed = model.utilities()
    assert 0 <= guessed.min() <= guessed.max() <= 1 + 1e-12
    assert np.corrcoef(guessed, table.utilities[1])[0, 1] > 0.4
    assert math.isclose(model.weights.sum(), 1.0)


@pytest.mark.parametrize("exponent", [0.5, 1.0, 4.0])
def test_the_bayesian_curve_finds_where_they_end(exponent: float) -> None:
    view = views(price(1001), space=None, seed=0, ties="first")[0]
    model = BayesianConcession(view, noise=0.01)
    before = model.final()[1]
    for k in range(1, 71):  # they would reach 0.6 of our range at the deadline; 70 of 100 rounds are seen
        model.observe(round(1000 * 0.6 * (k / 101) ** exponent), k / 101)
    mean, deviation = model.final()
    assert abs(mean - 0.6) < 0.04
    assert deviation < before / 4
    assert abs(model.expected(0.9) - 0.6 * 0.9**exponent) < 0.03


def test_micro_makes_one_new_offer_for_each_new_offer() -> None:
    rows = np.array([[5.0, 4, 3, 2, 1, 0], [0.0, 1, 2, 3, 4, 5]])
    fixed = FunctionNegotiator(lambda view, moment: 5 - min(2, (moment.round - 1) // 2))
    result = play_alternating(table_from_arrays(rows), [MiCRO(), fixed], rounds=12, trace=True)
    mine = [offer.outcome for offer in result.trace if offer.side == 0]
    assert mine[:2] == [0, 1]  # it opens, is answered with one new offer, and gives one
    assert set(mine) == {0, 1, 2}  # and no more before the third offer comes, which is as good as its own fourth
    assert result.agreement == 3
    both = play_alternating(table_from_arrays(rows), [MiCRO(), MiCRO()], rounds=20)
    assert both.agreement in (2, 3)


def test_trade_off_stays_on_its_own_curve_and_moves_towards_the_other() -> None:
    view = view_of(0)
    tactic = TradeOff(1.0)
    tactic.begin(view)
    theirs = Offer(1, 1, int(np.argmax(basing().tables().utilities[1])))
    moment = Moment(40, 100, 40 / 101, [theirs])
    chosen = tactic.propose(moment)
    assert chosen is not None
    low = view.ladder.threshold(tactic.level(moment))
    assert low <= view.worth(chosen) <= low + 0.05 * (view.ladder.best - view.ladder.floor)

    def gap(outcome: int) -> float:
        steps = np.array([count - 1 for count in view.counts])
        return float((np.abs(view.digits[:, outcome] - view.digits[:, theirs.outcome]) / steps).mean())

    band = np.flatnonzero(
        (view.utilities >= low) & (view.utilities <= low + 0.05 * (view.ladder.best - view.ladder.floor))
    )
    assert gap(chosen) == min(gap(int(i)) for i in band)


def test_nice_tit_for_tat_answers_stone_with_stone_and_giving_with_giving() -> None:
    scenario = basing()
    table = scenario.tables()

    def least_offered(other: str | FunctionNegotiator) -> float:
        opponent = negotiator_named(other) if isinstance(other, str) else other
        result = play_alternating(
            table, [negotiator_named("nice-tft"), opponent], rounds=100, trace=True, space=scenario.space
        )
        early = [o for o in result.trace if o.side == 0 and o.round <= 85]
        return min(float(table.utilities[0, o.outcome]) for o in early)

    stone = least_offered(FunctionNegotiator(lambda view, moment: view.best))
    assert stone == table.best(0)
    assert least_offered("linear") < stone


def test_hard_headed_gives_little_and_the_forecaster_waits_for_what_it_expects() -> None:
    scenario = basing()
    table = scenario.tables()
    hard = play_alternating(
        table, [negotiator_named("hard-headed"), negotiator_named("linear")], rounds=100, space=scenario.space
    )
    soft = play_alternating(table, [TimeBased(1.0), negotiator_named("linear")], rounds=100, space=scenario.space)
    waiting = play_alternating(table, [negotiator_named("forecaster"), negotiator_named("linear")], rounds=100)
    assert hard.utilities[0] > soft.utilities[0]
    assert waiting.utilities[0] >= soft.utilities[0]
