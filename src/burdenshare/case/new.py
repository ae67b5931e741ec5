"""A case of one's own: a folder with a commented case file to fill in, and the CSV files with their columns."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from burdenshare.case import decode
from burdenshare.case.decode import is_currency, no_currency
from burdenshare.case.schema import CASE_FILE, TABLES
from burdenshare.errors import CaseError

_COLUMNS = {
    "people.csv": ["names.en", "surnames.en"],
    "rounds.csv": ["heads.{host}", "heads.{stationing}"],
}
_AMOUNT = ("amount", "currency", "bound", "also")
# What a CSV file is for, and a row as an example; lines that begin with # are passed over when a case is read.
_HINTS = {
    "sources.csv": (
        "Where figures come from; every other file names these ids. What you know without a page: memory.",
        {"id": "daily-2024", "outlet": "The Daily", "title": "Talks begin", "published": "2024-05-02"},
    ),
    "people.csv": (
        "Whoever reports name. Several spellings are parted by semicolons; surnames hold the short form.",
        {"id": "ann-lee", "party": "{host}", "names.en": "Ann Lee; Anna Lee", "surnames.en": "Lee"},
    ),
    "offices.csv": (
        "Who held which post when, in whole days; an open end stays empty.",
        {"person": "ann-lee", "post": "host-negotiator", "start": "2023-01-01", "source": "memory"},
    ),
    "agreements.csv": (
        "One value of one field of one agreement a row: start, end, signed, years, first_year, growth, ...",
        {"number": "1", "field": "end", "value": "2024-12-31", "unit": "date", "used": "yes", "sources": "memory"},
    ),
    "payments.csv": (
        "What was paid, or a level of pay agreed, year by year, in whole currency units.",
        {"year": "2024", "agreement": "1", "basis": "agreed", "amount": "150000000", "currency": "{currency}",
         "used": "yes", "sources": "memory"},
    ),
    "rounds.csv": (
        "Rounds known from the past.",
        {"agreement": "2", "number": "1", "start": "2024-05", "outcome": "no-deal", "used": "yes", "sources": "memory"},
    ),
    "positions.csv": (
        "Demands and offers known from the past.",
        {"when": "2024-05", "agreement": "2", "side": "{stationing}", "act": "demand", "change_percent": "8",
         "words": "8 percent more", "sources": "memory"},
    ),
    "categories.csv": (
        "Figures on parts of the whole.",
        {"period": "2024", "item": "labour", "value": "60000000", "unit": "{currency}", "sources": "memory"},
    ),
    "yearly.csv": (
        "Yearly figures around the talks: defence-budget, troops, local-employees, exchange-rate, ...",
        {"series": "local-employees", "year": "2024", "value": "1200", "unit": "persons", "sources": "memory"},
    ),
}  # fmt: skip
_TEMPLATE = """\
# {title}
#
# Fill in what is empty, then run `burdenshare case check` on this folder: it lists what is wrong or missing, with
# its line. Names are lists by language (en, ko, ja, ...), the preferred form first, then every spelling that
# reports use. Figures, people and their terms of office stand in the CSV files beside this one; each figure needs
# the id of a row of sources.csv. What you know without a page has the source `memory`. With reports behind the
# folder, `case check` also says which of these names the reports never use, and which names of theirs are not here.
id = {id}
fiscal_year_starts = 1 # the month that the years of payments.csv start in

[title]
en = [{title_}]

# What the agreements are called in reports: full name, short name, loose wordings.
[series]
en = {series}

# Words that show a report to be about this case: {about_examples}.
[about]
en = {about}
{troops}
# {paying}
[parties.{host_id}]
role = "{paying_role}"
currency = {host_currency} # ISO 4217, three capital letters
capital = "" # the id of a place below
names = {{ en = {host} }}
adjectives = {{ en = {host_adjectives} }} # as "Freedonian" is for Freedonia
metonyms = {{ en = [] }} # a capital or house that stands for its government

# {asking}
[parties.{stationing_id}]
role = "{asking_role}"
currency = {stationing_currency}
capital = ""
names = {{ en = {stationing} }}
adjectives = {{ en = {stationing_adjectives} }}
metonyms = {{ en = [] }}

# Where several stand on one side, each may be a party of its own:
#
# [parties.third]
# role = "member"
# currency = {host_currency_}
# names = {{ en = ["..."] }}
# adjectives = {{ en = [] }}
# metonyms = {{ en = [] }}

# Ministries, parliaments, commands, embassies, unions, news agencies. Bare words such as "foreign ministry" need
# no entry; the reader knows them. `kind` is one of government, head-of-state, foreign-ministry, defence-ministry,
# finance-ministry, legislature, forces, embassy, delegation, agency, court, party, union, other.
#
# [bodies.host-foreign-ministry]
# party = {host_id_}
# kind = "foreign-ministry"
# names = {{ en = ["Ministry of Foreign Affairs"] }}

# Offices; who held them when stands in offices.csv. `delegation = true` marks heads and members of delegations.
#
# [posts.host-negotiator]
# party = {host_id_}
# delegation = true
# names = {{ en = ["chief negotiator"] }}

# Cities, states, countries and venues where the delegations meet; `within` is the place around it.
#
# [places.capital]
# kind = "city"
# party = {host_id_}
# names = {{ en = ["..."] }}

# Categories of the contribution and the words for them: labour, construction, logistics, unspent, other.
#
# [categories.labour]
# en = ["labour costs", "wages"]
"""
_TROOPS = """
# What the stationed troops are called.
[forces]
en = {forces}

# What the local employees of the forces are called; leave out where there are none.
[employees]
en = []
"""


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a new case: its name in English, further names, adjectives, and the currency as an ISO 4217 code."""

    name: str
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    currency: str = ""


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _text(value: str) -> str:
    """The value as a TOML string; JSON's escapes are TOML's too."""
    return json.dumps(value, ensure_ascii=False)


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(_text(v) for v in values) + "]"


def columns(table: str, *, host: str, stationing: str) -> list[str]:
    """The columns of a new CSV file, derived from the dataclass of its rows."""
    out: list[str] = []
    mapped = [c.format(host=host, stationing=stationing) for c in _COLUMNS.get(table, [])]
    for name in decode.hints(TABLES[table]):
        own = [c for c in mapped if c.startswith(name + ".")]
        if own:
            out += own
        elif name == "amount":
            out += _AMOUNT
        else:
            out.append(name)
    return out


def _csv(table: str, *, host: str, stationing: str, currency: str) -> str:
    """A new CSV file: what it is for and an example as comments, and the line of headings."""
    heads = columns(table, host=host, stationing=stationing)
    about, example = _HINTS[table]
    cells = {k: v.format(host=host, stationing=stationing, currency=currency) for k, v in example.items()}
    lines = [f"# {about}", "# " + ",".join(cells.get(c, "") for c in heads), ",".join(heads)]
    if table == "sources.csv":
        lines.append("memory,,,,,not from any page; unverified")
    return "\n".join(lines) + "\n"


def check_id(case_id: str) -> None:
    """Raises CaseError where a case cannot be called so."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", case_id):
        raise CaseError(f"{case_id!r} is no id for a case; use small letters, digits and hyphens, such as us-poland")


def check_currency(code: str) -> None:
    """Raises CaseError where the code is given and is no currency."""
    if code and not is_currency(code):
        raise CaseError(no_currency(code))


def new(
    case_id: str,
    *,
    title: str,
    host: str | Side,
    stationing: str | Side = "",
    host_currency: str = "",
    stationing_currency: str = "",
    series: Sequence[str] = (),
    about: Sequence[str] = (),
    forces: Sequence[str] = (),
    troops: bool = True,
    into: str | Path = ".",
) -> Path:
    """Writes the folder `into/case_id` with a case file to fill in, and returns the folder.

    `host` is the side that pays, `stationing` the one that asks: names in English, or a `Side` with more of them; an
    empty name stays to be filled in.
    With `troops=False` they are a payer and a claimant, as in a wage round, and nothing is asked about forces.
    Currencies are ISO 4217 codes. `series`, `about` and `forces` are names in English. Raises CaseError where the id
    is no id, a currency is none or the folder holds a case already.
    """
    check_id(case_id)
    sides = (_side(host, host_currency), _side(stationing, stationing_currency))
    for side in sides:
        check_currency(side.currency)
    folder = Path(into) / case_id
    if (folder / CASE_FILE).exists():
        raise CaseError(f"{folder} holds a case already; choose another id or folder")
    ids = (_slug(sides[0].name) or "host", _slug(sides[1].name) or "stationing")
    if ids[0] == ids[1]:
        raise CaseError(f"both sides are called {sides[0].name!r}; give the two sides different names")
    text = _case_file(case_id, title, sides, ids, series=series, about=about, forces=forces, troops=troops)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CASE_FILE).write_text(text, encoding="utf-8")
        for table in TABLES:
            made = _csv(table, host=ids[0], stationing=ids[1], currency=sides[0].currency)
            (folder / table).write_text(made, encoding="utf-8")
    except OSError as error:
        raise CaseError(f"{folder} cannot be written: {error.strerror}") from error
    return folder


def _side(given: str | Side, currency: str) -> Side:
    return given if isinstance(given, Side) else Side(given, currency=currency)


def _case_file(
    case_id: str, title: str, sides: tuple[Side, Side], ids: tuple[str, str], *, series: Sequence[str],
    about: Sequence[str], forces: Sequence[str], troops: bool,
) -> str:  # fmt: skip
    """The text of `case.toml`."""
    host, stationing = sides
    return _TEMPLATE.format(
        title=" ".join(title.split()), id=_text(case_id), title_=_text(title),
        series=_list(series), about=_list(about),
        about_examples='"defence cost-sharing", "burden-sharing", ...' if troops else '"pay talks", "wage round", ...',
        troops=_TROOPS.format(forces=_list(forces)) if troops else "",
        paying="The side that hosts the troops and pays towards their cost." if troops else "The side that pays.",
        asking="The side whose troops are stationed." if troops else "The side that asks to be paid.",
        paying_role="host" if troops else "payer", asking_role="stationing" if troops else "claimant",
        host_id=ids[0], host_id_=_text(ids[0]), host=_list([n for n in (host.name, *host.names) if n]),
        host_adjectives=_list(host.adjectives), host_currency=_text(host.currency),
        host_currency_=_text(host.currency),
        stationing_id=ids[1], stationing=_list([n for n in (stationing.name, *stationing.names) if n]),
        stationing_adjectives=_list(stationing.adjectives), stationing_currency=_text(stationing.currency),
    )  # fmt: skip
