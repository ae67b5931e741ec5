"""The case's own history as the checks look things up in it: payments with every version, rises, agreements, rounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from burdenshare.case import Agreement, Case
from burdenshare.case.model import PastRound, Payment
from burdenshare.dossier.checks.model import Held
from burdenshare.dossier.checks.wording import money, number
from burdenshare.money import Rate

# A report tells of a deal as news from when it is about to be struck to some weeks after it took effect.
_BEFORE_THE_DEAL = timedelta(days=21)
_AFTER_THE_DEAL = timedelta(days=45)
# Bases that look ahead, or were overtaken: they say nothing of what was paid in the end.
_NOT_PAID = frozenset({"forecast", "provisional"})
_SOURCES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A sourced sum for a year, whole units of `currency`. `converted`: a value in another currency, as put at the
    time.
    """

    year: int
    value: float
    currency: str
    basis: str
    used: bool
    converted: bool
    held: tuple[Held, ...]

    @property
    def words(self) -> str:
        """`1.0389 tn KRW agreed for 2019`."""
        put = ", as a source puts it" if self.converted else ""
        return f"{money(self.value, self.currency)} {self.basis} for {self.year}{put}"


@dataclass(frozen=True, slots=True)
class Rise:
    """How far a year's payment lies above the year before, in percent, in one version."""

    year: int
    percent: float
    words: str
    held: tuple[Held, ...]


class History:
    """Looks up a case's series. Nothing is worked out that the case does not give."""

    def __init__(self, case: Case, *, by: date | None = None) -> None:
        self.case = case if by is None else _as_known(case, by)
        case = self.case
        self._by_year: dict[int, list[Payment]] = {}
        for row in case.payments:
            self._by_year.setdefault(row.year, []).append(row)
        self._begun: dict[int, list[Agreement]] = {}
        for a in case.agreements:
            if a.start and a.start.earliest:
                self._begun.setdefault(a.start.earliest.year, []).append(a)
        self._figures: dict[int, tuple[Figure, ...]] = {}
        self._rises: dict[int, tuple[Rise, ...]] = {}

    def held(self, what: str, sources: Iterable[str]) -> tuple[Held, ...]:
        """What a figure was held to, once for each of its sources (the first few)."""
        out = []
        for id_ in dict.fromkeys(sources):
            s = self.case.sources.get(id_)
            out.append(Held(what, id_, s.outlet, s.title, s.url) if s else Held(what, id_))
        return tuple(out[:_SOURCES_SHOWN]) or (Held(what, "case", self.case.id),)

    # -- payments -----------------------------------------------------------------------------------------------

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years with a payment, in order."""
        paid = {y for y, rows in self._by_year.items() if any(r.used for r in rows)}
        return tuple(sorted(paid | {y for y in self._begun if self._first_sums(y)}))

    @property
    def first_year(self) -> int | None:
        """The first year with a payment."""
        return self.years[0] if self.years else None

    def figures(self, year: int) -> tuple[Figure, ...]:
        """Every sourced sum for a year, the one in use first; sums that only look ahead are left out."""
        if year not in self._figures:
            self._figures[year] = self._sums(year)
        return self._figures[year]

    def _sums(self, year: int) -> tuple[Figure, ...]:
        rows = sorted(self._by_year.get(year, ()), key=lambda r: not r.used)
        out: list[Figure] = []
        for r in rows:
            if r.basis in _NOT_PAID or r.amount.value is None:
                continue
            what = f"{money(r.amount.value, r.amount.currency)} {r.basis} for {year}"
            held = self.held(what, r.sources)
            out.append(Figure(year, r.amount.value, r.amount.currency, r.basis, r.used, False, held))
            for a in r.amount.also:
                if a.value is not None:
                    also = self.held(f"{what}, put at {money(a.value, a.currency)}", r.sources)
                    out.append(Figure(year, a.value, a.currency, r.basis, r.used, True, also))
        if not rows:
            out += self._first_sums(year)
        seen: dict[tuple[float, str], Figure] = {}
        for f in out:
            key = (f.value, f.currency)
            if key not in seen or (seen[key].converted and not f.converted):
                seen[key] = f
        return tuple(seen.values())

    def _first_sums(self, year: int) -> list[Figure]:
        """The first sums of the agreements that begin in a year, for a case that keeps no payments of it."""
        out = []
        for a in self._begun.get(year, ()):
            if a.first_year is not None and a.first_year.value is not None:
                what = f"{money(a.first_year.value, a.first_year.currency)} agreed for {year}"
                held = self.held(what, self.sources_of(a, "first_year"))
                out.append(Figure(year, a.first_year.value, a.first_year.currency, "agreed", True, False, held))
        return out

    def in_use(self, year: int) -> Figure | None:
        """The year's sum in the series the case uses."""
        return next((f for f in self.figures(year) if f.used and not f.converted), None)

    @cached_property
    def stated(self) -> tuple[Rate, ...]:
        """The rates that follow from sums the case gives in two currencies, by year."""
        out = []
        for year in sorted(self._by_year):
            for r in self._by_year[year]:
                for a in r.amount.also:
                    if r.used and a.value and r.amount.value:
                        how = f"as the sum for {year} was put"
                        base, quote = a.currency, r.amount.currency
                        source = r.sources[0] if r.sources else "case"
                        out.append(Rate(base, quote, r.amount.value / a.value, f"{year}", source, how))
        for f in self.case.yearly:
            quote, slash, base = f.unit.partition("/")
            if slash and f.value > 0:
                source = f.sources[0] if f.sources else "case"
                out.append(Rate(base, quote, f.value, f"{f.year}", source, f"rate of {f.year} stated in the case"))
        return tuple(out)

    # -- rises --------------------------------------------------------------------------------------------------

    def rises(self, year: int) -> tuple[Rise, ...]:
        """Every version of a year's rise on the year before: as reported, and from sums of one currency."""
        if year not in self._rises:
            self._rises[year] = tuple(self._work_out(year))
        return self._rises[year]

    def _work_out(self, year: int) -> list[Rise]:
        out = []
        for r in sorted(self._by_year.get(year, ()), key=lambda r: not r.used):
            if r.rise_percent is not None and r.basis not in _NOT_PAID:
                what = f"a change of {number(r.rise_percent, 4)} percent for {year}"
                out.append(Rise(year, r.rise_percent, f"{number(r.rise_percent, 4)} percent for {year}",
                                self.held(what, r.sources)))  # fmt: skip
        for a in self._begun.get(year, ()):
            for v in a.versions:
                if v.field == "first_year_change" and v.unit == "percent":
                    words = f"{number(float(v.value), 4)} percent for {year}"
                    out.append(Rise(year, float(v.value), words, self.held(f"a change of {words}", v.sources)))
        mine, before = self.figures(year), self.figures(year - 1)
        for now in mine:
            for then in before:
                if now.currency == then.currency and "derived" not in (now.basis, then.basis) and _of_series(now, then):
                    percent = 100 * (now.value / then.value - 1)
                    words = (
                        f"{number(percent, 3)} percent for {year}, from {money(then.value, then.currency)} "
                        f"to {money(now.value, now.currency)}"
                    )
                    out.append(Rise(year, percent, words, (*now.held, *then.held)))
        once: dict[float, Rise] = {}
        for rise in out:
            once.setdefault(round(rise.percent, 1), rise)
        return list(once.values())

    def span_known(self, first: int, last: int) -> bool:
        """True where the rises of every year from first to last are known."""
        return all(self.rises(y) for y in range(first, last + 1))

    # -- agreements and rounds ----------------------------------------------------------------------------------

    def told(self, first: date, last: date) -> list[Agreement]:
        """The agreements that a report of these days may tell of as news."""
        out = []
        for a in self.case.agreements:
            struck = [w.earliest for w in (a.agreed, a.initialled, a.signed) if w and w.earliest]
            done = [w.latest for w in (a.in_force, a.ratified, a.signed, a.initialled, a.agreed) if w and w.latest]
            if struck and done and min(struck) - _BEFORE_THE_DEAL <= last and first <= max(done) + _AFTER_THE_DEAL:
                out.append(a)
        return out

    def known_by(self, day: date | None) -> list[Agreement]:
        """The agreements struck by a day (all where it is not known)."""
        out = []
        for a in self.case.agreements:
            days = [w.earliest for w in (a.agreed, a.initialled, a.signed, a.start) if w and w.earliest]
            if days and (day is None or min(days) <= day + _BEFORE_THE_DEAL):
                out.append(a)
        return out

    def sources_of(self, agreement: Agreement, *fields: str) -> tuple[str, ...]:
        """The sources behind fields of an agreement that are in use."""
        return tuple(s for v in agreement.versions if v.field in fields and v.used for s in v.sources)

    def years_of(self, agreement: Agreement) -> range:
        """The years an agreement pays for."""
        first = agreement.start.earliest.year if agreement.start and agreement.start.earliest else None
        last = agreement.end.latest.year if agreement.end and agreement.end.latest else first
        if first is None or last is None:
            return range(0)
        if self.case.fiscal_year_starts != 1 and agreement.end and agreement.end.latest:
            last -= agreement.end.latest.month < self.case.fiscal_year_starts
        return range(first, last + 1)

    @cached_property
    def rounds(self) -> tuple[PastRound, ...]:
        """The numbered rounds in use that were held, by day."""
        held = [
            r for r in self.case.rounds
            if r.used and r.number is not None and r.outcome != "scheduled" and r.start and r.start.earliest
        ]  # fmt: skip
        return tuple(sorted(held, key=lambda r: (r.start.earliest if r.start else date.max, r.number or 0)))

    def rounds_of(self, agreement: int, by: date | None = None) -> list[PastRound]:
        """An agreement's rounds begun by a day; empty where their numbers have gaps, so that they cannot be counted."""
        mine = [r for r in self.rounds if r.agreement == agreement]
        if [r.number for r in mine] != list(range(1, len(mine) + 1)):
            return []
        return [r for r in mine if by is None or (r.start and r.start.earliest and r.start.earliest <= by)]

    def held_round(self, what: str, rounds: Sequence[PastRound]) -> tuple[Held, ...]:
        """A count of rounds with the sources of the last of them."""
        return self.held(what, (s for r in rounds[-1:] for s in r.sources))


def _as_known(case: Case, by: date) -> Case:
    """The case without what came after a day: agreements struck later and what they pay, later rounds and years."""
    later = set()
    for a in case.agreements:
        days = [w.earliest for w in (a.agreed, a.initialled, a.signed, a.start) if w and w.earliest]
        if days and min(days) > by:
            later.add(a.number)
    return replace(
        case,
        agreements=tuple(a for a in case.agreements if a.number not in later),
        payments=tuple(
            p for p in case.payments if p.agreement not in later and (p.agreement is not None or p.year <= by.year)
        ),
        rounds=tuple(r for r in case.rounds if not (r.start and r.start.earliest and r.start.earliest > by)),
        yearly=tuple(f for f in case.yearly if f.year <= by.year),
        category_figures=tuple(
            f for f in case.category_figures if not f.period[:4].isdigit() or int(f.period[:4]) <= by.year
        ),
    )


def _of_series(now: Figure, then: Figure) -> bool:
    """Whether two sums may be set against each other: both agreed (or the one in use), neither as put in another
    currency beside a sum in the host's own.
    """
    return all((f.used or f.basis == "agreed") and not f.converted for f in (now, then))
