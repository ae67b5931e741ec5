"""Sums, dates and positions in the language of the page, as the briefing words them."""

from __future__ import annotations

from typing import Any

from burdenshare import edtf
from burdenshare.brief import wording as english
from burdenshare.brief.chronology import value_words
from burdenshare.case import Case
from burdenshare.money import Amount, Change, Growth, Range
from burdenshare.web.language import Words

MONEY_DIGITS = 10_000


def names_in(names: Any, lang: str) -> str:
    """The preferred name in the language, else in English, else in any."""
    return names[lang][0] if names.get(lang) else english.first_name(names)


def date_words(text: str | None, t: Words) -> str:
    """An EDTF date in words; empty where there is none, as it stands where it is no date."""
    try:
        return t.tongue.date_words(text) if text else ""
    except ValueError:
        return text or ""


def money(value: float, currency: str, t: Words) -> str:
    """A sum worked out, to the fourth digit of its largest unit: what is finer says nothing in a forecast or a cost."""
    size = max((s for s, _ in t.tongue.scales() if abs(value) >= s), default=1.0)
    return t.tongue.money(round(value * MONEY_DIGITS / size) * size / MONEY_DIGITS if size > 1 else value, currency)


def amount(value: Amount | None, per: str | None, t: Words) -> str:
    """A sum with its bound and what it is per; empty where there is none."""
    return t.tongue.amount_words(value, per) if value is not None else ""


def change(value: Change | None, t: Words) -> str:
    """A rise or cut in the words' own form."""
    return t.tongue.change_words(value) if value is not None else ""


def growth(value: Growth | None, t: Words) -> str:
    """The rule for later years."""
    return t.tongue.growth_words(value) if value is not None else ""


def _number(value: float | Range) -> str:
    if isinstance(value, Range):
        return f"{english.plain(value.low)}–{english.plain(value.high)}"
    return english.plain(value)


def percent(value: float | Range | None) -> str:
    """A share."""
    return "" if value is None else f"{_number(value)}%"


def years(value: float | Range | None, t: Words) -> str:
    """A term."""
    return t.tongue.years_words(value) if value is not None else ""


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
    return (
        value_words(given, field, t=t.tongue, case=case)
        if not isinstance(given, int) or field not in ("year", "agreement")
        else str(given)
    )


def _text(field: str, given: str, t: Words) -> str:
    known = t.of(field, given)
    if known != given.replace("-", " "):
        return known
    try:
        edtf.parse(given)
    except ValueError:
        return given
    return date_words(given, t)
