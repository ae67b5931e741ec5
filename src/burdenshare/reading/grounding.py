"""Claims from outside held against the report: each finds its place in the words, or is refused with a reason.

Whoever proposes a claim gives the words, never their place. The words have to stand in a stretch of the report that is
not page furniture, exactly or but for the look of quotation marks, dashes and white space.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from burdenshare.case.model import Case
from burdenshare.errors import ClaimError
from burdenshare.money import Amount, Range
from burdenshare.reading.claim import Claim, from_json, own_fields
from burdenshare.reading.result import Reading
from burdenshare.sources import Document

MOST_CLAIMS = 400  # of one answer; the rest of a longer one is counted and dropped
LONGEST_FIELD = 400  # characters of any text field except the quote
LARGEST_NUMBER = 1e18  # a million times any sum in these talks; also stops what is no number
FILLED_IN = ("case", "source", "start", "end")  # filled in here, never taken from an answer

NOT_IN_TEXT = "not in the text"
FURNITURE = "in furniture"
VOCABULARY = "breaks the vocabulary"
DUPLICATE = "duplicate"
NO_FIGURE = "a figure its words do not give"
TOO_MANY = "more than one answer may bring"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Folded:
    """Text with quotation marks, dashes and white space made alike; `at` maps each character back."""

    text: str
    at: tuple[int, ...]


_ALIKE = {ord(a): b for b, group in (("'", "‘’‚′`´"), ('"', "“”„″«»"), ("-", "‐‑‒–—―−")) for a in group} | {
    0x2026: "..."
}
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WORDS = re.compile(r"[\w$€£¥₩%]")


def _fold(text: str, start: int, end: int) -> _Folded:
    out: list[str] = []
    at: list[int] = []
    for i in range(start, end):
        ch = text[i]
        if ch.isspace():
            if out and out[-1] == " ":
                continue
            ch = " "
        for c in ch.translate(_ALIKE):
            out.append(c)
            at.append(i)
    return _Folded("".join(out), tuple(at))


def _found(text: str, quote: str, span: Span) -> Iterator[Span]:
    """Where the exact words stand inside a stretch."""
    at = text.find(quote, span[0], span[1])
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + len(quote), span[1])


def _found_folded(folded: _Folded, quote: str) -> Iterator[Span]:
    """Where words stand that differ only in quotation marks, dashes or white space; offsets are the text's."""
    at = folded.text.find(quote)
    while at >= 0:
        yield folded.at[at], folded.at[at + len(quote) - 1] + 1
        at = folded.text.find(quote, at + len(quote))


class Judge:
    """Decides over each answer: a claim with its place in the text, or a reason why not."""

    def __init__(self, document: Document, case: Case, spans: list[Span]) -> None:
        self._document, self._case, self._spans = document, case, spans
        self._folds: dict[Span, _Folded] = {}
        self._claims: dict[tuple[str, int, int, str], Claim] = {}
        self.passed_over: Counter[str] = Counter()

    def hear(self, answers: list[Any], piece: tuple[Span, ...]) -> None:
        """Takes what may be taken from the answers to the question about one piece."""
        for answer in answers[:MOST_CLAIMS]:
            self._one(answer, piece)
        if len(answers) > MOST_CLAIMS:
            self.passed_over[TOO_MANY] += len(answers) - MOST_CLAIMS

    def reading(self) -> Reading:
        """All that was taken, in the order of its words, and what was not."""
        claims = sorted(self._claims.values(), key=lambda c: (c.start, c.end, c.kind, c.id))
        lost = ", ".join(f"{n} {reason}" for reason, n in sorted(self.passed_over.items()))
        return Reading(
            tuple(claims),
            dict(self.passed_over),
            f"claims of the language model that were not used: {lost}" if lost else "",
        )

    def _one(self, answer: Any, piece: tuple[Span, ...]) -> None:
        quote = answer.get("quote") if isinstance(answer, dict) else None
        if not isinstance(quote, str):
            self.passed_over[VOCABULARY] += 1
            return
        places = self._places(quote, piece)
        if isinstance(places, str):
            self.passed_over[places] += 1
            return
        fault = DUPLICATE  # unless one of the places is still free
        for start, end in places:
            try:
                claim = self._claim(answer, start, end)
            except ClaimError:
                fault = VOCABULARY
                break
            if not figures_stand(claim):
                fault = NO_FIGURE
                break
            key = (claim.kind, start, end, repr(own_fields(claim)))
            if key not in self._claims:
                self._claims[key] = claim
                return
        self.passed_over[fault] += 1

    def _claim(self, answer: dict[str, Any], start: int, end: int) -> Claim:
        given = {k: v for k, v in answer.items() if k not in (*FILLED_IN, "id") and v is not None}
        for name, value in given.items():
            if name != "quote":
                _storable(name, value)
        given |= {
            "case": self._case.id, "source": self._document.id, "start": start, "end": end,
            "quote": self._document.text[start:end],
        }  # fmt: skip
        try:
            claim = from_json(given)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise ClaimError(str(error)) from error
        side = own_fields(claim).get("side")
        if side is not None and side not in self._case.parties:
            raise ClaimError(f"{side!r} is no party of the case")
        return claim

    def _places(self, quote: str, piece: tuple[Span, ...]) -> list[Span] | str:
        """Where the words stand, the piece asked about first; or the reason why nowhere that counts."""
        text, bare = self._document.text, quote.strip()
        if not _WORDS.search(bare):
            return NOT_IN_TEXT
        places = list(dict.fromkeys(p for span in (*piece, *self._spans) for p in _found(text, bare, span)))
        if places:
            return places
        alike = _fold(bare, 0, len(bare)).text
        places = list(
            dict.fromkeys(p for span in (*piece, *self._spans) for p in _found_folded(self._folded(span), alike))
        )
        if places:
            return places
        whole = self._folded((0, len(text)))
        return FURNITURE if alike in whole.text else NOT_IN_TEXT

    def _folded(self, span: Span) -> _Folded:
        if span not in self._folds:
            self._folds[span] = _fold(self._document.text, *span)
        return self._folds[span]


def _storable(name: str, value: Any) -> None:
    """Raises ClaimError for a value that no record should hold: endless, not a number, or not text."""
    if isinstance(value, str):
        if len(value) > LONGEST_FIELD:
            raise ClaimError(f"{name} has more than {LONGEST_FIELD} characters")
        if _UNFIT.search(value):
            raise ClaimError(f"{name} holds characters that are no text")
    elif isinstance(value, float | int):
        if not -LARGEST_NUMBER < value < LARGEST_NUMBER:
            raise ClaimError(f"{name} is out of all bounds")
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            _storable(name, part)


_DIGITS = re.compile(r"\d[\d.,]*")
# Words that give a figure without a digit. A quote with one of them is given the benefit of the doubt.
_NUMERAL = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundred|thousand|half|halve[ds]?|thirds?|quarters?|fifths?|tenths?|doubl(?:e|ed|es|ing)|tripl(?:e|ed)|"
    r"quadrupl(?:e|ed)|quintupl(?:e|ed)|twice|thrice|all|entire|whole|full|freeze|frozen|unchanged)\b|fold\b|"
    r"[한두세네] ?배|절반|전액|동결|[일이삼사오육칠팔구십백천]{1,8} ?(?:조|억|만|배|퍼센트)",
    re.IGNORECASE,
)


def figures_stand(claim: Claim) -> bool:
    """False where a sum or a percentage of the claim has nothing to do with the figures in its words.

    A loose test on leading digits: it lets "1조389억" stand for 1038900000000 and stops a figure put in the
    model's mouth.
    """
    values = list(_figures(own_fields(claim)))
    if not values or _NUMERAL.search(claim.quote):
        return True
    runs = [d for d in (re.sub(r"[.,]", "", m).strip("0") for m in _DIGITS.findall(claim.quote)) if d]
    return all(any(v.startswith(r) or r.startswith(v) for r in runs) for v in values)


def _figures(value: Any) -> Iterator[str]:
    """The leading digits, without zeros at either end, of each sum, percentage or multiple in the fields."""
    if isinstance(value, Mapping):
        for name, v in value.items():
            if name in ("amount", "change", "share_percent"):
                yield from _figures(v)
    elif isinstance(value, Amount):
        yield from (d for v in (value.value, value.low, value.high) if v is not None for d in _figures(v))
    elif isinstance(value, Range):
        yield from _figures(value.low)
        yield from _figures(value.high)
    elif isinstance(value, float | int):
        digits = re.sub(r"[^\d]", "", f"{abs(value):.15g}".split("e")[0]).strip("0")
        if digits:
            yield digits
    elif dataclasses.is_dataclass(value):
        for f in dataclasses.fields(value):
            yield from _figures(getattr(value, f.name)) if f.name in ("percent", "multiple", "amount") else ()
