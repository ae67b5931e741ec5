"""English dates, resolved against the day (or span) the report came out.

Each mention carries the reading before the report and the one after it; a rule that knows whether it reads of the
past or of a plan picks one. A reference that is only known as a span resolves what is the same for every day of it.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from burdenshare import edtf
from burdenshare.edtf import When
from burdenshare.reading.mentions.en.numbers import Scanner
from burdenshare.reading.mentions.lexicon import Lexicon
from burdenshare.reading.mentions.mention import DateValue, Mention

# English spellings this module looks for.
_BEFORE_MONTH = frozenset("in since by of until last next this early mid late on to from and before".split())
_COUNTED_NOUNS = frozenset("won troops soldiers employees workers million billion trillion percent".split())
_RELATIVE = frozenset("this last next current coming past previous following".split())
_ENDS_WITH = frozenset("ends ended end expires expired".split())
_SEASONS = frozenset("spring summer autumn fall winter".split())
_BEFORE_SEASON = frozenset("this last next the of in".split())
_BEFORE_DAY = frozenset("on from until by since between".split())
_AFTER_ORDINAL = frozenset("round meeting special sma agreement of time session negotiation".split())
_YEAR_RANGE = frozenset("to - – through and until".split())
_AFTER_FIGURE = frozenset("percent % billion million trillion troops rounds countries".split())
_RELATIVE_END = frozenset("this last next current previous following coming".split())

_DASHES = frozenset("- – — ~ to through and until till".split())
_PARTS = {"early": "~", "mid": "~", "late": "~", "middle": "~"}
_COUNTS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_ENDING = frozenset("end ends ended expire expires dies lapse lapses out close closes".split())
_SINCE = frozenset({"since"})
_UNTIL = frozenset({"until", "till", "by", "before", "through"})


def _day(day: date) -> DateValue:
    return DateValue(day.isoformat(), day.isoformat(), "day")


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


class Dates:
    """Reads dates at a token of one sentence; `ref` is when the report came out, or None."""

    def __init__(self, scan: Scanner, ref: When | None) -> None:
        self.scan = scan
        self.norms = scan.norms
        self.n = scan.n
        self.ref = ref if ref is not None and ref.earliest is not None and ref.latest is not None else None

    # the reference, as finely as it is known ------------------------------------------------------------------
    def _same(self, of: Callable[[date], DateValue | None]) -> DateValue | None:
        """The value if it is one and the same for every day the report may be of."""
        if self.ref is None or self.ref.earliest is None or self.ref.latest is None:
            return None
        first, last = of(self.ref.earliest), of(self.ref.latest)
        return first if first == last else None

    def _year_of(self, offset: int) -> int | None:
        value = self._same(lambda d: DateValue(str(d.year + offset), None, "year"))
        return int(value.past) if value and value.past else None

    # pieces ---------------------------------------------------------------------------------------------------
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
            if j < self.n and self.norms[j] in ("st", "nd", "rd", "th") and self.scan._glued(j):
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
            if following in _COUNTED_NOUNS:
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

    # whole expressions ----------------------------------------------------------------------------------------
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

    def _relative_year(self, i: int) -> tuple[int, int] | None:
        """ "this year", "last year", "next year" as a year and the token after."""
        if i + 1 < self.n and self.norms[i] in _RELATIVE and self.norms[i + 1] == "year":
            offset = {"this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}.get(self.norms[i], -1)
            year = self._year_of(offset)
            return (year, i + 2) if year is not None else None
        return None

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
            year_named = self._year(j)
            if year_named is not None:
                return self._year_end(year_named, j + 1)
            named = self.month_day(j)
            if named is not None and named[0].shape == "month":
                return self._month_ends(named[0], named[1])
        if norms[i] == "last" and i + 3 < n and norms[i + 1] == "day" and norms[i + 2] == "of":
            if self._year(i + 3):
                return self._year_end(self._year(i + 3), i + 4)
            named = self.month_day(i + 3)
            if named is not None and named[0].shape == "month":
                return self._month_ends(named[0], named[1])
        if (
            norms[i] in ("this", "the")
            and i
            and norms[i - 1] == "with"
            and any(w in _ENDING for w in norms[max(0, i - 4) : i - 1])
        ):
            j = i + 2 if norms[i + 1 : i + 2] in (["old"], ["current"]) else i + 1
            if j < n and norms[j] == "year":
                return self._year_end(self._year_of(0), j + 1)
        if (
            norms[i] in ("ended", "ends", "end")
            and i + 4 < n
            and norms[i + 1] == "with"
            and norms[i + 2] == "the"
            and norms[i + 3] == "year"
            and self._year(i + 4)
        ):
            return self._year_end(self._year(i + 4), i + 5)
        if (
            norms[i] == "year"
            and i + 1 < n
            and (
                norms[i + 1] in ("end", "ends")
                or (norms[i + 1] in ("'s", "’s") and i + 2 < n and norms[i + 2] == "end")
            )
        ):
            return self._year_end(self._year_of(0), i + (2 if norms[i + 1] in ("end", "ends") else 3))
        if norms[i : i + 2] == ["new", "year"] and norms[i + 2 : i + 4] in (["'s", "eve"], ["’s", "eve"]):
            return self._year_end(self._year_of(0), i + 4)
        if (
            norms[i] == "the"
            and i + 3 < n
            and norms[i + 1] == "year"
            and norms[i + 2] == "is"
            and norms[i + 3] in ("out", "over")
        ):
            return self._year_end(self._year_of(0), i + 4)
        if norms[i] in ("this", "the") and i + 2 < n and norms[i + 1] == "year" and norms[i + 2] in ("ends", "closes"):
            return self._year_end(self._year_of(0), i + 3)
        if norms[i] in _ENDS_WITH and i + 2 < n and norms[i + 1] == "with" and self._year(i + 2):
            return self._year_end(self._year(i + 2), i + 3)
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
            and self.scan._glued(i + 1)
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
            year = self._year(i + 3)
            if year is not None:
                text = f"{year - int(count) + 1}/{year}"
                return DateValue(text, text, "span", inferred=True), i + 4
        return None

    def decade(self, i: int) -> tuple[DateValue, int] | None:
        """ "1990s"."""
        if self._year(i) and i + 1 < self.n and self.norms[i + 1] == "s" and self.scan._glued(i + 1):
            return DateValue(self.norms[i][:3] + "X", self.norms[i][:3] + "X", "decade"), i + 2
        return None

    def year_alone(self, i: int) -> tuple[DateValue, int] | None:
        """ "2019", "2014 to 2018", "2009-2013", "2020-25"."""
        year = self._year(i)
        if year is None:
            return None
        j = i + 1
        if j + 1 < self.n and self.norms[j] in _YEAR_RANGE and self.norms[j] != "and":
            last = self._year(j + 1)
            if last is None and self.norms[j] in "-–" and self.norms[j + 1].isdecimal() and len(self.norms[j + 1]) == 2:
                last = year // 100 * 100 + int(self.norms[j + 1])
            if last is not None and last > year:
                return DateValue(f"{year}/{last}", f"{year}/{last}", "span"), j + 2
        return DateValue(str(year), str(year), "year"), j


@lru_cache
def _words_that_open(months: tuple[str, ...]) -> frozenset[str]:
    opening = (
        "new end close expiry year the this ends ended expires expired last yesterday today tomorrow next past coming "
        "current previous following first second third fourth spring summer autumn fall winter early mid late middle"
    )
    return frozenset([*months, *opening.split()])


def _triggers(lexicon: Lexicon) -> frozenset[str]:
    """The words a date can begin with; numbers in words too ("five years to 2013")."""
    return _words_that_open((*lexicon.months, *lexicon.weekdays, *lexicon.numbers))


def dates(scan: Scanner, ref: When | None) -> list[Mention]:
    """Every date of a sentence, in order, none overlapping another."""
    reader = Dates(scan, ref)
    out: list[Mention] = []
    triggers = _triggers(scan.lexicon)
    i = 0
    while i < scan.n:
        norm = scan.norms[i]
        if norm not in triggers and not norm[0].isdecimal():
            i += 1
            continue
        found = None
        first = norm[:1]
        if first.isdecimal():
            found = (
                reader.years_to(i)
                or reader.iso(i)
                or reader.day_month(i)
                or reader.decade(i)
                or reader.day_alone(i)
                or reader.year_alone(i)
            )
        elif first.isalpha():
            found = (
                reader.years_to(i)
                or reader.ends(i)
                or reader.parts(i)
                or reader.relative(i)
                or reader.weekday(i)
                or reader.month_day(i)
            )
        if found is None or found[1] <= i:
            i += 1
            continue
        value, after = found
        if scan.norms[after - 1] == "." and after == scan.n:
            after -= 1  # the full stop of the sentence, not of "Dec."
        before = scan.norms[i - 1] if i else ""
        if before == "the" and i > 1:
            before = scan.norms[i - 2]
        if before in _SINCE or before in _UNTIL:
            value = DateValue(value.past, value.future, value.shape, before in _SINCE, before in _UNTIL, value.inferred)
        out.append(Mention("date", i, after, scan.tokens[i].start, scan.tokens[after - 1].end, value))
        i = after
    return out
