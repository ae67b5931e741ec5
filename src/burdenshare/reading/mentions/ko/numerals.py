"""Korean numerals: digits with 십 백 천 만 억 조 between them, Sino-Korean and native words, and ranges of these.

1조1천833억, 1조 389억, 9천602억, 2만8천5백, 50억, 이천이십일, 다섯, 서너, 40∼50억, 1조4천억∼1조5천억.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from burdenshare.reading.mentions.ko.forms import forms

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?")
_SINO = {c: float(i) for i, c in enumerate("영일이삼사오육칠팔구")} | {"공": 0.0, "륙": 6.0, "령": 0.0}
_SMALL = {"십": 1e1, "백": 1e2, "천": 1e3}
_LARGE = {"만": 1e4, "억": 1e8, "조": 1e12, "경": 1e16}
_NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "서": 3, "넷": 4, "네": 4, "넉": 4, "너": 4,
    "다섯": 5, "닷": 5, "여섯": 6, "엿": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_NATIVE_RANGES = {
    "한두": (1, 2), "두서너": (2, 4), "두세": (2, 3), "두어": (2, 3), "서너": (3, 4), "너덧": (4, 5), "네댓": (4, 5),
    "네다섯": (4, 5), "너댓": (4, 5), "대여섯": (5, 6), "예닐곱": (6, 7), "일고여덟": (7, 8), "여남은": (10, 12),
}  # fmt: skip
_TENS = "|".join(sorted(_NATIVE_TENS, key=len, reverse=True))
_ONES = "|".join(sorted(_NATIVE_ONES, key=len, reverse=True))
_PAIRS = "|".join(sorted(_NATIVE_RANGES, key=len, reverse=True))
NATIVE = re.compile(rf"(?<![가-힣])(?:(?P<pair>{_PAIRS})|(?P<tens>{_TENS})?(?P<ones>{_ONES})|(?P<ten>{_TENS}))")
DASHES = re.compile(r"\s?[~∼～〜\-–—―]\s?")
_FILLER = re.compile(r"\s?(?:여\s?)?")
_LONGEST = 40  # characters of one number: 9천999조9천999억9천999만9천999 and its spaces are fewer


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: its value, where it ends, its last large unit (1 where none) and what follows that unit."""

    value: float
    end: int
    unit: float
    tail: float
    scaled: bool  # whether 십 to 조 stands in it

    @property
    def plain(self) -> bool:
        """Whether it is digits alone."""
        return not self.scaled


def native(text: str, at: int) -> tuple[float, float, int] | None:
    """A native number at a place (다섯, 열두, 서너): low, high and where it ends; or None."""
    found = NATIVE.match(text, at)
    if found is None:
        return None
    if found["pair"]:
        low, high = _NATIVE_RANGES[found["pair"]]
        return float(low), float(high), found.end()
    value = float(_NATIVE_TENS.get(found["tens"] or found["ten"] or "", 0) + _NATIVE_ONES.get(found["ones"] or "", 0))
    return value, value, found.end()


def numeral(text: str, at: int, *, words: bool = False) -> Numeral | None:
    """The number that begins at a place, or None. With `words`, Sino-Korean digits (이천이십일) may stand in it."""
    stop = min(len(text), at + _LONGEST)
    total = block = 0.0
    current: float | None = None
    last_large, last_small = float("inf"), float("inf")
    unit = 1.0
    scaled = False
    i, end = at, at
    while i < stop:
        char = text[i]
        if char.isascii() and char.isdigit():
            if current is not None:
                break
            found = _DIGITS.match(text, i)
            assert found is not None
            current = float(found.group().replace(",", ""))
            if scaled and current >= min(last_large, last_small * 10):
                break
            i = end = found.end()
        elif words and char in _SINO and current is None:
            current, i = _SINO[char], i + 1
            end = i
        elif char in _SMALL and _SMALL[char] < last_small and (current is not None or words):
            last_small = _SMALL[char]
            block += (1.0 if current is None else current) * last_small
            current, scaled, i = None, True, i + 1
            end = i
        elif char in _LARGE and _LARGE[char] < last_large and (current is not None or block or words):
            if char == "만" and not _is_unit(text, i, bool(block)):
                break
            last_large = unit = _LARGE[char]
            total += (block + (current or 0.0) or 1.0) * last_large
            block, current, last_small, scaled, i = 0.0, None, float("inf"), True, i + 1
            end = i
        elif char in "  " and i > at and i + 1 < stop and _goes_on(text, i, scaled, current is not None):
            i += 1
        else:
            break
    if end == at:
        return None
    tail = block + (current or 0.0)
    value = total + tail
    return Numeral(float(round(value)) if value >= 1e6 else round(value, 6), end, unit, tail, scaled)


def _is_unit(text: str, at: int, block: bool) -> bool:
    """Whether 만 is ten thousand and not "only": "10만 명", "28만5천", but not "세 번만" or "2020년만"."""
    before = text[at - 1] if at else ""
    return before.isdigit() or block or before in _SINO or before in "십백천수몇 "


def _goes_on(text: str, at: int, scaled: bool, open_digits: bool) -> bool:
    """Whether the number goes on after the space at a place: "1조 389억", "1조 3백억", "50 억", not "24일 5명"."""
    following = text[at + 1]
    if open_digits:  # "10 억 달러"
        return following in "억조" or (following == "만" and text[at + 2 : at + 3] in " 명달원엔천0123456789")
    if not (scaled and following.isdigit()):
        return False
    if text[at - 1] in "천백":  # "8천 5백 명"
        return text[at + 2 : at + 3] in ("백", "십")
    if text[at - 1] not in "만억조":
        return False
    more = numeral(text, at + 1)
    if more is None:
        return False
    # The rest of a number is smaller than what stands before it, and has the unit or the noun that closes the whole.
    if more.scaled:
        return True
    at = _FILLER.match(text, more.end).end()  # type: ignore[union-attr]  # it matches nothing too
    return bool(forms().money_after.match(text, at) or forms().counters.match(text, at))


def spread(low: Numeral, high: Numeral) -> float:
    """The low end of a range whose unit stands at its high end alone: 40∼50억 is 40억, 1조3천~1조5천억 is 1조3천억."""
    if high.unit > 1 and high.tail == 0 and low.tail and low.tail * high.unit < max(high.value, low.value) * 10:
        whole = low.value - low.tail
        if low.unit == 1 or low.unit > high.unit:
            return whole + low.tail * high.unit
    # 4∼5천, 2~3백: a small unit at the high end alone
    if low.plain and high.scaled and high.unit == 1 and low.value < 10 <= high.value:
        size = 10.0 ** (len(str(int(high.value))) - 1)
        return low.value * size
    return low.value
