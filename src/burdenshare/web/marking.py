"""The text of a report cut into pieces: what is furniture, and which claims rest on which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from burdenshare.record import Entry
from burdenshare.sources import Document

WINDOW = 40_000  # characters of a text on one page


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of the text; `claims` are ids of those that rest on it, the shortest first."""

    start: int
    end: int
    text: str
    kind: str  # of the stretch: body, headline, furniture ...
    claims: tuple[str, ...]
    colour: str  # the kind of the first claim; empty where there is none


def pieces(document: Document, entries: Sequence[Entry], *, at: int = 0) -> tuple[Piece, ...]:
    """The pieces from character `at` on, as many as fit on a page; no two neighbours are alike."""
    text, end = document.text, min(len(document.text), at + WINDOW)
    marks = sorted((e.claim for e in entries if e.decision != "reject"), key=lambda c: c.end - c.start)
    ids = {id(e.claim): (e.id, e.claim.kind) for e in entries}
    inside = [c for c in marks if c.start < end and c.end > at]
    cuts = {at, end}
    for c in inside:
        cuts |= {max(at, c.start), min(end, c.end)}
    for s in document.stretches:
        if at < s.start < end:
            cuts.add(s.start)
    ordered = sorted(cuts)
    found = []
    for first, last in pairwise(ordered):
        over = [ids[id(c)] for c in inside if c.start <= first and last <= c.end]
        kind = _kind(document, first)
        found.append(Piece(first, last, text[first:last], kind, tuple(i for i, _ in over), over[0][1] if over else ""))
    return tuple(found)


def _kind(document: Document, at: int) -> str:
    low, high = 0, len(document.stretches)
    while low < high:
        middle = (low + high) // 2
        if document.stretches[middle].end <= at:
            low = middle + 1
        else:
            high = middle
    return document.stretches[low].kind if low < len(document.stretches) else "body"
