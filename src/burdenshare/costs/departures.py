"""Whether the agreements that came true kept to their rule: the published sums against first sum and rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from burdenshare.case import Case
from burdenshare.costs.basis import Basis
from burdenshare.costs.position import NoFigureError, of_agreement
from burdenshare.errors import MoneyError


@dataclass(frozen=True, slots=True)
class Departure:
    """A year's published sum beside the one that follows from first sum and rule, in whole units of `currency`.

    `difference` is published less derived, None where there is no figure to compare; `why` says what stood in the way
    or how the derived sum was reached. `off` is True where they differ by more than half the unit of published sums.
    """

    agreement: int
    year: int
    currency: str
    published: float | None
    derived: float | None
    difference: float | None
    off: bool
    why: str


def departures(case: Case, *, as_of: date) -> tuple[Departure, ...]:
    """Every year of every agreement known by the day, in order; `off` marks those that depart from the rule."""
    basis = Basis(case, as_of)
    out: list[Departure] = []
    for a in basis.signed:
        try:
            position = of_agreement(a, basis)
        except NoFigureError as error:
            start = a.start.earliest.year if a.start and a.start.earliest else 0
            out.append(Departure(a.number, start, case.host.currency, None, None, None, False, str(error)))
            continue
        try:
            years = basis.project(position.amount, year=position.year, years=position.years, rule=position.rule)
        except MoneyError as error:
            code = position.amount.currency
            out.append(Departure(a.number, position.year, code, None, None, None, False, str(error)))
            continue
        countable = a.growth_rule is not None
        for y in years:
            figure = case.contribution(y.year)
            code = y.amount.currency
            derived = y.amount.least if countable or y.year == position.year else None
            published = figure.amount.least if figure and figure.amount.currency == code else None
            both = derived is not None and published is not None
            gap = (published or 0.0) - (derived or 0.0) if both else None
            off = gap is not None and abs(gap) > basis.unit(code) / 2
            why = y.how if derived is not None else "the case has no rule that can be counted with for this agreement"
            out.append(Departure(a.number, y.year, code, published, derived, gap, off, why))
    return tuple(out)
