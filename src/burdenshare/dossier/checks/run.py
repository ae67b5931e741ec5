"""Every figure of every claim through every family of checks, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from burdenshare.case import Case
from burdenshare.dossier.build import used_by
from burdenshare.dossier.checks.changes import changes
from burdenshare.dossier.checks.conversions import conversions
from burdenshare.dossier.checks.counts import counts
from burdenshare.dossier.checks.history import History
from burdenshare.dossier.checks.model import Check, Finding
from burdenshare.dossier.checks.payments import payments
from burdenshare.dossier.checks.people import headcounts
from burdenshare.dossier.checks.reports import against_reports, things
from burdenshare.dossier.checks.shares import shares
from burdenshare.dossier.checks.sums import sums
from burdenshare.dossier.checks.superlatives import superlatives
from burdenshare.dossier.checks.sureness import sure
from burdenshare.dossier.checks.terms import terms
from burdenshare.dossier.checks.view import View
from burdenshare.dossier.checks.words import Words
from burdenshare.dossier.timeline import Calendar, gather
from burdenshare.record import Entry
from burdenshare.sources import Document

FAMILIES: tuple[Callable[[View], Iterator[Finding]], ...] = (
    payments, conversions, changes, superlatives, shares, sums, counts, terms, headcounts,
)  # fmt: skip


def checks(
    entries: Sequence[Entry],
    case: Case,
    *,
    as_of: date | None = None,
    documents: Mapping[str, Document] | None = None,
) -> tuple[Check, ...]:
    """Every figure held to the case's history and the other reports, by report date and place in the text.

    `documents` are the reports by id (`Record.document`): superlatives, counts of the year and much of the caution
    need the words around a claim, and where a report's text is not at hand its figures are at worst
    "cannot be checked". With `as_of` only reports published by that day are used. The same in, the same out.
    """
    used = used_by(entries, case, as_of)
    evidence = gather(used, Calendar.of(case))
    history = History(case, by=as_of)
    words = Words(case, used, documents or {})
    by_report: dict[str, list[Entry]] = {}
    by_kind: dict[str, list[Entry]] = {}
    for e in evidence:
        by_report.setdefault(e.entry.report.id, []).append(e.entry)
        by_kind.setdefault(e.claim.kind, []).append(e.entry)
    same_thing = things(evidence)
    out = []
    for e in evidence:
        if e.entry.decision == "reject" or e.claim.modality == "denied":
            continue
        view = View(e, history, words, by_report[e.entry.report.id], by_kind)
        for family in FAMILIES:
            out += [_check(e.entry, sure(view, f)) for f in family(view)]
        out += [_check(e.entry, sure(view, f)) for f in against_reports(view, same_thing)]
    return _with_doubt(out)


def _check(entry: Entry, f: Finding) -> Check:
    return Check(
        entry.id, entry.report.id, entry.claim.quote, entry.claim.kind, f.field, f.family, f.verdict, f.arithmetic,
        f.against,
    )  # fmt: skip


# Families whose figures a report may give twice: where it has one of them right, the other words are of something else
# as likely as they are wrong.
_TWICE = ("contribution", "percentage", "length", "date")


def _with_doubt(found: Sequence[Check]) -> tuple[Check, ...]:
    """The checks, without calling a figure wrong where the report itself has elsewhere what it was held to."""
    right = {(c.source, c.family, c.against[0].what) for c in found if c.verdict == "consistent" and c.against}
    out = []
    for c in found:
        if c.wrong and c.family in _TWICE and c.against and (c.source, c.family, c.against[0].what) in right:
            words = f"{c.arithmetic}; but the report has that elsewhere, so these words may be of something else"
            c = replace(c, verdict="cannot be checked", arithmetic=words)
        out.append(c)
    return tuple(out)
