"""The commands, run as a user runs them but in this process."""

from __future__ import annotations

import dataclasses
import json
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from burdenshare import intake
from burdenshare.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


@dataclasses.dataclass(frozen=True)
class Ran:
    """What a command printed and its status."""

    out: str
    err: str
    status: int

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclasses.dataclass(frozen=True)
class Shell:
    """Runs `burdenshare --db DB ...`."""

    db: str

    def __call__(self, line: str, *, input: bytes | None = None, status: int = 0, **env: str) -> Ran:
        runner = CliRunner(env={"COLUMNS": "200", **env})
        result = runner.invoke(main, ["--db", self.db, *shlex.split(line)], input=input)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == status, result.output
        return Ran(result.stdout, result.stderr, result.exit_code)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setattr(intake, "now", lambda: datetime(2020, 6, 1, tzinfo=UTC))
    monkeypatch.chdir(tmp_path)
    return Shell(str(tmp_path / "talks.db"))


@pytest.fixture
def examples(shell: Shell) -> Shell:
    """A record of the example reports."""
    shell(f"read {shlex.quote(str(EXAMPLES))}")
    return shell
