"""What governs a sum: the cue that asks for, offers or pays it, and whose act that is."""

from __future__ import annotations

from burdenshare.reading.frame import Frame
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.grammar import (
    actors,
    by_agent,
    clause_bounds,
    name_of,
    negated,
    passive,
    subject,
)
from burdenshare.reading.scene import Scene, Sentence

# English spellings this module looks for.
_QUALIFIERS = frozenset(
    (
        "the about around some its current nearly this last year year's 's ’s us roughly previous existing present"
    ).split()
)
_ARTICLES = frozenset("the a an its their".split())
_BEFORE_NOUN = frozenset("a the an its in of news".split())
_MODALS = frozenset("must should ought".split())
_PROPOSAL_NOUNS = frozenset("proposal proposals request pressure offer offers".split())


def compared(sentence: Sentence, m: Mention) -> bool:
    """Whether a sum is what another is compared with: "from $870 million", "than the 869.5 billion of last year"."""
    norms = sentence.norms
    i = m.first - 1
    named = {t for n in sentence.of("name") if name_of(n).kind == "party" for t in range(n.first, n.last)}
    while i >= 0 and (norms[i] in _QUALIFIERS or i in named):
        i -= 1
    if i < 0:
        return False
    if norms[i] in ("than", "against") or (norms[i] in ("to", "with") and i and norms[i - 1].startswith("compar")):
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
    return sentence.norms[m.first - 1] != "to" and any(x.last <= m.first <= x.last + 3 for x in sentence.of("multiple"))


def governor_of(sentence: Sentence, m: Mention) -> Mention | None:
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
    before = [c for c in found if c.first < m.first and sentence.clauses[c.first] in (clause, clause - 1)]
    after = [c for c in found if c.first >= m.last and c.first - m.last <= 12]
    following = [
        c for c in after if c.value.concept in ("demand", "offer") and c.value.form == "word" and c.first - m.last <= 2
    ]
    following += [
        c  # "5 percent, the target demanded by Washington"
        for c in after
        if c.value.concept == "demand"
        and c.value.form in ("past", "participle")
        and c.first - m.last <= 8
        and sentence.norms[c.last : c.last + 1] == ["by"]
    ]
    if following:
        return following[0]
    settled = [c for c in before if c.value.concept == "accept"]
    asked = [
        c for c in before if c.value.concept in ("demand", "offer", "reject", "limit") and not adjectival(sentence, c)
    ]
    if settled and asked and settled[-1].first > asked[-1].first:
        return settled[-1]
    if asked and sentence.clauses[asked[-1].first] != clause and (own := _paid_here(sentence, m)) is not None:
        return own  # "Washington has demanded ..., while Seoul paid 1.04 trillion won"
    if asked:
        return _strongest(asked)
    if before:
        return before[-1]
    return after[0] if after else None


def _paid_here(sentence: Sentence, m: Mention) -> Mention | None:
    """A verb of paying with its own subject in the sum's clause, or None."""
    first, _ = clause_bounds(sentence, m.first)
    for c in sentence.cues("pay"):
        if first <= c.first < m.first and c.value.form in ("past", "present") and not negated(sentence, c.first):
            actor = subject(sentence, c.first)
            if actor is not None and first <= actor.first:
                return c
    return None


def adjectival(sentence: Sentence, cue: Mention) -> bool:
    """ "the proposed text": a participle that only describes a noun."""
    return (
        cue.value.form in ("participle", "past")
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


def demand_like(sentence: Sentence, cue: Mention) -> bool:
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
    if cue.value.form == "word" and any(0 < cue.first - d.first <= 3 for d in sentence.cues("deny")):
        return False  # "denies a request to pay more"
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


def governed_anew(sentence: Sentence, m: Mention, x: Mention) -> bool:
    """Whether a change after a sum has a verb of its own: "..., while Seoul has offered 10 percent"."""
    return any(
        m.last <= c.first < x.first
        and sentence.clauses[c.first] != sentence.clauses[m.first]
        and c.value.form != "word"
        for c in sentence.cues("demand", "offer", "reject")
    )


def after_payment(scene: Scene, sentence: Sentence) -> bool:
    """Whether the sentence before speaks of the payment, so that "that is 8.2 percent up" speaks of it too."""
    if sentence.index == 0:
        return False
    before = scene.sentences[sentence.index - 1]
    return before.has("pay", "contribution-noun") or bool(before.of("money"))


def extent(sentence: Sentence, m: Mention, governor: Mention | None) -> tuple[int, int]:
    """Tokens of the predicate: from its subject to the sum, within the clause that holds both."""
    first, last = clause_bounds(sentence, m.first)
    last = max(m.last, min(last, m.last + 6))
    if governor is not None and governor.first < m.first:
        actor = subject(sentence, governor.first)
        start = actor.first if actor is not None and governor.first - actor.first < 14 else governor.first
        first = start
    return first, last


def urged(frame: Frame, sentence: Sentence, m: Mention) -> Mention | None:
    """ "The president said the allies must pay 2 percent": the verb of paying that the asking side says is owed.

    The sentence's speaker is of the side that asks, and what must be done is no act of that side.
    """
    for c in sentence.cues("pay", "raise"):
        if not 0 <= m.first - c.last <= 8 or c.value.form != "base":
            continue
        modal = next((i for i in range(c.first - 1, max(-1, c.first - 4), -1) if sentence.norms[i] in _MODALS), None)
        said = [v for v in sentence.cues("say") if v.last <= c.first] if modal is not None else []
        speaker = subject(sentence, said[-1].first) if said else None
        if modal is None or speaker is None or name_of(speaker).party != frame.stationing:
            continue
        between = [n for n in actors(sentence) if said[-1].last <= n.first < modal]
        if not between or name_of(between[-1]).party != frame.stationing:
            return c
    return None


def stance(scene: Scene, frame: Frame, sentence: Sentence, governor: Mention) -> tuple[str, str | None, str | None]:
    """Act, side and holder of a cue of asking, offering or refusing."""
    concept = governor.value.concept
    if governor.value.word.startswith("not go") and sentence.of("percent", "money", "multiple"):
        # "will not go higher than 13 percent" is as far as a side goes: an offer
        owner = subject(sentence, governor.first)
        return "offer", (name_of(owner).party if owner is not None else frame.host), None
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
        if (
            governor.value.form == "word"
            or passive(sentence, governor.first)
            or (concept == "demand" and sentence.norms[governor.last : governor.last + 1] == ["by"])
        )
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
            and not sentence.has("limit", "less", "freeze", "cut")
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
    if act == "offer" and side == frame.stationing and payers:
        asked = [n for n in sentence.of("name") if name_of(n).party == frame.host and governor.last <= n.first]
        if asked and any(asked[0].first < c.first <= asked[0].last + 3 for c in payers):
            act = "demand"  # "Washington proposed that Seoul cover 80 percent"
    if act == "offer" and side is None:
        side = frame.host
    if act == "demand" and side is None:
        side = frame.stationing
    return act, side, holder
