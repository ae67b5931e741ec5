"""A case cut to what was public by a day. Everything the forecast uses of a case goes through `known`.

The rules, strict where it matters:

- An agreement's terms (span, length, first sum, rule of growth) are known once it was announced: by the day it was
  agreed, initialled or signed, or by a source's date that gives the sum. Its dates are known one by one as they pass.
- A yearly sum is known once its agreement is and its year has begun; the first year's with the agreement itself. What
  was paid or spent is known when the year is over. Versions the case does not work with are left out.
- A round is known once it has ended; one that has only begun is ongoing.
- A position is known once the day has passed and one of its sources was out: a demand told years later in a memoir
  is not known before the memoir.
- Terms of office are known from their first day; their end from their last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from burdenshare import edtf
from burdenshare.case import Agreement, Case, Office, PastPosition, PastRound, Payment, Person
from burdenshare.edtf import When

_DATES = ("agreed", "initialled", "signed", "ratified", "in_force", "talks_start")
_DEAL = ("agreed", "initialled", "signed")
_LATER = ("paid", "executed", "budgeted", "adjusted", "payable")  # bases that a year must have passed to have
_NOT_YET = ("forecast", "provisional")


def known(case: Case, as_of: date) -> Case:
    """The case as it was public on that day; facts of later days change nothing in it."""
    return replace(
        case,
        agreements=tuple(a for a in (_agreement(a, case, as_of) for a in case.agreements) if a is not None),
        payments=tuple(p for p in case.payments if _is_paid(p, case, as_of)),
        rounds=tuple(r for r in (_round(r, as_of) for r in case.rounds) if r is not None),
        positions=tuple(p for p in case.positions if _is_told(p, case, as_of)),
        people={key: _person(p, as_of) for key, p in case.people.items()},
        category_figures=(),
        yearly=(),
        sources={key: s for key, s in case.sources.items() if _out(s.published, as_of)},
        updated=None,
        extra={},
    )


def deal_day(agreement: Agreement, case: Case) -> date | None:
    """The day by which the negotiators had agreed: the first of agreed, initialled, signed; where the case does not
    say when it was agreed, the date of the first report that gives the sum, if that is earlier. None where unknown."""
    days = [w.latest for w in (getattr(agreement, name) for name in _DEAL) if w is not None and w.latest]
    if agreement.agreed is None:
        for version in agreement.versions:
            if version.field == "first_year" and version.used:
                days += _days(case, version.sources)
    return min(days, default=None)


def _days(case: Case, sources: Iterable[str]) -> list[date]:
    """The days by which the sources were out; those without a date are left out."""
    found = []
    for key in sources:
        published = case.sources[key].published if key in case.sources else ""
        when = edtf.parse(published) if published else None
        if when is not None and when.latest is not None:
            found.append(when.latest)
    return found


def _out(published: str, as_of: date) -> bool:
    when = edtf.parse(published) if published else None
    return when is not None and when.latest is not None and when.latest <= as_of


def _past(when: When | None, as_of: date) -> When | None:
    return when if when is not None and when.latest is not None and when.latest <= as_of else None


def _agreement(a: Agreement, case: Case, as_of: date) -> Agreement | None:
    dates: dict[str, Any] = {name: _past(getattr(a, name), as_of) for name in _DATES}
    deal = deal_day(a, case)
    if deal is not None and deal <= as_of:
        versions = tuple(v for v in a.versions if v.field == "first_year" and v.used)
        return replace(a, versions=versions, growth_words="", **dates)
    if deal is None and a.start is not None and a.start.latest is not None and a.start.latest <= as_of:
        return replace(a, versions=(), growth_words="", **dates)  # in force, though nobody noted when it was agreed
    if dates["talks_start"] is None:
        return None
    return Agreement(a.number, talks_start=dates["talks_start"])


def _is_paid(payment: Payment, case: Case, as_of: date) -> bool:
    if not payment.used or payment.basis in _NOT_YET:
        return False
    begins = date(payment.year, case.fiscal_year_starts, 1)
    if payment.basis in _LATER and payment.basis != "budgeted":
        return date(payment.year + 1, case.fiscal_year_starts, 1) <= as_of
    agreement = case.agreement(payment.agreement) if payment.agreement is not None else None
    deal = deal_day(agreement, case) if agreement is not None else None
    if deal is None:
        return begins <= as_of
    first = agreement.start.earliest.year if agreement and agreement.start and agreement.start.earliest else None
    return deal <= as_of and (begins <= as_of or payment.year == first)


def _round(r: PastRound, as_of: date) -> PastRound | None:
    if not r.used:
        return None
    start, end = _past(r.start, as_of), _past(r.end, as_of)
    if start is None and end is None:
        return None
    over = end is not None or (r.end is None and start is not None and start.is_day is False)
    return replace(
        r,
        start=start,
        end=end,
        outcome=r.outcome if over or (r.end is None and r.outcome != "deal") else "ongoing",
        heads={},
        note="",
        why="",
    )


def _is_told(position: PastPosition, case: Case, as_of: date) -> bool:
    if position.when.latest is None or position.when.latest > as_of:
        return False
    told = _days(case, position.sources)
    return not position.sources or (bool(told) and min(told) <= as_of)


def _person(person: Person, as_of: date) -> Person:
    def office(o: Office) -> Office:
        return replace(o, end=o.end if o.end is not None and o.end <= as_of else None, note="")

    return replace(person, offices=tuple(office(o) for o in person.offices if o.start is None or o.start <= as_of))
