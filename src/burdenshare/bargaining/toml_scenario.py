"""The program's own scenario form: one TOML file. `docs/bargaining.md` shows every key.

TOML keeps no line numbers once parsed, so an error names the file and the path of the key, such as
`side 2 ("buyer"), utility 1 (issue "price"), key "weight"`.
"""

from __future__ import annotations

import json
import math
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from burdenshare.bargaining.scenario import Bound, Condition, Constraint, Ratification, Scenario, Side
from burdenshare.bargaining.space import (
    DEFAULT_LEVELS,
    CategoricalIssue,
    ContinuousIssue,
    IntegerIssue,
    Issue,
    OutcomeSpace,
    Value,
)
from burdenshare.bargaining.utility import Box, Boxes, LinearAdditive, Tabulated, Utility
from burdenshare.bargaining.values import (
    AffineValue,
    QuadraticValue,
    TableValue,
    TriangularValue,
    ValueFunction,
    worthless,
)
from burdenshare.errors import BargainingError

MAX_FILE_BYTES = 50_000_000
"""A tabulated side of two million outcomes; larger tables belong in arrays, not in text."""


class Place:
    """A table of the file with its place, that hands out keys and refuses unknown ones."""

    def __init__(self, data: Any, where: str) -> None:
        if not isinstance(data, dict):
            raise BargainingError(f"{where}: expected a table of keys.")
        self.data, self.where, self.used = data, where, set[str]()

    def has(self, key: str) -> bool:
        return key in self.data

    def raw(self, key: str) -> Any:
        self.used.add(key)
        if key not in self.data:
            raise BargainingError(f'{self.where}: the key "{key}" is missing.')
        return self.data[key]

    def number(self, key: str, absent: float | None = None) -> float:
        if absent is not None and key not in self.data:
            return absent
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise BargainingError(f'{self.where}, key "{key}": {value!r} is no number.')
        return float(value)

    def whole(self, key: str, absent: int | None = None) -> int:
        value = self.number(key, None if absent is None else float(absent))
        if not math.isfinite(value) or not value.is_integer():
            raise BargainingError(f'{self.where}, key "{key}": {value!r} is no whole number.')
        return int(value)

    def text(self, key: str, absent: str | None = None) -> str:
        if absent is not None and key not in self.data:
            return absent
        value = self.raw(key)
        if not isinstance(value, str):
            raise BargainingError(f'{self.where}, key "{key}": {value!r} is no text.')
        return value

    def numbers(self, key: str, value: Any) -> list[float]:
        """A list of finite numbers found under `key`."""
        if not isinstance(value, list) or not all(
            isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n) for n in value
        ):
            raise BargainingError(f'{self.where}, key "{key}": {value!r} is no list of finite numbers.')
        return [float(n) for n in value]

    def many(self, key: str) -> list[Any]:
        value = self.raw(key) if key in self.data else []
        if not isinstance(value, list):
            raise BargainingError(f'{self.where}, key "{key}": expected a list.')
        return value

    def finish(self) -> None:
        for key in self.data:
            if key not in self.used:
                known = ", ".join(sorted(self.used))
                raise BargainingError(f'{self.where}: the key "{key}" is unknown here; the keys read are {known}.')

    def build(self, make: Any) -> Any:
        """The value of `make()`, its BargainingError completed with this place."""
        try:
            return make()
        except BargainingError as error:
            if str(error).startswith(self.where.split(":")[0].split(", ")[0]):
                raise
            raise BargainingError(f"{self.where}: {error}") from None


def read_toml(path: Path) -> Scenario:
    """A scenario from one TOML file. Raises BargainingError naming file and key, or the line of a syntax error."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise BargainingError(f"{path} has {size} bytes; the bound for a scenario file is {MAX_FILE_BYTES}.")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BargainingError(f"{path}: this is not well-formed TOML in UTF-8: {error}.") from None
    top = Place(data, str(path))
    name = top.text("name", path.stem)
    space = top.build(lambda: OutcomeSpace(tuple(issue_from(e, i, path) for i, e in enumerate(top.many("issue"), 1))))
    sides = tuple(side_from(e, i, path, space=space) for i, e in enumerate(top.many("side"), 1))
    constraints = []
    for i, entry in enumerate(top.many("constraint"), 1):
        place = Place(entry, f"{path}, constraint {i}")
        forbid = place.has("forbid") and place.raw("forbid") is True
        constraints.append(Constraint(rule_from(place, space), forbid=forbid))
        place.finish()
    ratification = ratification_from(top.raw("ratification"), path, space=space) if top.has("ratification") else None
    top.finish()
    return Scenario(name, space, sides, tuple(constraints), ratification)


def issue_from(entry: Any, position: int, path: Path) -> Issue:
    place = Place(entry, f"{path}, issue {position}")
    name = place.text("name")
    place.where = f'{path}, issue {position} ("{name}")'
    kind = place.text("type", "categorical")
    issue: Issue
    if kind == "categorical":
        values = tuple(place.many("values"))
        issue = place.build(lambda: CategoricalIssue(name, values))
    elif kind == "integer":
        low, high = place.whole("low"), place.whole("high")
        issue = place.build(lambda: IntegerIssue(name, low, high))
    elif kind == "continuous":
        bounds, levels = (place.number("low"), place.number("high")), place.whole("levels", DEFAULT_LEVELS)
        issue = place.build(lambda: ContinuousIssue(name, bounds[0], bounds[1], levels))
    else:
        raise BargainingError(
            f'{place.where}, key "type": {kind!r} is unknown; expected categorical, integer or continuous.'
        )
    place.finish()
    return issue


def side_from(entry: Any, position: int, path: Path, *, space: OutcomeSpace) -> Side:
    place = Place(entry, f"{path}, side {position}")
    name = place.text("name", f"side {position}")
    place.where = f'{path}, side {position} ("{name}")'
    reserved = place.number("reserved", -math.inf)
    discount = place.number("discount", 1.0)
    deadline = place.whole("deadline") if place.has("deadline") else None
    utility: Utility
    if place.has("table"):
        numbers = place.many("table")
        if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
            raise BargainingError(f'{place.where}, key "table": expected a list of numbers, one an outcome.')
        utility = place.build(lambda: Tabulated(np.array(numbers, dtype=np.float64)))
        place.build(lambda: utility.table(space))
    elif place.has("box"):
        utility = boxes_from(place, space)
    else:
        utility = linear_from(place, space)
    side: Side = place.build(lambda: Side(name, utility, reserved=reserved, discount=discount, deadline=deadline))
    place.finish()
    return side


def linear_from(place: Place, space: OutcomeSpace) -> LinearAdditive:
    weights = [0.0] * len(space.issues)
    values: list[ValueFunction] = [worthless(issue) for issue in space.issues]
    for position, entry in enumerate(place.many("utility"), 1):
        part = Place(entry, f"{place.where}, utility {position}")
        name = part.text("issue")
        index = part.build(lambda name=name: space.issue_index(name))
        part.where += f' (issue "{name}")'
        weights[index] = part.number("weight")
        values[index] = value_from(part, space.issues[index])
        part.finish()
    bias = place.number("bias", 0.0)
    total = None if place.has("weights_sum") and place.raw("weights_sum") == "any" else place.number("weights_sum", 1.0)
    utility: LinearAdditive = place.build(
        lambda: LinearAdditive(tuple(weights), tuple(values), bias=bias, weights_sum=total)
    )
    return utility


def value_from(part: Place, issue: Issue) -> ValueFunction:
    value: ValueFunction
    if part.has("worth"):
        worth = part.raw("worth")
        if isinstance(worth, dict):
            places = {str(issue.value(i)): i for i in range(issue.count)}
            for key in worth:
                if key not in places:
                    raise BargainingError(f'{part.where}, key "worth": {key!r} is no value of the issue.')
            missing = [key for key in places if key not in worth]
            if missing:
                raise BargainingError(f'{part.where}, key "worth": there is no number for {missing[0]!r}.')
            worth = [worth[key] for key in places]
        if not isinstance(worth, list) or not all(
            isinstance(n, int | float) and not isinstance(n, bool) for n in worth
        ):
            raise BargainingError(f'{part.where}, key "worth": expected one number a value.')
        value = TableValue(tuple(float(n) for n in worth))
    elif part.has("start"):
        value = TriangularValue(part.number("start"), part.number("middle"), part.number("end"))
    elif part.has("square"):
        value = QuadraticValue(part.number("square"), part.number("slope", 0.0), part.number("offset", 0.0))
    else:
        value = AffineValue(part.number("slope"), part.number("offset", 0.0))
    part.build(lambda: value.at(issue))
    return value


def boxes_from(place: Place, space: OutcomeSpace) -> Boxes:
    boxes = []
    for position, entry in enumerate(place.many("box"), 1):
        part = Place(entry, f"{place.where}, box {position}")
        conditions = {}
        for key in ("inside", "outside"):
            ranges = part.raw(key) if part.has(key) else {}
            if not isinstance(ranges, dict) or not all(len(part.numbers(key, r)) == 2 for r in ranges.values()):
                raise BargainingError(f'{part.where}, key "{key}": expected issue = [low, high].')
            conditions[key] = tuple(
                (part.build(lambda name=name: space.issue_index(name)), float(r[0]), float(r[1]))
                for name, r in ranges.items()
            )
        boxes.append(Box(part.number("worth"), conditions["inside"], conditions["outside"]))
        part.finish()
    return Boxes(tuple(boxes), bias=place.number("bias", 0.0))


def rule_from(place: Place, space: OutcomeSpace) -> Condition | Bound:
    rule: Condition | Bound
    if place.has("where"):
        table = place.raw("where")
        if not isinstance(table, dict) or not table:
            raise BargainingError(f'{place.where}, key "where": expected issue = [values].')
        rule = Condition(tuple((name, tuple(v) if isinstance(v, list) else (v,)) for name, v in table.items()))
        for name, values in rule.where:
            issue = space.issues[place.build(lambda name=name: space.issue_index(name))]
            for value in values:
                place.build(lambda issue=issue, value=value: issue.position(value))
        return rule
    sums = place.raw("sum")
    if not isinstance(sums, dict) or not sums:
        raise BargainingError(f'{place.where}, key "sum": expected issue = weight.')
    place.numbers("sum", list(sums.values()))
    rule = Bound(
        tuple((name, float(w)) for name, w in sums.items()),
        place.number("low", -math.inf),
        place.number("high", math.inf),
    )
    for name, _ in rule.weights:
        place.build(lambda name=name: space.issues[space.issue_index(name)].numbers())
    return rule


def ratification_from(entry: Any, path: Path, *, space: OutcomeSpace) -> Ratification:
    place = Place(entry, f"{path}, ratification")
    body, probability = place.text("body", "ratifying body"), place.number("probability", 1.0)
    rules = []
    for position, rule in enumerate(place.many("rule"), 1):
        part = Place(rule, f"{path}, ratification, rule {position}")
        rules.append(rule_from(part, space))
        part.finish()
    place.finish()
    built: Ratification = place.build(lambda: Ratification(body, tuple(rules), probability))
    return built


def quoted(value: Value | float) -> str:
    """A TOML value: text in quotes, numbers exact."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return repr(value)


def listing(values: Any) -> str:
    return "[" + ", ".join(quoted(v) for v in values) + "]"


def write_toml(scenario: Scenario, path: Path) -> None:
    """Write a scenario as one TOML file; reading it back gives an equal scenario."""
    lines = [f"name = {quoted(scenario.name)}"]
    for issue in scenario.space.issues:
        lines += ["", "[[issue]]", f"name = {quoted(issue.name)}"]
        if isinstance(issue, CategoricalIssue):
            lines += [f"values = {listing(issue.values)}"]
        else:
            kind = "integer" if isinstance(issue, IntegerIssue) else "continuous"
            lines += [f'type = "{kind}"', f"low = {quoted(issue.low)}", f"high = {quoted(issue.high)}"]
            if isinstance(issue, ContinuousIssue):
                lines += [f"levels = {issue.levels}"]
    for side in scenario.sides:
        lines += side_lines(side, scenario.space)
    for constraint in scenario.constraints:
        lines += ["", "[[constraint]]", *(["forbid = true"] if constraint.forbid else []), *rule_lines(constraint.rule)]
    if scenario.ratification is not None:
        body = scenario.ratification
        lines += ["", "[ratification]", f"body = {quoted(body.body)}", f"probability = {quoted(body.probability)}"]
        for rule in body.rules:
            lines += ["", "[[ratification.rule]]", *rule_lines(rule)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def rule_lines(rule: Condition | Bound) -> list[str]:
    if isinstance(rule, Condition):
        return ["where = {" + ", ".join(f"{quoted(name)} = {listing(values)}" for name, values in rule.where) + "}"]
    sums = "sum = {" + ", ".join(f"{quoted(name)} = {quoted(weight)}" for name, weight in rule.weights) + "}"
    return [sums, f"low = {quoted(rule.low)}", f"high = {quoted(rule.high)}"]


def side_lines(side: Side, space: OutcomeSpace) -> list[str]:
    lines = ["", "[[side]]", f"name = {quoted(side.name)}", f"reserved = {quoted(side.reserved)}"]
    lines += [f"discount = {quoted(side.discount)}"] if side.discount != 1 else []
    lines += [f"deadline = {side.deadline}"] if side.deadline is not None else []
    utility = side.utility
    if isinstance(utility, Tabulated):
        return [*lines, f"table = {listing(utility.utilities.tolist())}"]
    lines += [f"bias = {quoted(utility.bias)}"] if utility.bias else []
    if isinstance(utility, Boxes):
        for box in utility.boxes:
            lines += ["[[side.box]]", f"worth = {quoted(box.worth)}"]
            for key, conditions in (("inside", box.inside), ("outside", box.outside)):
                ranges = (f"{quoted(space.issues[i].name)} = {listing((low, high))}" for i, low, high in conditions)
                lines += [f"{key} = {{{', '.join(ranges)}}}"] if conditions else []
        return lines
    if utility.bias_last:
        raise BargainingError("The TOML form adds the bias first; read this scenario as it is.")
    total = utility.weights_sum
    lines += ['weights_sum = "any"'] if total is None else [f"weights_sum = {quoted(total)}"] if total != 1 else []
    for issue, weight, value in zip(space.issues, utility.weights, utility.values, strict=True):
        lines += [
            "[[side.utility]]",
            f"issue = {quoted(issue.name)}",
            f"weight = {quoted(weight)}",
            *value_lines(value),
        ]
    return lines


def value_lines(value: ValueFunction) -> list[str]:
    if isinstance(value, TableValue):
        return [f"worth = {listing(value.worth)}"]
    if isinstance(value, AffineValue):
        return [f"slope = {quoted(value.slope)}", f"offset = {quoted(value.offset)}"]
    if isinstance(value, QuadraticValue):
        return [f"square = {quoted(value.a2)}", f"slope = {quoted(value.a1)}", f"offset = {quoted(value.offset)}"]
    return [f"start = {quoted(value.start)}", f"middle = {quoted(value.middle)}", f"end = {quoted(value.end)}"]
