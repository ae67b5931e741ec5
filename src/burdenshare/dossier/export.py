"""The dossier as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from burdenshare.dossier.model import Dossier
from burdenshare.money import Amount, Change, Growth, Range


def to_json(dossier: Dossier) -> dict[str, Any]:
    """The dossier as plain lists and objects, keys and order fixed; amounts as in the vocabulary of the record."""
    return {f.name: _encode(getattr(dossier, f.name)) for f in dataclasses.fields(dossier)}


def _encode(value: Any) -> Any:
    if isinstance(value, (Amount, Change, Growth, Range)):
        fields = {f.name: _encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {k: v for k, v in fields.items() if v is not None and v != []}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _encode(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [_encode(v) for v in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
