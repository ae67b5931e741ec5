"""The outlook page says what the command says, as of its day, keeps what is supposed in its address, and is kept."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from tests.web.conftest import CASE, Bench

from burdenshare import case as cases
from burdenshare.outlook import from_record, to_json
from burdenshare.web.forecasts import SEED, SIMULATIONS

DAY = "2019-12-10"


def api(bench: Bench, path: str = "", **query: Any) -> Any:
    return bench.http.get(f"/api/v1/{CASE}/outlook{path}", params={"as_of": DAY, **query})


def test_it_says_what_the_command_says(looking: Bench) -> None:
    entries = looking.record.entries(case=CASE)
    ours = from_record(entries, cases.load(CASE), as_of=date.fromisoformat(DAY), seed=SEED, simulations=SIMULATIONS)
    told = api(looking).json()
    made = to_json(ours)
    for key in ("sentence", "rise", "deal_by", "zone", "lapse", "rests_on", "baselines"):
        assert told[key] == made[key], key
    page = looking.get(f"/outlook?as_of={DAY}").text
    assert f"{ours.rise.quantile(0.5):.1f}%" in page  # type: ignore[union-attr]
    assert f"{100 * (ours.by_expiry or 0):.0f}%" in page


def test_what_came_later_changes_nothing(bench: Bench) -> None:
    before = api(bench).json()
    later = bench.claim("position", act="demand")
    for entry in bench.record.entries(case=CASE):
        if entry.report.published.when and str(entry.report.published.when.earliest) > DAY:
            later = entry.id
    answer = bench.post(f"/claims/{later}", {"decision": "reject", "back": "/"})
    assert answer.status_code == 303
    assert api(bench).json() == before
    talks = {row["talks"] for row in before["track_record"]}
    assert talks
    assert max(talks) < before["talks"], "talks that were over later cannot vouch for this forecast"


def test_a_supposition_moves_it_and_stays_in_the_address(looking: Bench) -> None:
    plain, high = api(looking).json(), api(looking, demand="60").json()
    assert high["what_if"] == {"demand": "60%"}
    assert high["rise"]["mean"] != plain["rise"]["mean"]
    page = looking.get(f"/outlook?as_of={DAY}&demand=60&veto=40").text
    assert re.search(r'name="demand"[^>]*value="60"', page)
    assert "Without what is supposed" in page
    assert f"/{CASE}/outlook/forecast.csv?demand=60&amp;veto=40&amp;as_of={DAY}" in page


def test_a_form_without_script_sends_empty_fields(looking: Bench) -> None:
    empty = "&".join(f"{name}=" for name in ("offer", "tentative", "veto", "approval", "expiry", "next_round", "other"))
    assert looking.get(f"/outlook?as_of={DAY}&demand=60&{empty}").status_code == 200


@pytest.mark.parametrize("other", ["nonsense", "nobody=3", "veto=much", "zone_percent=1e999", "demand=5 EUR"])
def test_a_wrong_supposition_is_a_sentence(looking: Bench, other: str) -> None:
    page = looking.get("/outlook", params={"as_of": DAY, "other": other})
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    told = api(looking, other=other)
    assert told.status_code == 400
    assert told.json()["error"]["message"]


def test_the_months_before_are_worked_out_beside_the_page(bench: Bench) -> None:
    page = bench.get(f"/outlook?as_of={DAY}").text
    assert "data-again" in page or "The forecast over time" in page
    key = next(iter(bench.http.app.state.desk.forecasts._histories.values()))  # type: ignore[attr-defined]
    key.future.result(timeout=120)
    found = api(bench, "/history").json()
    assert found["state"] == "done"
    days = [o["as_of"] for o in found["items"]]
    assert days == sorted(days)
    assert days[-1] == DAY
    assert found["items"][-1]["rise"] == api(bench).json()["rise"]


def test_files_hold_the_figures_of_the_page(looking: Bench) -> None:
    told = api(looking).json()
    text = looking.get(f"/outlook/forecast.csv?as_of={DAY}").text
    rows = list(csv.DictReader(io.StringIO(text)))
    by_day = {r["at"]: float(r["value"]) for r in rows if r["measure"] == "deal by"}
    assert by_day == dict(told["deal_by"])
    assert looking.get(f"/outlook/forecast.json?as_of={DAY}").json()[0]["sentence"] == told["sentence"]


@pytest.mark.parametrize("day", ["1950-01-01", "1990-06-01", "2024-12-31", "2100-01-01"])
def test_a_day_without_talks_has_a_sentence(looking: Bench, day: str) -> None:
    page = looking.get(f"/outlook?as_of={day}")
    assert page.status_code == 200
    assert re.search(r'<section class="lead"[^>]*><p>\w', page.text)


def test_an_empty_record_is_forecast_from_the_case(empty: Bench) -> None:
    assert empty.get("/outlook").status_code == 200


def test_a_forecast_is_made_once(looking: Bench) -> None:
    forecasts = looking.http.app.state.desk.forecasts  # type: ignore[attr-defined]
    api(looking, demand="33")
    made = dict(forecasts._made)
    looking.get(f"/outlook?as_of={DAY}&demand=33")
    looking.get(f"/outlook/forecast.json?as_of={DAY}&demand=33")
    again = {k: v for k, v in forecasts._made.items() if k in made}
    assert all(made[k] is v for k, v in again.items())
    assert len(again) == len(made)
