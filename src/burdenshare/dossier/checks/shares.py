"""Shares: of the cost, of the contribution, of a sum named beside them."""

from __future__ import annotations

from collections.abc import Iterator

from burdenshare.case.model import CategoryFigure
from burdenshare.dossier.checks import tolerance as tol
from burdenshare.dossier.checks.model import Finding, Held, Verdict
from burdenshare.dossier.checks.view import View
from burdenshare.dossier.checks.wording import amount as amount_words
from burdenshare.dossier.checks.wording import listed, number, percent
from burdenshare.money import Amount, Range
from burdenshare.reading.claim import Contribution

# Estimates of the whole cost differ in what they count, so a share of it is only wrong far outside all of them.
_ESTIMATES = 15.0  # points
_CLOSE = 5.0  # points: the share of another year, or rounded
_GDP_ROUNDED = 0.06  # points: a figure given to one decimal
_GDP_ESTIMATES = 0.5  # points: estimates of a year are revised by less than this
_YEARS_AROUND = 4  # a category's part moves from year to year
# An item of the case's figures that gives a share of the cost of the presence.
_OF_COST = "cost"
# Words for parts of the contribution; a percentage beside them may be of such a part's own cost.
_PARTS = ("labour", "construction", "logistics", "unspent")
_NEAR_AIM = 5  # tokens between a percentage and the word that makes it a target


def shares(view: View) -> Iterator[Finding]:
    """The check of a contribution's share."""
    claim = view.claim
    if not isinstance(claim, Contribution) or claim.share_percent is None:
        return
    value = claim.share_percent
    if claim.amount is not None and (found := _of_a_sum(view, claim.amount, value)) is not None:
        yield found
    elif claim.share_of == "gdp":
        yield _of_gdp(view, claim, value)
    elif claim.share_of == "cost":
        yield _of_cost(view, value)
    elif claim.share_of == "contribution" and claim.category is not None:
        yield _of_contribution(view, claim.category, value)
    else:
        yield _done("cannot be checked", "what the share is of is not known to the case")


def _of_gdp(view: View, claim: Contribution, value: float | Range) -> Finding:
    """A party's spending as a share of its output, against the case's yearly series of that party."""
    year = view.year_of(claim.when)
    series = f"share-of-gdp-{claim.side}"
    years = [year] if year is not None else [*view.years, *(y - 1 for y in view.years[-1:])]
    known = [f for f in view.case.yearly if f.series == series and f.unit == "percent" and f.year in years]
    if not known:
        return _done("cannot be checked", "the case has no figure of that party's spending for that year")
    if _is_aim(view, value):
        return _done("cannot be checked", "the percentage is a target and no spending")
    low, high = tol.ends(value)
    words = listed([f"{number(f.value, 3)} percent for {f.year} ({f.basis})" for f in known])
    held = tuple(h for f in known for h in view.history.held(f"{f.series} {f.value} percent, {f.year}", f.sources)[:1])
    gap = min(0.0 if low <= f.value <= high else min(abs(f.value - low), abs(f.value - high)) for f in known)
    if gap <= _GDP_ROUNDED:
        return _done("consistent", words, held)
    if gap <= _GDP_ESTIMATES or year is None or "when" in claim.inferred or not _share_is_of(view, value):
        return _done("cannot be checked", f"{words}; estimates for a year differ by some tenths", held)
    return _done("contradicted", f"{words}, not {percent(value)}", held)


def _done(verdict: Verdict, words: str, held: tuple[Held, ...] = ()) -> Finding:
    return Finding("share_percent", "share", verdict, words, held)


def _of_a_sum(view: View, part: Amount, value: float | Range) -> Finding | None:
    """A part and its share: a whole of the same report that gives it; None where none does."""
    low, high = tol.ends(value)
    for e in view.beside:
        whole = getattr(e.claim, "amount", None)
        if isinstance(whole, Amount) and whole.currency == part.currency and whole.least > part.least:
            share = 100 * part.least / whole.least
            if low - 1 <= share <= high + 1:
                words = f"{amount_words(part)} / {amount_words(whole)} = {percent(share)}"
                return _done("consistent", words, (Held(f"{amount_words(whole)} in the report", claim=e.id),))
    return None


def _is_aim(view: View, value: float | Range) -> bool:
    """Whether a word for a target or a pledge stands close to the percentage."""
    sentence = view.sentence
    if sentence is None:
        return False
    low, _ = tol.ends(value)
    at = [m for m in sentence.of("percent", "share") if abs(m.value.low - low) < 0.01]
    return any(-2 * _NEAR_AIM <= s.first - m.last <= _NEAR_AIM for m in at for s in view.spots("aim"))


def _share_is_of(view: View, value: float | Range) -> bool:
    """Whether the words put "of" or the like after the percentage, so that it is a share and no rise."""
    sentence = view.sentence
    if sentence is None:
        return False
    low, _ = tol.ends(value)
    for m in sentence.of("percent", "share"):
        if abs(m.value.low - low) < 0.01 and not sentence.near("raise", m.first - 4, m.last + 4):
            after = sentence.norms[m.last : m.last + 1]
            if any(0 <= m.first - s.last <= _NEAR_AIM - 2 for s in view.spots("share-before")):
                return True
            return after == ["of"] or (m.type == "share" and sentence.near("cost-noun", m.last, m.last + 5))
    return False


def _several_figures(view: View) -> bool:
    """Whether the sentence has a sum or another percentage, so that the share may be of that."""
    sentence = view.sentence
    return sentence is None or len(sentence.of("percent", "share")) > 1 or bool(_sums_after(view))


def _sums_after(view: View) -> list[int]:
    sentence = view.sentence
    assert sentence is not None
    shares_at = [m.last for m in sentence.of("percent", "share")]
    return [m.first for m in sentence.of("money") if any(0 <= m.first - at <= _NEAR_AIM for at in shares_at)]


def _asked_for(view: View) -> bool:
    """Whether the sentence asks for something or supposes it: "should pay 100 percent of the cost"."""
    return view.sentence is None or view.sentence.has("demand", "offer", "conditional", "future", "reject")


def _of_a_cost(view: View) -> bool:
    """Whether a word for the cost stands close after the percentage."""
    sentence = view.sentence
    if sentence is None:
        return False
    before = 6 if view.spots("share-before") else 0
    return any(sentence.near("cost-noun", m.first - before, m.last + 6) for m in sentence.of("percent", "share"))


def _figures(view: View, wanted: str) -> list[CategoryFigure]:
    """The case's percentages for items whose name holds these words."""
    return [f for f in view.case.category_figures if f.unit == "percent" and wanted in f.item and _is_number(f.value)]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _of_cost(view: View, value: float | Range) -> Finding:
    known = [f for f in _figures(view, "share") if _OF_COST in f.item]
    if not known:
        return _done("cannot be checked", "the case knows no estimate of the share of the cost")
    low, high = tol.ends(value)
    day = view.evidence.day
    if day is not None:  # the nearest in time lead
        known = [f for f in known if f.period[:4].isdigit() and abs(int(f.period[:4]) - day.year) <= 2 * _YEARS_AROUND]
        known.sort(key=lambda f: abs(int(f.period[:4]) - day.year))
    if not known:
        return _done("cannot be checked", "the case knows no estimate of the share of the cost at that time")
    shown = known[:4]
    words = listed([f"{f.value} percent for {f.period or 'an unknown year'} ({f.basis})" for f in shown])
    held = tuple(h for f in shown for h in view.history.held(f"{f.item} {f.value} percent, {f.period}", f.sources)[:1])
    if not _share_is_of(view, value):
        return _done("cannot be checked", "the words do not say plainly what the percentage is of", held)
    if view.speaks_of(*_PARTS) or _several_figures(view):
        return _done("cannot be checked", "the percentage may be of a part of the cost", held)
    values = [float(f.value) for f in known]
    if any(low - 2 <= v <= high + 2 for v in values):
        return _done("consistent", f"{percent(value)}; known are {words}", held)
    if _of_a_cost(view) and any(low - 2 * _CLOSE <= v <= high + 2 * _CLOSE for v in values):
        return _done("rounded", f"{percent(value)}; known are {words}", held)
    sure = _of_a_cost(view) and not _asked_for(view) and view.claim.modality in ("stated", "reported")
    if sure and (high < min(values) - _ESTIMATES or low > max(values) + _ESTIMATES):
        return _done("contradicted", f"{percent(value)}, outside every estimate known: {words}", held)
    return _done("cannot be checked", f"estimates of the whole cost differ: {words}", held)


def _of_contribution(view: View, category: str, value: float | Range) -> Finding:
    """A category's share of the contribution, worked out from the case's sums for it, year by year."""
    low, high = tol.ends(value)
    known: list[tuple[int, float, str, tuple[Held, ...]]] = []
    for f in view.case.category_figures:
        if f.item != category or not f.period.isdigit() or not _is_number(f.value) or f.unit == "percent":
            continue
        whole = view.history.in_use(int(f.period))
        if whole is not None and whole.currency == f.unit and f.basis == "allocated":
            share = 100 * float(f.value) / whole.value
            part = Amount(f.unit, value=float(f.value))
            words = f"{amount_words(part)} / {whole.words} = {percent(share)}"
            known.append((int(f.period), share, words, (*view.history.held(words, f.sources)[:2], *whole.held[:1])))
    for f in _figures(view, f"{category}-share-of-total"):
        if f.period.isdigit():
            words = f"{f.value} percent for {category} in {f.period} ({f.basis})"
            known.append((int(f.period), float(f.value), words, view.history.held(words, f.sources)[:2]))
    if not known:
        return _done("cannot be checked", f"the case does not know what part of the contribution went to {category}")
    day = view.evidence.day
    known.sort(key=lambda k: abs(k[0] - day.year) if day else -k[0])
    if day is not None:
        known = [k for k in known if abs(k[0] - day.year) <= _YEARS_AROUND]
    if not known:
        return _done("cannot be checked", f"the case does not know what went to {category} in those years")
    near = min(known, key=lambda k: 0 if low <= k[1] <= high else min(abs(k[1] - low), abs(k[1] - high)))
    gap = 0 if low <= near[1] <= high else min(abs(near[1] - low), abs(near[1] - high))
    if not _share_is_of(view, value):
        return _done("cannot be checked", "the words do not say plainly what the percentage is of", near[3])
    if gap <= 2:
        return _done("consistent", near[2], near[3])
    if gap <= _CLOSE:
        return _done("rounded", near[2], near[3])
    other = [f for f in _figures(view, f"{category}-") if f.item != category and low - 8 <= float(f.value) <= high + 8]
    main = known[0]
    if other:
        f = min(other, key=lambda f: abs(float(f.value) - low))
        held = (*main[3], *view.history.held(f"{f.item} {f.value} percent, {f.period}", f.sources)[:1])
        words = (
            f"{main[2]}; but {number(float(f.value))} percent is known as {f.item} ({f.period}), "
            f"so what the share is of is not sure"
        )
        return _done("cannot be checked", words, held)
    if gap <= 2 * _CLOSE or _asked_for(view) or not view.sentence or not view.sentence.has(category):
        return _done("cannot be checked", f"{main[2]}; what the share is counted from is not sure", main[3])
    return _done("contradicted", f"{main[2]}, not {percent(value)}", main[3])
