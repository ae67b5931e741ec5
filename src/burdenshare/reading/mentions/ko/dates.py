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
from burdenshare.reading.mentions.ko.calendar import Calendar, Lean, days_of, end_of_month
from burdenshare.reading.mentions.ko.span import Span
from burdenshare.reading.mentions.mention import DateValue

_RELATIVE_YEARS = {
    "올해": 0, "금년": 0, "작년": -1, "지난해": -1, "전년": -1, "지난 해": -1, "거년": -1,
    "내년": 1, "명년": 1, "래년": 1, "다음 해": 1, "다음해": 1, "이듬해": 1, "재작년": -2, "지지난해": -2, "그러께": -2,
    "내후년": 2, "후년": 2, "이번 해": 0, "같은 해": 0, "동년": 0, "그해": 0,
}  # fmt: skip
_RELATIVE_MONTHS = {
    "이달": 0, "이번 달": 0, "이번달": 0, "금월": 0, "같은 달": 0, "지난달": -1, "지난 달": -1,
    "전달": -1, "저번 달": -1, "내달": 1, "다음 달": 1, "다음달": 1, "래달": 1, "오는 달": 1, "지지난달": -2,
    "다다음 달": 2, "다다음달": 2,
}  # fmt: skip
_RELATIVE_WEEKS = {
    "이번 주": 0, "이번주": 0, "금주": 0, "지난주": -1, "지난 주": -1, "저번 주": -1, "전주": -1, "다음 주": 1,
    "다음주": 1, "내주": 1, "래주": 1, "다다음 주": 2, "다다음주": 2, "지지난주": -2,
}  # fmt: skip
_RELATIVE_DAYS = {
    "오늘": 0, "금일": 0, "어제": -1, "작일": -1, "어저께": -1, "그제": -2, "그저께": -2, "엊그제": -2, "내일": 1,
    "명일": 1, "모레": 2, "글피": 3,
}  # fmt: skip
_OF_THE_YEAR_TOLD = frozenset({"같은 해", "동년", "그해", "이듬해"})
_NARRATED = {
    "이날": 0,
    "같은 날": 0,
    "당일": 0,
    "동일": 0,
    "전날": -1,
    "하루 전": -1,
    "이튿날": 1,
    "다음 날": 1,
    "다음날": 1,
}
_NATIVE_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10,
    "보름": 15,
}  # fmt: skip
_WEEKDAYS = "월화수목금토일"
_LEAN: dict[str, Lean] = {"지난": "past", "오는": "future", "다가오는": "future", "이번": ""}
_SEASONS = {"봄": 21, "여름": 22, "가을": 23, "겨울": 24}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted((w.replace(" ", r"\s") for w in words), key=len, reverse=True))


_DASH = r"\s?[~∼～〜–—-]\s?"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_M = r"(?:1[0-2]|0?[1-9])"
# 5일간, 5일 동안, 8일 만에, 5일째 are lengths of time, and 5일 뒤 is no 5th; 5일 전체회의 is.
_LENGTHS = r"간|째|짜리|여|치(?![가-힣])|\s?(?:동안|만에|만의|연속|이내|뒤|내내)|\s?전(?![가-힣])|\s?후(?![가-힣반])"
_NO_LENGTH = rf"(?!{_LENGTHS})"
_ZONE = r"[가-힣]{1,3}\s?(?:[가-힣]{2}\s)?시[간각]"  # 현지시간, 한국 시간, 미 동부 시간
_BRACKET = rf"(?:\s?[(（](?:{_ZONE}|[{_WEEKDAYS}](?:요일)?)[)）])?"
_LEANING = r"(?:(?P<lean>지난|오는|다가오는|이번)\s?)?"
_CLOCK = rf"(?:{_ZONE}(?:으로|기준)?\s?)?"
_THIS = r"올(?=\s(?:초|상|하|봄|여|가을|겨|말|\d)|상반기|하반기|봄|여름|가을|겨울|초|말)"
_YEAR = rf"(?:(?P<y>(?:19|20)\d\d)\s?년|[’'‘](?P<y2>\d\d)년|(?P<ry>{_THIS}|{_any(_RELATIVE_YEARS)}))"
_MONTH = rf"(?:(?<!\d)(?P<m>{_M})월(?!요일)|(?P<rm>{_any(_RELATIVE_MONTHS)}))"
_WEEKDAY_AFTER = rf"(?:\s[{_WEEKDAYS}]요일)?"
# "24일", "24∼25일", "24, 25일", "24일과 25일", "17일부터 19일(까지)", "31일부터 2월 2일".
_DAYS = (
    rf"(?<![\d.,:])(?<!박\s)(?P<d>{_D})(?:일{_BRACKET}(?:부터|에서|과|와)?|(?={_DASH}\d|[,·]\s?\d{{1,2}}일))"
    rf"(?:(?:{_DASH}|[,·]\s?|(?<=부터)\s|(?<=에서)\s(?=(?:\d{{1,2}}월\s?)?\d{{1,2}}일까지)|(?<=[과와])\s)"
    rf"(?:(?P<m2>{_M})월\s?)?(?P<d2>{_D})일{_BRACKET}{_WEEKDAY_AFTER}"
    rf"|(?<=일){_WEEKDAY_AFTER}|(?<=[)）])|(?<=부터)|(?<=에서)|(?<=[과와])){_NO_LENGTH}"
)
_DAY = re.compile(
    rf"{_CLOCK}(?:{_LEANING}{_YEAR}\s?)?{_CLOCK}(?:(?P<lean2>지난|오는|다가오는|이번)\s)?(?:{_MONTH}\s?)?{_CLOCK}{_DAYS}"
)
_NUMERIC = re.compile(rf"(?<![\d.])(?P<y>(?:19|20)\d\d)(?P<s>[./-])\s?(?P<m>{_M})(?P=s)\s?(?P<d>{_D})(?!\d)\.?")
_PART = r"초순|초반|초|중순|상순|중반|하순|말께|말경|말"
_MONTH_ONLY = re.compile(
    rf"{_LEANING}(?:{_YEAR}\s?)?{_MONTH}(?:{_DASH}(?P<m2>{_M})월|부터\s(?P<m3>{_M})월(?=까지))?(?:\s?(?P<part>{_PART})(?!씀|했|하|없))?"
)
_FISCAL = r"\s?회계\s?[연년]도"
_YEAR_SPAN = re.compile(
    rf"(?P<a>(?:19|20)\d\d)(?:년도?|[연]도|{_FISCAL})?(?:{_DASH}|부터\s|에서\s(?=\d+년))"
    rf"(?P<b>(?:19|20)\d\d|\d\d(?=년|{_FISCAL}))(?:년도?|연도|{_FISCAL})?(?!\d|월|억|조|만|원)"
)
_FISCAL_YEAR = re.compile(
    rf"(?:(?P<y>(?:19|20)\d\d)(?:년\s?)?|(?P<rel>올해|올|이번|금년|내년|다음|차기|지난해|지난|작년)\s?){_FISCAL}|(?P<y1>(?:19|20)\d\d)연도"
)
_FISCAL_OFFSET = {"내년": 1, "다음": 1, "차기": 1, "지난해": -1, "지난": -1, "작년": -1}
_YEAR_ONLY = re.compile(
    rf"{_LEANING}{_YEAR}(?:도)?\s?(?:(?P<half>상반기|하반기|전반기|후반기)|(?P<quarter>[1-4])(?:[/·]4)?\s?분기|(?P<season>봄|여름|가을|겨울)(?![가-힣](?<![에은는의부까]))|"
    rf"(?P<part>{_PART})(?!씀|했|하|없)|(?P<within>안|내|중)(?=에|으로|\s|까지|[^가-힣]|$))?"
)
_DECADE = re.compile(r"(?P<y>(?:19|20)\d)0년대")
_YEAR_TURN = re.compile(
    r"(?P<end>(?<![가-힣])(?:연말|년말|세밑))|(?P<start>(?<![가-힣])(?:연초|년초|새해\s?초|새해))|(?P<within>(?<![가-힣])(?:연내|년내))"
)
_HALF = re.compile(
    r"(?:(?P<half>상반기|하반기)|(?P<quarter>[1-4])(?:[/·]4)?\s?분기)(?=에|부터|까지|중|안|내|\s|[^가-힣]|$)"
)
_WEEK = re.compile(
    rf"(?P<w>{_any(_RELATIVE_WEEKS)})(?:\s?(?P<wd>[{_WEEKDAYS}])요일|\s?(?P<part>초|중반|중|말|후반))?(?![가-힣]한)"
)
_WEEKDAY = re.compile(
    rf"(?:(?P<lean>지난|오는|다가오는|이번)\s)?(?P<wd>[{_WEEKDAYS}])요일(?:\s?[(（](?P<d>{_D})일[)）])?"
)
_TODAY = re.compile(
    rf"(?<![가-힣])(?P<t>{_any(_RELATIVE_DAYS)})(?=은|는|이|가|도|의|까지|부터|과|와|자|\s|[^가-힣]|$|저녁|밤|아침|오전|오후)"
)
_TOLD = re.compile(rf"(?<![가-힣])(?P<t>{_any(_NARRATED)})(?=은|는|이|에|의|도|까지|부터|과|\s|[^가-힣]|$)")
_AGO = re.compile(
    rf"(?<![가-힣\d.])(?:(?P<n>\d{{1,3}}|한|두|세|석|네|넉|다섯)\s?(?P<u>년|개월|달|주일|주|일)|(?P<nd>{'|'.join(_NATIVE_DAYS)})|(?P<wk>일주일))\s?(?P<way>전|뒤|후)(?=인|에|의|부터|까지|만|\s|[^가-힣]|$)"
)
_SEASON = re.compile(r"(?<![가-힣])(?P<rel>올|지난|이번|다음|내년|작년)\s?(?P<season>봄|여름|가을|겨울)")
_NATIVE = {"한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5}
_OPENING = (
    "연말|년말|연초|년초|새해|연내|년내|세밑|상반기|하반기|한\\s?달|두\\s?달|석\\s?달|넉\\s?달|다음\\s|차기\\s|하루|이틀|사흘|나흘|닷새|엿새|"
    "열흘|보름|일주일|올"
)
_WORDS = "|".join(_any(t) for t in (_RELATIVE_YEARS, _RELATIVE_MONTHS, _RELATIVE_WEEKS, _RELATIVE_DAYS, _NARRATED))
_TRIGGER = re.compile(
    rf"(?<![\d.,])\d|[’'‘]\d\d년|지난|오는|다가오는|이번|[가-힣]{{2}}\s?시[간각](?=\S{{0,2}}\s?(?:지난|오는|이달|내달|\d))"
    rf"|(?<![가-힣])(?:{_WORDS}|[{_WEEKDAYS}]요일|{_OPENING})"
)
_SINCE = re.compile(r"\s?(?:부터|이후|이래|이후로|뒤부터)")
_UNTIL = re.compile(r"\s?(?:까지|이전|전까지|안(?=에|으로)|안에|내로|내에)")


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
        for trigger in _TRIGGER.finditer(text):
            at = trigger.start()
            if at < last:
                continue
            found = self._at(text, at)
            if found is None or found.end <= at:
                continue
            found.value = _bounded(text, found)
            self._remember(found.value)
            out.append(found)
            last = found.end
        return out

    def _at(self, text: str, at: int) -> Span | None:
        for pattern, resolve in (
            (_NUMERIC, self._numeric),
            (_DAY, self._day),
            (_WEEKDAY, self._weekday),
            (_DECADE, self._decade),
            (_YEAR_SPAN, self._years),
            (_FISCAL_YEAR, self._fiscal),
            (_MONTH_ONLY, self._month),
            (_SEASON, self._season),
            (_YEAR_ONLY, self._year),
            (_YEAR_TURN, self._turn),
            (_HALF, self._half),
            (_WEEK, self._week),
            (_TOLD, self._narrated),
            (_TODAY, self._today),
            (_AGO, self._ago),
        ):
            match = pattern.match(text, at)
            if match is not None and match.end() > at:
                value = resolve(match, text)
                if value is not None:
                    end = match.end()
                    while end > at and text[end - 1] == " ":
                        end -= 1
                    for closing in ("부터", "에서", "과", "와"):
                        if pattern is _DAY and text[at:end].endswith(closing):
                            end -= len(closing)
                            break
                    return Span("date", at, end, value)
        return None

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
        if parts.get("ry"):
            word = parts["ry"]
            offset = 0 if word == "올" else _lookup(_RELATIVE_YEARS, word)
            if word in _OF_THE_YEAR_TOLD and self.told.here[:4].isdecimal():
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
            found = self.calendar.month(_lookup(_RELATIVE_MONTHS, match["rm"]))
            return (found[1], found[0]) if found else (None, None)
        return None, None

    def _day(self, match: re.Match[str], text: str) -> DateValue | None:
        first = int(match["d"])
        last = int(match["d2"]) if match["d2"] else None
        lean = _LEAN.get(match["lean2"] or match["lean"] or "", "")
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
            years, worked_out = self.calendar.month_alone(month, _LEAN.get(match["lean"] or "", "")), True
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
            done = f"{year}-{_SEASONS[match['season']]}" if year else None
            return DateValue(done, done, "part", inferred=worked_out)
        part = match["part"] or ""
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
        offset = _FISCAL_OFFSET.get(match["rel"], 0)
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
        season = _SEASONS[match["season"]]
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
        offset = _lookup(_RELATIVE_WEEKS, match["w"])
        if match["wd"]:
            return self.calendar.weekday(_WEEKDAYS.index(match["wd"]), week=offset, lean="")
        done = self.calendar.week(offset)
        if match["part"] == "말" and done:  # 주말
            sunday = date.fromisoformat(done[11:])
            done = f"{sunday - timedelta(days=1)}/{sunday}"
        return DateValue(done, done, "span", inferred=True)

    def _weekday(self, match: re.Match[str], text: str) -> DateValue | None:
        lean = _LEAN.get(match["lean"] or "", "")
        if match["d"]:
            day = int(match["d"])
            return self.calendar.leaning_day(day, None, lean) if lean else self.calendar.bare_day(day, None, lean)
        week = 0 if match["lean"] == "이번" else None
        return self.calendar.weekday(_WEEKDAYS.index(match["wd"]), week=week, lean=lean)

    def _today(self, match: re.Match[str], text: str) -> DateValue | None:
        done = self.calendar.days_away(_RELATIVE_DAYS[match["t"]])
        return DateValue(done, done, "day", inferred=True)

    def _narrated(self, match: re.Match[str], text: str) -> DateValue | None:
        word = match["t"]
        offset = _lookup(_NARRATED, word)
        told = self.told.here or self.told.near
        done: str | None
        if told:
            done = (date.fromisoformat(told) + timedelta(days=offset)).isoformat()
        else:
            done = self.calendar.days_away(offset)
        return DateValue(done, done, "day", inferred=True)

    def _ago(self, match: re.Match[str], text: str) -> DateValue | None:
        count = (
            _NATIVE_DAYS[match["nd"]]
            if match["nd"]
            else 7
            if match["wk"]
            else _NATIVE.get(match["n"]) or int(match["n"])
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


def _bounded(text: str, span: Span) -> DateValue:
    """Adds what the words after a date say: 부터 and 이후 (since), 까지 and 안에 (until)."""
    value: DateValue = span.value
    since = _SINCE.match(text, span.end) is not None
    until = value.until or _UNTIL.match(text, span.end) is not None
    if since and value.shape == "span":
        since = False
    if until and value.shape == "span":
        until = False
    return replace(value, since=since, until=until) if since or until else value
