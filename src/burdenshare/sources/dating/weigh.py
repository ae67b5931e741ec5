"""The day a report came out, or as narrow a span as the evidence allows, and how it is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from burdenshare import edtf
from burdenshare.case.model import Case
from burdenshare.sources.dating.calendar import (
    from_acts,
    from_appointments,
    from_effect,
    from_lapsed,
    from_months,
    from_numbers,
    from_payments,
    from_rounds,
    from_terms,
    from_year_ends,
)
from burdenshare.sources.dating.days import (
    ALL,
    EARLIEST,
    LATEST,
    Days,
    Evidence,
    Weekdays,
    intersect,
    only_weekdays,
    until,
)
from burdenshare.sources.dating.korean import from_korean, from_korean_case
from burdenshare.sources.dating.mentions import Sentence, sentences
from burdenshare.sources.dating.offices import from_offices
from burdenshare.sources.dating.stamps import PREFERRED, RANKS, from_lines, from_masthead
from burdenshare.sources.dating.stated import from_address, from_dateline, from_weekday_of, from_weekdays
from burdenshare.sources.dating.wording import from_days, from_season, from_years
from burdenshare.sources.document import Published
from burdenshare.sources.stretches import RECENT, Layout

# A span wider than this says too little to be called a date (days), and one up to this is given by its days.
WIDEST, SHORT = 6 * 366, 10
# Days between the dateline's day and the one a page is filed under.
CLOCKS = 2
# Separate days from which a day is one of every year.
WEEKS = 20
# Pieces of evidence that decide; more are not looked at, whatever the length of the text.
MOST = 400
_CASE_RULES = (
    from_offices, from_terms, from_numbers, from_rounds,
    from_effect, from_appointments, from_acts, from_year_ends, from_lapsed, from_payments, from_months,
    from_korean_case,
)  # fmt: skip
UNKNOWN = Published(None, "unknown")


@lru_cache(maxsize=RECENT)
def _stamped(found: Layout) -> list[Evidence]:
    """What lines and the dateline say of the day."""
    dateline = [*from_dateline(found)]
    return [*from_lines(found), *dateline, *(() if dateline else from_masthead(found))]


@lru_cache(maxsize=RECENT)
def _told(found: Layout) -> tuple[list[Sentence], Weekdays | None, list[Evidence]]:
    """What the report says by itself: its sentences, the weekdays it runs up to, what its wording allows."""
    report = sentences(found)[:MOST]
    return report, from_weekdays(report), [*_wording(report)]


def _wording(report: list[Sentence]) -> Iterator[Evidence]:
    yield from from_days(report)
    yield from from_years(report)
    yield from from_season(report)
    yield from from_korean(report)


def _stated(outright: list[Evidence]) -> Evidence | None:
    """The heaviest evidence that states one day, where there is some."""
    days = [e for e in outright if len(e.days) == 1 and e.days[0][0] == e.days[0][1] and e.weight > PREFERRED]
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
    outright = [*_stamped(found), *(from_address(url) if url else ())]
    stated = _stated(outright)
    if stated is not None:
        return _as_stated(stated, outright)
    start = intersect(ALL, until(received)) if received else ALL
    report, week, wording = _told(found)
    evidence = outright + wording
    if case is not None:
        evidence += [e for rule in _CASE_RULES for e in rule(report, case)]
    if week:
        evidence += [v for e in outright if len(e.days) > WEEKS for v in from_weekday_of(e, week)]
    left, used, dropped = _weigh(evidence, start)
    if not used:
        return UNKNOWN
    how = [e.because for e in used]
    size = sum(b - a + 1 for a, b in left)
    if week and 1 < size <= WIDEST and (len(left) > 1 or size <= SHORT):
        either = only_weekdays(left, week.allowed)
        kept = either if len(left) == 1 else only_weekdays(left, frozenset({week.likely})) or either
        if kept and kept != left:
            left = kept
            how.append(week.because)
            left, more, late = _weigh(dropped + [e for e in evidence if e.weight == 1], left)
            how += [e.because for e in more]
            used += more
            dropped = late
    how += [f"Left aside, as it does not fit: {e.because}" for e in dropped if e.weight > 1]
    return _published(left, used, tuple(dict.fromkeys(how)))


def _as_stated(stated: Evidence, outright: list[Evidence]) -> Published:
    """The day stated. Pages are filed by another clock than datelines, and often only the day after."""
    day = date.fromordinal(stated.days[0][0])
    before, after = (CLOCKS, CLOCKS) if stated.basis == "metadata" else (CLOCKS, 0)
    near = ((day.toordinal() - before, day.toordinal() + after),)
    if stated.weight < RANKS["published"]:
        for line in outright:
            both = intersect(line.days, near) if line.basis == "dateline" and line is not stated else ()
            if both:
                named = date.fromordinal(both[0][0])
                return Published(edtf.parse(named.isoformat()), "dateline", (line.because, stated.because))
    return Published(edtf.parse(day.isoformat()), stated.basis, (stated.because,))


def _published(left: Days, used: list[Evidence], how: tuple[str, ...]) -> Published:
    first, last = left[0][0], left[-1][1]
    if first == last:
        named = any(e.basis == "byline" and e.days == left for e in used)
        return Published(edtf.parse(date.fromordinal(first).isoformat()), "byline" if named else "worked-out", how)
    if first <= EARLIEST.toordinal() or last >= LATEST.toordinal() - 400 or last - first > WIDEST:
        return Published(None, "unknown", how)
    return Published(edtf.parse(_expression(left)), "narrowed", how)
