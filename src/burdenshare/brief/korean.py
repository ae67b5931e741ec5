"""Dates, sums, changes and counts in plain Korean, one way each; the same functions as `wording` has for English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from babel.numbers import format_decimal, get_currency_name

from burdenshare import edtf
from burdenshare.case import Case
from burdenshare.case.model import Names
from burdenshare.money import Amount, Change, Growth, Range

_LOCALE = "ko"
_UNITS = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
_SEASONS = {21: "봄", 22: "여름", 23: "가을", 24: "겨울"}
_BOUNDS = {
    "exact": "{}", "about": "약 {}", "nearly": "거의 {}", "under": "{} 미만", "over": "{} 초과", "up-to": "최대 {}",
    "at-least": "최소 {}",
}  # fmt: skip
_COUNTED = {
    "report": "보도 {}건",
    "source": "출처 {}곳",
    "voice": "출처 {}곳",
    "figure": "수치 {}건",
    "round": "{}차례",
}
_TERM_YEARS = re.compile(r"(\d+)[- ]years?|(\d+)년")
_HANGUL = re.compile(r"[가-힣]")


# -- numbers ----------------------------------------------------------------------------------------------------


def plain(value: float) -> str:
    """A number with thousands commas and no needless digits."""
    return str(format_decimal(round(value, 4), format="#,##0.####", locale=_LOCALE))


def number(value: float) -> str:
    """A number by its myriads: `1조 389억`, `47억 5,000만`, `2만 8,500`; under ten thousand with its fraction."""
    if abs(value) < _UNITS[-1][0]:
        return plain(value)
    rest, parts = abs(round(value)), []
    for size, name in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{plain(count)}{name}")
    if rest:
        parts.append(plain(rest))
    return ("-" if value < 0 else "") + " ".join(parts)


def counted(count: int, noun: str) -> str:
    """`보도 4건`, `출처 3곳`."""
    return _COUNTED[noun].format(plain(count))


def listed(parts: Sequence[str], last: str = "") -> str:
    """`가, 나, 다`."""
    return ", ".join(parts)


def named(names: Sequence[str], most: int = 4) -> str:
    """The first names and how many more there are."""
    return ", ".join(names) if len(names) <= most + 1 else f"{', '.join(names[:most])} 외 {len(names) - most}곳"


def capital(text: str) -> str:
    """The text as it is: Korean has no capitals."""
    return text


# -- dates ------------------------------------------------------------------------------------------------------


def _point(text: str) -> tuple[str, str, str]:
    """Year, month (or season) and day of a single expression, in words; empty where it gives none."""
    parts = text.rstrip("~?%").split("-")
    year = parts[0]
    month = parts[1] if len(parts) > 1 and parts[1] != "XX" else ""
    day = parts[2] if len(parts) > 2 and parts[2] != "XX" else ""
    if month and int(month) in _SEASONS:
        word = _SEASONS[int(month)]
        return (f"{year}~{int(year) + 1}년" if word == "겨울" else f"{year}년"), word, ""
    if year == "XXXX":
        shown = ""
    elif year.endswith("XX"):
        shown = f"{year[:2]}00~{year[:2]}99년 사이"
    elif year.endswith("X"):
        shown = f"{year[:3]}0년대"
    else:
        shown = f"{year}년"
    return shown, f"{int(month)}월" if month else "", f"{int(day)}일" if day else ""


def _single(text: str) -> str:
    year, month, day = _point(text)
    words = " ".join(w for w in (year, month, day) if w)
    if not year:
        words = f"연도 미상 {words}" if words else "날짜 미상"
    mark = text[-1]
    return words + {"~": "경", "?": "(불확실)", "%": "경(불확실)"}.get(mark, "")


def date_words(text: str) -> str:
    """An EDTF date in words: `2019년 12월 3~4일`, `2019년 12월경`, `1991년부터`. Raises ValueError."""
    edtf.parse(text)
    if "/" not in text:
        return _single(text)
    first, _, last = text.partition("/")
    if last in ("", ".."):
        return f"{_single(first)}부터"
    if first in ("", ".."):
        return f"{_single(last)}까지"
    if text.count("~") + text.count("?") + text.count("%") + text.count("X"):
        return f"{_single(first)}~{_single(last)}"
    (year_a, month_a, day_a), (year_b, month_b, day_b) = _point(first), _point(last)
    if year_a != year_b and not month_a and not month_b:
        return f"{year_a.removesuffix('년')}~{year_b}"
    if year_a != year_b or not month_a or not month_b:
        return f"{_single(first)}~{_single(last)}"
    if month_a == month_b and day_a and day_b:
        return f"{year_a} {month_a} {day_a.removesuffix('일')}~{day_b}"
    if not day_a and not day_b and month_a.endswith("월") and month_b.endswith("월"):
        return f"{year_a} {month_a.removesuffix('월')}~{month_b}"
    end = " ".join(w for w in (month_b, day_b) if w)
    return f"{_single(first)}~{end}"


def on_date(text: str) -> str:
    """The date with its particle: `2019년 12월 4일에`, `1991년부터`."""
    words = date_words(text)
    return words if words.endswith(("부터", "까지")) else f"{words}에"


# -- sums and changes -------------------------------------------------------------------------------------------


@lru_cache
def unit(currency: str) -> str:
    """The currency as a sum names it: `원`, `달러`; its code where Korean has no name for it."""
    name = str(get_currency_name(currency, locale=_LOCALE))  # "미국 달러", "일본 엔화"
    return name.split()[-1].removesuffix("화")


def money(value: float, currency: str) -> str:
    """A sum in whole units: `1조 389억 원`, `50억 달러`."""
    return f"{number(value)} {unit(currency)}"


def money_range(low: float, high: float, currency: str) -> str:
    """A range of sums: `47억~50억 달러`."""
    return money(low, currency) if low == high else f"{number(low)}~{number(high)} {unit(currency)}"


def per_words(per: str | None) -> str:
    """`연간 `, `월 `, `5년간 `: what stands before a sum; nothing where the words do not say."""
    if not per:
        return ""
    if per in ("year", "month"):
        return {"year": "연간 ", "month": "월 "}[per]
    years = _TERM_YEARS.fullmatch(per)
    return f"{years[1] or years[2]}년간 " if years else f"{per} 동안 "


def amount_words(amount: Amount, per: str | None = None, *, also: bool = True) -> str:
    """A sum with its bound, what it is per, and the same sum in other currencies as reported."""
    words = per_words(per) + _BOUNDS[amount.bound].format(money_range(amount.least, amount.most, amount.currency))
    if also and amount.also:
        words += f"({', '.join(amount_words(a, also=False) for a in amount.also)})"
    return words


def _number(value: float | Range) -> str:
    return f"{plain(value.low)}~{plain(value.high)}" if isinstance(value, Range) else plain(value)


def percent(value: float | Range) -> str:
    """`13.9%`, `10~20%`."""
    return f"{_number(value)}%"


def change_words(change: Change) -> str:
    """`13.9% 인상`, `거의 5배`, `8.9% 삭감`, `5억 달러 증액`."""
    bound = _BOUNDS[change.bound or "exact"]
    if change.percent is not None:
        value = change.percent
        if not isinstance(value, Range) and value < 0:
            return f"{bound.format(percent(-value))} 삭감"
        return f"{bound.format(percent(value))} 인상"
    if change.multiple is not None:
        return bound.format(f"{_number(change.multiple)}배")
    if change.amount is not None:
        a = change.amount
        cut = a.least < 0
        size = money_range(-a.most if cut else a.least, -a.least if cut else a.most, a.currency)
        return f"{bound.format(size)} {'감액' if cut else '증액'}"
    return ""


def growth_words(growth: Growth) -> str:
    """The rule for later years."""
    words = {
        "fixed": "매년 정해진 비율로 인상",
        "cpi": "매년 소비자물가에 따라 인상",
        "defence-budget": "매년 국방비 증가율에 따라 인상",
        "frozen": "동결",
        "other": "매년 다른 기준에 따라 인상",
    }[growth.rule]
    rate = [percent(growth.percent)] if growth.percent is not None else []
    cap = [f"상한 {percent(growth.cap_percent)}"] if growth.cap_percent is not None else []
    return f"{words}({', '.join(rate + cap)})" if rate or cap else words


def years_words(years: float | Range) -> str:
    """`6년`, `3~5년`."""
    return f"{_number(years)}년"


def bounded(count: float, bound: str | None) -> str:
    """A count of people with its bound."""
    return _BOUNDS[bound or "exact"].format(f"{number(count)}명")


# -- names ------------------------------------------------------------------------------------------------------


def first_name(names: Names) -> str:
    """The preferred Korean name, else the English one, else the first in any language."""
    for lang in ("ko", "en", *sorted(names)):
        if names.get(lang):
            return names[lang][0]
    return ""


def side_name(side: str | None, case: Case) -> str:
    """A side in running text."""
    party = case.parties.get(side or "")
    return first_name(party.names) if party else "이름이 밝혀지지 않은 측"


def agreement_name(agreement: int | None, case: Case) -> str:
    """`제11차 방위비분담특별협정`."""
    series = first_name(case.series) or "협정"
    return f"제{agreement}차 {series}" if agreement else f"차수를 알 수 없는 {series}"


def called(name: str, case: Case | None) -> str:
    """A person or place by its Korean name in the case, where the report's language was another; else as reported."""
    if case is None or not name or _HANGUL.search(name):
        return name
    return _by_name(case).get(name.casefold().removeprefix("the "), name)


def _by_name(case: Case) -> dict[str, str]:
    found: dict[str, str] = {}
    known: list[Names] = [p.names for p in case.places.values()]
    known += [p.names for p in case.people.values()]
    for named_by in known:
        if korean := named_by.get("ko"):
            for names in named_by.values():
                found |= {n.casefold().removeprefix("the "): korean[0] for n in names}
    return found


def spaced(word: str | None) -> str:
    """A word of no catalogue as it is."""
    return (word or "").replace("-", " ")
