"""What a lapse means month by month: the contribution that does not flow, wages, employees furloughed.

The pattern is the last lapse the case knows, told by these items of its `categories.csv`: `furlough-start` and
`furlough-end` (dates), `furloughed` (persons), and `labour` (a sum, for the share of wages). What bridged it stands
there as `labour-paid-by-PARTY-...`. The number of employees is the series `local-employees` of `yearly.csv`.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from burdenshare.case import CategoryFigure
from burdenshare.costs import categories
from burdenshare.costs.basis import Basis
from burdenshare.costs.model import Lapse, LapseMonth, Money
from burdenshare.errors import MoneyError
from burdenshare.money.words import value_words

MOST_MONTHS = 60
_FORESEEN = ("expected", "warned")  # figures of furloughs that were feared, not seen


@dataclass(frozen=True, slots=True)
class _Precedent:
    """The last lapse known: months and days from its start to the furlough and to its end, and who was furloughed."""

    to_furlough: tuple[int, int]
    to_end: tuple[int, int] | None
    furloughed: Money | None
    words: tuple[str, ...]


def lapse(basis: Basis, *, start: date | None = None, months: int) -> Lapse:
    """The months of a lapse that begins on `start`, by default the day after the agreement known to be in force ends.

    Raises MoneyError for a number of months that is none, and where the case knows no payment before the lapse.
    """
    if not 1 <= months <= MOST_MONTHS:
        raise MoneyError(f"a lapse of {months} months cannot be counted; give 1 to {MOST_MONTHS}")
    ends = [a.end.latest for a in basis.signed if a.end and a.end.latest]
    if start is None and not ends:
        raise MoneyError("the case knows no agreement that ends, so no lapse can begin; give its first day")
    first = start or max(ends) + timedelta(days=1)
    last = basis.last_paid(basis.year_of(first))
    if last is None:
        raise MoneyError(f"the case knows no payment before {first.isoformat()}, so nothing can be said to go unpaid")
    host = basis.case.host.currency
    yearly = Money.of(last.amount)
    how = f"a twelfth of {last.how}"
    if last.amount.currency != host:
        rate = basis.last_rate(last.amount.currency, host)
        yearly, how = yearly.times(rate.value), f"{how}, at {rate.how}"
    split, split_how, _ = categories.shares(basis)
    labour = split.get("labour")
    staff = basis.figure("local-employees", basis.year_of(first))
    precedent = _precedent(basis)
    rows = []
    for i in range(months):
        day = _month_after(first, i)
        until = _month_after(first, i + 1) - timedelta(days=1)
        rows.append(_month(day, until, first, yearly.times(1 / 12), how, labour, split_how, staff, precedent))
    return Lapse(first.isoformat(), host, tuple(rows), precedent.words if precedent else ())


def _month_after(first: date, months: int) -> date:
    index = first.month - 1 + months
    year, month = first.year + index // 12, index % 12 + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def _apart(first: date, last: date) -> tuple[int, int]:
    """Months and days from one day to a later one, so that a leap year moves nothing."""
    return (last.year - first.year) * 12 + last.month - first.month, last.day - first.day


def _after(first: date, apart: tuple[int, int]) -> date:
    return _month_after(first, apart[0]) + timedelta(days=apart[1])


def _month(
    day: date, until: date, first: date, due: Money, how: str, labour: float | None, split_how: str, staff: object,
    precedent: _Precedent | None,
) -> LapseMonth:  # fmt: skip
    lines = [f"unpaid: {how}"]
    wages = due.times(labour / 100) if labour is not None else None
    if wages is not None:
        lines.append(f"wages: {labour:.1f}% of it, by {split_how}")
    month = f"{day.year:04d}-{day.month:02d}"
    if precedent is None:
        lines.append("furlough: the case knows no lapse to go by")
        return LapseMonth(month, due, wages, None, None, tuple(lines))
    furlough = _after(first, precedent.to_furlough)
    out = max(0, (until - max(day, furlough)).days + 1)
    share = out / ((until - day).days + 1)
    if not out:
        lines.append(f"furlough: none yet; by the precedent it begins on {furlough.isoformat()}")
        return LapseMonth(month, due, wages, Money(0, 0, 0), Money(0, 0, 0) if wages else None, tuple(lines))
    furloughed = precedent.furloughed
    lost = None
    employees = getattr(staff, "value", None)
    if furloughed is not None and wages is not None and employees:
        lost = Money(*(w * f / employees * share for w, f in zip(_ends(wages), _ends(furloughed), strict=True)))
        lines.append(f"wages lost: the part of those furloughed among {employees:,.0f} employees, {out} days")
    if precedent.to_end is not None and until >= _after(first, precedent.to_end):
        bridged = _after(first, precedent.to_end).isoformat()
        lines.append(f"by the precedent a bridging arrangement ends the furlough by {bridged}; without one it goes on")
    return LapseMonth(month, due, wages, furloughed, lost, tuple(lines))


def _ends(money: Money) -> tuple[float, float, float]:
    return money.value, money.low, money.high


def _precedent(basis: Basis) -> _Precedent | None:
    """The last furlough begun by the day, against the end of the agreement that ran before it."""

    def dated(item: str) -> list[tuple[date, CategoryFigure]]:
        found = []
        for f in basis.case.category_figures:
            if f.item == item and f.unit == "date":
                day = date.fromisoformat(f.value)
                if day <= basis.as_of and basis.published(f.sources):
                    found.append((day, f))
        return sorted(found, key=lambda pair: pair[0])

    begun = dated("furlough-start")
    if not begun:
        return None
    start, figure = begun[-1]
    ended = [a.end.latest for a in basis.case.agreements if a.end and a.end.latest and a.end.latest < start]
    if not ended:
        return None
    gap = max(ended) + timedelta(days=1)
    over = next(((d, f) for d, f in dated("furlough-end") if d >= start), None)
    words = [f"no agreement from {gap.isoformat()}; furlough from {start.isoformat()} ({'; '.join(figure.sources)})"]
    numbers = [
        f for f in basis.case.category_figures
        if f.item == "furloughed" and f.period == str(start.year) and basis.published(f.sources)
        and not f.basis.startswith(_FORESEEN)
    ]  # fmt: skip
    furloughed = None
    if numbers:
        values = [float(f.value) for f in numbers]
        furloughed = Money(sum(values) / len(values), min(values), max(values))
        sources = "; ".join(dict.fromkeys(s for f in numbers for s in f.sources))
        words.append(f"furloughed: {min(values):,.0f} to {max(values):,.0f} ({sources})")
    if over:
        words.append(f"over by {over[0].isoformat()} ({'; '.join(over[1].sources)})")
    words += [_bridge_words(f, basis) for f in basis.case.category_figures if _bridges(f, start, basis)]
    return _Precedent(_apart(gap, start), _apart(gap, over[0]) if over else None, furloughed, tuple(words))


def _bridges(figure: CategoryFigure, start: date, basis: Basis) -> bool:
    bridging = figure.item.startswith("labour-paid-by-") and figure.period == str(start.year)
    return bridging and basis.published(figure.sources)


def _bridge_words(figure: CategoryFigure, basis: Basis) -> str:
    sum_ = value_words(float(figure.value), figure.unit)
    note = f", {figure.note}" if figure.note else ""
    return f"bridged by {figure.item.replace('-', ' ')}: {sum_}{note} ({'; '.join(figure.sources)})"


def words(found: Lapse) -> str:
    """One line on a lapse: what goes unpaid in all its months."""
    total = sum(m.unpaid.value for m in found.months)
    return f"{len(found.months)} months from {found.start}: {value_words(total, found.currency)} unpaid"
