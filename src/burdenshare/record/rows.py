"""Claims to stored JSON and back, quickly: what is read back was checked when it was written.

Derived from the claim classes, as the vocabulary's own `to_json` and `from_json` are, and tested to agree with them.
Empty fields are left out of what is stored.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, Union

from burdenshare.reading.claim import COMMON, KINDS, Claim, field_names

_WHOLE = 1e15  # below it a whole float is written as an integer, as the vocabulary does
_Decoder = Callable[[Any], Any]


@lru_cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(cls))


@lru_cache
def _getter(kind: str) -> tuple[tuple[str, ...], attrgetter[tuple[Any, ...]]]:
    names = (*COMMON, *field_names(kind))
    return names, attrgetter(*names)


def _encode(value: Any) -> Any:
    kind: Any = type(value)
    if kind is str or kind is int or kind is bool:
        return value
    if kind is float:
        return int(value) if value.is_integer() and abs(value) < _WHOLE else value
    if kind is tuple:
        return [_encode(v) for v in value]
    return {name: _encode(part) for name in _names(kind) if (part := getattr(value, name)) not in (None, ())}


def encode(claim: Claim) -> dict[str, Any]:
    """The claim as the vocabulary's JSON object, without the fields that are empty by default."""
    out: dict[str, Any] = {"id": claim.id, "kind": claim.kind}
    names, values = _getter(claim.kind)
    for name, value in zip(names, values(claim), strict=True):
        if value is not None and (value != () or name not in COMMON):
            out[name] = value if type(value) is str else _encode(value)
    return out


@lru_cache
def _decoders(cls: Any) -> Mapping[str, _Decoder]:
    """A decoder for each field of the class that JSON does not hold as it is."""
    hints = typing.get_type_hints(cls)
    found = {name: _decoder(hints[name]) for name in _names(cls)}
    return {name: decoder for name, decoder in found.items() if decoder is not None}


def _decoder(hint: Any) -> _Decoder | None:
    if typing.get_origin(hint) in (Union, types.UnionType):
        options = [_decoder(o) for o in typing.get_args(hint) if o is not type(None)]
        known = [o for o in options if o is not None]
        if float in typing.get_args(hint) and len(known) == 2:  # a number or a range of them
            build = next(o for o in known if o is not float)
            return lambda value: build(value) if isinstance(value, dict) else float(value)
        return known[0] if known else None
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        if dataclasses.is_dataclass(inner):
            return lambda value: tuple(_build(inner, v) for v in value)
        return tuple
    if dataclasses.is_dataclass(hint):
        return lambda value: _build(hint, value)
    return float if hint is float else None


def _build(cls: Any, value: Mapping[str, Any]) -> Any:
    decoders = _decoders(cls)
    return cls(**{name: decoders[name](part) if name in decoders else part for name, part in value.items()})


def decode(data: Mapping[str, Any]) -> Claim:
    """The claim of a stored row."""
    values = dict(data)
    del values["id"]
    claim: Claim = _build(KINDS[values.pop("kind")], values)
    return claim
