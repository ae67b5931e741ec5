"""How a sum falls into categories: the last split the case knows, or one that the user gives."""

from __future__ import annotations

from collections.abc import Mapping

from burdenshare.costs.basis import Basis
from burdenshare.errors import MoneyError

_SLACK = 0.05  # percent: shares given with one decimal may add up to a little off a hundred


def shares(basis: Basis, *, given: Mapping[str, float] | None = None) -> tuple[dict[str, float], str, list[str]]:
    """Percent by category, how they were reached, and notes. Empty where nothing is known.

    Given shares stand as they are; what they leave of a hundred is `other`. Without them: the last year known by the
    day for which the case has a sum for two categories or more, as shares of these sums. Raises MoneyError for given
    shares below zero or above a hundred in all.
    """
    if given:
        return _given(given)
    ids = [c for c in basis.case.categories if c != "other"]
    host = basis.case.host.currency
    by_year: dict[int, dict[str, tuple[float, str]]] = {}
    for f in basis.case.category_figures:
        if f.item in ids and f.unit == host and f.period.isdecimal() and basis.published(f.sources):
            by_year.setdefault(int(f.period), {})[f.item] = (float(f.value), "; ".join(f.sources))
    years = [y for y, parts in by_year.items() if len(parts) > 1]
    if not years:
        return {}, "the case knows no split into categories", ["no split by category: the case knows none in sums"]
    year = max(years)
    parts = by_year[year]
    total = sum(v for v, _ in parts.values())
    sources = "; ".join(dict.fromkeys(s for _, s in parts.values()))
    found = {name: parts[name][0] / total * 100 for name in ids if name in parts}
    words = ", ".join(f"{name} {percent:.1f}%" for name, percent in found.items())
    return found, f"the split of {year}, the last one the case knows: {words} ({sources})", []


def _given(given: Mapping[str, float]) -> tuple[dict[str, float], str, list[str]]:
    total = sum(given.values())
    if any(v < 0 for v in given.values()) or total > 100 + _SLACK:
        raise MoneyError(
            f"the shares add up to {total:g} percent; give shares of zero or more that come to at most 100"
        )
    found = dict(given)
    if total < 100 - _SLACK:
        found["other"] = found.get("other", 0.0) + 100 - total
    return found, "as given: " + ", ".join(f"{name} {percent:g}%" for name, percent in found.items()), []


def parse(text: str) -> dict[str, float]:
    """Shares from `labour=40, construction=40, strategic assets=20`. Raises MoneyError with what to write."""
    out: dict[str, float] = {}
    for part in text.split(","):
        name, sign, value = part.partition("=")
        try:
            number = float(value.strip().removesuffix("%"))
        except ValueError:
            number = float("nan")
        if not sign or not name.strip() or number != number:
            raise MoneyError(
                f"{part.strip()!r} is no share; write names and percentages, as in labour=40, construction=60"
            )
        if name.strip() in out:
            raise MoneyError(f"{name.strip()!r} has two shares; keep one of them")
        out[name.strip()] = number
    return out
