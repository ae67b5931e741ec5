"""The past agreements of a case as the forecast learns from them. Takes a case already cut by `known`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from burdenshare.case import Agreement, Case, PastRound, Payment
from burdenshare.outlook.known import deal_day


@dataclass(frozen=True, slots=True)
class Past:
    """One past agreement. `rise` is of the first year it newly set, in log points of the last sum before it."""

    number: int
    case: str
    deal: date | None
    expiry: date | None  # of the agreement before it
    start: date | None  # of the talks
    rise: float | None
    years: int | None
    ratified: date | None

    @property
    def in_time(self) -> bool | None:
        """True where the deal was made by the expiry of the one before; None where that is not known."""
        return self.deal <= self.expiry if self.deal and self.expiry else None


def past(case: Case) -> tuple[Past, ...]:
    """The agreements made, in their order."""
    found = []
    for a in case.agreements:
        deal = deal_day(a, case)
        if deal is None and a.start is None:
            continue
        found.append(
            Past(
                a.number, case.id, deal, expiry_before(case, a.number), talks_start(case, a.number),
                first_rise(case, a), a.years, a.ratified.latest if a.ratified else None,
            )
        )  # fmt: skip
    return tuple(found)


def expiry_before(case: Case, number: int) -> date | None:
    """The last day of the agreement before this one, or None where the case does not know it."""
    before = case.agreement(number - 1)
    return before.end.latest if before is not None and before.end is not None else None


def talks_start(case: Case, number: int) -> date | None:
    """The first day of the talks: of the first round, or what the case gives."""
    a = case.agreement(number)
    given = a.talks_start.latest if a is not None and a.talks_start is not None else None
    rounds = [d for r in rounds_of(case, number) if (r.number or 0) == 1 and (d := _first_day(r))]
    return min([d for d in (given, *rounds) if d], default=None)


def rounds_of(case: Case, number: int) -> tuple[PastRound, ...]:
    """The rounds of the talks on this agreement that were held."""
    return tuple(r for r in case.rounds if r.agreement == number and r.used and r.outcome != "scheduled")


def round_days(case: Case, number: int) -> tuple[date, ...]:
    """The last known day of each round whose date is known to within a month, in order."""
    days = []
    for r in rounds_of(case, number):
        when = r.end or r.start
        if when is None or when.earliest is None or when.latest is None:
            continue
        if (when.latest - when.earliest).days <= 31:
            days.append(when.latest)
    return tuple(sorted(days))


def _first_day(r: PastRound) -> date | None:
    return r.start.latest if r.start is not None else (r.end.latest if r.end is not None else None)


def first_new_year(agreement: Agreement, case: Case) -> int | None:
    """The first year whose sum the agreement newly sets: the first that was not yet over when it was made.

    Where talks drag on past the first year of the new term, that year has been paid at the old sum (no other is in
    force), and the rise that was bargained over is that of the next one.
    """
    if agreement.start is None or agreement.start.earliest is None:
        return None
    year, deal = agreement.start.earliest.year, deal_day(agreement, case)
    while deal is not None and date(year + 1, case.fiscal_year_starts, 1) <= deal:
        year += 1
    return year


def first_rise(case: Case, agreement: Agreement, *, to_the_letter: bool = False) -> float | None:
    """The rise of the first new year in log points: log(sum / last sum before the agreement).

    Where the case gives a reported percentage it is used (the sums may stand in different currencies), else it is
    worked out from sums of one currency. `to_the_letter` takes the first year of the term, whatever was paid by then.
    """
    year = first_new_year(agreement, case)
    if to_the_letter and agreement.start is not None and agreement.start.earliest is not None:
        year = agreement.start.earliest.year
    payment = case.contribution(year) if year is not None else None
    if payment is None or year is None:
        return None
    if payment.rise_percent is not None:
        return math.log1p(payment.rise_percent / 100)
    before = max((p for p in case.payments if p.used and p.year < year), key=lambda p: p.year, default=None)
    if before is None or before.year < year - 2 or before.amount.currency != payment.amount.currency:
        return None
    return math.log(payment.amount.most / before.amount.most)


@dataclass(frozen=True, slots=True)
class Base:
    """The sum that a rise is counted from: `amount` of `year`, in whole units of `currency` a year.

    `missing` years lie between it and the last year of the old agreement; they are expected to grow by `growth` a
    year (log points) give or take `spread`.
    """

    amount: float
    currency: str
    year: int
    missing: int = 0
    growth: float = 0.0
    spread: float = 0.0

    @property
    def expected(self) -> float:
        """The sum expected for the last year before the new term."""
        return self.amount * math.exp(self.missing * self.growth)


def base(case: Case, number: int) -> Base | None:
    """The last known yearly sum under the agreement before `number`, or None where the case knows none."""
    series = sorted((p for p in case.payments if p.used and (p.agreement or 0) < number), key=lambda p: p.year)
    if not series:
        return None
    last = series[-1]
    last_made = case.agreement(last.agreement) if last.agreement is not None else None
    settled = first_new_year(last_made, case) if last_made is not None else None
    growths = _growths([p for p in series if p.agreement == last.agreement and p.year >= (settled or p.year)])
    expiry = expiry_before(case, number)
    missing = 0
    if expiry is not None:
        final = expiry.year if expiry.month >= case.fiscal_year_starts else expiry.year - 1
        missing = max(0, final - last.year)
    mean = sum(growths) / len(growths) if growths else 0.0
    spread = (sum((g - mean) ** 2 for g in growths) / len(growths)) ** 0.5 if len(growths) > 1 else 0.02
    return Base(last.amount.most, last.amount.currency, last.year, missing, mean, spread)


def _growths(payments: list[Payment]) -> list[float]:
    out = []
    for a, b in pairwise(payments):
        if a.amount.currency == b.amount.currency and b.year == a.year + 1:
            out.append(math.log(b.amount.most / a.amount.most))
    return out
