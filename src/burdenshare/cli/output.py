"""How rows are printed: a table for people, JSON, JSON Lines or CSV for programs."""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

# A spreadsheet takes a cell that begins like this for a formula; a report's words must never run.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = dict.fromkeys((*range(32), *range(127, 160)), "�") | {9: " ", 10: " ", 13: " "}
_PLAIN_WIDTH = 60  # characters of a cell where the output is not a terminal


def plain(text: str) -> str:
    """Text on one line that cannot steer a terminal."""
    return text.translate(_CONTROL)


def as_json(value: Any) -> None:
    """One JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def as_jsonl(rows: Iterable[Mapping[str, Any]]) -> None:
    """A JSON object a line."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Comma-separated values with a line of headings; text that a spreadsheet would run gets an apostrophe in front."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(c)) for c in columns])


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def headings(columns: Sequence[str], lang: str) -> list[str]:
    """The headings of a table for people in the language; in English the columns are named as in JSON."""
    if lang == "en":
        return list(columns)
    from burdenshare.brief import tongue

    t = tongue(lang)
    keys = [c.replace(" ", "-") for c in columns]
    return [
        next((t.of(f, k) for f, k in _families(key) if t.knows(f, k)), c) for c, key in zip(columns, keys, strict=True)
    ]


def _families(key: str) -> list[tuple[str, str]]:
    return [("tabled", key), ("tabled", key.replace("_", "-")), ("column", key), ("field", key)]


def worded(column: str, value: Any, lang: str) -> str | None:
    """A value of the dossier or the history in the words of a language other than English; None where it has none."""
    from burdenshare.brief import tongue

    t = tongue(lang)
    if isinstance(value, bool):
        return t(f"tabled.{str(value).lower()}")
    if isinstance(value, dict) and isinstance(value.get("currency"), str):
        low, high = (value.get(k, value.get("value")) for k in ("low", "high"))
        return t.money_range(low, high, value["currency"]) if low is not None and high is not None else None
    if not isinstance(value, str):
        return None
    if t.knows(column, value):
        return t.of(column, value)
    try:
        return t.date_words(value)
    except ValueError:
        return None


def as_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table drawn to the width of a terminal; plain columns elsewhere."""
    cells = [[plain(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, header_style="bold", pad_edge=False)
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in cells:
            table.add_row(*(Text(cell) for cell in row))
        Console().print(table)
        return
    short = [[_short(cell) for cell in row] for row in cells]
    widths = [max(map(_width, column)) for column in zip(columns, *short, strict=True)]
    for row in (list(columns), *short):
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def _width(cell: str) -> int:
    """The columns a terminal takes for it: a Korean letter two."""
    return len(cell) if cell.isascii() else len(cell) + sum(unicodedata.east_asian_width(c) in "WF" for c in cell)


def _short(cell: str) -> str:
    return cell if len(cell) <= _PLAIN_WIDTH else cell[: _PLAIN_WIDTH - 1] + "…"
