"""The table: a game is its address, it replays to the bit, and what is said of the deal is what theory says."""

from __future__ import annotations

import math
import re
from datetime import date
from itertools import product
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.conftest import CASE, Bench

from burdenshare import case as cases
from burdenshare.bargaining import (
    CategoricalIssue,
    LinearAdditive,
    OutcomeSpace,
    Scenario,
    Side,
    TableValue,
    negotiator_named,
    play_alternating,
    solve,
)
from burdenshare.costs import Basis
from burdenshare.dossier import Dossier, dossier
from burdenshare.web.table import evidence, game
from burdenshare.web.table.game import MoveError, Setting
from burdenshare.web.table.scenario import stakes

DAY = date(2019, 12, 20)
API = f"/api/v1/{CASE}/table"


def known(bench: Bench, day: date = DAY, case: str = CASE) -> Dossier:
    return dossier(bench.record.entries(case=case, as_of=day), cases.load(case), as_of=day)


def address(path: str, **query: Any) -> str:
    return f"{path}?{urlencode({'as_of': DAY.isoformat(), **query})}"


@pytest.fixture(scope="module")
def scenario(looking: Bench) -> Scenario:
    return stakes(known(looking), Basis(cases.load(CASE), DAY), seed=1).scenario


# -- the scenario ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases.shipped())
def test_every_case_has_a_scenario_or_says_why_not(looking: Bench, case: str) -> None:
    loaded = cases.load(case)
    found = 0
    for year in (1955, 1975, 1995, 2014, 2020, 2026):
        day = date(year, 6, 1)
        try:
            made = stakes(known(looking, day, case), Basis(loaded, day), seed=year)
        except evidence.NoTableError:
            continue
        found += 1
        assert list(made.sums) == sorted(set(made.sums))
        assert 2 <= len(made.sums) <= 50
        assert made.how
        table = made.scenario.tables()
        for side, row in zip(made.scenario.sides, table.utilities, strict=True):
            assert row.min() >= -1e-12
            assert row.max() <= 1 + 1e-12
            assert 0 < side.reserved < 1
        by_sum = table.utilities.reshape(2, len(made.sums), -1)
        assert (np.diff(by_sum[0], axis=0) < 0).all(), "a higher sum is worse for who pays"
        assert (np.diff(by_sum[1], axis=0) > 0).all()
        assert solve(made.scenario).nash is not None, "there is something both could agree to"
    assert found, "no day of this case gives a scenario"


def test_a_seed_decides_what_the_case_cannot_tell_and_nothing_else(looking: Bench) -> None:
    basis, found = Basis(cases.load(CASE), DAY), known(looking)
    first, again, other = (stakes(found, basis, seed=s) for s in (1, 1, 2))
    assert first == again
    assert (first.sums, first.terms, first.rules, first.shares) == (other.sums, other.terms, other.rules, other.shares)
    assert first.limits != other.limits


def test_the_day_decides_what_is_at_stake(looking: Bench) -> None:
    loaded = cases.load(CASE)
    demands = []
    for day in (date(2019, 5, 1), DAY):
        demands.append(evidence.openings(known(looking, day), Basis(loaded, day)).demand)
    assert demands[0] < demands[1], "the demand of the autumn was not known in May"


def test_openings_come_from_what_stands_in_the_record(looking: Bench) -> None:
    found, basis = known(looking), Basis(cases.load(CASE), DAY)
    stand = next(
        p for p in found.positions if p.act == "demand" and p.standing and p.amount and p.agreement == found.talks
    )
    middle = (stand.amount.least + stand.amount.most) / 2  # type: ignore[union-attr]
    won = middle * basis.rate(stand.amount.currency, "KRW", 2020).value  # type: ignore[union-attr]
    assert math.isclose(evidence.openings(found, basis).demand, won, rel_tol=1e-3)


# -- the game --------------------------------------------------------------------------------------------------------

TACTIC = st.sampled_from(game.TACTICS)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=TACTIC, second=TACTIC, opens=st.integers(0, 1), rounds=st.integers(1, 12), seed=st.integers(0, 99))
def test_two_tactics_play_as_the_protocol_has_it(
    scenario: Scenario, first: str, second: str, opens: int, rounds: int, seed: int
) -> None:
    setting = Setting(None, (first, second), opens, rounds, seed)
    played = game.play(scenario, setting, ())
    assert played == game.play(scenario, setting, ())
    order = (opens, 1 - opens)
    seated = Scenario("x", scenario.space, tuple(scenario.sides[i] for i in order))
    plain = play_alternating(
        seated.tables(), [negotiator_named((first, second)[i]) for i in order], rounds=rounds, seed=seed, trace=True,
        space=scenario.space,
    )  # fmt: skip
    assert played.end == plain.end
    assert [(x.round, order.index(x.side)) for x in played.turns] == [(o.round, o.side) for o in plain.trace]
    assert played.worth == tuple(plain.utilities[order.index(i)] for i in (0, 1))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seat=st.integers(0, 1), tactic=TACTIC, opens=st.integers(0, 1), seed=st.integers(0, 99), data=st.data())
def test_a_game_replays_and_grows_move_by_move(
    scenario: Scenario, seat: int, tactic: str, opens: int, seed: int, data: st.DataObject
) -> None:
    setting = Setting(seat, (tactic, tactic), opens, 4, seed)
    offer = st.tuples(*(st.integers(0, n - 1) for n in scenario.space.shape))
    moves: list[game.Move] = []
    before = game.play(scenario, setting, ())
    while not before.end:
        move = data.draw(st.one_of(offer, st.sampled_from(["a", "w"])))
        if move == "a" and (before.on_table is None or before.on_table.side == seat):
            with pytest.raises(MoveError):
                game.play(scenario, setting, [*moves, move])
            continue
        moves.append(move)
        text = game.text_of(moves)
        assert game.moves_of(text, scenario.space) == tuple(moves)
        assert re.fullmatch(game.MOVES, text)
        after = game.play(scenario, setting, game.moves_of(text, scenario.space))
        assert after.turns[: len(before.turns)] == before.turns, "what was played does not change"
        before = after
    assert [x.places for x in before.turns if x.side == seat] == [m for m in moves if not isinstance(m, str)]
    if moves[-1:] == ["a"]:
        assert before.end == "agreement"
        assert before.deal == before.turns[-1].places
    with pytest.raises(MoveError):
        game.play(scenario, setting, [*moves, "w"])


# -- what was possible -----------------------------------------------------------------------------------------------

WORTH = st.lists(st.integers(0, 20).map(lambda x: x / 20), min_size=3, max_size=3)


@given(st.lists(WORTH, min_size=4, max_size=4), st.floats(0, 0.5), st.floats(0, 0.5))
def test_the_distance_from_the_frontier_is_nought_on_it_and_only_there(
    worth: list[list[float]], first: float, second: float
) -> None:
    space = OutcomeSpace((CategoricalIssue("a", (0, 1, 2)), CategoricalIssue("b", (0, 1, 2))))
    sides = [
        Side(name, LinearAdditive((0.6, 0.4), (TableValue(tuple(a)), TableValue(tuple(b)))), reserved=reserved)
        for name, a, b, reserved in (("x", worth[0], worth[1], first), ("y", worth[2], worth[3], second))
    ]
    small = Scenario("small", space, tuple(sides))
    u = small.tables().utilities
    good = [i for i in range(9) if u[0, i] >= first and u[1, i] >= second]
    best = [i for i in good if not any((u[:, j] >= u[:, i]).all() and (u[:, j] > u[:, i]).any() for j in good)]
    for number, places in enumerate(product(range(3), range(3))):
        worths = (float(u[0, number]), float(u[1, number]))
        deal = game.Game((), 1, "agreement", places, 0, worths)
        judged = game.judge(small, deal)
        if not best:
            assert "pareto" not in judged.distances
            continue
        slow = min(math.dist(worths, u[:, j]) for j in best)
        assert math.isclose(judged.distances["pareto"], slow, abs_tol=1e-12)
        assert (judged.distances["pareto"] < 1e-12) == any(np.allclose(u[:, number], u[:, j], atol=1e-12) for j in best)
        if number in best:
            assert judged.more == (0.0, 0.0)


# -- the page --------------------------------------------------------------------------------------------------------


def test_a_game_is_played_through_the_form(looking: Bench) -> None:
    http, path = looking.http, f"/{CASE}/table"
    setting = {"side": "payer", "claimant": "conceder", "rounds": 6, "seed": 3}
    page = http.get(address(path, **setting), headers={"accept-language": "en"})
    assert "You are South Korea" in page.text
    assert "United States wanted" not in page.text, "the other side's wishes are not shown before the end"
    m = ""
    for places in ({"sum": 0, "term": 1, "rule": 0, "share": 1}, {"sum": 9, "term": 2, "rule": 0, "share": 1}):
        move = http.get(address(path, **setting, m=m, do="offer", **places), follow_redirects=False)
        assert move.status_code == 303
        query = dict(parse_qsl(urlsplit(move.headers["location"]).query))
        assert query["as_of"] == DAY.isoformat()
        assert "do" not in query
        m = query["m"]
    assert m == "0-1-0-1.9-2-0-1"
    told = http.get(address(API, **setting, m=m)).json()
    assert told["end"] is None
    assert [s["reserved"] is None for s in told["sides"]] == [False, True]
    assert all(o["utility_us"] is None for o in told["offers"])
    assert told["round"] == 3
    theirs = told["offers"][-1]
    done = http.get(address(path, **setting, m=m, do="accept"), follow_redirects=True)
    assert "A deal in round 3" in done.text
    assert "United States wanted" in done.text
    assert "<svg" in done.text
    end = http.get(address(API, **setting, m=f"{m}.a")).json()
    assert end["end"]["how"] == "agreement"
    assert end["issues"][0]["values"][end["end"]["deal"][0]] == theirs["sum"]
    assert all(s["reserved"] is not None for s in end["sides"])
    assert end["end"]["utilities"] == [end["offers"][-1]["utility_rok"], end["offers"][-1]["utility_us"]]


def test_walking_away_and_the_deadline_end_it(looking: Bench) -> None:
    walked = looking.http.get(address(API, m="w")).json()
    assert walked["end"]["how"] == "walk away"
    assert walked["end"]["utilities"] == [s["reserved"] for s in walked["sides"]]
    late = looking.http.get(address(API, rounds=2, m="0-0-0-0.0-0-0-0")).json()
    assert late["end"]["how"] == "deadline"
    assert late["end"]["deal"] is None


def test_a_game_can_be_watched(looking: Bench) -> None:
    page = looking.http.get(address(f"/{CASE}/table", side="watch", payer="linear", rounds=30))
    told = looking.http.get(address(API, side="watch", payer="linear", rounds=30)).json()
    assert told["end"]["how"] == "agreement"
    rows = looking.http.get(address(f"/{CASE}/table/file.json", side="watch", payer="linear", rounds=30)).json()
    assert rows == told["offers"]
    assert page.text.count('<li class="seat-') == len(rows)


def test_the_cost_of_an_offer_is_the_costing_it_links_to(looking: Bench) -> None:
    page = looking.http.get(address(f"/{CASE}/table"), headers={"accept-language": "en"}).text
    found = re.search(r'<a href="(/us-rok-sma/costs\?[^"]+)">([^<]+) in all years</a>', page)
    assert found
    link = found[1].replace("&amp;", "&")
    assert "as_of=2019-12-20" in link
    costing = looking.http.get(link.replace(f"/{CASE}", f"/api/v1/{CASE}", 1)).json()["positions"][0]["costing"]
    assert found[2].startswith(f"{costing['total']['krw'] / 1e12:.4f}".rstrip("0").rstrip("."))


MOVE = st.one_of(st.sampled_from(["a", "w", "0-0-0-0", "999-0-0-0", "1-1", "3-1-1-1"]), st.text(max_size=6))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.fixed_dictionaries(
        {},
        optional={
            "side": st.sampled_from(["payer", "claimant", "watch", "both"]),
            "payer": st.sampled_from([*game.TACTICS, "bold"]),
            "claimant": st.sampled_from(game.TACTICS),
            "opens": st.sampled_from(["payer", "claimant", ""]),
            "rounds": st.integers(-1, 12),
            "seed": st.integers(-1, 1_000_000),
            "m": st.lists(MOVE, max_size=5).map(".".join),
            "do": st.sampled_from(["offer", "accept", "walk", "wait"]),
            "sum": st.integers(-1, 60),
            "term": st.integers(0, 5),
            "as_of": st.dates(date(1940, 1, 1), date(2110, 1, 1)).map(str),
        },
    ),
    case=st.sampled_from(cases.shipped()),
)
def test_no_address_breaks_the_table(looking: Bench, query: dict[str, Any], case: str) -> None:
    given = urlencode(query)
    for path in (f"/api/v1/{case}/table", f"/{case}/table"):
        answer = looking.http.get(f"{path}?{given}", follow_redirects=False)
        assert answer.status_code in (200, 303, 400, 422), answer.text[:300]


@pytest.mark.parametrize("case", cases.shipped())
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_case_has_the_page(looking: Bench, case: str, lang: str) -> None:
    answer = looking.http.get(f"/{case}/table?as_of=2026-11-01", headers={"accept-language": lang})
    assert answer.status_code == 200
    assert '<form class="filters' in answer.text
