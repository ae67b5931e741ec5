"""Checks as JSON objects."""

from __future__ import annotations

import dataclasses
from typing import Any

from burdenshare.dossier.checks.model import Check


def to_json(check: Check) -> dict[str, Any]:
    """One check: `claim`, `source`, `quote`, `kind`, `field`, `family`, `verdict`, `arithmetic`, `against`.

    Each entry of `against` says `what` the figure was held to and its `source` (with outlet, title and address) or
    the `claim` of another report.
    """
    out: dict[str, Any] = {f.name: getattr(check, f.name) for f in dataclasses.fields(check)}
    out["against"] = [{k: v for k, v in dataclasses.asdict(h).items() if v} for h in check.against]
    return out
