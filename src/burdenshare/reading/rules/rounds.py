"""Rounds: meetings of the delegations, held or planned, and tallies of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import clause_bounds, date_in, name_of
from burdenshare.reading.rules.meetings import (
    about_talks,
    agreement_of,
    is_same,
    meeting_nouns,
    of_these_talks,
    outcome_of,
    reach,
    when_of,
)
from burdenshare.reading.rules.places import Where, city_of, where
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_MEETINGS = frozenset("rounds meetings sessions talks negotiations".split())
_PREDICATES = frozenset("is was will had has took would".split())
_MEETING_VERBS = ("meet", "hold", "begin", "resume", "end", "break-off", "schedule", "leave", "fail")


@dataclass(frozen=True, slots=True)
class Current:
    """The round the report is telling of, as far as the sentences so far give it."""

    number: int | None = None
    city: str | None = None
    when: str | None = None
    agreement: int | None = None


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


def rounds(scene: Scene, frame: Frame, sentence: Sentence, current: Current) -> tuple[list[Draft], Current]:
    """Drafts for the meetings a sentence tells of, and the round it leaves the report at."""
    tally = _tally(scene, sentence)
    if not about_talks(sentence):
        return ([tally] if tally else []), current
    found = meeting_nouns(sentence)
    out: list[Draft] = [tally] if tally else []
    verbs = [
        m
        for m in sentence.cues(*_MEETING_VERBS)
        if m.value.form != "gerund" or m.value.concept in ("break-off", "hold")
    ]
    done: set[int] = set()
    for noun, number in found:
        if tally is not None and tally.start <= noun.start < tally.end:
            continue
        here = where(scene, sentence, noun.first)
        city = here.city
        is_next = (
            number is None
            and (sentence.near("next", noun.first - 3, noun.first))
            and sentence.norms[noun.first - 1] != "new"
        )
        # "two days of talks", "the two-day talks" are a meeting, not the talks as a whole.
        days = any(d.value[1] == "day" and 0 <= noun.first - d.last <= 1 for d in sentence.of("duration"))
        is_round = noun.value.concept == "round-noun" or days
        latest = sentence.near("latest", noun.first - 3, noun.first) or sentence.norms[max(0, noun.first - 1)] in (
            "this",
            "day",
        )
        clause = sentence.clauses[noun.first]
        if (
            number is not None
            and number == current.number
            and sentence.norms[max(0, noun.first - 5)] in ("after", "from", "since")
            and not sentence.of("date")
        ):
            continue
        mine = [
            v
            for v in verbs
            if abs(sentence.clauses[v.first] - clause) <= 1
            and abs(v.first - noun.first) <= 24
            and not (v.first <= noun.first < v.last)
        ]
        # Bare "talks" needs a verb that happens to it: "talks resumed", "broke off talks", "left the talks".
        if number is None and scene.quote_at(noun.start, noun.end):
            continue
        if (
            not is_round
            and number is None
            and not is_next
            and sentence.norms[clause_bounds(sentence, noun.first)[0]] in ("when", "since", "after", "before")
            and not sentence.of("date")
            and not any(v.value.concept in ("leave", "break-off") for v in mine)
        ):
            continue
        if not is_round and number is None and not is_next:
            coarse = sentence.of("date") and all(
                d.value.shape in ("part", "year", "month", "decade") for d in sentence.of("date")
            )
            if (
                coarse
                and any(v.value.concept == "begin" for v in mine)
                and any(name_of(x).kind == "series" for x in sentence.of("name"))
            ):
                continue  # the talks as a whole begin: a term, not a meeting
            mine = [
                v
                for v in mine
                if (
                    v.value.concept in ("break-off", "resume")
                    or (v.value.concept in ("begin", "end", "hold", "leave", "meet", "schedule"))
                )
                and abs(v.first - noun.last) <= 8
            ]
            bound = (
                city
                or any(d.value.shape in ("day", "weekday", "span", "month", "part") for d in sentence.of("date"))
                or sentence.has("no-deal")
                or any(v.value.concept in ("break-off", "leave") for v in mine)
            )
            if not (mine and bound):
                continue
            if not of_these_talks(sentence):
                continue
        elif is_round and number is None and not is_next:
            close = [v for v in mine if abs(v.first - noun.first) <= 10 and v.value.concept not in ("schedule", "fail")]
            close_by = city and sentence.norms[noun.last : noun.last + 1] == ["in"]
            told = (
                sentence.has("no-deal")
                or city
                or any(d.value.shape in ("day", "weekday", "span") for d in sentence.of("date"))
                or any(v.value.concept in ("break-off", "leave") for v in mine)
            )
            if not ((close and (told or latest)) or close_by) or scene.quote_at(noun.start, noun.end):
                continue
            if not of_these_talks(sentence) and not (city and current.number):
                continue
        if clause in done and number is None:
            continue
        done.add(clause)
        drafted, current = _round(
            scene,
            frame,
            sentence,
            noun,
            number,
            current,
            is_next=is_next,
            latest=latest,
            at=here,
            agreement=agreement_of(sentence, noun),
        )
        known = {"outcome", "when", "city", "place", "venue"} & drafted.fields.keys() or (
            {"number"} & drafted.fields.keys() if drafted.agreement else set()
        )
        if known and not (is_next and known == {"outcome"} and not mine):
            out.append(drafted)
    lone = _lone_ordinal(sentence, current)
    if lone is not None and not any(d.kind == "round" and "number" in d.fields for d in out):
        drafted, current = _round(
            scene,
            frame,
            sentence,
            lone,
            lone.value,
            current,
            is_next=False,
            latest=False,
            at=where(scene, sentence, lone.first),
            agreement=None,
        )
        if {"outcome", "when", "city", "place"} & drafted.fields.keys():
            out.append(drafted)
    if not found and not out:
        bare = _bare_meeting(scene, sentence, current)
        if bare is not None:
            out.append(bare)
    return out, current


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
    scene: Scene, frame: Frame, sentence: Sentence, noun: Mention, number: int | None, current: Current, *,
    is_next: bool, latest: bool, at: Where, agreement: int | None,
) -> tuple[Draft, Current]:  # fmt: skip
    inferred: list[str] = []
    n = len(sentence.tokens)
    first, last = reach(sentence, noun)
    outcome = outcome_of(frame, sentence, noun, first, last, next_one=is_next)
    ahead = outcome == "scheduled"
    if is_next and number is None and current.number is not None:
        number, inferred = current.number + 1, ["number"]
    elif (
        number is None
        and not is_next
        and (latest or at.city == current.city or outcome in ("no-deal", "ongoing", "broke-off", "concluded", None))
        and current.number is not None
        and is_same(sentence, noun)
    ):
        number, inferred = current.number, ["number"]
    when, worked_out = when_of(sentence, first, last, ahead=ahead)
    if worked_out:
        inferred.append("when")
    city, place, venue = at.city, at.place, at.venue
    if city is None and venue is not None:
        city = city_of(scene, venue)
        if city is not None:
            inferred.append("city")
    fields: dict[str, Any] = {
        "number": number,
        "when": when,
        "city": city,
        "place": place if city is None else None,
        "venue": venue,
        "outcome": outcome,
        "format": "video" if sentence.has("video") else None,
    }
    start = min([noun.first, *(m.first for m in sentence.of("ordinal") if 0 <= noun.first - m.last <= 3)])
    left, right = clause_bounds(sentence, noun.first)
    # The words run from the subject of the clause to the last of date, place and outcome.
    marks = [
        m
        for m in sentence.mentions
        if first <= m.first < last
        and (
            m.type == "date"
            or (m.type == "cue" and m.value.concept in ("no-deal", "break-off", "broke-off", "end", "begin"))
            or (m.type == "name" and m.value.kind == "place")
        )
    ]
    right = max([right, noun.last, *(m.last for m in marks)])
    drafted = draft(
        "round", sentence, min(left, start), min(right, n), inferred=inferred, agreement=agreement, **fields
    )
    if (
        number is not None
        and not is_next
        and (current.number is None or number >= current.number)
        and outcome != "scheduled"
    ):
        current = Current(
            number,
            city or (current.city if current.number == number else None),
            when or current.when,
            agreement or current.agreement,
        )
    elif number is not None and current.number is None and not is_next:
        current = Current(number, city, when, agreement)
    return drafted, replace(current, agreement=agreement or current.agreement)


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
