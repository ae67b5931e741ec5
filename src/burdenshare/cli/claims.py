"""`burdenshare claims`: the claims as they stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from burdenshare.cli import options, output

if TYPE_CHECKING:
    from burdenshare.record.model import Entry
    from burdenshare.record.store import Record


@click.command()
@click.option(
    "--kind",
    type=options.Kind(),
    metavar="KIND",
    help="One kind only: round, position, settlement, term, statement, ...",
)
@click.option("--source", metavar="REPORT", help="One report only: its id, or its path or address as it was read.")
@options.as_of
@options.case
@options.output("table", "json", "jsonl", "csv")
@click.pass_obj
def claims(db: str, kind: str | None, source: str | None, as_of: date | None, case_name: str | None, form: str) -> None:
    """List the claims as they stand, reviews laid over them; rejected ones are left out.

    Without --case the claims of every case are listed.

    \b
    Examples:
      burdenshare claims --kind round --as-of 2019-12-31
      burdenshare claims --format jsonl > claims.jsonl
    """
    with options.opened(db) as record:
        entries = select(record, kind=kind, source=source, as_of=as_of, case_name=case_name)
        options.note_left_out(record, case=None, as_of=as_of)
    show(entries, form)


def select(
    record: Record, *, kind: str | None, source: str | None, as_of: date | None, case_name: str | None
) -> list[Entry]:
    """The entries a command asks for. Raises RecordError where there is no such report."""
    from burdenshare.errors import RecordError

    if source is not None:
        found = record.find(source)
        if found is None:
            raise RecordError(f"There is no report {source!r} in {record.db}; `burdenshare reports` lists them.")
        source = found
    case = options.the_case(record, case_name).id if case_name else None
    return record.entries(case=case, as_of=as_of, kind=kind, source=source)


def show(entries: Iterable[Entry], form: str) -> None:
    """Prints the entries."""
    from burdenshare.record import export

    if form == "json":
        output.as_json([export.claim_json(e) for e in entries])
    elif form == "jsonl":
        output.as_jsonl(export.claim_json(e) for e in entries)
    elif form == "csv":
        output.as_csv(export.columns(), (export.flat(e) for e in entries))
    else:
        headings = ("id", "published", "kind", "what", "words", "report")
        output.as_table(headings, [_row(e) for e in entries])


def _row(entry: Entry) -> tuple[str, ...]:
    from burdenshare.reading.claim import field_names, to_json

    data = to_json(entry.claim)
    own = {name: data[name] for name in field_names(entry.claim.kind) if data[name] is not None}
    what = ", ".join(f"{name} {_brief(value)}" for name, value in own.items())
    when = entry.report.published.when
    mark = f" [{entry.decision}]" if entry.decision else ""
    who = entry.report.outlet or entry.report.origin
    return (entry.id, when.text if when else "?", entry.claim.kind + mark, what, entry.claim.quote, who)


def _brief(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(_brief(v) for v in value.values() if v != "exact")
    if isinstance(value, list):
        return "/".join(_brief(v) for v in value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= 1e4:
        return f"{value:,.0f}"
    return str(value)
