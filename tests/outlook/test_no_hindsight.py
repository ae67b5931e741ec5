"""A forecast sees nothing of what came after its day."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from tests.dossier.cases import entry, report
from tests.outlook.talks import as_bytes, rewritten, sma

from burdenshare.errors import BurdenshareError
from burdenshare.outlook import known, outlook
from burdenshare.record import Entry

DAYS = [
    date(2008, 11, 3),
    date(2013, 11, 25),
    date(2018, 12, 20),
    date(2019, 12, 20),
    date(2020, 6, 1),
    date(2024, 6, 30),
]


def reports(later: float) -> list[Entry]:
    """Coverage of December 2019, and of later months, whose figures are `later` times what they were."""
    demand = {"side": "us", "act": "demand", "agreement": 11}
    told = [
        entry(report("a", "2019-12-04"), "round", number=4, when="2019-12-03/2019-12-04", outcome="no-deal"),
        entry(report("b", "2019-12-06"), "position", amount=_usd(4.7e9), **demand),
        entry(report("c", "2020-05-08"), "position", amount=_usd(1.3e9 * later), **demand),
        entry(report("d", "2021-03-10"), "settlement", amount=_usd(1e9 * later), agreement=11, year=2021),
    ]  # fmt: skip
    return told if later > 0 else told[:2]


def _usd(value: float) -> dict[str, object]:
    return {"value": value, "currency": "USD"}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_changing_all_that_came_after_changes_no_byte(day: date) -> None:
    case = sma()
    before = as_bytes((), case, day)
    assert as_bytes((), rewritten(case, day), day) == before
    assert as_bytes((), rewritten(case, day, shift=400, factor=0.2), day) == before


def test_later_reports_change_no_byte_and_earlier_ones_do() -> None:
    case, day = sma(), date(2019, 12, 20)
    before = as_bytes(reports(1.0), case, day)
    assert as_bytes(reports(9.0), rewritten(case, day), day) == before
    assert as_bytes(reports(0.0), case, day) == before
    assert as_bytes(reports(1.0)[1:], case, date(2020, 7, 1)) != as_bytes(reports(9.0)[1:], case, date(2020, 7, 1))


def test_the_test_would_notice() -> None:
    """What changes the forecast when it is seen: the same rewriting, one day too early."""
    case, day = sma(), date(2020, 6, 1)
    assert as_bytes((), rewritten(case, date(2020, 3, 1)), day) != as_bytes((), case, day)


def test_a_dossier_of_a_later_day_is_refused() -> None:
    from burdenshare.dossier import dossier

    late = dossier(reports(1.0), sma(), as_of=date(2021, 4, 1))
    with pytest.raises(BurdenshareError, match="build it as of 2019-12-20"):
        outlook(late, sma(), as_of=date(2019, 12, 20))


def test_what_was_told_years_later_is_not_known_before() -> None:
    """The demand that a memoir of June 2020 places in August 2019."""
    case = sma()
    memoir = [p for p in case.positions if p.when.text == "2019-08"]
    assert memoir
    assert not {p.when.text for p in known(case, date(2020, 6, 21)).positions} & {"2019-08"}
    assert {p.when.text for p in known(case, date(2020, 6, 22)).positions} & {"2019-08"}


def test_an_agreement_under_talks_has_no_terms_yet() -> None:
    cut = known(sma(), date(2020, 6, 1))
    under_talks = cut.agreement(11)
    assert under_talks is not None
    empty = {f.name for f in dataclasses.fields(under_talks) if getattr(under_talks, f.name) not in (None, "", ())}
    assert empty == {"number", "talks_start"}
    assert cut.agreement(12) is None
    assert max(p.year for p in cut.payments) == 2019
    assert all(o.start is None or o.start <= date(2020, 6, 1) for p in cut.people.values() for o in p.offices)
