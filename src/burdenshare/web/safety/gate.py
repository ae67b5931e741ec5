"""The gate every request goes through before anything else looks at it: host name, size, and headers of the answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from burdenshare.web.problems import shape
from burdenshare.web.settings import FORM_BYTES, UPLOAD_BYTES, Settings

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_LOG = logging.getLogger(__name__)
_UPLOADS = ("/reports/add",)


class TooLargeError(Exception):
    """The body went past its bound while it was read."""


def host_name(header: str) -> str:
    """The name in a Host header, without the port; empty where it is none."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


class Gate:
    """Refuses unknown hosts and bodies that are too large, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        if host_name(headers.get("host", "")) not in self.settings.names:
            await self._refuse(send, 421, "wrong-host", "The workbench does not go by this name.",
                               "Ask for it at the address it was started with.")  # fmt: skip
            return
        bound = UPLOAD_BYTES if scope["path"].endswith(_UPLOADS) else FORM_BYTES
        announced = headers.get("content-length", "0")
        too_large = (413, "too-large", f"The request is larger than the bound of {bound:,} bytes.",
                     "Send the reports one by one, or read them with `burdenshare read`.")  # fmt: skip
        if announced.isdigit() and int(announced) > bound:
            await self._refuse(send, *too_large)
            return
        size, begun = 0, False

        async def bounded() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > bound:
                raise TooLargeError
            return message

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message["headers"], *_encoded(HEADERS, message["headers"])]
            await send(message)

        try:
            await self.app(scope, bounded, with_headers)
        except TooLargeError:
            if not begun:
                await self._refuse(send, *too_large)
        except Exception as error:
            _LOG.exception("a request failed")
            if begun:
                raise
            await self._refuse(send, 500, "failed", f"The workbench failed ({type(error).__name__}).",
                               "Try again; if it stays, please report this with what you did.")  # fmt: skip

    async def _refuse(self, send: Send, status: int, code: str, message: str, what_to_do: str) -> None:
        body = json.dumps(shape(code, message, what_to_do)).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send(
            {"type": "http.response.start", "status": status, "headers": [*headers, *_encoded(HEADERS, headers)]}
        )
        await send({"type": "http.response.body", "body": body})


def _encoded(headers: dict[str, str], there: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    known = {name.lower() for name, _ in there}
    return [(k.encode(), v.encode()) for k, v in headers.items() if k.encode() not in known]
