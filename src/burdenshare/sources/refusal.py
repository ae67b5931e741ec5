"""A report that was not read, and why."""

from __future__ import annotations

from dataclasses import dataclass

from burdenshare.sources.document import Document


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that was not read: where it is from (path or address as given) and one plain sentence on why."""

    origin: str
    reason: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.reason}"


Result = Document | Refusal
