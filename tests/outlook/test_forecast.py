"""What a forecast says: whole, consistent, reproducible, and sensible where there is little to go by."""

from __future__ import annotations

import dataclasses
import json
import math
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossier import cases as small
from tests.dossier.cases import entry, report
from tests.outlook.talks import as_bytes, sma

from burdenshare import case as cases
from burdenshare.case import Case
from burdenshare.case.load import folder as folder_of
from burdenshare.case.priors import NUMBERS, OutlookPriors, _bounds, mistakes
from burdenshare.dossier import dossier
from burdenshare.errors import BurdenshareError
from burdenshare.outlook import LEVELS, from_record, known, outlook, to_json
from burdenshare.outlook.priors import Weighted, learn, rise_quantiles
from burdenshare.record import Entry

FEW = 2000
DAY = date(2019, 12, 20)


def position(day: str, side: str, act: str, **fields: object) -> Entry:
    return entry(report(f"r{day}{side}{act}{fields}", day), "position", side=side, act=act, agreement=11, **fields)


def percent(value: float) -> dict[str, object]:
    return {"percent": value}


def bare(**changes: object) -> Case:
    """The case with no past positions, so that a record alone speaks."""
    return dataclasses.replace(sma(), positions=(), **changes)  # type: ignore[arg-type]


def test_same_in_same_out_and_another_seed_moves_little() -> None:
    case = sma()
    assert as_bytes((), case, DAY, threads=1) == as_bytes((), case, DAY, threads=2)
    a, b = (outlook(None, case, as_of=DAY, seed=s, simulations=40_000) for s in (1, 2))
    assert a.rise is not None
    assert b.rise is not None
    assert a.rise.samples != b.rise.samples
    assert a.rise.quantile(0.5) == pytest.approx(b.rise.quantile(0.5), abs=0.8)
    assert a.by_expiry == pytest.approx(b.by_expiry, abs=0.02)


def test_the_parts_fit_together() -> None:
    o = outlook(None, sma(), as_of=date(2018, 9, 1), simulations=20_000)
    assert o.status == "forecast"
    assert o.talks == 10
    assert o.expiry == date(2018, 12, 31)
    assert o.rise is not None
    assert o.amount is not None
    assert o.lapse is not None
    assert o.zone is not None
    assert list(o.rise.quantiles) == sorted(o.rise.quantiles)
    assert len(o.rise.quantiles) == len(LEVELS)
    assert dict(o.deal_by)[o.expiry] == pytest.approx(o.by_expiry)
    chances = [p for _, p in o.deal_by]
    assert chances == sorted(chances)
    assert o.lapse.probability == pytest.approx(1 - (o.by_expiry or 0))
    assert o.lapse.without_agreement >= o.lapse.probability
    assert sum(p for _, p in o.term) == pytest.approx(1)
    assert o.base is not None
    assert o.amount.quantile(0.5) == pytest.approx(o.base * (1 + o.rise.quantile(0.5) / 100), rel=0.01)
    assert [b.name for b in o.baselines] == ["past", "last", "midpoint", "ridge"]
    assert o.sampler is not None
    assert o.sampler.effective > 500
    assert o.parameters["veto"] == OutlookPriors().veto
    assert json.loads(json.dumps(to_json(o)))["as_of"] == "2018-09-01"


def test_a_demand_moves_the_forecast_up_and_says_so() -> None:
    case = bare()
    low, high = (
        from_record([position("2019-12-01", "us", "demand", change=percent(p))], case, as_of=DAY, simulations=20_000)
        for p in (4, 40)
    )
    assert low.rise is not None
    assert high.rise is not None
    assert high.rise.mean > low.rise.mean
    told = next(i for i in low.influences if i.kind == "position")
    assert told.rise < 0
    assert set(told.claims) <= set(low.rests_on)


def test_as_much_as_says_less_than_the_figure_itself() -> None:
    """ "As much as 12 percent" allows everything below it, so the forecast lies lower and is not narrower."""
    case = bare()
    exact, up_to = (
        from_record(
            [position("2019-12-01", "us", "demand", change=percent(12) | {"bound": b})],
            case,
            as_of=DAY,
            simulations=20_000,
        )
        for b in ("exact", "up-to")
    )
    assert exact.zone is not None
    assert up_to.zone is not None
    width = [o.zone.low.quantile(0.9) - o.zone.low.quantile(0.1) for o in (exact, up_to) if o.zone]
    assert width[1] > width[0]


def test_silence_about_an_offer_is_not_an_offer_of_nothing() -> None:
    case = bare()
    demand = position("2019-12-01", "us", "demand", change=percent(30))
    silent, nothing = (
        from_record(entries, case, as_of=DAY, simulations=20_000)
        for entries in ([demand], [demand, position("2019-12-02", "rok", "offer", change=percent(0))])
    )
    assert silent.rise is not None
    assert nothing.rise is not None
    assert silent.rise.mean > nothing.rise.mean + 0.3


def test_a_deal_already_made_is_no_forecast_and_says_so() -> None:
    made = outlook(None, sma(), as_of=date(2021, 3, 20), simulations=FEW)
    assert made.status == "made"
    assert "2021-03-07" in made.sentence
    assert made.rise is not None
    assert set(made.rise.quantiles) == {made.rise.mean}
    assert made.rise.mean == pytest.approx(13.9, abs=0.01)
    told = [entry(report("x", "2020-02-02"), "settlement", agreement=11, when="2020-02-01", change=percent(9))]
    by_record = from_record(told, sma(), as_of=date(2020, 3, 1), simulations=FEW)
    assert by_record.status == "made"
    assert by_record.rests_on


def test_a_deadline_already_past_leaves_no_chance_of_a_deal_by_it() -> None:
    o = outlook(None, sma(), as_of=date(2020, 6, 1), simulations=FEW)
    assert o.by_expiry == 0.0
    assert o.lapse is not None
    assert o.lapse.probability == 1.0
    assert o.lapse.days is not None
    assert min(o.lapse.days.samples) >= (date(2020, 6, 1) - date(2019, 12, 31)).days
    assert "expired on 2019-12-31" in o.sentence


def test_without_positions_it_rests_on_the_past_and_says_so() -> None:
    o = outlook(None, bare(), as_of=DAY, talks=11, simulations=FEW)
    assert o.status == "forecast"
    assert "No figure of either side is known" in o.sentence
    one = from_record([position("2019-12-01", "rok", "offer", change=percent(4))], bare(), as_of=DAY, simulations=FEW)
    assert "No figure" not in one.sentence


def test_a_case_that_knows_nothing_but_names_still_gets_an_answer_with_its_width() -> None:
    """Agreements without sums, no rounds, no payments: the generic priors, wide; and with nothing at all a sentence."""
    case = small.case()
    o = outlook(None, case, as_of=date(2019, 12, 1), talks=11, simulations=FEW)
    assert o.status == "forecast"
    assert o.rise is not None
    assert o.amount is None
    assert o.rise.quantile(0.9) - o.rise.quantile(0.1) > 5
    assert o.baselines == ()
    empty = dataclasses.replace(case, agreements=())
    told = outlook(None, empty, as_of=date(2019, 12, 1), simulations=FEW)
    assert told.status == "none"
    assert "nothing to forecast" in told.sentence
    asked = outlook(None, empty, as_of=date(2019, 12, 1), talks=1, simulations=FEW)
    assert asked.status == "forecast"
    assert asked.by_expiry is None
    assert "not known" in asked.sentence


def test_a_figure_told_again_after_another_took_its_place_is_a_look_back() -> None:
    case = bare()
    moved = [
        position("2019-10-01", "us", "demand", change=percent(400)),
        position("2019-11-20", "us", "demand", change=percent(50)),
    ]
    back = position("2019-12-18", "us", "demand", change=percent(400))
    plain, retold = (from_record(entries, case, as_of=DAY, simulations=FEW) for entries in (moved, [*moved, back]))
    assert plain.rise == retold.rise
    assert set(retold.rests_on) - set(plain.rests_on) == {back.id}


def test_a_report_of_the_last_deal_under_the_wrong_number_makes_no_deal_and_no_talks() -> None:
    """A report of 2019 that puts the tenth agreement's sum to the eleventh, and one that has the twelfth talked about
    in the week in which the eleventh was settled."""
    wrong = entry(report("y", "2019-04-06"), "settlement", agreement=11, when="2019-04-05", change=percent(8.2))
    o = from_record([wrong], sma(), as_of=DAY, simulations=FEW)
    assert (o.status, o.talks) == ("forecast", 11)
    early = entry(report("z", "2021-03-12"), "position", agreement=12, side="us", act="demand", change=percent(20))
    after = from_record([early], sma(), as_of=date(2021, 3, 20), simulations=FEW)
    assert (after.status, after.talks) == ("made", 11)


def test_a_deal_after_which_the_sides_went_on_meeting_is_not_believed() -> None:
    told = entry(report("x", "2019-11-02"), "settlement", agreement=11, when="2019-11-01", change=percent(9))
    o = from_record([told], sma(), as_of=DAY, simulations=FEW)
    assert o.status == "forecast"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["us", "rok"]), st.sampled_from(["demand", "offer", "limit", "reject", "withdraw"]),
            st.sampled_from(["exact", "up-to", "at-least", "about"]),
            st.floats(-60, 900, allow_nan=False), st.integers(1, 19),
        ),
        max_size=6,
    )
)  # fmt: skip
def test_any_record_gets_a_forecast_in_order(told: list[tuple[str, str, str, float, int]]) -> None:
    """One side only, both at odds, absurd figures: finite, ordered, probabilities from 0 to 1."""
    entries = [
        position(f"2019-12-{day:02d}", side, act, change=percent(round(p, 2)) | {"bound": bound})
        for side, act, bound, p, day in told
    ]
    o = from_record(entries, bare(), as_of=DAY, simulations=500)
    assert o.status == "forecast"
    assert o.rise is not None
    assert all(math.isfinite(q) for q in o.rise.quantiles)
    assert list(o.rise.quantiles) == sorted(o.rise.quantiles)
    for p in (o.by_expiry, o.no_deal, o.veto, o.approval, o.zone and o.zone.probability):
        assert p is None or 0 <= p <= 1


@pytest.mark.parametrize(
    ("what", "check"),
    [
        ({"veto": "0.9"}, lambda a, b: b.veto > a.veto + 0.3),
        ({"expiry": "2020-12-31"}, lambda a, b: b.by_expiry > a.by_expiry + 0.3),
        ({"tentative": "30%"}, lambda a, b: b.rise.mean > a.rise.mean + 3),
        ({"offer": "1.3e12 KRW"}, lambda a, b: b.rise.mean > a.rise.mean + 3),
        ({"next-round": "2019-12-21"}, lambda a, b: b.date.quantile(0.05) <= a.date.quantile(0.05)),
    ],
    ids=lambda v: next(iter(v)) if isinstance(v, dict) else "",
)
def test_what_if(what: dict[str, str], check: object) -> None:
    case = bare()
    plain = outlook(None, case, as_of=DAY, talks=11, simulations=20_000)
    supposed = outlook(None, case, as_of=DAY, talks=11, simulations=20_000, what_if=what)
    assert check(plain, supposed)  # type: ignore[operator]
    assert supposed.what_if == what


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"colour": "red"}, "nothing called 'colour'"), ({"veto": "often"}, "is a number"),
        ({"veto": "2"}, "0 to 1"), ({"gap_spread": "1e9"}, "0.001 to 3"), ({"veto": "nan"}, "0 to 1"),
        ({"expiry": "soon"}, "is a day"), ({"offer": "a lot"}, "neither"), ({"offer": "3 EUR"}, "counted in KRW"),
        ({"offer": "1e30"}, "neither|times the sum"), ({"gap_days": "-3"}, "from 1 to"),
        ({"demand": "-100%"}, "times"),
    ],
)  # fmt: skip
def test_a_supposition_that_cannot_be_used_is_refused(what: dict[str, str], words: str) -> None:
    with pytest.raises(BurdenshareError, match=words):
        outlook(None, sma(), as_of=DAY, simulations=FEW, what_if=what)


@pytest.mark.parametrize("count", [0, 99, 10**9])
def test_a_count_out_of_bounds_is_refused(count: int) -> None:
    with pytest.raises(BurdenshareError, match="simulations"):
        outlook(None, sma(), as_of=DAY, simulations=count)


@pytest.mark.parametrize("name", NUMBERS)
def test_any_number_at_its_ends_gives_an_answer(name: str) -> None:
    """A slider pulled to either end: figures, or a sentence that no deal comes about."""
    for value in _bounds(name):
        o = outlook(None, sma(), as_of=DAY, simulations=500, what_if={name: str(value)})
        assert o.status == "forecast"
        assert o.sentence
        if o.rise is not None:
            assert all(math.isfinite(q) for q in o.rise.quantiles)
        assert all(0 <= p <= 1 for p in (o.by_expiry, o.no_deal) if p is not None)


def test_a_seed_or_day_out_of_bounds_is_refused() -> None:
    with pytest.raises(BurdenshareError, match="seed"):
        outlook(None, sma(), as_of=DAY, seed=-1)
    with pytest.raises(BurdenshareError, match="from 1900 to 2200"):
        outlook(None, sma(), as_of=date(9999, 12, 31))


def test_one_odd_settlement_moves_the_prior_little_and_more_past_narrows_it() -> None:
    priors = OutlookPriors()
    usual = [Weighted(0.06, 1.0)] * 8
    plain, odd = rise_quantiles(usual, priors), rise_quantiles([*usual, Weighted(0.6, 1.0)], priors)
    middle = len(plain) // 2
    assert abs(odd[middle] - plain[middle]) < 0.01
    nothing = rise_quantiles([], priors)
    assert plain[400] - plain[112] < nothing[400] - nothing[112]
    assert nothing[middle] == pytest.approx(math.log(1.03), abs=0.002)
    assert learn(100, 0.5, []).mean == pytest.approx(math.log(100))
    assert learn(100, 0.5, [Weighted(math.log(50), 1.0)]).mean == pytest.approx((math.log(100) + math.log(50)) / 2)


def test_the_dossier_is_read_as_the_talks_go_on() -> None:
    """The five reports of late 2019: the talks, their rounds and the demands are found in them."""
    seen = dossier(small.seeds(), known(sma(), DAY), as_of=DAY)
    o = outlook(seen, bare(rounds=()), as_of=DAY, simulations=FEW)
    assert o.talks == 11
    assert any(i.kind == "position" for i in o.influences)
    assert any(not c.startswith("case:") for c in o.rests_on)
    assert np.isfinite([i.rise for i in o.influences]).all()


def test_a_wrong_outlook_table_is_named_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    shutil.copytree(folder_of("us-rok-sma"), folder)
    file = folder / "case.toml"
    text = file.read_text(encoding="utf-8")
    assert cases.check(str(folder)) == []
    file.write_text(text.replace("[outlook]\n", "[outlook]\nveto = 1.5\ngap_dayz = 3\n", 1), encoding="utf-8")
    assert {p.key.rsplit(".", 1)[-1] for p in cases.check(str(folder))} == {"gap_dayz"}
    file.write_text(text.replace("[outlook]\n", "[outlook]\nveto = 1.5\n", 1), encoding="utf-8")
    wrong = cases.check(str(folder))
    assert [p.key.rsplit(".", 1)[-1] for p in wrong] == ["veto"]
    assert "0 to 1" in wrong[0].message


@pytest.mark.parametrize(
    ("change", "key"),
    [({"veto": 1.5}, "veto"), ({"gap_days": 0.0}, "gap_days"), ({"deadline": 1.0}, "deadline")],
)
def test_priors_of_a_case_file_are_checked(change: dict[str, float], key: str) -> None:
    assert [k for k, _ in mistakes(dataclasses.replace(OutlookPriors(), **change))] == [key]  # type: ignore[arg-type]
    assert not list(mistakes(OutlookPriors()))
