"""A costing as JSON and as flat rows: whole currency units, every figure with how it was reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from burdenshare.costs.model import Comparison, Costing, CostYear, Lapse, Money, Part, Total


def to_json(costing: Costing) -> dict[str, Any]:
    """The costing as a JSON object.

    `years` is a list of objects: `year`, a key for each currency in lower case (`krw`, `usd`), nominal, and `real`, the
    host's currency at the prices of `base_year`; where the position is a range these are its middle and `low`/`high`
    hold the same keys for the ends. `total` has the same keys for all years together.
    """
    p = costing.position
    return {
        "case": costing.case,
        "as_of": costing.as_of,
        "position": {
            "label": p.label, "side": p.side, "act": p.act, "agreement": p.agreement, "first_year": p.year,
            "years": p.years, "currency": p.amount.currency, "value": _whole(p.amount.value),
            "low": _whole(p.amount.least), "high": _whole(p.amount.most), "bound": p.amount.bound,
            "rule": str(p.rule) if p.rule else None, "rule_words": p.rule.words() if p.rule else None,
            "support": list(p.support), "how": list(p.how),
        },
        "currency": costing.currency,
        "base_year": costing.base_year,
        "real": f"{costing.currency} at consumer prices of {costing.base_year}",
        "years": [_year(y) for y in costing.years],
        "total": _total(costing.total),
        "against": [_comparison(c) for c in costing.against],
        "lapse": _lapse(costing.lapse) if costing.lapse else None,
        "how": dict(costing.how),
        "notes": list(costing.notes),
    }  # fmt: skip


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _money(money: Money | None, *, decimals: int | None = None) -> Any:
    if money is None:
        return None
    if money.low == money.high:
        return round(money.value, decimals)
    return {
        "value": round(money.value, decimals),
        "low": round(money.low, decimals),
        "high": round(money.high, decimals),
    }


def _sums(sums: Mapping[str, Money], real: Money | None) -> dict[str, Any]:
    """`krw`, `usd`, ... and `real` as whole numbers, with `low` and `high` of the same keys where there is a range."""
    every = {c.lower(): m for c, m in sums.items()} | {"real": real}
    out: dict[str, Any] = {k: _whole(m.value) if m else None for k, m in every.items()}
    if any(m.low != m.high for m in every.values() if m):
        out["low"] = {k: _whole(m.low) if m else None for k, m in every.items()}
        out["high"] = {k: _whole(m.high) if m else None for k, m in every.items()}
    return out


def _categories(parts: Mapping[str, Part]) -> dict[str, Any]:
    return {name: _sums(part.sums, part.real) for name, part in parts.items()}


def _year(y: CostYear) -> dict[str, Any]:
    return {
        "year": y.year, **_sums(y.sums, y.real), "by_category": _categories(y.by_category),
        "per_soldier": _money(y.per_soldier), "budget_share_percent": _money(y.budget_share_percent, decimals=2),
        "held": y.held, "how": dict(y.how),
    }  # fmt: skip


def _total(t: Total) -> dict[str, Any]:
    return {**_sums(t.sums, t.real), "by_category": _categories(t.by_category)}


def _comparison(c: Comparison) -> dict[str, Any]:
    return {
        "against": c.label, "years": [{"year": y, "difference": _money(m)} for y, m in c.years.items()],
        "difference": _money(c.total), "multiple": _money(c.multiple, decimals=2), "how": c.how,
    }  # fmt: skip


def _lapse(found: Lapse) -> dict[str, Any]:
    return {
        "start": found.start, "currency": found.currency.lower(), "precedent": list(found.precedent),
        "months": [
            {
                "month": m.month, "unpaid": _money(m.unpaid), "wages": _money(m.wages),
                "furloughed": _money(m.furloughed), "wages_lost": _money(m.wages_lost), "how": list(m.how),
            }
            for m in found.months
        ],
    }  # fmt: skip


def rows(costing: Costing) -> list[dict[str, Any]]:
    """A flat row a year, then one for the total; ranges as `krw_low` and `krw_high`, categories as `labour_krw`."""
    out = []
    for y in costing.years:
        out.append({"position": costing.position.label, "year": y.year, **_flat(y.sums, y.real, y.by_category)})
    total = costing.total
    out.append(
        {"position": costing.position.label, "year": "total", **_flat(total.sums, total.real, total.by_category)}
    )
    return out


def _flat(sums: Mapping[str, Money], real: Money | None, parts: Mapping[str, Part]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, money in [*((c.lower(), m) for c, m in sums.items()), ("real", real)]:
        out[name] = _whole(money.value) if money else None
        out[f"{name}_low"], out[f"{name}_high"] = (_whole(money.low), _whole(money.high)) if money else (None, None)
    for name, part in parts.items():
        out |= {f"{name}_{c.lower()}": _whole(m.value) for c, m in part.sums.items()}
    return out
