"""The chronology of the talks under negotiation, and the earlier talks the reports look back on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from burdenshare import edtf
from burdenshare.brief.model import Line, Section
from burdenshare.brief.summary import month_of, where
from burdenshare.brief.wording import (
    agreement_name,
    amount_words,
    capital,
    change_words,
    counted,
    date_words,
    growth_words,
    named,
    on_date,
    ordinal,
    percent,
    plain,
    spaced,
    years_words,
)
from burdenshare.case import Case
from burdenshare.dossier import Dossier, Effect, Meeting, TermDate, Version
from burdenshare.dossier.values import dates_agree
from burdenshare.money import Amount, Change, Growth, Range

_OUTCOMES = {
    "deal": "it ended with a deal",
    "no-deal": "it ended without a deal",
    "broke-off": "it was broken off",
    "concluded": "it was concluded; what came of it is not reported",
    "ongoing": "it was under way when last reported",
}
_TERMS = {
    "talks-start": "talks on {} begin",
    "target": "target set for concluding {}",
    "initialled": "{} is initialled",
    "signature": "{} is signed",
    "ratification": "{} is ratified",
    "start": "{} starts",
    "expiry": "{} expires",
}
_EFFECTS = {"furlough": "furlough", "lapse": "lapse of the agreement", "stop-gap": "stop-gap", "other": "other measure"}
_STAGES = {"threat": "warned of", "notice": "announced", "start": "begun", "end": "over"}


def version_words(versions: Sequence[Version], field: str = "") -> str:
    """The versions of a field, each with who gives it."""
    return "; ".join(f"{value_words(v.value, field)} ({named(v.by)})" for v in versions)


def value_words(value: object, field: str = "") -> str:
    """Any value of a field in words; the field says what a bare number counts."""
    if isinstance(value, (int, float, Range)) and field == "years":
        return years_words(value)
    if isinstance(value, (int, float, Range)) and field == "share_percent":
        return percent(value)
    if isinstance(value, Amount):
        return amount_words(value)
    if isinstance(value, Change):
        return change_words(value)
    if isinstance(value, (Growth, Range)):
        return growth_words(value) if isinstance(value, Growth) else f"{plain(value.low)} to {plain(value.high)}"
    if isinstance(value, (int, float)):
        return plain(value)
    if isinstance(value, str):
        try:
            return date_words(value)
        except ValueError:
            return spaced(value) if "-" in value and " " not in value else value
    return str(value)


def meeting_words(meeting: Meeting) -> str:
    """A round in one sentence."""
    name = f"{ordinal(meeting.number)} round" if meeting.number else "Round of talks (number not reported)"
    if meeting.status != "held":
        text = f"{name} planned{where(meeting)}"
        if meeting.status == "unconfirmed":
            text += "; no report tells whether it was held"
        return f"{text}."
    venue = f", at the {meeting.venue.removeprefix('the ')}" if meeting.venue else ""
    video = " (by video)" if meeting.format == "video" and (meeting.city or meeting.place) else ""
    end = _OUTCOMES.get(meeting.outcome or "", "its result is not reported")
    return f"{name}{where(meeting)}{venue}{video}: {end}."


def _meeting_line(meeting: Meeting) -> Line:
    notes = []
    for plan in meeting.plans:
        note = f"had been planned for {date_words(month_of(plan.when))}" if plan.when else ""
        if plan.when and meeting.when and not dates_agree(plan.when, meeting.when) and note not in notes:
            notes.append(note)
    for name, versions in meeting.versions.items():
        notes.append(f"{'date' if name == 'when' else spaced(name)} disputed: {version_words(versions, name)}")
    if "number" in meeting.inferred:
        notes.append("the number is worked out from the round before it")
    if "when" in meeting.inferred and meeting.status == "held":
        notes.append("the date is that of the plan")
    tag = {"held": "", "planned": "planned", "unconfirmed": "not confirmed"}[meeting.status]
    label = date_words(month_of(meeting.when)) if meeting.when else "Date not reported"
    return Line(
        meeting_words(meeting), (*meeting.support, *meeting.dissent), capital(label), "; ".join(notes),
        "disputed" if meeting.versions else tag,
    )  # fmt: skip


def _term_line(term: TermDate, case: Case) -> Line:
    name = agreement_name(term.agreement, case)
    text = capital(_TERMS.get(term.event or "", "date of {}").format(name))
    notes = [f"date disputed: {version_words(v)}" for v in term.versions.values()]
    tag = "disputed" if term.versions else "expected" if term.expected else ""
    label = capital(date_words(term.when)) if term.when else "Date not reported"
    return Line(f"{text}.", (*term.support, *term.dissent), label, "; ".join(notes), tag)


def effect_words(effect: Effect) -> str:
    """A consequence in one sentence."""
    what = _EFFECTS.get(effect.effect or "", "consequence")
    who = f" of {spaced(effect.group)}" if effect.group and effect.effect in ("furlough", "other") else ""
    number = f" ({plain(effect.number)} people)" if effect.number else ""
    text = f"{capital(what)}{who}{number}: {_STAGES[effect.stage]}"
    if effect.when:
        text += f" for {date_words(effect.when)}" if effect.stage == "threat" else f" {on_date(effect.when)}"
    if effect.condition == "no-deal":
        text += " if there is no deal"
    first = next((s.published for s in effect.steps if s.stage == effect.stage and s.published), None)
    return f"{text}." if effect.when or not first else f"{text}, as reported {date_words(first)}."


def _sort(text: str | None) -> date:
    if text is None:
        return date.max
    when = edtf.parse(text)
    wide = when.earliest and when.latest and (when.latest - when.earliest).days > 31
    return (when.latest if wide else when.earliest or when.latest) or date.max


def chronology(dossier: Dossier, case: Case) -> Section:
    """Rounds, dates, deals, consequences and events of the talks under negotiation, in order of time."""
    talks = dossier.talks
    dated: list[tuple[date, int, Line]] = []
    for i, r in enumerate(dossier.rounds):
        if r.agreement == talks:
            dated.append((_sort(r.when), i, _meeting_line(r)))
    near = {talks, talks - 1} if talks else set()
    for term in dossier.terms:
        shown = term.agreement == talks or (term.agreement in near and term.event == "expiry")
        if shown and term.when and term.event != "target":
            dated.append((_sort(term.when), 1000, _term_line(term, case)))
    for deal in dossier.settlements:
        if deal.agreement == talks and deal.when and not deal.expected:
            sum_ = f": {amount_words(deal.amount, deal.per, also=False)}" if deal.amount else ""
            line = Line(f"Deal on {agreement_name(talks, case)}{sum_}.", deal.support, capital(date_words(deal.when)))
            dated.append((_sort(deal.when), 2000, line))
    for effect in dossier.consequences:
        if effect.agreement == talks and effect.when:
            line = Line(effect_words(effect), effect.support, capital(date_words(effect.when)))
            dated.append((_sort(effect.when), 3000, line))
    rounds = [d for d in dated if d[1] < 1000]
    others = sorted((d for d in dated if d[1] >= 1000), key=lambda d: (d[0], d[1], d[2].text))
    return Section(
        "chronology",
        "Chronology",
        lines=_woven(rounds, others),
        more=_earlier(dossier, case),
        empty=f"No dated step of the talks on {agreement_name(talks, case)} is reported." if talks else "No talks.",
        timeline=True,
    )


def _woven(rounds: Sequence[tuple[date, int, Line]], others: Sequence[tuple[date, int, Line]]) -> tuple[Line, ...]:
    """Rounds in their own order, the rest set before the first round that begins after it."""
    row = list(rounds)
    for other in others:
        at = next((i for i, (day, _, _) in enumerate(row) if day > other[0]), len(row))
        row.insert(at, other)
    return tuple(line for _, _, line in row)


def _earlier(dossier: Dossier, case: Case) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Talks on other agreements, the latest first."""
    found = []
    numbers = {r.agreement for r in dossier.rounds} | {t.agreement for t in dossier.tallies}
    for number in sorted(numbers - {dossier.talks}, key=lambda n: (n is None, -(n or 0))):
        lines = [_meeting_line(r) for r in dossier.rounds if r.agreement == number]
        for t in dossier.tallies:
            if t.agreement == number and t.count is not None:
                since = f" since {date_words(t.since)}" if t.since else ""
                lines.append(Line(f"{capital(counted(t.count, 'round'))} of talks counted{since}.", t.support, "Tally"))
        title = f"Talks on {agreement_name(number, case)}" if number else "Talks that could not be placed"
        found.append((title, tuple(lines)))
    tallies = [t for t in dossier.tallies if t.agreement == dossier.talks and dossier.talks is not None]
    if tallies:
        lines = [
            Line(f"{capital(counted(t.count or 0, 'round'))} counted in these talks.", t.support, "Tally")
            for t in tallies
        ]
        found.insert(0, ("Counted by the reports", tuple(lines)))
    return tuple(found)
