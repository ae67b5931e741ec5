"""Which talks an undated report is about: those in which the dated reports tell the same figures.

The figures of a report are its votes: a settlement's sum or rise, a side's demand or offer, an agreement
that its words number. One agreement, and only one, must fit every vote; else the report stays unplaced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from burdenshare.dossier import values
from burdenshare.dossier.timeline import Evidence
from burdenshare.money import Amount, Change
from burdenshare.reading import claim as claims

# A sum of fewer digits ("1 billion") is told in too many talks to identify one.
_TELLING_DIGITS = 2


def place(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with the agreement of undated reports worked out where their figures tell it."""
    dated = [e for e in evidence if e.day is not None and e.agreement is not None and not e.retold]
    told: dict[tuple[str | None, str | None], set[tuple[int, Told]]] = {}  # by side and act
    for e in dated:
        for t in _tells(e):
            if e.agreement is not None:
                told.setdefault(t[:2], set()).add((e.agreement, t))
    undated: dict[str, list[Evidence]] = {}
    for e in evidence:
        if e.day is None:
            undated.setdefault(e.entry.report.id, []).append(e)
    found: dict[str, int] = {}
    for report, group in undated.items():
        votes = [v for e in group if (v := _votes(e, told))]
        agreed = set.intersection(*votes) if votes else set()
        if len(agreed) == 1:
            found[report] = agreed.pop()
    return [_placed(e, found.get(e.entry.report.id)) for e in evidence]


def _placed(e: Evidence, agreement: int | None) -> Evidence:
    placed = agreement is not None and e.agreement is None and e.day is None and not isinstance(e.claim, _BY_YEAR)
    return replace(e, agreement=agreement, worked_out=True) if placed else e


_BY_YEAR = (claims.Contribution, claims.Headcount, claims.Cost, claims.Term)


Told = tuple[str | None, str | None, Amount | None, Change | None]  # side, act, sum, rise; no act for a settlement


def _tells(e: Evidence) -> list[Told]:
    """The figures by which talks can be told apart."""
    c = e.claim
    if isinstance(c, claims.Settlement):
        return [(None, None, c.amount, None), (None, None, None, c.change)]
    return [(c.side, c.act or "", c.amount, None)] if isinstance(c, claims.Position) and c.amount is not None else []


def _votes(e: Evidence, told: Mapping[tuple[str | None, str | None], set[tuple[int, Told]]]) -> set[int]:
    """The agreements that a claim of an undated report may be about."""
    c = e.claim
    if isinstance(c, (claims.Round, claims.Settlement)) and c.agreement is not None:
        return {c.agreement}
    found = set()
    for mine in _tells(e):
        for agreement, theirs in told.get(mine[:2], ()):
            if _same_sum(mine, theirs) or _same_rise(mine[3], theirs[3]):
                found.add(agreement)
    return found


def _same_sum(mine: Told, theirs: Told) -> bool:
    a, b = mine[2], theirs[2]
    if a is None or b is None or a.currency != b.currency:
        return False
    # a demand is known by its side and currency; a settlement needs a figure that tells
    telling = mine[1] is not None or max(values.digits(a.least), values.digits(b.least)) >= _TELLING_DIGITS
    return telling and values.amounts_agree(a, b)


def _same_rise(a: Change | None, b: Change | None) -> bool:
    if a is None or b is None or a.percent is None or b.percent is None:
        return False
    telling = any(isinstance(p, float) and values.digits(p) >= 2 for p in (a.percent, b.percent))
    return telling and values.changes_agree(a, b)
