"""Where the sides stand: the series of positions, the one that stands, and the gap between demand and offer.

Figures that lie near each other are versions of one position ("4.7 billion", "nearly 5 billion"); a figure
further off opens a new phase. A phase is replaced once at least as many voices give the new figure as still
give the old one, so that a retold first demand does not undo a later one, nor one odd figure a settled one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from burdenshare.case import Case
from burdenshare.dossier import values, voices
from burdenshare.dossier.model import Gap, Quote, Stand, Version
from burdenshare.dossier.timeline import Evidence
from burdenshare.money import Amount, Bound, Range
from burdenshare.reading.claim import Position

# Figures within this distance of a phase's range belong to it; set so that 4.7 and 5 billion are one
# demand and 4 billion another.
_NEAR = 0.10


@dataclass(frozen=True, slots=True)
class _Key:
    agreement: int | None
    side: str | None
    act: str | None
    item: str | None
    measure: str


def position_of(evidence: Evidence) -> Position:
    """The claim, which is of kind position wherever this module is used."""
    assert isinstance(evidence.claim, Position)
    return evidence.claim


def _measure(c: Position) -> str:
    if c.amount is not None:
        return c.amount.currency
    for name, value in (("change", c.change or c.growth), ("share", c.share_percent), ("years", c.years)):
        if value is not None:
            return name
    return "item" if c.item else "words"


def _key(e: Evidence) -> _Key:
    c = position_of(e)
    item = c.item.strip().casefold() if c.item and c.item.strip() else None
    return _Key(e.agreement, c.side, c.act, item, _measure(c))


def _span(e: Evidence) -> tuple[float, float] | None:
    """The figure a position is ordered by, in the unit of its measure."""
    c = position_of(e)
    value: float | Range | None = None
    if c.amount is not None:
        return c.amount.least, c.amount.most
    if c.change is not None:
        if c.change.multiple is not None:
            m = c.change.multiple
            value = Range((m.low - 1) * 100, (m.high - 1) * 100) if isinstance(m, Range) else (m - 1) * 100
        elif c.change.percent is not None:
            value = c.change.percent
        elif c.change.amount is not None:
            return c.change.amount.least, c.change.amount.most
    elif c.share_percent is not None:
        value = c.share_percent
    elif c.years is not None:
        value = c.years
    if value is None:
        return None
    return (value.low, value.high) if isinstance(value, Range) else (value, value)


def _near(a: tuple[float, float], b: tuple[float, float]) -> bool:
    reach = _NEAR * max(abs(v) for v in (*a, *b))
    return a[0] <= b[1] + reach and b[0] <= a[1] + reach


def _phases(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """The evidence by phase, in the order the phases began."""
    phases: list[list[Evidence]] = []
    reach: list[tuple[float, float] | None] = []  # the range of each phase so far
    for e in sorted(evidence, key=lambda e: e.order):
        span = _span(e)
        home = next((i for i in reversed(range(len(phases))) if _meets(reach[i], span)), None)
        if home is None:
            phases.append([e])
            reach.append(span)
        else:
            phases[home].append(e)
            known = reach[home]
            if span is not None and known is not None:
                reach[home] = (min(known[0], span[0]), max(known[1], span[1]))
    return phases


def _meets(reach: tuple[float, float] | None, span: tuple[float, float] | None) -> bool:
    return _near(reach, span) if reach is not None and span is not None else reach is span


def _reach(phase: Sequence[Evidence]) -> tuple[float, float] | None:
    """The range of a phase; None where no figure is given."""
    spans = [s for e in phase if (s := _span(e)) is not None]
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None


def _in_force(phases: Sequence[Sequence[Evidence]]) -> int:
    """Index of the phase that stands."""
    standing = 0
    for i in range(1, len(phases)):
        born = phases[i][0].order
        since = [e for e in phases[standing] if e.order > born]
        if voices.count(phases[i]) >= voices.count(since):
            standing = i
    return standing


def _settle_retold(evidence: Sequence[Evidence]) -> list[Evidence]:
    """A retold position goes to the talks in which the same was asked, else to the last of its holder's time."""
    now: dict[_Key, set[tuple[int | None, tuple[float, float]]]] = {}
    for e in evidence:
        if not e.retold and (span := _span(e)) is not None:
            now.setdefault(replace(_key(e), agreement=None), set()).add((e.agreement, span))
    settled = []
    for e in evidence:
        if e.retold:
            span = _span(e)
            same = {
                agreement
                for agreement, theirs in now.get(replace(_key(e), agreement=None), ())
                if agreement in e.retold and span is not None and _near(span, theirs)
            }
            e = replace(e, agreement=max((a for a in same if a is not None), default=max(e.retold)), worked_out=True)
        settled.append(e)
    return settled


def _range(evidence: Sequence[Evidence]) -> Amount | None:
    """The range over the versions of a sum; one value keeps its bound."""
    amounts = [a for e in evidence if (a := position_of(e).amount) is not None]
    if not amounts:
        return None
    low, high = min(a.least for a in amounts), max(a.most for a in amounts)
    if low < high:
        return Amount(amounts[0].currency, low=low, high=high)
    bounds: list[tuple[Bound, list[Evidence]]] = voices.rank(evidence, _bound, values.equal)
    also = next((a.also for a in amounts if a.also), ())
    return Amount(amounts[0].currency, value=low, bound=bounds[0][0], also=also)


def _bound(e: Evidence) -> Bound | None:
    amount = position_of(e).amount
    return amount.bound if amount else None


def _distinct(evidence: Sequence[Evidence], field: str) -> list[tuple[object, list[Evidence]]]:
    """Each value in the words' own form with its voices, smallest figure first."""
    found: dict[object, list[Evidence]] = {}
    for e in evidence:
        value = getattr(position_of(e), field)
        if value is not None:
            bare = replace(value, also=()) if isinstance(value, Amount) else value
            found.setdefault(bare, []).append(e)
    return sorted(found.items(), key=lambda f: (_span(f[1][0]) or (0.0, 0.0), repr(f[0])))


def _quote(e: Evidence) -> Quote:
    c = position_of(e)
    return Quote(
        voices.published(e), c.amount, c.change, c.share_percent, c.years, c.per, c.modality,
        voices.names([e]), (e.entry.id,),
    )  # fmt: skip


def _stand(key: _Key, phase: Sequence[Evidence], against: Sequence[Evidence], *, standing: bool) -> Stand:
    agreeing: dict[str, Callable[[Any, Any], bool]] = {
        "per": values.equal,
        "change": values.changes_agree,
        "growth": values.growths_agree,
        "share_percent": values.spans_agree,
        "share_of": values.equal,
        "years": values.spans_agree,
    }
    ranked: dict[str, list[tuple[object, list[Evidence]]]] = {
        name: list(voices.rank(phase, lambda e, n=name: getattr(position_of(e), n), agree))  # type: ignore[misc]
        for name, agree in agreeing.items()
    }
    versions: dict[str, tuple[Version, ...]] = {f: v for f in ranked if (v := voices.versions(ranked[f]))}
    amounts = _distinct(phase, "amount")
    if len(amounts) > 1:
        versions["amount"] = tuple(voices.version(value, es) for value, es in amounts)
    shown = {f: (r[0][0] if r else None) for f, r in ranked.items()}
    holders = dict.fromkeys(h for e in phase if (h := position_of(e).holder))
    words = next((position_of(e).item for e in phase if position_of(e).item), None)
    return Stand(
        agreement=key.agreement,
        side=key.side,
        act=key.act,
        item=words,
        measure=key.measure,
        standing=standing,
        amount=_range(phase),
        holders=tuple(holders),
        first_published=voices.first_published(phase),
        last_published=voices.last_published(phase),
        series=tuple(_quote(e) for e in sorted(phase, key=lambda e: e.order)),
        support=voices.ids(phase),
        dissent=voices.ids(against),
        sources=voices.count(phase),
        by=voices.names(phase),
        inferred=("agreement",) if key.agreement is not None and all(e.worked_out for e in phase) else (),
        versions=dict(sorted(versions.items())),
        **shown,  # type: ignore[arg-type]  # the fields of `ranked`, each of its own type
    )


def resolve(evidence: Sequence[Evidence], case: Case) -> tuple[Stand, ...]:
    """Positions by agreement, side and act, each phase an item; the one in force has `standing` and the gap."""
    groups: dict[_Key, list[Evidence]] = {}
    against: dict[_Key, list[Evidence]] = {}
    for e in _settle_retold(evidence):
        contrary = e.entry.decision == "reject" or e.claim.modality == "denied" or position_of(e).act == "withdraw"
        key = _key(e)
        if contrary:
            target = replace(key, act="demand") if key.act == "withdraw" else key
            against.setdefault(target, []).append(e)
        if not contrary or (key.act == "withdraw" and e.entry.decision != "reject" and e.claim.modality != "denied"):
            groups.setdefault(key, []).append(e)
    made: list[Stand] = []
    for key in sorted(groups, key=lambda k: _sort_key(k, case)):
        phases = _phases(groups[key])
        current = _in_force(phases)
        for i, phase in enumerate(phases):
            reach = _reach(phase)
            contrary_here = [
                e for e in against.get(key, []) if (span := _span(e)) is None or (reach and _near(reach, span))
            ]
            withdrawn = any(
                position_of(e).act == "withdraw" and e.entry.decision != "reject" and e.order > phase[-1].order
                for e in contrary_here
            )
            made.append(_stand(key, phase, contrary_here, standing=i == current and not withdrawn))
    return tuple(replace(s, gap=_gap(s, made, case)) for s in made)


def _sort_key(key: _Key, case: Case) -> tuple[int, int, str, int, str, str]:
    sides = list(case.parties)
    acts = ["demand", "offer", "limit", "reject", "withdraw"]
    measures = [p.currency for p in case.parties.values()]
    return (
        -1 if key.agreement is None else key.agreement,
        sides.index(key.side) if key.side in sides else len(sides),
        str(acts.index(key.act) if key.act in acts else len(acts)),
        measures.index(key.measure) if key.measure in measures else len(measures),
        key.measure,
        key.item or "",
    )


def _in_currency(amount: Amount, currency: str) -> tuple[float, float] | None:
    for form in (amount, *amount.also):
        if form.currency == currency:
            return form.least, form.most
    return None


def _gap(stand: Stand, every: Sequence[Stand], case: Case) -> Gap | None:
    """For a standing demand of the stationing side on the whole sum: the distance to the host's standing offer."""
    demand = stand.amount
    if not (stand.standing and stand.act == "demand" and demand and stand.item is None):
        return None
    if stand.side != case.stationing.id:
        return None
    other = case.host.id
    offers = [
        s
        for s in every
        if s.standing and s.side == other and s.act in ("offer", "limit") and s.agreement == stand.agreement
    ]
    sums = [s.amount for s in offers if s.amount is not None and s.item is None]
    if not sums:
        words = "no figure for the offer is reported" if offers else "no offer is reported"
        return Gap(other, unknown=words)
    for currency in (demand.currency, *(a.currency for a in demand.also)):
        mine = _in_currency(demand, currency)
        for offer in sums:
            theirs = _in_currency(offer, currency)
            if mine and theirs:
                return Gap(other, currency, mine[0] - theirs[1], mine[1] - theirs[0])
    return Gap(other, unknown="the demand and the offer are reported in no common currency")
