"""How a workbench was started: where it listens, and what it lets in."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from burdenshare.errors import BurdenshareError
from burdenshare.sources.bounds import FILE_BYTES, MEGABYTE

UPLOAD_BYTES = FILE_BYTES + MEGABYTE  # one request that brings reports: a file at its bound, and the form around it
FORM_BYTES = MEGABYTE  # any other request
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """`sign_in`: nobody gets in without an account. `who` signs reviews where there are no accounts.

    `names` are the host names a request may ask for; another one is refused, so that no page elsewhere can reach the
    workbench under a name of its own. `allow_private` are hosts on a private network that reports may be read from.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    case: str | None = None
    sign_in: bool = False
    who: str = "analyst"
    names: frozenset[str] = LOCAL
    allow_private: tuple[str, ...] = ()
    secure: bool = False  # cookies only over https
    cache: Path | None = None  # a folder of this user's own for snapshots that took long; None keeps none


def is_local(host: str) -> bool:
    """True where only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def settings_for(
    host: str,
    port: int,
    *,
    case: str | None,
    accounts: int,
    who: str,
    names: tuple[str, ...] = (),
    secure: bool = False,
) -> Settings:
    """The settings of a workbench at an address; beyond this machine it demands accounts.

    Raises BurdenshareError where it would be open to others and no account is there.
    """
    if not is_local(host) and not accounts:
        raise BurdenshareError(
            f"{host} can be reached from other machines, so people must sign in there; make an account first: "
            "burdenshare account add NAME --role editor"
        )
    allowed = LOCAL | {host} | set(names) if host not in ("0.0.0.0", "::") else LOCAL | set(names)
    return Settings(
        host, port, case, sign_in=accounts > 0, who=who or "analyst", names=frozenset(allowed), secure=secure
    )
