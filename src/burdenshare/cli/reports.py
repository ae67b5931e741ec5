"""`burdenshare reports`: what has been read, and what a view leaves out."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from burdenshare.cli import options, output


@click.command()
@click.option("--left-out", is_flag=True, help="The reports that are not used as of the day, each with the reason.")
@options.as_of
@options.case
@options.output("table", "json", "jsonl", "csv")
@click.pass_obj
def reports(db: str, left_out: bool, as_of: date | None, case_name: str | None, form: str) -> None:
    """List the reports in the record by date, each with how its date is known.

    \b
    Examples:
      burdenshare reports
      burdenshare reports --left-out --as-of 2019-12-31
    """
    from burdenshare.record import export

    if left_out and as_of is None:
        raise click.UsageError("--left-out needs the day: add --as-of 2019-12-31.")
    with options.opened(db) as record:
        case = options.the_case(record, case_name).id if case_name else None
        if left_out and as_of is not None:
            found = record.left_out(as_of=as_of, case=case)
            rows = [export.report_json(o.report) | {"reason": o.reason} for o in found]
        else:
            rows = [export.report_json(r) for r in record.reports(case=case, as_of=as_of)]
    _show(rows, form, extra=("reason",) if left_out else ())


def _show(rows: list[dict[str, Any]], form: str, *, extra: tuple[str, ...]) -> None:
    if form == "json":
        output.as_json(rows)
    elif form == "jsonl":
        output.as_jsonl(rows)
    else:
        columns = ("id", "published", "basis", "outlet", "title", "origin", *extra)
        if form == "csv":
            output.as_csv((*columns, "byline", "url", "lang", "copies"), rows)
        else:
            output.as_table(columns, [tuple(str(row[c] or "") for c in columns) for row in rows])
