"""The places one text was met at, and which of them speaks for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from burdenshare import edtf
from burdenshare.record.model import Report
from burdenshare.sources.document import DateBasis, Document, Published, Stretch


@dataclass(frozen=True, slots=True)
class Sighting:
    """One meeting with a text. `id` orders them in time; `stretches` may be left unread (None)."""

    id: int
    document: str
    origin: str
    outlet: str
    url: str
    title: str
    byline: str
    lang: str
    media_type: str
    published: str | None
    basis: DateBasis
    how: tuple[str, ...]
    stretches: tuple[tuple[int, int, str], ...] | None = None

    @property
    def latest(self) -> date | None:
        """The last day it may have come out on; None where that is not known."""
        return edtf.parse(self.published).latest if self.published else None


def fields_of(document: Document, *, id: str = "") -> dict[str, Any]:
    """The columns of a sighting of this document, but for its id and time; `id` is the document's, where known."""
    when = document.published.when
    return {
        "document": id or document.id,
        "origin": document.origin,
        "outlet": document.outlet,
        "url": document.url,
        "title": document.title,
        "byline": document.byline,
        "lang": document.lang,
        "media_type": document.media_type,
        "stretches": [[s.start, s.end, s.kind] for s in document.stretches],
        "published": when.text if when else None,
        "basis": document.published.basis,
        "how": list(document.published.how),
    }


_canonical = json.JSONEncoder(sort_keys=True).encode  # made once: json.dumps makes one a call


def fingerprint(fields: Mapping[str, Any]) -> str:
    """16 hex digits over the fields."""
    return hashlib.sha256(_canonical(fields).encode()).hexdigest()[:16]


def reading_print(document: Document) -> str:
    """16 hex digits over all a reader can see of a document beside its text, but not where it lay."""
    return print_as_read(fields_of(document))


def print_as_read(fields: Mapping[str, Any]) -> str:
    """The `reading_print` of the document with these fields."""
    return fingerprint({k: v for k, v in fields.items() if k not in ("origin", "how")})


def of(document: Document, *, id: int) -> Sighting:
    """The sighting that keeping this document would add."""
    fields = fields_of(document)
    stretches = tuple((s.start, s.end, s.kind) for s in document.stretches)
    return Sighting(**{**fields, "id": id, "how": document.published.how, "stretches": stretches})


def speaking(sightings: Iterable[Sighting], *, as_of: date | None = None) -> Sighting | None:
    """The sighting that speaks for a text: the first one published.

    At one origin the newest sighting counts, unless someone gave the date by hand: then the newest of those. With
    `as_of` only what was out by then is looked at, a span counting from its end; None where nothing was.
    """
    by_origin: dict[str, Sighting] = {}
    for s in sorted(sightings, key=lambda s: s.id):
        former = by_origin.get(s.origin)
        if former is None or s.basis == "given" or former.basis != "given":
            by_origin[s.origin] = s
    dated = [(s.latest or date.max, s.origin, s) for s in by_origin.values()]
    if as_of is not None:
        dated = [d for d in dated if d[2].latest is not None and d[0] <= as_of]
    return min(dated, key=lambda d: d[:2])[2] if dated else None


def published(sighting: Sighting) -> Published:
    """When the report came out, as that sighting has it."""
    when = edtf.parse(sighting.published) if sighting.published else None
    return Published(when, sighting.basis, sighting.how)


def report(sighting: Sighting, *, copies: str) -> Report:
    """The report without its text."""
    s = sighting
    return Report(s.document, s.origin, s.title, s.outlet, s.byline, s.url, s.lang, published(s), copies)


def laid_over(document: Document, sighting: Sighting) -> Document:
    """The document as that sighting has it."""
    assert sighting.stretches is not None
    return replace(
        document,
        stretches=tuple(Stretch(a, b, kind) for a, b, kind in sighting.stretches),  # type: ignore[arg-type]
        origin=sighting.origin,
        outlet=sighting.outlet,
        url=sighting.url,
        title=sighting.title,
        byline=sighting.byline,
        lang=sighting.lang,
        media_type=sighting.media_type,
        published=published(sighting),
    )
