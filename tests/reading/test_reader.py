"""The reader as its users see it: what it takes from a report, what it leaves, and that it is a pure function."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from burdenshare import edtf
from burdenshare.case import load
from burdenshare.reading import about, read
from burdenshare.reading.claim import KINDS, Claim, check, from_json, to_json
from burdenshare.reading.text import MAX_SENTENCE, lines
from burdenshare.sources import Document, Stretch, read_text

CASE = load("us-rok-sma")
LEAD = (
    "South Korea and the United States hold talks on sharing the cost of the 28,500 American troops in South Korea.\n\n"
)


def report(body: str, *, published: str = "2019-11-20") -> Document:
    """A report of our own about the talks: a lead that says what it is about, then the words under test."""
    return read_text(LEAD + body + "\n", origin="report.txt", case=CASE, published=published)


def claims(body: str, kind: str, *, published: str = "2019-11-20") -> list[Claim]:
    document = report(body, published=published)
    return [c for c in read(document, CASE).claims if c.kind == kind and c.start >= len(LEAD)]


def one(body: str, kind: str, *, published: str = "2019-11-20") -> Any:
    found = claims(body, kind, published=published)
    assert len(found) == 1, found
    return found[0]


def test_a_demand_names_its_side_sum_and_bound() -> None:
    claim = one(
        "Washington has asked Seoul to pay as much as $5 billion a year, about five times what it pays now.", "position"
    )
    assert (claim.side, claim.act, claim.per) == ("us", "demand", "year")
    assert (claim.amount.value, claim.amount.currency, claim.amount.bound) == (5e9, "USD", "up-to")
    assert claim.change.multiple == 5


def test_a_demand_that_is_withdrawn_is_no_demand() -> None:
    claim = one("Washington backed off the initial demand that South Korea pay $5 billion.", "position")
    assert claim.act == "withdraw"


def test_a_round_told_in_two_sentences_takes_its_number_along() -> None:
    found = claims(
        "The fourth round of the negotiations opened on Tuesday. The meeting in Seoul ended without a deal.", "round"
    )
    assert [(c.number, c.outcome) for c in found] == [(4, "ongoing"), (4, "no-deal")]  # type: ignore[attr-defined]


def test_the_next_round_is_one_more_than_the_last() -> None:
    body = "The fourth round ended on Wednesday without a deal. The next round is to be held in Seoul in December."
    planned = claims(body, "round")[-1]
    assert (planned.number, planned.city, planned.when, planned.outcome) == (5, "Seoul", "2019-12", "scheduled")  # type: ignore[attr-defined]
    assert "number" in planned.inferred


def test_an_agreement_runs_out_at_the_end_of_the_year() -> None:
    claim = one("The current Special Measures Agreement expires at the end of this year.", "term")
    assert (claim.event, claim.when) == ("expiry", "2019-12-31")
    assert "when" in claim.inferred


def test_a_wish_to_sign_is_no_signature() -> None:
    assert not claims("The two sides want to sign a new agreement soon.", "term")


def test_who_said_it_is_kept_nearest_to_the_fact_first() -> None:
    claim = one(
        "The fifth round ended without a deal, according to Seoul's foreign ministry, Yonhap reported.", "round"
    )
    assert claim.said_by[0] == "Seoul's foreign ministry"
    assert claim.modality == "reported"


def test_a_quoted_sentence_has_its_speaker() -> None:
    body = '"We have adjusted and we have compromised," James DeHart told reporters. "We listened," he said.'
    found = claims(body, "statement")
    assert {c.speaker for c in found} == {"James DeHart"}  # type: ignore[attr-defined]
    assert all(c.side == "us" and c.direct for c in found)  # type: ignore[attr-defined]


def test_a_report_in_another_language_is_kept_without_claims() -> None:
    text = "Die Gespräche über die Kosten der Truppen in Südkorea sind am Dienstag ohne Ergebnis geblieben. " * 4
    reading = read(read_text(text, origin="bericht.txt", case=CASE), CASE)
    assert reading.claims == ()
    assert "German" in reading.note


@pytest.mark.parametrize(
    "text",
    [
        "The city council met on Tuesday and agreed to raise the price of a bus ticket by 8.2 percent, the mayor said.",
        "The union and the bakers opened a fourth round of wage talks on Monday; the bakers offered 3 percent.",
        "Germany will spend 1.24 percent of output on defence. About 35,000 American troops are stationed in Germany.",
    ],
)
def test_a_report_about_something_else_gives_no_claims(text: str) -> None:
    document = read_text(text, origin="other.txt", case=CASE, published="2019-11-20")
    assert about(document, CASE) < 0.5
    reading = read(document, CASE)
    assert reading.claims == ()
    assert "does not speak of" in reading.note


def test_a_report_is_about_the_case_whose_host_it_speaks_of() -> None:
    text = (
        "South Korea and the United States resumed talks on the Special Measures Agreement in Seoul. "
        "South Korea pays part of the cost of American troops, as Japan does. "
        "Seoul has offered a small rise, and Washington asked Japan for more too."
    )
    document = read_text(text, origin="report.txt", published="2019-11-20")
    assert about(document, CASE) > about(document, load("us-japan-hns"))


def test_furniture_yields_no_claims() -> None:
    text = LEAD + "RELATED Washington demands $9 billion from Seoul\n"
    head = len(LEAD)
    document = Document(text, (Stretch(0, head, "body"), Stretch(head, len(text), "furniture")), "x.txt", lang="en")
    assert all(c.end <= head for c in read(document, CASE).claims)


def test_every_kind_of_claim_can_be_read() -> None:
    body = (
        "The fourth round of the talks on the 11th Special Measures Agreement ended in Washington without a deal. "
        "Washington has demanded $5 billion a year. Seoul paid 1.0389 trillion won in 2019. "
        "The direct and indirect costs of operating U.S. Forces Korea come to about $4.5 billion a year. "
        "The current agreement expires on Dec. 31. "
        "The South Korean delegation was led by Jeong Eun-bo. "
        "James DeHart said the two sides would keep talking. "
        "The Pentagon is weighing the withdrawal of troops from South Korea if the talks fail. "
        "U.S. Forces Korea would furlough its 8,700 Korean employees in April. The allies put off a military exercise."
    )
    deal = "Seoul and Washington reached a deal on Sunday. South Korea will pay 1.0389 trillion won this year."
    kinds = {c.kind for c in read(report(body), CASE).claims} | {c.kind for c in read(report(deal), CASE).claims}
    assert kinds == set(KINDS)


SENTENCES = st.lists(
    st.sampled_from(
        [
            "Washington demanded $5 billion.",
            "“We will talk again,” he said.",
            "The third round, in Seoul, broke off on Nov. 19;",
            "if no deal is struck, 8,700 Korean workers face furlough",
            "South Korea pays 1.04 trillion won (about $890 million), 8.2 percent more than last year.",
            "according to, by, said, told and",
            '"" “ ” … -- \n\n',
            "The agreement expires",
            "서울에서 열린 회의",
        ]
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(SENTENCES, st.text(max_size=80))
def test_any_report_gives_claims_whose_words_stand_in_its_body(parts: list[str], junk: str) -> None:
    document = report(" ".join([*parts, junk]))
    first, again = read(document, CASE), read(dataclasses.replace(document), CASE)
    assert first == again
    furniture = [(s.start, s.end) for s in document.stretches if s.kind == "furniture"]
    for claim in first.claims:
        check(claim, document.text)
        assert not any(claim.start < e and s < claim.end for s, e in furniture)
        assert from_json(to_json(claim)) == claim
        when = getattr(claim, "when", None)
        if when:
            edtf.parse(when)
    assert len({c.id for c in first.claims}) == len(first.claims)


@settings(deadline=None, max_examples=30)
@given(
    st.sampled_from(["a", "U.S. ", '"', "the ", "5 ", "$", "demanded ", "Jan. ", "said, ", "(", "1,000 "]),
    st.integers(1, 4000),
)
def test_no_text_makes_a_sentence_longer_than_the_bound(unit: str, times: int) -> None:
    document = read_text(LEAD + unit * times, origin="long.txt", case=CASE, published="2019-11-20")
    assert all(line.end - line.start <= MAX_SENTENCE for line in lines(document))
    read(document, CASE)
