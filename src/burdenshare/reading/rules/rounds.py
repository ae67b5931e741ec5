"""Rounds: meetings of the delegations, held or planned, and tallies of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from burdenshare import edtf
from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import clause_bounds, date_in, name_of, negated
from burdenshare.reading.rules.meetings import (
    about_talks,
    agreement_of,
    days_long,
    is_same,
    meeting_nouns,
    of_these_talks,
    outcome_of,
    reach,
    said_then,
    when_of,
)
from burdenshare.reading.rules.places import Where, city_of, where
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_MEETINGS = frozenset("rounds meetings sessions sittings talks negotiations".split())
_PREDICATES = frozenset("is was will had has took would".split())
# Concepts of the lexicon: verbs that tell of a meeting, those of them that happen to "talks" without a number, and how
# many tokens such a verb may stand away. Set by hand; to reset, run tests/reading/gate.py.
_MEETING_VERBS = ("meet", "hold", "begin", "resume", "end", "break-off", "schedule", "leave", "fail")
_HAPPENS_TO_TALKS = frozenset("break-off resume begin end hold leave meet schedule".split())
_VERB_REACH = 8
_OUTCOMES_OF_THE_CURRENT = ("no-deal", "ongoing", "broke-off", "concluded", None)


@dataclass(frozen=True, slots=True)
class Current:
    """The round the report is telling of, as far as the sentences so far give it."""

    number: int | None = None
    city: str | None = None
    when: str | None = None
    agreement: int | None = None


def _times_met(sentence: Sentence) -> Draft | None:
    """ "The delegations have met nine times since April"."""
    for number in sentence.of("number"):
        value = number.value.value
        if not value or not 1 < value < 60 or sentence.norms[number.last : number.last + 1] != ["times"]:
            continue
        met = [v for v in sentence.cues("meet", "hold") if v.value.form != "word" and 0 <= number.first - v.last <= 6]
        if not met:
            continue
        since = next((d for d in sentence.of("date") if d.value.since and d.value.past), None)
        first, last = clause_bounds(sentence, met[0].first)
        fields: dict[str, Any] = {"count": int(value), "since": since.value.past if since else None}
        worked = ["since"] if since is not None and since.value.inferred else ()
        return draft("round", sentence, first, max(last, number.last + 1), inferred=worked, **fields)
    return None


def _tally(scene: Scene, sentence: Sentence) -> Draft | None:
    """ "10 rounds of talks since March 2018", "three rounds have been held", "eight rounds that brought nothing"."""
    for noun in sentence.cues("round-noun"):
        if scene.quote_at(noun.start, noun.end):
            continue
        if sentence.norms[noun.last - 1] not in _MEETINGS and sentence.norms[noun.first] not in ("rounds", "meetings"):
            continue
        for number in sentence.of("number"):
            if 0 <= noun.first - number.last <= 2 and number.value.value and 1 < number.value.value < 60:
                since = next((d for d in sentence.of("date") if d.value.since and d.value.past), None)
                first, last = clause_bounds(sentence, number.first)
                when = since.value.past if since else None
                outcome = "no-deal" if sentence.has("no-deal") or sentence.has("negation") else None
                return draft(
                    "round",
                    sentence,
                    max(first, number.first - 6) if first <= number.first else number.first,
                    max(last, noun.last),
                    count=int(number.value.value),
                    since=when,
                    outcome=outcome,
                    inferred=["since"] if since is not None and since.value.inferred else (),
                )
    return None


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A meeting a sentence names: its noun, its ordinal, where it is, and the verbs that may tell what became of it."""

    noun: Mention
    number: int | None
    at: Where
    verbs: list[Mention]
    is_next: bool = False
    latest: bool = False


def rounds(scene: Scene, frame: Frame, sentence: Sentence, current: Current) -> tuple[list[Draft], Current]:
    """Drafts for the meetings a sentence tells of, and the round it leaves the report at."""
    tally = _times_met(sentence) or _tally(scene, sentence)
    out: list[Draft] = [tally] if tally else []
    if not about_talks(sentence):
        return out, current
    found = meeting_nouns(sentence)
    done: set[int] = set()
    for noun, number in found:
        if tally is not None and tally.start <= noun.start < tally.end:
            continue
        meeting = _meeting(scene, sentence, noun, number)
        clause = sentence.clauses[noun.first]
        if not _is_told(scene, sentence, meeting, current) or (clause in done and number is None):
            continue
        done.add(clause)
        agreement = agreement_of(sentence, noun)
        drafted, current = _round(scene, frame, sentence, meeting, current, agreement=agreement)
        known = {"outcome", "when", "city", "place", "venue"} & drafted.fields.keys() or (
            {"number"} & drafted.fields.keys() if drafted.agreement else set()
        )
        if known and not (meeting.is_next and known == {"outcome"} and not meeting.verbs):
            out.append(drafted)
    lone = _lone_ordinal(sentence, current)
    if lone is not None and not any(d.kind == "round" and "number" in d.fields for d in out):
        meeting = _Meeting(lone, lone.value, where(scene, sentence, lone.first), [])
        drafted, current = _round(scene, frame, sentence, meeting, current, agreement=None)
        if {"outcome", "when", "city", "place"} & drafted.fields.keys():
            out.append(drafted)
    if not found and not out:
        bare = _bare_meeting(scene, sentence, current)
        if bare is not None:
            out.append(bare)
    return out, current


def _meeting(scene: Scene, sentence: Sentence, noun: Mention, number: int | None) -> _Meeting:
    """The meeting a noun names, with the verbs of its clause and of the clauses beside it."""
    before = sentence.norms[max(0, noun.first - 1)]
    clause = sentence.clauses[noun.first]
    return _Meeting(
        noun,
        number,
        where(scene, sentence, noun.first),
        verbs=[
            v
            for v in sentence.cues(*_MEETING_VERBS)
            if (v.value.form != "gerund" or v.value.concept in ("break-off", "hold"))
            and abs(sentence.clauses[v.first] - clause) <= 1
            and abs(v.first - noun.first) <= 24
            and not (v.first <= noun.first < v.last)
        ],
        is_next=number is None
        and sentence.near("next", noun.first - 3, noun.first)
        and sentence.norms[noun.first - 1] != "new",
        latest=sentence.near("latest", noun.first - 3, noun.first) or before in ("this", "day"),
    )


def _is_told(scene: Scene, sentence: Sentence, meeting: _Meeting, current: Current) -> bool:
    """Whether the sentence tells of the meeting, and does not only mention it."""
    noun, number = meeting.noun, meeting.number
    if number is not None:
        # "after the fourth round": a date of something else.
        mentioned = sentence.norms[max(0, noun.first - 5)] in ("after", "from", "since")
        return not (number == current.number and mentioned and not sentence.of("date"))
    if scene.quote_at(noun.start, noun.end) or _of_lawmakers(scene, sentence, noun):
        return False
    if meeting.is_next:
        return True
    # "two days of talks", "the two-day talks" are a meeting, not the talks as a whole.
    days = any(d.value[1] == "day" and 0 <= noun.first - d.last <= 1 for d in sentence.of("duration"))
    if noun.value.concept == "round-noun" or days:
        return _round_is_told(sentence, meeting, current)
    return _talks_are_told(sentence, meeting)


def _of_lawmakers(scene: Scene, sentence: Sentence, noun: Mention) -> bool:
    """ "an ordinary Diet session", "a plenary session": a sitting of a legislature."""
    if any(0 <= noun.first - c.last <= 1 for c in sentence.cues("legislature")):
        return True
    debated = noun.value.word == "deliberations"  # "deliberations at an ordinary Diet session"
    return any(
        (0 <= noun.first - n.last <= 1 or (debated and 0 <= n.first - noun.last <= 4))
        and name_of(n).kind == "body"
        and scene.case.bodies[name_of(n).ref].kind == "legislature"
        for n in sentence.of("name")
    )


def _talks_are_told(sentence: Sentence, meeting: _Meeting) -> bool:
    """Bare "talks" needs a verb that happens to it: "talks resumed", "broke off talks", "left the talks"."""
    dates = [d for d in sentence.of("date") if not said_then(sentence, d)]
    left = any(v.value.concept in ("leave", "break-off") for v in meeting.verbs)
    opening = sentence.norms[clause_bounds(sentence, meeting.noun.first)[0]]
    if opening in ("when", "since", "after", "before") and not dates and not left:
        return False
    coarse = dates and all(d.value.shape in ("part", "year", "month", "decade") for d in dates)
    begins = any(v.value.concept == "begin" for v in meeting.verbs)
    whole = any(v.value.concept == "begin" and 0 <= meeting.noun.first - v.last <= 3 for v in meeting.verbs)
    if coarse and begins and (whole or any(name_of(x).kind == "series" for x in sentence.of("name"))):
        return False  # the talks as a whole begin: a term, not a meeting
    close = [
        v
        for v in meeting.verbs
        if v.value.concept in _HAPPENS_TO_TALKS and abs(v.first - meeting.noun.last) <= _VERB_REACH
    ]
    bound = (
        meeting.at.city
        or any(d.value.shape in ("day", "weekday", "span", "month", "part") for d in dates)
        or sentence.has("no-deal")
        or any(v.value.concept in ("break-off", "leave") for v in close)
    )
    return bool(close and bound) and of_these_talks(sentence)


def _round_is_told(sentence: Sentence, meeting: _Meeting, current: Current) -> bool:
    """Whether something is said of an unnumbered round: what happened in it, with its day, its place or its outcome."""
    noun, city = meeting.noun, meeting.at.city
    close = [
        v for v in meeting.verbs if abs(v.first - noun.first) <= 10 and v.value.concept not in ("schedule", "fail")
    ]
    close_by = city and sentence.norms[noun.last : noun.last + 1] == ["in"]
    told = (
        meeting.latest
        or sentence.has("no-deal")
        or city
        or any(d.value.shape in ("day", "weekday", "span") for d in sentence.of("date"))
        or any(v.value.concept in ("break-off", "leave") for v in meeting.verbs)
    )
    if not ((close and told) or close_by):
        return False
    another = sentence.norms[noun.first - 1 : noun.first] == ["another"] and sentence.near(
        "talks-noun", noun.last, noun.last + 2
    )
    return of_these_talks(sentence) or another or bool(city and current.number)


def _lone_ordinal(sentence: Sentence, current: Current) -> Mention | None:
    """ "The sixth is expected in the United States": the round after the one the report tells of, without a noun."""
    for m in sentence.of("ordinal"):
        following = sentence.norms[m.last] if m.last < len(sentence.norms) else ""
        if current.number is None or not m.first or m.value > current.number + 1 or m.value > 20:
            continue
        if sentence.norms[m.first - 1] == "the" and following in _PREDICATES:
            return m
        # "it was the fifth time the two teams sat down"
        if following == "time" and any(0 < v.first - m.last <= 9 for v in sentence.cues("meet")):
            return m
    for m in sentence.of("ordinal"):
        if (
            sentence.norms[m.last : m.last + 1] == ["time"]
            and m.value <= 20
            and sentence.has("delegation")
            and any(0 < v.first - m.last <= 9 for v in sentence.cues("meet"))
        ):
            return m
    return None


def _bare_meeting(scene: Scene, sentence: Sentence, current: Current) -> Draft | None:
    """ "U.S. negotiators walked out", "the delegations meet in Hawaii on Tuesday" where no noun of meeting stands."""
    left = [
        m
        for m in sentence.cues("break-off")
        if m.value.word in ("walk out", "storm out", "cut short") and m.value.form in ("past", "participle")
    ]
    if left and sentence.has("delegation"):
        first, last = clause_bounds(sentence, left[0].first)
        return draft("round", sentence, first, last, outcome="broke-off")
    held = [
        m
        for m in sentence.cues("meet")
        if m.value.form in ("past", "participle") and not negated(sentence, m.first) and m.value.word != "gather"
    ]
    if held and sentence.has("delegation") and not scene.quote_at(held[0].start, held[0].end):
        first, last = clause_bounds(sentence, held[0].first)
        when, inferred, mention = date_in(sentence, first, len(sentence.tokens))
        place = where(scene, sentence, held[0].first)
        if place.city is not None and when is not None:
            last = max(last, mention.last if mention is not None else 0)
            worked = ["when"] if inferred else []
            return draft(
                "round", sentence, first, last, when=when, city=place.city, outcome="concluded", inferred=worked
            )
    again = [
        m
        for m in sentence.cues("meet")
        if m.value.form == "base"
        and sentence.near("future", m.first - 3, m.first)
        and ("again" in sentence.norms[m.last : m.last + 2] or "once" in sentence.norms[m.last : m.last + 2])
    ]
    if again:
        first, last = clause_bounds(sentence, again[0].first)
        when, inferred, mention = date_in(sentence, again[0].last, len(sentence.tokens), ahead=True)
        place = where(scene, sentence, again[0].first)
        number = current.number + 1 if current.number is not None else None
        last = max(last, mention.last if mention is not None else 0)
        worked = [*(["when"] if inferred else []), *(["number"] if number is not None else [])]
        return draft(
            "round",
            sentence,
            first,
            last,
            number=number,
            when=when,
            city=place.city,
            place=place.place,
            outcome="scheduled",
            inferred=worked,
        )
    return None


def _round(
    scene: Scene, frame: Frame, sentence: Sentence, meeting: _Meeting, current: Current, *, agreement: int | None
) -> tuple[Draft, Current]:
    """The draft of a meeting and the round the report is at after it."""
    first, last = reach(sentence, meeting.noun)
    outcome = outcome_of(frame, sentence, meeting.noun, first, last, next_one=meeting.is_next)
    number = _number(sentence, meeting, current, outcome)
    inferred = ["number"] if number != meeting.number else []
    when, worked_out = when_of(sentence, first, last, ahead=outcome == "scheduled")
    through = "through" in sentence.norms[meeting.noun.last : meeting.noun.last + 2]
    ended = sentence.has("end") and outcome in ("no-deal", "concluded", "deal")
    if when is not None and len(when) == 10 and (ended or through):
        start = date.fromisoformat(when) - timedelta(days=days_long(sentence) - 1)
        worked_out = worked_out or start.isoformat() != when  # "the two-day talks ended Tuesday" began on Monday
        when = edtf.span(start, date.fromisoformat(when))
    begun = [v for v in meeting.verbs if v.value.concept == "begin" and v.value.form != "base"]
    if when is not None and len(when) == 10 and begun and days_long(sentence) > 1:
        start = date.fromisoformat(when)  # "on Monday began two days of talks" ends on Tuesday
        when, worked_out = edtf.span(start, start + timedelta(days=days_long(sentence) - 1)), True
    if worked_out:
        inferred.append("when")
    city, venue = meeting.at.city, meeting.at.venue
    if city is None and venue is not None:
        city = city_of(scene, venue)
        if city is not None:
            inferred.append("city")
    fields: dict[str, Any] = {
        "number": number,
        "when": when,
        "city": city,
        "place": meeting.at.place if city is None else None,
        "venue": venue,
        "outcome": outcome,
        "format": "video" if sentence.has("video") else None,
    }
    left, right = _words(sentence, meeting.noun, first, last)
    drafted = draft("round", sentence, left, right, inferred=inferred, agreement=agreement, **fields)
    if number is not None and not meeting.is_next:
        if (current.number is None or number >= current.number) and outcome != "scheduled":
            kept = current.city if current.number == number else None
            current = Current(number, city or kept, when or current.when, agreement or current.agreement)
        elif current.number is None:
            current = Current(number, city, when, agreement)
    return drafted, replace(current, agreement=agreement or current.agreement)


def _number(sentence: Sentence, meeting: _Meeting, current: Current, outcome: str | None) -> int | None:
    """The meeting's number: as named, else that of the report's current round or the one after it."""
    if meeting.number is not None or current.number is None:
        return meeting.number
    if meeting.is_next:
        return current.number + 1
    may_be = meeting.latest or meeting.at.city == current.city or outcome in _OUTCOMES_OF_THE_CURRENT
    return current.number if may_be and is_same(sentence, meeting.noun) else None


def _words(sentence: Sentence, noun: Mention, first: int, last: int) -> tuple[int, int]:
    """The tokens of a meeting's claim: from the subject of its clause to the last of date, place and outcome."""
    start = min([noun.first, *(m.first for m in sentence.of("ordinal") if 0 <= noun.first - m.last <= 3)])
    left, right = clause_bounds(sentence, noun.first)
    marks = [
        m.last
        for m in sentence.mentions
        if first <= m.first < last
        and (
            m.type == "date"
            or (m.type == "cue" and m.value.concept in ("no-deal", "break-off", "broke-off", "end", "begin"))
            or (m.type == "name" and m.value.kind == "place")
        )
    ]
    return min(left, start), min(max([right, noun.last, *marks]), len(sentence.tokens))


def reconcile(drafts: list[Draft]) -> None:
    """Lets the claims of one report on one round complete each other: an outcome told once holds for the round.

    "The final round ended without a deal" and "the two-day meeting, the fifth this year" are one where the report
    tells of one round held.
    """
    held = [
        d for d in drafts if d.kind == "round" and "count" not in d.fields and d.fields.get("outcome") != "scheduled"
    ]
    numbers = {d.fields["number"] for d in held if d.fields.get("number") is not None}
    if len(numbers) == 1:
        number = next(iter(numbers))
        for d in held:
            if (
                d.fields.get("number") is None
                and not d.fields.get("when")
                and d.fields.get("outcome") in ("no-deal", "broke-off", "concluded", None)
            ):
                d.fields["number"] = number
                d.inferred.add("number")
    for number in numbers:
        same = [d for d in held if d.fields.get("number") == number]
        known = [d.fields["outcome"] for d in same if d.fields.get("outcome") in ("no-deal", "broke-off", "deal")]
        for d in same:
            if known and d.fields.get("outcome") is None:
                d.fields["outcome"] = known[0]
                d.inferred.add("outcome")
