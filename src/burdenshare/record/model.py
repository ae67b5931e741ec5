"""What the record hands out: a claim together with the report it stands in and how it was reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from burdenshare.reading.claim import Claim
from burdenshare.sources import Published

Decision = Literal["accept", "reject", "correct"]


@dataclass(frozen=True, slots=True)
class Report:
    """A report in the record, without its text. `copies` names the group of copies it belongs to: one voice."""

    id: str
    origin: str  # the path or address as given
    title: str
    outlet: str
    byline: str
    url: str
    lang: str
    published: Published
    copies: str  # id of the first report of its group of copies; its own id where it has none


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim as it now stands (reviews laid over it) and the report it is from.

    `id` is the id of the claim as first read, also where a review corrected it.
    """

    id: str
    claim: Claim
    report: Report
    decision: Decision | None = None
    reviewer: str = ""
    reason: str = ""
