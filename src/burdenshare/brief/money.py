"""Positions and money terms as reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from burdenshare.brief.chart import positions_chart
from burdenshare.brief.chronology import value_words, version_words
from burdenshare.brief.language import ENGLISH, Tongue
from burdenshare.brief.model import Line, Row, Section, Table
from burdenshare.case import Case
from burdenshare.dossier import Deal, Dossier, Payment, People, Stand, Version


def position_words(stand: Stand, case: Case, *, t: Tongue = ENGLISH) -> str:
    """A position in one sentence."""
    act = stand.act if t.knows("stand", stand.act) else "other"
    parts = []
    if stand.amount is not None:
        parts.append(t.amount_words(stand.amount, stand.per))
    if stand.change is not None and stand.amount is None:
        parts.append(t("per", what=t.change_words(stand.change), per=t.per_words(stand.per)))
    elif stand.change is not None:
        parts.append(f"({t.change_words(stand.change)})")
    if stand.share_percent is not None:
        parts.append(t("part.share", percent=t.percent(stand.share_percent)))
    if stand.years is not None:
        parts.append(t("part.years", years=t.years_words(stand.years)))
    if stand.growth is not None:
        parts.append(t("part.growth", growth=t.growth_words(stand.growth)))
    if stand.item is not None:
        parts.append(t("part.item" if parts else "part.item_alone", item=stand.item))
    if not parts:
        parts.append(t.of("no-figure", act if t.knows("no-figure", act) else "other"))
    return t(f"stand.{act}", side=t.capital(t.side_name(stand.side, case)), what=" ".join(parts))


def _who_said(stand: Stand, t: Tongue) -> str:
    amounts = stand.versions.get("amount", ())
    if amounts:
        return "; ".join(f"{value_words(v.value, t=t)}: {t.named(v.by)}" for v in amounts)
    return t.named(stand.by)


def _span(stand: Stand, t: Tongue) -> str:
    first, last = stand.first_published, stand.last_published
    if first is None or last is None:
        return t("label.undated")
    return t.date_words(first) if first == last else t("span", first=t.date_words(first), last=t.date_words(last))


def positions(dossier: Dossier, case: Case, *, t: Tongue = ENGLISH) -> Section:
    """Where each side stands on the agreement under negotiation, the gap, and what came before."""
    mine = sorted((p for p in dossier.positions if p.agreement == dossier.talks), key=_by_weight)
    standing = [p for p in mine if p.standing]
    lines: list[Line] = []
    for p in standing:
        if p.gap is not None:
            lines.append(_gap_line(p, case, t))
    tables = []
    if standing:
        tables.append(_table(t("table.standing"), standing, case, t))
    replaced = [p for p in mine if not p.standing]
    if replaced:
        tables.append(_table(t("table.replaced"), replaced, case, t))
    other = [p for p in dossier.positions if p.agreement != dossier.talks and p.measure not in ("words", "item")]
    if other:
        tables.append(_table(t("title.others"), other, case, t, named=True))
    return Section(
        "positions",
        t("heading.positions"),
        lines=tuple(lines),
        charts=positions_chart(mine, case, t=t),
        tables=tuple(tables),
        empty=t("empty.positions"),
    )


def _by_weight(stand: Stand) -> tuple[int, bool]:
    """Sums on the whole first, then rises and shares, then single points, then what has no figure."""
    weight = {"change": 1, "share": 2, "years": 2, "item": 3, "words": 4}.get(stand.measure, 0)
    return (weight if stand.item is None else max(weight, 3), stand.act != "demand")


def _gap_line(stand: Stand, case: Case, t: Tongue) -> Line:
    gap = stand.gap
    assert gap is not None
    side = t.side_name(gap.against, case)
    if gap.unknown is not None or gap.low is None or gap.high is None or gap.currency is None:
        return Line(t("gap.unknown", side=side, why=t.of("gap-reason", gap.unknown or "")), (), t("label.gap"))
    words = t.money_range(gap.low, gap.high, gap.currency)
    return Line(t("gap.known", side=side, sum=words), stand.support, t("label.gap"))


def _table(caption: str, stands: Sequence[Stand], case: Case, t: Tongue, *, named: bool = False) -> Table:
    rows = []
    for p in stands:
        words = position_words(p, case, t=t)
        if named:
            words = t("position.in_talks", words=words, name=t.agreement_name(p.agreement, case))
        rows.append(Row((words, _span(p, t), _who_said(p, t)), (*p.support, *p.dissent)))
    return Table(caption, (t("head.position"), t("head.reported"), t("head.who")), tuple(rows))


# -- money terms ------------------------------------------------------------------------------------------------


def money_terms(dossier: Dossier, case: Case, *, t: Tongue = ENGLISH) -> Section:
    """Settlements, contributions and costs as the reports give them."""
    lines = [_deal_line(d, case, t) for d in dossier.settlements]
    for c in dossier.costs:
        if c.amount is not None:
            text = t("cost.estimated", sum=t.amount_words(c.amount, c.per))
            lines.append(Line(text, (*c.support, *c.dissent), t("label.cost"), _version_note(c.versions, t)))
    for h in dossier.headcounts:
        words = _people_words(h, t)
        if words:
            label = t.of("people", h.group if t.knows("people", h.group) else "other")
            lines.append(Line(f"{t.capital(words)}.", (*h.support, *h.dissent), label, _version_note(h.versions, t)))
    paid = [p for p in dossier.contributions if p.measure != "words"]
    tables = []
    if paid:
        rows = tuple(
            Row((_year(p, t), _payment_words(p, case, t), t.named(p.by)), (*p.support, *p.dissent)) for p in paid
        )
        columns = (t("head.for"), t("head.contribution"), t("head.who"))
        tables.append(Table(t("table.contributions"), columns, rows))
    return Section(
        "money",
        t("heading.money"),
        lines=tuple(lines),
        tables=tuple(tables),
        empty=t("empty.money"),
    )


def _version_note(versions: Mapping[str, tuple[Version, ...]], t: Tongue) -> str:
    return "; ".join(t("note.differ", versions=version_words(v, f, t=t)) for f, v in versions.items())


def _deal_line(deal: Deal, case: Case, t: Tongue) -> Line:
    name = t.agreement_name(deal.agreement, case) if deal.agreement else t("deal.unplaced")
    parts = []
    sums = [t.amount_words(v.value) for v in deal.amounts]
    if sums:
        parts.append(t("per", what=t.listed(sums), per=t.per_words(deal.per)))
    if deal.change is not None:
        parts.append(t.change_words(deal.change))
    if deal.years is not None:
        parts.append(t("part.years", years=t.years_words(deal.years)))
    if deal.growth is not None:
        parts.append(t.growth_words(deal.growth))
    if deal.when is not None:
        parts.append(t("deal.agreed", when=t.date_words(deal.when)))
    what = t("deal.on", item=deal.item) if deal.item else ""
    terms = "; ".join(parts) or t("deal.no_terms")
    text = t("deal.expected" if deal.expected else "deal.reached", what=what, terms=terms)
    label = t.capital(name.removeprefix("the "))
    return Line(text, (*deal.support, *deal.dissent), label, _version_note(deal.versions, t))


def _year(p: Payment, t: Tongue) -> str:
    if p.when is not None:
        return t.capital(t.date_words(p.when))
    return t("label.told", when=t.date_words(p.published)) if p.published else t("label.no_year")


def _payment_words(p: Payment, case: Case, t: Tongue) -> str:
    parts = []
    if p.amount is not None:
        parts.append(t.amount_words(p.amount, p.per))
    if p.change is not None:
        parts.append(t.change_words(p.change))
    if p.share_percent is not None:
        whole = t.of("share-of", p.share_of if t.knows("share-of", p.share_of) else "total")
        parts.append(t("part.share_of", percent=t.percent(p.share_percent), whole=whole))
    if p.growth is not None:
        parts.append(t.growth_words(p.growth))
    kinds = t.listed([_category(c, t) for c in p.categories])
    side, paid = t.capital(t.side_name(p.side, case)), ", ".join(parts)
    if p.category == "unspent":
        return t("paid.unspent", side=side, paid=paid)
    what = _category(p.category, t) or kinds
    return t("paid.for", side=side, paid=paid, what=what) if what else t("paid.plain", side=side, paid=paid)


def _category(word: str | None, t: Tongue) -> str:
    return t.of("for", word) if t.knows("for", word) else word or ""


def _people_words(people: People, t: Tongue) -> str:
    if people.number is not None:
        return t.bounded(people.number, people.bound)
    if people.low is not None and people.high is not None:
        return t("people_range", low=t.plain(people.low), high=t.plain(people.high))
    return t("people_share", percent=t.percent(people.share_percent)) if people.share_percent is not None else ""
