"""From the values of a file (TOML) or the cells of a row (CSV) to the dataclasses of the model, checked by their hints.

One decoder for every table: an unknown key, a missing one or a value of the wrong kind is noted at its place, and
reading goes on, so that all mistakes of a file are found in one go. Both ways return None where a value is wrong.
"""

from __future__ import annotations

import dataclasses
import math
import re
import types
import typing
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar, Union

from babel import localedata
from babel.core import get_global

from burdenshare import edtf
from burdenshare.case.problem import At, one_of
from burdenshare.edtf import When
from burdenshare.money import Amount

T = TypeVar("T")
_LANG = re.compile(r"[a-z]{2,3}")
_WORDS: dict[Any, str] = {
    str: "text in quotation marks", int: "a whole number", float: "a number", bool: "true or false",
    When: "a date such as 2019-12-04, 2019-12 or 2019", date: "a day such as 2019-12-04",
    Amount: "a sum in whole currency units",
}  # fmt: skip


def _once(function: Callable[[type[Any]], T]) -> Callable[[type[Any]], T]:
    """`functools.cache` for functions of a class, which its stub does not count as hashable."""
    return cache(function)  # type: ignore[return-value]


class _WrongValueError(ValueError):
    """A value that does not fit; the message says what was expected."""


def is_currency(code: str) -> bool:
    """True for an ISO 4217 code."""
    return code in get_global("all_currencies")


def no_currency(code: str) -> str:
    """The sentence about a code that is no currency."""
    meant = f"did you mean {code[:3]!r}?" if is_currency(code[:3]) else "expected three capital letters, such as EUR"
    return f"{code!r} is no ISO 4217 currency; {meant}"


@_once
def hints(cls: type[Any]) -> dict[str, Any]:
    """A dataclass's fields and their types, resolved, in order."""
    found = typing.get_type_hints(cls)
    return {f.name: found[f.name] for f in dataclasses.fields(cls)}


@_once
def required(cls: type[Any]) -> frozenset[str]:
    """Fields that must be given."""
    return frozenset(
        f.name
        for f in dataclasses.fields(cls)
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    )


def _plain(hint: Any) -> tuple[Any, bool]:
    """The hint without None, and whether None is allowed."""
    if typing.get_origin(hint) in (Union, types.UnionType):
        inner = [a for a in typing.get_args(hint) if a is not type(None)]
        return inner[0], len(inner) < len(typing.get_args(hint))
    return hint, False


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _WrongValueError(f"{text!r} is no day; expected a day such as 2019-12-04") from None


def _when(text: str) -> When:
    try:
        return edtf.parse(text)
    except ValueError as error:
        raise _WrongValueError(f"{error}") from None


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise _WrongValueError(f"{text!r} is no number") from None
    if not math.isfinite(number):
        raise _WrongValueError(f"{text!r} is no number that can be counted with")
    return number


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise _WrongValueError(f"{text!r} is no whole number") from None


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise _WrongValueError(f"{text!r}; expected yes or no")
    return text == "yes"


def _items(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


_CELLS: dict[Any, Callable[[str], Any]] = {
    str: str, int: _whole, float: _number, bool: _yes, date: _day, When: _when, tuple[str, ...]: _items,
}  # fmt: skip


def amount(text: str, currency: str, *, bound: str = "", also: str = "") -> Amount:
    """A sum from its cells: `text` is a number or `low..high`; `also` lists the same sum as `925000000 USD; ...`.

    Raises ValueError with what was expected.
    """
    if not is_currency(currency):
        raise _WrongValueError(no_currency(currency))
    others = []
    for part in _items(also):
        value, _, code = part.partition(" ")
        others.append(amount(value, code))
    given: dict[str, Any] = {"currency": currency, "bound": bound or "exact", "also": tuple(others)}
    if given["bound"] not in typing.get_args(hints(Amount)["bound"]):
        raise _WrongValueError(f"bound {bound!r}; {one_of(bound, typing.get_args(hints(Amount)['bound']))}")
    low, dots, high = text.partition("..")
    if dots:
        return Amount(low=_number(low), high=_number(high), **given)
    return Amount(value=_number(text), **given)


# TOML ------------------------------------------------------------------------------------------------------------


def table(cls: type[T], value: Any, at: At, *, ident: str | None = None) -> T | None:
    """A TOML table as the dataclass; `ident` fills the field `id`. None, with problems noted, where it is wrong."""
    if not isinstance(value, Mapping):
        at.say(f"{value!r} is no table; expected a table with {', '.join(hints(cls))}")
        return None
    known = {k: h for k, h in hints(cls).items() if not (k == "id" and ident is not None)}
    before = len(at.problems)
    given: dict[str, Any] = {} if ident is None or "id" not in hints(cls) else {"id": ident}
    for key, inner in value.items():
        if key in known:
            given[key] = _value(known[key], inner, at / key)
        else:
            (at / key).say(f"unknown key; {one_of(key, known)}")
    for key in sorted(required(cls) - given.keys()):
        if _plain(hints(cls)[key])[1]:
            given[key] = None
        else:
            (at / key).say(f"is missing; expected {_WORDS.get(hints(cls)[key], 'a table')}")
    return cls(**given) if len(at.problems) == before else None


def _value(hint: Any, value: Any, at: At) -> Any:
    hint, _ = _plain(hint)
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        if value not in args:
            at.say(f"{value!r} is not known here; {one_of(str(value), args)}")
        return value
    if origin is tuple:
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(i, str) and i.strip() for i in items):
            at.say(f'{value!r} is no list of texts; write ["one", "two"]')
            return ()
        return tuple(unicodedata.normalize("NFC", i) for i in items)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(args[1], value, at)
    if hint in (When, date) and isinstance(value, (str, date)):
        try:
            return _CELLS[hint](str(value))
        except _WrongValueError as error:
            at.say(str(error))
            return None
    if dataclasses.is_dataclass(hint) and hint not in _WORDS and isinstance(hint, type):
        return table(hint, value, at)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        at.say(f"{value!r} is wrong; expected {_WORDS.get(hint, hint.__name__)}")
    return value


def _mapping(inner: Any, value: Any, at: At) -> Any:
    if not isinstance(value, Mapping):
        at.say(f'{value!r} is no table; write {{ en = ["..."] }}')
        return {}
    if dataclasses.is_dataclass(inner) and isinstance(inner, type):
        rows = {key: table(inner, v, at / key, ident=key) for key, v in value.items()}
        return {k: v for k, v in rows.items() if v is not None}
    if typing.get_origin(inner) is tuple:
        for key in value:
            if not (_LANG.fullmatch(key) and localedata.exists(key)):
                (at / key).say("unknown key; expected a language code such as en or ko")
    return {key: _value(inner, v, at / key) for key, v in value.items()}


# CSV -------------------------------------------------------------------------------------------------------------


@_once
def _columns(cls: type[Any]) -> dict[str, tuple[str, Any, bool]]:
    """Each field's way of reading (`cell`, `choice`, `amount`, `mapping`), what it takes, whether it may be empty."""
    out: dict[str, tuple[str, Any, bool]] = {}
    for name, hint in hints(cls).items():
        inner, optional = _plain(hint)
        optional = optional or name not in required(cls) or inner is str or typing.get_origin(inner) is tuple
        if inner is Amount:
            out[name] = ("amount", None, optional)
        elif typing.get_origin(inner) is Literal:
            out[name] = ("choice", typing.get_args(inner), optional)
        elif inner in _CELLS:
            out[name] = ("cell", _CELLS[inner], optional)
        else:
            out[name] = ("mapping", _CELLS.get(typing.get_args(inner)[1], str), True)
    return out


def header(cls: type[Any], columns: list[str], at: At) -> None:
    """Notes unknown and missing columns of a CSV file whose rows are `cls`."""
    known: set[str] = set()
    for name, (how, _, _) in _columns(cls).items():
        known |= {name, "currency", "bound", "also"} if how == "amount" else {name}
    maps = {n for n, (how, _, _) in _columns(cls).items() if how == "mapping"}
    for column in sorted({c for c in columns if columns.count(c) > 1}):
        (at / column).say("column is there twice; expected it once")
    for column in columns:
        stem, dot, _ = column.partition(".")
        if not (column in known - maps or (dot and stem in maps)):
            (at / column).say(f"unknown column; {one_of(column, sorted(known))}")
    for name in required(cls):
        if name not in maps and name not in columns:
            (at / name).say("column is missing")


def row(cls: type[T], cells: Mapping[str, str], at: At) -> T | None:
    """A CSV row as the dataclass. None, with problems noted, where it is wrong."""
    given: dict[str, Any] = {}
    before = len(at.problems)
    for name, (how, take, optional) in _columns(cls).items():
        if how == "mapping":
            stem = name + "."
            found = {c[len(stem) :]: v for c, v in cells.items() if v and c.startswith(stem)}
            given[name] = {k: take(v) for k, v in found.items()}
            continue
        text = cells.get(name, "")
        if not text:
            if not optional:
                (at / name).say(f"is empty; expected {_WORDS.get(_plain(hints(cls)[name])[0], 'a value')}")
            elif name in required(cls):
                inner, nothing = _plain(hints(cls)[name])
                given[name] = None if nothing else () if typing.get_origin(inner) is tuple else ""
            continue
        try:
            if how == "cell":
                given[name] = take(text)
            elif how == "choice":
                if text not in take:
                    raise _WrongValueError(f"{text!r} is not known here; {one_of(text, take)}")
                given[name] = text
            else:
                given[name] = amount(
                    text, cells.get("currency", ""), bound=cells.get("bound", ""), also=cells.get("also", "")
                )
        except ValueError as error:
            (at / name).say(str(error))
    return cls(**given) if len(at.problems) == before else None
