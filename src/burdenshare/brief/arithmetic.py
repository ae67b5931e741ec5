"""The arithmetic line of a check in the language of the briefing.

A check words its arithmetic in English, in few forms. The forms stand in `arithmetic_<language>.toml` with their
words; what has no form there is left in English rather than lost.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from burdenshare.brief.language import ENGLISH, Tongue

_SCALES = {"tn": 1e12, "bn": 1e9, "mn": 1e6}
_SUM = re.compile(
    r"(?<!for )(?<![\w.,])(?P<value>\d[\d,]*(?:\.\d+)?)(?: (?P<scale>tn|bn|mn))? (?P<currency>[A-Z]{3})(?![\w])"
)
_BASE = re.compile(r"/1 ([A-Z]{3})")  # of a rate
_PERCENT = re.compile(r"(?<![\w.,])(?P<low>-?\d[\d,]*(?:\.\d+)?)(?: to (?P<high>-?\d[\d,]*(?:\.\d+)?))? percent")


@lru_cache
def _forms(lang: str) -> Sequence[tuple[re.Pattern[str], str]]:
    file = resources.files("burdenshare.brief") / f"arithmetic_{lang}.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple((re.compile(pattern), words) for pattern, words in table["phrases"])


def arithmetic(words: str, *, t: Tongue = ENGLISH) -> str:
    """The check's arithmetic, as it is worded in English, in the language."""
    if t is ENGLISH:
        return words

    def money(m: re.Match[str]) -> str:
        value = float(m["value"].replace(",", "")) * _SCALES.get(m["scale"] or "", 1.0)
        return t.money(value, m["currency"])

    def percent(m: re.Match[str]) -> str:
        return f"{m['low']}~{m['high']}%" if m["high"] else f"{m['low']}%"

    text = _PERCENT.sub(percent, _SUM.sub(money, words))  # "for 1 USD" is a rate's base, no sum
    for pattern, said in _forms(t.lang):
        text = pattern.sub(said, text)
    return _BASE.sub(lambda m: f"/1 {t.unit(m[1])}", text)
