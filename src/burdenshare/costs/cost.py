"""The cost of a position: year by year and in all, in the sides' currencies, at constant prices, by category."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from burdenshare.case import Case
from burdenshare.costs import categories as shares
from burdenshare.costs import lapses
from burdenshare.costs.basis import Basis
from burdenshare.costs.compare import against_in_force, against_position
from burdenshare.costs.model import Costing, CostYear, Money, Part, Position, Total
from burdenshare.money import NoIndexError, indices
from burdenshare.money.projection import Year


def cost(
    position: Position,
    case: Case,
    *,
    as_of: date,
    base_year: int | None = None,
    categories: Mapping[str, float] | None = None,
    against: Sequence[Position] = (),
    lapse_from: date | None = None,
    lapse_months: int = 0,
) -> Costing:
    """The costing of a position as known on a day. Pure; milliseconds once the rates are loaded.

    `real` is in the host's currency at the consumer prices of `base_year`, by default the year before the first one
    costed. `categories` gives shares in percent by category id, in place of those the case knows. `against` are
    positions to set it against, beside the agreement in force. With `lapse_months` the months of a lapse from
    `lapse_from` on (by default the day after the agreement in force ends) are worked out too. Raises
    UnknownCurrencyError or NoRateError where the sum cannot be put in the host's currency, NoIndexError where a given
    base year has no consumer prices, GrowthError where the rule lacks its series.
    """
    basis = Basis(case, as_of)
    host = case.host.currency
    base = base_year if base_year is not None else position.year - 1
    years = basis.project(position.amount, year=position.year, years=position.years, rule=position.rule)
    split, split_how, notes = shares.shares(basis, given=categories)
    deflate, price_note = _deflator(host, base, basis, given=base_year is not None)
    notes = [*notes, *([price_note] if price_note else [])]
    if any(y.held for y in years):
        notes.append("a figure past the end of its series is held at the last known one; the years' lines say which")
    costed = tuple(_year(y, basis, deflate, split) for y in years)
    return Costing(
        case=case.id,
        as_of=as_of.isoformat(),
        position=position,
        currency=host,
        base_year=base,
        years=costed,
        total=_total(costed, split),
        against=tuple(
            c
            for c in (
                against_in_force(costed, basis, position=position),
                *(against_position(costed, p, basis) for p in against),
            )
            if c is not None
        ),
        lapse=lapses.lapse(basis, start=lapse_from, months=lapse_months) if lapse_months else None,
        notes=tuple(notes),
        how={"categories": split_how, "position": "; ".join(position.how)},
    )


Deflator = Callable[[Money, int], tuple[Money, str]]


def _deflator(currency: str, base: int, basis: Basis, *, given: bool) -> tuple[Deflator | None, str]:
    """From a nominal sum of a year to one at base-year prices; or None and why there is none."""
    known_to = basis.as_of.year - 1
    try:
        indices.index(currency, base, base_year=base, known_to=known_to)
    except NoIndexError as error:
        if given:
            raise
        return None, f"no sums at constant prices: {error}"

    def deflate(money: Money, year: int) -> tuple[Money, str]:
        found = indices.real(1.0, currency, year=year, base_year=base, known_to=known_to)
        return money.times(found.value), found.how

    return deflate, ""


def _year(year: Year, basis: Basis, deflate: Deflator | None, split: Mapping[str, float]) -> CostYear:
    host, sender = basis.case.host.currency, basis.case.stationing.currency
    how = {"sum": year.how}
    money = Money.of(year.amount)
    sums: dict[str, Money] = {}
    for currency in dict.fromkeys((host, sender, year.amount.currency)):
        if currency == year.amount.currency:
            sums[currency] = money
            continue
        rate = basis.rate(year.amount.currency, currency, year.year)
        sums[currency] = money.times(rate.value)
        how[currency.lower()] = f"1 {rate.base} = {rate.value:.6g} {rate.quote}: {rate.how}"
    real = None
    if deflate is not None:
        real, how["real"] = deflate(sums[host], year.year)
    troops = basis.figure("troops", year.year)
    budget = basis.figure("defence-budget", year.year, unit=host)
    if troops:
        how["per_soldier"] = f"divided by {troops.how}"
    if budget:
        how["budget_share_percent"] = f"of the {budget.how}"
    return CostYear(
        year=year.year,
        sums=sums,
        real=real,
        by_category=_parts(sums, real, split),
        per_soldier=sums[host].times(1 / troops.value) if troops else None,
        budget_share_percent=sums[host].times(100 / budget.value) if budget else None,
        held=year.held,
        how=how,
    )


def _parts(sums: Mapping[str, Money], real: Money | None, split: Mapping[str, float]) -> dict[str, Part]:
    return {
        name: Part({c: m.times(percent / 100) for c, m in sums.items()}, real.times(percent / 100) if real else None)
        for name, percent in split.items()
    }


def _total(years: Sequence[CostYear], split: Mapping[str, float]) -> Total:
    sums = {c: _added([y.sums[c] for y in years]) for c in years[0].sums}
    reals = [y.real for y in years if y.real is not None]
    real = _added(reals) if len(reals) == len(years) else None
    return Total(sums, real, _parts(sums, real, split))


def _added(parts: Sequence[Money]) -> Money:
    out = parts[0]
    for part in parts[1:]:
        out = out.plus(part)
    return out
