"""A case's talks as a scenario of bargaining, pure: the same case, dossier, day and seed give the same scenario.

Four issues, where the case knows enough for them: the first year's sum, the term, the rule for later years, and the
share of the largest category. The payer (first side) wants a low sum, a low rule and a high share, for what is spent on
that category stays in its own economy; the other side wants the reverse; each wants the term it last asked for.
Utilities are linear-additive on 0 to 1. What a case cannot tell is drawn by the seed: how much each side cares for
what, and its limit. So a player does not know the other side's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from burdenshare.bargaining import CategoricalIssue, LinearAdditive, OutcomeSpace, Scenario, Side, TableValue
from burdenshare.costs import Basis
from burdenshare.dossier import Dossier
from burdenshare.money import Rule
from burdenshare.web.table import evidence

LEVELS = 40  # sums between the openings, at most: as many as one can choose from a list
FEWEST = 20  # and at least: coarser steps than a side's room would leave nothing that both could take
# How a side's care is split before the draw: sum and rule together, then term and share. No case says; a negotiator
# cares most for the money, a host a little more for what stays at home, the other a little more for how long it holds.
MONEY, REST = 0.7, ((0.12, 0.18), (0.18, 0.12))
LEAST_RULE = 0.06  # a rule that moves less money than this still is worth a word
SPREAD = 0.3  # of the drawn weights: standard deviation of their logarithm
ROOM = (0.05, 0.35)  # how far beyond the usual landing a side's limit lies, as a part of the way to the other opening
ENDS = (0.1, 0.9)  # a landing at an opening itself would leave one side no room


@dataclass(frozen=True, slots=True)
class Stakes:
    """A scenario and what its values mean. Sides: the payer, then the other.

    `sums` are whole units of `currency` in `year`, the first year; `terms` years; `rules` and their yearly `rises` in
    percent; `shares` percent for `category`; empty where the issue is not played. `limits` are the sums at which each
    side's reserved value was set, everything else half to its taste. `how` says where it is from.
    """

    scenario: Scenario
    currency: str
    year: int
    sums: tuple[float, ...]
    terms: tuple[int, ...]
    rules: tuple[Rule, ...]
    rises: tuple[float, ...]
    category: str
    shares: tuple[int, ...]
    limits: tuple[float, float]
    how: tuple[str, ...]


def stakes(dossier: Dossier, basis: Basis, *, seed: int) -> Stakes:
    """The talks under way as a scenario as of the basis's day. Raises NoTableError where the case knows too little."""
    opened = evidence.openings(dossier, basis)
    sums = steps(opened, evidence.past_rises(basis), evidence.last_paid(basis))
    terms, wanted, terms_how = evidence.terms(dossier, basis)
    rules, rises, rules_how = evidence.rules(basis)
    if len(rules) < 2 or rises[0] == rises[-1]:
        rules, rises = (), ()
    shares = evidence.category_shares(basis)
    sides = (basis.case.host.id, basis.case.stationing.id)
    low, high = sums[0], sums[-1]
    payer: list[tuple[str, tuple[float, ...]]] = [("sum", tuple((high - s) / (high - low) for s in sums))]
    other: list[tuple[str, tuple[float, ...]]] = [("sum", tuple((s - low) / (high - low) for s in sums))]
    names: list[tuple[str, int]] = [("sum", len(sums)), ("term", len(terms))]
    for values, side in ((payer, sides[0]), (other, sides[1])):
        values.append(("term", nearness([abs(y - wanted[side]) for y in terms])))
    if rules:
        span = rises[-1] - rises[0]
        payer.append(("rule", tuple((rises[-1] - r) / span for r in rises)))
        other.append(("rule", tuple((r - rises[0]) / span for r in rises)))
        names.append(("rule", len(rules)))
    if shares is not None:
        _, percents, _ = shares
        width = percents[-1] - percents[0]
        payer.append(("share", tuple((p - percents[0]) / width for p in percents)))
        other.append(("share", tuple((percents[-1] - p) / width for p in percents)))
        names.append(("share", len(percents)))
    space = OutcomeSpace(tuple(CategoricalIssue(name, tuple(range(count))) for name, count in names))
    landed, landing_how = evidence.landing(basis)
    draw = Random(f"table {seed}")  # a string seeds by its bytes, the same on every machine
    part = money_part(sums, rises, terms)
    made, limits = [], []
    for number, (side, values) in enumerate(zip(sides, (payer, other), strict=True)):
        weights = drawn_weights([name for name, _ in values], part, REST[number], draw)
        limit, place = drawn_limit(landed, number, sums, draw)
        reserved = weights[0] * ((1 - place) if number == 0 else place) + (1 - weights[0]) / 2
        utility = LinearAdditive(tuple(weights), tuple(TableValue(worth) for _, worth in values))
        made.append(Side(side, utility, reserved=reserved))
        limits.append(limit)
    how = (*opened.how, f"terms: {terms_how}", f"later years: {rules_how}", landing_how)
    if shares is not None:
        how = (*how, f"{shares[0]}: {shares[2]}")
    return Stakes(
        Scenario(basis.case.id, space, tuple(made)), basis.case.host.currency, basis.first_year(dossier.talks), sums,
        terms, rules, rises, shares[0] if shares else "", shares[1] if shares else (), (limits[0], limits[1]), how,
    )  # fmt: skip


def nearness(distances: Sequence[float]) -> tuple[float, ...]:
    """1 for the nearest, 0 for the farthest, straight between; halves where all are as far."""
    near, far = min(distances), max(distances)
    return tuple((far - d) / (far - near) if far > near else 0.5 for d in distances)


def steps(opened: evidence.Openings, rises: Sequence[float], paid: float) -> tuple[float, ...]:
    """The sums from the offer to the demand, in steps of the middle past rise, or by FEWEST and LEVELS.

    Whole units of the host's currency; steps have two digits.
    """
    span = opened.demand - opened.offer
    sizes = sorted(abs(r) for r in rises if r)
    usual = paid * sizes[len(sizes) // 2] / 100 if sizes else span / LEVELS
    step = _two_digits(min(max(usual, span / LEVELS), span / FEWEST))
    found = [opened.offer]
    base = math.floor(opened.offer / step + 1e-9)
    while (base + 1) * step < opened.demand - step / 4:
        base += 1
        if base * step > opened.offer + step / 4:
            found.append(base * step)
    return tuple(float(round(s)) for s in (*found, opened.demand))


def _two_digits(value: float) -> float:
    size = 10.0 ** (math.floor(math.log10(value)) - 1)
    return max(1.0, math.ceil(value / size) * size)


def money_part(sums: Sequence[float], rises: Sequence[float], terms: Sequence[int]) -> float:
    """How much of the money the rule for later years moves, against the first sum: 0 to 1.

    The rule moves the yearly average of the middle sum over the longest term, from the lowest rule to the highest.
    """
    if not rises:
        return 0.0
    middle, years = (sums[0] + sums[-1]) / 2, max(terms)
    averages = [middle * sum((1 + r / 100) ** i for i in range(years)) / years for r in (rises[0], rises[-1])]
    moved = abs(averages[1] - averages[0])
    return max(LEAST_RULE, min(0.5, moved / (moved + sums[-1] - sums[0])))


def drawn_weights(names: Sequence[str], rule: float, rest: tuple[float, float], draw: Random) -> list[float]:
    """Weights that sum to 1, in the order of the issues: the usual ones, each bent by the draw."""
    usual = {"sum": MONEY * (1 - rule), "rule": MONEY * rule, "term": rest[0], "share": rest[1]}
    bent = [usual[name] * math.exp(draw.gauss(0, SPREAD)) for name in names]
    return [w / sum(bent) for w in bent]


def drawn_limit(landed: float, side: int, sums: Sequence[float], draw: Random) -> tuple[float, float]:
    """A side's limit: the sum, and its place between the openings (0 the offer, 1 the demand)."""
    usual, room = min(ENDS[1], max(ENDS[0], landed)), draw.uniform(*ROOM)
    place = usual + (1 - usual) * room if side == 0 else usual * (1 - room)
    return sums[0] + (sums[-1] - sums[0]) * place, place
