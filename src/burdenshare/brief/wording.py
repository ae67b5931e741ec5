"""Dates, sums, changes and counts in plain English, one way each."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Sequence
from importlib import resources

from burdenshare import edtf
from burdenshare.case import Case
from burdenshare.case.model import Names
from burdenshare.money import Amount, Change, Growth, Range

_MONTHS = list(calendar.month_name)
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_NAMES = tomllib.loads((resources.files("burdenshare.brief") / "english.toml").read_text(encoding="utf-8"))
_UNITS: dict[str, str] = _NAMES["unit"]
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_BOUNDS = {
    "exact": "",
    "about": "about ",
    "nearly": "nearly ",
    "under": "less than ",
    "over": "more than ",
    "up-to": "up to ",
    "at-least": "at least ",
}
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TIMES = {2: "twice", 3: "three times", 4: "four times", 5: "five times", 6: "six times", 10: "ten times"}
# Country names that English sets "the" before.
_ARTICLE = re.compile(rf"({_NAMES['article']['before']})\b")


# -- counts -----------------------------------------------------------------------------------------------------


def ordinal(number: int) -> str:
    """11th, 22nd, 3rd."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}" + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def spelled(number: int) -> str:
    """Small counts in words, as in running text."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def counted(number: int, noun: str) -> str:
    """`one report`, `four reports`."""
    return f"{spelled(number)} {noun}{'' if number == 1 else 's'}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def named(names: Sequence[str], most: int = 4) -> str:
    """The first names and how many more there are."""
    if len(names) <= most + 1:
        return listed(names)
    return f"{', '.join(names[:most])} and {spelled(len(names) - most)} more"


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def plain(value: float) -> str:
    """A number with thousands commas and no needless digits."""
    if value == round(value):
        return f"{round(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


# -- dates ------------------------------------------------------------------------------------------------------


def _point(text: str) -> tuple[str, str, str, str]:
    """Day, month, year and qualifier of a single expression, in words; empty where it gives none."""
    qualifier = text[-1] if text[-1] in "~?%" else ""
    parts = text.rstrip("~?%").split("-")
    year = parts[0]
    month = parts[1] if len(parts) > 1 and parts[1] != "XX" else ""
    day = parts[2] if len(parts) > 2 and parts[2] != "XX" else ""
    if month and int(month) in _SEASONS:
        word = _SEASONS[int(month)]
        shown = f"{year}-{(int(year) + 1) % 100:02d}" if word == "winter" else year
        return "", word, shown, qualifier
    if year == "XXXX":
        shown = ""
    elif year.endswith("XX"):
        shown = f"between {year[:2]}00 and {year[:2]}99"
    elif year.endswith("X"):
        shown = f"the {year[:3]}0s"
    else:
        shown = year
    return str(int(day)) if day else "", _MONTHS[int(month)] if month else "", shown, qualifier


def _qualified(words: str, qualifier: str) -> str:
    return {"": words, "~": f"around {words}", "?": f"{words} (uncertain)", "%": f"around {words} (uncertain)"}[
        qualifier
    ]


def _single(text: str) -> str:
    day, month, year, qualifier = _point(text)
    words = " ".join(w for w in (day, month, year) if w)
    if not year:
        words = f"{words} of an unknown year" if words else "an unknown date"
    return _qualified(words, qualifier)


def date_words(text: str) -> str:
    """An EDTF date in words: `3-4 December 2019`, `around December 2019`, `since 1991`. Raises ValueError."""
    edtf.parse(text)
    if "/" not in text:
        return _single(text)
    first, _, last = text.partition("/")
    if last in ("", ".."):
        return f"since {_single(first)}"
    if first in ("", ".."):
        return f"until {_single(last)}"
    (day_a, month_a, year_a, mark_a), (day_b, month_b, year_b, mark_b) = _point(first), _point(last)
    if not mark_a and not mark_b and year_a == year_b and year_a:
        if month_a == month_b and day_a and day_b:
            return f"{day_a}-{day_b} {month_a} {year_a}"
        start = " ".join(w for w in (day_a, month_a) if w)
        if start:
            return f"{start} to {_single(last)}"
    return f"{_single(first)} to {_single(last)}"


def on_date(text: str) -> str:
    """The date with its preposition: `on 4 December 2019`, `in December 2019`, `from July to December 2019`."""
    words = date_words(text)
    if words.startswith(("since ", "until ", "around ", "between ")):
        return words
    if "/" in text:
        return f"on {words}" if re.match(r"\d+-\d+ ", words) else f"from {words}"
    return f"on {words}" if _point(text)[0] else f"in {words}"


# -- sums and changes -------------------------------------------------------------------------------------------


def unit(currency: str) -> str:
    """The currency in words; its code where it has none here."""
    return _UNITS.get(currency, currency)


def _scaled(value: float, scale: float) -> str:
    return f"{value / scale:,.4f}".rstrip("0").rstrip(".")


def _scale(value: float) -> tuple[float, str]:
    return next(((size, name) for size, name in _SCALES if abs(value) >= size), (1.0, ""))


def money(value: float, currency: str) -> str:
    """A sum in whole units: `4.7 billion dollars`."""
    size, name = _scale(value)
    return " ".join(w for w in (_scaled(value, size), name, unit(currency)) if w)


def money_range(low: float, high: float, currency: str) -> str:
    """A range of sums: `4.7 to 5 billion dollars`."""
    if low == high:
        return money(low, currency)
    size, name = _scale(high)
    if _scale(low)[0] == size:
        return " ".join(w for w in (f"{_scaled(low, size)} to {_scaled(high, size)}", name, unit(currency)) if w)
    return f"{money(low, currency).removesuffix(' ' + unit(currency))} to {money(high, currency)}"


def per_words(per: str | None) -> str:
    """` a year`, ` a month`, ` over 5 years`; nothing where the words do not say."""
    if not per:
        return ""
    return f" a {per}" if per in ("year", "month") else f" over {per}"


def amount_words(amount: Amount, per: str | None = None, *, also: bool = True) -> str:
    """A sum with its bound, the same sum in other currencies as reported, and what it is per."""
    words = _BOUNDS[amount.bound] + money_range(amount.least, amount.most, amount.currency)
    if also and amount.also:
        words += f" ({listed([amount_words(a, also=False) for a in amount.also])})"
    return words + per_words(per)


def _number(value: float | Range) -> str:
    return f"{plain(value.low)} to {plain(value.high)}" if isinstance(value, Range) else plain(value)


def percent(value: float | Range) -> str:
    """`13.9 percent`, `10 to 20 percent`."""
    return f"{_number(value)} percent"


def change_words(change: Change) -> str:
    """`13.9 percent more`, `nearly five times as much`, `a cut of 8.9 percent`."""
    bound = _BOUNDS[change.bound or "exact"]
    if change.percent is not None:
        value = change.percent
        if not isinstance(value, Range) and value < 0:
            return f"a cut of {bound}{percent(-value)}"
        return f"{bound}{percent(value)} more"
    if change.multiple is not None:
        times = change.multiple
        words = _TIMES.get(int(times)) if not isinstance(times, Range) and times == int(times) else None
        return f"{bound}{words or _number(times) + ' times'} as much"
    if change.amount is not None:
        a = change.amount
        cut = a.least < 0
        size = money_range(-a.most if cut else a.least, -a.least if cut else a.most, a.currency)
        return f"{bound}{size} {'less' if cut else 'more'}"
    return ""


def growth_words(growth: Growth) -> str:
    """The rule for later years."""
    words = {
        "fixed": "a fixed rise each year",
        "cpi": "a rise with consumer prices each year",
        "defence-budget": "a rise with the host's defence budget each year",
        "frozen": "no rise",
        "other": "a rise by another rule each year",
    }[growth.rule]
    if growth.percent is not None:
        words += f" of {percent(growth.percent)}"
    if growth.cap_percent is not None:
        words += f", at most {percent(growth.cap_percent)}"
    return words


def years_words(years: float | Range) -> str:
    """`one year`, `3 to 5 years`."""
    if isinstance(years, Range):
        return f"{_number(years)} years"
    return counted(int(years), "year") if years == int(years) else f"{plain(years)} years"


def bounded(number: float, bound: str | None) -> str:
    """A count with its bound."""
    return f"{_BOUNDS[bound or 'exact']}{plain(number)}"


# -- names ------------------------------------------------------------------------------------------------------


def first_name(names: Names) -> str:
    """The preferred English name, else the first in any language."""
    for lang in ("en", *sorted(names)):
        if names.get(lang):
            return names[lang][0]
    return ""


def with_article(name: str) -> str:
    """`the United States`, `South Korea`."""
    return f"the {name}" if _ARTICLE.match(name) else name


def side_name(side: str | None, case: Case) -> str:
    """A side in running text."""
    party = case.parties.get(side or "")
    return with_article(first_name(party.names)) if party else "an unnamed side"


def agreement_name(number: int | None, case: Case) -> str:
    """`the 11th Special Measures Agreement`."""
    series = first_name(case.series) or "agreement"
    return f"the {ordinal(number)} {series}" if number else f"a {series} of unknown number"


def spaced(word: str | None) -> str:
    """A vocabulary word as English: `arms-purchases` as `arms purchases`."""
    return (word or "").replace("-", " ")
