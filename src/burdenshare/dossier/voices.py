"""Who is behind a value, and which of several values to show.

A voice is a group of copies of one report. The value shown is the one most voices can stand behind; an
accepted review breaks a tie, then the finer value, then the later report.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, TypeVar

from burdenshare.dossier.model import Version
from burdenshare.dossier.timeline import Evidence

T = TypeVar("T", bound=Hashable)


def ids(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Claim ids in the fixed order, each once."""
    return tuple(dict.fromkeys(e.entry.id for e in sorted(evidence, key=lambda e: e.order)))


def count(evidence: Iterable[Evidence]) -> int:
    """Number of voices."""
    return len({e.entry.report.copies for e in evidence})


def published(evidence: Evidence) -> str | None:
    """The report's date as known."""
    when = evidence.entry.report.published.when
    return when.text if when else None


def last_published(evidence: Iterable[Evidence]) -> str | None:
    """The date, as known, of the last dated report."""
    dated = [e for e in evidence if published(e) and e.day]
    return published(max(dated, key=lambda e: (e.day or date.min, e.entry.report.id))) if dated else None


def first_published(evidence: Iterable[Evidence]) -> str | None:
    """The date, as known, of the first dated report."""
    dated = [e for e in evidence if published(e) and e.day]
    return published(min(dated, key=lambda e: (e.day or date.max, e.entry.report.id))) if dated else None


def name(evidence: Evidence) -> str:
    """Who vouches for the claim: the chain it names, and the outlet."""
    report = evidence.entry.report
    title = f"“{report.title}”" if report.title else ""
    outlet = report.outlet or title or PurePath(report.origin).name or report.origin
    chain = [s for s in evidence.claim.said_by if s and s.casefold() != outlet.casefold()]
    return f"{' via '.join(chain)} ({outlet})" if chain else outlet


def names(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """One or more names a voice, in the order of the reports; a group of copies speaks through its first report."""
    groups: dict[str, list[Evidence]] = {}
    for e in sorted(evidence, key=lambda e: e.order):
        groups.setdefault(e.entry.report.copies, []).append(e)
    found: dict[str, None] = {}
    for group, members in groups.items():
        spoken_by = min(members, key=lambda e: (e.entry.report.id != group, e.entry.report.id)).entry.report.id
        for member in members:
            if member.entry.report.id == spoken_by:
                found[name(member)] = None
    return tuple(found)


def version(value: Any, evidence: Sequence[Evidence]) -> Version:
    """A value with the voices behind it."""
    return Version(value, names(evidence), count(evidence), ids(evidence), last_published(evidence))


def accepted(evidence: Iterable[Evidence]) -> bool:
    """True where a reviewer accepted or corrected one of the claims."""
    return any(e.entry.decision in ("accept", "correct") for e in evidence)


def rank(
    evidence: Sequence[Evidence],
    value_of: Callable[[Evidence], T | None],
    agree: Callable[[T, T], bool],
    *,
    fineness: Callable[[T], float] = lambda _: 0.0,
    precise: Callable[[T], bool] = lambda _: True,
) -> list[tuple[T, list[Evidence]]]:
    """The values on offer with the evidence each can stand with, the one to show first.

    Evidence is counted with the first value it agrees with, so that no voice is counted twice.
    Evidence without a value for the field is left out. A value that is not `precise` (a month agrees with
    each of its days) comes first only where more voices contradict the best precise one than back it.
    """
    said: dict[T, list[Evidence]] = {}
    for e in evidence:
        value = value_of(e)
        if value is not None:
            said.setdefault(value, []).append(e)
    ranked: list[tuple[T, list[Evidence]]] = []
    while said:
        best = _best(said, agree, fineness, precise)
        backing = [v for v in said if agree(best, v)]
        ranked.append((best, [e for v in backing for e in said[v]]))
        said = {v: es for v, es in said.items() if v not in backing}
    return ranked


def _best(
    said: Mapping[T, Sequence[Evidence]],
    agree: Callable[[T, T], bool],
    fineness: Callable[[T], float],
    precise: Callable[[T], bool],
) -> T:
    """The value to show among those said."""

    def worth(value: T) -> tuple[Any, ...]:
        backing = [e for v, es in said.items() if agree(value, v) for e in es]
        own = said[value]
        last = max((e.day or date.min for e in own), default=date.min)
        return (count(backing), accepted(own), fineness(value), count(own), last, repr(value))

    candidates = [v for v in said if precise(v)]
    if candidates:
        best = max(candidates, key=worth)
        against = [e for v, es in said.items() if not agree(best, v) for e in es]
        if count(against) <= worth(best)[0]:
            return best
    return max(said, key=worth)


def versions(ranked: Sequence[tuple[Any, Sequence[Evidence]]]) -> tuple[Version, ...]:
    """The versions of a disputed field; empty where all agree.

    A report that contradicts itself is no second voice: a rival needs one that is not behind a version before it.
    """
    heard: set[str] = set()
    found: list[Version] = []
    for value, backing in ranked:
        speaking = {e.entry.report.copies for e in backing}
        if not found or speaking - heard:
            found.append(version(value, backing))
            heard |= speaking
    return tuple(found) if len(found) > 1 else ()
