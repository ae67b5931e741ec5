"""A workbench on a record of the example reports, asked in this process."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from burdenshare.api import OpenRecord
from burdenshare.record import Record, open_record
from burdenshare.web import Settings, create_app

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
CASE = "us-rok-sma"
HERE = "http://127.0.0.1:8765"
NOW = datetime(2020, 6, 1, 12, tzinfo=UTC)


@dataclass
class Bench:
    """A workbench and the record under it."""

    http: TestClient
    record: Record

    def get(self, path: str, **given: Any) -> Any:
        return self.http.get(path if path.startswith(("/api", "/static", "/sign")) else f"/{CASE}{path}", **given)

    def csrf(self) -> str:
        found = re.search(r'name="csrf" content="([0-9a-f]{64})"', self.http.get("/sign-in").text)
        assert found
        return found[1]

    def post(self, path: str, data: dict[str, Any] | None = None, *, csrf: bool = True, **given: Any) -> Any:
        fields = {**(data or {}), **({"csrf": self.csrf()} if csrf else {})}
        where = path if path.startswith(("/api", "/sign", "/pref")) else f"/{CASE}{path}"
        return self.http.post(where, data=fields, follow_redirects=False, **given)

    def claim(self, kind: str = "round", **fields: Any) -> str:
        """The id of the first claim of that kind with these fields."""
        for e in self.record.entries(case=CASE, kind=kind):
            if all(getattr(e.claim, k) == v for k, v in fields.items()):
                return e.id
        raise LookupError(kind)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the example reports."""
    path = tmp_path_factory.mktemp("web") / "talks.db"
    with OpenRecord(path, clock=lambda: NOW) as record:
        record.read(str(EXAMPLES))
    return path


def bench_on(path: Path, **settings: Any) -> Iterator[Bench]:
    with open_record(str(path)) as record:
        app = create_app(record, Settings(**settings), clock=lambda: NOW)
        with TestClient(app, base_url=HERE, raise_server_exceptions=False) as http:
            yield Bench(http, record)


@pytest.fixture(scope="session")
def looking(kept: Path) -> Iterator[Bench]:
    """For tests that change nothing."""
    yield from bench_on(kept)


@pytest.fixture
def bench(kept: Path, tmp_path: Path) -> Iterator[Bench]:
    """With a record of its own."""
    shutil.copy(kept, tmp_path / "talks.db")
    yield from bench_on(tmp_path / "talks.db")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Bench]:
    """On a record that holds nothing."""
    yield from bench_on(tmp_path / "empty.db", case=CASE)
