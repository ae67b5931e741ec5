"""Who is behind a value, and which of several values to show.

A voice is a group of copies of one report. The value shown is the one most voices can stand behind; an
accepted review breaks a tie, then the finer value, then the later report.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, TypeVar

from burdenshare.dossier.contest import Contest, near
from burdenshare.dossier.model import Version
from burdenshare.dossier.timeline import Evidence

T = TypeVar("T", bound=Hashable)


def ids(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Claim ids in the fixed order, each once."""
    if isinstance(evidence, (list, tuple)) and len(evidence) == 1:
        return (evidence[0].entry.id,)
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
    if isinstance(evidence, (list, tuple)) and len(evidence) == 1:
        return (name(evidence[0]),)
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
    precise: Callable[[T], bool] | None = None,
    reach: Callable[[T], tuple[Any, Any]] | None = None,
) -> list[tuple[T, list[Evidence]]]:
    """The values on offer with the evidence each can stand with, the one to show first.

    Evidence is counted with the first value it agrees with, so that no voice is counted twice.
    Evidence without a value for the field is left out. A value that is not `precise` (a month agrees with
    each of its days) comes first only where more voices contradict the best precise one than back it.
    `reach` gives the two ends of what a value may stand for, where only values that meet can agree.
    """
    said: dict[T, list[Evidence]] = {}
    for e in evidence:
        value = value_of(e)
        if value is not None:
            said.setdefault(value, []).append(e)
    if len(said) < 2:
        return list(said.items())
    values = list(said)
    contest = Contest(values, [said[v] for v in values], near(values, agree, reach), fineness, precise)
    return [(values[i], [e for j in with_it for e in said[values[j]]]) for i, with_it in contest.run()]


def versions(ranked: Sequence[tuple[Any, Sequence[Evidence]]]) -> tuple[Version, ...]:
    """The versions of a disputed field; empty where all agree.

    A report that contradicts itself is no second voice: a rival needs one that is not behind a version before it.
    """
    if len(ranked) < 2:
        return ()
    heard: set[str] = set()
    found: list[tuple[Any, Sequence[Evidence]]] = []
    for value, backing in ranked:
        speaking = {e.entry.report.copies for e in backing}
        if not found or speaking - heard:
            found.append((value, backing))
            heard |= speaking
    return tuple(version(value, backing) for value, backing in found) if len(found) > 1 else ()
