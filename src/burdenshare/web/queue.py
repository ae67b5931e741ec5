"""Which claims to look at first: those on which most hangs, and of them those that are least sure.

Importance is by kind, and more for a claim on the talks under way. A claim that contradicts the dossier, that stands on
a disputed point or that no other report repeats is less sure; what was worked out is less sure than what was read.
The weights are in steps of a quarter and order a list; nothing else rests on them.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from burdenshare.dossier import Dossier
from burdenshare.record import Entry

if TYPE_CHECKING:
    from burdenshare.web.snapshots import Place

IMPORTANCE = {
    "settlement": 1.0, "position": 1.0, "round": 0.75, "term": 0.75, "contribution": 0.75, "consequence": 0.5,
    "linkage": 0.5, "cost": 0.5, "headcount": 0.25, "appointment": 0.25, "event": 0.25, "statement": 0.25,
}  # fmt: skip
LONGEST = 2_000  # claims in the queue; what is behind them can wait


class _Carried(Protocol):
    sources: int
    versions: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim in the queue: its worth from 0 to about 4, and the reasons as keys of the catalogue."""

    claim: str
    report: str
    kind: str
    worth: float
    reasons: tuple[str, ...]


def _judged(entry: Entry, known: Dossier, places: Sequence[Place]) -> Waiting:
    claim = entry.claim
    importance, doubt = IMPORTANCE.get(claim.kind, 0.25), 0.25
    reasons: list[str] = []
    items = [(p, getattr(known, p.section)[p.index]) for p in places]
    if any(getattr(item, "agreement", None) == known.talks and known.talks is not None for _, item in items):
        importance += 0.5
        reasons.append("current")
    if any(not p.supports for p, _ in items):
        doubt += 0.75
        reasons.append("contradicts")
    elif any(item.versions for _, item in items):
        doubt += 0.5
        reasons.append("disputed")
    if any(item.sources == 1 for p, item in items if p.supports):
        doubt += 0.25
        reasons.append("single")
    if set(claim.inferred) - {"agreement"}:
        doubt += 0.25
        reasons.append("inferred")
    if claim.modality in ("reported", "conditional", "denied"):
        doubt += 0.25
        reasons.append("hedged")
    if not claim.said_by and claim.kind in ("position", "settlement"):
        doubt += 0.25
        reasons.append("unattributed")
    return Waiting(entry.id, entry.report.id, claim.kind, importance * doubt, tuple(reasons))


def queue(entries: Iterable[Entry], known: Dossier, places: Mapping[str, Sequence[Place]]) -> tuple[Waiting, ...]:
    """The claims that nobody has reviewed, those to look at first in front."""
    open_ = (_judged(e, known, places.get(e.id, ())) for e in entries if e.decision is None)
    return tuple(heapq.nsmallest(LONGEST, open_, key=lambda w: (-w.worth, w.report, w.claim)))
