"""A page is fetched from an http or https address, within bounds, and never from a private network."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from burdenshare.errors import RefusedError, SourceError
from burdenshare.sources.bounds import FILE_BYTES, NAMES, REDIRECTS, SECONDS

if TYPE_CHECKING:
    import httpx

Resolve = Callable[[str, int], list[str]]  # host, port to IP addresses


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the bytes, the address it ended at, and what the server calls it."""

    data: bytes
    url: str
    media_type: str


def is_address(origin: str) -> bool:
    """True where the origin names a scheme, as `https://...` does."""
    scheme, sep, _ = origin.partition("://")
    return bool(sep) and scheme.replace("+", "").isalnum()


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises SourceError where it has none."""
    try:
        return sorted({str(i[4][0]) for i in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError) as error:
        raise SourceError(f"the host {host} was not found; check the address or the network") from error


def _is_public(ip: str) -> bool:
    address = ipaddress.ip_address(ip.split("%", 1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None and not _is_public(str(inner)):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _checked(url: str, allow: Collection[str], find: Resolve) -> tuple[SplitResult, str]:
    """The parts of an address and an IP to call, or RefusedError where it is not one to call."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise RefusedError(
            f"addresses of the scheme {parts.scheme!r} are not read; give an http or https address or a path"
        )
    try:
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise RefusedError("the address has a wrong port") from error
    if not host:
        raise RefusedError("the address names no host")
    if parts.username or parts.password:
        raise RefusedError("the address carries a user name or password; leave it out")
    ips = find(host, port)
    if host not in allow and f"{host}:{port}" not in allow:
        for ip in ips:
            if not _is_public(ip):
                raise RefusedError(f"{host} is on a private network ({ip}); allow it by name to read from it")
    return parts, ips[0]


def _pinned(parts: SplitResult, ip: str) -> str:
    """The address with the host replaced by the IP that was checked, so that no second look-up can change it."""
    host = f"[{ip}]" if ":" in ip else ip
    return parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host, fragment="").geturl()


def fetch(url: str, *, allow: Collection[str] = (), find: Resolve = resolve, seconds: float = SECONDS) -> Fetched:
    """Fetches an address, following redirects, each checked as the first was.

    `allow` holds hosts, or `host:port`, that may be on a private network. Raises RefusedError with the bound
    that was met, SourceError where the address does not answer.
    """
    import httpx  # slow to load, needed for addresses only

    deadline = time.monotonic() + seconds
    timeout = httpx.Timeout(min(10.0, seconds))
    with httpx.Client(follow_redirects=False, trust_env=False, timeout=timeout) as client:
        for _ in range(REDIRECTS + 1):
            parts, ip = _checked(url, allow, find)
            headers = {"Host": parts.netloc, "Accept-Encoding": "identity", "User-Agent": "burdenshare"}
            request = client.build_request(
                "GET", _pinned(parts, ip), headers=headers, extensions={"sni_hostname": parts.hostname}
            )
            try:
                response = client.send(request, stream=True)
                try:
                    if response.is_redirect:
                        url = urljoin(url, response.headers["location"])
                        continue
                    if response.status_code != 200:
                        raise SourceError(f"the server answered {response.status_code}; open the address in a browser")
                    return Fetched(_body(response, deadline), url, response.headers.get("content-type", ""))
                finally:
                    response.close()
            except httpx.TimeoutException as error:
                raise RefusedError(f"it took longer than the bound of {seconds:.0f} seconds") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise SourceError(f"the address does not answer ({type(error).__name__}); try again later") from error
    raise RefusedError(f"it goes through more than the bound of {NAMES['REDIRECTS']}")


def _body(response: httpx.Response, deadline: float) -> bytes:
    chunks: list[bytes] = []
    size = 0
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > FILE_BYTES:
        raise RefusedError(f"it is larger than the bound of {NAMES['FILE_BYTES']}")
    # A small read bounds what one step of decompression can give.
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > FILE_BYTES:
            raise RefusedError(f"it is larger than the bound of {NAMES['FILE_BYTES']}")
        if time.monotonic() > deadline:
            raise RefusedError(f"it took longer than the bound of {NAMES['SECONDS']}")
        chunks.append(chunk)
    return b"".join(chunks)
