"""A record to test on. BURDENSHARE_TEST_DB=postgresql://... runs the same tests on a server, one schema a test."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from burdenshare.record import Record, open_record


@pytest.fixture
def db(tmp_path: Path) -> Iterator[str]:
    server = os.environ.get("BURDENSHARE_TEST_DB")
    if server is None:
        yield str(tmp_path / "talks.db")
        return
    import psycopg

    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        yield f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{name}"
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def record(db: str) -> Iterator[Record]:
    with open_record(db) as opened:
        yield opened
