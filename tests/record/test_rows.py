"""What is stored of a claim is the vocabulary's JSON, and comes back as the claim."""

from __future__ import annotations

import json
import typing
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare.money import Amount, Change, Growth, Range
from burdenshare.reading.claim import COMMON, KINDS, Claim, from_json, to_json
from burdenshare.record import rows

numbers = st.floats(-1e18, 1e18, allow_nan=False)
ranges = st.tuples(numbers, numbers).map(lambda pair: Range(min(pair), max(pair)))
plain = st.one_of(
    st.builds(lambda v, b: Amount("USD", value=v, bound=b), numbers, st.sampled_from(["exact", "up-to"])),
    ranges.map(lambda r: Amount("KRW", low=r.low, high=r.high)),
)
amounts = st.builds(
    lambda a, more: Amount(a.currency, a.value, a.low, a.high, a.bound, tuple(more)), plain, st.lists(plain, max_size=2)
)
st.register_type_strategy(Range, ranges)
st.register_type_strategy(Amount, amounts)
st.register_type_strategy(Growth, st.builds(Growth, rule=st.just("cpi"), percent=numbers, cap_percent=st.none()))
st.register_type_strategy(
    Change, st.builds(Change, st.none() | numbers | ranges, st.none() | numbers | ranges, st.none() | amounts)
)


def claims() -> st.SearchStrategy[Claim]:
    def of(cls: Any) -> st.SearchStrategy[Claim]:
        fields = {name: st.from_type(hint) for name, hint in typing.get_type_hints(cls).items() if name != "kind"}
        fields |= {name: st.sampled_from([None, "2019-12", "1991/.."]) for name in ("when", "since") if name in fields}
        fields |= {name: st.floats(0, 9) for name in ("years",) if name in fields}
        return st.builds(cls, **fields)

    return st.one_of([of(cls) for cls in KINDS.values()])


@settings(max_examples=60, deadline=None)
@given(claims())
def test_a_stored_claim_says_what_the_vocabulary_says_and_comes_back(claim: Claim) -> None:
    stored = json.loads(json.dumps(rows.encode(claim)))
    said = json.loads(json.dumps(to_json(claim)))
    assert stored == {k: v for k, v in said.items() if v is not None and (v != [] or k not in COMMON)}
    assert rows.decode(stored) == claim
    assert from_json(stored) == claim
