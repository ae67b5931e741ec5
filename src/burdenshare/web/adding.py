"""Reports brought through the browser are read in the background, a line a report, as `burdenshare read` reads them."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath

from burdenshare.arrival import AUTO, Arriving, Cases
from burdenshare.errors import BurdenshareError, SourceError
from burdenshare.intake import Intaking, Line, rules, sentence
from burdenshare.record import Record
from burdenshare.sources.address import is_address

KEPT = 50  # jobs whose lines are kept
MOST_ADDRESSES = 50  # in one go


@dataclass
class Job:
    """A few reports on their way into the record; `lines` grows as they are kept."""

    id: str
    total: int
    lines: list[Line] = field(default_factory=list)
    done: bool = False
    fault: str = ""


def file_name(given: str) -> str:
    """The last part of the name a browser gives a file, whatever system it is on."""
    return PurePosixPath(PureWindowsPath(given.replace("\0", "")).name).name[:200] or "upload"


def addresses(text: str) -> list[str]:
    """The addresses in a field, one a line. Raises SourceError for what is none, or too many."""
    found = text.split()
    for one in found:
        if not is_address(one):
            raise SourceError(f"{one[:100]!r} is no address; it starts with https:// or http://.")
    if len(found) > MOST_ADDRESSES:
        raise SourceError(f"At most {MOST_ADDRESSES} addresses are read in one go; give fewer.")
    return found


class Adding:
    """Reads reports into the record one job at a time; nothing on this machine but what was sent is opened."""

    def __init__(self, record: Record, allow_private: Sequence[str], clock: Callable[[], datetime]) -> None:
        self._record, self._allow, self._clock = record, tuple(allow_private), clock
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="adding")

    def close(self) -> None:
        """Lets the report that is being read be the last one."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def start(
        self,
        held: Mapping[str, bytes],
        urls: Sequence[str],
        *,
        case: str = AUTO,
        published: str | None = None,
        outlet: str | None = None,
    ) -> Job:
        """Begins a job on what was sent (by name) and what is to be fetched."""
        job = Job(secrets.token_hex(8), len(held) + len(urls))
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        arriving = Arriving(Cases(case), published, outlet, self._allow, held=held)
        self._pool.submit(self._run, job, arriving, (*held, *urls))
        return job

    def get(self, id_: str) -> Job | None:
        """A job by its id."""
        with self._lock:
            return self._jobs.get(id_)

    def _run(self, job: Job, arriving: Arriving, origins: Sequence[str]) -> None:
        try:
            for line in Intaking(self._record, rules(), self._clock).run(arriving.run(origins)):
                job.lines.append(line)
        except BurdenshareError as error:
            job.fault = sentence(error)
        except Exception as error:  # the page has to say so, and the next job has to run
            job.fault = f"the program failed ({type(error).__name__}: {sentence(error)}); please report this"
        finally:
            job.done = True
