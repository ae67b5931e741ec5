"""What a case and its dossier say about bargaining as of a day: openings, steps, terms, rules, shares, landings.

Every figure comes from the case, the dossier or the forecast's priors; each comes with a line that says from where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from burdenshare import costs
from burdenshare.case import Agreement, PastPosition
from burdenshare.case.priors import OutlookPriors
from burdenshare.costs import Basis
from burdenshare.costs.position import YEARS
from burdenshare.dossier import Dossier
from burdenshare.errors import BurdenshareError
from burdenshare.money import Amount, Phase, Range, Rule

LONGEST = 12  # years; a pledge for longer is no term of an agreement
RULES = 4  # the latest rules of growth that differ
SAME = 0.05  # percent a year; rules this close are one choice
_YEARS = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")


class NoTableError(BurdenshareError):
    """The case does not know enough by the day to bargain over: says what is missing."""


@dataclass(frozen=True, slots=True)
class Openings:
    """What both sides open with: whole units of the host's currency a year, `offer` below `demand`."""

    offer: float
    demand: float
    how: tuple[str, ...]


def digits(value: float) -> float:
    """Four digits: what is said at a table."""
    return float(f"{value:.4g}")


def last_paid(basis: Basis) -> float:
    """The last payment known by the day in the host's currency. Raises NoTableError."""
    year = basis.last_paid(basis.next_year)
    if year is None:
        raise NoTableError(f"{basis.case.id} knows no payment by {basis.as_of}, so there is nothing to bargain over")
    paid = in_host(year.amount, basis, year.year)
    if paid <= 0:
        raise NoTableError(f"{basis.case.id} has a last payment of nothing, so no step can be counted from it")
    return paid


def in_host(amount: Amount, basis: Basis, year: int) -> float:
    """The middle of an amount in the host's currency. Raises MoneyError where there is no rate."""
    middle = (amount.least + amount.most) / 2
    host = basis.case.host.currency
    return middle if amount.currency == host else middle * basis.rate(amount.currency, host, year).value


# -- openings --------------------------------------------------------------------------------------------------------


def openings(dossier: Dossier, basis: Basis) -> Openings:
    """From what stands in the dossier, else the case's record of these talks, else past openings, else past rises."""
    found: dict[str, tuple[float, str]] = {}
    for role, acts in (("offer", ("offer", "limit")), ("demand", ("demand", "limit"))):
        side = basis.case.host.id if role == "offer" else basis.case.stationing.id
        sources = (_standing(dossier, basis, side, acts), _recorded(dossier, basis, side, acts))
        chosen = next((s for s in sources if s is not None), None)
        found[role] = chosen or _usual(basis, side, acts, highest=role == "demand")
    offer, demand = found["offer"], found["demand"]
    if offer[0] >= demand[0]:  # positions that meet leave nothing to play; what is usual then opens
        offer = _usual(basis, basis.case.host.id, ("offer", "limit"), highest=False)
        demand = max(demand, _usual(basis, basis.case.stationing.id, ("demand", "limit"), highest=True))
    if offer[0] >= demand[0]:
        raise NoTableError("what the sides ask and offer is the same sum, so there is nothing to bargain over")
    return Openings(digits(offer[0]), digits(demand[0]), (f"offer: {offer[1]}", f"demand: {demand[1]}"))


def _standing(dossier: Dossier, basis: Basis, side: str, acts: Sequence[str]) -> tuple[float, str] | None:
    """The side's position that stands in the talks, as the dossier has it."""
    for p in dossier.positions:
        if p.side != side or p.act not in acts or not p.standing or p.item is not None or p.agreement != dossier.talks:
            continue
        try:
            position = costs.of_item(p, basis, label="")
            return in_host(position.amount, basis, position.year), f"what stands in the record ({p.sources} sources)"
        except BurdenshareError:
            continue
    return None


def _recorded(dossier: Dossier, basis: Basis, side: str, acts: Sequence[str]) -> tuple[float, str] | None:
    """The side's first position in these talks in the case's own record."""
    talks = dossier.talks or (max((a.number for a in basis.signed), default=0) + 1)
    for p in _past(basis, side, acts):
        value = _sum_of(p, basis, last_paid(basis)) if p.agreement == talks else None
        if value is not None:
            return value, f"{p.when.text}: {p.words or p.act} ({'; '.join(p.sources)})"
    return None


def _usual(basis: Basis, side: str, acts: Sequence[str], *, highest: bool) -> tuple[float, str]:
    """What the side opened with in past talks, as a multiple of what was then paid; else from past rises."""
    paid = last_paid(basis)
    ratios = [r for a in basis.signed if (r := opening_ratio(a, basis, side, acts)) is not None]
    if ratios:
        return paid * median(ratios), f"its past openings were {median(ratios):.2f} times what was paid (median)"
    rises = past_rises(basis)
    if len(rises) > 1:
        rise = max(rises) if highest else min(rises)
        return paid * (1 + rise / 100), f"the {'largest' if highest else 'smallest'} past rise, {rise:.1f}%"
    prior = basis.case.outlook or OutlookPriors()
    rise = prior.rise_median + (prior.opening_percent if highest else -prior.opening_percent)
    return paid * (1 + rise / 100), f"the prior of the forecast, {rise:+.1f}% on what is paid"


def _past(basis: Basis, side: str, acts: Sequence[str]) -> list[PastPosition]:
    return [
        p for p in basis.case.positions
        if p.side == side and p.act in acts and p.when.latest is not None and p.when.latest <= basis.as_of
    ]  # fmt: skip


def _sum_of(p: PastPosition, basis: Basis, paid: float) -> float | None:
    if p.amount is not None and p.when.latest is not None:
        try:
            return in_host(p.amount, basis, p.when.latest.year)
        except BurdenshareError:
            return None
    return paid * (1 + p.change_percent / 100) if p.change_percent is not None else None


def before(agreement: Agreement, basis: Basis) -> float | None:
    """What was paid in the year before an agreement began, in the host's currency; None where that is not known."""
    if agreement.start is None or agreement.start.earliest is None:
        return None
    year = basis.year_of(agreement.start.earliest) - 1
    figure = basis.case.contribution(year)
    try:
        return in_host(figure.amount, basis, year) if figure is not None else None
    except BurdenshareError:
        return None


def first_of(agreement: Agreement, basis: Basis) -> float | None:
    """An agreement's first sum in the host's currency; None where that is not known."""
    if agreement.first_year is None or agreement.start is None or agreement.start.earliest is None:
        return None
    try:
        return in_host(agreement.first_year, basis, basis.year_of(agreement.start.earliest))
    except BurdenshareError:
        return None


def opening_ratio(agreement: Agreement, basis: Basis, side: str, acts: Sequence[str]) -> float | None:
    """A side's first reported position in the talks on an agreement, over what was paid before it."""
    paid = before(agreement, basis)
    if not paid:
        return None
    for p in _past(basis, side, acts):
        value = _sum_of(p, basis, paid) if p.agreement == agreement.number else None
        if value is not None:
            return value / paid
    return None


def past_rises(basis: Basis) -> list[float]:
    """First-year rises of the agreements known by the day, in percent of the payment before.

    In the currency both were in where there is one, for a rise in the host's own is the exchange rate's too.
    """
    found = []
    for a in basis.signed:
        paid, first = before(a, basis), first_of(a, basis)
        if a.first_year is not None and a.start is not None and a.start.earliest is not None:
            payment = basis.case.contribution(basis.year_of(a.start.earliest) - 1)
            if payment is not None and payment.amount.currency == a.first_year.currency:
                paid, first = payment.amount.least, a.first_year.least
        if paid and first:
            found.append((first / paid - 1) * 100)
    return found


def landing(basis: Basis) -> tuple[float, str]:
    """How far from the offer (0) to the demand (1) past deals came: the median; half where no talks show it."""
    places = []
    for a in basis.signed:
        paid, first = before(a, basis), first_of(a, basis)
        low = opening_ratio(a, basis, basis.case.host.id, ("offer", "limit"))
        high = opening_ratio(a, basis, basis.case.stationing.id, ("demand", "limit"))
        if paid and first and low is not None and high is not None and low < high:
            places.append(min(1.0, max(0.0, (first / paid - low) / (high - low))))
    if not places:
        return 0.5, "no past talks show where deals land between the openings; halfway is taken"
    at = median(places)
    return at, f"past deals landed {at:.0%} of the way from offer to demand ({len(places)} talks)"


# -- the other issues ------------------------------------------------------------------------------------------------


def terms(dossier: Dossier, basis: Basis) -> tuple[tuple[int, ...], dict[str, float], str]:
    """The terms in years that were agreed or asked for, what each side asked for last, and where that is from."""
    agreed = [a.years for a in basis.signed if a.years and a.years <= LONGEST]
    asked: dict[str, float] = {}
    for p in basis.case.positions:
        span = _YEARS.fullmatch(p.years)
        if span and p.side and p.when.latest is not None and p.when.latest <= basis.as_of:
            asked[p.side] = (int(span[1]) + int(span[2] or span[1])) / 2
    for stand in dossier.positions:
        if stand.years is not None and stand.side and stand.agreement == dossier.talks:
            years = stand.years
            asked[stand.side] = (years.low + years.high) / 2 if isinstance(years, Range) else float(years)
    found = {*agreed, *(round(y) for y in asked.values() if 1 <= y <= LONGEST)}
    if len(found) < 2:
        found |= {1, YEARS}
    middle = float(median(agreed)) if agreed else float(YEARS)
    sides = (basis.case.host.id, basis.case.stationing.id)
    said = ", ".join(f"{s} {asked[s]:g}" for s in sides if s in asked) or "no side has asked for one"
    wanted = {s: asked.get(s, middle) for s in sides}
    return tuple(sorted(found)), wanted, f"terms of past agreements and asked for ({said}); else the middle one"


def rules(basis: Basis) -> tuple[tuple[Rule, ...], tuple[float, ...], str]:
    """Rules of growth to choose from, lowest first, and the yearly rise in percent each gives as known on the day.

    Those of past agreements without their steps in single years, no rise, and consumer prices where nothing else is.
    """
    found: dict[str, Rule] = {}
    for a in reversed(basis.signed):
        for phase in a.growth_rule.phases if a.growth_rule else ():
            if phase.first is None and phase.kind != "table" and len(found) < RULES:
                found[str(Rule((phase,)))] = Rule((phase,))
    found["frozen"] = Rule((Phase("frozen"),))
    if len(found) < 2:
        found["cpi"] = Rule((Phase("cpi"),))
    rates: list[tuple[float, str, Rule]] = []
    year, paid = basis.next_year, Amount(basis.case.host.currency, value=last_paid(basis))
    for text, rule in found.items():
        try:
            sums = basis.project(paid, year=year, years=YEARS, rule=rule)
        except BurdenshareError:
            continue
        rise = round(((sums[-1].amount.least / paid.least) ** (1 / (YEARS - 1)) - 1) * 100, 3)
        rates.append((rise, text, rule))
    rates.sort(key=lambda r: r[0])  # of rules that come to the same the latest is kept
    kept = [r for i, r in enumerate(rates) if all(abs(r[0] - other[0]) > SAME for other in rates[:i])]
    how = "rules of past agreements and no rise, by the rises known on the day"
    return tuple(r for _, _, r in kept), tuple(r for r, _, _ in kept), how


def category_shares(basis: Basis) -> tuple[str, tuple[int, ...], str] | None:
    """The largest category, and the least, middle and greatest share of the payment it had in the years known.

    Percent, whole. None where the case knows it for fewer than two years that differ.
    """
    host = basis.case.host.currency
    by_year: dict[int, dict[str, float]] = {}
    for f in basis.case.category_figures:
        if f.item in basis.case.categories and f.unit == host and f.period.isdecimal() and basis.published(f.sources):
            by_year.setdefault(int(f.period), {})[f.item] = float(f.value)
    whole = {y: parts for y, parts in by_year.items() if len(parts) > 1 and sum(parts.values()) > 0}
    if not whole:
        return None
    last = whole[max(whole)]
    name = max(last, key=lambda k: last[k])
    shares = sorted(100 * parts[name] / sum(parts.values()) for parts in whole.values() if name in parts)
    chosen = tuple(sorted({round(shares[0]), round(median(shares)), round(shares[-1])}))
    if len(chosen) < 2:
        return None
    return name, chosen, f"its share in the years known, {min(whole)} to {max(whole)}"
