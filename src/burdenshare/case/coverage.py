"""Names of a case that never turn up in sample texts, and names in the texts that the case does not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from babel import Locale

from burdenshare.case.model import Case, Name

# What parts a name from its neighbour without a space becomes a stop of its own.
_APART = str.maketrans({**dict.fromkeys("()[]—–", " . "), "/": " "})
# Words that join the parts of a name: "Ministry of Finance", "Ursula von der Leyen".
_JOINING = frozenset("of for de da del der den di la le van von bin al the and".split())
_LONGEST = 8  # words; what is longer is a headline in capitals, not a name


def _stands_in(form: str, text: str) -> bool:
    """True where the form is in the text, and not inside a longer Latin word or number."""
    at = text.find(form)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(form) : at + len(form) + 1]
        if not (_latin(before) and _latin(form[0])) and not (_latin(after) and _latin(form[-1])):
            return True
        at = text.find(form, at + 1)
    return False


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def coverage(case: Case, texts: Iterable[str]) -> tuple[Name, ...]:
    """The names of the case that none of the texts holds, spelled and capitalised as given, in the case's order."""
    missing = {name.text for name in case.names()}
    for text in texts:
        missing = {form for form in missing if not _stands_in(form, text)}
    return tuple(name for name in case.names() if name.text in missing)


@lru_cache
def _calendar() -> frozenset[str]:
    """Names of months and days, which stand capitalised and name nobody."""
    locale = Locale.parse("en")
    forms = [f for kind in (locale.months, locale.days) for width in kind["format"].values() for f in width.values()]
    return frozenset(form.lower().strip(".") for form in forms)


def _closes(word: str) -> bool:
    """Whether a name ends with this word; an initial ("T.") does not end one."""
    return word.endswith((",", ";", ":", "?", "!", '"', "”")) or (word.endswith(".") and len(word) > 2)


def _runs(words: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of capitalised words with the place of the first; a joining word may stand between two of them."""
    i = 0
    while i < len(words):
        if not words[i][:1].isupper():
            i += 1
            continue
        last = i + 1
        while last < len(words) and not _closes(words[last - 1]):
            step = last + 1 if words[last].lower() in _JOINING else last
            if step >= len(words) or not words[step][:1].isupper():
                break
            last = step + 1
        yield i, words[i:last]
        i = last


def unknown_names(case: Case, texts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Capitalised names in the texts that the case does not hold, with their counts, the most frequent first.

    A single word at the start of a sentence is none; nor are months, days and words of the case's own names. For
    languages that write names in capitals.
    """
    own = {word.strip(_MARKS).lower() for name in case.names() for word in name.text.split()}
    own |= {word.strip(_MARKS).lower() for name in case.names() for word in name.text.replace("-", " ").split()}
    found: Counter[str] = Counter()
    for text in texts:
        for line in text.splitlines():
            words = line.translate(_APART).split()
            for at, run in _runs(words):
                opens = at == 0 or words[at - 1].endswith((".", "?", "!", ":", "-", '"', "”"))
                if name := _unknown(run, own, opens=opens):
                    found[name] += 1
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


_MARKS = ".,;:?!()[]\"'“”‘’/"


def _unknown(run: list[str], own: set[str], *, opens: bool) -> str:
    """The run without the words the case knows at its ends; empty where nothing is left that may be a name."""
    bare = [w.strip(_MARKS).removesuffix("'s").removesuffix("’s") for w in run]
    passed = own | _calendar() | _JOINING
    while bare and (not bare[0] or bare[0].lower() in passed):
        bare, opens = bare[1:], False
    while bare and (not bare[-1] or bare[-1].lower() in passed):
        bare = bare[:-1]
    if not bare or len(bare) > _LONGEST or (opens and len(bare) == 1):
        return ""
    bare = [f"{w}." if len(w) == 1 and w.isupper() else w for w in bare]
    return " ".join(bare) if any(len(w) > 1 and w[0].isupper() and w.isalpha() for w in bare) else ""
