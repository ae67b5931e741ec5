"""Reads a folder with `negotiations.csv` and `offers.csv` into a table; says file and line of what is wrong."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from burdenshare.errors import BurdenshareError
from burdenshare.outlook.table.negotiations import NOT_OFFERS, Negotiation, Offer

# Columns that tell how a negotiation ended, or are worked out from its end. They are never looked at in a table of
# open negotiations; in a past table the settlement and the agreement are what is learned.
ENDS = ("agreed", "settle", "outcome", "decided", "duration", "n_", "sequence", "seller_share", "position", "year")
RATIO = "value_over_"
SETTLED_RATIO = "settlement_over_"


class TableError(BurdenshareError):
    """A table of negotiations is wrong: names the file, the line and what was expected."""


@dataclass(frozen=True)
class Table:
    """`negotiations` in the order of the file; `strays` counts the negotiations that only the offers name."""

    negotiations: tuple[Negotiation, ...]
    strays: int


def read_table(folder: Path, *, past: bool) -> Table:
    """The negotiations of a folder. Raises TableError.

    Where `past` is false, every column that tells of the end is left unread.
    """
    path = folder / "negotiations.csv"
    told = _offers(folder / "offers.csv")
    table: dict[str, Negotiation] = {}
    lines: dict[str, int] = {}
    for line, row in _rows(path, ("id", "agreed") if past else ("id",)):
        name = row["id"]
        if not name:
            raise TableError(f"{path}, line {line}: the negotiation has no id; give each one its own.")
        if name in lines:
            raise TableError(f"{path}, line {line}: the id {name} stands on line {lines[name]} already; keep one.")
        lines[name] = line
        table[name] = _negotiation(path, line, row, tuple(told.pop(name, ())), past)
    if past and not table:
        raise TableError(f"{path} holds no negotiation; a forecast needs at least one that has ended.")
    return Table(tuple(table.values()), len(told))


def _negotiation(path: Path, line: int, row: dict[str, str], offers: tuple[Offer, ...], past: bool) -> Negotiation:
    numbers = {}
    for column, text in row.items():
        if column != "id" and not column.startswith(ENDS) and _is_number(text):
            numbers[column] = float(text)
    if not past:
        return Negotiation(row["id"], offers, domain=row.get("domain", ""), numbers=numbers)
    agreed = _number(path, line, row, "agreed")
    if agreed not in (0, 1) and not math.isnan(agreed):
        raise TableError(f"{path}, line {line}: agreed is {row['agreed']!r}; write 1, 0 or nothing.")
    ratio = next((column for column in row if column.startswith(SETTLED_RATIO)), SETTLED_RATIO)
    return Negotiation(
        row["id"],
        offers,
        settlement=_number(path, line, row, "settlement"),
        settlement_ratio=_number(path, line, row, ratio),
        agreed=agreed,
        domain=row.get("domain", ""),
        numbers=numbers,
    )


def _offers(path: Path) -> dict[str, list[Offer]]:
    told: dict[str, list[tuple[float, int, Offer]]] = defaultdict(list)
    for line, row in _rows(path, ("id", "side")):
        if row.get("kind", "") in NOT_OFFERS:
            continue
        ratio_column = next((column for column in row if column.startswith(RATIO)), None)
        if "value" not in row and ratio_column is None:
            raise TableError(
                f"{path}, line 1: no column 'value' or '{RATIO}...'; this forecast is of bargaining over one number."
            )
        if row["side"] not in ("buyer", "seller"):
            raise TableError(
                f"{path}, line {line}: the side is {row['side']!r}; write buyer for the side that wants the smaller "
                "number, seller for the other."
            )
        value = _number(path, line, row, "value")
        ratio = _number(path, line, row, ratio_column) if ratio_column else math.nan
        if math.isnan(value) and math.isnan(ratio):
            raise TableError(f"{path}, line {line}: the offer has no number; give its value or leave the line out.")
        step = _number(path, line, row, "step")
        told[row["id"]].append((line if math.isnan(step) else step, line, Offer(row["side"] == "buyer", value, ratio)))
    return {name: [offer for _, _, offer in sorted(steps, key=lambda s: s[:2])] for name, steps in told.items()}


def _rows(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            head = [column.strip() for column in next(reader, [])]
            for column in wanted:
                if column not in head:
                    raise TableError(f"{path}, line 1: no column {column!r}; add it.")
            for cells in reader:
                if not any(cells):
                    continue
                if len(cells) != len(head):
                    raise TableError(
                        f"{path}, line {reader.line_num}: {len(cells)} cells where the first line names {len(head)}."
                    )
                yield reader.line_num, {c: cell.strip() for c, cell in zip(head, cells, strict=True)}
    except OSError as error:
        raise TableError(f"{path} cannot be read ({error.strerror}); give a folder with that file.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path} is not a table in UTF-8 ({error}); save it as CSV in UTF-8.") from error


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _number(path: Path, line: int, row: dict[str, str], column: str) -> float:
    text = row.get(column, "")
    if not text:
        return math.nan
    if not _is_number(text):
        raise TableError(f"{path}, line {line}: {column} is {text!r}, which is no number; write it in digits.")
    return float(text)
