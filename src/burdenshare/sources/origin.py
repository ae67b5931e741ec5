"""A path, folder, address or standard input becomes documents and refusals, one at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from burdenshare import edtf
from burdenshare.case.model import Case
from burdenshare.errors import SourceError
from burdenshare.sources.address import Resolve, fetch, is_address, resolve
from burdenshare.sources.bounds import FILE_BYTES, NAMES, PAGE_BYTES
from burdenshare.sources.document import Document, Published
from burdenshare.sources.encoding import decode
from burdenshare.sources.mail import is_mailbox, is_message, message_of, messages
from burdenshare.sources.page import declared_encoding, is_page, read_page
from burdenshare.sources.printed import docx_text, is_docx, pdf_text
from burdenshare.sources.refusal import Refusal, Result
from burdenshare.sources.text import read_text

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAGES = (".html", ".htm", ".xhtml", ".mhtml")
_LINES = (".jsonl", ".ndjson")
# The names that the fields of a report go by in JSON Lines; the first one that is there counts.
_FIELDS = {
    "text": ("text", "content", "body", "article"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publish_date"),
    "outlet": ("outlet", "source", "publisher", "site"),
    "byline": ("byline", "author", "authors"),
    "url": ("url", "link", "address"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller knows of the reports: the case to date them by, and fields that hold for all of them."""

    case: Case | None = None
    published: str | None = None  # EDTF
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    url: str | None = None
    received: date | None = None


def _document(text: str, origin: str, given: Given, media_type: str = "text/plain") -> Document:
    return read_text(
        text,
        origin=origin,
        case=given.case,
        published=given.published,
        outlet=given.outlet,
        title=given.title,
        byline=given.byline,
        url=given.url,
        received=given.received,
        media_type=media_type,
    )


def _page(html: str, origin: str, given: Given) -> Document:
    return read_page(
        html,
        origin=origin,
        case=given.case,
        published=given.published,
        outlet=given.outlet,
        title=given.title,
        url=given.url,
        received=given.received,
    )


def _message(data: bytes, origin: str, given: Given) -> Document:
    message = message_of(data)
    known = replace(
        given,
        title=given.title or message.subject or None,
        byline=given.byline or message.sender or None,
        received=given.received or message.day,
    )
    document = (_page if message.is_page else _document)(message.text, origin, known)
    if given.published or message.day is None or document.published.basis in ("byline", "metadata"):
        return replace(document, media_type="message/rfc822")
    how = (f"The message was sent on {message.day.isoformat()}.",)
    sent = Published(edtf.parse(message.day.isoformat()), "metadata", how)
    return replace(document, media_type="message/rfc822", published=sent)


def _field(record: dict[str, Any], name: str) -> str | None:
    for key in _FIELDS[name]:
        value = record.get(key)
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            value = ", ".join(value)
        if isinstance(value, str) and value.strip():
            return value if name == "text" else value.strip()
    return None


def _record(line: bytes, origin: str, given: Given) -> Document:
    if len(line) > PAGE_BYTES:
        raise SourceError(f"the line is larger than the bound of {NAMES['PAGE_BYTES']}")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError("the line is not JSON; write one report a line as a JSON object") from error
    if not isinstance(record, dict):
        raise SourceError('the line is no JSON object; write {"text": ..., "title": ..., "published": ...}')
    text = _field(record, "text")
    if text is None:
        raise SourceError('the line has no words of a report; give them as "text"')
    published = given.published or _field(record, "published")
    if published and not given.published and len(published) > 10 and published[10] in "T ":
        published = published[:10]
    known = replace(
        given,
        published=published,
        outlet=given.outlet or _field(record, "outlet"),
        title=_field(record, "title"),
        byline=_field(record, "byline"),
        url=_field(record, "url"),
    )
    return _document(text, origin, known)


def _records(lines: Iterable[bytes], origin: str, given: Given) -> Iterator[Result]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield from _safely(lambda o, line=line: _record(line, o, given), f"{origin}#{number}")


def _mailbox(lines: Iterable[bytes], origin: str, given: Given) -> Iterator[Result]:
    for number, data in enumerate(messages(lines), 1):
        at = f"{origin}#{number}"
        if data is None:
            yield Refusal(at, f"the message is larger than the bound of {NAMES['PAGE_BYTES']}")
        else:
            yield from _safely(lambda o, data=data: _message(data, o, given), at)


def _safely(make: Any, origin: str) -> Iterator[Result]:
    try:
        yield make(origin)
    except SourceError as error:
        yield Refusal(origin, str(error))


def _one(data: bytes, origin: str, given: Given, name: str, media_type: str) -> Document:
    """The one report in the bytes, by what they are rather than by what they are called."""
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return _document(pdf_text(data), origin, given, "application/pdf")
    if is_docx(data):
        return _document(docx_text(data), origin, given, DOCX)
    if name.endswith(".pdf"):
        raise SourceError("it is called a PDF but is none; fetch it again")
    if name.endswith(".docx"):
        raise SourceError("the DOCX file is broken and cannot be opened; save it again")
    if name.endswith(".eml") or (is_message(data) and not name.endswith((".txt", *_PAGES))):
        return _message(data, origin, given)
    if "html" in media_type or name.endswith(_PAGES) or is_page(data):
        if len(data) > PAGE_BYTES:
            raise SourceError(f"it is larger than the bound of {NAMES['PAGE_BYTES']}")
        return _page(decode(data, declared=declared_encoding(data)), origin, given)
    return _document(decode(data), origin, given)


def read_bytes(data: bytes, *, origin: str, given: Given | None = None, media_type: str = "") -> Iterator[Result]:
    """The reports in the bytes, told by their content: text, page, PDF, DOCX, message, mailbox or JSON Lines."""
    known = given or Given()
    name = origin.lower().split("?", 1)[0]
    if name.endswith(_LINES) or "ndjson" in media_type or (origin == "-" and data.lstrip()[:1] == b"{"):
        yield from _records(data.splitlines(), origin, known)
    elif name.endswith(".mbox") or is_mailbox(data):
        yield from _mailbox(data.splitlines(keepends=True), origin, known)
    else:
        yield from _safely(lambda o: _one(data, o, known, name, media_type), origin)


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder in the order of their paths, hidden ones and links to folders left out."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _files(entry)
        elif entry.is_file():
            yield entry


def _file(path: Path, origin: str, given: Given) -> Iterator[Result]:
    name = path.name.lower()
    try:
        if name.endswith(_LINES) or name.endswith(".mbox"):
            with path.open("rb") as lines:
                yield from (_mailbox if name.endswith(".mbox") else _records)(lines, origin, given)
            return
        if path.stat().st_size > FILE_BYTES:
            yield Refusal(origin, f"it is larger than the bound of {NAMES['FILE_BYTES']}")
            return
        data = path.read_bytes()
    except OSError as error:
        yield Refusal(origin, f"the file cannot be opened ({error.strerror or error}); check its name and rights")
        return
    yield from read_bytes(data, origin=origin, given=given)


def read_path(path: str | Path, *, given: Given | None = None) -> Iterator[Result]:
    """The reports of a file, or of every file below a folder in the order of their paths, one at a time."""
    known = given or Given()
    at = Path(path)
    if not at.exists():
        yield Refusal(str(path), "there is no such file or folder; check the path")
    elif at.is_dir():
        empty = True
        for file in _files(at):
            empty = False
            yield from _file(file, str(file), known)
        if empty:
            yield Refusal(str(path), "the folder holds no files")
    elif at.is_file():
        yield from _file(at, str(path), known)
    else:
        yield Refusal(str(path), "it is neither a file nor a folder")


def read_origin(
    origin: str,
    *,
    given: Given | None = None,
    stdin: bytes | None = None,
    allow: Collection[str] = (),
    find: Resolve = resolve,
) -> Iterator[Result]:
    """The reports of a file, a folder, an http or https address, or `-` for `stdin`, whose bytes are passed in.

    `allow` holds hosts (or `host:port`) on a private network that may be read. Nothing is raised for a
    report that cannot be read: it comes as a Refusal with the reason.
    """
    known = given or Given()
    if origin == "-":
        yield from read_bytes(stdin or b"", origin="-", given=known)
        return
    if not is_address(origin):
        yield from read_path(origin, given=known)
        return
    try:
        fetched = fetch(origin, allow=allow, find=find)
    except SourceError as error:
        yield Refusal(origin, str(error))
        return
    at = replace(known, url=known.url or fetched.url)
    yield from read_bytes(fetched.data, origin=origin, given=at, media_type=fetched.media_type)
