"""Korean speakers: who the subject of a verb of saying is, by name, office or description; and who vouches for what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from burdenshare.reading.korean.parse import Parse, Phrase, name_of
from burdenshare.reading.korean.words import Hit
from burdenshare.reading.rules.ko.setting import Setting, side_of

# A description of someone who speaks: up to five words that close with one of these nouns and a particle.
_NOUN = (
    "당국자|관계자|소식통|대변인실|대변인|외교관|전문가|장관|차관보|차관|대표단|협상단|협상팀|대표|대사|의원|위원장|위원회|위원|대통령|총리|사령관|교수|"
    "연구위원|선임연구원|연구원|실장|국장|노조|정부|행정부|매체|시민단체|단체|외신|언론|부장관|보좌관|수석|특보|국회|외교가|박사|소장|센터장|회장|원내대표|"
    "인사|노동조합|측|외통위|외교통일위원회|당|회원|조합원|활동가|지부장|원장|지도부"
)
_DESCRIBED = re.compile(
    rf"(?P<words>(?:[가-힣A-Za-z0-9·'’]+\s){{0,5}}?[가-힣A-Za-z0-9·]{{0,10}}?(?P<noun>{_NOUN})(?:들|"
    rf"\s?\d{{1,4}}여?\s?명)?)(?P<particle>은|는|이|가|도|측은|측이|께서는)(?=[\s,\"“‘'])"
)
_STOP_WORD = re.compile(
    r"(?:은|는|을|를|에|에서|에게|으로|며|면서|고|해|다고|라고|하여|대해|관련|위해|따르면|지만|했다|"
    r"다|와|과|날|일|이어|또|한편|다만|그러나|이에|반면|앞서|현재|특히|당시|이날)$"
)
_SOURCE = re.compile(
    r"(?P<words>[^\"“”,.]{2,40}?)(?:에 따르면|에 의하면|을 인용해|를 인용해|의 말을 빌려|의 말을 인용|"
    r"에게서 들은|이 전한 바)"
)
_ANONYMOUS = re.compile(r"당국자|관계자|소식통|외교관|전문가|인사|의원들|외교가|매체|외신|시민단체|언론")
_CLOSES_WORDS = re.compile(r"(?:다고|라고|자고|냐고|라며|다며|[”\"]고)(?=\s)")
_PRONOUN = re.compile(
    r"(?:^|[\s\"“])(?:그는|그가|그녀는|이 당국자는|이 관계자는|이 소식통은|같은 당국자는|이들은|"
    r"그러면서|이어|또)(?=[\s,\"“])"
)
_BRACKET = re.compile(r"^\s*[\[<【(]\s*(?P<words>[^\[\]<>【】()\n:：\"“]{2,50}?)\s*[\]>】):：]")
_MEDIA_END = re.compile(
    r"(?:신문|일보|통신|방송|뉴스|타임스|포스트|저널|매체|외신|언론|CNN|NHK|KBS|로이터|블룸버그)(?:들)?$"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as the report names it; `media` for a paper or agency that only passes words on."""

    name: str
    side: str | None
    role: str | None = None
    anonymous: bool = False
    media: bool = False
    start: int = 0
    topic: bool = False


def of_phrase(parse: Parse, phrase: Phrase) -> Speaker:
    """The speaker that a name with its particle stands for."""
    m = phrase.mention
    name = name_of(m)
    words = parse.text[m.start : phrase.end].strip()
    if name is not None and name.kind == "person":
        person = parse.scene.case.people[name.ref]
        full = (person.names.get("ko") or next(iter(person.names.values()), (words,)))[0]
        return Speaker(full, person.party, _role(parse, phrase), start=m.start)
    if name is None:
        return Speaker(
            str(m.value) if isinstance(m.value, str) else words, phrase.side, _role(parse, phrase), start=m.start
        )
    described = _widened(parse, phrase)
    media = name.kind == "body" and name.party is None and _is_agency(parse, name.ref)
    return Speaker(described, phrase.side, anonymous=bool(_ANONYMOUS.search(described)), media=media, start=m.start)


def _is_agency(parse: Parse, ref: str) -> bool:
    body = parse.scene.case.bodies.get(ref)
    return bool(body and body.kind == "agency")


def _role(parse: Parse, phrase: Phrase) -> str | None:
    """Words of office behind a name, up to the particle."""
    words = parse.text[phrase.mention.end : phrase.end].strip()
    words = re.sub(r"^\([^)]*\)\s*", "", words)
    return words or None


def _widened(parse: Parse, phrase: Phrase) -> str:
    """The whole description around a party or body: 한 외교부 당국자, 미 국무부 대변인."""
    start = phrase.start
    for m in parse.names("party"):
        if 0 <= start - m.end <= 1:
            start = m.start  # 미 국무부 대변인
    before = re.search(r"(?:(?:한|익명의|고위)\s)+$", parse.text[max(parse.start, start - 14) : start])
    if before:
        start -= len(before.group())
    return parse.text[start : phrase.end].strip()


def described(parse: Parse, start: int, end: int) -> Speaker | None:
    """The last description of someone who acts at start..end: 정부 고위 관계자는, 워싱턴의 한 소식통은."""
    chosen = None
    for found in _DESCRIBED.finditer(parse.text, start, end):
        if parse.scene.quote_at(found.start("noun"), found.end("noun")) is not None:
            continue
        chosen = chosen or found
    if chosen is None:
        return None
    words = chosen["words"].split(" ")
    keep: list[str] = []
    for word in reversed(words):
        if keep and _STOP_WORD.search(word) and not word.endswith("의") and len(word) > 1:
            break
        keep.insert(0, word)
    name = " ".join(keep).strip("'’")
    at = chosen.end("words") - len(name)
    if name == "위원회":
        name = _committee(parse) or name
    side = side_of(parse, at, chosen.end("words")) or _ministry_side(parse, name)
    return Speaker(
        name,
        side,
        anonymous=bool(_ANONYMOUS.search(name)),
        media=bool(_MEDIA_END.search(name)),
        start=at,
        topic=chosen["particle"].endswith(("은", "는")),
    )


def _committee(parse: Parse) -> str | None:
    """The committee last named in the report: 위원회 by itself is that one."""
    bodies = parse.scene.case.bodies
    for sentence in reversed(parse.scene.sentences[: parse.sentence.index]):
        for m in reversed(sentence.of("name")):
            found = name_of(m)
            if (
                found is not None
                and found.kind == "body"
                and found.ref in bodies
                and bodies[found.ref].kind == "legislature"
                and "위" in parse.text[m.start : m.end]
            ):
                return parse.text[m.start : m.end]
    return None


def _ministry_side(parse: Parse, name: str) -> str | None:
    """Whose "국회" it is where no side is named: that of the one party that has a body called so."""
    sides = {
        b.party for b in parse.scene.case.bodies.values() if b.party and any(n in name for n in b.names.get("ko", ()))
    }
    return next(iter(sides)) if len(sides) == 1 else None


def outside(parse: Parse, phrase: Phrase) -> bool:
    """Whether a phrase stands outside direct speech."""
    return parse.scene.quote_at(phrase.start, phrase.end) is None


def speaker_of(setting: Setting, parse: Parse, hit: Hit) -> Speaker | None:
    """The subject of a verb of saying; None where the sentence names none."""
    close = _quotative(parse, hit)
    late = (
        [p for p in parse.phrases if p.acts and close <= p.start and p.stop <= hit.start and _can_speak(p)]
        if close
        else []
    )
    if late:
        return of_phrase(parse, late[-1])
    if close and (told := described(parse, close, hit.start)) is not None:
        return told
    acting = [p for p in parse.phrases if p.acts and p.stop <= hit.start and outside(parse, p) and _can_speak(p)]
    said = described(parse, parse.start, hit.start)
    topics = [p for p in acting if p.role == "topic"]
    own = parse.subject(hit)
    if own is not None and own in acting and own.role == "topic":
        chosen: Phrase | None = own
    else:
        here = [p for p in topics[:1] if _plainly_carried(parse, hit)] or [
            p for p in topics if p.start >= _segment(parse, hit)
        ]
        chosen = (here or topics or [p for p in acting if p.start >= _segment(parse, hit)] or acting or [None])[0]  # type: ignore[list-item]
    if (
        said is not None
        and chosen is not None
        and chosen.role == "topic"
        and chosen.start < said.start
        and not said.topic
    ):
        said = None
    if said is not None and said.topic and (chosen is None or (chosen.role != "topic" and said.start < chosen.start)):
        return said
    if (
        said is not None
        and (
            chosen is None
            or said.start > chosen.stop
            or (chosen.start <= said.start < chosen.stop and not _names_person(chosen))
        )
        and (chosen is None or chosen.role != "topic" or chosen.start <= said.start)
    ):
        return said
    return of_phrase(parse, chosen) if chosen is not None else said


def _plainly_carried(parse: Parse, hit: Hit) -> bool:
    """Whether no earlier verb of saying has closed a part of the sentence."""
    return _segment(parse, hit) == parse.start


def _quotative(parse: Parse, hit: Hit) -> int:
    """Where the words end that a verb of saying carries (-다고), where its subject may still follow; 0 where none."""
    ends = [found.end() for found in _CLOSES_WORDS.finditer(parse.text, parse.start, hit.start)]
    return ends[-1] if ends and hit.start - ends[-1] <= 40 else 0


def _can_speak(p: Phrase) -> bool:
    name = name_of(p.mention)
    return name is None or name.kind in ("person", "body", "post", "party", "forces")


def _names_person(p: Phrase) -> bool:
    name = name_of(p.mention)
    return name is None or name.kind == "person"


def _segment(parse: Parse, hit: Hit) -> int:
    """Where the part of the sentence with this verb of saying begins: after the verb of saying before it."""
    earlier = [
        h
        for h in parse.of("say")
        if h.stop < hit.start and h.form != "noun" and parse.scene.quote_at(h.start, h.end) is None
    ]
    cut = [
        h.stop
        for h in earlier
        if re.match(r"(?:고|으며|지만|는데|으나)[\s,]", parse.text[h.stop - 1 : h.stop + 1] + " ")
    ]
    return cut[-1] if cut else parse.start


def bracketed(parse: Parse) -> Speaker | None:
    """The speaker named in brackets above or before spoken words: [도널드 트럼프 / 미국 대통령]."""
    found = _BRACKET.match(parse.words)
    if found is None or "/" not in found["words"]:
        return None
    start = parse.start + found.start("words")
    end = parse.start + found.end("words")
    for m in parse.sentence.of("name", "person"):
        if start <= m.start < end:
            name = name_of(m)
            if name is None or name.kind == "person":
                return of_phrase(
                    parse, Phrase(m, m.start, m.end, m.end, "topic", name.party if name else side_of(parse, start, end))
                )
    name_words = re.split(r"[/:]", found["words"])[0].strip()
    return Speaker(name_words, side_of(parse, start, end))


def carries_on(parse: Parse) -> bool:
    """Whether the sentence goes on with the speaker before: 그는, 이어."""
    return bool(_PRONOUN.search(parse.words[:60]))


def sources(parse: Parse) -> list[str]:
    """Those a sentence is according to: 소식통에 따르면, 로이터를 인용해."""
    out = []
    for found in _SOURCE.finditer(parse.text, parse.start, parse.end):
        if parse.scene.quote_at(found.start(), found.end()) is not None:
            continue
        words = found["words"].split(" ")
        keep: list[str] = []
        for word in reversed(words):
            if keep and _STOP_WORD.search(word) and not word.endswith("의") and len(word) > 1:
                break
            keep.insert(0, word)
        name = " ".join(keep).strip()
        if name and name not in ("이", "보도", "보고서", "협정", "동의안", "규정", "합의", "법"):
            out.append(name)
    return out
