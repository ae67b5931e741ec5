"""Terms: dates in the life of an agreement or of the talks; and the length of the deal a report tells of."""

from __future__ import annotations

from burdenshare.reading.frame import Frame, numbered
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.agreements import agreement_near, agreement_number
from burdenshare.reading.rules.approval import ratified
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import clause_bounds, date_in, name_of, negated, told_before
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_WEAK_ENDS = frozenset({"end", "conclude", "cease", "come to an end", "be up", "lapse", "terminate"})
_NEW_TALKS = frozenset("new next successor renew renewing renewal since".split())
_HABITS = frozenset("usually normally typically generally customarily".split())
_MAY = frozenset("may might could opt".split())
_AUXILIARIES = frozenset("was were been had have has".split())
_INITIALLING = frozenset({"initialing", "initialling"})
_PRELIMINARY = frozenset("preliminary provisional provisionally preliminarily tentative".split())
_AIMING = frozenset("aim aims goal hope hopes want wants must have need try seek before by".split())


def _span(sentence: Sentence, verb: Mention, noun: Mention, date: Mention | None) -> tuple[int, int]:
    marks = [verb, noun, *([date] if date else [])]
    first, _ = clause_bounds(sentence, min(m.first for m in marks))
    last = max(m.last for m in marks)
    return first, last


def terms(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """Drafts of terms in a sentence."""
    out = [*_expiry(scene, frame, sentence), *_signed(scene, frame, sentence), *ratified(scene, frame, sentence)]
    out += [] if any(d.fields["event"] == "expiry" for d in out) else _runs_until(scene, sentence)
    out += [*_effect(scene, frame, sentence), *_talks_start(scene, sentence), *_target(sentence)]
    return out


def _expiry(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    out = []
    seen: set[int] = set()
    for verb in [*sentence.cues("expire"), *sentence.cues("expiry-noun")]:
        noun = _expiring(scene, sentence, verb)
        when, inferred, mention = _expiry_date(sentence, verb, noun) if noun is not None else (None, False, None)
        clause = sentence.clauses[verb.first]
        if noun is None or when is None or clause in seen:
            continue
        seen.add(clause)
        start, end = _span(sentence, verb, noun, mention)
        when, inferred = _with_case_year(scene, frame, when, inferred)
        out.append(
            draft(
                "term",
                sentence,
                start,
                end,
                event="expiry",
                when=when,
                agreement=agreement_number(sentence, verb.first),
                inferred=["when"] if inferred else (),
            )
        )
    return out


def _expiring(scene: Scene, sentence: Sentence, verb: Mention) -> Mention | None:
    """The agreement a word of expiry speaks of, or the word itself where the sentence before named it."""
    form = verb.value.form
    noun = agreement_near(sentence, verb.first)
    if noun is None and verb.first <= 6 and told_before(scene, sentence, "agreement-noun"):
        noun = verb
    if noun is None or (form not in ("word", "gerund") and noun.first - verb.last > 3):
        return None
    if form == "base" and verb.first and sentence.norms[verb.first - 1] in ("the", "a", "its", "any"):
        return None
    if sentence.norms[verb.last : verb.last + 1] == ["that"]:
        return None  # "concluded that"
    return noun


def _expiry_date(sentence: Sentence, verb: Mention, noun: Mention) -> tuple[str | None, bool, Mention | None]:
    """The day an agreement ends: EDTF, whether it was worked out, and its mention."""
    weak = verb.value.word in _WEAK_ENDS
    first, last = clause_bounds(sentence, verb.first)
    last = max(last, min(len(sentence.tokens), verb.last + 8))
    planned_then = (
        any(n in ("was", "were") for n in sentence.norms[max(0, verb.first - 3) : verb.first])
        and "to" in sentence.norms[max(0, verb.first - 2) : verb.first]
    )
    ahead = verb.value.form not in ("past", "participle") and not planned_then
    ahead = ahead or "would" in sentence.norms[max(0, verb.first - 3) : verb.first]  # "would have lapsed on March 31"
    when, inferred, mention = date_in(sentence, verb.first - 1 if weak else max(0, first - 2), last, ahead=ahead)
    if verb.value.word in ("end", "conclude", "cease"):
        # "ended without agreement" is a round; an agreement ends on a date.
        subject_is_talks = any(
            c.first < verb.first and verb.first - c.last < 14 for c in sentence.cues("round-noun", "talks-noun")
        )
        if mention is None or subject_is_talks or mention.first < verb.first or noun.first > verb.first:
            return None, False, None
    if when is None:
        return date_in(sentence, max(0, verb.first - 12), verb.first, ahead=ahead)
    return when, inferred, mention


def _with_case_year(scene: Scene, frame: Frame, when: str, inferred: bool) -> tuple[str, bool]:
    """The year of "expired on Dec. 31" in a report without a date: that of the agreement before the one under talks."""
    if not when.startswith("XXXX") or frame.talks is None:
        return when, inferred
    before = scene.case.agreement(frame.talks - 1)
    if before is None or before.end is None or before.end.text[4 : len(when)] != when[4:]:
        return when, inferred
    return before.end.text[: len(when)], True


def _signed(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    out = []
    taken = -1
    verbs = [(m, "signature") for m in sentence.cues("sign")] + [(m, "initialled") for m in sentence.cues("initial")]
    for verb, event in sorted(verbs, key=lambda v: v[0].first):
        noun = _signed_thing(scene, sentence, verb) if verb.first >= taken else None
        if noun is None:
            continue
        if _only_thought_of(sentence, verb):
            continue
        first, last = clause_bounds(sentence, verb.first)
        done = verb.value.form in ("past", "participle") and not _AUXILIARIES.isdisjoint(
            sentence.norms[max(0, verb.first - 2) : verb.first]
        )
        ahead = sentence.near("future", verb.first - 4, verb.first) and not done
        when, inferred, mention = date_in(sentence, first, max(last, verb.last + 14), ahead=ahead)
        preliminary = any(n in _PRELIMINARY or n in _INITIALLING for n in sentence.norms)
        start, end = _span(sentence, verb, noun, mention)
        out.append(
            draft(
                "term",
                sentence,
                start,
                end,
                event="initialled" if preliminary else event,
                when=when,
                agreement=agreement_number(sentence, verb.first),
                inferred=["when"] if inferred else (),
            )
        )
        taken = end
    return out or _signing(sentence)


def _only_thought_of(sentence: Sentence, verb: Mention) -> bool:
    """ "may also sign", "are usually signed", "are considering having them sign": no signature, and none planned."""
    if not _HABITS.isdisjoint(sentence.norms[max(0, verb.first - 3) : verb.first]):
        return True
    if verb.value.form != "base":
        return False
    weighed = any(0 < verb.first - c.first <= 14 for c in sentence.cues("consider"))
    return weighed or not _MAY.isdisjoint(sentence.norms[max(0, verb.first - 4) : verb.first])


def _signed_thing(scene: Scene, sentence: Sentence, verb: Mention) -> Mention | None:
    """The agreement a verb of signing puts in force, or None where it signs something else, or only wants to."""
    if (verb.value.word == "initial" and verb.value.form == "base") or verb.value.form == "gerund":
        return None
    noun = agreement_near(sentence, verb.first)
    if noun is None and (told_before(scene, sentence, "agreement-noun") or "pen to paper" in verb.value.word):
        noun = verb
    if noun is None or negated(sentence, verb.first):
        return None
    opening = clause_bounds(sentence, verb.first)[0]
    if sentence.norms[opening] == "since" and sentence.has("pay"):
        return None
    if verb.value.form == "base" and sentence.near("demand", verb.first - 4, verb.first):
        return None  # "want to sign a deal"
    return noun


def _signing(sentence: Sentence) -> list[Draft]:
    """ "the signing of the deal on March 8": the noun with its day."""
    for noun in sentence.cues("signing"):
        dates = [d for d in sentence.of("date") if abs(d.first - noun.last) <= 16]
        if sentence.norms[noun.first - 1] == "for" or not dates or not agreement_near(sentence, noun.first, reach=8):
            continue
        initialling = not _INITIALLING.isdisjoint(sentence.norms[max(0, noun.first - 2) : noun.last])
        when, inferred, _ = date_in(sentence, dates[0].first, dates[0].last, ahead=sentence.has("future"))
        return [
            draft(
                "term",
                sentence,
                min(noun.first, dates[0].first),
                max(noun.last, dates[0].last),
                event="initialled" if initialling else "signature",
                when=when,
                inferred=["when"] if inferred else (),
            )
        ]
    return []


def _runs_until(scene: Scene, sentence: Sentence) -> list[Draft]:
    """ "will hold for five years, up to and including 2018", "runs through 2025"."""
    if sentence.has("expire") and any(d.value.shape in ("end", "day") for d in sentence.of("date")):
        return []
    for verb in sentence.cues("last"):
        carried = told_before(scene, sentence, "agreement-noun") or (
            sentence.index > 0 and sentence.norms[:1] == ["and"]
        )
        if agreement_near(sentence, verb.first) is None and not carried:
            continue
        for d in sentence.of("date"):
            before = sentence.norms[max(0, d.first - 4) : d.first]
            if (
                0 <= d.first - verb.last <= 14
                and (
                    d.value.until
                    or d.value.shape == "end"
                    or "including" in before
                    or "through" in before
                    or before[-1:] == ["to"]
                )
                and d.value.future
            ):
                return [draft("term", sentence, verb.first, d.last, event="expiry", when=d.value.future)]
            # "effective for six years until 2025": the end of the span
            until = {"until", "through"} & set(sentence.norms[d.first : d.last])
            if until and 0 <= d.first - verb.last <= 4 and d.value.shape == "span" and verb.value.word != "cover":
                end = d.value.future.partition("/")[2]
                return [draft("term", sentence, verb.first, d.last, event="expiry", when=end)]
    return []


def _effect(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    out = []
    for verb in sentence.cues("take-effect"):
        noun = agreement_near(sentence, verb.first)
        if noun is None and not frame.deal:
            continue
        _, last = clause_bounds(sentence, verb.first)
        when, inferred, date = date_in(
            sentence, verb.first, max(last, verb.last + 8), ahead=verb.value.form not in ("past", "participle")
        )
        s, e = _span(sentence, verb, noun or verb, date)
        out.append(
            draft(
                "term",
                sentence,
                min(s, verb.first),
                e,
                event="start",
                when=when,
                agreement=agreement_number(sentence, verb.first),
                inferred=["when"] if inferred else (),
            )
        )
    return out


def _talks_start(scene: Scene, sentence: Sentence) -> list[Draft]:
    out = []
    for verb in sentence.cues("begin"):
        nouns = [
            m
            for m in sentence.cues("talks-noun")
            if -10 <= m.first - verb.last <= 6 and m.value.word not in ("meeting", "dialogue")
        ]
        if (
            not nouns
            or len(sentence.of("ordinal")) > len(numbered(sentence))
            or any(n in ("round", "rounds") for n in sentence.norms[max(0, verb.first - 6) : verb.last + 6])
        ):
            continue
        # "They launched the negotiations in April": the talks as a whole, told by a month and no day.
        whole = any(0 <= n.first - verb.last <= 3 for n in nouns) and all(
            d.value.shape in ("part", "month", "year") for d in sentence.of("date")
        )
        # "will begin negotiations on a cost-sharing agreement this week": to come, with the verb just before the talks
        ahead_whole = (
            verb.value.form == "base"
            and any(0 <= n.first - verb.last <= 2 for n in nouns)
            and not scene.quote_at(verb.start, verb.end)
        )
        new = not _NEW_TALKS.isdisjoint(sentence.norms[max(0, verb.first - 12) : verb.last + 16])
        series = any(name_of(m).kind == "series" for m in sentence.of("name")) or sentence.has("agreement-noun")
        series = series or (ahead_whole and any(name_of(m).kind == "topic" for m in sentence.of("name")))
        dated = sentence.of("date")
        coarse = any(d.value.shape in ("part", "month", "year", "decade") for d in dated) or (
            ahead_whole and any(d.value.shape == "span" for d in dated)
        )
        if not (whole or (series and (new or coarse))):
            continue
        first, last = clause_bounds(sentence, verb.first)
        ahead = sentence.near("future", max(0, verb.first - 6), verb.first) or sentence.near(
            "schedule", max(0, verb.first - 6), verb.first
        )
        reach = max(last, verb.last + 6) if ahead_whole else last  # "as early as this week"
        when, inferred, date = date_in(sentence, first, reach, ahead=ahead)
        if when is None:
            continue
        out.append(
            draft(
                "term",
                sentence,
                first,
                max(last, date.last if date else 0),
                event="talks-start",
                when=when,
                inferred=["when"] if inferred else (),
            )
        )
    return out


def _target(sentence: Sentence) -> list[Draft]:
    """A day by which the talks are to be done."""
    out: list[Draft] = []
    done = [
        m for m in sentence.cues("agree", "end", "sign") if m.value.form in ("base", "participle", "gerund", "present")
    ]
    for d in sentence.of("date"):
        if not (d.value.until or sentence.near("deadline", d.first - 6, d.last + 6)):
            continue
        if sentence.has("expire") and not sentence.has("deadline"):
            continue
        verb = [m for m in done if abs(m.first - d.first) <= 14]
        about = sentence.has("agreement-noun", "talks-noun", "delegation") or any(
            name_of(m).kind == "series" for m in sentence.of("name")
        )
        if not (verb and about) and not sentence.near("deadline", d.first - 6, d.last + 6):
            continue
        if not about or (
            not verb
            and not any(
                abs(m.first - d.first) <= 12 and sentence.clauses[m.first] == sentence.clauses[d.first]
                for m in [*sentence.cues("agreement-noun", "talks-noun", "delegation"), *sentence.of("name")]
                if m.type == "cue" or name_of(m).kind == "series"
            )
        ):
            continue
        plan = sentence.has("schedule") or sentence.has("deadline") or not _AIMING.isdisjoint(sentence.norms)
        if not plan or d.value.future is None:
            continue
        first, _ = clause_bounds(sentence, d.first)
        start = min([first, *(m.first for m in verb)])
        out.append(
            draft(
                "term",
                sentence,
                start,
                d.last,
                event="target",
                when=d.value.future,
                inferred=["when"] if d.value.inferred else (),
            )
        )
        break
    return out
