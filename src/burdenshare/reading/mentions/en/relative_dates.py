"""Dates told from the day of the report: "Tuesday", "last month", "the end of this year", "mid-December"."""

from __future__ import annotations

from datetime import date, timedelta

from burdenshare import edtf
from burdenshare.reading.mentions.en.calendar_dates import CalendarDates
from burdenshare.reading.mentions.mention import DateValue

# English spellings this module looks for.
_RELATIVE = frozenset("this last next current coming past previous following".split())
_ENDS_WITH = frozenset("ends ended end expires expired".split())
_SEASONS = frozenset("spring summer autumn fall winter".split())
_BEFORE_SEASON = frozenset("this last next the of in".split())
_BEFORE_DAY = frozenset("on from until by since between".split())
_AFTER_ORDINAL = frozenset("round meeting special sma agreement of time session negotiation".split())
_RELATIVE_END = frozenset("this last next current previous following coming".split())
_DASHES = frozenset("- – — ~ to through and until till".split())
_PARTS = {"early": "~", "mid": "~", "late": "~", "middle": "~"}
_FISCAL = frozenset({"fiscal", "financial", "budget"})
_COUNTS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_ENDING = frozenset("end ends ended expire expires dies lapse lapses out close closes".split())


class RelativeDates(CalendarDates):
    """Reads dates that need the day of the report, and ends and parts of months and years."""

    def weekday(self, i: int) -> tuple[DateValue, int] | None:
        """ "Tuesday", "last Friday", "Monday and Tuesday", "from Tuesday to Thursday", "next Monday"."""
        number = self.scan.lexicon.weekdays.get(self.norms[i])
        if (
            number is None
            or not self.scan.tokens[i].raw[0].isupper()
            or (
                len(self.norms[i]) <= 4
                and self.norms[i] in ("sun", "sat", "wed")
                and self.norms[min(i + 1, self.n - 1)] != "."
            )
        ):
            return None
        j = self._dot(i + 1)
        if j < self.n and self.norms[j] == "," and j + 1 < self.n:
            exact = self.month_day(j + 1) or self.day_month(j + 1)
            if exact is not None and exact[0].shape in ("day", "span"):
                return exact
        elif (
            j < self.n
            and (exact := (self.month_day(j) or self.day_month(j))) is not None
            and exact[0].shape in ("day", "span")
        ):
            return exact
        last = None
        if j + 1 < self.n and self.norms[j] in _DASHES:
            last = self.scan.lexicon.weekdays.get(self.norms[j + 1])
            if last is not None:
                j += 2
        leap = 7 if i and self.norms[i - 1] == "next" else 0

        def of(ref: date) -> DateValue:
            back = (ref.weekday() - number) % 7
            if i and self.norms[i - 1] == "last" and back == 0:
                back = 7
            ahead = (number - ref.weekday()) % 7
            past, future = ref - timedelta(days=back), ref + timedelta(days=ahead + (leap if ahead == 0 else 0))
            if last is None:
                return DateValue(past.isoformat(), future.isoformat(), "weekday", inferred=True)
            length = (last - number) % 7

            def whole(first: date) -> str:
                return edtf.span(first, first + timedelta(days=length))

            return DateValue(whole(past), whole(future), "weekday", inferred=True)

        value = self._same(of)
        return (value or DateValue(None, None, "weekday"), j)

    def relative(self, i: int) -> tuple[DateValue, int] | None:
        """ "yesterday", "last month", "next week", "this year", "a week earlier" and the like."""
        norm = self.norms[i]
        if norm in ("yesterday", "today", "tomorrow"):
            shift = {"yesterday": -1, "today": 0, "tomorrow": 1}[norm]
            value = self._same(
                lambda d: DateValue(
                    (d + timedelta(days=shift)).isoformat(),
                    (d + timedelta(days=shift)).isoformat(),
                    "day",
                    inferred=True,
                )
            )
            return (value or DateValue(None, None, "day"), i + 1)
        if norm not in _RELATIVE or i + 1 >= self.n:
            return None
        step = {"this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}.get(norm, -1)
        unit = self.norms[i + 1]
        if self._month(i + 1) is not None:
            month = self._month(i + 1)
            assert month is not None
            value = self._with_year(month, None)
            if value is None:
                return None
            chosen = value.future if step > 0 else value.past
            if step == 0:
                year = self._year_of(0)
                chosen = edtf.month(year, month) if year else chosen
            return DateValue(chosen, chosen, "month", inferred=True), i + 2
        if unit == "year":
            found = self._relative_year(i)
            text = str(found[0]) if found else None
            return DateValue(text, text, "year", inferred=True), i + 2
        if unit in _FISCAL and self.norms[i + 2 : i + 3] == ["year"]:
            began = self._fiscal_year_of(step)
            text = str(began) if began else None
            return DateValue(text, text, "year", inferred=True), i + 3
        if unit == "month":

            def month_of(d: date) -> DateValue:
                index = d.year * 12 + d.month - 1 + step
                text = edtf.month(index // 12, index % 12 + 1)
                return DateValue(text, text, "month", inferred=True)

            return self._same(month_of) or DateValue(None, None, "month"), i + 2
        if unit == "week":

            def week_of(d: date) -> DateValue:
                monday = d - timedelta(days=d.weekday()) + timedelta(days=7 * step)
                text = edtf.span(monday, monday + timedelta(days=6))
                return DateValue(text, text, "span", inferred=True)

            return self._same(week_of) or DateValue(None, None, "span"), i + 2
        return None

    def ends(self, i: int) -> tuple[DateValue, int] | None:
        """ "the end of this year", "the end of 2019", "year's end", "when this year ends", "ends with 2019"."""
        return self._end_of(i) or self._year_that_ends(i)

    def _end_of(self, i: int) -> tuple[DateValue, int] | None:
        """ "end of the year", "close of last month", "the last day of 2019": the noun first, then the year or month."""
        norms, n = self.norms, self.n
        if norms[i] in ("end", "close", "expiry") and i + 2 < n and norms[i + 1] in ("of", "in"):
            j = i + 2
            if norms[j] == "the" and j + 1 < n:
                j += 1
            if norms[j] == "year":
                return self._year_end(self._year_of(0), j + 1)
            if norms[j] in _RELATIVE_END and j + 1 < n:
                year = self._relative_year(j)
                if year is not None or norms[j + 1] == "year":
                    return self._year_end(year[0] if year else None, j + 2)
                month = self.relative(j)
                if month is not None and month[0].shape == "month":
                    return self._month_ends(month[0], month[1])
        elif norms[i : i + 3] == ["last", "day", "of"] and i + 3 < n:
            j = i + 3
        else:
            return None
        year_named = self._year(j)
        if year_named is not None:
            return self._year_end(year_named, j + 1)
        named = self.month_day(j)
        if named is not None and named[0].shape == "month":
            return self._month_ends(named[0], named[1])
        return None

    def _year_that_ends(self, i: int) -> tuple[DateValue, int] | None:
        """ "expires with the year", "ends with 2019", "year's end", "New Year's Eve", "when the year is out"."""
        norms, n = self.norms, self.n
        if norms[i] in ("this", "the"):
            if i and norms[i - 1] == "with" and not _ENDING.isdisjoint(norms[max(0, i - 4) : i - 1]):
                j = i + 2 if norms[i + 1 : i + 2] in (["old"], ["current"]) else i + 1
                if j < n and norms[j] == "year":
                    return self._year_end(self._year_of(0), j + 1)
            if norms[i : i + 3] == ["the", "year", "is"] and norms[i + 3 : i + 4] in (["out"], ["over"]):
                return self._year_end(self._year_of(0), i + 4)
            if norms[i + 1 : i + 3] in (["year", "ends"], ["year", "closes"]):
                return self._year_end(self._year_of(0), i + 3)
        if norms[i] in _ENDS_WITH and norms[i + 1 : i + 2] == ["with"]:
            j = i + 4 if norms[i] in ("ended", "ends", "end") and norms[i + 2 : i + 4] == ["the", "year"] else i + 2
            if j < n and self._year(j):
                return self._year_end(self._year(j), j + 1)
        if norms[i] == "year" and norms[i + 1 : i + 2] in (["end"], ["ends"]):
            return self._year_end(self._year_of(0), i + 2)
        if norms[i] == "year" and norms[i + 1 : i + 3] in (["'s", "end"], ["’s", "end"]):
            return self._year_end(self._year_of(0), i + 3)
        if norms[i : i + 2] == ["new", "year"] and norms[i + 2 : i + 4] in (["'s", "eve"], ["’s", "eve"]):
            return self._year_end(self._year_of(0), i + 4)
        return None

    def parts(self, i: int) -> tuple[DateValue, int] | None:
        """ "mid-December", "early next month", "late 2018", "the first half of 2020", "early 1990s"."""
        norms, n = self.norms, self.n
        if norms[i] in _PARTS and i + 1 < n:
            j = i + 1
            while j < n and norms[j] in ("of", "in", "the"):
                j += 1
            if j >= n:
                return None
            decade = self.decade(j)
            if decade is not None:
                return decade
            inner = self.month_day(j) or self.relative(j) or self.year_alone(j)
            if inner is not None and inner[0].shape in ("month", "year"):
                value = inner[0]

                def about(text: str | None) -> str | None:
                    return text + "~" if text and "X" not in text and "~" not in text else text

                if value.shape == "year" and norms[i] in ("early", "late"):
                    return DateValue(value.past, value.future, "part", inferred=True), inner[1]
                return DateValue(about(value.past), about(value.future), "part", inferred=value.inferred), inner[1]
            return None
        if norms[i] in _COUNTS and i + 1 < n and norms[i + 1] in ("half", "quarter"):
            j = i + 2
            if j < n and norms[j] == "of":
                j += 1
            rel = self._relative_year(j) if j < n else None
            year = rel[0] if rel else (self._year(j) if j < n else None)
            after = rel[1] if rel else j + 1
            if year is None and j < n and norms[j] == "the" and j + 1 < n and norms[j + 1] == "year":
                year, after = self._year_of(0), j + 2
            if year is None:
                return None
            size = 6 if norms[i + 1] == "half" else 3
            first = (_COUNTS[norms[i]] - 1) * size + 1
            if first + size - 1 > 12:
                return None
            text = f"{edtf.month(year, first)}/{edtf.month(year, first + size - 1)}"
            return DateValue(text, text, "part", inferred=True), after
        if norms[i] in _SEASONS and i and norms[i - 1] in _BEFORE_SEASON:
            season = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}[norms[i]]
            year = self._year(i + 1)
            after = i + 2
            if year is None:
                year = (
                    self._year_of({"last": -1, "next": 1}.get(norms[i - 1], 0))
                    if norms[i - 1] in ("this", "last", "next")
                    else None
                )
                after = i + 1
            if year is None:
                return None
            return DateValue(f"{year}-{season}", f"{year}-{season}", "part", inferred=True), after
        return None

    def day_alone(self, i: int) -> tuple[DateValue, int] | None:
        """ "on the 5th", "from the 17th to the 19th": days of the report's month, or of the month before."""
        if not (
            i
            and self.norms[i][:1].isdecimal()
            and i + 1 < self.n
            and self.norms[i + 1] in ("st", "nd", "rd", "th")
            and self.scan.glued(i + 1)
        ):
            return None
        before = self.norms[i - 1] if self.norms[i - 1] != "the" else (self.norms[i - 2] if i > 1 else "")
        following = self.norms[i + 2] if i + 2 < self.n else "."
        if before not in _BEFORE_DAY or following in _AFTER_ORDINAL:
            return None
        day = int(self.norms[i])
        last, j = None, i + 2
        if j + 2 < self.n and self.norms[j] in ("to", "and", "-", "through"):
            k = j + 2 if self.norms[j + 1] == "the" else j + 1
            more = self._day_number(k) if k < self.n else None
            if more is not None and more[0] > day:
                last, j = more

        def of(ref: date) -> DateValue:
            past = future = None
            index = ref.year * 12 + ref.month - 1
            for step in (-1, 0, 1):
                year, month = divmod(index + step, 12)
                try:
                    first = date(year, month + 1, day)
                    text = edtf.span(first, date(year, month + 1, last)) if last else first.isoformat()
                except ValueError:
                    continue
                if first <= ref:
                    past = text
                elif future is None:
                    future = text
            return DateValue(past or future, future or past, "day", inferred=True)

        return self._same(of) or DateValue(None, None, "day"), j
