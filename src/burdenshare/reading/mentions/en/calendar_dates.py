"""Dates that name a day, month or year of the calendar: "Dec. 31, 2018", "24-25 September", "2014 to 2018"."""

from __future__ import annotations

from datetime import date

from burdenshare import edtf
from burdenshare.reading.mentions.en.date_parts import DateParts
from burdenshare.reading.mentions.mention import DateValue

# English spellings this module looks for.
_YEAR_RANGE = frozenset("to - – through and until".split())
_AFTER_FIGURE = frozenset("percent % billion million trillion troops rounds countries".split())
_DASHES = frozenset("- – — ~ to through and until till".split())


def _day(day: date) -> DateValue:
    return DateValue(day.isoformat(), day.isoformat(), "day")


class CalendarDates(DateParts):
    """Reads dates that name a day, month, year or decade."""

    def month_day(self, i: int) -> tuple[DateValue, int] | None:
        """ "Dec. 31, 2018", "Sept. 24-25", "April first", "December 2019", "in January", "Nov. 18 and 19"."""
        month = self._month(i)
        if month is None:
            return None
        j = self._dot(i + 1)
        found = self._day_number(j)
        year_here = self._year(j)
        if year_here is not None:
            return DateValue(edtf.month(year_here, month), edtf.month(year_here, month), "month"), j + 1
        if found is None:
            if j < self.n and self.norms[j] == "," and (y := self._year(j + 1)):
                return DateValue(edtf.month(y, month), edtf.month(y, month), "month"), j + 2
            k = j
            if k + 1 < self.n and self.norms[k] == "of" and self.norms[k + 1] in ("last", "this", "next"):
                rel = self._relative_year(k + 1)
                if rel is not None:
                    return DateValue(edtf.month(rel[0], month), edtf.month(rel[0], month), "month", inferred=True), rel[
                        1
                    ]
            value = self._with_year(month, None)
            return (value, j) if value else None
        day, k = found
        last, last_month = None, month
        if k < self.n and self.norms[k] in _DASHES:
            more = self._day_number(k + 1)
            if more is not None and more[0] > day:
                nxt = self.norms[more[1]] if more[1] < self.n else ""
                if nxt not in _AFTER_FIGURE:
                    last, k = more
            elif (m2 := self._month(k + 1)) is not None:
                end = self._day_number(self._dot(k + 2))
                if end is not None:
                    last, last_month, k = end[0], m2, end[1]
        comma = k + 1 if k < self.n and self.norms[k] == "," else k
        year = self._year(comma)
        if year is not None:
            k = comma + 1
        elif k + 1 < self.n and (rel := self._relative_year(k)) is not None:
            year, k = rel
        return self._day_value(month, day, last, last_month, year), k

    def day_month(self, i: int) -> tuple[DateValue, int] | None:
        """ "4 December", "3-4 December 2019", "the 4th of December"."""
        found = self._day_number(i) if self.norms[i][:1].isdecimal() else None
        if found is None:
            return None
        day, j = found
        last = None
        if j + 1 < self.n and self.norms[j] in ("-", "–", "and", "to") and (more := self._day_number(j + 1)):
            last, j = (more[0], more[1]) if more[0] > day else (None, j)
        if j < self.n and self.norms[j] == "of":
            j += 1
        month = self._month(j)
        if month is None:
            return None
        j = self._dot(j + 1)
        year = self._year(j)
        if year is None and j < self.n and self.norms[j] == ",":
            year = self._year(j + 1)
            j = j + 1 if year else j
        return self._day_value(month, day, last, month, year), j + (1 if year else 0)

    def iso(self, i: int) -> tuple[DateValue, int] | None:
        """2019-12-04 or 2019.12.04 as three numbers."""
        if i + 4 < self.n and self._year(i) and self.norms[i + 1] in "-/." and self.norms[i + 3] == self.norms[i + 1]:
            try:
                return _day(date(int(self.norms[i]), int(self.norms[i + 2]), int(self.norms[i + 4]))), i + 5
            except ValueError:
                return None
        return None

    def years_to(self, i: int) -> tuple[DateValue, int] | None:
        """ "the five years to 2013": the span of those years."""
        count = self.scan.lexicon.numbers.get(self.norms[i]) or (
            float(self.norms[i]) if self.norms[i].isdecimal() and len(self.norms[i]) <= 2 else None
        )
        if (
            count
            and i + 3 < self.n
            and self.norms[i + 1] == "years"
            and self.norms[i + 2] in ("to", "through", "until", "up")
        ):
            j = i + 4 if self.norms[i + 3] == "fiscal" else i + 3
            year = self._year(j)
            if year is not None:
                text = f"{year - int(count) + 1}/{year}"
                return DateValue(text, text, "span", inferred=True), j + 1
        return None

    def decade(self, i: int) -> tuple[DateValue, int] | None:
        """ "1990s"."""
        if self._year(i) and i + 1 < self.n and self.norms[i + 1] == "s" and self.scan.glued(i + 1):
            return DateValue(self.norms[i][:3] + "X", self.norms[i][:3] + "X", "decade"), i + 2
        return None

    def year_alone(self, i: int) -> tuple[DateValue, int] | None:
        """ "2019", "2014 to 2018", "2009-2013", "2020-25", "between 2010 and 2019", "fiscal 2016 to fiscal 2020"."""
        year = self._year(i)
        if year is None:
            return None
        j = i + 1
        before = self.norms[max(0, i - 2) : i]
        paired = before[-1:] == ["between"] or before == ["between", "fiscal"]
        if j + 1 < self.n and self.norms[j] in _YEAR_RANGE and (self.norms[j] != "and" or paired):
            k = j + 2 if self.norms[j + 1] == "fiscal" else j + 1
            last = self._year(k)
            if (
                last is None
                and self.norms[j] in "-–"
                and k < self.n
                and self.norms[k].isdecimal()
                and len(self.norms[k]) == 2
            ):
                last = year // 100 * 100 + int(self.norms[k])
            if last is not None and last > year:
                return DateValue(f"{year}/{last}", f"{year}/{last}", "span"), k + 1
        return DateValue(str(year), str(year), "year"), j
