"""`burdenshare export`: the claims for another program."""

from __future__ import annotations

from datetime import date

import click

from burdenshare.cli import claims, options


@click.command()
@options.as_of
@options.case
@options.output("jsonl", "csv")
@click.option("-o", "--output", "path", type=click.Path(dir_okay=False), help="A file instead of standard output.")
@click.pass_obj
def export(db: str, as_of: date | None, case_name: str | None, form: str, path: str | None) -> None:
    """Hand the claims over to another program, one a line, with the report each is from.

    In CSV a text that a spreadsheet would take for a formula gets an apostrophe in front.

    \b
    Examples:
      burdenshare export > claims.jsonl
      burdenshare export --format csv -o claims.csv
    """
    import contextlib
    import io

    with options.opened(db) as record:
        entries = claims.select(record, kind=None, source=None, as_of=as_of, case_name=case_name)
    if path is None:
        claims.show(entries, form)
        return
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        claims.show(entries, form)
    write(path, text.getvalue())
    click.echo(f"{path}: {len(entries)} claims", err=True)


def write(path: str, text: str) -> None:
    """Writes a file. Raises RecordError where it cannot be written."""
    from pathlib import Path

    from burdenshare.errors import RecordError

    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise RecordError(f"{path} could not be written: {error.strerror}.") from error
