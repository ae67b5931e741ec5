"""What the record hands out: a claim together with the report it stands in and how it was reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from burdenshare.errors import RecordError
from burdenshare.reading.claim import Claim
from burdenshare.reading.result import Reading
from burdenshare.sources.document import Document, Published

# `add`: a person took the claim from the words; `undo`: the last decision that still counted counts no more
Decision = Literal["accept", "reject", "correct", "add", "undo"]


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


@dataclass(frozen=True, slots=True)
class Method:
    """Who reads for what: the case and the reader, each with what tells its versions apart.

    `case_path` is the file of a case that is not shipped; empty otherwise.
    """

    case: str
    reader: str  # name and version, such as `rules-1`
    case_print: str = ""
    case_path: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """A report to keep. `reading` is None where it was not read; else `method` and `read_as` say how.

    `document` is the report as met; `read_as` is what the reader was given (`Record.as_kept`).
    """

    document: Document
    reading: Reading | None = None
    method: Method | None = None
    read_as: Document | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a report added.

    `stale`: another writer knew more of the report meanwhile (its date), so this reading was not kept.
    """

    document: str
    new_document: bool
    new_sighting: bool
    new_reading: bool
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision on a claim. `fields` are the corrected ones in the vocabulary's JSON.

    `stands` is False where the claim is no longer in any reading that counts, so that the review has no effect.
    """

    id: int
    claim: str
    document: str
    case: str
    decision: Decision
    who: str
    why: str
    fields: Mapping[str, Any]
    previous: int | None
    at: datetime
    stands: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A report that a view as of a date did not use, and why, in one sentence."""

    report: Report
    reason: str


class NotKeptError(RecordError):
    """Reports that could not be written; `origins` names every one of them, in order."""

    def __init__(self, origins: Sequence[str], cause: str, *, full: bool = False) -> None:
        self.origins = tuple(origins)
        self.cause = cause
        self.full = full  # no room is left: going on would not help
        super().__init__(f"Not kept, because {cause}: {', '.join(self.origins)}.")
