"""What every page keeps to: a documented and complete context, words in both languages, the OpenAPI document."""

from __future__ import annotations

import dataclasses
import re
import string
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import meta, nodes
from starlette.routing import Route
from tests.web.conftest import CASE, Bench

from burdenshare.web import registry
from burdenshare.web.desk import environment
from burdenshare.web.language import LANGUAGES, catalogue
from burdenshare.web.pages import front, sign_in
from burdenshare.web.safety.gate import HEADERS
from burdenshare.web.view import Frame

TEMPLATES = Path(__file__).parents[2] / "src" / "burdenshare" / "web" / "templates"
# Pages as they are first opened; a page with something in its address that the record gives is filled in below.
ADDRESSES = (
    "", "/reports", "/reports?find=round&sort=old", "/reports/add", "/reports/{report}", "/review", "/claims/{claim}",
    "/rounds", "/positions", "/terms", "/figures", "/items/rounds/{claim}", "/search?q=furlough", "/changes", "/brief",
    "/downloads", "/outlook", "/costs", "/table",
)  # fmt: skip
OTHERS = (
    registry.Page("front", front.Front),
    registry.Page("problem", front.Problem),
    registry.Page("sign_in", sign_in.SignIn),
)
LARGEST = 300_000


def address(bench: Bench, path: str) -> str:
    report = next(r.id for r in bench.record.reports() if "walkout-peninsula" in r.origin)
    return path.replace("{report}", report).replace("{claim}", bench.claim("round", number=3))


def undeclared(name: str) -> set[str]:
    """The names a template and those it is made of take from outside."""
    env = environment()
    found: set[str] = set()
    waiting, seen = [f"{name}.html.j2"], set()
    while waiting:
        file = waiting.pop()
        seen.add(file)
        tree = env.parse((TEMPLATES / file).read_text(encoding="utf-8"))
        own = {macro.name for macro in tree.find_all(nodes.Macro)}
        for imported in tree.find_all(nodes.FromImport):
            own |= {name[1] if isinstance(name, tuple) else name for name in imported.names}
        found |= meta.find_undeclared_variables(tree) - own
        waiting += [f for f in meta.find_referenced_templates(tree) if f and f not in seen and f != "parts.html.j2"]
    return found - set(env.globals)


@pytest.mark.parametrize("page", [*registry.pages(), *OTHERS], ids=lambda p: p.name)
def test_a_template_uses_what_its_context_has_and_all_of_it(page: registry.Page) -> None:
    assert page.context is not None
    fields = {f.name for f in dataclasses.fields(page.context)}
    frame = {f.name for f in dataclasses.fields(Frame)}
    assert not fields & frame, "a field of the page hides one that every page has"
    used = undeclared(page.name)
    assert used <= fields | frame, "the template uses what nobody gives it"
    assert fields <= used | {"pending"}, "the context has what the template does not use"


@pytest.mark.parametrize("page", registry.pages(), ids=lambda p: p.name)
def test_a_context_says_what_it_holds(page: registry.Page) -> None:
    assert page.context is not None
    assert page.context.__doc__
    assert not page.context.__doc__.startswith(page.context.__name__ + "("), "the docstring is the one Python makes"


def test_every_template_is_the_template_of_a_page() -> None:
    named = {p.name for p in (*registry.pages(), *OTHERS)} | {"base", "parts", "api", "add_fields"}
    assert {f.name.removesuffix(".html.j2") for f in TEMPLATES.glob("*.j2")} == named


# -- words ---------------------------------------------------------------------------------------------------------


def blanks(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def test_every_language_has_every_word_with_the_same_blanks() -> None:
    first = catalogue(LANGUAGES[0])
    for lang in LANGUAGES[1:]:
        other = catalogue(lang)
        assert set(other) == set(first)
        for key, message in first.items():
            assert blanks(message) == blanks(other[key]), key


def test_every_word_that_a_template_asks_for_is_there() -> None:
    words = catalogue("en")
    asked = 0
    for file in TEMPLATES.glob("*.j2"):
        for call in environment().parse(file.read_text(encoding="utf-8")).find_all(nodes.Call):
            name = call.node
            counted = isinstance(name, nodes.Getattr) and name.attr == "n" and getattr(name.node, "name", "") == "t"
            plain = isinstance(name, nodes.Name) and name.name == "t"
            if (counted or plain) and call.args and isinstance(call.args[0], nodes.Const):
                key = call.args[0].value
                asked += 1
                assert (f"{key}.one" if counted else key) in words, f"{file.name}: {key}"
    assert asked > 100
    for page in registry.pages():
        assert f"{page.name}.title" in words


# -- pages ---------------------------------------------------------------------------------------------------------


class Outline(HTMLParser):
    """What a page is made of, for rules that need no browser."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_is_whole_small_and_its_own(looking: Bench, path: str, lang: str) -> None:
    answer = looking.get(address(looking, path), headers={"accept-language": lang})
    assert answer.status_code == 200, answer.text[:300]
    without_charts = re.sub(r"<svg.*?</svg>", "", answer.text, flags=re.DOTALL)
    assert len(without_charts.encode()) < LARGEST
    outline = Outline()
    outline.feed(answer.text)
    names = [t for t, _ in outline.tags]
    assert names.count("h1") == 1
    assert names.count("main") == 1
    assert ("html", {"lang": lang, "data-theme": "auto"}) in outline.tags
    ids = [a["id"] for _, a in outline.tags if a.get("id")]
    assert len(ids) == len(set(ids)), "two things of one name"
    labelled = {a.get("for") for t, a in outline.tags if t == "label"}
    for tag, attributes in outline.tags:
        assert not any(a.startswith("on") or a == "style" for a in attributes), (tag, attributes)
        if tag in ("input", "select", "textarea") and attributes.get("type") != "hidden":
            assert attributes.get("id") in labelled, attributes
        for attribute in ("src", "href", "action"):
            to = attributes.get(attribute) or "/"
            if tag in ("script", "link", "img", "form"):
                assert to[:1] == "/" != to[1:2], to
        if tag == "form" and attributes.get("method") == "post":
            assert answer.text.count('name="csrf" value="') >= 1


@pytest.mark.parametrize("path", [a for a in ADDRESSES if "?" not in a and "{" not in a])
def test_every_link_of_a_page_keeps_the_day(looking: Bench, path: str) -> None:
    text = looking.get(f"{path}?as_of=2019-12-31").text
    links = [h.replace("&amp;", "&") for h in re.findall(r'href="([^"]+)"', text) if h.startswith(f"/{CASE}")]
    kept = [h for h in links if "as_of=2019-12-31" in h]
    assert len(kept) >= 8
    assert set(links) - set(kept) <= {f"/{CASE}{path}"}  # the one that goes back to everything known


def test_the_day_decides_what_is_known(looking: Bench) -> None:
    assert "5th round in Seoul" not in looking.get("?as_of=2019-12-10").text
    assert "5th round in Seoul" in looking.get("?as_of=2020-05-01").text
    early = looking.get(f"/api/v1/{CASE}/dossier/rounds?as_of=2019-10-01").json()
    late = looking.get(f"/api/v1/{CASE}/dossier/rounds?as_of=2020-05-01").json()
    assert early["total"] < late["total"]


def test_the_same_question_has_the_same_answer(looking: Bench) -> None:
    assert looking.get("/positions").text == looking.get("/positions").text


# -- the API -------------------------------------------------------------------------------------------------------


def test_every_route_stands_in_the_document(looking: Bench) -> None:
    document = looking.get("/api/v1/openapi.json").json()
    found = 0
    for route in looking.http.app.routes:  # type: ignore[attr-defined]
        for inner in getattr(getattr(route, "original_router", None), "routes", [route]):
            if isinstance(inner, Route):
                found += 1
                assert inner.path in document["paths"], inner.path
                for method in (inner.methods or set()) - {"HEAD"}:
                    call = document["paths"][inner.path][method.lower()]
                    assert call["summary"]
                    assert call["description"]
    assert found > 40
    assert "Problem" in document["components"]["schemas"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/nowhere/summary", 404), (f"/api/v1/{CASE}/reports/0000000000000000", 404),
        (f"/api/v1/{CASE}/reports/nothing", 404), (f"/api/v1/{CASE}/dossier/nothing", 404),
        (f"/api/v1/{CASE}/summary?as_of=yesterday", 422), (f"/api/v1/{CASE}/reports?limit=0", 422),
        (f"/api/v1/{CASE}/changes", 422), ("/api/v1/nothing/at/all", 404),
    ],
)  # fmt: skip
def test_an_error_has_one_shape(looking: Bench, path: str, status: int) -> None:
    answer = looking.get(path)
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert set(answer.json()["error"]) == {"code", "message", "what_to_do"}
    assert all(answer.json()["error"].values())


def test_pages_and_api_say_the_same(looking: Bench) -> None:
    told = looking.get(f"/api/v1/{CASE}/summary?as_of=2019-12-31").json()
    page = looking.get("?as_of=2019-12-31").text
    for sentence in told["sentences"]:
        assert sentence["text"] in page
    for name, count in told["lists"].items():
        rows = looking.get(f"/downloads/{name}.json?as_of=2019-12-31").json()
        assert len(rows) == count, name


@pytest.mark.parametrize("path", ["", "/nothing-here", "/reports/add"])
def test_every_answer_has_the_headers(looking: Bench, path: str) -> None:
    headers = looking.get(path).headers
    for name, value in HEADERS.items():
        assert headers[name] == value
    assert "unsafe" not in headers["content-security-policy"]
