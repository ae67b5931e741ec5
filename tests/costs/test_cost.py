"""Costing: words in, sums that add up out, nothing known before its day, any case, a lapse as the last one went."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare import case as cases
from burdenshare.case.model import Case
from burdenshare.costs import Basis, Costing, NoFigureError, Terms, cost, from_words, of_agreement, rows, to_json
from burdenshare.errors import MoneyError
from burdenshare.money import growth

SMA = cases.load("us-rok-sma")
DECEMBER = date(2019, 12, 20)


def costed(words: str, *, case: Case = SMA, as_of: date = DECEMBER, **options: object) -> Costing:
    return cost(from_words(words, Basis(case, as_of)), case, as_of=as_of, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "currency", "low", "high", "year", "years", "rule"),
    [
        ("5 billion dollars a year", "USD", 5e9, 5e9, 2020, 5, None),
        ("between 4.7 billion and 5 billion dollars", "USD", 4.7e9, 5e9, 2020, 5, None),
        ("13% in the first year, then defence budget growth, for five years", "KRW", 1.174e12, 1.174e12, 2020, 5,
         "defence-budget lag 1"),
        ("a 50% increase", "KRW", 1.5584e12, 1.5584e12, 2020, 5, None),
        ("a cut of 10 percent for two years", "KRW", 9.35e11, 9.35e11, 2020, 2, None),
        ("fivefold", "KRW", 5.1945e12, 5.1945e12, 2020, 5, None),
        ("1.2 trillion won in 2026, rising 3% a year for 4 years", "KRW", 1.2e12, 1.2e12, 2026, 4, "fixed 3"),
        ("1.2 trillion won in 2026, rising by 3% annually until 2030", "KRW", 1.2e12, 1.2e12, 2026, 5, "fixed 3"),
        ("$1.2 billion over 3 years, frozen", "USD", 4e8, 4e8, 2020, 3, "frozen"),
        ("a trillion won, then consumer prices of two years before, capped at 4%", "KRW", 1e12, 1e12, 2020, 5,
         "cpi lag 2 cap 4"),
        ("500 billion won more than last year", "KRW", 1.5389e12, 1.5389e12, 2020, 5, None),
        ("PLN 100 million a month", "PLN", 1.2e9, 1.2e9, 2020, 5, None),
        ("10 to 20 percent more", "KRW", 1.1428e12, 1.2467e12, 2020, 5, None),
        ("1.0389 trillion won in 2020, up 13.9 percent in 2021", "KRW", 1.0389e12, 1.0389e12, 2020, 5,
         "2021: fixed 13.9; frozen"),
        ("13 percent in the first year and 5 percent a year after that", "KRW", 1.174e12, 1.174e12, 2020, 5, "fixed 5"),
        ("1.2 trillion won a year from 2026 to 2030", "KRW", 1.2e12, 1.2e12, 2026, 5, None),
        ("half of the current contribution for one year", "KRW", 5.195e11, 5.195e11, 2020, 1, None),
        ("연간 50억 달러", "USD", 5e9, 5e9, 2020, 5, None),
        ("첫해 13% 인상한 뒤 매년 국방비 증가율을 반영해 5년간", "KRW", 1.174e12, 1.174e12, 2020, 5,
         "defence-budget lag 1"),
        ("2026년 1조2천억원, 매년 3% 인상, 4년", "KRW", 1.2e12, 1.2e12, 2026, 4, "fixed 3"),
        ("10% 삭감", "KRW", 9.35e11, 9.35e11, 2020, 5, None),
        ("5배 인상", "KRW", 5.1945e12, 5.1945e12, 2020, 5, None),
        ("소비자물가 상승률 연동, 상한 4%", "KRW", 1.0545e12, 1.0545e12, 2020, 5, "cpi lag 2 cap 4"),
        ("1조원에 동결, 3년", "KRW", 1e12, 1e12, 2020, 3, "frozen"),
    ],
)  # fmt: skip
def test_a_position_in_words(
    words: str, currency: str, low: float, high: float, year: int, years: int, rule: str | None
) -> None:
    found = from_words(words, Basis(SMA, DECEMBER))
    amount = found.amount
    assert (amount.currency, amount.least, amount.most) == (currency, pytest.approx(low), pytest.approx(high))
    assert (found.year, found.years, str(found.rule) if found.rule else None) == (year, years, rule)
    assert len(found.how) == 4  # first year, first sum, term, growth: each says where it is from


def test_a_figure_that_nothing_uses_is_named() -> None:
    found = from_words("1 trillion won in the first year, 1.1 trillion in the second", Basis(SMA, DECEMBER))
    assert "1.1 trillion" in found.how[-1]


WORDS = st.sampled_from(
    [
        "5 billion dollars a year", "4.7 to 5 billion dollars, rising 3% a year", "a 50% increase", "1 billion euros",
        "13% more, then defence budget growth", "a trillion won, then inflation capped at 4%", "a freeze",
    ]
)  # fmt: skip
SINCE = st.dates(date(2012, 1, 15), date(2026, 10, 1))


@settings(max_examples=40, deadline=None)
@given(words=WORDS, as_of=SINCE, years=st.integers(1, 8))
def test_parts_add_up_and_conversions_are_the_rates_named(words: str, as_of: date, years: int) -> None:
    basis = Basis(SMA, as_of)
    found = cost(from_words(words, basis, terms=Terms(years=years)), SMA, as_of=as_of)
    assert len(found.years) == years
    for currency, total in found.total.sums.items():
        for end in ("value", "low", "high"):
            assert getattr(total, end) == pytest.approx(sum(getattr(y.sums[currency], end) for y in found.years))
    for y in found.years:
        assert y.sums["KRW"].low <= y.sums["KRW"].value <= y.sums["KRW"].high
        parts = [p.sums["KRW"].value for p in y.by_category.values()]
        assert not parts or sum(parts) == pytest.approx(y.sums["KRW"].value)
        assert y.real is not None
        assert y.per_soldier is not None
        assert y.per_soldier.value == pytest.approx(y.sums["KRW"].value / 28500)
        assert set(y.how) >= {"sum", "real", "per_soldier", "budget_share_percent"}


@settings(max_examples=25, deadline=None)
@given(words=WORDS, as_of=SINCE)
def test_what_came_later_changes_nothing(words: str, as_of: date) -> None:
    """A case cut off at the day gives the same costing, to the byte."""
    basis = Basis(SMA, as_of)
    cut = replace(
        SMA,
        agreements=tuple(
            a for a in SMA.agreements if a.signed is None or (a.signed.latest is not None and a.signed.latest <= as_of)
        ),
        payments=tuple(p for p in SMA.payments if p.year <= as_of.year),
        yearly=tuple(f for f in SMA.yearly if f.year <= as_of.year),
        category_figures=tuple(f for f in SMA.category_figures if basis.published(f.sources)),
    )
    whole = to_json(costed(words, as_of=as_of, lapse_months=6))
    assert json.dumps(to_json(costed(words, case=cut, as_of=as_of, lapse_months=6))) == json.dumps(whole)


def test_the_agreement_in_force_is_the_measure() -> None:
    found = costed("5 billion dollars a year for one year")
    (against,) = found.against
    assert against.multiple is not None
    assert against.multiple.value == pytest.approx(5.6, abs=0.05)  # at the rate of 19 December 2019, on 1.0389 trillion
    assert "2019" in against.how


def test_a_lapse_goes_as_the_last_one_went() -> None:
    """Three months on American money, notices from April, back by the middle of June under a bridging arrangement."""
    found = costed("a freeze", as_of=date(2025, 7, 1), lapse_from=date(2026, 1, 1), lapse_months=6).lapse
    assert found is not None
    assert [m.month for m in found.months] == [f"2026-{m:02d}" for m in range(1, 7)]
    assert [m.furloughed.high if m.furloughed else None for m in found.months] == [0, 0, 0, 4500, 4500, 4500]
    april = found.months[3]
    assert april.wages is not None
    assert april.wages_lost is not None
    assert april.wages_lost.high == pytest.approx(april.wages.high * 4500 / 9000)
    assert any("2026-06-15" in line for line in found.months[5].how)
    assert any("200 million" in line for line in found.precedent)
    before = costed("a freeze", lapse_months=2).lapse
    assert before is not None
    assert before.months[0].furloughed is None  # in 2019 no lapse was known to go by


def test_shares_of_ones_own_leave_the_rest_to_other() -> None:
    found = costed("a freeze", categories={"labour": 40, "strategic assets": 25})
    parts = found.total.by_category
    assert {n: round(p.sums["KRW"].value / found.total.sums["KRW"].value * 100, 6) for n, p in parts.items()} == {
        "labour": 40, "strategic assets": 25, "other": 35,
    }  # fmt: skip
    with pytest.raises(MoneyError, match="add up to 130"):
        costed("a freeze", categories={"labour": 90, "construction": 40})


@pytest.mark.parametrize("name", cases.shipped())
def test_every_shipped_case_can_be_costed(name: str) -> None:
    case = cases.load(name)
    found = to_json(costed("2 billion dollars a year, rising 3% a year", case=case, as_of=date(2026, 1, 10)))
    keys = {case.host.currency.lower(), case.stationing.currency.lower(), "real"}
    assert all(keys <= set(y) for y in found["years"])
    assert all(isinstance(found["total"][k], int) for k in keys)


def test_a_wage_round_in_euro_from_scratch(tmp_path: Path) -> None:
    folder = cases.new(
        "steel-wages", title="Steel wages", host="Employers", stationing="Union", host_currency="EUR",
        stationing_currency="EUR", into=tmp_path,
    )  # fmt: skip
    text = (folder / "case.toml").read_text(encoding="utf-8")
    for key, name in (("series", "wage agreement"), ("about", "wage round"), ("forces", "steelworkers")):
        text = text.replace(f"[{key}]\nen = []", f'[{key}]\nen = ["{name}"]')
    (folder / "case.toml").write_text(text, encoding="utf-8")
    lines = ["start,2023-01-01,date", "end,2024-12-31,date", "first_year,42000,EUR", "growth_rule,fixed 2.5,rule"]
    with (folder / "agreements.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"1,{line},yes,,,memory\n" for line in lines)
    assert cases.check(str(folder)) == []
    case = cases.load(str(folder))
    found = to_json(costed("a 5% rise, then 2.5% a year for three years", case=case, as_of=date(2024, 11, 15)))
    assert [y["eur"] for y in found["years"]] == [45203, 46333, 47491]  # 43,050 of 2024 and 5 percent, then 2.5 each
    assert set(found["total"]) == {"eur", "real", "by_category"}
    with pytest.raises(MoneyError, match="defence budget"):
        costed("43,000 euros, then defence budget growth", case=case, as_of=date(2024, 11, 15))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("100 million zloty a year", "no currency that is known"),
        ("XXQ 5 million", "XXQ"),
        ("hello", "no sum, change or rule"),
        ("half of the cost", "no sum, change or rule"),
        ("3% a year, frozen", "contradicts itself"),
        ("1 trillion won, rising 3% a year, by consumer prices", "contradicts itself"),
        ("", "1 to 2000 characters"),
    ],
)
def test_bad_words_get_a_sentence(words: str, said: str) -> None:
    with pytest.raises(MoneyError, match=said):
        costed(words)


def test_a_day_before_all_rates_is_refused() -> None:
    with pytest.raises(MoneyError, match="averages of 1981 to 1998"):
        costed("5 billion dollars a year", as_of=date(1975, 1, 1))
    with pytest.raises(NoFigureError, match="no payment before"):
        costed("10% more", as_of=date(1985, 1, 1))
    with pytest.raises(MoneyError, match="not for 1950"):
        costed("5 billion dollars a year", base_year=1950)


def test_rows_and_json_are_whole_units_and_the_same_each_time() -> None:
    basis = Basis(SMA, DECEMBER)
    position = from_words("4.7 to 5 billion dollars", basis, terms=Terms(rule=growth.parse("fixed 3"), years=2))
    one, two = (to_json(cost(position, SMA, as_of=DECEMBER)) for _ in range(2))
    assert json.dumps(one) == json.dumps(two)
    first = one["years"][0]
    assert {"year", "krw", "usd", "real", "low", "high"} <= set(first)
    assert all(isinstance(first[k], int) for k in ("year", "krw", "usd", "real"))
    assert first["low"]["usd"] == 4_700_000_000
    flat = rows(cost(position, SMA, as_of=DECEMBER))
    assert [r["year"] for r in flat] == [2020, 2021, "total"]
    assert flat[0]["usd_low"] == 4_700_000_000


def test_an_agreement_costed_today_has_the_average_rates_of_its_years() -> None:
    today = date(2026, 11, 1)
    found = cost(of_agreement(SMA.agreement(11), Basis(SMA, today)), SMA, as_of=today)  # type: ignore[arg-type]
    assert all("average of the" in y.how["usd"] for y in found.years)
    assert found.years[0].sums["USD"].value == pytest.approx(1_038_900_000_000 / 1179, rel=0.01)
