"""`burdenshare brief`: the briefing."""

from __future__ import annotations

from datetime import date

import click

from burdenshare.cli import options


@click.command()
@click.option("-o", "--output", "path", required=True, type=click.Path(dir_okay=False), metavar="FILE",
              help="The file to write: .html or .md, as its ending says.")  # fmt: skip
@options.as_of
@options.case
@options.lang
@click.pass_obj
def brief(db: str, path: str, as_of: date | None, case_name: str | None, lang: str) -> None:
    """Write the briefing: where the talks stand, chronology, positions, terms, disagreements, sources.

    The HTML is one file that needs nothing else and prints well. The path written is the last line of the output.

    \b
    Examples:
      burdenshare brief -o briefing.html --as-of 2019-12-31
      burdenshare brief -o briefing-ko.html --lang ko
    """
    from pathlib import Path

    from burdenshare import brief as briefing
    from burdenshare import dossier
    from burdenshare.api import documents_of
    from burdenshare.brief.outlook import forecast_section
    from burdenshare.errors import RecordError

    target, tongue = Path(path), briefing.tongue(lang)
    if target.suffix not in (".html", ".md"):
        raise click.UsageError(f"The ending of {path} is not one of .html and .md.")
    with options.opened(db) as record:
        case = options.the_case(record, case_name)
        entries = record.entries(case=case.id, as_of=as_of)
        documents = documents_of(record, entries)
        options.note_left_out(record, case=case.id, as_of=as_of)
    known = dossier.dossier(entries, case, as_of=as_of)
    checked = dossier.checks.checks(entries, case, as_of=as_of, documents=documents)
    ahead = forecast_section(entries, case, as_of=as_of, t=tongue)
    try:
        briefing.write(known, entries, case, target, checks=checked, outlook=ahead, t=tongue)
    except OSError as error:
        raise RecordError(f"{path} could not be written: {error.strerror}.") from error
    click.echo(path)
