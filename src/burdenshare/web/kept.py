"""Snapshots kept on disk, so that a workbench that is started again need not work them out again.

A snapshot is a pickle, and a pickle can run anything. So one is read only where this user alone can have written it:
the folder and the key in it belong to the user and are closed to everybody else, and the file carries a keyed hash
(HMAC-SHA256) that is checked before a byte of it is read as a pickle. A file that does not fit is worked out anew.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import secrets
import stat
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import burdenshare
from burdenshare.case import Case

if TYPE_CHECKING:
    from burdenshare.record import Record
    from burdenshare.web.snapshots import Snapshot

KEPT_FILES = 8  # the oldest go
_SIGNED = 32  # bytes of the keyed hash in front of the pickle
_KEY = "key"


@lru_cache
def program() -> str:
    """The program that made a snapshot: its version, and when the newest of its modules was written."""
    folder = Path(burdenshare.__file__).parent
    newest = max(path.stat().st_mtime_ns for path in folder.rglob("*.py"))
    return f"{burdenshare.__version__} {newest}"


def name(record: Record, case: Case, as_of: date | None) -> str:
    """The file of a snapshot: by all that it is made from, so that a stale one is never asked for."""
    with record.connection() as connection:
        texts = connection.exec_driver_sql("SELECT count(*), min(id), max(id) FROM documents").one()
    made_from = (program(), str(Path(record.db).absolute()), record.state(), tuple(texts), repr(case), as_of)
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:40] + ".snapshot"


def _ours(path: Path) -> bool:
    """True where the path belongs to this user and nobody else may write it."""
    found = path.stat(follow_symlinks=False)
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _put(path: Path, body: bytes) -> None:
    """Writes a new file that only this user may read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(body)


def _key(folder: Path, *, make: bool) -> bytes | None:
    """The key of the folder; None where there is none that can be trusted."""
    path = folder / _KEY
    if make and not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _put(path, secrets.token_bytes(32))
    if not (path.exists() and hasattr(os, "getuid") and _ours(folder) and _ours(path)):
        return None
    key = path.read_bytes()
    return key if len(key) == 32 and not path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH) else None


def read(folder: Path, file: str) -> Snapshot | None:
    """The snapshot of that name; None where there is none, or one that was damaged or written by someone else."""
    try:
        key = _key(folder, make=False)
        held = (folder / file).read_bytes() if key is not None else b""
        if key is None or not hmac.compare_digest(held[:_SIGNED], _hash(key, file, held[_SIGNED:])):
            return None
        found: Snapshot = pickle.loads(held[_SIGNED:])  # written by this user: see above
        return found
    except (OSError, pickle.UnpicklingError, AttributeError, EOFError, ImportError, TypeError, ValueError):
        return None


def write(folder: Path, file: str, snapshot: Snapshot) -> None:
    """Keeps the snapshot. A folder that cannot be written is no failure: the next start takes longer."""
    try:
        key = _key(folder, make=True)
        if key is None:
            return
        body = pickle.dumps(snapshot, pickle.HIGHEST_PROTOCOL)
        part = folder / f"{secrets.token_hex(8)}.part"
        _put(part, _hash(key, file, body) + body)
        part.replace(folder / file)
        there = sorted(folder.glob("*.snapshot"), key=lambda path: path.stat().st_mtime_ns)
        for old in there[:-KEPT_FILES]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _hash(key: bytes, file: str, body: bytes) -> bytes:
    return hmac.new(key, file.encode() + b"\0" + body, "sha256").digest()
