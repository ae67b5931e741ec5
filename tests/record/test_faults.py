"""Kills, full disks, two writers, wrong files: nothing that was acknowledged is lost, and the error says what was."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from burdenshare.errors import RecordError
from burdenshare.reading.result import Reading
from burdenshare.record import Intake, NotKeptError, open_record

from . import made

WRITER = textwrap.dedent(
    """
    import sys
    from burdenshare.reading.result import Reading
    from burdenshare.record import Intake, open_record
    from tests.record import made

    path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open_record(path) as record:
        for i in range(0, count, 4):
            batch = []
            for j in range(i, i + 4):
                d = made.report(f"{name} wrote report {j} of the talks.", origin=f"{name}-{j}.txt")
                batch.append(Intake(d, Reading((made.a_round(d), made.a_demand(d))), made.RULES, d))
            record.keep(batch, at=made.AT)
            print(i + 4, flush=True)
    """
)


def start(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


def test_a_writer_killed_at_any_moment_leaves_a_record_that_opens_with_all_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    for attempt in range(5):
        writer = start(path, f"writer{attempt}", 1_000_000)
        assert writer.stdout is not None
        acknowledged = int(writer.stdout.readline())
        time.sleep(0.013 * attempt)
        writer.send_signal(signal.SIGKILL)
        acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
        writer.wait()
        with open_record(str(path)) as record:
            kept = [e for e in record.entries() if e.report.origin.startswith(f"writer{attempt}-")]
        assert len(kept) % 8 == 0  # a batch is there as a whole or not at all
        assert len(kept) >= acknowledged * 2
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_two_writers_at_once_on_a_new_record_both_get_through(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    writers = [start(path, name, 80) for name in ("one", "two")]
    assert [w.communicate()[0].split()[-1] for w in writers] == ["80", "80"]
    assert [w.returncode for w in writers] == [0, 0]
    with open_record(str(path)) as record:
        assert len(record.reports()) == 160
        assert len(record.entries()) == 320


def test_a_full_disk_names_every_report_that_was_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    with open_record(str(path)) as record:
        first = made.report("The first report.", origin="first.txt")
        made.keep(record, first, made.a_round(first))
        with record._engine.connect() as connection:  # the pool hands out this connection again
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")
            connection.rollback()
        big = [made.report(f"{i} " + "words " * 3000, origin=f"big{i}.txt") for i in range(4)]
        with pytest.raises(NotKeptError, match="full") as raised:
            record.keep([Intake(d, Reading((made.a_round(d),)), made.RULES, d) for d in big], at=made.AT)
        assert raised.value.full
        origins = {r.origin for r in record.reports()}
        assert set(raised.value.origins) | origins == {"first.txt", *(d.origin for d in big)}
        assert not set(raised.value.origins) & origins
        assert all(origin in str(raised.value) for origin in raised.value.origins)
    with open_record(str(path)) as record:
        assert "first.txt" in {r.origin for r in record.reports()}


def test_what_is_no_record_is_refused_in_a_sentence_and_left_as_it_is(tmp_path: Path) -> None:
    text, other, missing = tmp_path / "notes.db", tmp_path / "other.db", tmp_path / "no" / "talks.db"
    text.write_text("These are my notes on the talks. " * 50)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE invoices (id INTEGER)")
    for path, message in [
        (text, "not a database"),
        (other, "another program"),
        (tmp_path, "folder"),
        (missing, "does not exist"),
        ("mysql://host/db", "postgresql://"),
    ]:
        with pytest.raises(RecordError, match=message):
            open_record(str(path))
    with pytest.raises(RecordError, match="There is no record"):
        open_record(str(tmp_path / "new.db"), create=False)
    assert not (tmp_path / "new.db").exists()
    assert text.read_text().startswith("These are my notes")
    with sqlite3.connect(other) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("invoices",)]


def test_a_record_that_may_only_be_read_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    with open_record(str(path)) as record:
        document = made.report()
        made.keep(record, document, made.a_round(document))
    path.chmod(0o444)
    with open_record(str(path), create=False) as record:
        assert len(record.entries()) == 1
