"""Nothing is lost, and nothing is kept twice."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from burdenshare.reading.result import Reading
from burdenshare.record import Intake, Method, Record, export, open_record
from burdenshare.sources import Document

from . import made


def test_the_same_report_twice_adds_nothing(record: Record) -> None:
    document = made.report()
    first = made.keep(record, document, made.a_round(document))
    counts = record.counts()
    second = made.keep(record, document, made.a_round(document))
    assert (first.new_document, first.new_sighting, first.new_reading) == (True, True, True)
    assert (second.new_document, second.new_sighting, second.new_reading) == (False, False, False)
    assert record.counts() == counts


def test_the_same_text_from_a_second_place_is_a_second_sighting_of_one_report(record: Record) -> None:
    here, there = made.report(), made.report(origin="https://example.org/a", outlet="Peninsula Wire")
    made.keep(record, here, made.a_round(here))
    kept = made.keep(record, there, made.a_round(there))
    assert (kept.new_document, kept.new_sighting, kept.new_reading) == (False, True, False)
    assert record.counts()["documents"] == 1
    assert record.counts()["sightings"] == 2
    assert len(record.reports()) == 1
    assert len(record.entries()) == 1


def test_the_same_text_twice_in_one_batch_is_one_report(record: Record) -> None:
    document = made.report()
    intake = Intake(document, Reading((made.a_round(document),)), made.RULES, document)
    kept = record.keep([intake, intake], at=made.AT)
    assert [k.new_document for k in kept] == [True, False]
    assert len(record.entries()) == 1


def test_a_newer_reader_supersedes_the_former_reading_and_deletes_nothing(record: Record) -> None:
    document = made.report()
    made.keep(record, document, made.a_round(document, number=4))
    newer = Method(made.CASE, "rules-2")
    assert not record.is_read(record.as_kept(document), newer)
    made.keep(record, document, made.a_round(document, number=5), made.a_demand(document), method=newer)
    assert [(e.claim.kind, getattr(e.claim, "number", None)) for e in record.entries()] == [
        ("round", 5),
        ("position", None),
    ]
    assert record.counts()["claims"] == 3


def test_a_reading_for_another_case_stands_beside(record: Record) -> None:
    document = made.report()
    made.keep(record, document, made.a_round(document))
    made.keep(record, document, method=Method("us-japan-hns", "rules-1"))
    assert record.cases() == {made.CASE: 1, "us-japan-hns": 0}
    assert len(record.entries(case=made.CASE)) == 1
    assert record.entries(case="us-japan-hns") == []


def test_a_date_given_by_hand_is_not_undone_by_reading_again_without_it(record: Record) -> None:
    undated, dated = made.report(published=None), made.report(published="2019-12-05", basis="given")
    made.keep(record, undated, made.a_round(undated))
    made.keep(record, dated, made.a_round(dated, when="2019-12-03"))
    made.keep(record, made.report(published="2019-12", basis="narrowed"), made.a_round(undated))
    assert str(record.reports()[0].published.when) == "2019-12-05"
    assert [e.claim.when for e in record.entries()] == ["2019-12-03"]  # type: ignore[attr-defined]


def test_a_text_met_without_a_date_is_read_with_the_date_that_another_sighting_gives(record: Record) -> None:
    dated, undated = made.report(), made.report(origin="copy.txt", published=None)
    made.keep(record, dated, made.a_round(dated))
    assert str(record.as_kept(undated).published.when) == "2019-12-04"
    assert not made.keep(record, undated).new_reading


def test_a_reading_made_before_another_writer_brought_the_date_is_refused_as_stale(record: Record) -> None:
    undated, dated = made.report(published=None), made.report(origin="b.txt")
    as_kept = record.as_kept(undated)  # this writer has looked,
    made.keep(record, dated, made.a_round(dated))  # the other one writes first
    kept = record.keep([Intake(undated, Reading(()), made.RULES, as_kept)], at=made.AT)
    assert kept[0].stale
    assert len(record.entries()) == 1


@pytest.mark.parametrize(
    ("published", "as_of", "used"),
    [
        ("2019-12-04", date(2019, 12, 4), True),
        ("2019-12-04", date(2019, 12, 3), False),
        ("2019-12", date(2019, 12, 30), False),  # a span counts from its end
        ("2019-12", date(2019, 12, 31), True),
        ("2019-12-03/..", date(2020, 12, 31), False),
        (None, date(2099, 1, 1), False),
    ],
)
def test_a_view_as_of_a_day_uses_only_what_was_published_by_then(
    record: Record, published: str | None, as_of: date, used: bool
) -> None:
    document = made.report(published=published)
    made.keep(record, document, made.a_round(document))
    assert bool(record.entries(as_of=as_of)) is used
    assert bool(record.reports(as_of=as_of)) is used
    left_out = record.left_out(as_of=as_of, case=made.CASE)
    assert bool(left_out) is not used
    if not used:
        assert left_out[0].reason.endswith(".")
    assert record.entries()


def test_as_of_a_day_the_first_place_that_had_it_out_counts(record: Record) -> None:
    late = made.report(origin="late.txt", published="2019-12-09", outlet="Late")
    made.keep(record, late, made.a_round(late))
    early = made.report(origin="early.txt", published="2019-12-04", outlet="Early")
    made.keep(record, early, made.a_round(early))
    assert record.reports(as_of=date(2019, 12, 5))[0].outlet == "Early"
    assert record.reports()[0].outlet == "Early"


def test_the_export_is_the_vocabulary_with_its_origin(record: Record) -> None:
    document = made.report()
    made.keep(record, document, made.a_demand(document))
    row = export.claim_json(record.entries()[0])
    assert {"id", "case", "source", "kind", "start", "end", "quote", "said_by", "modality", "inferred"} <= set(row)
    assert [row[name] for name in export.EXPORTED] == ["a.txt", "Han River Daily", "", "2019-12-04"]
    assert row["amount"]["value"] == 4.7e9
    assert document.text[row["start"] : row["end"]] == row["quote"]
    flat = export.flat(record.entries()[0])
    assert tuple(flat) == export.columns()
    assert (flat["amount.value"], flat["amount.currency"]) == (4.7e9, "USD")


def test_what_is_handed_out_is_what_came_in(record: Record) -> None:
    document = made.report("한미 방위비 \u00a0 \U0001f4b0\r\n\x00<script>", outlet="연합뉴스")
    if "postgresql" in record.db:
        document = made.report("한미 방위비 \u00a0 \U0001f4b0\r\n<script>", outlet="연합뉴스")
    made.keep(record, document, made.a_round(document))
    assert record.document(document.id) == document
    assert record.entries()[0].claim == made.a_round(document)


def test_a_report_the_database_cannot_hold_is_named_and_the_others_of_its_batch_are_kept(record: Record) -> None:
    from burdenshare.record import NotKeptError

    good = [made.report(f"Report {i}.", origin=f"{i}.txt") for i in range(3)]
    bad = made.report("A fine text.", origin="bad.txt", outlet="\ud800")
    with pytest.raises(NotKeptError, match=r"bad\.txt") as raised:
        record.keep([Intake(d) for d in (*good[:2], bad, good[2])], at=made.AT)
    assert raised.value.origins == ("bad.txt",)
    assert not raised.value.full
    assert {r.origin for r in record.reports()} == {"0.txt", "1.txt", "2.txt"}


_REPORTS = [
    made.report(f"Round {i % 4} of the talks took place.", origin=f"{i % 5}.txt", published=published)
    for i, published in enumerate(["2019-12-04", "2019-12", None, "2019-11-18", "2019-12-04", "2019-12-09", None])
]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(_REPORTS))), again=st.lists(st.sampled_from(_REPORTS), max_size=4))
def test_the_order_of_reading_and_reading_again_do_not_show(
    order: list[int], again: list[Document], tmp_path_factory: pytest.TempPathFactory
) -> None:
    def view(documents: list[Document]) -> list[object]:
        path = tmp_path_factory.mktemp("order") / f"{random.random()}.db"
        with open_record(str(path)) as record:
            for d in documents:
                read = record.as_kept(d)
                made.keep(record, d, made.a_round(d, when=str(read.published.when or "2019")))
            everything = record.entries()
            until = record.entries(as_of=date(2019, 12, 31))
            return [[export.claim_json(e) for e in everything], [export.claim_json(e) for e in until]]

    assert view([_REPORTS[i] for i in order] + again) == view(_REPORTS)
