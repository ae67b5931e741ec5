"""Korean statements: one for each speaker and sentence, quoted or paraphrased."""

from __future__ import annotations

import re
from dataclasses import dataclass

from burdenshare.reading.korean.parse import Parse
from burdenshare.reading.korean.words import Hit
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.setting import Setting, date_in, draft
from burdenshare.reading.rules.ko.speakers import Speaker, bracketed, carries_on, sources, speaker_of

# What stands just before a verb of saying where it carries someone's words: -다고, -라고, "뜻을".
_CARRIES = re.compile(
    r"(?:다고|라고|자고|냐고|다며|라며|다면서도?|라면서도?|라고도|다고도|달라고|으라고|고는|고도|"
    r"[”\"]\s?(?:이라)?고|(?:입장|뜻|의사|방침|생각|견해|의견|"
    r"우려|불만|기대)(?:을|를|도)|것(?:을|이라))\s?[가-힣\d\s]{0,20}$"
)
_SAYS_SO = re.compile(r"(?:다고|라고|자고|이라고|라고도)\s?(?:했|하였|한다|합니다|답했)")
_GOES_ON = re.compile(r"(?:이라|라)?(?:고도|고|며|면서도|면서)(?=[\s,])")
_HEARSAY = re.compile(r"것으로 (?:전해|알려|파악|확인|관측|보|풀이|해석)|전해졌|알려졌|전해진다")
_LEAST = 6  # characters a quotation has at least; a shorter one is a word in inverted commas


@dataclass(frozen=True, slots=True)
class Speech:
    """The last speaker of the report, for the sentences that only say 그는."""

    speaker: Speaker | None = None
    told: int = -9


def statements(setting: Setting, parse: Parse, speech: Speech, hard: list[Draft]) -> tuple[list[Draft], Speech]:
    """The statements of a sentence and the speaker after it."""
    quotes = [
        q
        for q in parse.scene.quotes_in(parse.start, parse.end)
        if q[1] - q[0] > _LEAST + 2 and " " in parse.text[q[0] : q[1]]
    ]
    above = setting.before(parse)
    if quotes and quotes[0][0] - parse.start <= 2 and above is not None and (who := bracketed(above)) is not None:
        return [_statement(parse, who, quotes[0][0], quotes[-1][1], direct=True)], Speech(who, parse.sentence.index)
    if quotes and (who := bracketed(parse)) is not None:
        return [_statement(parse, who, quotes[0][0], quotes[-1][1], direct=True)], Speech(who, parse.sentence.index)
    if parse.headline:
        return [], speech
    out: list[Draft] = []
    seen: set[str] = set()
    for hit in saying(parse):
        who = _who(setting, parse, hit, speech)
        if who is None or who.name in seen or (who.media and not quotes):
            named = sources(parse) if who is not None and who.media else []
            if not named:
                continue
            who = Speaker(named[-1], None, anonymous=bool(re.search(r"당국자|소식통|관계자|명$", named[-1])))
        mine = [q for q in quotes if q[1] <= hit.start + 1]
        start, end = (mine[0][0], mine[-1][1]) if mine else _words_said(parse, hit, who)
        if end - start < 8 or not (mine or parse.has("matter")):
            continue
        if not mine and hard and _institution(who):
            continue  # a ministry that tells a fact: the fact is the claim
        seen.add(who.name)
        speech = Speech(who, parse.sentence.index)
        out.append(_statement(parse, who, start, end, direct=bool(mine)))
    return out, speech if out else _introduced(setting, parse, speech)


_BARE = ("관계자", "당국자", "대변인", "소식통", "위원장", "대사", "대표", "장관")
_SO = re.compile(r"(?:이같이|이렇게|이처럼|이같은|이 같은|다음과 같이)\s(?:말|밝|답|전|주장|강조|뜻을)")


def _introduced(setting: Setting, parse: Parse, speech: Speech) -> Speech:
    """The speaker after a sentence that only says who spoke: 강경화 장관은 이같이 답했다."""
    if not _SO.search(parse.words):
        return speech
    said = [h for h in parse.of("say") if h.form in ("past", "present")]
    who = speaker_of(setting, parse, said[-1]) if said else None
    return Speech(who, parse.sentence.index) if who is not None else speech


def _institution(who: Speaker) -> bool:
    return not who.anonymous and who.role is None and not re.search(r"대변인|당국자|관계자|대표$|의원|대통령", who.name)


def saying(parse: Parse) -> list[Hit]:
    """Verbs that carry someone's words, outside the words themselves."""
    out = []
    for h in parse.of("say"):
        if h.form == "noun" or h.passive or parse.scene.quote_at(h.start, h.end) is not None:
            continue
        if h.form in ("adn", "adn-now", "adn-next"):
            continue
        if not _CARRIES.search(parse.text, max(parse.start, h.start - 34), h.start):
            continue
        if parse.text[h.end : h.end + 1] in ("졌", "진", "지"):
            continue
        if _HEARSAY.match(parse.text[h.start - 5 if h.start - 5 > parse.start else h.start : h.stop + 2]):
            continue
        out.append(h)
    for found in _SAYS_SO.finditer(parse.text, parse.start, parse.end):
        at = found.end() - 1
        if parse.scene.quote_at(found.start(), found.end()) is None and not any(h.start <= at < h.stop for h in out):
            out.append(Hit("say", "past", False, "하다", at, at + 1, at + 2))
    if not out:
        out += _after_quotes(parse)
    return sorted(out, key=lambda h: h.start)


def _after_quotes(parse: Parse) -> list[Hit]:
    """Where a quotation is carried by a verb of another kind: "..."며 고개를 저었다."""
    for _, end in parse.scene.quotes_in(parse.start, parse.end):
        found = _GOES_ON.match(parse.text, end, parse.end)
        if found:
            return [Hit("say", "conn", False, "하다", found.end(), found.end() + 1, found.end() + 1)]
    return []


def _who(setting: Setting, parse: Parse, hit: Hit, speech: Speech) -> Speaker | None:
    who = speaker_of(setting, parse, hit)
    recent = speech.speaker if parse.sentence.index - speech.told <= 3 else None
    if recent is None:
        return who
    if carries_on(parse) and (who is None or who.start > parse.start + 40):
        return recent
    goes_on = parse.scene.quote_at(parse.start, parse.start + 1) is not None
    if who is None and (parse.words.lstrip()[:1] in '"“' or goes_on or carries_on(parse)):
        return recent
    if who is not None and who.name in _BARE and recent.name.endswith(who.name):
        return recent
    return who


def _words_said(parse: Parse, hit: Hit, who: Speaker) -> tuple[int, int]:
    """The words of a paraphrase: behind the speaker, up to the verb."""
    start = parse.start
    named = [p for p in parse.phrases if p.start == who.start]
    if named:
        start = named[0].stop
    elif who.start:
        start = min(hit.start, who.start + len(who.name) + 1)
    return (start if start < hit.start - 8 else parse.start), hit.start


def _statement(parse: Parse, who: Speaker, start: int, end: int, *, direct: bool) -> Draft:
    when, inferred, _ = date_in(
        parse, parse.start, start if start > parse.start else end, shapes=("day", "weekday", "relative")
    )
    return draft(
        "statement", parse, start, end, speaker=who.name, role=who.role, side=who.side, anonymous=who.anonymous or None,
        direct=direct, when=when, inferred=("when",) if inferred else (), said_by=(),
    )  # fmt: skip
