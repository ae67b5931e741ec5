"""Reading quality as a gate, and the gate itself: a bad reader does not pass, and floors only rise."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import gate
import pytest
import score as scoring

from burdenshare.case import load
from burdenshare.reading.claim import check, from_json
from burdenshare.sources import Document, Given, read_path

USD5 = {"value": 5e9, "currency": "USD"}
OWN = ("develop", "check", "cases", "cases-check", "ko-develop", "ko-check", "examples")
SHARED = ("seeds", "dev", "dev-ko")


def corpus(name: str) -> gate.Corpus:
    found = {c.name: c for c in gate.corpora()}
    if name not in found:
        pytest.skip("the folder with further gold is not on this machine (BURDENSHARE_SHARED or ../shared)")
    return found[name]


@lru_cache
def read(name: str) -> list[dict[str, Any]]:
    return gate.rules_reader(corpus(name))


def gold_of(c: gate.Corpus) -> list[dict[str, Any]]:
    """What a perfect reader takes."""
    return [dict(g) for g in c.gold if not g.get("never") and not g.get("optional")]


@pytest.mark.parametrize("name", OWN + SHARED)
def test_the_reader_stands_on_every_floor(name: str) -> None:
    c = corpus(name)
    pinned = gate.load_floors()
    assert name in pinned, f"{name} has no floors; run python tests/reading/gate.py --pin"
    wrong_dates = len(gate.misdated(c))
    assert gate.faults(c, gate.measure(c, lambda _: read(name)), pinned[name], wrong_dates=wrong_dates) == []


def silent(c: gate.Corpus) -> list[dict[str, Any]]:
    return []


def on_furniture(c: gate.Corpus) -> list[dict[str, Any]]:
    return [
        {"source": g["source"], "kind": "position", "start": g["start"], "end": g["end"], "quote": g["quote"]}
        for g in c.gold
        if g.get("never") and "start" in g
    ] + gold_of(c)


def double_sums(c: gate.Corpus) -> list[dict[str, Any]]:
    claims = gold_of(c)
    for claim in claims:
        if claim.get("amount"):
            claim["amount"] = {k: v * 2 if isinstance(v, float) else v for k, v in claim["amount"].items()}
            claim["amount"].pop("also", None)
    return claims


def everything(c: gate.Corpus) -> list[dict[str, Any]]:
    """A claim of every kind on every sentence: all is found, nothing is right, most is invented."""
    out = []
    for source, path in c.texts.items():
        text = path.read_text()
        for start in range(0, len(text) - 60, 60):
            for kind in scoring.KEYS:
                out.append(
                    {
                        "source": source,
                        "kind": kind,
                        "start": start,
                        "end": start + 60,
                        "quote": text[start : start + 60],
                    }
                )
    return out


@pytest.mark.parametrize("bad", [silent, on_furniture, double_sums, everything])
@pytest.mark.parametrize("name", OWN)
def test_a_bad_reader_does_not_pass(name: str, bad: gate.Reader) -> None:
    c = corpus(name)
    good = gate.measure(c, gold_of)
    assert good.line("ALL").f1 == 1.0
    assert good.intrusions == 0
    pinned = gate.raised(c, good, None)
    assert gate.faults(c, good, pinned) == []
    assert gate.faults(c, gate.measure(c, bad), pinned)


@pytest.mark.parametrize("bad", [silent, everything])
@pytest.mark.parametrize("name", OWN)
def test_a_bad_reader_does_not_pass_the_floors_in_force(name: str, bad: gate.Reader) -> None:
    c = corpus(name)
    assert gate.faults(c, gate.measure(c, bad), gate.load_floors()[name])


def test_floors_only_rise() -> None:
    c = corpus("develop")
    claims = gold_of(c)
    good, worse = gate.measure(c, lambda _: claims), gate.measure(c, lambda _: claims[: len(claims) // 2])
    low = gate.raised(c, worse, None)
    high = gate.raised(c, good, low)
    assert all(high.f1[n] >= f for n, f in low.f1.items())
    assert high.f1["ALL"] == pytest.approx(1.0 - gate.SLACK)
    with pytest.raises(gate.GateError, match="floors only rise"):
        gate.raised(c, worse, high)
    with pytest.raises(gate.GateError, match="dated wrong"):
        gate.raised(c, good, high, wrong_dates=high.misdated + 1)
    with pytest.raises(gate.GateError, match="floors only rise"):
        gate.raised(c, worse, high, because="a reason is for new gold, not for a worse reader")


def test_changed_gold_shuts_the_gate_until_a_reason_is_given() -> None:
    c = corpus("develop")
    good = gate.measure(c, gold_of)
    pinned = gate.raised(c, good, None)
    changed = gate.Corpus(c.name, c.texts, c.gold[1:], c.cases, c.published)
    assert changed.hash != c.hash
    assert "the gold or the reports changed" in gate.faults(changed, gate.measure(changed, gold_of), pinned)[0]
    with pytest.raises(gate.GateError, match="--because"):
        gate.raised(changed, good, pinned)
    assert gate.raised(changed, good, pinned, because="a line was wrong").hash == changed.hash


def test_the_command_pins_refuses_and_keeps_the_check_corpus_to_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.toml"
    assert gate.main(["--pin"], path=path, reader=gold_of) == 0
    before = path.read_text()
    assert gate.load_floors(path)["develop"].f1["ALL"] == pytest.approx(1.0 - gate.SLACK)
    assert gate.main(["--pin"], path=path, reader=silent) == 1
    assert path.read_text() == before
    assert "floors only rise" in capsys.readouterr().err
    assert gate.main([], path=path, reader=silent) == 1
    assert gate.main(["--misses", "check"], path=path, reader=silent) == 2
    shown = capsys.readouterr().out
    assert gate.main(["--misses", "develop"], path=path, reader=silent) == 0
    assert not any(g["quote"] in shown for g in corpus("check").gold if len(g["quote"]) > 20)


@pytest.mark.parametrize("name", OWN)
def test_gold_is_in_the_vocabulary_and_in_the_text(name: str) -> None:
    c = corpus(name)
    for g in c.gold:
        text = c.texts[g["source"]].read_text()
        assert text[g["start"] : g["end"]] == g["quote"]
        if not g.get("never"):
            check(from_json({k: v for k, v in g.items() if k != "optional"} | {"case": c.cases[g["source"]]}), text)


def page_and_mail() -> list[Any]:
    """The gold lines of the two examples that are not plain text; only their words can be looked for."""
    lines = [json.loads(line) for line in (gate.ROOT / "examples" / "gold.jsonl").read_text().splitlines()]
    return [g for g in lines if "start" not in g and not g.get("optional")]


@lru_cache
def body_of(source: str) -> str:
    path = next((gate.ROOT / "examples" / "reports").glob(f"{source}.*"))
    (document,) = read_path(path, given=Given(case=load("us-rok-sma")))
    assert isinstance(document, Document)
    return "\0".join(document.text[s.start : s.end] for s in document.body)


@pytest.mark.parametrize("line", page_and_mail(), ids=lambda g: g["quote"][:40])
def test_page_and_mail_keep_what_carries_claims_and_lose_their_furniture(line: dict[str, Any]) -> None:
    assert (line["quote"] in body_of(line["source"])) is not bool(line.get("never"))


@pytest.mark.parametrize(
    ("key", "gold", "got", "same"),
    [
        ("amount", USD5, {"value": 5.01e9, "currency": "USD"}, True),
        ("amount", USD5, {"value": 4.7e9, "currency": "USD"}, False),
        ("amount", USD5, {"value": 5e9, "currency": "KRW"}, False),
        ("amount", USD5, {"value": 6e12, "currency": "KRW", "also": [USD5]}, True),
        ("amount", {"low": 8e11, "high": 9e11, "currency": "KRW"}, {"value": 8e11, "currency": "KRW"}, False),
        ("amount", USD5, None, False),
        ("change", {"multiple": 5}, {"percent": 400}, True),
        ("change", {"multiple": 5}, {"percent": 500}, True),
        ("change", {"percent": 13.9}, {"percent": 8.2}, False),
        ("change", {"percent": {"low": 10, "high": 20}}, {"percent": {"low": 10, "high": 20}}, True),
        ("when", "2019-12", "2019-12-04", True),
        ("when", "2019-12-04", "2019-12", False),
        ("when", "2019-12-03/2019-12-04", "2019-12-03", True),
        ("when", "2019-12-03/2019-12-04", "2019-12-04", False),
        ("when", "2019-12-03", "2019-12-03/2019-12-04", True),
        ("when", "2019-12~", "2019-12", True),
        ("speaker", "James DeHart", "DeHart", True),
        ("speaker", "James DeHart", "Jeong Eun-bo", False),
        ("number", 4, 5, False),
        ("outcome", "no-deal", "concluded", False),
    ],
)  # fmt: skip
def test_what_counts_as_the_same(key: str, gold: Any, got: Any, same: bool) -> None:
    assert scoring.agree(key, gold, got) is same


@pytest.mark.parametrize("name", SHARED)
def test_our_scorer_agrees_with_the_other_one(name: str, tmp_path: Path) -> None:
    folder = gate.shared()
    if folder is None or not (folder / "tools" / "score_claims.py").is_file():
        pytest.skip("the other scorer is not on this machine (BURDENSHARE_SHARED or ../shared)")
    c = corpus(name)
    gold_file, claims_file = tmp_path / "gold.jsonl", tmp_path / "claims.jsonl"
    gold_file.write_text("".join(json.dumps(g) + "\n" for g in c.gold))
    for claims in (read(name), gold_of(c), double_sums(c), on_furniture(c), everything(c)[::7]):
        claims_file.write_text("".join(json.dumps(p) + "\n" for p in claims))
        command = [
            sys.executable,
            str(folder / "tools" / "score_claims.py"),
            str(gold_file),
            str(claims_file),
            "--json",
        ]
        other = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        ours = scoring.score(c.gold, claims)
        assert ours.intrusions == other["intrusions"]
        for row in other["rows"]:
            t = ours.line(row["kind"])
            assert (t.gold, t.predicted, t.found, t.right, t.invented) == tuple(
                row[k] for k in ("gold", "predicted", "found", "right", "invented")
            ), row["kind"]
            assert t.f1 == pytest.approx(row["f1"], abs=0.001)
