"""Evidence from lines that are there to give the date: bylines, stamps, fields of a title, the day on a masthead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from burdenshare.sources.dating.days import Evidence, every_year, union
from burdenshare.sources.dating.mentions import Named, bare_day, line_dates, slash_dates, weekdays
from burdenshare.sources.lexicon import lexicon
from burdenshare.sources.lines import Line
from burdenshare.sources.stretches import Layout

# What a line's word before its date makes of it; the day of a change bounds the report and decides only at the end.
RANKS = {"published": 20, "": 18, "modified": 12}
PREFERRED = 2
# Words of texts that write the day first, from which the order of a date in figures is taken from them.
DAY_FIRST = 2
# Body lines at the top in which a date with the time of day is a stamp.
TOP = 2
# Characters of a line that are looked at for its date.
REACH = 400

_WORD = re.compile(r"[^\W\d_]+")
_FIELD = re.compile(r"\s*(?:[|·•]|\s/\s|\s[—–]\s)\s*")
_BEFORE_STAMP = re.compile(r"(?:^|[.|:;•·)–—-])\s*$")
_TIME = re.compile(r",?(?: at)? (?:-|–|\|)? ?[0-2]?\d:[0-5]\d")
_MARKS = ("#", "[", "(")
_EVIDENCE_TEXT = 90


def _short(text: str) -> str:
    return text if len(text) <= _EVIDENCE_TEXT else text[: _EVIDENCE_TEXT - 3].rstrip() + "..."


def _label(text: str, before: int) -> str:
    """`published`, `modified` or "": what the words before a date in its line say of it."""
    lex = lexicon()
    for word in reversed(_WORD.findall(text[:before].casefold())[-4:]):
        if word in lex.modified:
            return "modified"
        if word in lex.published:
            return "published"
    return ""


def _is_stamp(text: str, named: Named, *, above: bool) -> bool:
    """True where the date is not part of a headline or sentence: a field of its own, or a day with its time."""
    if _TIME.match(text, named.end) and _BEFORE_STAMP.search(text[: named.start]):
        return True
    if not above:
        return False
    at = 0
    for field in _FIELD.split(text):
        start = text.find(field, at)
        at = start + len(field)
        if start <= named.start and named.end <= at:
            rest = text[start : named.start] + text[named.end : at]
            if len(_WORD.findall(rest)) <= 1 and at - start < len(text):
                return True
    # "Weekend edition, Friday, 2 May 2031" closes with its weekday and date.
    beside = weekdays(text[max(0, named.start - 12) : named.start])
    return bool(beside) and named.end >= len(text.rstrip(" .")) and bool(re.search(r"day, ?$", text[: named.start]))


def _dates(line: Line, *, day_first: bool) -> Iterator[tuple[Named, Named]]:
    """Days with their year in the line, each with its other reading, which mostly is the same."""
    text = line.text[:REACH]
    yield from ((d, d) for d in line_dates(text))
    if "/" in text:
        for month_first, other in slash_dates(text):
            yield (other, month_first) if day_first else (month_first, other)


def _writes_day_first(found: Layout) -> bool:
    words = lexicon().day_first
    return sum(w in words for line in found.lines for w in line.words) >= DAY_FIRST


def _of_day(line: Line, day: date, other: date, label: str) -> Iterator[Evidence]:
    told = f'The line "{_short(line.text)}" gives {day.isoformat()}.'
    if label == "modified":
        before = day.replace(year=day.year - 1) if day.month != 2 else day.replace(day=1)
        yield Evidence(union([(before, day)]), RANKS[label], "byline", told)
        yield Evidence(union([(day, day)]), PREFERRED, "byline", told)
        return
    yield Evidence(union([(day, day), (other, other)]), RANKS[label], "byline", told)
    if other != day:
        yield Evidence(union([(day, day)]), PREFERRED, "byline", "Its other dates and words are written that way.")


def from_lines(found: Layout) -> Iterator[Evidence]:
    """The day a byline gives: the first one posted, else one without a label, else one modified."""
    body = 0
    for line, kind in zip(found.lines, found.kinds, strict=True):
        body += kind == "body"
        if not line.digits or kind not in ("byline", "headline", "body") or (kind == "body" and body > TOP):
            continue
        if kind == "body" and not (":" in line.text and _TIME.search(line.text[:REACH])):
            continue
        day_first = "/" in line.text and _writes_day_first(found)
        for named, other in _dates(line, day_first=day_first):
            if named.date is None or other.date is None:
                continue
            stated = kind == "byline" or (kind == "headline" and line.text.startswith(_MARKS))
            if not stated and not _is_stamp(line.text[:REACH], named, above=kind == "headline" and not body):
                continue
            yield from _of_day(line, named.date, other.date, _label(line.text, named.start))


def from_masthead(found: Layout) -> Iterator[Evidence]:
    """A day without its year on a short line of its own above the body: that day of any year."""
    for line, kind in zip(found.lines, found.kinds, strict=True):
        if kind == "body":
            return
        if kind not in ("byline", "headline") or len(line.words) > 7:
            continue
        if named := bare_day(line.text):
            words = f'The line "{_short(line.text)}" gives the day and the month.'
            weekday = named.weekday
            yield Evidence(every_year(named.month, named.day, weekday=weekday), 14, "byline", words)
            return
