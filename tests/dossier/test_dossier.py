"""The dossier as a whole: as of a date, voices, reviews, the same in and the same out."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.dossier import Dossier, dossier, to_json
from burdenshare.record import Entry

from .cases import case, entry, report, seeds

END_OF_2019 = date(2019, 12, 31)
KEYS = {
    "rounds", "positions", "terms", "settlements", "contributions", "headcounts", "linkages", "consequences",
    "disagreements", "costs", "appointments", "statements", "events", "not_held", "unknown", "tallies",
}  # fmt: skip


def _text(d: Dossier) -> str:
    return json.dumps(to_json(d), ensure_ascii=False)


def test_the_demand_stands_at_4_7_to_5_billion_with_who_said_which() -> None:
    d = dossier(seeds(), case(), as_of=END_OF_2019)
    (demand,) = [p for p in d.positions if p.measure == "USD"]
    assert (demand.agreement, demand.side, demand.act, demand.per, demand.standing) == (
        11,
        "us",
        "demand",
        "year",
        True,
    )
    assert demand.amount is not None
    assert (demand.amount.low, demand.amount.high) == (4.7e9, 5e9)
    said = {(v.value.value, v.value.bound): v.by for v in demand.versions["amount"]}
    assert said[(4.7e9, "exact")] == ("South Korean media (The digest)",)
    assert said[(5e9, "up-to")] == ("The wire",)
    assert demand.gap is not None
    assert demand.gap.unknown == "no offer is reported"


def test_the_tenth_expires_at_the_end_of_2019() -> None:
    d = dossier(seeds(), case(), as_of=END_OF_2019)
    assert [(t.agreement, t.event, t.when, t.sources) for t in d.terms] == [(10, "expiry", "2019-12-31", 2)]


def test_a_later_report_is_used_only_later() -> None:
    def rises(d: Dossier) -> list[float]:
        return [c.change.percent for c in d.contributions if c.change and isinstance(c.change.percent, float)]

    before, after = (dossier(seeds(), case(), as_of=date(year, 12, 31)) for year in (2019, 2024))
    assert rises(before) == []
    assert [r.report for r in before.left_out] == ["mirror"]
    assert rises(after) == [13.9]


def test_a_demand_retold_by_a_report_of_later_talks_stays_with_its_own() -> None:
    d = dossier(seeds(), case(), as_of=date(2024, 12, 31))
    assert {p.agreement for p in d.positions} == {11}
    (demand,) = [p for p in d.positions if p.measure == "USD"]
    assert demand.sources == 4


def test_a_month_counts_from_its_end() -> None:
    one = [entry(report("m", "2019-12"), "headcount", group="troops", number=28500)]
    assert dossier(one, case(), as_of=date(2019, 12, 30)).headcounts == ()
    assert len(dossier(one, case(), as_of=END_OF_2019).headcounts) == 1


def test_an_undated_report_is_named_when_a_date_is_asked_for() -> None:
    one = [entry(report("u", None), "headcount", group="troops", number=28500)]
    d = dossier(one, case(), as_of=END_OF_2019)
    assert [(r.report, r.why, r.claims) for r in d.left_out] == [("u", "undated", 1)]
    assert len(dossier(one, case()).headcounts) == 1


def test_nothing_in_is_a_dossier_that_says_so() -> None:
    d = dossier([], case(), as_of=END_OF_2019)
    assert (d.rounds, d.reports, d.talks) == ((), 0, None)
    assert len(d.unknown) == 1


def _items(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        if "support" in value:
            yield path, value
        for key, inner in value.items():
            yield from _items(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _items(inner, path)


@pytest.mark.parametrize("as_of", [None, END_OF_2019, date(2019, 12, 5)])
def test_every_claim_named_exists_and_is_old_enough(as_of: date | None) -> None:
    entries = seeds()
    known = {e.id: e for e in entries}
    found = to_json(dossier(entries, case(), as_of=as_of))
    assert set(found) >= KEYS
    for path, item in _items(found):
        for claim in (*item["support"], *item.get("dissent", [])):
            assert claim in known, path
            latest = known[claim].report.published.when
            assert as_of is None or (latest and latest.latest and latest.latest <= as_of), path
        if path.lstrip(".") in KEYS:
            assert "sources" in item
            assert not set(item["support"]) & set(item["dissent"]), path


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(rng: random.Random) -> None:
    shuffled = seeds()
    rng.shuffle(shuffled)
    assert _text(dossier(shuffled, case())) == _text(dossier(seeds(), case()))


def _copy(of: Entry) -> Entry:
    twin = replace(of.report, id=f"copy-of-{of.report.id}", origin="copy.txt", outlet="The Mirror")
    claim = replace(of.claim, source=twin.id)
    return Entry(claim.id, claim, twin)


@settings(max_examples=5, deadline=None)
@given(st.sampled_from(["daily", "digest", "wire", "broadcast"]))
def test_a_copy_of_a_report_adds_no_voice(name: str) -> None:
    copied = [_copy(e) for e in seeds() if e.report.id == name]
    before = to_json(dossier(seeds(), case(), as_of=END_OF_2019))
    after = to_json(dossier([*seeds(), *copied], case(), as_of=END_OF_2019))
    for kind in KEYS - {"disagreements", "unknown"}:
        assert [(i["sources"], i.get("by")) for i in before[kind]] == [(i["sources"], i.get("by")) for i in after[kind]]
    assert before["voices"] == after["voices"]


def test_a_rejected_claim_is_dissent_where_others_support_the_item_and_gone_where_not() -> None:
    wire, other = report("w", "2019-12-05"), report("o", "2019-12-06")
    d = dossier(
        [
            entry(wire, "headcount", group="troops", number=28500),
            (wrong := entry(other, "headcount", "23,500 troops", group="troops", number=23500, decision="reject")),
            entry(other, "headcount", "9,000 staff", group="local-employees", number=9000, decision="reject"),
        ],
        case(),
    )
    (troops,) = d.headcounts
    assert (troops.number, troops.dissent, troops.versions) == (28500, (wrong.id,), {})


def test_a_review_breaks_a_tie() -> None:
    def number(decision: Any) -> int | None:
        d = dossier(
            [
                entry(report("a", "2019-12-05"), "headcount", group="troops", number=23500, decision=decision),
                entry(report("b", "2019-12-06"), "headcount", group="troops", number=28500),
            ],
            case(),
        )
        return d.headcounts[0].number

    assert (number(None), number("accept")) == (28500, 23500)


def test_a_rounded_figure_agrees_with_the_finer_one() -> None:
    sums = [1.0389e12, 1.04e12, 1.0389e12]
    d = dossier(
        [
            entry(report(f"r{i}", "2019-02-10"), "settlement", amount={"value": v, "currency": "KRW"})
            for i, v in enumerate(sums)
        ],
        case(),
    )
    (deal,) = d.settlements
    assert deal.amount is not None
    assert (deal.amount.value, deal.sources, deal.versions) == (1.0389e12, 3, {})


def test_a_new_demand_replaces_the_old_one_and_one_odd_figure_does_not() -> None:
    def ask(name: str, day: str, value: float) -> Entry:
        return entry(report(name, day), "position", side="us", act="demand", amount={"value": value, "currency": "USD"})

    old = [ask("a", "2019-11-01", 5e9), ask("b", "2019-11-20", 5e9)]
    odd = [ask("c", "2019-11-05", 1e9)]
    new = [ask("d", "2020-08-03", 1.3e9)]

    def standing(entries: list[Entry]) -> list[float | None]:
        return [p.amount.value for p in dossier(entries, case()).positions if p.standing and p.amount]

    assert standing([*old, *odd, ask("e", "2019-12-01", 5e9)]) == [5e9]
    assert standing([*old, *new]) == [1.3e9]


def test_the_gap_is_given_in_a_common_currency_only() -> None:
    def gap(offer: dict[str, Any]) -> Any:
        d = dossier(
            [
                entry(report("a", "2013-12-10"), "position", side="us", act="demand",
                      amount={"value": 1e12, "currency": "KRW"}),
                entry(report("b", "2013-12-10"), "position", side="rok", act="offer", amount=offer),
            ],
            case(),
        )  # fmt: skip
        return next(p.gap for p in d.positions if p.side == "us")

    won = gap({"value": 8.695e11, "currency": "KRW"})
    assert (won.currency, won.low, won.high) == ("KRW", 1.305e11, 1.305e11)
    assert "no common currency" in gap({"value": 8.2e8, "currency": "USD"}).unknown
    both = gap({"value": 8.2e8, "currency": "USD", "also": [{"value": 8.695e11, "currency": "KRW"}]})
    assert both.low == 1.305e11


def test_a_short_surname_inside_a_word_does_not_make_a_position_old() -> None:
    d = dossier(
        [
            entry(report("a", "2024-03-05"), "position", "more than Trumpeted last year", side="us", act="demand",
                  amount={"value": 1.3e9, "currency": "USD"}),
        ],
        case(),
    )  # fmt: skip
    assert [p.agreement for p in d.positions] == [12]


def test_a_demand_that_came_down_by_a_fifth_is_a_new_one() -> None:
    def ask(name: str, day: str, value: float) -> Entry:
        return entry(report(name, day), "position", side="us", act="demand", amount={"value": value, "currency": "USD"})

    d = dossier(
        [ask("a", "2019-11-19", 4.7e9), ask("b", "2019-12-05", 5e9), ask("c", "2020-04-01", 4e9)],
        case(),
    )
    assert [(p.amount.least, p.amount.most, p.standing) for p in d.positions if p.amount] == [
        (4.7e9, 5e9, False),
        (4e9, 4e9, True),
    ]
