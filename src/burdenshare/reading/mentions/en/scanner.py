"""The tokens of a sentence as the English lexers scan them: plain numbers, scales, ranges and bounds."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import cast

from burdenshare.money import Bound
from burdenshare.reading.mentions.lexicon import Lexicon
from burdenshare.reading.text import Token

# English spellings this module looks for.
_BOUND_WORDS = frozenset("about over nearly almost under".split())
_AFTER_A = frozenset("hundred thousand million billion trillion dozen".split())
_PERCENT = frozenset({"%", "percent", "pct", "percentage", "％"})
_DASHES = frozenset({"-", "–", "—", "~", "‑"})


class Scanner:
    """The tokens of one sentence with the language's lexicon; methods try to read something at a token."""

    def __init__(self, tokens: Sequence[Token], norms: Sequence[str], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.norms = norms
        self.lexicon = lexicon
        self.n = len(norms)
        # Tokens that begin with a digit of any script; the comparison spares the words in Latin letters the look.
        self.figures = [i for i, norm in enumerate(norms) if not ":" <= norm < "{" and norm[0].isdecimal()]
        self._ranges: dict[int, tuple[float, float, int, bool] | None] = {}  # asked of a sum, then of a plain number

    def places(self, words: Container[str]) -> list[int]:
        """The tokens that are figures or one of these words, in order."""
        return sorted([*self.figures, *[i for i, norm in enumerate(self.norms) if norm in words]])

    def glued(self, i: int) -> bool:
        """Whether token i follows the one before it without a space."""
        return i > 0 and self.tokens[i - 1].end == self.tokens[i].start

    def scale_follows(self, i: int) -> bool:
        """Whether the "a" at token i is a number: "a million"."""
        return i + 1 < self.n and self.norms[i + 1] in _AFTER_A

    def digits(self, i: int) -> float | None:
        """The value of a token of digits; None for anything else. "8,700" is 8700, "1.0389" a decimal."""
        raw = self.tokens[i].raw
        if not raw[0].isdecimal():
            return None
        plain = raw.replace(",", "")
        try:
            return float(plain)
        except ValueError:
            return None

    def words(self, i: int) -> tuple[float, int] | None:
        """A number in words below a hundred ("eight", "twenty five") and the token after it."""
        first = self.lexicon.numbers.get(self.norms[i])
        if first is None or self.norms[i] == "a":
            return None
        j = i + 1
        if first >= 20 and j < self.n:
            second = self.lexicon.numbers.get(self.norms[j])
            if second is not None and 1 <= second < 10 and self.norms[j] != "a":
                return first + second, j + 1
        return first, j

    def plain(self, i: int) -> tuple[float, int, bool] | None:
        """A number with its scales: value, token after, whether a scale was named."""
        if i >= self.n:
            return None
        value = self.digits(i)
        j = i + 1
        if value is None:
            found = self.words(i)
            if found is not None:
                value, j = found
            elif self.norms[i] == "a" and self.scale_follows(i):
                value = 1.0
            else:
                return None
        # "eight point two", "one point 04"
        if j + 1 < self.n and self.norms[j] == "point":
            tail = self._decimals(j + 1)
            if tail is not None:
                value, j = float(f"{int(value)}.{tail[0]}"), tail[1]
        scaled = False
        while j < self.n:
            scale = self.lexicon.scales.get(self.norms[j])
            if scale is None and self.norms[j] == "dozen":
                scale = 12.0
            if scale is None or (
                len(self.norms[j]) <= 2 and not self.glued(j) and self.norms[j] not in ("bn", "tn", "mn")
            ):
                break
            value, j, scaled = value * scale, j + 1, True
            # "28 thousand 500": a smaller number in digits goes on the same sum.
            if scale >= 1e3 and j < self.n:
                rest = self.digits(j)
                lesser = self.lexicon.scales.get(self.norms[j + 1], 0.0) if j + 1 < self.n else 0.0
                if rest is not None and 1e3 <= lesser < scale and rest < scale / lesser:
                    value, j = value + rest * lesser, j + 2
                    break
                if (
                    rest is not None
                    and rest < scale
                    and "." not in self.tokens[j].raw
                    and not self._scale_at(j + 1, scale)
                ):
                    value, j = value + rest, j + 1
                    break
        # 1.0389 * 1e12 is no whole number in floating point; nobody reports a tenth of a won.
        return (float(round(value)) if value >= 1e6 else round(value, 4)), j, scaled

    def _scale_at(self, i: int, below: float) -> bool:
        return i < self.n and (self.lexicon.scales.get(self.norms[i], 0) >= below or self.norms[i] in _PERCENT)

    def _decimals(self, i: int) -> tuple[str, int] | None:
        raw = self.tokens[i].raw
        if raw.isdecimal():
            return raw, i + 1
        out = ""
        while (
            i < self.n
            and (value := self.lexicon.numbers.get(self.norms[i])) is not None
            and value < 10
            and len(out) < 6
        ):
            out, i = out + str(int(value)), i + 1
        return (out, i) if out else None

    def range(self, i: int) -> tuple[float, float, int, bool] | None:
        """A number or a range ("10 to 20", "4.7-5 billion"): low, high, token after, whether scaled."""
        if i not in self._ranges:
            self._ranges[i] = self._range(i)
        return self._ranges[i]

    def _range(self, i: int) -> tuple[float, float, int, bool] | None:
        first = self.plain(i)
        if first is None:
            return None
        low, j, scaled = first
        percent_between = j < self.n and self.norms[j] in _PERCENT
        k = j + 1 if percent_between else j
        if k + 1 < self.n and (self.norms[k] in _DASHES or self.norms[k] in ("to", "or")) and not self.from_before(i):
            second = self.plain(k + 1)
            if (
                second is not None
                and (self.norms[k] != "or" or second[2] == scaled)
                and not (percent_between and second[2])
            ):
                high, after, high_scaled = second
                if high_scaled and not scaled and low < 1000 and high / max(low, 1e-9) >= 1000:
                    low *= 10 ** (3 * ((len(str(int(high / max(low, 1e-9)))) - 1) // 3))
                ends_alike = percent_between or high_scaled == scaled or high_scaled
                if low < high and ends_alike and high / max(low, 1e-9) < 50:
                    return low, high, after, scaled or high_scaled
        if k + 1 < self.n and self.norms[k] == "and" and i > 0 and self.norms[i - 1] == "between":
            second = self.plain(k + 1)
            if second is not None and low < second[0] and (second[2] or not scaled):
                high = second[0]
                if second[2] and not scaled and low < 1000:
                    while high / low >= 1000:
                        low *= 1000
                return low, high, second[1], scaled or second[2]
        return low, low, j, scaled

    def from_before(self, i: int) -> bool:
        """Whether "from" opens the phrase of the number: "from last year's 870 million dollars to ..." is no range."""
        return "from" in self.norms[max(0, i - 5) : i]

    def bound_before(self, i: int) -> tuple[Bound, int]:
        """The bound named just before token i, and the token it starts at."""
        bounds = self.lexicon.bounds
        for start in range(max(0, i - self.lexicon.bound_words), i):
            if self.norms[start] not in bounds.phrases:
                continue
            size = i - start
            found = bounds.longest(self.norms, start)
            if found and found[0] == size:
                return cast(Bound, found[1][0]), start
        if i >= 2 and self.norms[i - 1] in ("a", "an", "the") and self.norms[i - 2] in _BOUND_WORDS:
            return self.bound_before(i - 1)
        return "exact", i
