"""The examples of docs/bargaining.md work as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from burdenshare.bargaining import read_scenario
from burdenshare.bargaining.names import PLAIN

from .cases import price

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "bargaining.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (toml,) = blocks("toml")
    (tmp_path / "talks.toml").write_text(toml, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    scenario = read_scenario("talks.toml")
    assert scenario.space.shape == (11, 4, 11)
    assert scenario.ratification is not None
    first, own, batch = blocks("python")
    exec(first, {})
    exec(own, {"table": price()})
    names = {"table": price(), "first": np.linspace(0, 0.5, 9), "second": np.linspace(0, 0.5, 9)}
    exec(batch.replace("10_000_000", "10_000"), names)


def test_every_tactic_is_described() -> None:
    for name in PLAIN:
        assert f"`{name}`" in PAGE, name
