"""Dates, settlements, contributions and costs, as reported."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import Any

from burdenshare.dossier import values, voices
from burdenshare.dossier.model import Deal, Payment, Plan, PresenceCost, TermDate, Version
from burdenshare.dossier.timeline import Evidence
from burdenshare.money import Amount
from burdenshare.reading import claim as claims

Ranked = list[tuple[Any, list[Evidence]]]


_AGREE: Mapping[str, Callable[[Any, Any], bool]] = {
    "amount": values.amounts_agree,
    "change": values.changes_agree,
    "growth": values.growths_agree,
    "share_percent": values.spans_agree,
    "years": values.spans_agree,
    "when": values.days_agree,
}
_FINENESS: Mapping[str, Callable[[Any], float]] = {"amount": values.amount_fineness, "when": values.day_fineness}


def contrary(evidence: Evidence) -> bool:
    """True where a reviewer rejected the claim, or the words deny it."""
    return evidence.entry.decision == "reject" or evidence.claim.modality == "denied"


def split(evidence: Sequence[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """Evidence for, evidence against."""
    return [e for e in evidence if not contrary(e)], [e for e in evidence if contrary(e)]


def ranked(evidence: Sequence[Evidence], fields: Sequence[str]) -> dict[str, Ranked]:
    """For each field the values on offer, the one to show first."""
    return {
        f: list(
            voices.rank(
                evidence,
                lambda e, f=f: getattr(e.claim, f, None),  # type: ignore[misc]
                _AGREE.get(f, values.equal),
                fineness=_FINENESS.get(f, lambda _: 0.0),
                reach=values.days_reach if f == "when" else None,
            )
        )
        for f in fields
    }


def grouped(evidence: Sequence[Evidence], key: Callable[[Evidence], Hashable]) -> list[tuple[Any, list[Evidence]]]:
    """Evidence by key, in the order of first appearance."""
    groups: dict[Any, list[Evidence]] = {}
    for e in sorted(evidence, key=lambda e: e.order):
        groups.setdefault(key(e), []).append(e)
    return list(groups.items())


def backing(fields: Mapping[str, Ranked], used: Sequence[Evidence], against: Sequence[Evidence]) -> dict[str, Any]:
    """The part every item has: support, dissent, sources, by, versions."""
    dissent = {e for r in fields.values() for _, es in r[1:] for e in es}
    support = [e for e in used if e not in dissent] or list(used)
    dissent = (dissent - set(support)) | set(against)
    disputed: dict[str, tuple[Version, ...]] = {f: v for f in sorted(fields) if (v := voices.versions(fields[f]))}
    return {
        "support": voices.ids(support),
        "dissent": voices.ids(dissent),
        "sources": voices.count(support),
        "by": voices.names(support),
        "versions": disputed,
    }


def shown(fields: Mapping[str, Ranked]) -> dict[str, Any]:
    """The value to show of each field."""
    return {f: (r[0][0] if r else None) for f, r in fields.items()}


def worked_out(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """`agreement` where no report names it."""
    told = [e for e in evidence if e.agreement is not None]
    return ("agreement",) if told and all(e.worked_out for e in told) else ()


# -- terms ------------------------------------------------------------------------------------------------------

_ORDER = ("talks-start", "target", "initialled", "signature", "ratification", "start", "expiry")


def _ahead(e: Evidence) -> bool:
    return e.claim.modality in ("expected", "conditional")


def terms(evidence: Sequence[Evidence]) -> tuple[TermDate, ...]:
    """Dates by agreement and event. Every target is an item of its own, for targets move."""

    def key(e: Evidence) -> Hashable:
        event = getattr(e.claim, "event", None)
        return (e.agreement, event, getattr(e.claim, "when", None) if event == "target" else None)

    made = []
    for (agreement, event, _), es in grouped(evidence, key):
        used, against = split(es)
        if not used:
            continue
        done = [e for e in used if not _ahead(e)]
        dated = [e for e in done if getattr(e.claim, "when", None)]
        fields = ranked(dated if done else used, ["when"])
        plans = tuple(
            Plan(getattr(e.claim, "when", None), None, None, voices.published(e), voices.names([e]), 1, (e.entry.id,))
            for e in used
            if _ahead(e) and done and getattr(e.claim, "when", None)
        )
        made.append(
            TermDate(
                agreement=agreement,
                event=event,
                when=shown(fields)["when"],
                expected=not done,
                plans=plans,
                inferred=worked_out(used),
                **backing(fields, used, against),
            )
        )
    return tuple(sorted(made, key=_term_order))


def _term_order(t: TermDate) -> tuple[Any, ...]:
    rank = _ORDER.index(t.event) if t.event in _ORDER else len(_ORDER)
    return (t.agreement is None, t.agreement or 0, rank, values.start_of(t.when) or date.max, t.support)


# -- settlements ------------------------------------------------------------------------------------------------


def settlements(evidence: Sequence[Evidence]) -> tuple[Deal, ...]:
    """Deals by agreement, by what they are for, and by the year they first pay for."""

    def key(e: Evidence) -> Hashable:
        c = e.claim
        assert isinstance(c, claims.Settlement)
        item = c.item.strip().casefold() if c.item else None
        # undated deals of unknown agreements may be any two deals
        return (e.agreement, item, e.entry.report.copies if e.agreement is None else None)

    made = []
    for (agreement, *_), es in grouped(evidence, key):
        used, against = split(es)
        if used:
            made.append(_deal(agreement, used, against))
    return tuple(sorted(made, key=lambda d: (d.agreement is None, d.agreement or 0, d.item or "", d.support)))


def _deal(agreement: int | None, used: Sequence[Evidence], against: Sequence[Evidence]) -> Deal:
    fields = ranked(used, ["change", "growth", "years", "year", "when", "per", "item"])
    sums, rivals = _sums(used)
    fields["amount"] = rivals
    for name in ("change", "growth", "year"):  # a deal may have several, one a year; rivals only where none tells both
        fields[name] = _without_told_together(fields[name])
    return Deal(
        agreement=agreement,
        amounts=tuple(voices.version(value, es) for value, es in sums),
        expected=all(_ahead(e) for e in used),
        first_published=voices.first_published(used),
        inferred=worked_out(used),
        **shown(fields),
        **backing(fields, used, against),
    )


def _without_told_together(found: Ranked) -> Ranked:
    """The first value and those that no report gives beside it."""
    if not found:
        return found
    first = {e.entry.report.id for e in found[0][1]}
    return [found[0], *((v, es) for v, es in found[1:] if not first & {e.entry.report.id for e in es})]


def _sums(used: Sequence[Evidence]) -> tuple[Ranked, Ranked]:
    """All sums reported, and the rivals among them: of one currency and year, never told by one report together."""

    def amount(e: Evidence) -> Amount | None:
        found: Amount | None = getattr(e.claim, "amount", None)
        return found

    currencies = sorted({a.currency for e in used if (a := amount(e))})
    every: Ranked = []
    for currency in currencies:
        of_currency = [e for e in used if (a := amount(e)) and a.currency == currency]
        every += voices.rank(of_currency, amount, values.amounts_agree, fineness=values.amount_fineness)
    every.sort(key=lambda f: (-voices.count(f[1]), f[0].currency, -f[0].least))
    if not every:
        return [], []
    best, behind = every[0]
    years = {getattr(e.claim, "year", None) for e in behind}
    rivals = [
        (value, es)
        for value, es in every[1:]
        if value.currency == best.currency and (years & {getattr(e.claim, "year", None) for e in es})
    ]
    rivals = _without_told_together([(best, behind), *rivals])
    rival_values = [v for v, _ in rivals]
    return [(v, es) for v, es in every if v == best or v not in rival_values], rivals


# -- contributions and costs ------------------------------------------------------------------------------------


def _payment_measure(c: claims.Contribution) -> str:
    if c.amount is not None:
        return c.amount.currency
    if c.share_percent is not None:
        return "share"
    return "change" if c.change is not None or c.growth is not None else "words"


def contributions(evidence: Sequence[Evidence]) -> tuple[Payment, ...]:
    """Payments by side, year, category and measure; sums in different currencies are items of their own."""

    def key(e: Evidence) -> Hashable:
        c = e.claim
        assert isinstance(c, claims.Contribution)
        # what is paid "now" is another matter in another year
        told = e.day.year if c.when is None and e.day is not None else None
        return (c.side, c.when, c.category, c.categories or (), c.share_of, _payment_measure(c), told)

    made = []
    for (side, when, category, categories, _, measure, _told), es in grouped(evidence, key):
        used, against = split(es)
        if not used:
            continue
        fields = ranked(used, ["amount", "per", "change", "growth", "share_percent", "share_of"])
        stated = voices.rank(used, lambda e: e.agreement, values.equal)
        made.append(
            Payment(
                side=side,
                when=when,
                agreement=stated[0][0] if stated else None,
                category=category,
                categories=tuple(sorted(categories)),
                measure=measure,
                published=voices.last_published(used),
                **shown(fields),
                **backing(fields, used, against),
            )
        )
    return tuple(sorted(made, key=_payment_order))


def _payment_order(p: Payment) -> tuple[Any, ...]:
    start = values.start_of(p.when)
    return (p.side or "", start is None, start or date.max, p.when or "", p.category or "", p.measure, p.support)


def costs(evidence: Sequence[Evidence]) -> tuple[PresenceCost, ...]:
    """Estimates of the whole cost, by currency."""

    def key(e: Evidence) -> Hashable:
        amount: Amount | None = getattr(e.claim, "amount", None)
        return amount.currency if amount else None

    made = []
    for _, es in grouped(evidence, key):
        used, against = split(es)
        if used:
            fields = ranked(used, ["amount", "per"])
            made.append(PresenceCost(**shown(fields), **backing(fields, used, against)))
    return tuple(sorted(made, key=lambda c: (c.amount.currency if c.amount else "", c.support)))
