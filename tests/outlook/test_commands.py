"""`burdenshare outlook`, `outlook history`, `outlook backtest`: tables, JSON, charts, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import burdenshare
from burdenshare.cli import main
from burdenshare.errors import BurdenshareError

SMALL = ["--case", "us-rok-sma", "--simulations", "500"]


def run(*words: str, db: str = "none-here.db") -> Result:
    return CliRunner().invoke(main, ["--db", db, "outlook", *words])


def test_a_forecast_as_table_and_as_json() -> None:
    table = run("--as-of", "2019-12-20", *SMALL)
    assert table.exit_code == 0, table.output
    assert "first-year rise, percent" in table.output
    assert "On 3 past talks" in table.output  # those that were over by then
    data = json.loads(run("--as-of", "2019-12-20", *SMALL, "--format", "json").output)
    assert data["talks"] == 11
    assert data["track_record"]["talks"] == 3
    assert data["seed"] == 1
    assert data["what_if"] == {}


@pytest.mark.parametrize("ending", [".svg", ".png", ".html"])
def test_the_chart(tmp_path: Path, ending: str) -> None:
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    for path in (first, second) if ending == ".svg" else (first,):
        done = run("--as-of", "2019-12-20", *SMALL, "--chart", str(path))
        assert done.exit_code == 0, done.output
    assert first.stat().st_size > 5000
    if ending == ".svg":
        assert first.read_bytes() == second.read_bytes()
        assert "expiry" in first.read_text(encoding="utf-8")


def test_history(tmp_path: Path) -> None:
    chart = tmp_path / "fan.svg"
    done = run("history", "--as-of", "2020-06-01", "--every", "90", *SMALL, "--chart", str(chart))
    assert done.exit_code == 0, done.output
    assert "close to half more a year" in done.output  # what moved the last of them
    assert chart.stat().st_size > 3000
    lines = run("history", "--as-of", "2020-06-01", "--every", "90", *SMALL, "--format", "jsonl").output.splitlines()
    assert [json.loads(line)["as_of"] for line in lines] == ["2019-09-24", "2019-12-23", "2020-03-22", "2020-06-01"]


def test_backtest() -> None:
    table = run("backtest", *SMALL, "--agreement", "12")
    assert table.exit_code == 0, table.output
    assert "against the best" in table.output
    data = json.loads(run("backtest", *SMALL, "--agreement", "12", "--format", "json").output)
    assert {r["talks"] for r in data["rows"]} == {12}


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--as-of", "2019-12-20"], 2, "give --case"),
        (["--as-of", "2019-12-20", *SMALL, "--what-if", "veto"], 2, "NAME=VALUE"),
        (["--as-of", "2019-12-20", *SMALL, "--what-if", "colour=red"], 1, "nothing called 'colour'"),
        (["--as-of", "2019-12-20", *SMALL, "--chart", "x.bmp"], 1, ".svg, .png or .html"),
        (["--as-of", "2021-04-01", *SMALL, "--chart", "x.svg"], 1, "nothing to draw"),
        (["history", "--as-of", "1991-01-01", *SMALL], 1, "--"),
        (["history", "--as-of", "2021-03-01", "--every", "1", *SMALL], 1, "--every"),
        (["backtest", "--case", "nowhere"], 1, "no case"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(words: list[str], status: int, said: str) -> None:
    done = run(*words)
    assert done.exit_code == status, done.output
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_record_s_reports_move_the_forecast(tmp_path: Path) -> None:
    """From a report on disk to the forecast, by the command and from Python."""
    db, text = str(tmp_path / "talks.db"), tmp_path / "report.txt"
    text.write_text(
        "South Korea, US end fourth round of defense cost-sharing talks without a deal\n\n"
        "WASHINGTON, Dec. 4, 2019 - South Korea and the United States ended the fourth round of talks on the 11th "
        "Special Measures Agreement in Washington on Wednesday without agreement. Washington has demanded that Seoul "
        "pay 5 billion dollars a year.\n",
        encoding="utf-8",
    )
    with burdenshare.open(db) as record:
        record.read(text, published="2019-12-05", case="us-rok-sma")
        found = record.outlook(as_of="2019-12-20", simulations=500)
        with pytest.raises(BurdenshareError, match="nothing called"):
            record.outlook(as_of="2019-12-20", simulations=500, what_if={"colour": "red"})
    assert found["talks"] == 11
    claims = {c for c in found["rests_on"] if not c.startswith("case:")}
    assert claims
    data = json.loads(run("--as-of", "2019-12-20", *SMALL, "--format", "json", db=db).output)
    assert data["rests_on"] == found["rests_on"]
    assert data["rise"] == found["rise"]
