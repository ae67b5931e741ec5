"""`burdenshare check`: four forms that say the same, the choices, and what the dossier and the briefing carry."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import burdenshare

from .conftest import Shell

WRONG = (
    "South Korea and the United States hold talks on sharing the cost of the American troops in South Korea.\n\n"
    "Seoul agreed to pay 920 billion won ($866 billion) for 2014 under the new cost-sharing agreement.\n"
)


def test_the_checks_come_in_four_forms_that_say_the_same(examples: Shell) -> None:
    lines = examples("check --format jsonl").rows()
    assert lines
    for row in lines:
        assert {"claim", "source", "quote", "field", "verdict", "arithmetic", "against"} <= set(row)
        assert all(h["what"] and (h.get("source") or h.get("claim")) for h in row["against"])
    assert json.loads(examples("check --format json").out) == lines
    table = list(csv.DictReader(io.StringIO(examples("check --format csv").out)))
    assert [(r["claim"], r["verdict"], r["arithmetic"]) for r in table] == [
        (r["claim"], r["verdict"], r["arithmetic"]) for r in lines
    ]
    shown = examples("check")
    assert shown.out.splitlines()[0].split() == ["verdict", "report", "words", "arithmetic", "claim"]
    assert len(shown.out.splitlines()) == len(lines) + 1
    assert "consistent" in shown.err
    claims = {row["id"] for row in examples("claims --format jsonl").rows()}
    assert {row["claim"] for row in lines} <= claims


def test_checks_are_chosen_by_verdict_kind_report_and_day(shell: Shell, tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text(WRONG, encoding="utf-8")
    shell(f"read {report} --published 2014-01-13 --outlet 'The Daily'")
    everything = shell("check --format jsonl").rows()
    wrong = shell("check --verdict wrong --format jsonl").rows()
    assert [(r["verdict"], r["family"]) for r in wrong] == [("off", "conversion")]
    assert "1,000 times as much" in wrong[0]["arithmetic"]
    assert {h["source"] for h in wrong[0]["against"]} == {"ecb_eurofxref"}
    assert shell("check --verdict off --verdict contradicted --format jsonl").rows() == wrong
    assert shell("check --verdict cannot-be-checked --kind round --format jsonl").rows() == []
    assert shell(f"check --source {report} --format jsonl").rows() == everything
    assert shell("check --as-of 2013-12-31 --format jsonl").rows() == []
    assert "nowhere.txt" in shell("check --source nowhere.txt", status=1).err
    assert "no verdict" in shell("check --verdict false", status=2).err


def test_the_dossier_and_the_briefing_carry_the_verdicts(shell: Shell, tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text(WRONG, encoding="utf-8")
    shell(f"read {report} --published 2014-01-13 --outlet 'The Daily'")
    listed = shell("check --format jsonl").rows()
    data = json.loads(shell("dossier --format json").out)
    assert data["checks"] == listed
    (deal,) = data["settlements"]
    assert {listed[i]["verdict"] for i in deal["checks"]} >= {"off", "consistent"}
    shell("brief -o b.md")
    assert "1,000 times as much" in Path("b.md").read_text("utf-8").partition("Figures to be careful with")[2]
    with burdenshare.open(shell.db) as record:
        assert record.check() == listed
        assert [c["verdict"] for c in record.check(verdict="off")] == ["off"]
        assert record.dossier()["checks"] == listed
