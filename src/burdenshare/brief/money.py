"""Positions and money terms as reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from burdenshare.brief.chart import positions_chart
from burdenshare.brief.chronology import value_words, version_words
from burdenshare.brief.model import Line, Row, Section, Table
from burdenshare.brief.wording import (
    agreement_name,
    amount_words,
    bounded,
    capital,
    change_words,
    date_words,
    growth_words,
    listed,
    money_range,
    named,
    per_words,
    percent,
    side_name,
    years_words,
)
from burdenshare.case import Case
from burdenshare.dossier import Deal, Dossier, Payment, Stand, Version
from burdenshare.money import Range

_ACTS = {
    "demand": "asks for",
    "offer": "offers",
    "reject": "rejects",
    "withdraw": "has withdrawn",
    "limit": "will not go beyond",
}
_PEOPLE = {"troops": "Troops stationed", "local-employees": "Local employees", "furloughed": "Employees furloughed"}
_CATEGORIES = {"labour": "labour", "construction": "construction", "logistics": "logistics", "unspent": "unspent funds"}


def position_words(stand: Stand, case: Case) -> str:
    """A position in one sentence."""
    verb = _ACTS.get(stand.act or "", "takes a position on")
    parts = []
    if stand.amount is not None:
        parts.append(amount_words(stand.amount, stand.per))
    if stand.change is not None and stand.amount is None:
        parts.append(change_words(stand.change) + per_words(stand.per))
    elif stand.change is not None:
        parts.append(f"({change_words(stand.change)})")
    if stand.share_percent is not None:
        parts.append(f"a share of {percent(stand.share_percent)}")
    if stand.years is not None:
        parts.append(f"a term of {years_words(stand.years)}")
    if stand.growth is not None:
        parts.append(f"with {growth_words(stand.growth)}")
    if stand.item is not None:
        parts.append(f"for {stand.item}" if parts else f"this: {stand.item}")
    if not parts:
        words = {"demand": "a larger contribution, no figure reported", "offer": "a sum that is not reported"}
        parts.append(words.get(stand.act or "", "the other side's proposal, no figure reported"))
    return f"{capital(side_name(stand.side, case))} {verb} {' '.join(parts)}"


def _who_said(stand: Stand) -> str:
    amounts = stand.versions.get("amount", ())
    if amounts:
        return "; ".join(f"{value_words(v.value)}: {named(v.by)}" for v in amounts)
    return named(stand.by)


def _span(stand: Stand) -> str:
    first, last = stand.first_published, stand.last_published
    if first is None or last is None:
        return "Undated"
    return date_words(first) if first == last else f"{date_words(first)}; last {date_words(last)}"


def positions(dossier: Dossier, case: Case) -> Section:
    """Where each side stands on the agreement under negotiation, the gap, and what came before."""
    mine = sorted((p for p in dossier.positions if p.agreement == dossier.talks), key=_by_weight)
    standing = [p for p in mine if p.standing]
    lines: list[Line] = []
    for p in standing:
        if p.gap is not None:
            lines.append(_gap_line(p, case))
    tables = []
    if standing:
        tables.append(_table("What stands", standing, case))
    replaced = [p for p in mine if not p.standing]
    if replaced:
        tables.append(_table("Earlier, since replaced or withdrawn", replaced, case))
    other = [p for p in dossier.positions if p.agreement != dossier.talks and p.measure not in ("words", "item")]
    if other:
        tables.append(_table("In other talks", other, case, named=True))
    return Section(
        "positions",
        "Positions",
        lines=tuple(lines),
        charts=positions_chart(mine, case),
        tables=tuple(tables),
        empty="No position of either side is reported.",
    )


def _by_weight(stand: Stand) -> tuple[int, bool]:
    """Sums on the whole first, then rises and shares, then single points, then what has no figure."""
    weight = {"change": 1, "share": 2, "years": 2, "item": 3, "words": 4}.get(stand.measure, 0)
    return (weight if stand.item is None else max(weight, 3), stand.act != "demand")


def _gap_line(stand: Stand, case: Case) -> Line:
    gap = stand.gap
    assert gap is not None
    if gap.unknown is not None or gap.low is None or gap.high is None or gap.currency is None:
        return Line(f"The gap to what {side_name(gap.against, case)} offers cannot be given: {gap.unknown}.", (), "Gap")
    words = money_range(gap.low, gap.high, gap.currency)
    return Line(f"The demand and what {side_name(gap.against, case)} offers are {words} apart.", stand.support, "Gap")


def _table(caption: str, stands: Sequence[Stand], case: Case, *, named: bool = False) -> Table:
    rows = []
    for p in stands:
        words = position_words(p, case)
        if named:
            words += f" (talks on {agreement_name(p.agreement, case)})"
        rows.append(Row((words, _span(p), _who_said(p)), (*p.support, *p.dissent)))
    return Table(caption, ("Position", "Reported", "Who says so"), tuple(rows))


# -- money terms ------------------------------------------------------------------------------------------------


def money_terms(dossier: Dossier, case: Case) -> Section:
    """Settlements, contributions and costs as the reports give them."""
    lines = [_deal_line(d, case) for d in dossier.settlements]
    for c in dossier.costs:
        if c.amount is not None:
            text = f"The presence is estimated to cost {amount_words(c.amount, c.per)}."
            lines.append(Line(text, (*c.support, *c.dissent), "Cost of the presence", _version_note(c.versions)))
    for h in dossier.headcounts:
        words = _people_words(h.number, h.low, h.high, h.bound, h.share_percent)
        if words:
            label = _PEOPLE.get(h.group or "", "People")
            lines.append(Line(f"{capital(words)}.", (*h.support, *h.dissent), label, _version_note(h.versions)))
    paid = [p for p in dossier.contributions if p.measure != "words"]
    tables = []
    if paid:
        rows = tuple(Row((_year(p), _payment_words(p, case), named(p.by)), (*p.support, *p.dissent)) for p in paid)
        tables.append(Table("Contributions, as reported", ("For", "Contribution", "Who says so"), rows))
    return Section(
        "money",
        "Money terms as reported",
        lines=tuple(lines),
        tables=tuple(tables),
        empty="No sum is reported.",
    )


def _version_note(versions: Mapping[str, tuple[Version, ...]]) -> str:
    return "; ".join(f"reports differ: {version_words(v, f)}" for f, v in versions.items())


def _deal_line(deal: Deal, case: Case) -> Line:
    name = agreement_name(deal.agreement, case) if deal.agreement else "a deal whose agreement is not known"
    parts = []
    sums = [amount_words(v.value) for v in deal.amounts]
    if sums:
        parts.append(listed(sums) + per_words(deal.per))
    if deal.change is not None:
        parts.append(change_words(deal.change))
    if deal.years is not None:
        parts.append(f"a term of {years_words(deal.years)}")
    if deal.growth is not None:
        parts.append(growth_words(deal.growth))
    if deal.when is not None:
        parts.append(f"agreed {date_words(deal.when)}")
    what = f" on {deal.item}" if deal.item else ""
    verb = "Expected" if deal.expected else "Agreed"
    text = f"{verb}{what}: {'; '.join(parts) or 'no terms reported'}."
    label = capital(name.removeprefix("the "))
    return Line(text, (*deal.support, *deal.dissent), label, _version_note(deal.versions))


def _year(p: Payment) -> str:
    if p.when is not None:
        return capital(date_words(p.when))
    return f"Year not given (told {date_words(p.published)})" if p.published else "Year not given"


def _payment_words(p: Payment, case: Case) -> str:
    parts = []
    if p.amount is not None:
        parts.append(amount_words(p.amount, p.per))
    if p.change is not None:
        parts.append(change_words(p.change))
    if p.share_percent is not None:
        of = {"cost": "the cost", "contribution": "the contribution", "unspent": "what was unspent", "gdp": "GDP"}
        parts.append(f"{percent(p.share_percent)} of {of.get(p.share_of or '', 'the total')}")
    if p.growth is not None:
        parts.append(growth_words(p.growth))
    what = _CATEGORIES.get(p.category or "", p.category or "")
    kinds = listed([_CATEGORIES.get(c, c) for c in p.categories])
    scope = f" for {what or kinds}" if (what or kinds) and what != "unspent funds" else ""
    scope = " left unspent" if what == "unspent funds" else scope
    return f"{capital(side_name(p.side, case))}: {', '.join(parts)}{scope}"


def _people_words(
    number: int | None,
    low: int | None,
    high: int | None,
    bound: str | None,
    share: float | Range | None,
) -> str:
    if number is not None:
        return bounded(number, bound)
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    return f"{percent(share)} of them" if share is not None else ""
