"""How fast the workbench answers on a large record: pages at the 95th percentile with eight clients at once.

python benchmarks/workbench.py [--quick] [--json] [--keep FOLDER]

A record of 20,000 made reports with 400,000 claims (--quick: 600 with 12,000) is written, the workbench is started on
it as its own process on 127.0.0.1, and eight clients ask for its pages at once. --keep leaves the record in a folder
and takes it from there the next time.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from burdenshare import edtf
from burdenshare.money import Amount, Change
from burdenshare.reading import claim as claims
from burdenshare.reading.claim import Claim
from burdenshare.reading.result import Reading
from burdenshare.record import Intake, Method, open_record
from burdenshare.sources import Document, Published, Stretch

CASE = "us-rok-sma"
METHOD = Method(CASE, "rules")
AT = datetime(2020, 1, 1, tzinfo=UTC)
CLAIMS, BATCH, CLIENTS = 20, 256, 8
GOAL_MS, GOAL_BYTES = 300.0, 300_000
FIRST, DAYS = date(2013, 1, 1), 3000
OUTLETS = (
    "Han River Daily",
    "Peninsula Wire",
    "Gulf Coast Courier",
    "Capitol Monitor",
    "Harbour Post",
    "East Sea Times",
)
SPEAKERS = ("a senior official", "the foreign ministry", "the chief negotiator", "a defence official", "a lawmaker")
WORDS = (
    "alliance budget burden delegation envoy forces government increase labour logistics ministry negotiators "
    "official parliament payment proposal Seoul session share spokesman stationing sum talks troops Washington"
).split()


def sentence(rng: random.Random, lead: str) -> str:
    """A made sentence that starts with the words of a claim."""
    return f"{lead} {' '.join(rng.choices(WORDS, k=12))}."


def made_claim(rng: random.Random, number: int, day: date, common: dict[str, Any]) -> Claim:
    """A claim of a kind drawn as reports have them, about something that many reports tell of."""
    draw, side = rng.random(), rng.choice(("us", "rok"))
    when = (day - timedelta(days=rng.randrange(5))).isoformat()
    if draw < 0.30:
        return claims.Statement(speaker=rng.choice(SPEAKERS), side=side, when=when, direct=rng.random() < 0.5, **common)
    if draw < 0.50:
        met = (day - FIRST).days // 60  # a round every sixty days, of which every report of these days tells
        when = (FIRST + timedelta(days=60 * met)).isoformat()
        outcome = rng.choice(("concluded", "concluded", "no-deal"))
        city = ("Seoul", "Washington")[met % 2]
        return claims.Round(number=1 + met % 10, when=when, city=city, outcome=outcome, **common)
    if draw < 0.70:
        act, value = ("demand", 4.7e9) if side == "us" else ("offer", 1.0e9)
        amount = Amount("USD", value=value * (1 + 0.02 * rng.randrange(5)))
        return claims.Position(side=side, act=act, amount=amount, per="year", **common)
    if draw < 0.78:
        event, month = rng.choice((("expiry", "12-31"), ("signature", "02-02"), ("target", "11")))
        return claims.Term(event=event, when=f"{day.year}-{month}", **common)
    if draw < 0.86:
        amount = Amount("KRW", value=(880 + rng.randrange(20)) * 1e9)
        return claims.Contribution(side="rok", when=str(day.year), amount=amount, per="year", **common)
    if draw < 0.92:
        return claims.Headcount(group="troops", number=28_500, **common)
    if draw < 0.97:
        return claims.Linkage(
            side=side, topic="troop-reduction", stance=rng.choice(("threatened", "ruled-out")), **common
        )
    return claims.Settlement(change=Change(percent=float(rng.randrange(5, 15))), years=5.0, **common)


def intake(number: int, seed: int) -> Intake:
    """A made report of about 2.5 KB with 20 claims."""
    rng = random.Random(f"{seed}-{number}")
    day = FIRST + timedelta(days=rng.randrange(DAYS))
    leads = [f"Claim {i} of report {number}" for i in range(CLAIMS)]
    title = f"Report {number} on the talks"
    text = title + "\n\n" + "\n".join(sentence(rng, lead) for lead in leads)
    known = Published(edtf.parse(day.isoformat()), "byline", ("A line gives the date.",))
    body = (Stretch(0, len(title) + 2, "headline"), Stretch(len(title) + 2, len(text), "body"))
    outlet = rng.choice(OUTLETS)
    document = Document(text, body, f"made/{number}.txt", title=title, outlet=outlet, lang="en", published=known)
    found = []
    for lead in leads:
        start = text.index(lead + " ")
        end = start + len(lead) + 20
        common = {"case": CASE, "source": document.id, "start": start, "end": end, "quote": text[start:end]}
        found.append(made_claim(rng, number, day, common))
    return Intake(document, Reading(tuple(found)), METHOD, document)


def write_record(path: Path, count: int, *, seed: int = 6) -> None:
    """Writes the made record, unless it is there."""
    if path.exists():
        return
    with open_record(str(path)) as record:
        for at in range(0, count, BATCH):
            record.keep([intake(i, seed) for i in range(at, min(count, at + BATCH))], at=AT)
