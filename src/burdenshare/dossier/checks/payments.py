"""Sums paid or agreed against the case's payments, a year or a span, in every version and currency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from burdenshare import edtf
from burdenshare.dossier.checks import tolerance as tol
from burdenshare.dossier.checks.changes import series_bases
from burdenshare.dossier.checks.model import Finding, Held, Verdict
from burdenshare.dossier.checks.superlatives import passed
from burdenshare.dossier.checks.view import UncheckedError, View
from burdenshare.dossier.checks.wording import amount as amount_words
from burdenshare.dossier.checks.wording import money, number
from burdenshare.money import Amount
from burdenshare.reading.claim import Contribution, Cost, Position, Settlement

_OTHER_MATTERS = ("unspent", "labour", "construction", "logistics", "defence-budget", "arms-purchases")
# A part of the contribution differs with what is counted in it; only a sum this far off is wrong.
_CATEGORY = 0.25
# A wrong figure for a payment lies within this factor of it, or is off by whole digits; others are of something else.
_NEAR_ENOUGH = 1.8
_BESIDE = 4  # tokens between a sum and the date or the verb it stands with


@dataclass(frozen=True, slots=True)
class Known:
    """A sum the claim may speak of, in the claim's currency."""

    value: float
    words: str
    held: tuple[Held, ...]
    by_rate: bool = False  # worked out with an exchange rate, so that a rate of another day is granted


def payments(view: View) -> Iterator[Finding]:
    """The check of a sum that was paid, is paid, or was settled; of a position only how large it is."""
    claim = view.claim
    if isinstance(claim, Position) and claim.amount is not None and claim.change is None:
        yield _position(view, claim.amount)
    elif isinstance(claim, Cost) and claim.amount is not None:
        yield _done("cannot be checked", "the case knows no estimate of what the whole presence costs")
    elif isinstance(claim, (Contribution, Settlement)) and claim.amount is not None:
        yield _paid(view, claim, passed(view, claim.amount))


def _done(verdict: Verdict, words: str, held: tuple[Held, ...] = ()) -> Finding:
    return Finding("amount", "contribution", verdict, words, held)


def _position(view: View, amount: Amount) -> Finding:
    """A position's size in payments of the day: nothing to be right or wrong about, but worth having."""
    reason = "a position is not wrong for its size"
    if not view.evidence.retold and view.days and amount.value is not None:
        try:
            r = series_bases(view, amount, view.years)[0]
        except UncheckedError:
            pass
        else:
            return Finding("amount", "position", "cannot be checked", f"{reason}: {r.words}", r.held)
    return Finding("amount", "position", "cannot be checked", reason)


def _paid(view: View, claim: Contribution | Settlement, amount: Amount) -> Finding:
    if isinstance(claim, Contribution) and claim.side not in (None, view.case.host.id):
        return _done("cannot be checked", "the series of the case holds what the host pays")
    if isinstance(claim, Contribution) and claim.category is not None:
        return _category(view, claim.category, claim, amount)
    if isinstance(claim, Settlement) and claim.item is not None:
        return _done("cannot be checked", "the sum is for a part of the contribution")
    if not view.history.years:
        return _done("cannot be checked", "the case holds no payments to compare with")
    years, sure = _years(view, claim)
    if claim.per == "month":
        return _done("cannot be checked", "the series of the case is by year")
    if len(years) == 1 and _is_base(view, amount):
        years = [years[0], years[0] - 1]
    named = view.named_year if isinstance(claim, Settlement) and claim.year is None else None
    if named is not None and named not in years and named in view.history.years:
        years = [*years, named]
    known = [k for y in years for k in _of_year(view, y, amount.currency)]
    spans = _spans(view, claim, amount.currency)
    best = _closest(amount, [*known, *spans])
    if best is not None and best.verdict == "rounded" and _of_a_demand(view, amount):
        return _done("cannot be checked", f"the sum may be what a side asked for; {best.arithmetic}", best.against)
    if best is not None:
        return best
    if average := _average(view, claim, amount):
        return average
    if not sure:
        return _anywhere(view, amount)
    all_known = [*known, *spans]
    if not all_known:
        return _done("cannot be checked", f"no payment for {years[0] if years else 'that time'} is known to the case")
    of_named = _of_year(view, named, amount.currency) if named is not None else []
    nearest = min(of_named or all_known, key=lambda k: abs(k.value - amount.least))
    doubt = doubt_of(view, claim, amount)
    if not doubt and nearest.by_rate and _fit(amount, nearest.value, slack=tol.OLD_RATE):
        doubt = "a rate of another day may give it"
    if not doubt and not _plausible(amount, nearest):
        doubt = "so different a sum is more likely of something else"
    if doubt:
        return _done("cannot be checked", f"{doubt}; {nearest.words}", nearest.held)
    return _done("contradicted", f"{nearest.words}, not {amount_words(amount)}", nearest.held)


def _is_base(view: View, amount: Amount) -> bool:
    """Whether the sum is what another is compared with, so that it may be the year before's: "up from 760 billion"."""
    sentence = view.sentence
    if sentence is None:
        return False
    at = [m for m in sentence.of("money") if m.value.least == amount.least]
    if any(0 <= s.first - m.last <= 1 for m in at for s in view.spots("base-after")):
        return True
    return any(0 <= m.first - s.last <= 2 for m in at for s in view.spots("compared"))


def _closest(amount: Amount, known: list[Known]) -> Finding | None:
    """The known sum nearest to the claim's that it may stand for, the better fit first."""
    for want in ("consistent", "rounded"):
        fitting = [k for k in known if _fit(amount, k.value, slack=tol.CONVERTED if k.by_rate else 0.0) == want]
        if fitting:
            k = min(fitting, key=lambda k: abs(k.value - amount.least))
            end = "" if want == "consistent" else ", rounded more coarsely than the words say"
            return _done(want, f"{amount_words(amount)} in the report; {k.words}{end}", k.held)
    return None


def _of_a_demand(view: View, amount: Amount) -> bool:
    """Whether the words after a sum without a year tell that a side asks for it: "the billion that they demand"."""
    sentence = view.sentence
    if sentence is None:
        return False
    m = next((m for m in sentence.of("money") if m.value.least == amount.least), None)
    if m is None or any(abs(d.first - m.last) <= _BESIDE for d in sentence.of("date")):
        return False
    return sentence.near("demand", m.last, m.last + 2 * _BESIDE)


def _fit(amount: Amount, known: float, *, slack: float = 0.0) -> tol.Fit:
    fits = [tol.fit(amount.least, known, amount.bound, slack=slack)]
    if amount.most != amount.least:
        low, high = amount.least * (1 - tol.EXACT), amount.most * (1 + tol.EXACT)
        fits.append("consistent" if low <= known <= high else None)
    return tol.best(fits)


def _years(view: View, claim: Contribution | Settlement) -> tuple[list[int], bool]:
    """The years the sum may be for, and whether that is sure enough to call a sum wrong."""
    fiscal = view.case.fiscal_year_starts != 1
    if isinstance(claim, Contribution):
        year = view.year_of(claim.when)
        when = edtf.parse(claim.when) if claim.when else None
        if year is None and when is not None and when.earliest and when.latest:
            return [], claim.per is None and "when" not in claim.inferred
        if year is not None:
            coarse = len(claim.when or "") == 4
            sure = coarse and ("when" not in claim.inferred or view.sure_of_day)
            return ([year - 1, year, year + 1] if fiscal or not coarse else [year]), sure
        return _around(view), False
    if claim.year is not None:
        return [claim.year], "year" not in claim.inferred or view.sure_of_day
    days = view.days
    told = view.history.told(*days) if days else []
    years = sorted({y for a in told for y in view.history.years_of(a)})
    if days:
        years = [*years, *(y for y in _around(view) if y not in years)]
    return years or _around(view), len(told) == 1 and view.sure_of_day


def _around(view: View) -> list[int]:
    years = view.years
    return [*years, years[-1] - 1, years[0] + 1] if years else []


def _of_year(view: View, year: int, currency: str) -> list[Known]:
    """A year's payment in the claim's currency, in every version."""
    return [Known(v, w, h, by_rate) for v, w, h, by_rate in view.versions(year, currency)]


def _spans(view: View, claim: Contribution | Settlement, currency: str) -> list[Known]:
    """What several years come to: those of the claim's span, or of an agreement the report tells of."""
    ranges: list[tuple[int, int]] = []
    when = edtf.parse(claim.when) if isinstance(claim, Contribution) and claim.when else None
    if when is not None and when.earliest and when.latest and when.latest.year > when.earliest.year:
        ranges.append((when.earliest.year, when.latest.year))
    elif isinstance(claim, Settlement) and view.days:
        for a in view.history.told(*view.days):
            years = view.history.years_of(a)
            if len(years) > 1:
                ranges.append((years[0], years[-1]))
    out = []
    for first, last in ranges:
        parts = [view.history.in_use(y) for y in range(first, last + 1)]
        if all(p is not None and p.currency == currency for p in parts):
            values = [p.value for p in parts if p is not None]
            parts_words = " + ".join(number(v / 1e9) for v in values)
            words = f"{parts_words} bn {currency} for {first} to {last} = {money(sum(values), currency)}"
            held = tuple(h for p in (parts[0], parts[-1]) if p is not None for h in p.held[:1])
            out.append(Known(sum(values), words, held))
    return out


def _average(view: View, claim: Contribution | Settlement, amount: Amount) -> Finding | None:
    """A yearly sum said of a span of years: right of the average, or of some of the years only."""
    when = edtf.parse(claim.when) if isinstance(claim, Contribution) and claim.when else None
    if when is None or not (when.earliest and when.latest) or when.latest.year == when.earliest.year:
        return None
    if claim.per not in (None, "year"):
        return None
    parts = [view.history.in_use(y) for y in range(when.earliest.year, when.latest.year + 1)]
    known = [p for p in parts if p is not None and p.currency == amount.currency]
    if len(known) < len(parts):
        return None
    low, high = min(known, key=lambda p: p.value), max(known, key=lambda p: p.value)
    mean = sum(p.value for p in known) / len(known)
    words = f"from {low.words} to {high.words}, {money(mean, amount.currency)} on average"
    held = (*low.held[:1], *high.held[:1])
    if tol.fit(amount.least, mean, amount.bound) == "consistent":
        return _done("consistent", words, held)
    if low.value * (1 - tol.EXACT) <= amount.least <= high.value * (1 + tol.EXACT):
        return _done("rounded", f"{words}: right for some of the years", held)
    if claim.per == "year" and not doubt_of(view, claim, amount):
        return _done("contradicted", f"{words}, not {amount_words(amount)} a year", held)
    return None


def _anywhere(view: View, amount: Amount) -> Finding:
    """A sum without a sure year: a year that has it, else nothing can be said."""
    first, last = view.evidence.first, view.evidence.day
    if amount.bound in ("exact", "about", "nearly"):
        known = []
        for y in view.history.years:
            if (last is None or y <= last.year + 1) and (first is None or y >= first.year - 1):
                known += _of_year(view, y, amount.currency)
        found = _closest(amount, known)
        if found is not None and found.verdict == "consistent":
            return found
    return _done("cannot be checked", "the year of the sum is not sure, and no year of the series has it")


def doubt_of(view: View, claim: Contribution | Settlement, amount: Amount) -> str:
    """Why a sum that no version of the series has may be of something else; empty where nothing speaks against it."""
    sentence = view.sentence
    if sentence is None:
        return "the words around the figure are not at hand"
    if view.speaks_of(*_OTHER_MATTERS):
        return "the sum may be for a part of the contribution or for something else"
    if claim.modality not in ("stated", "reported") or sentence.has("conditional"):
        return "the sum was not yet settled when the report came out"
    if amount.bound in ("up-to", "at-least", "under"):
        return "the words give a limit and no figure"
    m = next((m for m in sentence.of("money") if m.value.least == amount.least), None)
    if m is None:
        return "the figure stands in the words in another form"
    if any(abs(s.first - m.first) <= 3 for s in view.spots("additional")):
        return "the sum may be what comes on top"
    if sentence.near("cost-noun", m.first - _BESIDE, m.first) and not sentence.has("contribution-noun"):
        return "the sum may be for the cost at large, whoever pays it"
    if any(0 <= s.first - m.last <= 1 for s in view.spots("by-so-much")):
        return "the sum may be a difference"
    if sentence.near("more", m.last, m.last + 2) or sentence.near("less", m.last, m.last + 2):
        return "the sum may be a difference"
    if view.spots("part") or _beside_another(view, amount):
        return "the sum may be a part of the whole"
    if sentence.has("demand", "offer", "reject"):
        return "the sum may be what a side asked for or offered"
    if any(d.value[0].high > 1 and d.value[1] == "year" for d in sentence.of("duration")):
        return "the sum may be for several years"
    if isinstance(claim, Contribution) and any(d.value.since for d in sentence.of("date")):
        return "the sum may be for several years"
    if isinstance(claim, Settlement) and not sentence.has("pay", "contribution-noun", "agreement-noun"):
        return "the sentence does not say that the sum is the contribution"
    return ""


def _beside_another(view: View, amount: Amount) -> bool:
    """Whether the sentence gives another sum that the series does not have either, so that the two may be parts."""
    assert view.sentence is not None
    for m in view.sentence.of("money"):
        other: Amount = m.value
        if other.least == amount.least and other.currency == amount.currency:
            continue
        years = {y + d for y in view.years for d in (-2, -1, 0, 1)}
        if not any(_fit(other, k.value) for y in years for k in _of_year(view, y, other.currency)):
            return True
    return False


def _plausible(amount: Amount, known: Known) -> bool:
    """Whether a sum is as large as a wrong figure for the payment would be: near it, or off by whole digits."""
    ratio = amount.least / known.value if known.value else 0.0
    slips = any(abs(ratio / 10**n - 1) <= tol.EXACT * 3 for n in (-3, -2, -1, 1, 2, 3))
    return slips or 1 / _NEAR_ENOUGH <= ratio <= _NEAR_ENOUGH


# -- parts ------------------------------------------------------------------------------------------------------


def _category(view: View, category: str, claim: Contribution, amount: Amount) -> Finding:
    """The part of the contribution that goes to a category, where the case knows it for that year."""
    year = view.year_of(claim.when)
    found = [
        f
        for f in view.case.category_figures
        if f.item == category and f.unit == amount.currency and (year is None or f.period == str(year))
    ]
    for f in found:
        if _fit(amount, float(f.value)):
            words = f"{money(float(f.value), f.unit)} {f.basis} for {f.item}, {f.period}"
            return _done("consistent", words, view.history.held(words, f.sources))
    if year is None or not found:
        return _done("cannot be checked", f"the case does not know the part for {category} of that time")
    f = found[0]
    words = f"{money(float(f.value), f.unit)} {f.basis} for {f.item}, {f.period}"
    held = view.history.held(words, f.sources)
    apart = abs(float(f.value) / amount.least - 1) if amount.least else 0.0
    sure = "when" not in claim.inferred and claim.modality in ("stated", "reported") and f.basis == "allocated"
    sure = sure and _plausible(amount, Known(float(f.value), words, held)) and not view.speaks_of("unspent")
    if apart > _CATEGORY and sure and view.sentence is not None and view.sentence.has(category):
        return _done("contradicted", f"{words}, not {amount_words(amount)}", held)
    return _done("cannot be checked", f"{words}; what is counted in differs", held)
