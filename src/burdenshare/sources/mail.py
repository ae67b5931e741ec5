"""E-mail messages and mailboxes."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from burdenshare.errors import RefusedError, SourceError
from burdenshare.sources.bounds import NAMES, PAGE_BYTES

_HEADER = re.compile(rb"(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to):", re.I)


@dataclass(frozen=True, slots=True)
class Message:
    """A message's text and what its header says; `is_page` where the text is HTML."""

    text: str
    is_page: bool
    subject: str
    sender: str
    day: date | None


def is_message(data: bytes) -> bool:
    """True where the bytes open with mail headers, at least two of the usual ones."""
    head = data[:4096].split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    lines = head.splitlines()
    return bool(lines) and bool(re.match(rb"[\w-]+:", lines[0])) and sum(bool(_HEADER.match(x)) for x in lines) >= 2


def is_mailbox(data: bytes) -> bool:
    """True where the bytes open as a mailbox does: a "From " line, then headers."""
    return data.startswith(b"From ") and b"\n" in data[:500] and is_message(data[data.find(b"\n") + 1 :])


def message_of(data: bytes) -> Message:
    """The message's plain text, or its HTML where it has no plain text. Raises SourceError where it has neither."""
    if len(data) > PAGE_BYTES:
        raise RefusedError(f"the message is larger than the bound of {NAMES['PAGE_BYTES']}")
    try:
        parsed = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        part = parsed.get_body(preferencelist=("plain", "html"))
        content = part.get_content() if part is not None else ""
        subject, sender = str(parsed.get("subject", "")), str(parsed.get("from", ""))
        stamp = str(parsed.get("date", ""))
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise SourceError("the message is broken and cannot be read; save it again") from error
    if part is None or not isinstance(content, str) or not content.strip():
        raise SourceError("the message has no text in it")
    try:
        day = parsedate_to_datetime(stamp).date() if stamp else None
    except (ValueError, TypeError):
        day = None
    name, address = parseaddr(sender)
    return Message(
        text=content,
        is_page=part.get_content_subtype() == "html",
        subject=" ".join(subject.split()),
        sender=name or address,
        day=day,
    )


def messages(lines: Iterable[bytes]) -> Iterator[bytes | None]:
    """The messages of a mailbox, one at a time; None stands for one larger than a page may be."""
    held: list[bytes] = []
    size = 0
    blank = True
    started = False
    for line in lines:
        if blank and line.startswith(b"From "):
            if started:
                yield b"".join(held) if size <= PAGE_BYTES else None
            held, size, started = [], 0, True
            blank = False
            continue
        blank = not line.strip()
        size += len(line)
        if size <= PAGE_BYTES:
            held.append(line[1:] if line.startswith(b">From ") else line)
    if started:
        yield b"".join(held) if size <= PAGE_BYTES else None
