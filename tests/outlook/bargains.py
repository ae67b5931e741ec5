"""Made negotiations whose truth is known: what a forecaster should find, and how sure it can be."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from burdenshare.outlook.table import Negotiation, Offer

NAN = float("nan")


def bargain(rng: np.random.Generator, name: str) -> Negotiation:
    """Haggling over a listed thing: the seller starts at the list price, offers move by shares of the gap.

    After each offer the other side accepts it with a probability that rises as the gap closes, or walks away;
    what is left after seven offers is settled about two fifths of the way up, or not at all.
    """
    size = float(np.round(np.exp(rng.normal(5.5, 1.2)) + 20))
    buyer, seller = size * rng.uniform(0.45, 0.9), size
    offers: list[Offer] = []
    settled = NAN
    turn = rng.uniform() < 0.7
    for _ in range(7):
        move = rng.beta(1.5, 3) if offers else 0.0
        if turn:
            buyer += move * (seller - buyer)
        else:
            seller -= move * (seller - buyer)
        value = round(buyer if turn else seller, 2)
        offers.append(Offer(turn, value, round(value / size, 5)))
        gap, luck = (seller - buyer) / size, rng.uniform()
        if luck < 0.35 - 0.6 * gap:
            settled = value
            break
        if luck > 0.97:
            break
        turn = not turn
    if np.isnan(settled) and rng.uniform() < 0.9 - 0.8 * gap:
        settled = round(buyer + rng.beta(4, 6) * (seller - buyer), 2)
    numbers = {"list_price": size, "mileage": float(rng.integers(1, 9999))}
    agreed = float(not np.isnan(settled))
    return Negotiation(name, tuple(offers), settled, settled / size, agreed, "made", numbers)


def bargains(count: int, seed: int) -> list[Negotiation]:
    """`count` of them, by seed."""
    rng = np.random.default_rng(seed)
    return [bargain(rng, f"{seed}-{i}") for i in range(count)]


def coarse(negotiation: Negotiation, grain: float = 0.1) -> Negotiation:
    """As a table would give it that names no prices, only ratios rounded to a grain."""

    def rounded(ratio: float) -> float:
        return round(round(ratio / grain) * grain, 9) if np.isfinite(ratio) else ratio

    offers = tuple(Offer(o.buyer, NAN, rounded(o.ratio)) for o in negotiation.offers)
    return replace(
        negotiation, offers=offers, settlement=NAN, settlement_ratio=rounded(negotiation.settlement_ratio), numbers={}
    )


def write(folder: Path, negotiations: Sequence[Negotiation], extra: dict[str, Any] | None = None) -> Path:
    """The two files of a table; `extra` adds columns of one value to negotiations.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    extra = extra or {}
    with (folder / "negotiations.csv").open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(["id", "domain", "list_price", "agreed", "settlement", "settlement_over_list", *extra])
        for n in negotiations:
            cells = [n.numbers.get("list_price", NAN), n.agreed, n.settlement, n.settlement_ratio]
            out.writerow([n.id, n.domain, *("" if np.isnan(c) else c for c in cells), *extra.values()])
    with (folder / "offers.csv").open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(["id", "step", "side", "value", "value_over_list", "kind"])
        for n in negotiations:
            for step, o in enumerate(n.offers, start=1):
                figures = ["" if np.isnan(c) else c for c in (o.value, o.ratio)]
                out.writerow([n.id, step, "buyer" if o.buyer else "seller", *figures, "message"])
    return folder
