"""A day at the workbench, from an empty record to the printed briefing, each step in a real browser.

The tests of this file go on from each other: one record grows from the first to the last.
"""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import CASE, EXAMPLES, Opening, Servers, Serving

pytestmark = pytest.mark.slow
DROP = """(files) => {
  const held = new DataTransfer();
  for (const [name, data] of files) {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    held.items.add(new File([bytes], name));
  }
  const drop = new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true });
  document.querySelector("#drop").dispatchEvent(drop);
}"""


@pytest.fixture(scope="module")
def talks(servers: Servers, folder: Path) -> Serving:
    return servers.ready(servers.start(folder / "empty.db", "--case", CASE))


def api(page: Any, serving: Serving, path: str) -> Any:
    answer = page.request.get(f"{serving.base}/api/v1/{CASE}{path}")
    assert answer.ok
    return answer.json()


def third_round(page: Any, serving: Serving) -> Any:
    return next(r for r in api(page, serving, "/dossier/rounds")["items"] if r["number"] == 3)


def test_begin_on_an_empty_record_and_drop_the_reports(talks: Serving, opening: Opening) -> None:
    page = opening(talks, "")
    assert "holds no report yet" in page.text_content("main")
    page.click("main a.button")
    assert page.url.endswith("/reports/add")
    files = sorted(EXAMPLES.iterdir())
    page.evaluate(DROP, [[f.name, base64.b64encode(f.read_bytes()).decode()] for f in files])
    page.wait_for_function("(n) => document.querySelectorAll('#progress li a').length === n", arg=len(files))
    page.wait_for_function("() => !document.querySelector('#progress').textContent.includes('…')")
    lines = page.locator("#progress li").all_text_contents()
    assert len(lines) == len(files)
    assert all(re.search(r" read, \d", line) for line in lines), lines
    page.goto(talks.url("/reports"))
    assert page.locator("table.reports tbody tr").count() >= len(files) - 2  # copies stand under the first of them


def test_find_the_third_round_broken_off_with_its_two_sources(talks: Serving, opening: Opening) -> None:
    page = opening(talks, "/rounds")
    row = page.locator("tr", has=page.locator("th", has_text=re.compile(r"^\s*3\b"))).first
    assert "broken off" in row.inner_text()
    row.locator("details.src summary").click()
    row.locator("details.src a", has_text="claims").click()
    page.wait_for_url("**/items/rounds/**")
    outlets = page.locator("main .told", has_text=re.compile("walked|broke|cut short|left", re.I)).locator("a")
    named = " ".join(outlets.all_text_contents())
    assert "U.S. team walks out" in named  # a wire's report, by its title
    assert "GULF COAST COURIER" in named  # and one that says it in its own words


def test_correct_a_claim_by_keyboard_and_see_the_dossier_and_its_history_change(
    talks: Serving, opening: Opening
) -> None:
    page = opening(talks)
    claim = next(
        c for c in third_round(page, talks)["support"] if api(page, talks, f"/claims/{c}")["outcome"] == "broke-off"
    )
    report = api(page, talks, f"/claims/{claim}")["source"]
    before = third_round(page, talks)
    page.goto(talks.url(f"/reports/{report}"))
    for _ in range(60):
        page.keyboard.press("j")
        if page.evaluate("() => document.activeElement.dataset.claim") == claim:
            break
    else:
        pytest.fail("j does not reach the claim")
    page.keyboard.press("e")
    page.wait_for_function("() => document.activeElement.name && document.activeElement.name.startsWith('f.')")
    for _ in range(30):
        if page.evaluate("() => document.activeElement.name") == "f.number":
            break
        page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.name") == "f.number"
    page.keyboard.press("Control+a")
    page.keyboard.type("9")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    card = page.locator(f"#c-{claim}")
    assert "corrected" in card.inner_text()
    assert "kim" in card.locator(".history").text_content()
    now = api(page, talks, f"/claims/{claim}")
    assert now["number"] == 9
    assert [r["decision"] for r in now["history"]] == ["correct"]
    rounds = api(page, talks, "/dossier/rounds")["items"]
    assert any(r["number"] == 9 and claim in r["support"] for r in rounds)
    assert claim not in third_round(page, talks)["support"]
    page.goto(talks.url("/rounds"))
    assert page.locator("th[scope=row]", has_text=re.compile(r"^\s*9\b")).count() == 1
    page.goto(talks.url(f"/reports/{report}"))
    page.evaluate("(id) => document.querySelector(`.mark[data-claims~='${id}']`).click()", claim)
    page.keyboard.press("u")
    page.wait_for_load_state()
    page.wait_for_function("(id) => !!document.getElementById('c-' + id)", arg=claim)
    page.goto(talks.url(f"/claims/{claim}"))
    assert [r["decision"] for r in api(page, talks, f"/claims/{claim}")["history"]] == ["correct", "undo"]
    assert page.locator(".history li").count() == 2  # nothing is overwritten
    assert third_round(page, talks)["support"] == before["support"]


def test_accept_and_reject_by_keyboard_in_the_queue(talks: Serving, opening: Opening) -> None:
    page = opening(talks, "/review")
    first = page.locator(".card").first.get_attribute("data-claim")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("a")
    assert [r["decision"] for r in api(page, talks, f"/claims/{first}")["history"]] == ["accept"]
    assert page.locator(f"#c-{first}").count() == 0  # it waits no longer


def test_set_the_date_back_and_see_the_later_fact_vanish(talks: Serving, opening: Opening) -> None:
    page = opening(talks, "")
    assert "5th round" in page.inner_text("main")
    page.focus("#as-of")
    page.keyboard.type("12102019")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "as_of=2019-12-10" in page.url
    assert "5th round in" not in page.inner_text(".time")
    assert "4th round" in page.inner_text(".time")
    assert "10 December 2019" in page.inner_text(".asof-note")
    page.click("nav.side a >> text=Rounds")
    assert "as_of=2019-12-10" in page.url
    seventh = page.locator("th[scope=row]", has_text=re.compile(r"^\s*7\b"))
    assert seventh.count() == 0
    page.fill("#as-of", "")
    page.click("form.asof button")
    page.wait_for_load_state()
    assert seventh.count() == 1


def test_move_a_slider_and_see_the_forecast_move(talks: Serving, opening: Opening) -> None:
    page = opening(talks, "/outlook?as_of=2019-12-10")
    tiles = "#forecast .costcards"
    before = page.inner_text(tiles)
    slider = page.locator("#slide-demand")
    slider.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector("#given")
    assert page.inner_text(tiles) != before
    assert page.locator("#forecast .was").count() >= 1
    assert page.evaluate("() => document.activeElement.id") == "slide-demand"  # the answer leaves the keyboard alone
    value = page.input_value("#demand")
    assert f"demand={value}" in page.url
    after = page.inner_text(tiles)
    page.reload()
    assert page.inner_text(tiles) == after  # the address holds what is supposed
    page.wait_for_selector("#fan-over-time figure")
    assert page.locator("#h-track").count() == 1


def test_build_a_cost_position(talks: Serving, opening: Opening) -> None:
    page = opening(talks, "/costs")
    before = page.inner_text("#worked-out")
    if not page.locator("#sum1").is_visible():
        page.locator("details.part summary").first.click()
    page.select_option("#unit1", "billion")
    page.select_option("#currency1", "USD")
    page.fill("#sum1", "4")
    page.fill("#years1", "3")
    page.wait_for_function("(was) => document.querySelector('#worked-out').innerText !== was", arg=before)
    page.wait_for_function("() => location.search.includes('years1=3')")
    page.wait_for_function("() => !document.querySelector('#worked-out').classList.contains('waiting')")
    shown = page.inner_text("#worked-out")
    assert page.locator("#worked-out figure svg").count() == 1
    page.goto(page.url)
    assert page.inner_text("#worked-out") == shown  # the address holds the position


def test_play_three_rounds_at_the_table(talks: Serving, opening: Opening) -> None:
    page = opening(talks, "/table?side=payer&rounds=8&seed=3")
    for number in (1, 2, 3):
        if page.locator("form.play").count() == 0:
            break
        before = page.locator(".moves li").count()
        page.locator("form.play button[value=offer]").click()
        page.wait_for_load_state()
        assert page.locator(".moves li").count() > before, number
    assert page.locator(".moves li").count() >= 3
    if page.locator("form.play button[value=accept]").count():
        page.locator("form.play button[value=accept]").click()
        page.wait_for_load_state()
    if page.locator("form.play").count():
        page.locator("form.play button[value=walk]").click()
        page.wait_for_load_state()
    assert page.locator(".verdictline").inner_text()
    assert page.locator("figure svg").count() >= 1  # the frontier, and where the deal lies


def test_print_the_briefing(talks: Serving, opening: Opening) -> None:
    import pypdfium2

    page = opening(talks, "/brief")
    title = page.inner_text("main h1, main h2 >> nth=0")
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert len(document) >= 1
    assert title.split("\n")[0][:30] in text
    assert "third round" in text or "3rd round" in text
    page.emulate_media(media="print")
    assert not page.is_visible("nav.side")
    assert not page.is_visible("header.top")


def test_search_finds_words_and_keeps_the_day(talks: Serving, opening: Opening) -> None:
    page = opening(talks, "")
    page.keyboard.press("/")
    page.keyboard.type("furlough")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert page.locator("main a[href*='/reports/']").count() >= 1
    page.goto(talks.url("/search?q=furlough&as_of=2019-10-01"))
    assert page.locator("main a[href*='/reports/']").count() == 0


def test_all_can_be_read_and_asked_without_script(talks: Serving, opening: Opening) -> None:
    page = opening(talks, "/outlook?as_of=2019-12-10", java_script_enabled=False)
    page.fill("#demand", "40")
    page.click("form.asking button.yes")
    assert "demand=40" in page.url
    assert page.is_visible("#given")
    page.goto(talks.url("/review"))
    page.locator("button[value=accept]").first.click()
    page.wait_for_load_state()
    assert page.locator(".done li").count() >= 1
    page.goto(talks.url("/reports/add"))
    page.fill("#text", "Seoul, 2 June 2020. The two sides held the eighth round of talks on troop costs.")
    page.click("form#add-reports button.yes")
    page.wait_for_load_state()
    assert page.locator("main h1").count() == 1
