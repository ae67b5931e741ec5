"""Counts of rounds: a meeting's number by its day, "the fifth this year", "10 rounds since March 2018"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from burdenshare import edtf
from burdenshare.case.model import PastRound
from burdenshare.dossier.checks.model import Finding, Held, Verdict
from burdenshare.dossier.checks.view import View
from burdenshare.dossier.checks.wording import listed, number, ordinal
from burdenshare.edtf import When
from burdenshare.reading.claim import Round
from burdenshare.reading.mentions.mention import Mention

# A count told within these days of a round may or may not hold it yet.
_ABOUT_NOW = timedelta(days=10)
# A meeting's days as reported and as known may differ by the date line.
_DATE_LINE = timedelta(days=1)
_MEETING = timedelta(days=7)


def counts(view: View) -> Iterator[Finding]:
    """The checks of a round claim's number and tally."""
    claim = view.claim
    if not isinstance(claim, Round):
        return
    if claim.count is not None:
        yield _tally(view, claim)
    elif claim.number is not None and "number" not in claim.inferred:
        this_year = [s for s in view.spots("this-year") if _ordinal_before(view, claim.number, s.first)]
        yield _this_year(view, claim.number) if this_year else _numbered(view, claim)


def _done(field: str, verdict: Verdict, words: str, held: tuple[Held, ...] = ()) -> Finding:
    return Finding(field, "count", verdict, words, held)


def _start(r: PastRound) -> date:
    assert r.start is not None
    assert r.start.earliest is not None
    return r.start.earliest


def _end(r: PastRound) -> date:
    return r.end.latest if r.end and r.end.latest else (r.start.latest if r.start and r.start.latest else _start(r))


def _exact(r: PastRound) -> bool:
    """Whether the round's first day is known, not only its month."""
    return bool(r.start and r.start.is_day)


def _rounds(rounds: Sequence[PastRound]) -> str:
    return "1 round" if len(rounds) == 1 else f"{len(rounds)} rounds"


def _span(rounds: Sequence[PastRound]) -> str:
    return f"{_start(rounds[0]).isoformat()} to {_end(rounds[-1]).isoformat()}"


def _starts(r: PastRound, since: When) -> bool:
    """Whether a round falls on a date, a week given either way."""
    if since.earliest is None or since.latest is None:
        return False
    return since.earliest - _MEETING <= _start(r) <= since.latest + _MEETING


# -- numbers ----------------------------------------------------------------------------------------------------


def _numbered(view: View, claim: Round) -> Finding:
    """A round's number against the round the case knows on those days, else against the other reports."""
    agreement = claim.agreement or view.evidence.agreement
    when = edtf.parse(claim.when) if claim.when else None
    mine = [r for r in view.history.rounds if r.agreement == agreement]
    dated = (
        when is not None and when.earliest is not None and when.latest is not None
        and not when.approximate and when.latest - when.earliest <= _MEETING
        and ("when" not in claim.inferred or view.sure_of_day)
    )  # fmt: skip
    if dated and when is not None and when.earliest and when.latest:
        on = [r for r in mine if _start(r) - _DATE_LINE <= when.latest and when.earliest <= _end(r) + _DATE_LINE]
        same = next((r for r in on if r.number == claim.number), None)
        if same is not None:
            return _is_round(view, same, "that day")
        sure = claim.modality in ("stated", "reported") and claim.outcome != "scheduled"
        if len(on) == 1 and _exact(on[0]) and sure and not _other_ordinal(view, claim.number):
            known = on[0]
            words = (
                f"the case has round {known.number} of the talks on agreement {agreement} on {_span([known])}, "
                f"not round {claim.number}"
            )
            return _done("number", "contradicted", words, view.history.held(words, known.sources))
        if on and _other_ordinal(view, claim.number):
            return _done("number", "cannot be checked", "the sentence numbers several meetings")
        if mine:
            return _done("number", "cannot be checked", "the case knows no round of these days to hold the number to")
    same = next((r for r in mine if r.number == claim.number), None)
    near = view.days
    if (
        same is not None
        and near is not None
        and near[0] - timedelta(days=120) <= _end(same)
        and _start(same) <= near[1] + timedelta(days=120)
    ):
        return _is_round(view, same, "the time of the report")
    return _by_others(view, claim)


def _other_ordinal(view: View, number_: int | None) -> bool:
    """Whether a "first" (of anything) or another ordinal makes it unsure which meeting the number counts."""
    sentence = view.sentence
    return number_ == 1 or sentence is None or any(m.value != number_ for m in _ordinals(view))


def _ordinals(view: View) -> list[Mention]:
    """The ordinals of the sentence that may number a meeting; the one of the agreement is none of them."""
    sentence = view.sentence
    agreement = view.claim.agreement or view.evidence.agreement
    return [m for m in sentence.of("ordinal") if m.value != agreement] if sentence else []


def _is_round(view: View, r: PastRound, when: str) -> Finding:
    words = f"round {r.number} of the talks on agreement {r.agreement} was on {_span([r])}, {when}"
    return _done("number", "consistent", words, view.history.held(words, r.sources))


def _by_others(view: View, claim: Round) -> Finding:
    """A round's number against the rounds of the other reports."""
    mine = edtf.parse(claim.when) if claim.when else None
    held = []
    for e in view.others("round"):
        c = e.claim
        if isinstance(c, Round) and c.number == claim.number and c.when and mine and edtf.parse(c.when).overlaps(mine):
            held.append(Held(f"round {c.number}, {c.when}, in {e.report.outlet or e.report.origin}", claim=e.id))
    if held:
        return _done(
            "number", "consistent", f"{number(len(held))} other claims have the same number and day", tuple(held[:3])
        )
    return _done("number", "cannot be checked", "neither the case nor another report has a round to hold the number to")


# -- this year --------------------------------------------------------------------------------------------------


def _ordinal_before(view: View, value: int, at: int) -> bool:
    sentence = view.sentence
    if sentence is None:
        return False
    return any(m.value == value and (0 <= at - m.last <= 6 or 0 < m.first - at <= 4) for m in sentence.of("ordinal"))


def _this_year(view: View, value: int) -> Finding:
    """ "the fifth round this year": the rounds begun in the report's year, by the case and by the record."""
    days = view.days
    if days is None or days[0].year != days[1].year:
        return _done("number", "cannot be checked", "the report's year is not known")
    year = days[1].year
    held = [r for r in view.history.rounds if _start(r).year == year and _start(r) <= days[1]]
    if not held:
        return _of_record(view, value, year)
    sure = [r for r in held if _end(r) < days[0]]
    words = (
        f"{_rounds(held)} begun in {year} by {days[1].isoformat()} ({_span(held)}); "
        f"the last is round {held[-1].number} of the talks on agreement {held[-1].agreement}"
    )
    against = view.history.held_round(words, held)
    if len(sure) <= value <= len(held) or any(
        r.number == value and r.agreement == held[-1].agreement for r in held[-1:]
    ):
        return _done("number", "consistent", words, against)
    complete = all(_exact(r) for r in held) and view.sure_of_day
    if not complete or not view.history.rounds_of(held[-1].agreement):
        return _done("number", "cannot be checked", f"{words}; the case's list of rounds may have gaps", against)
    return _done("number", "contradicted", f"{words}, not the {ordinal(value)}", against)


def _of_record(view: View, value: int, year: int) -> Finding:
    """The same by the record alone: a meeting of that number in that year in another report confirms it."""
    found = [
        e
        for e in view.others("round")
        if isinstance(e.claim, Round) and e.claim.number == value and view.year_of(e.claim.when) == year
    ]
    if found:
        held = tuple(Held(f"round {value} of {year}", claim=e.id) for e in found[:3])
        return _done("number", "consistent", f"{len(found)} other claims have round {value} in {year}", held)
    return _done("number", "cannot be checked", f"the case knows no rounds of {year}")


# -- tallies ----------------------------------------------------------------------------------------------------


def _tally(view: View, claim: Round) -> Finding:
    """A count of rounds, since a date where one is given, against every way of counting that the words allow."""
    days = view.days
    count = claim.count
    assert count is not None
    if days is None:
        return _done("count", "cannot be checked", "the report's date is not known, so neither is the day counted to")
    since = edtf.parse(claim.since) if claim.since else None
    ways: list[tuple[int, int, str, list[PastRound]]] = []  # least, most, words, the rounds
    talks = list(dict.fromkeys(r.agreement for r in view.history.rounds))
    for a in talks:
        begun = view.history.rounds_of(a, days[1] + _ABOUT_NOW)
        if not begun or _end(begun[-1]) < days[0] - timedelta(days=730):
            continue
        if since is not None and "since" not in claim.inferred and not _starts(begun[0], since):
            continue
        over = [r for r in begun if _end(r) < days[0] - _ABOUT_NOW]
        words = f"{_rounds(begun)} of the talks on agreement {a} ({_span(begun)})"
        ways.append((len(over), len(begun), words, begun))
    if since is not None and since.earliest is not None and "since" not in claim.inferred:
        window = [r for r in view.history.rounds if since.earliest - _MEETING <= _start(r) <= days[1] + _ABOUT_NOW]
        if window:
            over = [r for r in window if _end(r) < days[0] - _ABOUT_NOW]
            words = f"{_rounds(window)} begun since {claim.since} ({_span(window)})"
            ways.append((len(over), len(window), words, window))
    for least, most, words, held in ways:
        if least <= count <= most:
            if count < len(held):
                words = f"{count} of these by then ({_span(held[:count])}): {words}"
            return _done("count", "consistent", words, view.history.held_round(words, held))
    if not ways:
        return _done("count", "cannot be checked", "the case's list of rounds does not reach these talks without gaps")
    words = listed([w[2] for w in ways])
    held = ways[-1][3]
    years = {_start(r).year for w in ways for r in w[3]}
    if (
        claim.modality in ("stated", "reported")
        and view.sentence is not None
        and not view.sentence.has("future", "conditional")
        and view.sure_of_day
        and min(abs(count - m) for w in ways for m in w[:2]) >= 1
    ):
        in_year = [sum(_start(r).year == y for r in view.history.rounds) for y in years]
        if count not in in_year:
            return _done("count", "contradicted", f"{words}, not {count}", view.history.held_round(words, held))
    return _done(
        "count", "cannot be checked", f"{words}; what is counted is not sure", view.history.held_round(words, held)
    )
