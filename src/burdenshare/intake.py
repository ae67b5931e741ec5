"""Reports come in, are read for the case they are about, and are kept.

The command line and the Python API are both thin covers over this module. The one clock of the program is `now`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from burdenshare.arrival import Arrived
from burdenshare.errors import BurdenshareError, SourceError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from burdenshare.case.model import Case
    from burdenshare.reading.result import Reading
    from burdenshare.record.model import Intake, Method
    from burdenshare.record.store import Record
    from burdenshare.sources import Document, Refusal

BATCH = 64  # reports written in one transaction
PATIENCE = 1.0  # seconds a report may wait for its batch to fill; set so that a slow reader still shows its progress
RETRIES = 3  # times a report is read anew because another process learned its date meanwhile

Status = Literal["read", "known", "kept", "refused"]


def now() -> datetime:
    """The time, in UTC: the only place the program asks for it."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one report. `status`: read (claims taken or none found), known (nothing new), kept, refused.

    `published` is EDTF or empty; `basis` and `how` say how it is known. `why` says why no claims were taken.
    """

    origin: str
    status: Status
    document: str = ""
    case: str = ""
    claims: int = 0
    published: str = ""
    basis: str = ""
    how: tuple[str, ...] = ()
    why: str = ""
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader by name, and what tells its versions apart."""

    name: str
    read: Callable[[Document, Case], Reading]


@lru_cache
def _package_print() -> str:
    """8 hex digits over the reading package: a program that reads differently has a different one."""
    digest = hashlib.sha256()

    def walk(folder: Traversable) -> None:
        for item in sorted(folder.iterdir(), key=lambda i: i.name):
            if item.is_dir() and item.name != "__pycache__":
                walk(item)
            elif item.name.endswith((".py", ".toml")):
                digest.update(item.name.encode() + b"\0" + item.read_bytes())

    walk(resources.files("burdenshare.reading"))
    return digest.hexdigest()[:8]


def rules() -> Reader:
    """The reader that ships with the program: rules, no network."""
    from burdenshare.reading import read

    return Reader(f"rules+{_package_print()}", read)


def language_model(*, url: str, model: str, key: str = "") -> Reader:
    """A reader that asks an OpenAI-compatible endpoint. Raises SourceError where address or model is missing."""
    if not url or not model:
        raise SourceError("The llm reader needs an endpoint and a model; give --llm-url and --llm-model.")
    from burdenshare.reading.llm import read_llm

    def read(document: Document, case: Case) -> Reading:
        return read_llm(document, case, endpoint=url, model=model, api_key=key)

    return Reader(f"llm:{model}+{_package_print()}", read)


def case_print(case: Case) -> str:
    """16 hex digits over a case's data, wherever it lies."""
    return hashlib.sha256(repr(replace(case, path="")).encode()).hexdigest()[:16]


def method(case: Case, reader: Reader) -> Method:
    """How the record is to remember what this reader takes for this case."""
    from burdenshare.case import shipped
    from burdenshare.record.model import Method

    path = "" if case.path in shipped() else os.path.abspath(case.path)  # noqa: PTH100  # links stay unresolved
    return Method(case.id, reader.name, case_print(case), path)


@dataclass(frozen=True, slots=True)
class _Waiting:
    report: Arrived
    intake: Intake
    line: Line
    retry: int = 0


@dataclass
class Intaking:
    """Reads reports one by one into the record, in batches; holds no more than one batch."""

    record: Record
    reader: Reader
    clock: Callable[[], datetime] = now
    _methods: dict[str, Method] = field(default_factory=dict)
    _batch: list[_Waiting] = field(default_factory=list)
    _since: datetime | None = None

    def run(self, reports: Iterable[Arrived | Refusal]) -> Iterator[Line]:
        """A line a report, given out only when the report is safely in the record.

        Raises NotKeptError where the record has no room left, after the lines of what was kept.
        """
        for report in reports:
            if not isinstance(report, Arrived):
                yield from self.flush()
                yield Line(report.origin, "refused", why=report.reason)
                continue
            if not _is_text(report.document.text):
                yield Line(
                    report.document.origin, "refused", why="it holds characters that are no text; save it as UTF-8"
                )
                continue
            id_ = report.document.id
            if any(w.line.document == id_ for w in self._batch):
                yield from self.flush()  # the same text again: it has to see what the first one brought
            yield from self._take(report)
        yield from self.flush()

    def _take(self, report: Arrived, *, retry: int = 0) -> Iterator[Line]:
        self._batch.append(self._read(report, retry))
        self._since = self._since or self.clock()
        if len(self._batch) >= BATCH or (self.clock() - self._since).total_seconds() >= PATIENCE:
            yield from self.flush()

    def _read(self, report: Arrived, retry: int) -> _Waiting:
        from burdenshare.reading import unread
        from burdenshare.record.model import Intake

        document, case = report.document, report.case
        as_kept = self.record.as_kept(document)
        when = as_kept.published
        line = Line(
            document.origin, "kept", document.id,
            published=when.when.text if when.when else "", basis=when.basis, how=when.how,
        )  # fmt: skip
        if case is None:
            why = unread(document) or "it is about none of the shipped cases"
            return _Waiting(report, Intake(document), replace(line, why=why), retry)
        line = replace(line, case=case.id)
        method = self._method(case)
        if as_kept is not document and self.record.is_read(as_kept, method):
            return _Waiting(report, Intake(document), replace(line, status="known", why="already in the record"), retry)
        try:
            reading = self.reader.read(as_kept, case)
        except BurdenshareError as error:
            return _Waiting(report, Intake(document), replace(line, status="refused", why=sentence(error)), retry)
        except Exception as error:  # a fault of the reader in one report must not cost the others
            fault = f"the program failed on it ({type(error).__name__}: {sentence(error)}); please report this"
            return _Waiting(report, Intake(document), replace(line, status="refused", why=fault), retry)
        passed = sum(reading.passed_over.values())
        line = replace(line, status="read", claims=len(reading.claims), why=reading.note, passed_over=passed)
        return _Waiting(report, Intake(document, reading, method, as_kept), line, retry)

    def _method(self, case: Case) -> Method:
        if case.id not in self._methods:
            self._methods[case.id] = method(case, self.reader)
        return self._methods[case.id]

    def flush(self) -> Iterator[Line]:
        """Writes what waits, and gives out its lines."""
        from burdenshare.record.model import NotKeptError

        batch, self._batch, self._since = self._batch, [], None
        if not batch:
            return
        try:
            kept = self.record.keep([w.intake for w in batch], at=self.clock())
        except NotKeptError as error:
            lost = set(error.origins)
            for w in batch:
                if w.line.origin in lost:
                    yield replace(w.line, status="refused", claims=0, why=f"it was not kept, because {error.cause}")
                else:
                    yield w.line
            if error.full:
                raise
            return
        for w, k in zip(batch, kept, strict=True):
            if k.stale and w.retry < RETRIES:
                yield from self._take(w.report, retry=w.retry + 1)
            else:
                yield w.line


def _is_text(text: str) -> bool:
    """False where half a character stands alone, which no encoding can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def sentence(error: Exception) -> str:
    """The error's message on one line."""
    return " ".join(str(error).split())
