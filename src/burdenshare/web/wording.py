"""Sums, dates and positions in the language of the page; in English as the briefing words them."""

from __future__ import annotations

from typing import Any

from babel.numbers import format_compact_decimal, get_currency_name

from burdenshare import edtf
from burdenshare.brief import wording as english
from burdenshare.brief.chronology import value_words
from burdenshare.case import Case
from burdenshare.money import Amount, Change, Growth, Range
from burdenshare.web.language import Words

_KO_BOUNDS = {
    "exact": "{}", "about": "약 {}", "nearly": "거의 {}", "under": "{} 미만", "over": "{} 초과", "up-to": "최대 {}",
    "at-least": "최소 {}",
}  # fmt: skip


def names_in(names: Any, lang: str) -> str:
    """The preferred name in the language, else in English, else in any."""
    return names[lang][0] if names.get(lang) else english.first_name(names)


def date_words(text: str | None, t: Words) -> str:
    """An EDTF date in words; empty where there is none."""
    if not text:
        return ""
    if t.lang == "en":
        try:
            return english.date_words(text)
        except ValueError:
            return text
    return _korean_date(text)


def _korean_date(text: str) -> str:
    if "/" in text:
        first, _, last = text.partition("/")
        if last in ("", ".."):
            return f"{_korean_date(first)}부터"
        if first in ("", ".."):
            return f"{_korean_date(last)}까지"
        return f"{_korean_date(first)}–{_korean_date(last)}"
    parts = text.rstrip("~?%").split("-")
    if "X" in text or (len(parts) > 1 and parts[1] > "12"):
        return text
    words = " ".join(f"{int(p)}{unit}" for p, unit in zip(parts, "년월일", strict=False))
    return f"{words}경" if text[-1] in "~?%" else words


def money(value: float, currency: str, t: Words) -> str:
    """A sum in whole units."""
    if t.lang == "en":
        return english.money(value, currency)
    number = format_compact_decimal(value, format_type="short", locale=t.lang, fraction_digits=3)
    return f"{number} {get_currency_name(currency, locale=t.lang).split()[-1]}"


def amount(value: Amount | None, per: str | None, t: Words) -> str:
    """A sum with its bound and what it is per; empty where there is none."""
    if value is None:
        return ""
    if t.lang == "en":
        return english.amount_words(value, per)
    low, high = money(value.least, value.currency, t), money(value.most, value.currency, t)
    words = _KO_BOUNDS[value.bound].format(low if low == high else f"{low}–{high}")
    return f"{t('per.year')} {words}" if per == "year" else words


def change(value: Change | None, t: Words) -> str:
    """A rise or cut in the words' own form."""
    if value is None:
        return ""
    if t.lang == "en":
        return english.change_words(value)
    if value.percent is not None:
        return f"{_number(value.percent)}%"
    if value.multiple is not None:
        return f"{_number(value.multiple)}배"
    return amount(value.amount, None, t)


def growth(value: Growth | None, t: Words) -> str:
    """The rule for later years."""
    if value is None:
        return ""
    if t.lang == "en":
        return english.growth_words(value)
    rate = f" {_number(value.percent)}%" if value.percent is not None else ""
    cap = f" (≤ {_number(value.cap_percent)}%)" if value.cap_percent is not None else ""
    return t.of("growth", value.rule) + rate + cap


def _number(value: float | Range) -> str:
    if isinstance(value, Range):
        return f"{english.plain(value.low)}–{english.plain(value.high)}"
    return english.plain(value)


def percent(value: float | Range | None) -> str:
    """A share."""
    return "" if value is None else f"{_number(value)}%"


def years(value: float | Range | None, t: Words) -> str:
    """A term."""
    if value is None:
        return ""
    return english.years_words(value) if t.lang == "en" else f"{_number(value)}년"


def side(party: str | None, case: Case, t: Words) -> str:
    """A side's name; empty for neither."""
    found = case.parties.get(party or "")
    return names_in(found.names, t.lang) if found else (party or "")


def agreement(number: int | None, case: Case, t: Words) -> str:
    """`11th SMA`, with the series as the case names it in the language."""
    if number is None:
        return t("none.agreement")
    series = case.series.get(t.lang) or case.series.get("en") or ("",)
    short = min(series, key=len)
    return f"{english.ordinal(number)} {short}" if t.lang == "en" else f"제{number}차 {short}"


def value(field: str, given: Any, case: Case, t: Words) -> str:
    """Any field of a claim or a version, in words."""
    if given is None or given == ():
        return ""
    if field == "side":
        return side(given, case, t)
    if isinstance(given, bool):
        return t("yes") if given else t("no")
    if isinstance(given, Amount):
        return amount(given, None, t)
    if isinstance(given, Change):
        return change(given, t)
    if isinstance(given, Growth):
        return growth(given, t)
    if field == "years":
        return years(given, t)
    if field == "share_percent":
        return percent(given)
    if isinstance(given, tuple):
        return ", ".join(value(field, v, case, t) for v in given)
    if isinstance(given, str):
        return _text(field, given, t)
    return value_words(given, field) if not isinstance(given, int) or field not in ("year", "agreement") else str(given)


def _text(field: str, given: str, t: Words) -> str:
    known = t.of(field, given)
    if known != given.replace("-", " "):
        return known
    try:
        edtf.parse(given)
    except ValueError:
        return given
    return date_words(given, t)
