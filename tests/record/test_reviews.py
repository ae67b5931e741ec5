"""A review is laid over a claim; the claim stays as it was read."""

from __future__ import annotations

from typing import Any

import pytest

from burdenshare.errors import ReviewError
from burdenshare.record import Entry, Method, Record, Review, export

from . import made


@pytest.fixture
def entry(record: Record) -> Entry:
    document = made.report()
    made.keep(record, document, made.a_round(document), made.a_demand(document))
    return next(e for e in record.entries() if e.claim.kind == "round")


def decide(record: Record, claim: str, decision: Any, **fields: Any) -> Review:
    return record.review(claim, decision, who="A. Kim", why="the caption says so", at=made.AT, fields=fields or None)


def the_round(record: Record) -> Entry:
    return next(e for e in record.entries(rejected=True) if e.claim.kind == "round")


def test_a_correction_changes_the_view_and_not_the_claim(record: Record, entry: Entry) -> None:
    before = record.counts()
    review = decide(record, entry.id, "correct", number=5, when="2019-12-17/2019-12-18", agreement=10)
    now = the_round(record)
    assert (now.claim.number, now.claim.when, now.claim.agreement) == (5, "2019-12-17/2019-12-18", 10)  # type: ignore[attr-defined]
    assert now.claim.inferred == ()  # what a person set is not inferred
    assert (now.id, now.decision, now.reviewer, now.reason) == (entry.id, "correct", "A. Kim", "the caption says so")
    assert export.claim_json(now)["id"] == entry.id
    assert record.counts() == {**before, "reviews": 1}
    assert review.previous is None


def test_decisions_follow_one_another_and_each_names_the_one_before(record: Record, entry: Entry) -> None:
    first = decide(record, entry.id, "correct", number=5)
    second = decide(record, entry.id, "reject")
    assert entry.id not in {e.id for e in record.entries()}
    third = decide(record, entry.id, "correct", city="Seoul")
    last = decide(record, entry.id, "accept")
    now = the_round(record)
    assert (now.claim.number, now.claim.city, now.decision) == (5, "Seoul", "accept")  # type: ignore[attr-defined]
    assert [r.previous for r in (first, second, third, last)] == [None, first.id, second.id, third.id]
    assert [r.decision for r in record.reviews()] == ["correct", "reject", "correct", "accept"]


def test_new_bounds_bring_their_own_words(record: Record, entry: Entry) -> None:
    decide(record, entry.id, "correct", start=4, end=10)
    assert the_round(record).claim.quote == "fourth"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"nmber": 5}, "nmber"),
        ({"number": "five"}, "number"),
        ({"outcome": "victory"}, "outcome"),
        ({"when": "last Tuesday"}, "EDTF"),
        ({"quote": "words that are not there"}, "quote"),
        ({"source": "0" * 16}, "source"),
        ({"end": 10_000}, "within"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(
    record: Record, entry: Entry, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(ReviewError, match=message):
        decide(record, entry.id, "correct", **fields)
    assert record.reviews() == []


def test_a_review_needs_a_claim_and_someone_who_decides(record: Record, entry: Entry) -> None:
    with pytest.raises(ReviewError, match="no claim feedfeedfeedfeed"):
        decide(record, "feedfeedfeedfeed", "accept")
    with pytest.raises(ReviewError, match="who"):
        record.review(entry.id, "accept", who=" ", why="", at=made.AT)


def test_what_a_person_corrected_stands_against_a_newer_reading(record: Record, entry: Entry) -> None:
    decide(record, entry.id, "correct", number=5)
    document = made.report()
    newer = Method(made.CASE, "rules-2")
    made.keep(record, document, made.a_round(document, number=3), made.a_demand(document), method=newer)
    now = record.entries()
    assert [(e.claim.kind, getattr(e.claim, "number", None), e.decision) for e in now] == [
        ("round", 5, "correct"),
        ("position", None, None),
    ]
    assert record.reviews()[0].stands


def test_a_rejection_of_what_a_newer_reading_no_longer_says_has_no_effect_and_says_so(
    record: Record, entry: Entry
) -> None:
    decide(record, entry.id, "reject")
    document = made.report()
    made.keep(record, document, made.a_round(document, number=3), method=Method(made.CASE, "rules-2"))
    assert [e.claim.number for e in record.entries()] == [3]  # type: ignore[attr-defined]
    assert not record.reviews()[0].stands
