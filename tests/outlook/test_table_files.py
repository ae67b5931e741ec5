"""The command on files: what it prints, what it leaves unread, and what it says of a file that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.outlook.bargains import bargains, write

from burdenshare.cli import main

ENDS = {"outcome": "accept", "duration_s": 9, "n_messages": 4, "decided": "2020-01-01"}


def run(past: Path, opened: Path, *more: str, first: int = 2) -> Any:
    words = ["outlook", "table", "--past", str(past), "--open", str(opened), "--first", str(first), *more]
    return CliRunner().invoke(main, words)


@pytest.fixture
def past(tmp_path: Path) -> Path:
    return write(tmp_path / "past", bargains(60, 5), ENDS)


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    return write(tmp_path / "open", bargains(20, 6), ENDS)


def test_a_line_for_each_open_negotiation_in_its_order(past: Path, opened: Path) -> None:
    result = run(past, opened, "--format", "jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == [n.id for n in bargains(20, 6)]
    for line in lines:
        assert list(line) == ["id", "offers_used", "p_agreement", "quantiles"]
        assert line["quantiles"] == sorted(line["quantiles"])
        assert len(line["quantiles"]) == 19
    assert json.loads(run(past, opened, "--format", "json").stdout) == lines
    assert run(past, opened).stdout == result.stdout != run(past, opened, "--seed", "7").stdout


def test_ends_formal_offers_and_echoes_of_open_ones_are_not_looked_at(past: Path, opened: Path) -> None:
    before = run(past, opened, first=3).stdout
    path = opened / "negotiations.csv"
    rows = [line.split(",") for line in path.read_text().splitlines()]
    kept = [rows[0].index(c) for c in ("id", "domain", "list_price")]
    path.write_text("\n".join(",".join(row[i] for i in kept) for row in rows))
    offers = opened / "offers.csv"
    head, *told = offers.read_text().splitlines()
    ids = {line.split(",")[0] for line in told}
    told += [f"{name},{step},seller,1,0.00001,{kind}" for name in ids for step, kind in ((0, "echo"), (1, "formal"))]
    offers.write_text("\n".join([head, *reversed(told)]))
    assert run(past, opened, first=3).stdout == before
    path.write_text(path.read_text().replace("list_price", "agreed,list_price", 1).replace("made", "made,maybe"))
    assert run(past, opened, first=3).stdout == before


def test_only_those_of_a_domain(past: Path, opened: Path) -> None:
    assert run(past, opened, "--domain", "made").stdout == run(past, opened).stdout
    result = run(past, opened, "--domain", "rent")
    assert result.exit_code == 1
    assert result.stderr == "burdenshare: No past negotiation has the domain 'rent'; leave --domain out to use all.\n"


def test_offers_without_a_negotiation_are_counted(past: Path, opened: Path) -> None:
    with (opened / "offers.csv").open("a") as stream:
        stream.write("stranger,1,buyer,5,0.5,message\n")
    result = run(past, opened)
    assert result.exit_code == 0
    assert "offers of 1 negotiations that negotiations.csv does not name" in result.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("negotiations.csv", "id,", "name,", "line 1: no column 'id'; add it."),
        ("negotiations.csv", "5-1,", "5-0,", "line 3: the id 5-0 stands on line 2 already; keep one."),
        ("negotiations.csv", "5-1,", ",", "line 3: the negotiation has no id"),
        ("negotiations.csv", "agreed", "happy", "line 1: no column 'agreed'; add it."),
        ("negotiations.csv", ",1.0,", ",yes,", "agreed is 'yes', which is no number; write it in digits."),
        ("negotiations.csv", ",1.0,", ",2,", "agreed is '2'; write 1, 0 or nothing."),
        ("negotiations.csv", ",accept,9,", ",accept,", "line 2: 9 cells where the first line names 10."),
        ("offers.csv", "buyer", "bidder", "the side is 'bidder'; write buyer for the side that wants the smaller"),
        ("offers.csv", "side", "who", "line 1: no column 'side'; add it."),
        ("offers.csv", "value,value_over_list", "points,share", "line 1: no column 'value' or 'value_over_...'"),
        ("offers.csv", ",seller,", ",seller,twelve", "which is no number; write it in digits."),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence_with_its_line(
    past: Path, opened: Path, file: str, old: str, new: str, said: str
) -> None:
    path = past / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    result = run(past, opened)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"burdenshare: {path}, line ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_empty_past_a_missing_file_and_no_offers_at_all(past: Path, opened: Path, tmp_path: Path) -> None:
    empty = write(tmp_path / "empty", [])
    assert "holds no negotiation; a forecast needs at least one that has ended." in run(empty, opened).stderr
    assert run(past, empty).stdout == ""
    (opened / "offers.csv").write_text("id,step,side,value,value_over_list,kind\n")
    lines = [json.loads(line) for line in run(past, opened).stdout.splitlines()]
    assert {line["offers_used"] for line in lines} == {0}
    (opened / "offers.csv").unlink()
    result = run(past, opened)
    assert result.exit_code == 1
    assert "offers.csv cannot be read (No such file or directory); give a folder with that file." in result.stderr
    assert run(past, opened, first=0).exit_code == 2


def test_an_offer_without_a_number(past: Path, opened: Path) -> None:
    path = past / "offers.csv"
    head, first, *rest = path.read_text().splitlines()
    name, step, side, *_ = first.split(",")
    path.write_text("\n".join([head, f"{name},{step},{side},,,message", *rest]))
    assert "line 2: the offer has no number; give its value or leave the line out." in run(past, opened).stderr


def test_a_past_without_settlements(past: Path, opened: Path) -> None:
    write(past, [n for n in bargains(200, 5) if n.agreed == 0])
    assert "No past negotiation has a settlement to learn from; give at least one that has." in run(past, opened).stderr
