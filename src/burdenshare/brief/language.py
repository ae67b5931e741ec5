"""The words of a briefing in a language: messages from the catalogue, dates and sums from the language's wording.

A message is a line of `catalogue/<language>/*.toml`. Its blanks are filled by name; `{number:th}` sets an English
ordinal, and a Korean particle behind the colon (`{side:은}`) takes the form that the word filled in asks for.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from burdenshare.brief import korean, wording
from burdenshare.brief.particles import PAIRS, with_particle
from burdenshare.case import Case
from burdenshare.case.model import Names
from burdenshare.errors import BurdenshareError
from burdenshare.money import Change, Growth, Range

LANGUAGES = ("en", "ko")


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", str(value)


def _read(folder: Traversable, *names: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml") and (not names or file.name in names):
            found |= _flat(tomllib.loads(file.read_text(encoding="utf-8")))
    return found


@lru_cache
def messages(lang: str, package: str = "burdenshare.brief") -> dict[str, str]:
    """Every message of a package in a language by its key, `page.sources`: all TOML files of `catalogue/<lang>`."""
    return _read(resources.files(package) / "catalogue" / lang)


@lru_cache
def vocabulary(lang: str) -> dict[str, str]:
    """The words of the vocabulary (kinds, acts, outcomes, fields) that the briefing and the pages share."""
    return _read(resources.files("burdenshare.brief") / "catalogue" / lang, "vocabulary.toml")


class _Blanks(string.Formatter):
    """Fills blanks; knows particles and ordinals besides the usual formats."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in PAIRS:
            return with_particle(str(value), format_spec)
        if format_spec == "th":
            return wording.ordinal(value)
        return str(format(value, format_spec))


_BLANKS = _Blanks()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language: `t("page.sources")`, `t.of("outcome", "deal")`, and its wording of dates, sums and names."""

    lang: str
    date_words: Callable[[str], str]
    on_date: Callable[[str], str]
    money: Callable[[float, str], str]
    money_range: Callable[[float, float, str], str]
    unit: Callable[[str], str]
    amount_words: Callable[..., str]  # (amount, per=None, *, also=True)
    change_words: Callable[[Change], str]
    growth_words: Callable[[Growth], str]
    years_words: Callable[[float | Range], str]
    percent: Callable[[float | Range], str]
    plain: Callable[[float], str]
    bounded: Callable[[float, str | None], str]
    counted: Callable[[int, str], str]
    listed: Callable[..., str]
    named: Callable[[Sequence[str]], str]
    capital: Callable[[str], str]
    first_name: Callable[[Names], str]
    side_name: Callable[[str | None, Case], str]
    agreement_name: Callable[[int | None, Case], str]
    per_words: Callable[[str | None], str]
    called: Callable[[str, Case | None], str]  # a person or place as the language calls it

    def __call__(self, key: str, **values: Any) -> str:
        """The message with its blanks filled. Raises KeyError where the catalogue has none of that key."""
        message = messages(self.lang)[key]
        return _BLANKS.format(message, **values) if values else message

    def of(self, family: str, word: str | None) -> str:
        """A word of the vocabulary in this language; the word itself, spaced, where the catalogue has none."""
        if word is None:
            return ""
        return messages(self.lang).get(f"{family}.{word.replace(' ', '-')}") or word.replace("-", " ")

    def scales(self) -> tuple[tuple[float, str], ...]:
        """The units an axis counts in, the largest first: (1e9, "billion")."""
        named = [(float(size), self(f"scale.{size}")) for size in ("1e12", "1e9", "1e8", "1e6", "1e4")]
        return (*((size, name) for size, name in named if name), (1.0, ""))

    def between(self, low: float, high: float, currency: str) -> str:
        """A range of sums in a sentence that says "between"."""
        return self.money_range(low, high, currency).replace(self("chart.to"), self("chart.and"), 1)

    def knows(self, family: str, word: str | None) -> bool:
        """True where the catalogue has this word of the vocabulary."""
        return f"{family}.{word}" in messages(self.lang)


def _as_reported(name: str, case: Case | None) -> str:
    return name


_WORDED = (
    "date_words", "on_date", "money", "money_range", "unit", "amount_words", "change_words", "growth_words",
    "years_words", "percent", "plain", "bounded", "per_words", "counted", "listed", "named", "capital", "first_name",
    "side_name", "agreement_name",
)  # fmt: skip
ENGLISH = Tongue(lang="en", called=_as_reported, **{name: getattr(wording, name) for name in _WORDED})
KOREAN = Tongue(lang="ko", called=korean.called, **{name: getattr(korean, name) for name in _WORDED})
_TONGUES = {t.lang: t for t in (ENGLISH, KOREAN)}


def tongue(lang: str) -> Tongue:
    """The language of that code. Raises BurdenshareError, naming those there are, where it is not one of them."""
    found = _TONGUES.get(lang)
    if found is None:
        raise BurdenshareError(f"there is no briefing in {lang!r}; the languages are {' and '.join(LANGUAGES)}")
    return found
