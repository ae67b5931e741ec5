"""Accounts: passwords as argon2id, three roles, sessions that the server can end."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sqlalchemy import func, insert, select, update

from burdenshare.errors import BurdenshareError
from burdenshare.record.accounts import accounts, sessions

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from burdenshare.record import Record

Role = Literal["reader", "analyst", "editor"]
ROLES: tuple[Role, ...] = ("reader", "analyst", "editor")  # each may do what those before it may
SHORTEST = 10  # characters of a password
LASTS = timedelta(hours=12)  # a session


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who may use the workbench: a reader looks, an analyst reviews, an editor also adds reports."""

    id: int
    name: str
    role: Role
    revoked: bool
    made: datetime


@lru_cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@lru_cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_hex(16))  # so that an unknown name takes as long as a wrong password


def _checked(password: str) -> str:
    if not SHORTEST <= len(password) <= 1000:
        raise BurdenshareError(f"A password has {SHORTEST} to 1000 characters; choose another one.")
    return _hasher().hash(password)


def _role(role: str) -> Role:
    for known in ROLES:
        if role == known:
            return known
    raise BurdenshareError(f"{role!r} is no role; the roles are {', '.join(ROLES)}.")


def _aware(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)


class Accounts:
    """The accounts of a record."""

    def __init__(self, record: Record, clock: Callable[[], datetime]) -> None:
        self._record, self._clock = record, clock

    def count(self) -> int:
        """How many may sign in."""
        with self._record.connection() as connection:
            query = select(func.count()).select_from(accounts).where(accounts.c.revoked.is_(False))
            return int(connection.execute(query).scalar_one())

    def list(self) -> list[Account]:
        """Every account by name."""
        columns = (accounts.c.id, accounts.c.name, accounts.c.role, accounts.c.revoked, accounts.c.made)
        with self._record.connection() as connection:
            return [Account(*row) for row in connection.execute(select(*columns).order_by(accounts.c.name))]

    def add(self, name: str, password: str, role: str) -> None:
        """Makes an account. Raises BurdenshareError where the name is taken, or the password too short."""
        name = name.strip()
        if not 1 <= len(name) <= 80 or not name.isprintable():
            raise BurdenshareError("A name has 1 to 80 characters that can be printed; choose another one.")
        row = {"name": name, "password": _checked(password), "role": _role(role), "revoked": False}
        with self._record.connection(write=True) as connection:
            if connection.execute(select(accounts.c.id).where(accounts.c.name == name)).scalar() is not None:
                raise BurdenshareError(f"There is an account {name!r} already; choose another name.")
            connection.execute(insert(accounts), {**row, "made": self._clock()})

    def change(
        self, name: str, *, role: str | None = None, password: str | None = None, revoked: bool | None = None
    ) -> None:
        """Changes an account and ends its sessions. Raises BurdenshareError where there is none of that name."""
        values = {
            k: v
            for k, v in (
                ("role", _role(role) if role else None),
                ("password", _checked(password) if password is not None else None),
                ("revoked", revoked),
            )
            if v is not None
        }
        with self._record.connection(write=True) as connection:
            id_ = connection.execute(select(accounts.c.id).where(accounts.c.name == name)).scalar()
            if id_ is None:
                raise BurdenshareError(f"There is no account {name!r}; `burdenshare account list` names them.")
            connection.execute(update(accounts).where(accounts.c.id == id_).values(**values))
            connection.execute(update(sessions).where(sessions.c.account == id_).values(revoked=True))

    def sign_in(self, name: str, password: str) -> str | None:
        """A new session's token; None where name and password do not fit."""
        from argon2.exceptions import InvalidHashError, VerificationError

        with self._record.connection() as connection:
            query = select(accounts.c.id, accounts.c.password, accounts.c.revoked).where(accounts.c.name == name)
            found = connection.execute(query).first()
        try:
            _hasher().verify(found[1] if found else _nobody(), password)
        except (VerificationError, InvalidHashError):
            return None
        if found is None or found[2]:
            return None
        token, now = secrets.token_urlsafe(32), self._clock()
        row = {"token": _digest(token), "account": found[0], "begun": now, "ends": now + LASTS, "revoked": False}
        with self._record.connection(write=True) as connection:
            connection.execute(insert(sessions), row)
        return token

    def of(self, token: str) -> Account | None:
        """The account a session belongs to; None where it has ended or was never begun."""
        query = (
            select(
                accounts.c.id, accounts.c.name, accounts.c.role, accounts.c.revoked, accounts.c.made, sessions.c.ends
            )
            .join(sessions, sessions.c.account == accounts.c.id)
            .where(sessions.c.token == _digest(token), sessions.c.revoked.is_(False), accounts.c.revoked.is_(False))
        )
        with self._record.connection() as connection:
            row = connection.execute(query).first()
        if row is None or _aware(row[5]) <= self._clock():
            return None
        return Account(row[0], row[1], _role(row[2]), row[3], row[4])

    def sign_out(self, token: str) -> None:
        """Ends a session."""
        with self._record.connection(write=True) as connection:
            connection.execute(update(sessions).where(sessions.c.token == _digest(token)).values(revoked=True))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
