"""The briefing as a page, and as a file to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import HTMLResponse, Response

from burdenshare import brief
from burdenshare.brief.figures import Mark, Marks
from burdenshare.brief.language import ENGLISH, Tongue
from burdenshare.brief.model import Briefing, Section
from burdenshare.brief.outlook import section, section_in
from burdenshare.brief.summary import summary
from burdenshare.dossier.checks import Check
from burdenshare.outlook.track_record import stored
from burdenshare.record import Entry
from burdenshare.web.pages.talks import last_day
from burdenshare.web.problems import ProblemError
from burdenshare.web.registry import Page
from burdenshare.web.view import View, Viewing

router = APIRouter()
MOST_CLAIMS = 20_000  # behind one briefing; past it the sources would fill a book


@dataclass(frozen=True, slots=True)
class BriefingPage:
    """The briefing; `behind` gives the sources of a line, `mark` the verdict on its figures, `say` the words.

    `pending` while the figures are still being checked; such a page is not kept.
    """

    b: Briefing
    behind: Callable[[Sequence[str]], object]
    mark: Callable[[Sequence[str]], Mark | None]
    say: Tongue
    shown: int
    pending: bool


PAGE = Page("briefing", BriefingPage, "/brief", "more")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a briefing is composed of beside the dossier."""

    entries: list[Entry]
    checks: list[Check] | None  # None where the figures are not checked, or not yet
    outlook: Section | None


def parts(view: View) -> Parts:
    """The claims, verdicts and forecast behind the briefing of the page's day."""
    checked, known = view.checked, view.snapshot.dossier
    verdicts = [c for made in checked.of.values() for c in made] if checked.state == "done" else None
    ahead = None
    if known.reports:
        day = last_day(view)
        found, record = view.desk.forecasts.get(view.snapshot, day), stored(view.case, as_of=day)
        ahead = section(found, record) if view.t.tongue is ENGLISH else section_in(
            found, record, view.case, t=view.t.tongue
        )  # fmt: skip
    further = [c.claim for c in verdicts or () if c.wrong or c.verdict == "rounded"]
    further += [claim for line in ahead.lines for claim in line.support] if ahead else []
    return Parts(entries_behind(view, further), verdicts, ahead)


def entries_behind(view: View, further: Sequence[str]) -> list[Entry]:
    """The claims that the briefing rests on, and the `further` ones.

    Raises ProblemError where they are too many to set on a page.
    """
    known, case = view.snapshot.dossier, view.case
    wanted: list[str] = [*further]
    wanted += [i for line in summary(known, case) for i in line.support]
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

    made, say = parts(view), view.t.tongue
    b, citations = compose(
        view.snapshot.dossier, made.entries, view.case, checks=made.checks, outlook=made.outlook, t=say
    )
    mark = Marks(made.checks or (), t=say).behind
    return BriefingPage(b, citations.behind, mark, say, SHOWN, view.checked.pending)


@router.get("/{case}/brief", response_class=HTMLResponse, summary="The briefing")
def briefing(view: Viewing) -> Response:
    """The briefing, ready to print."""
    return view.page("briefing", lambda: context(view))


FORMS = {"html": "text/html; charset=utf-8", "md": "text/markdown; charset=utf-8"}


@router.get("/{case}/brief/briefing.{form}", response_class=Response, summary="The briefing as a file")
def file(view: Viewing, form: Annotated[str, Path(pattern="^(html|md)$")]) -> Response:
    """The briefing to take away: one page that needs nothing else, or Markdown."""
    known, made = view.snapshot.dossier, parts(view)
    write = brief.html if form == "html" else brief.markdown
    text = write(known, made.entries, view.case, checks=made.checks, outlook=made.outlook, t=view.t.tongue)
    day = view.as_of.isoformat() if view.as_of else "all"
    name = f"briefing-{view.case.id}-{day}.{form}"
    return Response(text, media_type=FORMS[form], headers={"content-disposition": f'attachment; filename="{name}"'})
