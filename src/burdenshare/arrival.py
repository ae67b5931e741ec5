"""Reports arrive: paths, addresses and standard input become documents, each with the case it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from burdenshare.errors import SourceError

if TYPE_CHECKING:
    from burdenshare.case.model import Case
    from burdenshare.sources import Document, Given, Refusal, Result

AUTO = "auto"  # each report is read for the shipped case it is about
_BY_CASE = ("worked-out", "narrowed", "unknown")  # ways of knowing a date that lean on the case's calendar


@dataclass
class Cases:
    """The case to read each report for: one named, or with `auto` the shipped one that the report is most about."""

    name: str = AUTO

    @cached_property
    def all(self) -> tuple[Case, ...]:
        """The cases in question. Raises CaseError where the one named is not there or is wrong."""
        from burdenshare import case

        return tuple(case.load(c) for c in (case.shipped() if self.name == AUTO else (self.name,)))

    def choose(self, document: Document) -> Case | None:
        """The case to read the report for; None where it is about none of them."""
        if self.name != AUTO:
            return self.all[0]
        from burdenshare.reading import RELEVANT, about

        scored = [(about(document, c), -i) for i, c in enumerate(self.all)]
        best, position = max(scored, default=(0.0, 0))
        return self.all[-position] if best >= RELEVANT else None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A report as it came in, dated with the help of the case it is about; `case` is None where it is about none."""

    document: Document
    case: Case | None


@dataclass
class Arriving:
    """Turns paths, addresses and standard input (`-`) into reports, one at a time.

    `allow` holds the hosts on a private network that may be asked. `stdin` gives the bytes of standard input when
    they are asked for. `held` gives the bytes of origins that are at hand already (an upload), by name. The day of
    reading plays no part: the same report has the same date tomorrow.
    """

    cases: Cases
    published: str | None = None
    outlet: str | None = None
    allow: tuple[str, ...] = ()
    stdin: Callable[[], bytes] = bytes
    held: Mapping[str, bytes] = field(default_factory=dict)
    _guess: Case | None = None

    def run(self, origins: Iterable[str]) -> Iterator[Arrived | Refusal]:
        """The reports of every origin in order; a refusal in place of each that cannot be read."""
        from pathlib import Path

        from burdenshare.sources import Refusal

        self._guess = self.cases.all[0] if self.cases.all else None
        for origin in origins:
            source = self._source(origin)
            many = origin not in self.held and Path(origin).is_dir()
            guess = self._guess = self._case_of_many(source) if many else self._guess
            for result in source(self._given(guess)):
                yield result if isinstance(result, Refusal) else self._dated(result, source, guess)

    def _case_of_many(self, source: Callable[[Given], Iterator[Result]]) -> Case | None:
        """The case of the first report of many: what the others will most likely be about."""
        from burdenshare.sources import Refusal

        first = next((r for r in source(self._given(self._guess)) if not isinstance(r, Refusal)), None)
        return (self.cases.choose(first) if first else None) or self._guess

    def _given(self, case: Case | None) -> Given:
        from burdenshare.sources import Given

        return Given(case=case, published=self.published, outlet=self.outlet)

    def _source(self, origin: str) -> Callable[[Given], Iterator[Result]]:
        """What reads the origin, as often as need be; an address and standard input are fetched once."""
        from burdenshare.sources import Refusal, read_bytes, read_path
        from burdenshare.sources.address import fetch, is_address

        if origin in self.held:
            given_data = self.held[origin]
            return lambda given: read_bytes(given_data, origin=origin, given=given)
        if origin == "-":
            data = self.stdin()
            return lambda given: read_bytes(data, origin="-", given=given)
        if not is_address(origin):
            return lambda given: read_path(origin, given=given)
        try:
            page = fetch(origin, allow=self.allow)
        except SourceError as error:
            refusal = Refusal(origin, str(error))
            return lambda _: iter([refusal])
        return lambda given: read_bytes(
            page.data, origin=origin, given=replace(given, url=page.url), media_type=page.media_type
        )

    def _dated(self, document: Document, source: Callable[[Given], Iterator[Result]], guess: Case | None) -> Arrived:
        """The report with its case. It was dated with a guess at the case; where that was wrong, it is dated anew."""
        case = self.cases.choose(document)
        if case is guess or document.published.basis not in _BY_CASE:
            return Arrived(document, case)
        self._guess = case or self._guess
        return Arrived(self._again(document, case, source), case)

    def _again(self, document: Document, case: Case | None, source: Callable[[Given], Iterator[Result]]) -> Document:
        from pathlib import Path

        from burdenshare.sources import Refusal, read_path
        from burdenshare.sources.dating import published_of
        from burdenshare.sources.stretches import layout

        if "#" in document.origin and not Path(document.origin).exists():  # one of many in a mailbox or JSON Lines
            found = published_of(layout(document.text), url=document.url, case=case)
            return replace(document, published=found)
        given = self._given(case)
        again = read_path(document.origin, given=given) if Path(document.origin).is_file() else source(given)
        return next((d for d in again if not isinstance(d, Refusal) and d.text == document.text), document)
