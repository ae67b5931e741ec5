"""The commands, through click's runner."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from burdenshare.bargaining.commands import bargain
from burdenshare.bargaining.files import write_scenario
from burdenshare.bargaining.names import PLAIN

from .cases import basing


@pytest.fixture
def path(tmp_path: Path) -> str:
    write_scenario(basing(), tmp_path / "basing.toml", form="toml")
    return str(tmp_path / "basing.toml")


def output(*arguments: str) -> str:
    result = CliRunner().invoke(bargain, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_run_prints_agreement_rounds_and_utilities(path: str) -> None:
    report = json.loads(output("run", path, "--tactics", "boulware,linear", "--steps", "100", "--format", "json"))
    assert set(report["agreement"]) == {"payment", "years", "growth"}
    assert 1 <= report["rounds"] <= 100
    space, table = basing().space, basing().tables()
    assert report["utilities"] == table.utilities[:, space.index(report["agreement"])].tolist()
    away = json.loads(output("run", path, "--tactics", "micro,micro", "--distances", "--format", "json"))["distances"]
    assert set(away) == {"pareto", "nash", "egalitarian", "kalai_smorodinsky", "utilitarian"}
    assert away["pareto"] <= min(away.values())
    hard = json.loads(output("run", path, "--tactics", "time(90),time(90)", "--steps", "1", "--format", "json"))
    assert hard["agreement"] is None


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_every_tactic_plays(path: str, name: str) -> None:
    report = json.loads(output("run", path, "--tactics", f"{name},linear", "--steps", "30", "--format", "json"))
    assert report["end"] in ("agreement", "deadline")


@pytest.mark.parametrize("protocol", ["simultaneous", "single-text", "take-it-or-leave-it"])
def test_every_protocol_plays(path: str, protocol: str) -> None:
    lines = output("run", path, "--protocol", protocol, "--trace", "--format", "jsonl").splitlines()
    assert len(lines) >= 2
    assert all(isinstance(json.loads(line), dict) for line in lines)


def test_solve_prints_the_frontier_and_the_points(path: str) -> None:
    report = json.loads(output("solve", path, "--format", "json"))
    assert report["outcomes"] == 132
    assert [sum(p) for p in report["pareto"]] == sorted((sum(p) for p in report["pareto"]), reverse=True)
    for name in ("nash", "egalitarian", "kalai_smorodinsky", "utilitarian"):
        assert report[name]["utilities"] in report["pareto"]
        assert set(report[name]["outcome"]) == {"payment", "years", "growth"}
    assert report["utilitarian"]["utilities"] == report["pareto"][0]


def test_tournaments_and_batches_give_tables(path: str) -> None:
    rows = list(csv.DictReader(io.StringIO(output("tournament", path, "--tactics", "linear,micro", "--format", "csv"))))
    assert {row["tactic"] for row in rows} == {"linear", "micro"}
    assert all(row["talks"] == "4" for row in rows)
    many = ["run", path, "--talks", "3000", "--exponents", "2:8,0.5:2", "--reserved", "0:0.4,0:0.4", "--format", "json"]
    report = json.loads(output(*many, "--threads", "1"))
    assert report == json.loads(output(*many, "--threads", "2"))
    assert report["talks"] == 3000
    assert "linear" in output("tournament", path, "--tactics", "linear,micro")


def test_charts_are_complete_in_one_file(path: str, tmp_path: Path) -> None:
    for ending, begin in ((".svg", b"<svg"), (".png", b"\x89PNG"), (".html", b"<!DOCTYPE html>")):
        target = tmp_path / f"chart{ending}"
        output("run", path, "--chart", str(target))
        content = target.read_bytes()
        assert content.lstrip()[:20].lower().startswith(begin.lower())
        if ending == ".html":
            assert b"<script src=" not in content
    first = (tmp_path / "chart.svg").read_bytes()
    output("run", path, "--chart", str(tmp_path / "chart.svg"))
    assert (tmp_path / "chart.svg").read_bytes() == first
    output("solve", path, "--chart", str(tmp_path / "solved.svg"))
    assert b"Nash" in (tmp_path / "solved.svg").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "nowhere"], "nowhere does not exist"),
        (["run", "{path}", "--steps", "-1"], "deadline is -1 rounds"),
        (["run", "{path}", "--tactics", "boulware,linear,linear"], "2 sides for 3 tactics"),
        (["run", "{path}", "--tactics", "boulware,tough"], "tactic 'tough' is unknown"),
        (["run", "{path}", "--sides", "guest,landlord"], "no side 'landlord'"),
        (["run", "{path}", "--chart", "x.gif"], "written as .svg, .png or .html"),
        (["run", "{path}", "--talks", "10", "--reserved", "a:b"], "--reserved is 'a:b'"),
    ],
)
def test_bad_input_is_one_sentence_and_status_1(path: str, arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(bargain, [a.format(path=path) for a in arguments])
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.output
