"""A position in Korean words, read with the lexers and cues that Korean reports are read with.

`연간 50억 달러`, `첫해 13% 인상, 이후 국방비 증가율 연동, 5년간`, `매년 3%씩 3년간`. A percentage after a word for
"each year" is the growth of later years, one beside a ceiling a cap; any other is a change on what is paid.
"""

from __future__ import annotations

from dataclasses import replace

from burdenshare.case import Case
from burdenshare.costs.position import Given
from burdenshare.money import Growth, Range
from burdenshare.reading.korean.parse import Parse
from burdenshare.reading.korean.scene import build
from burdenshare.reading.rules.ko.figures import Figure, bounded, change_of, figures, growth_in, period_of, size_of
from burdenshare.sources.document import Document

_REACH = 8  # characters between "each year" or "first year" and its percentage


def is_korean(text: str) -> bool:
    """True where the words hold a Korean syllable."""
    return any("가" <= c <= "힣" for c in text)


def given(document: Document, case: Case) -> Given:
    """What the words give; nothing is filled in."""
    out = Given(document.text, words=document.text)
    scene = build(document, case)
    for sentence in scene.sentences:
        out = _more(out, Parse(scene, sentence))
    return out


def _more(out: Given, parse: Parse) -> Given:
    found = figures(parse)
    sums = [f for f in found if f.role == "sum"]
    rates = [f for f in found if f.mention.type in ("percent", "multiple") and (f.role == "change" or _first(parse, f))]
    growing = [f for f in rates if f.mention.type == "percent" and _after(parse, f, "yearly")]
    changes = [f for f in rates if f not in growing]
    amount, per = out.amount, out.per
    if amount is None and sums:
        amount = replace(bounded(parse, sums[0].mention), also=())
        per = period_of(parse, sums[0].mention)
    change = out.change
    if change is None and amount is None and changes:
        change = change_of(changes[0])
    years = next((m.value[0] for m in parse.mentions("duration") if m.value[1] == "year"), None)
    year = next((m.value.future for m in parse.mentions("date") if m.value.shape == "year" and m.value.future), None)
    return replace(
        out,
        amount=amount,
        per=per,
        change=change,
        growth=out.growth or _growth(parse, growing, rates),
        years=out.years if out.years is not None else (size_of(years) if years else None),
        year=out.year or (int(year[:4]) if year and year[:4].isdecimal() else None),
    )


def _growth(parse: Parse, growing: list[Figure], rates: list[Figure]) -> Growth | None:
    told = growth_in(parse)
    if told is not None:
        rule = told[0]
        wrong = {f.mention.value.high for f in rates}  # the first year's rise is no cap of later ones
        return replace(rule, cap_percent=None) if rule.cap_percent in wrong else rule
    if not growing:
        return None
    value = size_of(growing[0].mention.value)
    percent = (value.low + value.high) / 2 if isinstance(value, Range) else value
    return Growth("fixed", -percent if growing[0].cut else percent)


def _first(parse: Parse, figure: Figure) -> bool:
    return figure.mention.type == "percent" and _after(parse, figure, "first-year")


def _after(parse: Parse, figure: Figure, concept: str) -> bool:
    """Whether a cue stands right before the figure."""
    return any(0 <= figure.start - hit.stop <= _REACH for hit in parse.of(concept))
