"""The forecaster of tables on real negotiations, which are not part of the project: skipped where they are not."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest


def load() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "table.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_tables", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its module up
    spec.loader.exec_module(module)
    return module


bench = load()
DATA = bench.shared()
pytestmark = pytest.mark.skipif(DATA is None, reason="no real data: name their folder in BURDENSHARE_SHARED")


@pytest.mark.parametrize("first", [2, 4])
def test_haggling_over_list_prices(first: int) -> None:
    """Learned from ratios rounded to tenths; the goals are a ridge regression's and a logistic model's."""
    ((_, _, losses, _),) = bench.haggling(DATA, (first,))
    crps, _ = bench.GOALS[first]
    means = {name: np.mean(values) for name, values in losses.crps.items()}
    assert means[bench.FIRST] <= crps
    assert means[bench.FIRST] < 0.9 * min(mean for name, mean in means.items() if name != bench.FIRST)
    assert 0.76 < np.mean(losses.covered[bench.FIRST]) < 0.84
    brier = {name: np.mean(values) for name, values in losses.brier.items()}
    assert brier[bench.FIRST] <= brier["logistic on offers"]


@pytest.mark.parametrize("in_time", [False, True])
def test_the_minimum_wage_is_no_split_of_the_difference(in_time: bool) -> None:
    for _, _, losses in bench.left_out(DATA, "korea_minimum_wage", (2, 4), in_time=in_time):
        means = {name: np.mean(values) for name, values in losses.crps.items()}
        assert means.pop(bench.FIRST) < 0.8 * min(means.values())
