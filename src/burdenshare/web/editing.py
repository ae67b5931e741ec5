"""The fields of a claim as a person fills them in, and back: derived from the claim classes, nothing listed twice."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, Union

from burdenshare.errors import ReviewError
from burdenshare.reading.claim import KINDS, field_names
from burdenshare.record.reviews import CORRECTABLE

LARGEST = 1e18  # of any number in a claim
COMMON = tuple(n for n in CORRECTABLE if n != "inferred")


@dataclass(frozen=True, slots=True)
class Editable:
    """A field of the form: `form` is choice, whole, number, yes-no, list, text or json; `value` what it holds now."""

    name: str
    form: str
    value: str
    choices: tuple[str, ...] = ()


@lru_cache
def _form(kind: str, name: str) -> tuple[str, tuple[str, ...]]:
    hint = typing.get_type_hints(KINDS[kind])[name]
    options = typing.get_args(hint) if typing.get_origin(hint) in (Union, types.UnionType) else (hint,)
    options = tuple(o for o in options if o is not type(None))
    if len(options) == 1:
        option = options[0]
        if typing.get_origin(option) is Literal:
            return "choice", tuple(str(a) for a in typing.get_args(option))
        if typing.get_origin(option) is tuple:
            return "list", ()
        if option is bool:
            return "yes-no", ("true", "false")
        if option is int:
            return "whole", ()
        if option is str:
            return "text", ()
    return "json", ()


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


@lru_cache(maxsize=16)
def _blank(kind: str) -> tuple[Editable, ...]:
    names = (*field_names(kind), *(n for n in COMMON if n not in ("start", "end")))
    return tuple(Editable(name, *_split(_form(kind, name))) for name in names)


def _split(form: tuple[str, tuple[str, ...]]) -> tuple[str, str, tuple[str, ...]]:
    return form[0], "", form[1]


def editable(kind: str, data: Mapping[str, Any]) -> tuple[Editable, ...]:
    """The form of a claim; `data` is the claim as the vocabulary's JSON, empty for a new one."""
    return tuple(
        dataclasses.replace(e, value=_shown(data.get(e.name))) if data.get(e.name) not in (None, []) else e
        for e in _blank(kind)
    )


def _number(text: str) -> Any:
    plain = text.replace(",", "")
    number = int(plain) if plain.lstrip("-").isdigit() else float(plain)
    if not abs(number) < LARGEST:  # neither is what is no number
        raise ValueError(text)
    return number


def parsed(kind: str, given: Mapping[str, str]) -> dict[str, Any]:
    """What a form holds as the vocabulary's JSON, empty fields as None. Raises ReviewError naming the field."""
    if kind not in KINDS:
        raise ReviewError(f"{kind!r} is no kind of claim; the kinds are {', '.join(KINDS)}.")
    out: dict[str, Any] = {}
    for name, raw in given.items():
        if name not in (*field_names(kind), *COMMON):
            continue
        text = raw.strip()
        form, _ = _form(kind, name)
        if not text:
            out[name] = [] if name == "said_by" else "stated" if name == "modality" else None
        elif form == "yes-no":
            out[name] = text == "true"
        elif form == "list":
            out[name] = [part.strip() for part in text.split(";") if part.strip()]
        elif form in ("whole", "json"):
            out[name] = _value(name, text)
        else:
            out[name] = text
    return out


def _value(name: str, text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no) if text[:1] in "{[" else _number(text)
    except (ValueError, RecursionError):
        raise ReviewError(
            f"{name}: {text[:80]!r} cannot be read; write a number, "
            'or an object such as {"value": 5e9, "currency": "USD"}.'
        ) from None


def _no(constant: str) -> Any:
    raise ValueError(constant)


def differing(now: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Of what a form holds the fields that are other than now."""
    return {name: value for name, value in given.items() if value != now.get(name) and (value or now.get(name))}
