"""The dossier as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from burdenshare.dossier import checks as checking
from burdenshare.dossier.checks import Check
from burdenshare.dossier.model import Dossier
from burdenshare.money import Amount, Change, Growth, Range


def to_json(dossier: Dossier, *, checks: Sequence[Check] | None = None) -> dict[str, Any]:
    """The dossier as plain lists and objects, keys and order fixed; amounts as in the vocabulary of the record.

    With `checks` they come last, as a list, and each item that rests on claims gets `checks` of its own: the places
    in that list of the checks of its claims.
    """
    out = {f.name: _encode(getattr(dossier, f.name)) for f in dataclasses.fields(dossier)}
    if checks is not None:
        _mark(out, checks)
        out["checks"] = [checking.to_json(c) for c in checks]
    return out


def _mark(sections: Mapping[str, Any], checks: Sequence[Check]) -> None:
    by_claim: dict[str, list[int]] = {}
    for i, c in enumerate(checks):
        by_claim.setdefault(c.claim, []).append(i)
    for items in sections.values():
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict) and "support" in item:
                mine = {i for c in (*item["support"], *item.get("dissent", ())) for i in by_claim.get(c, ())}
                item["checks"] = sorted(mine)


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
