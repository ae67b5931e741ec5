"""Sums, changes and shares: which kind of claim each belongs to.

A sentence is read predicate by predicate: a sum is governed by the nearest cue before it in its clause ("demanded",
"offered", "pay"); a sum it is compared with ("from the $870 million of this year") is a contribution.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from burdenshare.money import Amount, Change, Growth, Range
from burdenshare.reading.frame import LEAD, Frame
from burdenshare.reading.mentions.mention import Mention, Number
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.grammar import (
    by_agent,
    clause_bounds,
    date_in,
    future,
    name_of,
    negated,
    passive,
    subject,
    years_of,
)
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_QUALIFIERS = frozenset(
    (
        "the about around some its current nearly this last year year's 's ’s us roughly seoul tokyo previous "
        "existing present"
    ).split()
)
_ARTICLES = frozenset("the a an its their".split())
_BEFORE_NOUN = frozenset("a the an its in of news".split())
_PROPOSAL_NOUNS = frozenset("proposal proposals request pressure offer offers".split())
_STAND_INS = frozenset("it they which adjustments increases raises rises".split())
_LOOSE_PAYING = frozenset({"meet", "carry", "put", "share", "set aside", "owe"})
_AGREEING = frozenset({"come to terms", "close the gap", "hammer out", "tentatively agree", "settle"})
_AMOUNT_NOUNS = frozenset("level total amount sum figure".split())
_NO_TERM_AFTER = frozenset("previous last past in than nearly almost ago".split())
_RISES = frozenset("increase increases rise hike hikes".split())
_BUDGET_NOUNS = frozenset("budget salary salaries wages price prices gdp".split())
_INTO = frozenset("into for to on toward towards".split())
_COST_NOUNS = frozenset("cost costs expense expenses upkeep".split())

Role = Literal["position", "settlement", "contribution", "cost", "none"]
_BASE_WORDS = frozenset("from than against above over on to with compared the times what".split())


@dataclass(eq=False, slots=True)
class Group:
    """A sum with the changes, shares and lengths that say something of the same thing."""

    role: Role
    governor: Mention | None
    sums: list[Mention]
    side: str | None = None
    act: str | None = None


def _number(value: Number) -> float | Range:
    return value.low if value.low == value.high else Range(value.low, value.high)


def change_of(mention: Mention, *, cut: bool) -> Change | None:
    """A percentage or multiple mention as a change; a cut is negative."""
    number: Number = mention.value
    sign = -1 if cut else 1
    bound = number.bound if number.bound != "exact" else None
    if mention.type == "percent":
        value: float | Range = (
            sign * number.low
            if number.low == number.high
            else (Range(-number.high, -number.low) if cut else Range(number.low, number.high))
        )
        return Change(percent=value, bound=bound)
    return Change(multiple=_number(number), bound=bound)


def _is_change(sentence: Sentence, m: Mention) -> bool:
    """Whether a percentage is a rise or cut (and not a share of something)."""
    if m.type == "multiple":
        return True
    norms = sentence.norms
    after = norms[m.last : m.last + 4]
    before = norms[max(0, m.first - 6) : m.first]
    if after[:1] == ["of"] and not sentence.near("more", m.last, m.last + 3):
        return False
    return (
        after[:1] in (["above"], ["higher"], ["below"])
        or sentence.near("more", m.last, m.last + 3)
        or sentence.near("less", m.last, m.last + 3)
        or sentence.near("raise", m.first - 9, m.last + 3)
        or sentence.near("cut", m.first - 9, m.last + 3)
        or sentence.near("more", m.first - 7, m.first)
        or sentence.near("less", m.first - 6, m.first)
        or "up" in before[-2:]
        or "down" in before[-2:]
        or "up" in after[:1]
        or "by" in before[-2:]
    )


def _is_cut(sentence: Sentence, m: Mention) -> bool:
    if sentence.near("raise", m.first - 8, m.first) or sentence.near("more", m.first - 3, m.last + 3):
        return False
    return (
        sentence.near("cut", m.first - 6, m.last + 2)
        or sentence.near("less", m.last, m.last + 3)
        or "down" in sentence.norms[max(0, m.first - 2) : m.first]
        or sentence.near("less", m.first - 4, m.first)
    ) and not sentence.near("more", m.first - 4, m.last + 4)


def _compared(sentence: Sentence, m: Mention) -> bool:
    """Whether a sum is what another is compared with: "from $870 million", "than the 869.5 billion of last year"."""
    norms = sentence.norms
    i = m.first - 1
    while i >= 0 and norms[i] in _QUALIFIERS:
        i -= 1
    if i < 0:
        return False
    if norms[i] in ("than", "against") or (norms[i] in ("to", "with") and i and norms[i - 1] == "compared"):
        return True
    if norms[i] == "over" and any(
        x.last < m.first and m.first - x.last < 16 for x in sentence.of("percent", "money", "multiple") if x is not m
    ):
        return True
    if norms[i] == "from":
        others = [x for x in sentence.of("money", "percent", "multiple") if x is not m and abs(x.first - m.first) < 16]
        return bool(others)
    if norms[i] in ("times", "on", "fold") and any(
        x.last <= m.first and m.first - x.last < 8 for x in sentence.of("multiple", "percent")
    ):
        return True
    return any(x.last <= m.first <= x.last + 3 for x in sentence.of("multiple"))


def _governor(sentence: Sentence, m: Mention) -> Mention | None:
    """The cue that governs a sum: the nearest in its clause or the one before, else just after it."""
    concepts = (
        "demand",
        "offer",
        "reject",
        "accept",
        "agree",
        "pay",
        "contribution-noun",
        "cost",
        "cost-noun",
        "raise",
        "cut",
        "freeze",
        "unspent",
        "limit",
        "position-noun",
    )
    found = sentence.cues(*concepts)
    clause = sentence.clauses[m.first]
    before = [c for c in found if c.last <= m.first and sentence.clauses[c.first] in (clause, clause - 1)]
    after = [c for c in found if c.first >= m.last and c.first - m.last <= 12]
    following = [
        c for c in after if c.value.concept in ("demand", "offer") and c.value.form == "word" and c.first - m.last <= 2
    ]
    if following:
        return following[0]
    settled = [c for c in before if c.value.concept == "accept"]
    asked = [
        c for c in before if c.value.concept in ("demand", "offer", "reject", "limit") and not _adjectival(sentence, c)
    ]
    if settled and asked and settled[-1].first > asked[-1].first:
        return settled[-1]
    if asked:
        return _strongest(asked)
    if before:
        return before[-1]
    return after[0] if after else None


def _adjectival(sentence: Sentence, cue: Mention) -> bool:
    """ "the proposed text": a participle that only describes a noun."""
    return (
        cue.value.form == "participle"
        and cue.first > 0
        and sentence.norms[cue.first - 1] in _ARTICLES
        and cue.last < len(sentence.norms)
        and sentence.norms[cue.last][0].isalpha()
        and sentence.norms[cue.last] not in ("by", "for", "to", "that")
    )


def _strongest(asked: list[Mention]) -> Mention:
    """The asking verb; a noun ("demand") only where no verb asks, or where what is refused is the demand."""
    verbs = [c for c in asked if c.value.form != "word"]
    if not verbs:
        return asked[-1]
    if verbs[-1].value.concept == "reject" and asked[-1].value.form == "word" and asked[-1].first > verbs[-1].first:
        return asked[-1]
    return verbs[-1]


def _demand_like(sentence: Sentence, cue: Mention) -> bool:
    """Whether a demand or offer cue is one here: "called the figure", "asked whether" and passive reports are not."""
    following = sentence.norms[cue.last] if cue.last < len(sentence.norms) else ""
    if (
        cue.value.concept == "demand"
        and cue.value.form != "word"
        and (
            following in ("whether", "if", "why", "how")
            or (following == "about" and not sentence.of("money", "percent", "multiple"))
        )
    ):
        return False
    if cue.value.word in ("claim", "press", "bid for") and following in ("conference", "release", "briefing", "corps"):
        return False
    before = sentence.norms[cue.first - 1] if cue.first else ""
    if cue.value.form == "base" and before in _BEFORE_NOUN:
        return False
    if cue.value.word in ("require", "call for", "request") and any(
        0 <= cue.first - n.last <= 2 and not sentence.near("talks-noun", n.first, n.last)
        for n in sentence.cues("agreement-noun")
    ):
        return False  # "an agreement that requires Seoul to pay"
    if cue.value.form == "word" and cue.value.word in _PROPOSAL_NOUNS:
        # "the proposal was met with opposition": whose, and what it asks, the words do not say
        owner = subject(sentence, cue.first)
        owned = owner is not None and cue.first - owner.last <= 2
        agent = by_agent(sentence, cue.last)
        return (
            owned
            or (agent is not None and agent.first - cue.last <= 4)
            or bool(sentence.of("money", "percent", "multiple"))
        )
    return not (cue.value.word in ("bill", "troop bill") and not sentence.of("money"))


def sums(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """Drafts for every sum, change and share of the sentence."""
    found = [m for m in sentence.of("money", "percent", "multiple", "share") if not _foreign(scene, sentence, m)]
    if not found:
        return _without_sums(scene, frame, sentence)
    if not any(m.type == "money" for m in found):
        growing = _bare_growth(scene, frame, sentence)
        if growing and not any(
            _is_change(sentence, m) and sentence.norms[m.last : m.last + 1] != ["in"] for m in found
        ):
            return growing
    out: list[Draft] = []
    used: set[int] = set()
    monies = [m for m in found if m.type == "money"]
    base = [m for m in monies if _compared(sentence, m)]
    for m in monies:
        if m in base and (
            len(monies) > 1 or any(x.type in ("multiple", "percent") and x.first < m.first for x in found)
        ):
            drafted = _contribution(scene, frame, sentence, m, base=True)
            if drafted:
                out.append(drafted)
                used.add(id(m))
            continue
    for m in monies:
        # "6.6%, or W45.1 billion": the change once more, as a sum.
        if any(
            x.type == "percent" and 0 < m.first - x.last <= 3 and sentence.norms[m.first - 1] == "or" for x in found
        ):
            used.add(id(m))
        # "725 billion, up 45 billion from this year": how much more it is, not another sum.
        if any(x.last <= m.first for x in monies) and {"up", "down"} & set(
            sentence.norms[max(0, m.first - 3) : m.first]
        ):
            used.add(id(m))
    heads = [m for m in monies if id(m) not in used]
    rest = [m for m in found if m.type != "money"]
    for k, m in enumerate(heads):
        nxt = heads[k + 1].first if k + 1 < len(heads) else len(sentence.tokens)
        mine = [
            x
            for x in rest
            if id(x) not in used
            and (
                (m.last <= x.first < nxt)
                or (
                    k == 0
                    and x.last <= m.first
                    and m.first - x.last < 14
                    and sentence.clauses[x.first] == sentence.clauses[m.first]
                )
            )
        ]
        mine = [x for x in mine if abs(sentence.clauses[x.first] - sentence.clauses[m.first]) <= 2]
        mine = [x for x in mine if not _governed_anew(sentence, m, x)]
        drafted = _place(scene, frame, sentence, m, mine)
        if drafted is not None:
            out.append(drafted)
            used.add(id(m))
            used.update(id(x) for x in mine)
            shares = [
                x
                for x in mine
                if x.type in ("percent", "share")
                and not _is_change(sentence, x)
                and sentence.norms[x.last : x.last + 1] == ["of"]
            ]
            if shares and drafted.kind in ("contribution", "settlement"):
                out.append(
                    draft(
                        "contribution",
                        sentence,
                        shares[0].first,
                        min(len(sentence.tokens), shares[0].last + 6),
                        side=frame.host,
                        share_percent=_number(shares[0].value),
                        share_of="cost",
                    )
                )
    for x in rest:
        if id(x) in used:
            continue
        drafted = _place(scene, frame, sentence, x, [])
        if drafted is not None:
            out.append(drafted)
            used.add(id(x))
    if not any(d.kind in ("position",) for d in out):
        out += [
            d
            for d in _without_sums(scene, frame, sentence)
            if not any(d.start < o.end and o.start < d.end for o in out)
        ]
    return out


def _governed_anew(sentence: Sentence, m: Mention, x: Mention) -> bool:
    """Whether a change after a sum has a verb of its own: "..., while Seoul has offered 10 percent"."""
    return any(
        m.last <= c.first < x.first
        and sentence.clauses[c.first] != sentence.clauses[m.first]
        and c.value.form != "word"
        for c in sentence.cues("demand", "offer", "reject")
    )


def _foreign(scene: Scene, sentence: Sentence, m: Mention) -> bool:
    """Whether a sum speaks of something else: a currency no party uses, defence budgets, votes."""
    if m.type == "money":
        amount: Amount = m.value
        known = {p.currency for p in scene.case.parties.values()}
        if amount.currency not in known and not any(a.currency in known for a in amount.also):
            return True
        return amount.least < 1e6
    if (
        m.type in ("percent", "share")
        and sentence.norms[m.last : m.last + 1] == ["of"]
        and (sentence.near("workers", m.last, m.last + 8) or sentence.near("troops", m.last, m.last + 5))
    ):
        return True
    if m.type in ("percent", "share"):
        after = sentence.norms[m.last : m.last + 8]
        return (
            after[:1] in (["of"], ["rise"], ["increase"], ["growth"], ["hike"])
            and any(n in _BUDGET_NOUNS for n in after)
            and not any(n in ("contribution", "share", "payment") for n in after)
        ) or "approval" in after
    return False


def _changes(sentence: Sentence, mine: list[Mention]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for x in mine:
        if x.type in ("percent", "multiple") and _is_change(sentence, x) and "change" not in out:
            out["change"] = change_of(x, cut=_is_cut(sentence, x))
        elif x.type in ("percent", "share") and "share_percent" not in out and not _is_change(sentence, x):
            out["share_percent"] = _number(x.value)
    return out


def _per(sentence: Sentence, m: Mention) -> str | None:
    after = sentence.norms[m.last : m.last + 4]
    before = sentence.norms[max(0, m.first - 8) : m.first]
    if (
        "annually" in after
        or "yearly" in after
        or "annual" in after
        or "annual" in before
        or "yearly" in before
        or "annually" in before
    ):
        return "year"
    if len(after) > 1 and after[0] in ("a", "per", "each", "every") and after[1] in ("year", "month"):
        return after[1]
    if len(after) > 0 and after[0] == "yearly":
        return "year"
    for d in sentence.of("duration"):
        if 0 <= d.first - m.last <= 4 and sentence.norms[d.first - 1] in ("over", "for", "the", "in"):
            years = years_of(d)
            if years and years > 1:
                return f"{years:g} years"
    return None


_CEILING = frozenset("cap caps capped top exceed limit limited ceiling above maximum".split())


def _caps(sentence: Sentence) -> list[Mention]:
    """Percentages that bound a yearly rise: "capped at 4 percent", "may not exceed 4 percent a year"."""
    return [
        m
        for m in sentence.of("percent")
        if _CEILING & set(sentence.norms[max(0, m.first - 6) : m.last + 4]) or m.value.bound == "up-to"
    ]


def _growth(sentence: Sentence) -> Growth | None:
    """The rule for later years that a sentence gives, or None."""
    if sentence.has("defence-budget") and sentence.has("raise", "more", "last") and not sentence.has("unspent"):
        return Growth("defence-budget")
    caps = _caps(sentence)
    cap = caps[0].value.low if caps else None
    if sentence.has("cpi"):
        return Growth("cpi", cap_percent=cap)
    yearly = {"annual", "annually", "yearly", "year", "each"} & set(sentence.norms)
    if cap is not None and yearly and sentence.has("more", "raise"):
        return Growth("other", cap_percent=cap)
    return None


def _place(scene: Scene, frame: Frame, sentence: Sentence, m: Mention, mine: list[Mention]) -> Draft | None:
    """The claim a sum (or a change or share without a sum) belongs to."""
    governor = _governor(sentence, m)
    concept = governor.value.concept if governor else None
    if (
        m.type in ("percent", "share", "multiple")
        and not _about_payment(sentence, m)
        and concept not in ("demand", "offer")
        and not (frame.deal and _after_payment(scene, sentence))
    ):
        return None
    if m.type == "money" and _failing(sentence, m):
        first, last = _extent(sentence, m, None)
        return draft(
            "position",
            sentence,
            first,
            last,
            act="demand",
            side=frame.stationing,
            amount=m.value,
            per=_per(sentence, m),
        )
    if governor is not None and concept == "position-noun":
        owner = subject(sentence, governor.first)
        side = name_of(owner).party if owner is not None else None
        first, last = _extent(sentence, m, governor)
        made = _position(scene, frame, sentence, m, mine, governor)
        made.fields["side"], made.fields["act"] = side, "offer" if side == frame.host else "demand"
        return made
    if _estimated(sentence, m):
        first, last = _extent(sentence, m, sentence.cues("cost-noun")[0])
        return draft("cost", sentence, first, last, amount=m.value, per=_per(sentence, m))
    if governor is not None and concept in ("demand", "offer", "reject", "limit") and _demand_like(sentence, governor):
        return _position(scene, frame, sentence, m, mine, governor)
    if _is_cost(sentence, m, governor):
        first, last = _extent(sentence, m, governor)
        return (
            draft("cost", sentence, first, last, amount=m.value, per=_per(sentence, m)) if m.type == "money" else None
        )
    if (
        concept is None
        and not sentence.has("agreement-noun", "contribution-noun", "pay")
        and not (frame.deal and m.type == "percent" and _is_change(sentence, m) and _after_payment(scene, sentence))
    ):
        return None
    if (
        m.type != "money"
        and not sentence.has("contribution-noun", "pay", "agreement-noun")
        and not (frame.deal and _after_payment(scene, sentence))
    ):
        return None
    if m.type in ("percent", "share") and (category := _into_category(sentence, m)) is not None:
        return draft(
            "contribution",
            sentence,
            m.first,
            min(len(sentence.tokens), m.last + 6),
            side=frame.host,
            share_percent=_number(m.value),
            share_of="contribution",
            category=category,
        )
    share = m.type == "share" or (m.type == "percent" and not _is_change(sentence, m))
    if (frame.deal or _to_be_agreed(sentence, m)) and not share and _is_new(scene, sentence, m):
        return _settlement(scene, frame, sentence, m, mine, governor)
    return _contribution(scene, frame, sentence, m, base=False, mine=mine)


def _after_payment(scene: Scene, sentence: Sentence) -> bool:
    """Whether the sentence before speaks of the payment, so that "that is 8.2 percent up" speaks of it too."""
    if sentence.index == 0:
        return False
    before = scene.sentences[sentence.index - 1]
    return before.has("pay", "contribution-noun") or bool(before.of("money"))


def _to_be_agreed(sentence: Sentence, m: Mention) -> bool:
    """ "will probably agree to raise the contribution by 10 to 20 percent": a deal said to be about to be."""
    return any(
        v.value.word in ("agree", "settle")
        and v.value.form == "base"
        and 0 < m.first - v.last <= 14
        and sentence.near("future", v.first - 4, v.first)
        for v in sentence.cues("agree")
    )


def _about_payment(sentence: Sentence, m: Mention) -> bool:
    return sentence.has(
        "pay", "contribution-noun", "share", "cost-noun", "agreement-noun", "demand", "offer"
    ) and not sentence.near("legislature", m.first - 3, m.last + 3)


def _into_category(sentence: Sentence, m: Mention) -> str | None:
    """ "46 per cent of it went into construction, 39 per cent into wages": the category a share goes to."""
    for concept in ("labour", "construction", "logistics"):
        for c in sentence.cues(concept):
            between = sentence.norms[m.last : c.first]
            if 0 < c.first - m.last <= 7 and any(n in _INTO for n in between) and "," not in between:
                return concept
    return None


def _failing(sentence: Sentence, m: Mention) -> bool:
    """ "if the country failed to pay $5 billion", "unless Seoul paid": what is asked, said as a condition."""
    clause = sentence.clauses[m.first]
    opening = next((sentence.norms[i] for i in range(len(sentence.norms)) if sentence.clauses[i] == clause), "")
    paying = any(sentence.clauses[c.first] == clause and c.first < m.first for c in sentence.cues("pay"))
    return (
        opening in ("if", "unless")
        and paying
        and (opening == "unless" or sentence.has("fail") or sentence.has("negation"))
    )


def _estimated(sentence: Sentence, m: Mention) -> bool:
    """ "the costs of operating the forces come to about 5 billion": a cost verb joins noun and sum."""
    if m.type != "money":
        return False
    verbs = [
        v
        for v in sentence.cues("cost")
        if 0 <= m.first - v.last <= 2 and v.value.form != "word" and v.value.word not in ("total", "cost")
    ]
    return any(
        v
        for v in verbs
        if any(n.value.word in _COST_NOUNS and 0 < v.first - n.last <= 12 for n in sentence.cues("cost-noun"))
    )


def _is_cost(sentence: Sentence, m: Mention, governor: Mention | None) -> bool:
    if (
        governor is None
        or m.type != "money"
        or governor.value.concept not in ("cost", "cost-noun", "pay", "contribution-noun")
    ):
        return False
    clause = sentence.clauses[m.first]
    costs = [
        c
        for c in sentence.cues("cost")
        if sentence.clauses[c.first] == clause
        and 0 <= m.first - c.last <= 8
        and c.value.form != "word"
        and c.value.word not in ("total",)
    ]
    nouns = [
        c
        for c in sentence.cues("cost-noun")
        if abs(sentence.clauses[c.first] - clause) <= 1 and c.last <= m.first and m.first - c.last <= 14
    ]
    if any(
        c.value.word not in _AMOUNT_NOUNS and c.last <= m.first and m.first - c.last <= 18
        for c in sentence.cues("contribution-noun")
    ):
        return False
    payers = [
        c
        for c in sentence.cues("pay")
        if sentence.clauses[c.first] == clause and c.value.word not in ("meet", "cover", "spend")
    ]
    if costs and any(c.value.word in ("cost",) for c in costs):
        return not payers
    return bool(costs and nouns and not payers)


def _is_new(scene: Scene, sentence: Sentence, m: Mention) -> bool:
    """Whether a payment in a report of a deal is the deal's own and not an earlier year's."""
    first, last = clause_bounds(sentence, m.first)
    if any(
        v.value.form in ("participle", "past") and passive(sentence, v.first) and first <= v.first < m.first
        for v in sentence.cues("freeze")
    ):
        return True
    old = {"current", "existing", "last", "previous", "present"}
    if any(
        first <= n.first < m.first
        and (
            old & set(sentence.norms[max(0, n.first - 3) : n.first])
            or sentence.norms[max(0, n.first - 3) : n.first][:2] == ["this", "year"]
        )
        for n in [*sentence.cues("agreement-noun"), *(x for x in sentence.of("name") if name_of(x).kind == "series")]
    ):
        return False
    year = scene.ref.latest.year if scene.ref and scene.ref.latest else None
    for d in sentence.of("date"):
        between = sentence.norms[m.last : d.first]
        if "than" in between or "from" in between or any(m.last <= x.first < d.first for x in sentence.of("money")):
            continue
        if d.value.since:
            continue
        near = abs(d.first - m.last) <= 8 or sentence.clauses[d.first] == sentence.clauses[m.first]
        text = d.value.past
        if near and text and text[:4].isdecimal() and year:
            if int(text[:4]) < year and "/" not in text and d.value.shape in ("year", "month"):
                return False
            if "/" in text and text[-4:].isdecimal() and int(text[-4:]) < year:
                return False
    if sentence.near("previous-year", m.last, m.last + 6) and not sentence.of("percent"):
        return False
    past = [
        c
        for c in sentence.cues("pay")
        if c.value.form == "past" and first <= c.first < last and c.value.word in ("pay", "contribute", "spend")
    ]
    return not past


def _extent(sentence: Sentence, m: Mention, governor: Mention | None) -> tuple[int, int]:
    """Tokens of the predicate: from its subject to the sum, within the clause that holds both."""
    first, last = clause_bounds(sentence, m.first)
    last = max(m.last, min(last, m.last + 6))
    if governor is not None and governor.first < m.first:
        actor = subject(sentence, governor.first)
        start = actor.first if actor is not None and governor.first - actor.first < 14 else governor.first
        first = start
    return first, last


def _position(
    scene: Scene, frame: Frame, sentence: Sentence, m: Mention, mine: list[Mention], governor: Mention
) -> Draft:
    act, side, holder = stance(scene, frame, sentence, governor)
    first, last = _extent(sentence, m, governor)
    for x in mine:
        last = max(last, x.last)
    fields: dict[str, Any] = {
        "act": act,
        "side": side,
        "holder": holder,
        "per": _per(sentence, m),
        "growth": _growth(sentence),
    }
    values = _changes(sentence, mine)
    if m.type == "money":
        fields["amount"] = m.value
        if _increase_only(sentence, m):
            fields["change"] = Change(amount=replace(m.value, also=()))
            del fields["amount"]
    elif m.type in ("percent", "multiple") and (
        _is_change(sentence, m) or sentence.norms[m.last : m.last + 1] != ["of"]
    ):
        fields["change"] = change_of(m, cut=_is_cut(sentence, m))
    else:
        fields["share_percent"] = _number(m.value)
        fields["share_of"] = "cost"
    fields.update(values)
    years = [years_of(d) for d in sentence.of("duration") if first <= d.first < last + 8]
    if years and years[0] and not fields["per"]:
        fields["years"] = years[0]
    return draft("position", sentence, first, last, **fields)


def _increase_only(sentence: Sentence, m: Mention) -> bool:
    after = sentence.norms[m.last : m.last + 2]
    before = sentence.norms[max(0, m.first - 2) : m.first]
    return after[:1] == ["more"] or before[-1:] == ["extra"] or before == ["an", "additional"]


def stance(scene: Scene, frame: Frame, sentence: Sentence, governor: Mention) -> tuple[str, str | None, str | None]:
    """Act, side and holder of a cue of asking, offering or refusing."""
    concept = governor.value.concept
    if (
        governor.value.form == "word"
        and concept == "demand"
        and any(0 < governor.first - w.last <= 5 for w in sentence.cues("withdraw"))
    ):
        owner = subject(sentence, governor.first)
        return "withdraw", (name_of(owner).party if owner is not None else frame.stationing), None
    if governor.value.form == "word" and "proposal" in governor.value.word:
        owner = subject(sentence, governor.first)
        concept = "demand" if owner is not None and name_of(owner).party == frame.stationing else "offer"
    act = {"demand": "demand", "offer": "offer", "reject": "reject", "limit": "limit", "position-noun": "demand"}[
        concept
    ]
    actor = (
        by_agent(sentence, governor.last)
        if (governor.value.form == "word" or passive(sentence, governor.first))
        else None
    )
    actor = actor or subject(sentence, governor.first)
    side = name_of(actor).party if actor is not None else None
    holder = None
    if actor is not None and name_of(actor).kind == "person":
        person = scene.case.people[name_of(actor).ref]
        holder = (person.names.get(scene.lang) or next(iter(person.names.values())))[0]
    payers = [c for c in sentence.cues("pay", "raise", "contribution-noun", "more") if c.first >= governor.first]
    if act == "demand" and payers and frame.host and frame.stationing:
        # Who is asked to pay is the host; so who asks is the other.
        asked = [n for n in sentence.of("name") if name_of(n).party == frame.host and governor.last <= n.first]
        if (
            (side is None or side == frame.host)
            and (asked or side is None)
            and not sentence.has("limit", "less", "freeze")
        ):
            side = (
                frame.stationing
                if side is None
                or (asked and governor.value.form != "word" and actor is not None and actor.first > governor.first)
                else side
            )
            if (
                side == frame.host
                and asked
                and governor.value.concept == "demand"
                and name_of(asked[0]).kind == "party"
                and governor.value.word not in ("seek", "want", "hope for")
            ):
                side = frame.stationing
    if act == "offer" and side is None:
        side = frame.host
    if act == "demand" and side is None:
        side = frame.stationing
    return act, side, holder


def _settlement(
    scene: Scene, frame: Frame, sentence: Sentence, m: Mention, mine: list[Mention], governor: Mention | None
) -> Draft:
    first, last = _extent(sentence, m, governor)
    fields: dict[str, Any] = {"per": _per(sentence, m), "growth": _growth(sentence)}
    if m.type == "money":
        fields["amount"] = m.value
    elif m.type in ("percent", "multiple"):
        fields["change"] = change_of(m, cut=_is_cut(sentence, m))
    fields.update({k: v for k, v in _changes(sentence, mine).items() if k == "change"})
    for x in mine:
        last = max(last, x.last) if "change" in fields else last
    lengths = [years_of(d) for d in sentence.of("duration") if _term_of_deal(sentence, d)]
    if lengths and lengths[0]:
        fields["years"] = lengths[0]
    return draft("settlement", sentence, first, last, **fields)


def _term_of_deal(sentence: Sentence, d: Mention) -> bool:
    """Whether a length is the deal's: "a five-year package", "over five years"; not "the first cut in ten years"."""
    before = sentence.norms[max(0, d.first - 3) : d.first]
    if any(n in _NO_TERM_AFTER for n in before[-2:]) or not (years_of(d) or 0) <= 10:
        return False
    nouns = [*sentence.cues("agreement-noun"), *(m for m in sentence.of("name") if name_of(m).kind == "series")]
    return any(0 <= n.first - d.last <= 3 for n in nouns) or any(n in ("over", "for") for n in before)


def _contribution(
    scene: Scene, frame: Frame, sentence: Sentence, m: Mention, *, base: bool, mine: list[Mention] | None = None
) -> Draft | None:
    first, last = clause_bounds(sentence, m.first)
    if base:
        first, last = max(first, m.first - 4), min(last, m.last + 5)
    fields: dict[str, Any] = {"side": frame.host}
    stop = next((x.first for x in sentence.of("money") if x.first > m.first), len(sentence.tokens))
    when, inferred, _ = date_in(sentence, m.last, min(m.last + 5, stop))
    if when is None:
        when, inferred, _ = date_in(sentence, first, min(last, m.last + 12))
    if when is None:
        when, inferred, _ = date_in(sentence, max(0, m.first - 10), min(len(sentence.tokens), m.last + 8))
    since = [d for d in sentence.of("date") if d.value.since and abs(d.first - m.first) < 25]
    if since and since[0].value.past and "/" not in since[0].value.past:
        when = since[0].value.past + "/.."
    if m.type == "money":
        fields["amount"] = m.value
    elif m.type in ("percent", "multiple") and _is_change(sentence, m):
        fields["change"] = change_of(m, cut=_is_cut(sentence, m))
    else:
        fields["share_percent"] = _number(m.value)
    fields.update(_changes(sentence, mine or []))
    fields["per"] = _per(sentence, m)
    fields["when"] = when
    if sentence.has("unspent"):
        fields["category"] = "unspent"
    elif "share_percent" in fields:
        named = [c for c in ("labour", "construction", "logistics") if sentence.has(c)]
        if len(named) == 1:
            fields["category"] = named[0]
        elif sentence.has("workers"):
            fields["category"] = "labour"
        fields["share_of"] = "contribution" if "category" in fields else "cost"
    if mine:
        last = max(min(last, m.last + 12), *(x.last for x in mine))
    return draft(
        "contribution",
        sentence,
        min(first, m.first),
        max(last, m.last),
        inferred=["when"] if inferred else (),
        **fields,
    )


def _without_sums(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """What names no sum: positions ("wants Seoul to pay more"), payments since a year, categories, a deal as such."""
    return [
        *_bare_positions(scene, frame, sentence),
        *_bare_payments(frame, sentence),
        *(_bare_growth(scene, frame, sentence) or _bare_deal(frame, sentence)),
    ]


def _bare_growth(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """ "From 2022 on the contribution will be raised in step with the defence budget": a rule for later years."""
    rule = _growth(sentence)
    pronoun = any(n in _STAND_INS for n in sentence.norms[:8])
    grows = sentence.cues("raise", "more", "last")
    if (
        rule is None
        or not grows
        or not (sentence.has("contribution-noun", "share", "pay") or _after_payment(scene, sentence) or pronoun)
    ):
        return []
    past = any(v.value.form in ("past",) for v in sentence.cues("raise")) or sentence.has("demand", "offer")
    if not frame.deal or past:
        return []
    first, last = clause_bounds(sentence, grows[0].first)
    caps = _caps(sentence)
    change = Change(percent=caps[0].value.low, bound="up-to") if caps else None
    return [draft("settlement", sentence, first, last, growth=rule, change=change)]


def _bare_payments(frame: Frame, sentence: Sentence) -> list[Draft]:
    """ "has shouldered a part of the costs since 1991", "three categories: labour, ..."."""
    host = [n for n in sentence.of("name") if name_of(n).party == frame.host and name_of(n).kind in ("party", "body")]
    named = [c for c in ("labour", "construction", "logistics") if sentence.has(c)]
    if named and "labour" not in named and sentence.has("workers"):
        named = ["labour", *named]
    categories = tuple(named) if len(named) >= 2 else None
    dated = [
        d
        for d in sentence.of("date")
        if d.value.past
        and (
            d.value.since
            or "since" in sentence.norms[max(0, d.first - 10) : d.first]
            or d.value.shape == "decade"
            or (d.value.shape == "year" and sentence.has("begin"))
        )
    ]
    for cue in sentence.cues("pay"):
        if cue.value.word in _LOOSE_PAYING or not host:
            continue
        first, last = clause_bounds(sentence, cue.first)
        if "how" in sentence.norms[max(0, cue.first - 6) : cue.first]:
            continue
        near = [d for d in dated if abs(d.first - cue.first) <= 30]
        part = any(
            n in ("part", "portion", "half") for n in sentence.norms[cue.last : cue.last + 4]
        ) and cue.value.form in ("past", "participle", "gerund")
        if part and not near:
            near = [d for d in sentence.of("date") if d.value.past and abs(d.first - cue.first) <= 20][:1]
        if not near and not categories and not part:
            continue
        when = near[0].value.past if near else None
        if (
            near
            and (near[0].value.since or "since" in sentence.norms[max(0, near[0].first - 10) : near[0].first])
            and when
            and "/" not in when
        ):
            when += "/.."
        last = max([last, *(d.last for d in near)])
        if near and near[0].last < first:
            first = near[0].first
        return [draft("contribution", sentence, first, last, side=frame.host, when=when, categories=categories)]
    if (
        categories
        and sentence.has("contribution-noun", "share", "pay", "workers")
        and not sentence.has("conditional", "suspend", "furlough")
    ):
        cues = sentence.cues("labour", "construction", "logistics")
        first, _ = clause_bounds(sentence, cues[0].first)
        return [draft("contribution", sentence, first, cues[-1].last, side=frame.host, categories=categories)]
    return []


def _bare_deal(frame: Frame, sentence: Sentence) -> list[Draft]:
    """ "Seoul and Washington had come to terms on dividing the costs": the deal itself, told in the lead."""
    if not frame.deal or sentence.index > LEAD or sentence.has("no-deal"):
        return []
    for verb in sentence.cues("agree"):
        if verb.value.form not in ("past", "participle", "present") or negated(sentence, verb.first):
            continue
        if sentence.near("conditional", verb.first - 4, verb.first) or sentence.near(
            "future", verb.first - 3, verb.first
        ):
            continue
        nouns = [n for n in sentence.cues("agreement-noun") if 0 <= n.first - verb.last <= 6]
        if not nouns and verb.value.word not in _AGREEING:
            continue
        first, last = clause_bounds(sentence, verb.first)
        actor = subject(sentence, verb.first)
        lengths = [
            years_of(d)
            for d in sentence.of("duration")
            if verb.last <= d.first < last
            and any(0 <= n.first - d.last <= 3 for n in [*sentence.cues("agreement-noun"), *sentence.of("name")])
        ]
        years = lengths[0] if lengths and lengths[0] and lengths[0] <= 10 else None
        return [
            draft(
                "settlement", sentence, actor.first if actor is not None else first, max(last, verb.last), years=years
            )
        ]
    return []


_WISHES = frozenset(
    {
        "want",
        "seek",
        "call for",
        "ask for",
        "press for",
        "push for",
        "insist on",
        "demand",
        "would like",
        "favor",
        "favour",
        "request",
        "argue for",
    }
)


def _wish(scene: Scene, sentence: Sentence, cue: Mention, window: int) -> Draft | None:
    """ "Seoul wants tighter control of where the money goes": what a side asks for besides the sum."""
    actor = subject(sentence, cue.first)
    if actor is None or name_of(actor).kind != "party" or cue.first - actor.last > 6 or negated(sentence, cue.first):
        return None
    if (
        cue.value.form == "word"
        or sentence.norms[cue.last : cue.last + 1] in (["for"], ["of"])
        or scene.quote_at(cue.start, cue.end)
    ):
        return None
    about = sentence.cues(
        "contribution-noun", "share", "agreement-noun", "labour", "construction", "new-categories", "cpi"
    )
    if not any(cue.last <= c.first < window for c in about):
        return None
    _, last = clause_bounds(sentence, cue.first)
    last = max(last, min(len(sentence.tokens), window))
    item = scene.document.text[sentence.tokens[min(cue.last, last - 1)].start : sentence.tokens[last - 1].end].rstrip(
        " .,;"
    )
    return draft("position", sentence, actor.first, last, act="demand", side=name_of(actor).party, item=item)


def _bare_positions(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """ "called for a very large increase", "wants Seoul to pay more", "asked for a contract of one year"."""
    out: list[Draft] = []
    for noun in sentence.cues("position-noun"):
        owner = subject(sentence, noun.first)
        if (
            owner is not None
            and noun.first - owner.last <= 2
            and sentence.norms[noun.last : noun.last + 2] in (["is", "that"], ["was", "that"], ["remains", "that"])
        ):
            item = (
                scene.document.text[sentence.tokens[noun.last + 2].start : sentence.tokens[-1].end].rstrip(". ")
                if noun.last + 2 < len(sentence.tokens)
                else None
            )
            return [
                draft(
                    "position",
                    sentence,
                    owner.first,
                    len(sentence.tokens),
                    act="demand",
                    side=name_of(owner).party,
                    item=item,
                )
            ]
    taken = -1
    for cue in sentence.cues("demand", "offer", "reject"):
        if cue.first < taken or not _demand_like(sentence, cue) or _adjectival(sentence, cue):
            continue
        concept = cue.value.concept
        window = cue.last + 16
        later = [
            c.first for c in sentence.cues("demand", "offer", "reject") if c.first > cue.last and c.value.form != "word"
        ]
        if later:
            window = min(window, later[0])
        length = [
            d
            for d in sentence.of("duration")
            if cue.last <= d.first < cue.last + 8 and d.value[1] == "year" and 1 <= d.value[0].high <= 10
        ]
        if (
            length
            and (
                sentence.near("agreement-noun", cue.last, length[0].last + 4)
                or length[0].first - cue.last <= 2
                or frame.talks is not None
            )
            and not negated(sentence, cue.first)
        ):
            act, side, holder = stance(scene, frame, sentence, cue)
            actor = subject(sentence, cue.first)
            first = actor.first if actor is not None and cue.first - actor.first < 14 else cue.first
            out.append(
                draft(
                    "position",
                    sentence,
                    first,
                    length[0].last,
                    act=act,
                    side=side,
                    holder=holder,
                    years=_number(length[0].value[0]),
                )
            )
            taken = length[0].last
            continue
        more = [c for c in sentence.cues("more", "raise") if cue.last <= c.first < window]
        rises = [c for c in more if c.value.word in _RISES and c.first - cue.last <= 6]
        share = rises or [c for c in sentence.cues("share", "pay", "contribution-noun") if cue.last <= c.first < window]
        if (
            concept == "offer"
            and share
            and not more
            and any(c.value.concept == "pay" or c.first - cue.last <= 2 for c in share)
        ):
            more = share
        paid = [c for c in sentence.cues("pay") if cue.last <= c.first < window and c.value.form != "word"]
        if (
            concept == "demand"
            and cue.value.form != "word"
            and paid
            and share
            and not more
            and any(name_of(n).party == frame.host and cue.last <= n.first < window for n in sentence.of("name"))
        ):
            more = paid
        if not (more and share) and concept == "demand" and cue.value.word in _WISHES:
            wished = _wish(scene, sentence, cue, window)
            if wished is not None:
                out.append(wished)
                taken = window
                continue
        if not (more and share) or (negated(sentence, cue.first) and concept != "reject"):
            continue
        act, side, holder = stance(scene, frame, sentence, cue)
        if concept == "offer" and not future(sentence, 0, len(sentence.tokens)) and side == frame.stationing:
            continue
        actor = subject(sentence, cue.first)
        first = actor.first if actor is not None and cue.first - actor.first < 14 else cue.first
        last = max(more[-1].last, share[-1].last)
        out.append(draft("position", sentence, first, last, act=act, side=side, holder=holder))
        taken = last
    return out
