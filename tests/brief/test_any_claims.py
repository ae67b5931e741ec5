"""Whatever claims come in, the dossier and the briefing are made, name only claims that exist, and stay the same."""

from __future__ import annotations

import json
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare import brief
from burdenshare.dossier import dossier, to_json
from burdenshare.record import Entry
from dossier.cases import case, entry, report

_DATES = [
    None,
    "2019-12-03/2019-12-04",
    "2019-12~",
    "2019",
    "199X",
    "1991/..",
    "../2019",
    "XXXX-12-31",
    "2013-22",
    "2020-01",
    "2019-12-04",
    "2018-03",
    "2030",
]
_SUMS = [
    None,
    {"value": 5e9, "currency": "USD"},
    {"low": 9e11, "high": 1e12, "currency": "KRW", "bound": "about"},
    {"value": 8.695e11, "currency": "KRW", "also": [{"value": 8.2e8, "currency": "USD"}]},
    {"value": 0, "currency": "EUR"},
]
_CHANGES = [
    None,
    {"percent": 13.9},
    {"multiple": {"low": 4, "high": 5}},
    {"amount": {"value": -5e8, "currency": "USD"}},
    {"percent": {"low": 10, "high": 20}, "bound": "about"},
    {},
]
_COMMON = {
    "agreement": [None, 10, 11, 14],
    "modality": ["stated", "reported", "expected", "conditional", "denied"],
    "inferred": [[], ["agreement"], ["number", "when"]],
    "said_by": [[], ["a ministry", "an agency"]],
}
_SIDES = [None, "us", "rok", "elsewhere"]
_KINDS: dict[str, dict[str, list[object]]] = {
    "round": {
        "number": [None, 0, 3, 4, 5],
        "when": _DATES,
        "city": [None, "Seoul", "Atlantis"],
        "place": [None, "US"],
        "outcome": [None, "scheduled", "ongoing", "concluded", "no-deal", "broke-off", "deal"],
        "count": [None, None, None, 10],
        "since": [None, "2018-03"],
        "format": [None, "video"],
    },
    "position": {
        "side": _SIDES,
        "act": [None, "demand", "offer", "reject", "withdraw", "limit"],
        "amount": _SUMS,
        "change": _CHANGES,
        "per": [None, "year", "5 years"],
        "years": [None, 5, {"low": 3, "high": 5}],
        "item": [None, "one year"],
        "share_percent": [None, 50],
        "holder": [None, "Donald Trump"],
    },
    "settlement": {
        "amount": _SUMS,
        "change": _CHANGES,
        "when": _DATES,
        "years": [None, 1, 2.5],
        "year": [None, 2020],
        "growth": [None, {"rule": "cpi", "cap_percent": 4}],
        "item": [None, "labour"],
    },
    "contribution": {
        "side": _SIDES,
        "when": _DATES,
        "amount": _SUMS,
        "change": _CHANGES,
        "category": [None, "labour"],
        "categories": [None, ["labour", "logistics"]],
        "share_percent": [None, 44, {"low": 40, "high": 50}],
    },
    "cost": {"amount": _SUMS, "per": [None, "year"]},
    "term": {"event": [None, "expiry", "target", "signature", "start", "talks-start"], "when": _DATES},
    "headcount": {
        "group": [None, "troops", "furloughed"],
        "number": [None, 28500, 28000],
        "low": [None, 1],
        "high": [2],
        "bound": [None, "about"],
        "share_percent": [None, 50],
    },
    "appointment": {"person": [None, "Jim", "DeHart", ""], "role": [None, "envoy"], "side": _SIDES},
    "statement": {"speaker": [None, "someone"], "side": _SIDES, "when": _DATES, "direct": [None, True]},
    "linkage": {"side": _SIDES, "topic": [None, "other", "troop-reduction"], "stance": [None, "sought", "ruled-out"]},
    "consequence": {
        "effect": [None, "furlough", "other"],
        "stage": [None, "notice"],
        "group": [None, "troops"],
        "number": [None, 4000],
        "when": _DATES,
        "condition": [None, "no-deal"],
    },
    "event": {"type": [None, "election", "other"], "when": _DATES},
}
_PUBLISHED = [None, "2019-12-05", "2019-12", "2019", "2013-12-10", "2024-03", "1990", "XXXX-03"]


def _any_entry(rng: random.Random) -> Entry:
    number = rng.randrange(6)
    told = report(f"r{number}", _PUBLISHED[number % len(_PUBLISHED)], copies="r0" if number == 1 else "")
    kind = rng.choice(sorted(_KINDS))
    fields = {name: rng.choice(values) for name, values in (_COMMON | _KINDS[kind]).items()}
    decision = rng.choice([None, None, None, "accept", "reject", "correct"])
    return entry(told, kind, f"words {rng.randrange(5)}", decision=decision, **fields)


def any_entries(rng: random.Random) -> list[Entry]:
    """Up to forty entries with any fields the vocabulary allows, each once."""
    made = [_any_entry(rng) for _ in range(rng.randrange(1, 40))]
    return list({e.id: e for e in made}.values())


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_any_claims_make_a_dossier_and_a_briefing(seed: int) -> None:
    rng = random.Random(seed)
    entries = any_entries(rng)
    known = dossier(entries, case())
    text = json.dumps(to_json(known))
    mixed = rng.sample(entries, len(entries))
    assert json.dumps(to_json(dossier(mixed, case()))) == text
    ids = {e.id for e in entries}
    for items in (known.rounds, known.positions, known.terms, known.settlements, known.contributions, known.linkages):
        for item in items:
            assert item.support
            assert set(item.support) | set(item.dissent) <= ids
            assert not set(item.support) & set(item.dissent)
            assert item.sources > 0
    written = brief.markdown(known, entries, case())
    assert written == brief.markdown(known, mixed, case())
    briefing, citations = brief.compose(known, entries, case())
    for line in (*briefing.summary, *(line for s in briefing.sections for line in s.lines)):
        assert "None" not in line.text
        assert not line.support or citations.behind(line.support)
