"""Korean payments: the year a sum is for, its category, and what a contribution is made up of."""

from __future__ import annotations

import re

from burdenshare.reading.korean.parse import Parse
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.figures import ACTS, Figure
from burdenshare.reading.rules.ko.setting import Setting, draft

_MADE_UP = re.compile(r"구성|항목|나뉘|나눠|짜여|쓰이|쓰인|사용|충당|이뤄|이루어|세 가지|3가지|등으로|포함")


def year_of(parse: Parse, f: Figure) -> tuple[str | None, bool]:
    """The year a payment is for: the date just before the sum, else one in its clause."""
    first, _ = parse.clause(f.start)
    dates = [
        d
        for d in parse.mentions("date")
        if d.value.past
        and first <= d.start < f.start
        and d.value.shape in ("year", "span", "relative", "decade")
        and not re.match(
            r"(?:\s?\([^()]*\))?(?:도|에)?\s?(?:보다|대비|에 비해|에 견줘|비해|수준)", parse.text[d.end : d.end + 30]
        )
    ]
    if not dates:
        return None, False
    nearest = dates[-1]
    text = nearest.value.past
    return (text if len(text) == 4 or "/" in text or text.endswith("X") else text[:4]), nearest.value.inferred


def category_of(parse: Parse, f: Figure) -> str | None:
    """The category named just before a sum: 인건비 3천710억원."""
    named = parse.within(max(parse.start, f.start - 12), f.start, "labour", "construction", "logistics")
    return named[-1].concept if named else None


def share_beside(parse: Parse, f: Figure) -> Mention | None:
    """The percentage in brackets right behind a sum."""
    for m in parse.mentions("percent"):
        if 0 < m.start - f.end <= 3 and "(" in parse.text[f.end : m.start] and parse.text[m.end : m.end + 1] == ")":
            return m
    return None


def base_year(parse: Parse, f: Figure) -> tuple[str | None, bool]:
    near = [
        d
        for d in parse.mentions("date")
        if d.value.past and -26 <= d.start - f.start <= 16 and d.value.shape in ("year", "relative")
    ]
    if not near:
        return None, False
    d = min(near, key=lambda d: abs(d.start - f.start))
    year = d.value.past[:4]
    others = [x for x in parse.mentions("date") if x.end <= d.start and x.value.past and x.value.shape == "year"]
    if parse.text[d.start : d.end].startswith(("전년", "전해")) and others and year.isdecimal():
        year = str(int(others[-1].value.past[:4]) - 1)  # the year before the one just spoken of
    return year, d.value.inferred


def categories(setting: Setting, parse: Parse) -> list[Draft]:
    """What the contribution is made up of: 인건비, 군사건설비, 군수지원비."""
    named = [c for c in ("labour", "construction", "logistics") if parse.has(c)]
    if (
        len(named) < 2
        or not _MADE_UP.search(parse.words)
        or not (parse.has("money-noun") or parse.names("topic", "series"))
    ):
        return []
    if parse.has(*ACTS):
        return []
    cues = parse.of("labour", "construction", "logistics")
    first, last = parse.clause(cues[0].start)
    return [
        draft("contribution", parse, first, max(last, cues[-1].stop), side=setting.frame.host, categories=tuple(named))
    ]
