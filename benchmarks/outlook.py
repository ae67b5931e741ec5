"""How fast talks are simulated and forecast, and whether time grows in step with their number.

    python benchmarks/outlook.py [--quick] [--json]

Peer of the simulator: the same equations stepped round by round in NumPy over all talks at once, in the same run. The
other measures are held to a bound in seconds: a full outlook of the SMA case at 100,000 simulated talks, the
answer to a what-if with few simulations, and the backtest of all past talks. With --quick the backtest is of one set
of talks. The rate is given by the clock and by the processor's time: on a machine that others use the first is low.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from burdenshare import case as cases
from burdenshare.case.priors import OutlookPriors
from burdenshare.outlook import backtest, kernel, known, outlook
from burdenshare.outlook import priors as prior
from burdenshare.outlook.evidence import gather
from burdenshare.outlook.forecast import settings_of

CASE, AS_OF, TALKS = "us-rok-sma", date(2018, 3, 9), 10
GOAL_RATE, GOAL_LINEAR, GOAL_OUTLOOK, GOAL_WHAT_IF, GOAL_BACKTEST = 1e6, 1.2, 5.0, 1.0, 180.0


def talks_to_play() -> tuple[kernel.Array, kernel.Array]:
    """The settings of the tenth agreement's talks at their first round, and the prior of the rise."""
    case = known(cases.load(CASE), AS_OF)
    priors = case.outlook or OutlookPriors()
    expected = prior.expected(case, priors, as_of=AS_OF, talks=TALKS)
    evidence = gather(None, case, as_of=AS_OF, talks=TALKS, priors=priors)
    return settings_of(expected, priors, evidence, AS_OF), expected.rise


def in_numpy(s: kernel.Array, rise: kernel.Array, *, talks: int, seed: int) -> np.ndarray:
    """The peer: day of the deal of each talk, all talks stepped together, no vetoes; the bulk of the same work."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((kernel.D, talks))
    centre = np.interp(x[0], prior.SCORES, rise)
    half = 0.5 * (s[kernel.S_ZONE] + s[kernel.S_ZONE_SD] * x[1])
    open_h, open_s = np.exp(s[2] + s[3] * x[2]), np.exp(s[4] + s[5] * x[3])
    curve_h, curve_s = np.exp(s[6] + s[7] * x[4]), np.exp(s[6] + s[7] * x[5])
    length, give = np.exp(s[8] + s[9] * x[6]), np.exp(s[10] + s[11] * x[7]) + np.exp(s[10] + s[11] * x[8])
    deadline = 1 / (1 + np.exp(-s[28] - s[29] * x[10]))
    day, t, going = np.full(talks, np.inf), np.full(talks, 1.0), np.ones(talks, dtype=bool)
    expiry = s[kernel.S_EXPIRY]
    while going.any():
        p = np.where(t < expiry, np.exp(np.minimum(0, t - expiry) / s[16]), 1 + (t - expiry) / s[17])
        share = np.clip((t - s[14]) / length, 1e-9, 1)
        left = 1 - deadline * np.minimum(1, p)
        gap = -2 * half - give * p + left * (open_h * (1 - share**curve_h) + open_s * (1 - share**curve_s))
        met = going & (gap <= 0) & (rng.random(talks) < s[kernel.S_CLOSING])
        day[met] = t[met]
        going &= ~met
        wait = np.exp(s[kernel.S_GAP] + s[kernel.S_GAP_SD] * rng.standard_normal(talks))
        t += np.maximum(1, wait * (0.5 + 0.5 * np.minimum(1, np.abs(t - expiry) / s[16])))
        going &= t <= s[kernel.S_HORIZON]
    return day + 0 * centre


def seconds(work: Callable[[], Any], times: int = 3) -> float:
    """The best of a few runs: the others waited for someone else."""
    best = np.inf
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return float(best)


def measures(*, quick: bool) -> list[dict[str, Any]]:
    """Each with ours, the peer's or the bound, their ratio and the goal."""
    s, rise = talks_to_play()
    none = np.empty((0, kernel.D))
    count = 1_000_000 if quick else 4_000_000

    def play(talks: int) -> Callable[[], Any]:
        return lambda: kernel.play(none, settings=s, rise=rise, seed=1, talks=talks)

    play(1000)()
    rate = count / seconds(play(count))
    peer = 100_000 / seconds(lambda: in_numpy(s, rise, talks=100_000, seed=1), 2)
    few, many = seconds(play(count // 8), 5) * 8, seconds(play(count), 3)
    case = cases.load(CASE)
    outlook(None, case, as_of=date(2020, 6, 1), simulations=1000)
    full = seconds(lambda: outlook(None, case, as_of=date(2020, 6, 1)), 2)
    what_if = seconds(
        lambda: outlook(None, case, as_of=date(2020, 6, 1), simulations=20_000, what_if={"demand": "20%"}), 2
    )
    tested = seconds(lambda: backtest(case, talks=[9] if quick else None), 1)
    start = time.process_time()
    play(count)()
    by_processor = 2 * count / (time.process_time() - start)
    rate_goal, linear_goal = f">= {GOAL_RATE:,.0f}", f"<= {GOAL_LINEAR}"
    which = "backtest of one set of talks" if quick else "backtest"
    return [
        entry("talks a second, two threads, by the clock", rate, peer, rate / peer, rate_goal, met=rate >= GOAL_RATE),
        entry("talks a second of two cores, by processor time", by_processor, peer, by_processor / peer, rate_goal,
              met=by_processor >= GOAL_RATE),
        entry("time for eight times the talks, eight times the time", many, few, many / few, linear_goal,
              met=many / few <= GOAL_LINEAR),
        bounded("full outlook", full, GOAL_OUTLOOK),
        bounded("what-if with 20,000 talks", what_if, GOAL_WHAT_IF),
        bounded(which, tested, GOAL_BACKTEST),
    ]  # fmt: skip


def bounded(name: str, took: float, goal: float) -> dict[str, Any]:
    """A time held to a bound, both in seconds."""
    return entry(f"{name}, seconds", took, goal, took / goal, "<= 1", met=took <= goal)


def entry(name: str, ours: float, peer: float, ratio: float, goal: str, *, met: bool) -> dict[str, Any]:
    """A line of the result."""
    return {"name": name, "ours": ours, "peer": peer, "ratio": ratio, "goal": goal, "met": bool(met)}


def main() -> None:
    """Prints a line a measure, or a list as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="under 45 seconds")
    parser.add_argument("--json", action="store_true", help="as a list of measures")
    asked = parser.parse_args()
    found = measures(quick=asked.quick)
    if asked.json:
        print(json.dumps(found, indent=2))
        return
    for m in found:
        figures = f"{m['ours']:,.2f} against {m['peer']:,.2f}, ratio {m['ratio']:.2f}, goal {m['goal']}"
        print(f"{'met ' if m['met'] else 'MISS'}  {m['name']}: {figures}")


if __name__ == "__main__":
    main()
