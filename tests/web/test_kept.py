"""Snapshots on disk: the same as worked out anew, and never read where somebody else may have written them."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from burdenshare import case as cases
from burdenshare.reading.claim import Term
from burdenshare.reading.result import Reading
from burdenshare.record import Intake, Method, Record, open_record
from burdenshare.sources import Document
from burdenshare.web import kept
from burdenshare.web.snapshots import Snapshots, take

CASE = cases.load("us-rok-sma")
NOW = datetime(2020, 1, 1, tzinfo=UTC)


class Planted:
    """What runs when it is read as a pickle."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, (os.environ["PLANTED"],))


def keep(record: Record, words: str) -> None:
    document = Document(words, (), f"{words[:5]}.txt")
    claim = Term(case=CASE.id, source=document.id, start=0, end=5, quote=words[:5], event="expiry", when="2019-12-31")
    record.keep([Intake(document, Reading((claim,)), Method(CASE.id, "rules"), document)], at=NOW)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = open_record(str(tmp_path / "r.db"))
    keep(record, "first words of a report")
    return record


def test_what_is_read_back_is_what_was_worked_out(record: Record, tmp_path: Path) -> None:
    folder, made = tmp_path / "cache", take(record, CASE, None)
    file = kept.name(record, CASE, None)
    assert kept.read(folder, file) is None
    kept.write(folder, file, made)
    assert kept.read(folder, file) == made
    keep(record, "other words of a report")
    assert kept.name(record, CASE, None) != file


def test_the_name_is_the_same_in_another_process(record: Record) -> None:
    program = (
        "import sys; from burdenshare import case; from burdenshare.record import open_record; "
        "from burdenshare.web import kept; print(kept.name(open_record(sys.argv[1]), case.load('us-rok-sma'), None))"
    )
    told = subprocess.run([sys.executable, "-c", program, record.db], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == kept.name(record, CASE, None)


def test_a_file_of_another_hand_is_never_opened(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, file = tmp_path / "cache", kept.name(record, CASE, None)
    kept.write(folder, file, take(record, CASE, None))
    good = (folder / file).read_bytes()
    monkeypatch.setenv("PLANTED", str(tmp_path / "ran"))
    for bad in (good[:-1], good[:40], b"", bytes(32) + pickle.dumps(Planted()), good[:32] + pickle.dumps(Planted())):
        (folder / file).write_bytes(bad)
        assert kept.read(folder, file) is None
    other = file[::-1]
    (folder / other).write_bytes(good)  # a true one under another name
    assert kept.read(folder, other) is None
    (folder / file).write_bytes(good)
    assert kept.read(folder, file) is not None
    folder.chmod(0o777)
    assert kept.read(folder, file) is None
    assert not (tmp_path / "ran").exists()


def test_a_second_start_takes_what_the_first_left(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("burdenshare.web.snapshots.QUICK", -1.0)  # everything took long
    first = Snapshots(record, cases.load, tmp_path / "cache")
    made = first.get(CASE.id, None)
    first.close()
    monkeypatch.setattr("burdenshare.web.snapshots.take", None)
    second = Snapshots(record, cases.load, tmp_path / "cache")
    assert second.get(CASE.id, None) == made
    second.close()
