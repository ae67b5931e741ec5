"""The reading gate: how well the reader reads pinned corpora, and floors that only rise.

    python tests/reading/gate.py                     shows the scores beside the floors
    python tests/reading/gate.py --misses develop    lists what was missed, wrong or invented in one corpus
    python tests/reading/gate.py --pin               raises the floors to what is measured; refuses to lower one
    python tests/reading/gate.py --pin --because WHY the same after the gold changed, and keeps the reason

The corpora `check` and `cases-check` are kept back: their scores are shown, their errors are not, so that no rule is
written for their sentences.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import os
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import score as scoring

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FLOORS = HERE / "floors.toml"
# A pinned floor stands this far below what was measured, so that a change that trades one claim for another in a kind
# of few claims may pass, and one that loses a tenth of a kind may not. Set by hand; to reset, change it and pin again.
SLACK = 0.02
LEAST = 8  # a kind with fewer gold claims in a corpus has no floor of its own: one claim would swing it by a tenth
KEPT_BACK = ("check", "cases-check", "ko-check")

Reader = Callable[["Corpus"], list[dict[str, Any]]]


class GateError(Exception):
    """A floor would be lowered, or the gold changed without a reason given."""


@dataclass(frozen=True)
class Corpus:
    """Reports with gold: `texts` by source id, the gold records, the case each report is read for."""

    name: str
    texts: Mapping[str, Path]
    gold: tuple[dict[str, Any], ...]
    cases: Mapping[str, str]
    published: Mapping[str, str]  # EDTF, where the day a report came out is known

    @property
    def hash(self) -> str:
        """SHA-256 over the gold and the reports, in the order of their names."""
        digest = hashlib.sha256(json.dumps(self.gold, sort_keys=True, ensure_ascii=False).encode())
        for source in sorted(self.texts):
            digest.update(source.encode() + b"\0" + self.texts[source].read_bytes() + b"\0")
        return digest.hexdigest()[:32]


@dataclass(frozen=True)
class Pinned:
    """What floors.toml says of a corpus."""

    hash: str
    intrusions: int
    misdated: int
    f1: Mapping[str, float]


def shared() -> Path | None:
    """The folder with further gold, where this machine has one."""
    folder = Path(os.environ.get("BURDENSHARE_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "dev" / "gold.jsonl").is_file() else None


def corpora() -> list[Corpus]:
    """Our own corpora, then those of the shared folder where there is one."""
    own = HERE / "gold" / "en"
    found = [
        _corpus("develop", own / "texts", own / "gold.jsonl", starts=("t", "v")),
        _corpus("check", own / "texts", own / "gold.jsonl", starts=("w",)),
        _corpus(
            "cases", HERE / "gold" / "cases" / "texts", HERE / "gold" / "cases" / "gold.jsonl", starts=("j", "n", "g")
        ),
        _corpus(
            "cases-check", HERE / "gold" / "cases" / "texts", HERE / "gold" / "cases" / "gold.jsonl", starts=("k",)
        ),
        _corpus("ko-develop", HERE / "gold" / "ko" / "texts", HERE / "gold" / "ko" / "gold.jsonl", starts=("a",)),
        _corpus("ko-check", HERE / "gold" / "ko" / "texts", HERE / "gold" / "ko" / "gold.jsonl", starts=("b",)),
        _corpus("examples", ROOT / "examples" / "reports", ROOT / "examples" / "gold.jsonl"),
    ]
    folder = shared()
    if folder:
        found.append(_corpus("seeds", folder / "seeds", folder / "gold" / "seeds.jsonl"))
        found.append(_corpus("dev", folder / "dev" / "texts", folder / "dev" / "gold.jsonl"))
        if (folder / "dev_ko" / "gold.jsonl").is_file():
            found.append(_corpus("dev-ko", folder / "dev_ko" / "texts", folder / "dev_ko" / "gold.jsonl"))
    return found


def _corpus(name: str, texts: Path, gold: Path, *, starts: tuple[str, ...] = ("",)) -> Corpus:
    """Reads one corpus, or the reports in it whose names start so.

    Only plain text is scored: the place of words in a page depends on how it is read.
    """
    files = {p.stem: p for p in sorted(texts.glob("*.txt")) if p.stem.startswith(starts)}
    lines = [json.loads(line) for line in gold.read_text().splitlines() if line.strip()]
    cases, published = dict.fromkeys(files, "us-rok-sma"), {}
    index = gold.parent / "index.csv"
    if index.is_file():
        with index.open(newline="") as rows:
            for row in csv.DictReader(rows):
                if row["source"] in files:
                    cases[row["source"]] = row["case"]
                    published[row["source"]] = row["published"]
    known = {k: v for k, v in published.items() if v}
    return Corpus(name, files, tuple(g for g in lines if g["source"] in files), cases, known)


@lru_cache
def _case(case_id: str) -> Any:
    from burdenshare.case import load

    return load(case_id)


def rules_reader(corpus: Corpus) -> list[dict[str, Any]]:
    """Claims of the rule reader, as the export writes them, with the report's name as `source`."""
    from burdenshare.reading import read
    from burdenshare.reading.claim import to_json
    from burdenshare.sources import read_text

    claims = []
    for source, path in corpus.texts.items():
        case = _case(corpus.cases[source])
        document = read_text(path.read_text(), origin=str(path), case=case)
        claims += [to_json(c) | {"source": source} for c in read(document, case).claims]
    return claims


def misdated(corpus: Corpus) -> list[str]:
    """Reports dated to a span that does not hold the day they came out, a sentence each. An open date is no error."""
    from burdenshare import edtf
    from burdenshare.sources import read_text

    out = []
    for source, day in corpus.published.items():
        path = corpus.texts[source]
        when = read_text(path.read_text(), origin=str(path), case=_case(corpus.cases[source])).published.when
        if when is not None and not when.overlaps(edtf.parse(day)):
            out.append(f"{source} came out on {day} and is dated {when}")
    return out


def measure(corpus: Corpus, reader: Reader = rules_reader) -> scoring.Score:
    """Reads a corpus and scores what was read. In a report without gold claims whatever is taken is invented."""
    empty = [{"source": s, "never": True, "start": 0, "end": 0} for s in corpus.texts]
    return scoring.score([*corpus.gold, *empty], reader(corpus))


def names(result: scoring.Score) -> list[str]:
    """The lines that can have a floor: kinds with enough gold, then the groups."""
    return [k for k in scoring.KEYS if result.line(k).gold >= LEAST] + list(scoring.GROUPS)


def faults(corpus: Corpus, result: scoring.Score, pinned: Pinned, *, wrong_dates: int = 0) -> list[str]:
    """Why the gate is shut, a sentence each; empty where it is open. `wrong_dates` counts the misdated reports."""
    if corpus.hash != pinned.hash:
        return [f"{corpus.name}: the gold or the reports changed; pin it again with --pin --because WHY"]
    out = [
        f"{corpus.name}: F1 of {name} is {result.line(name).f1:.3f}, the floor is {floor:.3f}"
        for name, floor in pinned.f1.items()
        if result.line(name).f1 < floor - 1e-9
    ]
    if result.intrusions > pinned.intrusions:
        out.append(
            f"{corpus.name}: {result.intrusions} claims on page furniture, at most {pinned.intrusions} are allowed"
        )
    if wrong_dates > pinned.misdated:
        out.append(f"{corpus.name}: {wrong_dates} reports are dated wrong, at most {pinned.misdated} are allowed")
    return out


def load_floors(path: Path = FLOORS) -> dict[str, Pinned]:
    """The pinned corpora by name."""
    data = tomllib.loads(path.read_text()) if path.is_file() else {}
    return {k: Pinned(v["hash"], v["intrusions"], v["misdated"], v["f1"]) for k, v in data.get("corpus", {}).items()}


def raised(
    corpus: Corpus, result: scoring.Score, old: Pinned | None, *, wrong_dates: int = 0, because: str = ""
) -> Pinned:
    """New floors for a corpus. Raises GateError where one would sink, or the gold changed and no reason is given."""
    new = {n: max(0.0, math.floor((result.line(n).f1 - SLACK) * 1000) / 1000) for n in names(result)}
    if old is None:
        return Pinned(corpus.hash, result.intrusions, wrong_dates, new)
    if old.hash != corpus.hash:
        if not because:
            raise GateError(f"{corpus.name}: the gold or the reports changed; say why with --because")
        return Pinned(corpus.hash, result.intrusions, wrong_dates, new)
    sinking = faults(corpus, result, old, wrong_dates=wrong_dates)
    if sinking:
        raise GateError("floors only rise: " + "; ".join(sinking))
    kept = {n: max(new.get(n, 0.0), old.f1.get(n, 0.0)) for n in dict.fromkeys([*new, *old.f1])}
    return Pinned(corpus.hash, min(result.intrusions, old.intrusions), min(wrong_dates, old.misdated), kept)


def write_floors(pinned: Mapping[str, Pinned], path: Path, *, reasons: Iterable[str] = ()) -> None:
    """Writes the floors, and each reason the gold was changed for."""
    lines = [
        "# Floors of the reading gate. Written by gate.py --pin; a floor only rises while the gold stays the same."
    ]
    lines.append(f"changes = {json.dumps(list(reasons), ensure_ascii=False)}")
    for name, p in pinned.items():
        lines += ["", f"[corpus.{name}]", f'hash = "{p.hash}"', f"intrusions = {p.intrusions}"]
        lines += [f"misdated = {p.misdated}", f"[corpus.{name}.f1]"]
        lines += [f"{n} = {f:.3f}" for n, f in p.f1.items()]
    path.write_text("\n".join(lines) + "\n")


def _show(corpus: Corpus, result: scoring.Score, pinned: Pinned | None) -> None:
    wrong = misdated(corpus)
    print(
        f"\n{corpus.name}: {len(corpus.texts)} reports, {result.intrusions} claims on page furniture, "
        f"{len(wrong)} of {len(corpus.published)} dated wrong"
    )
    if corpus.name not in KEPT_BACK:
        print(*wrong, sep="\n")
    print(f"{'kind':14}{'gold':>6}{'pred.':>7}{'right':>7}{'recall':>8}{'prec.':>7}{'F1':>7}{'floor':>7}")
    for name in [*(k for k in scoring.KEYS if result.line(k).gold or result.line(k).predicted), *scoring.GROUPS]:
        t = result.line(name)
        floor = pinned.f1.get(name) if pinned else None
        print(
            f"{name:14}{t.gold:6}{t.predicted:7}{t.right:7}{t.recall:8.3f}{t.precision:7.3f}{t.f1:7.3f}"
            f"{'' if floor is None else f'{floor:7.3f}'}"
        )


def main(arguments: list[str] | None = None, *, path: Path = FLOORS, reader: Reader = rules_reader) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--because", default="")
    parser.add_argument("--misses", metavar="CORPUS", default="")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    pinned = load_floors(path)
    measured = [(c, measure(c, reader)) for c in corpora()]
    if options.misses:
        if options.misses in KEPT_BACK:
            print(f"the errors in {options.misses} are not shown; it is kept back", file=sys.stderr)
            return 2
        for c, result in measured:
            for what, source, kind, words, fields in result.errors if c.name == options.misses else ():
                print(what, source, kind, repr(words[:110]), fields)
        return 0
    if options.pin:
        try:
            new = {
                c.name: raised(c, r, pinned.get(c.name), wrong_dates=len(misdated(c)), because=options.because)
                for c, r in measured
            }
        except GateError as error:
            print(error, file=sys.stderr)
            return 1
        old_reasons = tomllib.loads(path.read_text()).get("changes", []) if path.is_file() else []
        reasons = [*old_reasons, *([options.because] if options.because else [])]
        write_floors({**pinned, **new}, path, reasons=reasons)
        return 0
    if options.json:
        print(json.dumps({c.name: {n: round(r.line(n).f1, 3) for n in names(r)} for c, r in measured}))
    else:
        for c, result in measured:
            _show(c, result, pinned.get(c.name))
    found = [
        f for c, r in measured if c.name in pinned for f in faults(c, r, pinned[c.name], wrong_dates=len(misdated(c)))
    ]
    print(*found, sep="\n", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
