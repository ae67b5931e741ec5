"""A sum and the same sum in another currency, held to the rates a reporter could have used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from burdenshare.dossier.checks import tolerance as tol
from burdenshare.dossier.checks.model import Finding
from burdenshare.dossier.checks.view import UncheckedError, View, rate_held
from burdenshare.dossier.checks.wording import amount as amount_words
from burdenshare.dossier.checks.wording import money, rate
from burdenshare.errors import MoneyError
from burdenshare.money import Amount, Rate, average
from burdenshare.money import rate as rate_on

# Desks keep a rate for some weeks, and for past years use that year's average.
_QUARTER = timedelta(days=92)
# Beyond a tenth of what any rate gives, no choice of day explains a sum.
_NO_RATE = 0.10
# "920 billion won (1 dollar = 1,039 won)": so few units beside so large a sum give the rate, not the sum.
_FEW_UNITS = 10_000.0
_RATE_ITSELF = 1e5


def conversions(view: View) -> Iterator[Finding]:
    """One finding for each sum in another currency that a claim carries."""
    amount = getattr(view.claim, "amount", None)
    if not isinstance(amount, Amount):
        return
    for i, other in enumerate(amount.also):
        field = f"amount.also[{i}]"
        try:
            yield _one(view, amount, other, field)
        except UncheckedError as error:
            yield Finding(field, "conversion", "cannot be checked", str(error))


def _one(view: View, amount: Amount, other: Amount, field: str) -> Finding:
    rates = _rates(view, amount.currency, other.currency)
    if other.least * _RATE_ITSELF < amount.least and other.least < _FEW_UNITS:
        words = f"{amount_words(other)} beside {amount_words(amount)} is more likely part of a rate of exchange"
        return Finding(field, "conversion", "cannot be checked", words)
    main = rates[0]
    values = [amount.least * r.value for r in rates]
    low, high = min(values), max(values)
    words = (
        f"{amount_words(amount)} = {money(values[0], other.currency)} at {rate(main)}; "
        f"the report has {amount_words(other)}"
    )
    held = (rate_held(main),)
    near_low, near_high = tol.reach(amount.least, amount.bound)
    room = max(amount.least - near_low, near_high - amount.least) / amount.least if amount.least else 0.0
    room = min(room, tol.ABOUT)
    own_low, own_high = tol.reach(other.least, other.bound)
    if other.bound in ("nearly", "over", "up-to", "at-least", "under"):
        own_low, own_high = min(own_low, other.least * 0.9), max(own_high, other.least * 1.1)
    if own_low <= high * (1 + tol.CONVERTED + room) and own_high >= low * (1 - tol.CONVERTED - room):
        return Finding(field, "conversion", "consistent", words, held)
    if own_low <= high * (1 + tol.OLD_RATE + room) and own_high >= low * (1 - tol.OLD_RATE - room):
        return Finding(field, "conversion", "rounded", f"{words}, as an older rate gives it", held)
    coarse = tol.fit(other.least, values[0], other.bound)
    if coarse is not None:
        return Finding(field, "conversion", "rounded", words, held)
    wide = _NO_RATE + room
    if other.least > high * (1 + wide) or other.least < low * (1 - wide):
        return Finding(field, "conversion", "off", f"{words}, {_apart(other.least, values[0])}", held)
    return Finding(field, "conversion", "cannot be checked", f"{words}, which a rate of another day may give", held)


def _apart(printed: float, known: float) -> str:
    if printed >= 1.95 * known:
        return (
            f"{printed / known:,.0f} times as much" if printed > 10 * known else f"{printed / known:.1f} times as much"
        )
    return f"{abs(printed / known - 1) * 100:.0f} percent {'more' if printed > known else 'less'}"


def _rates(view: View, base: str, quote: str) -> list[Rate]:
    """The rate of the report's day and the others a desk may have used. Raises UncheckedError where none is known."""
    stated = view.history.stated
    days = view.days
    out: list[Rate] = []
    trouble = "the report's date is not known well enough to name an exchange rate"
    if days is not None:
        out.append(view.rate(base, quote))
        day = days[0] - _QUARTER
        while day <= days[1]:
            out += _try(base, quote, day, stated)
            day += timedelta(days=14)
    year = view.year_of(getattr(view.claim, "when", None))
    years = {y - d for y in view.years for d in (0, 1)} | ({year} if year else set())
    for y in sorted(years):
        try:
            out.append(average(base, quote, start=date(y, 1, 1), end=date(y, 12, 31), stated=stated))
        except MoneyError as error:
            trouble = str(error)
    for f in view.history.stated:  # what the sources of the case themselves put beside a sum
        if {f.base, f.quote} == {base, quote} and int(f.when) in {*years, *(y + 1 for y in years)}:
            value = f.value if f.base == base else 1 / f.value
            out.append(Rate(base, quote, value, f.when, f.source, f.how))
    if not out:
        raise UncheckedError(trouble)
    return out


def _try(base: str, quote: str, day: date, stated: tuple[Rate, ...]) -> list[Rate]:
    try:
        return [rate_on(base, quote, on=day, stated=stated)]
    except MoneyError:
        return []
