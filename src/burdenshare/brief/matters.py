"""Linkages and consequences, who speaks, where reports disagree, what is not known."""

from __future__ import annotations

from collections.abc import Mapping

from burdenshare.brief.chronology import effect_words, value_words
from burdenshare.brief.model import Line, Row, Section, Table
from burdenshare.brief.wording import agreement_name, capital, date_words, named, on_date, side_name, spaced
from burdenshare.case import Case
from burdenshare.dossier import Dossier, Effect, Link, Posting, Stance
from burdenshare.reading.claim import Statement
from burdenshare.record import Entry

_TOPICS = {
    "arms-purchases": "Arms purchases",
    "troop-reduction": "Fewer troops",
    "trade-action": "Trade action",
    "security-initiatives": "Security initiatives",
    "off-peninsula-operations": "Operations off the host's territory",
    "strategic-assets": "Strategic assets",
    "new-categories": "New categories of cost",
    "other": "Another matter",
}
_STANCES = {
    "sought": "sought",
    "considered": "considered",
    "refused": "refused",
    "not-discussed": "not discussed in the talks",
    "threatened": "threatened",
    "not-ruled-out": "not ruled out",
    "ruled-out": "ruled out",
    "no-comment": "no comment given",
}
_FIELDS = {"when": "date", "share_percent": "share", "amount": "sum", "change": "rise", "years": "term"}
# The last statements are enough for a briefing; the record has them all.
_STATEMENTS = 8


def linkages(dossier: Dossier, entries: Mapping[str, Entry], case: Case) -> Section:
    """Matters tied to the talks, and what follows without a deal."""
    lines = [_link_line(link, entries, case) for link in dossier.linkages if link.agreement == dossier.talks]
    effects = [_effect_line(e, entries) for e in dossier.consequences if e.agreement == dossier.talks]
    others = [
        _link_line(link, entries, case, labelled=True) for link in dossier.linkages if link.agreement != dossier.talks
    ] + [
        _effect_line(e, entries, _talks(e.agreement, case))
        for e in dossier.consequences
        if e.agreement != dossier.talks
    ]
    more = []
    if effects:
        more.append(("If there is no deal", tuple(effects)))
    if events := around(dossier):
        more.append(("Events set beside the talks", events))
    if others:
        more.append(("In other talks", tuple(others)))
    return Section(
        "linkages",
        "Linkages and consequences",
        lines=tuple(lines),
        more=tuple(more),
        empty="No matter is reported as tied to these talks." if not effects else "",
    )


def _talks(agreement: int | None, case: Case) -> str:
    return capital(agreement_name(agreement, case).removeprefix("the ")) if agreement else "Talks not known"


def _stance_words(stance: Stance, case: Case) -> str:
    word = _STANCES.get(stance.stance or "", "raised")
    denied = f"reports of it being {word} denied" if stance.denied else word
    who = f" by {side_name(stance.side, case)}" if stance.side else ""
    when = f", {date_words(stance.published)}" if stance.published else ""
    return f"{denied}{who} ({named(stance.by)}{when})"


def _words_of(entries: Mapping[str, Entry], claim: str) -> str:
    return " ".join(entries[claim].claim.quote.split()) if claim in entries else ""


def _effect_line(effect: Effect, entries: Mapping[str, Entry], label: str = "") -> Line:
    """A consequence; where the vocabulary has no word for it, in the words of the first report."""
    text = effect_words(effect)
    if effect.effect in ("other", None):
        text = f"“{_words_of(entries, effect.support[0])}”"
    return Line(text, (*effect.support, *effect.dissent), label)


def _link_line(link: Link, entries: Mapping[str, Entry], case: Case, *, labelled: bool = False) -> Line:
    words = "; ".join(_stance_words(s, case) for s in link.stances)
    label = _TOPICS.get(link.topic or "", capital(spaced(link.topic)) or "Another matter")
    if labelled:
        label += f" ({_talks(link.agreement, case)})"
    if link.topic in ("other", None):
        words += f": “{_words_of(entries, link.support[0])}”"
    return Line(f"{capital(words)}.", (*link.support, *link.dissent), label, "", "disputed" if link.versions else "")


def statements(dossier: Dossier, entries: Mapping[str, Entry], case: Case) -> Section:
    """The last statements by named or described speakers of either side, in their words."""
    mine = [s for s in dossier.statements if s.side and s.speaker][-_STATEMENTS:]
    lines = []
    for s in mine:
        entry = entries.get(s.support[0])
        words = " ".join(entry.claim.quote.split()) if entry and isinstance(entry.claim, Statement) else ""
        role = f", {s.role}" if s.role and s.role.casefold() not in (s.speaker or "").casefold() else ""
        told = s.when or s.published
        when = f" ({date_words(told)})" if told else ""
        quoted = words if words[:1] in "\"“'‘" or words[-1:] in '"”' else f"“{words}”"
        lines.append(Line(quoted, s.support, capital(f"{s.speaker}{role}{when}")))
    people = [_posting_line(p, case) for p in dossier.appointments if p.person and p.side]
    return Section(
        "statements",
        "What was said",
        lines=tuple(lines),
        more=(("The delegations", tuple(people)),) if people else (),
        empty="No statement by either side is reported." if not people else "",
    )


def _posting_line(posting: Posting, case: Case) -> Line:
    role = f": {posting.role}" if posting.role else ""
    text = f"{capital(side_name(posting.side, case))}{role}."
    return Line(text, (*posting.support, *posting.dissent), posting.person or "")


def around(dossier: Dossier) -> tuple[Line, ...]:
    """The dated events that reports set beside the talks, in order of time."""
    return tuple(
        Line(f"{capital(spaced(e.type))}.", e.support, capital(date_words(e.when)))
        for e in dossier.events
        if e.when and e.type and e.type != "other"
    )


def disagreements(dossier: Dossier) -> Section:
    """Every disputed field, each version with its voices."""
    rows = []
    for d in dossier.disagreements:
        field = _FIELDS.get(d.field, spaced(d.field.replace("_", "-")))
        for i, v in enumerate(d.versions):
            twins = d.kind == "rounds" and d.field == "number" and isinstance(v.value, str)
            matter = (capital(d.label) if twins else f"{capital(d.label)}: {field}") if i == 0 else ""
            words = value_words(v.value, d.field)
            rows.append(Row((matter, capital(words), named(v.by)), v.support))
    tables = (Table("Each version and who says so", ("Matter", "Version", "Who says so"), tuple(rows)),)
    return Section(
        "disagreements",
        "Where reports disagree",
        tables=tables if rows else (),
        empty="The reports used do not contradict each other.",
    )


def not_known(dossier: Dossier, case: Case) -> Section:
    """Open questions, and plans of which nothing more is reported."""
    lines = []
    for n in dossier.not_held:
        planned = f"planned {'for ' + date_words(n.planned) if n.planned else 'for a date not reported'}"
        end = {
            "moved": f"; it took place {on_date(n.instead)}" if n.instead else "; it was moved",
            "no-report": "; no report tells whether it took place",
            "passed": "; no deal is reported by then",
        }[n.why]
        lines.append(
            Line(
                f"{capital(n.label)}: {planned}{end}.",
                n.support,
                "",
                "",
                "not confirmed" if n.why != "moved" else "moved",
            )
        )
    told = {n.support for n in dossier.not_held}
    lines += [Line(capital(u.text), u.support) for u in dossier.unknown if not u.support or u.support not in told]
    return Section("unknown", "What is not known", lines=tuple(lines), empty="No open question was found.")
