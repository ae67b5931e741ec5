"""The dossier of a large record takes work in proportion to its claims: counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burdenshare import case as cases
from burdenshare import edtf
from burdenshare.dossier import dossier, values, voices
from burdenshare.dossier.contest import Ballot
from burdenshare.dossier.timeline import Evidence
from burdenshare.reading import claim as claims
from burdenshare.record import Entry, Report
from burdenshare.sources import Published

CASE = cases.load("us-rok-sma")
FIRST = date(2019, 1, 1)


def report(i: int, day: date | None) -> Report:
    when = edtf.parse(day.isoformat()) if day else None
    id_ = f"{i:016x}"
    return Report(id_, f"{i}.txt", "", f"Paper {i % 7}", "", "", "en", Published(when, "byline", ()), id_)


def entry(report: Report, start: int, kind: type[Any], **fields: Any) -> Entry:
    words = f"words {start}"
    common = {"case": CASE.id, "source": report.id, "start": start, "end": start + len(words), "quote": words}
    claim = kind(**common, **fields)
    return Entry(claim.id, claim, report)


def one_story(i: int) -> list[Entry]:
    """Every report tells of one meeting, each in its own words; half of them leave its day or its number out."""
    told = report(i, FIRST + timedelta(days=30 + i % 5))
    when = (FIRST + timedelta(days=27 + i % 3)).isoformat() if i % 2 else None
    number = 3 if i % 3 else None
    return [
        entry(told, 0, claims.Round, number=number, when=when, city="Seoul", outcome=("concluded", "no-deal")[i % 2]),
        entry(told, 20, claims.Statement, speaker=f"Official {i}", when="2019-01"),
    ]


def many_days(i: int) -> list[Entry]:
    """Every report gives an agreement another day of signature, and the talks another day they aim at."""
    day = FIRST + timedelta(days=i)
    told = report(i, day)
    return [
        entry(told, 0, claims.Term, event="signature", when=day.isoformat(), agreement=10),
        entry(told, 20, claims.Term, event="target", when=day.isoformat(), agreement=10),
    ]


def calls(entries: Sequence[Entry]) -> int:
    """Calls of functions, built-in ones too, while the dossier is worked out."""
    seen = 0

    def note(_: Any, event: str, __: Any) -> None:
        nonlocal seen
        seen += event in ("call", "c_call")

    former = sys.getprofile()
    sys.setprofile(note)
    try:
        dossier(entries, CASE)
    finally:
        sys.setprofile(former)
    return seen


@pytest.mark.parametrize("story", [one_story, many_days])
def test_twice_the_reports_take_twice_the_work(story: Any) -> None:
    counted = [calls([e for i in range(n) for e in story(i)]) for n in (60, 240, 480)]
    first, twice = (counted[1] - counted[0]) / 180, (counted[2] - counted[1]) / 240
    assert twice < 1.25 * first, counted


def slow_rank(
    evidence: Sequence[Evidence], agree: Any, fineness: Any, precise: Any
) -> list[tuple[str, list[Evidence]]]:
    """What `rank` says, by comparing every value with every other each time."""
    said: dict[str, list[Evidence]] = {}
    for e in evidence:
        said.setdefault(e.claim.when, []).append(e)  # type: ignore[attr-defined]
    found = []
    while said:

        def worth(value: str, said: dict[str, list[Evidence]] = said) -> tuple[Any, ...]:
            backing = [e for v, es in said.items() if agree(value, v) for e in es]
            own = said[value]
            accepted = any(e.entry.decision in ("accept", "correct") for e in own)
            last = max(e.day or date.min for e in own)
            return (voices.count(backing), accepted, fineness(value), voices.count(own), last, repr(value))

        best = max(said, key=worth)
        exact = max((v for v in said if precise(v)), key=worth, default=None)
        if exact is not None:
            against = [e for v, es in said.items() if not agree(exact, v) for e in es]
            best = exact if voices.count(against) <= worth(exact)[0] else best
        backing = [v for v in said if agree(best, v)]
        found.append((best, [e for v in backing for e in said[v]]))
        said = {v: es for v, es in said.items() if v not in backing}
    return found


TOLD = st.tuples(
    st.integers(0, 5),  # report
    st.sampled_from(
        ("2019-12-03", "2019-12-04", "2019-12-03/2019-12-05", "2019-12-20", "2019-12", "2019", "2019-11~", "XXXX-12-31",
         "2019-12-09/.."),
    ),
    st.sampled_from((None, "accept", "correct")),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(TOLD, min_size=1, max_size=20))
def test_the_values_come_in_the_order_of_the_slow_count(told: list[tuple[int, str, Any]]) -> None:
    evidence = []
    for at, (i, when, decision) in enumerate(told):
        found = entry(report(i, FIRST + timedelta(days=i)), 10 * at, claims.Term, event="target", when=when)
        day = FIRST + timedelta(days=i)
        evidence.append(Evidence(Entry(found.id, found.claim, found.report, decision), 10, False, day, day))

    def value(e: Evidence) -> str:
        return str(e.claim.when)  # type: ignore[attr-defined]

    by_days = voices.rank(evidence, value, values.days_agree, fineness=values.day_fineness, reach=values.days_reach)
    assert by_days == slow_rank(evidence, values.days_agree, values.day_fineness, lambda _: True)
    of_meetings = voices.rank(
        evidence, value, values.dates_agree, fineness=values.date_fineness, precise=values.is_precise
    )
    assert of_meetings == slow_rank(evidence, values.dates_agree, values.date_fineness, values.is_precise)
    same = voices.rank(evidence, value, values.equal)
    assert same == slow_rank(evidence, values.equal, lambda _: 0.0, lambda _: True)
    ballot = Ballot(values.dates_agree, fineness=values.date_fineness, precise=values.is_precise)
    for e in evidence:
        ballot.add(value(e), e)
    assert ballot.first() == of_meetings[0][0]
