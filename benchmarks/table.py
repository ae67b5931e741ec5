"""How well `burdenshare outlook table` forecasts real negotiations, beside the baselines, and how fast.

python benchmarks/table.py [--quick] [--json]

The data are not part of the project. The folder that holds `bargaining/data` is named by BURDENSHARE_SHARED, or is
`../shared` beside the project; without it this says so and measures nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from burdenshare.outlook import scores
from burdenshare.outlook.table import LEVELS, Negotiation, forecast_table, read_table
from burdenshare.outlook.table.baselines import baseline_agreement, baseline_quantiles

ROOT = Path(__file__).parents[1]
GOALS = {1: (0.057, 0.147), 2: (0.043, 0.114), 3: (0.035, 0.130), 4: (0.029, 0.148)}  # issue: CRPS, Brier (test split)
SLIP = 2.0  # a settlement of more than twice the list price is a slip of the pen; the training table has none
FOLDS = 10
FIRST = "burdenshare"


@dataclass
class Losses:
    """Losses of each forecaster, event by event, all over the negotiation's size."""

    crps: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    error: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    covered: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    brier: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    pit: list[float] = field(default_factory=list)

    def add(self, name: str, quantiles: Any, settled: Any, size: Any) -> None:
        """Quantiles of shape (n, 19) for settlements of shape (n,)."""
        self.crps[name] += list(scores.crps_quantiles(quantiles, LEVELS, settled) / size)
        self.error[name] += list(np.abs(quantiles[:, 9] - settled) / size)
        self.covered[name] += list((quantiles[:, 1] <= settled) & (settled <= quantiles[:, 17]))
        if name == FIRST:
            self.pit += list(scores.pit_quantiles(quantiles, LEVELS, settled, seed=1))


def shared() -> Path | None:
    """The folder of real data, or None."""
    folder = Path(os.environ.get("BURDENSHARE_SHARED", ROOT.parent / "shared")) / "bargaining" / "data"
    return folder if folder.is_dir() else None


def measure(
    losses: Losses, past: Sequence[Negotiation], truth: Sequence[Negotiation], first: int, *, all_of_it: bool = False
) -> None:
    """Adds the losses of all forecasters on `truth`, learned from `past`.

    Those with fewer than `first` offers are left out, or, with `all_of_it`, forecast from the offers that they have.
    """
    groups: dict[int, list[Negotiation]] = defaultdict(list)
    for n in truth:
        if len(n.offers) >= first or (all_of_it and n.offers):
            groups[min(first, len(n.offers))].append(n)
    for used, some in sorted(groups.items()):
        forecasts = forecast_table(past, some, first=used)
        if not math.isnan(sum(n.agreed for n in some)):
            happened = [n.agreed for n in some]
            chances = {FIRST: [f.p_agreement for f in forecasts]} | baseline_agreement(past, some, first=used)
            for name, chance in chances.items():
                losses.brier[name] += list(scores.brier(chance, happened))
        kept = [i for i, n in enumerate(some) if math.isfinite(n.settlement) and not slip(n)]
        if not kept:
            continue
        deals = [some[i] for i in kept]
        settled, size = np.array([n.settlement for n in deals]), np.array([size_of(n) for n in deals])
        losses.add(FIRST, np.array([forecasts[i].quantiles for i in kept]), settled, size)
        for name, quantiles in baseline_quantiles(past, deals, first=used).items():
            losses.add(name, quantiles, settled, size)


def size_of(n: Negotiation) -> float:
    """What errors are divided by: the list price or the status quo; where there is none, the settlement."""
    sizes = (n.numbers.get(c, 0.0) for c in ("list_price", "status_quo"))
    return next((s for s in sizes if s > 0), abs(n.settlement))


def slip(n: Negotiation) -> bool:
    """A settlement far above the list price."""
    return n.settlement > SLIP * n.numbers.get("list_price", math.inf)


def haggling(data: Path, firsts: Sequence[int]) -> Iterator[tuple[str, int, Losses, float]]:
    """CraigslistBargain: the rounded training split as past, the validation split as open."""
    source = data / "craigslistbargain"
    with tempfile.TemporaryDirectory() as top:
        for split, ending in (("past", "_coarse_train.csv"), ("open", ".csv")):
            (Path(top) / split).mkdir()
            for name in ("negotiations", "offers"):
                shutil.copy(source / f"{name}{ending}", Path(top) / split / f"{name}.csv")
        past = read_table(Path(top) / "past", past=True).negotiations
        truth = read_table(Path(top) / "open", past=True).negotiations
    for first in firsts:
        start = time.process_time()
        forecast_table(past, truth, first=first)
        spent = time.process_time() - start
        losses = Losses()
        measure(losses, past, truth, first)
        yield "craigslistbargain, validation", first, losses, spent


def left_out(
    data: Path, name: str, firsts: Sequence[int], *, in_time: bool = False
) -> Iterator[tuple[str, int, Losses]]:
    """One left out at a time (or all later ones), in folds where there are many."""
    table = read_table(data / name, past=True).negotiations
    how = "only earlier ones as past" if in_time else "one left out" if len(table) <= 2 * FOLDS else f"{FOLDS} folds"
    for first in firsts:
        losses = Losses()
        folds = range(len(table)) if len(table) <= 2 * FOLDS else range(FOLDS)
        for fold in folds:
            held = [i for i in range(len(table)) if i % len(folds) == fold]
            past = [n for i, n in enumerate(table) if i not in held and not (in_time and i > fold)]
            if sum(math.isfinite(n.settlement) for n in past) >= 2:
                measure(losses, past, [table[i] for i in held], first, all_of_it=len(table) <= 2 * FOLDS)
        yield f"{name}, {how}", first, losses


def rows(data: Path, quick: bool) -> Iterator[dict[str, Any]]:
    """One row a measure; `goal` is empty where nothing must hold."""
    for name, first, losses, spent in haggling(data, (2,) if quick else (1, 2, 3, 4)):
        crps, brier = GOALS[first]
        yield from told(name, first, losses, f"ours <= {crps}")
        coverage = float(np.mean(losses.covered[FIRST]))
        yield row(f"{name}, first {first}: coverage of the 80% interval", coverage, 0.8, "0.77 <= ours <= 0.83")
        ours, other = (float(np.mean(losses.brier[n])) for n in (FIRST, "logistic on offers"))
        yield row(f"{name}, first {first}: Brier score beside the logistic model", ours, other, "ratio <= 1")
        yield row(f"{name}, first {first}: the same beside the test split's", ours, brier, "")
        yield row(f"{name}, first {first}: seconds of one core for 1615 open ones", spent, 10.0, "ours <= 10")
    yield from small(left_out(data, "korea_minimum_wage", (2, 4) if quick else (1, 2, 3, 4, 6, 8)), "ratio < 1")
    yield from small(left_out(data, "korea_minimum_wage", (2, 4), in_time=True), "ratio < 1")
    if not quick:
        yield from small(left_out(data, "public_bargains", (2, 3, 4, 6)), "")
        yield from small(left_out(data, "mlb_arbitration", (2,)), "")
        yield from small(left_out(data, "negotiation_coach", (1, 2, 3, 4)), "")


def small(found: Iterator[tuple[str, int, Losses]], goal: str) -> Iterator[dict[str, Any]]:
    for name, first, losses in found:
        yield from told(name, first, losses, goal)


def told(name: str, first: int, losses: Losses, goal: str) -> Iterator[dict[str, Any]]:
    """CRPS beside the best baseline's; on stderr the whole table and the skill against each baseline."""
    means = {n: float(np.mean(v)) for n, v in losses.crps.items()}
    print(f"\n{name}, first {first}: {len(losses.pit)} settlements", file=sys.stderr)
    for n, mean in means.items():
        line = f"  {n:20} CRPS {mean:.4f}  MAE {np.mean(losses.error[n]):.4f}  80%: {np.mean(losses.covered[n]):.3f}"
        if n != FIRST:
            won = scores.skill(losses.crps[FIRST], losses.crps[n], seed=1)
            line += f"  skill against it {won.value:+.2f} ({won.low:+.2f} to {won.high:+.2f})"
        print(line, file=sys.stderr)
    for n, values in losses.brier.items():
        print(f"  {n:20} Brier {np.mean(values):.4f}  of {len(values)}", file=sys.stderr)
    tenths = np.histogram(losses.pit, bins=10, range=(0, 1))[0] / max(1, len(losses.pit))
    print(f"  PIT in tenths: {' '.join(f'{share:.2f}' for share in tenths)}", file=sys.stderr)
    best = min((n for n in means if n != FIRST), key=means.__getitem__)
    yield row(f"{name}, first {first}: CRPS over size, beside {best}", means[FIRST], means[best], goal)


def row(name: str, ours: float, peer: float, goal: str) -> dict[str, Any]:
    return {"name": name, "ours": round(ours, 4), "peer": round(peer, 4), "ratio": round(ours / peer, 3), "goal": goal}


def main() -> None:
    """Prints the measures as lines, or as JSON."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="two offers only, under 45 seconds")
    options.add_argument("--json", action="store_true", help="print a JSON list")
    chosen = options.parse_args()
    data = shared()
    with threadpool_limits(limits=1):
        found = list(rows(data, chosen.quick)) if data else []
    if data is None:
        print("No real data here: name their folder in BURDENSHARE_SHARED. Nothing measured.", file=sys.stderr)
    if chosen.json:
        print(json.dumps(found, indent=1))
        return
    print()
    for r in found:
        goal = f"; goal {r['goal']}" if r["goal"] else ""
        print(f"{r['name']}: {r['ours']} (beside {r['peer']}, ratio {r['ratio']}{goal})")


if __name__ == "__main__":
    main()
