"""What the dossier says of itself in English (labels, open questions), in the language of the briefing."""

from __future__ import annotations

from collections.abc import Sequence

from burdenshare.brief.language import ENGLISH, Tongue
from burdenshare.case import Case
from burdenshare.dossier import Deal, Dossier, Effect, Meeting, Stand, TermDate, open_points
from burdenshare.dossier.open_points import Question


def item_label(kind: str, index: int, label: str, dossier: Dossier, case: Case, *, t: Tongue = ENGLISH) -> str:
    """An item in words; `label` is the dossier's own, which is English."""
    if t is ENGLISH:
        return label
    items: Sequence[object] = getattr(dossier, kind)
    item = items[index]
    number = getattr(item, "agreement", None)
    name = t.agreement_name(number, case) if number else ""
    if isinstance(item, Meeting):
        what = t("round.nth", number=item.number) if item.number else t("summary.another")
    elif isinstance(item, Stand):
        what = t("label.position", side=t.side_name(item.side, case), act=t.of("act", item.act))
    elif isinstance(item, TermDate):
        what = t.of("event", item.event)
    elif isinstance(item, Deal):
        what = t("label.settlement", item=f" ({item.item})" if item.item else "")
    elif isinstance(item, Effect):
        what = t.of("follows", item.effect if t.knows("follows", item.effect) else "unknown")
    else:
        what = _other(kind, item, t)
    return f"{name} {what}".strip()


def _other(kind: str, item: object, t: Tongue) -> str:
    words = [t.of("thing", kind)]
    for name in ("category", "when", "group", "topic", "person"):
        value = getattr(item, name, None)
        if value:
            words.append(t.date_words(str(value)) if name == "when" else t.of(name, str(value)))
    return " ".join(words)


def question_words(dossier: Dossier, case: Case, *, t: Tongue = ENGLISH) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each open question in words, with the claims behind it."""
    if t is ENGLISH:
        return tuple((u.text, u.support) for u in dossier.unknown)
    asked = open_points.questions(dossier.talks, dossier.rounds, dossier.positions, dossier.terms, case)
    return tuple((_question(q, case, t), q.support) for q in asked)


def _question(q: Question, case: Case, t: Tongue) -> str:
    name = t("round.nth", number=q.number) if q.number else t("summary.another")
    return t(
        f"asked.{q.key}",
        round=name,
        agreement=t.agreement_name(q.agreement, case),
        side=t.side_name(q.side, case),
        act=t.of("act", q.act),
        missing=t.listed([t.of("missing", m) for m in q.missing]),
    )
