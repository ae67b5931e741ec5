"""Addresses: what is fetched, what is refused, every hop checked. A server on this machine plays the web."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from burdenshare.errors import RefusedError
from burdenshare.sources import Document, Refusal, read_origin
from burdenshare.sources.address import fetch

BODY = "Delegates of the two allies met in the capital on Tuesday to settle who pays for the bases next year. "
PAGE = (
    f"<html><body><article><h1>Allies meet</h1><p>{BODY}</p><p>{BODY}</p><p>{BODY}</p></article></body></html>".encode()
)


class Web(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        port = self.server.server_address[1]
        redirects = {
            "/once": f"http://inside.example:{port}/page",
            "/private": "http://10.0.0.1/secret",
            "/file": "file:///etc/hostname",
            "/loop": "/loop",
        }
        if self.path in redirects:
            self.send_response(302)
            self.send_header("Location", redirects[self.path])
            self.end_headers()
            return
        body = PAGE
        self.send_response(404 if self.path == "/gone" else 200)
        if self.path == "/bomb":
            body = gzip.compress(bytes(60 * 1024 * 1024))
            self.send_header("Content-Encoding", "gzip")
        if self.path == "/big":
            self.send_header("Content-Length", str(200 * 1024 * 1024))
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        try:
            if self.path == "/slow":
                for _ in range(40):
                    self.wfile.write(b"<p>")
                    time.sleep(0.1)
            self.wfile.write(body)
        except OSError:
            pass  # the reader hung up, as it should

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


def here(_host: str, _port: int) -> list[str]:
    """Every host is this machine."""
    return ["127.0.0.1"]


def names(port: int) -> tuple[str, ...]:
    return (f"inside.example:{port}",)


def test_a_page_is_fetched_and_keeps_its_address(port: int) -> None:
    origin = f"http://inside.example:{port}/once"
    (document,) = read_origin(origin, allow=names(port), find=here)
    assert isinstance(document, Document)
    assert (document.origin, document.url) == (origin, f"http://inside.example:{port}/page")
    assert BODY.strip() in document.text


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://127.0.0.1/", "private network"),
        ("http://localhost/", "private network"),
        ("http://[::1]/", "private network"),
        ("http://10.1.2.3/", "private network"),
        ("http://169.254.169.254/latest/meta-data", "private network"),
        ("http://[::ffff:127.0.0.1]/", "private network"),
        ("http://0.0.0.0/", "private network"),
        ("http://2130706433/", "private network"),
        ("ftp://example.org/a", "scheme"),
        ("file:///etc/hostname", "scheme"),
        ("http://user:word@127.0.0.1/", "password"),
        ("http:///nothing", "no host"),
    ],
)
def test_private_addresses_and_other_schemes_are_refused(address: str, reason: str) -> None:
    (result,) = read_origin(address)
    assert isinstance(result, Refusal)
    assert reason in result.reason


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/private", "private network"),
        ("/file", "scheme"),
        ("/loop", "5 redirects"),
        ("/bomb", "50 MB"),
        ("/big", "50 MB"),
        ("/gone", "404"),
    ],
)
def test_redirects_and_sizes_are_bounded(port: int, path: str, reason: str) -> None:
    def find(host: str, _port: int) -> list[str]:
        return [host] if host[0].isdigit() else ["127.0.0.1"]

    (result,) = read_origin(f"http://inside.example:{port}{path}", allow=names(port), find=find)
    assert isinstance(result, Refusal)
    assert reason in result.reason


def test_a_slow_server_is_given_up(port: int) -> None:
    with pytest.raises(RefusedError, match="seconds"):
        fetch(f"http://inside.example:{port}/slow", allow=names(port), find=here, seconds=0.5)


def test_allowing_one_host_does_not_allow_another(port: int) -> None:
    (result,) = read_origin(f"http://other.example:{port}/page", allow=names(port), find=here)
    assert isinstance(result, Refusal)
