"""A case of one's own: a folder with a commented case file to fill in, and the CSV files with their columns."""

from __future__ import annotations

import json
import re
from pathlib import Path

from burdenshare.case import decode
from burdenshare.case.schema import CASE_FILE, TABLES
from burdenshare.errors import CaseError

_COLUMNS = {
    "people.csv": ["names.en", "surnames.en"],
    "rounds.csv": ["heads.{host}", "heads.{stationing}"],
}
_AMOUNT = ("amount", "currency", "bound", "also")
_TEMPLATE = """\
# {title}
#
# Fill in what is empty, then run `burdenshare case check` on this folder: it lists what is wrong or missing, with
# its line. Names are lists by language (en, ko, ja, ...), the preferred form first, then every spelling that
# reports use. Figures, people and their terms of office stand in the CSV files beside this one; each figure needs
# the id of a row of sources.csv. What you know without a page has the source `memory`.
id = {id}
fiscal_year_starts = 1 # the month that the years of payments.csv start in

[title]
en = [{title_}]

# What the series of agreements is called in reports: full name, short name, loose wordings.
[series]
en = []

# Words that show a report to be about this case: "defence cost-sharing", "burden-sharing", ...
[about]
en = []

# What the stationed troops are called.
[forces]
en = []

# What the local employees of the forces are called; leave out where there are none.
[employees]
en = []

# The side that hosts the troops and pays towards their cost.
[parties.{host_id}]
role = "host"
currency = {host_currency} # ISO 4217: KRW, JPY, EUR, ...
capital = "" # the id of a place below
names = {{ en = [{host}] }}
adjectives = {{ en = [] }} # "South Korean"
metonyms = {{ en = [] }} # a capital or house that stands for the government: "Seoul"

# The side whose troops are stationed.
[parties.{stationing_id}]
role = "stationing"
currency = {stationing_currency}
capital = ""
names = {{ en = [{stationing}] }}
adjectives = {{ en = [] }}
metonyms = {{ en = [] }}

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


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _text(value: str) -> str:
    """The value as a TOML string; JSON's escapes are TOML's too."""
    return json.dumps(value, ensure_ascii=False)


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


def new(
    case_id: str,
    *,
    title: str,
    host: str,
    stationing: str = "United States",
    host_currency: str = "",
    stationing_currency: str = "USD",
    into: str | Path = ".",
) -> Path:
    """Writes the folder `into/case_id` with a case file to fill in, and returns the folder.

    `host` and `stationing` are the names of the sides, in English; currencies are ISO 4217 codes. Raises CaseError
    where the id is no id or the folder holds a case already.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", case_id):
        raise CaseError(f"{case_id!r} is no id for a case; use small letters, digits and hyphens, such as us-poland")
    folder = Path(into) / case_id
    if (folder / CASE_FILE).exists():
        raise CaseError(f"{folder} holds a case already; choose another id or folder")
    ids = (_slug(host) or "host", _slug(stationing) or "stationing")
    if ids[0] == ids[1]:
        raise CaseError(f"both sides are called {host!r}; give the host and the stationing side different names")
    text = _TEMPLATE.format(
        title=" ".join(title.split()), id=_text(case_id), title_=_text(title),
        host_id=ids[0], host_id_=_text(ids[0]), host=_text(host), host_currency=_text(host_currency),
        stationing_id=ids[1], stationing=_text(stationing), stationing_currency=_text(stationing_currency),
    )  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CASE_FILE).write_text(text, encoding="utf-8")
        for table in TABLES:
            lines = [",".join(columns(table, host=ids[0], stationing=ids[1]))]
            if table == "sources.csv":
                lines.append("memory,,,,,not from any page; unverified")
            (folder / table).write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise CaseError(f"{folder} cannot be written: {error.strerror}") from error
    return folder
