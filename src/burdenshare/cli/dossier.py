"""`burdenshare dossier`: what is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from burdenshare.cli import options, output

if TYPE_CHECKING:
    from burdenshare.case import Case


@click.command()
@options.as_of
@options.case
@options.output("table", "json")
@options.lang
@click.pass_obj
def dossier(db: str, as_of: date | None, case_name: str | None, form: str, lang: str) -> None:
    """Show what is known: rounds, positions, settlements, terms, contributions and where reports disagree.

    Ten reports of one round are one round with ten sources. Each item names its claims by id.

    \b
    Examples:
      burdenshare dossier --as-of 2019-12-31
      burdenshare dossier --format json > dossier.json
      burdenshare dossier --lang ko
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
            click.echo(f"\n{_title(section, lang)}")
            _table(items, case, lang)


_ASIDE = ("support", "dissent", "versions", "inferred", "plans", "index", "measure", "published")  # in JSON only
_LAST = ("sources", "by")  # who says it stands behind what is said


def _title(section: str, lang: str) -> str:
    from burdenshare.brief import tongue

    return section.upper().replace("_", " ") if lang == "en" else tongue(lang).of("section", section)


def _table(items: list[dict[str, Any]], case: Case, lang: str) -> None:
    columns = [c for c in items[0] if c not in (*_ASIDE, *_LAST) and any(_fits(item.get(c)) for item in items)]
    columns += [c for c in _LAST if c in items[0]]
    rows = [[_worded(c, item.get(c), case, lang) for c in columns] for item in items]
    output.as_table(output.headings(columns, lang), rows)


def _worded(column: str, value: Any, case: Case, lang: str) -> str:
    """The cell in the language; names of sides and places as the case gives them."""
    if lang == "en":
        return _cell(value)
    from burdenshare.brief import tongue

    t = tongue(lang)
    if column in ("side", "against") and value in case.parties:
        return t.side_name(value, case)
    if column in ("city", "place", "venue", "person", "speaker") and isinstance(value, str):
        return t.called(value, case)
    return output.worded(column, value, lang) or _cell(value)


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
