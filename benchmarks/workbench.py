"""How fast the workbench answers on a large record: pages at the 95th percentile with eight clients at once.

python benchmarks/workbench.py [--quick] [--json] [--keep FOLDER] [--settled]

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


# -- asking the workbench ------------------------------------------------------------------------------------------


def addresses(ids: list[str], seed: int) -> Iterator[tuple[str, str]]:
    """Pages as eight analysts would open them: the name of the page and its address, without end."""
    rng = random.Random(seed)
    while True:
        yield "front page", f"/{CASE}"
        yield "report", f"/{CASE}/reports/{rng.choice(ids)}"
        yield "positions", f"/{CASE}/positions"
        yield "search", f"/{CASE}/search?q={'+'.join(rng.sample(WORDS, rng.choice((1, 2))))}"
        yield "reports", f"/{CASE}/reports?page={rng.randrange(1, max(2, len(ids) // 50))}"
        yield "rounds", f"/{CASE}/rounds"


def client(base: str, ids: list[str], seed: int, rounds: int, found: dict[str, list[tuple[float, int]]]) -> None:
    """One client: asks for one page after the other, and notes milliseconds and bytes."""
    pages = addresses(ids, seed)
    with httpx.Client(base_url=base, timeout=60) as http:
        for _ in range(rounds * 6):
            name, path = next(pages)
            begun = time.perf_counter()
            answer = http.get(path)
            took = (time.perf_counter() - begun) * 1e3
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}")
            text = answer.text
            charts = sum(len(part.split("</svg>")[0]) for part in text.split("<svg")[1:])
            found[name].append((took, len(answer.content) - charts))


def ready(base: str, server: subprocess.Popen[bytes], seconds: float, *, settled: bool) -> float:
    """Seconds until the front page stands; `settled`: with what changed in the last 30 days, as long again."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        if server.poll() is not None:
            raise SystemExit("the workbench ended by itself")
        try:
            answer = httpx.get(f"{base}/{CASE}", timeout=60)
            if answer.status_code == 200 and (not settled or "still being worked out" not in answer.text):
                return time.perf_counter() - begun
        except httpx.TransportError:
            pass
        time.sleep(2)
    raise SystemExit(f"the workbench was not ready within {seconds:.0f} seconds")


def report_ids(path: Path) -> list[str]:
    """Ids of the reports of the record."""
    with open_record(str(path)) as record, record.connection() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT id FROM documents ORDER BY id")]


def free_port() -> int:
    """A port that nobody listens on."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(
    folder: Path, count: int, rounds: int, *, settled: bool
) -> tuple[float, dict[str, list[tuple[float, int]]]]:
    """Starts the workbench on the made record and asks; gives the seconds until it stood, and what each page took."""
    path = folder / f"made-{count}.db"
    write_record(path, count)
    ids = report_ids(path)
    port = free_port()
    program = str(Path(sys.executable).with_name("burdenshare"))
    command = [program, "--db", str(path), "serve", "--port", str(port), "--no-open"]
    server = subprocess.Popen(command)
    found: dict[str, list[tuple[float, int]]] = {n: [] for n, _ in zip_names()}
    try:
        base = f"http://127.0.0.1:{port}"
        stood = ready(base, server, 1800, settled=settled)
        threads = [threading.Thread(target=client, args=(base, ids, i, rounds, found)) for i in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        server.terminate()
        server.wait(10)
    return stood, found


def zip_names() -> list[tuple[str, str]]:
    """The pages that are asked for."""
    pages = addresses(["0" * 16], 0)
    return [next(pages) for _ in range(6)]


def main() -> None:
    """Prints a line a page: median, 95th percentile and largest size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="600 reports instead of 20,000")
    parser.add_argument("--json", action="store_true", help="a JSON list instead of lines")
    parser.add_argument("--keep", type=Path, help="a folder for the record")
    parser.add_argument("--settled", action="store_true", help="wait until nothing is worked out beside the pages")
    given = parser.parse_args()
    count, rounds = (600, 8) if given.quick else (20_000, 40)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        stood, found = measure(folder, count, rounds, settled=given.settled)
    rows: list[dict[str, Any]] = []
    if not given.json:
        print(f"{count:,} reports, {count * CLAIMS:,} claims; the front page stood after {stood:.0f} s")
    for name, answers in found.items():
        times = [ms for ms, _ in answers]
        p95 = statistics.quantiles(times, n=20)[-1]
        largest = max(size for _, size in answers)
        rows.append({"name": f"{name}, ms at the 95th percentile", "ours": round(p95, 1), "peer": None,
                     "ratio": None, "goal": GOAL_MS})  # fmt: skip
        rows.append({"name": f"{name}, bytes before charts", "ours": largest, "peer": None, "ratio": None,
                     "goal": GOAL_BYTES})  # fmt: skip
        if not given.json:
            median = statistics.median(times)
            print(
                f"{name:12} {median:7.1f} ms median  {p95:7.1f} ms at 95%  {largest / 1e3:6.1f} kB  {len(times)} asked"
            )
    if given.json:
        print(json.dumps(rows))


if __name__ == "__main__":
    main()
