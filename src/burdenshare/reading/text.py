"""Sentences and tokens with their offsets into the document's text. Linear in the length of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from burdenshare.sources import Document, StretchKind

# A sentence longer than this is cut at the next space, so that every rule works on a bounded stretch and a
# text without full stops cannot make reading slow. The longest sentence in 41 real reports has 610 characters.
MAX_SENTENCE = 1200

_TOKEN = re.compile(
    r"([A-Za-z]{2,60}(?![^\W\d_])"  # most words, without a look at what is rarer
    r"|(?:[A-Za-z]\.){2,5}(?![A-Za-z])"  # U.S., R.O.K.
    r"|[^\W\d_]{1,60}"
    r"|\d{1,15}(?:[.,]\d{1,15}){0,6}"
    r"|['’]s\b"
    r"|\.{3}|…|--"
    r"|[^\s\w]|_)",
)
_HYPHENS = frozenset("-–‑")
_NORMS = 20_000  # words whose norms are remembered: a bound on memory, well above the words of a few thousand reports
# A mark first, then what must stand around it: the search for one of a few characters is what makes this quick.
_BREAK = re.compile(
    r"[.!?。\n](?:(?<=[a-z]{2}[.!?])(?=[A-Z][a-z])|(?<=[.!?。])['\"”’»)\]]{0,3}(?=\s|$)|(?<=\n))",
)
_KOREAN_BREAK = re.compile(_BREAK.pattern + r"|(?<=[다요]\.)")  # a Korean sentence may close without a space after it
_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms dr gen lt col maj sen rep gov adm capt prof st no vs etc jan feb mar apr jun jul aug sep sept "
        "oct nov dec s n u inc co corp ltd ret hon"
    ).split()
)
_LAST_WORD = re.compile(r"([A-Za-z]{1,8})\.$")


@dataclass(eq=False, slots=True)  # not frozen: made by the thousand, and a frozen one takes three times as long to make
class Token:
    """A word, number or mark. `norm` is lower case without full stops, upper case for a known abbreviation."""

    start: int
    end: int
    raw: str
    norm: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence's place: offsets into the text, the kind of stretch it stands in, and its paragraph's number."""

    start: int
    end: int
    kind: StretchKind
    paragraph: int


def _is_wrapped(text: str) -> bool:
    """Whether the text is broken into lines of one width, as mail and old archives are."""
    full = [line for line in text[:20_000].split("\n") if len(line) >= 45]
    if len(full) < 6:
        return False
    narrow = [line for line in full if len(line) <= 90]
    cut = [line for line in narrow if line.rstrip()[-1:] not in '.!?"”']
    return len(narrow) >= 0.9 * len(full) and len(cut) >= 0.5 * len(narrow)


def _is_break(text: str, start: int, end: int, stop: int, *, wrapped: bool) -> bool:
    """Whether the mark at start..end closes a sentence of the stretch that ends at stop."""
    if text[start] == "\n":
        following = text[end : end + 1]
        before = text[start - 1 : start]
        if wrapped and following not in ("\n", "") and before != "\n":
            line = start - text.rfind("\n", 0, start) - 1
            if line >= 45 and before not in '.!?"”':
                return False
        # A hard-wrapped line goes on in lower case; a list, a title or a new paragraph does not.
        return following == "\n" or not (following.islower() and before not in '.!?"”')
    if end >= stop:
        return True
    rest = text[end : end + 3].lstrip()
    if not rest or rest[0].islower() or rest[0] in ",;":
        return False
    if text[start] == ".":
        if text[start - 2 : start] == "..":
            return rest[0].isupper() and text[end - 1] in '"”’'
        word = _LAST_WORD.search(text, max(0, start - 9), start + 1)
        if word and (word[1].lower() in _ABBREVIATIONS or len(word[1]) == 1) and end - start == 1:
            # "... forces of the U.S. Seoul said" ends a sentence; "U.S. troops" does not.
            return False
    return True


def lines(document: Document) -> Iterator[Line]:
    """The sentences of everything but furniture, in order."""
    text = document.text
    wrapped = _is_wrapped(text)
    closing = _KOREAN_BREAK if "다." in text or "요." in text else _BREAK
    paragraph = 0
    for stretch in document.body:
        paragraph += 1
        start = stretch.start
        for mark in closing.finditer(text, stretch.start, stretch.end):
            if mark.end() <= start or not _is_break(text, mark.start(), mark.end(), stretch.end, wrapped=wrapped):
                continue
            yield from _cut(text, start, mark.end(), stretch.kind, paragraph)
            start = mark.end()
            if text[mark.start()] == "\n":
                paragraph += 1
        yield from _cut(text, start, stretch.end, stretch.kind, paragraph)


def _cut(text: str, start: int, end: int, kind: StretchKind, paragraph: int) -> Iterator[Line]:
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        if stop - start > MAX_SENTENCE:
            space = text.rfind(" ", start + 1, start + MAX_SENTENCE)
            stop = space if space > start else start + MAX_SENTENCE
        trimmed = stop
        while trimmed > start and text[trimmed - 1].isspace():
            trimmed -= 1
        if trimmed > start:
            yield Line(start, trimmed, kind, paragraph)
        start = stop


Cut = tuple[Line, list[Token], list[str], list[str]]  # a sentence, its tokens, their norms, and these in lower case


@lru_cache(maxsize=4)
def tokenised(document: Document, acronyms: frozenset[str]) -> tuple[Cut, ...]:
    """Every sentence with its tokens; kept for the last few documents, since relevance and reading both need them."""
    out: list[Cut] = []
    for line in lines(document):
        toks = tokens(document.text, line.start, line.end, acronyms=acronyms)
        if toks:
            cased = [t.norm for t in toks]
            out.append((line, toks, cased, list(map(str.lower, cased))))
    return tuple(out)


class _Norms(dict[str, str]):
    """The norm of each word met so far, for one set of acronyms."""

    def __init__(self, acronyms: frozenset[str]) -> None:
        super().__init__()
        self.acronyms = acronyms

    def __missing__(self, raw: str) -> str:
        bare = raw.replace(".", "") if len(raw) > 1 and raw[0].isalpha() else raw
        self[raw] = norm = bare if bare in self.acronyms else bare.lower()
        return norm


@lru_cache(maxsize=16)
def _norms(acronyms: frozenset[str]) -> _Norms:
    return _Norms(acronyms)


def _joins(text: str, at: int) -> bool:
    """Whether the hyphen at a place joins a compound word."""
    before, after = text[at - 1], text[at + 1]
    return before.isalnum() and after.isalnum() and not (before.isdecimal() and after.isdecimal())


def tokens(text: str, start: int, end: int, *, acronyms: frozenset[str]) -> list[Token]:
    """The tokens of text[start:end]; a hyphen inside a compound word is dropped, one between digits is kept."""
    norms = _norms(acronyms)
    if len(norms) > _NORMS:
        norms.clear()
    parts = _TOKEN.split(text[start:end])  # what stands between tokens, and the tokens, in turn
    raws = parts[1::2]
    places = list(accumulate(map(len, parts), initial=start))
    out = list(map(Token, places[1::2], places[2::2], raws, map(norms.__getitem__, raws)))
    if _HYPHENS.isdisjoint(raws):
        return out
    return [t for t in out if not (t.raw in _HYPHENS and start < t.start and t.end < end and _joins(text, t.start))]
