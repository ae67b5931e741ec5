"""`burdenshare dossier`: what is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from burdenshare.cli import options, output


@click.command()
@options.as_of
@options.case
@options.output("table", "json")
@click.pass_obj
def dossier(db: str, as_of: date | None, case_name: str | None, form: str) -> None:
    """Show what is known: rounds, positions, settlements, terms, contributions and where reports disagree.

    Ten reports of one round are one round with ten sources. Each item names its claims by id.

    \b
    Examples:
      burdenshare dossier --as-of 2019-12-31
      burdenshare dossier --format json > dossier.json
    """
    from burdenshare import dossier as known
    from burdenshare.api import documents_of

    with options.opened(db) as record:
        case = options.the_case(record, case_name)
        entries = record.entries(case=case.id, as_of=as_of)
        documents = documents_of(record, entries) if form == "json" else {}
        options.note_left_out(record, case=case.id, as_of=as_of)
    found = known.dossier(entries, case, as_of=as_of)
    if form == "json":
        checked = known.checks.checks(entries, case, as_of=as_of, documents=documents)
        output.as_json(known.to_json(found, checks=checked))
        return
    data = known.to_json(found)
    for section, items in data.items():
        if isinstance(items, list) and items and all(isinstance(item, dict) for item in items):
            click.echo(f"\n{section.upper().replace('_', ' ')}")
            _table(items)


_ASIDE = ("support", "dissent", "versions", "inferred", "plans", "index", "measure", "published")  # in JSON only
_LAST = ("sources", "by")  # who says it stands behind what is said


def _table(items: list[dict[str, Any]]) -> None:
    columns = [c for c in items[0] if c not in (*_ASIDE, *_LAST) and any(_fits(item.get(c)) for item in items)]
    columns += [c for c in _LAST if c in items[0]]
    output.as_table(columns, [[_cell(item.get(c)) for c in columns] for item in items])


def _fits(value: Any) -> bool:
    """True where there is something to show that fits a cell; a list of objects does not."""
    if isinstance(value, list):
        return bool(value) and not isinstance(value[0], dict)
    return value not in (None, {}, "")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return " ".join(_cell(v) for v in value.values() if v not in (None, "exact", [], {}))
    if isinstance(value, list):
        return ", ".join(_cell(v) for v in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)) and abs(value) >= 1e4:
        return f"{value:,.0f}"
    return str(value)
