"""Multiples and percentages against the base they speak of: a sum named beside them, or the payment of the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from burdenshare.dossier.checks import tolerance as tol
from burdenshare.dossier.checks.history import Rise
from burdenshare.dossier.checks.model import Finding, Held, Verdict
from burdenshare.dossier.checks.view import UncheckedError, View, names_another, rate_held
from burdenshare.dossier.checks.wording import amount as amount_words
from burdenshare.dossier.checks.wording import money, number, ordinal, percent, rate
from burdenshare.money import Amount, Change, Range
from burdenshare.reading.claim import Contribution, Position, Settlement

_NEAR = 6  # tokens between the word for a rise and its percentage
_FAR = 3.0  # a wrong multiple is off by less than this, or by whole digits; others count from another base
_OUTSIZE = 1.5  # times the largest rise of the series
_LARGE = 60.0  # percent: beyond any yearly rise of a settled deal, so such a figure is likely of something else
# Words beside a percentage that may be what it speaks of, and not of the contribution.
_OTHER_MATTERS = ("defence-budget", "cpi", "labour", "construction", "logistics", "unspent")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A sum over a base: `value` times, and how it was reached."""

    value: float
    words: str
    held: tuple[Held, ...]


def changes(view: View) -> Iterator[Finding]:
    """The check of a claim's change, in whichever form it has."""
    claim = view.claim
    if not isinstance(claim, (Position, Settlement, Contribution)) or claim.change is None:
        return
    if claim.change.multiple is not None:
        yield _multiple(view, claim.change, claim.amount)
    elif claim.change.percent is not None:
        yield _percentage(view, claim.change, claim.amount)
    if claim.growth is not None and claim.growth.cap_percent is not None:
        yield _cap(view, claim.growth.cap_percent)


# -- ratios -----------------------------------------------------------------------------------------------------


def named_bases(view: View, mine: Amount) -> list[Ratio]:
    """The claim's sum over each other sum of its sentence that a claim or a bare mention gives."""
    sentence = view.sentence
    if sentence is None:
        return []
    out = []
    for m in sentence.of("money"):
        if view.claim.start <= m.start and m.value.least == mine.least and m.value.currency == mine.currency:
            continue
        for base in (m.value, *m.value.also):
            for own in (mine, *mine.also):
                if own.currency == base.currency and base.least > 0 and own.least != base.least:
                    value = own.least / base.least
                    words = (
                        f"{amount_words(own)} / {amount_words(base)} in the same sentence = {number(value, 3)} times"
                    )
                    claim = next((e.id for e in view.neighbours if e.claim.start <= m.start < e.claim.end), "")
                    out.append(Ratio(value, words, (Held(f"{amount_words(base)} in the report", claim=claim),)))
    return out


def series_bases(view: View, mine: Amount, years: list[int]) -> list[Ratio]:
    """The claim's sum over the payments of these years, at the rate of the report's day and in every version.

    Raises UncheckedError where no rate or payment is known.
    """
    out: list[Ratio] = []
    trouble = "the case knows no payment for the year the words speak of"
    for year in years:
        used = view.history.in_use(year)
        if used is None:
            continue
        if used.currency == mine.currency:
            ratio = mine.least / used.value
            out.append(Ratio(ratio, f"{amount_words(mine)} / {used.words} = {number(ratio, 3)} times", used.held))
        else:
            try:
                r = view.rate(mine.currency, used.currency)
            except UncheckedError as error:
                trouble = str(error)
            else:
                value = mine.least * r.value
                ratio = value / used.value
                words = (
                    f"{amount_words(mine)} = {money(value, used.currency)} at {rate(r)}; "
                    f"/ {used.words} = {number(ratio, 3)} times"
                )
                out.append(Ratio(ratio, words, (*used.held, rate_held(r))))
        for f in view.history.figures(year):
            if f.currency == mine.currency and f is not used:
                ratio = mine.least / f.value
                words = f"{amount_words(mine)} / {f.words} = {number(ratio, 3)} times"
                out.append(Ratio(ratio, words, f.held))
    if not out:
        raise UncheckedError(trouble)
    return out


def _base_years(view: View) -> list[int]:
    """The years a report's "now" and "last year" may be."""
    years = view.years
    return [*years, years[-1] - 1] if years else []


def _all_years(view: View) -> list[int]:
    last = view.evidence.day
    return [y for y in reversed(view.history.years) if last is None or y <= last.year]


# -- multiples --------------------------------------------------------------------------------------------------


def _multiple(view: View, change: Change, amount: Amount | None) -> Finding:
    assert change.multiple is not None
    field = "change.multiple"

    def done(verdict: Verdict, words: str, held: tuple[Held, ...] = ()) -> Finding:
        return Finding(field, "multiple", verdict, words, held)

    if amount is None:
        return done("cannot be checked", "no sum is named beside the multiple")
    low, high = tol.ends(change.multiple)
    increase = bool(view.spots("increase-by", "rise-noun"))

    def fits(r: Ratio) -> tol.Fit:
        return tol.best([tol.times_fit(m, r.value, change.bound, increase=increase) for m in (low, high)])

    named = named_bases(view, amount)
    told = next((r for want in ("consistent", "rounded") for r in named if fits(r) == want), None)
    if told is not None:
        return done(fits(told) or "consistent", told.words, told.held)
    vague = view.evidence.retold or not view.days
    try:
        ratios = series_bases(view, amount, _all_years(view) if vague else _base_years(view))
    except UncheckedError as error:
        return done("cannot be checked", str(error))
    for want in ("consistent", "rounded"):
        for r in ratios:
            if fits(r) == want:
                return done(want, r.words, r.held)
    if vague or view.sentence is None or not isinstance(change.multiple, float):
        return done("cannot be checked", "the year whose payment the words compare with is not sure")
    if names_another(view):
        return done("cannot be checked", "the words may compare with what another country pays")
    nearest = named[0] if named else ratios[0]
    apart = max(nearest.value / low, low / nearest.value) if low and nearest.value else _FAR
    if apart > _FAR and not any(abs(apart / 10**n - 1) <= tol.COARSE for n in (1, 2, 3)):
        return done("cannot be checked", f"{nearest.words}; so different a multiple is more likely of something else")
    return done("off", f"{nearest.words}, not {number(low)}", nearest.held)


# -- percentages ------------------------------------------------------------------------------------------------


def _percentage(view: View, change: Change, amount: Amount | None) -> Finding:
    value = change.percent
    assert value is not None
    field = "change.percent"

    def done(verdict: Verdict, words: str, held: tuple[Held, ...] = ()) -> Finding:
        return Finding(field, "percentage", verdict, words, held)

    claim = view.claim
    if isinstance(value, Range):
        return done("cannot be checked", "a range of rises is no figure of the history")
    growth = getattr(claim, "growth", None)
    if growth is not None and growth.cap_percent == value:
        return done("cannot be checked", "the percentage is a ceiling, held to the agreement under growth.cap_percent")
    plain = None if isinstance(claim, Position) else _against_series(view, value, change)
    if plain is not None and plain.verdict == "consistent":
        return plain
    found = _with_sum(view, value, change, amount) if amount is not None else None
    if found is not None:
        return found
    if plain is None:
        return done("cannot be checked", "a position is not wrong for its size, and no sum is beside it")
    return plain


def _as_percent(r: Ratio, value: float, bound: str | None) -> tol.Fit:
    """A ratio against a percentage; a large one ("500 percent") is said of the rise and of the whole alike."""
    known = 100 * (r.value - 1)
    fits = [tol.percent_fit(value, known, bound)]
    if value >= 100:
        fits += [tol.times_fit(value / 100, r.value, bound), tol.times_fit(1 + value / 100, r.value, bound)]
    elif abs(known - value) <= 0.1 * max(abs(value), 10):
        fits.append("rounded")  # both sums are rounded, so their ratio is a point or so off
    return tol.best(fits)


def _with_sum(view: View, value: float, change: Change, amount: Amount) -> Finding | None:
    """The percentage worked out from the claim's own sum and a base; None where that gives no verdict."""
    named = named_bases(view, amount)
    position = isinstance(view.claim, Position)
    ratios = list(named)
    if position:
        vague = bool(view.evidence.retold) or not view.days
        try:
            ratios += series_bases(view, amount, _all_years(view) if vague else _base_years(view))
        except UncheckedError as error:
            if not ratios:
                return Finding("change.percent", "percentage", "cannot be checked", str(error))
    for want in ("consistent", "rounded"):
        for r in ratios:
            if _as_percent(r, value, change.bound) == want:
                words = f"{r.words}, a change of {percent(100 * (r.value - 1))}"
                return Finding("change.percent", "percentage", want, words, r.held)
    if not position or not ratios:
        return None
    several = view.sentence is None or len(view.sentence.of("percent")) > 1
    if vague or named or several or names_another(view):
        return Finding(
            "change.percent", "percentage", "cannot be checked", "what the percentage is counted from is not sure"
        )
    r = ratios[0]
    words = f"{r.words}, a change of {percent(100 * (r.value - 1))}, not {percent(value)}"
    return Finding("change.percent", "percentage", "off", words, r.held)


def years_meant(view: View) -> list[int]:
    """The years whose rise the claim may speak of: its own year, or those of the agreement the report tells of.

    Empty where the words leave it open.
    """
    claim = view.claim
    if isinstance(claim, Contribution):
        year = view.year_of(claim.when)
        if year is None or ("when" in claim.inferred and not view.sure_of_day):
            return []
        return [year] if view.case.fiscal_year_starts == 1 else [year - 1, year, year + 1]
    if isinstance(claim, Settlement) and view.days and view.sure_of_day and claim.item is None:
        told = view.history.told(*view.days)
        if len(told) == 1:
            years = [y for y in view.history.years_of(told[0]) if y <= view.days[1].year + 2]
            return years[:2] if view.case.fiscal_year_starts == 1 else [y + d for y in years[:2] for d in (-1, 0, 1)]
    return []


def matching(view: View, value: float, bound: str | None, years: list[int]) -> tuple[tol.Fit, Rise | None]:
    """The first rise of these years that a percentage may stand for, the closest fit first."""
    for want in ("consistent", "rounded"):
        for year in years:
            for rise in view.history.rises(year):
                if tol.percent_fit(value, rise.percent, bound) == want:
                    return want, rise
    return None, None


def _against_series(view: View, value: float, change: Change) -> Finding:
    """A contribution's or settlement's rise against the case's series of rises."""

    def done(verdict: Verdict, words: str, held: tuple[Held, ...] = ()) -> Finding:
        return Finding("change.percent", "percentage", verdict, words, held)

    meant = years_meant(view)
    fit, rise = matching(view, value, change.bound, meant)
    plain = isinstance(view.claim, Settlement) or ("when" not in view.claim.inferred and view.named_year in meant)
    if rise is None and not (meant and plain):
        last = view.evidence.day
        everywhere = [y for y in reversed(view.history.years) if last is None or y <= last.year + 1]
        fit, rise = matching(view, value, change.bound, everywhere)
        if fit == "rounded" and not meant:
            fit, rise = None, None  # over so many years something is always near
    if rise is not None and fit is not None:
        return done(fit, f"{rise.words} = {percent(value)}", rise.held)
    if not view.history.years:
        return done("cannot be checked", "the case holds no payments to compare with")
    known = [r for y in meant for r in view.history.rises(y)]
    if not known:
        return _of_no_year(view, value, change) or done(
            "cannot be checked", "the year of the rise is not given, and no year of the series has it"
        )
    doubt = _doubt(view, change)
    if doubt:
        return done("cannot be checked", doubt)
    nearest = min(known, key=lambda r: abs(r.percent - value))
    return done("contradicted", f"{nearest.words}, not {percent(value)}", nearest.held)


def _doubt(view: View, change: Change) -> str:
    """Why a percentage may not speak of the yearly contribution at all; empty where nothing speaks against it."""
    sentence = view.sentence
    if sentence is None:
        return "the words around the figure are not at hand"
    if view.speaks_of(*_OTHER_MATTERS):
        return "the percentage may be of something else named in the sentence"
    if view.claim.modality not in ("stated", "reported"):
        return "the rise was not yet settled when the report came out"
    if any(m.value.until or (m.value.future or "").endswith("..") for m in sentence.of("date")):
        return "the rise may be over several years"
    if any(m.value[1] == "year" and m.value[0].high > 1 for m in sentence.of("duration")):
        return "the rise may be over several years"
    if view.spots("decade", "over-years"):
        return "the rise may be over several years"
    if change.bound not in (None, "exact", "about", "nearly", "over"):
        return "the words give a limit and no figure"
    value = abs(_number(change.percent))
    m = next((m for m in sentence.of("percent") if abs(m.value.low - value) < 1e-6), None)
    if m is None:
        return "the figure stands in the words in another form"
    if any(s.last == m.first for s in view.spots("level")) or sentence.norms[m.last : m.last + 1] == ["of"]:
        return "the percentage is a level or a share and no rise"
    if not any(-_NEAR <= s.first - m.last <= 3 for s in view.spots("higher", "rise-noun", "increase-by")) and not (
        sentence.near("raise", m.first - _NEAR, m.last + 2) or sentence.near("cut", m.first - _NEAR, m.last + 2)
    ):
        return "the words beside it do not say plainly that it is a rise"
    if view.spots("part"):
        return "the percentage may be of a part"
    if any(abs(s.first - m.first) <= _NEAR for s in view.spots("yearly")) and not view.spots("most"):
        return "the percentage may be the rise of each later year"
    return "" if value <= _largest(view) else "so large a rise is more likely one of something else"


def _largest(view: View) -> float:
    """The largest percentage that may be a wrong one for a yearly rise, by the largest rise of the series."""
    known = [abs(r.percent) for y in view.history.years for r in view.history.rises(y)]
    return min(_LARGE, _OUTSIZE * max(known)) if known else _LARGE


def _number(value: float | Range | None) -> float:
    return value.low if isinstance(value, Range) else value or 0.0


def _of_no_year(view: View, value: float, change: Change) -> Finding | None:
    """A rise called the largest of the yearly ones, that no year of a series known without gaps has."""
    if not view.spots("most") or not view.spots("rise-noun", "yearly") or _doubt_but_length(view, change):
        return None
    years = view.history.years
    last = view.evidence.day
    if len(years) < 3 or last is None or not view.history.span_known(years[1], min(years[-1], last.year)):
        return None
    rises = [r for y in years[1:] if y <= last.year + 1 for r in view.history.rises(y)]
    nearest = min(rises, key=lambda r: abs(r.percent - value))
    words = f"no year from {years[1]} to {min(years[-1], last.year)} has it; the nearest is {nearest.words}"
    return Finding("change.percent", "percentage", "contradicted", words, nearest.held)


def _doubt_but_length(view: View, change: Change) -> bool:
    doubt = _doubt(view, change)
    return bool(doubt) and doubt != "the rise may be over several years"


def _cap(view: View, cap: float) -> Finding:
    """The ceiling of a yearly rise against the agreement the report tells of."""

    def done(verdict: Verdict, words: str, held: tuple[Held, ...] = ()) -> Finding:
        return Finding("growth.cap_percent", "percentage", verdict, words, held)

    days = view.days
    told = view.history.told(*days) if days else []
    if len(told) != 1 or told[0].growth is None or not isinstance(view.claim, Settlement):
        return done("cannot be checked", "which agreement's ceiling is meant is not sure")
    known = told[0].growth.cap_percent
    words = (
        f"the {ordinal(told[0].number)} agreement: {told[0].growth_words}"
        if told[0].growth_words
        else "the rule agreed"
    )
    held = view.history.held(words, view.history.sources_of(told[0], "growth", "growth_words"))
    if known is None:
        return done("cannot be checked", "the case gives no ceiling for that agreement", held)
    if abs(known - cap) < 0.05:
        return done("consistent", f"{percent(cap)} a year at most, as in {words}", held)
    return done("contradicted", f"{percent(known)} a year at most, not {percent(cap)}", held)
