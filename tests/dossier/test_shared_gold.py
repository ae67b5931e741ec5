"""The talks of 2019 on the gold claims of real reports, where the shared folder lies beside the repository."""

from __future__ import annotations

import csv
import json
import os
from datetime import date
from pathlib import Path

import pytest

from burdenshare import edtf
from burdenshare.case import load
from burdenshare.dossier import dossier
from burdenshare.reading import claim as claims
from burdenshare.record import Entry, Report
from burdenshare.sources import Published

SHARED = Path(os.environ.get("BURDENSHARE_SHARED") or Path(__file__).parents[3] / "shared")
SEEDS = {"000": "2024-03", "001": "2019-12", "002": "2019-11", "003": "2019-09-26", "004": "2019-12-05"}

pytestmark = pytest.mark.skipif(
    not (SHARED / "gold" / "seeds.jsonl").is_file(), reason=f"no gold claims under {SHARED}; set BURDENSHARE_SHARED"
)


def _entries(path: Path, published: dict[str, str]) -> list[Entry]:
    found = []
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record.pop("never", False) or record.pop("optional", False):
            continue
        name = record["source"]
        text = published.get(name, published.get(name[:3], ""))
        known = Published(edtf.parse(text) if text else None, "given" if text else "unknown")
        claim = claims.from_json(record | {"case": "us-rok-sma"})
        found.append(Entry(claim.id, claim, Report(name, f"{name}.txt", "", name, "", "", "en", known, name)))
    return found


def _seeds() -> list[Entry]:
    return _entries(SHARED / "gold" / "seeds.jsonl", SEEDS)


def test_the_five_seeds_as_of_the_end_of_2019() -> None:
    d = dossier(_seeds(), load("us-rok-sma"), as_of=date(2019, 12, 31))
    assert {r.agreement for r in d.rounds} == {11}
    rounds = {r.number: r for r in d.rounds}
    assert sorted(rounds) == [1, 2, 3, 4, 5, 6]
    assert [(rounds[n].when, rounds[n].outcome) for n in sorted(rounds)] == [
        ("2019-09-24/2019-09-25", "concluded"),
        ("2019-10", "scheduled"),
        ("2019-11-18", "broke-off"),
        ("2019-12-03/2019-12-04", "no-deal"),
        ("2019-12~", "no-deal"),
        ("2020-01", "scheduled"),
    ]
    assert rounds[1].venue == "Korea Institute for Defense Analyses"
    assert (rounds[4].city, rounds[5].city) == ("Washington", "Seoul")
    assert rounds[3].sources == 2
    assert [(t.agreement, t.when) for t in d.terms if t.event == "expiry"] == [(10, "2019-12-31")]
    demand = next(p for p in d.positions if p.measure == "USD")
    assert demand.amount is not None
    assert (demand.amount.low, demand.amount.high, demand.per) == (4.7e9, 5e9, "year")
    assert not any(c.change for c in d.contributions)
    later = dossier(_seeds(), load("us-rok-sma"), as_of=date(2024, 12, 31))
    assert [c.change.percent for c in later.contributions if c.change] == [13.9]
    assert {r.agreement for r in later.rounds} == {11}


def test_many_reports_of_a_round_are_one_round() -> None:
    index = csv.DictReader((SHARED / "dev" / "index.csv").read_text("utf-8").splitlines())
    published = {row["source"]: row["published"] for row in index}
    d = dossier([*_seeds(), *_entries(SHARED / "dev" / "gold.jsonl", published)], load("us-rok-sma"))
    numbers = [r.number for r in d.rounds if r.agreement == 11]
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    third = d.rounds[[r.number for r in d.rounds].index(3)]
    assert (third.when, third.city, third.outcome) == ("2019-11-18/2019-11-19", "Seoul", "broke-off")
    assert third.sources >= 5
    assert [r.number for r in d.rounds if r.agreement == 10] == [1, 4]
