"""Korean dates in a sentence: of the calendar (2019년 12월 31일), relative (지난 3일, 내달 초) and in spans.

Each mention carries the reading before the report and the one after it, as in English. One pattern finds where a date
stands and its parts; the parts are resolved against the report's day. The pattern has no repeated part inside a
repeated part, and each part is short, so the pass is linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from burdenshare import edtf
from burdenshare.edtf import When
from burdenshare.reading.mentions.ko.calendar import Calendar, days_of, end_of_month
from burdenshare.reading.mentions.ko.date_patterns import (
    AGO,
    DAY,
    DECADE,
    DOTTED,
    FISCAL_OFFSET,
    FISCAL_YEAR,
    FOR_DAYS,
    HALF,
    LEAN,
    MONTH_ONLY,
    NARRATED,
    NATIVE,
    NATIVE_DAYS,
    NUMERIC,
    OF_THE_YEAR_TOLD,
    RELATIVE_DAYS,
    RELATIVE_MONTHS,
    RELATIVE_WEEKS,
    RELATIVE_YEARS,
    SEASON,
    SEASONS,
    SHORT_YEARS_UNTIL,
    SINCE,
    TODAY,
    TOLD,
    TRIGGER,
    UNTIL,
    WEEK,
    WEEKDAY,
    WEEKDAYS,
    YEAR_ONLY,
    YEAR_SPAN,
    YEAR_TURN,
)
from burdenshare.reading.mentions.ko.numerals import DASHES
from burdenshare.reading.mentions.ko.span import Span
from burdenshare.reading.mentions.mention import DateValue


@dataclass(slots=True)
class Told:
    """The days told so far: the last in this paragraph, and the last near the report's own day."""

    paragraph: int = -1
    here: str = ""  # the last day of this paragraph
    near: str = ""  # the last day within three of the report's own


class Dates:
    """The dates of one report; sentences are to be read in order, since 이날 is the day told last."""

    def __init__(self, ref: When | None, *, fiscal_starts: int = 1) -> None:
        self.fiscal_starts = fiscal_starts  # the month fiscal years begin in; one is named for the year it begins in
        self.calendar = Calendar(ref)
        self.told = Told()

    def find(self, text: str, paragraph: int) -> list[Span]:
        """Every date of a sentence, in order, none overlapping another."""
        if paragraph != self.told.paragraph:
            self.told.paragraph, self.told.here = paragraph, ""
        out: list[Span] = []
        last = 0
        for trigger in TRIGGER.finditer(text):
            at = trigger.start()
            if at < last:
                continue
            found = self._at(text, at)
            if found is None or found.end <= at:
                continue
            found.value = _bounded(text, found)
            if found.value.shape not in ("day", "weekday") or not TOLD.match(text, found.start):
                self._remember(found.value)
            last = found.end
            found.value = _lasting(text, found)
            if out and _spans(text, out[-1], found):
                found = _joined(out.pop(), found)
            out.append(found)
        return out

    def _at(self, text: str, at: int) -> Span | None:
        for pattern, resolve in (
            (DOTTED, self._dotted),
            (NUMERIC, self._numeric),
            (DAY, self._day),
            (WEEKDAY, self._weekday),
            (DECADE, self._decade),
            (YEAR_SPAN, self._years),
            (FISCAL_YEAR, self._fiscal),
            (MONTH_ONLY, self._month),
            (SEASON, self._season),
            (YEAR_ONLY, self._year),
            (YEAR_TURN, self._turn),
            (HALF, self._half),
            (WEEK, self._week),
            (TOLD, self._narrated),
            (TODAY, self._today),
            (AGO, self._ago),
        ):
            match = pattern.match(text, at)
            if match is not None and match.end() > at and self._may_be_short(match):
                value = resolve(match, text)
                if value is not None:
                    end = match.end()
                    while end > at and text[end - 1] == " ":
                        end -= 1
                    for closing in ("부터", "에서", "과", "와"):
                        if pattern is DAY and text[at:end].endswith(closing):
                            end -= len(closing)
                            break
                    return Span("date", at, end, value)
        return None

    def _may_be_short(self, match: re.Match[str]) -> bool:
        """98년 is a year in a report of its time, and a length of time in a later one."""
        if not match.groupdict().get("y3"):
            return True
        year = self.calendar.year(0)
        return year is not None and year <= SHORT_YEARS_UNTIL

    def _remember(self, value: DateValue) -> None:
        if value.shape not in ("day", "weekday") or not value.past or "X" in value.past or "/" in value.past:
            return
        self.told.here = value.past
        day = self.calendar.day
        if day is not None and abs((date.fromisoformat(value.past) - day).days) <= 3:
            self.told.near = value.past

    def _year_named(self, match: re.Match[str]) -> tuple[int | None, bool]:
        """The year a match names, and whether it had to be worked out; (None, True) for one that cannot be."""
        parts = match.groupdict()
        if parts.get("y"):
            return int(parts["y"]), False
        if parts.get("y2"):
            short = int(parts["y2"])
            return (1900 if short > 50 else 2000) + short, True
        if parts.get("y3"):
            return 1900 + int(parts["y3"]), True
        if parts.get("ry"):
            word = parts["ry"]
            offset = 0 if word == "올" else _lookup(RELATIVE_YEARS, word)
            if word in OF_THE_YEAR_TOLD and self.told.here[:4].isdecimal():
                return int(self.told.here[:4]) + offset, True
            return self.calendar.year(offset), True
        return None, False

    def _month_named(self, match: re.Match[str]) -> tuple[int | None, int | None]:
        """The month a match names, with its year where a word such as 내달 gives it."""
        if match["m"]:
            return int(match["m"]), None
        if match["rm"]:
            if match["rm"].startswith("같은") and self.told.here:
                return int(self.told.here[5:7]), int(self.told.here[:4])
            found = self.calendar.month(_lookup(RELATIVE_MONTHS, match["rm"]))
            return (found[1], found[0]) if found else (None, None)
        return None, None

    def _day(self, match: re.Match[str], text: str) -> DateValue | None:
        first = int(match["d"])
        last = int(match["d2"]) if match["d2"] else None
        lean = LEAN.get(match["lean2"] or match["lean"] or "", "")
        year, worked_out = self._year_named(match)
        month, months_year = self._month_named(match)
        last_month = int(match["m2"]) if match["m2"] else None
        if last is not None and last <= first and last_month in (None, month):
            return None
        if month is None:
            if match["rm"] or match["ry"] or match["y"] or match["m"]:
                return None if match["y"] else DateValue(None, None, "day", inferred=True)
            if last_month is not None:
                return None
            if self.calendar.ref is None:
                return DateValue(None, None, "day", inferred=True)
            return self.calendar.leaning_day(first, last, lean) if lean else self.calendar.bare_day(first, last, lean)
        if year is None:
            year = months_year
            worked_out = True
        shape = "span" if last else "day"
        if year is not None:
            done = days_of(year, month, first, last, last_month)
            return DateValue(done, done, shape, inferred=worked_out) if done else None
        past_year, future_year = self.calendar.month_alone(month, lean)
        past = days_of(past_year, month, first, last, last_month) if past_year else None
        future = days_of(future_year, month, first, last, last_month) if future_year else None
        if past is None and future is None:
            text_ = f"XXXX-{month:02d}-{first:02d}"
            return DateValue(text_, text_, "day")
        return DateValue(past or future, future or past, shape, inferred=True)

    def _dotted(self, match: re.Match[str], text: str) -> DateValue | None:
        first, last = int(match["d"]), int(match["d2"]) if match["d2"] else None
        month, last_month = int(match["m"]), int(match["m2"]) if match["m2"] else None
        past, future = (int(match["y"]), int(match["y"])) if match["y"] else self.calendar.month_alone(month, "")
        before = days_of(past, month, first, last, last_month) if past else None
        after = days_of(future, month, first, last, last_month) if future else None
        if before is None and after is None:
            return None
        return DateValue(before, after, "span" if last else "day", inferred=not match["y"])

    def _numeric(self, match: re.Match[str], text: str) -> DateValue | None:
        done = days_of(int(match["y"]), int(match["m"]), int(match["d"]), None)
        return DateValue(done, done, "day") if done else None

    def _month(self, match: re.Match[str], text: str) -> DateValue | None:
        month, months_year = self._month_named(match)
        if month is None:
            return DateValue(None, None, "month", inferred=True) if match["rm"] else None
        year, worked_out = self._year_named(match)
        if year is None and months_year is not None:
            year, worked_out = months_year, True
        if year is not None:
            years: tuple[int | None, int | None] = (year, year)
        else:
            years, worked_out = self.calendar.month_alone(month, LEAN.get(match["lean"] or "", "")), True
        last = int(match["m2"] or match["m3"] or 0)
        if last:
            texts = tuple(
                f"{edtf.month(y, month)}/{edtf.month(y + (last < month), last)}" if y else None for y in years
            )
            return DateValue(texts[0] or texts[1], texts[1] or texts[0], "span", inferred=worked_out)
        part = match["part"] or ""
        if part.startswith("말") and _ends(text, match.end()):
            ends = tuple(
                end_of_month(y, month).isoformat() if y else f"XXXX-{month:02d}-{_days_in(month):02d}" for y in years
            )
            return DateValue(ends[0], ends[1], "end", inferred=True)
        mark = "~" if part else ""
        texts = tuple(edtf.month(y, month) + mark if y else f"XXXX-{month:02d}" for y in years)
        if years == (None, None):
            worked_out = False
        return DateValue(texts[0], texts[1], "part" if part else "month", inferred=worked_out)

    def _years(self, match: re.Match[str], text: str) -> DateValue | None:
        first = int(match["a"])
        last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
        if not first < last <= first + 60:
            return None
        return DateValue(f"{first}/{last}", f"{first}/{last}", "span")

    def _year(self, match: re.Match[str], text: str) -> DateValue | None:
        year, worked_out = self._year_named(match)
        if match["half"] or match["quarter"]:
            return _part_of_year(year, match["half"], match["quarter"])
        if match["season"]:
            done = f"{year}-{SEASONS[match['season']]}" if year else None
            return DateValue(done, done, "part", inferred=worked_out)
        part = (match["part"] or "").removeprefix("연").removeprefix("년")
        if part.startswith("말"):
            done = f"{year}-12-31" if year else "XXXX-12-31"
            return DateValue(done, done, "end", inferred=True)
        done = str(year) if year else None
        return DateValue(
            done,
            done,
            "part" if part else "year",
            until=bool(match["within"]) and match["within"] != "중",
            inferred=worked_out or bool(part),
        )

    def _fiscal(self, match: re.Match[str], text: str) -> DateValue | None:
        if match["rel"] is None:
            year = match["y"] or match["y1"]
            return DateValue(year, year, "year")
        offset = FISCAL_OFFSET.get(match["rel"], 0)
        begun = self.calendar.same(lambda d: str(d.year + offset - (d.month < self.fiscal_starts)))
        return DateValue(begun, begun, "year", inferred=True)

    def _decade(self, match: re.Match[str], text: str) -> DateValue | None:
        return DateValue(match["y"] + "X", match["y"] + "X", "decade")

    def _turn(self, match: re.Match[str], text: str) -> DateValue | None:
        year = self.calendar.year(0)
        if match["end"]:
            last = f"{year}-12-31" if year else "XXXX-12-31"
            return DateValue(last, last, "end", inferred=year is not None)
        this = str(year) if year else None
        if match["within"]:
            return DateValue(this, this, "year", until=True, inferred=True)
        if match["start"].startswith("새해"):
            near = self.calendar.same(lambda d: str(d.year + (d.month >= 11)))
            return DateValue(near, near, "part", inferred=True)
        return DateValue(this, this, "part", inferred=True)

    def _half(self, match: re.Match[str], text: str) -> DateValue | None:
        return _part_of_year(self.calendar.year(0), match["half"], match["quarter"])

    def _season(self, match: re.Match[str], text: str) -> DateValue | None:
        season = SEASONS[match["season"]]
        offset = {"올": 0, "이번": 0, "내년": 1, "작년": -1}.get(match["rel"])

        def of(d: date) -> str:
            if offset is not None:
                return f"{d.year + offset}-{season}"
            begins = (season - 20) * 3
            if match["rel"] == "지난":
                return f"{d.year - (begins + 2 > d.month)}-{season}"
            return f"{d.year + (begins <= d.month)}-{season}"

        done = self.calendar.same(of)
        return DateValue(done, done, "part", inferred=True)

    def _week(self, match: re.Match[str], text: str) -> DateValue | None:
        offset = _lookup(RELATIVE_WEEKS, match["w"])
        if match["wd"]:
            return self.calendar.weekday(WEEKDAYS.index(match["wd"]), week=offset, lean="")
        done = self.calendar.week(offset)
        if match["part"] == "말" and done:  # 주말
            sunday = date.fromisoformat(done[11:])
            done = f"{sunday - timedelta(days=1)}/{sunday}"
        return DateValue(done, done, "span", inferred=True)

    def _weekday(self, match: re.Match[str], text: str) -> DateValue | None:
        lean = LEAN.get(match["lean"] or "", "")
        if match["d"]:
            day = int(match["d"])
            return self.calendar.leaning_day(day, None, lean) if lean else self.calendar.bare_day(day, None, lean)
        week = 0 if match["lean"] == "이번" else None
        return self.calendar.weekday(WEEKDAYS.index(match["wd"]), week=week, lean=lean)

    def _today(self, match: re.Match[str], text: str) -> DateValue | None:
        offset = RELATIVE_DAYS[match["t"]]
        if match["d"] and self.calendar.day is None and not match["m"]:  # 오늘(31일): the day is told beside it
            return self.calendar.bare_day(int(match["d"]), None, "future" if offset > 0 else "past")
        done = self.calendar.days_away(offset)
        return DateValue(done, done, "day", inferred=True)

    def _narrated(self, match: re.Match[str], text: str) -> DateValue | None:
        word = match["t"]
        offset = _lookup(NARRATED, word)
        told = self.told.here or self.told.near
        done: str | None
        if told:
            done = (date.fromisoformat(told) + timedelta(days=offset)).isoformat()
        else:
            done = self.calendar.days_away(offset)
        return DateValue(done, done, "day", inferred=True)

    def _ago(self, match: re.Match[str], text: str) -> DateValue | None:
        count = (
            NATIVE_DAYS[match["nd"]] if match["nd"] else 7 if match["wk"] else NATIVE.get(match["n"]) or int(match["n"])
        )
        unit = "일" if match["nd"] or match["wk"] else match["u"]
        sign = -1 if match["way"] == "전" else 1
        if text[max(0, match.start() - 2) : match.start()].strip() == "그":
            return None
        if unit == "년":
            year = self.calendar.year(sign * count)
            return DateValue(str(year) if year else None, str(year) if year else None, "year", inferred=True)
        if unit in ("개월", "달"):
            month = self.calendar.month(sign * count)
            done = edtf.month(*month) if month else None
            return DateValue(done, done, "month", inferred=True)
        done = self.calendar.days_away(sign * count * (7 if unit in ("주", "주일") else 1))
        return DateValue(done, done, "day", inferred=True)


def _spans(text: str, first: Span, last: Span) -> bool:
    """Whether two dates are the ends of one span: 내년부터 2013년까지, 2020년 1월∼2021년 12월."""
    a, b = first.value, last.value
    between = text[first.end : last.start]
    if a.shape == b.shape == "day" and between.strip() in _AND and a.past and b.past and a.past < b.past:
        return _next_day(a.past, b.past)  # 어제(30일)와 오늘(31일)
    from_to = a.since and b.until and between.strip() == "부터"
    return (
        a.shape == b.shape
        and a.shape in ("year", "month")
        and (from_to or DASHES.fullmatch(between) is not None)
        and bool(a.past and b.future and a.past[:4].isdecimal() and b.future[:4].isdecimal())
        and a.past < b.future
    )


_AND = ("와", "과", ",", "·", "및")


def _next_day(first: str, last: str) -> bool:
    """Whether two days follow each other."""
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days == 1
    except ValueError:
        return False


def _joined(first: Span, last: Span) -> Span:
    done = f"{first.value.past}/{last.value.future}"
    return Span("date", first.start, last.end, DateValue(done, done, "span", inferred=True))


def _lookup(table: dict[str, int], word: str) -> int:
    return table[" ".join(word.split())] if " ".join(word.split()) in table else table[word.replace(" ", "")]


def _ends(text: str, at: int) -> bool:
    """Whether the end of a month is meant to the day: it is a limit, or something runs out then."""
    return (
        re.match(
            r"(?:께|경)?\s?(?:까지|로 (?:끝|만료|종료)|에 (?:끝|만료|종료)|(?:이면|이)? ?(?:만료|종료))",
            text[at : at + 10],
        )
        is not None
    )


def _days_in(month: int) -> int:
    return end_of_month(2001, month).day


def _part_of_year(year: int | None, half: str | None, quarter: str | None) -> DateValue | None:
    if year is None:
        return DateValue(None, None, "part", inferred=True)
    if half:
        first, size = (1, 6) if half in ("상반기", "전반기") else (7, 6)
    else:
        first, size = (int(quarter or 1) - 1) * 3 + 1, 3
    done = f"{edtf.month(year, first)}/{edtf.month(year, first + size - 1)}"
    return DateValue(done, done, "part", inferred=True)


def _lasting(text: str, span: Span) -> DateValue:
    """26일부터 이틀간: a span of so many days."""
    value: DateValue = span.value
    found = FOR_DAYS.match(text, span.end)
    if found is None or value.shape != "day":
        return value
    days = NATIVE_DAYS[found["nd"]] if found["nd"] else int(found["n"])
    if not 1 < days <= 15:
        return value

    def lasting(text: str | None) -> str | None:
        if text is None or len(text) != 10 or "X" in text:
            return text
        begins = date.fromisoformat(text)
        return edtf.span(begins, begins + timedelta(days=days - 1))

    return replace(value, past=lasting(value.past), future=lasting(value.future), shape="span", since=False)


def _bounded(text: str, span: Span) -> DateValue:
    """Adds what the words after a date say: 부터 and 이후 (since), 까지 and 안에 (until)."""
    value: DateValue = span.value
    since = SINCE.match(text, span.end) is not None
    until = value.until or UNTIL.match(text, span.end) is not None
    if since and value.shape == "span":
        since = False
    if until and value.shape == "span":
        until = False
    return replace(value, since=since, until=until) if since or until else value
