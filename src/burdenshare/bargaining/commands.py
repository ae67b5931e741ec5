"""`burdenshare bargain run | solve | tournament`: scenarios played, solved and set against each other."""

from __future__ import annotations

import contextlib
import csv
import functools
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from burdenshare.errors import BargainingError

FORMATS = click.Choice(["table", "json", "jsonl", "csv"])
PROTOCOLS = ("alternating", "simultaneous", "single-text", "take-it-or-leave-it")


def plain_errors(command: Callable[..., None]) -> Any:
    """Bad input becomes one sentence on stderr and exit status 1."""

    @functools.wraps(command)
    def wrapped(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except BargainingError as error:
            raise click.ClickException(str(error)) from None

    return wrapped


@click.group()
def bargain() -> None:
    """Negotiation scenarios: play them, solve them, hold tournaments.

    A scenario is a TOML file, or a folder of GENIUS XML or NegMAS YAML files.

    \b
    Examples:
      burdenshare bargain solve scenario.toml
    """


def emit(rows: Sequence[dict[str, Any]], form: str, *, whole: Any = None, title: str = "") -> None:
    """Print rows in a form; `whole` is the JSON document where it is more than the rows."""
    if form == "json":
        click.echo(json.dumps(rows if whole is None else whole, ensure_ascii=False, indent=2))
    elif form == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif form == "csv":
        text = io.StringIO()
        names = list(dict.fromkeys(key for row in rows for key in row))
        writer = csv.DictWriter(text, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        click.echo(text.getvalue(), nl=False)
    else:
        table(rows, title)


def table(rows: Sequence[dict[str, Any]], title: str) -> None:
    from rich.console import Console
    from rich.table import Table

    drawn = Table(title=title or None, title_justify="left")
    for name in dict.fromkeys(key for row in rows for key in row):
        drawn.add_column(str(name).replace("_", " "))
    for row in rows:
        drawn.add_row(*(shown(value) for value in row.values()))
    console = Console()
    # A file or a pipe has no width; long values must not be cut there.
    (console if console.is_terminal else Console(width=240)).print(drawn)


@contextlib.contextmanager
def bar(label: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on stderr, there only in a terminal; yields the function that moves it one step."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(label, total=total)
        yield lambda: progress.advance(task)


def counted(items: Iterable[Any], advance: Callable[[], None]) -> Iterator[Any]:
    for item in items:
        yield item
        advance()


def shown(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def chosen(path: Path, sides: str | None, count: int | None) -> Any:
    """The scenario with the sides named, or its first `count`; all where neither is given."""
    from burdenshare.bargaining.files import read_scenario

    scenario = read_scenario(path)
    if sides is not None:
        by_name = {side.name: side for side in scenario.sides}
        picked = []
        for name in sides.split(","):
            if name.strip() not in by_name:
                raise BargainingError(f"{path} has no side {name.strip()!r}; the sides are {', '.join(by_name)}.")
            picked.append(by_name[name.strip()])
        return replace(scenario, sides=tuple(picked))
    if count is None or count == len(scenario.sides):
        return scenario
    if count > len(scenario.sides):
        raise BargainingError(f"{path} has {len(scenario.sides)} sides for {count} tactics; give one tactic a side.")
    names = ", ".join(side.name for side in scenario.sides[:count])
    click.echo(f"{path} has {len(scenario.sides)} sides; the first {count} play: {names} (--sides chooses).", err=True)
    return replace(scenario, sides=scenario.sides[:count])


@bargain.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--tactics", default="boulware,linear", show_default=True, help="One a side, such as boulware,time(0.5).")
@click.option("--steps", default=100, show_default=True, help="The deadline in rounds.")
@click.option("--seconds", type=float, help="A deadline by the clock, beside the rounds.")
@click.option(
    "--protocol", type=click.Choice(PROTOCOLS), default="alternating", show_default=True, help="Who may offer when."
)
@click.option("--sides", help="Names of the sides to play, in order; the first ones of the scenario unless given.")
@click.option("--seed", default=0, show_default=True, help="For tactics and mediators that draw at random.")
@click.option(
    "--ties",
    type=click.Choice(["first", "negmas"]),
    default="first",
    show_default=True,
    help="Among outcomes worth the same: the first of the space, or as NegMAS on this processor.",
)
@click.option("--walk-away", type=float, help="Leave at this relative time if nothing acceptable was offered.")
@click.option("--trace", is_flag=True, help="Every offer too.")
@click.option("--distances", is_flag=True, help="How far the agreement is from the frontier and the solution points.")
@click.option("--talks", type=int, help="Play this many talks of time-dependent sides with drawn parameters.")
@click.option("--exponents", help="With --talks: ranges of the concession exponent, such as 2:8,0.5:2.")
@click.option("--reserved", help="With --talks: ranges of the reserved values, such as 0:0.5,0:0.5.")
@click.option("--threads", type=int, help="With --talks; changes nothing but the time.")
@click.option("--chart", type=click.Path(path_type=Path), help="Draw the talks into this .svg, .png or .html file.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True, help="How to print.")
@plain_errors
def run(path: Path, tactics: str, form: str, **options: Any) -> None:
    """Play one talk over a scenario, or very many with --talks.

    \b
    Examples:
      burdenshare bargain run scenario.toml --tactics boulware,linear --steps 100
      burdenshare bargain run laptop/ --trace --chart talks.svg
      burdenshare bargain run laptop/ --talks 100000 --format json
    """
    names = [name for name in tactics.split(",") if name.strip()]
    scenario = chosen(path, options["sides"], len(names))
    if options["talks"] is not None:
        run_many(scenario, names, form, options)
        return
    from burdenshare.bargaining.report import number_or_none, result_report

    utilities = scenario.tables()
    result = play_named(scenario, utilities, names, options)
    report = result_report(result, scenario, utilities)
    if not options["trace"]:
        report.pop("trace", None)
    if options["distances"] and result.agreement is not None:
        from burdenshare.bargaining.solutions import solve as solve_exactly

        away = solve_exactly(scenario).distances(result.utilities)
        report["distances"] = {name: number_or_none(distance) for name, distance in away.items()}
    if options["chart"] is not None:
        from burdenshare.bargaining.charts import chart, save_chart
        from burdenshare.bargaining.solutions import solve

        title = f"{scenario.name}: {' against '.join(names)}"
        save_chart(chart(utilities, solve(utilities), result, title=title), options["chart"])
    if form == "json":
        emit([], form, whole=report)
        return
    flat = {"scenario": report["scenario"], "protocol": report["protocol"], "end": report["end"]}
    flat |= {"rounds": report["rounds"], "ended_by": report["ended_by"]}
    flat |= {f"utility of {name}": value for name, value in zip(report["sides"], report["utilities"], strict=True)}
    flat |= report["agreement"] or {}
    flat |= {f"distance from {name}": distance for name, distance in report.get("distances", {}).items()}
    if form == "table":
        table([{"": key, "value": value} for key, value in flat.items()], "")
    elif form == "jsonl" or not options["trace"]:  # one CSV has one set of columns: with --trace the offers
        emit([flat], form)
    if options["trace"]:
        rows = [offer_row(entry, report["sides"]) for entry in report["trace"]]
        emit(rows, form, title="Offers")


def offer_row(entry: dict[str, Any], sides: list[str]) -> dict[str, Any]:
    worth = {f"utility of {name}": value for name, value in zip(sides, entry["utilities"], strict=True)}
    return {"round": entry["round"], "side": entry["side"], **entry["offer"], **worth}


def play_named(scenario: Any, utilities: Any, names: list[str], options: dict[str, Any]) -> Any:
    from burdenshare.bargaining import protocols
    from burdenshare.bargaining.acceptance import WalksAway
    from burdenshare.bargaining.names import negotiator_named
    from burdenshare.bargaining.negotiator import Negotiator

    players: list[Negotiator] = [negotiator_named(name) for name in names]
    if options["walk_away"] is not None:
        players = [WalksAway(player, options["walk_away"]) for player in players]
    common: dict[str, Any] = {"seed": options["seed"], "trace": True, "space": scenario.space}
    if options["protocol"] == "single-text":
        return protocols.play_single_text(utilities, players, rounds=options["steps"], **common)
    common["ties"] = options["ties"]
    if options["protocol"] == "take-it-or-leave-it":
        return protocols.play_take_it_or_leave_it(utilities, players, **common)
    play = protocols.play_alternating if options["protocol"] == "alternating" else protocols.play_simultaneous
    return play(utilities, players, rounds=options["steps"], seconds=options["seconds"], **common)


def ranges(text: str, what: str) -> tuple[tuple[float, float], tuple[float, float]]:
    try:
        pairs = [tuple(float(number) for number in part.split(":")) for part in text.split(",")]
        (a, b), (c, d) = [(p[0], p[-1]) for p in pairs if len(p) <= 2]
    except ValueError:
        raise BargainingError(f"{what} is {text!r}; give one range a side, such as 0:0.5,0.2:0.6.") from None
    if a > b or c > d:
        raise BargainingError(f"{what} is {text!r}; put the smaller bound of a range first.")
    return (a, b), (c, d)


def run_many(scenario: Any, names: list[str], form: str, options: dict[str, Any]) -> None:
    from burdenshare.bargaining.batch import BLOCK, Draw, play_drawn, prepare, summary
    from burdenshare.bargaining.names import negotiator_named
    from burdenshare.bargaining.tactics import TimeBased

    players = [negotiator_named(name) for name in names]
    if options["exponents"] is not None:
        exponents = ranges(options["exponents"], "--exponents")
    elif len(players) == 2 and all(type(player) is TimeBased for player in players):
        exponents = tuple((p.exponent, p.exponent) for p in players if isinstance(p, TimeBased))  # type: ignore[assignment]
    else:
        raise BargainingError("--talks plays two time-dependent tactics: boulware, linear, conceder or time(NUMBER).")
    reserved = None if options["reserved"] is None else ranges(options["reserved"], "--reserved")
    draw = Draw(exponents=exponents, reserved=reserved)
    duel = prepare(scenario.tables())
    chunks = play_drawn(
        duel, options["talks"], draw=draw, seed=options["seed"], rounds=options["steps"], threads=options["threads"]
    )
    with bar("talks", -(-options["talks"] // (16 * BLOCK))) as advance:
        found = summary(counted(chunks, advance), seed=options["seed"])
    row: dict[str, Any] = {
        "talks": found.talks,
        "agreements": found.agreements,
        "approved": found.approved,
        "rounds": found.rounds,
    }
    for side, mean in zip(scenario.sides, found.utilities, strict=True):
        row[f"utility of {side.name}"] = mean if found.agreements else None
    emit([row], form, whole=row)


@bargain.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--sides", help="Names of the sides, in order; all unless given.")
@click.option(
    "--chart", type=click.Path(path_type=Path), help="Draw the utility space into this .svg, .png or .html file."
)
@click.option("--format", "form", type=FORMATS, default="table", show_default=True, help="How to print.")
@plain_errors
def solve(path: Path, sides: str | None, chart: Path | None, form: str) -> None:
    """The Pareto frontier and the solution points of a scenario.

    \b
    Examples:
      burdenshare bargain solve laptop/ --format json
      burdenshare bargain solve scenario.toml --chart space.html
    """
    from burdenshare.bargaining.report import solutions_report
    from burdenshare.bargaining.solutions import POINTS
    from burdenshare.bargaining.solutions import solve as solve_exactly

    scenario = chosen(path, sides, None)
    solved = solve_exactly(scenario)
    report = solutions_report(solved, scenario)
    if chart is not None:
        from burdenshare.bargaining import charts

        save = charts.chart(scenario.tables(), solved, None, title=scenario.name)
        charts.save_chart(save, chart)
    if form == "json":
        emit([], form, whole=report)
        return
    rows: list[dict[str, Any]] = []
    for name in POINTS:
        point = report[name]
        utilities = point["utilities"] if point else [None] * len(report["sides"])
        row = {"point": name, **{f"utility of {s}": u for s, u in zip(report["sides"], utilities, strict=True)}}
        rows.append(row | (point["outcome"] if point else {}))
    if form == "table":
        click.echo(f"{scenario.name}: {report['outcomes']} outcomes, {len(report['pareto'])} on the frontier")
    emit(rows, form)


@bargain.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--tactics",
    default="boulware,linear,conceder,micro,nice-tft,hard-headed",
    show_default=True,
    help="The tactics that meet, each with each.",
)
@click.option("--steps", default=100, show_default=True, help="The deadline in rounds.")
@click.option("--seed", default=0, show_default=True, help="For tactics that draw at random.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True, help="How to print.")
@plain_errors
def tournament(paths: tuple[Path, ...], tactics: str, steps: int, seed: int, form: str) -> None:
    """Every tactic against every tactic, in both orders, on the first two sides of each scenario.

    \b
    Examples:
      burdenshare bargain tournament laptop/ camera/ --tactics boulware,conceder
    """
    from burdenshare.bargaining.names import negotiator_named
    from burdenshare.bargaining.report import standing_report
    from burdenshare.bargaining.report import tournament as hold

    names = [name.strip() for name in tactics.split(",") if name.strip()]
    for name in names:
        negotiator_named(name)
    scenarios = [chosen(path, None, 2) for path in paths]
    talks = len(scenarios) * len(names) ** 2
    with bar("talks", talks) as advance:
        standings = hold(scenarios, names, rounds=steps, seed=seed, progress=advance)
    emit([standing_report(row) for row in standings], form, title=f"{talks} talks on {len(scenarios)} scenarios")
