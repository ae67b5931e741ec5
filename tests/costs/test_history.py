"""The agreements that came true: first sum and rule give the sums that were paid, or the departure is listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from burdenshare import case as cases
from burdenshare.costs import Basis, departures, of_agreement

TODAY = date(2026, 11, 1)
SMA = cases.load("us-rok-sma")


@pytest.mark.parametrize("year", range(2009, 2027))
def test_costing_the_agreement_gives_the_payment_to_the_hundred_million(year: int) -> None:
    basis = Basis(SMA, TODAY)
    agreement = next(
        a for a in SMA.agreements if a.start and a.end and a.start.earliest.year <= year <= a.end.latest.year
    )
    position = of_agreement(agreement, basis)
    years = basis.project(position.amount, year=position.year, years=position.years, rule=position.rule)
    found = next(y for y in years if y.year == year)
    payment = SMA.contribution(year)
    assert payment is not None
    assert found.amount.currency == payment.amount.currency == "KRW"
    assert abs(found.amount.least - payment.amount.least) < 1e8
    assert f"{year - 1}" in found.how or found.year == position.year


def test_every_departure_from_a_rule_is_listed_with_its_size() -> None:
    """The white paper's dollar series is rounded, and the sums of 2003 and 2004 rose by more than the reported rule."""
    off = {(d.year, d.difference) for d in departures(SMA, as_of=TODAY) if d.off}
    assert off == {(1997, -3e6), (1998, -9e6), (2003, 19e6), (2004, 27e6)}


def test_each_year_of_each_agreement_has_a_line() -> None:
    listed = departures(SMA, as_of=TODAY)
    years = [d.year for d in listed]
    assert years == list(range(1991, 2031))
    assert all(d.why for d in listed)
    assert {d.year for d in listed if d.published is None} == {2027, 2028, 2029, 2030}
    assert {d.year for d in listed if d.derived is None} == {1992, 1993, 1995, 2000, 2001}


def test_the_frozen_agreement_of_the_other_case() -> None:
    hns = cases.load("us-japan-hns")
    found = {d.year: d for d in departures(hns, as_of=TODAY) if d.agreement == 7}
    assert set(found) == set(range(2011, 2016))
    # The budgets that are known of the term differ from the level agreed.
    assert {y for y, d in found.items() if d.off} == {2011, 2012, 2015}


def test_the_page_shows_the_departures_there_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "costs.md").read_text(encoding="utf-8")
    for d in departures(SMA, as_of=TODAY):
        line = f"| {d.agreement} | {d.year} | "
        if d.off and d.published is not None and d.derived is not None and d.difference is not None:
            figures = f"{d.published / 1e6:.0f} | {d.derived / 1e6:.0f} | {d.difference / 1e6:.0f} |"
            assert line + figures in page
        else:
            assert line not in page
