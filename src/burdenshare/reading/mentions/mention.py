"""The mention types every language's lexers produce, so that rules need not know the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from burdenshare.money import Bound

MentionType = Literal[
    "cue", "name", "money", "percent", "multiple", "share", "number", "ordinal", "date", "duration", "person",
]  # fmt: skip
Form = Literal["base", "present", "past", "participle", "gerund", "word"]


@dataclass(eq=False, slots=True)  # not frozen: made by the thousand, and a frozen one takes three times as long to make
class Mention:
    """Tokens `first` to `last` (exclusive) of a sentence, characters `start` to `end` of the text, and their value.

    `value` is by type: cue -> Cue, name -> case Name, money -> Amount, percent/multiple/share/number -> Number,
    ordinal -> int, date -> DateValue, duration -> (Number, unit), person -> the name as written.
    """

    type: MentionType
    first: int
    last: int
    start: int
    end: int
    value: Any


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that signals something ("demanded"), as the lexicon's concept, with the form it stands in."""

    concept: str
    form: Form = "word"
    word: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number or a range (low < high), in the unit its mention type implies, with its bound."""

    low: float
    high: float
    bound: Bound = "exact"
    counter: str = ""  # what is counted, where the language writes it as part of the number: 명, 차례

    @property
    def value(self) -> float | None:
        """The number, or None for a range."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as EDTF, as it reads before the report and as it reads after it; equal where the words leave no choice.

    None where the words need a date of the report that is not known. `shape` is what was written: day, span,
    month, year, weekday, part, end, relative. `since` marks "since 1991", `until` "by/until/before September".
    """

    past: str | None
    future: str | None
    shape: str
    since: bool = False
    until: bool = False
    inferred: bool = False
