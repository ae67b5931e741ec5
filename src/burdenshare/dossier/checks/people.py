"""Numbers of troops and employees against the case's figures for those years, else against the other reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from burdenshare.dossier.checks import tolerance as tol
from burdenshare.dossier.checks.model import Finding, Held, Verdict
from burdenshare.dossier.checks.view import View, names_another
from burdenshare.dossier.checks.wording import listed, number
from burdenshare.reading.claim import Headcount

# The case's items that count a group, by the end of their name; a shop's or a club's own staff are counted or not, so
# counts differ by a third in the same year.
_ITEMS = {"troops": "troops", "local-employees": "employees", "furloughed": "furloughed"}
_YEARS_AROUND = 3
_APART = 0.25
_VOICES = 3  # reports that agree before one that differs is called wrong


def headcounts(view: View) -> Iterator[Finding]:
    """The check of how many are stationed, employed or furloughed."""
    claim = view.claim
    if not isinstance(claim, Headcount) or claim.group not in _ITEMS:
        return
    if claim.number is None and claim.low is None:
        return
    low = claim.number if claim.number is not None else claim.low
    high = claim.number if claim.number is not None else claim.high
    if low is None or high is None:
        return
    yield _by_case(view, claim, float(low), float(high)) or _by_reports(view, claim, float(low), float(high))


def _done(verdict: Verdict, words: str, held: tuple[Held, ...] = ()) -> Finding:
    return Finding("number", "headcount", verdict, words, held)


def _fits(claim: Headcount, low: float, high: float, known: float) -> bool:
    if low == high:
        return tol.fit(low, known, claim.bound) is not None
    return low * (1 - tol.EXACT) <= known <= high * (1 + tol.EXACT)


@dataclass(frozen=True, slots=True)
class _Count:
    """A count of the group that the case gives for a year."""

    year: int
    value: float
    words: str
    sources: tuple[str, ...]


def _counts(view: View, group: str) -> list[_Count]:
    """The case's counts of a group, the nearest in time first: those of a few years around, and the last before."""
    found = [
        _Count(f.year, f.value, f"{number(f.value)} ({f.year}, {f.basis})", f.sources)
        for f in view.case.yearly
        if f.series == group and f.unit == "persons"
    ]
    found += [
        _Count(int(f.period[:4]), float(f.value), f"{number(float(f.value))} ({f.period}, {f.basis})", f.sources)
        for f in view.case.category_figures
        if f.item.endswith(_ITEMS[group]) and f.unit == "persons" and f.period[:4].isdigit() and f.value.isdigit()
    ]
    day = view.evidence.day
    if day is None:
        return found
    before = max((f.year for f in found if f.year <= day.year), default=None)
    after = min((f.year for f in found if f.year >= day.year), default=None)
    bracket = {before, after} if before is not None and after is not None else set()
    found = [f for f in found if abs(f.year - day.year) <= _YEARS_AROUND or f.year in bracket]
    return sorted(found, key=lambda f: (abs(f.year - day.year), f.year))


def _by_case(view: View, claim: Headcount, low: float, high: float) -> Finding | None:
    known = _counts(view, claim.group or "")
    if not known:
        return None
    values = [f.value for f in known]
    same = next((f for f in known if _fits(claim, low, high, f.value)), None)
    if same is not None:
        return _done("consistent", same.words, view.history.held(same.words, same.sources))
    shown = listed([f.words for f in known[:3]])
    held = tuple(h for f in known[:3] for h in view.history.held(f.words, f.sources)[:1])
    if view.evidence.day and min(values) * (1 - 0.05) <= high and low <= max(values) * (1 + 0.05):
        return _done("consistent", f"between the counts known: {shown}", held)
    if view.evidence.day is None or low <= max(values) * (1 + _APART):
        return _done("cannot be checked", f"counts differ: {shown}", held)
    if not _all_of_them(view, claim):
        return _done("cannot be checked", f"the number may be of a part, or of others: {shown}", held)
    return _done("contradicted", f"{shown}, not {number(low)}", held)


def _all_of_them(view: View, claim: Headcount) -> bool:
    """Whether the words count the whole group of this case: no part of it, no other country's, not those furloughed."""
    sentence = view.sentence
    if sentence is None or claim.group == "furloughed" or claim.bound not in (None, "exact", "about", "nearly", "over"):
        return False
    named = sentence.of("name")
    if any(not any(m.first <= s.first < m.last for m in named) for s in view.spots("forces")):
        return False  # forces that are none of the case's own
    return not (view.spots("part") or sentence.has("furlough-noun", "furlough") or names_another(view))


def _by_reports(view: View, claim: Headcount, low: float, high: float) -> Finding:
    """The other reports' counts of the same group, one for each group of copies."""
    voices: dict[str, tuple[float, str, str]] = {}
    for e in view.others("headcount"):
        c = e.claim
        if isinstance(c, Headcount) and c.group == claim.group and c.number is not None and c.modality != "denied":
            voices.setdefault(e.report.copies, (float(c.number), e.id, e.report.outlet or e.report.origin))
    if not voices:
        return _done("cannot be checked", "neither the case nor another report counts them")
    agree = [v for v in voices.values() if _fits(claim, low, high, v[0])]
    if agree:
        held = tuple(Held(f"{number(v)} in {who}", claim=id_) for v, id_, who in agree[:3])
        return _done("consistent", f"{len(agree)} of {len(voices)} other reports count the same", held)
    values = sorted(v for v, _, _ in voices.values())
    middle = values[len(values) // 2]
    held = tuple(Held(f"{number(v)} in {who}", claim=id_) for v, id_, who in list(voices.values())[:3])
    words = (
        f"{len(voices)} other reports count {number(values[0])} to {number(values[-1])}, most of them {number(middle)}"
    )
    together = sum(abs(v / middle - 1) <= tol.EXACT for v in values)
    outside = low > values[-1] * (1 + _APART)
    if together >= _VOICES and outside and _all_of_them(view, claim):
        return _done("contradicted", f"{words}, not {number(low)}", held)
    return _done("cannot be checked", f"{words}; counts differ with what is counted in", held)
