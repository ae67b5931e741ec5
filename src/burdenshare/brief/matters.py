"""Linkages and consequences, who speaks, where reports disagree, what is not known."""

from __future__ import annotations

from collections.abc import Mapping

from burdenshare.brief.chronology import effect_words, value_words
from burdenshare.brief.labels import item_label, question_words
from burdenshare.brief.language import ENGLISH, Tongue
from burdenshare.brief.model import Line, Row, Section, Table
from burdenshare.brief.wording import spaced
from burdenshare.case import Case
from burdenshare.dossier import Dossier, Effect, Link, Posting, Stance
from burdenshare.reading.claim import Statement
from burdenshare.record import Entry

# The last statements are enough for a briefing; the record has them all.
_STATEMENTS = 8


def linkages(dossier: Dossier, entries: Mapping[str, Entry], case: Case, *, t: Tongue = ENGLISH) -> Section:
    """Matters tied to the talks, and what follows without a deal."""
    lines = [_link_line(link, entries, case, t) for link in dossier.linkages if link.agreement == dossier.talks]
    effects = [_effect_line(e, entries, t) for e in dossier.consequences if e.agreement == dossier.talks]
    others = [
        _link_line(link, entries, case, t, labelled=True)
        for link in dossier.linkages
        if link.agreement != dossier.talks
    ] + [
        _effect_line(e, entries, t, label=_talks(e.agreement, case, t))
        for e in dossier.consequences
        if e.agreement != dossier.talks
    ]
    more = []
    if effects:
        more.append((t("title.no_deal"), tuple(effects)))
    if events := around(dossier, t=t):
        more.append((t("title.events"), events))
    if others:
        more.append((t("title.others"), tuple(others)))
    return Section(
        "linkages",
        t("heading.linkages"),
        lines=tuple(lines),
        more=tuple(more),
        empty=t("empty.linkages") if not effects else "",
    )


def _talks(agreement: int | None, case: Case, t: Tongue) -> str:
    if not agreement:
        return t("label.talks_unknown")
    return t.capital(t.agreement_name(agreement, case).removeprefix("the "))


def _stance_words(stance: Stance, case: Case, t: Tongue) -> str:
    word = t.of("stance", stance.stance if t.knows("stance", stance.stance) else "raised")
    told = t("stance_denied", word=word) if stance.denied else word
    who = t("stance_by", side=t.side_name(stance.side, case)) if stance.side else ""
    when = f", {t.date_words(stance.published)}" if stance.published else ""
    return t("stance_words", word=told, who=who, by=t.named(stance.by), when=when)


def _words_of(entries: Mapping[str, Entry], claim: str) -> str:
    return " ".join(entries[claim].claim.quote.split()) if claim in entries else ""


def _effect_line(effect: Effect, entries: Mapping[str, Entry], t: Tongue, *, label: str = "") -> Line:
    """A consequence; where the vocabulary has no word for it, in the words of the first report."""
    text = effect_words(effect, t=t)
    if effect.effect in ("other", None):
        text = f"“{_words_of(entries, effect.support[0])}”"
    return Line(text, (*effect.support, *effect.dissent), label)


def _link_line(link: Link, entries: Mapping[str, Entry], case: Case, t: Tongue, *, labelled: bool = False) -> Line:
    words = "; ".join(_stance_words(s, case, t) for s in link.stances)
    label = t.of("topic", link.topic) if t.knows("topic", link.topic) else t.capital(spaced(link.topic))
    label = label or t.of("topic", "other")
    if labelled:
        label += f" ({_talks(link.agreement, case, t)})"
    if link.topic in ("other", None):
        words += f": “{_words_of(entries, link.support[0])}”"
    return Line(f"{t.capital(words)}.", (*link.support, *link.dissent), label, "", "disputed" if link.versions else "")


def statements(dossier: Dossier, entries: Mapping[str, Entry], case: Case, *, t: Tongue = ENGLISH) -> Section:
    """The last statements by named or described speakers of either side, in their words."""
    mine = [s for s in dossier.statements if s.side and s.speaker][-_STATEMENTS:]
    lines = []
    for s in mine:
        entry = entries.get(s.support[0])
        words = " ".join(entry.claim.quote.split()) if entry and isinstance(entry.claim, Statement) else ""
        role = f", {s.role}" if s.role and s.role.casefold() not in (s.speaker or "").casefold() else ""
        told = s.when or s.published
        when = f" ({t.date_words(told)})" if told else ""
        quoted = words if words[:1] in "\"“'‘" or words[-1:] in '"”' else f"“{words}”"
        lines.append(Line(quoted, s.support, t.capital(f"{t.called(s.speaker or '', case)}{role}{when}")))
    people = [_posting_line(p, case, t) for p in dossier.appointments if p.person and p.side]
    return Section(
        "statements",
        t("heading.statements"),
        lines=tuple(lines),
        more=((t("title.delegations"), tuple(people)),) if people else (),
        empty=t("empty.statements") if not people else "",
    )


def _posting_line(posting: Posting, case: Case, t: Tongue) -> Line:
    role = f": {posting.role}" if posting.role else ""
    text = f"{t.capital(t.side_name(posting.side, case))}{role}."
    return Line(text, (*posting.support, *posting.dissent), t.called(posting.person or "", case))


def around(dossier: Dossier, *, t: Tongue = ENGLISH) -> tuple[Line, ...]:
    """The dated events that reports set beside the talks, in order of time."""
    return tuple(
        Line(f"{t.capital(t.of('occasion', e.type))}.", e.support, t.capital(t.date_words(e.when)))
        for e in dossier.events
        if e.when and e.type and e.type != "other"
    )


def disagreements(dossier: Dossier, case: Case, *, t: Tongue = ENGLISH) -> Section:
    """Every disputed field, each version with its voices."""
    rows = []
    for d in dossier.disagreements:
        field = _field_words(d.field, case, t)
        label = t.capital(item_label(d.kind, d.index, d.label, dossier, case, t=t))
        for i, v in enumerate(d.versions):
            twins = d.kind == "rounds" and d.field == "number" and isinstance(v.value, str)
            if twins and t is not ENGLISH:
                label = t("twins", label=label, number=len(d.versions)) if i == 0 else label
            matter = (label if twins else f"{label}: {field}") if i == 0 else ""
            words = value_words(v.value, d.field.partition(" of ")[0], t=t, case=case)
            rows.append(Row((matter, t.capital(words), t.named(v.by)), v.support))
    columns = (t("head.matter"), t("head.version"), t("head.who"))
    tables = (Table(t("table.versions"), columns, tuple(rows)),)
    return Section(
        "disagreements",
        t("heading.disagreements"),
        tables=tables if rows else (),
        empty=t("empty.disagreements"),
    )


def _field_words(field: str, case: Case, t: Tongue) -> str:
    """A disputed field in words; a stance names whose it is by the party's id."""
    if t is ENGLISH or " of " not in field:
        return t.of("matter", field.replace("_", "-"))
    what, _, side = field.partition(" of ")
    return t("label.position", side=t.side_name(side, case), act=t.of("matter", what))


def not_known(dossier: Dossier, case: Case, *, t: Tongue = ENGLISH) -> Section:
    """Open questions, and plans of which nothing more is reported."""
    lines = []
    for n in dossier.not_held:
        label = t.capital(item_label(n.kind, n.index, n.label, dossier, case, t=t))
        planned = t("plan.for", when=t.date_words(n.planned)) if n.planned else t("plan.undated")
        why = "moved_to" if n.why == "moved" and n.instead else n.why
        instead = t.on_date(n.instead) if n.instead else ""
        text = t(f"plan.{why}", label=label, planned=planned, instead=instead)
        lines.append(Line(text, n.support, "", "", "not confirmed" if n.why != "moved" else "moved"))
    told = {n.support for n in dossier.not_held}
    lines += [
        Line(t.capital(text), support)
        for text, support in question_words(dossier, case, t=t)
        if not support or support not in told
    ]
    return Section("unknown", t("heading.unknown"), lines=tuple(lines), empty=t("empty.unknown"))
