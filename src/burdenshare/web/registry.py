"""Every page in one list: its module, its template, what the template is given, and its place in the navigation.

To add a page: a module under `pages/` with a `PAGE` and a `router`, a template of the page's name, its words in
`catalogue/`, and the module's name here. `docs/workbench.md` shows it step by step.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

# In the order of the navigation. A module that is not there yet is left out, so that parts can be built side by side.
MODULES = (
    "talks", "reports", "add", "report", "review", "rounds", "positions", "terms", "figures", "costs", "outlook",
    "table", "search", "changes", "item", "briefing", "downloads",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `name` is its template (`name.html.j2`) and its key in the catalogue (`name.title`).

    `context` is the frozen dataclass whose fields the template gets beside the frame. `path` is where it stands under
    the case, for the navigation; None keeps it out of it. `group` sets it beside its like.
    """

    name: str
    context: type[Any] | None
    path: str | None = None
    group: str = "record"


@lru_cache
def modules() -> tuple[Any, ...]:
    """The modules of the pages."""
    found = []
    for name in MODULES:
        full = f"burdenshare.web.pages.{name}"
        try:
            found.append(import_module(full))
        except ModuleNotFoundError as error:
            if error.name != full:
                raise
    return tuple(found)


@lru_cache
def pages() -> tuple[Page, ...]:
    """Every page there is; a module may hold several in `PAGES`."""
    found: list[Page] = []
    for module in modules():
        found += getattr(module, "PAGES", None) or (module.PAGE,)
    return tuple(found)


@lru_cache
def navigation() -> tuple[Page, ...]:
    """The pages one can go to from everywhere."""
    return tuple(p for p in pages() if p.path is not None)
