"""Meetings as a sentence tells of them: their nouns and ordinals, what came of them, when they were."""

from __future__ import annotations

from burdenshare.reading.frame import Frame, numbered
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.grammar import clause_bounds, name_of
from burdenshare.reading.scene import Sentence

# English spellings this module looks for.
_DASHES = frozenset("-- — – -".split())
_OLD = frozenset("previous last current existing present expiring old".split())
_PLANNED = frozenset(
    {
        "will",
        "to be held",
        "is to",
        "are to",
        "set to",
        "expected",
        "scheduled",
        "slated",
        "planned",
        "due",
        "going to",
        "plan",
        "plans",
    }
)
_LINKING = frozenset("for on of toward towards to over about signing".split())
_NO_ROUND_BETWEEN = frozenset("day time special sma year".split())
_AFTER_COUNT = frozenset("so since this such in".split())


def about_talks(sentence: Sentence) -> bool:
    """Whether the meeting is of these talks: not a summit, a ministers' meeting or another country's talks."""
    if sentence.has("summit", "ministerial") and not sentence.of("ordinal"):
        return False
    return not sentence.near("exercise", 0, 0)


def meeting_nouns(sentence: Sentence) -> list[tuple[Mention, int | None]]:
    """Meeting nouns with the ordinal that counts them: "the fourth round", "11th round of talks"."""
    out: list[tuple[Mention, int | None]] = []
    ordinals = sentence.of("ordinal")
    seen = -1
    for noun in sorted([*sentence.cues("round-noun"), *sentence.cues("talks-noun")], key=lambda m: (m.first, -m.last)):
        if noun.first < seen:
            continue
        near = [
            o
            for o in ordinals
            if 0 <= noun.first - o.last <= 3 and _NO_ROUND_BETWEEN.isdisjoint(sentence.norms[o.last : noun.first])
        ]
        # "the meeting, the fifth so far this year"
        after = [
            o
            for o in ordinals
            if 0 < o.first - noun.last <= 8
            and (
                not _AFTER_COUNT.isdisjoint(sentence.norms[o.last : o.last + 2])
                or (
                    o.first - noun.last <= 2
                    and sentence.norms[o.first - 1] == "the"
                    and sentence.norms[o.last : o.last + 1] == [","]
                )
            )
        ]
        number = near[-1].value if near else (after[0].value if after else None)
        if number is None and noun.value.word == "round":
            counted = [
                n for n in sentence.of("number") if n.first == noun.last and n.value.value and n.value.value <= 20
            ]
            number = int(counted[0].value.value) if counted else None
        if noun.value.word == "conference" and (number is None or sentence.norms[noun.first - 1] in ("press", "news")):
            continue
        if number is not None and number > 30:
            number = None
        if any(x.last == noun.first and name_of(x).kind == "person" for x in sentence.of("name")):
            continue  # a meeting of leaders: "a second Kim-Trump meeting"
        if number is not None and sentence.norms[noun.last - 1] in ("rounds", "meetings", "sessions"):
            continue
        out.append((noun, number))
        seen = noun.last
        if near and noun.last < len(sentence.norms) and sentence.norms[noun.last : noun.last + 1] == ["of"]:
            seen = noun.last + 2
    return out


def outcome_of(frame: Frame, sentence: Sentence, noun: Mention, first: int, last: int, *, next_one: bool) -> str | None:
    """What came of the meeting, from the cues between tokens first..last; plans only from the noun's own clause."""
    core = clause_bounds(sentence, noun.first)

    def near(*concepts: str) -> list[Mention]:
        return [m for m in sentence.cues(*concepts) if first <= m.first < last]

    planned = near("schedule", "future")
    broke = near("break-off", "broke-off")
    infinitive = [
        m
        for m in near("hold", "meet", "resume", "begin")
        if m.value.form == "base" and m.first and sentence.norms[m.first - 1] == "to" and abs(m.first - noun.first) <= 8
    ]
    if infinitive and (sentence.headline or near("agree", "schedule", "pledge")):
        return "scheduled"
    if next_one and (planned or near("hold", "meet", "resume", "agree", "begin")):
        return "scheduled"
    if broke and not next_one:
        return (
            "broke-off"
            if any(b.value.word not in ("collapse", "call off", "suspend", "fail") for b in broke) or near("broke-off")
            else "no-deal"
        )
    if near("no-deal"):
        return "no-deal"
    if near("leave") and near("delegation"):
        return "broke-off"
    opened = [m for m in near("begin") if m.value.form in ("past", "participle") and 0 <= noun.first - m.last <= 3]
    if opened and not next_one:
        return "concluded" if near("end") else "ongoing"
    ended = [m for m in near("end") if m.value.form in ("past", "participle", "present", "base")]
    began = [m for m in near("begin", "resume") if m.value.form in ("past", "participle", "present", "base", "gerund")]
    if near("reached") or (
        near("agree")
        and frame.deal
        and any(m.value.form in ("past", "participle") for m in near("agree"))
        and (near("agreement-noun") or any(m.value.word in ("come to terms", "close the gap") for m in near("agree")))
    ):
        return "deal"
    future_verb = [
        m
        for m in planned
        if core[0] <= m.first < core[1] and (m.value.concept == "schedule" or m.value.word in _PLANNED)
    ]
    if future_verb:
        return "scheduled"
    if ended:
        return "concluded"
    if near("fail"):
        return "no-deal"
    if began or near("ongoing"):
        return "ongoing"
    held = [m for m in near("hold", "meet") if m.value.form in ("past", "participle", "present")]
    if held:
        if any(m.value.word in ("sit down", "gather") for m in held):
            return "ongoing"
        return "concluded"
    return None


def agreement_of(sentence: Sentence, noun: Mention) -> int | None:
    """The agreement a meeting is about: "the first round of talks for the 11th", not "the previous 10th"."""
    for number, at in numbered(sentence):
        before = sentence.norms[max(0, at - 3) : at]
        if not _OLD.isdisjoint(before):
            continue
        if 0 < at - noun.last <= 14 and not _LINKING.isdisjoint(sentence.norms[noun.last : at]):
            return number
        if 0 < noun.first - at <= 6:
            return number
    return None


def of_these_talks(sentence: Sentence) -> bool:
    """Whether an unnumbered meeting is one of the delegations about the costs."""
    about = any(name_of(m).kind in ("series", "topic") for m in sentence.of("name"))
    sides = {name_of(m).party for m in sentence.of("name") if name_of(m).party}
    both = any(
        sentence.norms[i : i + 2]
        in (["two", "sides"], ["both", "sides"], ["the", "allies"], ["two", "countries"], ["two", "allies"])
        for i in range(len(sentence.norms))
    )
    return about or both or len(sides) >= 2 or sentence.has("delegation") or sentence.has("break-off")


def is_same(sentence: Sentence, noun: Mention) -> bool:
    """Whether an unnumbered meeting may be the report's current one: not "first" of another series, not plural."""
    return sentence.norms[noun.last - 1] not in ("rounds", "meetings", "sessions")


def reach(sentence: Sentence, noun: Mention) -> tuple[int, int]:
    """The tokens that speak of a meeting: its clause and the clauses beside it, up to the next meeting."""
    first, last = clause_bounds(sentence, noun.first)
    clause = sentence.clauses[noun.first]
    while first > 0 and sentence.clauses[first - 1] >= clause - 1:
        first -= 1
    n = len(sentence.tokens)
    while last < n and sentence.clauses[last] <= clause + 1:
        last += 1
    for other in sentence.cues("round-noun"):
        plural = sentence.norms[other.last - 1] in ("rounds", "meetings", "sessions")
        if (
            other.first > noun.last + 4
            and (plural or any(0 <= other.first - o.last <= 3 for o in sentence.of("ordinal")))
        ) or (other.first > noun.last + 4 and sentence.near("next", other.first - 2, other.first)):
            last = min(last, max(noun.last, other.first - 3))
            break
    for i in range(noun.last, last):
        if sentence.norms[i] == ";":
            last = i
            break
    for i in range(noun.first - 1, first - 1, -1):
        if sentence.norms[i] == ";":
            first = i + 1
            break
    return first, last


def said_then(sentence: Sentence, m: Mention) -> bool:
    """ "sources said Sunday": a weekday on which something was said."""
    return m.value.shape == "weekday" and any(
        c.value.form != "base" and 0 <= m.first - c.last <= 1 for c in sentence.cues("say")
    )


def _in_dateline(sentence: Sentence, m: Mention) -> bool:
    """ "WASHINGTON, Nov. 10, 2020 -- Officials from ...": the day of the report, in what a sentence opens with."""
    return (
        m.first <= 8
        and sentence.tokens[0].raw.isupper()
        and not _DASHES.isdisjoint(sentence.norms[m.last : m.last + 6])
        and len(sentence.of("date")) > 1
    )


def _of_another(sentence: Sentence, m: Mention) -> bool:
    """Whether a date belongs to something else: an agreement that expires then, "next year's expense"."""
    if _in_dateline(sentence, m):
        return True
    if sentence.norms[m.last : m.last + 1] in (["'s"], ["’s"]) and m.value.shape in ("year", "month"):
        return True
    if sentence.norms[m.first - 1 : m.first] == ["after"] and m.first:
        return True
    return any(
        0 <= m.first - c.last <= 5 and c.value.word not in ("end", "conclude")
        for c in sentence.cues("expire", "take-effect")
    )


def days_long(sentence: Sentence) -> int:
    """How many days a meeting lasted by its adjective ("the two-day talks"); 1 where the words do not say."""
    lengths = [d.value[0].value for d in sentence.of("duration") if d.value[1] == "day" and d.value[0].value]
    return int(lengths[0]) if lengths and 1 < lengths[0] <= 6 else 1


def when_of(sentence: Sentence, first: int, last: int, *, ahead: bool) -> tuple[str | None, bool]:
    """The meeting's date; two days named in one clause ("began on Tuesday and ended Wednesday") are its span."""
    found = []
    for m in sentence.of("date"):
        if not first <= m.first < last or m.value.since or _of_another(sentence, m):
            continue
        was_planned = any(
            sentence.norms[c.first - 1] in ("was", "were")
            for c in sentence.cues("schedule", "future")
            if 0 < c.first <= m.first
        )
        text = m.value.future if ahead and not was_planned else m.value.past
        if text is None:
            continue
        if m.value.shape == "year" and (sentence.norms[m.first - 1] in ("for", "the") or m.first == 0):
            found.append((4, text, m))
            continue
        rank = {"day": 0, "span": 0, "weekday": 1, "part": 2, "month": 3, "year": 5, "end": 6}.get(m.value.shape, 7)
        found.append((rank, text, m))
    found = [f for f in found if f[0] < 6]
    if not found:
        return None, False
    days = [f for f in found if f[0] <= 1 and "/" not in f[1]]
    if (
        len(days) >= 2
        and days[0][1] < days[1][1]
        and sentence.has("begin", "end", "last", "hold", "duration")
        and days[0][1][:7] <= days[1][1][:7]
    ):
        return f"{days[0][1]}/{days[1][1]}", days[0][2].value.inferred or days[1][2].value.inferred
    best = min(found, key=lambda f: (f[0], f[2].first))
    return best[1], best[2].value.inferred
