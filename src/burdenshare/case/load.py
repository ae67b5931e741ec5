"""A case from its folder: read, checked, built. `load` raises; `check` returns every mistake."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from burdenshare import edtf
from burdenshare.case import decode, rules
from burdenshare.case.files import Files, by_id, read, values
from burdenshare.case.model import Agreement, Case, Office, Person, Version
from burdenshare.case.problem import Problem, one_of, refuse
from burdenshare.case.schema import CASE_FILE
from burdenshare.errors import CaseError, MoneyError
from burdenshare.money import Growth, growth


def _data() -> Path:
    return Path(str(resources.files("burdenshare.case"))) / "data"


@lru_cache(maxsize=1)
def shipped() -> tuple[str, ...]:
    """Ids of the cases that come with the program, sorted."""
    return tuple(sorted(p.parent.name for p in _data().glob(f"*/{CASE_FILE}")))


def folder(name_or_path: str) -> Path:
    """The folder of a shipped case, or the folder (or `case.toml`) at a path. Raises CaseError where there is none."""
    if name_or_path in shipped():
        return _data() / name_or_path
    path = Path(name_or_path)
    if path.name == CASE_FILE and path.is_file():
        return path.parent
    if (path / CASE_FILE).is_file():
        return path
    raise CaseError(
        f"there is no case {name_or_path!r}: {one_of(name_or_path, shipped())} "
        f"Otherwise give the folder that holds {CASE_FILE}"
    )


def check(name_or_path: str) -> list[Problem]:
    """Every mistake in a case, in the order of files and lines; empty where it is clean.

    Raises CaseError only where there is no such case.
    """
    files = read(folder(name_or_path))
    _build(files, name_or_path)
    return sorted(files.problems)


def load(name_or_path: str) -> Case:
    """A shipped case by id, or a case folder by path. Raises CaseError with the first mistakes, each with its line.

    A shipped case is read once a process; a folder is read anew on every call.
    """
    if name_or_path in shipped():
        return _shipped(name_or_path)
    return _load(name_or_path)


def _load(name_or_path: str) -> Case:
    files = read(folder(name_or_path))
    case = _build(files, name_or_path)
    refuse(files.problems)
    assert case is not None  # a case that could not be built has a problem to say why
    return case


_shipped = lru_cache(maxsize=16)(_load)


def _build(files: Files, path: str) -> Case | None:
    """The case, and the problems of meaning noted in `files`. None where `case.toml` itself is broken."""
    if files.table is None:
        return None
    t = files.table
    case = Case(
        id=t.id, title=t.title, series=t.series, fiscal_year_starts=t.fiscal_year_starts, about=t.about,
        parties=t.parties, bodies=t.bodies, posts=t.posts, people=_people(files), places=t.places,
        forces=t.forces, employees=t.employees, categories=t.categories, agreements=_agreements(files),
        payments=tuple(values(files, "payments.csv")), rounds=tuple(values(files, "rounds.csv")),
        positions=tuple(values(files, "positions.csv")), category_figures=tuple(values(files, "categories.csv")),
        yearly=tuple(values(files, "yearly.csv")),
        sources=by_id(files, "sources.csv"), path=path, updated=t.updated, gdp_shares=t.gdp_shares, extra=t.extra,
        outlook=t.outlook,
    )  # fmt: skip
    rules.check(case, files)
    return case


def _people(files: Files) -> dict[str, Person]:
    offices: dict[str, list[Office]] = {}
    for o in values(files, "offices.csv"):
        offices.setdefault(o.person, []).append(Office(o.post, o.start, o.end, o.source, o.note))
    return {
        r.id: Person(r.id, r.party, r.names, r.surnames, tuple(offices.get(r.id, ())))
        for r in values(files, "people.csv")
    }


def _growth(text: str) -> Growth:
    """A rule as its cell gives it: `fixed 10`, `cpi cap 4`, `defence-budget`, `frozen`, `other`."""
    rule, *rest = text.split()
    numbers: dict[str, Any] = {}
    if "cap" in rest:
        at = rest.index("cap")
        numbers["cap_percent"] = float(rest[at + 1])
        rest = rest[:at]
    if rest:
        numbers["percent"] = float(rest[0])
    if rule not in rules.GROWTH or len(rest) > 1:
        raise ValueError
    return Growth(rule, **numbers)


def _field(row: Any) -> Any:
    """The value of a used row in the type of the model's field. Raises ValueError with what was expected."""
    name = row.field
    if name == "first_year":
        return decode.amount(row.value, row.unit)
    if name == "years":
        try:
            return int(row.value)
        except ValueError:
            raise ValueError(f"{row.value!r} is no whole number of years") from None
    if name == "growth":
        try:
            return _growth(row.value)
        except (ValueError, IndexError):
            raise ValueError(
                f"{row.value!r} is no rule of growth; write fixed 10, cpi cap 4, defence-budget, frozen or other"
            ) from None
    if name == "growth_rule":
        try:
            return growth.parse(row.value)
        except MoneyError as error:
            raise ValueError(str(error)) from None
    return row.value if name == "growth_words" else edtf.parse(row.value)


def _agreements(files: Files) -> tuple[Agreement, ...]:
    fields: dict[int, dict[str, Any]] = {}
    versions: dict[int, list[Version]] = {}
    for item in files.rows.get("agreements.csv", []):
        r = item.value
        versions.setdefault(r.number, []).append(Version(r.field, r.value, r.unit, r.used, r.why, r.note, r.sources))
        mine = fields.setdefault(r.number, {})
        if r.field not in rules.AGREEMENT_FIELDS:
            continue
        try:
            value = _field(r)
        except ValueError as error:
            (item.at / "value").say(str(error))
            continue
        if r.used:
            if r.field in mine:
                (item.at / "used").say(f"agreement {r.number} has two values of {r.field} in use; mark one of them no")
            mine[r.field] = value
    return tuple(Agreement(number=n, versions=tuple(versions[n]), **fields[n]) for n in sorted(fields))
