"""Evidence from the words of Korean reports: years named beside "next year", days of the month, weekdays, the case.

Korean reports name the day of the news by the day of its month alone ("18일"), and come out on it or on the day after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from burdenshare.case.model import Case
from burdenshare.edtf import When
from burdenshare.sources.dating.calendar import AFTER_ROUND, BEFORE_ROUND, talks_span
from burdenshare.sources.dating.days import (
    EARLIEST,
    LATEST,
    Days,
    Evidence,
    every_year,
    month,
    since,
    union,
    until,
    year,
)
from burdenshare.sources.dating.mentions import LEAD, Sentence
from burdenshare.sources.lexicon import lexicon

# How long after a day without a year a report on it still comes out: in its first paragraphs, after "지난", and beside
# a weekday wherever it stands (days).
NEWS, PAST, NEAR = 12, 60, 60
# A picture's day beside the same day of the month in the report is the day of the news or the one before.
PICTURE = 1

_HANGUL = re.compile(r"[가-힣]")
_END = re.compile(r"(?<=[다요까음함][.!?])[\"”’')]{0,2}\s+|\n{1,9}")
_WEEKDAY = r"(?:\s?\(\s?(?P<short>[월화수목금토일])(?:요일)?\s?\)|\s(?P<long>[월화수목금토일])요일)"
_FULL = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)년\s?(?P<month>1[0-2]|0?[1-9])월\s?(?P<day>[12]\d|3[01]|0?[1-9])일")
_MONTH_DAY = re.compile(
    r"(?P<before>지난\s?|오는\s?)?(?<![\d년])(?P<month>1[0-2]|0?[1-9])월\s?(?P<day>[12]\d|3[01]|0?[1-9])일"
    + _WEEKDAY
    + "?"
)
_DAY = re.compile(
    r"(?<![\d월~∼,·.-])(?<![월∼~-]\s)(?P<day>[12]\d|3[01]|0?[1-9])일(?![간째차가-힣]*(?:동안|째|간\b|차\b))"
    + _WEEKDAY
    + "?"
)
_NOT_NEWS = re.compile(r"(?:지난|오는|이달|다음\s?달|내달|지난달|매월|매달|향후|앞으로|최소|최대|약|총|불과|\d)\s?$")
_SPAN_AFTER = re.compile(r"\s?(?:간|째|동안|만에|이내|안에|차|부터 \d|까지|자로|앞두|뒤|후|남)")
# "내년(2020년)", "2020년(내년)": the year named and its place from the report's own.
_YEAR_WORDS = {"내후년": 2, "내년": 1, "올해": 0, "금년": 0, "지난해": -1, "작년": -1, "재작년": -2}
_WORD_YEAR = re.compile(
    r"(?P<word>내후년|내년|올해|금년|지난해|재작년|작년)(?:도)?\s?\(\s?(?P<year>(?:19|20)\d\d)년?(?:도)?\s?\)"
)
_YEAR_WORD = re.compile(
    r"(?P<year>(?:19|20)\d\d)년(?:도)?\s?\(\s?(?P<word>내후년|내년|올해|금년|지난해|재작년|작년)\s?\)"
)
_YEAR = re.compile(r"(?<![\d.,])(?P<year>(?:19|20)\d\d)년")
_DONE = re.compile(
    r"^[^.\n]{0,24}?(?:체결|서명|가서명|타결|합의|비준|발효|만료|종료|시작|개시|도입|개최)(?:했|됐|되었|하였|돼|된|한)"
)
_TO_COME = re.compile(
    r"^[^.\n]{0,16}?(?:까지\s?유효|만료(?:되는|될|된다|됩니다)|종료(?:되는|될|된다)|끝나는|끝난다|부터\s?(?:새로\s?)?적용(?:할|될|되는|된다)"
    r"|이후\s?적용(?:할|될|되는)|발효(?:될|할)|적용할)"
)
_PAST_END = re.compile(r"(?:[았었였했됐갔났왔렸졌쳤겼혔폈녔웠췄꿨]다|습니다)[.”\"’')]*\s*$")
_MONTH_AGO = re.compile(r"지난\s?(?P<month>1[0-2]|[1-9])월(?!\s?\d)")
_ACTS = {
    "agreed": ("타결", "합의"), "initialled": ("가서명",), "signed": ("서명", "체결"), "ratified": ("비준",),
}  # fmt: skip
_MOTION = re.compile(r"비준\s?동의")
_NUMBERED = r"(?:제\s?)?(?P<number>\d{1,2})차"
_ROUND = re.compile(_NUMBERED + r"\s?(?:고위급\s?|공식\s?)?(?:회의|협상|협의|회담)")
_TALKING = re.compile(r"회의|협상|협의|회담")


def _statements(report: list[Sentence]) -> Iterator[tuple[Sentence, str]]:
    """The Korean sentences of the report, each with the passage it stands in."""
    for s in report:
        if not s.text.isascii() and _HANGUL.search(s.text):
            for text in _END.split(s.text):
                if text:
                    yield s, text


def _weekday(m: re.Match[str]) -> int | None:
    word = m["short"] or m["long"]
    return lexicon().weekdays.get(f"{word}요일") if word else None


def _quoted(text: str, m: re.Match[str]) -> str:
    return f'"{" ".join(text[max(0, m.start() - 12) : m.end() + 12].split())}"'


@lru_cache(maxsize=256)
def _every_month(day: int, *, before: int = 0, after: int = 1, weekday: int | None = None) -> Days:
    spans = []
    for y in range(EARLIEST.year, LATEST.year + 1):
        for number in range(1, 13):
            if day > month(y, number)[1].day:
                continue
            at = date(y, number, day)
            if weekday is None or at.weekday() == weekday:
                spans.append((at - timedelta(days=before), at + timedelta(days=after)))
    return union(spans)


def from_korean(report: list[Sentence]) -> Iterator[Evidence]:
    """What the Korean words of the report say of its day."""
    pictures: list[date] = []
    days: set[int] = set()
    for s, text in _statements(report):
        if s.kind == "caption":
            pictures += [d for m in _PICTURE.finditer(text) if (d := _day(m))]
            continue
        yield from _years(text)
        yield from _full_days(text)
        yield from _days_of_months(s, text)
        if s.kind == "body" and s.paragraph < LEAD:
            for m in _DAY.finditer(text):
                if _NOT_NEWS.search(text[max(0, m.start() - 6) : m.start()]) or _SPAN_AFTER.match(text, m.end()):
                    continue
                days.add(int(m["day"]))
                if s.paragraph == 0 and _PAST_END.search(text):
                    around = _every_month(int(m["day"]), weekday=_weekday(m))
                    yield Evidence(around, 2, "narrowed", f"{_quoted(text, m)} is the day of its news.")
    for day in pictures:
        yield Evidence(since(day), 6, "narrowed", f"A picture in it was taken on {day.isoformat()}.")
        near = [day + timedelta(days=d) for d in range(PICTURE + 1)]
        told = [d for d in near if d.day in days]
        if told:
            because = (
                f"Its picture was taken on {day.isoformat()}, and its news is of the {told[0].day}th of the month."
            )
            yield Evidence(union([(told[0], told[0] + timedelta(days=1))]), 7, "narrowed", because)


_PICTURE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[.\-/]\s?(?P<month>1[0-2]|0?[1-9])[.\-/]\s?(?P<day>[12]\d|3[01]|0?[1-9])(?!\d)"
)


def _day(m: re.Match[str]) -> date | None:
    try:
        found = date(int(m["year"]), int(m["month"]), int(m["day"]))
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def _years(text: str) -> Iterator[Evidence]:
    for pattern in (_WORD_YEAR, _YEAR_WORD):
        for m in pattern.finditer(text):
            number = int(m["year"]) - _YEAR_WORDS[m["word"]]
            yield Evidence(year(number), 8, "narrowed", f'"{m[0]}" puts it in {number}.')
    for m in _YEAR.finditer(text):
        number = int(m["year"])
        after = text[m.end() : m.end() + 40]
        if _TO_COME.match(after):
            end = date(min(number, LATEST.year), 12, 31)
            yield Evidence(until(end), 4, "narrowed", f"{_quoted(text, m)} is present or to come.")
        elif _DONE.match(after) or text[: m.start()].endswith(("지난 ", "지난")):
            yield Evidence(since(date(number, 1, 1)), 5, "narrowed", f"{_quoted(text, m)} is past or present.")


def _full_days(text: str) -> Iterator[Evidence]:
    for m in _FULL.finditer(text):
        day = _day(m)
        if day is None:
            continue
        after = text[m.end() : m.end() + 40]
        if _TO_COME.match(after):
            yield Evidence(until(day), 6, "narrowed", f"{_quoted(text, m)} is still to come.")
        elif _DONE.match(after) or text[: m.start()].endswith(("지난 ", "지난")):
            yield Evidence(since(day), 6, "narrowed", f"{_quoted(text, m)} is past.")


def _days_of_months(s: Sentence, text: str) -> Iterator[Evidence]:
    """Days with their month and no year: news in the first paragraphs; with a weekday the years that have it."""
    for m in _MONTH_DAY.finditer(text):
        if text[: m.start()].rstrip().endswith("년") or text[m.end() : m.end() + 2] in ("기념", "자 "):
            continue
        number, day, weekday = int(m["month"]), int(m["day"]), _weekday(m)
        before = (m["before"] or "").strip()
        ended = _PAST_END.search(text) and not _TO_COME.match(text[m.end() : m.end() + 40])
        if before == "오는" or (not ended and weekday is not None):
            if weekday is not None:
                days = every_year(number, day, before=NEAR, after=NEAR, weekday=weekday)
                yield Evidence(days, 6, "narrowed", f"{_quoted(text, m)} fits only years in which it is that weekday.")
            continue
        if ended and s.kind == "body" and s.paragraph < LEAD:
            reach = PAST if before else NEWS
            days = every_year(number, day, after=reach, weekday=weekday)
            if days:
                yield Evidence(days, 7 if weekday is not None else 5, "narrowed", f"{_quoted(text, m)} is news in it.")


# -- the case's calendar ----------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _series(names: tuple[str, ...]) -> re.Pattern[str]:
    """An agreement of the series called by its number; a few letters may stand between (the two sides' names)."""
    listed = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    return re.compile(_NUMBERED + rf"\s?[^\s\d]{{0,4}}\s?(?:{listed})")


def _names(case: Case) -> tuple[str, ...]:
    return tuple(n for n in (*case.series.get("ko", ()), *case.about.get("ko", ())) if n)


def from_korean_case(report: list[Sentence], case: Case) -> Iterator[Evidence]:
    """An agreement by its number, a round by its number, and acts told of by their month, held to the case."""
    told = [*_statements(report)]
    names = _names(case)
    if not told or not names:
        return
    pattern = _series(names)
    newest: tuple[int, bool] | None = None
    numbers: set[int] = set()
    for _, text in told:
        for m in pattern.finditer(text):
            number = int(m["number"])
            if case.agreement(number) is None:
                continue
            numbers.add(number)
            if newest is None or number > newest[0]:
                newest = (number, bool(_TALKING.search(text)))
    if newest is None:
        return
    if span := talks_span(case, newest[0]):
        days = union([span]) if newest[1] else union([(span[0], LATEST)])
        told_of = "talks on the" if newest[1] else "the"
        yield Evidence(days, 4 if newest[1] else 5, "narrowed", f"It tells of {told_of} agreement number {newest[0]}.")
    yield from _rounds(told, case, numbers, pattern)
    yield from _acts(told, case, numbers)
    yield from _votes(told, case, newest[0])


def _rounds(
    told: list[tuple[Sentence, str]], case: Case, numbers: set[int], pattern: re.Pattern[str]
) -> Iterator[Evidence]:
    """The last round named in a passage of the first paragraphs that names the matter too, not another's."""
    matter = _names(case)
    last: tuple[int, str] | None = None
    for s, text in told:
        if s.paragraph >= LEAD or not any(n in text for n in matter):
            continue
        named = [m.span() for m in pattern.finditer(text)]
        for m in _ROUND.finditer(text):
            if not any(a <= m.start() < b for a, b in named) and (last is None or int(m["number"]) > last[0]):
                last = (int(m["number"]), m[0])
    if last is None:
        return
    spans = []
    for r in case.rounds:
        if r.number == last[0] and r.agreement in numbers and r.start and r.start.earliest:
            first, end = _bounds(r.start), _bounds(r.end) or _bounds(r.start)
            if first and end:
                spans.append((first[0] - timedelta(days=BEFORE_ROUND), end[1] + timedelta(days=AFTER_ROUND)))
    if spans:
        yield Evidence(union(spans), 4, "narrowed", f'"{last[1]}" fits the rounds the case knows of that number.')


def _acts(told: list[tuple[Sentence, str]], case: Case, numbers: set[int]) -> Iterator[Evidence]:
    """An accord, signing or vote "last March": from the end of that month for as long as it is the last March."""
    for _, text in told:
        ago = _MONTH_AGO.search(text)
        if ago is None:
            continue
        spans = []
        for agreement in (a for n in numbers if (a := case.agreement(n))):
            for act, words in _ACTS.items():
                when = _bounds(getattr(agreement, act))
                if when and when[0].month == int(ago["month"]) and any(w in text[ago.end() :] for w in words):
                    after = month(when[0].year, when[0].month)[1] + timedelta(days=1)
                    spans.append((after, after + timedelta(days=334)))
        if spans:
            yield Evidence(
                union(spans), 5, "narrowed", f"{_quoted(text, ago)} tells of what the case has in that month."
            )


def _votes(told: list[tuple[Sentence, str]], case: Case, number: int) -> Iterator[Evidence]:
    """A motion to ratify in the headline or the first sentence: from the accord to the vote."""
    agreement = case.agreement(number)
    if agreement is None or not any(s.paragraph <= 0 and _MOTION.search(text) for s, text in told):
        return
    first = _bounds(agreement.agreed) or _bounds(agreement.initialled) or _bounds(agreement.signed)
    last = _bounds(agreement.ratified)
    if first and last:
        span = union([(first[0], last[1] + timedelta(days=NEWS))])
        yield Evidence(span, 4, "narrowed", f"It tells of the motion to ratify agreement number {number}.")


def _bounds(when: When | None) -> tuple[date, date] | None:
    if when is None or when.earliest is None or when.latest is None or (when.latest - when.earliest).days > 31:
        return None
    return when.earliest, when.latest
