"""A plain text as lines with their offsets and the few features that furniture is told by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from burdenshare.sources.lexicon import fold

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ud7ff]")
_DIGIT = re.compile(r"\d")
# An abbreviation ends headlines as often as sentences in lines up to this long (characters).
HEADLINE = 110
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$")
_SENTENCE_END = ".!?。！？।؟"
_CLOSING = "\"'”’)]»」』›"
_LEADING = " \t\u00a0\u3000•·●○◆◇■□▶▷►▸☞*>|-–—=~+"
# A wrapped line is cut near the width of its neighbours; these are the widths that mail and terminals cut at.
WRAP_LEAST, WRAP_MOST = 50, 100
# Characters by which wrapped lines fall short of what would fit, as programs count differently.
RAGGED = 3


@dataclass(slots=True)
class Line:
    """Characters start to end of the text without the spaces around them; `next` is where the following line starts."""

    start: int
    end: int
    next: int
    text: str
    folded: str  # without leading bullets
    words: list[str]
    blank_before: bool
    ends_sentence: bool
    wide: bool  # has letters of a script written without the Latin, Greek or Cyrillic alphabet
    digits: bool
    is_paragraph: bool  # reads as prose: at least one full sentence of some length


def _is_prose(content: str, words: list[str], *, ended: bool, wide: bool, digits: bool) -> bool:
    if not ended:
        return False
    if wide and len(content) >= 25:
        return True
    return len(words) >= 9 and (not digits or len([w for w in words if w[0] > "9"]) * 3 >= len(words) * 2)


def ends_sentence(text: str) -> bool:
    """True where the line ends a sentence, quotation marks and a credit in brackets aside; a cut "..." does not."""
    bare = text.rstrip()
    if bare.endswith(")"):
        opened = bare.rfind("(")
        if opened > 0 and len(bare) - opened <= 60:
            bare = bare[:opened].rstrip()
    bare = bare.rstrip(_CLOSING)
    if _ABBREVIATION.search(bare[-12:]) and len(bare) <= HEADLINE:
        return False
    return bool(bare) and bare[-1] in _SENTENCE_END and not bare.endswith("..")


def _spans(text: str) -> list[tuple[int, int]]:
    spans = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        raw = match.group()
        start += len(raw) - len(raw.lstrip())
        end -= len(raw) - len(raw.rstrip())
        if start < end:
            spans.append((start, end))
    return spans


def _is_wrapped(text: str, spans: list[tuple[int, int]]) -> bool:
    """True where the lines of a paragraph were cut at a width: most long lines stop inside a sentence."""
    long = [(a, b) for a, b in spans if b - a >= WRAP_LEAST]
    cut = [(a, b) for a, b in long if b - a <= WRAP_MOST]
    if len(cut) < 4 or len(cut) * 10 < len(long) * 9:
        return False
    inside = sum(not ends_sentence(text[a:b]) for a, b in cut)
    return inside * 2 > len(cut)


def _fits(text: str, start: int, end: int, *, room: int) -> bool:
    """True where the line's first word would have fitted on the line before: that one was not cut for its width."""
    first = text[start : min(end, start + WRAP_MOST)].split(None, 1)[0]
    return len(first) + 1 <= room - RAGGED or first.casefold() == "by"


def _join(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    width = max(b - a for a, b in spans if b - a <= WRAP_MOST)
    last = 0  # length of the line added last
    for start, end in spans:
        if joined:
            previous_start, previous_end = joined[-1]
            gap = text[previous_end:start]
            if (
                gap.count("\n") <= 1
                and last >= width * 0.6
                and (not ends_sentence(text[previous_start:previous_end]) or last >= width * 0.75)
                and (text[start].islower() or not _fits(text, start, end, room=width - last))
            ):
                joined[-1] = (previous_start, end)
                last = end - start
                continue
        joined.append((start, end))
        last = end - start
    return joined


def split(text: str) -> list[Line]:
    """The lines of a text that hold anything, in order; the lines of a wrapped paragraph count as one."""
    spans = _spans(text)
    if _is_wrapped(text, spans):
        spans = _join(text, spans)
    lines = []
    previous = 0
    for i, (start, end) in enumerate(spans):
        content = text[start:end]
        folded = fold(content)
        words = _WORD.findall(folded)
        ended, wide, digits = ends_sentence(content), bool(_WIDE.search(content)), bool(_DIGIT.search(content))
        lines.append(
            Line(
                start=start,
                end=end,
                next=spans[i + 1][0] if i + 1 < len(spans) else len(text),
                text=content,
                folded=folded.lstrip(_LEADING),
                words=words,
                blank_before=i == 0 or text.count("\n", previous, start) > 1,
                ends_sentence=ended,
                wide=wide,
                digits=digits,
                is_paragraph=_is_prose(content, words, ended=ended, wide=wide, digits=digits),
            )
        )
        previous = end
    return lines
