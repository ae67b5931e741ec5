"""Korean cue words in a sentence: the lexicon's verbs in any inflected form, its nouns and its phrases.

A Korean word carries its particles and endings, so cues are found by the characters, not by whole words: at each
place the longest entry of each concept is taken. One pass, a bounded number of comparisons a character.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from burdenshare.reading.korean.conjugation import Form, forms

# What may stand behind a noun that must close its word.
PARTICLES = tuple(
    (
        "으로부터 에서부터 이라고 에서는 에게서 으로는 이라는 까지는 이지만 에서도 으로 에서 에게 까지 부터 "
        "보다 이나 이며 이고 라고 만큼 처럼 마다 조차 이라 과는 와는 에는 에도 만은 만이 만을 "
        "은 는 이 가 을 를 의 에 도 만 과 와 로 나 인 다"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One surface of a cue: `form` says what its ending says, `anchored` that it must begin a word."""

    surface: str
    concept: str
    form: Form
    passive: bool
    word: str
    anchored: bool
    closed: bool


@dataclass(eq=False, slots=True)
class Hit:
    """A cue at start..end (characters of the text); `stop` is where its word ends, endings and particles included."""

    concept: str
    form: Form
    passive: bool
    word: str
    start: int
    end: int
    stop: int


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon's entries by their first two characters, the longest first."""

    entries: Mapping[str, tuple[Entry, ...]]
    single: Mapping[str, tuple[Entry, ...]]


def _verb_entries(concept: str, verb: str, irregular: Mapping[str, Mapping[str, list[str]]]) -> Iterable[Entry]:
    anchored = not (verb.endswith("하다") and len(verb) > 3)
    if not verb.endswith("다"):
        yield Entry(verb, concept, "noun", False, verb, False, False)
        return
    if verb in irregular:
        yield from (
            Entry(s, concept, form, False, verb, anchored, False)  # type: ignore[arg-type]
            for form, surfaces in irregular[verb].items()
            for s in surfaces
        )
    for surface, form, passive in forms(verb):
        yield Entry(surface, concept, form, passive, verb, anchored, False)


def _word_entries(concept: str, word: str) -> Iterable[Entry]:
    anchored, closed = word.startswith("^"), word.endswith("$")
    bare = word.strip("^$")
    yield Entry(bare, concept, "noun", False, bare, anchored, closed)
    if concept == "no-deal":  # 합의에 이르지 못, 합의에는 이르지 못
        for plain, stressed in (("에 ", "에는 "), ("를 ", "는 "), ("을 ", "은 ")):
            if plain in bare:
                yield Entry(bare.replace(plain, stressed, 1), concept, "noun", False, bare, anchored, closed)
    if " " in bare:
        yield Entry(bare.replace(" ", ""), concept, "noun", False, bare, anchored, closed)


@lru_cache(maxsize=1)
def load() -> Words:
    """The Korean cue words of `lexicon/ko.toml`."""
    with (resources.files("burdenshare.reading.lexicon") / "ko.toml").open("rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    found: dict[tuple[str, str], Entry] = {}
    for concept, verbs in data["verbs"].items():
        for verb in verbs:
            for e in _verb_entries(concept, verb, data["irregular"]):
                found.setdefault((concept, e.surface), e)
    for concept, words in data["words"].items():
        for word in words:
            for e in _word_entries(concept, word):
                found.setdefault((concept, e.surface), e)
    double: dict[str, list[Entry]] = {}
    single: dict[str, list[Entry]] = {}
    for e in sorted(found.values(), key=lambda e: (-len(e.surface), e.concept, e.surface)):
        (double.setdefault(e.surface[:2], []) if len(e.surface) > 1 else single.setdefault(e.surface, [])).append(e)
    return Words({k: tuple(v) for k, v in double.items()}, {k: tuple(v) for k, v in single.items()})


def _begins(text: str, at: int) -> bool:
    """Whether a word begins at a place."""
    return at == 0 or not text[at - 1].isalnum()


def _closes(text: str, at: int, stop: int) -> bool:
    """Whether nothing but a particle stands between a place and the end of its word."""
    rest = text[at:stop]
    return not rest or rest in PARTICLES


def word_end(text: str, at: int, limit: int) -> int:
    """Where the word that goes on at a place ends."""
    while at < limit and text[at].isalnum():
        at += 1
    return at


def hits(text: str, start: int, end: int) -> list[Hit]:
    """The cues in text[start:end], in order; at one place each concept once, by its longest entry."""
    words = load()
    out: list[Hit] = []
    reached: dict[str, int] = {}
    for i in range(start, end):
        some = words.entries.get(text[i : i + 2], ())
        more = words.single.get(text[i], ())
        if not some and not more:
            continue
        seen: set[str] = set()
        for e in (*some, *more):
            if e.concept in seen or not text.startswith(e.surface, i, end):
                continue
            if e.anchored and not _begins(text, i):
                continue
            last = i + len(e.surface)
            stop = word_end(text, last, end)
            if e.closed and not _closes(text, last, stop):
                continue
            seen.add(e.concept)
            if reached.get(e.concept, -1) >= last:
                continue  # inside a longer cue of the same concept
            reached[e.concept] = last
            out.append(Hit(e.concept, e.form, e.passive, e.word, i, last, stop))
    return out
