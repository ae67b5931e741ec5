"""Rounds: what several reports tell of one meeting becomes one meeting."""

from __future__ import annotations

from datetime import date

import pytest

from burdenshare.dossier import Dossier, Meeting, dossier

from .cases import case, entry, report, seeds

END_OF_2019 = date(2019, 12, 31)


@pytest.fixture(scope="module")
def known() -> Dossier:
    return dossier(seeds(), case(), as_of=END_OF_2019)


def _round(d: Dossier, number: int, agreement: int = 11) -> Meeting:
    found = [r for r in d.rounds if (r.agreement, r.number) == (agreement, number)]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("number", "when", "where", "outcome", "status"),
    [
        (1, "2019-09-24/2019-09-25", "Seoul", "concluded", "held"),
        (2, "2019-10", "United States", "scheduled", "unconfirmed"),
        (3, "2019-11-18", None, "broke-off", "held"),
        (4, "2019-12-03/2019-12-04", "Washington", "no-deal", "held"),
        (5, "2019-12~", "Seoul", "no-deal", "held"),
        (6, "2020-01", None, "scheduled", "planned"),
    ],
)
def test_six_rounds_of_the_eleventh(
    known: Dossier, number: int, when: str, where: str | None, outcome: str, status: str
) -> None:
    found = _round(known, number)
    assert (found.when, found.city or found.place, found.outcome, found.status) == (when, where, outcome, status)


def test_only_the_eleventh_has_rounds_and_the_old_tally_is_of_the_tenth(known: Dossier) -> None:
    assert {r.agreement for r in known.rounds} == {11}
    assert len(known.rounds) == 6
    assert [(t.agreement, t.count) for t in known.tallies] == [(10, 10)]


def test_the_third_round_is_carried_by_two_reports(known: Dossier) -> None:
    third = _round(known, 3)
    assert third.sources == 2
    reports = {e.report.id for e in seeds() if e.id in third.support}
    assert reports == {"digest", "wire"}


def test_venue_is_kept(known: Dossier) -> None:
    assert _round(known, 1).venue == "Korea Institute for Defense Analyses"


def test_a_plan_that_came_about_stays_visible(known: Dossier) -> None:
    fifth = _round(known, 5)
    assert [p.when for p in fifth.plans] == ["2019-12~"]
    assert fifth.inferred == ("agreement", "when")


def test_what_was_planned_and_not_heard_of_again_is_named(known: Dossier) -> None:
    assert [(n.label, n.planned, n.why) for n in known.not_held] == [
        ("2nd round of talks on the 11th agreement", "2019-10", "no-report")
    ]


def test_left_the_table_last_week_is_the_same_meeting_with_a_disputed_date() -> None:
    late = report("column", "2019-11-21")
    more = entry(late, "round", "the Americans got up and left in Seoul last week", city="Seoul",
                 when="2019-11-11/2019-11-17", outcome="broke-off", inferred=["when"])  # fmt: skip
    d = dossier([*seeds(), more], case(), as_of=END_OF_2019)
    third = _round(d, 3)
    assert third.city == "Seoul"
    assert [v.value for v in third.versions["when"]] == ["2019-11-18", "2019-11-11/2019-11-17"]
    assert more.id in third.dissent


def test_a_meeting_told_without_date_or_number_is_the_last_one_held() -> None:
    late = report("note", "2019-12-10")
    more = entry(late, "round", "the latest talks ended without result", outcome="no-deal")
    d = dossier([*seeds(), more], case(), as_of=END_OF_2019)
    assert more.id in _round(d, 4).support


def test_two_meetings_with_one_number_far_apart_stay_two() -> None:
    one, two = report("a", "2013-12-10"), report("b", "2014-01-12")
    d = dossier(
        [
            entry(one, "round", "sat down for a ninth time", number=9, when="2013-12-10", outcome="ongoing"),
            entry(two, "round", "closed the gap at last in the ninth", number=9, when="2014-01-11", outcome="deal"),
        ],
        case(),
    )
    assert [(r.agreement, r.number, r.when) for r in d.rounds] == [(9, 9, "2013-12-10"), (9, 9, "2014-01-11")]
    assert [x.field for x in d.disagreements] == ["number"]


def test_a_wrong_number_for_the_same_days_and_place_is_a_version() -> None:
    where = {"city": "Washington", "when": "2019-12-03/2019-12-04"}
    d = dossier(
        [
            entry(report("a", "2019-12-05"), "round", "fourth", number=4, **where),
            entry(report("b", "2019-12-06"), "round", "the fourth", number=4, **where),
            entry(report("c", "2019-12-06"), "round", "third", number=3, **where),
        ],
        case(),
    )
    (only,) = d.rounds
    assert only.number == 4
    assert [(v.value, v.sources) for v in only.versions["number"]] == [(4, 2), (3, 1)]


def test_a_state_and_a_city_in_it_do_not_disagree() -> None:
    d = dossier(
        [
            entry(report("a", "2019-10-20"), "round", "to meet in Hawaii", number=2, city="Hawaii", when="2019-10",
                  outcome="scheduled"),
            entry(report("b", "2019-10-25"), "round", "met in Honolulu", number=2, city="Honolulu",
                  when="2019-10-23/2019-10-24", outcome="concluded"),
        ],
        case(),
    )  # fmt: skip
    (only,) = d.rounds
    assert (only.city, only.versions, only.outcome) == ("Honolulu", {}, "concluded")


def test_a_meeting_moved_is_told_as_moved() -> None:
    d = dossier(
        [
            entry(report("a", "2020-02-20"), "round", "due on 2 March", number=7, when="2020-03-02",
                  outcome="scheduled"),
            entry(report("b", "2020-03-20"), "round", "held later", number=7, when="2020-03-17/2020-03-19",
                  city="Los Angeles", outcome="no-deal"),
        ],
        case(),
    )  # fmt: skip
    assert [(n.planned, n.instead, n.why) for n in d.not_held] == [("2020-03-02", "2020-03-17/2020-03-19", "moved")]


def test_two_days_told_one_by_one_are_one_meeting() -> None:
    d = dossier(
        [
            entry(report("a", "2019-11-18"), "round", "began", number=3, when="2019-11-18", outcome="ongoing"),
            entry(report("b", "2019-11-20"), "round", "broke up", number=3, when="2019-11-19", outcome="broke-off"),
        ],
        case(),
    )
    assert [(r.when, r.outcome) for r in d.rounds] == [("2019-11-18/2019-11-19", "broke-off")]


def test_a_plan_is_of_the_talks_to_come_though_its_sentence_names_the_agreement_in_force() -> None:
    told = report("a", "2019-09-26")
    d = dossier(
        [
            entry(told, "round", "first round of the eleventh", number=1, agreement=11, when="2019-09-24/2019-09-25"),
            entry(told, "round", "as the tenth runs out, they meet again in October", number=2, agreement=10,
                  when="2019-10", outcome="scheduled"),
        ],
        case(),
    )  # fmt: skip
    assert [(r.agreement, r.number) for r in d.rounds] == [(11, 1), (11, 2)]


def test_a_number_worked_out_wrongly_does_not_hold_a_round_before_its_time() -> None:
    told = report("a", "2019-12-05")
    d = dossier(
        [
            entry(told, "round", "fourth round over", number=4, outcome="no-deal", when="2019-12-03/2019-12-04"),
            entry(told, "round", "the talks failed to narrow the gap", number=5, outcome="no-deal",
                  inferred=["number"]),
            entry(told, "round", "the next is due in mid-December", number=5, outcome="scheduled", when="2019-12~",
                  inferred=["number"]),
        ],
        case(),
    )  # fmt: skip
    assert [(r.number, r.status) for r in d.rounds] == [(4, "held"), (5, "planned")]


def test_no_deal_came_of_a_round_that_others_followed() -> None:
    told = report("a", "2019-09-26")
    d = dossier(
        [
            entry(told, "round", "agreed to go on", number=1, outcome="deal", when="2019-09-25"),
            entry(told, "round", "the round was held", number=1, outcome="concluded", when="2019-09-24"),
            entry(told, "round", "next month again", number=2, outcome="scheduled", when="2019-10"),
        ],
        case(),
    )
    assert d.rounds[0].outcome == "concluded"
    assert d.disagreements == ()  # one report alone does not disagree with itself


def test_a_number_worked_out_yields_to_the_days_and_places_of_its_own_report() -> None:
    told = report("a", "2019-12-05")
    d = dossier(
        [
            *[e for e in seeds() if e.report.id == "digest"],
            entry(told, "round", "fourth round over in Washington", number=4, city="Washington", when="2019-12-04"),
            entry(told, "round", "the session before, in Seoul, broke up", number=4, city="Seoul", when="2019-11",
                  outcome="broke-off", inferred=["number"]),
            entry(told, "round", "third round, in November", number=3, when="2019-11", outcome="broke-off"),
        ],
        case(),
    )  # fmt: skip
    assert [(r.number, r.when, r.city) for r in d.rounds] == [
        (3, "2019-11-18", "Seoul"),
        (4, "2019-12-04", "Washington"),
    ]


def test_a_last_day_named_in_a_plan_is_not_the_day_it_was_held() -> None:
    d = dossier(
        [
            entry(report("a", "2019-12-05"), "round", "again before the year is out", number=5, when="2019-12-31",
                  outcome="scheduled"),
            entry(report("b", "2019-12-05"), "round", "in mid-December", number=5, when="2019-12~",
                  outcome="scheduled"),
            entry(report("c", "2019-12"), "round", "this year's fifth", number=5, when="2019", outcome="no-deal"),
        ],
        case(),
    )  # fmt: skip
    assert [(r.when, r.outcome) for r in d.rounds] == [("2019-12~", "no-deal")]
