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
from burdenshare.money import Amount, Change, Growth, Range, UnknownCurrencyError
from burdenshare.reading.mentions.mention import Mention
from burdenshare.reading.rules.changes import caps_in, change_of, figure, is_cut, period_of
from burdenshare.reading.scene import Sentence, build
from burdenshare.sources.document import Document, Published, Stretch

MAX_WORDS = 2000  # characters; a position is a phrase, not a report
_LATER = frozenset("then after afterwards thereafter followed rising growing increasing climbing grow rise".split())
_FIRST = frozenset("first initial initially".split())
_FLAT = frozenset("unchanged flat constant".split())
_BEFORE = frozenset("before earlier ago prior".split())
_EACH = frozenset("a per each every annual annually yearly".split())
_YEARLY = frozenset("year years annually yearly annual".split())
_CODE = re.compile(r"[A-Z]{3}")


def from_words(words: str, basis: Basis, *, terms: Terms = AS_WORDED) -> Position:
    """The position that the words put, as of the basis's day; `terms` go before what the words say.

    Raises NoFigureError where they name no sum, change or rule, UnknownCurrencyError where a sum has no currency, and
    as the rules of growth do.
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
    """What a sentence adds to what the ones before gave."""
    amount, per, change = _sum(sentence, text) if given.amount is None else (given.amount, given.per, None)
    caps = caps_in(sentence)
    rates = [m for m in sentence.of("percent") if m not in caps]
    growing = [m for m in rates if _is_growth(sentence, m)]
    firsts = [m for m in [*rates, *sentence.of("multiple")] if m not in growing]
    if change is None and amount is None and firsts:
        chosen = min(firsts, key=lambda m: m.first)
        change = change_of(chosen, cut=is_cut(sentence, chosen))
    lag, lag_mention = _lag(sentence)
    return replace(
        given,
        amount=amount, per=per, change=given.change or change, growth=given.growth or _growth(sentence, growing, caps),
        lag=given.lag if given.lag is not None else lag, years=given.years or _years(sentence, lag_mention),
        year=given.year or _first_year(sentence),
    )  # fmt: skip


def _sum(sentence: Sentence, text: str) -> tuple[Amount | None, str | None, Change | None]:
    """The first sum, what it is for, or the change where the words say `500 million won more`."""
    for m in sentence.of("money"):
        before, after = sentence.norms[m.first - 1] if m.first else "", sentence.norms[m.last : m.last + 1]
        if before in ("from", "than"):
            continue
        if after in (["more"], ["extra"], ["less"]):
            amount = m.value if after != ["less"] else Amount(m.value.currency, value=-m.value.most)
            return None, None, Change(amount=replace(amount, also=()))
        return replace(m.value, also=()), _spread(sentence, m) or period_of(sentence, m), None
    for m in sentence.of("number"):
        amount = _coded(sentence, m, text)
        if amount is not None:
            return amount, period_of(sentence, m), None
    return None, None, None


def _spread(sentence: Sentence, m: Mention) -> str | None:
    """`1.2 billion over 3 years` is a sum for the three years; the lexer takes "over" for a bound of the length."""
    for d in sentence.of("duration"):
        number, unit = d.value
        if d.first == m.last and number.bound == "over" and unit == "year" and number.value is not None:
            return f"{number.value:g} years"
    return None


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
    if _FIRST & set(after) or _FIRST & set(sentence.norms[max(0, m.first - 4) : m.first]):
        return False
    each = any(a in _EACH and (a in _YEARLY or b in _YEARLY) for a, b in pairwise([*after, ""]))
    return each or bool(_LATER & set(sentence.norms[max(0, m.first - 4) : m.first]))


def _growth(sentence: Sentence, growing: list[Mention], caps: list[Mention]) -> Growth | None:
    cap = caps[0].value.high if caps else None
    if sentence.has("defence-budget"):
        return Growth("defence-budget", cap_percent=cap)
    if sentence.has("cpi"):
        return Growth("cpi", cap_percent=cap)
    if growing:
        m = growing[0]
        value = figure(m.value)
        percent = (value.low + value.high) / 2 if isinstance(value, Range) else value
        return Growth("fixed", -percent if is_cut(sentence, m) else percent, cap)
    if sentence.has("freeze") or _FLAT & set(sentence.norms):
        return Growth("frozen")
    return Growth("other", cap_percent=cap) if cap is not None and sentence.has("raise", "more") else None


def _lag(sentence: Sentence) -> tuple[int | None, Mention | None]:
    """`of two years before`: how far back prices or budgets are taken, and the words that say so."""
    for m in sentence.of("duration"):
        number, unit = m.value
        if unit == "year" and number.value is not None and _BEFORE & set(sentence.norms[m.last : m.last + 2]):
            return round(number.value), m
    return None, None


def _years(sentence: Sentence, but: Mention | None) -> float | Range | None:
    """The term: `for five years`, `a five-year deal`, `until 2030` with a first year."""
    for m in sentence.of("duration"):
        number, unit = m.value
        if m is not but and unit == "year":
            return figure(number)
    first = _first_year(sentence)
    for m in sentence.of("date"):
        text = m.value.future or ""
        if m.value.until and text[:4].isdecimal() and first is not None and int(text[:4]) >= first:
            return float(int(text[:4]) - first + 1)
    return None


def _first_year(sentence: Sentence) -> int | None:
    for m in sentence.of("date"):
        text = m.value.future or m.value.past or ""
        if m.value.shape == "year" and not m.value.until and not m.value.inferred and text[:4].isdecimal():
            return int(text[:4])
    return None
