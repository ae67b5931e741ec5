"""The scene of a Korean report: sentences with the mentions of the Korean lexers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from burdenshare.case.model import Case
from burdenshare.reading.mentions.ko import Lexers
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.scene import Scene, Sentence, currencies, index_of, quote_spans
from burdenshare.reading.text import Line, lines
from burdenshare.sources import Document

_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,40}>")


def _untagged(text: str, line: Line) -> Iterator[Line]:
    """The line cut at marks of a page's layout left in the text (<br>)."""
    if text.find("<", line.start, line.end) < 0:
        yield line
        return
    at = line.start
    for tag in [*_TAG.finditer(text, line.start, line.end), None]:
        stop = tag.start() if tag else line.end
        start = at
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            yield Line(start, stop, line.kind, line.paragraph)
        at = tag.end() if tag else line.end


_DAYS_AHEAD = re.compile(r"\s?앞두고|\s?(?:만에|동안)")


def _is_countdown(text: str, m: Mention) -> bool:
    """Whether what looks like a day of the month counts days: 종료를 20일 앞두고."""
    return m.type == "date" and text[m.start : m.end - 1].isdecimal() and _DAYS_AHEAD.match(text, m.end) is not None


def build(document: Document, case: Case) -> Scene:
    """The scene of a Korean report, in time linear in its text."""
    lexers = Lexers(case, document.published.when)
    sentences: list[Sentence] = []
    cut = [part for line in lines(document) for part in _untagged(document.text, line)]
    for line in cut:
        lexed = lexers.read(document.text, line)
        if not lexed.tokens:
            continue
        found = [m for m in lexed.mentions if not _is_countdown(document.text, m)]
        by_type, by_cue = index_of(found)
        norms = [t.norm for t in lexed.tokens]
        clauses = [0] * len(norms)
        sentences.append(Sentence(len(sentences), line, lexed.tokens, norms, found, clauses, by_type, by_cue))
    currencies(sentences)
    return Scene(document, case, "ko", sentences, quote_spans(document.text, cut), dict(lexers.people))
