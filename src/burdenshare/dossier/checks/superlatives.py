"""Superlatives and firsts: "the biggest rise in nearly two decades", "the largest ever", "the first cut"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from burdenshare import edtf
from burdenshare.dossier.checks import changes
from burdenshare.dossier.checks import tolerance as tol
from burdenshare.dossier.checks.history import Rise
from burdenshare.dossier.checks.model import Finding, Held, Verdict
from burdenshare.dossier.checks.view import View
from burdenshare.dossier.checks.wording import number, percent
from burdenshare.dossier.checks.words import Spot
from burdenshare.money import Amount
from burdenshare.reading.claim import Contribution, Settlement

# A counter-example has to be larger by more than rounding, in every version.
_CLEARLY = 0.3  # points
# How near the figure a superlative has to stand, in tokens, to be taken as its own.
_NEAR = 12


@dataclass(frozen=True, slots=True)
class Reach:
    """How far back a superlative reaches: the last year before the window, or None for the whole series.

    `years` and `low_years` are the length said and the least it may mean ("nearly two decades" is 20 and 16).
    """

    since: int | None
    words: str
    years: float | None = None
    low_years: float | None = None


def superlatives(view: View) -> Iterator[Finding]:
    """The check of a superlative that stands beside a rise or a sum that was paid."""
    claim = view.claim
    if not isinstance(claim, (Contribution, Settlement)) or (claim.change is None and claim.amount is None):
        return
    if view.sentence is None:
        return
    if claim.change is not None and isinstance(claim.change.percent, float):
        yield from _of_rise(view, claim.change.percent, claim.change.bound)
    if claim.amount is not None and claim.amount.value is not None:
        yield from _of_sum(view, claim.amount)


def _done(field: str, verdict: Verdict, words: str, held: tuple[Held, ...] = ()) -> Finding:
    return Finding(field, "superlative", verdict, words, held)


def _at(view: View, value: float, *types: str) -> int | None:
    """The token at which the figure stands in the sentence."""
    assert view.sentence is not None
    for m in view.sentence.of(*types):
        low = m.value.least if isinstance(m.value, Amount) else m.value.low
        if abs(low - abs(value)) <= 1e-6 * max(1.0, abs(value)):
            return m.first
    return None


def _nearest(view: View, spot: Spot, at: int) -> bool:
    """Whether no other percentage of the sentence stands nearer to the superlative."""
    assert view.sentence is not None
    return all(abs(m.first - spot.first) >= abs(at - spot.first) for m in view.sentence.of("percent"))


# -- rises ------------------------------------------------------------------------------------------------------


def _of_rise(view: View, value: float, bound: str | None) -> Iterator[Finding]:
    at = _at(view, value, "percent")
    first_cut = view.spots("first-of-kind")
    if value < 0 and first_cut:
        yield _first_cut(view, value)
        return
    most = [s for s in view.spots("most") if at is not None and abs(s.first - at) <= _NEAR and _nearest(view, s, at)]
    nouns = view.spots("rise-noun", "increase-by")
    if not most or value <= 0 or not any(0 <= n.first - s.last <= 3 or n.first < s.first for s in most for n in nouns):
        return
    field = "change.percent"
    reach = _reach(view, most[0].last)
    if reach is None:
        yield _done(field, "cannot be checked", "how far back the comparison reaches is not said")
        return
    years = changes.years_meant(view)
    last = view.evidence.day
    everywhere = [y for y in reversed(view.history.years) if last is None or y <= last.year + 1]
    fit, rise = changes.matching(view, value, bound, years or everywhere)
    if rise is None or fit is None:
        yield _done(field, "cannot be checked", "the year of the rise is not known to the series")
        return
    yield _judge(view, rise, reach, field)


def _judge(view: View, rise: Rise, reach: Reach, field: str) -> Finding:
    """A rise against all the larger ones before it."""
    history = view.history
    if len(history.years) < 2:
        return _done(field, "cannot be checked", "the case's series of payments is too short for it")
    first = history.years[1]
    before = range(rise.year - 1, first - 1, -1)
    larger = [(y, _larger(view, y, rise.percent)) for y in before]
    last_larger = next(((y, r) for y, r in larger if r is not None), None)
    sure = next((y for y, r in larger if r is not None and _in_every_version(view, y, rise.percent)), None)
    start = _window(reach, rise.year)
    mine = f"{percent(rise.percent)} for {rise.year}"
    inside = sure is not None and (start is None or sure > start)
    unknown = [y for y in before if (start is None or y > start) and not history.rises(y)]
    if inside and sure is not None:
        counter = _larger(view, sure, rise.percent)
        assert counter is not None
        return _done(field, "contradicted", f"{mine}, but {counter.words}", (*rise.held, *counter.held))
    if unknown:
        return _done(field, "cannot be checked", f"the rise of {unknown[0]} is not known to the case", rise.held)
    if last_larger is None:
        return _done(field, "consistent", f"{mine}; no larger rise since {first}", rise.held)
    year, known = last_larger
    gap = rise.year - year
    words = f"{mine}; the last larger rise is {known.words}, {gap} years before"
    held = (*rise.held, *known.held)
    if start is not None and year > start:
        return _done(field, "cannot be checked", f"{words}, but only in one version of the figures", held)
    return _done(field, "consistent", words, held)


def _window(reach: Reach, year: int) -> int | None:
    """The last year that need not be smaller; None for the whole series."""
    if reach.low_years is not None:
        return year - int(reach.low_years)
    return reach.since


def _larger(view: View, year: int, value: float) -> Rise | None:
    """A version of a year's rise that is clearly larger, the one in use first."""
    return next((r for r in view.history.rises(year) if r.percent > value + _CLEARLY), None)


def _in_every_version(view: View, year: int, value: float) -> bool:
    rises = view.history.rises(year)
    return bool(rises) and all(r.percent > value + _CLEARLY for r in rises)


def _first_cut(view: View, value: float) -> Finding:
    field = "change.percent"
    last = view.evidence.day
    years = [y for y in view.history.years if last is None or y <= last.year + 1]
    fit, rise = changes.matching(view, value, None, years)
    if rise is None or fit is None or len(years) < 2:
        return _done(field, "cannot be checked", "the year of the cut is not known to the series")
    for y in years[1:]:
        rises = view.history.rises(y)
        if y >= rise.year:
            break
        if rises and all(r.percent < -_CLEARLY for r in rises):
            return _done(
                field, "contradicted", f"{rise.words}, but {rises[0].words} before", (*rise.held, *rises[0].held)
            )
        if not rises:
            return _done(field, "cannot be checked", f"the change of {y} is not known to the case", rise.held)
    return _done(field, "consistent", f"{rise.words}; no year since {years[1]} had a cut in every source", rise.held)


def passed(view: View, amount: Amount) -> Amount:
    """The amount, as a bound where the words say that the sum passed it: "exceeds one trillion for the first time"."""
    if view.sentence is None or amount.bound != "exact" or amount.value is None:
        return amount
    at = _at(view, amount.value, "money")
    beyond = at is not None and any(0 <= at - s.last <= 2 for s in view.spots("passing"))
    last = next((m.last for m in view.sentence.of("money") if m.first == at), None)
    beyond = beyond or (last is not None and any(0 <= s.first - last <= 1 for s in view.spots("passing-after")))
    return replace(amount, bound="over") if beyond else amount


# -- sums -------------------------------------------------------------------------------------------------------


def _of_sum(view: View, amount: Amount) -> Iterator[Finding]:
    """ "the largest sum ever", "more than a trillion for the first time": against the years before."""
    at = _at(view, amount.least, "money")
    first = [s for s in view.spots("first-time") if at is not None and abs(s.first - at) <= _NEAR]
    ever = view.spots("ever") and [s for s in view.spots("most") if at is not None and abs(s.first - at) <= _NEAR]
    if not first and not (ever and not view.spots("rise-noun")):
        return
    field = "amount"
    series = [f for y in view.history.years if (f := view.history.in_use(y)) and f.currency == amount.currency]
    meant = _sum_years(view)
    beyond = passed(view, amount).bound == "over"
    if beyond:
        mine = next((f for f in series if f.value > amount.least), None)
    else:
        fitting = [f for f in series if tol.fit(amount.least, f.value, amount.bound)]
        mine = min(fitting, key=lambda f: abs(f.value - amount.least), default=None)
    if mine is None:
        return  # the words may be of anything that happened for the first time
    before = [f for f in series if f.year < mine.year]
    top = max(before, key=lambda f: f.value, default=None)
    if beyond and meant and mine.year < min(meant):
        yield _done(field, "contradicted", f"{mine.words} was above it already", mine.held)
    elif beyond and mine.year not in meant:
        yield _done(
            field, "cannot be checked", f"{mine.words} was the first above it; the year meant is not sure", mine.held
        )
    elif top is None:
        yield _done(field, "cannot be checked", "no earlier sum in that currency is known")
    elif not beyond and top.value > (1 + tol.EXACT) * amount.least:
        yield _done(field, "contradicted", f"{mine.words}, but {top.words}", (*mine.held, *top.held))
    else:
        yield _done(field, "consistent", f"{mine.words}; the most before was {top.words}", (*mine.held, *top.held))


def _sum_years(view: View) -> list[int]:
    """The years a sum said to be the first of its size may be for; empty where that is not sure."""
    claim = view.claim
    years = changes.years_meant(view)
    if years or not view.sure_of_day or not isinstance(claim, Contribution):
        return years
    return [view.years[-1] - 1, *view.years, view.years[0] + 1] if claim.when is None else []


# -- how far back -----------------------------------------------------------------------------------------------


def _reach(view: View, after: int) -> Reach | None:
    """How far back the words after a superlative reach, or None where they do not say."""
    sentence = view.sentence
    assert sentence is not None
    for m in sentence.of("date"):
        if m.value.since and 0 <= m.first - after <= 10 and m.value.past:
            when = edtf.parse(m.value.past)
            if when.earliest is not None:
                return Reach(when.earliest.year, f"since {when.earliest.year}")
    for m in sentence.of("duration"):
        count, unit = m.value
        if unit == "year" and 0 <= m.first - after <= 8 and count.value:
            return _length(count.value, count.bound)
    for m in sentence.of("duration"):  # a language may put the length before: "18년 만에 최대"
        count, unit = m.value
        behind = any(0 <= s.first - m.last <= 1 for s in view.spots("back-to"))
        if unit == "year" and behind and 0 <= after - m.last <= 8 and count.value:
            return _length(count.value, count.bound)
    for m in sentence.of("date"):
        behind = any(-1 <= s.first - m.last <= 1 for s in view.spots("since-after"))
        year = view.year_of(m.value.past) if m.value.shape == "year" else None
        if behind and year is not None and 0 <= after - m.last <= 8:
            return Reach(year, f"since {year}")
    for spot in view.spots("decade"):
        if 0 <= spot.first - after <= 9:
            found = _decades(view, spot.first)
            if found is not None:
                return found
    if view.spots("ever"):
        return Reach(None, "ever")
    return None


def _decades(view: View, at: int) -> Reach | None:
    """ "nearly two decades", "a decade": the number just before the word."""
    sentence = view.sentence
    assert sentence is not None
    for m in sentence.of("number"):
        if m.last == at and m.value.value:
            return _length(10 * m.value.value, m.value.bound)
    return _length(10.0, "exact") if sentence.norms[at - 1 : at] == ["a"] else None


def _length(years: float, bound: str) -> Reach:
    least = {"nearly": 0.8, "about": 0.8, "under": 0.8, "up-to": 0.5}.get(bound, 1.0) * years
    return Reach(None, f"in {number(years)} years", years, least)
