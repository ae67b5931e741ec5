"""`burdenshare outlook table`: a forecast for each open negotiation of a table, learned from past ones."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from burdenshare.cli import options, output
from burdenshare.errors import BurdenshareError

DIGITS = 10  # significant digits printed


@click.command()
@click.option("--past", "past_folder", type=Path, required=True, metavar="DIR", help="Negotiations that have ended.")
@click.option("--open", "open_folder", type=Path, required=True, metavar="DIR", help="Negotiations to forecast.")
@click.option(
    "--first", type=click.IntRange(min=1), required=True, metavar="K", help="Use at most the first K offers of each."
)
@click.option("--domain", metavar="NAME", help="Only negotiations whose domain is NAME, past and open.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Same seed, same forecast.")
@options.output("jsonl", "json")
def table(past_folder: Path, open_folder: Path, first: int, domain: str | None, seed: int, form: str) -> None:
    """Forecast how open negotiations over one number will end, from past ones as reference class.

    Each DIR holds negotiations.csv and offers.csv. The open ones' settlements, outcomes and later offers are not
    looked at, offers of kind formal or echo are left out. A line has id, offers_used, p_agreement and quantiles:
    19 of them, at 0.05 to 0.95, of the settlement in its own unit, given an agreement.

    \b
    Example:
      burdenshare outlook table --past sold/ --open today/ --first 2 --format jsonl > forecasts.jsonl
    """
    from burdenshare.outlook import table as tables

    past = tables.read_table(past_folder, past=True)
    opened = tables.read_table(open_folder, past=False)
    for folder, read in ((past_folder, past), (open_folder, opened)):
        if read.strays:
            click.echo(f"{folder}: offers of {read.strays} negotiations that negotiations.csv does not name.", err=True)
    ended, waiting = past.negotiations, opened.negotiations
    if domain is not None:
        ended, waiting = (tuple(n for n in t if n.domain == domain) for t in (ended, waiting))
        if not ended:
            raise BurdenshareError(f"No past negotiation has the domain {domain!r}; leave --domain out to use all.")
    seen = sys.stderr.isatty()
    with click.progressbar(length=len(waiting), label="Forecasting", file=sys.stderr, hidden=not seen) as bar:
        forecasts = tables.forecast_table(ended, waiting, first=first, seed=seed, progress=bar.update)
    rows = [
        {
            "id": f.id,
            "offers_used": f.offers_used,
            "p_agreement": _rounded(f.p_agreement),
            "quantiles": [_rounded(q) for q in f.quantiles],
        }
        for f in forecasts
    ]
    if form == "json":
        output.as_json(rows)
        return
    output.as_jsonl(rows)


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
