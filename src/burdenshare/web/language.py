"""The words of the pages in each language, from the catalogue; a page never holds a word of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from burdenshare.brief.language import Tongue, messages, tongue, vocabulary

LANGUAGES = ("en", "ko")
NAMES = {"en": "English", "ko": "한국어"}


@lru_cache
def catalogue(lang: str) -> Mapping[str, str]:
    """Every message of a language by its key, `page.title`: the shared vocabulary and the pages' own."""
    return vocabulary(lang) | messages(lang, "burdenshare.web")


@dataclass(frozen=True, slots=True)
class Words:
    """The messages of one language: `t("reports.title")`, `t.n("count.reports", 3)`, `t.of("kind", "round")`."""

    lang: str

    @property
    def tongue(self) -> Tongue:
        """The wording of dates, sums, names and sentences that the briefing has in this language."""
        return tongue(self.lang)

    def __call__(self, key: str, **values: Any) -> str:
        """The message, its blanks filled. Raises KeyError where the catalogue has none of that key."""
        message = catalogue(self.lang)[key]
        return message.format(**values) if values else message

    def n(self, key: str, count: int, **values: Any) -> str:
        """The message for a number: `key.one` or `key.other`."""
        return self(f"{key}.{'one' if count == 1 else 'other'}", n=f"{count:,}", **values)

    def of(self, family: str, word: str | None) -> str:
        """A word of the vocabulary in this language; the word itself, spaced, where the catalogue has none."""
        if word is None:
            return ""
        return catalogue(self.lang).get(f"{family}.{word}") or word.replace("-", " ")


def preferred(asked: str | None, cookie: str | None, accepted: str) -> str:
    """The language of a visitor: as asked in the address, as chosen before, as the browser wants, English."""
    for choice in (asked, cookie):
        if choice in LANGUAGES:
            return choice
    weighed = []
    for position, part in enumerate(accepted[:500].split(",")):
        name, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), position, name.split("-")[0].lower()))
        except ValueError:
            continue
    return next((name for _, _, name in sorted(weighed) if name in LANGUAGES), LANGUAGES[0])
