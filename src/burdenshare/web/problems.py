"""What a request can go wrong with: one shape for the API, one page for people."""

from __future__ import annotations

from typing import Any

from burdenshare.errors import BurdenshareError


class ProblemError(BurdenshareError):
    """An answer other than the one asked for: its status, a code a program can tell, and what to do."""

    def __init__(self, status: int, code: str, message: str, what_to_do: str = "") -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.what_to_do = status, code, message, what_to_do


def shape(code: str, message: str, what_to_do: str) -> dict[str, Any]:
    """The one shape of an error in the API."""
    return {"error": {"code": code, "message": message, "what_to_do": what_to_do}}


def not_found(what: str) -> ProblemError:
    """404 for something that is not there."""
    return ProblemError(404, "not-found", f"There is no {what}.", "Check the address, or go to the front page.")
