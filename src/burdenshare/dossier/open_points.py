"""What cuts across the items: disputed fields, plans that did not come about, and what no report answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from burdenshare import edtf
from burdenshare.case import Case
from burdenshare.dossier import values
from burdenshare.dossier.model import (
    Deal,
    Disagreement,
    Effect,
    Item,
    Meeting,
    NotHeld,
    Stand,
    TermDate,
    Unknown,
    Version,
)
from burdenshare.dossier.places import preferred
from burdenshare.money import Amount


def ordinal(number: int) -> str:
    """11th, 22nd, 3rd."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def definite(name: str) -> str:
    """`the United States`, `South Korea`."""
    return f"the {name}" if name.startswith("United ") else name


def label(kind: str, item: Item, case: Case) -> str:
    """An item in words, for headings: `3rd round of talks on the 11th agreement`."""
    number = getattr(item, "agreement", None)
    talks = f" on the {ordinal(number)} agreement" if number else ""
    of = f" of the {ordinal(number)} agreement" if number else ""
    if isinstance(item, Meeting):
        return (f"{ordinal(item.number)} round of talks" if item.number else "a round of talks") + talks
    if isinstance(item, Stand):
        side = case.parties.get(item.side or "")
        who = definite(preferred(side.names)) if side else "a side"
        return f"{item.act or 'position'} of {who}{talks}"
    if isinstance(item, TermDate):
        return f"{(item.event or 'date').replace('-', ' ')}{of}"
    if isinstance(item, Deal):
        return f"settlement{' on ' + item.item if item.item else ''}{talks}"
    if isinstance(item, Effect):
        return f"{item.effect or 'consequence'}{' of ' + item.group.replace('-', ' ') if item.group else ''}"
    words = [
        str(v).replace("-", " ")
        for name in ("category", "when", "group", "topic", "person")
        if (v := getattr(item, name, None))
    ]
    return " ".join([kind.removesuffix("s").replace("people", "headcount"), *words])


def disagreements(kinds: Mapping[str, Sequence[Item]], case: Case) -> tuple[Disagreement, ...]:
    """Every disputed field of every item, in the order of the kinds and items."""
    found = []
    for kind, items in kinds.items():
        numbered: dict[tuple[int | None, int], list[Meeting]] = {}
        for item in items:
            if isinstance(item, Meeting) and item.number is not None:
                numbered.setdefault((item.agreement, item.number), []).append(item)
        for i, item in enumerate(items):
            disputed = [(f, vs) for f, vs in item.versions.items() if _at_odds(vs)]
            twins = (
                numbered.get((item.agreement, item.number), [])
                if isinstance(item, Meeting) and item.number is not None
                else []
            )
            first = len(twins) > 1 and twins[0] is item
            name = label(kind, item, case) if disputed or first else ""
            found += [_disagreement(kind, i, name, f, vs) for f, vs in disputed]
            if first:
                versions = tuple(Version(m.when, m.by, m.sources, m.support) for m in twins)
                found.append(
                    _disagreement(kind, i, f"{name}: {len(twins)} meetings carry this number", "number", versions)
                )
    return tuple(found)


def _at_odds(versions: Sequence[Version]) -> bool:
    """False where the versions are only wordings of one figure ("5 billion", "as much as 5 billion")."""
    sums = [v.value for v in versions if isinstance(v.value, Amount)]
    if len(sums) < len(versions):
        return True
    return any(not values.amounts_agree(a, b) for a in sums for b in sums)


def _disagreement(kind: str, index: int, name: str, field: str, versions: tuple[Version, ...]) -> Disagreement:
    return Disagreement(
        kind=kind,
        index=index,
        label=name,
        field=field,
        versions=versions,
        support=versions[0].support,
        dissent=tuple(dict.fromkeys(s for v in versions[1:] for s in v.support)),
        sources=versions[0].sources,
    )


def not_held(
    rounds: Sequence[Meeting], terms: Sequence[TermDate], deals: Sequence[Deal], case: Case, *, today: date | None
) -> tuple[NotHeld, ...]:
    """Rounds planned of which nothing more is reported, plans that were moved, targets that passed without a deal."""
    found = []
    for i, r in enumerate(rounds):
        name = label("rounds", r, case)
        if r.status == "unconfirmed":
            found.append(NotHeld("rounds", i, name, r.when, None, "no-report", r.support, r.dissent, r.sources))
        for plan in r.plans:
            if plan.when and r.when and not values.dates_agree(plan.when, r.when):
                found.append(
                    NotHeld("rounds", i, name, plan.when, r.when, "moved", plan.support, r.support, plan.sources)
                )
    concluded = {d.agreement for d in deals if not d.expected}
    concluded |= {t.agreement for t in terms if t.event in ("signature", "initialled") and not t.expected}
    for i, t in enumerate(terms):
        last = edtf.parse(t.when).latest if t.when else None
        if t.event == "target" and last and today and last < today and t.agreement not in concluded:
            found.append(
                NotHeld("terms", i, label("terms", t, case), t.when, None, "passed", t.support, t.dissent, t.sources)
            )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An open question before it is worded: `key` says which, the rest what it is about."""

    what: str
    key: str
    agreement: int | None = None
    number: int | None = None  # of a round
    missing: tuple[str, ...] = ()  # of a round: `when`, `where`, `with what result`
    side: str | None = None
    act: str | None = None
    support: tuple[str, ...] = ()
    sources: int = 0


def questions(
    talks: int | None,
    rounds: Sequence[Meeting],
    positions: Sequence[Stand],
    terms: Sequence[TermDate],
    case: Case,
) -> tuple[Question, ...]:
    """The questions on the agreement under negotiation that no claim in use answers."""
    if talks is None:
        return (Question(what="talks", key="talks"),)
    found = []
    mine = [r for r in rounds if r.agreement == talks]
    numbers = {r.number for r in mine if r.number is not None}
    if not mine:
        found.append(Question(what="rounds", key="no_round", agreement=talks))
    for n in range(1, max(numbers, default=0)):
        if n not in numbers:
            found.append(Question(what="rounds", key="skipped", number=n))
    for r in mine:
        told: dict[str, Any] = {"support": r.support, "sources": r.sources, "number": r.number, "what": "rounds"}
        gaps = _gaps(r)
        if r.status == "unconfirmed":
            found.append(Question(key="unconfirmed", **told))
        elif r.status == "held" and gaps:
            found.append(Question(key="result" if gaps == _RESULT else "details", missing=gaps, **told))
    for side, act in ((case.stationing, "demand"), (case.host, "offer")):
        stands = [p for p in positions if p.agreement == talks and p.side == side.id and p.act == act]
        if not stands:
            found.append(Question(what="positions", key="no_position", side=side.id, act=act))
        elif not any(p.amount or p.change or p.share_percent for p in stands):
            about: dict[str, Any] = {"side": side.id, "act": act, "support": stands[0].support, "sources": 1}
            found.append(Question(what="positions", key="no_figure", **about))
    if not any(t.event == "expiry" and t.agreement == talks - 1 and t.when for t in terms):
        found.append(Question(what="terms", key="no_expiry", agreement=talks - 1))
    return tuple(found)


_RESULT = ("with what result",)


def _gaps(r: Meeting) -> tuple[str, ...]:
    """What is not reported of a round, in the words of the question."""
    known = (
        ("when", r.when),
        ("where", r.city or r.place or r.format or r.venue),
        ("with what result", r.outcome if r.outcome != "concluded" else None),
    )
    return tuple(words for words, value in known if value is None)


def unknown(
    talks: int | None,
    rounds: Sequence[Meeting],
    positions: Sequence[Stand],
    terms: Sequence[TermDate],
    case: Case,
) -> tuple[Unknown, ...]:
    """The open questions (`questions`) in English."""
    asked = questions(talks, rounds, positions, terms, case)
    return tuple(Unknown(q.what, _worded(q, case), q.support, (), q.sources) for q in asked)


def _worded(q: Question, case: Case) -> str:
    name = f"the {ordinal(q.number)} round" if q.number else "a round without a number"
    who = definite(preferred(case.parties[q.side].names)) if q.side else ""
    agreement = ordinal(q.agreement) if q.agreement is not None else ""
    return {
        "talks": "Which agreement the reports are about could not be worked out.",
        "no_round": f"No round of talks on the {agreement} agreement is reported.",
        "skipped": f"Nothing is reported of {name}.",
        "unconfirmed": f"No report tells whether {name} was held as planned.",
        "result": f"The result of {name} is not reported.",
        "details": f"Not reported of {name}: {', '.join(q.missing)} it was held.",
        "no_position": f"No {q.act} by {who} is reported.",
        "no_figure": f"The {q.act} of {who} is reported without a figure.",
        "no_expiry": f"No report says when the {agreement} agreement expires.",
    }[q.key]
