"""Full text search, undoing, and claims added by hand, on either engine; an older record gets its index."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.record.made import AT, CASE, Method, a_demand, a_round, keep, report

from burdenshare.errors import ReviewError
from burdenshare.reading.claim import Cost
from burdenshare.record import Intake, Record, open_record, search


def found(record: Record, query: str) -> tuple[list[str], list[str]]:
    with record.connection() as connection:
        return list(search.reports(connection, query)), [c for _, _, c in search.claims(connection, query)]


def test_words_phrases_and_beginnings(record: Record) -> None:
    one = report("The fourth round ended in Washington without a deal.")
    two = report("A deal round the corner, said Washington. 방위비 분담금을 협상했다.", origin="b.txt")
    keep(record, one, a_round(one))
    keep(record, two)
    assert set(found(record, "washington round")[0]) == {one.id, two.id}
    assert found(record, '"fourth round"')[0] == [one.id]
    assert found(record, "wash*")[0] != []
    assert found(record, "분담금")[0] == [two.id]
    assert found(record, "fourth")[1] == [a_round(one).id]
    assert found(record, "fifth") == ([], [])
    for odd in ('"', "*", "a AND", "NEAR(", "-x", "title:y", ""):
        found(record, odd)


def test_the_same_text_at_two_addresses_is_found_once(record: Record) -> None:
    keep(record, report())
    keep(record, report(origin="elsewhere.txt"))
    assert found(record, "fourth")[0] == [report().id]


def test_an_older_record_is_searched_as_well(tmp_path: Path) -> None:
    path = str(tmp_path / "old.db")
    with open_record(path) as record:
        one = report()
        keep(record, one, a_round(one))
    with sqlite3.connect(path) as raw:
        for name in ("sightings_search", "claims_search"):
            raw.execute(f"DROP TRIGGER {name}")
        for name in ("report_search", "claim_search", "sessions", "accounts"):
            raw.execute(f"DROP TABLE {name}")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    with open_record(path) as record:
        assert found(record, "fourth") == ([one.id], [a_round(one).id])
        two = report("A fifth one followed.", origin="b.txt")
        keep(record, two)
        assert found(record, "fifth")[0] == [two.id]


def test_undoing_takes_back_one_decision_after_the_other(record: Record) -> None:
    one = report()
    claim = a_round(one)
    keep(record, one, claim)

    def decide(decision: str, **fields: object) -> None:
        record.review(claim.id, decision, who="A. Kim", why="", at=AT, fields=fields or None)  # type: ignore[arg-type]

    def standing() -> list[tuple[object, object]]:
        return [(getattr(e.claim, "number", None), e.decision) for e in record.entries(case=CASE)]

    decide("correct", number=5)
    decide("reject")
    assert standing() == []
    decide("undo")
    assert standing() == [(5, "correct")]
    decide("undo")
    assert standing() == [(4, None)]
    with pytest.raises(ReviewError, match="left to undo"):
        decide("undo")
    assert [r.decision for r in record.reviews()] == ["correct", "reject", "undo", "undo"]


def test_a_claim_added_by_hand_stays_when_the_report_is_read_anew(record: Record) -> None:
    one = report()
    keep(record, one, a_round(one))
    mine = Cost(case=CASE, source=one.id, start=0, end=10, quote=one.text[:10], per="year")
    record.add(mine, who="A. Kim", why="", at=AT)
    assert {e.id for e in record.entries(case=CASE)} == {a_round(one).id, mine.id}
    keep(record, one, a_demand(one), method=Method(CASE, "rules-2"))
    assert {e.id for e in record.entries(case=CASE)} == {a_demand(one).id, mine.id}
    record.review(mine.id, "undo", who="A. Kim", why="", at=AT)
    assert {e.id for e in record.entries(case=CASE)} == {a_demand(one).id}
    with pytest.raises(ReviewError, match="does not fit"):
        record.add(Cost(case=CASE, source=one.id, start=0, end=5, quote="other"), who="A. Kim", why="", at=AT)


def test_a_claim_can_be_added_to_a_report_that_nobody_read(record: Record) -> None:
    one = report()
    keep(record, one)
    other = report("Nothing to do with it.", origin="b.txt")
    record.keep([Intake(other)], at=AT)
    mine = Cost(case=CASE, source=other.id, start=0, end=7, quote="Nothing")
    record.add(mine, who="A. Kim", why="", at=AT)
    assert mine.id in {e.id for e in record.entries(case=CASE)}
