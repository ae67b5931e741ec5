"""Korean verbs from their dictionary forms: the beginnings of their inflected forms, with what each ending says.

A lexicon gives "올리다"; the text has 올린, 올리는, 올릴, 올렸다, 올려. The beginnings are enough: what follows
(polite endings, connectives) is read by the grammar where it matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

# past 했다, present 한다/하고 있다, adn 한 (what was done), adn-now 하는, adn-next 할, conn 하고/해/하면, noun 요구.
Form = Literal["past", "present", "adn", "adn-now", "adn-next", "conn", "noun"]

_FIRST, _VOWELS, _FINALS = 0xAC00, 21, 28
_N, _L, _B, _SS = 4, 8, 17, 20  # the finals ㄴ, ㄹ, ㅂ, ㅆ
_A, _AE, _YA, _EO, _E, _YEO, _O, _WA, _OE, _U, _WO, _EU, _I = 0, 1, 2, 4, 5, 6, 8, 9, 11, 13, 14, 18, 20
# What may follow a stem of one syllable that is no verb by itself: 내 is "my" and half of 내년.
_AFTER_SHORT = ("고", "며", "면", "지", "자", "기", "도록", "려", "게", "던", "거나", "라고", "겠", "야", "라", "으라")


def _parts(syllable: str) -> tuple[int, int, int]:
    code = ord(syllable) - _FIRST
    return code // (_VOWELS * _FINALS), code // _FINALS % _VOWELS, code % _FINALS


def _join(lead: int, vowel: int, final: int) -> str:
    return chr(_FIRST + (lead * _VOWELS + vowel) * _FINALS + final)


def with_final(text: str, final: int) -> str:
    """The text with a consonant put under its last syllable, which has none."""
    lead, vowel, _ = _parts(text[-1])
    return text[:-1] + _join(lead, vowel, final)


def has_final(text: str) -> bool:
    """Whether the last syllable closes with a consonant."""
    return "가" <= text[-1] <= "힣" and (ord(text[-1]) - _FIRST) % _FINALS > 0


def infinitive(stem: str) -> str:
    """The stem with 아/어, contracted: 올리 -> 올려, 내 -> 내, 맺 -> 맺어, 오르 -> 올라, 돕 -> 도와."""
    lead, vowel, final = _parts(stem[-1])
    head = stem[:-1]
    if stem[-1] == "하":
        return head + "해"
    if final:
        return stem + ("아" if vowel in (_A, _O, _YA) else "어")
    if stem[-1] == "르" and head and not has_final(head):
        bright = _parts(head[-1])[1] in (_A, _O)
        return with_final(head, _L) + ("라" if bright else "러")
    if vowel == _EU:
        bright = bool(head) and _parts(head[-1])[1] in (_A, _O)
        return head + _join(lead, _A if bright else _EO, 0)
    contracted = {_I: _YEO, _O: _WA, _U: _WO, _OE: 10}.get(vowel, vowel)  # 10 is ㅙ: 되 -> 돼
    return head + _join(lead, contracted, 0)


def _regular(stem: str) -> Iterator[tuple[str, Form]]:
    open_, liquid = not has_final(stem), _parts(stem[-1])[2] == _L
    told = infinitive(stem)
    yield (with_final(told, _SS) if not has_final(told) else told + "었"), "past"
    if told != stem:
        yield told, "conn"
    if open_ or liquid:
        bare = stem if open_ else _join(*_parts(stem[-1])[:2], 0).join((stem[:-1], ""))
        yield with_final(bare, _N) + "다", "present"
        yield with_final(bare, _B) + "니다", "present"
        yield with_final(bare, _N), "adn"
        yield bare + "는", "adn-now"
        yield with_final(bare, _L), "adn-next"
    else:
        yield stem + "는다", "present"
        yield stem + "습니다", "present"
        yield stem + "은", "adn"
        yield stem + "을", "adn-next"
        yield stem + "는", "adn-now"
    yield stem + "고 있", "present"
    if open_ and _parts(stem[-1])[1] in (_I, _OE):
        yield stem + "었", "past"
    if len(stem) > 1:
        yield stem, "conn"
    else:
        for ending in _AFTER_SHORT:
            yield stem + ending, "conn"


def forms(verb: str) -> Iterator[tuple[str, Form, bool]]:
    """Beginnings of a verb's inflected forms, what each says, and whether it is passive. `verb` ends in 다.

    요구하다 gives 요구한, 요구했 ..., the passive 요구된, 요구됐 ... and the noun 요구.
    """
    stem = verb[:-1]
    if stem.endswith("하") and len(stem) > 2:
        noun = stem[:-1]
        for surface, form in _regular(stem):
            yield surface, form, False
        yield noun + "하였", "past", False
        yield noun + "키로 했", "past", False
        for passive in ("되", "받"):
            for surface, form in _regular(noun + passive):
                yield surface, form, True
        yield noun + "되였", "past", True
        yield noun, "noun", False
        return
    if stem == "하":
        return
    for surface, form in _regular(stem):
        yield surface, form, False
