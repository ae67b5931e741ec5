"""`burdenshare case`: case files, shipped and of one's own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from burdenshare.cli import options, output


@click.group()
def case() -> None:
    """List, make, check and show cases: the parties, people, agreements and payments the reader works with.

    \b
    Example:
      burdenshare case list
    """


@case.command("list")
@options.output("table", "json")
def list_(form: str) -> None:
    """List the cases that come with the program.

    \b
    Example:
      burdenshare case list
    """
    from burdenshare import case as cases

    rows = []
    for name in cases.shipped():
        loaded = cases.load(name)
        title = (loaded.title.get("en") or next(iter(loaded.title.values()), ("",)))[0]
        rows.append({"case": name, "title": title, "agreements": len(loaded.agreements)})
    if form == "json":
        output.as_json(rows)
    else:
        output.as_table(("case", "title", "agreements"), [tuple(map(str, row.values())) for row in rows])


@case.command()
@click.argument("name", metavar="CASE")
@click.argument("reports", nargs=-1, metavar="[REPORT...]", type=click.Path())
@click.option("--all", "every", is_flag=True, help="With reports: list all names, not only the first twenty.")
@options.output("table", "json")
def check(name: str, reports: tuple[str, ...], every: bool, form: str) -> None:
    """Say what is wrong or missing in a case: the file, the line, the key and what was expected.

    With sample reports it also says which of the case's names the reports never use, and which capitalised names
    of the reports the case does not know. Ends with status 1 where something is wrong in the case.

    \b
    Examples:
      burdenshare case check my-case/
      burdenshare case check my-case/ reports/
    """
    from burdenshare import case as cases

    problems = cases.check(name)
    met = _met(name, reports) if reports and not problems else None
    if form == "json":
        output.as_json({"case": name, "problems": [str(p) for p in problems], **(met or {})})
    else:
        for problem in problems:
            click.echo(output.plain(str(problem)))
        if met is not None:
            _print_met(met, every=every)
        if not problems:
            click.echo(f"{name}: nothing wrong")
    if problems:
        sys.exit(1)


def _met(name: str, reports: Sequence[str]) -> dict[str, Any]:
    """Which names meet in sample reports: how many of the case's do, which never do, and which are not the case's."""
    from burdenshare import case as cases
    from burdenshare.errors import CaseError
    from burdenshare.sources import Given, Refusal, read_path

    loaded = cases.load(name)
    read = [r for path in reports for r in read_path(path, given=Given(case=loaded))]
    for refusal in (r for r in read if isinstance(r, Refusal)):
        click.echo(output.plain(f"{refusal.origin}: {refusal.reason}"), err=True)
    documents = [r for r in read if not isinstance(r, Refusal)]
    if not documents:
        raise CaseError("none of the reports could be read; give files or folders with reports in them")
    langs = {d.lang or "en" for d in documents}
    texts = [d.text for d in documents]
    asked = [n for n in loaded.names() if n.lang in langs]
    never = [n for n in cases.coverage(loaded, texts) if n.lang in langs]
    return {
        "reports": len(documents),
        "languages": sorted(langs),
        "names": len(asked),
        "never_met": [{"name": n.text, "lang": n.lang, "kind": n.kind, "of": n.ref} for n in never],
        "unknown": [{"name": text, "count": count} for text, count in cases.unknown_names(loaded, texts)],
    }


_SHOWN = 20  # names listed without --all


def _print_met(met: dict[str, Any], *, every: bool) -> None:
    never, unknown = met["never_met"], met["unknown"]
    langs = ", ".join(met["languages"])
    click.echo(
        f"{met['reports']} reports ({langs}) use {met['names'] - len(never)} of the case's {met['names']} names."
    )
    for title, rows, columns in (
        ("NAMES NEVER MET", never, ("name", "kind", "of")),
        ("NAMES THE CASE DOES NOT KNOW", unknown, ("name", "count")),
    ):
        if rows:
            shown = rows if every else rows[:_SHOWN]
            click.echo(f"\n{title}")
            output.as_table(columns, [tuple(str(row[c]) for c in columns) for row in shown])
            if len(rows) > len(shown):
                click.echo(f"... and {len(rows) - len(shown)} more (--all)")
    click.echo()


@case.command()
@click.argument("name", metavar="CASE")
@options.output("table", "json")
def show(name: str, form: str) -> None:
    """Show what a case knows: parties, agreements with their terms, and the contribution year by year.

    \b
    Example:
      burdenshare case show us-rok-sma
    """
    from burdenshare import case as cases

    loaded = cases.load(name)
    agreements = [
        {
            "agreement": a.number,
            "start": str(a.start) if a.start else None,
            "end": str(a.end) if a.end else None,
            "signed": str(a.signed) if a.signed else None,
            "years": a.years,
            "growth": a.growth_words,
        }
        for a in loaded.agreements
    ]
    payments = [
        {
            "year": p.year,
            "agreement": p.agreement,
            "basis": p.basis,
            "currency": p.amount.currency,
            "low": p.amount.least,
            "high": p.amount.most,
            "sources": list(p.sources),
        }
        for p in loaded.payments
        if p.used
    ]
    if form == "json":
        output.as_json({"case": loaded.id, "agreements": agreements, "contributions": payments})
        return
    title = (loaded.title.get("en") or next(iter(loaded.title.values()), (loaded.id,)))[0]
    click.echo(f"{loaded.id}: {title}; {' and '.join(loaded.parties)}; {len(loaded.people)} people\n")
    for rows in (agreements, payments):
        if rows:
            output.as_table(tuple(rows[0]), [tuple(_cell(v) for v in row.values()) for row in rows])
            click.echo()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:,.0f}" if isinstance(value, float) else str(value)


def _names(_: click.Context, __: click.Parameter, value: Sequence[str]) -> tuple[str, ...]:
    """Names given one an option or several in one, parted by semicolons."""
    return tuple(part.strip() for given in value for part in given.split(";") if part.strip())


def _several(option: str, target: str, words: str) -> Callable[[options.Command], options.Command]:
    return click.option(option, target, multiple=True, callback=_names, metavar="NAME;NAME", help=words)


@case.command()
@click.argument("case_id", metavar="[ID]", default="")
@click.option("--title", default="", help="What the talks are called.")
@click.option("--host", default="", metavar="NAME", help="The side that hosts the troops and pays, in English.")
@click.option("--stationing", default="", metavar="NAME", help="The side whose troops they are.")
@click.option("--payer", default="", metavar="NAME", help="In talks without troops: the side that pays.")
@click.option("--claimant", default="", metavar="NAME", help="And the side that asks to be paid.")
@click.option("--host-currency", "--currency", default="", metavar="CODE", help="ISO 4217 code of who pays.")
@click.option("--stationing-currency", default="", metavar="CODE", help="And of the other; the same where left out.")
@_several("--host-names", "host_names", "Further names and abbreviations of the side that pays.")
@_several("--stationing-names", "stationing_names", "And of the other side.")
@_several("--series", "series", "What the agreements are called in reports.")
@_several("--about", "about", "Words that show a report to be about the case.")
@_several("--forces", "forces", "What the stationed troops are called.")
@click.option("--into", default=".", show_default=True, metavar="FOLDER", help="Where to make the case's folder.")
def new(
    case_id: str, title: str, host: str, stationing: str, payer: str, claimant: str, host_currency: str,
    stationing_currency: str, into: str, **names: tuple[str, ...],
) -> None:  # fmt: skip
    """Write a commented case to fill in; `case check` then says what is still missing.

    On a terminal it asks for what the options leave open; elsewhere that stays empty in the file.

    \b
    Examples:
      burdenshare case new
      burdenshare case new us-poland --title "US-Poland host nation support" --host Poland --stationing "United States"
      burdenshare case new metal-wages --title "Pay in the metal trades" --payer Employers --claimant "Metal Union"
    """
    from burdenshare import case as cases

    asked = _Asked(on_terminal())
    case_id = asked.text(case_id, "Id of the case (small letters, digits, hyphens)", needed="the id of the case")
    title = asked.text(title, "What the talks are called", needed="--title")
    troops = not (payer or claimant) and (bool(host or stationing) or asked.yes("Are they about stationed troops?"))
    paying = asked.text(host or payer, "The side that pays", needed="--host or --payer")
    asking = asked.text(stationing or claimant, "The side that asks")
    currency = asked.text(host_currency, f"Currency of {paying} (ISO 4217, such as EUR)")
    sides = (
        cases.Side(paying, asked.names(names["host_names"], f"Further names of {paying}"), currency=currency),
        cases.Side(
            asking,
            asked.names(names["stationing_names"], f"Further names of {asking or 'the other side'}"),
            currency=asked.text(stationing_currency, f"Currency of {asking or 'the other side'}", default=currency),
        ),
    )
    folder = cases.new(
        case_id, title=title, host=sides[0], stationing=sides[1], into=into, troops=troops,
        series=asked.names(names["series"], "What the agreements are called"),
        about=asked.names(names["about"], "Words that show a report to be about this"),
        forces=asked.names(names["forces"], "What the troops are called") if troops else (),
    )  # fmt: skip
    click.echo(f"{folder}: fill in case.toml and the tables beside it, then: burdenshare case check {folder}")


def on_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


class _Asked:
    """Answers to what the options leave open; asks only on a terminal."""

    def __init__(self, terminal: bool) -> None:
        self.terminal = terminal

    def text(self, given: str, question: str, *, default: str = "", needed: str = "") -> str:
        """The text given, else the answer, else the default. A wrong command where it is needed and nobody is there."""
        if not given and self.terminal:
            answer = click.prompt(question, default=None if needed else default, show_default=bool(default), err=True)
            return str(answer).strip()
        if not given and needed:
            raise click.UsageError(f"Missing {needed}; give it, or run the command on a terminal to be asked.")
        return given or default

    def names(self, given: tuple[str, ...], question: str) -> tuple[str, ...]:
        """The names given, else the answer parted at semicolons."""
        answer = self.text("; ".join(given), f"{question} (parted by semicolons)")
        return tuple(part.strip() for part in answer.split(";") if part.strip())

    def yes(self, question: str) -> bool:
        """The answer; yes where nobody is there to ask."""
        return click.confirm(question, default=True, err=True) if self.terminal else True
