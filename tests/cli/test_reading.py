"""`read`: a line a report, the rest is read where one is bad, and nothing is kept twice."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from .conftest import EXAMPLES, Shell

FIRST = EXAMPLES / "01-first-round-han-river-daily.txt"


def test_reading_the_same_reports_twice_changes_nothing(examples: Shell) -> None:
    before = examples("claims --format jsonl").out
    again = examples(f"read {shlex.quote(str(EXAMPLES))}")
    assert again.out.splitlines()
    assert all("already in the record" in line for line in again.out.splitlines() if "kept, no claims" not in line)
    assert examples("claims --format jsonl").out == before
    assert before


def test_each_report_gets_a_line_with_its_claims_and_its_date(shell: Shell) -> None:
    ran = shell(f"read {FIRST} --published 2019-09-25 --outlet 'Han River Daily' -v")
    line, *how = ran.out.splitlines()
    assert line.startswith(f"{FIRST}: ")
    assert "claims for us-rok-sma; published 2019-09-25 (given)" in line
    assert any("2019-09-25" in sentence for sentence in how)
    rows = shell("claims --format jsonl").rows()
    assert {(r["origin"], r["outlet"], r["published"]) for r in rows} == {(str(FIRST), "Han River Daily", "2019-09-25")}


def test_one_bad_report_does_not_stop_the_others(shell: Shell, tmp_path: Path) -> None:
    empty, missing = tmp_path / "empty.txt", tmp_path / "missing.txt"
    empty.touch()
    ran = shell(f"read {empty} {missing} {FIRST}", status=1)
    assert [str(empty) in ran.err, str(missing) in ran.err] == [True, True]
    assert str(FIRST) in ran.out
    assert "2 of the reports" in ran.err
    assert shell("claims --format jsonl").rows()
    assert "Traceback" not in ran.err


def test_a_report_about_something_else_is_kept_without_claims(shell: Shell, tmp_path: Path) -> None:
    other = tmp_path / "garden.txt"
    other.write_text("The roses of the town garden are in bloom. Visitors come from far to see them this week.\n" * 5)
    ran = shell(f"read {other}")
    assert "kept, no claims" in ran.out
    assert shell("claims --format jsonl").out == ""
    assert len(shell("reports --format jsonl").rows()) == 1


def test_standard_input_is_a_report(shell: Shell) -> None:
    shell("read - --published 2019-09-25", input=FIRST.read_bytes())
    assert shell("claims --format jsonl").rows()[0]["origin"] == "-"


@pytest.mark.parametrize(
    ("line", "status", "message"),
    [
        ("read", 2, "Missing argument"),
        ("read x.txt --reader oracle", 2, "oracle"),
        ("read x.txt --case no-such-case", 1, "no-such-case"),
        (f"read {FIRST} --published yesterday", 2, "yesterday"),
        (f"read {FIRST} --reader llm", 1, "--llm-url"),
        ("claims --as-of 2019-13-01", 2, "2019-13-01"),
        ("claims --kind rumour", 2, "rumour"),
        ("claims", 1, "There is no record"),
        ("dossier", 1, "There is no record"),
        ("brief -o x.html", 1, "There is no record"),
        ("brief -o x.exe", 2, ".html"),
        ("review", 2, "--list"),
        ("review 0000000000000000 --accept --reject --who me", 2, "one of"),
        ("review 0000000000000000 --accept", 2, "--who"),
        ("reports --left-out", 2, "--as-of"),
        ("case show nowhere", 1, "nowhere"),
        ("fly", 2, "fly"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(shell: Shell, line: str, status: int, message: str) -> None:
    ran = shell(line, status=status)
    assert message in ran.err
    assert "Traceback" not in ran.err
    if status == 1:
        assert ran.err.startswith("burdenshare: ") or str(FIRST) in ran.err


def test_a_full_record_says_which_reports_were_not_kept(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import event

    from burdenshare.record import engine

    shell(f"read {FIRST}")
    made = engine._engine

    def small(db: str) -> object:
        opened = made(db)
        event.listen(opened, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
        return opened

    monkeypatch.setattr(engine, "_engine", small)
    big = [tmp_path / f"{i}.txt" for i in range(3)]
    for i, path in enumerate(big):
        path.write_text(f"Report {i}. " + "Seoul and Washington talk about sharing the cost. " * 4000)
    ran = shell(f"read {' '.join(map(str, big))}", status=1)
    assert all(f"{path}: it was not kept" in ran.err for path in big)
    assert "full" in ran.err
    monkeypatch.undo()


def burdenshare(*words: str, **more: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", "from burdenshare.cli import main; main()", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more,  # type: ignore[call-overload]
    )  # fmt: skip


def test_a_pipe_that_closes_early_is_no_error(examples: Shell) -> None:
    process = burdenshare("--db", examples.db, "claims", "--format", "jsonl")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait()


def test_a_killed_reading_is_gone_on_with_where_it_stopped(shell: Shell, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    words = FIRST.read_text()
    for i in range(200):
        (reports / f"{i:03}.txt").write_text(f"{words}\nThis is edition {i}.\n")
    process = burdenshare("--db", shell.db, "read", str(reports))
    assert process.stdout is not None
    told = process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert told
    assert len(shell("reports --format jsonl").rows()) >= 1
    shell(f"read {reports}")
    assert len(shell("reports --format jsonl").rows()) == 200


@pytest.fixture
def model() -> Iterator[str]:
    """A local server that answers like a language model: one claim with words of the report, one with made-up words."""
    words = "the first round of the talks"

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            claims = [
                {"kind": "round", "quote": words, "number": 1},
                {"kind": "round", "quote": "words that nobody wrote", "number": 9},
            ]
            body = json.dumps({"choices": [{"message": {"content": json.dumps({"claims": claims})}}]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()


def test_the_language_model_reader_keeps_only_what_it_quotes(shell: Shell, tmp_path: Path, model: str) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Seoul and Washington ended the first round of the talks on sharing the cost of the troops.\n")
    shell(f"read {report} --case us-rok-sma --reader llm --llm-url {model} --llm-model small")
    rows = shell("claims --format jsonl").rows()
    assert [(r["kind"], r["number"], r["quote"]) for r in rows] == [("round", 1, "the first round of the talks")]
