"""Every page for everybody: axe finds nothing, all can be done by keyboard, nothing moves for those who want none."""

from __future__ import annotations

import importlib.resources
from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import CASE, Opening, Servers, Serving, chromium

from burdenshare.record import open_record
from burdenshare.web import registry

pytestmark = pytest.mark.slow
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """(tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }).then((found) =>
  found.violations.map((v) => `${v.id}: ` + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join(" | ")))"""
STOPS = """() => {
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  const stops = [...all].filter((e) =>
    e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.type !== "hidden" && e.tabIndex >= 0);
  for (const e of stops) e.dataset.stop = "1";
  return stops.length;
}"""
AT = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  delete e.dataset.stop;
  const look = getComputedStyle(e), place = e.getBoundingClientRect();
  return [look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0,
    place.width > 0 && place.bottom > 0 && place.top < innerHeight, e.outerHTML.slice(0, 120)];
}"""
THEME = """(theme) => { document.documentElement.dataset.theme = theme; }"""


@pytest.fixture(scope="module")
def bench(servers: Servers, examples: Path) -> Serving:
    return servers.ready(servers.start(examples))


def addresses(db: Path) -> dict[str, str]:
    """A page of each kind, with something on it."""
    with open_record(str(db)) as record:
        report = next(r.id for r in record.reports() if "03-" in r.origin)
        claim = next(e.id for e in record.entries(case=CASE, kind="round") if e.claim.number == 3)  # type: ignore[union-attr]
    pages = {p.name: p.path for p in registry.pages() if p.path is not None}
    pages |= {
        "add": "/reports/add",
        "report": f"/reports/{report}",
        "claim": f"/claims/{claim}",
        "item": f"/items/rounds/{claim}",
        "changes": "/changes?since=2019-11-01",
        "search": "/search?q=furlough",
        "talks": "?as_of=2019-12-31",
        "outlook": "/outlook?as_of=2019-12-10&demand=40",
        "table": "/table?side=watch&seed=2",
    }
    return pages


def page_names() -> list[str]:
    # a page that is read where a job stands in its address is looked at in the flow
    return [p.name for p in registry.pages() if p.name != "adding"]


def test_every_page_has_an_address_here(examples: Path) -> None:
    assert set(page_names()) <= set(addresses(examples))


@pytest.fixture(scope="module")
def axe() -> str:
    return (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def places(examples: Path) -> dict[str, str]:
    return addresses(examples) if chromium() else {}


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("name", page_names())
def test_axe_finds_nothing(
    name: str, lang: str, bench: Serving, opening: Opening, axe: str, places: dict[str, str]
) -> None:
    """Light and wide and dark on a phone in English; dark and wide and light on a phone in Korean."""
    page = opening(bench, locale=lang, extra_http_headers={"accept-language": lang})
    page.goto(bench.url(places[name]))
    assert page.get_attribute("html", "lang") == lang
    page.evaluate(axe)
    for details in page.locator("details:not([open]) > summary").all()[:6]:
        if details.is_visible():
            details.click()
    found = {}
    looks = (("light", DESKTOP), ("dark", PHONE)) if lang == "en" else (("dark", DESKTOP), ("light", PHONE))
    for theme, size in looks:
        page.set_viewport_size(size)
        page.evaluate(THEME, theme)
        page.evaluate("() => scrollTo(0, 0)")  # else the head of the page, which stays, lies over something
        found[f"{theme}, {size['width']}"] = page.evaluate(AXE, STANDARD)
        if size is PHONE:
            wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 1, f"the page is {wide} pixels wider than a phone"
    assert not any(found.values()), found


def test_axe_finds_nothing_on_the_pages_without_a_case(bench: Serving, opening: Opening, axe: str) -> None:
    page = opening(bench, allowed=("404",))
    for path in ("/", "/api/v1", "/sign-in", "/nothing/here"):
        page.goto(bench.base + path)
        page.evaluate(axe)
        assert page.evaluate(AXE, STANDARD) == [], path


@pytest.mark.parametrize("name", ["talks", "report", "outlook", "table"])
def test_the_keyboard_reaches_everything_and_is_seen(
    name: str, bench: Serving, opening: Opening, places: dict[str, str]
) -> None:
    page = opening(bench, reduced_motion="reduce")  # so that what is focused is there at once
    page.goto(bench.url(places[name]))
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("() => location.hash") == "#main"
    page.goto(bench.url(places[name]).replace("#main", ""))
    wanted = page.evaluate(STOPS)
    seen: list[Any] = []
    for _ in range(wanted + 60):
        page.keyboard.press("Tab")
        at = page.evaluate(AT)
        if at is None:
            break
        seen.append(at)
    left = page.evaluate("() => [...document.querySelectorAll('[data-stop]')].map((e) => e.outerHTML.slice(0, 120))")
    assert left == [], "the keyboard does not reach these"
    assert [s[2] for s in seen if not s[0]] == [], "focus cannot be seen here"
    assert [s[2] for s in seen if not s[1]] == [], "focus goes where nobody sees it"


def test_nothing_moves_for_those_who_want_none(bench: Serving, opening: Opening) -> None:
    still = opening(bench, "", reduced_motion="reduce")
    assert still.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert still.evaluate("() => document.getAnimations().length") == 0
    moving = opening(bench, "", reduced_motion="no-preference")
    assert moving.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior") == "smooth"


def test_look_and_language_are_kept(bench: Serving, opening: Opening) -> None:
    page = opening(bench, "")
    page.click("details.menu summary")
    page.click("button[value=dark]")
    page.wait_for_load_state()
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("details.menu summary")
    page.click("button[value=ko]")
    page.wait_for_load_state()
    page.goto(bench.url("/rounds"))
    assert page.get_attribute("html", "lang") == "ko"
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 27)"
