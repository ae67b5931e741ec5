"""Parity with NegMAS 0.16: the same agreement and number of rounds, with ties broken as NegMAS breaks them here.

    python benchmarks/bargaining_parity.py [--quick] [--json]

Needs `pip install burdenshare[bench]` and a folder of scenarios in BURDENSHARE_SHARED (or ../shared); without either it
says so and stops with status 0. Also counts how often the default tie rule gives another agreement than NegMAS.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import time
import warnings
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from burdenshare.bargaining.files import read_scenario
from burdenshare.bargaining.names import negotiator_named
from burdenshare.bargaining.protocols import Result, play_alternating
from burdenshare.bargaining.scenario import Scenario, UtilityTable, table_from_arrays
from burdenshare.errors import BargainingError

TACTICS = ("boulware", "linear", "conceder")
PAIRS = tuple(itertools.product(TACTICS, repeat=2))
LARGEST = 20_000


def scenario_folder() -> Path | None:
    shared = Path(os.environ.get("BURDENSHARE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    folder = shared / "bargaining" / "scenarios"
    return folder if folder.is_dir() else None


def negmas_or_none() -> Any:
    warnings.simplefilter("ignore")
    try:
        import negmas
    except ImportError:
        return None
    return negmas


def negmas_talks(ufuns: Any, space: Any, pair: tuple[str, ...], rounds: int) -> tuple[Any, int]:
    """The agreement and rounds of NegMAS for time-based negotiators, one a side."""
    from negmas.sao import BoulwareTBNegotiator, ConcederTBNegotiator, LinearTBNegotiator, SAOMechanism

    kinds = {"boulware": BoulwareTBNegotiator, "linear": LinearTBNegotiator, "conceder": ConcederTBNegotiator}
    mechanism = SAOMechanism(outcome_space=space, n_steps=rounds, extra_callbacks=False, sync_calls=True)
    for name, ufun in zip(pair, ufuns, strict=True):
        mechanism.add(kinds[name](), ufun=ufun)
    state = mechanism.run()
    return state.agreement, state.step


def our_talks(table: UtilityTable, pair: tuple[str, ...], rounds: int, *, ties: str) -> Result:
    return play_alternating(table, [negotiator_named(name) for name in pair], rounds=rounds, ties=ties)  # type: ignore[arg-type]


@dataclass
class Tally:
    """What was compared, what differed."""

    compared: int = 0
    equal: int = 0
    equal_by_default_rule: int = 0
    settings: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, label: str, *, theirs: tuple[Any, int], ours: tuple[Any, int], default: tuple[Any, int]) -> None:
        self.compared += 1
        self.equal += theirs == ours
        self.equal_by_default_rule += theirs == default
        if theirs != ours and len(self.differences) < 20:
            self.differences.append(f"{label}: NegMAS {theirs}, here {ours}")

    def report(self) -> dict[str, Any]:
        return {
            "settings": self.settings,
            "compared": self.compared,
            "equal": self.equal,
            "equal_with_the_default_tie_rule": self.equal_by_default_rule,
            "differences": self.differences,
        }


def random_settings(count: int, seed: int, *, sides: int = 2) -> Tally:
    """Single-issue talks with random utilities, reserved values and deadlines; ties in a third of them."""
    from negmas.outcomes import make_issue, make_os
    from negmas.preferences import LinearAdditiveUtilityFunction
    from negmas.preferences.value_fun import TableFun

    generator = np.random.default_rng(seed)
    tally = Tally()
    for setting in range(count):
        n = int(generator.integers(2, 200))
        rows = generator.random((sides, n))
        if setting % 3 == 0:
            rows = np.round(rows, 1)
        scale = float(generator.choice([1.0, 1.0, 100.0]))
        rows = rows * scale
        reserved = tuple(float(r) for r in generator.uniform(-0.2, 1.05 if sides == 2 else 0.7, sides) * scale)
        rounds = int(generator.integers(1, 150))
        pair = tuple(TACTICS[int(choice)] for choice in generator.integers(len(TACTICS), size=sides))
        space = make_os([make_issue([f"v{i:04d}" for i in range(n)], name="x")])
        ufuns = [
            LinearAdditiveUtilityFunction(
                values=[TableFun({f"v{i:04d}": float(u) for i, u in enumerate(row)})],
                weights=[1.0],
                outcome_space=space,
                reserved_value=r,
            )
            for row, r in zip(rows, reserved, strict=True)
        ]
        table = table_from_arrays(rows, reserved=reserved)
        outcome, steps = negmas_talks(ufuns, space, pair, rounds)
        theirs = (None if outcome is None else int(outcome[0][1:]), steps)
        results = {t: our_talks(table, pair, rounds, ties=t) for t in ("negmas", "first")}
        tally.settings += 1
        tally.add(
            f"setting {setting} {pair}",
            theirs=theirs,
            ours=(results["negmas"].agreement, results["negmas"].rounds),
            default=(results["first"].agreement, results["first"].rounds),
        )
    return tally


def eligible(path: Path) -> Scenario | None:
    """An undiscounted bilateral scenario of at most 20,000 outcomes, or None."""
    try:
        scenario = read_scenario(path)
    except BargainingError:
        return None
    small = len(scenario.sides) == 2 and scenario.space.size <= LARGEST
    discrete = all(type(issue).__name__ != "ContinuousIssue" for issue in scenario.space.issues)
    return scenario if small and discrete and all(s.discount == 1 for s in scenario.sides) else None


def as_negmas_counts(scenario: Scenario, loaded: Any) -> Scenario:
    """The scenario with 1 added to each utility for each issue of one value that NegMAS made up, all of them first.

    NegMAS fills gaps in a file's numbering of issues (one real file starts at 2) and adds the made-up value, 1.
    """
    made_up = [issue.name for issue in loaded.outcome_space.issues if issue.name not in scenario.space.names]
    if not made_up:
        return scenario
    sides = [replace(side, utility=replace(side.utility, bias=float(len(made_up)))) for side in scenario.sides]  # type: ignore[type-var]
    return replace(scenario, sides=tuple(sides))


def real_scenarios(folder: Path, *, every: int, rounds: int = 100) -> Tally:
    """Every pair of tactics on every `every`-th real scenario that qualifies."""
    negmas = negmas_or_none()
    tally = Tally()
    paths = sorted({p.parent for p in folder.rglob("*") if p.suffix in (".xml", ".yml")})
    chosen = [(path, s) for path in paths if (s := eligible(path)) is not None][::every]
    for path, scenario in chosen:
        loaded = negmas.Scenario.load(path)
        if loaded is None or len(loaded.ufuns) != 2:
            tally.differences.append(f"{path.name}: NegMAS does not load it")
            continue
        table = as_negmas_counts(scenario, loaded).tables()
        tally.settings += 1
        for pair in PAIRS:
            outcome, steps = negmas_talks(loaded.ufuns, loaded.outcome_space, pair, rounds)
            if outcome is not None:  # NegMAS fills gaps in a file's numbering of issues with an issue of one value
                named = zip((issue.name for issue in loaded.outcome_space.issues), outcome, strict=True)
                outcome = tuple(str(value) for name, value in named if name in scenario.space.names)
            theirs = (outcome, steps)
            seen = {}
            for ties in ("negmas", "first"):
                result = our_talks(table, pair, rounds, ties=ties)
                agreed = None if result.agreement is None else scenario.space.outcome(result.agreement)
                seen[ties] = (None if agreed is None else tuple(map(str, agreed)), result.rounds)
            tally.add(f"{path.name} {pair}", theirs=theirs, ours=seen["negmas"], default=seen["first"])
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="100 settings and every 20th scenario")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    folder = scenario_folder()
    if negmas_or_none() is None or folder is None:
        print("NegMAS 0.16 or the scenario folder is not here: nothing compared.")
        return 0
    started = time.perf_counter()
    report: dict[str, Any] = {"negmas": negmas_or_none().__version__, "numpy": np.__version__}
    report["random single-issue settings"] = random_settings(100 if arguments.quick else 1000, seed=1).report()
    for sides in (3, 5):
        many = random_settings(20 if arguments.quick else 150, seed=sides, sides=sides)
        report[f"random settings of {sides} sides"] = many.report()
    report["real scenarios, every pair"] = real_scenarios(folder, every=20 if arguments.quick else 1).report()
    report["seconds"] = round(time.perf_counter() - started, 1)
    if arguments.json:
        print(json.dumps(report, indent=2))
    else:
        for name, part in report.items():
            print(f"{name}: {json.dumps(part, ensure_ascii=False)}")
    return 0 if all(not p["differences"] for p in report.values() if isinstance(p, dict)) else 1


if __name__ == "__main__":
    sys.exit(main())
