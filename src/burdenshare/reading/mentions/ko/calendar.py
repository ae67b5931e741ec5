"""Days, months and years of Korean dates, read against the day (or span) the report came out.

A reference known only as a span gives what is the same for all of its days. Korean reports leave out what is the
report's own: a bare day is of the report's month, a bare month of its year, unless that lies most of a month or year
away, as it does around the turn of one.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from burdenshare import edtf
from burdenshare.edtf import When
from burdenshare.reading.mentions.mention import DateValue

# Days after which a bare day is taken for one of the month before (and the same ahead), months for the year.
_TURN_DAYS, _TURN_MONTHS = 24, 8
Lean = Literal["", "past", "future"]


def end_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def shifted(year: int, month: int, by: int) -> tuple[int, int]:
    """The month so many months later."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


class Calendar:
    """Resolves the parts of dates against `ref`, when the report came out, or None."""

    def __init__(self, ref: When | None) -> None:
        known = ref is not None and ref.earliest is not None and ref.latest is not None
        self.ref = ref if known else None

    @property
    def day(self) -> date | None:
        """The report's day, where it is known to the day."""
        return self.ref.earliest if self.ref is not None and self.ref.is_day else None

    def same(self, of: Callable[[date], str | None]) -> str | None:
        """The text if it is one and the same for every day the report may be of."""
        if self.ref is None or self.ref.earliest is None or self.ref.latest is None:
            return None
        first, last = of(self.ref.earliest), of(self.ref.latest)
        return first if first == last else None

    def year(self, offset: int) -> int | None:
        """This year, the last (-1), the next (1)."""
        text = self.same(lambda d: str(d.year + offset))
        return int(text) if text else None

    def month(self, offset: int) -> tuple[int, int] | None:
        """This month as (year, month), the last (-1), the next (1)."""
        text = self.same(lambda d: edtf.month(*shifted(d.year, d.month, offset)))
        return (int(text[:4]), int(text[5:7])) if text else None

    def days_away(self, offset: int, *, of: date | None = None) -> str | None:
        """The day so many days after the report's, or after another day."""
        if of is not None:
            return (of + timedelta(days=offset)).isoformat()
        return self.same(lambda d: (d + timedelta(days=offset)).isoformat())

    def weekday(self, number: int, *, week: int | None, lean: Lean) -> DateValue:
        """A day of the week (Monday is 0): of this week and the like, or the nearest before and after the report."""

        def of_week(d: date) -> str:
            monday = d - timedelta(days=d.weekday())
            return (monday + timedelta(days=7 * (week or 0) + number)).isoformat()

        if week is not None:
            text = self.same(of_week)
            return DateValue(text, text, "weekday", inferred=True)
        past = self.same(
            lambda d: (d - timedelta(days=(d.weekday() - number) % 7 or (7 if lean == "past" else 0))).isoformat()
        )
        future = self.same(
            lambda d: (d + timedelta(days=(number - d.weekday()) % 7 or (7 if lean == "future" else 0))).isoformat()
        )
        if lean:
            past = future = past if lean == "past" else future
        return DateValue(past, future, "weekday", inferred=True)

    def week(self, offset: int) -> str | None:
        """The week, Monday to Sunday, so many weeks after the report's."""

        def of(d: date) -> str:
            monday = d - timedelta(days=d.weekday()) + timedelta(days=7 * offset)
            return edtf.span(monday, monday + timedelta(days=6))

        return self.same(of)

    def bare_day(self, first: int, last: int | None, lean: Lean) -> DateValue:
        """A day without a month ("23일", "24∼25일"), in the report's month; 지난 goes back, 오는 goes ahead."""
        past = self.same(lambda d: self._near_day(d, first, last, lean or "past"))
        future = self.same(lambda d: self._near_day(d, first, last, lean or "future"))
        if lean:
            past = future = past if lean == "past" else future
        return DateValue(past or future, future or past, "span" if last else "day", inferred=True)

    @staticmethod
    def _near_day(ref: date, first: int, last: int | None, lean: Lean) -> str | None:
        step = 0
        if (last or first) > calendar.monthrange(ref.year, ref.month)[1]:
            step = -1 if lean == "past" else 1
        elif lean == "past" and first > ref.day and first - ref.day >= (_TURN_DAYS if ref.day <= 4 else 40):
            step = -1
        elif lean == "future" and ref.day - (last or first) >= _TURN_DAYS:
            step = 1
        return days_of(*shifted(ref.year, ref.month, step), first, last)

    def leaning_day(self, first: int, last: int | None, lean: Lean) -> DateValue:
        """지난 3일 is the last 3rd before the report, 오는 25일 the next 25th."""

        def of(d: date) -> str | None:
            for by in (0, -1, -2) if lean == "past" else (0, 1, 2):
                year, month = shifted(d.year, d.month, by)
                text = days_of(year, month, first, last)
                if text is None:
                    continue
                begins = date(year, month, first)
                if (lean == "past" and begins <= d) or (lean == "future" and begins >= d):
                    return text
            return None

        text = self.same(of)
        return DateValue(text, text, "span" if last else "day", inferred=True)

    def month_alone(self, month: int, lean: Lean) -> tuple[int | None, int | None]:
        """The years a month without one may be of: as it reads before the report, and after it."""

        def of(d: date) -> tuple[int, int]:
            year = d.year
            if lean == "past":
                year -= month > d.month
                return year, year
            if lean == "future":
                year += month < d.month
                return year, year
            return year - (month - d.month >= _TURN_MONTHS), year + (d.month - month >= _TURN_MONTHS)

        past, future = self.same(lambda d: str(of(d)[0])), self.same(lambda d: str(of(d)[1]))
        return (int(past) if past else None), (int(future) if future else None)


def days_of(year: int, month: int, first: int, last: int | None, last_month: int | None = None) -> str | None:
    """Days of a month as EDTF, or None where the calendar has none such."""
    try:
        begins = date(year, month, first)
        if last is None:
            return begins.isoformat()
        ending = last_month or month
        return edtf.span(begins, date(year + (ending < month), ending, last))
    except ValueError:
        return None
