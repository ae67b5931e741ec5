"""The numbered list of sources and, for every line, the words behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from burdenshare.brief.language import ENGLISH, Tongue
from burdenshare.brief.model import Quotation, Source
from burdenshare.record import Entry, Report

# A line with more sources than this shows the first ones and how many more there are.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Cited:
    """One source of a line with its words."""

    source: Source
    quotations: tuple[Quotation, ...]


def _letter(index: int) -> str:
    """a, b, ... z, aa, ab."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def name(report: Report) -> str:
    """The outlet; where it is not known, the title or where the report was read from."""
    return report.outlet or report.title or PurePath(report.origin).name or report.origin


def how_known(report: Report, *, t: Tongue = ENGLISH) -> str:
    """How the report's date is known, with the evidence where it is worded in the briefing's language."""
    published = report.published
    known = published.when is not None or published.basis != "given"
    basis = t.of("dated-by", published.basis if known else "unknown")
    if t is not ENGLISH:
        return basis
    return ": ".join([basis, " ".join(published.how).rstrip(".")]) if published.how else basis


class Citations:
    """The sources of a briefing, numbered by date of publication, and the words of each claim cited."""

    def __init__(self, entries: Sequence[Entry], cited: Iterable[str], *, t: Tongue = ENGLISH) -> None:
        wanted = set(cited)
        by_report: dict[str, dict[str, Entry]] = {}
        for entry in sorted(entries, key=lambda e: (e.claim.start, e.id)):
            if entry.id in wanted:
                by_report.setdefault(entry.report.id, {})[entry.id] = entry
        reports = sorted((next(iter(g.values())).report for g in by_report.values()), key=_by_date)
        numbers = {r.id: n for n, r in enumerate(reports, 1)}
        first_of: dict[str, int] = {}
        for r in reports:
            first_of.setdefault(r.copies, numbers[r.id])
        self.sources: tuple[Source, ...] = tuple(
            _source(r, numbers[r.id], list(by_report[r.id].values()), first_of[r.copies], t) for r in reports
        )
        self._of: dict[str, tuple[Source, Quotation]] = {q.claim: (s, q) for s in self.sources for q in s.quotations}

    def behind(self, support: Sequence[str]) -> tuple[Cited, ...]:
        """The sources of a line in the order of their numbers, each with the words that bear on the line."""
        grouped: dict[int, tuple[Source, list[Quotation]]] = {}
        for claim in support:
            if claim in self._of:
                source, quotation = self._of[claim]
                grouped.setdefault(source.number, (source, []))[1].append(quotation)
        return tuple(
            Cited(s, tuple(sorted(set(qs), key=lambda q: (len(q.label), q.label))))
            for _, (s, qs) in sorted(grouped.items())
        )


def _by_date(report: Report) -> tuple[date, str, str]:
    when = report.published.when
    return ((when.latest if when else None) or date.max, name(report), report.id)


def _source(report: Report, number: int, entries: Sequence[Entry], first: int, t: Tongue) -> Source:
    many = len(entries) > 1
    quotations = tuple(
        Quotation(
            label=f"{number}{_letter(i)}" if many else str(number),
            claim=e.id,
            words=" ".join(e.claim.quote.split()),
            said_by=e.claim.said_by,
            review=t.of("reviewed", e.decision) if t.knows("reviewed", e.decision) else "",
        )
        for i, e in enumerate(entries)
    )
    when = report.published.when
    return Source(
        number=number,
        report=report,
        name=name(report),
        published=t.date_words(when.text) if when else t("dated-by.unknown"),
        how=how_known(report, t=t),
        quotations=quotations,
        copy_of=first if first != number else None,
    )
