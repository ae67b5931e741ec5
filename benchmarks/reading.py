"""How fast a folder of reports becomes a record, and whether memory stays flat as the folder grows.

    python benchmarks/reading.py [--quick] [--json] [--reports N]

The reports are made from templates with a seed. Ours is the whole way (files, furniture, language, date,
claims, the record in SQLite) in seconds of one core; the peers read the same texts for dates
(`dateparser.search_dates`, plain and told that they are English) and quantities (`quantulum3`, its rules
alone) in the same run. Needs the `bench` extra: `pip install -e ".[bench]"`.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20191205
GOAL_RATE, GOAL_RATIO, GOAL_GROWTH, GOAL_TEXT, GOAL_KOREAN = 150.0, 50.0, 1.15, 1.2, 60.0
CASE = "us-rok-sma"

_CITIES = ("Seoul", "Washington", "Honolulu")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_HEADS = (
    "South Korea, U.S. close {o} round of cost talks without accord",
    "Allies still apart on troop costs after {o} round in {c}",
    "Seoul and Washington to meet again on defense cost-sharing",
)
_SENTENCES = (
    "Negotiators from South Korea and the United States ended the {o} round of talks on the Special Measures "
    "Agreement in {c} on {w} with no agreement in sight.",
    "Washington has asked Seoul to pay as much as ${b} billion a year, about {m} times the ${u} million it pays now.",
    "Seoul, which keeps to the present framework, offered a rise of {p} percent, an official at the foreign ministry "
    "said on condition of anonymity.",
    "Under the agreement in force South Korea pays {t} trillion won for this year, {q} percent more than it paid "
    "before.",
    "The 10th agreement expires on December 31, 2019, and both sides said that they want to be done by then.",
    "About 28,500 U.S. troops are stationed in South Korea to deter the North, and some {k},500 local employees work "
    "on their bases.",
    '"We came with an open mind and we will come back with one," chief negotiator James DeHart told reporters in {c}.',
    "Jeong Eun-bo, who leads the South Korean delegation, said the gap between the two sides remains wide.",
    "U.S. Forces Korea has warned that it may have to put its Korean employees on unpaid leave from April 1 if there "
    "is no deal.",
    "The next round is expected to take place in {d} next month, the ministry said in a statement on {w}.",
    "President Donald Trump said in November that a wealthy country should carry more of the cost of its own defense.",
    "A lawmaker on the defense committee said parliament would not approve an agreement that goes beyond the "
    "framework of the past {n} years.",
)
_FOOT = (
    "Related stories\nFerry line to the islands opens in {y}\nBudget of {b} trillion won passes committee",
    "Copyright 2019 Example Wire. All rights reserved.\n\nMost popular\n1 Phone maker sells {k} million sets\n"
    "2 Rain on Friday",
    "Share this article\n{k} Comments",
)


def report(number: int, *, sentences: int = 9) -> str:
    """One made report of about 1.5 KB, or 2 KB with all 12 sentences; the same number gives the same words."""
    rng = random.Random(SEED * 1_000_003 + number)
    day = date(2019, 9, 1) + timedelta(days=rng.randrange(120))
    words = {
        "o": rng.choice(_ORDINALS), "c": rng.choice(_CITIES), "d": rng.choice(_CITIES),
        "w": rng.choice(("Monday", "Tuesday", "Wednesday", "Thursday")), "b": round(rng.uniform(3, 6), 1),
        "m": rng.choice(("four", "five", "six")), "u": rng.randrange(820, 960), "p": rng.randrange(3, 14),
        "t": round(rng.uniform(0.9, 1.2), 2), "q": round(rng.uniform(2, 9), 1), "k": rng.randrange(7, 13),
        "n": rng.randrange(20, 30), "y": rng.randrange(2020, 2030),
    }  # fmt: skip
    body = [s.format(**words) for s in rng.sample(_SENTENCES, sentences)]
    dateline = f"{words['c'].upper()}, {day:%b}. {day.day} (Yonhap) -- "
    stamp = rng.choice((f"Posted on : {day.isoformat()} 10:{number % 60:02d} KST\n\n", ""))
    head = rng.choice(_HEADS).format(**words)
    filler = " ".join(f"No. {number}-{i} of the delegation's notes gives no detail." for i in range(3))
    return f"{head}\n\n{stamp}{dateline}" + "\n\n".join([*body, filler, rng.choice(_FOOT).format(**words)]) + "\n"


_KOREAN_CITIES = ("서울", "워싱턴", "호놀룰루")
_KOREAN_HEADS = (
    "한미 방위비 {o}차 회의도 빈손…입장차 그대로",
    "방위비 분담금 협상 {o}차 회의 {c}서 열려",
    "미국, 방위비 {m}배 증액 요구…정부는 난색",
)
_KOREAN_SENTENCES = (
    "한국과 미국이 {d}일 {c}에서 제11차 방위비분담특별협정 체결을 위한 {o}차 회의를 열었으나 합의에 이르지 못했다.",
    "미국은 한국에 올해 분담금의 {m}배에 이르는 연간 {b}억 달러(약 {t}조원)를 요구한 것으로 전해졌다.",
    "정부는 기존 협정의 틀을 지켜야 한다며 {p}% 인상안을 제시했다고 외교부 당국자가 밝혔다.",
    "한국은 현행 협정에 따라 올해 1조{k}억원을 부담하는데 이는 지난해보다 {q}% 늘어난 액수다.",
    "제10차 협정은 오는 12월 31일 만료되며 양측은 연내 타결을 목표로 하고 있다.",
    "주한미군은 약 2만8천500명이고 기지에서 일하는 한국인 근로자는 {n}천여 명이다.",
    '제임스 드하트 대표는 {c}에서 취재진을 만나 "공평한 분담을 바란다는 우리 입장은 분명하다"고 말했다.',
    "정은보 방위비분담협상대사가 이끄는 한국 대표단은 인건비 문제부터 먼저 풀자고 제안한 것으로 알려졌다.",
    "주한미군사령부는 협상이 타결되지 않으면 4월 1일부터 한국인 근로자들의 무급휴직이 불가피하다고 통보했다.",
    "다음 회의는 내달 {c}에서 열릴 예정이라고 외교부가 {d}일 보도자료에서 설명했다.",
    "트럼프 대통령은 부유한 나라가 자기 방위에 더 많은 돈을 내야 한다고 거듭 주장했다.",
    "국회 외교통일위원회는 새 항목을 담은 협정의 비준동의안은 처리할 수 없다는 뜻을 모았다.",
)
_KOREAN_FOOT = "관련기사\n수도권 아파트값 {p}% 올라\n무단전재 및 재배포 금지\n많이 본 뉴스\n1 내일 전국에 비 소식"


def korean(number: int, *, sentences: int = 9) -> str:
    """One made Korean report of about 1.5 KB; the same number gives the same words."""
    rng = random.Random(SEED * 2_000_003 + number)
    day = date(2019, 9, 1) + timedelta(days=rng.randrange(120))
    words = {
        "o": rng.randrange(1, 8), "c": rng.choice(_KOREAN_CITIES), "m": rng.choice((4, 5, 6)),
        "d": rng.randrange(1, 28),
        "b": rng.randrange(30, 60), "t": rng.randrange(4, 7), "p": rng.randrange(3, 14), "k": rng.randrange(100, 999),
        "q": round(rng.uniform(2, 9), 1), "n": rng.randrange(7, 13),
    }  # fmt: skip
    body = [s.format(**words) for s in rng.sample(_KOREAN_SENTENCES, sentences)]
    head = rng.choice(_KOREAN_HEADS).format(**words)
    stamp = f"입력 {day.isoformat()} 10:{number % 60:02d}\n\n"
    foot = _KOREAN_FOOT.format(**words)
    return f"{head}\n{stamp}(서울=한빛통신) " + "\n\n".join([*body, f"{number}번째 기사입니다.", foot]) + "\n"


def write(folder: Path, count: int, *, of: Callable[[int], str] = report) -> int:
    """Writes the reports as files; returns their size in bytes."""
    size = 0
    for number in range(count):
        size += (folder / f"{of.__name__}-{number:05d}.txt").write_bytes(of(number).encode())
    return size


def run(folder: Path) -> tuple[int, int, float, float]:
    """The whole way for a folder: reports, claims, seconds of one core, peak memory in MB."""
    from burdenshare import arrival, intake
    from burdenshare.record import open_record

    cases = arrival.Cases(CASE)
    reader = intake.rules()
    assert cases.all
    with tempfile.TemporaryDirectory() as place, open_record(str(Path(place) / "talks.db")) as record:
        with tempfile.TemporaryDirectory() as first:  # what is loaded once is not what a report costs
            write(Path(first), 3)
            write(Path(first), 3, of=korean)
            list(intake.Intaking(record, reader).run(arrival.Arriving(cases).run([first])))
        start = time.process_time()
        lines = claims = 0
        for line in intake.Intaking(record, reader).run(arrival.Arriving(cases).run([str(folder)])):
            lines += 1
            claims += line.claims
        seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return lines, claims, seconds, peak


def in_a_process(folder: Path) -> tuple[int, int, float, float]:
    """`run` in a process of its own, so that its peak memory is its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--folder", str(folder)], capture_output=True, text=True, check=True
    )
    lines, claims, seconds, peak = json.loads(done.stdout)
    return lines, claims, seconds, peak


def peer(texts: list[str], languages: list[str] | None) -> float:
    """Reports a second of one core for the two libraries together."""
    warnings.filterwarnings("ignore")
    from dateparser.search import search_dates
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # its word-sense model needs an old scikit-learn; without it the peer is faster
    search_dates(texts[0], languages=languages)  # what is loaded once is not counted
    parser.parse(texts[0])
    start = time.process_time()
    for text in texts:
        search_dates(text, languages=languages)
        parser.parse(text)
    return len(texts) / (time.process_time() - start)


def per_text(count: int = 40) -> tuple[float, float]:
    """Milliseconds of CPU to lay out, date and sketch one text, best of 5; and the texts' mean size in bytes."""
    from burdenshare.case import load
    from burdenshare.sources import read_text, signature

    case = load(CASE)
    texts = [report(i, sentences=len(_SENTENCES)) for i in range(count)]
    best = float("inf")
    for _ in range(6):  # the first loads what is loaded once
        start = time.process_time()
        for text in texts:
            signature(read_text(text, origin="benchmark", case=case))
        best = min(best, time.process_time() - start)
    return 1000 * best / count, sum(len(t.encode()) for t in texts) / count


def _row(name: str, ours: float, other: float, goal: str) -> dict[str, Any]:
    return {
        "name": name,
        "ours": round(ours, 1),
        "peer": round(other, 2),
        "ratio": round(ours / other, 2),
        "goal": goal,
    }


def measures(count: int, sample: int) -> Iterator[dict[str, Any]]:
    """One row a measure; `goal` says what must hold of `ours` or `ratio`, and is empty where nothing must."""
    sizes = (count // 4, count // 2, count)
    peaks = []
    with tempfile.TemporaryDirectory() as top:
        for size in sizes:
            folder = Path(top) / str(size)
            folder.mkdir()
            written = write(folder, size)
            lines, claims, seconds, peak = in_a_process(folder)
            assert lines == size
            peaks.append(peak)
    rate = count / seconds
    texts = [report(i) for i in range(sample)]
    what = f"{count} reports of {written // count} bytes and {claims / count:.1f} claims; peers on {sample}"
    plain, told = peer(texts, None), peer(texts, ["en"])
    yield _row(f"reports a second of one core ({what})", rate, plain, f"ratio >= {GOAL_RATIO:.0f}")
    yield _row("the same, the peer told that the texts are English", rate, told, "")
    yield _row("reports a second of one core, beside the goal", rate, GOAL_RATE, f"ours >= {GOAL_RATE:.0f}")
    few = max(100, count // 4)
    with tempfile.TemporaryDirectory() as top:
        written = write(Path(top), few, of=korean)
        lines, claims, seconds, _ = in_a_process(Path(top))
        assert lines == few
    name = f"Korean reports a second of one core ({few} of {written // few} bytes and {claims / few:.1f} claims)"
    yield _row(f"{name}, beside the goal", few / seconds, GOAL_KOREAN, f"ours >= {GOAL_KOREAN:.0f}")
    spent, size_of = per_text()
    name = f"milliseconds of CPU to lay out, date and sketch a text of {size_of:.0f} bytes, beside the goal"
    yield _row(name, spent, GOAL_TEXT, f"ours <= {GOAL_TEXT}") | {"ours": round(spent, 2)}
    for size, peak in zip(sizes, peaks, strict=True):
        name = f"peak memory in MB at {size} reports, beside {sizes[0]}"
        yield _row(name, peak, peaks[0], f"ratio <= {GOAL_GROWTH}")


def main() -> None:
    """Prints the measures as lines, or as JSON."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="400 reports, under 45 seconds")
    options.add_argument("--json", action="store_true", help="print a JSON list")
    options.add_argument("--reports", type=int, default=2000, help="reports in the folder")
    options.add_argument("--folder", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.folder:
        print(json.dumps(run(Path(chosen.folder))))
        return
    rows = list(measures(400 if chosen.quick else chosen.reports, 6 if chosen.quick else 25))
    if chosen.json:
        print(json.dumps(rows, indent=1))
        return
    for row in rows:
        print(f"{row['name']}: {row['ours']} (beside {row['peer']}, ratio {row['ratio']}; goal {row['goal']})")


if __name__ == "__main__":
    main()
