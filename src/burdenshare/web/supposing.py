"""What one supposes on the outlook page, as its address says it: `?demand=20&veto=30&other=closing=0.5`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import Field

from burdenshare.errors import BurdenshareError
from burdenshare.web.view import BLANK

_Rise = Annotated[float, Field(ge=-98, le=5000, allow_inf_nan=False)]
_Chance = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Rise = Annotated[_Rise | None, BLANK, Query(description="A first-year rise in percent.")]
Chance = Annotated[_Chance | None, BLANK, Query(description="A chance in percent.")]
ADay = Annotated[date | None, BLANK, Query(description="A day, such as 2019-12-31.")]
Others = Annotated[
    str,
    Query(max_length=300, description="More suppositions as the command takes them: closing=0.5; demand=1.2e12 KRW."),
]


@dataclass(frozen=True, slots=True)
class Supposed:
    """The fields of the form: rises and chances in percent; empty ones are not supposed."""

    offer: float | None = None
    demand: float | None = None
    tentative: float | None = None
    expiry: date | None = None
    next_round: date | None = None
    veto: float | None = None
    approval: float | None = None
    other: str = ""

    def given(self) -> dict[str, str]:
        """The suppositions as `burdenshare outlook --what-if` takes them. Raises BurdenshareError for wrong words."""
        found: dict[str, str] = {}
        for part in self.other.replace("\n", ";").split(";"):
            if part.strip():
                name, equals, value = part.partition("=")
                if not (name.strip() and equals and value.strip()):
                    raise BurdenshareError(
                        f"{part.strip()!r} is no supposition; write NAME=VALUE, such as closing=0.5 or offer=13%."
                    )
                found[name.strip()] = value.strip()
        for name in ("offer", "demand", "tentative"):
            if (rise := getattr(self, name)) is not None:
                found[name] = f"{_plain(rise)}%"
        for name, day in (("expiry", self.expiry), ("next-round", self.next_round)):
            if day is not None:
                found[name] = day.isoformat()
        for name in ("veto", "approval"):
            if (chance := getattr(self, name)) is not None:
                found[name] = _plain(chance / 100)
        return found

    def query(self) -> Mapping[str, str]:
        """The same as an address has it, without what is empty."""
        found: dict[str, str] = {}
        for name in ("offer", "demand", "tentative", "veto", "approval"):
            if (value := getattr(self, name)) is not None:
                found[name] = _plain(value)
        for name in ("expiry", "next_round"):
            if (day := getattr(self, name)) is not None:
                found[name] = day.isoformat()
        if self.other.strip():
            found["other"] = self.other.strip()
        return found

    def text(self, name: str) -> str:
        """A field as the form shows it."""
        return self.query().get(name, "")


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"


def supposed(
    offer: Rise = None, demand: Rise = None, tentative: Rise = None, expiry: ADay = None, next_round: ADay = None,
    veto: Chance = None, approval: Chance = None, other: Others = "",
) -> Supposed:  # fmt: skip
    """What a request supposes."""
    return Supposed(offer, demand, tentative, expiry, next_round, veto, approval, other)
