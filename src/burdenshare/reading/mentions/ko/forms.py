"""The Korean words the lexers look for, read from their file, and search for any of many words at one place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, cast

from burdenshare.money import Bound

# A particle, or a form of the copula, that may close a word after a noun; then the word must end.
_JOSA = (
    "께서는|께서|에서는|에서도|에서의|에서|에게서|에게는|에게|에는|에도|에만|에의|에|으로는|으로도|으로의|으로부터|으로써|"
    "으로서|으로|로부터|로서는|로서|로써|로는|로도|로의|로|까지는|까지도|까지의|까지만|까지|부터는|부터의|부터|만으로|만큼의|만큼|"
    "만은|만을|만이|만|보다는|보다도|보다|처럼|마다|마저|조차|밖에|대로|은커녕|는커녕|이라는|라는|이라고|라고|이라며|라며|"
    "이라도|라도|이란|란|이나마|이나|나|이며|며|이고|이지만|이든|이던|이었던|였던|이었으며|이었고|이었다|였다|이다|입니다|인데|"
    "인지|인|일|이자|이어서|이므로|이라|과는|과의|과도|과|와는|와의|와도|와|은|는|이|가|을|를|의|도|랑|하고|측은|측이|측의|"
    "측에서|측에|측을|측과|측도|측"
)
_BOUNDARY = r"(?![가-힣])"
CLOSES = re.compile(rf"들?(?:{_JOSA})?{_BOUNDARY}")
# What may stand between a currency or counter and the particle.
_TAIL = (
    "대|선|씩|짜리|어치|치|여|쯤|가량|정도|안팎|내외|이상|이하|미만|초과|넘게|규모|상당|"
    "수준|이내|남짓|전후|가까이|화|만"
)
UNIT_CLOSES = re.compile(
    rf"(?:{_TAIL})?(?:{_JOSA})?{_BOUNDARY}|(?:{_TAIL})|(?:을|를|이|가|에|의|은|는|으로|로|과|와|도)\s?"
)


def trie(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words at one place; a space in a word may be missing in the text."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = True
    return _branch(root)


def _branch(node: dict[str, Any]) -> str:
    ends = "" in node
    parts = []
    for char, below in sorted((k, v) for k, v in node.items() if k):
        parts.append(("\\s?" if char == " " else re.escape(char)) + _branch(below))
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else "(?:" + "|".join(parts) + ")"
    return body + "?" if ends else body


def squeezed(text: str) -> str:
    """The text without its spaces: how a word found with or without them is looked up."""
    return text.replace(" ", "").replace("\u00a0", "")


@dataclass(frozen=True, slots=True)
class Forms:
    """What the lexers look up. Patterns are matched at a place; the dictionaries take the words without spaces."""

    money_before: re.Pattern[str]
    money_after: re.Pattern[str]
    currency: dict[str, str]
    same_sum: re.Pattern[str]  # what may stand between a sum and the same sum in another currency
    number: re.Pattern[str]  # where a number may begin: a digit, or a word or mark of money before one
    bound_before: re.Pattern[str]
    bound_after: re.Pattern[str]
    bounds: dict[str, Bound]
    counters: re.Pattern[str]
    titles: re.Pattern[str]
    title_words: frozenset[str]
    not_names: frozenset[str]
    surnames: frozenset[str]
    abbreviations: str
    common: frozenset[str]  # of the abbreviations, what is a common word by itself
    articles: frozenset[str]  # of these, what never stands for a country by itself: 한 is "a"
    after: dict[str, re.Pattern[str]]  # by kind of name, what may go on in one word


@lru_cache
def forms() -> Forms:
    """The file of forms, read once."""
    with (resources.files("burdenshare.reading.lexicon") / "ko_forms.toml").open("rb") as file:
        data = tomllib.load(file)
    currencies = data["currencies"]
    before = {squeezed(w): code for code, ws in currencies.items() for w in ws["before"]}
    after = {squeezed(w): code for code, ws in currencies.items() for w in ws["after"]}
    sides = data["bounds"]
    bounds = {squeezed(w): cast(Bound, b) for side in sides.values() for b, ws in side.items() for w in ws}

    def pattern(words: Iterable[str], tail: str = "") -> re.Pattern[str]:
        return re.compile(f"(?:{trie(words)}){tail}")

    return Forms(
        money_before=pattern(w for ws in currencies.values() for w in ws["before"]),
        money_after=pattern(w for ws in currencies.values() for w in ws["after"]),
        same_sum=re.compile(rf"\s?(?P<open>[(（\[=≒/,])?\s?(?:(?:{trie(data['same_sum']['words'])})\s?){{0,4}}"),
        number=re.compile(rf"\d|(?:{trie(w for ws in currencies.values() for w in ws['before'])})(?=\s?(?:약\s?)?\d)"),
        currency={**before, **after},
        bound_before=re.compile(
            f"(?<![가-힣])(?:{trie(w for ws in sides['before'].values() for w in ws)})" + r"\s?$",
        ),
        bound_after=pattern(w for ws in sides["after"].values() for w in ws),
        bounds=bounds,
        counters=pattern(w for ws in data["counters"].values() for w in ws),
        titles=pattern(data["titles"]["words"]),
        title_words=frozenset(data["titles"]["words"]),
        not_names=frozenset(data["titles"]["not_names"]),
        surnames=frozenset(data["titles"]["surnames"]),
        abbreviations=data["names"]["abbreviations"],
        common=frozenset(data["names"]["common"]),
        articles=frozenset(data["names"]["articles"]),
        after={kind: pattern(data["names"][f"after_{kind}"]) for kind in ("party", "place", "body")},
    )
