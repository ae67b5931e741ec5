"""Evidence that states the day outright: datelines, weekdays beside them, the address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from burdenshare.sources.dating.days import Evidence, Weekdays, every_year, only_weekdays, union
from burdenshare.sources.dating.mentions import Named, Sentence, dates, weekdays
from burdenshare.sources.dating.wording import tense
from burdenshare.sources.stretches import Layout

_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/._]?([01]\d)[-/._]?([0-3]\d)(?=\D|\d{4,12}(?:\D|$)|$)")
_MARKS = ("--", "—", "–", ") -", "= ")
_SPACED = re.compile(
    r"[A-Z][A-Za-z.'’-]{1,20}(?: [A-Z][A-Za-z.'’-]{1,20}){0,3}(?:, [A-Z][A-Za-z.'’ -]{1,25})?"
    r", [A-Z][a-z]{2,8}\.? [0-3]?\d(?:, (?:19|20)\d\d(?=: )|(?:, (?:19|20)\d\d)?(?= - ))"
)
_OTHER_WEEK = tuple(f" {word} " for word in "next last until coming to previous this every by following".split())
_WITH_DATE = re.compile(r"\w+,? \(?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")


def _opening(text: str) -> Named | None:
    """A day with its year that the body opens with, before any word of the report."""
    return next((d for d in dates(text[:40]) if d.start <= 2 and d.date), None)


def dateline_end(text: str) -> int:
    """Where the dateline at the start of a paragraph ends ("SEOUL, Dec. 5 (X) --"), or 0 where there is none."""
    head = text[:100]
    found = [at for mark in _MARKS if (at := head.find(mark)) > 0]
    if not found and head.rstrip().endswith(" -") and len(text) < 100:
        found = [len(head.rstrip()) - 1]
    plain = _SPACED.match(head)
    if plain:
        found.append(plain.end())
    return min(found, default=0)


def from_dateline(found: Layout) -> Iterator[Evidence]:
    """The day of a dateline: with its year a day, else that day of any year."""
    kinds = found.kinds
    body = [line for line, kind in zip(found.lines, kinds, strict=True) if kind == "body"][:3]
    for line in body[:2]:
        opening = _opening(line.text)
        if opening and opening.date:
            yield Evidence(
                union([(opening.date, opening.date)]), 17, "byline", f'The report opens with "{opening.words}".'
            )
            return
    first = kinds.index("body") if "body" in kinds else 0
    alone = [found.lines[first - 1]] if first and kinds[first - 1] in ("byline", "headline") else []
    for line in [*(a for a in alone if a.text.endswith("-")), *body]:
        cut = dateline_end(line.text)
        for named in dates(line.text[:cut]):
            words = f'"{line.text[:cut].strip()}"'
            if named.date:
                yield Evidence(
                    union([(named.date, named.date)]), 16, "dateline", f"The dateline {words} gives the day."
                )
            else:
                days = every_year(named.month, named.day)
                yield Evidence(days, 15, "dateline", f"The dateline {words} gives the day and the month.")
            return


def _past_weekdays(report: list[Sentence]) -> Iterator[tuple[int, int]]:
    """Weekdays named as past or present (Monday is 0), each with its paragraph."""
    for s in report:
        if s.kind != "body" or "day" not in s.low:
            continue
        for number, at in weekdays(s.text):
            before = s.text[max(0, at - 24) : at].lower()
            if not (before.endswith(_OTHER_WEEK) or _WITH_DATE.match(s.text, at) or tense(s.text, at, at) > 0):
                yield number, s.paragraph


def from_weekdays(report: list[Sentence]) -> Weekdays | None:
    """The weekdays a report names without a date run up to its own day, or to the day before.

    One alone in the first paragraph is the day of the news, whatever others follow.
    """
    past = [*_past_weekdays(report)]
    lead = {number for number, paragraph in past if paragraph == 0}
    named = lead if len(lead) == 1 else {number for number, _ in past}
    if not named or len(named) > 4:
        return None
    # The arc of the week that holds all of them and is the shortest ends at the latest.
    last = min(named, key=lambda d: max((d - o) % 7 for o in named))
    allowed = frozenset({last, (last + 1) % 7})
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    because = f"The weekdays it names run up to {names[last]}, so it came out then or on the day after."
    return Weekdays(last, allowed, because)


def from_weekday_of(stated: Evidence, week: Weekdays) -> Iterator[Evidence]:
    """Years in which the day stated falls on the weekday that the report tells of, or on the one after it.

    A dateline's day is mostly the very day of the news; a masthead's is mostly a day later.
    """
    dateline = stated.days
    either = only_weekdays(dateline, week.allowed)
    if either:
        yield Evidence(either, 13, "narrowed", week.because)
    same = only_weekdays(dateline, frozenset({week.likely}))
    if same and stated.basis == "dateline":
        yield Evidence(same, 6, "narrowed", "The dateline's day falls on the weekday it names in those years only.")


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
