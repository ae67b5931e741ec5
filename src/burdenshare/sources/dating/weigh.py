"""The day a report came out, or as narrow a span as the evidence allows, and how it is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from burdenshare import edtf
from burdenshare.case.model import Case
from burdenshare.sources.dating.calendar import (
    from_acts,
    from_appointments,
    from_effect,
    from_numbers,
    from_rounds,
    from_terms,
    from_year_ends,
)
from burdenshare.sources.dating.days import ALL, EARLIEST, LATEST, Days, Evidence, intersect, only_weekdays, until
from burdenshare.sources.dating.mentions import Sentence, sentences
from burdenshare.sources.dating.offices import from_offices
from burdenshare.sources.dating.stated import from_address, from_dateline, from_lines, from_weekdays
from burdenshare.sources.dating.wording import from_days, from_season, from_years
from burdenshare.sources.document import Published
from burdenshare.sources.stretches import Layout

# A span wider than this says too little to be called a date (days), and one up to this is given by its days.
WIDEST, SHORT = 6 * 366, 10
# Days between the dateline's day and the one a page is filed under.
CLOCKS = 2
# Pieces of evidence that decide; more are not looked at, whatever the length of the text.
MOST = 400
_CASE_RULES = (
    from_offices, from_terms, from_numbers, from_rounds,
    from_effect, from_appointments, from_acts, from_year_ends,
)  # fmt: skip
UNKNOWN = Published(None, "unknown")


def _evidence(found: Layout, report: list[Sentence], url: str, case: Case | None) -> Iterator[Evidence]:
    yield from from_lines(found)
    yield from from_dateline(found)
    if url:
        yield from from_address(url)
    yield from from_days(report)
    yield from from_years(report)
    yield from from_season(report)
    if case is not None:
        for rule in _CASE_RULES:
            yield from rule(report, case)


def _stated(found: Layout, url: str) -> Evidence | None:
    """The heaviest evidence that states one day, where there is some."""
    given = [*from_lines(found), *from_dateline(found), *(from_address(url) if url else ())]
    days = [e for e in given if len(e.days) == 1 and e.days[0][0] == e.days[0][1]]
    return max(days, key=lambda e: e.weight, default=None)


def _expression(days: Days) -> str:
    first, last = date.fromordinal(days[0][0]), date.fromordinal(days[-1][1])
    if (last - first).days < SHORT:
        return edtf.span(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return edtf.month(first.year, first.month)
    whole_year = first.year == last.year and (first.month, last.month) == (1, 12)
    return (
        f"{first.year:04d}"
        if whole_year
        else f"{edtf.month(first.year, first.month)}/{edtf.month(last.year, last.month)}"
    )


def _weigh(evidence: list[Evidence], start: Days) -> tuple[Days, list[Evidence], list[Evidence]]:
    """What is left of the days, the evidence that narrowed them and the evidence that did not fit."""
    left = start
    used: list[Evidence] = []
    dropped: list[Evidence] = []
    for e in sorted(evidence, key=lambda e: -e.weight):
        if e.weight == 1 and sum(b - a + 1 for a, b in left) > WIDEST:
            continue  # the newest year named decides only where the days are few already
        both = intersect(left, e.days)
        if not both:
            dropped.append(e)
        elif both != left:
            left = both
            used.append(e)
    return left, used, dropped


def published_of(found: Layout, *, url: str = "", case: Case | None = None, received: date | None = None) -> Published:
    """When the report came out, from its own words, its address and the case. `received` bounds it from above."""
    stated = _stated(found, url)
    if stated is not None:
        day = date.fromordinal(stated.days[0][0])
        if stated.basis == "metadata":  # pages of agencies are filed by another clock than their datelines
            near = ((day.toordinal() - CLOCKS, day.toordinal() + CLOCKS),)
            for line in from_dateline(found):
                if both := intersect(line.days, near):
                    named = date.fromordinal(both[0][0])
                    return Published(edtf.parse(named.isoformat()), "dateline", (line.because, stated.because))
        return Published(edtf.parse(day.isoformat()), stated.basis, (stated.because,))
    start = intersect(ALL, until(received)) if received else ALL
    report = sentences(found)[:MOST]
    evidence = list(_evidence(found, report, url, case))
    left, used, dropped = _weigh(evidence, start)
    if not used:
        return UNKNOWN
    how = [e.because for e in used]
    week = from_weekdays(report)
    if week and 1 < sum(b - a + 1 for a, b in left) <= WIDEST and len(left) > 1:
        kept = only_weekdays(left, frozenset({week.likely})) or only_weekdays(left, week.allowed)
        if kept and kept != left:
            left = kept
            how.append(week.because)
            left, more, late = _weigh(dropped + [e for e in evidence if e.weight == 1], left)
            how += [e.because for e in more]
            dropped = late
    how += [f"Left aside, as it does not fit: {e.because}" for e in dropped if e.weight > 1]
    first, last = left[0][0], left[-1][1]
    if first == last:
        return Published(edtf.parse(date.fromordinal(first).isoformat()), "worked-out", tuple(how))
    if first <= EARLIEST.toordinal() or last >= LATEST.toordinal() - 400 or last - first > WIDEST:
        return Published(None, "unknown", tuple(how))
    return Published(edtf.parse(_expression(left)), "narrowed", tuple(how))
