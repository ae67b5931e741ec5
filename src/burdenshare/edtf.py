"""Dates as the reports give them: EDTF (ISO 8601-2:2019, level 1), the part the vocabulary uses.

A `When` keeps the expression and knows the days it may stand for. `2019-12~` ("mid-December") may be
any day of that December; `1991/..` has no last day; `XXXX-12-31` has a day but no year, so neither end
is known.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<approximate>[~?%]?)",
)
# Level 1 seasons, independent of the hemisphere in the standard; read as the northern ones here,
# for the parties of every shipped case lie there.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


@dataclass(frozen=True, slots=True)
class When:
    """A date expression and the span of days it may stand for.

    `earliest` and `latest` are inclusive; None means unbounded or unknown on that side.
    """

    text: str
    earliest: date | None
    latest: date | None
    approximate: bool = False

    @property
    def is_interval(self) -> bool:
        """True where the expression itself gives two ends (`a/b`), not where a month stands for its days."""
        return "/" in self.text

    @property
    def is_day(self) -> bool:
        """True where one day is named."""
        return self.earliest is not None and self.earliest == self.latest

    def overlaps(self, other: When) -> bool:
        """True where the two may speak of a common day; an unknown end reaches anywhere."""
        return not (
            (self.latest is not None and other.earliest is not None and self.latest < other.earliest)
            or (other.latest is not None and self.earliest is not None and other.latest < self.earliest)
        )

    def within(self, other: When) -> bool:
        """True where every day this may stand for is one the other may stand for."""
        starts = other.earliest is None or (self.earliest is not None and self.earliest >= other.earliest)
        ends = other.latest is None or (self.latest is not None and self.latest <= other.latest)
        return starts and ends

    def __str__(self) -> str:
        return self.text


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _point(text: str, whole: str) -> When:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(
            f"{whole!r} is no EDTF date; write 2019-12-04, 2019-12, 2019, 2019-12-03/2019-12-04 or 1991/.."
        )
    year, month, day = match["year"], match["month"], match["day"]
    approximate = bool(match["approximate"])
    if year == "XXXX":
        if month not in (None, "XX") and day not in (None, "XX"):
            date(2000, int(month), int(day))  # raises ValueError on 31 April; 2000 lets 29 February pass
        elif month not in (None, "XX") and not 1 <= int(month) <= 12:
            raise ValueError(f"{whole!r} names month {month}")
        return When(text, None, None, approximate)
    if "X" in year:
        return When(
            text,
            date(int(year.replace("X", "0")), 1, 1),
            date(int(year.replace("X", "9")), 12, 31),
            approximate,
        )
    y = int(year)
    if month is None or month == "XX":
        return When(text, date(y, 1, 1), date(y, 12, 31), approximate)
    m = int(month)
    if m in _SEASONS:
        first, last = _SEASONS[m]
        return When(text, date(y, first, 1), _last_day(y + (last < first), last), approximate)
    if not 1 <= m <= 12:
        raise ValueError(f"{whole!r} names month {m}")
    if day is None or day == "XX":
        return When(text, date(y, m, 1), _last_day(y, m), approximate)
    try:
        exact = date(y, m, int(day))
    except ValueError as error:
        raise ValueError(f"{whole!r} names a day that is not in the calendar") from error
    return When(text, exact, exact, approximate)


@lru_cache(maxsize=4096)
def parse(text: str) -> When:
    """Reads an EDTF expression. Raises ValueError with what was expected."""
    if "/" not in text:
        return _point(text, text)
    first, _, last = text.partition("/")
    start = None if first in ("", "..") else _point(first, text)
    end = None if last in ("", "..") else _point(last, text)
    if start is None and end is None:
        raise ValueError(f"{text!r} is an interval without an end")
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    if earliest and latest and earliest > latest:
        raise ValueError(f"{text!r} ends before it starts")
    approximate = bool((start and start.approximate) or (end and end.approximate))
    return When(text, earliest, latest, approximate)


def day(value: date) -> str:
    """A day as EDTF."""
    return value.isoformat()


def month(year: int, month_: int) -> str:
    """A month as EDTF."""
    return f"{year:04d}-{month_:02d}"


def span(first: date, last: date) -> str:
    """The shortest expression for the days from first to last: a day, a month, a year, or an interval."""
    if first == last:
        return first.isoformat()
    if first.year == last.year:
        if (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31):
            return f"{first.year:04d}"
        if first.month == last.month and first.day == 1 and last == _last_day(last.year, last.month):
            return month(first.year, first.month)
    return f"{first.isoformat()}/{last.isoformat()}"
