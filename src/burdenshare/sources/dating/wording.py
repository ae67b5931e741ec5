"""Evidence from the report's own words: days without a year, years named, "this month", "the new year"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

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
from burdenshare.sources.dating.mentions import LEAD, Named, Sentence, dates, weekdays, years
from burdenshare.sources.lexicon import lexicon
from burdenshare.sources.stretches import DATELINE

# How long after a day without a year a report on it still comes out, in its first paragraphs and after them (days).
NEWS, NEAR, AHEAD = 12, 60, 200

_MODAL = re.compile(
    r"\b(?:will|would|could|shall|must|should|may|might|expected to|planned|scheduled|aims? to|to be held)\b"
)
_AHEAD = re.compile(
    r"\b(?:"
    r"(?:agree|decide|plan|vow|pledge|promise|want|hope|intend|offer|propose|seek|sought|expect|commit)\w{0,4} to"
    r"(?! (?:in|at|on|a|an|the|that|it|this)\b)|by(?: the end of)? $|expires?|ends?|runs? out|"
    r"run through|lasts|valid|until|through|up to and including|by the end of|"
    r"due|deadline|set to|takes? effect|coming|next|upcoming|starting|beginning|ahead of|before)\b"
)
_BACK = re.compile(
    r"\b(?:was|were|had|did|signed|concluded|reached|began|started|agreed|took|passed|paid|came|pushed|warned|held|"
    r"renewed|since|said|told|expired|lapsed|ended|ran out|went by|resumed|met|opened|struck|sealed|rose|raised|"
    r"decided|announced|approved|ratified|demanded|asked|called|named|appointed|elected|visited|gathered|set|made|"
    r"instituted|established|founded|introduced|enacted|launched|created|begun)\b"
)
# A date this near the start of its sentence says when its verb, which follows, took place (characters).
OPENING = 30
_TALKS = r"(?:rounds?|meetings?|sessions?|talks|negotiations|ones?)\b"
_FINAL = re.compile(
    r"\b(?:final " + _TALKS + r"[^.,\n()—–]{0,40}?\b(?:for|of|in)|last " + _TALKS + r"[^.,\n()—–]{0,20}?\bfor)"
    r" ((?:19|20)\d\d)\b"
)
# What lies years behind is told in an aside: in brackets, between dashes, in a clause with a participle.
_HAD = re.compile(r"\bhad\b")
_LAPSED = re.compile(r"\b(?:expired|lapsed|ran out)\b")
_MONTH_OF = re.compile(r"\b([A-Z][a-z]{2,8})\.?,? $")
_ASIDE = re.compile(
    r"(?:\([^()]{0,80}|[—–] [^—–]{0,80}|-- [^-]{0,80}"
    r"|\b(?:instituted|established|founded|introduced|enacted|launched|created|begun|started) (?:back )?in )$"
)
_NEXT_YEAR = re.compile(r"\bnext year(?:'s|’s)? ((?:19|20)\d\d)\b|\b((?:19|20)\d\d) \w+ (?:for )?next year\b")
_THIS_YEAR = re.compile(r"\bthis year,? ((?:19|20)\d\d)\b|\b((?:19|20)\d\d),? this year\b")
_YEAR_END = re.compile(
    r"\b(?:in the new year|before the (?:end of the year|year is out|year ends|new year)|by (?:the )?year-?end|"
    r"before year-?end|by the end of (?:this|the) year|end of (?:this|the) year)\b"
)
_SINCE = re.compile(r"\b(?:since|as of|every|each|anniversary)\b", re.IGNORECASE)


def _quoted(text: str, start: int, end: int) -> str:
    return '"' + " ".join(text[max(0, start) : end].split()) + '"'


def tense(text: str, start: int, end: int) -> int:
    """-1 where the words nearest the date look back, 1 where they look ahead, 0 where they do neither."""
    before = text[max(0, start - 70) : start].lower()
    if before.endswith("by ") and not _HAD.search(text, end, end + 50):
        return 1
    if start <= OPENING and not _MODAL.search(before):
        after = text[end : end + 60].lower()
        back, ahead = _BACK.search(after), _MODAL.search(after)
        if back and (ahead is None or back.start() < ahead.start()):
            return -1
        if ahead:
            return 1
    if _MODAL.search(before):
        return 1
    ahead_at = max((m.start() for m in _AHEAD.finditer(before)), default=-1)
    back_at = max((m.start() for m in _BACK.finditer(before)), default=-1)
    if ahead_at < 0 and back_at < 0:
        return 0
    return 1 if ahead_at >= back_at else -1  # "agreed to raise" looks ahead, though "agreed" looks back


def _of_full_date(s: Sentence, named: Named, day: date) -> Evidence:
    words = _quoted(s.text, named.start - 30, named.end)
    look = tense(s.text, named.start, named.end)
    if s.kind == "caption":
        return Evidence(since(day), 6, "narrowed", f"A picture in it was taken on {day.isoformat()} ({words}).")
    if look > 0:
        return Evidence(until(day), 6, "narrowed", f"{words} is still to come.")
    if look < 0:
        return Evidence(since(day), 6, "narrowed", f"{words} is past.")
    spans = union([(day - timedelta(days=400), LATEST)])
    return Evidence(spans, 3, "narrowed", f"It names the day {day.isoformat()}.")


def _of_day(s: Sentence, named: Named) -> Evidence | None:
    """A day without its year: its weekday where one stands beside it, and how near it must be."""
    around = s.text[max(0, named.start - 16) : named.end + 14]
    beside = weekdays(around)
    weekday = beside[0][0] if beside else None
    look = tense(s.text, named.start, named.end)
    words = _quoted(s.text, named.start - 24, named.end)
    lead = s.paragraph < LEAD and not _SINCE.search(s.text[max(0, named.start - 50) : named.start])
    if s.kind == "caption":
        return Evidence(
            every_year(named.month, named.day, after=NEWS),
            7,
            "narrowed",
            f"A picture in it was taken on {named.words}.",
        )
    if look > 0:
        span = every_year(named.month, named.day, before=AHEAD, weekday=weekday)
        return Evidence(span, 5, "narrowed", f"{words} is still to come.") if weekday is not None or lead else None
    if look < 0 and _LAPSED.search(s.low[max(0, named.start - 30) : named.start]):
        return None  # an agreement may have lapsed long ago; the case knows which
    if look < 0 and lead:
        span = every_year(named.month, named.day, after=NEWS, weekday=weekday)
        return Evidence(span, 8, "narrowed", f"{words} is news in it.")
    if weekday is not None:
        span = every_year(named.month, named.day, before=NEAR, after=NEAR, weekday=weekday)
        return Evidence(span, 8, "narrowed", f"{words} fits only the years in which it falls on that weekday.")
    return None


def from_days(report: list[Sentence]) -> Iterator[Evidence]:
    """Days the report names; those of a dateline are judged apart."""
    for s in report:
        if s.kind == "headline" or not s.digits:
            continue
        start = 0
        if 0 <= s.paragraph < 3 and (dateline := DATELINE.match(s.text, 0, 120)):
            start = dateline.end()
        for named in dates(s.text):
            if named.start < start:
                continue
            if named.year is None:
                evidence = _of_day(s, named)
                if evidence:
                    yield evidence
            elif (day := named.date) is not None and EARLIEST <= day <= LATEST:
                yield _of_full_date(s, named, day)


def from_years(report: list[Sentence]) -> Iterator[Evidence]:
    """Years the report names: what is past bounds it from below, what is to come from above."""
    newest = 0
    for s in report:
        if not s.digits:
            continue
        for m in _FINAL.finditer(s.text):
            yield Evidence(year(int(m[1])), 8, "narrowed", f'"{m[0]}" puts it in {m[1]}.')
        for m in _NEXT_YEAR.finditer(s.text):
            number = int(m[1] or m[2])
            yield Evidence(year(number - 1), 8, "narrowed", f'"{m[0]}" puts it in {number - 1}.')
        for m in _THIS_YEAR.finditer(s.text):
            number = int(m[1] or m[2])
            yield Evidence(year(number), 8, "narrowed", f'"{m[0]}" puts it in {number}.')
        for number, at in years(s.text):
            look = tense(s.text, at, at + 4)
            words = _quoted(s.text, at - 30, at + 4)
            if look < 0:
                named = _MONTH_OF.search(s.text[max(0, at - 12) : at])
                first = date(number, lexicon().months.get(named[1].lower(), 1) if named else 1, 1)
                yield Evidence(since(first), 5, "narrowed", f"{words} is past or present.")
                if "since" not in s.low[max(0, at - 12) : at] and not _ASIDE.search(s.text[max(0, at - 90) : at]):
                    newest = max(newest, number)
            elif look > 0:
                yield Evidence(until(date(number, 12, 31)), 4, "narrowed", f"{words} is present or to come.")
    if newest:
        span: Days = union([(date(newest - 1, 1, 1), date(newest + 2, 12, 31))])
        yield Evidence(span, 1, "narrowed", f"The newest year it looks back on is {newest}.")


def from_season(report: list[Sentence]) -> Iterator[Evidence]:
    """Words of the turn of the year."""
    for s in report:
        match = _YEAR_END.search(s.text) if "new year" in s.low else None
        if match and "new year" in match[0]:
            spans = union((month(y, 10)[0], month(y, 12)[1]) for y in range(EARLIEST.year, LATEST.year + 1))
            yield Evidence(spans, 3, "narrowed", f'"{match[0]}" puts it in the last months of a year.')
            return
