"""Outcome spaces, utilities, constraints and the three file forms."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.bargaining import memory
from burdenshare.bargaining.files import read_scenario, write_scenario
from burdenshare.bargaining.scenario import (
    Bound,
    Condition,
    Constraint,
    Ratification,
    Scenario,
    Side,
    table_from_arrays,
)
from burdenshare.bargaining.space import CategoricalIssue, ContinuousIssue, IntegerIssue, OutcomeSpace
from burdenshare.bargaining.utility import Box, Boxes, LinearAdditive, Tabulated
from burdenshare.bargaining.values import AffineValue, TableValue
from burdenshare.errors import BargainingError

from .cases import basing, real_scenarios


def test_outcomes_are_numbered_like_itertools_product() -> None:
    space = basing().space
    listed = list(itertools.product(range(10, 21), (1, 3, 5, 6), ("frozen", "prices", "defence budget")))
    assert list(space) == listed
    assert [space.index(outcome) for outcome in listed] == list(range(space.size))


def test_a_linear_table_is_the_sum_in_plain_python_to_the_last_bit() -> None:
    scenario = basing()
    tables = scenario.tables()
    for side, row in zip(scenario.sides, tables.utilities, strict=True):
        utility = side.utility
        assert isinstance(utility, LinearAdditive)
        worth = [v.at(i).tolist() for v, i in zip(utility.values, scenario.space.issues, strict=True)]
        for number in range(scenario.space.size):
            total = utility.bias
            for weight, numbers, place in zip(utility.weights, worth, scenario.space.positions(number), strict=True):
                total += weight * numbers[place]
            assert row[number] == total


def test_boxes_count_what_lies_inside_and_what_lies_outside() -> None:
    space = OutcomeSpace((IntegerIssue("x", 0, 4), IntegerIssue("y", 0, 4)))
    utility = Boxes((Box(10, inside=((0, 1, 2),)), Box(5, inside=((1, 0, 0),), outside=((0, 2, 4),))), bias=1)
    table = utility.table(space)
    for number, (x, y) in enumerate(space):
        assert table[number] == 1 + (10 if 1 <= x <= 2 else 0) + (5 if y == 0 and not 2 <= x <= 4 else 0)


def test_constraints_and_ratification_follow_the_outcomes() -> None:
    scenario = replace(
        basing(),
        constraints=(
            Constraint(Condition((("years", (1,)), ("growth", ("frozen",)))), forbid=True),
            Constraint(Bound((("payment", 1.0),), high=15)),
        ),
        ratification=Ratification("assembly", (Condition((("years", (3, 5)),)),), 0.8),
    )
    tables = scenario.tables()
    allowed = [o for o in scenario.space if o[0] <= 15 and not (o[1] == 1 and o[2] == "frozen")]
    assert [scenario.space.outcome(tables.outcome_id(i)) for i in range(tables.outcomes)] == allowed
    assert tables.approval is not None
    assert tables.approval.tolist() == [0.8 if o[1] in (3, 5) else 0.0 for o in allowed]


@pytest.mark.parametrize("form", ["toml", "genius", "negmas"])
def test_a_scenario_written_is_the_scenario_read(tmp_path: Path, form: str) -> None:
    scenario = basing()
    if form == "genius":  # GENIUS knows values as text only
        years = scenario.space.issues[1]
        space = OutcomeSpace(
            (scenario.space.issues[0], CategoricalIssue("years", ("1", "3", "5", "6")), scenario.space.issues[2])
        )
        assert isinstance(years, CategoricalIssue)
        scenario = replace(scenario, space=space)
    target = tmp_path / "basing"
    write_scenario(scenario, target.with_suffix(".toml") if form == "toml" else target, form=form)
    back = read_scenario(target.with_suffix(".toml") if form == "toml" else target)
    assert back.space == scenario.space
    assert [s.name for s in back.sides] == [s.name for s in scenario.sides]
    assert [s.reserved for s in back.sides] == [s.reserved for s in scenario.sides]
    assert np.array_equal(back.tables().utilities, scenario.tables().utilities)


def test_toml_keeps_everything(tmp_path: Path) -> None:
    space = OutcomeSpace((CategoricalIssue('say "x"', ("a\n", True, 1.5)), ContinuousIssue("share", 0.0, 1.0, 3)))
    scenario = Scenario(
        "all",
        space,
        (
            Side("table", Tabulated(np.arange(9) / 7), discount=0.9, deadline=8),
            Side(
                "boxes", Boxes((Box(2.0, inside=((1, 0.0, 0.5),), outside=((1, 0.9, 1.0),)),), bias=0.5), reserved=0.5
            ),
            Side("free", LinearAdditive((2.0, 1.0), (TableValue((0, 0.1, 1)), AffineValue(1.0)), weights_sum=None)),
        ),
        (Constraint(Bound((("share", 2.0),), low=0.5)),),
        Ratification("senate", (Condition((('say "x"', (True,)),)), Bound((("share", 1.0),), high=0.5)), 0.25),
    )
    path = tmp_path / "all.toml"
    write_scenario(scenario, path, form="toml")
    assert read_scenario(path) == scenario


@settings(deadline=None, max_examples=20)
@given(st.permutations([0, 1, 2]))
def test_permuting_the_issues_permutes_the_outcomes_and_nothing_else(order: list[int]) -> None:
    from burdenshare.bargaining.solutions import solve

    scenario = basing()
    sides = []
    for side in scenario.sides:
        u = side.utility
        assert isinstance(u, LinearAdditive)
        moved = LinearAdditive(tuple(u.weights[i] for i in order), tuple(u.values[i] for i in order))
        sides.append(replace(side, utility=moved))
    other = Scenario("moved", OutcomeSpace(tuple(scenario.space.issues[i] for i in order)), tuple(sides))
    plain, moved_points = solve(scenario), solve(other)
    assert moved_points.frontier.utilities.shape == plain.frontier.utilities.shape
    assert np.allclose(np.sort(moved_points.frontier.utilities), np.sort(plain.frontier.utilities), atol=1e-12)
    assert plain.nash is not None
    assert moved_points.nash is not None
    assert np.allclose(moved_points.nash.utilities, plain.nash.utilities, atol=1e-12)


XML_DOMAIN = """<negotiation_template><utility_space><objective index="0" name="r">
<issue index="1" name="price" type="discrete"><item index="1" value="low"/><item index="2" value="high"/></issue>
</objective></utility_space></negotiation_template>"""
XML_SIDE = """<utility_space><objective index="0" name="r">
<issue index="1" name="price" type="discrete"><item index="1" value="low" evaluation="{}"/>
<item index="2" value="high" evaluation="2"/></issue><weight index="1" value="1"/></objective></utility_space>"""
TOML = """name = "t"
[[issue]]
name = "x"
type = "integer"
low = 0
high = {high}
[[side]]
name = "a"
[[side.utility]]
issue = "x"
weight = {weight}
{value}
"""


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"d.xml": XML_DOMAIN, "s.xml": XML_SIDE.format("lots")}, ["s.xml, line 2", "evaluation", "'lots'"]),
        ({"d.xml": XML_DOMAIN, "s.xml": XML_SIDE.format("nan")}, ["evaluation", "nan"]),
        ({"d.xml": XML_DOMAIN.replace("high", "dear"), "s.xml": XML_SIDE.format("1")}, ["s.xml, line 2", "'dear'"]),
        ({"d.xml": XML_DOMAIN[:-5], "s.xml": XML_SIDE.format("1")}, ["d.xml, line 3", "XML"]),
        ({"d.xml": "<!DOCTYPE x [<!ENTITY e 'x'>]>" + XML_DOMAIN, "s.xml": XML_SIDE}, ["d.xml", "document type"]),
        ({"d.yml": "issues: [a\ntype: b", "s.yml": "type: xfun"}, ["d.yml, line 2", "YAML"]),
        ({"d.yml": "type: XOutcomeSpace\nissues: &a [*a]", "s.yml": "type: xfun"}, ["d.yml", "aliases"]),
        (
            {
                "d.yml": "type: XOutcomeSpace\nissues:\n- name: x\n  type: CategoricalIssue\n  values: [a, b]",
                "s.yml": "type: LinearAdditiveUtilityFunction\nweights: [1]\nvalues:\n- type: TableFun"
                "\n  mapping: {a: 1}",
            },
            ["s.yml, line 5", "'b'"],
        ),
        ({"s.toml": TOML.format(high=3, weight=0.5, value="slope = 1")}, ['side 1 ("a")', "0.5", "1"]),
        ({"s.toml": TOML.format(high=3, weight=1, value="slop = 1")}, ['side 1 ("a"), utility 1', "slop"]),
        ({"s.toml": TOML.format(high=-1, weight=1, value="slope = 1")}, ["issue 1", "zero outcomes"]),
        ({"s.toml": TOML.format(high=3, weight=1, value="worth = [1, 2]")}, ["utility 1", "2 numbers for 4"]),
        ({"s.toml": TOML.format(high=3, weight=1, value="slope = nan")}, ["nan"]),
        ({"s.toml": "name = \n"}, ["line 1"]),
        ({"readme.txt": "x"}, ["holds no scenario"]),
    ],
)
def test_a_wrong_file_gets_an_error_that_names_the_place(
    tmp_path: Path, files: dict[str, str], words: list[str]
) -> None:
    folder = tmp_path / "scenario"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_text(content)
    with pytest.raises(BargainingError) as caught:
        read_scenario(folder).tables()
    for word in words:
        assert word in str(caught.value)


def test_bad_input_is_refused_with_its_cause_and_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    space = OutcomeSpace((IntegerIssue("x", 0, 9),))
    cases = {
        "zero outcomes": lambda: OutcomeSpace(()),
        "no values": lambda: CategoricalIssue("x", ()),
        "twice": lambda: CategoricalIssue("x", ("a", "a")),
        "outcome number 2 is nan": lambda: table_from_arrays(np.array([[0, 1, math.nan], [1, 1, 1]])),
        "cover zero outcomes": lambda: table_from_arrays(np.empty((2, 0))),
        "sum to 0.9": lambda: LinearAdditive((0.4, 0.5), (AffineValue(1), AffineValue(1))),
        "deadline of 'a' is -1": lambda: Side("a", Boxes(), deadline=-1),
        "above 0 and at most 1": lambda: Side("a", Boxes(), discount=0.0),
        "reserved value of 'a' is nan": lambda: Side("a", Boxes(), reserved=math.nan),
        "leave zero outcomes": lambda: Scenario(
            "s", space, (Side("a", Boxes()),), (Constraint(Bound((("x", 1.0),), low=99)),)
        ).tables(),
    }
    for words, make in cases.items():
        with pytest.raises(BargainingError, match=words):
            make()
    monkeypatch.setattr(memory, "free_bytes", lambda: 1_000_000)
    huge = OutcomeSpace(tuple(IntegerIssue(f"i{n}", 0, 9) for n in range(30)))
    with pytest.raises(BargainingError, match=r"10\^\d+ GB of memory and the bound is 0.0005 GB"):
        Scenario("huge", huge, (Side("a", Boxes()),)).tables()


def test_the_real_scenarios_are_read_with_their_sizes() -> None:
    import csv

    folder = real_scenarios()
    read = 0
    with (folder / "index.csv").open() as lines:
        for row in list(csv.DictReader(lines))[::4]:
            if row["format"] == "json" or not row["n_outcomes"]:
                continue
            scenario = read_scenario(folder / row["path"])
            expected = float(row["n_outcomes"])
            assert math.isinf(expected) or math.isclose(scenario.space.size, expected), row["path"]
            assert len(scenario.sides) == float(row["n_ufuns"]), row["path"]
            read += 1
    assert read > 50
