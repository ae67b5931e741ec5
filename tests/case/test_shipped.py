"""The cases that come with the program: clean, complete, and every figure with its source."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from burdenshare import case as cases
from burdenshare.case import Case
from burdenshare.case.files import read
from burdenshare.case.load import folder
from burdenshare.edtf import When
from burdenshare.money import Growth

ROK = "us-rok-sma"
JAPAN = "us-japan-hns"


ALLIANCE = "nato-spending"
GERMANY = "us-germany"


def test_four_cases_are_shipped() -> None:
    assert cases.shipped() == (ALLIANCE, GERMANY, JAPAN, ROK)


def day(when: When | None) -> When:
    assert when is not None
    return when


@pytest.mark.parametrize("name", cases.shipped())
class TestEveryCase:
    def test_checks_clean_and_loads(self, name: str) -> None:
        assert cases.check(name) == []
        assert cases.load(name).id == name

    def test_has_every_series(self, name: str) -> None:
        files = read(folder(name))
        assert all(files.rows[table] for table in files.rows), "a shipped case has no empty file"

    def test_agreements_cover_the_years_in_order(self, name: str) -> None:
        covered = [a for a in cases.load(name).agreements if a.start and a.end]
        for before, after in pairwise(covered):
            gap = (day(after.start).earliest - day(before.end).latest).days  # type: ignore[operator]
            assert gap == 1, f"between agreements {before.number} and {after.number}"

    def test_every_figure_names_sources_that_exist(self, name: str) -> None:
        case = cases.load(name)
        groups = [
            *(v.sources for a in case.agreements for v in a.versions),
            *(p.sources for p in case.payments),
            *(r.sources for r in case.rounds),
            *(p.sources for p in case.positions),
            *(c.sources for c in case.category_figures),
            *(y.sources for y in case.yearly),
            *((o.source,) for p in case.people.values() for o in p.offices),
        ]
        assert all(sources and set(sources) <= case.sources.keys() for sources in groups)

    def test_a_version_left_aside_says_why(self, name: str) -> None:
        case = cases.load(name)
        for a in case.agreements:
            assert all(v.why for v in a.versions if not v.used), f"agreement {a.number}"

    def test_no_source_is_unused(self, name: str) -> None:
        case = cases.load(name)
        used = {s for a in case.agreements for v in a.versions for s in v.sources}
        for rows in (case.payments, case.rounds, case.positions, case.category_figures, case.yearly):
            used |= {s for row in rows for s in row.sources}
        used |= {o.source for p in case.people.values() for o in p.offices}
        assert used == case.sources.keys()

    def test_names_are_stripped_and_told_apart(self, name: str) -> None:
        names = list(cases.load(name).names())
        assert all(n.text == n.text.strip() and n.text for n in names)
        keys = [(n.text, n.lang, n.kind, n.ref, n.short) for n in names]
        doubled = {k for k in keys if keys.count(k) > 1 and k[2] != "party"}
        assert not doubled


@pytest.fixture(scope="module")
def rok() -> Case:
    return cases.load(ROK)


def test_one_used_payment_a_year_from_1991_to_2026(rok: Case) -> None:
    used = [p for p in rok.payments if p.used]
    assert [p.year for p in used] == list(range(1991, 2027))
    assert {p.amount.currency for p in used if p.year < 2005} == {"USD"}
    assert {p.amount.currency for p in used if p.year >= 2005} == {"KRW"}


def test_a_payment_lies_in_its_agreement(rok: Case) -> None:
    for p in rok.payments:
        a = rok.agreement(p.agreement or 0)
        assert a is not None
        assert day(a.start).earliest.year <= p.year <= day(a.end).latest.year  # type: ignore[union-attr]


def test_used_payments_rise_as_reported(rok: Case) -> None:
    """A rise quoted in the source fits the two sums of the series to half a point, from 2006 on."""
    for p in rok.payments:
        before = rok.contribution(p.year - 1)
        if p.used and before and p.year >= 2006 and p.rise_percent is not None:
            assert p.rise_percent == pytest.approx((p.amount.least / before.amount.least - 1) * 100, abs=0.1), p.year


def test_nothing_unsourced_is_used_where_a_source_gives_a_value(rok: Case) -> None:
    memory = [v for a in rok.agreements for v in a.versions if v.used and v.sources == ("memory",)]
    assert {(v.field, v.value) for v in memory} == {
        ("signed", "1993-11-23"),
        ("signed", "1999-02-25"),
        ("ratified", "2009-03-02"),
    }
    assert all(p.sources != ("memory",) for p in rok.payments if p.used)


def test_what_the_talks_of_2019_need(rok: Case) -> None:
    by_number = {a.number: a for a in rok.agreements}
    assert day(by_number[10].end).latest == date(2019, 12, 31)
    assert by_number[11].growth == Growth("defence-budget")
    assert by_number[12].growth == Growth("cpi", cap_percent=5)
    dehart = rok.people["james-dehart"]
    assert dehart.held("us-negotiator", date(2019, 12, 4))
    assert not dehart.held("us-negotiator", date(2021, 3, 5))
    held = {r.number: str(r.start) for r in rok.rounds if r.agreement == 11 and r.used}
    assert held[1] == "2019-09-24"
    assert held[4] == "2019-12-03"
    third = [r for r in rok.rounds if r.agreement == 11 and r.number == 3 and r.used]
    assert [r.outcome for r in third] == ["broke-off"]
    assert rok.places["kida"].within == "seoul"
    assert rok.places["honolulu"].within == "hawaii"


@pytest.mark.parametrize(
    "form",
    ["Jeong Eun-bo", "Chung Eun-bo", "정은보", "Jang Won-sam", "장원삼", "USFK", "주한미군", "KIDA",
     "방위비분담특별협정",
     "defence cost-sharing", "defense cost sharing", "S. Korea", "S.Korea", "U.S.", "Blue House", "DAPA", "GAO"],
)  # fmt: skip
def test_spellings_reports_use(rok: Case, form: str) -> None:
    assert form in {n.text for n in rok.names()}


def test_no_body_is_a_bare_generic_word(rok: Case) -> None:
    bare = {"foreign ministry", "defense ministry", "defence ministry", "parliament", "embassy", "government"}
    assert not bare & {n.text.lower() for n in rok.names() if n.kind == "body"}


def test_a_day_in_a_gap_has_no_agreement() -> None:
    assert cases.load(ROK).in_force(date(1990, 12, 31)) is None
    japan = cases.load(JAPAN)
    assert [japan.in_force(date(2021, 4, 1) + timedelta(days=d)).number for d in (-1, 0, 365)] == [8, 9, 10]  # type: ignore[union-attr]
