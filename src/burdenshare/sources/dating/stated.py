"""Evidence that states the day outright: bylines, lines that give a date, datelines, the address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from burdenshare.sources.dating.days import Evidence, Weekdays, every_year, union
from burdenshare.sources.dating.mentions import Named, Sentence, dates, line_dates, weekdays
from burdenshare.sources.dating.wording import tense
from burdenshare.sources.lexicon import lexicon
from burdenshare.sources.stretches import Layout

_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/._]?([01]\d)[-/._]?([0-3]\d)(?=\D|\d{4,12}(?:\D|$)|$)")
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_WEEK = re.compile(r"\b(?:next|last|until|coming|to|previous|this|every|by|following) $")
_WITH_DATE = re.compile(r"\w+,? \(?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
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


def from_lines(found: Layout) -> Iterator[Evidence]:
    """The day a byline gives: the first one posted, else one without a label, else one modified."""
    ranks = {"published": 20, "": 18, "modified": 12}
    for line, kind in zip(found.lines, found.kinds, strict=True):
        if kind not in ("byline", "headline") or not line.digits:
            continue
        if kind == "headline" and not line.text.startswith(("#", "[", "(")):
            continue
        for named in line_dates(line.text):
            day = named.date
            if day is None:
                continue
            label = _label(line.text, named.start)
            days = union([(day, day)])
            if label == "modified":
                days = union([(day.replace(year=day.year - 1) if day.month != 2 else day.replace(day=1), day)])
            yield Evidence(days, ranks[label], "byline", f'The line "{_short(line.text)}" gives {day.isoformat()}.')


def _opening(text: str) -> Named | None:
    """A day with its year that the body opens with, before any word of the report."""
    return next((d for d in dates(text[:40]) if d.start <= 2 and d.date), None)


def from_dateline(found: Layout) -> Iterator[Evidence]:
    """The day of a dateline: with its year a day, else that day of any year."""
    body = [line for line, kind in zip(found.lines, found.kinds, strict=True) if kind == "body"][:3]
    for line in body[:2]:
        opening = _opening(line.text)
        if opening and opening.date:
            yield Evidence(
                union([(opening.date, opening.date)]), 17, "byline", f'The report opens with "{opening.words}".'
            )
            return
    for line in body:
        head = line.text[:100]
        cut = next((head.find(mark) for mark in ("--", "—", "–", ") -", "= ") if head.find(mark) > 0), -1)
        if cut < 0:
            continue
        for named in dates(head[:cut]):
            words = f'"{head[:cut].strip()}"'
            if named.date:
                yield Evidence(
                    union([(named.date, named.date)]), 16, "dateline", f"The dateline {words} gives the day."
                )
            else:
                days = every_year(named.month, named.day)
                yield Evidence(days, 15, "dateline", f"The dateline {words} gives the day and the month.")
            return


def from_weekdays(report: list[Sentence]) -> Weekdays | None:
    """The weekdays a report names without a date run up to its own day, or to the day before."""
    named = set()
    for s in report:
        if s.kind != "body" or "day" not in s.low:
            continue
        for number, at in weekdays(s.text):
            before = s.text[max(0, at - 24) : at].lower()
            if not (_OTHER_WEEK.search(before) or _WITH_DATE.match(s.text, at) or tense(s.text, at, at) > 0):
                named.add(number)
    if not named or len(named) > 4:
        return None
    # The arc of the week that holds all of them and is the shortest ends at the latest.
    last = min(named, key=lambda d: max((d - o) % 7 for o in named))
    allowed = frozenset({last, (last + 1) % 7})
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    because = f"The weekdays it names run up to {names[last]}, so it came out then or on the day after."
    return Weekdays(last, allowed, because)


def from_address(url: str) -> Iterator[Evidence]:
    """A day in the address of the page."""
    match = _URL_DATE.search(url)
    if match is None:
        return
    named = Named(int(match[2]), int(match[3]), int(match[1]), 0, 0, match.group())
    if 1 <= named.month <= 12 and 1 <= named.day <= 31 and named.date:
        yield Evidence(
            union([(named.date, named.date)]),
            14,
            "metadata",
            f"The page's address carries the day {named.date.isoformat()}.",
        )
