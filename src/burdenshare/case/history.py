"""The history of a case as open data: one table a series, one definition a column.

The command, the files it writes, their data dictionary and the manual's page are all made from `SERIES` below. A row
is a mapping from column to value: text, a list of texts, a whole number, a number, a day, yes or no, or None where
the case does not say. Every version of a figure is a row; `used` marks the one the case works with and `why` says why.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from burdenshare.case.model import Case, Names, Payment, Version
from burdenshare.case.problem import one_of
from burdenshare.edtf import When
from burdenshare.errors import CaseError
from burdenshare.money import Amount

Row = Mapping[str, Any]
ColumnType = Literal["text", "texts", "whole", "number", "day", "yes-no"]
UNITS_IN_NUMBERS = ("percent", "years", "persons")  # units of a version whose value is a number, besides currencies


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what type its cells have, what they mean, and the unit of a number."""

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A table of the history. `rows` gives every version; `versioned` is whether rows carry `used` and `why`."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Case], Iterator[dict[str, Any]]]
    versioned: bool = False


_CASE = Column("case", "text", "id of the case")
_AGREEMENT = Column("agreement", "whole", "number of the agreement in the series; empty for none")
_AMOUNT = (
    Column("amount", "whole", "the sum; empty where a range is given", "whole units of `currency`"),
    Column("low", "whole", "low end of a range; the sum itself where one is given", "whole units of `currency`"),
    Column("high", "whole", "high end of a range; the sum itself where one is given", "whole units of `currency`"),
    Column("currency", "text", "ISO 4217 code"),
    Column("bound", "text", "how the sum is limited: `exact`, `about`, `nearly`, `under`, `over`, `up-to`, `at-least`"),
    Column("also", "texts", "the same sum in another currency as quoted at the time, such as `925000000 USD`"),
)  # fmt: skip
_VERSION = (
    Column("used", "yes-no", "whether this is the version the case works with"),
    Column("why", "text", "why it is used, or is not"),
)
_NOTE = Column("note", "text", "what the figure refers to, or what to bear in mind")
_SOURCES = Column("sources", "texts", "ids of rows of the series `sources`")


def _span(name: str, what: str) -> tuple[Column, Column, Column]:
    """A date as written, and the first and last day it may stand for."""
    return (
        Column(name, "text", f"{what}, EDTF (ISO 8601-2)"),
        Column(f"{name}_earliest", "day", f"first day that `{name}` may stand for; empty where open"),
        Column(f"{name}_latest", "day", f"last day that `{name}` may stand for; empty where open"),
    )


def _days(name: str, when: When | None) -> dict[str, Any]:
    return {
        name: when.text if when else None,
        f"{name}_earliest": when.earliest if when else None,
        f"{name}_latest": when.latest if when else None,
    }


def _sum(amount: Amount | None) -> dict[str, Any]:
    if amount is None:
        return {"amount": None, "low": None, "high": None, "currency": None, "bound": None, "also": []}
    return {
        "amount": None if amount.value is None else round(amount.value),
        "low": round(amount.least),
        "high": round(amount.most),
        "currency": amount.currency,
        "bound": amount.bound,
        "also": [f"{round(a.least)} {a.currency}" for a in amount.also],
    }


def rise_percent(payment: Payment, before: Payment | None) -> float | None:
    """The rise of a year's sum on the one in use for the year before, in percent to two decimals.

    None where there is none before, a currency differs or either sum is a range.
    """
    if before is None or before.amount.currency != payment.amount.currency:
        return None
    if payment.amount.value is None or not before.amount.value:
        return None
    return round((payment.amount.value / before.amount.value - 1) * 100, 2)


def _contributions(case: Case) -> Iterator[dict[str, Any]]:
    for p in case.payments:
        yield {
            "case": case.id, "year": p.year, "agreement": p.agreement, "payer": case.host.id, "basis": p.basis,
            **_sum(p.amount), "rise_percent": rise_percent(p, case.contribution(p.year - 1)),
            "rise_percent_reported": p.rise_percent, "used": p.used, "why": p.why, "note": p.note,
            "sources": list(p.sources),
        }  # fmt: skip


def _number(version: Version) -> float | None:
    """The value as a number where its unit is one of count, percent or money (a code in capitals)."""
    if version.unit not in UNITS_IN_NUMBERS and not (len(version.unit) == 3 and version.unit.isupper()):
        return None
    try:
        return float(version.value)
    except ValueError:  # a range such as 10..20; the text keeps it
        return None


def _terms(case: Case) -> Iterator[dict[str, Any]]:
    for a in case.agreements:
        for v in a.versions:
            when = _parsed(v.value) if v.unit == "date" else None
            yield {
                "case": case.id, "agreement": a.number, "field": v.field, "value": v.value, "unit": v.unit,
                "number": _number(v), "earliest": when.earliest if when else None,
                "latest": when.latest if when else None, "used": v.used, "why": v.why, "note": v.note,
                "sources": list(v.sources),
            }  # fmt: skip


def _parsed(text: str) -> When | None:
    from burdenshare import edtf

    try:
        return edtf.parse(text)
    except ValueError:
        return None


def _rounds(case: Case) -> Iterator[dict[str, Any]]:
    for r in case.rounds:
        yield {
            "case": case.id, "agreement": r.agreement, "round": r.number, **_days("start", r.start),
            **_days("end", r.end), "city": r.city, "venue": r.venue, "format": r.format,
            "heads": [f"{party}: {name}" for party, name in r.heads.items()], "outcome": r.outcome,
            "used": r.used, "why": r.why, "note": r.note, "sources": list(r.sources),
        }  # fmt: skip


def _positions(case: Case) -> Iterator[dict[str, Any]]:
    for p in case.positions:
        yield {
            "case": case.id, **_days("when", p.when), "agreement": p.agreement, "side": p.side, "actor": p.actor,
            "act": p.act, **_sum(p.amount), "change_percent": p.change_percent, "years": p.years, "words": p.words,
            "reported_by": p.reported_by, "note": p.note, "sources": list(p.sources),
        }  # fmt: skip


def _categories(case: Case) -> Iterator[dict[str, Any]]:
    for c in case.category_figures:
        plain = c.value.replace(".", "", 1).removeprefix("-")
        yield {
            "case": case.id, **_days("period", _parsed(c.period)), "item": c.item, "value": c.value,
            "number": float(c.value) if plain.isdecimal() else None, "unit": c.unit, "basis": c.basis,
            "note": c.note, "sources": list(c.sources),
        }  # fmt: skip


def _yearly(case: Case) -> Iterator[dict[str, Any]]:
    for y in case.yearly:
        yield {
            "case": case.id, "series": y.series, "year": y.year, "value": y.value, "unit": y.unit, "basis": y.basis,
            "note": y.note, "sources": list(y.sources),
        }  # fmt: skip


def _first(names: Names, lang: str) -> str:
    return next(iter(names.get(lang) or ()), "")


def _people(case: Case) -> Iterator[dict[str, Any]]:
    for person in case.people.values():
        forms = [f"{lang}: {form}" for lang, texts in person.names.items() for form in texts]
        yield {
            "case": case.id, "person": person.id, "party": person.party,
            "name": _first(person.names, "en") or next((t[0] for t in person.names.values() if t), ""),
            "names": forms,
        }  # fmt: skip


def _offices(case: Case) -> Iterator[dict[str, Any]]:
    for person in case.people.values():
        for o in person.offices:
            post = case.posts[o.post]
            yield {
                "case": case.id, "person": person.id, "name": _first(person.names, "en"), "party": person.party,
                "post": o.post, "post_name": _first(post.names, "en"), "start": o.start, "end": o.end,
                "note": o.note, "sources": [o.source] if o.source else [],
            }  # fmt: skip


def _sources(case: Case) -> Iterator[dict[str, Any]]:
    for s in case.sources.values():
        yield {"case": case.id, **{f.name: getattr(s, f.name) for f in dataclasses.fields(s)}}


_TERM_DAYS = (
    Column("earliest", "day", "first day that a date may stand for; empty where the value is no date"),
    Column("latest", "day", "last day that a date may stand for"),
)
_NUMBER = Column("number", "number", "the value as a number, where it is a single one", "as `unit` says")

SERIES: Mapping[str, Series] = {
    s.name: s
    for s in (
        Series(
            "contributions", "what the host pays, year by year",
            "A row for each version of a year's sum. The years are those of the case: calendar years, or fiscal years "
            "named for the year they start in.",
            (
                _CASE,
                Column("year", "whole", "calendar or fiscal year"),
                _AGREEMENT,
                Column("payer", "text", "id of the party that pays"),
                Column("basis", "text", "`agreed`, `paid`, `budgeted`, `derived` (worked out from a rule) and so on"),
                *_AMOUNT,
                Column("rise_percent", "number", "rise on the sum in use for the year before; empty where the currency "
                       "changes or there is a range", "percent"),
                Column("rise_percent_reported", "number", "the rise as the source gives it", "percent"),
                *_VERSION, _NOTE, _SOURCES,
            ),
            _contributions, versioned=True,
        ),
        Series(
            "terms", "the agreements, field by field",
            "A row for each version of each field of an agreement: its dates, length, first sum, rule of growth, vote "
            "and further terms.",
            (
                _CASE, Column("agreement", "whole", "number of the agreement in the series"),
                Column("field", "text", "what the value is of: `start`, `signed`, `first_year`, `growth` and so on"),
                Column("value", "text", "the value as the source gives it, sums in whole currency units"),
                Column("unit", "text", "`date`, ISO 4217 code, `percent`, `years`, `persons`, `rule`, `name`, `text`"),
                _NUMBER, *_TERM_DAYS, *_VERSION, _NOTE, _SOURCES,
            ),
            _terms, versioned=True,
        ),
        Series(
            "rounds", "the meetings of the delegations",
            "A row for each version of each round that is known, with the heads of the delegations and how it ended.",
            (
                _CASE, Column("agreement", "whole", "number of the agreement talked about"),
                Column("round", "whole", "number of the round; empty where it has none or none is known"),
                *_span("start", "first day"), *_span("end", "last day"),
                Column("city", "text", "id of the place"), Column("venue", "text", "id of the building"),
                Column("format", "text", "`video` where the delegations did not meet in one place"),
                Column("heads", "texts", "heads of the delegations, as `party: name`"),
                Column("outcome", "text", "`scheduled`, `ongoing`, `concluded` (result not known), `no-deal`, "
                       "`broke-off`, `deal`"),
                *_VERSION, _NOTE, _SOURCES,
            ),
            _rounds, versioned=True,
        ),
        Series(
            "positions", "what the sides asked for, offered and refused",
            "A row for each position as it was reported; reports that differ are rows of their own.",
            (
                _CASE, *_span("when", "when it was taken or reported"),
                Column("agreement", "whole", "number of the agreement talked about"),
                Column("side", "text", "id of the party; empty for both"),
                Column("actor", "text", "who took it, where not the government as a whole"),
                Column("act", "text", "`demand`, `offer`, `reject`, `withdraw`, `limit`, `settlement` and so on"),
                *_AMOUNT,
                Column("change_percent", "number", "against the sum then in force", "percent"),
                Column("years", "text", "length asked for", "years"),
                Column("words", "text", "the position in a few words of our own"),
                Column("reported_by", "text", "who reported it first"),
                _NOTE, _SOURCES,
            ),
            _positions,
        ),
        Series(
            "categories", "figures on labour, construction, logistics and the like",
            "A row for each figure on a part of the contribution.",
            (
                _CASE, *_span("period", "year or span of years"),
                Column("item", "text", "what the figure is about"),
                Column("value", "text", "the figure, sums in whole currency units"),
                _NUMBER,
                Column("unit", "text", "an ISO 4217 code, `percent`, `persons` or `date`"),
                Column("basis", "text", "agreed, allocated, executed, reported and so on"),
                _NOTE, _SOURCES,
            ),
            _categories,
        ),
        Series(
            "yearly", "yearly figures around the talks",
            "A row for each figure of a year: defence budgets and their growth, troops, local employees, shares of "
            "gross domestic product, rates of exchange.",
            (
                _CASE,
                Column("series", "text", "what is counted, such as `defence-budget`; a party's id may follow"),
                Column("year", "whole", "calendar or fiscal year"),
                Column("value", "number", "the figure", "as `unit` says"),
                Column("unit", "text", "ISO 4217 code (whole units), `percent`, `persons`, `count`, `EUR/USD` for euros"
                       " for one dollar"),
                Column("basis", "text", "budgeted, reported, agreed, derived and so on"),
                _NOTE, _SOURCES,
            ),
            _yearly,
        ),
        Series(
            "people", "who the coverage names",
            "A row for each person.",
            (
                _CASE, Column("person", "text", "id of the person"),
                Column("party", "text", "id of the party; empty for neither"),
                Column("name", "text", "full name in English"),
                Column("names", "texts", "every full name and spelling, as `language: name`"),
            ),
            _people,
        ),
        Series(
            "offices", "who held which office when",
            "A row for each term of a person in a post.",
            (
                _CASE, Column("person", "text", "id of the person"), Column("name", "text", "full name in English"),
                Column("party", "text", "id of the party"), Column("post", "text", "id of the post"),
                Column("post_name", "text", "name of the post in English"),
                Column("start", "day", "first day; empty where unknown"),
                Column("end", "day", "last day; empty where unknown or still in office"),
                _NOTE, _SOURCES,
            ),
            _offices,
        ),
        Series(
            "sources", "where each figure comes from",
            "A row for each source that the other series name.",
            (
                _CASE, Column("id", "text", "referred to by `sources` in the other series"),
                Column("outlet", "text", "who published it, and through whom it was seen"),
                Column("title", "text", "title as published; empty where it was not recorded"),
                Column("url", "text", "address"), Column("published", "text", "EDTF where known"),
                Column("note", "text", "how the date is known, what kind of page it is"),
            ),
            _sources,
        ),
    )
}  # fmt: skip


def series(name: str) -> Series:
    """The series of that name. Raises CaseError where there is none."""
    if name not in SERIES:
        raise CaseError(f"there is no series {name!r}; {one_of(name, SERIES)}")
    return SERIES[name]


def rows(case: Case, name: str, *, every_version: bool = False) -> tuple[Row, ...]:
    """The rows of a series in the case's order, each with every column of the series.

    Without `every_version` only those in use, in series that have versions. Raises CaseError for an unknown series.
    """
    wanted = series(name)
    found = wanted.rows(case)
    return tuple(r for r in found if every_version or not wanted.versioned or r["used"])


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Values of one thing that differ. `versions` are rows of the series, those that differ only in currency too."""

    series: str
    what: str
    versions: tuple[Row, ...]

    @property
    def used(self) -> Row | None:
        """The row the case works with; None where it works with none of them."""
        return next((v for v in self.versions if v["used"]), None)


_GROUPED: Mapping[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    # series: the columns that say what a row is about, the one whose values cannot be compared (a sum in won and the
    # same sum in dollars do not disagree), and those whose values may differ
    "contributions": (("year",), "currency", ("low", "high")),
    "terms": (("agreement", "field"), "unit", ("value",)),
    "rounds": (("agreement", "round"), "case", ("start", "end", "city", "outcome")),
}


def disagreements(case: Case) -> tuple[Disagreement, ...]:
    """Where versions of one thing differ and one was put aside for another, in the order of the series."""
    out = []
    for name, (about, apart, values) in _GROUPED.items():
        groups: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows(case, name, every_version=True):
            groups.setdefault(tuple(row[c] for c in about), []).append(row)
        for key, versions in groups.items():
            said = {(v[apart], *(v[c] for c in values)) for v in versions}
            differ = len(said) > len({v[apart] for v in versions})
            if differ and None not in key and not all(v["used"] for v in versions):
                what = ", ".join(f"{c} {k}" for c, k in zip(about, key, strict=True))
                out.append(Disagreement(name, what, tuple(versions)))
    return tuple(out)


def years_missing(case: Case) -> tuple[int, ...]:
    """The years without a contribution in use between the first and the last that has one."""
    known = {p.year for p in case.payments if p.used}
    return tuple(y for y in range(min(known, default=0), max(known, default=-1) + 1) if y not in known)


def fingerprint(case: Case) -> str:
    """12 hex digits over every row of every series: the same data have the same ones wherever they lie."""
    every = {name: rows(case, name, every_version=True) for name in SERIES}
    text = json.dumps(every, default=date.isoformat, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def citation(case: Case, *, version: str) -> str:
    """One line to cite the data by: what, which years, how many sources, the program's version, the data's date.

    `version` is the program's. The fingerprint tells these data from any others of the same date.
    """
    title = _first(case.title, "en") or next((t[0] for t in case.title.values() if t), case.id)
    years = [p.year for p in case.payments if p.used]
    span = f", {min(years)}-{max(years)}" if years else ""
    of = f", data of {case.updated}" if case.updated else ""
    count = len(case.sources)
    return (
        f"{title}: contributions, terms, rounds and positions{span} [data set]. burdenshare {version}, case {case.id}"
        f"{of}, fingerprint {fingerprint(case)}; compiled from {count} source{'' if count == 1 else 's'}."
    )
