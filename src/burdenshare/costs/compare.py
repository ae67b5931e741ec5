"""A costing set against what is paid today and against another position, in the host's currency."""

from __future__ import annotations

from collections.abc import Sequence

from burdenshare.costs.basis import Basis
from burdenshare.costs.model import Comparison, CostYear, Money, Position
from burdenshare.money.words import sum_words


def against_in_force(years: Sequence[CostYear], basis: Basis, *, position: Position) -> Comparison | None:
    """Against the payments of the agreements known by the day; after the last one the last payment carried on.

    None where the case knows no payment before the first year.
    """
    host = basis.case.host.currency
    last = basis.last_paid(position.year)
    if last is None:
        return None
    paid: dict[int, Money] = {}
    covered = []
    for y in years:
        found = (
            basis.paid(y.year) if position.agreement is None or _is_older(basis, y.year, position.agreement) else None
        )
        covered += [y.year] if found else []
        amount = (found or last).amount
        money = Money.of(amount)
        paid[y.year] = (
            money if amount.currency == host else money.times(basis.rate(amount.currency, host, y.year).value)
        )
    how = f"the payment of {last.year}, {sum_words(last.amount)}, carried on"
    if covered:
        how = f"the agreement in force for {covered[0]} to {covered[-1]}" + (
            f"; after that {how}" if len(covered) < len(years) else ""
        )
    return _compared("in force", years, paid, how, host)


def _is_older(basis: Basis, year: int, agreement: int) -> bool:
    figure = basis.case.contribution(year)
    return figure is not None and figure.agreement is not None and figure.agreement < agreement


def against_position(years: Sequence[CostYear], other: Position, basis: Basis) -> Comparison:
    """Against another position over the same years; its own first sum and rule run from the first year of these."""
    host = basis.case.host.currency
    first = years[0].year
    found = basis.project(other.amount, year=first, years=len(years), rule=other.rule)
    sums: dict[int, Money] = {}
    for y in found:
        rate = basis.rate(y.amount.currency, host, y.year)
        sums[y.year] = Money.of(y.amount).times(rate.value)
    return _compared(other.label, years, sums, f"{other.label}: {sum_words(other.amount)} in {first}", host)


def _compared(label: str, years: Sequence[CostYear], other: dict[int, Money], how: str, host: str) -> Comparison:
    by_year = {y.year: y.sums[host].less(other[y.year]) for y in years}
    mine, theirs = Money(0, 0, 0), Money(0, 0, 0)
    for y in years:
        mine, theirs = mine.plus(y.sums[host]), theirs.plus(other[y.year])
    multiple = None
    if theirs.low > 0:
        multiple = Money(mine.value / theirs.value, mine.low / theirs.high, mine.high / theirs.low)
    return Comparison(label, by_year, mine.less(theirs), multiple, how)
