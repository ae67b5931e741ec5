"""`burdenshare read`: reports into the record."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from burdenshare.cli import options
from burdenshare.cli.output import plain

if TYPE_CHECKING:
    from burdenshare.intake import Line, Reader


@click.command()
@click.argument("origins", nargs=-1, required=True, metavar="PATH|URL|-...")
@click.option("--case", "case_name", default="auto", show_default=True, metavar="CASE",
              help="A shipped case or a case folder; auto takes the shipped case each report is about.")  # fmt: skip
@click.option(
    "--published",
    type=options.Edtf(),
    metavar="DATE",
    help="When the reports came out, as EDTF: 2019-12-04, or 2019-12.",
)
@click.option("--outlet", metavar="NAME", help="Who published the reports.")
@click.option("--reader", type=click.Choice(["rules", "llm"]), default="rules", show_default=True,
              help="Rules need no network; llm asks a language model and keeps what it quotes in full.")  # fmt: skip
@click.option("--llm-url", envvar="BURDENSHARE_LLM_URL", default="", metavar="URL", show_envvar=True,
              help="An OpenAI-compatible endpoint. Its key is taken from BURDENSHARE_LLM_KEY.")  # fmt: skip
@click.option("--llm-model", envvar="BURDENSHARE_LLM_MODEL", default="", metavar="NAME", show_envvar=True,
              help="The model to ask.")  # fmt: skip
@click.option("--allow-private", multiple=True, metavar="HOST", help="A host on a private network that may be asked.")
@click.option("--verbose", "-v", is_flag=True, help="Say how each date is known and what was passed over.")
@click.option("--quiet", "-q", is_flag=True, help="Print only the reports that could not be read.")
@click.pass_obj
def read(
    db: str, origins: tuple[str, ...], case_name: str, published: str | None, outlet: str | None, reader: str,
    llm_url: str, llm_model: str, allow_private: tuple[str, ...], verbose: bool, quiet: bool,
) -> None:  # fmt: skip
    """Read reports into the record: files, folders, http addresses, or - for standard input.

    Prints a line for each report: the claims taken, or why there are none. Reading the same report again
    changes nothing. Ends with status 1 where a report could not be read; the others are read all the same.

    \b
    Examples:
      burdenshare read reports/
      burdenshare read talks.txt --published 2019-12-04 --outlet "Yonhap News Agency"
      burdenshare read https://example.org/report.html --case us-rok-sma
    """
    from burdenshare import arrival, intake
    from burdenshare.errors import RecordError
    from burdenshare.record import NotKeptError, open_record

    cases = arrival.Cases(case_name)
    assert cases.all is not None  # a wrong case is told before anything is read
    with open_record(db) as record:
        desk = intake.Intaking(record, _reader(reader, llm_url, llm_model), intake.now)
        arriving = arrival.Arriving(cases, published, outlet, allow_private, _standard_input)
        found = arriving.run(origins)
        refused = 0
        try:
            for line in _with_progress(desk.run(found)):
                refused += line.status == "refused"
                _print(line, verbose=verbose, quiet=quiet)
        except NotKeptError as error:
            raise RecordError(
                f"Reading stopped, because {error.cause}; make room, then read the reports above and those after them."
            ) from error
    if refused:
        click.echo(f"burdenshare: {refused} of the reports could not be read or kept; see the lines above.", err=True)
        sys.exit(1)


def _standard_input() -> bytes:
    """All of standard input, up to the bound for a file."""
    from burdenshare.errors import RefusedError
    from burdenshare.sources import bounds

    data: bytes = sys.stdin.buffer.read(bounds.FILE_BYTES + 1)
    if len(data) > bounds.FILE_BYTES:
        raise RefusedError(f"Standard input is larger than {bounds.NAMES['FILE_BYTES']}; give it as files.")
    return data


def _reader(name: str, url: str, model: str) -> Reader:
    import os

    from burdenshare import intake

    if name == "rules":
        return intake.rules()
    return intake.language_model(url=url, model=model, key=os.environ.get("BURDENSHARE_LLM_KEY", ""))


def _with_progress(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, with a count of reports and the time on a terminal while they come in."""
    if not sys.stderr.isatty():
        yield from lines
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    shape = (TextColumn("reading"), BarColumn(), TextColumn("{task.completed} reports"), TimeElapsedColumn())
    # Lines for a file stay on standard output; those for the terminal are written above the bar.
    above = sys.stdout.isatty()
    with Progress(*shape, console=Console(stderr=True), transient=True, redirect_stdout=above) as progress:
        task = progress.add_task("", total=None)
        for line in lines:
            progress.advance(task)
            yield line


def _print(line: Line, *, verbose: bool, quiet: bool) -> None:
    origin = plain(line.origin)
    if line.status == "refused":
        # A source's own message names the origin already.
        said = line.why if line.why.startswith(line.origin) else f"{origin}: {line.why}"
        click.echo(plain(said), err=True)
        return
    if quiet:
        return
    if line.status == "read":
        what = f"{line.claims} claim{'' if line.claims == 1 else 's'} for {line.case}"
        what += f"; {line.why}" if line.why else ""
    else:
        what = line.why if line.status == "known" else f"kept, no claims: {line.why}"
    date = f"published {line.published} ({line.basis})" if line.published else "date not known"
    click.echo(plain(f"{origin}: {what}; {date}"))
    if verbose:
        for sentence in line.how:
            click.echo(plain(f"    date: {sentence}"))
        if line.passed_over:
            click.echo(f"    passed over: {line.passed_over}")
