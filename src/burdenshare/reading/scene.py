"""A report as the rules see it: sentences with their mentions, and what is known of the report as a whole."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any

from burdenshare.case.model import Case
from burdenshare.edtf import When
from burdenshare.money import Amount
from burdenshare.reading.mentions import lexicon as lexicons
from burdenshare.reading.mentions.en.clauses import clauses
from burdenshare.reading.mentions.en.cues import cues
from burdenshare.reading.mentions.en.dates import dates
from burdenshare.reading.mentions.en.numbers import numbers
from burdenshare.reading.mentions.en.scanner import Scanner
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.mentions.names import compile_names, names, resolve
from burdenshare.reading.text import MAX_SENTENCE, Line, Token, tokenised
from burdenshare.sources import Document

_QUOTE_MARK = re.compile('[“「『«”」』»"]')


_by_place = attrgetter("first")


@dataclass(eq=False, slots=True)
class Sentence:
    """One sentence: its tokens, their norms, its mentions in order, and a clause number for each token."""

    index: int
    line: Line
    tokens: list[Token]
    norms: list[str]
    mentions: list[Mention]
    clauses: list[int]
    by_type: dict[str, list[Mention]]
    by_cue: dict[str, list[Mention]]

    def of(self, *types: str) -> list[Mention]:
        """Mentions of these types, in order."""
        if len(types) == 1:
            return self.by_type.get(types[0], [])
        found = [self.by_type[t] for t in types if t in self.by_type]
        if len(found) < 2:
            return found[0] if found else []
        return sorted((m for mentions in found for m in mentions), key=_by_place)

    def cues(self, *concepts: str) -> list[Mention]:
        """Cues of these concepts, in order."""
        by_cue = self.by_cue
        if len(concepts) == 1:
            return by_cue.get(concepts[0], [])
        found: list[Mention] = []
        several = False
        for concept in concepts:
            more = by_cue.get(concept)
            if more is not None:
                several = bool(found)
                found = [*found, *more] if several else more
        return sorted(found, key=_by_place) if several else found

    def has(self, *concepts: str) -> bool:
        """Whether a cue of any of these concepts stands in the sentence."""
        by_cue = self.by_cue
        for concept in concepts:  # noqa: SIM110  # a plain loop, as in `near`
            if concept in by_cue:
                return True
        return False

    def near(self, concept: str, first: int, last: int) -> bool:
        """Whether a cue of the concept begins among tokens first..last."""
        # A plain loop: this is asked thousands of times a report, and any() with a generator takes twice as long.
        for m in self.by_cue.get(concept, ()):  # noqa: SIM110
            if first <= m.first < last:
                return True
        return False

    @property
    def headline(self) -> bool:
        """Whether the sentence is a headline."""
        return self.line.kind == "headline"


@dataclass(eq=False)
class Scene:
    """A report with its sentences. `quotes` are the spans of direct speech, as characters of the text."""

    document: Document
    case: Case
    lang: str
    sentences: list[Sentence]
    quotes: list[tuple[int, int]]
    people: dict[str, str] = field(default_factory=dict)  # surname as written -> the fullest name met
    speakers: dict[tuple[int, int, int, str], tuple[int, Any]] = field(default_factory=dict)  # kept by `speaker_of`

    @property
    def ref(self) -> When | None:
        """When the report came out, as far as it is known."""
        return self.document.published.when

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [q[0] for q in self.quotes]

    def quote_at(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch of direct speech that start..end lies in, or None."""
        k = bisect_right(self._quote_starts, start) - 1
        if k >= 0 and self.quotes[k][1] >= end:
            return self.quotes[k]
        return None

    def quotes_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches of direct speech that touch start..end, cut to it."""
        k = max(0, bisect_right(self._quote_starts, start) - 1)
        out = []
        while k < len(self.quotes) and self.quotes[k][0] < end:
            s, e = max(start, self.quotes[k][0]), min(end, self.quotes[k][1])
            if e > s:
                out.append((s, e))
            k += 1
        return out


def quote_spans(text: str, sentences: Sequence[Line]) -> list[tuple[int, int]]:
    """Direct speech by paragraph: curly quotes by their shape, straight ones in turn.

    An open one runs to the paragraph's end.
    """
    out = []
    paragraphs: dict[int, tuple[int, int]] = {}
    for line in sentences:
        s, _ = paragraphs.get(line.paragraph, (line.start, line.end))
        paragraphs[line.paragraph] = (s, line.end)
    for start, end in paragraphs.values():
        opened = None
        for mark in _QUOTE_MARK.finditer(text, start, end):
            i, c = mark.start(), mark.group()
            if c in "“「『«" or (c == '"' and opened is None):
                opened = i
            elif c in '”」』»"' and opened is not None:
                out.append((opened, i + 1))
                opened = None
        if opened is not None and end - opened > 20:
            out.append((opened, end))
    return out


def index_of(found: Sequence[Mention]) -> tuple[dict[str, list[Mention]], dict[str, list[Mention]]]:
    by_type: dict[str, list[Mention]] = {}
    by_cue: dict[str, list[Mention]] = {}
    for m in found:
        if m.type == "cue":
            by_cue.setdefault(m.value.concept, []).append(m)
        else:
            by_type.setdefault(m.type, []).append(m)
    return by_type, by_cue


def _order(m: Mention) -> int:
    """By first token, then the longer one first, as one number."""
    return m.first * (MAX_SENTENCE + 1) - m.last


def _tokens_of(found: Iterable[Mention]) -> set[int]:
    """The tokens that the mentions cover."""
    covered: set[int] = set()
    for m in found:
        covered.update(range(m.first, m.last))
    return covered


def build(document: Document, case: Case, *, lang: str) -> Scene:
    """The scene of a report, in time linear in its text."""
    lexicon = lexicons.load(lang)
    compiled = compile_names(case)
    cut = tokenised(document, compiled.acronyms)
    known: dict[str, str] = {}
    sentences: list[Sentence] = []
    for line, toks, cased, norms in cut:
        scan = Scanner(toks, norms, lexicon)
        found_names = resolve(toks, names(toks, cased, compiled), case, document.published.when, known)
        found_dates = dates(scan, document.published.when, fiscal_starts=case.fiscal_year_starts)
        dated = _tokens_of(found_dates)
        found_numbers = [
            m for m in numbers(scan) if not (m.type in ("number", "ordinal", "share") and m.first in dated)
        ]
        if found_dates:
            summed = _tokens_of(m for m in found_numbers if m.type in ("money", "percent"))
            found_dates = [m for m in found_dates if summed.isdisjoint(range(m.first, m.last))]
        named = _tokens_of(found_names)
        found = sorted(
            [
                *found_names,
                *found_dates,
                *found_numbers,
                *[c for c in cues(toks, norms, lexicon) if c.first not in named or c.value.form == "word"],
            ],
            key=_order,
        )
        by_type, by_cue = index_of(found)
        sentences.append(Sentence(len(sentences), line, toks, norms, found, clauses(norms, found), by_type, by_cue))
    currencies(sentences)
    return Scene(document, case, lang, sentences, quote_spans(document.text, [row[0] for row in cut]), known)


def currencies(sentences: Sequence[Sentence]) -> None:
    """A large sum without a currency ("between 800 billion and 900 billion") is in that of the sum nearest in size.

    Only sums within a factor of five of one that has a currency are taken; the rest stay bare numbers.
    """
    known = [m.value for s in sentences for m in s.of("money")]
    if not known:
        return
    for s in sentences:
        for m in list(s.of("number")):
            if m.value.low < 1e8:
                continue
            nearest = min(known, key=lambda a: abs(math.log(max(a.most, 1.0) / m.value.high)))
            if not 0.2 <= nearest.most / m.value.high <= 5:
                continue
            number = m.value
            amount = (
                Amount(nearest.currency, value=number.low, bound=number.bound)
                if number.low == number.high
                else Amount(nearest.currency, low=number.low, high=number.high, bound=number.bound)
            )
            s.by_type["number"].remove(m)
            m.type, m.value = "money", amount
            s.by_type.setdefault("money", []).append(m)
            s.by_type["money"].sort(key=lambda x: x.first)
