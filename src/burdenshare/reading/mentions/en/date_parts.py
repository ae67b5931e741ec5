"""Months, days, years and the reference they are read against: the pieces every date is made of."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from burdenshare import edtf
from burdenshare.edtf import When
from burdenshare.reading.mentions.en.scanner import Scanner
from burdenshare.reading.mentions.mention import DateValue

# English spellings this module looks for.
_BEFORE_MONTH = frozenset("in since by of until last next this early mid late on to from and before".split())
_COUNTED_NOUNS = frozenset("troops soldiers employees workers million billion trillion percent".split())
_RELATIVE = frozenset("this last next current coming past previous following".split())


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


class DateParts:
    """Reads the pieces of dates at a token of one sentence; `ref` is when the report came out, or None.

    `fiscal_starts` is the month that fiscal years begin in; one is named for the year it begins in.
    """

    def __init__(self, scan: Scanner, ref: When | None, *, fiscal_starts: int = 1) -> None:
        self.fiscal_starts = fiscal_starts
        self.scan = scan
        self.norms = scan.norms
        self.n = scan.n
        self.ref = ref if ref is not None and ref.earliest is not None and ref.latest is not None else None

    def _same(self, of: Callable[[date], DateValue | None]) -> DateValue | None:
        """The value if it is one and the same for every day the report may be of."""
        if self.ref is None or self.ref.earliest is None or self.ref.latest is None:
            return None
        first, last = of(self.ref.earliest), of(self.ref.latest)
        return first if first == last else None

    def _year_of(self, offset: int) -> int | None:
        value = self._same(lambda d: DateValue(str(d.year + offset), None, "year"))
        return int(value.past) if value and value.past else None

    def _fiscal_year_of(self, offset: int) -> int | None:
        begun = self._same(lambda d: DateValue(str(d.year + offset - (d.month < self.fiscal_starts)), None, "year"))
        return int(begun.past) if begun and begun.past else None

    def _month(self, i: int) -> int | None:
        if not 0 <= i < self.n:
            return None
        month = self.scan.lexicon.months.get(self.norms[i])
        if month is None:
            return None
        raw = self.scan.tokens[i].raw
        if not raw[0].isupper():
            return None
        if self.norms[i] in ("may", "march") and not self._month_context(i):
            return None
        return month

    def _month_context(self, i: int) -> bool:
        before = self.norms[i - 1] if i else ""
        after = self.norms[i + 1] if i + 1 < self.n else ""
        return after[:1].isdecimal() or before[:1].isdecimal() or before in _BEFORE_MONTH

    def _dot(self, i: int) -> int:
        return i + 1 if i < self.n and self.norms[i] == "." else i

    def _day_number(self, i: int) -> tuple[int, int] | None:
        """A day of the month at token i: its number and the token after ("24", "24th", "first")."""
        if i >= self.n:
            return None
        raw = self.norms[i]
        if raw.isdecimal() and 1 <= int(raw) <= 31 and len(raw) <= 2:
            j = i + 1
            if j < self.n and self.norms[j] in ("st", "nd", "rd", "th") and self.scan.glued(j):
                j += 1
            return int(raw), j
        ordinal = self.scan.lexicon.ordinals.get(raw)
        following = self.norms[i + 1] if i + 1 < self.n else ""
        if ordinal is not None and following not in ("round", "time", "meeting", "session"):
            return ordinal, i + 1
        return None

    def _year(self, i: int) -> int | None:
        if i < self.n and self.norms[i].isdecimal() and len(self.norms[i]) == 4 and 1945 <= int(self.norms[i]) <= 2099:
            following = self.norms[i + 1] if i + 1 < self.n else ""
            if following in _COUNTED_NOUNS or following in self.scan.lexicon.money_after.phrases:
                return None
            return int(self.norms[i])
        return None

    def _with_year(self, month: int, day: int | None, last: int | None = None) -> DateValue | None:
        """A month or day without a year: the nearest before and the nearest after the report."""

        def build(year: int) -> str | None:
            try:
                if day is None:
                    return edtf.month(year, month)
                first = date(year, month, day)
                return edtf.span(first, date(year, month, last)) if last else first.isoformat()
            except ValueError:
                return None

        def near(ref: date) -> DateValue:
            past = future = None
            for year in (ref.year - 1, ref.year, ref.year + 1):
                text = build(year)
                if text is None:
                    continue
                when = edtf.parse(text)
                if when.earliest is not None and when.earliest <= ref + timedelta(days=1):
                    past = text
                if future is None and when.latest is not None and when.latest >= ref - timedelta(days=0 if day else 15):
                    future = text
            return DateValue(past, future, "month" if day is None else "day", inferred=True)

        if self.ref is not None and self.ref.earliest is not None and self.ref.latest is not None:
            first, last_ = near(self.ref.earliest), near(self.ref.latest)
            past = (
                first.past
                if first.past == last_.past
                else (
                    last_.past
                    if last_.past
                    and self.ref.earliest.year == self.ref.latest.year
                    and (last_.past or "").startswith(str(self.ref.latest.year))
                    else None
                )
            )
            future = first.future if first.future == last_.future else None
            if past or future:
                return DateValue(past or future, future or past, first.shape, inferred=True)
        text = f"XXXX-{month:02d}" + (f"-{day:02d}" if day is not None else "")
        return DateValue(text, text, "month" if day is None else "day")

    def _day_value(self, month: int, day: int, last: int | None, last_month: int, year: int | None) -> DateValue:
        fallback = f"XXXX-{month:02d}-{day:02d}"
        if year is None:
            if last is not None and last_month != month:
                value = self._with_year(month, day)
                if value and value.past and value.past[:4].isdecimal():
                    return self._day_value(month, day, last, last_month, int(value.past[:4]))
                return DateValue(fallback, fallback, "day")
            return self._with_year(month, day, last) or DateValue(fallback, fallback, "day")
        try:
            first = date(year, month, day)
            text = edtf.span(first, date(year + (last_month < month), last_month, last)) if last else first.isoformat()
        except ValueError:
            return DateValue(fallback, fallback, "day")
        return DateValue(text, text, "span" if last else "day")

    def _relative_year(self, i: int) -> tuple[int, int] | None:
        """ "this year", "last year", "next year" as a year and the token after."""
        if i + 1 < self.n and self.norms[i] in _RELATIVE and self.norms[i + 1] == "year":
            offset = {"this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}.get(self.norms[i], -1)
            year = self._year_of(offset)
            return (year, i + 2) if year is not None else None
        return None

    def _year_end(self, year: int | None, j: int) -> tuple[DateValue, int]:
        text = f"{year}-12-31" if year is not None else "XXXX-12-31"
        return DateValue(text, text, "end", inferred=year is not None), j

    def _month_ends(self, month: DateValue, j: int) -> tuple[DateValue, int]:
        """The last day of a month, before the report and after it."""

        def last(text: str | None) -> str | None:
            if text is None:
                return None
            if not text[:4].isdecimal():
                return f"{text[:7]}-{calendar.monthrange(2001, int(text[5:7]))[1]}"
            return _end_of_month(int(text[:4]), int(text[5:7])).isoformat()

        return DateValue(last(month.past), last(month.future), "end", inferred=True), j
