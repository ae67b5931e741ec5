"""Accounts and roles, and reports made to do harm, in a real browser."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import CASE, Opening, Servers, Serving, burdenshare
from tests.web.conftest import Bench
from tests.web.test_hostile import ATTACKS, keep

from burdenshare.record import open_record

pytestmark = pytest.mark.slow
PASSWORD = "a long password for the tests"
POST = """async ([to, fields]) => {
  const body = new URLSearchParams({ csrf: document.querySelector("meta[name=csrf]").content, ...fields });
  const answer = await fetch(to, { method: "POST", body, headers: { accept: "application/json" }, redirect: "manual" });
  return [answer.status, answer.status ? await answer.json() : null];
}"""


@pytest.fixture(scope="module")
def team(servers: Servers, examples: Path, folder: Path) -> Serving:
    """A workbench where people sign in, on a record that holds hostile reports as well."""
    db = folder / "team.db"
    shutil.copy(examples, db)
    with open_record(str(db)) as record:
        bench = Bench(None, record)  # type: ignore[arg-type]
        for attack in ATTACKS.values():
            keep(bench, attack)
        keep(bench, "long", words="x" * 5_000_000)
    for name, role in (("ada", "reader"), ("bo", "analyst")):
        burdenshare(db, "account", "add", name, "--role", role, input=f"{PASSWORD}\n{PASSWORD}\n")
    return servers.ready(servers.start(db))


def sign_in(page: Any, team: Serving, name: str) -> None:
    page.goto(team.url(""))
    assert "/sign-in" in page.url
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(team.url(""))


def a_claim(team: Serving) -> Any:
    with open_record(str(team.db)) as record:
        return next(e for e in record.entries(case=CASE, kind="round") if e.claim.number == 3)  # type: ignore[union-attr]


def test_a_reader_signs_in_and_is_refused_a_correction(team: Serving, opening: Opening) -> None:
    entry = a_claim(team)
    page = opening(team, allowed=("403",))
    sign_in(page, team, "ada")
    page.goto(team.url(f"/reports/{entry.report.id}"))
    assert page.locator(".card").count() >= 1
    assert page.locator(".decide").count() == 0
    for key in "jax":
        page.keyboard.press(key)
    page.goto(team.url("/review"))
    assert "analyst" in page.inner_text("main")
    status, answer = page.evaluate(POST, [f"/{CASE}/claims/{entry.id}", {"decision": "correct", "f.number": "9"}])
    assert status == 403
    assert answer["error"]["code"] == "role"
    assert "reader" in answer["error"]["message"]
    found = page.request.get(f"{team.base}/api/v1/{CASE}/claims/{entry.id}").json()
    assert found["history"] == []
    assert found["number"] == 3
    page.click("details.menu summary")
    page.click("form[action='/sign-out'] button")
    page.goto(team.url("/rounds"))
    assert "/sign-in" in page.url


def test_an_analyst_corrects_and_signs_by_name(team: Serving, opening: Opening) -> None:
    with open_record(str(team.db)) as record:
        claim = record.entries(case=CASE, kind="headcount")[0].id
    page = opening(team)
    sign_in(page, team, "bo")
    page.goto(team.url(f"/claims/{claim}"))
    page.click("button[value=accept]")
    page.wait_for_load_state()
    assert "bo" in (page.locator(".history").first.text_content() or "")


def test_hostile_reports_are_shown_as_text(team: Serving, opening: Opening) -> None:
    """The fixture holds that no dialog opened, no other host was asked and the policy stopped nothing."""
    page = opening(team)
    sign_in(page, team, "bo")
    with open_record(str(team.db)) as record:
        hostile = [r.id for r in record.reports() if r.published.when and r.published.when.text == "2020-05-01"]
    assert len(hostile) == len(ATTACKS) + 1
    for report in hostile:
        page.goto(team.url(f"/reports/{report}"))
        assert page.locator("main h1").count() == 1
        assert (
            page.locator("main iframe, main object, main embed, main script, main [onload], main [onmouseover]").count()
            == 0
        )
    for path in ("", "/reports", "/review", "/search?q=round", "/brief", "/positions"):
        page.goto(team.url(path))
        assert page.locator("main h1").count() == 1, path
    page.goto(team.url("/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E"))
    assert page.input_value("main input[name=q]") == "<script>alert(1)</script>"
    text = page.goto(team.url("/reports")).text()
    assert json.dumps("\u202e")[1:-1] not in text
    assert "\u202e" not in text
