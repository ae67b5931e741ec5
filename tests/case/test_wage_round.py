"""A wage round as a case of one's own: about a hundred lines of data, three reports, and no code touched."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import burdenshare
from burdenshare import case as cases
from burdenshare.sources import Given, Refusal, read_path

FOLDER = Path(__file__).parents[2] / "examples" / "wage-round"
CASE = str(FOLDER / "metal-wages")
PAYER, CLAIMANT = "metal-employers-federation", "metal-workers-union"


@lru_cache
def claims(report: str) -> list[dict[str, Any]]:
    from burdenshare.reading import read
    from burdenshare.reading.claim import to_json

    case = cases.load(CASE)
    (document,) = read_path(str(FOLDER / "reports" / report), given=Given(case=case))
    assert not isinstance(document, Refusal)
    return [to_json(c) for c in read(document, case).claims]


def holds(report: str, kind: str, **fields: Any) -> bool:
    return any(c["kind"] == kind and all(c.get(k) == v for k, v in fields.items()) for c in claims(report))


def test_the_case_is_sound_and_short() -> None:
    assert cases.check(CASE) == []
    lines = sum(len(p.read_text(encoding="utf-8").splitlines()) for p in Path(CASE).iterdir())
    assert lines <= 120
    case = cases.load(CASE)
    assert (case.host.role, case.stationing.role) == ("payer", "claimant")
    assert not case.forces


def test_the_case_was_written_from_case_new(tmp_path: Path) -> None:
    made = cases.new(
        "metal-wages", title="Pay in the metal trades of Freedonia", into=tmp_path, troops=False,
        host=cases.Side("Metal Employers' Federation", ("Employers' Federation", "MEF"), currency="EUR"),
        stationing=cases.Side("Metal Workers' Union", ("MWU",), currency="EUR"),
        series=["collective agreement", "pay agreement"],
        about=["pay talks", "wage talks", "wage round", "pay round", "pay dispute"],
    )  # fmt: skip
    assert cases.check(str(made)) == []
    fresh, kept = cases.load(str(made)), cases.load(CASE)
    for part in ("id", "title", "series", "about", "parties", "forces"):
        assert getattr(fresh, part) == getattr(kept, part)


@pytest.mark.parametrize(
    ("report", "kind", "fields"),
    [
        ("1-first-round.txt", "position", {"side": CLAIMANT, "act": "demand", "change": {"percent": 8}}),
        ("1-first-round.txt", "position", {"side": PAYER, "act": "reject"}),
        ("1-first-round.txt", "round", {"number": 1, "when": "2024-09-12"}),
        (
            "1-first-round.txt",
            "round",
            {"number": 2, "when": "2024-10-15", "city": "Chicoland", "outcome": "scheduled"},
        ),
        ("1-first-round.txt", "term", {"event": "expiry", "when": "2024-09-30"}),
        ("2-second-round.txt", "round", {"number": 2, "when": "2024-10-15", "outcome": "no-deal"}),
        ("2-second-round.txt", "position", {"side": PAYER, "act": "offer", "change": {"percent": 3.2}}),
        ("2-second-round.txt", "position", {"side": CLAIMANT, "act": "reject"}),
        ("2-second-round.txt", "statement", {"speaker": "Ann Lee", "side": CLAIMANT}),
        ("3-settlement.txt", "settlement", {"change": {"percent": 5.1}, "years": 2}),
        ("3-settlement.txt", "term", {"event": "expiry", "when": "2026-09-30"}),
        ("3-settlement.txt", "position", {"side": PAYER, "act": "offer", "change": {"percent": 3.2}}),
    ],
)
def test_the_reports_are_read(report: str, kind: str, fields: dict[str, Any]) -> None:
    assert holds(report, kind, **fields)


def test_the_dossier_joins_the_three_reports(tmp_path: Path) -> None:
    with burdenshare.open(tmp_path / "wages.db") as record:
        lines = record.read(FOLDER / "reports", case=CASE)
        assert [line["status"] for line in lines] == ["read"] * 3
        known = record.dossier()
        before = record.dossier(as_of="2024-10-31")
    second = [r for r in known["rounds"] if r["number"] == 2]
    assert len(second) == 1
    assert second[0]["sources"] == 2
    stands = {(p["side"], p["act"]): p for p in known["positions"]}
    assert stands[CLAIMANT, "demand"]["change"]["percent"] == 8
    assert stands[PAYER, "offer"]["change"]["percent"] == 3.2
    assert [s["change"]["percent"] for s in known["settlements"]] == [5.1]
    assert before["settlements"] == []


def test_another_report_is_not_about_the_wage_round() -> None:
    from burdenshare.reading import RELEVANT, about

    case = cases.load(CASE)
    for other in sorted((FOLDER.parent / "reports").glob("*.txt")):
        (document,) = read_path(str(other), given=Given(case=case))
        assert not isinstance(document, Refusal)
        assert about(document, case) < RELEVANT, other.name
