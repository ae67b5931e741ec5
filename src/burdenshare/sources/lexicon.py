"""The words by which furniture, bylines and dates are known, read once from a data file a language.

The files stand in `lexicon/`, one a language, all with the same keys. A page is not always in the
language of its site, so the words of all languages are looked for together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from burdenshare.errors import SourceError

_KEYS = (
    "sections", "headings", "heading_starts", "heading_ends", "openings", "phrases", "comments", "comment_verbs",
    "counters", "published", "modified", "bylines", "byline_ends", "credits", "mastheads", "agencies",
    "months", "months_short", "weekdays", "ordinals", "day_first", "currencies", "common",
)  # fmt: skip
_PAIRS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "…": "..."})


def fold(text: str) -> str:
    """The text as the lexicon spells it: lower case, straight quotes, plain spaces. May change its length."""
    return text.lower() if text.isascii() else text.translate(_PAIRS).casefold()


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases found by their first word, so that a line costs one look-up a word however many phrases there are.

    Phrases in a script without spaces between words stand in `anywhere` and are looked for as they are.
    """

    by_word: Mapping[str, tuple[str, ...]]
    anywhere: tuple[str, ...]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Phrases:
        """Indexes the phrases."""
        by_word: dict[str, list[str]] = {}
        anywhere = []
        for phrase in phrases:
            if any(ord(c) >= 0x2E80 for c in phrase) or not phrase[0].isalnum():
                anywhere.append(phrase)
            else:
                by_word.setdefault(phrase.split()[0], []).append(phrase)
        return cls({w: tuple(p) for w, p in by_word.items()}, tuple(anywhere))

    def inside(self, folded: str, words: Iterable[str], *, wide: bool) -> int:
        """How many of the phrases stand in the folded line; `wide` as in `Line`."""
        found = 0
        by_word = self.by_word
        for word in words:
            for phrase in by_word.get(word, ()):
                if phrase in folded:
                    found += 1
        if wide:
            found += sum(phrase in folded for phrase in self.anywhere)
        return found

    def opens(self, folded: str, first: str) -> bool:
        """True where the folded line starts with one of the phrases; `first` is its first word."""
        for phrase in self.by_word.get(first, ()):
            if folded.startswith(phrase):
                return True
        return folded.startswith(self.anywhere) if self.anywhere else False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of every language together, each set in the form it is looked up in."""

    sections: frozenset[str]
    headings: frozenset[str]
    heading_starts: tuple[str, ...]
    heading_ends: tuple[str, ...]
    openings: Phrases
    phrases: Phrases
    comments: tuple[str, ...]
    comment_verbs: frozenset[str]
    counters: frozenset[str]
    published: frozenset[str]
    modified: frozenset[str]
    bylines: frozenset[str]
    byline_ends: tuple[str, ...]
    credits: frozenset[str]
    mastheads: tuple[str, ...]
    agencies: frozenset[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    ordinals: Mapping[str, int]
    day_first: frozenset[str]  # words of texts that write a day before its month in figures
    currencies: Mapping[str, str]  # ISO 4217 code of a word
    common: Mapping[str, frozenset[str]]


def _load(name: str, data: bytes) -> dict[str, list[str]]:
    table = tomllib.loads(data.decode())
    lang = table.pop("lang", None)
    unknown = sorted(set(table) - set(_KEYS))
    if not isinstance(lang, str) or unknown:
        raise SourceError(f"the lexicon {name} needs a lang and knows only the keys {', '.join(_KEYS)}, not {unknown}")
    return {key: [w for w in table.get(key, []) if w] for key in _KEYS} | {"lang": [lang]}


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Every language's words, read from the data files once."""
    files = sorted(
        (f for f in resources.files(__package__).joinpath("lexicon").iterdir() if f.name.endswith(".toml")),
        key=lambda f: f.name,
    )
    tables = [_load(f.name, f.read_bytes()) for f in files]

    def all_of(key: str) -> list[str]:
        return [fold(w) for t in tables for w in t[key]]

    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for t in tables:
        for key in ("months", "months_short"):
            months.update({fold(w): i for i, w in enumerate(t[key], 1)})
        weekdays.update({fold(w): i for i, w in enumerate(t["weekdays"])})
    months["sept"] = 9
    return Lexicon(
        sections=frozenset(all_of("sections")),
        headings=frozenset(all_of("headings")),
        heading_starts=tuple(all_of("heading_starts")),
        heading_ends=tuple(all_of("heading_ends")),
        openings=Phrases.of(all_of("openings")),
        phrases=Phrases.of(all_of("phrases")),
        comments=tuple(all_of("comments")),
        comment_verbs=frozenset(all_of("comment_verbs")),
        counters=frozenset(all_of("counters")),
        published=frozenset(all_of("published")),
        modified=frozenset(all_of("modified")),
        bylines=frozenset(all_of("bylines")),
        byline_ends=tuple(all_of("byline_ends")),
        credits=frozenset(all_of("credits")),
        mastheads=tuple(all_of("mastheads")),
        agencies=frozenset(all_of("agencies")),
        months=months,
        weekdays=weekdays,
        ordinals={fold(w): i for t in tables for i, w in enumerate(t["ordinals"], 1)},
        day_first=frozenset(all_of("day_first")),
        currencies={word: code.upper() for code, word in (w.split() for w in all_of("currencies"))},
        common={t["lang"][0]: frozenset(fold(w) for w in t["common"]) for t in tables if t["common"]},
    )
