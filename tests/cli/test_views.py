"""The commands that show, review and hand over."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
from pathlib import Path

import pytest

from burdenshare.api import Frame
from burdenshare.reading.claim import from_json

from .conftest import EXAMPLES, Shell


def test_the_claims_come_in_four_forms_that_say_the_same(examples: Shell) -> None:
    lines = examples("claims --format jsonl").rows()
    assert json.loads(examples("claims --format json").out) == lines
    table = list(csv.DictReader(io.StringIO(examples("claims --format csv").out)))
    assert [row["id"] for row in table] == [row["id"] for row in lines]
    listed = examples("claims").out.splitlines()
    assert listed[0].split()[:3] == ["id", "published", "kind"]
    assert len(listed) == len(lines) + 1
    for row in lines:
        claim = from_json(row)
        assert claim.id == row["id"]
        assert Path(row["origin"]).parent == EXAMPLES or row["origin"].startswith(str(EXAMPLES))


def test_claims_are_chosen_by_kind_report_and_day(examples: Shell) -> None:
    everything = examples("claims --format jsonl").rows()
    rounds = examples("claims --kind round --format jsonl").rows()
    assert rounds == [row for row in everything if row["kind"] == "round"]
    one = everything[0]
    by_id = examples(f"claims --source {one['source']} --format jsonl").out
    assert by_id == examples(f"claims --source {one['origin']} --format jsonl").out
    assert {json.loads(line)["source"] for line in by_id.splitlines()} == {one["source"]}
    assert examples("claims --as-of 1999-01-01 --format jsonl").out == ""
    assert "nowhere.txt" in examples("claims --source nowhere.txt", status=1).err


def test_text_that_a_spreadsheet_would_run_is_disarmed_and_control_characters_do_not_reach_a_terminal(
    shell: Shell, tmp_path: Path
) -> None:
    report = tmp_path / "r.txt"
    report.write_text(
        "=HYPERLINK(1) The United States demanded $5 billion from South Korea in the defense cost-sharing talks.\n"
    )
    shell(f"read {report} --published 2019-11-20 --outlet '=cmd()\x1b[31m' --case us-rok-sma")
    assert "'=cmd()" in shell("export --format csv").out
    assert "\x1b" not in shell("claims").out
    assert "\x1b" not in shell("reports").out


def test_a_review_shows_in_every_view_and_in_the_list(examples: Shell) -> None:
    first, second = examples("claims --kind round --format jsonl").rows()[:2]
    examples(f"review {first['id']} --reject --who 'A. Kim' --why 'Not these talks.'")
    examples(f"review {second['id']} --correct number=7 --correct outcome=deal --who 'A. Kim'")
    rows = {r["id"]: r for r in examples("export").rows()}
    assert first["id"] not in rows
    assert (rows[second["id"]]["number"], rows[second["id"]]["outcome"]) == (7, "deal")
    assert rows[second["id"]]["quote"] == second["quote"]
    reviews = examples("review --list --format jsonl").rows()
    assert [(r["claim"], r["decision"], r["why"]) for r in reviews] == [
        (first["id"], "reject", "Not these talks."),
        (second["id"], "correct", ""),
    ]
    assert reviews[0]["at"].startswith("2020-06-01")
    assert second["id"] in examples("review --list").out
    assert "victory" in examples(f"review {second['id']} --correct outcome=victory --who K", status=1).err


def test_the_last_decision_on_a_claim_can_be_undone(examples: Shell) -> None:
    first = examples("claims --kind round --format jsonl").rows()[0]
    before = examples("export").out
    examples(f"review {first['id']} --reject --who 'A. Kim'")
    assert first["id"] not in examples("export").out
    assert "undone" in examples(f"review {first['id']} --undo --who 'B. Lee' --why 'Misread.'").out
    assert examples("export").out == before
    reviews = examples("review --list --format jsonl").rows()
    assert [(r["decision"], r["who"]) for r in reviews] == [("reject", "A. Kim"), ("undo", "B. Lee")]
    assert "left to undo" in examples(f"review {first['id']} --undo --who K", status=1).err
    examples(f"review {first['id']} --undo --accept --who K", status=2)


def test_the_export_writes_a_file(examples: Shell, tmp_path: Path) -> None:
    target = tmp_path / "claims.csv"
    examples(f"export --format csv -o {target}")
    assert target.read_text(encoding="utf-8") == examples("export --format csv").out
    assert "could not be written" in examples("export -o /nowhere/claims.csv", status=1).err


def test_the_dossier_and_the_briefing_follow_from_the_record(examples: Shell, tmp_path: Path) -> None:
    data = json.loads(examples("dossier --as-of 2020-03-01 --format json").out)
    ids = {row["id"] for row in examples("claims --as-of 2020-03-01 --format jsonl").rows()}
    for section in ("rounds", "positions", "terms", "settlements", "contributions", "headcounts", "linkages"):
        for item in data[section]:
            assert {*item["support"], *item["dissent"]} <= ids
    assert "ROUNDS" in examples("dossier").out
    for ending in ("html", "md"):
        target = tmp_path / f"briefing.{ending}"
        assert examples(f"brief -o {target}").out.splitlines()[-1] == str(target)
        assert len(target.read_text(encoding="utf-8")) > 1000


def test_reports_left_out_of_a_view_are_named_with_the_reason(shell: Shell, tmp_path: Path) -> None:
    for name, date in [("early", "2019-11-20"), ("span", "2019-12"), ("late", "2020-01-05")]:
        report = tmp_path / f"{name}.txt"
        report.write_text(
            f"{name}: The United States demanded $5 billion from South Korea in the defense cost-sharing talks.\n"
        )
        shell(f"read {report} --published {date} --case us-rok-sma")
    used = shell("reports --as-of 2019-12-20 --format jsonl").rows()
    assert [Path(r["origin"]).stem for r in used] == ["early"]
    left = shell("reports --left-out --as-of 2019-12-20 --format jsonl").rows()
    assert [(Path(r["origin"]).stem, r["reason"][:14]) for r in left] == [
        ("span", "It may have co"),
        ("late", "It came out af"),
    ]
    assert "1 report is left out" in shell("claims --as-of 2019-12-20").err


@pytest.mark.parametrize("name", ["us-rok-sma", "us-japan-hns"])
def test_the_shipped_cases_are_listed_shown_and_clean(shell: Shell, name: str) -> None:
    assert name in shell("case list").out
    assert json.loads(shell(f"case show {name} --format json").out)["agreements"]
    assert name in shell(f"case show {name}").out
    assert "nothing wrong" in shell(f"case check {name}").out


def test_a_case_of_ones_own_is_made_checked_and_read_for(shell: Shell, tmp_path: Path) -> None:
    shell("case new us-poland --title 'US-Poland support talks' --host Poland --host-currency PLN")
    shell("case check us-poland", status=1 if "nothing wrong" not in _check(shell) else 0)
    case = tmp_path / "us-poland" / "case.toml"
    case.write_text(case.read_text(encoding="utf-8") + "\n[nonsense]\nkey = 1\n", encoding="utf-8")
    wrong = shell("case check us-poland", status=1).out
    assert "nonsense" in wrong
    assert "line" in wrong


def _check(shell: Shell) -> str:
    from click.testing import CliRunner

    from burdenshare.cli import main

    return CliRunner().invoke(main, ["--db", shell.db, "case", "check", "us-poland"]).output


def test_the_python_side_says_the_same(examples: Shell) -> None:
    import burdenshare
    from burdenshare.errors import RecordError

    with burdenshare.open(examples.db) as record:
        assert record.claims(as_of="2020-03-01") == examples("claims --as-of 2020-03-01 --format jsonl").rows()
        assert record.reports() == examples("reports --format jsonl").rows()
        assert record.dossier(as_of="2020-03-01") == json.loads(
            examples("dossier --as-of 2020-03-01 --format json").out
        )
        lines = record.read(EXAMPLES)
        assert {line["status"] for line in lines} <= {"known", "kept"}
        first = record.claims()[0]
        record.review(first["id"], "reject", who="A. Kim", why="a test")
        assert first["id"] not in {c["id"] for c in record.claims()}
        assert [r["claim"] for r in record.reviews()] == [first["id"]]
        with pytest.raises(RecordError, match="2019-12-31"):
            record.claims(as_of="last year")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_has_a_row_a_claim_or_says_what_to_install(examples: Shell, library: Frame) -> None:
    import burdenshare
    from burdenshare.errors import BurdenshareError

    with burdenshare.open(examples.db) as record:
        if importlib.util.find_spec(library) is None:
            with pytest.raises(BurdenshareError, match=f"pip install {library}"):
                record.claims(frame=library)
        else:
            assert list(record.claims(frame=library)["id"]) == [c["id"] for c in record.claims()]


def test_help_is_quick_to_load_and_the_package_light() -> None:
    """Importing the commands must not import what only some of them need."""
    import subprocess
    import sys

    heavy = ("sqlalchemy", "numpy", "rich", "alembic", "lxml")
    code = f"import sys, burdenshare.cli; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
