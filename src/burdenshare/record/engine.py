"""Opening a record: the address, the connection's settings, the shape of its tables.

A record in the right shape is opened with one look at its version; alembic is imported only where an older one
has to be brought forward. A new record gets all its tables in one transaction.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from burdenshare.errors import RecordError
from burdenshare.record import accounts as _accounts  # noqa: F401  # brings tables of its own
from burdenshare.record import schema
from burdenshare.record import search as _search  # noqa: F401  # and an index

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection

BUSY_MS = 60_000  # how long a writer waits for another one; a batch takes some tens of milliseconds
APPLICATION_ID = 0x62757264  # "burd": tells a record from another program's SQLite file
WRITE = "burdenshare_write"  # execution option: the transaction is going to write


dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def address(db: str) -> str:
    """The SQLAlchemy address of a record given as a path or as a `postgresql://` or `sqlite://` address.

    Raises RecordError for any other scheme.
    """
    scheme, separator, rest = db.partition("://")
    if not separator:
        return f"sqlite:///{db}"
    if scheme in ("postgres", "postgresql"):
        return f"postgresql+psycopg://{rest}"
    if scheme in ("sqlite", "postgresql+psycopg"):
        return db
    raise RecordError(f"A record is a file or a postgresql:// address, and {scheme}:// is neither; change --db.")


def _on_connect(connection: DBAPIConnection, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")  # what was acknowledged outlives a power cut too
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # A transaction that is going to write takes its place in the queue at once: one that began as a
    # reader could not be upgraded while another writes, and would fail without waiting.
    write = connection.get_execution_options().get(WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _engine(db: str) -> Engine:
    target = address(db)
    try:
        if not target.startswith("sqlite"):
            return create_engine(target, json_serializer=dumps)
        engine = create_engine(
            target, json_serializer=dumps, connect_args={"isolation_level": None, "check_same_thread": False}
        )
    except (ArgumentError, NoSuchModuleError) as error:
        raise RecordError(f"{db} is not an address of a record: {error}.") from error
    except ModuleNotFoundError as error:
        raise RecordError(
            f"A record in PostgreSQL needs the {error.name} package; install burdenshare[postgres]."
        ) from error
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _journal(connection: Connection) -> None:
    """Write-ahead logging, so that readers and a writer need not wait for each other; left alone on read-only media."""
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    try:
        if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            raw.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error):
            raise


def _version(connection: Connection) -> str | None:
    """The record's version; None where it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _build(connection: Connection) -> None:
    """All tables at once, with the version they have."""
    schema.metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": schema.HEAD})


def _bring_forward(connection: Connection, version: str, db: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    if version not in {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}:
        raise RecordError(f"{db} was written by a newer burdenshare (version {version}); update the program.")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _settle(connection: Connection, db: str) -> None:
    """Brings a new or older record to the newest shape, in one transaction."""
    with connection.execution_options(**{WRITE: True}), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPLICATION_ID})
        version = _version(connection)  # again, now that no other process can be at it
        if version == schema.HEAD:
            return
        if version is not None:
            _bring_forward(connection, version, db)
        elif inspect(connection).get_table_names():
            raise RecordError(f"{db} is a database of another program; name another file with --db.")
        else:
            _build(connection)


def open_engine(db: str, *, create: bool = True) -> Engine:
    """A ready engine for the record at `db`. Raises RecordError where it cannot be opened or is none.

    With `create` False a record that does not exist is an error instead of a new file.
    """
    target = address(db)
    if target.startswith("sqlite") and db != ":memory:":
        path = Path(target.partition("///")[2])
        if not create and not path.exists():
            raise RecordError(
                f"There is no record at {db}; read reports into it first: burdenshare --db {db} read PATH"
            )
        if path.is_dir():
            raise RecordError(f"{db} is a folder; name a file with --db.")
        if not path.parent.exists():
            raise RecordError(f"The folder {path.parent} does not exist; make it or name another file with --db.")
    engine = _engine(db)
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                _journal(connection)
            version = _version(connection)
            connection.rollback()
            if version != schema.HEAD:
                _settle(connection, db)
    except (DBAPIError, sqlite3.Error) as error:
        engine.dispose()
        raise RecordError(f"{db} could not be opened as a record: {reason(error)}.") from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def reason(error: Exception) -> str:
    """The database's own words for what went wrong, on one line and without the statement."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return " ".join(str(cause).split()).rstrip(".")


def is_full(error: Exception) -> bool:
    """True where the disk, or the room the database was given, is used up."""
    words = reason(error).lower()
    return isinstance(error, OperationalError) and ("full" in words or "no space" in words or "disk i/o" in words)
