"""What the case and the series on board knew on a day: rises, budgets, headcounts, rates, and the sum paid by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from burdenshare import edtf
from burdenshare.case import Agreement, Case, YearlyFigure
from burdenshare.errors import MoneyError
from burdenshare.money import Amount, NoRateError, Rate, Rise, indices, rates
from burdenshare.money.growth import GrowthError, Rule
from burdenshare.money.projection import Year, project
from burdenshare.money.words import sum_words

# Years. Agreements have followed one another within two, some paid for in arrears; a longer gap is the end of a series.
_LONGEST_GAP = 3
# Sums needed to tell the unit they are published in; two or three may be round by chance.
_SERIES = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A figure of a year and where it is from. `year` is the year the figure is of, which may be an earlier one."""

    value: float
    year: int
    unit: str
    source: str
    how: str


@dataclass(frozen=True)
class Basis:
    """A case as known on a day. Consumer prices of a year count as known once it is over, a budget once it begins."""

    case: Case
    as_of: date

    # -- years and agreements -----------------------------------------------------------------------------------

    def year_of(self, day: date) -> int:
        """The year of the case's figures that a day falls in; a fiscal year is named for the one it begins in."""
        return day.year if day.month >= self.case.fiscal_year_starts else day.year - 1

    def days_of(self, year: int) -> tuple[date, date]:
        """First and last day of a year of the case's figures."""
        month = self.case.fiscal_year_starts
        return date(year, month, 1), date(year + 1, month, 1) - timedelta(days=1)

    @cached_property
    def signed(self) -> tuple[Agreement, ...]:
        """The agreements known by the day: signed by then, or begun by then where the case has no day of signing."""
        out = []
        for a in self.case.agreements:
            when = a.signed or a.agreed or a.start
            if when is not None and when.latest is not None and when.latest <= self.as_of:
                out.append(a)
        return tuple(out)

    @property
    def next_year(self) -> int:
        """The first year that no agreement known by the day covers; next year where the last one ended long ago."""
        ends = [a.end.latest for a in self.signed if a.end and a.end.latest]
        free = self.year_of(max(ends) + timedelta(days=1)) if ends else None
        this = self.year_of(self.as_of)
        return this + 1 if free is None or this - free > _LONGEST_GAP else free

    def first_year(self, agreement: int | None) -> int:
        """The first year an agreement under negotiation pays for: the one after the agreement before it ends."""
        before = self.case.agreement(agreement - 1) if agreement is not None else None
        if before is not None and before.end and before.end.latest:
            return self.year_of(before.end.latest + timedelta(days=1))
        mine = self.case.agreement(agreement) if agreement is not None else None
        if mine is not None and mine.start and mine.start.earliest:
            return self.year_of(mine.start.earliest)
        return self.next_year

    # -- series -------------------------------------------------------------------------------------------------

    def _figures(self, series: str, *, unit: str | None = None) -> list[YearlyFigure]:
        return sorted(
            (f for f in self.case.yearly if f.series == series and (unit is None or f.unit == unit)),
            key=lambda f: f.year,
        )

    def prices(self, year: int) -> Rise:
        """The rise of consumer prices in the payer's currency. Raises NoIndexError where the series lacks it."""
        return indices.rise(self.case.host.currency, year, known_to=self.as_of.year - 1)

    def defence_budget_growth(self, year: int) -> Rise:
        """The growth of the payer's defence budget: as published, or worked out from the budgets.

        Past the last year known the last growth is held. Raises GrowthError where the case has neither.
        """
        last = self.year_of(self.as_of)
        given = {f.year: (f.value, "; ".join(f.sources)) for f in self._figures("defence-budget-growth")}
        budgets = {f.year: f for f in self._figures("defence-budget")}
        for y, f in budgets.items():
            if y not in given and y - 1 in budgets:
                given[y] = ((f.value / budgets[y - 1].value - 1) * 100, "; ".join(f.sources))
        known = [y for y in given if y <= last]
        if not known or year < min(known):
            span = f" before {min(known)}" if known else ""
            raise GrowthError(
                f"the case knows no growth of the defence budget{span}, and the rule needs that of {year}; "
                f"add it to yearly.csv, or state the rises, as in `fixed 3`"
            )
        at = max(y for y in known if y <= year)
        percent, source = given[at]
        words = f"the defence budget grew by {percent:.1f}% in {at}"
        if at == year:
            return Rise(year, percent, source, words)
        return Rise(year, percent, source, f"{words}, the last year known, held for {year}", held=True)

    def figure(self, series: str, year: int, *, unit: str | None = None) -> Known | None:
        """The series' figure of the year, or of the last year before it that was known by the day; None where none."""
        known = [f for f in self._figures(series, unit=unit) if f.year <= min(year, self.year_of(self.as_of))]
        if not known:
            return None
        f = known[-1]
        words = f"{series.replace('-', ' ')} of {f.year}: {f.value:,.0f} {f.unit} ({'; '.join(f.sources)})"
        if f.year != year:
            words += f", the last one known for {year}"
        return Known(f.value, f.year, f.unit, "; ".join(f.sources), words)

    def published(self, sources: Sequence[str]) -> bool:
        """Whether one of the sources was out by the day; sources without a date count as out."""
        days = []
        for source in sources:
            text = self.case.sources[source].published if source in self.case.sources else ""
            try:
                days.append(edtf.parse(text).latest if text else None)
            except ValueError:
                days.append(None)
        return not days or any(day is None or day <= self.as_of for day in days)

    # -- rates --------------------------------------------------------------------------------------------------

    @cached_property
    def stated(self) -> tuple[Rate, ...]:
        """The rates of exchange that the case states, each for its year."""
        out = []
        for f in self._figures("exchange-rate"):
            quote, base = f.unit.split("/")
            source = "; ".join(f.sources)
            out.append(
                Rate(base, quote, f.value, str(f.year), source, f"rate of {f.year} stated in the case ({source})")
            )
        return tuple(out)

    def rate(self, base: str, quote: str, year: int) -> Rate:
        """The rate for a year's payments: the average of a year that is over, else the last one before the day.

        Raises UnknownCurrencyError or NoRateError.
        """
        first, last = self.days_of(year)
        if last < self.as_of:
            return rates.average(base, quote, start=first, end=last, stated=self.stated)
        return self.last_rate(base, quote)

    def last_rate(self, base: str, quote: str) -> Rate:
        """The last rate published before the day. Raises UnknownCurrencyError or NoRateError."""
        try:
            return rates.published_before(base, quote, day=self.as_of, stated=self.stated)
        except NoRateError:
            end = rates.last_day(base, quote)
            if end is None or end >= self.as_of:
                raise
            found = rates.rate(base, quote, on=end, stated=self.stated)
            return Rate(base, quote, found.value, found.when, found.source, f"{found.how}, the last one on board")

    # -- what is paid -------------------------------------------------------------------------------------------

    def unit(self, currency: str) -> float:
        """The unit the sums of a series are published in: the largest power of ten that all of them are multiples of.

        Fewer than _SERIES sums in a currency are no series to tell it from; then it is 1.
        """
        sums = [p.amount.least for p in self.case.payments if p.used and p.amount.currency == currency]
        sums += [a.first_year.least for a in self.case.agreements if a.first_year and a.first_year.currency == currency]
        size = 1.0
        while len(sums) >= _SERIES and size < min(sums) and all(s % (size * 10) == 0 for s in sums):
            size *= 10
        return size

    def project(self, first: Amount, *, year: int, years: int, rule: Rule | None) -> tuple[Year, ...]:
        """The sums of a term, with the case's series and rounding. Raises as `money.projection.project` does."""
        return project(
            first, year=year, years=years, rule=rule, prices=self.prices,
            defence_budget=self.defence_budget_growth, unit=self.unit(first.currency),
        )  # fmt: skip

    def paid(self, year: int) -> Year | None:
        """The year's payment as known by the day; None where no agreement known by then covers it.

        From the case's series where it has the year, else from the agreement's first sum and rule.
        """
        agreement = next((a for a in reversed(self.signed) if self._covers(a, year)), None)
        figure = self.case.contribution(year)
        if figure is not None and (agreement is None or figure.agreement in (None, agreement.number)):
            known = figure.agreement is None or any(a.number == figure.agreement for a in self.signed)
            if known and year <= self.year_of(self.as_of):
                source = "; ".join(figure.sources)
                words = f"{sum_words(figure.amount)}, the payment of {year} in the case ({figure.basis}; {source})"
                return Year(year, figure.amount, figure.rise_percent, words)
        if agreement is None or agreement.first_year is None or not agreement.start or not agreement.start.earliest:
            return None
        first = self.year_of(agreement.start.earliest)
        try:
            found = self.project(agreement.first_year, year=first, years=year - first + 1, rule=agreement.growth_rule)
        except MoneyError:
            return None
        return found[-1]

    def _covers(self, agreement: Agreement, year: int) -> bool:
        start, end = agreement.start, agreement.end
        if start is None or start.earliest is None or end is None or end.latest is None:
            return False
        return self.year_of(start.earliest) <= year <= self.year_of(end.latest)

    def last_paid(self, before: int) -> Year | None:
        """The payment of the last year before `before` that is known by the day."""
        starts = [self.year_of(a.start.earliest) for a in self.signed if a.start and a.start.earliest]
        first = min([*(p.year for p in self.case.payments if p.used), *starts], default=before)
        return next((found for y in range(before - 1, first - 1, -1) if (found := self.paid(y))), None)
