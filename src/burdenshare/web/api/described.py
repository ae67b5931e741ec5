"""The description of the API: the OpenAPI document, and a page of it that needs nothing from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from burdenshare.web.view import Visitor, finished, frame, render, visitor

router = APIRouter(tags=["API"])


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a call."""

    name: str
    where: str
    type: str
    words: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call."""

    method: str
    path: str
    summary: str
    words: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Api:
    """The calls by kind, those of the API first."""

    groups: tuple[tuple[str, tuple[Call, ...]], ...]


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the shape of errors in it."""
    from burdenshare.web.api.routes import Problem

    made = app.openapi()
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    if "Problem" not in schemas:
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs", {}))
        schemas["Problem"] = problem
    return made


def calls(app: FastAPI) -> Api:
    """Every call of the document."""
    groups: dict[str, list[Call]] = {"API": []}
    for path, methods in document(app)["paths"].items():
        for method, call in methods.items():
            parameters = tuple(
                Parameter(p["name"], p["in"], _type(p.get("schema", {})), p.get("description", ""))
                for p in call.get("parameters", ())
            )
            made = Call(method.upper(), path, call.get("summary", ""), call.get("description", ""), parameters)
            groups.setdefault((call.get("tags") or ["pages"])[0], []).append(made)
    return Api(tuple((tag, tuple(found)) for tag, found in groups.items()))


def _type(schema: dict[str, Any]) -> str:
    options = schema.get("anyOf") or [schema]
    words = [str(o.get("format") or o.get("type", "")) for o in options if o.get("type") != "null"]
    return " or ".join(w for w in words if w)


@router.get("/api/v1", response_class=HTMLResponse, summary="The calls as a page")
def page(visitor: Annotated[Visitor, Depends(visitor)], request: Request) -> Response:
    """The calls of the API, to read."""
    return finished(visitor, render("api", frame(visitor, "api", None, None), calls(request.app)))


@router.get("/api/v1/openapi.json", response_class=JSONResponse, summary="The OpenAPI document")
def openapi(request: Request) -> Response:
    """The description for programs."""
    return JSONResponse(document(request.app))
