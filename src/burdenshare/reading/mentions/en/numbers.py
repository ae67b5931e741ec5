"""English numbers: digits and words, scales, ranges, bounds, shares and multiples, ordinals, durations, money.

One pass over the tokens of a sentence; at each token the longest number expression is taken. Every helper looks a
bounded number of tokens ahead, so the pass is linear.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from burdenshare.money import Amount, Bound
from burdenshare.reading.mentions.en.scanner import Scanner
from burdenshare.reading.mentions.mention import Mention, Number

# English spellings this module looks for.
_AFTER_SHARE = frozenset("of more less by in the its what that and or goes went to from is was for".split())
_BETWEEN_CURRENCIES = frozenset(
    (
        "annually yearly or about roughly some approximately around nearly i e which is equivalent to worth equals that"
    ).split()
)
_ORDINAL_SUFFIX = frozenset({"st", "nd", "rd", "th"})
_PERCENT = frozenset({"%", "percent", "pct", "percentage", "％"})
_UNITS = {
    "year": "year", "years": "year", "yr": "year", "yrs": "year", "month": "month", "months": "month",
    "week": "week", "weeks": "week", "day": "day", "days": "day", "hour": "hour", "hours": "hour",
    "minute": "minute", "minutes": "minute",
}  # fmt: skip
_CLOSING = frozenset('. , ) " ”'.split())
_TIMES_AFTER = frozenset(
    (
        "more as the what its that current last over increase larger higher bigger greater this previous existing "
        'of rise hike jump than present , . ) " ” increased compared from'
    ).split()
)
_DASHES = frozenset({"-", "–", "—", "~", "‑"})


def _mention(kind: str, scan: Scanner, first: int, last: int, value: object) -> Mention:
    return Mention(kind, first, last, scan.tokens[first].start, scan.tokens[last - 1].end, value)  # type: ignore[arg-type]


def _money(scan: Scanner, i: int) -> tuple[Mention, int] | None:
    """A sum at token i, with the currency before or after the number."""
    lexicon, norms, n = scan.lexicon, scan.norms, scan.n
    code = None
    j = i
    for size in (2, 1):  # "US $", "$", "US$", "W" glued to digits
        if i + size < n:
            key = "".join(norms[i : i + size])
            found = lexicon.money_before.get(key)
            if found and (not key.isalpha() or len(key) == 3 or scan.glued(i + size) or size == 2):
                if key.isalpha() and len(key) == 1 and not scan.tokens[i].raw.isupper():
                    continue
                code, j = found, i + size
                break
    number = scan.range(j)
    if number is None:
        return None
    low, high, k, _ = number
    if code is None or k < n:
        after = lexicon.money_after.longest(norms, k) if k < n else None
        if code is None:
            if after is None:
                return None
            code, k = after[1][0], k + after[0]
        elif after is not None and after[1][0] == code:
            k += after[0]
    # "$4.7 billion to $5 billion" and "between $4.7 billion and $5 billion"
    if low == high and k + 1 < n and (norms[k] in ("to", "and") or norms[k] in _DASHES):
        between = norms[k] != "and" or (i > 0 and norms[i - 1] == "between")
        if between and not scan.from_before(i):
            second = _money(scan, k + 1)
            if second is not None and second[0].value.currency == code and second[0].value.value is not None:
                other = second[0].value.value
                if low < 1000 <= other and other / low > 50:  # "$4.7 to $5 billion"
                    while other / low >= 1000:
                        low = high = low * 1000
                if low < other and other / low < 20:
                    bound, start = scan.bound_before(i)
                    return _mention(
                        "money", scan, start, second[1], Amount(code, low=low, high=other, bound=bound)
                    ), second[1]
    bound, start = scan.bound_before(i)
    if bound == "exact" and k < n and norms[k] == "or" and k + 1 < n and norms[k + 1] in ("more", "so", "less"):
        bound = cast(Bound, {"more": "at-least", "so": "about", "less": "up-to"}[norms[k + 1]])
        k += 2
    amount = Amount(code, value=low, bound=bound) if low == high else Amount(code, low=low, high=high, bound=bound)
    return _mention("money", scan, start, k, amount), k


def _times(scan: Scanner, number: tuple[float, float, int, bool], i: int) -> Mention | None:
    low, high, k, scaled = number
    if scaled or k >= scan.n or not 1 < high <= 100:
        return None
    if scan.norms[k] == "fold":
        pass
    elif scan.norms[k] in ("times", "time"):
        following = scan.norms[k + 1] if k + 1 < scan.n else "."
        before = scan.norms[max(0, i - 3) : i]
        rising = {"increase", "rise", "hike", "by", "of", "nearly", "almost", "about", "over", "around"} & set(before)
        closing = following in _CLOSING and not rising
        if (following not in _TIMES_AFTER and not {"increase", "rise", "hike"} & set(before)) or closing:
            return None
    else:
        return None
    bound, start = scan.bound_before(i)
    return _mention("multiple", scan, start, k + 1, Number(low, high, bound))


def _with_number(scan: Scanner, i: int) -> tuple[Mention, int] | None:
    """A percentage, multiple, duration, ordinal or bare number at token i."""
    norms, n = scan.norms, scan.n
    number = scan.range(i)
    if number is None:
        return None
    low, high, k, scaled = number
    if not scaled and k < n and norms[k] in _ORDINAL_SUFFIX and scan.glued(k) and low == int(low):
        return _mention("ordinal", scan, i, k + 1, int(low)), k + 1
    if k < n and (norms[k] in _PERCENT or (norms[k] == "per" and k + 1 < n and norms[k + 1] == "cent")):
        last = k + (2 if norms[k] == "per" else 1)
        if last < n and norms[last] in ("points", "point"):
            last += 1
        bound, start = scan.bound_before(i)
        if low == high and last + 1 < n and norms[last] in ("to", "and", *_DASHES) and not scan.from_before(i):
            second = _with_number(scan, last + 1)
            between = norms[last] != "and" or (i > 0 and norms[i - 1] == "between")
            if second and between and second[0].type == "percent" and low < second[0].value.low:
                return _mention("percent", scan, start, second[1], Number(low, second[0].value.high, bound)), second[1]
        return _mention("percent", scan, start, last, Number(low, high, bound)), last
    times = _times(scan, number, i)
    if times is not None:
        return times, times.last
    if k < n and norms[k] in _UNITS and not scaled:
        bound, start = scan.bound_before(i)
        if start == i - 1 and norms[start] == "over":
            bound, start = "exact", i  # "1 trillion over five years": during them, not more than five
        unit = _UNITS[norms[k]]
        if unit == "month" and low == high and low % 12 == 0:
            low, high, unit = low / 12, high / 12, "year"  # agreements on pay count their years in months
        return _mention("duration", scan, start, k + 1, (Number(low, high, bound), unit)), k + 1
    if "." in scan.tokens[i].raw and not scaled and k == i + 1:
        return _mention("number", scan, i, k, Number(low, high)), k
    bound, start = scan.bound_before(i)
    if k < n and norms[k] == "or" and k + 1 < n and norms[k + 1] == "so" and bound == "exact":
        bound, k = "about", k + 2
    return _mention("number", scan, start, k, Number(low, high, bound)), k


def _join(found: list[Mention], scan: Scanner) -> list[Mention]:
    """The same sum in another currency, in brackets or after "or", goes into `also` of the first."""
    out: list[Mention] = []
    for mention in found:
        if mention.type == "money" and out and out[-1].type == "money":
            previous = out[-1]
            between = [t for t in scan.norms[previous.last : mention.first] if t not in _BETWEEN_CURRENCIES]
            codes = {previous.value.currency, *(a.currency for a in previous.value.also)}
            if (
                mention.value.currency not in codes
                and len(between) <= 1
                and all(t in "(,/[=" for t in between)
                and (between or mention.first - previous.last <= 3)
            ):
                bracketed = between and between[0] in "([" and mention.last < scan.n
                last = mention.last + (1 if bracketed and scan.norms[mention.last] in ")]" else 0)
                amount = replace(previous.value, also=(*previous.value.also, mention.value))
                out[-1] = _mention("money", scan, previous.first, last, amount)
                continue
        out.append(mention)
    return out


def numbers(scan: Scanner) -> list[Mention]:
    """Every number expression of a sentence, in order, none overlapping another."""
    out: list[Mention] = []
    lexicon, norms = scan.lexicon, scan.norms
    last = 0
    for i in scan.places(lexicon.number_words):
        if i < last:
            continue
        norm = norms[i]
        counts = norm[0].isdecimal() or (norm in lexicon.numbers and not (norm == "a" and not scan.scale_follows(i)))
        found = _money(scan, i) if counts or norm in lexicon.money_first else None
        found = found or _fraction(scan, i) or _single(scan, i)
        if found is None and counts:
            found = _with_number(scan, i)
        if found is not None:
            out.append(found[0])
            last = found[1]
    return _join(out, scan)


def _fraction(scan: Scanner, i: int) -> tuple[Mention, int] | None:
    """ "half", "a third", "two thirds of" at token i; "half an hour" and "half a dozen" are no shares."""
    fraction = scan.lexicon.fractions.longest(scan.norms, i)
    if fraction is None:
        return None
    last = i + fraction[0]
    following = scan.norms[last] if last < scan.n else "."
    if scan.norms[last : last + 2] == ["and", "half"] or scan.norms[max(0, i - 2) : i] == ["half", "and"]:
        return None
    if scan.norms[last : last + 3] == ["as", "much", "again"]:
        bound, start = scan.bound_before(i)
        more = 1 + fraction[1][0] / 100
        return _mention("multiple", scan, start, last + 3, Number(more, more, bound)), last + 3
    if following[0].isalnum() and following not in _AFTER_SHARE:
        return None
    if (
        following in ("in", "to", "from", "and")
        and fraction[0] > 1
        and scan.norms[i] in ("a",)
        and scan.norms[last - 1] != "half"
    ):
        return None
    bound, start = scan.bound_before(i)
    return _mention("share", scan, start, last, Number(fraction[1][0], fraction[1][0], bound)), last


def _single(scan: Scanner, i: int) -> tuple[Mention, int] | None:
    """A word that is a multiple ("fivefold") or an ordinal ("third") by itself."""
    multiple = scan.lexicon.multiples.get(scan.norms[i])
    if multiple is not None:
        bound, start = scan.bound_before(i)
        return _mention("multiple", scan, start, i + 1, Number(multiple, multiple, bound)), i + 1
    ordinal = scan.lexicon.ordinals.get(scan.norms[i])
    if ordinal is not None:
        return _mention("ordinal", scan, i, i + 1, ordinal), i + 1
    return None
