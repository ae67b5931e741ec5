"""The briefing as Markdown and as one self-contained HTML page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from burdenshare.brief import figures, matters, money
from burdenshare.brief.chronology import chronology
from burdenshare.brief.citations import SHOWN, Citations
from burdenshare.brief.model import Briefing, Section
from burdenshare.brief.summary import summary
from burdenshare.brief.wording import agreement_name, capital, counted, date_words, first_name
from burdenshare.case import Case
from burdenshare.dossier import Dossier
from burdenshare.dossier.checks import Check
from burdenshare.errors import BurdenshareError
from burdenshare.record import Entry

_SPECIAL = re.compile(r"([\\`*_\[\]|~])")
_WEB = re.compile(r"https?://[^\s\"'<>]+")


def compose(
    dossier: Dossier,
    entries: Sequence[Entry],
    case: Case,
    *,
    checks: Sequence[Check] | None = None,
    outlook: Section | None = None,
) -> tuple[Briefing, Citations]:
    """The briefing's content, and the words behind each of its lines; with `checks` a section on doubtful figures,
    with `outlook` (`burdenshare.brief.outlook`) that section."""
    by_id = {e.id: e for e in entries}
    lead = summary(dossier, case)
    doubtful = (figures.careful(checks),) if checks is not None else ()
    sections = (
        chronology(dossier, case),
        money.positions(dossier, case),
        money.money_terms(dossier, case),
        *((outlook,) if outlook is not None else ()),
        *doubtful,
        matters.linkages(dossier, by_id, case),
        matters.statements(dossier, by_id, case),
        matters.disagreements(dossier),
        matters.not_known(dossier, case),
    )
    cited = [c for line in lead for c in line.support]
    for section in sections:
        cited += _cited(section)
    citations = Citations(entries, cited)
    title = first_name(case.title) or case.id
    subject = f"Talks on {agreement_name(dossier.talks, case)}" if dossier.talks else "No talks identified"
    until = f"as of {date_words(dossier.as_of)}" if dossier.as_of else "by all reports in the record"
    voices = (
        ""
        if dossier.voices == dossier.reports
        else f", {counted(dossier.voices, 'voice')} once copies are counted as one"
    )
    briefing = Briefing(
        title=title,
        subtitle=f"{subject}, {until}",
        basis=f"Based on {counted(dossier.reports, 'report')}{voices}.",
        summary=lead,
        sections=sections,
        sources=citations.sources,
        left_out=tuple(_left_out(dossier)),
        legend=figures.LEGEND if checks is not None else "",
    )
    return briefing, citations


def _cited(section: Section) -> list[str]:
    lines = [*section.lines, *(line for _, more in section.more for line in more)]
    rows = [row for table in section.tables for row in table.rows]
    return [c for line in lines for c in line.support] + [c for row in rows for c in row.support]


def _left_out(dossier: Dossier) -> list[str]:
    words = []
    for r in dossier.left_out:
        why = f"published {date_words(r.published)}, later" if r.why == "later" and r.published else "date not known"
        words.append(f"{r.outlet or r.title or r.origin}: {why}")
    return words


# -- Markdown ---------------------------------------------------------------------------------------------------


def _escaped(value: Any) -> str:
    """Text as Markdown shows it and nothing else: no markup, no link, no heading."""
    if isinstance(value, Markup):
        return str(value)
    text = " ".join(str(value).split())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"^(\d*)([#+\-.)])(?=\s)", r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


@lru_cache
def _environment(*, page: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("burdenshare.brief"),
        autoescape=page,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=(lambda v: v) if page else _escaped,
    )
    environment.filters["capital"] = capital
    environment.filters["raw"] = Markup
    environment.filters["web"] = lambda url: url if _WEB.fullmatch(url) else ""
    return environment


class _Footnotes:
    """The workings behind the marks of a Markdown briefing, each set once, numbered as they come."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[figures.Working, ...], int] = {}

    def cite(self, mark: figures.Mark) -> str:
        """The mark with the reference to its footnote."""
        number = self._numbers.setdefault(mark.workings, len(self._numbers) + 1)
        return f" {mark.sign}[^c{number}]"

    def text(self) -> str:
        """The footnotes."""
        out = []
        for workings, number in self._numbers.items():
            parts = [f"{w.verdict}: {w.arithmetic}" + (f" ({w.held})" if w.held else "") for w in workings]
            out.append(f"[^c{number}]: {_escaped('; '.join(parts))}.\n")
        return "\n" + "\n".join(out) if out else ""


def markdown(
    dossier: Dossier,
    entries: Sequence[Entry],
    case: Case,
    *,
    checks: Sequence[Check] | None = None,
    outlook: Section | None = None,
) -> str:
    """The briefing as Markdown; lines cite the quotes in the list of sources at its end, marks their footnotes."""
    briefing, citations = compose(dossier, entries, case, checks=checks, outlook=outlook)
    marks, notes = figures.Marks(checks or ()), _Footnotes()

    def cite(support: Sequence[str]) -> Markup:
        labels = [q.label for c in citations.behind(support) for q in c.quotations]
        shown = [f"[{label}](#s{label})" for label in labels[:SHOWN]]
        more = f" +{len(labels) - SHOWN} more" if len(labels) > SHOWN else ""
        mark = marks.behind(support)
        return Markup((f" [{', '.join(shown)}{more}]" if shown else "") + (notes.cite(mark) if mark else ""))

    text = _environment(page=False).get_template("briefing.md.j2").render(b=briefing, cite=cite)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n" + notes.text()


# -- HTML -------------------------------------------------------------------------------------------------------


def html(
    dossier: Dossier,
    entries: Sequence[Entry],
    case: Case,
    *,
    checks: Sequence[Check] | None = None,
    outlook: Section | None = None,
) -> str:
    """The briefing as one HTML page that needs nothing else: no script, no other file, no network."""
    briefing, citations = compose(dossier, entries, case, checks=checks, outlook=outlook)
    marks = figures.Marks(checks or ())
    environment = _environment(page=True)
    style = environment.loader.get_source(environment, "style.css")[0] if environment.loader else ""
    template = environment.get_template("briefing.html.j2")
    page = template.render(b=briefing, behind=citations.behind, mark=marks.behind, shown=SHOWN, style=Markup(style))
    return page + "\n"


def write(
    dossier: Dossier,
    entries: Sequence[Entry],
    case: Case,
    path: str | Path,
    *,
    checks: Sequence[Check] | None = None,
    outlook: Section | None = None,
) -> Path:
    """Writes the briefing as the path's ending says (.html, .htm, .md) and gives the path.

    Raises BurdenshareError where the ending is another one or the file cannot be written.
    """
    target = Path(path)
    makers = {".html": html, ".htm": html, ".md": markdown}
    make = makers.get(target.suffix.lower())
    if make is None:
        raise BurdenshareError(
            f"a briefing is written as .html or .md; give a path that ends in one of these, not {target.name!r}"
        )
    try:
        target.write_text(make(dossier, entries, case, checks=checks, outlook=outlook), encoding="utf-8", newline="\n")
    except OSError as error:
        raise BurdenshareError(f"the briefing could not be written to {target}: {error.strerror or error}") from error
    return target
