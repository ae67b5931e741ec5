"""`burdenshare outlook`: how talks will end."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from burdenshare.cli import options, outlook_table, output

if TYPE_CHECKING:
    from burdenshare.case.model import Case
    from burdenshare.outlook import Outlook, TrackRecord
    from burdenshare.record.model import Entry


class Supposition(click.ParamType[tuple[str, str]]):
    """NAME=VALUE."""

    name = "supposition"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The name and the value. Text without either is a wrong command."""
        if isinstance(value, tuple):
            return value
        name, equals, text = str(value).partition("=")
        if not (name.strip() and equals and text.strip()):
            self.fail(f"{value!r} is no supposition; write NAME=VALUE, such as veto=0.3 or offer=13%.", param, ctx)
        return name.strip(), text.strip()


SEED = click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Same seed, same figures.")
AGREEMENT = click.option(
    "--agreement", "talks", type=click.IntRange(min=1), metavar="N",
    help="The talks on this agreement. [default: the ones under way]",
)  # fmt: skip
CHART = click.option(
    "--chart", "chart_path", type=click.Path(dir_okay=False), metavar="FILE",
    help="Draw a chart as well: .svg, .png or .html.",
)  # fmt: skip


def simulations(count: int) -> Callable[[options.Command], options.Command]:
    """`--simulations`."""
    words = "How many talks to simulate for a forecast."
    return click.option(
        "--simulations", type=click.IntRange(100, 20_000_000), default=count, show_default=True, help=words
    )


@click.group(invoke_without_command=True)
@options.as_of
@options.case
@AGREEMENT
@click.option("--what-if", "suppositions", type=Supposition(), multiple=True, metavar="NAME=VALUE",
              help="Suppose otherwise: a number of the case's [outlook] table, expiry or next-round (a day), offer, "
              "demand or tentative (13% or a yearly sum). May be repeated.")  # fmt: skip
@click.option("--since", type=options.Day(), metavar="DAY", help="Say what moved the forecast after this day.")
@SEED
@simulations(100_000)
@CHART
@options.output("table", "json")
@click.pass_context
def outlook(
    ctx: click.Context, /, as_of: date | None, case_name: str | None, talks: int | None,
    suppositions: Sequence[tuple[str, str]], since: date | None, seed: int, simulations: int, chart_path: str | None,
    form: str,
) -> None:  # fmt: skip
    """Forecast how the talks will end: when, at what figure and term, with the track record of such forecasts.

    Uses only what was public by the day: reports of the record, and the case's past cut to that day. Without a record
    the case alone is used.

    \b
    Examples:
      burdenshare outlook --as-of 2019-12-20
      burdenshare outlook --as-of 2020-06-01 --case us-rok-sma --what-if demand=20% --chart outlook.svg
      burdenshare outlook history --as-of 2021-03-01 --case us-rok-sma --chart fan.svg
      burdenshare outlook backtest --case us-rok-sma
    """
    if ctx.invoked_subcommand is not None:
        return
    from burdenshare import outlook as forecasts
    from burdenshare.outlook import summary
    from burdenshare.outlook.track_record import stored

    case, entries, day = _scene(ctx.obj, case_name, as_of)
    found = forecasts.from_record(
        entries,
        case,
        as_of=day,
        seed=seed,
        simulations=simulations,
        what_if=dict(suppositions),
        talks=talks,
        since=since,
    )
    record = stored(case, as_of=day)
    if form == "json":
        data = forecasts.to_json(found)
        data["track_record"] = {k: v for k, v in dataclasses.asdict(record).items() if k != "rows"} if record else None
        output.as_json(data)
    else:
        _show(found, summary.summary(found, record))
    if chart_path:
        from burdenshare.brief import outlook_chart

        outlook_chart.write(outlook_chart.forecast_chart(found), chart_path)
        click.echo(chart_path, err=form == "json")


@outlook.command()
@options.as_of
@options.case
@AGREEMENT
@click.option("--from", "first", type=options.Day(), metavar="DAY", help="The first date. [default: the first round]")
@click.option("--every", type=click.IntRange(1, 366), metavar="DAYS", help="Days between dates. [default: a month]")
@SEED
@simulations(40_000)
@CHART
@options.output("table", "json", "jsonl")
@click.pass_obj
def history(
    db: str, /, as_of: date | None, case_name: str | None, talks: int | None, first: date | None, every: int | None,
    seed: int, simulations: int, chart_path: str | None, form: str,
) -> None:  # fmt: skip
    """Show the forecast at each date of the talks, each from what was public by then, and what moved it.

    \b
    Example:
      burdenshare outlook history --as-of 2021-03-01 --case us-rok-sma --chart fan.svg
    """
    from burdenshare import outlook as forecasts
    from burdenshare.outlook.over_time import over_time

    case, entries, day = _scene(db, case_name, as_of)
    found = over_time(entries, case, until=day, first=first, talks=talks, every_days=every, seed=seed,
                      simulations=simulations)  # fmt: skip
    if form == "json":
        output.as_json([forecasts.to_json(o) for o in found])
    elif form == "jsonl":
        output.as_jsonl(forecasts.to_json(o) for o in found)
    else:
        columns = ["as of", "rise 10%", "median", "90%", "deal by expiry", "median date", "moved by"]
        output.as_table(columns, [_line(o) for o in found])
    if chart_path:
        from burdenshare.brief import outlook_chart

        outlook_chart.write(outlook_chart.fan_chart(found), chart_path)
        click.echo(chart_path, err=form != "table")


@outlook.command()
@options.case
@click.option("--agreement", "talks", type=click.IntRange(min=1), multiple=True, metavar="N",
              help="Only these talks. May be repeated. [default: all whose rounds are known]")  # fmt: skip
@SEED
@simulations(40_000)
@options.output("table", "json")
@click.pass_obj
def backtest(db: str, /, case_name: str | None, talks: Sequence[int], seed: int, simulations: int, form: str) -> None:
    """Score the forecast on past talks: monthly, each from what was public by then, beside four baselines.

    Rises in percent, CRPS in percentage points (less is better). The talks where a baseline was better are shown too.

    \b
    Example:
      burdenshare outlook backtest --case us-rok-sma --format json > track.json
    """
    from burdenshare.outlook import backtesting as test

    case, _, _ = _scene(db, case_name, None)
    record = test.backtest(case, talks=talks or None, seed=seed, simulations=simulations)
    if form == "json":
        output.as_json(test.as_json(record))
    else:
        _show_record(record)


outlook.add_command(outlook_table.table)


def _scene(db: str, case_name: str | None, as_of: date | None) -> tuple[Case, Sequence[Entry], date]:
    """The case, the record's entries where there is a record, and the day: given, of the last report, or today."""
    from pathlib import Path

    from burdenshare import case as cases
    from burdenshare.intake import now

    if "://" in db or Path(db).exists():
        with options.opened(db) as record:
            case = options.the_case(record, case_name)
            entries = record.entries(case=case.id, as_of=as_of)
            options.note_left_out(record, case=case.id, as_of=as_of)
        days = [w.latest for e in entries if (w := e.report.published.when) and w.latest]
        return case, entries, as_of or max(days, default=now().date())
    if case_name is None:
        raise click.UsageError("There is no record here; give --case, or --db before the command.")
    return cases.load(case_name), (), as_of or now().date()


def _show(found: Outlook, words: Any) -> None:
    click.echo(words.lead.text)
    for sentence in words.more:
        click.echo(sentence.text)
    if found.status != "forecast" or found.rise is None:
        return
    rows = [["first-year rise, percent", *(f"{found.rise.quantile(q):.1f}" for q in _SHOWN)]]
    if found.amount is not None:
        rows.append([f"first-year sum, {found.currency}", *(f"{found.amount.quantile(q):,.0f}" for q in _SHOWN)])
    if found.date is not None:
        from burdenshare.outlook.summary import day

        rows.append(["day of the deal", *(str(day(found, q)) for q in _SHOWN)])
    if found.lapse is not None and found.lapse.days is not None:
        rows.append(["days of a lapse, if any", *(f"{found.lapse.days.quantile(q):.0f}" for q in _SHOWN)])
    click.echo()
    output.as_table(["quantile", *(f"{100 * q:.0f}%" for q in _SHOWN)], rows)
    click.echo()
    output.as_table(["term, years", *(str(y) for y, _ in found.term)],
                    [["probability", *(f"{100 * p:.0f}%" for _, p in found.term)]])  # fmt: skip
    if found.influences:
        click.echo()
        rows = [
            [
                str(i.day),
                i.words,
                f"{i.rise:+.1f}",
                "" if i.by_expiry is None else f"{100 * i.by_expiry:+.0f}",
                f"{i.days:+.0f}",
            ]
            for i in found.influences[:8]
        ]
        output.as_table(["day", "what moved it", "rise, points", "by expiry, points", "date, days"], rows)
    sampler = found.sampler
    if sampler is not None:
        click.echo(
            f"\n{found.simulations:,} simulated talks, seed {found.seed}; effective sample {sampler.effective:,.0f} of "
            f"{sampler.points:,} points; {len(found.unused)} positions without a usable figure."
        )


_SHOWN = (0.1, 0.25, 0.5, 0.75, 0.9)


def _line(o: Outlook) -> list[str]:
    from burdenshare.outlook.summary import numbers

    def figure(value: Any, form: str) -> str:
        return "" if value is None else format(value, form)

    n: Mapping[str, Any] = numbers(o)
    new = next((i for i in o.influences if i.new and i.kind not in ("no-deal", "apart")), None)
    return [
        str(o.as_of), figure(n["rise_low"], ".1f"), figure(n["rise_median"], ".1f"), figure(n["rise_high"], ".1f"),
        figure(n["by_expiry"], ".0%"), n["date_median"] or "", f"{new.words} ({new.rise:+.1f})" if new else "",
    ]  # fmt: skip


def _show_record(record: TrackRecord) -> None:
    names = [name for name, _ in record.baselines]
    rows = []
    for t in record.talks:
        losses = [c for _, c in t.baselines]
        against = "won" if t.crps < min(losses) else "lost"
        scores = [f"{c:.2f}" for c in (t.crps, *losses)]
        rows.append(
            [str(t.talks), str(t.dates), f"{t.observed:.1f}", *scores, against, _short(t.brier), _short(t.brier_base)]
        )
    scores = [f"{c:.2f}" for c in (record.crps, *(c for _, c in record.baselines))]
    saved = f"{100 * record.skill_best:+.0f}%"
    rows.append(["mean", str(len(record.rows)), "", *scores, saved, _short(record.brier), _short(record.brier_base)])
    output.as_table(["talks", "dates", "rise", "CRPS", *names, "against the best", "Brier", "base rate"], rows)
    click.echo()
    for name, value, low, high in record.skill:
        click.echo(
            f"Skill against {name}: {value:+.2f} (90% interval {low:+.2f} to {high:+.2f}, bootstrap over talks)."
        )
    click.echo(
        f"The 80% intervals held the rise in {100 * record.coverage:.0f}% of {len(record.rows)} forecasts and were "
        f"{record.sharpness:.1f} points wide on average; those of the date held it in {100 * record.day_coverage:.0f}%."
    )


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
