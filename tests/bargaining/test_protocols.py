"""The protocols and the negotiators, played step by step."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.bargaining.acceptance import AcCombi, AcConst, AcNext, AcTime, WalksAway, WithAcceptance
from burdenshare.bargaining.names import PLAIN, negotiator_named
from burdenshare.bargaining.negotiator import FunctionNegotiator, Moment, Negotiator
from burdenshare.bargaining.protocols import (
    play_alternating,
    play_simultaneous,
    play_single_text,
    play_take_it_or_leave_it,
)
from burdenshare.bargaining.scenario import table_from_arrays
from burdenshare.bargaining.solutions import solve
from burdenshare.bargaining.tactics import Exponential, TimeBased, TitForTat
from burdenshare.errors import BargainingError

from .cases import basing, price

REAL = st.floats(0, 1, allow_nan=False).map(lambda x: round(x, 3))


def tables(sides: int = 2):  # type: ignore[no-untyped-def]
    """Random utility tables with reserved values."""
    return st.integers(2, 30).flatmap(
        lambda n: st.tuples(
            st.lists(st.lists(REAL, min_size=n, max_size=n), min_size=sides, max_size=sides),
            st.lists(st.floats(-0.2, 1.0), min_size=sides, max_size=sides),
        ).map(lambda t: table_from_arrays(np.array(t[0]), reserved=tuple(t[1])))
    )


# The rounds are those NegMAS 0.16 takes on prices 0 to 100 with a deadline of 100 rounds.
@pytest.mark.parametrize(
    ("first", "second", "rounds"),
    [
        ("boulware", "boulware", 85),
        ("linear", "linear", 51),
        ("conceder", "conceder", 7),
        ("boulware", "linear", 74),
        ("boulware", "conceder", 61),
        ("linear", "conceder", 29),
    ],
)
def test_time_based_sides_meet_when_they_should(first: str, second: str, rounds: int) -> None:
    result = play_alternating(price(), [negotiator_named(first), negotiator_named(second)], rounds=100)
    assert (result.end, result.rounds) == ("agreement", rounds)


def test_no_zone_means_no_agreement_at_the_deadline() -> None:
    result = play_alternating(price(reserved=(0.7, 0.7)), [TimeBased(1), TimeBased(1)], rounds=40, trace=True)
    assert (result.agreement, result.rounds, result.end) == (None, 40, "deadline")
    assert len(result.trace) == 80
    assert result.utilities == (0.7, 0.7)


def test_a_negotiator_of_ones_own_takes_a_few_lines() -> None:
    class Stubborn(Negotiator):
        def propose(self, moment: Moment) -> int:
            return self.view.best

    result = play_alternating(price(), [Stubborn(), TimeBased(1)], rounds=10)
    assert result.agreement is None
    yielding = FunctionNegotiator(lambda view, moment: view.cheapest(0.5))
    result = play_alternating(price(), [Stubborn(), yielding], rounds=10)
    assert result.agreement is None
    result = play_alternating(
        price(), [yielding, FunctionNegotiator(lambda view, moment: view.cheapest(0.5))], rounds=10
    )
    assert result.agreement == 50


@settings(max_examples=25, deadline=None)
@given(tables(), st.sampled_from(sorted(PLAIN)), st.sampled_from(sorted(PLAIN)), st.integers(1, 25), st.integers(0, 5))
def test_no_agreement_is_worse_than_a_reserved_value_nor_beyond_the_frontier(
    table, first, second, rounds, seed
) -> None:  # type: ignore[no-untyped-def]
    solved = solve(table)
    for play in (play_alternating, play_simultaneous):
        result = play(table, [negotiator_named(first), negotiator_named(second)], rounds=rounds, seed=seed, trace=True)
        again = play(table, [negotiator_named(first), negotiator_named(second)], rounds=rounds, seed=seed, trace=True)
        assert result == again
        assert 1 <= result.rounds <= rounds
        if result.agreement is not None:
            worth = np.array(result.utilities)
            assert (worth >= np.array(table.reserved)).all()
            frontier = solved.frontier.utilities
            assert (frontier >= worth[:, None]).all(axis=0).any()
            assert not ((frontier <= worth[:, None]).all(axis=0) & (frontier < worth[:, None]).any(axis=0)).any()


@settings(max_examples=40, deadline=None)
@given(tables(), st.floats(0.05, 8), st.floats(0.05, 8))
def test_monotone_concession_gives_monotone_offers(table, first: float, second: float) -> None:  # type: ignore[no-untyped-def]
    result = play_alternating(table, [TimeBased(first), TimeBased(second)], rounds=30, trace=True)
    for side in (0, 1):
        worth = [table.utilities[side, offer.outcome] for offer in result.trace if offer.side == side]
        assert worth == sorted(worth, reverse=True)


def test_three_sides_all_have_to_accept() -> None:
    rows = np.array([[1.0, 0.0, 0.6, 0.2], [0.0, 1.0, 0.6, 0.2], [0.0, 0.0, 0.6, 1.0]])
    table = table_from_arrays(rows)
    result = play_alternating(table, [TimeBased(1), TimeBased(1), TimeBased(1)], rounds=50)
    assert result.agreement == 2
    strict = replace(table, reserved=(0.0, 0.0, 0.7))
    assert play_alternating(strict, [TimeBased(1), TimeBased(1), TimeBased(1)], rounds=50).agreement != 2


def test_take_it_or_leave_it() -> None:
    table = price(reserved=(0.0, 0.3))
    fair = FunctionNegotiator(lambda view, moment: view.cheapest(0.7))
    greedy = FunctionNegotiator(lambda view, moment: view.cheapest(0.8))
    assert play_take_it_or_leave_it(table, [fair, TimeBased(1)]).agreement == 70
    refused = play_take_it_or_leave_it(table, [greedy, TimeBased(1)])
    assert (refused.agreement, refused.end, refused.ended_by) == (None, "rejected", 1)


def test_single_text_only_ever_moves_where_all_agree() -> None:
    scenario = basing()
    table = scenario.tables()
    worst = int(table.utilities.min(axis=0).argmin())
    result = play_single_text(
        table, [TimeBased(1), TimeBased(1)], rounds=300, seed=3, space=scenario.space, start=worst, trace=True
    )
    assert result.trace[0].outcome == worst
    begun = table.utilities[:, worst]
    if result.agreement is not None:
        assert (np.array(result.utilities) >= begun).all()
    else:
        assert result.end == "rejected"
    good = play_single_text(
        replace(table, reserved=(0.0, 0.0)), [TimeBased(1), TimeBased(1)], rounds=300, space=scenario.space, start=worst
    )
    assert good.agreement is not None
    assert sum(good.utilities) > float(begun.sum())


def test_walking_away_and_clock_deadlines() -> None:
    stone = FunctionNegotiator(lambda view, moment: view.best)
    result = play_alternating(price(reserved=(0.0, 0.5)), [stone, WalksAway(TimeBased(1), 0.5)], rounds=99)
    assert (result.end, result.ended_by, result.rounds) == ("walk away", 1, 50)
    ticks = itertools.count()
    result = play_alternating(
        price(reserved=(0.7, 0.7)),
        [TimeBased(1), TimeBased(1)],
        rounds=None,
        seconds=100,
        clock=lambda: float(next(ticks)),
    )
    assert (result.agreement, result.end) == (None, "deadline")
    assert 20 < result.rounds < 60
    impatient = replace(price(), deadlines=(None, 10))
    assert play_alternating(impatient, [TimeBased(4), TimeBased(4)], rounds=100).rounds <= 11


def test_tit_for_tat_gives_what_it_gets() -> None:
    """Against a buyer who raises the price by 2 a round, an absolute tit-for-tat seller lowers it by 2 a round."""
    steady = FunctionNegotiator(lambda view, moment: 2 * moment.round)
    result = play_alternating(price(), [TitForTat("absolute"), steady], rounds=20, trace=True)
    mine = [offer.outcome for offer in result.trace if offer.side == 0]
    assert mine[:2] == [100, 100]
    assert set(np.diff(mine[1:-1])) == {-2}
    still = FunctionNegotiator(lambda view, moment: 10)
    result = play_alternating(price(), [TitForTat("relative"), still], rounds=20, trace=True)
    assert {offer.outcome for offer in result.trace if offer.side == 0} == {100}


def test_acceptance_rules() -> None:
    offers = FunctionNegotiator(lambda view, moment: min(99, 40 + moment.round))

    def rounds(rule) -> int:  # type: ignore[no-untyped-def]
        seller = WithAcceptance(FunctionNegotiator(lambda view, moment: 80), rule)
        return play_alternating(price(), [seller, offers], rounds=30).rounds

    assert rounds(AcConst(0.45)) == 6  # the offer 45 of round 5 is answered in round 6
    assert rounds(AcTime(0.5)) == 16
    assert rounds(AcNext()) == 30
    assert rounds(AcNext(shift=0.3)) == 11
    assert rounds(AcCombi(time=0.9)) == 28


def test_the_exponential_family_starts_at_what_it_concedes_at_once_and_ends_at_the_floor() -> None:
    curve = Exponential(2.0, conceded=0.1)
    moments = [Moment(k, 100, k / 101, ()) for k in range(1, 101)]
    levels = [curve.level(m) for m in moments]
    assert levels == sorted(levels, reverse=True)
    assert 0.85 < levels[0] < 0.9
    assert levels[-1] < 0.01


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: play_alternating(price(), [TimeBased(1), TimeBased(1)], rounds=-3), "deadline is -3 rounds"),
        (lambda: play_alternating(price(), [TimeBased(1)]), "1 negotiators for 2 sides"),
        (lambda: play_alternating(price(), [TimeBased(1), TimeBased(1)], rounds=None), "no deadline"),
        (lambda: TimeBased(float("nan")), "exponent is nan"),
        (lambda: negotiator_named("bulware"), "choose from boulware"),
        (
            lambda: play_alternating(price(), [FunctionNegotiator(lambda v, m: 101), TimeBased(1)]),
            "offered outcome 101",
        ),
    ],
)
def test_wrong_talks_are_refused(make, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BargainingError, match=words):
        make()
