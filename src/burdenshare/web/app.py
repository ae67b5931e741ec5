"""The workbench as an ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

import burdenshare
from burdenshare import intake
from burdenshare.errors import BurdenshareError, RecordError
from burdenshare.record import Record
from burdenshare.web import registry, static
from burdenshare.web.api import costs as api_costs
from burdenshare.web.api import described
from burdenshare.web.api import outlook as api_outlook
from burdenshare.web.api import routes as api
from burdenshare.web.api import table as api_table
from burdenshare.web.desk import Desk
from burdenshare.web.pages import front, sign_in
from burdenshare.web.problems import ProblemError, shape
from burdenshare.web.safety.gate import Gate
from burdenshare.web.settings import Settings
from burdenshare.web.view import finished, frame, render, visitor

_PLAIN = {404: "not-found", 405: "method", 400: "bad-request", 413: "too-large"}
ERRORS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "What went wrong, in one shape; a page for people where the address is a page's.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}


def create_app(
    record: Record, settings: Settings | None = None, *, clock: Callable[[], datetime] = intake.now, warm: bool = False
) -> FastAPI:
    """The workbench on an open record; `warm` starts working out what its first page needs."""
    desk = Desk(record, settings or Settings(), clock=clock)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if warm:
            warm_up(desk)
        yield
        desk.close()

    app = FastAPI(
        title="burdenshare",
        version=burdenshare.__version__,
        summary="The record, the check, the cost and the outlook of talks on who pays for troops stationed abroad.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        responses=ERRORS,
    )
    app.state.desk = desk
    ours = (front, sign_in, static, described, api, api_costs, api_outlook, api_table)
    for router in (part.router for part in ours):
        app.include_router(router)
    for module in registry.modules():
        app.include_router(module.router, tags=["pages"])
    app.add_exception_handler(RequestValidationError, _wrong_request)
    app.add_exception_handler(HTTPException, _plain_problem)
    app.add_exception_handler(BurdenshareError, _problem)
    app.add_middleware(Gate, settings=desk.settings)
    return app


def warm_up(desk: Desk) -> None:
    """Begins to work out the newest state of the case shown first, in the background."""
    desk.forecasts.begin()
    for name in desk.names()[:1]:
        try:
            desk.snapshots.get(name, None, patience=0)
        except ProblemError:
            return


def _answer(request: Request, status: int, code: str, message: str, what_to_do: str) -> Response:
    if request.url.path.startswith("/api/") or "application/json" in request.headers.get("accept", ""):
        return JSONResponse(shape(code, message, what_to_do), status)
    who = visitor(request, None, request.cookies.get("burdenshare"))
    if status == 401:
        return RedirectResponse(sign_in.address(request), 303)
    context = front.Problem(status, code, message, what_to_do)
    try:
        response = finished(who, render("problem", frame(who, "problem", None, None), context), status)
    except Exception:  # whatever fails, the answer is a page that says so
        response = HTMLResponse("<!doctype html><title>burdenshare</title><p>The workbench failed.", status)
    if status == 503:
        response.headers["retry-after"] = "5"
    return response


async def _problem(request: Request, error: Exception) -> Response:
    if isinstance(error, ProblemError):
        return _answer(request, error.status, error.code, error.message, error.what_to_do)
    status, code = (503, "record") if isinstance(error, RecordError) else (400, "bad-input")
    return _answer(request, status, code, " ".join(str(error).split()), "Change what you gave and try again.")


async def _wrong_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(p) for p in first["loc"] if p not in ("query", "path", "body"))
    if first["loc"][:1] == ("path",):
        return _answer(request, 404, "not-found", "There is nothing at this address.", "Check the address.")
    return _answer(
        request, 422, "bad-request", f"{where or 'The request'}: {first['msg']}.", "Change it and try again."
    )


async def _plain_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _PLAIN.get(error.status_code, "bad-request")
    message = "There is nothing at this address." if error.status_code == 404 else f"{error.detail}."
    answer = _answer(request, error.status_code, code, message, "Check the address, or go to the front page.")
    answer.headers.update(error.headers or {})
    return answer
