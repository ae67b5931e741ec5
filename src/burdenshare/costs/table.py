"""The positions on the table: every stand and deal of a dossier, costed and set against the other side's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from burdenshare.case import Case
from burdenshare.costs.basis import Basis
from burdenshare.costs.cost import cost
from burdenshare.costs.model import Costing, Position
from burdenshare.costs.position import AS_WORDED, Terms, of_item
from burdenshare.dossier import Deal, Dossier, Stand
from burdenshare.errors import MoneyError
from burdenshare.money import Change
from burdenshare.money.words import percent_words, sum_words

_ACTS = {"demand": "asks for", "offer": "offers", "limit": "will not go beyond", "reject": "rejects"}


@dataclass(frozen=True, slots=True)
class Table:
    """The costings in the dossier's order, and a sentence for each position that could not be costed."""

    costings: tuple[Costing, ...]
    left_out: tuple[str, ...]


def on_the_table(dossier: Dossier, case: Case, *, as_of: date, terms: Terms = AS_WORDED, **options: Any) -> Table:
    """Costs what stands in a dossier: demands, offers, limits and deals on the whole sum.

    Each is set against the standing positions of the other side on the same agreement. `options` go to `cost`. A
    position without a figure, or whose figure cannot be converted, is named in `left_out` with the reason.
    """
    basis = Basis(case, as_of)
    found: list[Position] = []
    left: list[str] = []
    items: list[Stand | Deal] = [*dossier.positions, *dossier.settlements]
    for item in items:
        if not _counts(item):
            continue
        label = label_of(item, case)
        try:
            found.append(of_item(item, basis, label=label, terms=terms))
        except MoneyError as error:
            left.append(f"{label}: {error}")
    done = []
    for position in found:
        try:
            done.append(cost(position, case, as_of=as_of, against=_others(position, found, basis), **options))
        except MoneyError as error:
            left.append(f"{position.label}: {error}")
    return Table(tuple(done), tuple(left))


def _counts(item: Stand | Deal) -> bool:
    """What stands, is on the whole sum and is no refusal of somebody else's figure."""
    if isinstance(item, Stand):
        return item.standing and item.item is None and item.act in ("demand", "offer", "limit")
    return item.item is None


def _others(position: Position, every: Sequence[Position], basis: Basis) -> tuple[Position, ...]:
    """The positions of the other side in the same talks whose sums can be put in the host's currency."""
    out = []
    for other in every:
        if other.side in (None, position.side) or position.side is None or other.agreement != position.agreement:
            continue
        try:
            basis.rate(other.amount.currency, basis.case.host.currency, position.year)
        except MoneyError:
            continue
        out.append(other)
    return tuple(out)


def label_of(item: Stand | Deal, case: Case) -> str:
    """A position in a few words: who, what, on which agreement."""
    what = sum_words(replace(item.amount, also=())) if item.amount else change_label(item.change)
    where = f" (agreement {item.agreement})" if item.agreement else ""
    if isinstance(item, Deal):
        return f"deal: {what or 'no figure'}{where}"
    party = case.parties.get(item.side or "")
    who = next(iter(party.names.values()))[0] if party and party.names else (item.side or "a side")
    return f"{who} {_ACTS.get(item.act or '', 'on')} {what or 'no figure'}{where}"


def change_label(change: Change | None) -> str:
    """A change in a few words; empty where there is none."""
    if change is None:
        return ""
    if isinstance(change.percent, (int, float)):
        return percent_words(change.percent)
    if change.percent is not None:
        return f"{change.percent.low:g} to {change.percent.high:g}% more"
    if isinstance(change.multiple, (int, float)):
        return f"{change.multiple:g} times the sum"
    if change.multiple is not None:
        return f"{change.multiple.low:g} to {change.multiple.high:g} times the sum"
    return f"{sum_words(replace(change.amount, also=()))} more" if change.amount else ""
