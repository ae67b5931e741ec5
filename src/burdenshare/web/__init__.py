"""The workbench: the record in the browser. `create_app` makes it on an open record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from burdenshare.web.app import create_app
    from burdenshare.web.settings import Settings

__all__ = ["Settings", "create_app"]


def __getattr__(name: str) -> Any:
    # the command line needs the settings and not the web framework
    if name == "create_app":
        from burdenshare.web.app import create_app

        return create_app
    if name == "Settings":
        from burdenshare.web.settings import Settings

        return Settings
    raise AttributeError(name)
