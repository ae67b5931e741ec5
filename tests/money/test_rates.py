"""Rates against the bank's own file read in the plainest way, and what holds of any rate."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from functools import lru_cache
from statistics import fmean

import pytest
from currency_converter import CURRENCY_FILE
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.money import (
    Amount,
    NoRateError,
    Rate,
    UnknownCurrencyError,
    average,
    convert,
    published_before,
    rate,
)

FIRST, LAST = date(1999, 1, 4), date(2026, 6, 30)
DAYS = st.dates(FIRST + timedelta(days=7), LAST)
CODES = st.sampled_from(["USD", "KRW", "JPY", "GBP", "EUR", "PLN"])


@lru_cache(maxsize=1)
def published() -> dict[date, dict[str, float]]:
    """The bank's file, row by row."""
    with zipfile.ZipFile(CURRENCY_FILE) as archive:
        text = archive.read(archive.namelist()[0]).decode()
    out = {}
    for row in csv.DictReader(io.StringIO(text)):
        values = {k.strip(): float(v) for k, v in row.items() if k.strip() and k != "Date" and v and v != "N/A"}
        out[date.fromisoformat(row["Date"])] = {**values, "EUR": 1.0}
    return out


def oracle(base: str, quote: str, on: date) -> tuple[float, date]:
    """The last row up to the day that has both currencies."""
    day = max(d for d, row in published().items() if d <= on and base in row and quote in row)
    return published()[day][quote] / published()[day][base], day


@settings(max_examples=60, deadline=None)
@given(base=CODES, quote=CODES, on=DAYS)
def test_a_rate_is_that_of_the_last_row_with_both_currencies(base: str, quote: str, on: date) -> None:
    found = rate(base, quote, on=on)
    if base == quote:
        assert found.value == 1
        return
    value, day = oracle(base, quote, on)
    assert found.value == pytest.approx(value, rel=1e-12)
    assert found.when == day.isoformat()
    assert (day == on) == ("there is none" not in found.how)
    assert rate(quote, base, on=on).value * found.value == pytest.approx(1)


@settings(max_examples=20, deadline=None)
@given(base=CODES, quote=CODES, start=DAYS, length=st.integers(6, 500))
def test_an_average_is_the_mean_of_the_days_with_both(base: str, quote: str, start: date, length: int) -> None:
    end = min(start + timedelta(days=length), LAST)
    rows = [r for d, r in published().items() if start <= d <= end and base in r and quote in r]
    if base != quote and rows:
        expected = fmean(r[quote] / r[base] for r in rows)
        assert average(base, quote, start=start, end=end).value == pytest.approx(expected)


def test_a_report_has_the_rate_of_the_working_day_before_it() -> None:
    found = published_before("USD", "KRW", day=date(2019, 12, 9))  # a Monday
    assert found.when == "2019-12-06"
    assert found.value == pytest.approx(oracle("USD", "KRW", date(2019, 12, 6))[0])


def test_before_the_bank_there_are_averages_and_over_a_third_currency() -> None:
    assert rate("USD", "KRW", on=date(1997, 12, 24)).when == "1997-12"
    assert rate("KRW", "USD", on=date(1997, 12, 24)).value == pytest.approx(1 / 1496.9)
    assert average("USD", "KRW", start=date(1991, 1, 1), end=date(1991, 12, 31)).value == pytest.approx(736.7331)
    assert "over USD" in rate("KRW", "JPY", on=date(1990, 1, 15)).how


def test_a_stated_rate_fills_a_gap_and_never_replaces_the_bank() -> None:
    stated = [Rate("USD", "XAF", 600.0, "2020", "memory", "as stated")]
    assert rate("XAF", "USD", on=date(2020, 5, 1), stated=stated).value == pytest.approx(1 / 600)
    own = [Rate("USD", "KRW", 1.0, "2020", "memory", "as stated")]
    assert rate("USD", "KRW", on=date(2020, 5, 4), stated=own).value > 1000


def test_converting_keeps_the_range_and_the_bound() -> None:
    found, used = convert(Amount("USD", low=4.7e9, high=5e9, bound="about"), "KRW", on=date(2019, 12, 4))
    assert (found.low, found.high, found.bound) == (4.7e9 * used.value, 5e9 * used.value, "about")


@pytest.mark.parametrize(
    ("base", "quote", "on", "error", "words"),
    [
        ("USD", "XXQ", date(2020, 1, 2), UnknownCurrencyError, "'XXQ'"),
        ("USD", "KRW", date(1975, 1, 2), NoRateError, "averages of 1981 to 1998"),
        ("USD", "KRW", date(2090, 1, 2), NoRateError, "daily rates from 1999-01-04"),
        ("EUR", "KRW", date(1995, 1, 2), NoRateError, "from EUR to KRW for 1995-01-02"),
    ],
)
def test_what_is_missing_is_said_with_what_there_is(
    base: str, quote: str, on: date, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words.replace("(", r"\(")):
        rate(base, quote, on=on)
