"""What one dossier says that an earlier one did not: new items, and items whose words changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from burdenshare.brief.chronology import effect_words, meeting_words
from burdenshare.brief.money import position_words
from burdenshare.case import Case
from burdenshare.dossier import Deal, Dossier, Effect, Item, Meeting, Posting, Stand, TermDate
from burdenshare.web.language import Words


@dataclass(frozen=True, slots=True)
class Changed:
    """A change: `new`, `changed` (from `before`) or `gone`, in the section of the item that `claim` stands in."""

    section: str
    how: Literal["new", "changed", "gone"]
    text: str
    before: str
    claim: str


def _round(item: Meeting, case: Case, t: Words) -> tuple[Any, str]:
    when = f" ({t.tongue.date_words(item.when)})" if item.when else ""
    return (item.agreement, item.number or item.when), meeting_words(item, case, t=t.tongue).rstrip(".") + when


def _position(item: Stand, case: Case, t: Words) -> tuple[Any, str]:
    standing = "" if item.standing else f" ({t('change.no_longer')})"
    words = position_words(item, case, t=t.tongue)
    return (item.agreement, item.side, item.act, item.item, item.measure, item.first_published), words + standing


def _term(item: TermDate, case: Case, t: Words) -> tuple[Any, str]:
    when = t.tongue.date_words(item.when) if item.when else t("none.date")
    key = (item.agreement, item.event, item.when if item.event == "target" else None)
    name = t.tongue.agreement_name(item.agreement, case).removeprefix("the ")
    event = t.tongue.capital(t.of("event", item.event or "date"))
    return key, t("change.term", event=event, agreement=name, when=when)


def _deal(item: Deal, case: Case, t: Words) -> tuple[Any, str]:
    say = t.tongue
    parts = [say.amount_words(item.amount, item.per, also=False)] if item.amount else []
    parts += [say.change_words(item.change)] if item.change else []
    parts += [t("change.for", years=say.years_words(item.years))] if item.years else []
    name = say.agreement_name(item.agreement, case)
    return (item.agreement, item.item), t("change.deal", agreement=name, terms=", ".join(parts) or t("none.figure"))


def _effect(item: Effect, case: Case, t: Words) -> tuple[Any, str]:
    return (item.agreement, item.effect, item.group), effect_words(item, t=t.tongue)


def _posting(item: Posting, case: Case, t: Words) -> tuple[Any, str]:
    who = t.tongue.called(item.person or "–", case)
    return (item.person, item.role), f"{who}: {item.role or '–'}"


_WORDED: dict[str, Callable[[Any, Case, Words], tuple[Any, str]]] = {
    "rounds": _round, "positions": _position, "settlements": _deal, "terms": _term, "consequences": _effect,
    "appointments": _posting,
}  # fmt: skip


def _items(known: Dossier, section: str, case: Case, t: Words) -> dict[Any, tuple[str, Item]]:
    found: dict[Any, tuple[str, Item]] = {}
    for item in getattr(known, section):
        key, text = _WORDED[section](item, case, t)
        found.setdefault(key, (text, item))
    return found


def changes(before: Dossier, after: Dossier, *, case: Case, t: Words) -> tuple[Changed, ...]:
    """What changed, by section, in the order of the later dossier; what is gone stands last."""
    found = []
    for section in _WORDED:
        was, is_ = _items(before, section, case, t), _items(after, section, case, t)
        for key, (text, item) in is_.items():
            claim = item.support[0] if item.support else ""
            if key not in was:
                found.append(Changed(section, "new", text, "", claim))
            elif was[key][0] != text:
                found.append(Changed(section, "changed", text, was[key][0], claim))
        found += [Changed(section, "gone", text, "", "") for key, (text, _) in was.items() if key not in is_]
    return tuple(found)
