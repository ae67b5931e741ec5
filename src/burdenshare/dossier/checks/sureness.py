"""Sure enough to accuse: the conditions that every figure called wrong has to meet, whichever check found it.

A wrong alarm costs a reader more than a wrong figure passed over. So a finding that is `off` or `contradicted` stands
only where the report's date, the words, and the figure itself all speak for a slip; where one of them does not, the
finding "cannot be checked", and its arithmetic ends in the first reason. Each condition is one function that gives its
reason, or nothing where it is met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from burdenshare import edtf
from burdenshare.dossier.checks import tolerance as tol
from burdenshare.dossier.checks.changes import named_bases, series_bases
from burdenshare.dossier.checks.model import WRONG, Finding
from burdenshare.dossier.checks.view import UncheckedError, View, names_another
from burdenshare.dossier.checks.wording import amount as amount_words
from burdenshare.dossier.checks.wording import money, number, percent
from burdenshare.dossier.checks.words import clause
from burdenshare.money import Amount, Range
from burdenshare.reading.claim import Contribution, Position, Settlement, Term
from burdenshare.reading.mentions.mention import Mention

# "Last year" and "this month" are sure in a report that is dated to the month.
_MONTH = timedelta(days=31)
# Two figures are one within half a unit of the last printed digit, and never further apart than this.
_ROUNDED = 0.01
# A unit slip (billion for million, the Korean ten thousands) is off by these powers of ten; by a single digit's place
# or two a sum is as likely a part of the whole.
_UNIT_SLIPS = (-6, -4, -3, 3, 4, 6)
_UNIT_NEAR = 0.06
_LONG = 360  # days: a date as long as this is a year
# A slip of one digit leaves a figure within this factor, or else the digits are the same in another order.
_DIGIT_SLIP = 1.5
# Languages do not all cut clauses the same way; a figure and its verb within so many tokens belong together.
_TOGETHER = 12

_OWN_ARITHMETIC = frozenset({"conversion", "sum"})
_OF_MONEY = frozenset({"contribution", "reports"})
_OF_HISTORY = frozenset(
    {"contribution", "reports", "percentage", "superlative", "share", "count", "date", "length", "headcount"}
)
_OF_PAYER = frozenset({"contribution", "reports", "percentage", "superlative", "share", "multiple"})
_ALL = _OF_HISTORY | _OWN_ARITHMETIC | {"multiple"}
# Matters with costs, dates and forces of their own.
_OTHER_MATTERS = ("security-initiatives", "trade-action", "arms-purchases", "strategic-assets", "troop-reduction")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of certainty: its name, the families it is asked of, and what gives the reason where it fails."""

    name: str
    families: frozenset[str]
    why_not: Callable[[View, Finding], str]


def sure(view: View, finding: Finding) -> Finding:
    """The finding, or the same as "cannot be checked" with the first reason why it is not sure enough."""
    if finding.verdict not in WRONG:
        return finding
    for condition in CONDITIONS:
        if finding.family in condition.families and (why := condition.why_not(view, finding)):
            return replace(finding, verdict="cannot be checked", arithmetic=f"{finding.arithmetic}; but {why}")
    return finding


# -- the report and the words ------------------------------------------------------------------------------------


def _words(view: View, finding: Finding) -> str:
    return "" if view.sentence is not None else "the words around the figure are not at hand"


def _dated(view: View, finding: Finding) -> str:
    days = view.days
    return "" if days and days[1] - days[0] <= _MONTH else "the report is not dated to the month"


def _stated(view: View, finding: Finding) -> str:
    """A figure of the history has to be told as a fact of the past, the present or a deal that is struck."""
    claim, sentence = view.claim, view.sentence
    attributed = claim.modality == "reported" and bool(claim.said_by)  # a named speaker; "reportedly" has none
    if claim.modality != "stated" and not attributed:
        return "the words do not state it as a fact"
    if sentence is not None and sentence.has("conditional"):
        return "the words suppose it"
    if isinstance(claim, Position):
        return "it is what a side asks for or offers"
    when = edtf.parse(getattr(claim, "when", None) or "XXXX")
    ahead = when.earliest is not None and view.days is not None and when.earliest > view.days[1]
    if isinstance(claim, Contribution) and ahead and "when" in claim.inferred:
        return "it is still to come"
    return ""


def _ours(view: View, finding: Finding) -> str:
    """No other country, pact, force or programme may stand in the sentence."""
    sentence = view.sentence
    if sentence is None:
        return ""
    if names_another(view):
        return "the sentence names another country"
    named = sentence.of("name")
    if any(not any(m.first <= s.first < m.last for m in named) for s in view.spots("forces")):
        return "the sentence speaks of other forces"
    if view.speaks_of(*_OTHER_MATTERS):
        return "the sentence speaks of another matter"
    return ""


def _payer(view: View, finding: Finding) -> str:
    """The sentence, or the one before, has to name the payer, the agreement or the contribution."""
    sentence = view.sentence
    if sentence is None:
        return ""
    before = view.words.before(sentence, view.entry.report.id)
    host = view.case.host.id
    for s in (sentence, before):
        if s is None:
            continue
        if s.has("contribution-noun", "agreement-noun"):
            return ""
        if any(m.value.kind in ("series", "topic") or host in (m.value.ref, m.value.party) for m in s.of("name")):
            return ""
    return "the words do not name the payer or the agreement"


def _quoted(view: View, finding: Finding) -> str:
    """What somebody said aloud is rounded, and seldom names its base."""
    sentence, m = view.sentence, _mention(view, finding)
    if sentence is None or m is None:
        return ""
    marks = [i for i, n in enumerate(sentence.norms) if n in ('"', "“", "”", "「", "」")]
    return "the figure stands in somebody's own words" if any(i < m.first for i in marks) else ""


# -- the figure in its sentence ----------------------------------------------------------------------------------


_TYPES = {
    "amount": ("money",), "change.percent": ("percent",), "growth.cap_percent": ("percent",),
    "share_percent": ("percent", "share"), "change.multiple": ("multiple",), "years": ("duration",), "when": ("date",),
}  # fmt: skip


def _value(view: View, finding: Finding) -> Any:
    """The claim's figure that the finding is about."""
    value: Any = view.claim
    for part in finding.field.partition("[")[0].split("."):
        value = getattr(value, part, None)
    return value


def _low(value: Any) -> float | None:
    if isinstance(value, Range):
        return value.low
    return float(value) if isinstance(value, (int, float)) else None


def _mention(view: View, finding: Finding) -> Mention | None:
    """The figure's place in the sentence."""
    sentence, value = view.sentence, _value(view, finding)
    if sentence is None:
        return None
    for m in sentence.of(*_TYPES.get(finding.field, ())):
        if isinstance(value, Amount):
            if m.value.least == value.least and m.value.currency == value.currency:
                return m
        elif m.type in ("percent", "share", "multiple"):
            low = _low(value)
            if low is not None and abs(m.value.low - abs(low)) < 1e-6:
                return m
    return None


def _alone(view: View, finding: Finding) -> str:
    """A second figure of the kind leaves open which of the two the words speak of."""
    sentence = view.sentence
    if sentence is None or finding.family in ("conversion", "sum", "count", "superlative"):
        return ""
    mine = _mention(view, finding)
    said = _low(_value(view, finding))
    if finding.family == "length" and said is None:  # the term beside a date: the first length that the words give
        said = next((m.value[0].value for m in sentence.of("duration") if m.value[1] == "year"), None)
    if finding.field in ("amount", "change.percent", "share_percent", "change.multiple") and mine is None:
        return "the figure stands in the words in another form"
    if finding.family == "share" and sentence.of("money"):
        return "the share may be of a sum in the sentence"
    if isinstance(_value(view, finding), Amount) and (right := _right_beside(view, finding)):
        return f"{right} stands in the same sentence"
    for m in sentence.of(*_TYPES.get(finding.field, ())):
        if m is mine or finding.field == "when" or (finding.family == "length" and m.value[1] != "year"):
            continue
        if finding.family == "length":
            if m.value[0].value != said:
                return "the sentence gives another length"
        elif not _same_sum(mine, m):
            return "the sentence has another figure that it may have been taken for"
    return ""


def _right_beside(view: View, finding: Finding) -> str:
    """The payment as the case has it, in another currency of the sentence: then only the conversion may be wrong."""
    sentence, claim = view.sentence, view.claim
    year = claim.year if isinstance(claim, Settlement) else view.year_of(getattr(claim, "when", None))
    assert sentence is not None
    mine = _value(view, finding).currency
    for m in sentence.of("money"):
        for y in [year] if year is not None else view.years:
            for f in view.history.figures(y):
                if f.currency == m.value.currency != mine and tol.fit(m.value.least, f.value, m.value.bound):
                    return f.words
    return ""


def _same_sum(mine: Mention | None, other: Mention) -> bool:
    """Whether the other sum is the same one put in another currency."""
    if mine is None or mine.type != "money" or other.type != "money":
        return False
    return bool(mine.value.currency != other.value.currency and other.first - mine.last <= 3)


_PAYING = ("pay", "contribution-noun", "agreement-noun", "settle", "raise", "cut", "deal")
_CATEGORIES = ("labour", "construction", "logistics", "unspent")


def _together(view: View, finding: Finding) -> str:
    """The figure and the word that makes it a payment or a rise have to stand in one clause."""
    sentence, m = view.sentence, _mention(view, finding)
    if sentence is None or m is None:
        return ""
    mine = clause(sentence, m.first)
    if not any(c.first in mine or abs(c.first - m.first) <= _TOGETHER for c in sentence.cues(*_PAYING)):
        return "the clause of the figure does not say that it is the payment or its rise"
    return ""


def _base(view: View, finding: Finding) -> str:
    """The year has to be read from words of the sentence, or be that of a deal told as news."""
    sentence, claim = view.sentence, view.claim
    if sentence is None:
        return ""
    field = "year" if isinstance(claim, Settlement) else "when"
    dates = sentence.of("date")
    if isinstance(claim, Contribution) and claim.when is None:
        return "the words name no year"
    told = view.spots("this-year", "last-year") or any(_is_year(d) for d in dates)
    yearly = finding.family == "percentage" and view.spots("most") and view.spots("yearly", "rise-noun")
    if not told and not yearly and finding.field != "growth.cap_percent":
        return "the year does not stand in the words"
    if field in claim.inferred and not dates and not view.spots("this-year", "last-year"):
        return "the year was worked out and does not stand in the words"
    named = [d for d in dates if not d.value.inferred] or dates  # "2026 ... than the year before" names one
    several = {y for d in named if d.value.shape == "year" and (y := view.year_of(d.value.past)) is not None}
    pair = finding.family == "percentage" and max(several, default=0) - min(several, default=0) == 1
    if len(several) > 1 and not pair:
        return "the sentence names several years"
    return ""


def _is_year(date: Mention) -> bool:
    """Whether a date gives a year, or "this year", and no day or month only."""
    when = edtf.parse(date.value.past) if date.value.past else None
    return bool(when and when.earliest and when.latest and (when.latest - when.earliest).days > _LONG)


def _paying_of_now(view: View, finding: Finding) -> str:
    """A multiple needs its base in words: a sum, or "what it pays now", "last year's"."""
    sentence = view.sentence
    amount = getattr(view.claim, "amount", None)
    if sentence is None or not isinstance(amount, Amount):
        return ""
    if named_bases(view, amount) or sentence.of("date") or view.spots("current", "last-year", "this-year"):
        return ""
    return "" if sentence.has("pay", "contribution-noun") else "the words do not say what it is a multiple of"


def _agreement(view: View, finding: Finding) -> str:
    """A date needs the agreement's number, or "this agreement" in a report that can mean one only."""
    claim = view.claim
    if isinstance(claim, Term) and claim.agreement is None and view.evidence.agreement is None:
        return "which agreement is meant does not stand in the words"
    return ""


# -- the figure against the rest of the history ------------------------------------------------------------------


def _slip(view: View, finding: Finding) -> str:
    """A wrong sum is a slip of a digit or of a unit; one that is off otherwise is more likely of something else."""
    value = _value(view, finding)
    if not isinstance(value, Amount) or value.value is None:
        return "" if not isinstance(value, Amount) else "a range is no slip"
    known = _held_values(view, finding, value.currency)
    for k in known:
        ratio = value.least / k
        if any(abs(ratio / 10.0**n - 1) <= _UNIT_NEAR for n in _UNIT_SLIPS):
            return ""
        if 1 / _DIGIT_SLIP <= ratio <= _DIGIT_SLIP or _swapped(value.least, k):
            return ""
    return "no slip of a digit or of a unit gives it"


def _swapped(printed: float, known: float) -> bool:
    """Whether the digits are the same in another order: 24 for 42."""
    mine = f"{printed:.0f}".rstrip("0")
    theirs = f"{known:.0f}"
    return len(theirs) == len(f"{printed:.0f}") and sorted(mine) == sorted(theirs.rstrip("0"))


def _held_values(view: View, finding: Finding, currency: str) -> list[float]:
    """The payments of the years around the claim's, in the claim's currency and every version."""
    claim = view.claim
    year = claim.year if isinstance(claim, Settlement) else view.year_of(getattr(claim, "when", None))
    years = [year] if year is not None else [y + d for y in view.years for d in (-1, 0, 1)]
    fiscal = (-1, 0, 1) if view.case.fiscal_year_starts != 1 else (0,)
    found = [v for y in years for d in fiscal for v, *_ in view.versions(y + d, currency)]
    used = [f for y in years if (f := view.history.in_use(y)) is not None]
    return [v for v in [*found, *(f.value for f in used)] if v > 0]


def _elsewhere(view: View, finding: Finding) -> str:
    """A figure that some other quantity of the case has is probably that one."""
    value = _value(view, finding)
    if isinstance(value, Amount):
        found = next((w for v, w in _sums(view, value.currency) if _is(value.least, v)), "")
    elif finding.family in ("percentage", "share"):
        low = _low(value)
        found = "" if low is None else next((w for v, w in _percentages(view) if _is_percent(low, v)), "")
    elif finding.family == "length":
        found = next((w for v, w in _lengths(view) if v == _low(value)), "")
    elif finding.family == "multiple":
        found = _other_ratio(view, value)
    elif finding.family == "date":
        found = _other_date(view, finding)
    else:
        return ""
    return f"it may be {found}" if found else ""


def _is(printed: float, known: float) -> bool:
    return abs(printed - known) <= min(tol.step(printed) / 2 * 1.0001, _ROUNDED * printed)


def _is_percent(printed: float, known: float) -> bool:
    return abs(abs(printed) - abs(known)) <= min(tol.step(printed) / 2 * 1.0001, 0.1)


def _sums(view: View, currency: str) -> Iterator[tuple[float, str]]:
    """Every other sum the case or the record knows: of other years, of terms, of categories, of positions, of costs."""
    history = view.history
    for y in _known_years(view):
        for f in history.figures(y):
            if f.currency == currency:
                yield f.value, f.words
        for d in (1, 2):
            now, then = history.in_use(y), history.in_use(y - d)
            if now is not None and then is not None and now.currency == then.currency == currency:
                yield abs(now.value - then.value), f"what {y} pays more than {y - d}"
    for a in view.case.agreements:
        years = history.years_of(a)
        parts = [history.in_use(y) for y in years]
        if len(parts) > 1 and all(p is not None and p.currency == currency for p in parts):
            total = sum(p.value for p in parts if p is not None)
            yield total, f"the sum of {years[0]} to {years[-1]}"
    for c in view.case.category_figures:
        if c.unit == currency and c.value.replace(".", "", 1).isdigit():
            yield float(c.value), f"{money(float(c.value), currency)} {c.basis} for {c.item}, {c.period}"
    for kind in ("position", "cost"):
        for e in view.by_kind.get(kind, ()):
            amount = getattr(e.claim, "amount", None)
            if isinstance(amount, Amount) and e.id != view.entry.id:
                what = "an estimate of the cost" if kind == "cost" else "what a side asked for or offered"
                for part in (amount, *amount.also):
                    if part.currency == currency and part.value is not None:
                        yield part.value, f"{amount_words(part)}, {what}"


def _known_years(view: View) -> list[int]:
    """The years a report could know a figure of: up to the one after it, and those of a deal it tells of."""
    days = view.days
    if days is None:
        return list(view.history.years)
    last = max([days[1].year + 1, *(y for a in view.history.told(*days) for y in view.history.years_of(a))])
    return [y for y in view.history.years if y <= last]


def _percentages(view: View) -> Iterator[tuple[float, str]]:
    """Every other percentage: rises of other years, rules, shares of categories, series, and positions."""
    for y in _known_years(view):
        for r in view.history.rises(y):
            yield r.percent, r.words
    for a in view.case.agreements:
        if a.growth is not None and a.growth.cap_percent is not None:
            yield a.growth.cap_percent, f"the ceiling of agreement {a.number}"
    for c in view.case.category_figures:
        if c.unit == "percent" and c.value.replace(".", "", 1).isdigit():
            yield float(c.value), f"{c.value} percent, {c.item} of {c.period}"
    for f in view.case.yearly:
        if f.unit == "percent":
            yield f.value, f"{percent(f.value)}, {f.series} of {f.year}"
    for e in view.by_kind.get("position", ()):
        change = getattr(e.claim, "change", None)
        if change is not None and isinstance(change.percent, float) and e.id != view.entry.id:
            yield change.percent, f"{percent(change.percent)}, what a side asked for or offered"


def _lengths(view: View) -> Iterator[tuple[float, str]]:
    """The terms of the agreements before and after, and those a side wished for."""
    chosen = getattr(view.claim, "agreement", None) or view.evidence.agreement
    for a in view.case.agreements:
        if a.years is not None and chosen is not None and abs(a.number - chosen) == 1:
            yield float(a.years), f"the term of agreement {a.number}"
    for e in view.by_kind.get("position", ()):
        years = getattr(e.claim, "years", None)
        if isinstance(years, (int, float)):
            yield float(years), "the term a side wished for"


def _other_ratio(view: View, value: Any) -> str:
    """What else the multiple may be counted from: the payment of another year, or another sum of the report."""
    amount, low = getattr(view.claim, "amount", None), _low(value)
    if not isinstance(amount, Amount) or low is None:
        return ""
    years = [y + d for y in view.years for d in (-3, -2, -1, 0, 1, 2)]
    try:
        ratios = [(r.value, r.words) for r in series_bases(view, amount, years)]
    except UncheckedError:
        ratios = []
    for e in view.beside:
        other = getattr(e.claim, "amount", None)
        if isinstance(other, Amount):
            for o in (other, *other.also):
                ratios += [
                    (m.least / o.least, f"{amount_words(m)} / {amount_words(o)} = {number(m.least / o.least, 3)} times")
                    for m in (amount, *amount.also)
                    if m.currency == o.currency and o.least > 0
                ]
    return next((words for v, words in ratios if tol.times_fit(low, v, None, increase=True)), "")


def _other_date(view: View, finding: Finding) -> str:
    """The same act of another agreement on that day or in that year."""
    claim = view.claim
    if not isinstance(claim, Term) or claim.when is None:
        return ""
    when = edtf.parse(claim.when)
    for a in view.case.agreements:
        for name in ("end",) if claim.event == "expiry" else ("agreed", "initialled", "signed", "ratified", "in_force"):
            known = getattr(a, name)
            if known is not None and known.latest is not None and when.overlaps(known):
                return f"that of agreement {a.number}"
    return ""


CONDITIONS: tuple[Condition, ...] = (
    Condition("words", _ALL, _words),
    Condition("dated", _ALL, _dated),
    Condition("stated", _OF_HISTORY, _stated),
    Condition("ours", _OF_HISTORY | {"multiple"}, _ours),
    Condition("payer", _OF_PAYER, _payer),
    Condition("quoted", _OF_PAYER, _quoted),
    Condition("alone", _OF_HISTORY | {"multiple"}, _alone),
    Condition("together", frozenset({"contribution", "reports", "percentage", "superlative"}), _together),
    Condition("base", frozenset({"contribution", "reports", "percentage"}), _base),
    Condition("multiple of", frozenset({"multiple"}), _paying_of_now),
    Condition("agreement", frozenset({"date", "length"}), _agreement),
    Condition("slip", _OF_MONEY, _slip),
    Condition("elsewhere", frozenset(_OF_HISTORY - {"count", "superlative"}) | {"multiple"}, _elsewhere),
)
