"""A small part of benchmarks/bargaining_parity.py: the same agreements and rounds as NegMAS 0.16, ties its way."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from .cases import real_scenarios


@pytest.fixture(scope="module")
def parity() -> ModuleType:
    pytest.importorskip("negmas", reason="NegMAS is not installed (pip install burdenshare[bench])")
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "bargaining_parity.py"
    spec = importlib.util.spec_from_file_location("bargaining_parity", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["bargaining_parity"] = module
    spec.loader.exec_module(module)
    return module


def test_random_single_issue_talks(parity: ModuleType) -> None:
    tally = parity.random_settings(40, seed=11)
    assert tally.differences == []
    assert tally.equal == tally.compared == 40


def test_real_scenarios(parity: ModuleType) -> None:
    tally = parity.real_scenarios(real_scenarios(), every=60)
    assert tally.differences == []
    assert tally.equal == tally.compared > 0
