"""The files the pages load from our own address: style sheets and scripts."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from burdenshare.web.problems import not_found

router = APIRouter(tags=["files"])
_TYPES = {"style.css": "text/css; charset=utf-8", "workbench.js": "text/javascript; charset=utf-8",
          "mark.svg": "image/svg+xml", "tools.css": "text/css; charset=utf-8",
          "live.js": "text/javascript; charset=utf-8"}  # fmt: skip


@lru_cache
def content(name: str) -> bytes:
    """A file's bytes."""
    return (resources.files("burdenshare.web.static") / name).read_bytes()


@lru_cache
def version() -> str:
    """8 hex digits over all files: a new program has new addresses, so that no browser shows an old style."""
    return hashlib.sha256(b"".join(content(name) for name in sorted(_TYPES))).hexdigest()[:8]


@router.get("/static/{name}", response_class=Response, summary="A file of the pages")
def file(name: Annotated[str, Path(max_length=40)]) -> Response:
    """The style sheet or the script."""
    if name not in _TYPES:
        raise not_found(f"file {name!r}")
    return Response(content(name), media_type=_TYPES[name], headers={"cache-control": "max-age=86400"})
