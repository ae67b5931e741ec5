"""The bargaining engine's speed and memory, side by side with NegMAS 0.16 in one run.

    python benchmarks/bargaining.py [--quick] [--json]

Talks: 100 rounds, Boulware against Boulware, one thread against one thread, batches of a million parameter sets whose
reserved values are drawn from the lower 60% of each side's range. NegMAS plays the same draws, a sample of them, as it
comes; tuned (no extra callbacks, synchronous calls, one presorted inverter shared by all talks, so one reserved value)
it plays the scenario's own. Both are timed in processor time, the best of several runs, NegMAS by the fastest third of
its talks: the machine may be shared. Rates with two threads and the solutions are wall clock. The agreements of both
programs are compared where NegMAS's ties cannot matter (price).

Without NegMAS or the scenario folder (BURDENSHARE_SHARED, or ../shared) what needs them is left out and said so.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import resource
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
from bargaining_parity import negmas_or_none, scenario_folder

from burdenshare.bargaining.batch import BLOCK, Draw, drawn, play_batch, play_drawn, prepare, summary
from burdenshare.bargaining.files import read_scenario
from burdenshare.bargaining.scenario import Scenario, Side, UtilityTable, table_from_arrays
from burdenshare.bargaining.solutions import solve
from burdenshare.bargaining.space import IntegerIssue, OutcomeSpace
from burdenshare.bargaining.utility import LinearAdditive
from burdenshare.bargaining.values import TableValue

MILLION = 1_000_000
ROUNDS = 100
GOALS = {
    "price": {"as it comes": 100_000, "tuned": 70_000},
    "ItexvsCypress": {"as it comes": 10_000, "tuned": 7_000},
    "Travel": {"as it comes": 100_000, "tuned": 8_000},
}
FOLDERS = {"ItexvsCypress": "anac2010/ItexvsCypress", "Travel": "anac2010/Travel"}
SAMPLES = {"price": 40, "ItexvsCypress": 40, "Travel": 3}


def best_of(repeats: int, work: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> tuple[float, Any]:
    """The least seconds of several runs by a clock, and the last result."""
    seconds, result = math.inf, None
    for _ in range(repeats):
        started = clock()
        result = work()
        seconds = min(seconds, clock() - started)
    return seconds, result


def price_table() -> UtilityTable:
    prices = np.arange(101)
    return table_from_arrays(np.array([0.01 * prices, 1 - 0.01 * prices]))


def travel_folder(root: Path) -> Path | None:
    """Travel of 2010 in NegMAS YAML, or else in GENIUS XML."""
    places = [root / "negmas_app" / FOLDERS["Travel"], *sorted(root.glob("**/y2010/Travel"))]
    return next((p for p in places if p.is_dir()), None)


def domains(root: Path | None) -> dict[str, tuple[UtilityTable, Path | None]]:
    found: dict[str, tuple[UtilityTable, Path | None]] = {"price": (price_table(), None)}
    if root is not None:
        itex = root / "negmas_app" / FOLDERS["ItexvsCypress"]
        travel = travel_folder(root)
        for name, path in (("ItexvsCypress", itex), ("Travel", travel)):
            if path is not None and path.is_dir():
                found[name] = (read_scenario(path).tables(), path)
    return found


def draw_for(table: UtilityTable, exponents: tuple[float, float] = (4.0, 4.0)) -> Draw:
    lows = [table.worst(s) for s in (0, 1)]
    highs = [low + 0.6 * (table.best(s) - low) for s, low in enumerate(lows)]
    return Draw(exponents=(exponents, exponents), reserved=((lows[0], highs[0]), (lows[1], highs[1])))


def talks_a_second(table: UtilityTable, draw: Draw, talks: int, threads: int, repeats: int) -> float:
    duel = prepare(table)
    columns = drawn(draw, 1, 0, talks)
    kwargs: dict[str, Any] = {"exponents": (columns[0], columns[1]), "reserved": (columns[2], columns[3])}
    play_batch(duel, **{k: tuple(c if isinstance(c, float) else c[:2000] for c in v) for k, v in kwargs.items()})
    clock = time.process_time if threads == 1 else time.perf_counter
    seconds, _ = best_of(
        repeats, lambda: play_batch(duel, talks=talks, rounds=ROUNDS, threads=threads, **kwargs), clock
    )
    return talks / seconds


class NegMAS:
    """Talks of two Boulware negotiators in NegMAS over one domain."""

    def __init__(self, table: UtilityTable, path: Path | None) -> None:
        import negmas
        from negmas.outcomes import make_issue, make_os
        from negmas.preferences import LinearAdditiveUtilityFunction
        from negmas.preferences.value_fun import AffineFun, LinearFun

        self.path = path
        if path is None:
            self.space = make_os([make_issue((0, 100), name="price")])
            values = (LinearFun(slope=0.01), AffineFun(slope=-0.01, bias=1.0))
            self.ufuns = [
                LinearAdditiveUtilityFunction(values=[v], weights=[1.0], outcome_space=self.space, reserved_value=0.0)
                for v in values
            ]
        else:
            scenario = negmas.Scenario.load(path)
            self.space, self.ufuns = scenario.outcome_space, list(scenario.ufuns[:2])
        self.own = [float(u.reserved_value) for u in self.ufuns]

    def play(self, reserved: tuple[float, float] | None, inverters: Any = None) -> Any:
        from negmas.sao import BoulwareTBNegotiator, SAOMechanism

        options = {} if inverters is None else {"extra_callbacks": False, "sync_calls": True}
        mechanism = SAOMechanism(outcome_space=self.space, n_steps=ROUNDS, **options)
        for i, ufun in enumerate(self.ufuns):
            ufun.reserved_value = self.own[i] if reserved is None else reserved[i]
            extra = {} if inverters is None else {"ufun_inverter": inverters[i]}
            mechanism.add(BoulwareTBNegotiator(**extra), ufun=ufun)
        return mechanism.run()

    def inverters(self) -> list[Callable[[Any], Any]]:
        from negmas.preferences.inv_ufun import PresortingInverseUtilityFunction

        made = []
        for ufun, own in zip(self.ufuns, self.own, strict=True):
            ufun.reserved_value = own
            inverter = PresortingInverseUtilityFunction(ufun)
            inverter.init()
            made.append(lambda _, inverter=inverter: inverter)
        return made


def against_negmas(name: str, table: UtilityTable, path: Path | None, quick: bool) -> dict[str, Any]:
    negmas = NegMAS(table, path)
    count = SAMPLES[name] * (1 if quick else 3)
    draw = draw_for(table)
    columns = drawn(draw, 1, 0, count)
    pairs = [(float(a), float(b)) for a, b in zip(columns[2], columns[3], strict=True)]  # type: ignore[arg-type]
    ours = play_batch(prepare(table), exponents=(4.0, 4.0), reserved=(columns[2], columns[3]), rounds=ROUNDS)
    times, same = [], 0
    for i, pair in enumerate(pairs):
        started = time.process_time()
        state = negmas.play(pair)
        times.append(time.process_time() - started)
        agreed = -1 if state.agreement is None else int(state.agreement[0]) if path is None else None
        same += state.step == ours.rounds[i] and (agreed is None or agreed == ours.agreement[i])
    inverters = negmas.inverters()
    plain, tuned = negmas.play(None), negmas.play(None, inverters)
    if (plain.agreement, plain.step) != (tuned.agreement, tuned.step):
        raise RuntimeError(f"NegMAS tuned gives another agreement on {name}.")
    tuned_times = [
        best_of(1, lambda: negmas.play(None, inverters), time.process_time)[0] for _ in range(max(count, 20))
    ]
    # Medians would flatter us where another program took the processor: the fastest third is NegMAS undisturbed.
    return {
        "NegMAS as it comes, talks/s": 1 / fastest_third(times),
        "NegMAS tuned, talks/s": 1 / fastest_third(tuned_times),
        "same rounds (price: and agreement), of": [int(same), count],
    }


def fastest_third(times: list[float]) -> float:
    chosen = sorted(times)[: max(1, len(times) // 3)]
    return sum(chosen) / len(chosen)


def speed(root: Path | None, quick: bool, has_negmas: bool) -> dict[str, Any]:
    report: dict[str, Any] = {}
    for name, (table, path) in domains(root).items():
        row: dict[str, Any] = {
            "outcomes": table.outcomes,
            "talks/s, one thread": talks_a_second(table, draw_for(table), MILLION, 1, 5 if quick else 9),
        }
        spread = draw_for(table, (2.0, 8.0))
        row["talks/s, exponents drawn too"] = talks_a_second(table, spread, 200_000 if quick else MILLION, 1, 2)
        if has_negmas:
            row |= against_negmas(name, table, path, quick)
            for label in ("as it comes", "tuned"):
                ratio = row["talks/s, one thread"] / row[f"NegMAS {label}, talks/s"]
                row[f"times NegMAS {label} (goal {GOALS[name][label]:,})"] = ratio
        report[name] = row
    return report


def scaling(quick: bool) -> dict[str, Any]:
    table = price_table()
    draw = draw_for(table)
    sizes = [MILLION // 4, MILLION, 4 * MILLION] if not quick else [MILLION // 4, MILLION, 2 * MILLION]
    per_talk = {n: 1e9 / talks_a_second(table, draw, n, 1, 5) for n in sizes}
    one = talks_a_second(table, draw, 2 * MILLION, 1, 3)
    two = talks_a_second(table, draw, 2 * MILLION, 2, 5 if quick else 15)
    return {
        "nanoseconds a talk by number of talks": per_talk,
        "two threads (wall clock) over one (processor time)": two / one,
    }


def memory(quick: bool) -> dict[str, Any]:
    talks = 3 * MILLION if quick else 10 * MILLION
    duel = prepare(price_table())
    summary(play_drawn(duel, 2 * BLOCK, draw=draw_for(duel.table), seed=1, threads=1), seed=1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    chunks = play_drawn(duel, talks, draw=draw_for(duel.table), seed=1, chunk=4 * BLOCK)
    seconds, found = best_of(1, lambda: summary(chunks, seed=1))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "talks": found.talks,
        "agreements": found.agreements,
        "seconds, drawing included": seconds,
        "peak memory before, MB": before / 1024,
        "peak memory after, MB": after / 1024,
    }


def solutions(root: Path | None, quick: bool, has_negmas: bool) -> dict[str, Any]:
    report: dict[str, Any] = {}
    folder = None if root is None else travel_folder(root)
    if folder is not None:
        seconds, _ = best_of(5, lambda: solve(read_scenario(folder)))
        report["Travel from the file on, ms"] = 1000 * seconds
        seconds, _ = best_of(5, lambda: solve(read_scenario(folder).tables()))
        report["Travel from the file on, by table, ms"] = 1000 * seconds
        if has_negmas:
            seconds, _ = best_of(1 if quick else 3, lambda: negmas_solve(folder))
            report["NegMAS on Travel from the file on, ms"] = 1000 * seconds
            report["times NegMAS (goal 50)"] = (
                report["NegMAS on Travel from the file on, ms"] / report["Travel from the file on, ms"]
            )
            report["times NegMAS, by table"] = (
                report["NegMAS on Travel from the file on, ms"] / report["Travel from the file on, by table, ms"]
            )
    generator = np.random.default_rng(1)
    space = OutcomeSpace(tuple(IntegerIssue(f"i{k}", 0, 9) for k in range(7)))
    sides = []
    for name in ("a", "b"):
        values = tuple(TableValue(tuple(generator.random(10).tolist())) for _ in range(7))
        weights = generator.random(7)
        sides.append(Side(name, LinearAdditive(tuple((weights / weights.sum()).tolist()), values)))
    ten_million = Scenario("ten million", space, tuple(sides))
    seconds, solved = best_of(2, lambda: solve(ten_million))
    report["ten million outcomes, linear, seconds"] = seconds
    report["ten million outcomes, linear, frontier"] = solved.frontier.utilities.shape[1]
    table = ten_million.tables()
    seconds, again = best_of(1, lambda: solve(table))
    report["ten million outcomes, by table, seconds"] = seconds
    report["both the same"] = bool(np.array_equal(solved.frontier.utilities, again.frontier.utilities))
    return report


def negmas_solve(folder: Path) -> Any:
    import negmas
    from negmas.preferences.ops import kalai_points, ks_points, nash_points, pareto_frontier

    scenario = negmas.Scenario.load(folder)
    ufuns = scenario.ufuns[:2]
    frontier, _ = pareto_frontier(ufuns, issues=scenario.outcome_space.issues)
    return [find(ufuns, frontier) for find in (nash_points, kalai_points, ks_points)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller samples, under 45 seconds")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    root, has_negmas = scenario_folder(), negmas_or_none() is not None
    started = time.perf_counter()
    report: dict[str, Any] = {
        "machine": f"{platform.machine()}, {platform.python_version()}, NumPy {np.__version__}, load {load():.1f}",
        "left out": [
            *([] if has_negmas else ["NegMAS is not installed (pip install burdenshare[bench])"]),
            *([] if root else ["no scenario folder (BURDENSHARE_SHARED)"]),
        ],
        "speed": speed(root, arguments.quick, has_negmas),
        "scaling": scaling(arguments.quick),
        "memory": memory(arguments.quick),
        "solutions": solutions(root, arguments.quick, has_negmas),
    }
    report["seconds"] = time.perf_counter() - started
    print(json.dumps(report, indent=2) if arguments.json else "\n".join(lines(report)))
    return 0


def load() -> float:
    import os

    return os.getloadavg()[0]


def lines(value: Any, indent: str = "") -> list[str]:
    if not isinstance(value, dict):
        return [f"{indent}{value}"]
    out = []
    for key, item in value.items():
        if isinstance(item, dict):
            out += [f"{indent}{key}:", *lines(item, indent + "  ")]
        else:
            out.append(
                f"{indent}{key}: {item:,.4g}"
                if isinstance(item, float) and item < 1000
                else f"{indent}{key}: {whole(item)}"
            )
    return out


def whole(item: Any) -> str:
    return f"{item:,.0f}" if isinstance(item, float) else str(item)


if __name__ == "__main__":
    sys.exit(main())
