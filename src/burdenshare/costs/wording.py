"""A position in plain words, read with the lexers the reports are read with.

`5 billion dollars a year`, `13% in the first year, then defence budget growth, for five years`, `a 50% increase`,
`1.2 trillion won in 2026, rising 3% a year for 4 years`. The sum is the first one named; a percentage beside "a year"
or after "then" is the growth of later years, one beside a ceiling is a cap, any other is a change on what is paid.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from burdenshare import edtf
from burdenshare.case.decode import is_currency
from burdenshare.costs import wording_ko
from burdenshare.costs.basis import Basis
from burdenshare.costs.model import Position
from burdenshare.costs.position import AS_WORDED, Given, NoFigureError, Terms, complete
from burdenshare.money import Amount, Change, Growth, Phase, Range, Rule, UnknownCurrencyError
from burdenshare.money.growth import GrowthError, from_growth
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.changes import caps_in, change_of, figure, is_cut, period_of
from burdenshare.reading.scene import Sentence, build
from burdenshare.sources.document import Document, Published, Stretch

MAX_WORDS = 2000  # characters; a position is a phrase, not a report
_THEN = frozenset("then after afterwards thereafter followed".split())
_LATER = _THEN | frozenset("rising growing increasing climbing grow rise".split())
_FIRST = frozenset("first initial initially".split())
_FLAT = frozenset("unchanged flat constant".split())
_BEFORE = frozenset("before earlier ago prior".split())
_EACH = frozenset("a per each every annual annually yearly".split())
_YEARLY = frozenset("year years annually yearly annual".split())
_ANNUAL = frozenset("annual annually yearly".split())
_MORE = frozenset("extra additional another further".split())
_IN_ALL = frozenset("total all altogether overall".split())
_UNTIL = frozenset("until till through to".split())
_PARTS = frozenset({"and", "then", ",", ";"})  # a phrase before a figure reaches back to one of these
_CODE = re.compile(r"[A-Z]{3}")


def from_words(words: str, basis: Basis, *, terms: Terms = AS_WORDED) -> Position:
    """The position that the words put, as of the basis's day; `terms` go before what the words say.

    Raises NoFigureError where they name no sum, change or rule, UnknownCurrencyError where a sum has no currency, and
    as the rules of growth do; GrowthError where two rules are put on the same years.
    """
    text = " ".join(words.split())
    if not text or len(text) > MAX_WORDS:
        raise NoFigureError(
            f"a position is put in 1 to {MAX_WORDS} characters, such as 5 billion dollars a year for five years"
        )
    published = Published(edtf.parse(basis.as_of.isoformat()), "given")
    lang = "ko" if wording_ko.is_korean(text) else "en"
    document = Document(text, (Stretch(0, len(text), "body"),), "words", lang=lang, published=published)
    if lang == "ko":
        given = wording_ko.given(document, basis.case)
    else:
        given = Given(text, words=text)
        for sentence in build(document, basis.case, lang=lang).sentences:
            given = _more(given, sentence, text)
    if given.amount is None and given.change is None and given.growth is None:
        raise NoFigureError(
            f"{text!r} names no sum, change or rule of growth; write one, such as 5 billion dollars a year, "
            f"a 13% rise, or 1.2 trillion won rising 3% a year"
        )
    return complete(given, basis, terms=terms)


def _more(given: Given, sentence: Sentence, text: str) -> Given:
    """What a sentence adds to what the ones before gave; figures that no part of it uses are set aside by name."""
    amount, per, change, used = given.amount, given.per, given.change, list[Mention]()
    if amount is None:
        amount, per, change_, used = _sum(sentence, text)
        change = change or change_
    caps = caps_in(sentence)
    rates = [m for m in sentence.of("percent") if m not in caps]
    year, years = _span(sentence)
    steps = [(y, m) for m in rates if amount is not None and (y := _in_year(sentence, m)) is not None and y != year]
    growing = [m for m in rates if _is_growth(sentence, m) and not any(m is s for _, s in steps)]
    firsts = [m for m in [*rates, *sentence.of("multiple"), *_parts_of(sentence)] if m not in growing]
    if change is None and amount is None and firsts:
        chosen = min(firsts, key=lambda m: m.first)
        change = _share(chosen) if chosen.type == "share" else change_of(chosen, cut=is_cut(sentence, chosen))
        used.append(chosen)
    lag, lag_mention = _lag(sentence)
    growth = given.growth or _growth(sentence, growing, caps)
    used += [*growing[:1], *caps[:1], *(m for _, m in steps)]
    aside = [m for m in sentence.of("money", "percent", "multiple") if not any(m is u for u in used)]
    return replace(
        given,
        amount=amount,
        per=per,
        change=change,
        growth=_stepped(growth, sentence, steps) if steps else growth,
        lag=given.lag if given.lag is not None else lag,
        years=given.years or years or _years(sentence, lag_mention),
        year=given.year or year,
        aside=(*given.aside, *(text[m.start : m.end] for m in aside)),
    )


def _stepped(growth: Growth | Rule | None, sentence: Sentence, steps: list[tuple[int, Mention]]) -> Rule:
    """`1 trillion in 2020, up 13.9 percent in 2021`: the step in its year, and the rule for the others, else frozen."""
    rest = growth if isinstance(growth, Rule) else from_growth(growth) if growth else Rule((Phase("frozen"),))
    named = []
    for year, m in steps:
        value = -m.value.high if is_cut(sentence, m) else m.value.high
        named.append(Phase("fixed", value, first=year, last=year))
    return Rule((*named, *rest.phases))


def _sum(sentence: Sentence, text: str) -> tuple[Amount | None, str | None, Change | None, list[Mention]]:
    """The first sum, what it is for, or the change where the words say `500 million won more`; and its mention."""
    for m in sentence.of("money"):
        before, after = sentence.norms[m.first - 1] if m.first else "", sentence.norms[m.last : m.last + 1]
        if before in ("from", "than"):
            continue
        if after in (["more"], ["extra"], ["less"]) or before in _MORE:
            amount = m.value if after != ["less"] else Amount(m.value.currency, value=-m.value.most)
            return None, None, Change(amount=replace(amount, also=())), [m]
        return replace(m.value, also=()), _per(sentence, m), None, [m]
    for m in sentence.of("number"):
        coded = _coded(sentence, m, text)
        if coded is not None:
            return coded, _per(sentence, m), None, [m]
    return None, None, None, []


def _per(sentence: Sentence, m: Mention) -> str | None:
    """What a sum is for: a year, a month, or all the years where the words say `over` them or `in total`.

    `1.2 trillion won for five years` is taken as a yearly sum with a term, as an offer is usually put.
    """
    total = bool(_IN_ALL & set(sentence.norms[m.last : m.last + 8]))
    for d in sentence.of("duration"):
        number, unit = d.value
        over = 0 <= d.first - m.last <= 1 and "over" in (*sentence.norms[m.last : d.first + 1], number.bound)
        if (over or total) and unit == "year" and number.value is not None:
            return f"{number.value:g} years"
    found = period_of(sentence, m)
    return found if found in ("year", "month") else None


def _parts_of(sentence: Sentence) -> list[Mention]:
    """`half of the current contribution`: a share of what is paid, not of what the presence costs."""
    return [
        m for m in sentence.of("share")
        if sentence.near("contribution-noun", m.last, m.last + 6) and not sentence.has("cost-noun")
    ]  # fmt: skip


def _share(m: Mention) -> Change:
    low, high = m.value.low / 100, m.value.high / 100
    return Change(multiple=low if low == high else Range(low, high))


def _coded(sentence: Sentence, m: Mention, text: str) -> Amount | None:
    """A number beside a code of three capitals (`PLN 100 million`, `3400 CHF`); a large one without any is refused."""
    beside = [sentence.tokens[i].raw for i in (m.first - 1, m.last) if 0 <= i < len(sentence.tokens)]
    code = next((raw for raw in beside if _CODE.fullmatch(raw)), None)
    if code is not None and is_currency(code):
        value = figure(m.value)
        if isinstance(value, Range):
            return Amount(code, low=value.low, high=value.high, bound=m.value.bound)
        return Amount(code, value=value, bound=m.value.bound)
    if code is not None or m.value.high >= 1e6:
        named = code or (beside[-1] if beside else "")
        raise UnknownCurrencyError(
            f"{text[m.start : m.end]!r} has no currency that is known ({named or 'none is named'}); write it with an "
            f"ISO 4217 code, such as 100 million PLN"
        )
    return None


def _is_growth(sentence: Sentence, m: Mention) -> bool:
    """Whether a percentage is of every later year: `3% a year`, `then 3%`, `rising by 3%`; not `in the first year`."""
    after = sentence.norms[m.last : m.last + 5]
    before: list[str] = []
    for norm in reversed(sentence.norms[max(0, m.first - 5) : m.first]):
        before.append(norm)
        if norm in _PARTS:
            break
    if _FIRST & set(before) or _FIRST & set(_until_next(after)):
        return False
    each = any(a in _EACH and (a in _YEARLY or b in _YEARLY) for a, b in pairwise([*_until_next(after), ""]))
    return each or bool((_LATER | _ANNUAL) & set(before))


def _until_next(norms: list[str]) -> list[str]:
    """The words up to the next part of the sentence."""
    return norms[: next((i for i, n in enumerate(norms) if n in _PARTS), len(norms))]


def _in_year(sentence: Sentence, m: Mention) -> int | None:
    """The year a percentage is for: `13.9 percent in 2021`."""
    for d in sentence.of("date"):
        text = d.value.future or ""
        named = d.value.shape == "year" and not d.value.inferred and text[:4].isdecimal()
        if named and sentence.norms[m.last : d.first] in (["in"], ["for"]):
            return int(text[:4])
    return None


def _growth(sentence: Sentence, growing: list[Mention], caps: list[Mention]) -> Growth | None:
    cap = caps[0].value.high if caps else None
    flat = sentence.has("freeze") or bool(_FLAT & set(sentence.norms))
    _of_one_mind(sentence, growing, flat=flat)
    if sentence.has("defence-budget"):
        return Growth("defence-budget", cap_percent=cap)
    if sentence.has("cpi"):
        return Growth("cpi", cap_percent=cap)
    if growing:
        m = growing[0]
        value = figure(m.value)
        percent = (value.low + value.high) / 2 if isinstance(value, Range) else value
        return Growth("fixed", -percent if is_cut(sentence, m) else percent, cap)
    none = "no" in sentence.norms and sentence.has("raise", "more") and not sentence.of("percent", "money")
    if flat or none:
        return Growth("frozen")
    return Growth("other", cap_percent=cap) if cap is not None and sentence.has("raise", "more") else None


def _of_one_mind(sentence: Sentence, growing: list[Mention], *, flat: bool) -> None:
    """Refuses words that put two rules on the same years; `then`, or a first year set apart, gives each its own."""
    if (_THEN | _FIRST) & set(sentence.norms):
        return
    rates = {m.value.high: f"{m.value.high:g}% a year" for m in growing}
    rules = [
        *rates.values(),
        *(["no rise"] if flat else []),
        *(["the defence budget"] if sentence.has("defence-budget") else []),
        *(["consumer prices"] if sentence.has("cpi") else []),
    ]
    if len(rules) > 1:
        raise GrowthError(
            f"the growth contradicts itself: {' and '.join(rules)} are given for the same years; name one, or say "
            f"which comes first, such as 3% a year, then frozen"
        )


def _lag(sentence: Sentence) -> tuple[int | None, Mention | None]:
    """`of two years before`: how far back prices or budgets are taken, and the words that say so."""
    for m in sentence.of("duration"):
        number, unit = m.value
        if unit == "year" and number.value is not None and _BEFORE & set(sentence.norms[m.last : m.last + 2]):
            return round(number.value), m
    return None, None


def _years(sentence: Sentence, but: Mention | None) -> float | Range | None:
    """The term: `for five years`, `a five-year deal`."""
    for m in sentence.of("duration"):
        number, unit = m.value
        if m is not but and unit == "year":
            return figure(number)
    return None


def _span(sentence: Sentence) -> tuple[int | None, float | None]:
    """The first year named, and the term where the last one is too: `in 2026 ... until 2030`, `2026 to 2030`."""
    first = last = None
    for m in sentence.of("date"):
        text = m.value.future or m.value.past or ""
        if len(text) == 9 and text[4] == "/" and (text[:4] + text[5:]).isdecimal():
            first, last = int(text[:4]), int(text[5:])
        elif m.value.shape == "year" and not m.value.inferred and text[:4].isdecimal():
            ends = m.value.until or bool(_UNTIL & set(sentence.norms[max(0, m.first - 1) : m.first]))
            if ends:
                last = last or int(text[:4])
            elif first is None:
                first = int(text[:4])
    if first is not None and last is not None and last >= first:
        return first, float(last - first + 1)
    return first, None
