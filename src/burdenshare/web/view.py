"""One request as a page sees it: the case, the day, the language, who asks; and how a page is set from its context."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Cookie, Depends, Path, Query, Request
from pydantic import BeforeValidator
from starlette.responses import HTMLResponse, Response

from burdenshare.case import Case
from burdenshare.record import Entry
from burdenshare.record import lookup as looking
from burdenshare.web import registry, static, wording
from burdenshare.web.desk import Desk, environment
from burdenshare.web.language import LANGUAGES, NAMES, Words, preferred
from burdenshare.web.problems import ProblemError, not_found
from burdenshare.web.safety import tokens
from burdenshare.web.safety.accounts import ROLES, Account, Role
from burdenshare.web.snapshots import Snapshot
from burdenshare.web.verdicts import Checked

CSRF_BLANK = "0123456789csrf-token-goes-here"  # stands in a kept page where the visitor's own token goes
THEMES = ("auto", "light", "dark")
PENDING = 20.0  # seconds for which a page is kept that lacks something still being worked out
BLANK = BeforeValidator(lambda given: None if given == "" else given)  # a form sends a field that nobody filled in
Day = Annotated[date | None, BLANK, Query(description="Use only what was published by this day, such as 2019-12-31.")]
CaseName = Annotated[str, Path(max_length=80, pattern=r"^[a-z0-9][a-z0-9-]*$", description="A case: us-rok-sma.")]
PageNumber = Annotated[int, Query(ge=1, le=1_000_000, description="Which page of a long list.")]


@dataclass
class Visitor:
    """Who asks: the desk, the language and look they chose, the account where people sign in."""

    request: Request
    desk: Desk
    lang: str
    theme: str
    cookie: str
    account: Account | None

    @cached_property
    def t(self) -> Words:
        """The words of the page."""
        return Words(self.lang)

    @property
    def csrf(self) -> str:
        """What this visitor's forms carry."""
        return tokens.token_for(self.desk.secret, self.cookie)

    @property
    def role(self) -> Role:
        """What the visitor may do; everything where nobody has to sign in."""
        return self.account.role if self.account else ("reader" if self.desk.settings.sign_in else "editor")

    def may(self, role: Role) -> bool:
        """True where the visitor's role is this one or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def who(self) -> str:
        """The name that signs a review."""
        return self.account.name if self.account else self.desk.settings.who


def visitor(
    request: Request,
    lang: Annotated[str | None, Query(description="en or ko.", max_length=8)] = None,
    burdenshare: Annotated[str | None, Cookie(include_in_schema=False)] = None,
) -> Visitor:
    """The visitor of a request that needs no account."""
    desk: Desk = request.app.state.desk
    kept = request.cookies
    chosen = preferred(lang, kept.get("lang"), request.headers.get("accept-language", ""))
    theme = kept.get("theme", "auto")
    cookie = burdenshare or ""
    if not 20 <= len(cookie) <= 100:
        cookie = secrets.token_urlsafe(32)
    account = desk.accounts.of(cookie) if desk.settings.sign_in and burdenshare else None
    return Visitor(request, desk, chosen, theme if theme in THEMES else "auto", cookie, account)


def admitted(visitor: Annotated[Visitor, Depends(visitor)]) -> Visitor:
    """The visitor, who has signed in where that is asked for. Raises ProblemError 401 where not."""
    if visitor.desk.settings.sign_in and visitor.account is None:
        raise ProblemError(401, "sign-in", "The workbench asks who you are.", "Sign in first.")
    return visitor


async def guarded(visitor: Annotated[Visitor, Depends(admitted)]) -> Visitor:
    """The visitor of a request that changes something: it must come from one of our own pages."""
    await from_our_page(visitor)
    return visitor


async def from_our_page(visitor: Visitor) -> None:
    """Raises ProblemError 403 for a request that does not carry the visitor's own token."""
    request, cookie = visitor.request, visitor.request.cookies.get(tokens.COOKIE, "")
    given = request.headers.get(tokens.HEADER)
    if given is None and "form" in request.headers.get("content-type", ""):
        field = (await request.form()).get(tokens.FIELD)
        given = field if isinstance(field, str) else None
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none") or not tokens.fits(visitor.desk.secret, cookie, given or ""):
        raise ProblemError(
            403, "not-from-here", "The request does not come from a page of this workbench.",
            "Load the page anew and try again.",
        )  # fmt: skip


def require(visitor: Visitor, role: Role) -> None:
    """Raises ProblemError 403 where the visitor's role does not allow it."""
    if not visitor.may(role):
        raise ProblemError(
            403, "role", f"This takes the role {role}, and you are signed in as {visitor.role}.",
            "Ask whoever runs the workbench for the role.",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """What every template gets beside its own context. `url` makes an address that keeps the day."""

    t: Words
    lang: str
    languages: Mapping[str, str]
    theme: str
    csrf: str
    page: str
    path: str
    here: str  # this address whole
    now_address: str  # this address without the day
    query: tuple[tuple[str, str], ...]  # of this address, without the day
    assets: str  # tells one version of the style and script from another
    as_of: str
    case: Case | None
    cases: tuple[str, ...]
    case_title: str
    nav: tuple[registry.Page, ...]
    url: Callable[..., str]
    side_number: Callable[[str], int]  # 1, 2 by the order of the case's parties: the colour of a side
    w: Any  # the module `wording`
    who: str
    role: str
    account: Account | None
    behind_now: bool  # True where the record has moved on and the new state is being worked out
    can_review: bool
    can_add: bool


@dataclass
class View:
    """A page of a case as of a day."""

    visitor: Visitor
    case: Case
    as_of: date | None

    @property
    def desk(self) -> Desk:
        """What all pages share."""
        return self.visitor.desk

    @property
    def t(self) -> Words:
        """The words of the page."""
        return self.visitor.t

    @cached_property
    def snapshot(self) -> Snapshot:
        """What is known of the case as of the day."""
        return self.desk.snapshots.get(self.case.id, self.as_of)

    @cached_property
    def checked(self) -> Checked:
        """What the check makes of the figures."""
        return self.desk.verdicts.get(self.snapshot)

    def entries(self, ids: Any) -> dict[str, Entry]:
        """Claims by id, as they stand now."""
        with self.desk.record.connection() as connection:
            return looking.entries(connection, self.snapshot.reports, ids)

    def url(self, path: str = "", **query: Any) -> str:
        """The address of a page of this case, with the day kept: `url("/rounds", page=2)`."""
        return address(self.case.id, self.as_of, path, query)

    def page(self, name: str, build: Callable[[], Any], *, status: int = 200, keep: bool = True) -> Response:
        """The page `name` set from the context that `build` gives; kept for as long as the record stays as it is."""
        visitor = self.visitor
        state, request = self.desk.state(), visitor.request
        key = (
            name, request.url.path, request.url.query, visitor.lang, visitor.theme, visitor.role, visitor.who,
            state, self.snapshot.state,
        )  # fmt: skip
        if not keep:
            return finished(visitor, render(name, self.frame(name), build()), status)
        soon = (*key, self.desk.monotonic() // PENDING)  # for a page with something still being worked out
        pages = self.desk.pages
        body = pages.get(key) or pages.get(soon)
        if body is None:
            with pages.setting(key):
                body = pages.get(key) or pages.get(soon)
                if body is None:
                    context = build()
                    body = render(name, self.frame(name), context)
                    pages.put(soon if getattr(context, "pending", False) else key, body)
        return finished(visitor, body, status)

    def frame(self, name: str) -> Frame:
        """What every template gets."""
        return frame(self.visitor, name, self.case, self.as_of, self.snapshot.state != self.desk.state())


def view(visitor: Annotated[Visitor, Depends(admitted)], case: CaseName, as_of: Day = None) -> View:
    """The view of a request that reads. Raises ProblemError 404 where there is no such case."""
    return View(visitor, visitor.desk.case(case), as_of)


async def changing(visitor: Annotated[Visitor, Depends(guarded)], case: CaseName, as_of: Day = None) -> View:
    """The view of a request that changes something."""
    return View(visitor, visitor.desk.case(case), as_of)


Viewing = Annotated[View, Depends(view)]
Changing = Annotated[View, Depends(changing)]


def address(case: str, as_of: date | None, path: str, query: Mapping[str, Any]) -> str:
    """An address within a case; empty values are left out, the day is kept."""
    given = {k: v for k, v in query.items() if v not in (None, "", False)}
    if as_of is not None and "as_of" not in query:
        given["as_of"] = as_of.isoformat()
    found = f"/{case}{quote(path)}"
    return f"{found}?{urlencode(given)}" if given else found


def frame(visitor: Visitor, name: str, case: Case | None, as_of: date | None, behind: bool = False) -> Frame:
    """What every template gets."""
    request = visitor.request
    query = tuple((k, v) for k, v in request.query_params.multi_items() if k not in ("as_of", "lang"))

    def url(path: str = "", **more: Any) -> str:
        return address(case.id if case else "", as_of, path, more)

    def side_number(side: str) -> int:
        return (list(case.parties).index(side) if case and side in case.parties else 2) + 1

    return Frame(
        visitor.t, visitor.lang, NAMES, visitor.theme, CSRF_BLANK, name, request.url.path,
        f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path,
        f"{request.url.path}?{urlencode(query)}" if query else request.url.path, query, static.version(),
        as_of.isoformat() if as_of else "", case, visitor.desk.names() if case else (),
        wording.names_in(case.title, visitor.lang) if case else "", registry.navigation() if case else (), url,
        side_number, wording, visitor.who, visitor.role, visitor.account, behind, visitor.may("analyst"),
        visitor.may("editor"),
    )  # fmt: skip


def render(name: str, frame: Frame, context: Any) -> bytes:
    """The template of that name, set from the frame and the fields of the context."""
    values = {f.name: getattr(frame, f.name) for f in dataclasses.fields(frame)}
    if context is not None:
        values |= {f.name: getattr(context, f.name) for f in dataclasses.fields(context)}
    return environment().get_template(f"{name}.html.j2").render(values).encode()


def finished(visitor: Visitor, body: bytes, status: int = 200) -> Response:
    """The answer: the visitor's token in its place, and the cookies."""
    response = HTMLResponse(body.replace(CSRF_BLANK.encode(), visitor.csrf.encode()), status)
    response.headers["cache-control"] = "no-store"
    response.headers["content-language"] = visitor.lang
    keep_cookie(visitor, response)
    if visitor.request.query_params.get("lang") in LANGUAGES:
        set_choice(visitor, response, "lang", visitor.lang)
    return response


def keep_cookie(visitor: Visitor, response: Response, value: str | None = None) -> None:
    """Gives the visitor the cookie that tokens hang on; for this browser session, not for other sites or scripts."""
    if value is not None or visitor.request.cookies.get(tokens.COOKIE) != visitor.cookie:
        response.set_cookie(
            tokens.COOKIE, value or visitor.cookie, httponly=True, samesite="strict",
            secure=visitor.desk.settings.secure,
        )  # fmt: skip


def set_choice(visitor: Visitor, response: Response, name: str, value: str) -> None:
    """Remembers a choice of look or language for a year."""
    response.set_cookie(
        name, value, max_age=31_536_000, samesite="strict", secure=visitor.desk.settings.secure, httponly=True
    )


def missing(what: str) -> ProblemError:
    """404 for something that is not there."""
    return not_found(what)
