"""Figures of one report against the others, where the case itself has nothing: one sum, one year, two versions.

Also whether other reports of the same days give the same sum for what a side asks or offers. Reports that differ are
named; only a single voice against three that agree, far outside all rounding, is called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from burdenshare.dossier.checks import tolerance as tol
from burdenshare.dossier.checks.model import Finding, Held, Verdict
from burdenshare.dossier.checks.payments import doubt_of
from burdenshare.dossier.checks.view import View
from burdenshare.dossier.checks.wording import amount as amount_words
from burdenshare.dossier.checks.wording import listed
from burdenshare.dossier.timeline import Evidence
from burdenshare.money import Amount
from burdenshare.reading.claim import Claim, Contribution, Position, Settlement
from burdenshare.record import Entry

Thing = tuple[object, ...]
_WEEK = 7  # days: a position told within a week of another is of the same time
_LOOKED_AT = 60  # claims of one thing that are compared; more add nothing
_SHOWN = 3
_VOICES = 3  # reports that agree before a single one that differs is called wrong
_APART = 0.25  # of the larger sum: beyond every rounding and every bound


@dataclass(frozen=True, slots=True)
class _Voice:
    """Another report's sum for the same thing."""

    amount: Amount
    who: str
    claim: str


def thing_of(claim: Claim, day: date | None, first: date | None) -> tuple[Thing, int] | None:
    """What a claim's sum is of, and the time it counts for (a year, or the number of a week); None where either is not
    plain from the claim.
    """
    amount = getattr(claim, "amount", None)
    if not isinstance(amount, Amount) or claim.modality == "denied":
        return None
    if isinstance(claim, Contribution):
        year = claim.when or ""
        if len(year) != 4 or not year.isdigit() or "when" in claim.inferred or claim.per == "month":
            return None
        return (claim.kind, claim.side, claim.category, claim.categories, amount.currency), int(year)
    if isinstance(claim, Settlement):
        if claim.year is None or "year" in claim.inferred or claim.per == "month":
            return None
        return (claim.kind, claim.item, amount.currency), claim.year
    if isinstance(claim, Position) and claim.modality in ("stated", "reported"):
        if day is None or first is None or (day - first).days > _WEEK:
            return None
        return (claim.kind, claim.side, claim.act, claim.item, amount.currency), day.toordinal() // _WEEK
    return None


def things(evidence: Sequence[Evidence]) -> dict[tuple[Thing, int], list[Entry]]:
    """The claims by what their sum is of and its time."""
    out: dict[tuple[Thing, int], list[Entry]] = {}
    for e in evidence:
        found = thing_of(e.claim, e.day, e.first) if e.entry.decision != "reject" else None
        if found is not None and not (e.retold and isinstance(e.claim, Position)):
            out.setdefault(found, []).append(e.entry)
    return out


def against_reports(view: View, known: Mapping[tuple[Thing, int], Sequence[Entry]]) -> Iterator[Finding]:
    """The check of a sum against the other reports' sums for the same thing and time."""
    claim = view.claim
    found = thing_of(claim, view.evidence.day, view.evidence.first)
    amount = getattr(claim, "amount", None)
    if found is None or not isinstance(amount, Amount):
        return
    if isinstance(claim, Position):
        if view.evidence.retold:
            return
        around: tuple[int, ...] = (found[1] - 1, found[1], found[1] + 1)
    elif view.history.figures(found[1]) and getattr(claim, "category", None) is None:
        return  # the case has the payment, and holds it to that
    else:
        around = (found[1],)
    voices = _voices(view, [e for t in around for e in known.get((found[0], t), ())])
    if not voices:
        return
    same = [v for v in voices if tol.fit(amount.least, v.amount.least) or tol.fit(v.amount.least, amount.least)]
    if same:
        words = f"{len(same)} of {len(voices)} other reports of the time have {amount_words(same[0].amount)}"
        yield _done("consistent", words, same)
    elif isinstance(claim, (Contribution, Settlement)) and not any(_reconciled(amount, v.amount) for v in voices):
        yield _apart(view, claim, amount, voices)


def _done(verdict: Verdict, words: str, voices: Sequence[_Voice]) -> Finding:
    held = tuple(Held(f"{amount_words(v.amount)} in {v.who}", claim=v.claim) for v in voices[:_SHOWN])
    return Finding("amount", "reports", verdict, words, held)


def _voices(view: View, entries: Sequence[Entry]) -> list[_Voice]:
    """One voice for each report that is no copy of another or of this one."""
    out: dict[str, _Voice] = {}
    for e in entries[:_LOOKED_AT]:
        amount = getattr(e.claim, "amount", None)
        if e.report.copies != view.entry.report.copies and isinstance(amount, Amount):
            out.setdefault(e.report.copies, _Voice(amount, e.report.outlet or e.report.origin, e.id))
    return list(out.values())


def _reconciled(one: Amount, other: Amount) -> bool:
    """Whether two sums may be one, their rounding and bounds granted."""
    low, high = _reach(one)
    other_low, other_high = _reach(other)
    return low <= other_high and other_low <= high


def _reach(amount: Amount) -> tuple[float, float]:
    low, _ = tol.reach(amount.least, amount.bound, slack=tol.EXACT)
    _, high = tol.reach(amount.most, amount.bound, slack=tol.EXACT)
    return low, high


def _apart(view: View, claim: Contribution | Settlement, amount: Amount, voices: Sequence[_Voice]) -> Finding:
    """Versions that cannot be one: both are named; a single voice against several that agree is called wrong."""
    versions = listed([f"{amount_words(v.amount)} in {v.who}" for v in voices[:_SHOWN]])
    words = f"other reports have {versions}, not {amount_words(amount)}"
    middle = sorted(v.amount.least for v in voices)[len(voices) // 2]
    together = all(_reconciled(v.amount, voices[0].amount) for v in voices) and len(voices) >= _VOICES
    outside = abs(amount.least - middle) > _APART * max(amount.least, middle)
    if together and outside and not doubt_of(view, claim, amount):
        return _done("contradicted", words, voices)
    return _done("cannot be checked", f"{words}; which of them is right the case does not know", voices)
