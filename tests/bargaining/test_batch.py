"""The compiled batches against the plain oracle."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.bargaining.batch import BLOCK, Draw, play_batch, play_drawn, prepare, summary, uniform_by_number
from burdenshare.bargaining.protocols import play_alternating
from burdenshare.bargaining.scenario import UtilityTable, table_from_arrays
from burdenshare.bargaining.tactics import TimeBased
from burdenshare.errors import BargainingError

from .cases import basing, price, real_scenarios


def oracle(table: UtilityTable, reserved, exponents, starts, rounds: int) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    sides = [TimeBased(e, start=s) for e, s in zip(exponents, starts, strict=True)]
    result = play_alternating(replace(table, reserved=tuple(map(float, reserved))), sides, rounds=rounds)
    return (-1 if result.agreement is None else result.agreement, result.rounds)


@st.composite
def talks(draw):  # type: ignore[no-untyped-def]
    """A table (often with ties, sometimes flat, shifted, scaled or with ruled-out outcomes) and one parameter set."""
    n = draw(st.integers(1, 40))
    digits = draw(st.sampled_from([1, 2, 6, 15]))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    rows = np.round(rng.random((2, n)), digits)
    if draw(st.booleans()):
        rows[1] = 1 - rows[0]
    rows *= draw(st.sampled_from([1.0, 1e-7, 250.0, 1e6]))
    rows += draw(st.sampled_from([0.0, -3.0, 17.0]))
    low, high = rows.min(), rows.max()
    reserved = [
        draw(st.sampled_from([-math.inf, float(low), float(low + x * (high - low))])) for x in rng.uniform(-0.2, 1.1, 2)
    ]
    if n > 3 and draw(st.booleans()):
        rows[draw(st.integers(0, 1)), draw(st.integers(0, n - 1))] = -math.inf
    exponents = [
        draw(st.sampled_from([4.0, 1.0, 0.25, 0.001, 30.0])) if draw(st.booleans()) else float(e)
        for e in rng.uniform(0.05, 9, 2)
    ]
    starts = [draw(st.sampled_from([1.0, 0.5, 0.0])) for _ in (0, 1)]
    return table_from_arrays(rows), reserved, exponents, starts, draw(st.integers(1, 120))


@settings(max_examples=400, deadline=None)
@given(talks(), st.booleans())
def test_the_kernel_equals_the_oracle(case, tabulated: bool) -> None:  # type: ignore[no-untyped-def]
    table, reserved, exponents, starts, rounds = case
    duel = prepare(table)
    if tabulated:
        batch = play_batch(
            duel, exponents=tuple(exponents), reserved=tuple(reserved), starts=tuple(starts), rounds=rounds
        )
    else:  # more than 64 different curves make each talk compute its own
        spread = [np.concatenate([[e], np.geomspace(0.01, 100, 80)]) for e in exponents]
        batch = play_batch(duel, exponents=tuple(spread), reserved=tuple(reserved), starts=tuple(starts), rounds=rounds)
    expected = oracle(table, reserved, exponents, starts, rounds)
    assert (int(batch.agreement[0]), int(batch.rounds[0])) == expected


def test_a_batch_equals_its_members_whatever_the_threads() -> None:
    duel = prepare(basing().tables())
    rng = np.random.default_rng(5)
    n = 5000
    exponents = (np.exp(rng.uniform(-2, 2, n)), np.exp(rng.uniform(-2, 2, n)))
    reserved = (rng.uniform(0, 0.7, n), rng.uniform(0, 0.7, n))
    rounds = rng.integers(1, 200, n)
    one = play_batch(duel, exponents=exponents, reserved=reserved, rounds=rounds, threads=1)
    three = play_batch(duel, exponents=exponents, reserved=reserved, rounds=rounds, threads=3)
    assert np.array_equal(one.agreement, three.agreement)
    assert np.array_equal(one.rounds, three.rounds)
    for i in range(0, n, 250):
        member = play_batch(
            duel,
            exponents=(exponents[0][i], exponents[1][i]),
            reserved=(reserved[0][i], reserved[1][i]),
            rounds=int(rounds[i]),
        )
        assert (member.agreement[0], member.rounds[0]) == (one.agreement[i], one.rounds[i])
        expected = oracle(
            duel.table, (reserved[0][i], reserved[1][i]), (exponents[0][i], exponents[1][i]), (1, 1), int(rounds[i])
        )
        assert expected == (one.agreement[i], one.rounds[i])
    worth = one.utilities()
    agreed = one.agreement >= 0
    assert np.isnan(worth[:, ~agreed]).all()
    assert (worth[0, agreed] >= reserved[0][agreed]).all()
    assert (worth[1, agreed] >= reserved[1][agreed]).all()


def test_drawn_talks_depend_on_the_seed_and_not_on_chunks_or_threads() -> None:
    duel = prepare(price())
    draw = Draw(exponents=((2, 8), (0.5, 0.5)), reserved=((0, 0.5), (0, 0.5)))
    talks_ = BLOCK + 5000

    def played(seed: int, chunk: int, threads: int) -> np.ndarray:
        chunks = play_drawn(duel, talks_, draw=draw, seed=seed, chunk=chunk, threads=threads)
        return np.concatenate([c.batch.agreement for c in chunks])

    plain = played(1, talks_, 1)
    assert np.array_equal(plain, played(1, 7777, 2))
    assert not np.array_equal(plain, played(2, talks_, 1))
    found = summary(play_drawn(duel, talks_, draw=draw, seed=1, chunk=10_000), seed=1)
    assert found == summary(play_drawn(duel, talks_, draw=draw, seed=1, chunk=31_000, threads=2), seed=1)
    assert found.talks == talks_
    assert found.agreements == int((plain >= 0).sum())


def test_ratification_is_drawn_by_talk_number() -> None:
    table = replace(price(), approval=np.where(np.arange(101) < 50, 0.75, 0.0))
    duel = prepare(table)
    draw = Draw(reserved=((0, 0.4), (0, 0.4)))
    whole = [c.batch.approved(seed=9, first_talk=c.first_talk) for c in play_drawn(duel, 20_000, draw=draw, seed=9)]
    parts = [
        c.batch.approved(seed=9, first_talk=c.first_talk)
        for c in play_drawn(duel, 20_000, draw=draw, seed=9, chunk=999)
    ]
    assert np.array_equal(np.concatenate(whole), np.concatenate(parts))
    (chunk,) = play_drawn(duel, 20_000, draw=draw, seed=9)
    low = (chunk.batch.agreement >= 0) & (chunk.batch.agreement < 50)
    assert not whole[0][~low].any()
    assert abs(whole[0][low].mean() - 0.75) < 0.02
    numbers = uniform_by_number(3, 0, 100_000)
    assert abs(numbers.mean() - 0.5) < 0.01
    assert 0 <= numbers.min() < numbers.max() < 1


def test_the_kernel_equals_the_oracle_on_a_real_scenario() -> None:
    from burdenshare.bargaining.files import read_scenario

    scenario = read_scenario(real_scenarios() / "negmas_app" / "anac2010" / "ItexvsCypress")
    table = scenario.tables()
    duel = prepare(table)
    rng = np.random.default_rng(0)
    reserved = rng.uniform(0, 0.8, (2, 60))
    batch = play_batch(duel, exponents=(4.0, 0.25), reserved=(reserved[0], reserved[1]))
    for i in range(60):
        assert oracle(table, reserved[:, i], (4.0, 0.25), (1, 1), 100) == (batch.agreement[i], batch.rounds[i])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"exponents": (0.0, 1.0)}, "exponent is 0.0; the bounds are 0.001 to 1000"),
        ({"exponents": (1.0, 1.0), "rounds": -5}, "rounds is -5; the bounds are 1 to"),
        ({"exponents": (1.0, 1.0), "reserved": (np.zeros(3), np.zeros(4))}, "lengths"),
        ({"exponents": (1.0, 1.0), "reserved": (math.nan, 0.0)}, "NaN"),
        ({"exponents": (1.0, 1.0), "starts": (1.5, 0.0)}, "aspiration is 1.5"),
        ({"exponents": (1.0, 1.0), "talks": 0}, "at least 1"),
    ],
)
def test_bad_batches_are_refused(arguments, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BargainingError, match=words):
        play_batch(prepare(price()), **arguments)
