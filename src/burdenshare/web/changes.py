"""What one dossier says that an earlier one did not: new items, and items whose words changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from burdenshare.brief.chronology import effect_words, meeting_words
from burdenshare.brief.money import position_words
from burdenshare.brief.wording import agreement_name, amount_words, capital, change_words, date_words, years_words
from burdenshare.case import Case
from burdenshare.dossier import Deal, Dossier, Effect, Item, Meeting, Posting, Stand, TermDate


@dataclass(frozen=True, slots=True)
class Changed:
    """A change: `new`, `changed` (from `before`) or `gone`, in the section of the item that `claim` stands in."""

    section: str
    how: Literal["new", "changed", "gone"]
    text: str
    before: str
    claim: str


def _round(item: Meeting, case: Case) -> tuple[Any, str]:
    when = f" ({date_words(item.when)})" if item.when else ""
    return (item.agreement, item.number or item.when), meeting_words(item, case).rstrip(".") + when


def _position(item: Stand, case: Case) -> tuple[Any, str]:
    standing = "" if item.standing else " (no longer standing)"
    return (item.agreement, item.side, item.act, item.item, item.measure, item.first_published), position_words(
        item, case
    ) + standing


def _term(item: TermDate, case: Case) -> tuple[Any, str]:
    when = date_words(item.when) if item.when else "date not reported"
    name = agreement_name(item.agreement, case).removeprefix("the ")
    key = (item.agreement, item.event, item.when if item.event == "target" else None)
    return key, f"{capital((item.event or 'date').replace('-', ' '))} of the {name}: {when}"


def _deal(item: Deal, case: Case) -> tuple[Any, str]:
    parts = [amount_words(item.amount, item.per, also=False)] if item.amount else []
    parts += [change_words(item.change)] if item.change else []
    parts += [f"for {years_words(item.years)}"] if item.years else []
    name = agreement_name(item.agreement, case)
    return (item.agreement, item.item), f"Deal on {name}: {', '.join(parts) or 'terms not reported'}"


def _effect(item: Effect, _: Case) -> tuple[Any, str]:
    return (item.agreement, item.effect, item.group), effect_words(item)


def _posting(item: Posting, _: Case) -> tuple[Any, str]:
    return (item.person, item.role), f"{item.person or 'Somebody'}: {item.role or 'role not reported'}"


_WORDED: dict[str, Callable[[Any, Case], tuple[Any, str]]] = {
    "rounds": _round, "positions": _position, "settlements": _deal, "terms": _term, "consequences": _effect,
    "appointments": _posting,
}  # fmt: skip


def _items(known: Dossier, section: str, case: Case) -> dict[Any, tuple[str, Item]]:
    found: dict[Any, tuple[str, Item]] = {}
    for item in getattr(known, section):
        key, text = _WORDED[section](item, case)
        found.setdefault(key, (text, item))
    return found


def changes(before: Dossier, after: Dossier, case: Case) -> tuple[Changed, ...]:
    """What changed, by section, in the order of the later dossier; what is gone stands last."""
    found = []
    for section in _WORDED:
        was, is_ = _items(before, section, case), _items(after, section, case)
        for key, (text, item) in is_.items():
            claim = item.support[0] if item.support else ""
            if key not in was:
                found.append(Changed(section, "new", text, "", claim))
            elif was[key][0] != text:
                found.append(Changed(section, "changed", text, was[key][0], claim))
        found += [Changed(section, "gone", text, "", "") for key, (text, _) in was.items() if key not in is_]
    return tuple(found)
