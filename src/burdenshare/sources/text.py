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
# "(서울=연합뉴스) 홍길동 기자 =", "<저작권자 ⓒ 한빛일보 무단 전재-재배포 금지>", "ⓒ '세계로 가는 신문' 한빛일보."
_AGENCY_KO = re.compile(r"[(\[【][^()\[\]【】=\n]{1,25}=([^()\[\]【】=\n]{2,25})[)\]】]")
_COPYRIGHT_KO = re.compile(
    r"(?:저작권자|copyrights?)?\s?(?:ⓒ|©|\(c\))\s?(?:(?:19|20)\d\d\s)?(?:by\s)?(?:['‘\"][^'’\"\n]{1,40}['’\"]\s)?"
    r"(?P<name>[가-힣A-Za-z][^\n,.<>|&]{1,30})",
    re.IGNORECASE,
)
_NOT_OUTLET = re.compile(r"\s?[(\[]|\s?(?:무단|전재|재배포|all rights|\d{4})", re.IGNORECASE)
_REPORTER = re.compile(
    r"(?<![가-힣])(?P<name>[가-힣]{2,4})\s?(?P<post>(?:[가-힣·]{2,8}\s)?(?:선임|수습|인턴|전문|객원)?(?:기자|특파원|논설위원|앵커))(?![가-힣])"
)
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
    korean = _korean_outlet(found, first)
    if korean:
        return korean
    for line in lines[first : first + 2]:
        match = _AGENCY.search(line.text, 0, 80)
        if match and match[1].casefold() in lexicon().agencies:
            return match[1]
    for line, kind in zip(lines, kinds, strict=True):
        if kind in ("byline", "furniture") and (match := _COPYRIGHT.match(line.text)):
            return match[1].strip()
    host = urlsplit(url).hostname or "" if url else ""
    return host.removeprefix("www.")


def _korean_outlet(found: Layout, first: int) -> str:
    """The agency of a Korean dateline, or who holds the copyright; the holder before the agency it copies."""
    for line, kind in zip(found.lines, found.kinds, strict=True):
        if line.wide and kind in ("byline", "furniture") and (match := _COPYRIGHT_KO.search(line.text, 0, 120)):
            name = _NOT_OUTLET.split(match["name"], maxsplit=1)[0].strip(" '\"’”-·")
            if len(name) >= 2:
                return name
    for line in found.lines[first : first + 3]:
        if line.wide and (match := _AGENCY_KO.match(line.text)):
            return match[1].strip()
    return ""


def _reporter(found: Layout) -> str:
    """The reporter of a Korean byline, dateline or closing line, as "홍길동 기자"; or ""."""
    bodies = 0
    for line, kind in zip(found.lines, found.kinds, strict=True):
        bodies += kind == "body"
        if not line.wide or kind in ("headline", "caption"):
            continue
        head = line.text[:120]
        if kind == "body":
            if bodies > 2 or not (match := _AGENCY_KO.match(head)):
                continue
            head = head[match.end() :].split("=", 1)[0] if "=" in head[match.end() :] else ""
        if match := _REPORTER.search(head):
            return f"{match['name']} {match['post']}"
    return ""


def byline_of(found: Layout) -> str:
    """The line that names the author, as written, or ""."""
    lex = lexicon()
    for line, kind in zip(found.lines, found.kinds, strict=True):
        if kind == "byline" and (line.words[0] in lex.bylines or line.folded.rstrip(" .").endswith(lex.byline_ends)):
            return line.text
    return _reporter(found)


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
