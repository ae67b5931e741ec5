"""The briefing as Markdown and as one self-contained HTML page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from burdenshare.brief import figures, matters, money, wording
from burdenshare.brief.chronology import chronology
from burdenshare.brief.citations import SHOWN, Citations
from burdenshare.brief.language import ENGLISH, Tongue
from burdenshare.brief.model import Briefing, Section
from burdenshare.brief.summary import summary
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
    t: Tongue = ENGLISH,
) -> tuple[Briefing, Citations]:
    """The briefing's content, and the words behind each of its lines; with `checks` a section on doubtful figures,
    with `outlook` (`burdenshare.brief.outlook`) that section. `t` is the language (`burdenshare.brief.tongue`)."""
    by_id = {e.id: e for e in entries}
    lead = summary(dossier, case, t=t)
    doubtful = (figures.careful(checks, t=t),) if checks is not None else ()
    sections = (
        chronology(dossier, case, t=t),
        money.positions(dossier, case, t=t),
        money.money_terms(dossier, case, t=t),
        *((outlook,) if outlook is not None else ()),
        *doubtful,
        matters.linkages(dossier, by_id, case, t=t),
        matters.statements(dossier, by_id, case, t=t),
        matters.disagreements(dossier, case, t=t),
        matters.not_known(dossier, case, t=t),
    )
    cited = [c for line in lead for c in line.support]
    for section in sections:
        cited += _cited(section)
    citations = Citations(entries, cited, t=t)
    name = t.agreement_name(dossier.talks, case)
    subject = t("title.talks", name=name) if dossier.talks else t("title.no_talks")
    until = t("title.as_of", when=t.date_words(dossier.as_of)) if dossier.as_of else t("title.all")
    reports = t.counted(dossier.reports, "report")
    basis = (
        t("based.reports", reports=reports)
        if dossier.voices == dossier.reports
        else t("based.voices", reports=reports, voices=t.counted(dossier.voices, "voice"))
    )
    briefing = Briefing(
        title=t.first_name(case.title) or case.id,
        subtitle=f"{subject}, {until}",
        basis=basis,
        summary=lead,
        sections=sections,
        sources=citations.sources,
        left_out=tuple(_left_out(dossier, t)),
        legend=t("figures.legend") if checks is not None else "",
    )
    return briefing, citations


def _cited(section: Section) -> list[str]:
    lines = [*section.lines, *(line for _, more in section.more for line in more)]
    rows = [row for table in section.tables for row in table.rows]
    return [c for line in lines for c in line.support] + [c for row in rows for c in row.support]


def _left_out(dossier: Dossier, t: Tongue) -> list[str]:
    words = []
    for r in dossier.left_out:
        later = r.why == "later" and r.published
        why = t("left_out.later", when=t.date_words(r.published or "")) if later else t("dated-by.unknown")
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
    environment.filters["capital"] = wording.capital
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
    t: Tongue = ENGLISH,
) -> str:
    """The briefing as Markdown; lines cite the quotes in the list of sources at its end, marks their footnotes."""
    briefing, citations = compose(dossier, entries, case, checks=checks, outlook=outlook, t=t)
    marks, notes = figures.Marks(checks or (), t=t), _Footnotes()

    def cite(support: Sequence[str]) -> Markup:
        labels = [q.label for c in citations.behind(support) for q in c.quotations]
        shown = [f"[{label}](#s{label})" for label in labels[:SHOWN]]
        more = t("page.more", number=len(labels) - SHOWN) if len(labels) > SHOWN else ""
        mark = marks.behind(support)
        return Markup((f" [{', '.join(shown)}{more}]" if shown else "") + (notes.cite(mark) if mark else ""))

    text = _environment(page=False).get_template("briefing.md.j2").render(b=briefing, cite=cite, t=t)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n" + notes.text()


# -- HTML -------------------------------------------------------------------------------------------------------


def html(
    dossier: Dossier,
    entries: Sequence[Entry],
    case: Case,
    *,
    checks: Sequence[Check] | None = None,
    outlook: Section | None = None,
    t: Tongue = ENGLISH,
) -> str:
    """The briefing as one HTML page that needs nothing else: no script, no other file, no network."""
    briefing, citations = compose(dossier, entries, case, checks=checks, outlook=outlook, t=t)
    marks = figures.Marks(checks or (), t=t)
    environment = _environment(page=True)
    style = environment.loader.get_source(environment, "style.css")[0] if environment.loader else ""
    template = environment.get_template("briefing.html.j2")
    page = template.render(
        b=briefing, behind=citations.behind, mark=marks.behind, shown=SHOWN, style=Markup(style), t=t
    )
    return page + "\n"


def write(
    dossier: Dossier,
    entries: Sequence[Entry],
    case: Case,
    path: str | Path,
    *,
    checks: Sequence[Check] | None = None,
    outlook: Section | None = None,
    t: Tongue = ENGLISH,
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
        target.write_text(
            make(dossier, entries, case, checks=checks, outlook=outlook, t=t), encoding="utf-8", newline="\n"
        )
    except OSError as error:
        raise BurdenshareError(f"the briefing could not be written to {target}: {error.strerror or error}") from error
    return target
