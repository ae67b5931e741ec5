"""Tokens that a form carries to show that it came from one of our own pages."""

from __future__ import annotations

import hashlib
import hmac

COOKIE = "burdenshare"  # holds the session's token, or a number of no meaning where nobody signs in
FIELD, HEADER = "csrf", "x-csrf-token"


def token_for(secret: bytes, cookie: str) -> str:
    """The token of the forms of this visitor."""
    return hmac.new(secret, cookie.encode(), hashlib.sha256).hexdigest()


def fits(secret: bytes, cookie: str, given: str) -> bool:
    """True where the token given is the visitor's own."""
    return bool(cookie) and hmac.compare_digest(token_for(secret, cookie), given)
