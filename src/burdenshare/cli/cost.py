"""`burdenshare cost`: what a position costs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from burdenshare.cli import options, output

if TYPE_CHECKING:
    from burdenshare.case.model import Case
    from burdenshare.costs import Costing, CostYear, Lapse, Money, Terms, Total
    from burdenshare.record.model import Entry


@click.command()
@click.argument("words", required=False)
@click.option("--claim", "claim_id", metavar="ID", help="Cost what this claim puts: its id or the beginning of it.")
@click.option("--agreement", type=int, metavar="N", help="Cost an agreement of the case, by its number.")
@options.as_of
@options.case
@click.option("--year", type=int, metavar="YEAR", help="First year. [default: the first without an agreement]")
@click.option("--years", type=click.IntRange(1, 100), metavar="N", help="Term in years. [default: as worded, or 5]")
@click.option("--growth", metavar="RULE",
              help="Rule for later years: fixed 3, frozen, cpi lag 2 cap 4, defence-budget lag 1.")  # fmt: skip
@click.option("--base-year", type=int, metavar="YEAR", help="Year of the constant prices. [default: before the first]")
@click.option("--against", multiple=True, metavar="WORDS", help="Set it against another position too. May be repeated.")
@click.option("--categories", metavar="SHARES", help='Shares in percent: "labour=40, construction=40, other=20".')
@click.option("--lapse-months", type=click.IntRange(0, 60), default=0, metavar="N", help="Months of a lapse to show.")
@click.option(
    "--lapse-from", type=options.Day(), metavar="DAY", help="First day of the lapse. [default: after the end]"
)
@click.option("--chart", "chart_path", type=click.Path(dir_okay=False), metavar="FILE",
              help="Draw a chart as well: .svg, .png or .html.")  # fmt: skip
@options.output("table", "json", "csv")
@options.lang
@click.pass_obj
def cost(
    db: str, /, words: str | None, form: str, as_of: date | None, chart_path: str | None, lang: str, **given: Any
) -> None:
    """Show what a position costs: year by year and in all, in both currencies, nominal and at constant prices.

    The position is put in words, or is that of a claim or an agreement; without any, every position of the dossier is
    costed. Rates, prices and budgets are those known on the day of --as-of: by default that of the last report in the
    record, or today where there is no record. JSON says of every figure how it was reached.

    \b
    Examples:
      burdenshare cost "5 billion dollars a year" --case us-rok-sma --as-of 2019-12-20
      burdenshare cost "13% in the first year, then defence budget growth, for five years" --case us-rok-sma
      burdenshare cost --claim 3f2a9c --years 3 --format json
      burdenshare cost --agreement 11 --case us-rok-sma --lapse-months 6 --chart cost.svg
    """
    from pathlib import Path

    from burdenshare import costs
    from burdenshare.costs import categories, chart

    named = [n for n in (words, given["claim_id"], given["agreement"]) if n is not None]
    if len(named) > 1:
        raise click.UsageError("Give words, --claim or --agreement, one of them.")
    if chart_path and Path(chart_path).suffix not in chart.ENDINGS:
        raise click.UsageError(f"The ending of {chart_path} is not one of {', '.join(chart.ENDINGS)}.")
    scene = _scene(db, given["case_name"], as_of, needs_record=not words and given["agreement"] is None)
    basis = costs.Basis(scene.case, scene.as_of)
    terms = _terms(given)
    shares = categories.parse(given["categories"]) if given["categories"] else None
    more = {
        "base_year": given["base_year"], "categories": shares, "lapse_from": given["lapse_from"],
        "lapse_months": given["lapse_months"],
    }  # fmt: skip
    left: tuple[str, ...] = ()
    if named:
        if words:
            position = costs.from_words(words, basis, terms=terms)
        elif given["agreement"] is not None:
            position = _agreement(scene.case, given["agreement"], basis, terms)
        else:
            entry = _entry(scene.entries, given["claim_id"])
            position = costs.of_claim(entry.claim, basis, terms=terms)
        others = tuple(costs.from_words(w, basis) for w in given["against"])
        found = [costs.cost(position, scene.case, as_of=scene.as_of, against=others, **more)]
    else:
        table = _table_of(scene, terms, more)
        found, left = list(table.costings), table.left_out
    if chart_path:
        chart.save(found, Path(chart_path))
    _print(found, left, form=form, several=not named, lang=lang)
    if chart_path:
        click.echo(f"Chart: {chart_path}", err=True)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the command works on: the case, the day, and the claims where there is a record."""

    case: Case
    as_of: date
    entries: Sequence[Entry] = ()


def _scene(db: str, case_name: str | None, as_of: date | None, *, needs_record: bool) -> _Scene:
    """From the record where there is one; else the case alone, as of the day given or today."""
    from pathlib import Path

    from burdenshare import case as cases
    from burdenshare.intake import now

    if needs_record or "://" in db or Path(db).exists():
        with options.opened(db) as record:
            case = options.the_case(record, case_name)
            entries = record.entries(case=case.id, as_of=as_of)
        days = [w.latest for e in entries if (w := e.report.published.when) and w.latest]
        return _Scene(case, as_of or max(days, default=now().date()), entries)
    if case_name is None:
        loaded = [cases.load(c) for c in cases.shipped()]
        case = max(loaded, key=lambda c: len(c.payments))
        click.echo(f"Taken as {case.id}; --case names another.", err=True)
    else:
        case = cases.load(case_name)
    return _Scene(case, as_of or now().date())


def _terms(given: dict[str, Any]) -> Terms:
    from burdenshare.costs import Terms
    from burdenshare.money import growth

    rule = growth.parse(given["growth"]) if given["growth"] else None
    return Terms(given["year"], given["years"], rule)


def _agreement(case: Case, number: int, basis: Any, terms: Terms) -> Any:
    from dataclasses import replace

    from burdenshare import costs
    from burdenshare.errors import CaseError

    agreement = case.agreement(number)
    if agreement is None:
        numbers = ", ".join(str(a.number) for a in case.agreements) or "none"
        raise CaseError(f"{case.id} has no agreement {number}; it has {numbers}.")
    found = costs.of_agreement(agreement, basis)
    return replace(
        found, year=terms.year or found.year, years=terms.years or found.years, rule=terms.rule or found.rule
    )


def _entry(entries: Sequence[Entry], prefix: str) -> Entry:
    from burdenshare.errors import RecordError

    found = [e for e in entries if e.id.startswith(prefix)]
    if len(found) != 1:
        what = "no claim" if not found else f"{len(found)} claims"
        raise RecordError(f"{what} begins with {prefix}; `burdenshare claims --kind position` lists ids.")
    return found[0]


def _table_of(scene: _Scene, terms: Terms, more: dict[str, Any]) -> Any:
    from burdenshare import costs, dossier

    known = dossier.dossier(scene.entries, scene.case, as_of=scene.as_of)
    return costs.on_the_table(known, scene.case, as_of=scene.as_of, terms=terms, **more)


# -- printing ---------------------------------------------------------------------------------------------------


def _print(found: list[Costing], left: Sequence[str], *, form: str, several: bool, lang: str) -> None:
    from burdenshare import costs

    if form == "json":
        if several:
            output.as_json({"positions": [costs.to_json(c) for c in found], "left_out": list(left)})
        else:
            output.as_json(costs.to_json(found[0]))
        return
    if form == "csv":
        rows = [r for c in found for r in costs.rows(c)]
        output.as_csv(list(dict.fromkeys(k for r in rows for k in r)), rows)
    else:
        for c in found:
            _costing(c, lang)
    for sentence in left:
        click.echo(f"Not costed: {sentence}", err=True)
    if not found:
        click.echo("No position in the record has a figure that can be costed.", err=True)


def _costing(c: Costing, lang: str) -> None:

    click.echo(f"\n{output.plain(c.position.label)} (as of {c.as_of})")
    for line in c.position.how:
        click.echo(f"  {output.plain(line)}")
    currencies = list(c.total.sums)
    parts = list(c.total.by_category)
    scale = {k: _scale(min(abs(y.sums[k].low) for y in c.years)) for k in currencies}
    host, name = scale[c.currency]
    unit = " ".join(w for w in (name, c.currency) if w)
    columns = [
        "year", *(" ".join(w for w in (scale[k][1], k) if w) for k in currencies), f"{unit} of {c.base_year}", *parts,
        f"{c.currency} per soldier", "% of defence budget",
    ]  # fmt: skip

    def row(name: str, of: CostYear | Total) -> list[str]:
        return [
            name,
            *(_cell(of.sums[k], size=scale[k][0], decimals=1) for k in currencies),
            _cell(of.real, size=host, decimals=1),
            *(_cell(of.by_category[p].sums[c.currency], size=host, decimals=1) for p in parts),
        ]

    rows = [[*row(str(y.year), y), _cell(y.per_soldier), _cell(y.budget_share_percent, decimals=1)] for y in c.years]
    rows.append([*row(_headings(["total"], lang)[0], c.total), "", ""])
    kept = [i for i, name in enumerate(columns) if i == 0 or any(r[i] for r in rows)]
    click.echo("")
    output.as_table(_headings([columns[i] for i in kept], lang), [[r[i] for i in kept] for r in rows])
    for comparison in c.against:
        more = _cell(comparison.total, size=host, decimals=1)
        times = f", {_cell(comparison.multiple, decimals=2)} times as much" if comparison.multiple else ""
        click.echo(f"Against {output.plain(comparison.how)}: {more} {unit} in all{times}.")
    for line in dict.fromkeys(y.how[k] for y in c.years for k in y.how if len(k) == 3 and k != "sum"):
        click.echo(f"At {output.plain(line)}.")
    for note in c.notes:
        click.echo(f"Note: {output.plain(note)}.")
    if c.lapse:
        _lapse(c.lapse, host, unit, lang=lang)


def _lapse(lapse: Lapse, size: float, unit: str, *, lang: str) -> None:
    click.echo(f"\nA lapse from {lapse.start}, sums in {unit}")
    for line in lapse.precedent:
        click.echo(f"  the last one: {output.plain(line)}")
    columns = ["month", "unpaid", "of it wages", "furloughed", "wages lost"]
    rows = [
        [m.month, *(_cell(x, size=size, decimals=1) for x in (m.unpaid, m.wages)), _cell(m.furloughed),
         _cell(m.wages_lost, size=size, decimals=1)]
        for m in lapse.months
    ]  # fmt: skip
    output.as_table(_headings(columns, lang), rows)
    told = (line for m in lapse.months for line in m.how if not line.startswith(("unpaid", "wages:")))
    for line in dict.fromkeys(told):
        click.echo(f"  {output.plain(line)}")


_HEADING = re.compile(
    r"(?:(?P<scale>billion|million) )?(?P<currency>[A-Z]{3})(?P<rest> of (?P<year>\d{4})| per soldier)?"
)


def _headings(columns: Sequence[str], lang: str) -> list[str]:
    """The headings in the language: units, categories and the rest."""
    if lang == "en":
        return list(columns)
    from burdenshare.brief import tongue

    t, found = tongue(lang), []
    for name in columns:
        m = _HEADING.fullmatch(name)
        if m is None:
            found.append(t.of("category", name) if t.knows("category", name) else output.headings([name], lang)[0])
            continue
        unit = t("tabled.unit", scale=t.of("tabled", m["scale"]) if m["scale"] else "", unit=t.unit(m["currency"]))
        key = "prices" if m["year"] else "per-soldier" if m["rest"] else "plain"
        found.append(t(f"tabled.{key}", unit=unit, year=m["year"] or ""))
    return found


def _scale(least: float) -> tuple[float, str]:
    """Millions or billions, so that a sum keeps three digits or more before the point; plain units below a million."""
    return next(((s, n) for s, n in ((1e9, "billion"), (1e6, "million")) if least >= s), (1.0, ""))


def _cell(money: Money | None, *, size: float = 1.0, decimals: int = 0) -> str:
    if money is None:
        return ""
    if size == 1.0 and decimals == 1 and abs(money.high) >= 1000:
        decimals = 0
    low, high = (f"{v / size:,.{decimals}f}" for v in (money.low, money.high))
    return low if low == high else f"{low} to {high}"
