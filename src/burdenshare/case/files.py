"""The files of a case, read and decoded row by row; knows their layout, not what their values mean."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from burdenshare.case import decode
from burdenshare.case.lines import Lines
from burdenshare.case.problem import At, Problem
from burdenshare.case.schema import CASE_FILE, TABLES, CaseTable

MAX_BYTES = 16 * 2**20  # a case of every country of the world would be smaller
_LINE = re.compile(r"\(at (?:line (\d{1,9}), column \d{1,9}|end of document)\)")


@dataclass(frozen=True, slots=True)
class Row:
    """A decoded row with the place it stands at, for problems found later."""

    value: Any
    at: At


@dataclass(slots=True)
class Files:
    """What the files of a case say. `table` is None where `case.toml` could not be decoded."""

    table: CaseTable | None = None
    at: At | None = None
    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def _text(path: Path, problems: list[Problem]) -> str | None:
    try:
        if path.stat().st_size > MAX_BYTES:
            problems.append(Problem(str(path), 1, "file", f"is larger than {MAX_BYTES // 2**20} MiB; expected less"))
            return None
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        problems.append(Problem(str(path), 1, "file", f"cannot be read: {error.strerror}"))
    except UnicodeDecodeError as error:
        problems.append(Problem(str(path), 1, "file", f"is no UTF-8 text (byte {error.start}); save it as UTF-8"))
    return None


def _toml(path: Path, files: Files) -> None:
    text = _text(path, files.problems)
    if text is None:
        return
    files.at = At(str(path), Lines(text), files.problems)
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = _LINE.search(str(error))
        line = int(where[1]) if where and where[1] else text.count("\n") + 1
        said = _LINE.sub("", str(error)).strip()
        files.problems.append(Problem(str(path), line, "file", f"is no valid TOML: {said}"))
        return
    except RecursionError:
        files.problems.append(Problem(str(path), 1, "file", "nests lists or tables too deeply; write them flat"))
        return
    files.table = decode.table(CaseTable, tree, files.at)


def _csv(path: Path, cls: type[Any], problems: list[Problem]) -> list[Row]:
    text = _text(path, problems)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    columns: list[str] = []
    try:
        for cells in reader:
            line = reader.line_num
            at = At(str(path), lambda _, line=line: line, problems)  # type: ignore[misc]
            if cells and cells[0].lstrip().startswith("#"):
                continue  # a comment, such as the ones `case new` writes
            if not columns:
                columns = [c.strip() for c in cells]
                decode.header(cls, columns, at)
            elif any(c.strip() for c in cells):
                if len(cells) != len(columns):
                    at.say(f"has {len(cells)} cells; expected {len(columns)}, one a column")
                    continue
                value = decode.row(cls, dict(zip(columns, (c.strip() for c in cells), strict=True)), at)
                if value is not None:
                    rows.append(Row(value, at))
    except csv.Error as error:
        problems.append(Problem(str(path), reader.line_num, "file", f"is no valid CSV: {error}"))
    return rows


def read(folder: Path) -> Files:
    """Reads `case.toml` and the CSV files beside it. A missing CSV file is an empty one."""
    files = Files()
    _toml(folder / CASE_FILE, files)
    for name, cls in TABLES.items():
        path = folder / name
        files.rows[name] = _csv(path, cls, files.problems) if path.exists() else []
    for path in sorted(folder.glob("*.csv")):
        if path.name not in TABLES:
            files.problems.append(
                Problem(str(path), 1, "file", f"is no file of a case; the files are {', '.join(TABLES)}")
            )
    return files


def values(files: Files, name: str) -> list[Any]:
    """The decoded rows of a CSV file."""
    return [row.value for row in files.rows.get(name, [])]


def by_id(files: Files, name: str) -> Mapping[str, Any]:
    """The decoded rows of a CSV file by their `id`."""
    return {row.value.id: row.value for row in files.rows.get(name, [])}
