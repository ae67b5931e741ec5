"""Sums, changes and shares: which kind of claim each belongs to.

A sentence is read predicate by predicate: a sum is governed by the nearest cue before it in its clause ("demanded",
"offered", "pay"); a sum it is compared with ("from the $870 million of this year") is a contribution.
"""

from __future__ import annotations

from burdenshare.money import Amount
from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.changes import figure, is_change, period_of
from burdenshare.reading.rules.contributions import bare_payments, contribution, into_category
from burdenshare.reading.rules.costs import estimated, is_cost
from burdenshare.reading.rules.draft import Draft, draft
from burdenshare.reading.rules.gdp_shares import bare_pledge, gdp_shares, is_gdp_share, spenders
from burdenshare.reading.rules.governors import after_payment, compared, demand_like, extent, governed_anew, governor_of
from burdenshare.reading.rules.grammar import (
    name_of,
    subject,
)
from burdenshare.reading.rules.positions import bare_positions, failing, position
from burdenshare.reading.rules.settlements import bare_deal, bare_growth, is_new, settlement, to_be_agreed
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_APART = frozenset("gap differential difference".split())
_BUDGET_NOUNS = frozenset("budget salary salaries wages price prices gdp".split())


def sums(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """Drafts for every sum, change and share of the sentence."""
    shares = gdp_shares(scene, frame, sentence)
    kinds = ("money",) if shares else ("money", "percent", "multiple", "share")
    counted = (
        {id(m) for m in sentence.of("percent") if is_gdp_share(scene, sentence, m)} if scene.case.gdp_shares else set()
    )
    found = [
        m
        for m in sentence.of(*kinds)
        if id(m) not in counted
        and not _foreign(scene, sentence, m)
        and not (shares and any("amount" in d.fields and m.end <= d.end for d in shares))
    ]
    if not found:
        return shares or _without_sums(scene, frame, sentence)
    if not any(m.type == "money" for m in found):
        growing = bare_growth(scene, frame, sentence)
        if growing and not any(is_change(sentence, m) and sentence.norms[m.last : m.last + 1] != ["in"] for m in found):
            return growing
    out: list[Draft] = [*shares]
    used: set[int] = set()
    for m in _bases(sentence, found):
        out.append(contribution(scene, frame, sentence, m, base=True))
        used.add(id(m))
    used |= _restated(sentence, found)
    heads = [m for m in found if m.type == "money" and id(m) not in used]
    rest = [m for m in found if m.type != "money"]
    for k, m in enumerate(heads):
        stop = heads[k + 1].first if k + 1 < len(heads) else len(sentence.tokens)
        mine = [x for x in rest if id(x) not in used and _says_of(sentence, x, m, stop, leading=k == 0)]
        drafted = _place(scene, frame, sentence, m, mine)
        if drafted is not None:
            out.append(drafted)
            used.update(id(x) for x in (m, *mine))
            out += _share_beside(frame, sentence, mine) if drafted.kind in ("contribution", "settlement") else []
    for x in rest:
        drafted = _place(scene, frame, sentence, x, []) if id(x) not in used else None
        if drafted is not None:
            out.append(drafted)
            used.add(id(x))
    sides = {d.fields.get("side") for d in out if d.kind == "position"}
    if sides:  # "Japan asked for a cut of 3 billion while Washington asked for more"
        for d in bare_positions(scene, frame, sentence):
            apart = not any(d.start < o.end and o.start < d.end for o in out)
            if d.fields.get("side") not in sides and apart and d.fields.get("item") is None:
                out.append(d)
    else:
        bare = _without_sums(scene, frame, sentence)
        out += [d for d in bare if not any(d.start < o.end and o.start < d.end for o in out)]
    return out


def _bases(sentence: Sentence, found: list[Mention]) -> list[Mention]:
    """The sums another sum or change of the sentence is compared with."""
    monies = [m for m in found if m.type == "money"]
    return [
        m
        for m in monies
        # "to $4 billion from the $5 billion it sought at the outset" is an earlier demand, not a payment
        if not any(0 <= c.first - m.last <= 4 and c.value.form != "word" for c in sentence.cues("demand"))
        and (
            len(monies) > 1
            or sentence.norms[max(0, m.first - 2) : m.first - 1] in (["compares"], ["compared"])
            or any(x.type in ("multiple", "percent") and x.first < m.first for x in found)
        )
        and compared(sentence, m)
    ]


def _restated(sentence: Sentence, found: list[Mention]) -> set[int]:
    """Sums (by id) that only say a change once more: "6.6%, or W45.1 billion", "725 billion, up 45 billion"."""
    out: set[int] = set()
    monies = [m for m in found if m.type == "money"]
    for m in monies:
        as_sum = sentence.norms[m.first - 1] == "or" and any(
            x.type == "percent" and 0 < m.first - x.last <= 3 for x in found
        )
        moved = {"up", "down"} & set(sentence.norms[max(0, m.first - 3) : m.first])
        if as_sum or (moved and any(x.last <= m.first for x in monies)):
            out.add(id(m))
    return out


def _says_of(sentence: Sentence, x: Mention, m: Mention, stop: int, *, leading: bool) -> bool:
    """Whether a change or share belongs to a sum: after it and before token `stop`, or before the sentence's first."""
    apart = abs(sentence.clauses[x.first] - sentence.clauses[m.first])
    after = m.last <= x.first < stop
    before = leading and x.last <= m.first and m.first - x.last < 14 and apart == 0
    return (after or before) and apart <= 2 and not governed_anew(sentence, m, x)


def _share_beside(frame: Frame, sentence: Sentence, mine: list[Mention]) -> list[Draft]:
    """ "924 billion won, 41 percent of the costs": the share is a contribution of its own beside the sum."""
    for x in mine:
        if (
            x.type in ("percent", "share")
            and not is_change(sentence, x)
            and sentence.norms[x.last : x.last + 1] == ["of"]
        ):
            last = min(len(sentence.tokens), x.last + 6)
            fields = {"side": frame.host, "share_percent": figure(x.value), "share_of": "cost"}
            return [draft("contribution", sentence, x.first, last, **fields)]
    return []


def _foreign(scene: Scene, sentence: Sentence, m: Mention) -> bool:
    """Whether a sum speaks of something else: a currency no party uses, defence budgets, votes."""
    if m.type == "money":
        amount: Amount = m.value
        known = {p.currency for p in scene.case.parties.values()}
        if amount.currency not in known and not any(a.currency in known for a in amount.also):
            return True
        whole_budget = sentence.near("defence-budget", m.last, m.last + 3) and not scene.case.gdp_shares
        return amount.least < 1e6 or whole_budget
    if (
        m.type in ("percent", "share")
        and sentence.norms[m.last : m.last + 1] == ["of"]
        and (sentence.near("workers", m.last, m.last + 8) or sentence.near("troops", m.last, m.last + 5))
        and not sentence.near("cost-noun", m.last, m.last + 8)
    ):
        return True
    if m.type in ("percent", "share"):
        after = sentence.norms[m.last : m.last + 8]
        return (
            after[:1] in (["of"], ["rise"], ["increase"], ["growth"], ["hike"])
            and not _BUDGET_NOUNS.isdisjoint(after)
            and not sentence.near("cost-noun", m.last, m.last + 6)
            and not any(n in ("contribution", "share", "payment") for n in after)
        ) or "approval" in after
    return False


def _place(scene: Scene, frame: Frame, sentence: Sentence, m: Mention, mine: list[Mention]) -> Draft | None:
    """The claim a sum (or a change or share without a sum) belongs to; `mine` are the changes that go with it."""
    if m.type == "multiple" and "number" in sentence.norms[max(0, m.first - 6) : m.first]:
        return None  # "another record number and a six-fold increase"
    if not _APART.isdisjoint(sentence.norms[max(0, m.first - 4) : m.first]):
        return None  # "narrowed the gap to 171 million": how far apart the sides are
    governor = governor_of(sentence, m)
    concept = governor.value.concept if governor else None
    told_before = frame.deal and after_payment(scene, sentence)
    asking = concept in ("demand", "offer", "reject", "limit")
    if m.type != "money" and not (_about_payment(sentence, m) or asking or told_before):
        return None
    if m.type == "money" and failing(sentence, m):
        first, last = extent(sentence, m, None)
        fields = {"act": "demand", "side": frame.stationing, "amount": m.value, "per": period_of(sentence, m)}
        return draft("position", sentence, first, last, **fields)
    if governor is not None and concept == "position-noun" and sentence.norms[governor.first - 1] == "to":
        governor, concept = None, None  # "to stand at 188 billion"
    if governor is not None and concept == "position-noun":
        owner = subject(sentence, governor.first)
        side = name_of(owner).party if owner is not None else None
        made = position(scene, frame, sentence, m, mine, governor)
        made.fields["side"], made.fields["act"] = side, "offer" if side == frame.host else "demand"
        return made
    if estimated(sentence, m):
        return _cost(sentence, m, sentence.cues("cost-noun")[0])
    if governor is not None and concept in ("demand", "offer", "reject", "limit") and demand_like(sentence, governor):
        return position(scene, frame, sentence, m, mine, governor)
    if governor is not None and (borne := _cost_whom(sentence, m, governor)) is not None:
        made = contribution(scene, frame, sentence, m, base=False, mine=mine)
        made.fields["side"] = borne
        return made
    if is_cost(sentence, m, governor):
        return _cost(sentence, m, governor)
    paying = sentence.has("agreement-noun", "contribution-noun", "pay")
    if concept is None and m.type == "money" and _pronoun_sum(sentence, m) and after_payment(scene, sentence):
        return contribution(scene, frame, sentence, m, base=False, mine=mine)
    grown = m.type == "percent" and told_before and is_change(sentence, m)
    if not paying and ((concept is None and not grown) or (m.type != "money" and not told_before)):
        return None
    if m.type in ("percent", "share") and (category := into_category(sentence, m)) is not None:
        last = min(len(sentence.tokens), m.last + 6)
        fields = {"side": frame.host, "share_percent": figure(m.value), "share_of": "contribution"}
        return draft("contribution", sentence, m.first, last, category=category, **fields)
    share = m.type == "share" or (m.type == "percent" and not is_change(sentence, m))
    agreed = not scene.case.gdp_shares or sentence.has("agree", "agreement-noun", "pledge", "accept")
    if agreed and (frame.deal or to_be_agreed(sentence, m)) and not share and is_new(scene, sentence, m):
        return settlement(scene, frame, sentence, m, mine, governor)
    paid = contribution(scene, frame, sentence, m, base=False, mine=mine)
    paid.fields["side"] = spenders(scene, sentence, m) or paid.fields["side"]
    return paid


def _cost_whom(sentence: Sentence, m: Mention, governor: Mention) -> str | None:
    """ "the troops cost Germany a billion euros": the side that bears it."""
    if governor.value.concept != "cost" or governor.value.word != "cost" or m.first - governor.last > 5:
        return None
    whom = [n for n in sentence.of("name") if n.first == governor.last and name_of(n).kind == "party"]
    followed = whom and sentence.norms[whom[0].last : whom[0].last + 1] not in (["taxpayers"], ["'s"], ["’s"])
    return name_of(whom[0]).party if whom and followed else None


def _pronoun_sum(sentence: Sentence, m: Mention) -> bool:
    """ "In 1991 it was 150 million": a sum that "it", told of in the sentence before, was at a date."""
    before = sentence.norms[max(0, m.first - 4) : m.first]
    return "it" in before and ("was" in before or "is" in before) and bool(sentence.of("date"))


def _cost(sentence: Sentence, m: Mention, governor: Mention | None) -> Draft:
    first, last = extent(sentence, m, governor)
    return draft("cost", sentence, first, last, amount=m.value, per=period_of(sentence, m))


def _about_payment(sentence: Sentence, m: Mention) -> bool:
    return sentence.has(
        "pay", "contribution-noun", "share", "cost-noun", "agreement-noun", "demand", "offer"
    ) and not sentence.near("legislature", m.first - 3, m.last + 3)


def _without_sums(scene: Scene, frame: Frame, sentence: Sentence) -> list[Draft]:
    """What names no sum: positions ("wants Seoul to pay more"), payments since a year, categories, a deal as such."""
    return [
        *bare_pledge(scene, frame, sentence),
        *bare_positions(scene, frame, sentence),
        *bare_payments(frame, sentence),
        *(bare_growth(scene, frame, sentence) or bare_deal(frame, sentence)),
    ]
