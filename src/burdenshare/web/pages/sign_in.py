"""Signing in and out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from burdenshare.web.problems import ProblemError
from burdenshare.web.safety import tokens
from burdenshare.web.view import Visitor, finished, frame, from_our_page, keep_cookie, render, visitor

router = APIRouter(tags=["pages"])


@dataclass(frozen=True, slots=True)
class SignIn:
    """The form; `wrong` and `wait` (seconds) say why one is here again."""

    back: str
    wrong: bool
    wait: int


def address(request: Request) -> str:
    """Where to sign in, and come back from."""
    path = request.url.path if request.method == "GET" else "/"
    query = f"?{request.url.query}" if request.url.query and request.method == "GET" else ""
    return f"/sign-in?{urlencode({'back': path + query})}"


def _inside(back: str) -> str:
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() else "/"


def _form(visitor: Visitor, context: SignIn, status: int = 200) -> Response:
    return finished(visitor, render("sign_in", frame(visitor, "sign_in", None, None), context), status)


@router.get("/sign-in", response_class=HTMLResponse, summary="Sign in")
def form(visitor: Annotated[Visitor, Depends(visitor)], back: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The form to sign in with."""
    return _form(visitor, SignIn(_inside(back), False, 0))


@router.post("/sign-in", response_class=HTMLResponse, summary="Sign in", responses={303: {"description": "Signed in"}})
async def sign_in(
    visitor: Annotated[Visitor, Depends(visitor)],
    name: Annotated[str, Form(max_length=80)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Begins a session. After a few wrong tries one has to wait."""
    from starlette.concurrency import run_in_threadpool

    await from_our_page(visitor)
    desk = visitor.desk
    client = visitor.request.client.host if visitor.request.client else ""
    keys = (f"name:{name.casefold()}", f"from:{client}")
    wait = desk.tries.wait(keys, desk.monotonic())
    if wait:
        response = _form(visitor, SignIn(_inside(back), False, int(wait) + 1), 429)
        response.headers["retry-after"] = str(int(wait) + 1)
        return response
    token = await run_in_threadpool(desk.accounts.sign_in, name, password)
    if token is None:
        desk.tries.wrong(keys, desk.monotonic())
        return _form(visitor, SignIn(_inside(back), True, 0), 401)
    desk.tries.right(keys)
    response = RedirectResponse(_inside(back), 303)
    keep_cookie(visitor, response, token)
    return response


@router.post("/sign-out", response_class=RedirectResponse, status_code=303, summary="Sign out")
async def sign_out(visitor: Annotated[Visitor, Depends(visitor)]) -> Response:
    """Ends the session, here and on the server."""
    await from_our_page(visitor)
    if not visitor.desk.settings.sign_in:
        raise ProblemError(400, "no-accounts", "Nobody signs in here.", "Go back to the page you came from.")
    visitor.desk.accounts.sign_out(visitor.cookie)
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(tokens.COOKIE, httponly=True, samesite="strict")
    return response
