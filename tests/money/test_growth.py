"""Rules: what is written is what is read, contradictions are refused, and a projection is its arithmetic."""

from __future__ import annotations

from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.money import Amount, Growth, GrowthError, NoIndexError, Phase, Rise, Rule, growth, indices, project
from burdenshare.money.growth import published

PERCENTS = st.integers(-90, 400).map(lambda n: n / 10)
CAPS = st.none() | st.integers(0, 200).map(lambda n: n / 10)
OPEN = st.one_of(
    PERCENTS.map(lambda p: Phase("fixed", p)),
    st.just(Phase("frozen")),
    st.builds(
        lambda kind, cap, plus, lag: Phase(kind, None, cap, plus, lag),
        st.sampled_from(["cpi", "defence-budget"]), CAPS, st.sampled_from([0.0, 8.8]), st.integers(0, 3),
    ),
)  # fmt: skip
NAMED = st.builds(
    lambda p, first, length: Phase(p.kind, p.percent, p.cap_percent, p.plus_percent, p.lag, first, first + length),
    OPEN, st.integers(2000, 2003), st.integers(0, 2),
)  # fmt: skip
RULES = st.builds(lambda named, rest: Rule((named, rest)), NAMED, OPEN) | OPEN.map(lambda p: Rule((p,)))


@given(RULES)
def test_a_rule_written_out_is_read_as_the_same_rule(rule: Rule) -> None:
    assert growth.parse(str(rule)) == rule
    assert rule.words()


def flat(percent: float) -> growth.Series:
    return lambda year: Rise(year, percent, "test", f"{percent}% in {year}")


@settings(deadline=None)
@given(rule=RULES, first=st.floats(1e6, 1e13), years=st.integers(1, 12), prices=PERCENTS, budget=PERCENTS)
def test_a_projection_compounds_its_own_rises(
    rule: Rule, first: float, years: int, prices: float, budget: float
) -> None:
    found = project(
        Amount("EUR", value=first), year=2000, years=years, rule=rule, prices=flat(prices), defence_budget=flat(budget),
        unit=1e-6,
    )  # fmt: skip
    assert [y.year for y in found] == list(range(2000, 2000 + years))
    expected = first * prod(1 + (y.rise_percent or 0) / 100 for y in found[1:])
    assert found[-1].amount.least == pytest.approx(expected, rel=1e-6)
    for y in found[1:]:
        phase = rule.phase(y.year)
        assert phase is not None
        if phase.cap_percent is not None and phase.kind in ("cpi", "defence-budget"):
            assert (y.rise_percent or 0) <= phase.cap_percent


@given(low=st.floats(1, 1e9), width=st.floats(0, 1e9), percent=PERCENTS)
def test_a_range_is_projected_end_by_end(low: float, width: float, percent: float) -> None:
    rule = Rule((Phase("fixed", percent),))
    both = project(Amount("EUR", low=low, high=low + width), year=2000, years=3, rule=rule)
    ends = [project(Amount("EUR", value=v), year=2000, years=3, rule=rule) for v in (low, low + width)]
    for y, a, b in zip(both, *ends, strict=True):
        assert (y.amount.least, y.amount.most) == (a.amount.value, b.amount.value)


WRONG = """
fixed | frozen 3 | frozen cap 2 | cpi 3 | fixed 5 cap 4 | cpi; frozen | 2020-2022: frozen; 2021: fixed 3 |
2022-2020: frozen | growth | table | table 2020=x | cpi lag -1 | cpi lag 1.5 | fixed 3 4 | fixed x |
"""


@pytest.mark.parametrize("text", [part.strip() for part in WRONG.split("|")])
def test_a_rule_that_contradicts_itself_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(GrowthError) as refused:
        growth.parse(text)
    assert "\n" not in str(refused.value)


def test_a_claim_without_a_rule_to_count_with_says_so() -> None:
    with pytest.raises(GrowthError, match="state one"):
        growth.from_growth(Growth("other", cap_percent=4))
    assert growth.from_growth(Growth("cpi", cap_percent=4), lag=2) == growth.parse("cpi lag 2 cap 4")
    with pytest.raises(GrowthError, match="contradicts itself"):
        growth.from_growth(Growth("fixed", 5, 4))


@pytest.mark.parametrize(("percent", "shown"), [(2.7565, 2.8), (0.9717, 1.0), (2.25, 2.3), (-0.05, -0.1), (4.026, 4.0)])
def test_a_published_rate_has_one_decimal(percent: float, shown: float) -> None:
    assert published(percent) == shown


@given(currency=st.sampled_from(indices.currencies()), year=st.integers(1998, 2040), base=st.integers(1998, 2040))
def test_prices_there_and_back_are_the_same_sum(currency: str, year: int, base: int) -> None:
    there = indices.real(1e9, currency, year=year, base_year=base)
    assert indices.real(there.value, currency, year=base, base_year=year).value == pytest.approx(1e9)
    assert there.held == (max(year, base) > indices.span(currency)[1])


def test_past_the_series_the_last_rise_is_held_and_said() -> None:
    last = indices.span("KRW")[1]
    held = indices.rise("KRW", last + 3)
    assert held.held
    assert held.percent == indices.rise("KRW", last).percent
    assert str(last) in held.how
    assert indices.rise("KRW", 2015, known_to=2013).percent == indices.rise("KRW", 2013).percent
    with pytest.raises(NoIndexError, match="from 1960"):
        indices.rise("KRW", 1955)
    with pytest.raises(NoIndexError, match="'XAF'"):
        indices.real(1, "XAF", year=2000, base_year=2001)
