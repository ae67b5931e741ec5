"""The steps lead to the tables that the program works with, and an older record is brought forward on opening."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import burdenshare.record.engine
from burdenshare.errors import RecordError
from burdenshare.record import open_record, schema

FOLDER = Path(burdenshare.record.engine.__file__).with_name("migrations")


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    return made


def test_the_newest_step_is_the_one_the_program_expects() -> None:
    assert ScriptDirectory.from_config(config()).get_heads() == [schema.HEAD]


def test_all_steps_together_make_the_tables_of_a_new_record(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'steps.db'}")
    with engine.begin() as connection:
        steps = config()
        steps.attributes["connection"] = connection
        command.upgrade(steps, "head")
    with engine.connect() as connection:
        # the tables of the full text search are virtual: what they are is compared below
        seen = {"include_name": lambda name, type_, _: type_ != "table" or "_search" not in (name or "")}
        assert compare_metadata(MigrationContext.configure(connection, opts=seen), schema.metadata) == []
    with open_record(str(tmp_path / "new.db")):
        pass
    shape = """
        SELECT m.type, m.name, (SELECT group_concat(name || type || pk || "notnull") FROM pragma_table_info(m.name))
        FROM sqlite_master m ORDER BY 1, 2
    """
    steps_shape, new_shape = (
        sqlite3.connect(tmp_path / name).execute(shape).fetchall() for name in ("steps.db", "new.db")
    )
    assert steps_shape == new_shape


def test_an_older_record_is_brought_forward_and_a_newer_one_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "talks.db")
    open_record(path).close()
    asked: list[str] = []
    here = schema.HEAD
    monkeypatch.setattr(schema, "HEAD", "a later program's")
    monkeypatch.setattr(burdenshare.record.engine, "_bring_forward", lambda _, version, __: asked.append(version))
    open_record(path).close()
    assert asked == [here]
    monkeypatch.undo()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordError, match="newer burdenshare"):
        open_record(path)


def test_the_columns_beside_a_claim_are_fields_of_the_vocabulary() -> None:
    from burdenshare.reading.claim import KINDS

    known = {f.name for cls in KINDS.values() for f in dataclasses.fields(cls)} | {"kind"}
    assert set(schema.INDEXED) <= known
