"""The backtest: what it scores, and that the stored track record is the one the code and the data make."""

from __future__ import annotations

import dataclasses
import json
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from tests.dossier import cases as small
from tests.outlook.talks import SMA, sma

import burdenshare.outlook
from burdenshare.errors import BurdenshareError
from burdenshare.outlook import backtest, known, outlook, scores
from burdenshare.outlook.backtesting import as_json, dates, digest, scored, talks_to_test
from burdenshare.outlook.history import past
from burdenshare.outlook.summary import summary
from burdenshare.outlook.track_record import stored

TRACK = Path(burdenshare.outlook.__file__).parent / "track" / f"{SMA}.json"


def test_the_stored_track_record_is_fresh() -> None:
    """Stale? `burdenshare outlook backtest --case us-rok-sma --format json`, into the file."""
    held = stored(sma())
    assert held is not None
    assert held.fresh, "run `burdenshare outlook backtest --case us-rok-sma --format json` and keep what it prints"


def test_a_row_of_it_is_what_the_code_gives() -> None:
    held = json.loads(TRACK.read_text(encoding="utf-8"))
    row = next(r for r in held["rows"] if r["talks"] == 9 and r["as_of"] == "2013-12-02")
    case = sma()
    found = outlook(None, case, as_of=date(2013, 12, 2), talks=9, seed=held["seed"], simulations=held["simulations"])
    now = scored(found, case, 9, held["seed"])
    assert now is not None
    for name in ("low", "median", "high", "crps", "by_expiry"):
        assert getattr(now, name) == pytest.approx(row[name], abs=1e-3), name


def test_it_beats_what_it_must_beat() -> None:
    """At least 15% under the best baseline in the mean, and a better Brier score than the base rate's."""
    held = stored(sma())
    assert held is not None
    assert held.talks == 5
    assert held.skill >= 0.15
    assert held.brier is not None
    assert held.brier_base is not None
    assert held.brier < held.brier_base


def test_a_page_of_a_day_knows_only_talks_that_were_over() -> None:
    case = sma()
    assert stored(case, as_of=date(2008, 12, 30)) is None
    then, now = stored(case, as_of=date(2019, 12, 20)), stored(case)
    assert then is not None
    assert now is not None
    assert [t["talks"] for t in then.rows] == [8, 9, 10]
    held = json.loads(TRACK.read_text(encoding="utf-8"))
    assert now.crps == pytest.approx(held["crps"], abs=1e-3)
    assert now.skill == pytest.approx(held["skill_best"], abs=1e-3)
    assert now.brier == pytest.approx(held["brier"], abs=1e-3)


def test_the_talks_and_their_dates() -> None:
    case = sma()
    assert talks_to_test(case) == [8, 9, 10, 11, 12]
    days = dates(case, 11)
    assert days[0] == date(2019, 9, 25)
    assert days[-1] < date(2021, 3, 7)
    assert [d.day for d in days] == [25] * len(days)
    assert dates(dataclasses.replace(case, rounds=()), 11) == []


def test_scores_are_those_of_the_forecast() -> None:
    case = sma()
    found = outlook(None, case, as_of=date(2018, 10, 9), talks=10, simulations=2000)
    row = scored(found, case, 10, 1)
    assert row is not None
    assert row.observed == pytest.approx(8.2)
    assert found.rise is not None
    assert row.crps == pytest.approx(float(scores.crps_sample(np.array(found.rise.samples), 8.2)))
    assert dict(row.baselines)["last"] == pytest.approx(abs(8.2 - 5.8))
    assert row.happened is False
    assert row.letter is None


def test_a_rise_put_off_by_a_lapse_is_that_of_the_first_new_year() -> None:
    """The 11th covers 2020 at the old sum; it was made in 2021, and what it newly set is 13.9 percent for 2021."""
    made = {p.number: p for p in past(known(sma(), date(2025, 1, 1)))}
    assert 100 * math.expm1(made[11].rise or 0) == pytest.approx(13.9)
    row = scored(outlook(None, sma(), as_of=date(2020, 5, 25), talks=11, simulations=2000), sma(), 11, 1)
    assert row is not None
    assert row.letter == pytest.approx(0.0, abs=1e-9)


def test_only_the_asked_talks_and_reproducible() -> None:
    case = sma()
    one, again = (backtest(case, talks=[12], simulations=500) for _ in range(2))
    assert [t.talks for t in one.talks] == [12]
    assert as_json(one) == as_json(again)
    with pytest.raises(BurdenshareError, match="no past talks"):
        backtest(small.case())


def test_the_digest_sees_what_the_backtest_sees() -> None:
    case = sma()
    changed = dataclasses.replace(case, payments=case.payments[:-4])
    assert digest(changed) != digest(case)
    assert digest(dataclasses.replace(case, title={"en": ("Other",)})) == digest(case)


def test_the_summary_puts_it_in_words() -> None:
    case = sma()
    found = outlook(None, case, as_of=date(2019, 12, 20), simulations=2000)
    words = summary(found, stored(case))
    text = " ".join(s.text for s in words.more)
    assert "5 past talks" in text
    assert "So few talks prove little." in text
    assert words.numbers["rise_low"] is not None
    assert words.lead.text == found.sentence
    assert "no track record" in summary(found, None).more[-1].text
