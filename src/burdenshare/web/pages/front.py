"""The way in: the cases there are, the choice of look and language, and the page that says what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.responses import HTMLResponse, RedirectResponse, Response

from burdenshare.web import wording
from burdenshare.web.language import LANGUAGES
from burdenshare.web.view import THEMES, Visitor, admitted, finished, frame, from_our_page, render, set_choice, visitor

router = APIRouter(tags=["pages"])


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of the record and how many claims stand for it."""

    id: str
    title: str
    claims: int


@dataclass(frozen=True, slots=True)
class Front:
    """The page of the cases."""

    lines: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """The page that says what went wrong, and what to do."""

    status: int
    code: str
    message: str
    what_to_do: str


@router.get("/", response_class=HTMLResponse, summary="The cases")
def cases(visitor: Annotated[Visitor, Depends(admitted)]) -> Response:
    """The cases to choose from; with one case its own front page."""
    desk = visitor.desk
    names = desk.names()
    if desk.settings.case or len(names) == 1:
        return RedirectResponse(f"/{names[0]}", 303)
    held = desk.held()
    lines = tuple(CaseLine(n, wording.names_in(desk.case(n).title, visitor.lang), held.get(n, 0)) for n in names)
    return finished(visitor, render("front", frame(visitor, "front", None, None), Front(lines)))


@router.post("/preferences", response_class=RedirectResponse, status_code=303, summary="Look and language")
async def preferences(
    visitor: Annotated[Visitor, Depends(visitor)],
    theme: Annotated[str, Form()] = "",
    lang: Annotated[str, Form()] = "",
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Remembers a choice and goes back to the page it was made on."""
    await from_our_page(visitor)
    here = back if back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() else "/"
    response = RedirectResponse(here, 303)
    if theme in THEMES:
        set_choice(visitor, response, "theme", theme)
    if lang in LANGUAGES:
        set_choice(visitor, response, "lang", lang)
    return response
