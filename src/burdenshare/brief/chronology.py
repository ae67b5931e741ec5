"""The chronology of the talks under negotiation, and the earlier talks the reports look back on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from burdenshare import edtf
from burdenshare.brief.language import ENGLISH, Tongue
from burdenshare.brief.model import Line, Section
from burdenshare.brief.summary import month_of, where
from burdenshare.brief.wording import spaced
from burdenshare.case import Case
from burdenshare.dossier import Dossier, Effect, Meeting, TermDate, Version
from burdenshare.dossier.values import dates_agree
from burdenshare.money import Amount, Change, Growth, Range


def version_words(
    versions: Sequence[Version], field: str = "", *, t: Tongue = ENGLISH, case: Case | None = None
) -> str:
    """The versions of a field, each with who gives it."""
    return "; ".join(f"{value_words(v.value, field, t=t, case=case)} ({t.named(v.by)})" for v in versions)


def value_words(value: object, field: str = "", *, t: Tongue = ENGLISH, case: Case | None = None) -> str:
    """Any value of a field in words; the field says what a bare number counts."""
    if isinstance(value, (int, float, Range)) and field == "years":
        return t.years_words(value)
    if isinstance(value, (int, float, Range)) and field == "share_percent":
        return t.percent(value)
    if isinstance(value, Amount):
        return t.amount_words(value)
    if isinstance(value, Change):
        return t.change_words(value)
    if isinstance(value, Growth):
        return t.growth_words(value)
    if isinstance(value, Range):
        return t("range", low=t.plain(value.low), high=t.plain(value.high))
    if isinstance(value, (int, float)):
        return t.plain(value)
    if isinstance(value, str):
        return _text_words(value, field, t, case)
    return str(value)


def _text_words(value: str, field: str, t: Tongue, case: Case | None) -> str:
    denied, _, stated = value.rpartition("denied: ")
    word = stated.replace(" ", "-")
    if t.knows(f"as.{field}", word):
        said = t.of(f"as.{field}", word)
        return t("as_denied", word=said) if value != stated and not denied else said
    try:
        return t.date_words(value)
    except ValueError:
        named = t.called(value, case)
        return spaced(named) if "-" in named and " " not in named else named


def meeting_words(meeting: Meeting, case: Case | None = None, *, t: Tongue = ENGLISH) -> str:
    """A round in one sentence."""
    name = t("round.nth", number=meeting.number) if meeting.number else t("round.unnumbered")
    place = where(meeting, case, t=t)
    if meeting.status != "held":
        key = "round.unconfirmed" if meeting.status == "unconfirmed" else "round.planned"
        return t(key, name=name, where=place)
    venue = t("round.venue", venue=t.called(meeting.venue.removeprefix("the "), case)) if meeting.venue else ""
    video = t("round.video") if meeting.format == "video" and (meeting.city or meeting.place) else ""
    end = t.of("result", meeting.outcome if t.knows("result", meeting.outcome) else "unknown")
    return t("round.held", name=name, where=place, venue=venue, video=video, end=end)


def _meeting_line(meeting: Meeting, case: Case, t: Tongue) -> Line:
    notes = []
    for plan in meeting.plans:
        note = t("note.planned", when=t.date_words(month_of(plan.when))) if plan.when else ""
        if plan.when and meeting.when and not dates_agree(plan.when, meeting.when) and note not in notes:
            notes.append(note)
    for name, versions in meeting.versions.items():
        notes.append(
            t("note.disputed", field=t.of("noted", name), versions=version_words(versions, name, t=t, case=case))
        )
    if "number" in meeting.inferred:
        notes.append(t("note.number_inferred"))
    if "when" in meeting.inferred and meeting.status == "held":
        notes.append(t("note.date_inferred"))
    tag = {"held": "", "planned": "planned", "unconfirmed": "not confirmed"}[meeting.status]
    label = t.date_words(month_of(meeting.when)) if meeting.when else t("label.no_date")
    return Line(
        meeting_words(meeting, case, t=t), (*meeting.support, *meeting.dissent), t.capital(label), "; ".join(notes),
        "disputed" if meeting.versions else tag,
    )  # fmt: skip


def _term_line(term: TermDate, case: Case, t: Tongue) -> Line:
    name = t.agreement_name(term.agreement, case)
    event = term.event if t.knows("step", term.event) else "other"
    text = t.capital(t(f"step.{event}", name=name))
    notes = [
        t("note.disputed", field=t.of("noted", "when"), versions=version_words(v, t=t, case=case))
        for v in term.versions.values()
    ]
    tag = "disputed" if term.versions else "expected" if term.expected else ""
    label = t.capital(t.date_words(term.when)) if term.when else t("label.no_date")
    return Line(f"{text}.", (*term.support, *term.dissent), label, "; ".join(notes), tag)


def effect_words(effect: Effect, *, t: Tongue = ENGLISH) -> str:
    """A consequence in one sentence."""
    what = t.of("follows", effect.effect if t.knows("follows", effect.effect) else "unknown")
    grouped = effect.group and effect.effect in ("furlough", "other")
    who = t("effect.of", group=t.of("of-group", effect.group)) if grouped else ""
    number = t("effect.number", number=t.plain(effect.number)) if effect.number else ""
    stage = t.of("reached", effect.stage)
    text = t("effect.head", what=t.capital(what), who=who, number=number, stage=stage)
    if effect.when:
        key = "effect.for" if effect.stage == "threat" else "effect.on"
        text = t(key, text=text, when=t.date_words(effect.when), on=t.on_date(effect.when))
    if effect.condition == "no-deal":
        text = t("effect.no_deal", text=text)
    first = next((s.published for s in effect.steps if s.stage == effect.stage and s.published), None)
    return f"{text}." if effect.when or not first else t("effect.reported", text=text, when=t.date_words(first))


def _sort(text: str | None) -> date:
    if text is None:
        return date.max
    when = edtf.parse(text)
    wide = when.earliest and when.latest and (when.latest - when.earliest).days > 31
    return (when.latest if wide else when.earliest or when.latest) or date.max


def chronology(dossier: Dossier, case: Case, *, t: Tongue = ENGLISH) -> Section:
    """Rounds, dates, deals, consequences and events of the talks under negotiation, in order of time."""
    talks = dossier.talks
    dated: list[tuple[date, int, Line]] = []
    for i, r in enumerate(dossier.rounds):
        if r.agreement == talks:
            dated.append((_sort(r.when), i, _meeting_line(r, case, t)))
    near = {talks, talks - 1} if talks else set()
    for term in dossier.terms:
        shown = term.agreement == talks or (term.agreement in near and term.event == "expiry")
        if shown and term.when and term.event != "target":
            dated.append((_sort(term.when), 1000, _term_line(term, case, t)))
    for deal in dossier.settlements:
        if deal.agreement == talks and deal.when and not deal.expected:
            figure = t.amount_words(deal.amount, deal.per, also=False) if deal.amount else ""
            key = "step.deal_for" if figure else "step.deal"
            text = t(key, name=t.agreement_name(talks, case), sum=figure)
            dated.append((_sort(deal.when), 2000, Line(text, deal.support, t.capital(t.date_words(deal.when)))))
    for effect in dossier.consequences:
        if effect.agreement == talks and effect.when:
            line = Line(effect_words(effect, t=t), effect.support, t.capital(t.date_words(effect.when)))
            dated.append((_sort(effect.when), 3000, line))
    rounds = [d for d in dated if d[1] < 1000]
    others = sorted((d for d in dated if d[1] >= 1000), key=lambda d: (d[0], d[1], d[2].text))
    return Section(
        "chronology",
        t("heading.chronology"),
        lines=_woven(rounds, others),
        more=_earlier(dossier, case, t),
        empty=t("empty.chronology", name=t.agreement_name(talks, case)) if talks else t("empty.talks"),
        timeline=True,
    )


def _woven(rounds: Sequence[tuple[date, int, Line]], others: Sequence[tuple[date, int, Line]]) -> tuple[Line, ...]:
    """Rounds in their own order, the rest set before the first round that begins after it."""
    row = list(rounds)
    for other in others:
        at = next((i for i, (day, _, _) in enumerate(row) if day > other[0]), len(row))
        row.insert(at, other)
    return tuple(line for _, _, line in row)


def _earlier(dossier: Dossier, case: Case, t: Tongue) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Talks on other agreements, the latest first."""
    found = []
    numbers = {r.agreement for r in dossier.rounds} | {c.agreement for c in dossier.tallies}
    for number in sorted(numbers - {dossier.talks}, key=lambda n: (n is None, -(n or 0))):
        lines = [_meeting_line(r, case, t) for r in dossier.rounds if r.agreement == number]
        for c in dossier.tallies:
            if c.agreement == number and c.count is not None:
                rounds = t.capital(t.counted(c.count, "round"))
                text = (
                    t("tally.since", rounds=rounds, when=t.date_words(c.since))
                    if c.since
                    else t("tally.talks", rounds=rounds)
                )
                lines.append(Line(text, c.support, t("label.tally")))
        title = t("title.talks", name=t.agreement_name(number, case)) if number else t("title.unplaced")
        found.append((title, tuple(lines)))
    tallies = [c for c in dossier.tallies if c.agreement == dossier.talks and dossier.talks is not None]
    if tallies:
        lines = [
            Line(t("tally.these", rounds=t.capital(t.counted(c.count or 0, "round"))), c.support, t("label.tally"))
            for c in tallies
        ]
        found.insert(0, (t("title.counted"), tuple(lines)))
    return tuple(found)
