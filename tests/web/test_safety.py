"""Who gets in, what a request must carry, what a report cannot do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import CASE, HERE, NOW, Bench

from burdenshare.errors import BurdenshareError
from burdenshare.record import open_record
from burdenshare.web import Settings, create_app
from burdenshare.web.safety import tries
from burdenshare.web.safety.accounts import LASTS, Accounts
from burdenshare.web.settings import FORM_BYTES, settings_for

PASSWORD = "a long enough one"
WRITES = (
    "/claims/{claim}", "/reports/{report}/claims", "/reports/add", "/api/v1/us-rok-sma/claims/{claim}/reviews",
    "/api/v1/us-rok-sma/reports/{report}/claims", "/sign-in", "/sign-out", "/preferences",
)  # fmt: skip


class Clock:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> object:
        return self.now


@pytest.fixture
def team(kept: Path, tmp_path: Path) -> Iterator[tuple[Bench, Clock]]:
    """A workbench where people sign in: a reader, an analyst, an editor."""
    shutil.copy(kept, tmp_path / "talks.db")
    clock = Clock()
    with open_record(str(tmp_path / "talks.db")) as record:
        accounts = Accounts(record, clock)  # type: ignore[arg-type]
        for role in ("reader", "analyst", "editor"):
            accounts.add(role, PASSWORD, role)
        app = create_app(record, Settings(sign_in=True), clock=clock)  # type: ignore[arg-type]
        with TestClient(app, base_url=HERE) as http:
            yield Bench(http, record), clock


def sign_in(bench: Bench, name: str, password: str = PASSWORD) -> int:
    return int(bench.post("/sign-in", {"name": name, "password": password, "back": f"/{CASE}"}).status_code)


def filled(bench: Bench, path: str) -> str:
    return path.replace("{claim}", bench.claim()).replace("{report}", bench.record.reports()[0].id)


@pytest.mark.parametrize("path", WRITES)
def test_nothing_changes_without_the_visitors_token(bench: Bench, path: str) -> None:
    where = filled(bench, path)
    bench.csrf()  # there is a cookie now
    before = bench.record.state()
    data = {"decision": "accept", "kind": "cost", "start": "0", "end": "5", "text": "A report.", "theme": "dark"}
    for sent in ({}, {"csrf": "0" * 64}):
        answer = bench.post(where, {**data, **sent}, csrf=False)
        assert answer.status_code == 403, answer.text
    answer = bench.post(where, data, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    other = TestClient(bench.http.app, base_url=HERE)
    stolen = other.post(where if where.startswith(("/api", "/sign", "/pref")) else f"/{CASE}{where}",
                        data={**data, "csrf": bench.csrf()}, follow_redirects=False)  # fmt: skip
    assert stolen.status_code == 403
    assert bench.record.state() == before


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[", "localhost.evil.example:8765"])
def test_another_name_is_refused_on_this_machine_too(looking: Bench, host: str) -> None:
    answer = looking.get("", headers={"host": host})
    assert answer.status_code == 421
    assert "Talks" not in answer.text
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost", "[::1]:8765"])
def test_the_names_of_this_machine_are_known(looking: Bench, host: str) -> None:
    assert looking.get("", headers={"host": host}).status_code == 200


def test_a_body_past_its_bound_is_refused(looking: Bench) -> None:
    answer = looking.post("/preferences", {"back": "x" * (FORM_BYTES + 10)})
    assert answer.status_code == 413

    def parts() -> Iterator[bytes]:
        for _ in range(FORM_BYTES // 1000 + 10):
            yield b"x" * 1000

    chunked = looking.http.post("/preferences", content=parts())
    assert chunked.status_code in (403, 413)


def test_cookies_are_closed_to_scripts_and_other_sites(looking: Bench) -> None:
    fresh = TestClient(looking.http.app, base_url=HERE)
    for header in fresh.get("/sign-in?lang=ko").headers.get_list("set-cookie"):
        assert "HttpOnly" in header
        assert "SameSite=strict" in header


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"])
def test_nobody_is_sent_elsewhere(looking: Bench, back: str) -> None:
    assert looking.post("/preferences", {"theme": "light", "back": back}).headers["location"] == "/"


# -- accounts ------------------------------------------------------------------------------------------------------


def test_beyond_this_machine_there_must_be_accounts() -> None:
    for host in ("0.0.0.0", "192.168.0.7", "::", "bench.example.org"):
        with pytest.raises(BurdenshareError, match="account add"):
            settings_for(host, 1, case=None, accounts=0, who="")
        assert settings_for(host, 1, case=None, accounts=1, who="").sign_in
    assert not settings_for("127.0.0.1", 1, case=None, accounts=0, who="").sign_in


def test_nobody_sees_anything_before_signing_in(team: tuple[Bench, Clock]) -> None:
    bench, _ = team
    for path in ("", "/reports", "/review", "/brief", "/downloads/claims.json", "/reports/add"):
        answer = bench.get(path, follow_redirects=False)
        assert answer.status_code in (303, 401)
        assert "round" not in answer.text.lower()
    assert bench.get(f"/api/v1/{CASE}/summary").json()["error"]["code"] == "sign-in"
    assert sign_in(bench, "reader", "a wrong password") == 401
    assert sign_in(bench, "nobody", PASSWORD) == 401
    assert sign_in(bench, "reader") == 303
    assert bench.get("").status_code == 200


@pytest.mark.parametrize(("name", "review", "add"), [("reader", 403, 403), ("analyst", 303, 403), ("editor", 303, 303)])
def test_a_role_decides_what_one_may_do(team: tuple[Bench, Clock], name: str, review: int, add: int) -> None:
    bench, _ = team
    assert sign_in(bench, name) == 303
    assert bench.post(f"/claims/{bench.claim()}", {"decision": "accept"}).status_code == review
    assert bench.post("/reports/add", {"text": "The talks ended in Seoul."}).status_code == add
    assert bench.get("/reports/add").status_code == (200 if add == 303 else 403)
    assert (b'value="accept"' in bench.get("/review").content) == (review == 303)
    if review == 303:
        assert bench.record.reviews()[-1].who == name


def test_a_session_ends_when_the_server_says_so(team: tuple[Bench, Clock]) -> None:
    bench, clock = team
    accounts = Accounts(bench.record, clock)  # type: ignore[arg-type]
    for end in (
        lambda: accounts.change("reader", revoked=True),
        lambda: accounts.change("reader", role="analyst"),
        lambda: accounts.change("reader", password="another long one"),
    ):
        accounts.change("reader", revoked=False, password=PASSWORD)
        assert sign_in(bench, "reader") == 303
        assert bench.get("").status_code == 200
        end()
        assert bench.get("", follow_redirects=False).status_code == 303
    accounts.change("reader", revoked=False, password=PASSWORD)
    sign_in(bench, "reader")
    cookie = bench.http.cookies["burdenshare"]
    assert bench.post("/sign-out").status_code == 303
    bench.http.cookies.set("burdenshare", cookie, domain="127.0.0.1")
    assert bench.get("", follow_redirects=False).status_code == 303  # the old cookie is worth nothing
    sign_in(bench, "reader")
    clock.now += LASTS + timedelta(seconds=1)
    assert bench.get("", follow_redirects=False).status_code == 303


def test_signing_in_gives_a_new_cookie_and_tries_are_counted(team: tuple[Bench, Clock]) -> None:
    bench, _ = team
    bench.csrf()
    before = bench.http.cookies["burdenshare"]
    for _ in range(tries.TRIES):
        assert sign_in(bench, "reader", "wrong wrong wrong") == 401
    assert sign_in(bench, "reader") == 429  # the right one has to wait too
    bench.http.app.state.desk.tries.right(("name:reader", "from:testclient"))  # type: ignore[attr-defined]
    assert sign_in(bench, "reader") == 303
    assert bench.http.cookies["burdenshare"] != before


def test_tries_pass_with_time_and_are_bounded() -> None:
    counted = tries.Tries()
    for i in range(tries.TRIES):
        counted.wrong(("a",), float(i))
    assert counted.wait(("a", "b"), 5.0) > 0
    assert counted.wait(("b",), 5.0) == 0
    assert counted.wait(("a",), 5.0 + tries.WAIT) == 0
    for i in range(tries.KEPT + 10):
        counted.wrong((str(i),), 50.0)
    assert len(counted._wrong) <= tries.KEPT


def test_passwords_are_kept_as_argon2_and_sessions_as_hashes(team: tuple[Bench, Clock]) -> None:
    bench, _ = team
    sign_in(bench, "editor")
    with bench.record.connection() as connection:
        stored = [row[0] for row in connection.exec_driver_sql("SELECT password FROM accounts")]
        tokens = [row[0] for row in connection.exec_driver_sql("SELECT token FROM sessions")]
    assert all(p.startswith("$argon2id$") for p in stored)
    assert bench.http.cookies["burdenshare"] not in tokens
    assert all(re.fullmatch("[0-9a-f]{64}", t) for t in tokens)
    with pytest.raises(BurdenshareError, match="characters"):
        Accounts(bench.record, lambda: NOW).add("x", "short", "reader")
