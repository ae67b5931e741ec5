"""Dates and lengths of agreements: "since 1991", "expires at the end of this year", "a one-year deal"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from burdenshare import edtf
from burdenshare.case import Agreement
from burdenshare.dossier.checks.model import Finding, Held, Verdict
from burdenshare.dossier.checks.view import View, names_another
from burdenshare.dossier.checks.wording import number
from burdenshare.dossier.checks.words import clause, within
from burdenshare.edtf import When
from burdenshare.money import Range
from burdenshare.reading.claim import Contribution, Settlement, Term

# An act's field in the case, then those that reports call by the same word: a deal initialled is "signed", and one
# "takes effect" on the day it enters into force or with the year it pays for.
_FIELDS: dict[str, tuple[str, ...]] = {
    "talks-start": ("talks_start",),
    "initialled": ("initialled", "agreed", "signed"),
    "signature": ("signed", "initialled", "agreed"),
    "ratification": ("ratified", "in_force"),
    "start": ("start", "in_force", "ratified"),
    "expiry": ("end",),
}
# The other acts: a date that is one of these is not called wrong, for the words may speak of it.
_ACTS = ("agreed", "initialled", "signed", "ratified", "in_force", "start", "end")
_DATE_LINE = timedelta(days=1)
# Matters that have pacts of their own.
_OTHER_PACTS = ("security-initiatives", "trade-action", "arms-purchases")


def terms(view: View) -> Iterator[Finding]:
    """The checks of dates and lengths."""
    claim = view.claim
    if isinstance(claim, Term):
        if claim.when is not None and claim.event in _FIELDS:
            yield _date(view, claim)
        yield from _length_beside(view, claim)
    elif isinstance(claim, Contribution):
        if claim.when is not None and claim.when.endswith("/..") and claim.amount is None:
            yield _since(view, claim)
        elif claim.when is not None and claim.amount is None and claim.change is None and claim.share_percent is None:
            yield from _began(view, claim)
    elif isinstance(claim, Settlement) and claim.years is not None:
        yield _length(view, claim)


def _done(family: str, field: str, verdict: Verdict, words: str, held: tuple[Held, ...] = ()) -> Finding:
    return Finding(field, family, verdict, words, held)  # type: ignore[arg-type]


# -- dates ------------------------------------------------------------------------------------------------------


def _near(a: When, b: When) -> bool:
    """Whether two dates may be one, the date line between two capitals granted."""
    if a.overlaps(b):
        return True
    if a.is_day and b.is_day and a.earliest and b.earliest:
        return abs(a.earliest - b.earliest) <= _DATE_LINE
    return False


def _same_day_of_year(a: When, b: When) -> bool:
    return bool(a.latest and b.latest and (a.latest.month, a.latest.day) == (b.latest.month, b.latest.day))


def _date(view: View, claim: Term) -> Finding:
    """A date in an agreement's life against the agreement's own; any act of it on that day is granted."""
    agreement = _agreement(view, claim)
    assert claim.event is not None
    assert claim.when is not None
    when = edtf.parse(claim.when)
    if agreement is None:
        return _done("date", "when", "cannot be checked", "which agreement is meant is not sure, or the case lacks it")
    fields = _FIELDS[claim.event]
    field = fields[0]
    known: When | None = getattr(agreement, field)
    what = f"agreement {agreement.number}, {claim.event}"
    for name in dict.fromkeys((*fields, *_ACTS)):
        other: When | None = getattr(agreement, name)
        if other is None or not _near(when, other) or (other.latest is None and name != field):
            continue
        if name == field:
            return _done(
                "date",
                "when",
                "consistent",
                f"{what}: {other.text}",
                _held(view, agreement, f"{what}: {other.text}", name),
            )
        words = f"agreement {agreement.number}: {name.replace('_', ' ')} {other.text}"
        if known is not None:
            words += f" ({claim.event} was {known.text})"
        if name in fields:
            return _done("date", "when", "consistent", words, _held(view, agreement, words, name))
        words = f"{words}; the words may speak of that"
        return _done("date", "when", "cannot be checked", words, _held(view, agreement, words, name))
    if known is None or known.latest is None:
        return _done("date", "when", "cannot be checked", f"the case has no date for this: {what}")
    words = f"{what}: {known.text}, not {when.text}"
    held = _held(view, agreement, f"{what}: {known.text}", field)
    if when.earliest is None or when.latest is None:
        if _same_ending(when.text, known):
            return _done("date", "when", "consistent", f"{what}: {known.text}", held)
        return _done("date", "when", "cannot be checked", "the year of the date is not known", held)
    inferred = "when" in claim.inferred and (not view.sure_of_day or _without_a_year(view))
    if inferred and _same_day_of_year(when, known):
        return _done(
            "date", "when", "consistent", f"{what}: {known.text}; the words give the day and not the year", held
        )
    if doubt := _date_doubt(view, claim, agreement, when):
        return _done("date", "when", "cannot be checked", f"{what}: {known.text}; {doubt}", held)
    if "when" in claim.inferred and not view.sure_of_day:
        return _done("date", "when", "cannot be checked", f"{what}: {known.text}; the year was worked out", held)
    return _done("date", "when", "contradicted", words, held)


def _without_a_year(view: View) -> bool:
    """Whether the words give a day or a month and leave the year to the reader: "on March 31"."""
    sentence = view.sentence
    return sentence is not None and any(
        m.value.inferred and m.value.shape in ("day", "month", "part") for m in within(sentence, view.claim, "date")
    )


def _same_ending(text: str, known: When) -> bool:
    """Whether XXXX-12-31 is the day, whatever the year."""
    return known.latest is not None and text.startswith("XXXX-") and known.latest.isoformat()[5:].startswith(text[5:])


def _date_doubt(view: View, claim: Term, agreement: Agreement, when: When) -> str:
    """Why a date that differs may speak of something else; empty where nothing speaks against it."""
    if claim.modality not in ("stated", "reported") or claim.event in ("talks-start",):
        return "what was planned then is not wrong for having come otherwise"
    if view.sentence is None:
        return "the words around it are not at hand"
    if names_another(view) or view.speaks_of(*_OTHER_PACTS):
        return "the words may speak of another pact"
    if claim.event == "expiry" and _of_a_meeting(view):
        return "the words may speak of the talks that ended"
    if _of_another_act(view, claim):
        return "the day may be that of another act"
    if _numbers(view) - {agreement.number} & {a.number for a in view.case.agreements}:
        return "the sentence numbers another agreement"
    if claim.event != "expiry" and claim.agreement is None:
        return "which agreement's is meant is not sure"
    day = view.evidence.day
    if claim.event != "expiry" and when.latest and day and when.latest > day:
        return "what was planned then is not wrong for having come otherwise"
    for other in view.case.agreements:
        if other.number != agreement.number and claim.agreement is None:
            end = other.end
            if end is not None and end.latest and _near(when, end):
                return f"agreement {other.number} ended then"
    return ""


def _of_a_meeting(view: View) -> bool:
    """Whether a meeting is named in the claim's words or in the clause of its date, so that it may be what ended."""
    sentence = view.sentence
    assert sentence is not None
    mine = {n for m in within(sentence, view.claim, "date") for n in clause(sentence, m.first)}
    nouns = sentence.cues("round-noun", "talks-noun")
    return any(c.first in mine or (view.claim.start <= c.start and c.end <= view.claim.end) for c in nouns)


# The cues of each event; the one nearest to a date says what happened on it.
_CUES = {
    "expiry": ("expire", "expiry-noun"),
    "signature": ("sign", "signing"),
    "initialled": ("initial",),
    "ratification": ("ratify", "ratification-noun"),
    "start": ("take-effect",),
    "talks-start": ("begin",),
}


def _of_another_act(view: View, claim: Term) -> bool:
    """Whether the cue of another act stands nearer to the claim's date than any cue of its own event."""
    sentence = view.sentence
    assert sentence is not None

    def nearest(cues: tuple[str, ...], at: int) -> int:
        return min((abs(c.first - at) for c in sentence.cues(*cues)), default=len(sentence.tokens))

    mine = _CUES[claim.event or ""]
    others = tuple(c for event, cues in _CUES.items() if event != claim.event for c in cues)
    at = [m.first for m in within(sentence, claim, "date")]
    return any(nearest(others, i) < nearest(mine, i) for i in at)


def _agreement(view: View, claim: Term) -> Agreement | None:
    chosen = claim.agreement if claim.agreement is not None else view.evidence.agreement
    return view.case.agreement(chosen) if chosen is not None else None


def _held(view: View, agreement: Agreement, what: str, field: str) -> tuple[Held, ...]:
    return view.history.held(what, view.history.sources_of(agreement, field))


# -- since when -------------------------------------------------------------------------------------------------


def _since(view: View, claim: Contribution) -> Finding:
    """ "since 1991": the first year of the series, or the first year of a later agreement."""
    assert claim.when is not None
    since = edtf.parse(claim.when).earliest
    first = view.history.first_year
    if since is None or first is None:
        return _done("date", "when", "cannot be checked", "the case does not know when the payments began")
    return _against_first(view, claim, since.year, since.year, first)


def _began(view: View, claim: Contribution) -> Iterator[Finding]:
    """ "began in the early 1990s": a span that has to hold the first year."""
    first = view.history.first_year
    when = edtf.parse(claim.when or "")
    if first is None or when.earliest is None or when.latest is None or not view.spots("began"):
        return
    yield _against_first(view, claim, when.earliest.year, when.latest.year, first)


def _against_first(view: View, claim: Contribution, low: int, high: int, first: int) -> Finding:
    agreements = sorted((a for a in view.case.agreements if a.start and a.start.earliest), key=lambda a: a.number)
    starts = {a.start.earliest.year: a for a in agreements if a.start and a.start.earliest}
    lead = starts.get(first)
    what = f"the first payment of the series is for {first}"
    fig = view.history.in_use(first)
    held = view.history.held(what, view.history.sources_of(lead, "start")) if lead else (fig.held if fig else ())
    if low <= first <= high:
        return _done("date", "when", "consistent", what, held)
    opener = next((a for y, a in starts.items() if low <= y <= high), None)
    if opener is not None:
        words = f"agreement {opener.number} began in {opener.start.earliest.year}"  # type: ignore[union-attr]
        if "when" not in claim.inferred and not view.spots("began"):
            return _done("date", "when", "consistent", words, _held(view, opener, words, "start"))
        return _done("date", "when", "cannot be checked", f"{what}; {words}", held)
    if claim.categories is None and claim.category is None and low > first:
        return _done("date", "when", "cannot be checked", f"{what}; what began later is not said", held)
    if "when" in claim.inferred or len(view.history.years) < 5:
        return _done("date", "when", "cannot be checked", f"{what}; the year was worked out", held)
    gap = view.history.years[1] - first > 1
    if gap or view.sentence is None or claim.modality not in ("stated", "reported"):
        return _done("date", "when", "cannot be checked", f"{what}, but the series has gaps", held)
    return _done("date", "when", "contradicted", f"{what}, not {claim.when}", held)


# -- lengths ----------------------------------------------------------------------------------------------------


def _length(view: View, claim: Settlement) -> Finding:
    """The term of the deal a report tells of."""
    if isinstance(claim.years, Range) or claim.years is None:
        return _done("length", "years", "cannot be checked", "a range of lengths is no settled term")
    days = view.days
    told = view.history.told(*days) if days else []
    known = [a for a in told if a.years is not None]
    if not known:
        return _done(
            "length", "years", "cannot be checked", "the case knows no agreement of that time, or not its length"
        )
    if _of_the_old(view, claim.years):
        old = [a for n in known if (a := view.case.agreement(n.number - 1)) is not None and a.years == claim.years]
        if not old:
            return _done("length", "years", "cannot be checked", "the words may speak of an earlier agreement")
        known = old
    bound = _bound_of(view, claim.years)
    same = next((a for a in known if a.years is not None and _is_length(a.years, claim.years, bound)), None)
    if same is not None:
        words = f"agreement {same.number} covers {_covers(same)}: {_years(same.years)}"
        return _done("length", "years", "consistent", words, _held(view, same, words, "years"))
    a = known[0]
    words = f"agreement {a.number} covers {_covers(a)}: {_years(a.years)}"
    held = _held(view, a, words, "years")
    words += f", not {number(claim.years)}"
    if len(told) != 1 or not view.sure_of_day or claim.item is not None or claim.modality not in ("stated", "reported"):
        return _done("length", "years", "cannot be checked", f"{words}, if that agreement is meant", held)
    if bound not in ("exact", "") or (view.sentence is not None and view.sentence.has("conditional")):
        return _done("length", "years", "cannot be checked", f"{words}, but the words give no settled term", held)
    if not _said_in_years(view, claim.years):
        return _done("length", "years", "cannot be checked", f"{words}, but the words give no length", held)
    return _done("length", "years", "contradicted", words, held)


def _bound_of(view: View, years: float) -> str:
    """How the words bound a length: "at least five years"; empty where they give none."""
    found = view.sentence.of("duration") if view.sentence is not None else []
    return next((m.value[0].bound for m in found if m.value[1] == "year" and m.value[0].value == years), "")


def _is_length(known: float, said: float, bound: str) -> bool:
    if bound in ("at-least", "over"):
        return known >= said
    return known <= said if bound in ("up-to", "under") else known == said


def _of_the_old(view: View, years: float) -> bool:
    """Whether the length stands with a word for the agreement before: "the present five-year pact"."""
    sentence = view.sentence
    if sentence is None:
        return False
    at = [m.first for m in sentence.of("duration") if m.value[1] == "year" and m.value[0].value == years]
    return sentence.has("expire") or any(0 <= i - s.last <= 8 for i in at for s in view.spots("current"))


def _years(years: float | None) -> str:
    return "1 year" if years == 1 else f"{number(float(years or 0))} years"


def _covers(a: Agreement) -> str:
    return f"{a.start.text if a.start else '?'} to {a.end.text if a.end else '?'}"


def _said_in_years(view: View, years: float) -> bool:
    """Whether the words give that many years as a length, and not "the first year" or "after five years"."""
    sentence = view.sentence
    if sentence is None:
        return False
    ordinals = {m.last for m in sentence.of("ordinal")}
    lead = _length_cues(view)
    return any(
        m.value[1] == "year" and m.value[0].value == years and m.first not in ordinals and m.first in lead
        for m in sentence.of("duration")
    )


def _length_cues(view: View) -> set[int]:
    """The first tokens of durations that a verb of lasting leads, or that stand before the agreement's noun."""
    sentence = view.sentence
    assert sentence is not None
    out = set()
    for m in sentence.of("duration"):
        lasting = any(0 <= m.first - c.last <= 4 for c in sentence.cues("last"))
        noun = any(0 <= c.first - m.last <= 2 for c in sentence.cues("agreement-noun"))
        noun = noun or any(0 <= m.first - s.last <= 3 for s in view.spots("term-lead"))
        noun = noun or any(0 <= s.first - m.last <= 1 for s in view.spots("term-after"))
        if lasting or noun:
            out.add(m.first)
    return out


def _length_beside(view: View, claim: Term) -> Iterator[Finding]:
    """ "the 10th agreement, valid for one year, ends in December": the length beside an expiry."""
    agreement = _agreement(view, claim)
    sentence = view.sentence
    if claim.event != "expiry" or sentence is None or agreement is None or agreement.years is None:
        return
    lead = _length_cues(view)
    for m in sentence.of("duration"):
        count, unit = m.value
        if unit != "year" or count.value is None or m.first not in lead:
            continue
        words = f"agreement {agreement.number} covers {_covers(agreement)}: {_years(agreement.years)}"
        held = _held(view, agreement, words, "years")
        if count.value == agreement.years:
            yield _done("length", "years", "consistent", words, held)
        elif claim.agreement is not None and len(_numbers(view)) == 1:
            yield _done("length", "years", "contradicted", f"{words}, not {number(count.value)}", held)
        else:
            yield _done("length", "years", "cannot be checked", f"{words}, if that agreement is meant", held)
        return


def _numbers(view: View) -> set[int]:
    """The ordinals of the sentence: with two of them, whose length is given is not sure."""
    sentence = view.sentence
    return {m.value for m in sentence.of("ordinal")} if sentence else set()
