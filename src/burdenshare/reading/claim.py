"""The vocabulary of the record: what a claim is, one dataclass a kind.

Schema, export, tables and checks are all derived from these classes. Dates are EDTF strings
(`burdenshare.edtf`); amounts are whole currency units; `start` and `end` are character offsets into the
document's text, and `quote` is exactly `text[start:end]`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal, Union

from burdenshare import edtf
from burdenshare.errors import ClaimError
from burdenshare.money import Amount, Bound, Change, Growth, Range

Modality = Literal["stated", "reported", "expected", "conditional", "denied"]
Act = Literal["demand", "offer", "reject", "withdraw", "limit"]
Outcome = Literal["scheduled", "ongoing", "concluded", "no-deal", "broke-off", "deal"]
Category = Literal["labour", "construction", "logistics", "unspent", "other"]
ShareOf = Literal["cost", "contribution", "unspent", "gdp"]
TermEvent = Literal["talks-start", "initialled", "signature", "ratification", "start", "expiry", "target"]
Group = Literal["troops", "local-employees", "furloughed"]
Topic = Literal[
    "arms-purchases", "troop-reduction", "trade-action", "security-initiatives",
    "off-peninsula-operations", "strategic-assets", "new-categories", "other",
]  # fmt: skip
Stance = Literal[
    "sought", "considered", "refused", "not-discussed", "threatened", "not-ruled-out", "ruled-out", "no-comment",
]  # fmt: skip
Effect = Literal["furlough", "lapse", "stop-gap", "other"]
Stage = Literal["threat", "notice", "start", "end"]
EventType = Literal["election", "summit", "ministerial", "exercise", "flight", "missile-test", "legislature", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every claim carries. `source` is the document's id, `case` the case's."""

    kind: ClassVar[str]

    case: str
    source: str
    start: int
    end: int
    quote: str
    said_by: tuple[str, ...] = ()
    modality: Modality = "stated"
    agreement: int | None = None
    inferred: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """16 hex digits over case, report, kind, words and fields: the same anywhere for the same report and words."""
        parts = [self.case, self.source, self.kind, str(self.start), str(self.end)]
        parts += [f"{k}={v!r}" for k, v in sorted(own_fields(self).items()) if v is not None]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Claim):
    """A meeting of the delegations, held or planned; with `count` (and `since`) a tally of meetings."""

    kind: ClassVar[str] = "round"
    number: int | None = None
    when: str | None = None
    city: str | None = None
    place: str | None = None
    venue: str | None = None
    format: str | None = None
    outcome: Outcome | None = None
    count: int | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Claim):
    """What a side asks for, offers or refuses."""

    kind: ClassVar[str] = "position"
    side: str | None = None
    holder: str | None = None
    act: Act | None = None
    amount: Amount | None = None
    per: str | None = None
    change: Change | None = None
    growth: Growth | None = None
    years: float | Range | None = None
    share_percent: float | Range | None = None
    share_of: ShareOf | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement(Claim):
    """The deal this report tells of. `years` is its term, `year` the first it pays for."""

    kind: ClassVar[str] = "settlement"
    amount: Amount | None = None
    per: str | None = None
    change: Change | None = None
    growth: Growth | None = None
    years: float | Range | None = None
    year: int | None = None
    when: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Claim):
    """What a side pays, paid or will pay under an agreement in force or past."""

    kind: ClassVar[str] = "contribution"
    side: str | None = None
    when: str | None = None
    amount: Amount | None = None
    per: str | None = None
    change: Change | None = None
    growth: Growth | None = None
    category: str | None = None
    categories: tuple[str, ...] | None = None
    share_percent: float | Range | None = None
    share_of: ShareOf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost(Claim):
    """An estimate of what the presence costs, whoever pays."""

    kind: ClassVar[str] = "cost"
    amount: Amount | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Claim):
    """A date in an agreement's or the talks' life."""

    kind: ClassVar[str] = "term"
    event: TermEvent | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount(Claim):
    """People stationed or employed."""

    kind: ClassVar[str] = "headcount"
    group: Group | None = None
    number: int | None = None
    low: int | None = None
    high: int | None = None
    share_percent: float | Range | None = None
    bound: Bound | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Claim):
    """Who leads, joins or leaves a delegation."""

    kind: ClassVar[str] = "appointment"
    person: str | None = None
    role: str | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Claim):
    """What a speaker says about the talks; one claim a speaker and sentence."""

    kind: ClassVar[str] = "statement"
    speaker: str | None = None
    role: str | None = None
    side: str | None = None
    anonymous: bool | None = None
    direct: bool | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage(Claim):
    """A matter tied to the talks, or kept apart from them."""

    kind: ClassVar[str] = "linkage"
    side: str | None = None
    topic: Topic | None = None
    stance: Stance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence(Claim):
    """What follows, or followed, if there is no deal."""

    kind: ClassVar[str] = "consequence"
    effect: Effect | None = None
    stage: Stage | None = None
    group: Group | None = None
    number: int | None = None
    when: str | None = None
    condition: Literal["no-deal"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Claim):
    """Something around the talks that the report sets beside them."""

    kind: ClassVar[str] = "event"
    type: EventType | None = None
    when: str | None = None


KINDS: dict[str, type[Claim]] = {
    c.kind: c
    for c in (
        Round, Position, Settlement, Contribution, Cost, Term,
        Headcount, Appointment, Statement, Linkage, Consequence, Event,
    )
}  # fmt: skip
COMMON = tuple(f.name for f in dataclasses.fields(Claim))
_DATED = frozenset({"when", "since"})


def own_fields(claim: Claim) -> dict[str, Any]:
    """The fields of the claim's own kind, in order."""
    return {name: getattr(claim, name) for name in field_names(claim.kind)}


@lru_cache
def field_names(kind: str) -> tuple[str, ...]:
    """Names of a kind's own fields. Raises ClaimError for an unknown kind."""
    if kind not in KINDS:
        raise ClaimError(f"{kind!r} is no kind of claim; the kinds are {', '.join(KINDS)}")
    return tuple(f.name for f in dataclasses.fields(KINDS[kind]) if f.name not in COMMON)


def _encode(value: Any) -> Any:
    if isinstance(value, (Amount, Change, Growth, Range)):
        out = {f.name: _encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {k: v for k, v in out.items() if v is not None and v != []}
    if isinstance(value, tuple):
        return [_encode(v) for v in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def to_json(claim: Claim) -> dict[str, Any]:
    """The claim as the vocabulary's JSON object: `id`, the common fields, the kind's fields, nulls kept."""
    out: dict[str, Any] = {"id": claim.id, "case": claim.case, "source": claim.source, "kind": claim.kind}
    for name in (*COMMON, *field_names(claim.kind)):
        if name not in out:
            out[name] = _encode(getattr(claim, name))
    return out


def _decode(hint: Any, value: Any, where: str) -> Any:
    """A JSON value as the annotated type. Raises ClaimError with the place and what was expected."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            if type(None) in args:
                return None
        else:
            problems = []
            for option in args:
                if option is type(None):
                    continue
                try:
                    return _decode(option, value, where)
                except ClaimError as error:
                    problems.append(str(error))
            raise ClaimError("; or ".join(problems))
        raise ClaimError(f"{where} must be given")
    if origin is Literal:
        if value in args and not isinstance(value, bool):
            return value
        raise ClaimError(f"{where} is {value!r}; expected one of {', '.join(map(str, args))}")
    if origin is tuple:
        if not isinstance(value, (list, tuple)):
            raise ClaimError(f"{where} is {value!r}; expected a list")
        return tuple(_decode(args[0], v, f"{where}[{i}]") for i, v in enumerate(value))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, Mapping):
            raise ClaimError(f"{where} is {value!r}; expected an object")
        hints = _hints(hint)
        unknown = sorted(set(value) - set(hints))
        if unknown:
            raise ClaimError(f"{where} has no field {unknown[0]!r}; it has {', '.join(hints)}")
        try:
            return hint(**{k: _decode(hints[k], v, f"{where}.{k}") for k, v in value.items()})
        except (TypeError, ValueError) as error:
            raise ClaimError(f"{where}: {error}") from error
    if hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if hint is int and isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(hint, type) and isinstance(value, hint) and not (hint is int and isinstance(value, bool)):
        return value
    raise ClaimError(f"{where} is {value!r}; expected {getattr(hint, '__name__', hint)}")


@lru_cache
def _hints(cls: type[Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {f.name: hints[f.name] for f in dataclasses.fields(cls)}


def from_json(record: Mapping[str, Any]) -> Claim:
    """A claim from its JSON object. Raises ClaimError naming the field that breaks the vocabulary.

    `id` and keys of the export (`origin`, `outlet`, `url`, `published`) are ignored; any other unknown key is refused.
    """
    kind = record.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ClaimError(f"{kind!r} is no kind of claim; the kinds are {', '.join(KINDS)}")
    cls = KINDS[kind]
    hints = _hints(cls)  # type: ignore[arg-type]  # a class is hashable; the stub of lru_cache cannot tell
    given = {k: v for k, v in record.items() if k not in ("id", "kind", "origin", "outlet", "url", "published")}
    unknown = sorted(set(given) - set(hints))
    if unknown:
        raise ClaimError(f"a {kind} has no field {unknown[0]!r}; it has {', '.join(hints)}")
    values = {k: _decode(hints[k], v, k) for k, v in given.items()}
    for name in _DATED & values.keys():
        if values[name] is not None:
            try:
                edtf.parse(values[name])
            except ValueError as error:
                raise ClaimError(f"{name}: {error}") from error
    try:
        return cls(**values)
    except TypeError as error:
        raise ClaimError(f"a {kind} lacks a field: {error}") from error


def check(claim: Claim, text: str) -> Claim:
    """The claim itself where its words stand in the text; raises ClaimError where they do not."""
    if not 0 <= claim.start < claim.end <= len(text) or text[claim.start : claim.end] != claim.quote:
        raise ClaimError(
            f"the words of a {claim.kind} are not in the text at {claim.start}-{claim.end}: {claim.quote[:60]!r}"
        )
    return claim
