"""Plain text becomes a `Document`: the text unchanged, its stretches, and what it says of its origin and date."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from burdenshare import edtf
from burdenshare.case.model import Case
from burdenshare.errors import SourceError
from burdenshare.sources.dating import published_of
from burdenshare.sources.document import Document, Published
from burdenshare.sources.language import language_of
from burdenshare.sources.lexicon import lexicon
from burdenshare.sources.lines import Line
from burdenshare.sources.stretches import Layout, layout, layout_of, stretches_of

_AGENCY = re.compile(r"\(([^()\n]{2,30})\)\s?(?:--|[—–=:-])")
_SOURCE = re.compile(r"\(?\s?(?:Source|출처|Quelle|Fuente|Kaynak|来源)\s?[:：]\s?([^;|)\n]{2,60})", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:copyright|©|ⓒ|\(c\))\s*(?:(?:19|20)\d\d)?\s*(?:by\s+)?([^\n.,|]{2,60})", re.IGNORECASE)


def _is_name(line: Line, kind: str) -> bool:
    bare = line.folded.rstrip(" .|")
    return (
        kind in ("furniture", "byline")
        and 1 <= len(line.words) <= 5
        and not line.ends_sentence
        and bare not in lexicon().sections
        and bare.endswith(lexicon().mastheads)
        and not bare.startswith(("by ", "photo"))
    )


def outlet_of(found: Layout, url: str) -> str:
    """Who published it: a masthead, a source line, a dateline's agency, a copyright line, the address's host; or ""."""
    lines, kinds = found.lines, found.kinds
    first = next((i for i, k in enumerate(kinds) if k == "body"), len(kinds))
    for line, kind in zip(lines[: min(first, 12)], kinds, strict=False):
        if _is_name(line, kind):
            return line.text.strip(" |")
    for line, kind in zip(lines, kinds, strict=True):
        if kind in ("byline", "furniture") and (match := _SOURCE.match(line.text)):
            return match[1].strip()
    for line in lines[first : first + 2]:
        match = _AGENCY.search(line.text, 0, 80)
        if match and match[1].casefold() in lexicon().agencies:
            return match[1]
    for line, kind in zip(lines, kinds, strict=True):
        if kind in ("byline", "furniture") and (match := _COPYRIGHT.match(line.text)):
            return match[1].strip()
    host = urlsplit(url).hostname or "" if url else ""
    return host.removeprefix("www.")


def byline_of(found: Layout) -> str:
    """The line that names the author, as written, or ""."""
    lex = lexicon()
    for line, kind in zip(found.lines, found.kinds, strict=True):
        if kind == "byline" and (line.words[0] in lex.bylines or line.folded.rstrip(" .").endswith(lex.byline_ends)):
            return line.text
    return ""


def given_date(published: str) -> Published:
    """A date that was given with the report. Raises SourceError where it is no EDTF date."""
    try:
        when = edtf.parse(published)
    except ValueError as error:
        raise SourceError(f"the date given for the report is not understood: {error}") from error
    return Published(when, "given", (f"The date {published} was given with the report.",))


def dated(document: Document, case: Case | None, *, received: date | None = None) -> Document:
    """The document with its date worked out again with the help of a case; nothing else changes. Pure and cheap.

    For a report that was laid out before its case was known. A date that was given, or that the page's head
    or the message's header states, stays as it is. `received` as in `read_text`.
    """
    if document.published.basis in ("given", "metadata", "byline"):
        return document
    is_page = document.media_type == "text/html"  # its text holds more than the lines that were laid out
    found = layout_of(document.text, document.stretches) if is_page else layout(document.text)
    return replace(document, published=published_of(found, url=document.url, case=case, received=received))


def read_text(
    text: str,
    *,
    origin: str,
    case: Case | None = None,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    byline: str | None = None,
    url: str | None = None,
    received: date | None = None,
    media_type: str = "text/plain",
) -> Document:
    """A plain text as a document; the text is kept unchanged. Pure.

    What is given (`published` as EDTF, `outlet`, `title`, `byline`, `url`) is taken as it is; the rest is
    worked out from the text, the date with the help of the case's calendar and terms of office. `received`
    is the day by which the report was there to be read. Raises SourceError where `published` is no date.
    """
    found = layout(text)
    words = (w for line, kind in zip(found.lines, found.kinds, strict=True) if kind != "furniture" for w in line.words)
    known = given_date(published) if published else published_of(found, url=url or "", case=case, received=received)
    return Document(
        text=text,
        stretches=stretches_of(text, found),
        origin=origin,
        title=title if title is not None else (found.lines[found.title].text if found.title >= 0 else ""),
        outlet=outlet if outlet is not None else outlet_of(found, url or ""),
        byline=byline if byline is not None else byline_of(found),
        url=url or "",
        lang=language_of(text, words),
        published=known,
        media_type=media_type,
    )
