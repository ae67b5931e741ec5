"""Consumer prices by currency and year, and what a sum of one year is worth at the prices of another.

The series is the yearly rise of consumer prices in `data/consumer_prices.csv`, each figure with its source: Korea, the
United States, Japan and the euro area. For a year past the last one known the last known rise is held, and the words
say so; before the first there is no answer.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from burdenshare.errors import MoneyError


class NoIndexError(MoneyError):
    """No consumer prices are known for that currency or year."""


@dataclass(frozen=True, slots=True)
class Rise:
    """A yearly rise in percent on the year before. `held` where it is the last one known, carried forward."""

    year: int
    percent: float
    source: str
    how: str
    held: bool = False


@dataclass(frozen=True, slots=True)
class Real:
    """`value` in whole currency units at the prices of `base_year`."""

    value: float
    base_year: int
    how: str
    held: bool = False


@lru_cache(maxsize=1)
def _rises() -> Mapping[str, Mapping[int, tuple[float, str]]]:
    """Percent and source by currency and year."""
    text = (resources.files("burdenshare.money") / "data" / "consumer_prices.csv").read_text(encoding="utf-8")
    out: dict[str, dict[int, tuple[float, str]]] = {}
    for r in csv.DictReader(text.splitlines()):
        out.setdefault(r["currency"], {})[int(r["year"])] = (float(r["rise_percent"]), r["source"])
    return out


def currencies() -> tuple[str, ...]:
    """The currencies whose consumer prices are on board."""
    return tuple(_rises())


def span(currency: str) -> tuple[int, int]:
    """First and last year with a rise. Raises NoIndexError for a currency without a series."""
    series = _rises().get(currency)
    if series is None:
        raise NoIndexError(
            f"no consumer prices are on board for {currency!r}, only for {', '.join(_rises())}; "
            f"sums can be given in nominal terms, or converted to one of these first"
        )
    return min(series), max(series)


@lru_cache(maxsize=4096)
def rise(currency: str, year: int, *, known_to: int | None = None) -> Rise:
    """The rise of consumer prices in a year, in percent on the year before.

    With `known_to` no year after that one counts as known. Past the last known year the last known rise is held.
    Raises NoIndexError for a currency without a series and for a year before the first.
    """
    first, last = span(currency)
    if known_to is not None:
        last = min(last, known_to)
    if year < first or last < first:
        raise NoIndexError(
            f"consumer prices in {currency} are known from {first} to {last}, not for {year}; choose a later year"
        )
    percent, source = _rises()[currency][min(year, last)]
    if year <= last:
        return Rise(year, percent, source, f"consumer prices in {currency} rose {percent:.1f}% in {year}")
    words = f"consumer prices in {currency} are known to {last}; for {year} the rise of {last}, {percent:.1f}%, is held"
    return Rise(year, percent, source, words, held=True)


@lru_cache(maxsize=4096)
def index(currency: str, year: int, *, base_year: int, known_to: int | None = None) -> float:
    """The level of consumer prices in a year where that of `base_year` is 1. Raises as `rise` does."""
    low, high = sorted((year, base_year))
    level = 1.0
    for y in range(low + 1, high + 1):
        level *= 1 + rise(currency, y, known_to=known_to).percent / 100
    rise(currency, low, known_to=known_to)  # a year before the series has no level either
    return level if year >= base_year else 1 / level


def real(value: float, currency: str, *, year: int, base_year: int, known_to: int | None = None) -> Real:
    """A sum of `year` at the prices of `base_year`: value / index(year, base_year). Raises as `rise` does."""
    level = index(currency, year, base_year=base_year, known_to=known_to)
    _, last = span(currency)
    last = last if known_to is None else min(last, known_to)
    held = max(year, base_year) > last
    words = f"at {currency} prices of {base_year}: divided by {level:.4f}, the level of consumer prices in {year}"
    if held:
        words += f"; past {last} the rise of {last} ({rise(currency, last).percent:.1f}%) is held"
    return Real(value / level, base_year, words, held)
