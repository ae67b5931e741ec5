"""Adding reports: files dropped or chosen, text pasted, addresses; a line a report while they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, File, Form, Path, UploadFile
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from burdenshare import edtf
from burdenshare.arrival import AUTO
from burdenshare.errors import RefusedError, SourceError
from burdenshare.intake import Line
from burdenshare.sources.bounds import FILE_BYTES, NAMES
from burdenshare.web.adding import Job, addresses, file_name
from burdenshare.web.problems import not_found
from burdenshare.web.registry import Page
from burdenshare.web.view import Changing, View, Viewing, require

router = APIRouter()
MOST_FILES = 200  # in one go


@dataclass(frozen=True, slots=True)
class Add:
    """The form."""

    largest: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: the lines so far, each report's own page where it has one."""

    total: int
    lines: tuple[Line, ...]
    done: bool
    fault: str
    claims: int


PAGES = (Page("add", Add), Page("adding", Progress))


@router.get("/{case}/reports/add", response_class=HTMLResponse, summary="Add reports")
def form(view: Viewing) -> Response:
    """The form to add reports with."""
    require(view.visitor, "editor")
    return view.page("add", lambda: Add(NAMES["FILE_BYTES"]))


async def _files(files: list[UploadFile]) -> dict[str, bytes]:
    held: dict[str, bytes] = {}
    for file in files[:MOST_FILES]:
        if not file.filename and not file.size:
            continue
        data = await file.read(FILE_BYTES + 1)
        name = file_name(file.filename or "")
        if len(data) > FILE_BYTES:
            raise RefusedError(f"{name} is larger than the bound of {NAMES['FILE_BYTES']}; send a smaller one.")
        while name in held:
            name = f"copy of {name}"
        held[name] = data
    return held


def _date(text: str) -> str | None:
    if not text.strip():
        return None
    try:
        return edtf.parse(text.strip()).text
    except ValueError as error:
        raise SourceError(f"The date: {error}.") from error


@router.post("/{case}/reports/add", response_class=RedirectResponse, status_code=303, summary="Add reports")
async def post(
    view: Changing,
    files: Annotated[list[UploadFile] | None, File(description="Files of any kind the reader knows.")] = None,
    text: Annotated[str, Form(description="A pasted report.")] = "",
    title: Annotated[str, Form(max_length=200, description="What to call the pasted text.")] = "",
    urls: Annotated[str, Form(max_length=20_000, description="Addresses, one a line.")] = "",
    published: Annotated[str, Form(max_length=40, description="When they came out, as EDTF.")] = "",
    outlet: Annotated[str, Form(max_length=200, description="Who published them.")] = "",
    only: Annotated[
        str, Form(max_length=8, description="`case` to read them for this case whatever they are about.")
    ] = "",
) -> Response:
    """Begins to read reports into the record; the answer leads to the page that shows how far it is."""
    require(view.visitor, "editor")
    held = await _files(files or [])
    if text.strip():
        held[file_name(title) if title.strip() else "pasted.txt"] = text.replace("\r\n", "\n").encode()
    fetched = addresses(urls)
    if not held and not fetched:
        raise SourceError("Nothing was given to read; choose files, paste a text or give an address.")
    case = view.case.path or view.case.id if only == "case" else AUTO
    job = view.desk.adding.start(held, fetched, case=case, published=_date(published), outlet=outlet.strip() or None)
    if "application/json" in view.visitor.request.headers.get("accept", ""):
        return JSONResponse({"job": job.id, "href": view.url(f"/adding/{job.id}")}, 202)
    return RedirectResponse(view.url(f"/adding/{job.id}"), 303)


def progress(job: Job) -> Progress:
    """How far a job is."""
    done = job.done
    lines = tuple(job.lines)
    return Progress(job.total, lines, done, job.fault, sum(line.claims for line in lines))


def _job(view: View, id_: str) -> Job:
    job = view.desk.adding.get(id_)
    if job is None:
        raise not_found("such job; the record has what it read")
    if job.done:
        view.desk.changed()
    return job


@router.get("/{case}/adding/{job}", response_class=HTMLResponse, summary="How far reading is")
def adding(view: Viewing, job: Annotated[str, Path(max_length=32)]) -> Response:
    """A line a report; asks again by itself while reports are read."""
    require(view.visitor, "editor")
    found = progress(_job(view, job))
    if "application/json" in view.visitor.request.headers.get("accept", ""):
        lines = [{"origin": x.origin, "status": x.status, "claims": x.claims, "why": x.why} for x in found.lines]
        return JSONResponse({"total": found.total, "done": found.done, "fault": found.fault, "lines": lines})
    return view.page("adding", lambda: found, keep=False)
