"""`burdenshare case`: case files, shipped and of one's own."""

from __future__ import annotations

import sys

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
def check(name: str) -> None:
    """Say what is wrong or missing in a case: the file, the line, the key and what was expected.

    Ends with status 1 where something is wrong.

    \b
    Example:
      burdenshare case check my-case/
    """
    from burdenshare import case as cases

    problems = cases.check(name)
    for problem in problems:
        click.echo(output.plain(str(problem)))
    if problems:
        sys.exit(1)
    click.echo(f"{name}: nothing wrong")


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


@case.command()
@click.argument("case_id", metavar="ID")
@click.option("--title", required=True, help="What the talks are called.")
@click.option("--host", required=True, metavar="NAME", help="The side that hosts the troops, in English.")
@click.option("--stationing", default="United States", show_default=True, metavar="NAME", help="The other side.")
@click.option("--host-currency", default="", metavar="CODE", help="ISO 4217 code of the host's currency.")
@click.option("--stationing-currency", default="USD", show_default=True, metavar="CODE", help="And of the other's.")
@click.option("--into", default=".", show_default=True, metavar="FOLDER", help="Where to make the case's folder.")
def new(
    case_id: str, title: str, host: str, stationing: str, host_currency: str, stationing_currency: str, into: str
) -> None:
    """Write a commented case to fill in; `case check` then says what is still missing.

    \b
    Example:
      burdenshare case new us-poland --title "US-Poland host nation support" --host Poland --host-currency PLN
    """
    from burdenshare import case as cases

    folder = cases.new(
        case_id, title=title, host=host, stationing=stationing,
        host_currency=host_currency, stationing_currency=stationing_currency, into=into,
    )  # fmt: skip
    click.echo(f"{folder}: fill in case.toml and the tables beside it, then: burdenshare case check {folder}")
