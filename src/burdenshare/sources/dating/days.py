"""Sets of days as sorted, separate intervals of day ordinals, and a piece of evidence that allows such a set."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from burdenshare.sources.document import DateBasis

Days = tuple[tuple[int, int], ...]  # inclusive ends, `date.toordinal`

# Reports of agreements of this sort are looked for between these days; not a fact about any case.
EARLIEST, LATEST = date(1945, 1, 1), date(2105, 12, 31)
ALL: Days = ((EARLIEST.toordinal(), LATEST.toordinal()),)


class Evidence(NamedTuple):
    """Days on which the report may have come out, as one passage allows; heavier evidence goes before lighter."""

    days: Days
    weight: int
    basis: DateBasis
    because: str


class Weekdays(NamedTuple):
    """Weekdays (Monday is 0) on which the report may have come out."""

    likely: int  # a wire report comes out on the last day it names
    allowed: frozenset[int]
    because: str


def union(spans: Iterable[tuple[date, date]]) -> Days:
    """The days of the spans (first, last), overlapping and neighbouring ones joined."""
    merged: list[list[int]] = []
    for low, high in sorted((a.toordinal(), b.toordinal()) for a, b in spans if a <= b):
        if merged and low <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])
    return tuple((a, b) for a, b in merged)


def _within(days: Days, low: int, high: int) -> Days:
    first = bisect_left(days, low, key=itemgetter(1))
    last = bisect_right(days, high, key=itemgetter(0))
    if first >= last:
        return ()
    (a, b), (c, d) = days[first], days[last - 1]
    if low <= a and d <= high:
        return days[first:last]
    if last - first == 1:
        return ((max(a, low), min(b, high)),)
    return ((max(a, low), b), *days[first + 1 : last - 1], (c, min(d, high)))


def intersect(one: Days, two: Days) -> Days:
    """The days in both."""
    if len(two) == 1:
        return _within(one, *two[0])
    if len(one) == 1:
        return _within(two, *one[0])
    out = []
    i = j = 0
    while i < len(one) and j < len(two):
        (a, b), (c, d) = one[i], two[j]
        low, high = (a if a > c else c), (b if b < d else d)  # quicker than max and min, and this loop is the busiest
        if low <= high:
            out.append((low, high))
        if b < d:
            i += 1
        else:
            j += 1
    return tuple(out)


def since(day: date) -> Days:
    """The day and all later ones."""
    return union([(day, LATEST)])


def until(day: date) -> Days:
    """The day and all earlier ones."""
    return union([(EARLIEST, day)])


def year(number: int) -> Days:
    """All days of a year."""
    return union([(date(number, 1, 1), date(number, 12, 31))])


def month(number: int, month_: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(number, month_, 1), date(number, month_, calendar.monthrange(number, month_)[1])


@lru_cache(maxsize=4096)
def every_year(month_: int, day: int, *, before: int = 0, after: int = 0, weekday: int | None = None) -> Days:
    """That day of every year (its weekday given, Monday is 0), `before` days earlier to `after` days later."""
    out = []
    for y in range(EARLIEST.year, LATEST.year + 1):
        try:
            at = date(y, month_, day)
        except ValueError:
            continue
        if weekday is None or at.weekday() == weekday:
            out.append((at.toordinal() - before, at.toordinal() + after))
    return tuple(out)


@lru_cache(maxsize=1024)
def only_weekdays(days: Days, weekdays: frozenset[int]) -> Days:
    """The days of the set that fall on the weekdays; a span longer than three years is left as it is."""
    out: list[tuple[int, int]] = []
    for low, high in days:
        if high - low > 1100:
            out.append((low, high))
            continue
        out += [(d, d) for d in range(low, high + 1) if (d - 1) % 7 in weekdays]
    return tuple(out)
