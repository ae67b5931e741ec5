"""Scores claims against gold, by the rules of the vocabulary; our own, small.

A prediction is matched to a gold claim of the same report and kind whose words overlap its own, best agreement first.
It is right where the key fields, as far as gold gives them, agree as well. Optional gold costs nothing either way, nor
does a second claim on words that are matched already. A prediction on a `never` stretch is an intrusion and counts
as invented.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]

KEYS: dict[str, tuple[str, ...]] = {
    "round": ("number", "when", "city", "outcome", "count"),
    "position": ("side", "act", "amount", "change"),
    "settlement": ("amount", "change", "years"),
    "contribution": ("amount", "change", "share_percent", "when"),
    "cost": ("amount",),
    "term": ("event", "when"),
    "headcount": ("group", "number"),
    "appointment": ("person",),
    "statement": ("speaker", "side"),
    "linkage": ("topic", "stance"),
    "consequence": ("effect",),
    "event": ("type",),
}
HARD = ("round", "position", "settlement", "contribution", "cost", "term", "headcount", "consequence")
SOFT = ("linkage", "appointment", "statement")
GROUPS: dict[str, tuple[str, ...]] = {"HARD": HARD, "SOFT": SOFT, "ALL": tuple(KEYS)}


@dataclass(slots=True)
class Tally:
    """Counts of one kind. `predicted` leaves out what gold marks as optional."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    right: int = 0
    invented: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.gold + other.gold, self.predicted + other.predicted, self.found + other.found,
            self.right + other.right, self.invented + other.invented,
        )  # fmt: skip

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        if self.predicted:
            return self.right / self.predicted
        return 0.0 if self.gold else 1.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(slots=True)
class Score:
    """Tallies by kind, intrusions, and each error as (what, report, kind, words, fields)."""

    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    intrusions: int = 0
    errors: list[tuple[str, str, str, str, dict[str, Any]]] = field(default_factory=list)

    def line(self, name: str) -> Tally:
        """The tally of a kind, or of a group of kinds (HARD, SOFT, ALL)."""
        return sum((self.kinds.get(k, Tally()) for k in GROUPS.get(name, (name,))), Tally())


def score(gold: Iterable[Record], claims: Iterable[Record]) -> Score:
    """Scores the claims, records with `source`, on every report that stands in the gold."""
    golds: dict[str, list[Record]] = defaultdict(list)
    predictions: dict[str, list[Record]] = defaultdict(list)
    for g in gold:
        golds[g["source"]].append(g)
    for p in claims:
        predictions[p["source"]].append(p)
    result = Score()
    for source in sorted(golds):
        _report(source, golds[source], predictions[source], result)
    return result


def _report(source: str, records: list[Record], predictions: list[Record], result: Score) -> None:
    gold = [g for g in records if not g.get("never")]
    never = [g for g in records if g.get("never")]
    pairs = _pairs(gold, predictions)
    of_gold: dict[int, tuple[int, float]] = {}
    of_prediction: dict[int, int] = {}
    for agreement, _, i, j in pairs:
        if i not in of_gold and j not in of_prediction:
            of_gold[i], of_prediction[j] = (j, agreement), i
    touching = {j for _, _, _, j in pairs}
    for i, g in enumerate(gold):
        if not g.get("optional"):
            _judge_gold(source, g, of_gold.get(i), predictions, result)
    for j, p in enumerate(predictions):
        tally = result.kinds[p["kind"]]
        intruding = any(_overlap(p, n) > 0 for n in never)
        if not intruding and j in touching and (j not in of_prediction or gold[of_prediction[j]].get("optional")):
            continue
        tally.predicted += 1
        if intruding or j not in of_prediction:
            tally.invented += 1
            result.intrusions += intruding
            result.errors.append(("intrusion" if intruding else "invented", source, p["kind"], p["quote"], _keys(p)))


def _pairs(gold: list[Record], predictions: list[Record]) -> list[tuple[float, int, int, int]]:
    """(agreement, overlap, gold, prediction) for all of the same kind that share words, best first."""
    pairs = []
    for i, g in enumerate(gold):
        for j, p in enumerate(predictions):
            shared = _overlap(g, p)
            if p["kind"] == g["kind"] and shared > 0:
                keys = [k for k in KEYS[g["kind"]] if g.get(k) is not None]
                right = sum(agree(k, g[k], p.get(k)) for k in keys)
                pairs.append((right / len(keys) if keys else 1.0, shared, i, j))
    return sorted(pairs, reverse=True)


def _judge_gold(
    source: str, g: Record, match: tuple[int, float] | None, predictions: list[Record], result: Score
) -> None:
    tally = result.kinds[g["kind"]]
    tally.gold += 1
    if match is None:
        result.errors.append(("missed", source, g["kind"], g["quote"], _keys(g)))
        return
    tally.found += 1
    if match[1] == 1.0:
        tally.right += 1
        return
    p = predictions[match[0]]
    wrong = {k: (g[k], p.get(k)) for k in KEYS[g["kind"]] if g.get(k) is not None and not agree(k, g[k], p.get(k))}
    result.errors.append(("wrong", source, g["kind"], g["quote"], wrong))


def _overlap(a: Record, b: Record) -> int:
    return int(min(a["end"], b["end"]) - max(a["start"], b["start"]))


def _keys(record: Record) -> dict[str, Any]:
    return {k: record[k] for k in KEYS[record["kind"]] if record.get(k) is not None}


def agree(key: str, gold: Any, got: Any) -> bool:
    """True where a key field says the same; `gold` is not None."""
    if key == "amount":
        return _same_amount(gold, got)
    if key == "change":
        return _same_change(gold, got)
    if key == "when":
        return _same_when(gold, got)
    if key in ("speaker", "person", "city"):
        return bool(got) and bool(_words(gold) & _words(got))
    if isinstance(gold, (int, float)) and not isinstance(gold, bool):
        return isinstance(got, (int, float)) and _close(gold, got)
    return bool(gold == got)


def _close(a: float, b: float, *, within: float = 0.005) -> bool:
    return abs(float(a) - float(b)) <= within * max(abs(float(a)), abs(float(b)), 1e-12)


def _ends(value: Any) -> tuple[float, float] | None:
    """Both ends of a number, a value or a range."""
    if isinstance(value, (int, float)):
        return value, value
    if isinstance(value, Mapping):
        if value.get("value") is not None:
            return value["value"], value["value"]
        if value.get("low") is not None:
            return value["low"], value["high"]
    return None


def _same_amount(gold: Any, got: Any) -> bool:
    """The same sum in the same currency, be it the one written first or one in brackets."""
    wanted = _ends(gold)
    if wanted is None or not isinstance(got, Mapping):
        return False
    for form in (got, *(got.get("also") or ())):
        ends = _ends(form)
        if ends and form.get("currency") == gold.get("currency") and all(map(_close, wanted, ends)):
            return True
    return False


def _percents(change: Mapping[str, Any]) -> list[tuple[float, float]]:
    """A change as percentages; "fivefold" may stand for 400 or, loosely, for 500 percent."""
    forms = [_ends(change.get("percent"))]
    times = _ends(change.get("multiple"))
    if times:
        forms += [((times[0] - 1) * 100, (times[1] - 1) * 100), (times[0] * 100, times[1] * 100)]
    return [f for f in forms if f]


def _same_change(gold: Any, got: Any) -> bool:
    if not isinstance(got, Mapping):
        return False
    for a in _percents(gold):
        for b in _percents(got):
            if _close(a[0], b[0], within=0.02) and _close(a[1], b[1], within=0.02):
                return True
    return None not in (gold.get("amount"), got.get("amount")) and _same_amount(gold["amount"], got["amount"])


def _same_when(gold: Any, got: Any) -> bool:
    """The same date, a finer one, or an interval and its first day; "about" marks are not compared."""
    if got is None:
        return False
    a, b = (re.sub(r"[~?%]", "", str(w)).removesuffix("/..") for w in (gold, got))
    return a == b or b.startswith((f"{a}-", f"{a}/")) or a.startswith(f"{b}/")


def _words(name: Any) -> set[str]:
    return set(re.findall(r"[a-z]+|[가-힣]+", str(name).lower())) - {"the", "mr", "ms", "s", "of", "a"}
