"""The words around a claim: its sentence in the report's text, and the cue words that the checks look for there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from burdenshare.case import Case
from burdenshare.reading.claim import Claim
from burdenshare.reading.korean import scene as korean
from burdenshare.reading.korean.words import hits
from burdenshare.reading.mentions.lexicon import Table, table, words_of
from burdenshare.reading.mentions.mention import Cue, Mention
from burdenshare.reading.scene import Scene, Sentence, build
from burdenshare.reading.text import lines
from burdenshare.record import Entry
from burdenshare.sources import Document, Stretch


@dataclass(frozen=True, slots=True)
class Spot:
    """A cue of the checks in a sentence: tokens `first` to `last` (exclusive) and its concept."""

    concept: str
    first: int
    last: int


# Languages whose words carry particles and endings, so that cues are found by their characters. Their lexicon names
# some concepts otherwise; the checks know them by the names on the right.
_CLINGING = frozenset({"ko"})
_SAME = {
    "money-noun": "contribution-noun", "enforce": "take-effect", "ratification": "ratification-noun", "open": "begin",
    "start": "begin", "pass": "ratify", "talks-start": "begin",
}  # fmt: skip


def by_characters(lang: str) -> bool:
    """Whether a language's cues are found by their characters and not by whole words."""
    return lang in _CLINGING


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
    if by_characters(lang):
        return _spots_within(sentence, _written(lang))
    known = vocabulary(lang)
    out = []
    for i in range(len(sentence.norms)):
        found = known.longest(sentence.norms, i)
        if found:
            out += [Spot(concept, i, i + found[0]) for concept in found[1]]
    return out


@lru_cache
def _written(lang: str) -> dict[str, list[str]]:
    """The concepts of each phrase as it is written, spaces at its ends included."""
    with (resources.files("burdenshare.reading.lexicon") / f"{lang}.toml").open("rb") as file:
        data = tomllib.load(file).get("checks", {})
    out: dict[str, list[str]] = {}
    for concept, phrases in data.items():
        for phrase in phrases:
            out.setdefault(phrase.lower(), []).append(concept)
    return out


def _spots_within(sentence: Sentence, known: Mapping[str, list[str]]) -> list[Spot]:
    """The same where a cue may stand inside a word: the tokens are those it touches."""
    text = ""
    of: list[int] = []  # the token of each character
    for i, token in enumerate(sentence.tokens):
        if i and sentence.tokens[i - 1].end < token.start:
            text += " "
            of.append(i)
        text += token.norm
        of += [i] * len(token.norm)
    out = []
    for written, concepts in known.items():
        at = text.find(written)
        while at >= 0:
            out += [Spot(c, of[at], of[at + len(written) - 1] + 1) for c in concepts]
            at = text.find(written, at + 1)
    return sorted(out, key=lambda s: (s.first, s.last, s.concept))


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
        cut = replace(document, stretches=wanted)
        if by_characters(lang):
            return _with_cues(korean.build(cut, self._case))
        return build(cut, self._case, lang=lang).sentences


def _with_cues(scene: Scene) -> list[Sentence]:
    """The sentences of a scene built without cues, with the lexicon's cues over the tokens they touch."""
    for s in scene.sentences:
        for h in hits(scene.document.text, s.line.start, s.line.end):
            touched = [i for i, t in enumerate(s.tokens) if t.start < h.end and h.start < t.end]
            if not touched:
                continue
            for concept in dict.fromkeys((h.concept, _SAME.get(h.concept, h.concept))):
                cue = Mention("cue", touched[0], touched[-1] + 1, h.start, h.end, Cue(concept, "word", h.word))
                s.by_cue.setdefault(concept, []).append(cue)
    return scene.sentences


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
