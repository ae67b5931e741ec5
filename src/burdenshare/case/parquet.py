"""A series of the history as a typed Arrow table, with its data dictionary in the metadata, ready to be written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from burdenshare.case.history import Column, Row, Series

_TYPES: dict[str, Any] = {
    "text": pa.string(), "texts": pa.list_(pa.string()), "whole": pa.int64(), "number": pa.float64(),
    "day": pa.date32(), "yes-no": pa.bool_(),
}  # fmt: skip


def _field(column: Column) -> Any:
    about = {"description": column.meaning, **({"unit": column.unit} if column.unit else {})}
    return pa.field(column.name, _TYPES[column.type], metadata=about)


def arrow(series: Series, rows: Sequence[Row], *, citation: str) -> Any:
    """The rows as a `pyarrow.Table`.

    Each field's metadata hold `description` and `unit`; the table's hold `title`, `description`, `citation` and
    `dictionary`, the columns as JSON (a list of name, type, unit, meaning).
    """
    dictionary = [{"name": c.name, "type": c.type, "unit": c.unit, "meaning": c.meaning} for c in series.columns]
    about = {
        "title": f"{series.name}: {series.title}", "description": series.about, "citation": citation,
        "dictionary": json.dumps(dictionary, ensure_ascii=False),
    }  # fmt: skip
    schema = pa.schema([_field(c) for c in series.columns], metadata=about)
    return pa.Table.from_pylist([dict(r) for r in rows], schema=schema)
