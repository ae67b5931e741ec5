"""From a first-year sum, a rule and a term to the sum of each year, with its arithmetic in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from burdenshare.errors import MoneyError
from burdenshare.money.amount import Amount
from burdenshare.money.growth import GrowthError, Phase, Rule, Series, published
from burdenshare.money.words import percent_words, sum_words

MOST_YEARS = 100  # a longer term is a slip of the pen, and would cost time for nothing


@dataclass(frozen=True, slots=True)
class Year:
    """One year's sum, nominal, in whole units of its currency. `rise_percent` is on the year before, None in the first.

    `held` is True where a series ended before and its last figure was carried forward.
    """

    year: int
    amount: Amount
    rise_percent: float | None
    how: str
    held: bool = False


def project(
    first: Amount,
    *,
    year: int,
    years: int,
    rule: Rule | None = None,
    prices: Series | None = None,
    defence_budget: Series | None = None,
    unit: float = 1.0,
) -> tuple[Year, ...]:
    """The sums of `years` years from `year` on; the first one is `first`, unrounded.

    `prices` and `defence_budget` give the yearly rise (percent) that an indexed rule takes; each later sum is rounded
    to a multiple of `unit` (100 million won, say), and the next year builds on the rounded one, as agreements are
    carried out. A range stays a range. Without a rule the sum stays what it is. Raises MoneyError for a term that is no
    term, GrowthError where the rule needs a series that is not given, or says nothing on a year.
    """
    if not 1 <= years <= MOST_YEARS:
        raise MoneyError(f"a term of {years} years cannot be counted; give 1 to {MOST_YEARS}")
    out = [Year(year, replace(first, also=()), None, f"{sum_words(first)}, the sum of the first year")]
    table = rule.phase(year) if rule else None
    if table and table.kind == "table" and year in dict(table.table):
        out = [_from_table(out[0], table, year, unit)]
    for y in range(year + 1, year + years):
        out.append(_next(out[-1], y, rule, prices, defence_budget, unit))
    return tuple(out)


def _next(
    before: Year, year: int, rule: Rule | None, prices: Series | None, defence_budget: Series | None, unit: float
) -> Year:
    if rule is None:
        words = f"{sum_words(before.amount)}, unchanged: no rule of growth is known"
        return Year(year, before.amount, 0.0, words, before.held)
    phase = rule.phase(year)
    if phase is None:
        raise GrowthError(f"the rule ({rule.words()}) says nothing on {year}; add a phase for it, such as `frozen`")
    if phase.kind == "table":
        return _from_table(before, phase, year, unit)
    percent, held, words = _percent(phase, year, prices, defence_budget)
    amount = _grown(before.amount, percent, unit)
    how = f"{sum_words(before.amount)} of {before.year}, {percent_words(percent)}: {sum_words(amount)} ({words})"
    return Year(year, amount, percent, how, held or before.held)


def _percent(phase: Phase, year: int, prices: Series | None, defence_budget: Series | None) -> tuple[float, bool, str]:
    """The year's rise in percent, whether a figure was held, and where it is from."""
    if phase.kind == "frozen":
        return 0.0, False, "frozen"
    if phase.kind == "fixed":
        return phase.percent or 0.0, False, "set by the rule"
    series = prices if phase.kind == "cpi" else defence_budget
    if series is None:
        what = "consumer prices" if phase.kind == "cpi" else "a defence budget"
        raise GrowthError(f"the rule needs {what}, and no such series is known; state the rises, as in `fixed 3`")
    found = series(year - phase.lag)
    rate = published(found.percent) + phase.plus_percent
    words = found.how
    if phase.plus_percent:
        words += f", and {phase.plus_percent:g} on top"
    if phase.cap_percent is not None and rate > phase.cap_percent:
        return phase.cap_percent, found.held, f"{words}; capped at {phase.cap_percent:g}"
    return round(rate, 6), found.held, words


def _grown(amount: Amount, percent: float, unit: float) -> Amount:
    def grow(value: float) -> float:
        return rounded(value * (1 + percent / 100), unit)

    if amount.value is not None:
        return Amount(amount.currency, value=grow(amount.value), bound=amount.bound)
    return Amount(amount.currency, low=grow(amount.least), high=grow(amount.most), bound=amount.bound)


def _from_table(before: Year, phase: Phase, year: int, unit: float) -> Year:
    value = dict(phase.table).get(year)
    if value is None:
        raise GrowthError(f"the table of sums has none for {year}; add it, as in `table {year}=...`")
    amount = Amount(before.amount.currency, value=rounded(value, unit))
    rise = None
    if before.year != year and before.amount.value:
        rise = round((value / before.amount.value - 1) * 100, 1)
    return Year(year, amount, rise, f"{sum_words(amount)}, set by the table")


def rounded(value: float, unit: float) -> float:
    """The nearest multiple of `unit`, halves away from zero."""
    steps = value / unit
    # A sum such as 8695.5 units comes out as 8695.499999 in floating point; a millionth of a unit is no money.
    return float((1 if steps >= 0 else -1) * int(abs(steps) + 0.5 + 1e-6) * unit)
