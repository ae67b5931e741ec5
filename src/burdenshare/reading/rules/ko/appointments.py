"""Korean appointments: who leads, joins or leaves a delegation."""

from __future__ import annotations

import re

from burdenshare.reading.korean.parse import Parse, Phrase, name_of
from burdenshare.reading.rules.draft import Draft
from burdenshare.reading.rules.ko.setting import Setting, draft, side_of

_POST = (
    r"수석대표|협상\s?대표|협상\s?대사|협상대표|부대표|대표단장|"
    r"방위비\s?(?:분담)?\s?(?:금)?\s?협상\s?(?:수석)?(?:대표|대사)|"
    r"협상\s?수석|선임보좌관|협상\s?책임자"
)
_ROLE = re.compile(_POST)
_MADE = re.compile(
    r"임명|수석\s?대표는|(?:대표|대사|보좌관)(?:다|이다|입니다)\.|선임|내정|발탁|지명|위촉|교체|후임|"
    r"경질|바뀌|바뀐|새\s?(?:수석)?대표|신임|수석대표(?:로|를|"
    r"직|는|은|인|에)|이끄는|이끌|이끈|대표로 (?:나|참석|"
    r"하는|한)|단장으로|필두로|참석(?:했|한|하)|(?:대표|대사|단장)(?:로|직을|를) (?:맡|하는)|맡았|"
    r"맡는|맡아|맡은|나섰|나선다|나온다|나왔|마주"
)
_STRONG = re.compile(r"임명|선임|내정|발탁|지명|위촉|교체|후임|경질|바뀌|바뀐|신임")


def appointments(setting: Setting, parse: Parse) -> list[Draft]:
    """Everyone a sentence puts at the head of a delegation, into it or out of it."""
    if parse.scene.quotes_in(parse.start, parse.end) and not _STRONG.search(parse.words):
        return []
    if not _ROLE.search(parse.words) and not re.search(r"대표단|협상단", parse.words):
        return []
    if not _MADE.search(parse.words):
        return []
    out: list[Draft] = []
    for m in parse.sentence.of("name", "person"):
        name = name_of(m)
        if name is not None and name.kind != "person":
            continue
        post = _post_of(parse, m.start, m.end)
        if post is None:
            continue
        phrase = Phrase(m, m.start, m.end, m.end, "topic", name.party if name else None)
        full = str(m.value) if name is None else parse.text[m.start : m.end]
        if name is not None and name.short:
            person = parse.scene.case.people[name.ref]
            full = (person.names.get("ko") or (full,))[0]
        first, last = parse.clause(m.start)
        side = (
            phrase.side
            or side_of(parse, max(first, m.start - 24), m.start)
            or side_of(parse, m.end, min(last, m.end + 30))
        )
        out.append(
            draft(
                "appointment",
                parse,
                max(first, m.start),
                min(last, max(m.end + 30, m.end)),
                person=full,
                role=post,
                side=side,
            )
        )
    return out


def _post_of(parse: Parse, start: int, end: int) -> str | None:
    """The post that the words around a name give: behind it (정은보 수석대표), or what it is made (수석대표로)."""
    first, last = parse.clause(start)
    last = min(parse.end, max(last, end + 60))
    after = parse.text[end : min(last, end + 70)]
    verb = _MADE.search(after)
    if verb is None and not re.search(
        r"(?:후임|수석대표(?:로|에)는?|대표(?:로|에)는?|수석대표인|이끄는|필두)\s?[^,.]{0,30}$",
        parse.text[max(parse.start, start - 44) : start],
    ):
        return None
    behind = _ROLE.search(after)
    if behind is not None and behind.start() <= 45:
        return behind.group()
    before = _ROLE.search(parse.text, max(first, start - 40), start)
    if before is not None:
        return before.group()
    return (
        "대표"
        if re.search(r"대표단", parse.text[max(parse.start, start - 30) : min(last, end + 50)])
        and re.search(r"이끄는|이끌|이끈|단장|필두", parse.text[max(parse.start, start - 30) : min(last, end + 50)])
        else None
    )
