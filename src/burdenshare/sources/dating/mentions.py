"""Dates, weekdays and years that a report names, each with the sentence it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from burdenshare.sources.document import StretchKind
from burdenshare.sources.lexicon import lexicon
from burdenshare.sources.stretches import Layout

# Paragraphs of the body in which a day without a year is taken to be news, and characters read of any one line.
LEAD, REACH = 4, 3000

_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_MONTH_FIRST = re.compile(
    _MONTH + r"\b(?:\. ?| )(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%])(?! (?:percent|billion|million|trillion))"
    r"(?: ?[-–] ?(?P<last>[0-3]?\d))?"
    r"(?:(?:, ?| )(?P<year>(?:19|20)\d\d)(?!\d))?"
)
_DAY_FIRST = re.compile(
    r"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)? " + _MONTH + r"\b\.?(?:,? (?P<year>(?:19|20)\d\d)(?!\d))?"
)
_NUMERIC = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:\s?[-./]\s?|년 ?)(?P<month>[01]?\d)(?:\s?[-./]\s?|월 ?)(?P<day>[0-3]?\d)(?!\d)"
    r"|(?<!\d)(?P<day2>[0-3]?\d)\.(?P<month2>[01]?\d)\.(?P<year2>(?:19|20)\d\d)(?!\d)"
)
_OTHER_MONTH = re.compile(
    r"(?<!\d)(?P<day>[0-3]?\d)\.? (?:de )?(?P<name>[^\W\d_]{3,12})\.?(?: de)?,? (?P<year>(?:19|20)\d\d)(?!\d)"
)
# "2024. 9. 27.", as Korean offices write a day
_SPACED = re.compile(r"(?<!\d)(?:19|20)\d\d\. [01]?\d\. [0-3]?\d(?!\d)")
_SLASH = re.compile(r"(?<![\d/])([0-3]?\d)/([0-3]?\d)/((?:19|20)\d\d)(?![\d/])")
_WEEKDAY_SHORT = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:r?s|nes|ur)?(?:day)?\b")
_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_SPELLED = re.compile(_MONTH + r"\b\.? (?:the )?(?P<day>[a-z]{5,9}(?:-[a-z]{5,8})?)\b")
_BETWEEN = re.compile(r"[, ]*")
# What may follow the day on its own line: nothing, the time of day, or a few words after a comma.
_ENDS = re.compile(r"[ .]*|,? ?[0-2]?\d:[0-5]\d.{0,10}|, [^\d,.]{1,30}")
_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_YEAR = re.compile(r"(?<![\d.,$£€-])((?:19|20)\d\d)(?![\d.%]*\d|[,.]\d)")
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(
    # no sentence ends in a month or a title cut short: "on Dec. 31", "Lt. Gen. Lee"
    r"(?<=[a-z0-9)\"'”’]{2}[.!?])(?<!\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Gen|Sen|Rep|Gov|Col|Adm)\.)"
    r"(?<!\bSept\.)(?<!\b(?:Mr|Ms|Dr|Lt|No|St)\.)(?<!\bMrs\.)[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\n{1,9}"
)


class Sentence(NamedTuple):
    """A sentence of the report; `paragraph` counts the body's paragraphs from 0, headlines and captions are -1."""

    text: str
    kind: StretchKind
    paragraph: int
    low: str
    digits: bool


class Named(NamedTuple):
    """A date as named: month and day, and the year where it is given; characters start to end of the passage."""

    month: int
    day: int
    year: int | None
    start: int
    end: int
    words: str
    weekday: int | None = None  # Monday is 0, where one stands beside it

    @property
    def date(self) -> date | None:
        """The day, where the year is named and the calendar has it."""
        if self.year is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def sentences(found: Layout) -> list[Sentence]:
    """The report's sentences: headlines, captions and body, no furniture and no bylines."""
    out = []
    paragraph = 0
    for line, kind in zip(found.lines, found.kinds, strict=True):
        if kind in ("furniture", "byline"):
            continue
        at = paragraph if kind == "body" else -1
        for text in _SENTENCE.split(line.text[:REACH]):
            if text:
                out.append(Sentence(text, kind, at, text.lower(), line.digits and _DIGIT.search(text) is not None))
        paragraph += kind == "body"
    return out


def dates(text: str) -> Iterator[Named]:
    """Days named in the text in any of the usual ways, in the order of the ways, not of the text."""
    if not _DIGIT.search(text):
        return
    months = lexicon().months
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        for m in pattern.finditer(text):
            number = months[m["month"][:3].lower()]
            if 1 <= int(m["day"]) <= 31:
                yield Named(number, int(m["day"]), int(m["year"]) if m["year"] else None, m.start(), m.end(), m.group())
    for m in _NUMERIC.finditer(text):
        month, day = int(m["month"] or m["month2"]), int(m["day"] or m["day2"])
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Named(month, day, int(m["year"] or m["year2"]), m.start(), m.end(), m.group())


def line_dates(text: str) -> list[Named]:
    """Days with their year in a line that is there to give a date, months in any language of the lexicon."""
    found = [d for d in dates(text) if d.date] if _SPACED.search(text) else []
    found = found or [d for d in dates(text.replace(". ", " ", 1) if text[:12].count(". ") else text) if d.date]
    months = lexicon().months
    for m in _OTHER_MONTH.finditer(text):
        number = months.get(m["name"].casefold())
        if number and 1 <= int(m["day"]) <= 31 and not any(d.start <= m.start() < d.end for d in found):
            found.append(Named(number, int(m["day"]), int(m["year"]), m.start(), m.end(), m.group()))
    return sorted(found, key=lambda d: d.start)


def bare_day(text: str) -> Named | None:
    """The day of a line that says little else: "Thursday, June 4", "May third, evening news"; no year named."""
    months, ordinals = lexicon().months, lexicon().ordinals
    beside = _WEEKDAY_SHORT.match(text)
    weekday = _SHORT.index(beside[1]) if beside else None
    start = _BETWEEN.match(text, beside.end()).end() if beside else 0  # type: ignore[union-attr]
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        m = pattern.match(text, start)
        if m and not m["year"] and 1 <= int(m["day"]) <= 31 and _ENDS.fullmatch(text, m.end()):
            return Named(months[m["month"][:3].lower()], int(m["day"]), None, m.start(), m.end(), m[0], weekday)
    m = _SPELLED.match(text, start)
    day = ordinals.get(m["day"].lower(), 0) if m else 0
    if m and day and _ENDS.fullmatch(text, m.end()):
        return Named(months[m["month"][:3].lower()], day, None, m.start(), m.end(), m[0], weekday)
    return None


def slash_dates(text: str) -> Iterator[tuple[Named, Named]]:
    """Days written with strokes, month first and day first; a weekday in the text rules out what it does not fit."""
    named = [_SHORT.index(m[1]) for m in _WEEKDAY_SHORT.finditer(text)]
    for m in _SLASH.finditer(text):
        one, two, year = int(m[1]), int(m[2]), int(m[3])
        both = (Named(one, two, year, m.start(), m.end(), m[0]), Named(two, one, year, m.start(), m.end(), m[0]))
        real = [d for d in both if d.date]
        fitting = [d for d in real if d.date and d.date.weekday() in named] or real
        if fitting:
            yield fitting[0], fitting[-1]


def weekdays(text: str) -> list[tuple[int, int]]:
    """Weekdays named (Monday is 0) and where."""
    return [(_WEEKDAYS.index(m[1]), m.start()) for m in _WEEKDAY.finditer(text)]


def years(text: str) -> list[tuple[int, int]]:
    """Years named and where."""
    return [(int(m[1]), m.start()) for m in _YEAR.finditer(text)]
