"""A report as read: its text unchanged, where its body is, and what is known of its origin and date."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Literal

from burdenshare.edtf import When

StretchKind = Literal["headline", "dateline", "byline", "caption", "body", "furniture"]
DateBasis = Literal["given", "metadata", "byline", "dateline", "worked-out", "narrowed", "unknown"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` (exclusive) of the text and what they are; furniture yields no claims."""

    start: int
    end: int
    kind: StretchKind


@dataclass(frozen=True, slots=True)
class Published:
    """When a report came out, as narrowly as it is known, and how.

    `when` is None where nothing is known. `basis` says which kind of evidence decided; `how` lists the
    evidence in sentences, with the words of the report it rests on.
    """

    when: When | None
    basis: DateBasis
    how: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One report. `stretches` cover the text in order, without gaps or overlaps."""

    text: str
    stretches: tuple[Stretch, ...]
    origin: str  # the path or address as given
    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    lang: str = ""  # ISO 639-1; empty where it could not be told
    published: Published = Published(None, "unknown")
    media_type: str = "text/plain"

    @property
    def id(self) -> str:
        """The report's id: 16 hex digits of SHA-256 over the text in NFC; the same text has the same id anywhere."""
        return hashlib.sha256(unicodedata.normalize("NFC", self.text).encode()).hexdigest()[:16]

    def quote(self, start: int, end: int) -> str:
        """The words from start to end."""
        return self.text[start:end]

    @property
    def body(self) -> tuple[Stretch, ...]:
        """The stretches that may carry claims: everything but furniture."""
        return tuple(s for s in self.stretches if s.kind != "furniture")
