"""One Korean sentence as the rules see it: cues with their endings, noun phrases with their particles, who does what.

Korean puts the verb last and marks a noun's part in the clause by its particle, so a sum belongs to the predicate
that follows it, or to the clause that modifies it from the left (미국이 요구한 50억 달러). Subjects are found with a
stack: the nearest subject before a predicate is its own, and one that an embedded clause has used up is gone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from burdenshare.case.model import Name
from burdenshare.reading.korean.words import Hit, hits
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.scene import Scene, Sentence

# The particle that closes a noun phrase, after at most four more words of it.
_PHRASE = re.compile(
    r"(?:\s?\([^()\n]{1,40}\))?(?P<more>(?:[ ·]?[가-힣A-Za-z·]{1,12}?){0,5}?)"
    r"(?P<particle>으로부터|로부터|에게서|에서는|에게는|에게|한테|에서|에는|께서|으로|만은|은|는|이|"
    r"가|을|를|의|에|도|과|와|로)"
    r"(?=[\s,.\"”'’‘“(]|$)"
)
_ROLE = {
    "은": "topic", "는": "topic", "이": "subject", "가": "subject", "께서": "subject", "도": "subject", "만은": "topic",
    "을": "object", "를": "object", "의": "owner", "에": "to", "에게": "to", "한테": "to", "에게는": "to", "에는": "to",
    "에서": "at", "에서는": "at", "으로부터": "from", "로부터": "from", "에게서": "from", "과": "with", "와": "with",
    "로": "as", "으로": "as",
}  # fmt: skip
# Words that may stand between a name and its particle where the whole still acts for the side.
_AGENTS = re.compile(
    r"(?:정부|측|쪽|당국|대표단|협상단|협상팀|행정부|대통령|장관|차관|차관보|대표|대사|대변인|당국자|"
    r"관계자|의원|국무부|국방부|"
    r"외교부|수석대표|사령관|사령부|노조|부대표|보좌관|실장|국장|선임보좌관|국회|의회|대표들|협상대사|"
    r"협상대표|들|위원장|고위|방위비분담|"
    r"방위비|분담|협상|전|현|신임|양국|소속|위원|실무진|총리|부장관|특보|사장|박사|교수|연구원)*"
)
_TITLED = re.compile(
    r"(?:의원|대표|장관|차관|차관보|대사|대변인|위원장|교수|실장|국장|사령관|보좌관|총리|대통령|"
    r"연구위원|연구원|소장|회장|부장관|특보|수석|원내대표|박사|센터장|부대표|씨|전문위원|사무국장|"
    r"지부장)$"
)
_ENDING = re.compile(
    r"(?P<quote>다고|라고|자고|냐고|다며|라며|다면서|라면서|다는|라는|자는|자며|달라고|달라는|으라고|다거나|다던)"
    r"|(?P<nominal>자(?=[\s,])|기로|기를|기에|도록|기 위|기 전)"
)
_NEGATED = re.compile(
    r"지(?:는|도|를|만)?\s?(?:않|못|아니|말)|\s?못(?:\s?(?:하|해|한|했|받)|\b)|수(?:는|가|도)? 없|"
    r"기(?:는|가)? (?:어렵|힘들)|\s?(?:불가|실패|불발)"
)
_NOT_BEFORE = re.compile(r"(?:\b안|\b못|미)\s?$")
_QUOTED = re.compile(r"(?:다고|라고|자고|냐고|다며|라며|다면서|라면서|달라고|라고까지|[”\"]고|[”\"]라고)\s$")
# Verbs that say how large a sum is, in a clause that seldom has a subject of its own: 물가상승률을 반영한 4억 달러.
_DESCRIBING = frozenset({"reflect", "include", "raise", "cut", "exceed", "extend"})
_MADE_TO = re.compile(
    r"[가-힣]{0,8}(?:도록|으라고|라고|달라고)\s(?:거듭\s|계속\s|강하게\s|끈질기게\s)?(?:요구|촉구|압박|요청|당부|종용|강요)"
)
_GOVERNMENT = re.compile(r"(?<![가-힣])정부(?:는|가|도)(?=[\s,])")
_EMBEDDED = re.compile(r"\s(?:[가-힣]{1,8}\s){0,2}?[가-힣]{1,6}\s(?:수\s(?:있|없)는|만한|정도의|법한)\s[^,]{1,30}")
_CONNECTIVE = re.compile(
    r"(?:[가-힣](?:으며|면서도|면서|지만|는데|은데|인데|으나|지만은|거나|는가 하면|므로|으니|더니|으되|하되)"
    r"|[하되였았했됐렸졌났왔렀겼쳤뤘이혔웠섰뒀췄랐]고|[하되이리치]며|했는데|됐는데|[가-힣]다며|라며|"
    r"[하되]여|거쳐)(?=[\s,]|$)"
)


@dataclass(eq=False, slots=True)
class Phrase:
    """A name with what follows it up to its particle: characters start..end, particle excluded; `stop` with it."""

    mention: Mention
    start: int
    end: int
    stop: int
    role: str
    side: str | None

    @property
    def acts(self) -> bool:
        """Whether it can be the subject of a clause."""
        return self.role in ("subject", "topic")


def name_of(m: Mention) -> Name | None:
    """The case's name of a mention, or None for a person the case does not know."""
    return m.value if isinstance(m.value, Name) else None


class Parse:
    """A sentence with its cues and phrases."""

    def __init__(self, scene: Scene, sentence: Sentence) -> None:
        self.scene = scene
        self.sentence = sentence
        self.text = scene.document.text
        self.start, self.end = sentence.line.start, sentence.line.end
        self.hits = hits(self.text, self.start, self.end)
        self.by_concept: dict[str, list[Hit]] = {}
        for h in self.hits:
            self.by_concept.setdefault(h.concept, []).append(h)

    @property
    def words(self) -> str:
        """The sentence's text."""
        return self.text[self.start : self.end]

    @property
    def headline(self) -> bool:
        """Whether the sentence stands as a headline and does not close like a sentence."""
        return self.sentence.line.kind == "headline" and not self.words.rstrip().endswith("다.")

    def of(self, *concepts: str) -> list[Hit]:
        """Cues of these concepts, in order."""
        if len(concepts) == 1:
            return self.by_concept.get(concepts[0], [])
        found = [h for c in concepts for h in self.by_concept.get(c, ())]
        return sorted(found, key=lambda h: (h.start, -h.end))

    def has(self, *concepts: str) -> bool:
        """Whether a cue of any of these concepts stands in the sentence."""
        return any(c in self.by_concept for c in concepts)

    def within(self, start: int, end: int, *concepts: str) -> list[Hit]:
        """Cues of these concepts that begin at start..end."""
        return [h for h in self.of(*concepts) if start <= h.start < end]

    def mentions(self, *types: str) -> list[Mention]:
        """Mentions of these types, in order."""
        return self.sentence.of(*types)

    def names(self, *kinds: str) -> list[Mention]:
        """Names of the case of these kinds, in order."""
        return [m for m in self.sentence.of("name") if (n := name_of(m)) is not None and n.kind in kinds]

    def negated(self, hit: Hit) -> bool:
        """Whether a predicate is denied: 합의하지 못했다, 받아들일 수 없다, 합의 실패."""
        after = self.text[hit.start : min(self.end, hit.stop + 12)]
        found = _NEGATED.search(after, max(0, hit.end - hit.start - 2))
        if found and found.start() <= hit.stop - hit.start + 2:
            return True
        return _NOT_BEFORE.search(self.text, max(self.start, hit.start - 3), hit.start) is not None

    def quoted_form(self, hit: Hit) -> str:
        """How a predicate is embedded: `quote` (-다고), `nominal` (-기로), `adn`, or empty for a plain one."""
        found = _ENDING.search(self.text, max(hit.start, hit.end - 2), min(self.end, hit.stop + 1))
        if found:
            return "quote" if found["quote"] else "nominal"
        return "adn" if hit.form.startswith("adn") else ""

    def home_government(self, start: int, end: int) -> bool:
        """Whether a government that is not named acts at start..end: 정부는 is the writer's own."""
        found = list(_GOVERNMENT.finditer(self.text, start, end))
        last = found[-1] if found else None
        if last is None or self.scene.quote_at(last.start(), last.end()) is not None:
            return False
        named = self.sentence.of("name", "person")
        return not any(m.start <= last.start() <= m.end + 1 for m in named)

    def past_names(self, at: int, *kinds: str) -> tuple[int, list[Mention]]:
        """Where the names of these kinds that follow at a place end, marks and spaces between them, and the names."""
        found: list[Mention] = []
        by_start = {m.start: m for m in self.names(*kinds)}
        while at < self.end:
            while at < self.end and self.text[at] in " ·・ㆍ\"“”‘’'(":
                at += 1
            m = by_start.get(at)
            if m is None:
                break
            found.append(m)
            at = m.end
        return at, found

    @cached_property
    def breaks(self) -> list[int]:
        """Where a clause ends and the next begins, as characters of the text."""
        inside = self.scene.quote_at
        return [
            m.end() for m in _CONNECTIVE.finditer(self.text, self.start, self.end) if inside(m.start(), m.end()) is None
        ]

    def clause(self, at: int) -> tuple[int, int]:
        """The clause a character stands in."""
        k = bisect_left(self.breaks, at + 1)
        first = self.breaks[k - 1] if k else self.start
        last = self.breaks[k] if k < len(self.breaks) else self.end
        return first, last

    @cached_property
    def phrases(self) -> list[Phrase]:
        """Names that belong to a side or stand for a person, with their particles."""
        out: list[Phrase] = []
        for m in self.sentence.of("name", "person"):
            name = name_of(m)
            if name is not None and name.kind not in ("party", "body", "person", "post", "forces"):
                continue
            if out and m.start < out[-1].end:
                continue
            phrase = self._phrase(m, name)
            if phrase is not None and self._of_nobody(m, name):
                phrase.side = None
            if phrase is not None:
                if out and out[-1].stop >= phrase.stop and out[-1].role == phrase.role:
                    out[-1] = phrase if name is not None and name.kind == "person" else out[-1]
                else:
                    out.append(phrase)
        return out

    def _of_nobody(self, m: Mention, name: Name | None) -> bool:
        """Whether a name stands for both sides (한미), or for whoever speaks (우리 측 in direct speech)."""
        if name is None:
            return False
        if self.text.startswith("우리", m.start) and self.scene.quote_at(m.start, m.end) is not None:
            return True
        before = [
            o
            for o in self.sentence.of("name")
            if (o.start == m.end and m.end - m.start == 1)
            or o.end == m.start
            or (o.end == m.start - 1 and self.text[o.end] in "·・ㆍ")
        ]
        return any((n := name_of(o)) is not None and n.party not in (None, name.party) for o in before)

    def _phrase(self, m: Mention, name: Name | None) -> Phrase | None:
        side = name.party if name is not None else self._side_before(m)
        found = _PHRASE.match(self.text, m.end, self.end)
        if found is None:
            after = self.text[m.end : m.end + 2].lstrip()
            role = "subject" if self.headline and after[:1] in (",", '"', "“", "‘", "'", "…", "") else "none"
            return Phrase(m, m.start, m.end, m.end, role, side)
        more = found["more"]
        bare = more.replace(" ", "").replace("·", "")
        agents = _AGENTS.fullmatch(bare)
        if agents is None and (name is None or name.kind == "person"):
            agents = _TITLED.search(bare)
        if more and agents is None:
            owner = "owner" if self.text[m.end : m.end + 1] in ("의", " ") else "none"
            if self.text[m.end : m.end + 1] == "의":
                return Phrase(m, m.start, m.end, m.end + 1, "owner", side)
            return Phrase(m, m.start, m.end, m.end, owner, side)
        return Phrase(m, m.start, found.start("particle"), found.end(), _ROLE[found["particle"]], side)

    def _side_before(self, m: Mention) -> str | None:
        """The side of a person the case does not know: that of the party, body or office named beside the name."""
        for other in self.sentence.of("name"):
            name = name_of(other)
            if name is not None and name.party and (0 <= m.start - other.end <= 14 or 0 <= other.start - m.end <= 14):
                return name.party
        return None

    @cached_property
    def predicates(self) -> list[Hit]:
        """Cues that are inflected verbs, one a place, in order."""
        out: list[Hit] = []
        for h in sorted((h for h in self.hits if h.form != "noun"), key=lambda h: (h.start, -h.end)):
            if not out or h.start >= out[-1].end:
                out.append(h)
        return out

    @cached_property
    def _subjects(self) -> dict[int, Phrase | None]:
        """The subject of each predicate, by where it starts."""
        items: list[tuple[int, int, Phrase | Hit]] = [(p.start, 0, p) for p in self.phrases if p.acts]
        items += [(h.start, 1, h) for h in self.predicates]
        stacks: dict[tuple[int, int] | None, list[Phrase]] = {}  # direct speech has subjects of its own
        out: dict[int, Phrase | None] = {}
        for _, _, item in sorted(items, key=lambda i: i[:2]):
            stack = stacks.setdefault(self.scene.quote_at(item.start, item.end), [])
            if isinstance(item, Phrase):
                stack.append(item)
                continue
            if len(stack) > 1 and _EMBEDDED.match(self.text, stack[-1].stop, item.start):
                stack.pop()  # 미국이 [한국이 감내할 수 없는] 인상을 요구했다
            out[item.start] = stack[-1] if stack else None
            describes = item.concept in _DESCRIBING and item.form.startswith("adn")
            describes = describes or _MADE_TO.match(self.text, item.start, self.end) is not None
            if stack and not describes and self.quoted_form(item) and (stack[-1].role == "subject" or len(stack) > 1):
                stack.pop()
        return out

    def _told_later(self, hit: Hit) -> bool:
        """Whether a later verb of saying takes the topic: 외교부는 미국이 ...고 요구했지만 ...고 밝혔다."""
        return any(
            h.start > hit.stop and h.form in ("past", "present", "conn") and self.scene.quote_at(h.start, h.end) is None
            for h in self.of("say")
        )

    def subject(self, hit: Hit) -> Phrase | None:
        """Who does what a predicate says; for a noun (미국의 요구) its owner. None where the sentence does not say."""
        if hit.form == "noun":
            owner = [p for p in self.phrases if 0 <= hit.start - p.stop <= 12 and p.role in ("owner", "none")]
            if owner:
                return owner[-1]
        if hit.form.startswith("adn"):
            head = [p for p in self.phrases if 0 <= p.start - hit.stop <= 2 and p.side]
            own = [p for p in self.phrases if p.role == "subject" and p.side and 0 <= hit.start - p.stop <= 40]
            if head and not own:
                return head[0]
        if _QUOTED.search(self.text, max(self.start, hit.start - 8), hit.start):
            inside = self.scene.quote_at(hit.start, hit.end)
            acting = [p for p in self.phrases if p.acts and p.stop <= hit.start]
            acting = [p for p in acting if self.scene.quote_at(p.start, p.end) == inside]
            topics = [p for p in acting if p.role == "topic"] or acting
            closer = [
                p for p in acting if p.role == "subject" and p.side is not None and p.side != self.scene.case.host.id
            ]
            if closer and topics[0].role == "topic" and self._told_later(hit):
                return closer[-1]
            if topics:
                return topics[0]
        known = self._subjects.get(hit.start)
        if known is None and hit.start not in self._subjects:
            before = [p for p in self.phrases if p.acts and p.stop <= hit.start]
            known = before[-1] if before else None
        if known is None and hit.form.startswith("adn"):
            after = [p for p in self.phrases if 0 <= p.start - hit.stop <= 3]
            known = after[0] if after else None
        return known
