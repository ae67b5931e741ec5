"""NegMAS YAML scenarios: a folder with an outcome-space file and one utility file a side.

What is read: Cartesian outcome spaces of categorical, contiguous and continuous issues; linear-additive and affine
utilities; exponential discounting of those. The format is that of NegMAS 0.16 (Mohammad, Nakadai and Greenwald 2021).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from burdenshare.bargaining.scenario import Scenario, Side
from burdenshare.bargaining.space import CategoricalIssue, ContinuousIssue, IntegerIssue, Issue, OutcomeSpace
from burdenshare.bargaining.utility import LinearAdditive
from burdenshare.bargaining.values import AffineValue, TableValue, ValueFunction
from burdenshare.errors import BargainingError

MAX_FILE_BYTES = 20_000_000
PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")}
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mapped(dict[Any, Any]):
    """A YAML mapping that knows its line (from 1)."""

    line: int = 0


def document(path: Path) -> Mapped:
    """The top mapping of a YAML file; BargainingError naming file and line where it is broken, large or has aliases."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise BargainingError(f"{path} has {size} bytes; the bound for a scenario file is {MAX_FILE_BYTES}.")
    try:
        loader = LOADER(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        built = build(node, loader, path, depth=0, seen=set())
    except UnicodeDecodeError as error:
        raise BargainingError(f"{path}: this is not UTF-8 text (byte {error.start}); save it as UTF-8.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise BargainingError(f"{path}{place}: this is not well-formed YAML: {problem}.") from None
    if not isinstance(built, Mapped):
        raise BargainingError(f"{path}: expected a mapping at the top of the file.")
    return built


def build(node: Any, loader: Any, path: Path, *, depth: int, seen: set[int]) -> Any:
    """Plain values with the lines of mappings kept. Aliases are refused: they can make a small file enormous."""
    if node is None:
        return None
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return scalar(node, loader)
    if id(node) in seen or depth > 20:
        raise BargainingError(f"{path}, line {line}: aliases and nesting deeper than 20 are refused in scenario files.")
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        if node.tag.endswith("python/tuple") or node.tag == "tag:yaml.org,2002:seq":
            return [build(child, loader, path, depth=depth + 1, seen=seen) for child in node.value]
        raise BargainingError(f"{path}, line {line}: the tag {node.tag} is refused; use plain lists.")
    mapped = Mapped()
    mapped.line = line
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise BargainingError(f"{path}, line {key_node.start_mark.line + 1}: a key must be plain text or a number.")
        key = scalar(key_node, loader)
        if key in mapped:
            raise BargainingError(f"{path}, line {key_node.start_mark.line + 1}: the key {key!r} stands twice.")
        mapped[key] = build(value_node, loader, path, depth=depth + 1, seen=seen)
    return mapped


def scalar(node: Any, loader: Any) -> Any:
    """A plain value; what YAML would turn into a date or bytes stays text."""
    if node.tag in PLAIN_TAGS:
        return loader.construct_object(node)
    return node.value


def need(data: Mapped, key: str, path: Path) -> Any:
    if key not in data:
        raise BargainingError(f"{path}, line {data.line}: the key {key!r} is missing.")
    return data[key]


def listed(value: Any, what: str, path: Path, *, line: int) -> list[Any]:
    if not isinstance(value, list):
        raise BargainingError(f"{path}, line {line}: {what} must be a list.")
    return value


def real(value: Any, what: str, path: Path, *, line: int) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BargainingError(f"{path}, line {line}: {what} is {value!r}; expected a number.")
    return float(value)


def space_from(data: Mapped, path: Path) -> OutcomeSpace:
    issues: list[Issue] = []
    for entry in listed(need(data, "issues", path), "issues", path, line=data.line):
        if not isinstance(entry, Mapped):
            raise BargainingError(f"{path}, line {data.line}: each issue must be a mapping with name, type and values.")
        try:
            issues.append(issue_from(entry, path))
        except BargainingError as error:
            if str(error).startswith(str(path)):
                raise
            raise BargainingError(f"{path}, line {entry.line}: {error}") from None
    return OutcomeSpace(tuple(issues))


def issue_from(entry: Mapped, path: Path) -> Issue:
    name = str(need(entry, "name", path))
    kind = str(need(entry, "type", path)).rsplit(".", 1)[-1]
    values = need(entry, "values", path)
    if kind in ("CategoricalIssue", "OrdinalIssue", "CardinalIssue"):
        return CategoricalIssue(name, tuple(listed(values, "values", path, line=entry.line)))
    if kind in ("ContiguousIssue", "ContinuousIssue"):
        bounds = listed(values, "values", path, line=entry.line)
        if len(bounds) != 2:
            raise BargainingError(f"{path}, line {entry.line}: the issue {name!r} needs two bounds, low and high.")
        low, high = (real(bound, f"a bound of {name!r}", path, line=entry.line) for bound in bounds)
        if not (math.isfinite(low) and math.isfinite(high)):
            raise BargainingError(f"{path}, line {entry.line}: the bounds of {name!r} must be finite numbers.")
        if kind == "ContiguousIssue":
            return IntegerIssue(name, int(low), int(high))
        return ContinuousIssue(name, low, high)
    raise BargainingError(
        f"{path}, line {entry.line}: the issue {name!r} has the type {kind!r}; expected CategoricalIssue, "
        "ContiguousIssue or ContinuousIssue."
    )


def side_from(data: Mapped, path: Path, *, space: OutcomeSpace) -> Side:
    kind = str(need(data, "type", path)).rsplit(".", 1)[-1]
    discount = 1.0
    inner = data
    if kind == "ExpDiscountedUFun":
        discount = real(data.get("discount", 1.0), "discount", path, line=data.line)
        inner = need(data, "ufun", path)
        if not isinstance(inner, Mapped):
            raise BargainingError(
                f"{path}, line {data.line}: 'ufun' must be a mapping with the utility that is discounted."
            )
        kind = str(need(inner, "type", path)).rsplit(".", 1)[-1]
    if kind in ("LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction"):
        utility = linear_from(inner, path, space=space)
    elif kind in ("AffineUtilityFunction", "LinearUtilityFunction"):
        weights = weights_from(inner, path, space=space)
        bias = real(inner.get("bias", 0.0), "bias", path, line=inner.line)
        values: tuple[ValueFunction, ...] = (AffineValue(1.0),) * len(space.issues)
        utility = LinearAdditive(weights, values, bias=bias, bias_last=True, weights_sum=None)
    else:
        raise BargainingError(
            f"{path}, line {inner.line}: the utility has the type {kind!r}; expected LinearAdditiveUtilityFunction, "
            "AffineUtilityFunction, or ExpDiscountedUFun of one of them."
        )
    reserved = data.get("reserved_value")
    reserved = inner.get("reserved_value") if reserved is None else reserved
    return located_side(
        str(data.get("name") or path.stem),
        utility,
        -float("inf") if reserved is None else real(reserved, "reserved_value", path, line=data.line),
        discount,
        path,
    )


def located_side(name: str, utility: LinearAdditive, reserved: float, discount: float, path: Path) -> Side:
    try:
        return Side(name, utility, reserved=reserved, discount=discount)
    except BargainingError as error:
        raise BargainingError(f"{path}: {error}") from None


def by_issue(given: Any, what: str, path: Path, *, space: OutcomeSpace, line: int) -> list[Any]:
    """A list a NegMAS file gives in the order of the issues, or as a mapping by issue name."""
    if isinstance(given, Mapped):
        for key in given:
            if key not in space.names:
                raise BargainingError(
                    f"{path}, line {given.line}: {what} names {key!r}, which is no issue of the domain."
                )
        return [given.get(name) for name in space.names]
    found = listed(given, what, path, line=line)
    if len(found) != len(space.issues):
        raise BargainingError(
            f"{path}, line {line}: {what} has {len(found)} entries and the domain {len(space.issues)} issues."
        )
    return found


def weights_from(data: Mapped, path: Path, *, space: OutcomeSpace) -> tuple[float, ...]:
    given = data.get("weights")
    if given is None:
        return (1.0,) * len(space.issues)
    entries = by_issue(given, "weights", path, space=space, line=data.line)
    return tuple(1.0 if e is None else real(e, "a weight", path, line=data.line) for e in entries)


def linear_from(data: Mapped, path: Path, *, space: OutcomeSpace) -> LinearAdditive:
    entries = by_issue(need(data, "values", path), "values", path, space=space, line=data.line)
    functions = [
        value_from(entry, path, issue=issue, line=data.line) for entry, issue in zip(entries, space.issues, strict=True)
    ]
    bias = real(data.get("bias", 0.0), "bias", path, line=data.line)
    return LinearAdditive(weights_from(data, path, space=space), tuple(functions), bias=bias, weights_sum=None)


def value_from(entry: Any, path: Path, *, issue: Issue, line: int) -> ValueFunction:
    if not isinstance(entry, Mapped):
        raise BargainingError(
            f"{path}, line {line}: the value function of {issue.name!r} must be a mapping with a type."
        )
    kind = str(need(entry, "type", path)).rsplit(".", 1)[-1]
    if kind == "TableFun":
        mapping = need(entry, "mapping", path)
        if not isinstance(mapping, Mapped):
            raise BargainingError(
                f"{path}, line {entry.line}: 'mapping' must map the values of {issue.name!r} to numbers."
            )
        worth = []
        for place in range(issue.count):
            value = issue.value(place)
            if value not in mapping:
                raise BargainingError(
                    f"{path}, line {mapping.line}: the table has no number for {value!r} of the issue {issue.name!r}."
                )
            worth.append(real(mapping[value], f"the number for {value!r}", path, line=mapping.line))
        return TableValue(tuple(worth))
    if kind in ("AffineFun", "LinearFun", "IdentityFun", "ConstFun"):
        slope = 0.0 if kind == "ConstFun" else real(entry.get("slope", 1.0), "slope", path, line=entry.line)
        offset = real(entry.get("bias", 0.0), "bias", path, line=entry.line)
        return AffineValue(slope, offset)
    raise BargainingError(
        f"{path}, line {entry.line}: the value function of {issue.name!r} has the type {kind!r}; expected TableFun, "
        "AffineFun, LinearFun or IdentityFun."
    )


def read_negmas(domain: Path, profiles: Sequence[Path]) -> Scenario:
    """A scenario from a space file and the sides' utility files. Raises BargainingError naming file and line."""
    return scenario_from(domain, document(domain), [(path, document(path)) for path in profiles])


def scenario_from(domain: Path, data: Mapped, profiles: Sequence[tuple[Path, Mapped]]) -> Scenario:
    space = space_from(data, domain)
    sides = tuple(side_from(content, path, space=space) for path, content in profiles)
    return Scenario(domain.parent.name, space, sides)


def write_negmas(scenario: Scenario, folder: Path) -> list[Path]:
    """Write `<name>.yml` and one utility file a side; the paths written.

    Raises BargainingError where the format cannot say it: constraints, ratification, deadlines, tables, boxes.
    """
    if scenario.constraints or scenario.ratification or any(side.deadline for side in scenario.sides):
        raise BargainingError("NegMAS YAML has no constraints, ratification or deadlines; write this scenario as TOML.")
    folder.mkdir(parents=True, exist_ok=True)
    issues = []
    for issue in scenario.space.issues:
        if isinstance(issue, CategoricalIssue):
            issues.append({"name": issue.name, "type": "CategoricalIssue", "values": list(issue.values)})
        else:
            kind = "ContiguousIssue" if isinstance(issue, IntegerIssue) else "ContinuousIssue"
            issues.append({"name": issue.name, "type": kind, "values": [issue.low, issue.high]})
    paths = [folder / f"{scenario.name}.yml"]
    dump({"issues": issues, "name": scenario.name, "type": "DiscreteCartesianOutcomeSpace"}, paths[0])
    for side in scenario.sides:
        paths.append(folder / f"{side.name}.yml")
        dump(side_mapping(side, scenario.space), paths[-1])
    return paths


def side_mapping(side: Side, space: OutcomeSpace) -> dict[str, Any]:
    utility = side.utility
    if not isinstance(utility, LinearAdditive):
        raise BargainingError("NegMAS YAML is written for linear-additive utilities only; write this scenario as TOML.")
    functions: list[dict[str, Any]] = []
    for value, issue in zip(utility.values, space.issues, strict=True):
        if isinstance(value, AffineValue):
            functions.append({"bias": value.offset, "slope": value.slope, "type": "AffineFun"})
        else:
            table = dict(zip((issue.value(i) for i in range(issue.count)), value.at(issue).tolist(), strict=True))
            functions.append({"mapping": table, "type": "TableFun"})
    inner: dict[str, Any] = {
        "name": side.name,
        "reserved_value": side.reserved,
        "type": "LinearAdditiveUtilityFunction",
        "values": functions,
        "weights": list(utility.weights),
    }
    if utility.bias:
        inner["bias"] = utility.bias
    if side.discount == 1.0:
        return inner
    return {
        "discount": side.discount,
        "name": side.name,
        "reserved_value": side.reserved,
        "type": "ExpDiscountedUFun",
        "ufun": inner,
    }


def dump(data: dict[str, Any], path: Path) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
