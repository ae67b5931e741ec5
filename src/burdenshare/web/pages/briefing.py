"""The briefing as a page, and as a file to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import HTMLResponse, Response

from burdenshare import brief
from burdenshare.brief.model import Briefing
from burdenshare.brief.summary import summary
from burdenshare.dossier import Dossier
from burdenshare.record import Entry
from burdenshare.web.problems import ProblemError
from burdenshare.web.registry import Page
from burdenshare.web.view import View, Viewing

router = APIRouter()
MOST_CLAIMS = 20_000  # behind one briefing; past it the sources would fill a book


@dataclass(frozen=True, slots=True)
class BriefingPage:
    """The briefing; `behind` gives the sources of a line."""

    b: Briefing
    behind: object
    shown: int


PAGE = Page("briefing", BriefingPage, "/brief", "more")


def entries_behind(view: View) -> list[Entry]:
    """The claims that the briefing rests on. Raises ProblemError where they are too many to set on a page."""
    known, case = view.snapshot.dossier, view.case
    wanted: list[str] = [i for line in summary(known, case) for i in line.support]
    for items in (known.rounds, known.tallies, known.positions, known.terms, known.settlements, known.contributions,
                  known.costs, known.headcounts, known.linkages, known.consequences, known.appointments, known.events,
                  known.statements[-200:]):  # fmt: skip
        for item in items:
            wanted += (*item.support, *item.dissent)
        if len(wanted) > MOST_CLAIMS:
            raise ProblemError(
                422, "too-many", f"More than {MOST_CLAIMS:,} claims stand behind this briefing, too many for a page.",
                "Write it to a file instead: burdenshare brief -o briefing.html",
            )  # fmt: skip
    for ids in [(*m.support, *m.dissent) for m in known.disagreements] + [
        (*m.support, *m.dissent) for m in known.not_held
    ]:
        wanted += ids
    for question in known.unknown:
        wanted += (*question.support, *question.dissent)
    return list(view.entries(wanted).values())


def context(view: View) -> BriefingPage:
    """The page's context."""
    from burdenshare.brief.citations import SHOWN
    from burdenshare.brief.render import compose

    b, citations = compose(view.snapshot.dossier, entries_behind(view), view.case)
    return BriefingPage(b, citations.behind, SHOWN)


@router.get("/{case}/brief", response_class=HTMLResponse, summary="The briefing")
def briefing(view: Viewing) -> Response:
    """The briefing, ready to print."""
    return view.page("briefing", lambda: context(view))


FORMS = {"html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8"}


@router.get("/{case}/brief/briefing.{form}", response_class=Response, summary="The briefing as a file")
def file(view: Viewing, form: Annotated[str, Path(pattern="^(html|md)$")]) -> Response:
    """The briefing to take away: one page that needs nothing else, or Markdown."""
    known: Dossier = view.snapshot.dossier
    entries: Sequence[Entry] = entries_behind(view)
    made = brief.html(known, entries, view.case) if form == "html" else brief.markdown(known, entries, view.case)
    day = view.as_of.isoformat() if view.as_of else "all"
    name = f"briefing-{view.case.id}-{day}.{form}"
    return Response(made, media_type=FORMS[form], headers={"content-disposition": f'attachment; filename="{name}"'})
