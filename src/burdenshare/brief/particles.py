"""Korean particles, whose form hangs on whether the word before them ends in a consonant."""

from __future__ import annotations

import re

# Each particle's form after a consonant and after a vowel; "으로" counts a final ㄹ with the vowels.
_FORMS = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("이라", "라"), ("이다", "다"))
PAIRS = {form: pair for pair in _FORMS for form in pair}
_FIRST, _LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8
_ASIDE = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*$")
_CLOSING = " \t\"'”’」』>»)]）."
# How digits and letters are read aloud: the reading ends in no consonant (0), in ㄹ (8), or in another one (1).
_DIGITS = {"0": 1, "1": 8, "2": 0, "3": 1, "4": 0, "5": 0, "6": 1, "7": 8, "8": 8, "9": 0}
_LETTERS = {"l": 8, "m": 1, "n": 1, "r": 8}
_SIGNS = {"%": 0, "$": 0, "℃": 0}


def final(word: str) -> int:
    """How the word ends when read aloud: 0 in a vowel, 8 in ㄹ, another number in another consonant.

    A closing aside in brackets and quotation marks are passed over; Latin letters are read by name ("SMA", "KIDA").
    """
    bare = word
    while (shorter := _ASIDE.sub("", bare)) != bare and shorter.strip():
        bare = shorter
    last = bare.rstrip(_CLOSING)[-1:]
    if not last:
        return 0
    if _FIRST <= ord(last) <= _LAST:
        return (ord(last) - _FIRST) % _FINALS
    if last.isdigit():
        return _DIGITS.get(last, 1)
    return _SIGNS.get(last, _LETTERS.get(last.lower(), 0))


def with_particle(word: str, particle: str) -> str:
    """The word with the particle in the form that follows it: `한국은`, `미국은`, `서울로`. Raises KeyError."""
    closed, opened = PAIRS[particle]
    ending = final(word)
    vowel = ending == 0 or (ending == _RIEUL and opened == "로")
    return word + (opened if vowel else closed)
