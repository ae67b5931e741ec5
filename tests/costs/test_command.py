"""`burdenshare cost` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Shell, examples, shell  # noqa: F401


def test_words_need_no_record(shell: Shell) -> None:  # noqa: F811
    ran = shell('cost "5 billion dollars a year" --case us-rok-sma --as-of 2019-12-20 --format json')
    found = json.loads(ran.out)
    assert [y["year"] for y in found["years"]] == [2020, 2021, 2022, 2023, 2024]
    assert found["total"]["usd"] == 25_000_000_000
    assert found["base_year"] == 2019


def test_the_dossier_and_a_claim_of_it(examples: Shell) -> None:  # noqa: F811
    every = json.loads(examples("cost --format json").out)
    assert every["positions"]
    assert all(p["position"]["support"] for p in every["positions"])
    claim = every["positions"][0]["position"]["support"][0]
    one = json.loads(examples(f"cost --claim {claim} --years 2 --growth 'fixed 3' --format json").out)
    assert one["position"]["support"] == [claim]
    assert [y["year"] for y in one["years"]] == [one["position"]["first_year"], one["position"]["first_year"] + 1]
    assert "no claim begins with zz" in examples("cost --claim zz", status=1).err


@pytest.mark.parametrize("ending", ["svg", "png", "html"])
def test_a_chart_is_written(shell: Shell, tmp_path: Path, ending: str) -> None:  # noqa: F811
    path = tmp_path / f"cost.{ending}"
    shell(f"cost 'a 10% increase' --case us-rok-sma --as-of 2025-07-01 --lapse-months 3 --chart {path}")
    assert path.stat().st_size > 2000


def test_a_table_says_how(shell: Shell) -> None:  # noqa: F811
    out = shell("cost --agreement 11 --case us-rok-sma --as-of 2026-11-01").out
    assert "1,183.3" in out
    assert "average of the" in out
    rows = shell("cost --agreement 11 --case us-rok-sma --as-of 2026-11-01 --format csv").out.splitlines()
    assert len(rows) == 8
    assert rows[2].split(",")[2] == "1183300000000"


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("cost '100 million zloty' --case us-rok-sma", 1, "ISO 4217"),
        ("cost '5 billion dollars' --case us-rok-sma --growth 'frozen 3'", 1, "cannot also rise"),
        ("cost '5 billion dollars' --case us-rok-sma --base-year 1900", 1, "1900"),
        ("cost '5 billion dollars' --agreement 11 --case us-rok-sma", 2, "one of them"),
        ("cost '5 billion dollars' --case us-rok-sma --chart x.gif", 2, "ending"),
        ("cost --agreement 99 --case us-rok-sma", 1, "no agreement 99"),
        ("cost '5 billion dollars' --case us-rok-sma --categories labour=x", 1, "no share"),
    ],
)
def test_bad_input_gets_one_sentence(shell: Shell, line: str, status: int, said: str) -> None:  # noqa: F811
    assert said in shell(line, status=status).err
