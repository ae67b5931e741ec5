"""A position made whole: what a claim, a stand of the dossier or an agreement leaves open is filled in, and said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from burdenshare.case import Agreement
from burdenshare.costs.basis import Basis
from burdenshare.costs.model import Position
from burdenshare.errors import MoneyError
from burdenshare.money import Amount, Change, Growth, GrowthError, Range, Rule, growth
from burdenshare.money.projection import rounded
from burdenshare.money.words import sum_words

# Years counted where the words give no term. Talks of this kind settle on one to six; five is the commonest since 2009.
YEARS = 5
_TERM = re.compile(r"(\d{1,2}(?:\.\d)?) years")


class NoFigureError(MoneyError):
    """The words name no sum, change or rule that could be costed: says what is missing."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the words give; everything may be missing but a sum or a change."""

    label: str
    amount: Amount | None = None
    per: str | None = None
    change: Change | None = None
    growth: Growth | Rule | None = None
    years: float | Range | None = None
    year: int | None = None
    lag: int | None = None
    side: str | None = None
    act: str | None = None
    agreement: int | None = None
    words: str = ""
    support: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()  # figures in the words that nothing uses


@dataclass(frozen=True, slots=True)
class Terms:
    """What the asker sets, whatever the words say: the first year, the term in years, the rule of growth."""

    year: int | None = None
    years: int | None = None
    rule: Rule | None = None


AS_WORDED = Terms()


def complete(given: Given, basis: Basis, *, terms: Terms = AS_WORDED) -> Position:
    """The position, with what was left open filled in and named in `how`.

    The first year is the one named, else the one after the agreement in force ends; a change is counted from the last
    payment before it; a sum for several years is spread evenly; the term is YEARS where none is given. Raises
    NoFigureError where there is neither a sum nor a change, and as the rules of growth do.
    """
    given = replace(
        given, year=terms.year or given.year, years=terms.years or given.years, growth=terms.rule or given.growth
    )
    how: list[str] = []
    year = given.year or basis.first_year(given.agreement)
    how.append(
        f"first year {year}: " + ("as given" if given.year else "the first that no agreement known by the day covers")
    )
    amount, per_how, term = _yearly(given.amount, given.per)
    if amount is None:
        amount, per_how = _changed(given, year, basis)
    how.append(f"first sum: {per_how}")
    years, years_how = _years(given.years if given.years is not None else term)
    how.append(f"term: {years_how}")
    rule, rule_how = _rule(given, basis)
    how.append(f"growth: {rule_how}")
    if given.aside:
        how.append(f"left aside, for it is not clear what they are of: {', '.join(given.aside)}")
    return Position(
        given.label, replace(amount, also=()), year, years, rule, given.side, given.act, given.agreement, given.words,
        given.support, tuple(how),
    )  # fmt: skip


def _yearly(amount: Amount | None, per: str | None) -> tuple[Amount | None, str, float | None]:
    """The sum per year, how it was reached, and the term where the sum was for one."""
    if amount is None:
        return None, "", None
    words = sum_words(amount)
    if per == "month":
        return _times(amount, 12), f"{words} a month, times 12", None
    term = _TERM.fullmatch(per or "")
    if term:
        years = float(term[1])
        return _times(amount, 1 / years), f"{words} for {years:g} years in all, spread evenly", years
    return amount, f"{words} a year" + ("" if per == "year" else ", taken as a yearly sum"), None


def _times(amount: Amount, factor: float) -> Amount:
    if amount.value is not None:
        return Amount(amount.currency, value=amount.value * factor, bound=amount.bound)
    return Amount(amount.currency, low=amount.least * factor, high=amount.most * factor, bound=amount.bound)


def _changed(given: Given, year: int, basis: Basis) -> tuple[Amount, str]:
    """The first sum from a change against the last payment before it."""
    change = given.change
    if change is None and given.growth is None:
        raise NoFigureError(
            "no sum and no change is named, so there is nothing to cost; "
            "write one, such as 5 billion dollars a year, or a 13% rise"
        )
    base = basis.last_paid(year)
    if base is None:
        raise NoFigureError(
            f"{given.label!r} is counted from what is paid now, and the case knows no payment before {year}; "
            f"write the sum itself, or add the payment to payments.csv"
        )
    if change is None:
        rule, _ = _rule(given, basis)
        before = replace(base.amount, also=())
        found = basis.project(before, year=base.year, years=year - base.year + 1, rule=rule)[-1]
        return found.amount, f"{found.how}, counted from {base.how}"
    low, high, words = _factors(change, base.amount)
    bound = change.bound or "exact"
    least, most = base.amount.least * low, base.amount.most * high
    unit = basis.unit(base.amount.currency)
    if least == most:
        amount = Amount(base.amount.currency, value=rounded(least, unit), bound=bound)
    else:
        low_, high_ = sorted((rounded(least, unit), rounded(most, unit)))
        amount = Amount(base.amount.currency, low=low_, high=high_, bound=bound)
    return amount, f"{sum_words(amount)}: {words} {base.how}"


def _ends(value: float | Range) -> tuple[float, float]:
    return (value.low, value.high) if isinstance(value, Range) else (value, value)


def _factors(change: Change, base: Amount) -> tuple[float, float, str]:
    """What the base is multiplied by, at least and at most, and the words for it."""
    if change.percent is not None:
        low, high = _ends(change.percent)
        words = f"{low:+g}%" if low == high else f"{low:+g}% to {high:+g}%"
        return 1 + low / 100, 1 + high / 100, f"{words} on"
    if change.multiple is not None:
        low, high = _ends(change.multiple)
        if low < 0:
            raise NoFigureError(f"a multiple of {low:g} is no sum; write the cut in percent")
        return low, high, (f"{low:g} times" if low == high else f"{low:g} to {high:g} times")
    amount = change.amount
    if amount is None:
        raise NoFigureError("the change has no figure; write it in percent, as a multiple or as a sum")
    if amount.currency != base.currency:
        raise NoFigureError(
            f"a change in {amount.currency} cannot be added to a payment in {base.currency}; "
            f"write the change in {base.currency}, or the whole sum"
        )
    low, high = 1 + amount.least / base.least, 1 + amount.most / base.most
    return low, high, f"{sum_words(amount)} more than"


def _years(value: float | Range | None) -> tuple[int, str]:
    if value is None:
        return YEARS, f"{YEARS} years, for none is given"
    low, high = _ends(value)
    years = max(1, round(high))
    if low != high:
        return years, f"{years} years, the longer end of {low:g} to {high:g}"
    return years, f"{years} year{'s' if years > 1 else ''}, as given"


def _rule(given: Given, basis: Basis) -> tuple[Rule | None, str]:
    found = given.growth
    if found is None:
        return None, "none is known, so the sum stays what it is"
    if isinstance(found, Rule):
        return found, found.words()
    lag, lag_how = given.lag, ""
    if lag is None and found.rule in ("cpi", "defence-budget"):
        lag, lag_how = usual_lag(found.rule, basis)
    try:
        rule = growth.from_growth(found, lag=lag)
    except GrowthError as error:
        return None, f"{error}; the sum stays what it is"
    return rule, rule.words() + lag_how


def usual_lag(kind: str, basis: Basis) -> tuple[int, str]:
    """How many years back the last agreement known with a rule of the kind looks, and the words for it; else one."""
    for a in reversed(basis.signed):
        for phase in a.growth_rule.phases if a.growth_rule else ():
            if phase.kind == kind:
                return phase.lag, f" (the lag as in agreement {a.number})"
    return 1, " (a lag of one year, for none is given)"


# -- from what is known -----------------------------------------------------------------------------------------


def of_claim(claim: Any, basis: Basis, *, label: str = "", terms: Terms = AS_WORDED) -> Position:
    """The position a claim puts: of kind position, settlement or contribution. Raises NoFigureError for others."""
    if claim.kind not in ("position", "settlement", "contribution", "cost"):
        raise NoFigureError(
            f"claim {claim.id} is of kind {claim.kind}, which puts no sum; give one of kind position or settlement"
        )

    def field(name: str) -> Any:
        return getattr(claim, name, None)

    given = Given(
        label or " ".join(claim.quote.split()), field("amount"), field("per"), field("change"), field("growth"),
        field("years"), field("year"), None, field("side"), field("act"), claim.agreement, claim.quote, (claim.id,),
    )  # fmt: skip
    return complete(given, basis, terms=terms)


def of_item(item: Any, basis: Basis, *, label: str, terms: Terms = AS_WORDED) -> Position:
    """The position that a stand or a deal of the dossier stands for. Raises NoFigureError where it has no figure."""

    def field(name: str) -> Any:
        return getattr(item, name, None)

    given = Given(
        label, item.amount, item.per, item.change, item.growth, item.years, field("year"), None, field("side"),
        field("act"), item.agreement, "", item.support,
    )  # fmt: skip
    return complete(given, basis, terms=terms)


def of_agreement(agreement: Agreement, basis: Basis) -> Position:
    """An agreement of the case as a position. Raises NoFigureError where the case lacks its first sum or its years."""
    if agreement.first_year is None or not agreement.start or not agreement.start.earliest or not agreement.years:
        raise NoFigureError(f"the case has no first sum, start or term of agreement {agreement.number}")
    year = basis.year_of(agreement.start.earliest)
    rule = agreement.growth_rule
    how = (f"agreement {agreement.number} of the case", f"growth: {rule.words() if rule else 'no rule to count with'}")
    return Position(
        f"agreement {agreement.number}", replace(agreement.first_year, also=()), year, agreement.years, rule,
        agreement=agreement.number, how=how,
    )  # fmt: skip
