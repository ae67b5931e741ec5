"""What must hold in a case beyond the form of its values: references, sources, choices, dates in order."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Any

from burdenshare.case.decode import is_currency, no_currency
from burdenshare.case.files import Files, Row
from burdenshare.case.model import Agreement, Case
from burdenshare.case.priors import mistakes
from burdenshare.case.problem import At, one_of
from burdenshare.case.schema import ACTS, ASKING, BASES, FURTHER_FIELDS, OUTCOMES, PAYING, ROLES, SERIES
from burdenshare.edtf import When
from burdenshare.money import GROWTH_RULES

GROWTH = GROWTH_RULES
AGREEMENT_FIELDS = tuple(f.name for f in dataclasses.fields(Agreement) if f.name not in ("number", "versions"))
UNSOURCED = "memory"  # the id of the source that stands for no page at all
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


def check(case: Case, files: Files) -> None:
    """Notes in `files` every mistake of meaning."""
    assert files.at is not None
    _identity(case, files.at)
    _references(case, files.at)
    _people(case, files)
    _sources(case, files)
    _figures(case, files)
    _agreements(case, files)
    _yearly(case, files)
    _used(files)
    _outlook(case, files.at)


def _known(at: At, value: str | None, names: Collection[str], what: str) -> None:
    if value and value not in names:
        at.say(f"{value!r} is no {what} of this case; {one_of(value, names)}")


def _identity(case: Case, at: At) -> None:
    if not _ID.fullmatch(case.id):
        (at / "id").say(f"{case.id!r} is no id; expected small letters, digits and hyphens, such as us-rok-sma")
    if not 1 <= case.fiscal_year_starts <= 12:
        (at / "fiscal_year_starts").say(f"{case.fiscal_year_starts} is no month; expected 1 to 12")
    troops = any(p.role in ("host", "stationing") for p in case.parties.values())
    for name in ("title", "series", "about", *(("forces",) if troops else ())):
        if not any(getattr(case, name).values()):
            (at / name).say('is empty; expected names such as { en = ["..."] }')
    roles = [p.role for p in case.parties.values()]
    for either in (PAYING, ASKING):
        count = sum(map(roles.count, either))
        if count != 1:
            said = f"{count} parties have the role {' or '.join(map(repr, either))}; expected one"
            (at / "parties").say(f"{said}, and those that make it up with the role 'member'" if count > 1 else said)
    for party in case.parties.values():
        here = at / "parties" / party.id
        if party.role not in ROLES:
            (here / "role").say(f"{party.role!r} is no role; {one_of(party.role, ROLES)}")
        if not is_currency(party.currency):
            (here / "currency").say(no_currency(party.currency))
        _known(here / "capital", party.capital, case.places, "place")
    for group in ("parties", "bodies", "posts", "places"):
        for key, item in getattr(case, group).items():
            if not any(item.names.values()):
                (at / group / key / "names").say('is empty; expected names such as { en = ["..."] }')


def _outlook(case: Case, at: At) -> None:
    if case.outlook is None:
        return
    for key, words in mistakes(case.outlook):
        (at / "outlook" / key).say(words)
    for side, post in case.outlook.leaders.items():
        _known(at / "outlook" / "leaders", side, case.parties, "party")
        _known(at / "outlook" / "leaders" / side, post, case.posts, "post")


def _references(case: Case, at: At) -> None:
    for group in ("bodies", "posts", "places"):
        for key, item in getattr(case, group).items():
            _known(at / group / key / "party", item.party, case.parties, "party")
    for key, place in case.places.items():
        here = at / "places" / key / "within"
        _known(here, place.within, case.places, "place")
        around, seen = case.places.get(place.within or ""), {key}
        while around:
            if around.id in seen:
                here.say(f"{place.within!r} lies within itself; expected a larger place")
                break
            seen.add(around.id)
            around = case.places.get(around.within or "")


def _unique(rows: Iterable[Row], what: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        line = row.at.line_of(())
        if row.value.id in seen:
            (row.at / "id").say(f"{row.value.id!r} is the id of the {what} in line {seen[row.value.id]} already")
        elif not row.value.id:
            (row.at / "id").say("is empty; expected an id")
        seen.setdefault(row.value.id, line)


def _people(case: Case, files: Files) -> None:
    _unique(files.rows["people.csv"], "person")
    for row in files.rows["people.csv"]:
        _known(row.at / "party", row.value.party, case.parties, "party")
        if not any(row.value.names.values()):
            (row.at / "names").say("is empty; expected a name in a column such as names.en")
    terms: dict[tuple[str, str], list[Row]] = {}
    for row in files.rows["offices.csv"]:
        o = row.value
        _known(row.at / "person", o.person, case.people, "person")
        _known(row.at / "post", o.post, case.posts, "post")
        _known(row.at / "source", o.source, case.sources, "source")
        if not o.source:
            (row.at / "source").say("is empty; expected the id of a source")
        if o.start and o.end and o.start > o.end:
            (row.at / "end").say(f"{o.end} is before the start, {o.start}")
            continue
        for other in terms.setdefault((o.person, o.post), []):
            p = other.value
            if not ((o.end and p.start and o.end < p.start) or (p.end and o.start and p.end < o.start)):
                (row.at / "start").say(
                    f"overlaps the term of {o.person} as {o.post} in line {other.at.line_of(())}; expected one after it"
                )
        terms[o.person, o.post].append(row)


def _sources(case: Case, files: Files) -> None:
    _unique(files.rows["sources.csv"], "source")
    for name in ("agreements.csv", "payments.csv", "rounds.csv", "positions.csv", "categories.csv", "yearly.csv"):
        for row in files.rows[name]:
            if not row.value.sources:
                (row.at / "sources").say("is empty; expected the id of a source in sources.csv")
            for source in row.value.sources:
                _known(row.at / "sources", source, case.sources, "source")


def _choice(at: At, value: str, choices: Collection[str]) -> None:
    if value not in choices:
        at.say(f"{value!r} is not known here; {one_of(value, choices)}")


def _figures(case: Case, files: Files) -> None:
    numbers = {a.number for a in case.agreements}
    for row in files.rows["agreements.csv"]:
        _choice(row.at / "field", row.value.field, AGREEMENT_FIELDS + FURTHER_FIELDS)
    for name in ("payments.csv", "rounds.csv", "positions.csv"):
        for row in files.rows[name]:
            if row.value.agreement is not None and row.value.agreement not in numbers:
                (row.at / "agreement").say(
                    f"there is no agreement {row.value.agreement} in agreements.csv; expected one of its numbers"
                )
    for row in files.rows["payments.csv"]:
        _choice(row.at / "basis", row.value.basis, BASES)
    for row in files.rows["rounds.csv"]:
        r = row.value
        if r.outcome:
            _choice(row.at / "outcome", r.outcome, OUTCOMES)
        _known(row.at / "city", r.city, case.places, "place")
        _known(row.at / "venue", r.venue, case.places, "place")
        for party in r.heads:
            _known(row.at / f"heads.{party}", party, case.parties, "party")
        _in_order(row.at / "end", r.start, r.end)
    for row in files.rows["positions.csv"]:
        _choice(row.at / "act", row.value.act, ACTS)
        _known(row.at / "side", row.value.side, case.parties, "party")


def _series_name(case: Case, series: str) -> str:
    """The series without the party it is kept for: `share-of-gdp` for `share-of-gdp-germany`."""
    of = next((p for p in case.parties if series.endswith(f"-{p}")), None)
    return series.removesuffix(f"-{of}") if of else series


def _yearly(case: Case, files: Files) -> None:
    seen: set[tuple[str, int, str]] = set()
    for row in files.rows["yearly.csv"]:
        figure = row.value
        name = _series_name(case, figure.series)
        _choice(row.at / "series", name, SERIES)
        wanted = SERIES.get(name)
        pair = figure.unit.split("/")
        if wanted == "currency" and not is_currency(figure.unit):
            (row.at / "unit").say(no_currency(figure.unit))
        elif wanted == "pair" and not (len(pair) == 2 and all(is_currency(c) for c in pair)):
            (row.at / "unit").say(f"{figure.unit!r} is no pair of currencies; write EUR/USD for euros for one dollar")
        elif wanted in ("percent", "persons", "count") and figure.unit != wanted:
            (row.at / "unit").say(f"{figure.unit!r} is no unit of {figure.series}; expected {wanted}")
        if figure.value <= 0 and figure.unit != "percent":
            (row.at / "value").say(f"{figure.value:g} is no figure to count with; expected a number above zero")
        key = (figure.series, figure.year, figure.unit)
        if key in seen:
            (row.at / "year").say(f"{figure.series} has a figure for {figure.year} already; keep one of them")
        seen.add(key)


def _in_order(at: At, first: When | None, last: When | None) -> None:
    if first and last and first.earliest and last.latest and last.latest < first.earliest:
        at.say(f"{last} is before {first}; expected a later date")


def _after(at: At, start: When, end: When, number: int) -> None:
    if start.earliest and end.latest and start.earliest <= end.latest:
        at.say(f"{start} overlaps agreement {number}, which ends on {end}; expected a later start")


def _row_of(files: Files, number: int, field: str) -> At:
    """The place of the row in use of an agreement's field."""
    rows = files.rows["agreements.csv"]
    return next(r.at for r in rows if r.value.number == number and r.value.field == field and r.value.used) / "value"


def _agreements(case: Case, files: Files) -> None:
    before: Agreement | None = None
    for a in case.agreements:
        order = [n for n in ("talks_start", "agreed", "initialled", "signed", "ratified") if getattr(a, n)]
        for first, last in pairwise(order):
            _in_order(_row_of(files, a.number, last), getattr(a, first), getattr(a, last))
        if a.end:
            _in_order(_row_of(files, a.number, "end"), a.start, a.end)
        if before and before.end and a.start:
            _after(_row_of(files, a.number, "start"), a.start, before.end, before.number)
        before = a


def _used(files: Files) -> None:
    """One used payment a year, one used row a round; nothing unsourced in use where a source gives a value."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in files.rows["payments.csv"]:
        groups.setdefault(("payment", row.value.year), []).append(row)
    for row in files.rows["rounds.csv"]:
        if row.value.number is not None:
            groups.setdefault(("round", row.value.agreement, row.value.number), []).append(row)
    for row in files.rows["agreements.csv"]:
        groups.setdefault((row.value.field, row.value.number), []).append(row)
    for key, rows in groups.items():
        used = [r for r in rows if r.value.used]
        if key[0] in ("payment", "round") and len(used) > 1:
            (used[1].at / "used").say(f"line {used[0].at.line_of(())} is in use for the same {key[0]}; mark one no")
        sourced = any(_sourced(r.value) for r in rows)
        for r in used:
            if sourced and not _sourced(r.value):
                (r.at / "used").say("is from memory, and another row has a source; mark the sourced one as used")


def _sourced(value: Any) -> bool:
    return any(s != UNSOURCED for s in value.sources)
