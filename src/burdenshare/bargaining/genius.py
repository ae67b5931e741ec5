"""GENIUS XML scenarios: a folder with a domain (`negotiation_template`) and one utility file (`utility_space`) a side.

The format is described in the GENIUS user guide (Lin et al. 2014, doi:10.1111/j.1467-8640.2012.00463.x). Real files
vary; this reader takes what the competitions of 2010 to 2016 used: discrete items, integer and real issues with linear
evaluators, hyper-rectangles. A discount of 0 or 1, or none, means that there is no discounting.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from burdenshare.bargaining.scenario import Scenario, Side
from burdenshare.bargaining.space import CategoricalIssue, ContinuousIssue, IntegerIssue, Issue, OutcomeSpace
from burdenshare.bargaining.utility import Box, Boxes, LinearAdditive, Utility
from burdenshare.bargaining.values import (
    AffineValue,
    QuadraticValue,
    TableValue,
    TriangularValue,
    ValueFunction,
    worthless,
)
from burdenshare.errors import BargainingError

Element = Any

MAX_FILE_BYTES = 20_000_000
"""The largest real file is 1 MB; a scenario twenty times that is a mistake or an attack."""


def root_of(path: Path) -> Element:
    """The root element; BargainingError naming file and line where the XML is broken, too large or uses entities."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise BargainingError(f"{path} has {size} bytes; the bound for a scenario file is {MAX_FILE_BYTES}.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        tree = etree.parse(str(path), parser)
    except etree.XMLSyntaxError as error:
        raise BargainingError(f"{path}, line {error.lineno}: this is not well-formed XML: {error.msg}.") from None
    if tree.docinfo.internalDTD is not None:
        raise BargainingError(f"{path}: a document type declaration is refused in scenario files; remove it.")
    return tree.getroot()


def domain_from(root: Element, path: Path) -> OutcomeSpace:
    """The outcome space of a domain file's root element."""
    objective = root.find(".//objective")
    holder = root.find("utility_space") if objective is None else objective
    if holder is None:
        raise BargainingError(f"{path}, line {root.sourceline}: no <objective> with issues was found.")
    by_index: dict[int, Issue] = {}
    for element in holder.findall("issue"):
        by_index[int(number(element, "index", path))] = issue_from(element, path)
    if not by_index:
        raise BargainingError(
            f"{path}, line {holder.sourceline}: the domain has no issues, so there are zero outcomes."
        )
    return OutcomeSpace(tuple(by_index[key] for key in sorted(by_index)))


def issue_from(element: Element, path: Path) -> Issue:
    name = text(element, "name", path)
    kind = element.get("type", "discrete")
    if kind == "discrete":
        values = [text(item, "value", path) for item in element.findall("item")]
        return located(lambda: CategoricalIssue(name, tuple(dict.fromkeys(values))), element, path)
    bounds = element if element.find("range") is None else element.find("range")
    low, high = number(bounds, "lowerbound", path), number(bounds, "upperbound", path)
    if kind == "integer":
        return located(lambda: IntegerIssue(name, int(low), int(high)), element, path)
    if kind == "real":
        return located(lambda: ContinuousIssue(name, low, high), element, path)
    raise BargainingError(
        f"{path}, line {element.sourceline}: the issue {name!r} has the type {kind!r}; "
        "expected discrete, integer or real."
    )


def side_from(root: Element, path: Path, *, space: OutcomeSpace) -> Side:
    """One side from a utility file's root element, over the issues of `space`."""
    objective = root if root.find("objective") is None else root.find("objective")
    reserved = attribute_of(root, "reservation", path, absent=0.0)
    discount = attribute_of(root, "discount_factor", path, absent=1.0)
    if not 0 <= discount <= 1:
        raise BargainingError(f"{path}: the discount factor is {discount}; it must be between 0 and 1.")
    boxes = [box_from(element, path) for element in objective.iter("hyperRectangle")]
    utility: Utility = Boxes(tuple(boxes)) if boxes else linear_from(objective, path, space=space)
    return Side(name=path.stem, utility=utility, reserved=reserved, discount=discount if discount > 0 else 1.0)


def linear_from(objective: Element, path: Path, *, space: OutcomeSpace) -> LinearAdditive:
    values: dict[int, ValueFunction] = {}
    # Weights name issues by the number in the file, which may start above 1 or leave numbers out.
    numbered: dict[int, int] = {}
    for element in objective.findall("issue"):
        name = text(element, "name", path)
        if name not in space.names:
            raise BargainingError(
                f"{path}, line {element.sourceline}: the issue {name!r} is not in the domain, "
                f"which has {', '.join(space.names)}."
            )
        index = space.names.index(name)
        numbered[int(number(element, "index", path))] = index
        values[index] = value_function(element, path, issue=space.issues[index])
    weights: dict[int, float] = {}
    bias = 0.0
    for element in objective.findall("weight"):
        index = int(number(element, "index", path))
        if index in numbered:
            weights[numbered[index]] = number(element, "value", path)
        else:
            bias += number(element, "value", path)
    if not values:
        raise BargainingError(
            f"{path}, line {objective.sourceline}: no issue is valued; each issue needs its evaluations."
        )
    ordered = [values.get(i, worthless(issue)) for i, issue in enumerate(space.issues)]
    used = [weights.get(i, 1.0) if i in values else 0.0 for i in range(len(space.issues))]
    return LinearAdditive(tuple(used), tuple(ordered), bias=bias, weights_sum=None)


def value_function(element: Element, path: Path, *, issue: Issue) -> ValueFunction:
    evaluator = element.find("evaluator")
    if evaluator is not None:
        return evaluator_from(evaluator, path)
    worth: dict[Any, float] = {}
    for item in element.findall("item"):
        worth[text(item, "value", path)] = number(item, "evaluation", path)
    missing = [issue.value(i) for i in range(issue.count) if str(issue.value(i)) not in worth]
    if missing:
        raise BargainingError(
            f"{path}, line {element.sourceline}: the issue {issue.name!r} has no evaluation for {missing[0]!r}, "
            "which the domain lists."
        )
    return TableValue(tuple(worth[str(issue.value(i))] for i in range(issue.count)))


def evaluator_from(element: Element, path: Path) -> ValueFunction:
    kind = element.get("ftype", "linear")

    def parameter(*names: str, absent: float) -> float:
        return next((number(element, name, path) for name in names if element.get(name) is not None), absent)

    if kind == "linear":
        return AffineValue(parameter("slope", "parameter1", absent=1.0), parameter("offset", "parameter0", absent=0.0))
    if kind == "quadratic":
        return QuadraticValue(
            a2=parameter("parameter2", "a2", absent=1.0),
            a1=parameter("parameter1", "a1", absent=1.0),
            offset=parameter("parameter0", "offset", absent=0.0),
        )
    if kind == "triangular":
        return TriangularValue(
            start=parameter("parameter0", "start", absent=0.0),
            middle=parameter("parameter2", "middle", absent=1.0),
            end=parameter("parameter1", "end", absent=1.0),
        )
    raise BargainingError(
        f"{path}, line {element.sourceline}: the evaluator {kind!r} is unknown; "
        "expected linear, quadratic or triangular."
    )


def box_from(element: Element, path: Path) -> Box:
    def conditions(tag: str) -> tuple[tuple[int, float, float], ...]:
        return tuple(
            (int(number(e, "index", path)) - 1, number(e, "min", path), number(e, "max", path))
            for e in element.findall(tag)
        )

    weight = number(element.getparent(), "weight", path) if element.getparent().get("weight") else 1.0
    return Box(number(element, "utility", path) * weight, conditions("INCLUDES"), conditions("EXCLUDES"))


def text(element: Element, name: str, path: Path) -> str:
    value = element.get(name)
    if value is None:
        raise BargainingError(f"{path}, line {element.sourceline}: <{element.tag}> needs the attribute {name!r}.")
    return str(value)


def number(element: Element, name: str, path: Path) -> float:
    value = text(element, name, path)
    try:
        found = float(value)
    except ValueError:
        found = math.nan
    if not math.isfinite(found) and not (element.tag == "reservation" and found == -math.inf):
        raise BargainingError(
            f"{path}, line {element.sourceline}: the attribute {name!r} of <{element.tag}> is {value!r}; "
            "expected a number."
        )
    return found


def attribute_of(root: Element, tag: str, path: Path, *, absent: float) -> float:
    element = root.find(f".//{tag}")
    return absent if element is None else number(element, "value", path)


def located(make: Callable[[], Issue], element: Element, path: Path) -> Issue:
    try:
        return make()
    except BargainingError as error:
        raise BargainingError(f"{path}, line {element.sourceline}: {error}") from None


def read_genius(domain: Path, profiles: Sequence[Path]) -> Scenario:
    """A scenario from a domain file and the sides' utility files. Raises BargainingError naming file and line."""
    space = domain_from(root_of(domain), domain)
    sides = tuple(side_from(root_of(path), path, space=space) for path in profiles)
    return Scenario(domain.parent.name, space, sides)


def write_genius(scenario: Scenario, folder: Path) -> list[Path]:
    """Write `<name>-domain.xml` and one utility file a side; the paths written.

    Raises BargainingError where GENIUS XML cannot say it: constraints, ratification, deadlines, tabulated utilities, a
    reserved value of minus infinity (written as 0, as GENIUS means it, only where no utility is below 0).
    """
    if scenario.constraints or scenario.ratification or any(side.deadline for side in scenario.sides):
        raise BargainingError("GENIUS XML has no constraints, ratification or deadlines; write this scenario as TOML.")
    folder.mkdir(parents=True, exist_ok=True)
    template = etree.Element("negotiation_template")
    outer = etree.SubElement(template, "utility_space", number_of_issues=str(len(scenario.space.issues)))
    add_issues(outer, scenario.space, None)
    paths = [folder / f"{scenario.name}-domain.xml"]
    save(template, paths[0])
    for side in scenario.sides:
        root = etree.Element("utility_space")
        add_issues(root, scenario.space, side.utility)
        etree.SubElement(root, "discount_factor", value=repr(side.discount))
        etree.SubElement(root, "reservation", value=repr(reserved_for_genius(side)))
        paths.append(folder / f"{side.name}.xml")
        save(root, paths[-1])
    return paths


def reserved_for_genius(side: Side) -> float:
    if side.reserved != -math.inf:
        return side.reserved
    if isinstance(side.utility, LinearAdditive) and any(weight < 0 for weight in side.utility.weights):
        raise BargainingError(f"GENIUS XML cannot say that {side.name!r} has no reserved value; give it one.")
    return 0.0


def save(root: Element, path: Path) -> None:
    path.write_bytes(etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True))


def add_issues(parent: Element, space: OutcomeSpace, utility: Utility | None) -> None:
    if utility is not None and not isinstance(utility, LinearAdditive):
        raise BargainingError("GENIUS XML is written for linear-additive utilities only; write this scenario as TOML.")
    objective = etree.SubElement(
        parent, "objective", index="0", description="", name="root", type="objective", etype="objective"
    )
    for position, issue in enumerate(space.issues):
        kind = {CategoricalIssue: "discrete", IntegerIssue: "integer", ContinuousIssue: "real"}[type(issue)]
        element = etree.SubElement(
            objective, "issue", index=str(position + 1), name=issue.name, type=kind, etype=kind, vtype=kind
        )
        if not isinstance(issue, CategoricalIssue):
            element.set("lowerbound", repr(issue.low))
            element.set("upperbound", repr(issue.high))
        value = None if utility is None else utility.values[position]
        if isinstance(issue, CategoricalIssue):
            worth = None if value is None else value.at(issue).tolist()
            for place in range(issue.count):
                item = etree.SubElement(element, "item", index=str(place + 1), value=str(issue.value(place)))
                if worth is not None:
                    item.set("evaluation", repr(worth[place]))
        elif isinstance(value, AffineValue):
            etree.SubElement(element, "evaluator", ftype="linear", slope=repr(value.slope), offset=repr(value.offset))
        elif value is not None:
            raise BargainingError(f"GENIUS XML needs a linear value function for the number issue {issue.name!r}.")
    if utility is not None:
        for position, weight in enumerate(utility.weights):
            etree.SubElement(objective, "weight", index=str(position + 1), value=repr(weight))
        if utility.bias:
            etree.SubElement(objective, "weight", index=str(len(space.issues) + 1), value=repr(utility.bias))
