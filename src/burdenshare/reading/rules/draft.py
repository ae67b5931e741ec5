"""What a rule proposes: a claim before it is tied to its words and attributed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from burdenshare.reading.scene import Sentence


@dataclass(eq=False, slots=True)
class Draft:
    """A claim of `kind` on characters start..end of the text; `fields`, `inferred` as in the claim's class."""

    kind: str
    sentence: Sentence
    start: int
    end: int
    fields: dict[str, Any]
    inferred: set[str] = field(default_factory=set)
    agreement: int | None = None
    modality: str | None = None
    said_by: tuple[str, ...] | None = None


def draft(kind: str, sentence: Sentence, first: int, last: int, **fields: Any) -> Draft:
    """A draft on tokens first..last (exclusive) of the sentence, without surrounding punctuation."""
    toks = sentence.tokens
    first = max(0, first)
    last = min(len(toks), last)
    while first < last - 1 and toks[first].raw in ",;:.-–—)":
        first += 1
    while last - 1 > first and toks[last - 1].raw in ",;:.-–—(":
        last -= 1
    inferred = fields.pop("inferred", ())
    agreement = fields.pop("agreement", None)
    modality = fields.pop("modality", None)
    # Words of the report in a field are one line, however the text was wrapped; the quote keeps the text as it is.
    values = {k: " ".join(v.split()) if isinstance(v, str) else v for k, v in fields.items() if v is not None}
    return Draft(kind, sentence, toks[first].start, toks[last - 1].end, values, set(inferred), agreement, modality)
