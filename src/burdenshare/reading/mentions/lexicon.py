"""The cue words of a language, read from its lexicon file and turned into a table the lexers look words up in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Generic, TypeVar

from burdenshare.reading.mentions.mention import Cue, Form
from burdenshare.reading.text import tokens

T = TypeVar("T")
FORMS: tuple[Form, ...] = ("present", "past", "participle", "gerund")


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """The phrases that share a first word: the longer ones by their second word, longest first, and the word alone."""

    longer: Mapping[str, tuple[tuple[tuple[str, ...], tuple[T, ...]], ...]]
    alone: tuple[T, ...] | None


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """Phrases by their first word; several values may share a phrase."""

    phrases: Mapping[str, Row[T]]

    def longest(self, norms: Sequence[str], at: int) -> tuple[int, tuple[T, ...]] | None:
        """The number of tokens and the values of the longest phrase that starts at `at`, or None."""
        row = self.phrases.get(norms[at])
        if row is None:
            return None
        if row.longer and at + 1 < len(norms):
            for words, values in row.longer.get(norms[at + 1], ()):
                n = len(words)
                if n == 2 or tuple(norms[at : at + n]) == words:
                    return n, values
        return (1, row.alone) if row.alone is not None else None

    def all(self, norms: Sequence[str], at: int) -> list[tuple[int, tuple[T, ...]]]:
        """Every phrase that starts at `at`, longest first: its number of tokens and its values."""
        row = self.phrases.get(norms[at])
        if row is None:
            return []
        found = []
        for words, values in row.longer.get(norms[at + 1], ()) if row.longer and at + 1 < len(norms) else ():
            n = len(words)
            if n == 2 or tuple(norms[at : at + n]) == words:
                found.append((n, values))
        if row.alone is not None:
            found.append((1, row.alone))
        return found


def table(entries: Iterable[tuple[tuple[str, ...], T]]) -> Table[T]:
    """A lookup table from (words, value) pairs."""
    grouped: dict[tuple[str, ...], list[T]] = {}
    for words, value in entries:
        if words:
            known = grouped.setdefault(words, [])
            if value not in known:
                known.append(value)
    return _table_of({words: tuple(values) for words, values in grouped.items()})


def _table_of(grouped: Mapping[tuple[str, ...], tuple[T, ...]]) -> Table[T]:
    longer: dict[str, dict[str, list[tuple[tuple[str, ...], tuple[T, ...]]]]] = {}
    for words, values in sorted(grouped.items(), key=lambda item: (-len(item[0]), item[0])):
        by_second = longer.setdefault(words[0], {})
        if len(words) > 1:
            by_second.setdefault(words[1], []).append((words, values))
    return Table(
        {
            first: Row({second: tuple(rows) for second, rows in by_second.items()}, grouped.get((first,)))
            for first, by_second in longer.items()
        }
    )


def words_of(text: str, acronyms: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """A phrase as the tokeniser sees it."""
    return tuple(t.norm for t in tokens(text, 0, len(text), acronyms=acronyms))


def _regular(verb: str) -> tuple[str, str, str, str]:
    """Present, past, participle and gerund of a regular English verb."""
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        present = verb + "es"
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        present = verb[:-1] + "ies"
    else:
        present = verb + "s"
    if verb.endswith("e"):
        past, gerund = verb + "d", (verb[:-1] if not verb.endswith(("ee", "ye", "oe")) else verb) + "ing"
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        past, gerund = verb[:-1] + "ied", verb + "ing"
    else:
        past, gerund = verb + "ed", verb + "ing"
    return present, past, past, gerund


@dataclass(frozen=True, slots=True)
class Choice:
    """What a phrase can be as a cue of one concept: its verb forms, where several look alike, and the noun.

    `first` is the cue where nothing in the sentence tells them apart.
    """

    first: Cue
    forms: tuple[Cue, ...]
    noun: Cue | None


def _choices(cues: tuple[Cue, ...]) -> tuple[Choice, ...]:
    """The cues that share a phrase, by concept, in their order."""
    out = []
    for concept in dict.fromkeys(c.concept for c in cues):
        same = [c for c in cues if c.concept == concept]
        noun = next((c for c in same if c.form == "word"), None)
        out.append(Choice(same[0], tuple(c for c in same if c.form != "word"), noun))
    return tuple(out)


def _cue_table(entries: Iterable[tuple[tuple[str, ...], Cue]]) -> Table[Choice]:
    grouped: dict[tuple[str, ...], dict[Cue, None]] = {}
    for words, cue in entries:
        grouped.setdefault(words, {})[cue] = None
    return _table_of({words: _choices(tuple(cues)) for words, cues in grouped.items() if words})


def _verb_entries(data: Mapping[str, Any]) -> Iterable[tuple[tuple[str, ...], Cue]]:
    irregular: Mapping[str, list[str]] = data["irregular"]
    for concept, verbs in data["verbs"].items():
        for phrase in verbs:
            head, _, rest = phrase.partition(" ")
            tail = words_of(rest) if rest else ()
            forms = irregular.get(head) or _regular(head)
            yield (head, *tail), Cue(concept, "base", phrase)
            for form, word in zip(FORMS, forms, strict=True):
                yield (word, *tail), Cue(concept, form, phrase)
            if head == "be":
                for word in ("are", "were"):
                    yield (word, *tail), Cue(concept, "past" if word == "were" else "present", phrase)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything a language's lexers and rules look up."""

    lang: str
    cues: Table[Choice]
    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    ordinals: Mapping[str, int]
    multiples: Mapping[str, float]
    fractions: Table[float]
    bounds: Table[str]
    bound_words: int  # longest bound phrase, in tokens
    money_before: Mapping[str, str]
    money_after: Table[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]  # Monday is 0, as in datetime
    words: Mapping[str, frozenset[str]]  # concept to its one-word cues, in every form

    money_first: frozenset[str]  # first words of what may stand before a sum
    number_words: frozenset[str]  # words a number expression can begin with

    def single(self, concept: str) -> frozenset[str]:
        """The one-word cues of a concept."""
        return self.words.get(concept, frozenset())


@lru_cache
def load(lang: str) -> Lexicon:
    """The lexicon of a language. Raises FileNotFoundError where the language has none."""
    with (resources.files("burdenshare.reading.lexicon") / f"{lang}.toml").open("rb") as file:
        data = tomllib.load(file)
    words = ((words_of(p), Cue(concept, "word", p)) for concept, ps in data["words"].items() for p in ps)
    bounds = [(words_of(p), bound) for bound, ps in data["bounds"].items() for p in ps]
    before = {}
    first = set()
    after = []
    for code, forms in data["currencies"].items():
        for form in forms["before"]:
            before["".join(words_of(form)).lower()] = code
            first.add(words_of(form)[0].lower())
        after += [(words_of(form), code) for form in forms["after"]]
    entries = [*_verb_entries(data), *words]
    single: dict[str, set[str]] = {}
    for phrase, cue in entries:
        if len(phrase) == 1:
            single.setdefault(cue.concept, set()).add(phrase[0])
    return Lexicon(
        lang=lang,
        cues=_cue_table(entries),
        words={concept: frozenset(found) for concept, found in single.items()},
        numbers={k: float(v) for k, v in data["numbers"].items()},
        scales={k: float(v) for k, v in data["scales"].items()},
        ordinals=data["ordinals"],
        multiples={k: float(v) for k, v in data["multiples"].items()},
        fractions=table((words_of(k), float(v)) for k, v in data["fractions"].items()),
        bounds=table(bounds),
        bound_words=max(len(w) for w, _ in bounds),
        money_before=before,
        money_after=table(after),
        money_first=frozenset(first),
        number_words=frozenset(
            [
                *first,
                *data["numbers"],
                *data["ordinals"],
                *data["multiples"],
                *before,
                *(words_of(f)[0] for f in data["fractions"]),
            ]
        ),
        months={name: i for i, names in enumerate(data["calendar"]["months"], 1) for name in names},
        weekdays={name: i for i, names in enumerate(data["calendar"]["weekdays"]) for name in names},
    )
