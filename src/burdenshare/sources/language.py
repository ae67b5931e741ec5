"""Which language a text is in: by script first, then by its commonest words; a model only where those are silent."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from burdenshare.sources.lexicon import lexicon

# Enough text to tell a language by; more costs time and changes nothing.
SAMPLE = 3000
_ASCII = re.compile(r"[\x00-\x7f]+")
_LETTERS = string.ascii_letters.encode()
# Scripts that one language of the news uses, or nearly so; the Latin and Cyrillic ones need the words.
_SCRIPTS = {
    "latin": re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]"),
    "hangul": re.compile(r"[\u1100-\u11ff\uac00-\ud7a3]"),
    "kana": re.compile(r"[\u3040-\u30ff]"),
    "han": re.compile(r"[\u4e00-\u9fff]"),
    "greek": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "arabic": re.compile(r"[\u0600-\u06ff]"),
    "hebrew": re.compile(r"[\u0590-\u05ff]"),
    "thai": re.compile(r"[\u0e00-\u0e7f]"),
    "devanagari": re.compile(r"[\u0900-\u097f]"),
}
_BY_SCRIPT = {"hangul": "ko", "kana": "ja", "greek": "el", "hebrew": "he", "thai": "th", "devanagari": "hi"}
# Han and kana letters carry about as much as two letters of an alphabet.
_WEIGHT = {"hangul": 2, "kana": 2, "han": 2}
_MODEL_LANGS = [
    "en", "de", "fr", "es", "it", "pt", "nl", "tr", "pl", "vi", "id", "sv", "cs", "ro", "hu", "da", "no", "fi",
    "ru", "uk", "bg", "sr", "ar", "fa", "ur",
]  # fmt: skip


def scripts(text: str) -> dict[str, int]:
    """Letters of each script in the text, weighted so that the scripts can be compared."""
    raw = text.encode("ascii", "ignore")
    counts = {"latin": len(raw) - len(raw.translate(None, _LETTERS))}
    if len(raw) < len(text):
        for letter, n in Counter(_ASCII.sub("", text)).items():
            if script := _script_of(letter):
                counts[script] = counts.get(script, 0) + n * _WEIGHT.get(script, 1)
    return {script: n for script, n in counts.items() if n}


@lru_cache(maxsize=16384)
def _script_of(letter: str) -> str:
    return next((name for name, pattern in _SCRIPTS.items() if pattern.match(letter)), "")


def main_script(text: str) -> str:
    """The script most of the text's letters are in, or "" where it has none."""
    counts = scripts(text)
    return max(counts, key=counts.__getitem__) if counts else ""


@lru_cache(maxsize=1)
def _languages() -> Mapping[str, tuple[str, ...]]:
    """The languages in which each word is among the commonest."""
    out: dict[str, list[str]] = {}
    for lang, words in lexicon().common.items():
        for word in words:
            out.setdefault(word, []).append(lang)
    return {word: tuple(langs) for word, langs in out.items()}


@lru_cache(maxsize=1)
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_MODEL_LANGS)
    return identifier


def language_of(text: str, words: Iterable[str]) -> str:
    """ISO 639-1 code of the text's language, or "" where it cannot be told. `words` are its words in lower case."""
    counts = scripts(text[:SAMPLE])
    if sum(counts.values()) < 20:
        return ""
    script = max(counts, key=counts.__getitem__)
    if script == "han" and counts.get("kana", 0) * 10 > counts["han"]:
        script = "kana"
    if script == "han" and counts.get("hangul", 0) * 4 > counts["han"]:
        script = "hangul"
    if script == "han":
        return "zh"
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    seen = list(islice(words, 160))
    known = _languages()
    votes = dict.fromkeys(lexicon().common, 0)
    for word in seen:
        for lang in known.get(word, ()):
            votes[lang] += 1
    ranked = sorted(votes.items(), key=lambda item: -item[1])
    # A fifth of running prose is common words; twice the runner-up leaves no doubt.
    if seen and ranked[0][1] * 8 >= len(seen) and ranked[0][1] >= 2 * ranked[1][1]:
        return ranked[0][0]
    code, probability = _model().classify(text[:SAMPLE])
    return str(code) if probability >= 0.6 else ""
