"""`burdenshare history`: the case's series as open data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from burdenshare.cli import options, output

if TYPE_CHECKING:
    from burdenshare.case.history import Row
    from burdenshare.case.model import Case

_FORMATS = ("table", "json", "jsonl", "csv", "parquet")
_MAIN = ("contributions", "terms", "rounds", "positions")  # what a table shows where no series is named
_ASIDE = ("case", "low", "high", "used", "why", "names")  # in the files; a table for people goes without


@click.command()
@click.option("--case", "case_name", metavar="CASE",
              help="A shipped case or a case folder. [default: the shipped one with the longest series]")  # fmt: skip
@click.option("--series", "names", multiple=True, metavar="NAME", help="contributions, terms, rounds, positions, "
              "categories, yearly, people, offices or sources; may be given again.")  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Every version of a figure, not only the one in use.")
@click.option("--cite", is_flag=True, help="Print only the line to cite these data by.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), metavar="PATH",
              help="Write to this file (one series) or folder (a file a series).")  # fmt: skip
@click.option("--format", "form", type=click.Choice(_FORMATS),
              help="How to print it. [default: by the ending of the file, else table]")  # fmt: skip
@options.lang
def history(
    case_name: str | None,
    names: tuple[str, ...],
    every: bool,
    cite: bool,
    target: Path | None,
    form: str | None,
    lang: str,
) -> None:
    """Print a case's history as open data: contributions year by year, terms, rounds and positions, with sources.

    Where sources disagree, --all gives each version; `used` marks the one the case works with and `why` says why.
    CSV, JSON Lines and Parquet hold one series each: contributions, unless --series names another or -o is a folder.

    \b
    Examples:
      burdenshare history --series contributions
      burdenshare history --case us-japan-hns --all --format json > japan.json
      burdenshare history --series terms --all -o terms.parquet
      burdenshare history --cite
    """
    import burdenshare
    from burdenshare.case import history as past

    case = _case(case_name)
    for name in names:
        past.series(name)  # a wrong name is told before anything is written
    cited = past.citation(case, version=burdenshare.__version__)
    if cite:
        click.echo(cited)
        return
    form = form or _by_ending(target)
    into_folder = target is not None and not target.suffix
    wanted = names or (tuple(past.SERIES) if into_folder else _MAIN if form in ("table", "json") else _MAIN[:1])
    found = {name: past.rows(case, name, every_version=every) for name in wanted}
    if target is not None:
        _write(case, found, target, form, cited)
    elif form == "json":
        output.as_json(_document(case, found, cited))
    else:
        _print(found, form, lang)


def _case(name: str | None) -> Case:
    from burdenshare import case as cases

    if name is not None:
        return cases.load(name)
    chosen = max((cases.load(c) for c in cases.shipped()), key=lambda c: sum(p.used for p in c.payments))
    click.echo(f"Showing {chosen.id}; --case names another.", err=True)
    return chosen


def _by_ending(target: Path | None) -> str:
    ending = target.suffix.removeprefix(".").lower() if target else ""
    if ending in _FORMATS:
        return ending
    return "csv" if target else "table"


def _document(case: Case, found: Mapping[str, Sequence[Row]], cited: str) -> dict[str, Any]:
    """Every series asked for, where versions disagree, and how to cite it, as one JSON document."""
    from burdenshare.case import history as past

    disagreements: list[dict[str, Any]] = [
        {"series": d.series, "what": d.what, "versions": [_json(v) for v in d.versions]}
        for d in past.disagreements(case)
        if d.series in found
    ]
    named = {s for rows in found.values() for row in rows for s in row.get("sources", ())}
    named |= {s for d in disagreements for v in d["versions"] for s in v["sources"]}
    sources = [_json(r) for r in past.rows(case, "sources") if r["id"] in named]
    tables = {name: [_json(row) for row in rows] for name, rows in found.items()}
    head = {"case": case.id, "citation": cited}
    return {**head, "disagreements": disagreements, "sources": sources, **tables}


def _json(row: Row) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}


def _flat(row: Row) -> dict[str, Any]:
    """A row as the cells of a CSV file: lists parted by semicolons, yes and no, empty for None."""
    return {k: _cell(v) for k, v in row.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def _print(found: Mapping[str, Sequence[Row]], form: str, lang: str) -> None:
    from burdenshare.case import history as past

    if form == "parquet":
        raise click.UsageError("Parquet is no text; give a file or folder with -o.")
    if form == "csv" and len(found) > 1:
        raise click.UsageError("CSV holds one series; give one --series, or a folder with -o.")
    for name, rows in found.items():
        columns = [c.name for c in past.series(name).columns]
        if form == "csv":
            output.as_csv(columns, [_flat(r) for r in rows])
        elif form == "jsonl":
            output.as_jsonl({"series": name, **_json(r)} for r in rows)
        else:
            title = f"{name.upper()}: {past.series(name).title}" if lang == "en" else output.headings([name], lang)[0]
            click.echo(f"\n{title}")
            aside = {*_ASIDE, *(c for c in columns if c.endswith(("_earliest", "_latest")))}
            several = any(row.get("used") is False for row in rows)
            aside -= {"used", "why"} if several else set()
            shown = [c for c in columns if c not in aside and any(_flat(r)[c] != "" for r in rows)]
            cells = [[_grouped(c, row[c], lang) for c in shown] for row in rows]
            output.as_table(output.headings(shown, lang), cells)


def _grouped(column: str, value: Any, lang: str) -> str:
    """A cell for people: thousands grouped in sums; in another language than English its words where it has them."""
    if lang != "en" and (words := output.worded(column, value, lang)):
        return words
    if column in ("amount", "number") and isinstance(value, (int, float)):
        return f"{value:,.10g}" if isinstance(value, float) and not value.is_integer() else f"{int(value):,}"
    return str(_cell(value))


def _write(case: Case, found: Mapping[str, Sequence[Row]], target: Path, form: str, cited: str) -> None:
    """One file, or a file a series in a folder. Raises CaseError where it cannot be written."""
    from burdenshare.errors import CaseError

    try:
        if target.suffix:
            if len(found) > 1 and form != "json":
                raise click.UsageError(f"{target} holds one series; give one --series, or a folder with -o.")
            _file(case, found, target, form, cited)
            click.echo(f"{target}: {sum(map(len, found.values()))} rows")
            return
        target.mkdir(parents=True, exist_ok=True)
        for name, rows in found.items():
            path = target / f"{case.id}-{name}.{'csv' if form == 'table' else form}"
            _file(case, {name: rows}, path, form, cited)
            click.echo(f"{path}: {len(rows)} rows")
    except OSError as error:
        raise CaseError(f"{target} cannot be written: {error.strerror}") from error


def _file(case: Case, found: Mapping[str, Sequence[Row]], path: Path, form: str, cited: str) -> None:
    import csv
    import json

    from burdenshare.case import history as past

    name, rows = next(iter(found.items()))
    if form == "parquet":
        import pyarrow.parquet as pq

        from burdenshare.case.parquet import arrow

        pq.write_table(arrow(past.series(name), rows, citation=cited), path)
    elif form == "json":
        path.write_text(
            json.dumps(_document(case, found, cited), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
    elif form == "jsonl":
        lines = [json.dumps({"series": name, **_json(r)}, ensure_ascii=False) + "\n" for r in rows]
        path.write_text("".join(lines), encoding="utf-8")
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [c.name for c in past.series(name).columns], lineterminator="\n")
            writer.writeheader()
            writer.writerows(_flat(r) for r in rows)
