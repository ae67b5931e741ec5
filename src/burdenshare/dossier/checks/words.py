"""The words around a claim: its sentence in the report's text, and the cue words that the checks look for there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from burdenshare.case import Case
from burdenshare.reading.claim import Claim
from burdenshare.reading.mentions.lexicon import Table, table, words_of
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.scene import Sentence, build
from burdenshare.reading.text import lines
from burdenshare.record import Entry
from burdenshare.sources import Document, Stretch


@dataclass(frozen=True, slots=True)
class Spot:
    """A cue of the checks in a sentence: tokens `first` to `last` (exclusive) and its concept."""

    concept: str
    first: int
    last: int


@lru_cache
def vocabulary(lang: str) -> Table[str]:
    """The `checks` words of a language's lexicon by phrase; empty where the lexicon has none."""
    try:
        with (resources.files("burdenshare.reading.lexicon") / f"{lang}.toml").open("rb") as file:
            data = tomllib.load(file).get("checks", {})
    except FileNotFoundError:
        data = {}
    return table((words_of(phrase), concept) for concept, phrases in data.items() for phrase in phrases)


def spots(sentence: Sentence, lang: str) -> list[Spot]:
    """Every cue of the checks in a sentence, in order, the longest phrase at each place."""
    known = vocabulary(lang)
    out = []
    for i in range(len(sentence.norms)):
        found = known.longest(sentence.norms, i)
        if found:
            out += [Spot(concept, i, i + found[0]) for concept in found[1]]
    return out


_FIGURES = ("amount", "change", "share_percent", "years", "number", "count", "low", "when")


def _has_figure(claim: Claim) -> bool:
    """Whether a claim has anything to check; the sentences of the others are not looked at."""
    if claim.kind in ("statement", "event", "appointment", "linkage", "consequence"):
        return False
    return any(getattr(claim, name, None) is not None for name in _FIGURES)


class Words:
    """The sentences of the claims of a few hundred reports, cut and scanned when first asked for."""

    def __init__(self, case: Case, entries: Iterable[Entry], documents: Mapping[str, Document]) -> None:
        self._case = case
        self._documents = documents
        self._claims: dict[str, list[Claim]] = {}
        for e in entries:
            if _has_figure(e.claim):
                self._claims.setdefault(e.report.id, []).append(e.claim)
        self._scanned: dict[str, list[Sentence]] = {}

    def lang(self, report: str) -> str:
        """The report's language; English where it is not known."""
        document = self._documents.get(report)
        return (document.lang if document else "") or "en"

    def sentence(self, claim: Claim, report: str) -> Sentence | None:
        """The sentence a claim's words end in; None where the text or the language's words for it are not at hand."""
        for s in self._sentences(report):
            if s.line.start < claim.end <= s.line.end:
                return s
        return None

    def before(self, sentence: Sentence, report: str) -> Sentence | None:
        """The sentence before, where it was scanned too."""
        found = self._sentences(report)
        at = next((i for i, s in enumerate(found) if s is sentence), 0)
        return found[at - 1] if at else None

    def _sentences(self, report: str) -> list[Sentence]:
        if report not in self._scanned:
            self._scanned[report] = self._scan(report)
        return self._scanned[report]

    def _scan(self, report: str) -> list[Sentence]:
        document = self._documents.get(report)
        lang = self.lang(report)
        if document is None or not vocabulary(lang).phrases:
            return []  # without words to be cautious by, a figure of that language is never called wrong for them
        ends = [c.end for c in self._claims.get(report, ())]
        wanted = tuple(
            Stretch(line.start, line.end, line.kind)
            for line in lines(document)
            if any(line.start < end <= line.end for end in ends)
        )
        return build(replace(document, stretches=wanted), self._case, lang=lang).sentences


def clause(sentence: Sentence, at: int) -> range:
    """The tokens of the clause that a token stands in."""
    number = sentence.clauses[at]
    first = last = at
    while first > 0 and sentence.clauses[first - 1] == number:
        first -= 1
    while last + 1 < len(sentence.clauses) and sentence.clauses[last + 1] == number:
        last += 1
    return range(first, last + 1)


def within(sentence: Sentence, claim: Claim, *types: str) -> list[Mention]:
    """The mentions of these types inside a claim's words."""
    return [m for m in sentence.of(*types) if claim.start <= m.start and m.end <= claim.end]
