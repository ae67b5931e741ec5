"""Claims as they leave the record: the vocabulary's JSON with the report's origin, and the same as flat rows.

The columns of the rows are derived from the claim classes; nothing is listed twice.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Union

from burdenshare.reading.claim import COMMON, KINDS, Claim, field_names, to_json
from burdenshare.record.model import Entry, Report

EXPORTED = ("origin", "outlet", "url", "published")  # what comes along with a claim
REVIEWED = ("decision", "reviewer", "reason")


def claim_json(entry: Entry) -> dict[str, Any]:
    """The claim as VOCABULARY.md has it; `id` is the one it was first read with, `published` EDTF or null."""
    out = to_json(entry.claim) | {"id": entry.id}
    when = entry.report.published.when
    extra = {"origin": entry.report.origin, "outlet": entry.report.outlet, "url": entry.report.url}
    return out | extra | {"published": when.text if when else None}


def report_json(report: Report) -> dict[str, Any]:
    """A report without its text; `basis` and `how` say how its date is known."""
    out = {f.name: getattr(report, f.name) for f in dataclasses.fields(report) if f.name != "published"}
    when = report.published.when
    return out | {
        "published": when.text if when else None,
        "basis": report.published.basis,
        "how": list(report.published.how),
    }


def _leaves(hint: Any, name: str) -> Iterator[str]:
    """The columns of a field: an amount or a range becomes one column a part; lists stay whole."""
    for option in typing.get_args(hint) if typing.get_origin(hint) in (Union, types.UnionType) else (hint,):
        if option is type(None):
            continue
        if dataclasses.is_dataclass(option) and isinstance(option, type):
            hints = typing.get_type_hints(option)
            for part in dataclasses.fields(option):
                yield from _leaves(hints[part.name], f"{name}.{part.name}")
        else:
            yield name


@lru_cache
def columns() -> tuple[str, ...]:
    """The columns of `flat`, in order: the common fields, those of every kind, what is exported along, the review."""
    names = ["id", "case", "source", "kind"]
    classes: tuple[type[Claim], ...] = (Claim, *KINDS.values())
    for cls in classes:
        hints = typing.get_type_hints(cls)
        own = COMMON if cls is Claim else field_names(cls.kind)
        names += [leaf for name in own for leaf in _leaves(hints[name], name)]
    return tuple(dict.fromkeys([*names, *EXPORTED, *REVIEWED]))


def flat(entry: Entry) -> dict[str, Any]:
    """One row, a value for each of `columns()`: None where the claim has none, lists as JSON text."""
    row: dict[str, Any] = dict.fromkeys(columns())

    def put(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, part in value.items():
                put(f"{name}.{key}" if name else key, part)
        elif isinstance(value, list):
            row[name] = json.dumps(value, ensure_ascii=False) if value else None
        elif value is not None:
            row[name] = value

    put("", claim_json(entry))
    return row | {"decision": entry.decision, "reviewer": entry.reviewer or None, "reason": entry.reason or None}
