"""The Python side of the program: the same nouns as the commands.

    import burdenshare

    with burdenshare.open("talks.db") as record:
        record.read("reports/")
        record.claims(kind="round", as_of="2019-12-31")
        record.dossier(as_of="2019-12-31")["rounds"]

Everything comes back as plain lists and dictionaries in the vocabulary's words.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from burdenshare.arrival import AUTO, Arriving, Cases
from burdenshare.errors import BurdenshareError, RecordError
from burdenshare.intake import Intaking, Reader, language_model, now, rules

if TYPE_CHECKING:
    from burdenshare.case.model import Case
    from burdenshare.dossier.checks import Verdict
    from burdenshare.record.model import Decision, Entry
    from burdenshare.record.store import Record
    from burdenshare.sources.document import Document

Day = date | str
Frame = Literal["pandas", "polars"]


def day(value: Day | None) -> date | None:
    """A day given as such or as text (2019-12-31). Raises RecordError where it is none."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime):
        return value.date()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise RecordError(f"{value!r} is not a day; write it as 2019-12-31.") from None


def pick_case(record: Record, name: str | None = None) -> tuple[Case, dict[str, int]]:
    """The case a view is of, and the claims of each case in the record.

    Without a name it is the case with most claims; a shipped one where the record holds no claims yet.
    Raises CaseError where the case is not there, RecordError where the record has none and none is named.
    """
    from burdenshare import case as cases

    held = record.cases()
    chosen = name if name and name != AUTO else next(iter(held), next(iter(cases.shipped()), ""))
    if not chosen:
        raise RecordError(f"{record.db} holds no claims, so no case can be told from it; give --case.")
    if chosen not in cases.shipped() and (path := record.case_path(chosen)):
        chosen = path
    return cases.load(chosen), held


def documents_of(record: Record, entries: Sequence[Entry]) -> dict[str, Document]:
    """The reports of these claims with their text, by id: the words around a claim, which the checks look at."""
    return {id_: record.document(id_) for id_ in sorted({e.report.id for e in entries})}


class OpenRecord:
    """A record opened by `burdenshare.open`; close it, or use it in a `with` statement."""

    def __init__(self, db: str | os.PathLike[str], *, clock: Callable[[], datetime] = now) -> None:
        from burdenshare.record import open_record

        self._record = open_record(os.fspath(db))
        self._clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file or the server."""
        self._record.close()

    def read(
        self,
        *origins: str | os.PathLike[str],
        case: str = AUTO,
        published: str | None = None,
        outlet: str | None = None,
        reader: Literal["rules", "llm"] = "rules",
        allow_private: Sequence[str] = (),
        llm_url: str = "",
        llm_model: str = "",
        llm_key: str = "",
    ) -> list[dict[str, Any]]:
        """Reads reports (files, folders, addresses) into the record; a dictionary a report says what became of it.

        A report that cannot be read has the status `refused` and the reason in `why`; the others are read all the
        same. `allow_private` names hosts on a private network that may be asked. Raises NotKeptError where the record
        has no room left, CaseError where the case is not there.
        """
        using: Reader = rules() if reader == "rules" else language_model(url=llm_url, model=llm_model, key=llm_key)
        chosen = Cases(case)
        arriving = Arriving(chosen, published, outlet, tuple(allow_private), lambda: sys.stdin.buffer.read())
        found = arriving.run(os.fspath(o) for o in origins)
        return [dataclasses.asdict(line) for line in Intaking(self._record, using, self._clock).run(found)]

    def claims(
        self,
        *,
        kind: str | None = None,
        source: str | None = None,
        as_of: Day | None = None,
        case: str | None = None,
        frame: Frame | None = None,
    ) -> Any:
        """The claims as they stand, as dictionaries in the vocabulary's words; `frame` gives flat rows in a data frame.

        `source` is a report's id. With `as_of` only from reports published by that day. Raises BurdenshareError
        where the library for the frame is not installed.
        """
        from burdenshare.record import export

        entries = self._record.entries(case=case, as_of=day(as_of), kind=kind, source=source)
        if frame is None:
            return [export.claim_json(e) for e in entries]
        return _frame(entries, frame)

    def reports(self, *, case: str | None = None, as_of: Day | None = None) -> list[dict[str, Any]]:
        """The reports by date, each with how its date is known."""
        from burdenshare.record import export

        return [export.report_json(r) for r in self._record.reports(case=case, as_of=day(as_of))]

    def left_out(self, *, as_of: Day, case: str | None = None) -> list[dict[str, Any]]:
        """The reports that a view as of that day does not use, each with the `reason`."""
        from burdenshare.record import export

        until = day(as_of)
        assert until is not None
        found = self._record.left_out(as_of=until, case=case)
        return [export.report_json(o.report) | {"reason": o.reason} for o in found]

    def dossier(self, *, as_of: Day | None = None, case: str | None = None) -> dict[str, Any]:
        """What is known as of a day: `rounds`, `positions`, `terms` and the rest, each item with its claims' ids.

        `checks` lists every checked figure; an item's own `checks` are places in that list.
        """
        from burdenshare import dossier

        chosen, _ = pick_case(self._record, case)
        until = day(as_of)
        entries = self._record.entries(case=chosen.id, as_of=until)
        documents = documents_of(self._record, entries)
        found = dossier.checks.checks(entries, chosen, as_of=until, documents=documents)
        return dict(dossier.to_json(dossier.dossier(entries, chosen, as_of=until), checks=found))

    def check(
        self,
        *,
        as_of: Day | None = None,
        case: str | None = None,
        verdict: Verdict | Sequence[Verdict] | None = None,
    ) -> list[dict[str, Any]]:
        """Every figure held to the case's history, the other reports and its own arithmetic, a dictionary a figure.

        Keys: `claim`, `source`, `quote`, `kind`, `field`, `family`, `verdict`, `arithmetic`, `against`. `verdict` keeps
        these verdicts only. Raises CaseError where the case is not there, RecordError where the record holds none.
        """
        from burdenshare.dossier import checks

        chosen, _ = pick_case(self._record, case)
        until = day(as_of)
        entries = self._record.entries(case=chosen.id, as_of=until)
        documents = documents_of(self._record, entries)
        wanted = {verdict} if isinstance(verdict, str) else set(verdict or ())
        found = checks.checks(entries, chosen, as_of=until, documents=documents)
        return [checks.to_json(c) for c in found if not wanted or c.verdict in wanted]

    def cost(
        self,
        words: str | None = None,
        *,
        claim: str | None = None,
        as_of: Day | None = None,
        case: str | None = None,
        year: int | None = None,
        years: int | None = None,
        growth: str | None = None,
        base_year: int | None = None,
    ) -> dict[str, Any]:
        """What a position costs, as `burdenshare cost --format json` prints it: `years`, `total` and the rest.

        The position is put in `words`, or is that of a `claim` (its id or the beginning of it); without either the
        positions of the dossier come back, under `positions`. `growth` is a rule such as `cpi lag 2 cap 4`. As of the
        last report's day where `as_of` is not given. Raises MoneyError where there is no figure, rate or index, and
        RecordError where no claim or more than one begins with `claim`.
        """
        from burdenshare import costs, dossier
        from burdenshare.money.growth import parse

        chosen, _ = pick_case(self._record, case)
        until = day(as_of)
        entries = self._record.entries(case=chosen.id, as_of=until)
        published = [w.latest for e in entries if (w := e.report.published.when) and w.latest]
        on = until or max(published, default=self._clock().date())
        basis, terms = costs.Basis(chosen, on), costs.Terms(year, years, parse(growth) if growth else None)
        if words is not None:
            position = costs.from_words(words, basis, terms=terms)
        elif claim is not None:
            mine = [e for e in entries if e.id.startswith(claim)]
            if len(mine) != 1:
                raise RecordError(f"{len(mine)} claims begin with {claim!r}; give more of the id, or another one.")
            position = costs.of_claim(mine[0].claim, basis, terms=terms)
        else:
            known = dossier.dossier(entries, chosen, as_of=on)
            table = costs.on_the_table(known, chosen, as_of=on, terms=terms, base_year=base_year)
            return {"positions": [costs.to_json(c) for c in table.costings], "left_out": list(table.left_out)}
        return costs.to_json(costs.cost(position, chosen, as_of=on, base_year=base_year))

    def outlook(
        self,
        *,
        as_of: Day | None = None,
        case: str | None = None,
        seed: int = 1,
        simulations: int = 100_000,
        what_if: Mapping[str, str] | None = None,
        agreement: int | None = None,
        since: Day | None = None,
    ) -> dict[str, Any]:
        """The forecast as of a day (of the last report where none is given): when a deal comes, at what figure.

        Rises in percent, amounts in whole units of `currency` a year, probabilities from 0 to 1. `what_if` supposes
        otherwise, such as {"veto": "0.3", "offer": "13%"}. Raises RecordError where the record has no dated report
        and no day is given, BurdenshareError where a supposition cannot be used.
        """
        from burdenshare import outlook

        chosen, _ = pick_case(self._record, case)
        until = day(as_of)
        entries = self._record.entries(case=chosen.id, as_of=until)
        days = [w.latest for e in entries if (w := e.report.published.when) is not None and w.latest is not None]
        if until is None and not days:
            raise RecordError("No report in the record has a date; give as_of.")
        found = outlook.from_record(
            entries,
            chosen,
            as_of=until or max(days),
            seed=seed,
            simulations=simulations,
            what_if=what_if,
            talks=agreement,
            since=day(since),
        )
        return dict(outlook.to_json(found))

    def brief(
        self, path: str | os.PathLike[str], *, as_of: Day | None = None, case: str | None = None, lang: str = "en"
    ) -> Path:
        """Writes the briefing to a file, as its ending says (.html, .md), in English or Korean, and gives its path.

        Raises BurdenshareError where there are no words in the language.
        """
        from burdenshare import brief, dossier
        from burdenshare.brief.outlook import forecast_section

        chosen, _ = pick_case(self._record, case)
        until = day(as_of)
        entries = self._record.entries(case=chosen.id, as_of=until)
        known = dossier.dossier(entries, chosen, as_of=until)
        target = Path(path)
        found = dossier.checks.checks(entries, chosen, as_of=until, documents=documents_of(self._record, entries))
        tongue = brief.tongue(lang)
        ahead = forecast_section(entries, chosen, as_of=until, t=tongue)
        brief.write(known, entries, chosen, target, checks=found, outlook=ahead, t=tongue)
        return target

    def review(
        self,
        claim: str,
        decision: Decision,
        *,
        who: str,
        why: str,
        fields: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Accepts, rejects or corrects a claim. Raises ReviewError where there is none or a correction does not fit."""
        review = self._record.review(claim, decision, who=who, why=why, at=self._clock(), fields=fields)
        return dataclasses.asdict(review)

    def reviews(self) -> list[dict[str, Any]]:
        """Every review, oldest first."""
        return [dataclasses.asdict(r) for r in self._record.reviews()]


def _frame(entries: list[Entry], library: str) -> Any:
    import importlib

    from burdenshare.record import export

    if library not in ("pandas", "polars"):
        raise BurdenshareError(f"{library!r} is no library for frames; give pandas or polars.")
    try:
        module = importlib.import_module(library)
    except ModuleNotFoundError:
        raise BurdenshareError(f"A {library} frame needs {library}; install it first: pip install {library}") from None
    rows = [export.flat(e) for e in entries]
    by_column = {name: [row[name] for row in rows] for name in export.columns()}
    return module.DataFrame(by_column)
